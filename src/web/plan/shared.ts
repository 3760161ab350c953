/** What the pages of plans say alike. */
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

/** The tree with only the activities of the chosen body, and only the branches that still have some. */
export const pruned = (nodes: readonly PlanTreeNode[], chosen: Chosen): PlanTreeNode[] => {
  const keep = (node: PlanTreeNode): PlanTreeNode | null => {
    if (node.kind === 'activity')
      return chosen.body === '' || node.responsible.some((body) => body.code === chosen.body) ? node : null
    const children = node.children.flatMap((child) => keep(child) ?? [])
    return children.length === 0 && chosen.body !== '' ? null : { ...node, children }
  }
  return nodes
    .filter((node) => chosen.pillar === '' || node.uid === chosen.pillar)
    .flatMap((node) => keep(node) ?? [])
}

export const activitiesOf = (nodes: readonly PlanTreeNode[]): PlanTreeNode[] =>
  nodes.flatMap((node) => (node.kind === 'activity' ? [node] : activitiesOf(node.children)))
