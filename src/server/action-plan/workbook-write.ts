/** A plan as a workbook, and the empty workbook that the register gives out. */
import {
  type ActivityPart,
  type BudgetColumn,
  moneySources,
  type PlanContent,
  type PlanKind,
  type PlanNode,
} from '#domain/action-plan/content.ts'
import { type Cell, type Sheet, writeWorkbook } from '../workbook/write.ts'
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
  sheetNames,
  yes,
} from './sheets.ts'

export interface BodyLine {
  readonly code: string
  readonly nameSq: string
  readonly nameEn: string
  readonly aliases: readonly string[]
}
/** What names a plan besides its content. */
export interface PlanName {
  readonly slug: string
  readonly kind: PlanKind
  readonly parent: string | null
  readonly sourceFile: string | null
}

const rowOf = (fields: readonly Field[], values: Readonly<Record<string, Cell>>): Cell[] =>
  fields.map(({ field }) => values[field] ?? null)
/** Lekë in thousands as a number: at most three decimals, far within what a double holds exactly. */
const number = (lek: string | null): number | null => (lek === null ? null : Number(lek) / 1000)
const flag = (on: boolean): string | null => (on ? yes : null)
const linesOf = (list: readonly string[]): string | null => (list.length === 0 ? null : list.join('\n'))

const activityCells = (activity: ActivityPart): Record<string, Cell> => ({
  deadlineText: activity.deadline.text,
  from: activity.deadline.from,
  to: activity.deadline.to,
  ongoing: flag(activity.deadline.ongoing),
  approx: flag(activity.deadline.approx),
  recurrence: activity.deadline.recurrence,
  responsibleText: activity.responsibleText,
  resources: activity.resources,
  ...Object.fromEntries(moneySources.map((source) => [source, number(activity.amounts[source].lek)])),
  ...Object.fromEntries(moneySources.map((source) => [`${source}Printed`, activity.amounts[source].printed])),
})

const nodeCells = (node: PlanNode): Record<string, Cell> => ({
  uid: node.uid,
  parent: node.parent,
  kind: node.kind,
  codePrinted: node.codePrinted,
  code: node.code,
  titleSq: node.titleSq,
  titleEn: node.titleEn,
  textSq: node.textSq,
  subItemsSq: linesOf(node.subItemsSq),
  subItemsEn: linesOf(node.subItemsEn),
  responsible: linesOf(
    node.responsible.map(({ code, asPrinted }) => (code === asPrinted ? code : `${code} | ${asPrinted}`)),
  ),
  headerMissing: flag(node.headerMissing),
  sourceLine: node.sourceLine,
  doubt: node.doubt,
  ...(node.activity === null ? {} : activityCells(node.activity)),
})

const sheet = (
  name: string,
  fields: readonly Field[],
  rows: readonly Readonly<Record<string, Cell>>[],
): Sheet => ({
  name,
  columns: fields,
  rows: rows.map((row) => rowOf(fields, row)),
})

const guide: Sheet = {
  name: sheetNames.help,
  columns: [
    { title: 'Si plotësohet', width: 70 },
    { title: 'How to fill it in', width: 70 },
  ],
  rows: [
    [
      'Mos ndryshoni emrat e fletëve dhe titujt e kolonave. Kjo fletë dhe fleta e institucioneve nuk lexohen.',
      'Keep the names of sheets and the titles of columns. This sheet and the sheet of bodies are not read.',
    ],
    [
      'Çdo rresht i planit ka një çelës të vetin; «Nën çelësin» tregon rreshtin mbi të. Kodet e shtypura mund të përsëriten, çelësat jo.',
      'Every row of the plan has a key of its own; “Under key” names the row above it. Printed codes may repeat, keys may not.',
    ],
    [
      'Lloji i rreshtit: pillar (fushë), goal (synim), objective (objektiv), sub_objective (nënobjektiv), activity (veprimtari).',
      'Kind of row: pillar, goal, objective, sub_objective, activity.',
    ],
    [
      'Lloji i planit: national, framework, programme, county, municipal, institution.',
      'Kind of plan: national, framework, programme, county, municipal, institution.',
    ],
    [
      'Shumat shkruhen si numra, në mijë lekë: 445,68 do të thotë 445 680 lekë. Shuma e shkruar si tekst nuk pranohet.',
      'Amounts are numbers, in thousand lekë: 445.68 means 445,680 lekë. An amount written as text is not taken.',
    ],
    ['Pa formula, pa qeliza të bashkuara, pa kod HTML.', 'No formulas, no merged cells, no HTML.'],
    [
      'Datat: 2026-12-31. Kur afati është shkruar me fjalë, shkruani edhe datat; «I përafërt» kur data është e përafërt.',
      'Dates: 2026-12-31. Where a deadline is in words, give the dates as well; “Approximate” where they are.',
    ],
    [
      'Institucionet: kodi nga fleta e institucioneve, një për rresht në qelizë; i pari kryeson. «KODI | si është shtypur» ruan fjalët e dokumentit.',
      'Bodies: the code from the sheet of bodies, one a line in the cell; the first leads. “CODE | as printed” keeps the document’s words.',
    ],
  ],
}

const bodySheet = (bodies: readonly BodyLine[]): Sheet => ({
  name: sheetNames.bodies,
  columns: [
    { title: 'Kodi / Code', width: 24 },
    { title: 'Emri shqip / Name in Albanian', width: 60 },
    { title: 'Emri anglisht / Name in English', width: 60 },
    { title: 'Edhe si / Also as', width: 40 },
  ],
  rows: bodies.map((body) => [body.code, body.nameSq, body.nameEn, body.aliases.join(', ')]),
})

export const planSheets = (name: PlanName, content: PlanContent, bodies: readonly BodyLine[]): Sheet[] => {
  const { head } = content
  const values: Record<string, Cell> = {
    ...name,
    ...head,
    euroRate: head.euroRate === null ? null : Number(head.euroRate),
  }
  return [
    {
      name: sheetNames.head,
      columns: headColumns,
      rows: headFields.map(({ field, title }) => [title, values[field] ?? null]),
    },
    sheet(sheetNames.nodes, nodeFields, content.nodes.map(nodeCells)),
    sheet(
      sheetNames.indicators,
      indicatorFields,
      content.nodes.flatMap((node) => node.indicators.map((line) => ({ uid: node.uid, ...line }))),
    ),
    sheet(
      sheetNames.budget,
      budgetFields,
      content.budget.map((row) => ({
        ...row,
        ...Object.fromEntries(
          (Object.entries(row.cells) as [BudgetColumn, string][]).map(([column, cell]) => [
            column,
            Number(cell),
          ]),
        ),
        cells: null,
      })),
    ),
    sheet(
      sheetNames.figures,
      figureFields,
      content.figures.map((figure) => ({ ...figure, value: Number(figure.value) })),
    ),
    sheet(
      sheetNames.parties,
      partyFields,
      content.parties.map((party) => ({ ...party })),
    ),
    sheet(
      sheetNames.checks,
      checkFields,
      content.checks.map((check) => ({
        ...check,
        printed: Number(check.printed),
        parts: linesOf(check.parts.map((part) => `${part.value} | ${part.sq} | ${part.en}`)),
      })),
    ),
    bodySheet(bodies),
    guide,
  ]
}

export const planWorkbook = (
  name: PlanName,
  content: PlanContent,
  bodies: readonly BodyLine[],
): Promise<Buffer> => writeWorkbook(planSheets(name, content, bodies))

/** The template: the same sheets, empty but for the places to fill in. */
export const templateWorkbook = (bodies: readonly BodyLine[]): Promise<Buffer> => {
  const empty: PlanContent = {
    head: {
      titleSq: null,
      titleEn: null,
      periodFrom: null,
      periodTo: null,
      periodSaid: null,
      euroRate: null,
    },
    nodes: [],
    budget: [],
    figures: [],
    parties: [],
    checks: [],
  }
  const sheets = planSheets({ slug: '', kind: 'institution', parent: null, sourceFile: null }, empty, bodies)
  return writeWorkbook([guide, ...sheets.filter((one) => one !== guide)])
}
