/** What a new text of a plan would change, row by row. */
import { moneySources, type NodeKind, type PlanContent, type PlanNode } from './content.ts'

export interface FieldChange {
  readonly field: string
  readonly before: string | null
  readonly after: string | null
}
export interface NodeChange {
  readonly uid: string
  readonly kind: NodeKind
  readonly change: 'added' | 'removed' | 'changed' | 'moved'
  readonly code: string | null
  readonly titleSq: string | null
  readonly titleEn: string | null
  readonly fields: readonly FieldChange[]
}
export interface ContentDifference {
  readonly nodes: readonly NodeChange[]
  /** Other parts that differ. */
  readonly parts: readonly (keyof PlanContent)[]
}

const lines = (list: readonly string[]): string | null => (list.length === 0 ? null : list.join('\n'))

/** A row as comparable text by field. */
const flat = (node: PlanNode): Record<string, string | null> => ({
  parent: node.parent,
  kind: node.kind,
  codePrinted: node.codePrinted,
  code: node.code,
  titleSq: node.titleSq,
  titleEn: node.titleEn,
  textSq: node.textSq,
  subItemsSq: lines(node.subItemsSq),
  subItemsEn: lines(node.subItemsEn),
  headerMissing: String(node.headerMissing),
  sourceLine: node.sourceLine === null ? null : String(node.sourceLine),
  doubt: node.doubt,
  indicators: lines(node.indicators.map((line) => `${line.kind}: ${line.sq ?? ''} / ${line.en ?? ''}`)),
  responsible: lines(node.responsible.map((body) => `${body.code} | ${body.asPrinted}`)),
  ...(node.activity === null
    ? {}
    : {
        deadlineText: node.activity.deadline.text,
        from: node.activity.deadline.from,
        to: node.activity.deadline.to,
        ongoing: String(node.activity.deadline.ongoing),
        approx: String(node.activity.deadline.approx),
        recurrence: node.activity.deadline.recurrence,
        responsibleText: node.activity.responsibleText,
        resources: node.activity.resources,
        ...Object.fromEntries(
          moneySources.map((source) => [source, node.activity?.amounts[source].lek ?? null]),
        ),
        ...Object.fromEntries(
          moneySources.map((source) => [`${source}Printed`, node.activity?.amounts[source].printed ?? null]),
        ),
      }),
})

/** Order of keys does not count. */
const same = (a: unknown, b: unknown): boolean => {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))]
  return (
    left.length === right.size && left.every(([key, value]) => right.has(key) && same(value, right.get(key)))
  )
}

export const differenceOf = (before: PlanContent | null, after: PlanContent): ContentDifference => {
  const old = new Map((before?.nodes ?? []).map((node) => [node.uid, node]))
  const oldOrder = (before?.nodes ?? [])
    .map((node) => node.uid)
    .filter((uid) => after.nodes.some((node) => node.uid === uid))
  const newOrder = after.nodes.map((node) => node.uid).filter((uid) => old.has(uid))
  const changes = after.nodes.flatMap((node): NodeChange[] => {
    const known = old.get(node.uid)
    const told = {
      uid: node.uid,
      kind: node.kind,
      code: node.code,
      titleSq: node.titleSq,
      titleEn: node.titleEn,
    }
    if (known === undefined) return [{ ...told, change: 'added', fields: [] }]
    const [was, is] = [flat(known), flat(node)]
    const fields = [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((field): FieldChange[] => {
      const [a, b] = [was[field] ?? null, is[field] ?? null]
      return a === b ? [] : [{ field, before: a, after: b }]
    })
    if (fields.length > 0) return [{ ...told, change: 'changed', fields }]
    return oldOrder.indexOf(node.uid) === newOrder.indexOf(node.uid)
      ? []
      : [{ ...told, change: 'moved', fields: [] }]
  })
  const kept = new Set(after.nodes.map((node) => node.uid))
  const removed = (before?.nodes ?? []).flatMap((node): NodeChange[] =>
    kept.has(node.uid)
      ? []
      : [
          {
            uid: node.uid,
            kind: node.kind,
            code: node.code,
            titleSq: node.titleSq,
            titleEn: node.titleEn,
            change: 'removed',
            fields: [],
          },
        ],
  )
  const parts = (['head', 'budget', 'figures', 'parties', 'checks'] as const).filter(
    (part) => before !== null && !same(before[part], after[part]),
  )
  return { nodes: [...changes, ...removed], parts }
}
