/** Passages of the main job that several tests walk. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Language } from '#wire/words/index.ts'

interface Concern {
  readonly code: string
  readonly sq: string
  readonly en: string
}
const file = join(import.meta.dirname, '..', '..', 'reference', 'al', 'concerns.json')
const { concerns } = JSON.parse(readFileSync(file, 'utf8')) as { concerns: readonly Concern[] }

/** How a concern is called on the forms. */
export const concern = (code: string, language: Language): string =>
  concerns.find((one) => one.code === code)?.[language] ?? code
