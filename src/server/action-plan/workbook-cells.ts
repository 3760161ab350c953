/** Cells of a workbook's table as fields, with every fault kept by its address. */
import { lekOfThousands } from '#domain/action-plan/money.ts'
import { isDay } from '#domain/day.ts'
import { columnName, type WorkbookCell, type WorkbookSheet } from '../workbook/read.ts'
import { plainText } from '../workbook/write.ts'
import { type Field, isNo, isYes } from './sheets.ts'

export const cellFaults = [
  'formula',
  'merged',
  'html',
  'error_value',
  'number_as_text',
  'not_a_number',
  'negative',
  'too_many_decimals',
  'too_long',
  'bad_format',
  'unknown_code',
  'required',
  'bad_date',
  'bad_flag',
  'sheet_missing',
  'column_missing',
  'column_unknown',
  'column_repeated',
  'cell_outside',
] as const
export type CellFaultCode = (typeof cellFaults)[number]

export interface Fault<C extends string = string> {
  readonly sheet: string | null
  readonly cell: string | null
  readonly code: C
  readonly params: Readonly<Record<string, string | number>>
}

/** Collects faults; one for each cell and code, so that a fault is not said twice. */
export class Faults {
  readonly list: Fault[] = []
  more = 0
  private readonly cells = new Set<string>()

  add(sheet: string | null, cell: string | null, code: string, params: Fault['params'] = {}): void {
    const key = `${sheet}!${cell}`
    // The first fault of a cell is the cause; what follows from it is not said as well.
    if (cell !== null && this.cells.has(key)) return
    this.cells.add(key)
    if (this.list.length < 500) this.list.push({ sheet, cell, code, params })
    else this.more += 1
  }
}

const html = /<\/?[a-z][^<>]*>|&(?:[a-z]+|#\d+);/i
const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text)

/** Excel counts days from 30 December 1899. */
const fromSerial = (serial: number): string =>
  new Date(Date.UTC(1899, 11, 30) + serial * 86_400_000).toISOString().slice(0, 10)

const decimalText = (text: string): string => String(Number(Number(text).toFixed(6)))

/** One row of a table: reads its fields and tells what is wrong with them. */
export class Row {
  readonly number: number
  private readonly sheet: string
  private readonly cells: ReadonlyMap<string, WorkbookCell>
  private readonly columns: ReadonlyMap<string, number>
  private readonly faults: Faults

  constructor(
    number: number,
    sheet: string,
    cells: ReadonlyMap<string, WorkbookCell>,
    columns: ReadonlyMap<string, number>,
    faults: Faults,
  ) {
    this.number = number
    this.sheet = sheet
    this.cells = cells
    this.columns = columns
    this.faults = faults
  }

  address(field: string): string {
    return `${columnName(this.columns.get(field) ?? 1)}${this.number}`
  }
  fault(field: string, code: string, params: Fault['params'] = {}): void {
    this.faults.add(this.sheet, this.address(field), code, params)
  }
  has(field: string): boolean {
    return this.cells.has(field)
  }

  /** `markup`: notes of ours may speak of tags. */
  text(field: string, options: { readonly markup?: boolean } = {}): string | null {
    const cell = this.cells.get(field)
    if (cell === undefined) return null
    if (cell.kind === 'number') return decimalText(cell.text)
    const said = plainText(cell.text.replaceAll('\r\n', '\n')).trim()
    if (options.markup !== true && html.test(said)) this.fault(field, 'html', { said: short(said) })
    return said === '' ? null : said
  }

  lines(field: string): string[] {
    return (this.text(field) ?? '')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
  }

  required(field: string): string {
    const said = this.text(field)
    if (said === null) this.fault(field, 'required')
    return said ?? ''
  }

  code<C extends string>(field: string, known: readonly C[], otherwise: C): C {
    const said = this.text(field)
    const found = known.find((one) => one === said)
    if (said === null) this.fault(field, 'required')
    else if (found === undefined)
      this.fault(field, 'unknown_code', { said: short(said), known: known.join(', ') })
    return found ?? otherwise
  }

  /** Thousand lekë in a number cell, as whole lekë. */
  amount(field: string): string | null {
    const cell = this.cells.get(field)
    if (cell === undefined) return null
    if (cell.kind !== 'number') {
      this.numberAsText(field, cell.text)
      return null
    }
    const value = Number(cell.text)
    if (!Number.isFinite(value)) this.fault(field, 'not_a_number', { said: short(cell.text) })
    else if (value < 0) this.fault(field, 'negative', { said: cell.text })
    else if (value > 100_000_000) this.fault(field, 'amount_absurd', { said: cell.text })
    else if (Math.abs(value * 1000 - Math.round(value * 1000)) > 0.0005)
      this.fault(field, 'too_many_decimals', { said: cell.text })
    else return String(Math.round(value * 1000))
    return null
  }

  private numberAsText(field: string, said: string): void {
    const text = plainText(said).trim()
    const point = text.replace(/\s/g, '')
    // «445.680» as printed, or «445,68» as Albanian writes a decimal.
    const lek =
      lekOfThousands(point) ?? (/^\d+,\d{1,3}$/.test(point) ? lekOfThousands(point.replace(',', '.')) : null)
    if (/^-\s*[\d.,]+$/.test(text)) this.fault(field, 'negative', { said: short(text) })
    else if (lek === null) this.fault(field, 'not_a_number', { said: short(text) })
    else this.fault(field, 'number_as_text', { said: short(text), suggestion: String(Number(lek) / 1000) })
  }

  /** Any number, as decimal text. */
  decimal(field: string): string | null {
    const cell = this.cells.get(field)
    if (cell === undefined) return null
    if (cell.kind !== 'number') {
      const point = plainText(cell.text).trim().replaceAll(',', '')
      if (point !== '' && Number.isFinite(Number(point)))
        this.fault(field, 'number_as_text', { said: short(cell.text), suggestion: String(Number(point)) })
      else this.fault(field, 'not_a_number', { said: short(cell.text) })
      return null
    }
    if (!Number.isFinite(Number(cell.text)) || Math.abs(Number(cell.text)) >= 1e15) {
      this.fault(field, 'not_a_number', { said: short(cell.text) })
      return null
    }
    return decimalText(cell.text)
  }

  int(field: string): number | null {
    const said = this.decimal(field)
    if (said === null) return null
    const value = Number(said)
    if (Number.isSafeInteger(value) && value > 0) return value
    this.fault(field, 'not_a_number', { said })
    return null
  }

  /** `2026-12-31`, `31.12.2026`, or a date cell. */
  day(field: string): string | null {
    const cell = this.cells.get(field)
    if (cell === undefined) return null
    const said = plainText(cell.text).trim()
    const serial = cell.kind === 'number' ? Number(said) : Number.NaN
    const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(said)
    const day =
      serial >= 10_000 && serial < 100_000 && Number.isInteger(serial)
        ? fromSerial(serial)
        : dotted === null
          ? said
          : `${dotted[3]}-${dotted[2]?.padStart(2, '0')}-${dotted[1]?.padStart(2, '0')}`
    if (isDay(day)) return day
    this.fault(field, 'bad_date', { said: short(said) })
    return null
  }

  flag(field: string): boolean {
    const said = this.cells.get(field)?.text
    if (said === undefined || isNo(said)) return false
    if (!isYes(said)) this.fault(field, 'bad_flag', { said: short(said) })
    return isYes(said)
  }
}

/** A sheet with a header as rows of fields. Formulas, merged cells and strange columns are faults at once. */
export const readTable = (sheet: WorkbookSheet, fields: readonly Field[], faults: Faults): Row[] => {
  for (const range of sheet.merged)
    faults.add(sheet.name, range.split(':')[0] ?? null, 'merged', { said: range })
  const titles = new Map(fields.map(({ title, field }) => [title, field]))
  const columns = new Map<string, number>()
  const byRow = new Map<number, Map<string, WorkbookCell>>()
  const fieldAt = new Map<number, string>()
  for (const cell of sheet.cells.filter(({ row }) => row === 1)) {
    const title = plainText(cell.text).trim()
    const field = titles.get(title)
    if (field === undefined) faults.add(sheet.name, cell.ref, 'column_unknown', { said: short(title) })
    else if (columns.has(field)) faults.add(sheet.name, cell.ref, 'column_repeated', { said: short(title) })
    else {
      columns.set(field, cell.column)
      fieldAt.set(cell.column, field)
    }
  }
  for (const { field, title } of fields)
    if (!columns.has(field)) faults.add(sheet.name, null, 'column_missing', { said: short(title) })
  for (const cell of sheet.cells) {
    if (cell.row === 1) continue
    const field = fieldAt.get(cell.column)
    if (cell.kind === 'formula') faults.add(sheet.name, cell.ref, 'formula')
    else if (cell.kind === 'error')
      faults.add(sheet.name, cell.ref, 'error_value', { said: short(cell.text) })
    else if (field === undefined) faults.add(sheet.name, cell.ref, 'cell_outside', { said: short(cell.text) })
    if (field === undefined || cell.text.trim() === '') continue
    const row = byRow.get(cell.row) ?? new Map<string, WorkbookCell>()
    row.set(field, cell)
    byRow.set(cell.row, row)
  }
  return [...byRow]
    .sort(([a], [b]) => a - b)
    .map(([number, cells]) => new Row(number, sheet.name, cells, columns, faults))
}
