/**
 * The plans that the product ships, as one kind of value. Three files were extracted row by row from the printed
 * documents, each with its own fields (its `conventions` explain them); two programmes were written by hand.
 * Whatever the common shape has no place for stays with the row (`printed`) or with the document.
 */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type {
  BudgetColumn,
  BudgetRow,
  Figure,
  MoneySource,
  PlanContent,
  PlanKind,
  PlanNode,
} from '#domain/action-plan/content.ts'
import { lekOfThousands } from '#domain/action-plan/money.ts'
import type { Json } from '#domain/core.ts'
import { referencePath } from '../reference/files.ts'
import type { Body } from './bodies.ts'
import { type Activity, type BudgetTable, Checks, Framework, Native, Tabled } from './shipped-shapes.ts'

export interface ShippedPlan {
  readonly slug: string
  readonly kind: PlanKind
  readonly sourceFile: string
  readonly content: PlanContent
  /** What else the source prints, by uid. */
  readonly printed: ReadonlyMap<string, Json>
  readonly document: Json
}

const json = (file: string): unknown => JSON.parse(readFileSync(referencePath(`plans/${file}`), 'utf8'))

/** The document's own file name, without the folder that it was read from. */
const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

const or = (value: string | null | undefined): string | null =>
  value === undefined || value === '' ? null : value
const paired = (
  kind: 'indicator' | 'target' | 'result',
  sq: readonly string[],
  en: readonly string[],
): PlanNode['indicators'] =>
  Array.from({ length: Math.max(sq.length, en.length) }, (_, at) => ({
    kind,
    sq: or(sq[at]),
    en: or(en[at]),
  }))

const bare = (uid: string, parent: string | null, kind: PlanNode['kind']): PlanNode => ({
  uid,
  parent,
  kind,
  codePrinted: null,
  code: null,
  titleSq: null,
  titleEn: null,
  textSq: null,
  subItemsSq: [],
  subItemsEn: [],
  headerMissing: false,
  sourceLine: null,
  doubt: null,
  indicators: [],
  responsible: [],
  activity: null,
})

/** The cell as printed where it holds an amount; HTML around it is dropped, a shifted column read where it was meant. */
const amountOf = (raw: string | undefined, thousands: number | null | undefined) => {
  if (thousands === null || thousands === undefined) return { lek: null, printed: null }
  const cell = (raw ?? '').replace(/<[^>]*>/g, '').trim()
  const printed = lekOfThousands(cell) === null ? String(thousands) : cell
  const lek = lekOfThousands(printed)
  if (lek === null || Number(lek) !== Math.round(thousands * 1000))
    throw new Error(`amount ${printed} is not ${thousands} thousand lekë`)
  return { lek, printed }
}

const activityNode = (
  row: Activity,
  parent: string,
  resolve: (name: string) => string,
  language: 'sq' | 'en',
): PlanNode => {
  const [cost, state, donors, gap] = row.cost_cells_raw
  const cells: Record<MoneySource, ReturnType<typeof amountOf>> = {
    cost: amountOf(cost, row.cost_kLEK),
    state: amountOf(state, row.state_kLEK),
    donors: amountOf(donors, row.donors_kLEK),
    gap: amountOf(gap, row.gap_kLEK),
  }
  const said = (list: readonly string[]) =>
    language === 'en' ? { sq: [], en: list } : { sq: list, en: row.indicators_en }
  const indicators = said(row.indicators)
  const seen = new Set<string>()
  return {
    ...bare(row.uid, parent, 'activity'),
    codePrinted: row.code,
    code: row.code_normalized ?? row.code,
    titleSq: language === 'sq' ? row.title : null,
    titleEn: language === 'en' ? row.title : or(row.title_en),
    textSq: or(row.text_full) === row.title ? null : or(row.text_full),
    subItemsSq: row.sub_items,
    subItemsEn: row.sub_items_en,
    sourceLine: row.source_lines[0] ?? row.source_line ?? row.line_range[0] ?? null,
    doubt: or(row.doubt),
    indicators: [
      ...paired('indicator', indicators.sq, indicators.en).map((line, at) => ({
        ...line,
        kind: row.indicator_kinds[at] === 'target' ? ('target' as const) : ('indicator' as const),
      })),
      ...paired('result', [], row.expected_results),
    ],
    // One body may be printed under two names in one cell; it answers once.
    responsible: row.responsible
      .map((asPrinted) => ({ code: resolve(asPrinted), asPrinted }))
      .filter(({ code }) => !seen.has(code) && seen.add(code)),
    activity: {
      deadline: {
        text: or(row.deadline_text),
        from: or(row.deadline_start),
        to: or(row.deadline_end),
        ongoing: row.ongoing,
        approx: row.deadline_parts.some((part) => or(part.approx) !== null),
        recurrence:
          row.deadline_parts.map((part) => or(part.recurrence)).find((said) => said !== null) ?? null,
      },
      responsibleText: or(row.responsible_text),
      amounts: cells,
      resources: or(row.resources_text),
    },
  }
}

const without = (value: Record<string, unknown>, ...keys: string[]): Json =>
  Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key))) as Json

const columns: Readonly<Record<string, BudgetColumn>> = Object.fromEntries(
  (
    [
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
    ] satisfies BudgetColumn[]
  ).map((column) => [column, column]),
)
const cellsOf = (row: Record<string, unknown>): BudgetRow['cells'] =>
  Object.fromEntries(
    Object.entries(row).flatMap(([key, value]) =>
      columns[key] !== undefined && typeof value === 'number' ? [[key, String(value)]] : [],
    ),
  )

const fold = (name: string): string => name.toLocaleLowerCase('sq').replace(/\s+/g, ' ').trim()

const statementFigures = (statements: z.output<typeof BudgetTable>['statements']): Figure[] => {
  const kinds: Readonly<Record<string, readonly [Figure['kind'], string, string, string]>> = {
    value_mlek: ['money', 'Buxheti i përgjithshëm', 'Whole budget', 'mLEK'],
    value_meur: ['money', 'Buxheti i përgjithshëm në euro', 'Whole budget in euro', 'mEUR'],
    rate: ['rate', 'Kursi i këmbimit', 'Rate of exchange', 'LEK/EUR'],
    government_share_pct: ['share', 'Pjesa e buxhetit të shtetit', 'Share of the state budget', '%'],
    protection_share_pct: ['share', 'Pjesa e fushës së mbrojtjes', 'Share of the field of protection', '%'],
    gap_share_pct: ['share', 'Pjesa e nevojave për fonde', 'Share of the funding gap', '%'],
    gap_mlek: ['money', 'Nevojat për fonde', 'Funding gap', 'mLEK'],
  }
  return statements.flatMap((row) =>
    Object.entries(row).flatMap(([key, value]): Figure[] => {
      const known = kinds[key]
      if (known === undefined || typeof value !== 'number') return []
      const [kind, labelSq, labelEn, unit] = known
      return [
        {
          code: key,
          kind,
          labelSq,
          labelEn,
          value: String(value),
          unit,
          printedAs: row.text,
          node: null,
          sourceLine: row.line,
        },
      ]
    }),
  )
}

const readTabled = (file: string, slug: string, resolve: (name: string) => string): ShippedPlan => {
  const raw = Tabled.parse(json(file))
  const nodes: PlanNode[] = []
  const printed = new Map<string, Json>()
  for (const pillar of raw.pillars) {
    nodes.push({
      ...bare(pillar.code, null, 'pillar'),
      codePrinted: pillar.code,
      code: pillar.code,
      titleSq: pillar.title,
      titleEn: or(pillar.title_en),
      sourceLine: pillar.line,
    })
    printed.set(pillar.code, without(pillar, 'strategic_goals'))
    for (const goal of pillar.strategic_goals) {
      const code = goal.code.replace(/\.$/, '')
      const goalUid = `${pillar.code}/g${code}`
      nodes.push({
        ...bare(goalUid, pillar.code, 'goal'),
        codePrinted: goal.header_missing ? null : goal.code,
        code,
        titleSq: or(goal.title),
        titleEn: or(goal.title_en),
        headerMissing: goal.header_missing,
        sourceLine: goal.lines[0] ?? goal.line ?? null,
        doubt: or(goal.doubt),
        indicators: paired('indicator', goal.indicators, goal.indicators_en),
      })
      printed.set(goalUid, without(goal, 'specific_objectives'))
      for (const objective of goal.specific_objectives) {
        const uid = `${pillar.code}/${objective.code_normalized ?? objective.code}`
        nodes.push({
          ...bare(uid, goalUid, 'objective'),
          codePrinted: objective.code,
          code: objective.code_normalized ?? objective.code,
          titleSq: or(objective.title),
          titleEn: or(objective.title_en),
          sourceLine: objective.line,
          doubt: or(objective.doubt),
          indicators: [
            ...paired('indicator', objective.indicators, objective.indicators_en),
            ...paired('target', objective.targets, objective.targets_en),
          ],
        })
        printed.set(uid, without(objective, 'activities'))
        for (const row of objective.activities) {
          nodes.push(activityNode(row, uid, resolve, 'sq'))
          printed.set(row.uid, row as Json)
        }
      }
    }
  }
  const table = raw.budget_table_1
  const pillarOf = (name: string): string | null =>
    raw.pillars.find((pillar) => fold(pillar.title) === fold(name))?.code ?? null
  const rate = table?.statements.find((row) => typeof row.rate === 'number')?.rate
  const { document } = raw
  return {
    slug,
    kind: 'national',
    sourceFile: fileName(document.source_file),
    content: {
      head: {
        titleSq: document.title,
        titleEn: or(document.title_en),
        periodFrom: document.period?.start ?? null,
        periodTo: document.period?.end ?? null,
        periodSaid: document.period?.text ?? null,
        euroRate: rate === undefined ? null : String(rate),
      },
      nodes,
      budget:
        table === undefined
          ? []
          : [
              ...table.rows.map((row): BudgetRow => {
                const node = pillarOf(row.name)
                return {
                  kind: node === null ? 'total' : 'pillar',
                  node,
                  name: row.name,
                  cells: cellsOf(row),
                  sourceLine: row.line,
                }
              }),
              {
                kind: 'percent',
                node: null,
                name: table.percent_row.name,
                cells: cellsOf(table.percent_row),
                sourceLine: table.percent_row.line,
              },
            ],
      figures: table === undefined ? [] : statementFigures(table.statements),
      parties: z
        .array(z.string())
        .default([])
        .parse(document.charged_institutions)
        .map((name) => ({ role: 'charged', name, municipality: null, body: resolve(name), sourceLine: 15 })),
      checks: Checks.parse(json('checks.json'))
        .filter((check) => check.plan === slug)
        .map(({ plan: _plan, ...check }) => check),
    },
    printed,
    document: without(raw, 'pillars'),
  }
}

const readFramework = (file: string, slug: string, resolve: (name: string) => string): ShippedPlan => {
  const raw = Framework.parse(json(file))
  const nodes: PlanNode[] = []
  const printed = new Map<string, Json>()
  for (const objective of raw.objectives) {
    nodes.push({
      ...bare(objective.code, null, 'objective'),
      codePrinted: objective.code,
      code: objective.code,
      titleEn: objective.title,
      sourceLine: objective.line,
    })
    printed.set(objective.code, without(objective, 'sub_objectives'))
    for (const sub of objective.sub_objectives) {
      const seen = new Set<string>()
      nodes.push({
        ...bare(sub.code, objective.code, 'sub_objective'),
        codePrinted: sub.code,
        code: sub.code,
        titleEn: sub.title,
        sourceLine: sub.line,
        doubt: or(sub.doubt),
        responsible: sub.implementing_bodies
          .map((asPrinted) => ({ code: resolve(asPrinted), asPrinted }))
          .filter(({ code }) => !seen.has(code) && seen.add(code)),
      })
      printed.set(sub.code, without(sub, 'activities'))
      for (const row of sub.activities) {
        const node = activityNode(row, sub.code, resolve, 'en')
        nodes.push({
          ...node,
          indicators: paired('indicator', [], row.indicators).concat(
            paired('result', [], row.expected_results),
          ),
        })
        printed.set(row.uid, row as Json)
      }
    }
  }
  return {
    slug,
    kind: 'framework',
    sourceFile: fileName(raw.document.source_file),
    content: {
      head: {
        titleSq: null,
        titleEn: raw.document.title,
        periodFrom: null,
        periodTo: null,
        periodSaid: null,
        euroRate: null,
      },
      nodes,
      budget: [],
      figures: [],
      parties: [],
      checks: [],
    },
    printed,
    document: without(raw, 'objectives'),
  }
}

const readNative = (file: string): ShippedPlan => {
  const raw = Native.parse(json(file))
  return {
    slug: raw.slug,
    kind: raw.kind,
    sourceFile: fileName(raw.sourceFile),
    content: raw.content,
    printed: new Map(),
    document: { conventions: raw.conventions, background: raw.background },
  }
}

/** Every name under which a body is printed, to its code. Throws at a name that no body answers to. */
const resolver = (bodies: readonly Body[]): ((name: string) => string) => {
  const known = new Map(
    bodies.flatMap((body) =>
      [body.nameSq, ...body.aliases, body.code].map((name) => [fold(name), body.code] as const),
    ),
  )
  return (name) => {
    const code = known.get(fold(name))
    if (code === undefined) throw new Error(`no body of plans is called ${name}`)
    return code
  }
}

export const readShippedPlans = (bodies: readonly Body[]): readonly ShippedPlan[] => {
  const resolve = resolver(bodies)
  return [
    readTabled('nap-2018-2020.json', 'nap-2018-2020', resolve),
    readTabled('nap-children-2008-2010.json', 'nap-children-2008-2010', resolve),
    readFramework(
      'framework-economic-exploitation-2018.json',
      'framework-economic-exploitation-2018',
      resolve,
    ),
    readNative('programme-child-protection-2022-2024.json'),
    readNative('project-safety-net.json'),
  ]
}
