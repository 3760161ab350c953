/**
 * HTCDS as CSV: one line a case, columns named as the standard names its fields (`prs_Gender`), several codes in one cell
 * parted by semicolons, parts that may stand more than once and the extension as JSON. Text that a spreadsheet could take
 * for a formula goes out behind an apostrophe, which reading takes off again.
 */
import { htcdsFields, many, type Section, sections } from './fields.ts'
import { extensionKey, type HtcdsCase, type Part } from './read.ts'

const dangerous = /^'*[=+\-@\t\r]/
const guarded = (text: string): string => (dangerous.test(text) ? `'${text}` : text)
const plain = (cell: string): string => (cell.startsWith("'") && dangerous.test(cell) ? cell.slice(1) : cell)
const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

const repeated = many as readonly Section[]
const singles = sections.filter((section) => !repeated.includes(section))
export const csvColumns: readonly string[] = [
  'id',
  ...singles.flatMap((section) => Object.keys(htcdsFields[section]).map((name) => `${section}_${name}`)),
  ...repeated,
  extensionKey,
]

const cellOf = (value: unknown): string => {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return value.map((one) => String(one).replaceAll(/[\\;]/g, '\\$&')).join(';')
  return typeof value === 'string' ? value : JSON.stringify(value)
}
const lineOf = (one: HtcdsCase): string => {
  const cells = [
    one.id,
    ...singles.flatMap((section) => {
      const part = one[section] as Part | undefined
      return Object.keys(htcdsFields[section]).map((name) => cellOf(part?.[name]))
    }),
    ...repeated.map((section) => (one[section] === undefined ? '' : JSON.stringify(one[section]))),
    one[extensionKey] === undefined ? '' : JSON.stringify(one[extensionKey]),
  ]
  return cells.map((cell) => quoted(guarded(cell))).join(',')
}

/** In UTF-8 with the mark that spreadsheets look for. */
export const writeCsv = (cases: readonly HtcdsCase[]): string =>
  `\uFEFF${[csvColumns.join(','), ...cases.map(lineOf)].join('\r\n')}\r\n`

/** RFC 4180, with either line end. Null when a quotation mark is never closed or a row grows beyond `mostCells`. */
export const parseCsv = (text: string, mostRows: number, mostCells = 500): string[][] | null => {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let inside = false
  const endCell = (): boolean => {
    row.push(cell)
    cell = ''
    return row.length <= mostCells
  }
  const endRow = (): void => {
    if (row.length > 1 || row[0] !== '') rows.push(row)
    row = []
  }
  const from = text.startsWith('\uFEFF') ? 1 : 0
  for (let at = from; at < text.length; at += 1) {
    const sign = text[at]!
    if (inside) {
      if (sign !== '"') cell += sign
      else if (text[at + 1] === '"') {
        cell += '"'
        at += 1
      } else inside = false
    } else if (sign === '"' && cell === '') inside = true
    else if (sign === ',') {
      if (!endCell()) return null
    } else if (sign === '\n' || sign === '\r') {
      if (sign === '\r' && text[at + 1] === '\n') at += 1
      if (!endCell()) return null
      endRow()
      if (rows.length > mostRows) return rows
    } else cell += sign
  }
  if (inside) return null
  if (cell !== '' || row.length > 0) {
    if (!endCell()) return null
    endRow()
  }
  return rows
}

const splitList = (cell: string): string[] => {
  const parts: string[] = []
  let part = ''
  for (let at = 0; at < cell.length; at += 1) {
    if (cell[at] === '\\' && at + 1 < cell.length) {
      at += 1
      part += cell[at]
    } else if (cell[at] === ';') {
      parts.push(part)
      part = ''
    } else part += cell[at]
  }
  return [...parts, part].map((one) => one.trim()).filter((one) => one !== '')
}
/** What is not JSON stays as it stood: reading then says that its type is wrong. */
const jsonOf = (cell: string): unknown => {
  try {
    return JSON.parse(cell)
  } catch {
    return cell
  }
}

/** The lines of a file as cases to be read by `readCase`; unknown columns stay, so that they are named. */
export const casesOfCsv = (rows: readonly (readonly string[])[]): unknown[] => {
  const [head, ...lines] = rows
  return lines.map((line) => {
    const one: Record<string, unknown> = {}
    for (const [at, name] of (head ?? []).entries()) {
      const cell = plain(line[at] ?? '')
      if (cell === '') continue
      const column = name.trim()
      const [, section = '', field = ''] = /^([a-z]{3})_(\w+)$/.exec(column) ?? []
      if (!(singles as readonly string[]).includes(section)) {
        one[column] = column === 'id' ? cell : jsonOf(cell)
        continue
      }
      const known = htcdsFields[section as Section]
      const kind = Object.hasOwn(known, field) ? known[field]?.kind : undefined
      const value =
        kind === 'list'
          ? splitList(cell)
          : kind === 'number' || kind === 'boolean'
            ? jsonOf(cell.toLowerCase())
            : cell
      one[section] = { ...(one[section] as object | undefined), [field]: value }
    }
    return one
  })
}
