/**
 * What must hold of a plan's content whatever way it came in. Faults name the row by its key and the field; the reader
 * of a workbook turns both into a sheet and a cell. Amounts that do not add up are no fault: plans print such, and the
 * reconciliation shows them.
 */
import { isDay } from '../day.ts'
import type { NodeKind, PlanContent, PlanKind, PlanNode } from './content.ts'
import { moneySources } from './content.ts'
import { lekOfThousands } from './money.ts'

export const contentFaults = [
  'uid_repeated',
  'parent_unknown',
  'circular',
  'wrong_parent_kind',
  'title_missing',
  'language_missing',
  'unknown_body',
  'body_repeated',
  'amount_absurd',
  'amount_not_as_printed',
  'not_an_activity',
  'date_impossible',
  'dates_reversed',
  'period_missing',
  'row_unknown',
  'no_activities',
  'euro_rate_wrong',
  'municipality_unknown',
] as const
export type ContentFaultCode = (typeof contentFaults)[number]

export interface ContentFault {
  readonly code: ContentFaultCode
  /** Part of the content: `head`, `nodes`, `budget`, `figures`, `parties`, `checks`. */
  readonly part: keyof PlanContent
  /** Position in that part. */
  readonly index: number
  readonly field: string
  readonly said?: string
}

/** What the register knows that a plan may name. */
export interface PlanWorld {
  readonly bodies: ReadonlySet<string>
  readonly municipalities: ReadonlySet<string>
}

/** A hundred milliard lekë: about a tenth of the state's yearly budget. More is a slip of the hand. */
const absurd = 100_000_000_000n

const rank: Readonly<Record<NodeKind, number>> = {
  pillar: 0,
  goal: 1,
  objective: 2,
  sub_objective: 3,
  activity: 4,
}

/** Frameworks and programmes may exist in English alone; what an Albanian body adopts is in Albanian. */
const mayLackAlbanian: readonly PlanKind[] = ['framework', 'programme']

/** Uids on a circle, or hanging from one. */
const circular = (nodes: readonly PlanNode[]): ReadonlySet<string> => {
  const parents = new Map(nodes.map((node) => [node.uid, node.parent]))
  const safe = new Set<string>()
  const bad = new Set<string>()
  for (const node of nodes) {
    const way: string[] = []
    let at: string | null | undefined = node.uid
    while (at != null && !safe.has(at) && !bad.has(at) && !way.includes(at)) {
      way.push(at)
      at = parents.get(at)
    }
    const target = at != null && (bad.has(at) || way.includes(at)) ? bad : safe
    for (const uid of way) target.add(uid)
  }
  return bad
}

export const checkContent = (kind: PlanKind, content: PlanContent, world: PlanWorld): ContentFault[] => {
  const faults: ContentFault[] = []
  const fault = (
    code: ContentFaultCode,
    part: keyof PlanContent,
    index: number,
    field: string,
    said?: string,
  ): void => {
    faults.push({ code, part, index, field, ...(said === undefined ? {} : { said }) })
  }
  checkHead(kind, content, fault)
  const seen = new Map<string, PlanNode>()
  const ring = circular(content.nodes)
  for (const node of content.nodes) if (!seen.has(node.uid)) seen.set(node.uid, node)
  for (const [index, node] of content.nodes.entries()) {
    if (seen.get(node.uid) !== node) fault('uid_repeated', 'nodes', index, 'uid', node.uid)
    const parent = node.parent === null ? null : seen.get(node.parent)
    if (parent === undefined) fault('parent_unknown', 'nodes', index, 'parent', node.parent ?? '')
    else if (ring.has(node.uid)) fault('circular', 'nodes', index, 'parent', node.parent ?? '')
    else if (parent !== null && rank[parent.kind] >= rank[node.kind])
      fault('wrong_parent_kind', 'nodes', index, 'parent', parent.kind)
    checkNode(kind, node, index, world, fault)
  }
  if (!content.nodes.some((node) => node.kind === 'activity')) fault('no_activities', 'nodes', 0, 'kind')
  for (const part of ['budget', 'figures', 'checks'] as const)
    for (const [index, row] of content[part].entries())
      if (row.node !== null && !seen.has(row.node)) fault('row_unknown', part, index, 'node', row.node)
  for (const [index, party] of content.parties.entries()) {
    if (party.body !== null && !world.bodies.has(party.body))
      fault('unknown_body', 'parties', index, 'body', party.body)
    if (party.municipality !== null && !world.municipalities.has(party.municipality))
      fault('municipality_unknown', 'parties', index, 'municipality', party.municipality)
  }
  return faults
}

type Tell = (
  code: ContentFaultCode,
  part: keyof PlanContent,
  index: number,
  field: string,
  said?: string,
) => void

const checkHead = (kind: PlanKind, { head }: PlanContent, fault: Tell): void => {
  if (head.titleSq === null && head.titleEn === null) fault('title_missing', 'head', 0, 'titleSq')
  else if (head.titleSq === null && !mayLackAlbanian.includes(kind))
    fault('language_missing', 'head', 0, 'titleSq')
  for (const field of ['periodFrom', 'periodTo'] as const) {
    const day = head[field]
    if (day !== null && !isDay(day)) fault('date_impossible', 'head', 0, field, day)
    if (day === null && !mayLackAlbanian.includes(kind)) fault('period_missing', 'head', 0, field)
  }
  if (head.periodFrom !== null && head.periodTo !== null && head.periodFrom > head.periodTo)
    fault('dates_reversed', 'head', 0, 'periodTo', head.periodTo)
  if (head.euroRate !== null && !(Number(head.euroRate) > 0))
    fault('euro_rate_wrong', 'head', 0, 'euroRate', head.euroRate)
}

const checkNode = (kind: PlanKind, node: PlanNode, index: number, world: PlanWorld, fault: Tell): void => {
  if (!node.headerMissing) {
    if (node.titleSq === null && node.titleEn === null) fault('title_missing', 'nodes', index, 'titleSq')
    else if (node.titleSq === null && !mayLackAlbanian.includes(kind))
      fault('language_missing', 'nodes', index, 'titleSq')
  }
  const codes = new Set<string>()
  for (const body of node.responsible) {
    if (!world.bodies.has(body.code)) fault('unknown_body', 'nodes', index, 'responsible', body.code)
    if (codes.has(body.code)) fault('body_repeated', 'nodes', index, 'responsible', body.code)
    codes.add(body.code)
  }
  const { activity } = node
  if ((activity !== null) !== (node.kind === 'activity')) fault('not_an_activity', 'nodes', index, 'kind')
  if (activity === null) return
  for (const field of ['from', 'to'] as const) {
    const day = activity.deadline[field]
    if (day !== null && !isDay(day)) fault('date_impossible', 'nodes', index, field, day)
  }
  const { from, to } = activity.deadline
  if (from !== null && to !== null && from > to) fault('dates_reversed', 'nodes', index, 'to', to)
  for (const source of moneySources) {
    const { lek, printed } = activity.amounts[source]
    if (lek !== null && BigInt(lek) > absurd) fault('amount_absurd', 'nodes', index, source, printed ?? lek)
    else if (printed !== null && lekOfThousands(printed) !== lek)
      fault('amount_not_as_printed', 'nodes', index, `${source}Printed`, printed)
  }
}
