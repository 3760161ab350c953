/**
 * Articles of the Criminal Code with the days on which they hold, as shipped in `reference/al/articles.json`. An act is
 * charged under an article that was in force when it was done; days that nobody has confirmed are marked, never hidden.
 */

import type { Verification } from '../clock/rule.ts'
import type { Day } from '../core.ts'
import type { Refusal } from '../refusal.ts'

export const articleGroups = ['trafficking', 'exploitation', 'border', 'clause'] as const
export type ArticleGroup = (typeof articleGroups)[number]

export interface Article {
  /** As printed: `110/a`. */
  readonly code: string
  readonly group: ArticleGroup
  /** False for a clause that names no offence (52/a). */
  readonly chargeable: boolean
  readonly sq: string
  readonly en: string
  readonly from: Day
  /** Last day; null while it holds. */
  readonly until: Day | null
  readonly verification: Verification
  readonly source: string
}

/** When the act was done; `until` for one that went on over days. */
export interface ActDays {
  readonly actFrom: Day
  readonly actUntil: Day | null
}

/** In force on any day of the act: one that went on is judged by the law under which it went on. */
export const inForce = (article: Pick<Article, 'from' | 'until'>, act: ActDays): boolean =>
  (act.actUntil ?? act.actFrom) >= article.from && (article.until === null || act.actFrom <= article.until)

/** Why the act cannot be charged under it, or null. */
export const articleBar = (
  articles: readonly Article[],
  code: string,
  act: ActDays,
  field = 'article',
): Refusal | null => {
  const article = articles.find((one) => one.code === code)
  if (article === undefined) return { code: 'proceeding_article_unknown', field, params: { article: code } }
  if (!article.chargeable) return { code: 'proceeding_article_clause', field, params: { article: code } }
  return inForce(article, act)
    ? null
    : {
        code: 'proceeding_article_not_in_force',
        field,
        params: { article: code, day: act.actUntil ?? act.actFrom },
      }
}

export const isTrafficking = (articles: readonly Article[], code: string): boolean =>
  articles.some((one) => one.code === code && one.group === 'trafficking')
