/**
 * Excel workbooks out: the one writer of the register. A sheet is a name, columns and rows; the first row is the header
 * and stays in sight. Text that a spreadsheet could take for a formula goes out behind an apostrophe, which `plainText`
 * takes off again, so that what is exported can be imported unchanged.
 */
import type { Sheet as XlsxSheet } from 'write-excel-file/node'

/** A number stays a number; text stays text; null and undefined are empty cells. */
export type Cell = string | number | null | undefined

export interface Column {
  readonly title: string
  /** In characters. */
  readonly width?: number
  /** Number format as Excel writes it, e.g. `#,##0.###`. */
  readonly format?: string
}

export interface Sheet {
  readonly name: string
  /** Lines above the header: title, source, date. */
  readonly intro?: readonly string[]
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly Cell[])[]
  readonly landscape?: boolean
}

const dangerous = /^'*[=+\-@\t\r]/

/** Text as it may stand in a cell: never the beginning of a formula. */
export const escapeCell = (text: string): string => (dangerous.test(text) ? `'${text}` : text)
/** The text that `escapeCell` was given. */
export const plainText = (cell: string): string =>
  cell.startsWith("'") && dangerous.test(cell) ? cell.slice(1) : cell

/** XML 1.0 has no place for control characters other than tabs and line ends. */
const keepable = (text: string): string =>
  escapeCell(text.replace(/\p{Cc}|[\ufffe\uffff]/gu, (sign) => ('\t\n\r'.includes(sign) ? sign : '')))

const bodyCell = (cell: Cell, column: Column | undefined) => {
  if (cell === null || cell === undefined || cell === '') return null
  if (typeof cell === 'number')
    return { type: Number, value: cell, ...(column?.format === undefined ? {} : { format: column.format }) }
  return { type: String, value: keepable(cell), wrap: true, alignVertical: 'top' as const }
}

/** Excel takes 31 signs and none of these in a sheet's name. */
const sheetName = (name: string): string => name.replaceAll(/[\\/*?:[\]]/g, ' ').slice(0, 31)

const asXlsx = (sheet: Sheet) => {
  const intro = (sheet.intro ?? []).map((line, at) => [
    { type: String, value: keepable(line), ...(at === 0 ? { fontWeight: 'bold' as const } : {}) },
  ])
  const header = sheet.columns.map((column) => ({
    type: String,
    value: keepable(column.title),
    fontWeight: 'bold' as const,
    wrap: true,
    backgroundColor: '#E8EDF2',
  }))
  return {
    sheet: sheetName(sheet.name),
    data: [
      ...intro,
      header,
      ...sheet.rows.map((row) => row.map((cell, at) => bodyCell(cell, sheet.columns[at]))),
    ],
    columns: sheet.columns.map((column) => ({ width: column.width ?? 14 })),
    stickyRowsCount: intro.length + 1,
    orientation: sheet.landscape === false ? undefined : ('landscape' as const),
  }
}

export const writeWorkbook = async (sheets: readonly Sheet[]): Promise<Buffer> => {
  // Read when the first workbook is wanted: a start does without.
  const { default: writeXlsx } = await import('write-excel-file/node')
  return writeXlsx(sheets.map(asXlsx) as XlsxSheet<never>[], {
    fontFamily: 'Calibri',
    fontSize: 11,
  }).toBuffer()
}

export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
