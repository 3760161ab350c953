/**
 * Twelve months after (core formula of the catalogue, S004 and S002): the cases of each quarter of a year, by entry or by exit,
 * and what the snapshot of the twelfth month says of them. One document for the page, the workbook and the list. Counts of 1 to 4
 * and what would give them away are hidden before it is made.
 */
import { suppress } from '#disclosure/suppress.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Figure, ReportDocument } from '#domain/reporting/document.ts'
import type { cohortBases } from '#wire/outcome.ts'
import type { Language } from '#wire/words/index.ts'
import type { Tx } from '../tx.ts'
import { say } from '../words.ts'

export const UP_TO = 4
export const measures = [
  'known',
  'good',
  'home',
  'school',
  'vaccinated',
  'health_card',
  'job',
  'network',
  'parent_work',
  'reexploited',
] as const
export type Measure = (typeof measures)[number]
export type CohortRow = Readonly<Record<Measure | 'cases' | 'reached', number>>
type Stored = CohortRow & { readonly quarter: string; readonly municipality: string }

export interface CohortShown {
  readonly cases: Figure
  readonly reached: Figure
  readonly measures: Readonly<Record<Measure, Figure>>
}

/**
 * Quarters of one year, as they may be shown beside the year's exact sums. What is left over («reached, but not in school») is as
 * telling as what is counted, so each measure is suppressed with its rest; the number reached is shown only where none of these
 * tables hides it, and never hidden alone.
 */
export const showCohorts = (rows: readonly CohortRow[]): readonly CohortShown[] => {
  const hidden = new Set<number>()
  const column = (cells: readonly (readonly number[])[]) => {
    const shown = suppress({ cells }, { upTo: UP_TO })
    for (const [at, total] of shown.rowTotals.entries()) if (total === null) hidden.add(at)
    return shown.cells.map((row) => row[0]!)
  }
  const shown = measures.map((measure) =>
    // A measure of the known is a part of the reached: both rests are hidden with it.
    column(rows.map((row) => [row[measure], row.reached - row[measure]])),
  )
  const ofKnown = measures
    .filter((measure) => measure !== 'known' && measure !== 'reexploited')
    .map((measure) => ({
      measure,
      cells: suppress(
        { cells: rows.map((row) => [row[measure], row.known - row[measure]]) },
        { upTo: UP_TO },
      ),
    }))
  const cases = suppress(
    { cells: rows.map((row) => [row.reached, row.cases - row.reached]) },
    { upTo: UP_TO },
  )
  for (const [at, cell] of cases.cells.entries()) if (cell[0] === null) hidden.add(at)
  if (hidden.size === 1) {
    const next = [...rows.entries()]
      .filter(([at, row]) => !hidden.has(at) && row.reached > 0)
      .toSorted((a, b) => a[1].reached - b[1].reached)[0]
    if (next !== undefined) hidden.add(next[0])
  }
  // Who is not known is known where both the reached and the known are.
  const unknownHidden = new Set(
    ofKnown.flatMap(({ cells }) => cells.rowTotals.flatMap((total, at) => (total === null ? [at] : []))),
  )
  return rows.map((_, at) => {
    const cell = (measure: Measure): Figure => {
      const own = shown[measures.indexOf(measure)]![at]!
      if (measure === 'known') return unknownHidden.has(at) ? null : own
      const part = ofKnown.find((one) => one.measure === measure)
      return part !== undefined && part.cells.cells[at]![0] === null ? null : own
    }
    return {
      cases: hidden.has(at) ? null : cases.rowTotals[at]!,
      reached: hidden.has(at) ? null : rows[at]!.reached,
      measures: Object.fromEntries(measures.map((measure) => [measure, cell(measure)])) as Record<
        Measure,
        Figure
      >,
    }
  })
}

const zero: CohortRow = {
  cases: 0,
  reached: 0,
  known: 0,
  good: 0,
  home: 0,
  school: 0,
  vaccinated: 0,
  health_card: 0,
  job: 0,
  network: 0,
  parent_work: 0,
  reexploited: 0,
}
const columns = ['cases', 'reached', ...measures] as const
const sum = (rows: readonly CohortRow[]): CohortRow =>
  rows.reduce<CohortRow>(
    (all, row) => Object.fromEntries(columns.map((key) => [key, all[key] + row[key]])) as CohortRow,
    zero,
  )

export const cohortReport = async (
  tx: Tx,
  basis: (typeof cohortBases)[number],
  year: number,
  language: Language,
): Promise<ReportDocument> => {
  const [rows, places] = await Promise.all([
    tx.sql<Stored>('select * from outcome_cohorts($1, $2, $3, $4)', [
      basis,
      `${year}-01-01`,
      `${year + 1}-01-01`,
      tiranaDay(tx.now),
    ]),
    tx.sql<{ code: string; name: string }>('select code, name from municipality order by code'),
  ])
  const t = (key: string, params?: Record<string, string | number>) =>
    say(language, `outcomePage.${key}`, params)
  const quarters = [1, 4, 7, 10].map((month) => `${year}-${String(month).padStart(2, '0')}-01`)
  const counted = quarters.map((quarter) => sum(rows.filter((row) => row.quarter === quarter)))
  const shown = showCohorts(counted)
  const whole = sum(counted)
  const towns = places.filter((place) =>
    rows.some((row) => row.municipality === place.code && row.reached > 0),
  )
  const byTown = suppress(
    {
      cells: towns.map((town) => {
        const { good, known, reached } = sum(rows.filter((row) => row.municipality === town.code))
        return [good, known - good, reached - known]
      }),
    },
    { upTo: UP_TO },
  )
  return {
    language,
    title: t('cohort_title', { year }),
    about: [t(`cohort_${basis}`), t('cohort_about')],
    sections: [
      {
        heading: t('cohort_quarters'),
        paragraphs: [t(`cohort_${basis}_lede`), t('cohort_good_lede')],
        tables: [
          {
            caption: t('cohort_quarters'),
            columns: [
              { head: t('quarter'), kind: 'text' },
              ...columns.map((key) => ({ head: t(`count_${key}`), kind: 'number' as const })),
            ],
            rows: [
              ...shown.map((row, at) => [
                t('quarter_of', { n: at + 1, year }),
                row.cases,
                row.reached,
                ...measures.map((measure) => row.measures[measure]),
              ]),
              [t('together'), ...columns.map((key) => whole[key])],
            ],
            note: t('hidden_note', { n: UP_TO }),
          },
        ],
        charts: [],
      },
      ...(towns.length === 0
        ? []
        : [
            {
              heading: t('cohort_places'),
              paragraphs: [],
              tables: [
                {
                  caption: t('cohort_places'),
                  columns: [
                    { head: t('municipality'), kind: 'text' as const },
                    ...(['good', 'not_good', 'not_known'] as const).map((key) => ({
                      head: t(`count_${key}`),
                      kind: 'number' as const,
                    })),
                  ],
                  rows: towns.map((town, at) => [town.name, ...byTown.cells[at]!]),
                  note: t('hidden_note', { n: UP_TO }),
                },
              ],
              charts: [],
            },
          ]),
    ],
  }
}

/** Signs that a spreadsheet would take for a formula are told apart; hidden figures are empty. */
const csvCell = (value: string | Figure): string => {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
/** The tables one below the other, in UTF-8 with the mark that Excel looks for. */
export const csvOf = (document: ReportDocument): string =>
  `\uFEFF${document.sections
    .flatMap((section) => section.tables)
    .map((table) =>
      [[table.caption], table.columns.map((column) => column.head), ...table.rows, [table.note ?? '']]
        .map((row) => row.map(csvCell).join(','))
        .join('\r\n'),
    )
    .join('\r\n\r\n')}\r\n`
