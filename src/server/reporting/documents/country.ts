/**
 * What reports tell of the country: figures that the register counts. National totals are exact; whatever is split passes the
 * one suppression as the public may see it, because the document is made to be published (decision 13).
 */

import type { Period } from '#domain/indicator/period.ts'
import type { DocumentSection, DocumentTable } from '#domain/reporting/document.ts'
import { nameOfKey } from '../../indicator/names.ts'
import { queries } from '../../indicator/queries/index.ts'
import type { IndicatorQuery } from '../../indicator/query.ts'
import { splitShown } from '../../indicator/shown.ts'
import { reportFigures } from '../../indicator/value.ts'
import { type Make, type Making, periodsIn, text } from './making.ts'

/** Splits are told of the last of the periods. */
const periodOf = (making: Making): Period | null => periodsIn(making).at(-1) ?? null

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

const unitOf = ({ t }: Making, { unit }: IndicatorQuery): string =>
  unit === 'days' ? t('unit_days') : unit === '%' ? '%' : t('unit_n')

/** Counted indicators, all or some by code: a column for the period, or one for each year of a longer one. */
export const valuesSection =
  (heading = 'indicators', codes: readonly string[] | null = null): Make =>
  async (making) => {
    const { t, tx, language } = making
    const periods = periodsIn(making)
    if (periods.length === 0) return []
    const counted = await Promise.all(
      periods.map(
        async (period) =>
          new Map((await reportFigures(tx, null, period)).map((figure) => [figure.query.code, figure])),
      ),
    )
    const asked = queries.filter(
      ({ code }) => (codes === null || codes.includes(code)) && counted.some((found) => found.has(code)),
    )
    return [
      {
        heading: t(heading),
        paragraphs: [
          t('indicators_note'),
          ...(asked.some((query) => query.operational === true) ? [t('operational')] : []),
        ],
        tables: [
          {
            caption: t(heading),
            columns: [
              text(t('figure')),
              text(t('unit')),
              ...periods.map((period) => ({
                head: periods.length === 1 ? t('count') : period.from.slice(0, 4),
                kind: 'number' as const,
              })),
            ],
            rows: asked.map((query) => [
              query.definition[language],
              unitOf(making, query),
              // National totals are never hidden: nothing here means nothing to divide by.
              ...counted.map((found) => found.get(query.code)?.value ?? '–'),
            ]),
          },
        ],
        charts: [],
      },
    ]
  }

/** Measures of protection by kind, ground, age, sex and place (D46: children taken into protection). */
export const protectionSections: Make = async (making) => {
  const { t } = making
  const period = periodOf(making)
  if (period === null) return []
  const tables = await tablesOf(making, period, [
    ['measures_decided', ['measure', 'ground', 'age', 'sex', 'municipality']],
  ])
  return [{ heading: t('protection'), paragraphs: [t('situation_note')], tables, charts: [] }]
}
