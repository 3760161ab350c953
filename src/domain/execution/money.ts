/**
 * Money of an activity, in whole lek: what the plan prints by source, how somebody split it, what was promised in
 * contracts, what was paid, and what is missing. The plan prints one total a source; every finer split is a user's own and
 * is shown as "not printed". Nothing is balanced: sums over the plan are refused or shown, never cut.
 */
import { accept, type Day, type Decision, type DomainEvent, refuse, type Stamp, type Uuid } from '../core.ts'

export const moneySources = ['state', 'donors'] as const
export type MoneySource = (typeof moneySources)[number]
/** Account groups of the State budget as Table 1 heads them: 600–601, 602–608; 230–231 is presumed, its heading is lost. */
export const accountGroups = ['wages', 'operating', 'investment'] as const
export type AccountGroup = (typeof accountGroups)[number]
export const entryKinds = ['commitment', 'payment'] as const
export type EntryKind = (typeof entryKinds)[number]

/** Beyond this no single amount of a plan can lie: ten times the whole plan of 2018–2020 (lek). */
export const absurdAmount = 5_000_000_000

export interface BudgetLine {
  readonly id: Uuid
  readonly source: MoneySource
  readonly group: AccountGroup
  readonly year: number
  /** Whole lek. */
  readonly amount: number
}
export interface Entry {
  readonly id: Uuid
  readonly kind: EntryKind
  readonly source: MoneySource
  readonly group: AccountGroup
  readonly on: Day
  readonly amount: number
  readonly reversed: boolean
}
/** What the plan prints; null where the cell is empty, which is not nought. */
export interface Printed {
  readonly cost: number | null
  readonly state: number | null
  readonly donors: number | null
  readonly gap: number | null
}

export type BudgetLineSet = DomainEvent<
  'BudgetLineSet',
  {
    readonly id: Uuid
    readonly source: MoneySource
    readonly group: AccountGroup
    readonly year: number
    readonly amount: number
  }
>
export type SpendingEntered = DomainEvent<
  'SpendingEntered',
  {
    readonly id: Uuid
    readonly kind: EntryKind
    readonly source: MoneySource
    readonly group: AccountGroup
    readonly on: Day
    readonly amount: number
  }
>
export type SpendingReversed = DomainEvent<'SpendingReversed', { readonly entry: Uuid }>

export interface SetBudgetLine {
  readonly source: MoneySource
  readonly group: AccountGroup
  readonly year: number
  /** Nought takes the line away. */
  readonly amount: number
}

const sum = (rows: readonly { readonly amount: number }[]): number =>
  rows.reduce((total, row) => total + row.amount, 0)

/** Split one source of an activity over years and account groups; together never more than the plan prints. */
export const decideBudgetLine = (
  printed: Printed,
  lines: readonly BudgetLine[],
  body: SetBudgetLine,
  stamp: Stamp,
): Decision<BudgetLineSet> => {
  const most = printed[body.source]
  if (most === null) return refuse('execution_no_budget', 'source')
  const same = lines.find((l) => l.source === body.source && l.group === body.group && l.year === body.year)
  const others = sum(lines.filter((l) => l.source === body.source && l !== same))
  if (others + body.amount > most) return refuse('execution_over_line', 'amount', { left: most - others })
  return accept({
    type: 'BudgetLineSet',
    v: 1,
    facts: { id: same?.id ?? stamp.newId(), ...body },
    touches: ['budget'],
  })
}

export interface EnterSpending {
  readonly kind: EntryKind
  readonly source: MoneySource
  readonly group: AccountGroup
  readonly on: Day
  readonly amount: number
  /** Payment order, contract or agreement it rests on. */
  readonly document: string
  /** Who pays, where it is not the State. */
  readonly payer?: string | undefined
  /** Must be said once when payments pass what the plan prints: overspending is real and is shown, not hidden. */
  readonly overBudget?: boolean | undefined
}

export const decideSpending = (
  printed: Printed,
  entries: readonly Entry[],
  body: EnterSpending,
  today: Day,
  stamp: Stamp,
): Decision<SpendingEntered> => {
  if (body.on > today) return refuse('in_future', 'on')
  const most = printed[body.source] ?? 0
  const before = sum(entries.filter((e) => !e.reversed && e.kind === body.kind && e.source === body.source))
  if (before + body.amount > most && body.overBudget !== true)
    return refuse('execution_over_budget', 'amount', { left: Math.max(0, most - before) })
  const { kind, source, group, on, amount } = body
  return accept({
    type: 'SpendingEntered',
    v: 1,
    facts: { id: stamp.newId(), kind, source, group, on, amount },
    parts: [
      { tier: 'T3', name: 'document', body: body.document },
      ...(body.payer === undefined ? [] : [{ tier: 'T3' as const, name: 'payer', body: body.payer }]),
    ],
  })
}

/** A mistaken entry stays and is crossed out, with the reason beside it. */
export const decideReversal = (entry: Entry, reason: string): Decision<SpendingReversed> => {
  if (entry.reversed) return refuse('execution_already_reversed')
  return accept({
    type: 'SpendingReversed',
    v: 1,
    facts: { entry: entry.id },
    parts: [{ tier: 'T3', name: 'reason', body: reason }],
  })
}

export interface MoneyRow {
  readonly source: MoneySource | 'gap'
  readonly planned: number | null
  readonly split: number
  readonly committed: number
  readonly paid: number
  /** Planned less paid; negative where more was paid than planned. For the gap: what still has no payer. */
  readonly left: number | null
}

/**
 * The table of an activity as of a day. The gap has no payer: what others pay beyond their printed share fills it, and only
 * that does.
 */
export const moneyTable = (
  printed: Printed,
  lines: readonly BudgetLine[],
  entries: readonly Entry[],
  asOf: Day,
): readonly MoneyRow[] => {
  const standing = entries.filter((e) => !e.reversed && e.on <= asOf)
  const rows = moneySources.map((source): MoneyRow => {
    const of = (kind: EntryKind) => sum(standing.filter((e) => e.source === source && e.kind === kind))
    const planned = printed[source]
    const paid = of('payment')
    return {
      source,
      planned,
      split: sum(lines.filter((l) => l.source === source)),
      committed: of('commitment'),
      paid,
      left: planned === null ? null : planned - paid,
    }
  })
  const beyond = rows.reduce((total, row) => total + Math.max(0, row.paid - (row.planned ?? 0)), 0)
  const left = printed.gap === null ? null : Math.max(0, printed.gap - beyond)
  return [...rows, { source: 'gap', planned: printed.gap, split: 0, committed: 0, paid: 0, left }]
}
