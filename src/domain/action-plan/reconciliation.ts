/**
 * The activities of a plan held against the table of costs that it prints, to the lek. Nothing is balanced: a difference
 * is listed, and where a misprinted digit would explain it, that is shown as a suspicion with its arithmetic.
 * The table splits years and account groups only per pillar, and activities print no such split, so those columns are
 * held against the table's own totals alone.
 */
import {
  type BudgetColumn,
  type BudgetRow,
  budgetColumns,
  type MoneySource,
  type PlanContent,
  type PlanNode,
} from './content.ts'
import { misprints, type Suspicion } from './misprint.ts'
import { decimalOfHundredths, hundredths, sumLek } from './money.ts'

export const reconciliationSources = ['total', 'state', 'donors', 'gap'] as const
export type ReconciliationSource = (typeof reconciliationSources)[number]

const ofActivity: Readonly<Record<ReconciliationSource, MoneySource>> = {
  total: 'cost',
  state: 'state',
  donors: 'donors',
  gap: 'gap',
}
const ofTable: Readonly<Record<ReconciliationSource, BudgetColumn>> = {
  total: 'total',
  state: 'government',
  donors: 'donors',
  gap: 'gap',
}

/** Lekë as decimal text; `difference` = printed − activities. */
export interface ReconciliationRow {
  readonly pillar: string
  readonly source: ReconciliationSource
  readonly printed: string
  readonly activities: string
  readonly difference: string
}

/** A sum inside the table itself, e.g. the years of a pillar against its total. */
export interface TableSum {
  readonly row: string
  readonly column: BudgetColumn
  readonly parts: readonly BudgetColumn[]
  readonly printed: string
  readonly computed: string
  readonly difference: string
  readonly sourceLine: number | null
}

/** A printed share and what the printed amounts give, both with one decimal. */
export interface ShareCheck {
  readonly of: string
  readonly printed: string
  readonly computed: string
  readonly wrong: boolean
  readonly sourceLine: number | null
}

export interface NumberFinding {
  readonly kind: 'sum' | 'product'
  readonly node: string | null
  readonly parts: PlanContent['checks'][number]['parts']
  readonly computed: string
  readonly printed: string
  readonly printedAs: string
  /** True when the parts of a sum make exactly the number printed for one of them: probably the total. */
  readonly agrees: boolean
  readonly noteSq: string | null
  readonly noteEn: string | null
  readonly sourceLine: number | null
}

export interface Reconciliation {
  readonly rows: readonly ReconciliationRow[]
  /** The same over all pillars, against the printed total row. */
  readonly totals: readonly ReconciliationRow[]
  readonly suspicions: readonly Suspicion[]
  readonly tableSums: readonly TableSum[]
  readonly shares: readonly ShareCheck[]
  /** Activities whose sources do not make their cost. */
  readonly unbalanced: readonly { readonly uid: string; readonly cost: string; readonly sources: string }[]
  readonly numbers: readonly NumberFinding[]
  readonly euro: {
    readonly rate: string
    readonly total: string
    readonly activities: string
    readonly printedMillion: string | null
    readonly computedMillion: string
  } | null
}

/** The activities beneath a node, in order of reading. */
export const activitiesUnder = (nodes: readonly PlanNode[], uid: string): PlanNode[] => {
  const under = new Set([uid])
  const found: PlanNode[] = []
  for (const node of nodes) {
    if (node.parent === null || !under.has(node.parent)) continue
    under.add(node.uid)
    if (node.activity !== null) found.push(node)
  }
  return found
}

export const sumOf = (activities: readonly PlanNode[], source: MoneySource): bigint =>
  sumLek(activities.map((node) => node.activity?.amounts[source].lek ?? null))

const cell = (row: BudgetRow, column: BudgetColumn): bigint | null => {
  const printed = row.cells[column]
  return printed === undefined ? null : hundredths(printed)
}

const held = (
  pillar: string,
  source: ReconciliationSource,
  printed: bigint,
  lek: bigint,
): ReconciliationRow => ({
  pillar,
  source,
  printed: decimalOfHundredths(printed),
  activities: lek.toString(),
  difference: decimalOfHundredths(printed - lek * 100n),
})

/** What must make what inside one row of the table. */
const sumsOfRow: readonly (readonly [BudgetColumn, readonly BudgetColumn[]])[] = [
  ['total', ['y2018', 'y2019', 'y2020']],
  ['financed_total', ['government', 'donors']],
  ['total', ['financed_total', 'gap']],
  ['total', ['acc_600_601', 'acc_602_608', 'acc_third']],
]

const tableSums = (budget: readonly BudgetRow[]): TableSum[] => {
  const amounts = budget.filter((row) => row.kind !== 'percent')
  const inRows = amounts.flatMap((row) =>
    sumsOfRow.flatMap(([column, parts]): TableSum[] => {
      const printed = cell(row, column)
      const cells = parts.map((part) => cell(row, part))
      if (printed === null || cells.some((one) => one === null)) return []
      const computed = cells.reduce<bigint>((sum, one) => sum + (one ?? 0n), 0n)
      return [finding(row, column, parts, printed, computed)]
    }),
  )
  const total = budget.find((row) => row.kind === 'total')
  const pillars = budget.filter((row) => row.kind === 'pillar')
  if (total === undefined) return inRows
  const downColumns = (Object.keys(total.cells) as BudgetColumn[]).flatMap((column): TableSum[] => {
    const printed = cell(total, column)
    // Shares are rounded one by one and need not make a hundred.
    if (printed === null || column === 'share_pct') return []
    const computed = pillars.reduce((sum, row) => sum + (cell(row, column) ?? 0n), 0n)
    return [finding(total, column, [], printed, computed)]
  })
  return [...inRows, ...downColumns]
}

const finding = (
  row: BudgetRow,
  column: BudgetColumn,
  parts: readonly BudgetColumn[],
  printed: bigint,
  computed: bigint,
): TableSum => ({
  row: row.name,
  column,
  parts,
  printed: decimalOfHundredths(printed),
  computed: decimalOfHundredths(computed),
  difference: decimalOfHundredths(printed - computed),
  sourceLine: row.sourceLine,
})

/** Per cent of two amounts with one decimal, half up. */
export const share = (part: bigint, whole: bigint): string => {
  if (whole === 0n) return '0.0'
  const tenths = (part * 2000n + whole) / (whole * 2n)
  return `${tenths / 10n}.${tenths % 10n}`
}

const oneDecimal = (printed: string): string => (printed.includes('.') ? printed : `${printed}.0`)

const checkShare = (
  of: string,
  printed: string,
  part: bigint,
  whole: bigint,
  sourceLine: number | null,
): ShareCheck => {
  const computed = share(part, whole)
  return { of, printed: oneDecimal(printed), computed, wrong: oneDecimal(printed) !== computed, sourceLine }
}

const shareChecks = (content: PlanContent): ShareCheck[] => {
  const total = content.budget.find((row) => row.kind === 'total')
  const whole = total === undefined ? null : cell(total, 'total')
  if (total === undefined || whole === null) return []
  const percents = content.budget.find((row) => row.kind === 'percent')
  const ofColumns = budgetColumns.flatMap((column) => {
    const printed = percents?.cells[column]
    const part = cell(total, column)
    return printed === undefined || part === null
      ? []
      : [checkShare(column, printed, part, whole, percents?.sourceLine ?? null)]
  })
  const ofPillars = content.budget.flatMap((row) => {
    const printed = row.cells.share_pct
    const part = cell(row, 'total')
    return row.kind !== 'pillar' || printed === undefined || part === null
      ? []
      : [checkShare(row.name, printed, part, whole, row.sourceLine)]
  })
  const said: Readonly<Record<string, BudgetColumn>> = {
    government_share_pct: 'government',
    gap_share_pct: 'gap',
  }
  const ofSentences = content.figures.flatMap((figure) => {
    const column = said[figure.code]
    const part = column === undefined ? null : cell(total, column)
    return part === null ? [] : [checkShare(figure.code, figure.value, part, whole, figure.sourceLine)]
  })
  return [...ofColumns, ...ofPillars, ...ofSentences]
}

const numberFindings = (content: PlanContent): NumberFinding[] =>
  content.checks.map((check) => {
    const values = check.parts.map((part) => hundredths(part.value))
    const computed =
      check.kind === 'sum'
        ? values.reduce((sum, value) => sum + value, 0n)
        : values.reduce((product, value) => (product * value) / 100n, 100n)
    return {
      kind: check.kind,
      node: check.node,
      parts: check.parts,
      computed: decimalOfHundredths(computed),
      printed: check.printed,
      printedAs: check.printedAs,
      agrees: computed === hundredths(check.printed),
      noteSq: check.noteSq,
      noteEn: check.noteEn,
      sourceLine: check.sourceLine,
    }
  })

/** Hundredths of a million euro, half up, as text with two decimals. */
const millions = (euro: bigint): string => {
  const rounded = (euro + 5_000n) / 10_000n
  return `${rounded / 100n}.${(rounded % 100n).toString().padStart(2, '0')}`
}

const inEuro = (content: PlanContent, lek: bigint): Reconciliation['euro'] => {
  const rate = content.head.euroRate
  const total = content.budget.find((row) => row.kind === 'total')
  const printed = total === undefined ? null : cell(total, 'total')
  if (rate === null) return null
  const perEuro = hundredths(rate)
  if (perEuro === 0n) return null
  const whole = (hundredthsOfLek: bigint): bigint => (hundredthsOfLek + perEuro / 2n) / perEuro
  const euro = whole(printed ?? lek * 100n)
  return {
    rate,
    total: euro.toString(),
    activities: whole(lek * 100n).toString(),
    printedMillion: content.figures.find((figure) => figure.code === 'value_meur')?.value ?? null,
    computedMillion: millions(euro),
  }
}

/** Everything that the plan's numbers say about each other. */
export const reconcile = (content: PlanContent): Reconciliation => {
  const pillars = content.budget.filter((row) => row.kind === 'pillar')
  const everything = content.nodes.filter((node) => node.activity !== null)
  const rows: ReconciliationRow[] = []
  const suspicions: Suspicion[] = []
  for (const row of pillars) {
    const activities = row.node === null ? [] : activitiesUnder(content.nodes, row.node)
    for (const source of reconciliationSources) {
      const printed = cell(row, ofTable[source])
      if (printed === null) continue
      rows.push(held(pillarName(content, row), source, printed, sumOf(activities, ofActivity[source])))
    }
    const printed = cell(row, 'government')
    if (printed === null) continue
    const difference = printed - sumOf(activities, 'state') * 100n
    suspicions.push(...misprints(pillarName(content, row), activities, everything, difference))
  }
  const total = content.budget.find((row) => row.kind === 'total')
  const totals =
    total === undefined
      ? []
      : reconciliationSources.flatMap((source) => {
          const printed = cell(total, ofTable[source])
          return printed === null
            ? []
            : [held(total.name, source, printed, sumOf(everything, ofActivity[source]))]
        })
  return {
    rows,
    totals,
    suspicions,
    tableSums: tableSums(content.budget),
    shares: shareChecks(content),
    unbalanced: everything.flatMap((node) => {
      const amounts = node.activity?.amounts
      if (amounts === undefined || amounts.cost.lek === null) return []
      const sources = sumLek([amounts.state.lek, amounts.donors.lek, amounts.gap.lek])
      return sources === BigInt(amounts.cost.lek)
        ? []
        : [{ uid: node.uid, cost: amounts.cost.lek, sources: sources.toString() }]
    }),
    numbers: numberFindings(content),
    euro: inEuro(content, sumOf(everything, 'cost')),
  }
}

const pillarName = (content: PlanContent, row: BudgetRow): string =>
  content.nodes.find((node) => node.uid === row.node)?.titleSq ?? row.name
