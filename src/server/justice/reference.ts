/** Articles of the Criminal Code as shipped in `reference/al/articles.json`. Read once, at start. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { type Article, articleGroups } from '#domain/justice/articles.ts'
import { referencePath } from '../reference/files.ts'

const ArticlesFile = z.strictObject({
  law: z.strictObject({ sq: z.string(), en: z.string() }),
  note: z.string(),
  articles: z.array(
    z.strictObject({
      code: z.string(),
      group: z.enum(articleGroups),
      chargeable: z.boolean(),
      sq: z.string(),
      en: z.string(),
      from: z.iso.date(),
      until: z.iso.date().nullable(),
      verification: z.enum(['V', 'U', 'D']),
      source: z.string().min(1),
    }),
  ),
})
const file = ArticlesFile.parse(JSON.parse(readFileSync(referencePath('articles.json'), 'utf8')))
export const articles: readonly Article[] = file.articles
export const articleLaw = file.law
