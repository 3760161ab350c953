/** A report as workbook: what it says on the first sheet, then a sheet for each table and each chart. */
import type { DocumentTable, ReportDocument } from '#domain/reporting/document.ts'
import { chartsWithoutTable, chartTable } from '#domain/reporting/figure.ts'
import { say } from '../words.ts'
import { type Cell, type Sheet, writeWorkbook } from './write.ts'

const formats = { number: '#,##0.###', lek: '#,##0.###', percent: '0.0"%"' } as const
/** A workbook of more sheets than this helps nobody; the rest stands in the page and in print. */
const mostSheets = 100

/** Excel takes 31 signs, none twice whatever their case, and no apostrophe at an end: number first, then the caption. */
const sheetNames = (first: string, captions: readonly string[]): string[] =>
  [first, ...captions].map((caption, at) => {
    const name = `${at === 0 ? '' : `${at} `}${caption.replaceAll(/[\\/*?:[\]\p{C}]/gu, ' ')}`
    return Array.from(name.replaceAll(/\s+/g, ' '))
      .slice(0, 28)
      .join('')
      .replaceAll(/^'+|'+$/g, '')
      .trim()
  })

const sheetOf = (
  table: DocumentTable,
  name: string,
  about: readonly string[],
  words: { readonly hidden: string; readonly why: string },
): Sheet => {
  const hides = table.rows.some((row) => row.includes(null))
  return {
    name,
    intro: [
      table.caption,
      ...about,
      ...[table.note ?? '', hides ? words.why : ''].filter((line) => line !== ''),
    ],
    columns: table.columns.map(({ head, kind }, at) => {
      const longest = table.rows.reduce((most, row) => Math.max(most, String(row[at] ?? '').length), 0)
      return kind === 'text'
        ? { title: head, width: Math.min(60, Math.max(14, longest)) }
        : { title: head, width: Math.min(24, Math.max(12, longest + 4)), format: formats[kind] }
    }),
    rows: table.rows.map((row) => row.map((cell): Cell => (cell === null ? words.hidden : cell))),
  }
}

export const workbookOf = async (document: ReportDocument): Promise<Buffer> => {
  const { language, title } = document
  const word = (key: 'hidden' | 'hidden_why' | 'sheet_about' | 'row_head') =>
    say(language, `reportDocument.${key}`)
  const tables = document.sections
    .flatMap((section) => {
      const charts = chartsWithoutTable(section).map((chart) => chartTable(chart, word('row_head')))
      return [...charts, ...section.tables].map((table) => ({ table, heading: section.heading }))
    })
    .slice(0, mostSheets)
  const [first = '', ...names] = sheetNames(
    word('sheet_about'),
    tables.map(({ table }) => table.caption),
  )
  const said = document.sections.flatMap(({ heading, paragraphs }) => [
    [''],
    [heading],
    ...paragraphs.flatMap((paragraph) => paragraph.split('\n')).map((line) => [line]),
  ])
  return writeWorkbook([
    {
      name: first,
      columns: [{ title, width: 110 }],
      rows: [...document.about.map((line) => [line]), ...said],
      landscape: false,
    },
    ...tables.map(({ table, heading }, at) =>
      sheetOf(table, names[at]!, [title, heading], { hidden: word('hidden'), why: word('hidden_why') }),
    ),
  ])
}
