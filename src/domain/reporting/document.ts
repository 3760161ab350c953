/**
 * A report as a document: headings, paragraphs, tables and charts, made once from the data and then shown as a page, printed as
 * PDF, written as a workbook. Texts are already in one language. A hidden figure is null and stays null everywhere.
 */
export type Figure = number | null

export interface DocumentColumn {
  readonly head: string
  /** `lek` and `number` stand on the right. */
  readonly kind: 'text' | 'number' | 'lek' | 'percent'
}
export interface DocumentTable {
  readonly caption: string
  readonly columns: readonly DocumentColumn[]
  readonly rows: readonly (readonly (string | Figure)[])[]
  /** Said under the table: what was counted, what is hidden. */
  readonly note?: string
}
/** Bars, one a row; the table of the same figures stands beside it in every form of the document. */
export interface DocumentChart {
  readonly caption: string
  readonly series: readonly string[]
  readonly bars: readonly { readonly label: string; readonly values: readonly Figure[] }[]
}
export interface DocumentSection {
  readonly heading: string
  readonly paragraphs: readonly string[]
  readonly tables: readonly DocumentTable[]
  readonly charts: readonly DocumentChart[]
}
export interface ReportDocument {
  readonly language: 'sq' | 'en'
  readonly title: string
  /** Lines under the title: plan, institution, period, edition. */
  readonly about: readonly string[]
  readonly sections: readonly DocumentSection[]
}
