/**
 * What a plan says, as one value: the same whether it came from a shipped file, a workbook or the database, so that a
 * round trip can be compared. Texts in the two languages stand side by side; null means that nothing is printed.
 */
import type { Day } from '../core.ts'

export const planKinds = ['national', 'framework', 'programme', 'county', 'municipal', 'institution'] as const
export type PlanKind = (typeof planKinds)[number]

export const nodeKinds = ['pillar', 'goal', 'objective', 'sub_objective', 'activity'] as const
export type NodeKind = (typeof nodeKinds)[number]

export const moneySources = ['cost', 'state', 'donors', 'gap'] as const
export type MoneySource = (typeof moneySources)[number]

/** Whole lekë as digits, e.g. `445680` for a printed 445.680 thousand. */
export type Lek = string

export interface PlanHead {
  readonly titleSq: string | null
  readonly titleEn: string | null
  readonly periodFrom: Day | null
  readonly periodTo: Day | null
  readonly periodSaid: string | null
  /** Lekë for one euro as the plan reckons, e.g. `133`. */
  readonly euroRate: string | null
}

export const lineKinds = ['indicator', 'target', 'result'] as const
export interface IndicatorLine {
  readonly kind: (typeof lineKinds)[number]
  readonly sq: string | null
  readonly en: string | null
}

/** The first one leads. */
export interface Responsible {
  readonly code: string
  readonly asPrinted: string
}

export interface Deadline {
  readonly text: string | null
  readonly from: Day | null
  readonly to: Day | null
  readonly ongoing: boolean
  readonly approx: boolean
  readonly recurrence: string | null
}

/** Amount in lekë and the cell as printed (in thousands); an empty cell is null twice. */
export interface Amount {
  readonly lek: Lek | null
  readonly printed: string | null
}

export interface ActivityPart {
  readonly deadline: Deadline
  readonly responsibleText: string | null
  readonly amounts: Readonly<Record<MoneySource, Amount>>
  readonly resources: string | null
}

export interface PlanNode {
  /** The key within a plan: printed codes repeat. */
  readonly uid: string
  readonly parent: string | null
  readonly kind: NodeKind
  readonly codePrinted: string | null
  readonly code: string | null
  readonly titleSq: string | null
  readonly titleEn: string | null
  readonly textSq: string | null
  readonly subItemsSq: readonly string[]
  readonly subItemsEn: readonly string[]
  readonly headerMissing: boolean
  readonly sourceLine: number | null
  readonly doubt: string | null
  readonly indicators: readonly IndicatorLine[]
  readonly responsible: readonly Responsible[]
  /** Of activities only. */
  readonly activity: ActivityPart | null
}

/** Columns of a plan's own table of costs; see `budgetColumns` of the reconciliation for what sums to what. */
export const budgetColumns = [
  'y2018',
  'y2019',
  'y2020',
  'total',
  'government',
  'donors',
  'financed_total',
  'gap',
  'acc_600_601',
  'acc_602_608',
  'acc_third',
  'share_pct',
] as const
export type BudgetColumn = (typeof budgetColumns)[number]

export interface BudgetRow {
  readonly kind: 'pillar' | 'total' | 'percent'
  /** The pillar's uid, or null for the total and the shares. */
  readonly node: string | null
  readonly name: string
  /** Lekë (or per cent) as decimal text, by column. */
  readonly cells: Readonly<Partial<Record<BudgetColumn, string>>>
  readonly sourceLine: number | null
}

export const figureKinds = ['reach', 'count', 'share', 'money', 'rate'] as const
export interface Figure {
  readonly code: string
  readonly kind: (typeof figureKinds)[number]
  readonly labelSq: string
  readonly labelEn: string
  readonly value: string
  readonly unit: string
  readonly printedAs: string | null
  readonly node: string | null
  readonly sourceLine: number | null
}

export const partyRoles = ['implementer', 'supporter', 'partner', 'place', 'charged'] as const
export interface Party {
  readonly role: (typeof partyRoles)[number]
  readonly name: string
  readonly municipality: string | null
  readonly body: string | null
  readonly sourceLine: number | null
}

/** Parts that should sum or multiply to another printed number. */
export interface NumberCheck {
  readonly kind: 'sum' | 'product'
  readonly node: string | null
  readonly parts: readonly { readonly sq: string; readonly en: string; readonly value: string }[]
  readonly printed: string
  readonly printedAs: string
  readonly noteSq: string | null
  readonly noteEn: string | null
  readonly sourceLine: number | null
}

export interface PlanContent {
  readonly head: PlanHead
  /** In order of reading; a parent stands before its children. */
  readonly nodes: readonly PlanNode[]
  readonly budget: readonly BudgetRow[]
  readonly figures: readonly Figure[]
  readonly parties: readonly Party[]
  readonly checks: readonly NumberCheck[]
}
