/** What the pages of plans say alike. */
import { keptTree } from '#domain/action-plan/shown.ts'
import { number } from '#web/design/time.ts'
import type { PlanTreeNode } from '#wire/action-plan.ts'

interface Titled {
  readonly titleSq: string | null
  readonly titleEn: string | null
}
/** The title in the reader's language, or in the one that exists, with the language it is in. */
export const titled = (of: Titled, language: string): { readonly text: string; readonly lang: string } => {
  const sq = { text: of.titleSq ?? '', lang: 'sq' }
  const en = { text: of.titleEn ?? '', lang: 'en' }
  const [first, second] = language === 'sq' ? [sq, en] : [en, sq]
  return first.text === '' ? second : first
}

/** Decimal text with the reader's separators and just the decimals that it has. */
export const amount = (decimal: string): string => number(Number(decimal), decimal.split('.')[1]?.length ?? 0)

export interface Chosen {
  readonly pillar: string
  readonly body: string
}

/** The tree with only the chosen part and the activities of the chosen body, each branch with the sums of what is left. */
export const pruned = (nodes: readonly PlanTreeNode[], { pillar, body }: Chosen): PlanTreeNode[] => {
  const part = nodes.filter((node) => pillar === '' || node.uid === pillar)
  // Untouched, the plan stays as printed: a heading without activities too.
  if (body === '') return [...part]
  return keptTree(part, (activity) => activity.responsible.some((one) => one.code === body))
}
