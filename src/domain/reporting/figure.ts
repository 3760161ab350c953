/** How figures of a document are written and its charts become tables: once, for the page, the print and the workbook. */
import type { DocumentChart, DocumentColumn, DocumentSection, DocumentTable, Figure } from './document.ts'

export type FigureKind = Exclude<DocumentColumn['kind'], 'text'>

/** Most digits after the comma. Money is whole lek; plans print thousands of lek with up to three. */
export const digitsOf = { number: 3, lek: 3, percent: 1 } as const satisfies Record<FigureKind, number>

/** `28 500,5` in Albanian, `28,500.5` in English; `percent` takes 42.5 for `42,5 %`. Spaces never break a line. */
export const figureText = (figure: number, kind: FigureKind, language: 'sq' | 'en'): string => {
  if (!Number.isFinite(figure)) return '–'
  const [point, comma] = language === 'sq' ? [',', '\u00a0'] : ['.', ',']
  const [whole = '0', rest = ''] = Math.abs(figure).toFixed(digitsOf[kind]).split('.')
  const fraction = rest.replace(/0+$/, '')
  const digits = `${whole.replaceAll(/\B(?=(\d{3})+(?!\d))/g, comma)}${fraction === '' ? '' : `${point}${fraction}`}`
  const sign = figure < 0 && /[1-9]/.test(digits) ? '−' : ''
  return `${sign}${digits}${kind !== 'percent' ? '' : language === 'sq' ? '\u00a0%' : '%'}`
}

/** The figures of a chart as a table: a row for each bar, a column for each series. */
export const chartTable = (chart: DocumentChart, rowHead: string): DocumentTable => ({
  caption: chart.caption,
  columns: [
    { head: rowHead, kind: 'text' },
    ...chart.series.map((head) => ({ head, kind: 'number' as const })),
  ],
  rows: chart.bars.map(({ label, values }) => [label, ...chart.series.map((_, at) => values[at] ?? null)]),
})

/** Charts whose figures no table of the section shows under the same caption. */
export const chartsWithoutTable = (section: DocumentSection): readonly DocumentChart[] =>
  section.charts.filter((chart) => !section.tables.some((table) => table.caption === chart.caption))

export const hasHidden = (table: DocumentTable): boolean =>
  table.rows.some((row) => row.some((cell) => cell === null))

/** Ends of the axis: zero, and the longest bar on either side. */
export const reachOf = (chart: DocumentChart): { readonly from: number; readonly to: number } => {
  const known = chart.bars
    .flatMap((bar) => bar.values)
    .filter((value): value is number => value !== null && Number.isFinite(value))
  const from = Math.min(0, ...known)
  const to = Math.max(0, ...known)
  return { from, to: to === from ? from + 1 : to }
}

/** A chart in one sentence for whoever cannot see it: `label: 3; other: 4, 5`. */
export const chartSentence = (chart: DocumentChart, language: 'sq' | 'en', hidden: string): string =>
  chart.bars
    .map(({ label, values }) => {
      const said = values.map((value: Figure, at) => {
        const figure = value === null ? hidden : figureText(value, 'number', language)
        return chart.series.length > 1 ? `${chart.series[at] ?? ''} ${figure}` : figure
      })
      return `${label}: ${said.join(', ')}`
    })
    .join('; ')
