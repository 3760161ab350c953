/**
 * What reports tell of the country: figures that the register counts. National totals are exact; whatever is split passes the
 * one suppression as the public may see it, because the document is made to be published (decision 13).
 */

import { type Period, wholePeriod } from '#domain/indicator/period.ts'
import type { DocumentSection, DocumentTable } from '#domain/reporting/document.ts'
import { nameOfKey } from '../../indicator/names.ts'
import { queries } from '../../indicator/queries/index.ts'
import type { IndicatorQuery } from '../../indicator/query.ts'
import { splitShown } from '../../indicator/shown.ts'
import { reportFigures } from '../../indicator/value.ts'
import type { Making } from './index.ts'

const periodOf = ({ row }: Making): Period | null => wholePeriod(row.from, row.to)

const splitTable = async (
  { tx, t, language }: Making,
  query: IndicatorQuery,
  period: Period,
  by: string,
  keep: (key: string) => boolean = () => true,
): Promise<DocumentTable | null> => {
  if (!query.splits.includes(by)) return null
  const [cells, nameOf] = await Promise.all([
    splitShown(tx, query, period, by, 'public'),
    nameOfKey(tx, by, language),
  ])
  const shown = cells.filter((cell) => keep(cell.key) && (by !== 'municipality' || cell.n !== 0))
  if (shown.length === 0) return null
  return {
    caption: `${query.definition[language]} – ${t(`by_${by}`)}`,
    columns: [
      { head: t(`by_${by}`), kind: 'text' },
      { head: t('count'), kind: query.unit === '%' ? 'percent' : 'number' },
    ],
    rows: shown.map((cell) => [nameOf(cell.key), query.unit === 'n' ? cell.n : cell.value]),
    note: t('hidden_note'),
  }
}

const tablesOf = async (
  making: Making,
  period: Period,
  wanted: readonly (readonly [code: string, by: readonly string[]])[],
  keep?: (key: string) => boolean,
): Promise<DocumentTable[]> => {
  const tables: DocumentTable[] = []
  for (const [code, dimensions] of wanted) {
    const query = queries.find((one) => one.code === code)
    if (query === undefined || (query.periods !== undefined && !query.periods.includes(period.span))) continue
    for (const by of dimensions) {
      const table = await splitTable(making, query, period, by, keep)
      if (table !== null) tables.push(table)
    }
  }
  return tables
}

/** Potential and official victims by age, sex, citizenship, form and identifying structure (domain specification 10). */
export const registerSections = async (making: Making): Promise<readonly DocumentSection[]> => {
  const { t, tx, language } = making
  const period = periodOf(making)
  if (period === null) return []
  const figures = (await reportFigures(tx, null, period)).filter(
    (figure) => figure.query.operational === true,
  )
  const totals = [...new Map(figures.map((figure) => [figure.query.code, figure])).values()]
  return [
    {
      heading: t('victims'),
      paragraphs: [t('operational')],
      tables: [
        {
          caption: t('victims_totals'),
          columns: [
            { head: t('figure'), kind: 'text' },
            { head: t('count'), kind: 'number' },
          ],
          rows: totals.map((figure) => [figure.query.definition[language], figure.value ?? '–']),
        },
        ...(await tablesOf(making, period, [
          ['identifications', ['status', 'age', 'sex', 'citizenship', 'form', 'structure']],
        ])),
      ],
      charts: [],
    },
  ]
}

/** Reports, cases and measures by municipality; a county's report shows its own municipalities. */
export const placesSections = async (making: Making): Promise<readonly DocumentSection[]> => {
  const { t, tx, row } = making
  const period = periodOf(making)
  if (period === null) return []
  const own =
    row.county === null
      ? null
      : new Set(
          (
            await tx.sql<{ code: string }>('select code from municipality where county = $1', [row.county])
          ).map((one) => one.code),
        )
  const wanted = queries
    .filter(
      (query) => query.unit === 'n' && query.operational !== true && query.splits.includes('municipality'),
    )
    .map((query) => [query.code, ['municipality']] as const)
  const tables = await tablesOf(making, period, wanted, (key) => own === null || own.has(key))
  return [{ heading: t('situation'), paragraphs: [t('situation_note')], tables, charts: [] }]
}

/** Every indicator that the register counts, with its value in the period and the number of records behind it. */
export const valuesSection = async (making: Making): Promise<readonly DocumentSection[]> => {
  const { t, tx, language } = making
  const period = periodOf(making)
  if (period === null) return []
  const figures = [
    ...new Map((await reportFigures(tx, null, period)).map((figure) => [figure.query.code, figure])).values(),
  ]
  return [
    {
      heading: t('indicators'),
      paragraphs: [t('indicators_note'), t('operational')],
      tables: [
        {
          caption: t('indicators'),
          columns: [
            { head: t('figure'), kind: 'text' },
            { head: t('unit'), kind: 'text' },
            { head: t('count'), kind: 'number' },
          ],
          rows: figures.map((figure) => [
            figure.query.definition[language],
            figure.query.unit === 'days' ? t('unit_days') : figure.query.unit === '%' ? '%' : t('unit_n'),
            // National totals are never hidden: nothing here means nothing to divide by.
            figure.value ?? '–',
          ]),
        },
      ],
      charts: [],
    },
  ]
}
