/**
 * A plan out of a workbook. Either every cell could be read and the whole holds together, or there is a list of all
 * faults by sheet and cell and no plan.
 */
import { checkContent, type PlanWorld } from '#domain/action-plan/check.ts'
import {
  type ActivityPart,
  budgetColumns,
  figureKinds,
  lineKinds,
  moneySources,
  nodeKinds,
  type PlanContent,
  type PlanNode,
  partyRoles,
  planKinds,
} from '#domain/action-plan/content.ts'
import { thousandsOfLek } from '#domain/action-plan/money.ts'
import { PlanContent as PlanContentShape } from '#wire/action-plan/content.ts'
import { readWorkbook, type WorkbookSheet } from '../workbook/read.ts'
import {
  budgetFields,
  checkFields,
  type Field,
  figureFields,
  headColumns,
  headFields,
  indicatorFields,
  nodeFields,
  partyFields,
  type SheetKey,
  sheetNames,
} from './sheets.ts'
import { type Fault, Faults, type Row, readTable } from './workbook-cells.ts'
import type { BodyLine, PlanName } from './workbook-write.ts'

export interface WorkbookWorld extends PlanWorld {
  readonly bodyList: readonly BodyLine[]
}
export type WorkbookResult =
  | { readonly ok: true; readonly name: PlanName; readonly content: PlanContent }
  | { readonly ok: false; readonly faults: Faults }

const activityFields = [
  'deadlineText',
  'from',
  'to',
  'ongoing',
  'approx',
  'recurrence',
  'responsibleText',
  'resources',
  ...moneySources,
  ...moneySources.map((source) => `${source}Printed`),
]

/** Aliases lead to their body; what nobody answers to stays as written, for the check to name. */
const resolver = (bodies: readonly BodyLine[]): ((said: string) => string) => {
  const fold = (text: string): string => text.toLocaleLowerCase('sq').replace(/\s+/g, ' ').trim()
  const known = new Map(
    bodies.flatMap((body) =>
      [body.nameSq, ...body.aliases, body.code].map((name) => [fold(name), body.code] as const),
    ),
  )
  return (said) => known.get(fold(said)) ?? said
}

const readActivity = (row: Row): ActivityPart => {
  const amount = (source: (typeof moneySources)[number]) => {
    const lek = row.amount(source)
    const printed = row.text(`${source}Printed`)
    // An amount that could not be read has its own fault; its wording is not held against it as well.
    if (lek === null && row.has(source)) return { lek, printed: null }
    return { lek, printed: printed ?? (lek === null ? null : thousandsOfLek(lek)) }
  }
  return {
    deadline: {
      text: row.text('deadlineText'),
      from: row.day('from'),
      to: row.day('to'),
      ongoing: row.flag('ongoing'),
      approx: row.flag('approx'),
      recurrence: row.text('recurrence'),
    },
    responsibleText: row.text('responsibleText'),
    amounts: { cost: amount('cost'), state: amount('state'), donors: amount('donors'), gap: amount('gap') },
    resources: row.text('resources'),
  }
}

const readNode = (row: Row, resolve: (said: string) => string): PlanNode => {
  const kind = row.code('kind', nodeKinds, 'activity')
  if (kind !== 'activity')
    for (const field of activityFields) if (row.has(field)) row.fault(field, 'not_an_activity')
  return {
    uid: row.required('uid'),
    parent: row.text('parent'),
    kind,
    codePrinted: row.text('codePrinted'),
    code: row.text('code'),
    titleSq: row.text('titleSq'),
    titleEn: row.text('titleEn'),
    textSq: row.text('textSq'),
    subItemsSq: row.lines('subItemsSq'),
    subItemsEn: row.lines('subItemsEn'),
    headerMissing: row.flag('headerMissing'),
    sourceLine: row.int('sourceLine'),
    doubt: row.text('doubt', { markup: true }),
    indicators: [],
    responsible: row.lines('responsible').map((line) => {
      const [name = '', printed] = line.split(' | ')
      return { code: resolve(name), asPrinted: printed ?? name }
    }),
    activity: kind === 'activity' ? readActivity(row) : null,
  }
}

const readChecks = (row: Row): PlanContent['checks'][number] => ({
  kind: row.code('kind', ['sum', 'product'] as const, 'sum'),
  node: row.text('node'),
  parts: row.lines('parts').map((line) => {
    const [value = '', sq = '', en = ''] = line.split(' | ')
    if (sq === '' || en === '' || !Number.isFinite(Number(value)))
      row.fault('parts', 'bad_format', { said: line.slice(0, 60) })
    return { value: value.trim(), sq, en }
  }),
  printed: row.decimal('printed') ?? '0',
  printedAs: row.required('printedAs'),
  noteSq: row.text('noteSq'),
  noteEn: row.text('noteEn'),
  sourceLine: row.int('sourceLine'),
})

/** The first sheet holds a field a row: read as if it were one row, with its own addresses. */
const readHead = (sheet: WorkbookSheet, faults: Faults) => {
  const rows = readTable(sheet, headColumns, faults)
  const byField = new Map<string, Row>()
  for (const row of rows) {
    const title = row.text('field')
    const known = headFields.find((one) => one.title === title)
    if (known === undefined) row.fault('field', 'column_unknown', { said: (title ?? '').slice(0, 60) })
    else byField.set(known.field, row)
  }
  for (const { field, title } of headFields)
    if (!byField.has(field)) faults.add(sheet.name, null, 'column_missing', { said: title })
  const at = <T>(field: string, read: (row: Row) => T, otherwise: T): T => {
    const row = byField.get(field)
    return row === undefined ? otherwise : read(row)
  }
  const text = (field: string): string | null => at(field, (row) => row.text('value'), null)
  return {
    address: (field: string): string => byField.get(field)?.address('value') ?? 'B1',
    name: {
      slug: at('slug', (row) => row.required('value'), ''),
      kind: at('kind', (row) => row.code('value', planKinds, 'institution'), 'institution' as const),
      parent: text('parent'),
      sourceFile: text('sourceFile'),
    },
    head: {
      titleSq: text('titleSq'),
      titleEn: text('titleEn'),
      periodFrom: at('periodFrom', (row) => row.day('value'), null),
      periodTo: at('periodTo', (row) => row.day('value'), null),
      periodSaid: text('periodSaid'),
      euroRate: at('euroRate', (row) => row.decimal('value'), null),
    },
  }
}

const part: Readonly<Record<Exclude<keyof PlanContent, 'head'>, SheetKey>> = {
  nodes: 'nodes',
  budget: 'budget',
  figures: 'figures',
  parties: 'parties',
  checks: 'checks',
}

/** Reads a plan's workbook; throws a `WorkbookProblem` when the file as a whole cannot be believed. */
export const readPlanWorkbook = (bytes: Uint8Array, world: WorkbookWorld): WorkbookResult => {
  const sheets = new Map(readWorkbook(bytes).map((sheet) => [sheet.name, sheet]))
  const faults = new Faults()
  const table = (key: SheetKey, fields: readonly Field[]): Row[] => {
    const sheet = sheets.get(sheetNames[key])
    if (sheet !== undefined) return readTable(sheet, fields, faults)
    faults.add(sheetNames[key], null, 'sheet_missing')
    return []
  }
  const resolve = resolver(world.bodyList)
  const first = readHead(
    sheets.get(sheetNames.head) ?? { name: sheetNames.head, cells: [], merged: [] },
    faults,
  )
  const nodeRows = table('nodes', nodeFields)
  const rows: Readonly<Record<Exclude<keyof PlanContent, 'head'>, readonly Row[]>> = {
    nodes: nodeRows,
    budget: table('budget', budgetFields),
    figures: table('figures', figureFields),
    parties: table('parties', partyFields),
    checks: table('checks', checkFields),
  }
  const indicators = table('indicators', indicatorFields).map((row) => ({
    row,
    uid: row.required('uid'),
    line: {
      kind: row.code('kind', lineKinds, 'indicator'),
      sq: row.text('sq'),
      en: row.text('en'),
    },
  }))
  const nodes = rows.nodes.map((row) => readNode(row, resolve))
  const uids = new Set(nodes.map((node) => node.uid))
  for (const { row, uid, line } of indicators) {
    if (uid !== '' && !uids.has(uid)) row.fault('uid', 'row_unknown', { said: uid })
    if (line.sq === null && line.en === null) row.fault('sq', 'required')
  }
  const byUid = Map.groupBy(indicators, ({ uid }) => uid)
  const content: PlanContent = {
    head: first.head,
    nodes: nodes.map((node) => ({
      ...node,
      indicators: (byUid.get(node.uid) ?? []).map(({ line }) => line),
    })),
    budget: rows.budget.map((row) => ({
      kind: row.code('kind', ['pillar', 'total', 'percent'] as const, 'pillar'),
      node: row.text('node'),
      name: row.required('name'),
      cells: Object.fromEntries(
        budgetColumns.flatMap((column) => {
          const said = row.decimal(column)
          return said === null ? [] : [[column, said]]
        }),
      ),
      sourceLine: row.int('sourceLine'),
    })),
    figures: rows.figures.map((row) => ({
      code: row.required('code'),
      kind: row.code('kind', figureKinds, 'count'),
      labelSq: row.required('labelSq'),
      labelEn: row.required('labelEn'),
      value: row.decimal('value') ?? '0',
      unit: row.required('unit'),
      printedAs: row.text('printedAs'),
      node: row.text('node'),
      sourceLine: row.int('sourceLine'),
    })),
    parties: rows.parties.map((row) => ({
      role: row.code('role', partyRoles, 'partner'),
      name: row.required('name'),
      municipality: row.text('municipality'),
      body: row.has('body') ? resolve(row.text('body') ?? '') : null,
      sourceLine: row.int('sourceLine'),
    })),
    checks: rows.checks.map(readChecks),
  }
  const tell = (of: keyof PlanContent, index: number, field: string, code: string, said?: string): void => {
    const params: Fault['params'] = said === undefined ? {} : { said: said.slice(0, 60) }
    if (of === 'head') faults.add(sheetNames.head, first.address(field), code, params)
    else {
      const row = rows[of][index]
      faults.add(sheetNames[part[of]], row === undefined ? null : row.address(field), code, params)
    }
  }
  for (const fault of checkContent(first.name.kind, content, world))
    tell(fault.part, fault.index, fault.field, fault.code, fault.said)
  tellShape(content, tell, faults)
  if (!/^[a-z0-9](-?[a-z0-9]){1,79}$/.test(first.name.slug) && first.name.slug !== '')
    faults.add(sheetNames.head, first.address('slug'), 'bad_format', { said: first.name.slug.slice(0, 60) })
  return faults.list.length > 0 ? { ok: false, faults } : { ok: true, name: first.name, content }
}

/** Lengths and forms that the wire would refuse later are told now, by cell. */
const tellShape = (
  content: PlanContent,
  tell: (of: keyof PlanContent, index: number, field: string, code: string) => void,
  faults: Faults,
): void => {
  const parsed = PlanContentShape.safeParse(content)
  if (parsed.success) return
  for (const issue of parsed.error.issues) {
    const code = issue.code === 'too_big' ? 'too_long' : 'bad_format'
    const [of, index, ...rest] = issue.path
    if (of === 'head') tell('head', 0, String(index), code)
    else if (typeof index !== 'number')
      faults.add(sheetNames.nodes, null, issue.code === 'too_small' ? 'no_activities' : 'too_long')
    else tell(of as keyof PlanContent, index, fieldOf(rest), code)
  }
}

/** `activity.deadline.text` stands in `deadlineText`, `activity.amounts.cost.printed` in `costPrinted`. */
const fieldOf = (path: readonly PropertyKey[]): string => {
  const names = path.filter((one) => typeof one === 'string')
  if (names[0] !== 'activity') return names[0] === 'cells' ? String(names[1]) : String(names[0] ?? 'uid')
  if (names[1] === 'deadline') return names[2] === 'text' ? 'deadlineText' : String(names[2])
  if (names[1] === 'amounts') return names[3] === 'printed' ? `${String(names[2])}Printed` : String(names[2])
  return String(names[1])
}
