/** The reconciliation as a document of the reports' model, so that print and workbook say the same in both languages. */
import type { PlanContent } from '#domain/action-plan/content.ts'
import { type Reconciliation, reconcile } from '#domain/action-plan/reconciliation.ts'
import type { DocumentColumn, DocumentSection, ReportDocument } from '#domain/reporting/document.ts'
import { figureText } from '#domain/reporting/figure.ts'
import type { Language } from '#wire/words/index.ts'
import { say } from '../words.ts'

interface Saying {
  readonly language: Language
  readonly word: (key: string, params?: Record<string, string | number>) => string
  readonly amount: (decimal: string) => string
  /** A column of the printed table; what is none keeps its own name. */
  readonly column: (code: string) => string
}
type Part = (of: Reconciliation, saying: Saying) => DocumentSection

const text = (head: string): DocumentColumn => ({ head, kind: 'text' })
const lek = (head: string): DocumentColumn => ({ head, kind: 'lek' })
/** A section of one table; without rows only the sentence stands. */
const section = (
  heading: string,
  paragraphs: readonly string[],
  columns: readonly DocumentColumn[],
  rows: readonly (readonly (string | number)[])[],
): DocumentSection => ({
  heading,
  paragraphs,
  tables: rows.length === 0 ? [] : [{ caption: heading, columns, rows }],
  charts: [],
})

const sums: Part = ({ rows, totals, euro }, { word, amount }) =>
  section(
    word('rec_rows'),
    [
      word('rec_lede'),
      ...(rows.length === 0 ? [word('no_table')] : []),
      ...(euro === null
        ? []
        : [
            word('euro_more', {
              rate: amount(euro.rate),
              total: amount(euro.total),
              activities: amount(euro.activities),
            }),
          ]),
      ...(euro === null || euro.printedMillion === null || euro.printedMillion === euro.computedMillion
        ? []
        : [
            word('euro_printed', {
              printed: amount(euro.printedMillion),
              computed: amount(euro.computedMillion),
            }),
          ]),
    ],
    [
      text(word('rec_pillar')),
      text(word('rec_source')),
      lek(word('rec_printed')),
      lek(word('rec_activities')),
      lek(word('rec_difference')),
    ],
    [...rows, ...totals].map((row) => [
      row.pillar,
      word(`source_${row.source}`),
      Number(row.printed),
      Number(row.activities),
      Number(row.difference),
    ]),
  )

const suspicions: Part = (of, { word, amount }) =>
  section(
    word('suspicions'),
    [word(of.suspicions.length === 0 ? 'no_suspicions' : 'suspicions_more')],
    [text(word('activity')), text(word('source_line')), text(word('suspicion')), text(word('arithmetic'))],
    of.suspicions.map((one) => [
      one.uid,
      one.sourceLine === null ? '' : String(one.sourceLine),
      word(`suspicion_${one.how}`, { printed: one.printed, perhaps: one.perhaps }),
      word(one.together.length === 0 ? 'suspicion_alone' : 'suspicion_together', {
        change: amount(one.change),
        pillar: one.pillar,
        explains: amount(one.explains),
        others: one.together.join(', '),
      }),
    ]),
  )

const shares: Part = (of, { word, column }) =>
  section(
    word('shares'),
    [],
    [
      text(word('share_of')),
      { head: word('rec_printed'), kind: 'percent' },
      { head: word('share_computed'), kind: 'percent' },
      text(word('status')),
    ],
    of.shares.map((one) => [
      column(one.of),
      Number(one.printed),
      Number(one.computed),
      word(one.wrong ? 'share_wrong' : 'share_right'),
    ]),
  )

const inside: Part = (of, { word, column }) =>
  section(
    word('sums'),
    [word('sums_more')],
    [
      text(word('sum_of')),
      lek(word('rec_printed')),
      lek(word('share_computed')),
      lek(word('rec_difference')),
    ],
    of.tableSums.map((sum) => [
      `${sum.row}: ${column(sum.column)}${sum.parts.length === 0 ? '' : ` = ${sum.parts.map(column).join(' + ')}`}`,
      Number(sum.printed),
      Number(sum.computed),
      Number(sum.difference),
    ]),
  )

const numbers: Part = (of, { language, word, amount }) =>
  section(
    word('numbers'),
    [],
    [text(word('number_said')), text(word('number_arithmetic')), text(word('suspicion'))],
    of.numbers.map((one) => [
      `«${one.printedAs}»`,
      `${one.parts
        .map((part) => `${amount(part.value)} ${language === 'sq' ? part.sq : part.en}`)
        .join(one.kind === 'sum' ? ' + ' : ' × ')} = ${amount(one.computed)}`,
      (language === 'sq' ? one.noteSq : one.noteEn) ?? '',
    ]),
  )

export const reconciliationDocument = (content: PlanContent, language: Language): ReportDocument => {
  const found = reconcile(content)
  const word: Saying['word'] = (key, params) => say(language, `planPage.${key}`, params)
  const { titleSq, titleEn } = content.head
  const saying: Saying = {
    language,
    word,
    amount: (decimal) => figureText(Number(decimal), 'lek', language),
    column: (code) => {
      const said = word(`col_${code}`)
      return said.endsWith(`col_${code}`) ? code : said
    },
  }
  const parts = found.rows.length === 0 ? [sums, numbers] : [sums, suspicions, shares, inside, numbers]
  return {
    language,
    title: word('rec_title'),
    about: [(language === 'sq' ? titleSq : titleEn) ?? titleEn ?? titleSq ?? ''].filter(
      (line) => line !== '',
    ),
    sections: parts
      .map((part) => part(found, saying))
      .filter(({ paragraphs, tables }) => paragraphs.length + tables.length > 0),
  }
}
