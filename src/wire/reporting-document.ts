/** A report as a document, bounded: checked before it is kept for ever, and when it is read again. */
import { z } from 'zod'
import { freeText, saidText } from './text.ts'

const Figure = z.number().min(-1e15).max(1e15).nullable()
const Column = z.strictObject({ head: saidText(300), kind: z.enum(['text', 'number', 'lek', 'percent']) })

export const DocumentTable = z
  .strictObject({
    caption: saidText(500),
    columns: z.array(Column).min(1).max(20),
    rows: z.array(z.array(z.union([freeText(4000), Figure])).max(20)).max(2000),
    note: freeText(2000).optional(),
  })
  .refine(({ columns, rows }) => rows.every((row) => row.length === columns.length), {
    error: 'rows as wide as the head',
    params: { code: 'bad_format' },
  })
export const DocumentChart = z
  .strictObject({
    caption: saidText(500),
    series: z.array(saidText(200)).min(1).max(6),
    bars: z.array(z.strictObject({ label: freeText(500), values: z.array(Figure).max(6) })).max(200),
  })
  .refine(({ series, bars }) => bars.every(({ values }) => values.length === series.length), {
    error: 'a value for each series',
    params: { code: 'bad_format' },
  })
export const DocumentSection = z.strictObject({
  heading: saidText(500),
  paragraphs: z.array(freeText(20_000)).max(200),
  tables: z.array(DocumentTable).max(60),
  charts: z.array(DocumentChart).max(60),
})
export const ReportDocument = z.strictObject({
  language: z.enum(['sq', 'en']),
  title: saidText(500),
  about: z.array(freeText(1000)).max(40),
  sections: z.array(DocumentSection).max(100),
})
