/**
 * The layout of a plan's workbook: sheets, and columns by the field that each holds. Titles are in both languages, so
 * that one workbook serves both, and columns are found by title, not by place.
 */
import { budgetColumns, moneySources } from '#domain/action-plan/content.ts'

export interface Field {
  readonly field: string
  readonly title: string
  readonly width?: number
  readonly format?: string
}

const thousands = '#,##0.###'
const money: Readonly<Record<(typeof moneySources)[number], string>> = {
  cost: 'Kosto (mijë lekë) / Cost (thousand lekë)',
  state: 'Shteti (mijë lekë) / State (thousand lekë)',
  donors: 'Donatorët (mijë lekë) / Donors (thousand lekë)',
  gap: 'Nevoja për fonde (mijë lekë) / Funding gap (thousand lekë)',
}
const printed: Readonly<Record<(typeof moneySources)[number], string>> = {
  cost: 'Kosto, si është shtypur / Cost as printed',
  state: 'Shteti, si është shtypur / State as printed',
  donors: 'Donatorët, si është shtypur / Donors as printed',
  gap: 'Nevoja, si është shtypur / Gap as printed',
}

export const sheetNames = {
  head: 'Plani - Plan',
  nodes: 'Rreshtat - Rows',
  indicators: 'Treguesit - Indicators',
  budget: 'Tabela 1 - Table 1',
  figures: 'Shifrat - Figures',
  parties: 'Palët - Parties',
  checks: 'Kontrollet - Checks',
  bodies: 'Institucionet - Bodies',
  help: 'Udhëzime - Guide',
} as const
export type SheetKey = keyof typeof sheetNames

/** Rows of the first sheet: field and value. */
export const headFields: readonly Field[] = [
  { field: 'slug', title: 'Emri i shkurtër / Short name' },
  { field: 'kind', title: 'Lloji / Kind' },
  { field: 'parent', title: 'Plani më sipër / Plan above' },
  { field: 'sourceFile', title: 'Burimi / Source' },
  { field: 'titleSq', title: 'Titulli shqip / Title in Albanian' },
  { field: 'titleEn', title: 'Titulli anglisht / Title in English' },
  { field: 'periodFrom', title: 'Fillon më / Starts on' },
  { field: 'periodTo', title: 'Mbaron më / Ends on' },
  { field: 'periodSaid', title: 'Periudha, si është shtypur / Period as printed' },
  { field: 'euroRate', title: 'Lekë për një euro / Lekë for one euro' },
]
export const headColumns: readonly Field[] = [
  { field: 'field', title: 'Fusha / Field', width: 44 },
  { field: 'value', title: 'Vlera / Value', width: 90 },
]

export const nodeFields: readonly Field[] = [
  { field: 'uid', title: 'Çelësi / Key', width: 16 },
  { field: 'parent', title: 'Nën çelësin / Under key', width: 14 },
  { field: 'kind', title: 'Lloji / Kind', width: 14 },
  { field: 'codePrinted', title: 'Kodi, si është shtypur / Code as printed', width: 12 },
  { field: 'code', title: 'Kodi / Code', width: 12 },
  { field: 'titleSq', title: 'Titulli shqip / Title in Albanian', width: 60 },
  { field: 'titleEn', title: 'Titulli anglisht / Title in English', width: 50 },
  {
    field: 'responsible',
    title: 'Institucionet përgjegjëse, i pari kryeson / Responsible bodies, the first leads',
    width: 28,
  },
  { field: 'deadlineText', title: 'Afati, si është shtypur / Deadline as printed', width: 20 },
  { field: 'from', title: 'Nga data / From', width: 12 },
  { field: 'to', title: 'Deri më / Until', width: 12 },
  { field: 'ongoing', title: 'Në vazhdimësi / Ongoing', width: 10 },
  { field: 'approx', title: 'I përafërt / Approximate', width: 10 },
  { field: 'recurrence', title: 'Përsëritja / Recurrence', width: 16 },
  ...moneySources.map((source) => ({ field: source, title: money[source], width: 14, format: thousands })),
  { field: 'resources', title: 'Burimet / Resources', width: 24 },
  { field: 'textSq', title: 'Teksti i plotë / Full text', width: 40 },
  {
    field: 'subItemsSq',
    title: 'Nënveprimtaritë shqip, një për rresht / Sub-activities in Albanian, one a line',
    width: 40,
  },
  {
    field: 'subItemsEn',
    title: 'Nënveprimtaritë anglisht, një për rresht / Sub-activities in English, one a line',
    width: 40,
  },
  { field: 'responsibleText', title: 'Përgjegjësit, si është shtypur / Responsible as printed', width: 24 },
  ...moneySources.map((source) => ({ field: `${source}Printed`, title: printed[source], width: 12 })),
  {
    field: 'headerMissing',
    title: 'Mungon titulli në dokument / Heading missing in the document',
    width: 12,
  },
  { field: 'sourceLine', title: 'Rreshti i burimit / Source line', width: 10 },
  { field: 'doubt', title: 'Dyshime / Doubts', width: 40 },
]

export const indicatorFields: readonly Field[] = [
  { field: 'uid', title: 'Çelësi / Key', width: 16 },
  { field: 'kind', title: 'Lloji / Kind', width: 12 },
  { field: 'sq', title: 'Treguesi shqip / Indicator in Albanian', width: 70 },
  { field: 'en', title: 'Treguesi anglisht / Indicator in English', width: 70 },
]

const budgetTitles: Readonly<Record<(typeof budgetColumns)[number], string>> = {
  y2018: 'Viti 1 (2018) / Year 1 (2018)',
  y2019: 'Viti 2 (2019) / Year 2 (2019)',
  y2020: 'Viti 3 (2020) / Year 3 (2020)',
  total: 'Totali (lekë) / Total (lekë)',
  government: 'Qeveria / Government',
  donors: 'Donatorët / Donors',
  financed_total: 'E financuar / Financed',
  gap: 'Nevoja për fonde / Funding gap',
  acc_600_601: 'Llogaria 600-601 / Account 600-601',
  acc_602_608: 'Llogaria 602-608 / Account 602-608',
  acc_third: 'Llogaria e tretë / Third account',
  share_pct: 'Pjesa në % / Share in %',
}
export const budgetFields: readonly Field[] = [
  { field: 'kind', title: 'Lloji / Kind', width: 10 },
  { field: 'node', title: 'Çelësi / Key', width: 10 },
  { field: 'name', title: 'Emërtimi / Name', width: 24 },
  ...budgetColumns.map((column) => ({
    field: column,
    title: budgetTitles[column],
    width: 16,
    format: '#,##0.##',
  })),
  { field: 'sourceLine', title: 'Rreshti i burimit / Source line', width: 10 },
]
export const figureFields: readonly Field[] = [
  { field: 'code', title: 'Kodi / Code', width: 20 },
  { field: 'kind', title: 'Lloji / Kind', width: 10 },
  { field: 'labelSq', title: 'Emërtimi shqip / Label in Albanian', width: 40 },
  { field: 'labelEn', title: 'Emërtimi anglisht / Label in English', width: 40 },
  { field: 'value', title: 'Vlera / Value', width: 14, format: '#,##0.######' },
  { field: 'unit', title: 'Njësia / Unit', width: 12 },
  { field: 'printedAs', title: 'Si është shtypur / As printed', width: 50 },
  { field: 'node', title: 'Çelësi / Key', width: 12 },
  { field: 'sourceLine', title: 'Rreshti i burimit / Source line', width: 10 },
]
export const partyFields: readonly Field[] = [
  { field: 'role', title: 'Roli / Role', width: 14 },
  { field: 'name', title: 'Emri / Name', width: 50 },
  { field: 'municipality', title: 'Kodi i bashkisë / Municipality code', width: 12 },
  { field: 'body', title: 'Institucioni / Body', width: 24 },
  { field: 'sourceLine', title: 'Rreshti i burimit / Source line', width: 10 },
]
export const checkFields: readonly Field[] = [
  { field: 'kind', title: 'Lloji / Kind', width: 10 },
  { field: 'node', title: 'Çelësi / Key', width: 12 },
  {
    field: 'parts',
    title: 'Pjesët, një për rresht: vlera | shqip | anglisht / Parts, one a line: value | Albanian | English',
    width: 50,
  },
  { field: 'printed', title: 'Numri i shtypur / Printed number', width: 14, format: '#,##0.######' },
  { field: 'printedAs', title: 'Si është shtypur / As printed', width: 40 },
  { field: 'noteSq', title: 'Shënim shqip / Note in Albanian', width: 50 },
  { field: 'noteEn', title: 'Shënim anglisht / Note in English', width: 50 },
  { field: 'sourceLine', title: 'Rreshti i burimit / Source line', width: 10 },
]

/** Codes that the workbook writes in words of its own: yes in both languages. */
export const yes = 'po / yes'
export const isYes = (text: string): boolean => /^(po|yes|po \/ yes|true|1)$/i.test(text.trim())
export const isNo = (text: string): boolean => /^(jo|no|jo \/ no|false|0)$/i.test(text.trim())
