/** A report as PDF. What draws it is read when the first one is wanted: a start does without. */
import type { Instant } from '#domain/core.ts'
import type { ReportDocument } from '#domain/reporting/document.ts'

export const pdfType = 'application/pdf'

export interface PdfOptions {
  /** Left at the foot of each sheet: edition, source. */
  readonly footer?: string
  /** Behind the text of each sheet, as for a draft. */
  readonly watermark?: string
  /** Written into the file as the day it was made. */
  readonly now: Instant
}

export const pdfOf = async (document: ReportDocument, options: PdfOptions): Promise<Buffer> => {
  const { drawPdf } = await import('./drawing.ts')
  return drawPdf(document, options)
}
