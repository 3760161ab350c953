/**
 * The yearly monitoring of court decisions that seed 003 asks for: protection orders, custody, placement. One document
 * for the page, the PDF and the workbook. Figures of 1 to 4 and what would give them away are hidden before it is made.
 */
import { suppress } from '#disclosure/suppress.ts'
import { courtMatters } from '#domain/case/court-events.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { DocumentSection, DocumentTable, ReportDocument } from '#domain/reporting/document.ts'
import type { Language } from '#wire/words/index.ts'
import type { Tx } from '../tx.ts'
import { say } from '../words.ts'

const UP_TO = 4
const counts = [
  'filed',
  'decided',
  'granted',
  'partly',
  'refused',
  'with_report',
  'child_heard',
  'appealed',
  'changed',
  'carried_out',
  'under_way',
  'hindered',
  'not_begun',
  'not_looked',
  'review_late',
] as const
type Count = (typeof counts)[number]
type Row = Readonly<Record<Count, number>> & { municipality: string; matter: string; days: string }

export const courtReport = async (tx: Tx, year: number, language: Language): Promise<ReportDocument> => {
  const [rows, places, units] = await Promise.all([
    tx.sql<Row>('select * from court_figures($1, $2, $3)', [
      `${year}-01-01`,
      `${year}-12-31`,
      tiranaDay(tx.now),
    ]),
    tx.sql<{ code: string; name: string }>('select code, name from municipality order by code'),
    tx.sql<{ sq: string; en: string }>(
      'select name_sq as sq, name_en as en from unit where id = (select me_unit())',
    ),
  ])
  const t = (key: string, params?: Record<string, string | number>) =>
    say(language, `courtPage.${key}`, params)
  /** A small total of one unit is as telling as a cell: only the country's are exact. */
  const national = tx.actor.role === 'state_agency'
  const hiddenNote = t(national ? 'hidden_note_country' : 'hidden_note', { n: UP_TO })
  const sum = (of: (row: Row) => boolean, count: Count) =>
    rows.filter(of).reduce((n, row) => n + row[count], 0)

  /** A table by matter whose columns add up across the row; hidden cells are hidden with what would give them away. */
  const byMatter = (caption: string, wanted: readonly Count[]): DocumentTable => {
    const shown = suppress(
      {
        cells: courtMatters.map((matter) =>
          wanted.map((count) => sum((row) => row.matter === matter, count)),
        ),
      },
      { upTo: UP_TO },
    )
    return {
      caption,
      columns: [
        { head: t('matter'), kind: 'text' },
        ...wanted.map((count) => ({ head: t(`count_${count}`), kind: 'number' as const })),
      ],
      rows: [
        ...courtMatters.map((matter, i) => [t(`matter_${matter}`), ...(shown.cells[i] ?? [])]),
        [t('together'), ...whole(shown.columnTotals)],
      ],
      note: hiddenNote,
    }
  }
  const whole = (totals: readonly number[]): readonly (number | null)[] =>
    totals.map((n) => (national || n === 0 || n > UP_TO ? n : null))

  /** Figures that do not add up to one another: each is a column of its own. */
  const apart = (caption: string, wanted: readonly Count[]): DocumentTable => {
    const columns = wanted.map((count) =>
      suppress(
        { cells: courtMatters.map((matter) => [sum((row) => row.matter === matter, count)]) },
        { upTo: UP_TO },
      ),
    )
    return {
      caption,
      columns: [
        { head: t('matter'), kind: 'text' },
        ...wanted.map((count) => ({ head: t(`count_${count}`), kind: 'number' as const })),
      ],
      rows: [
        ...courtMatters.map((matter, i) => [
          t(`matter_${matter}`),
          ...columns.map((column) => column.cells[i]?.[0] ?? null),
        ]),
        [t('together'), ...whole(columns.map((column) => column.total))],
      ],
      note: hiddenNote,
    }
  }
  const decided = sum(() => true, 'decided')
  const days = rows.reduce((n, row) => n + Number(row.days), 0)
  const sections: DocumentSection[] = [
    {
      heading: t('report_decisions'),
      paragraphs: [
        t('report_lede'),
        ...(decided > UP_TO ? [t('report_days', { days: Math.round(days / decided) })] : []),
      ],
      tables: [
        apart(t('report_filed'), ['filed', 'decided', 'with_report', 'child_heard']),
        byMatter(t('report_outcomes'), ['granted', 'partly', 'refused']),
        apart(t('report_appeals'), ['appealed', 'changed']),
      ],
      charts: [],
    },
    {
      heading: t('report_execution'),
      paragraphs: [t('report_execution_lede')],
      tables: [
        byMatter(t('report_execution'), ['carried_out', 'under_way', 'hindered', 'not_begun', 'not_looked']),
        apart(t('report_reviews'), ['review_late']),
      ],
      charts: [],
    },
  ]
  if (national) {
    const with_ = places.filter((place) => rows.some((row) => row.municipality === place.code))
    const table = suppress(
      {
        cells: with_.map((place) => [
          sum((row) => row.municipality === place.code, 'granted'),
          sum((row) => row.municipality === place.code, 'partly'),
          sum((row) => row.municipality === place.code, 'refused'),
        ]),
      },
      { upTo: UP_TO },
    )
    // One municipality alone would be told the country's exact figures.
    if (with_.length > 1)
      sections.push({
        heading: t('report_places'),
        paragraphs: [],
        tables: [
          {
            caption: t('report_places'),
            columns: [
              { head: t('municipality'), kind: 'text' },
              ...(['granted', 'partly', 'refused'] as const).map((count) => ({
                head: t(`count_${count}`),
                kind: 'number' as const,
              })),
            ],
            rows: with_.map((place, i) => [place.name, ...(table.cells[i] ?? [])]),
            note: t('hidden_note', { n: UP_TO }),
          },
        ],
        charts: [],
      })
  }
  return {
    language,
    title: t('report_title', { year }),
    about: [national ? t('report_country') : (units[0]?.[language] ?? ''), t('report_source')],
    sections,
  }
}
