/**
 * Monitoring of alternative care and of the way out of institutions: one document for the page, the PDF and the workbook.
 * Figures of 1 to 4, and what would give them away, are hidden before it is made.
 */
import { suppress } from '#disclosure/suppress.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import { endReasons, placementKinds } from '#domain/placement/events.ts'
import type { ReportDocument as Document, DocumentTable } from '#domain/reporting/document.ts'
import { PlacementMonitoringOf } from '#wire/placement.ts'
import { ReportDocument } from '#wire/reporting-document.ts'
import type { Language } from '#wire/words/index.ts'
import { recordAccess } from '../access.ts'
import { type Download, download, type Endpoint, endpoint } from '../endpoint.ts'
import { pdfOf, pdfType } from '../pdf/document.ts'
import type { Tx } from '../tx.ts'
import { say } from '../words.ts'
import { workbookOf } from '../workbook/document.ts'
import { xlsxType } from '../workbook/write.ts'

const UP_TO = 4
const stays = ['under_3', '3_6', '6_12', '12_24', 'over_24'] as const
const plans = ['on_time', 'late', 'none'] as const
const families = ['kinship', 'foster', 'return_to_family', 'returned_to_family', 'adoption'] as const
const endings = [...endReasons, 'moved'] as const

interface Figure {
  readonly municipality: string
  readonly county: string
  readonly what: string
  readonly key: string
  readonly n: number
}

const monitoringOf = async (tx: Tx, year: number, language: Language): Promise<Document> => {
  const [figures, counties, municipalities, units] = await Promise.all([
    tx.sql<Figure>('select * from placement_figures($1, $2, $3)', [
      `${year}-01-01`,
      `${year}-12-31`,
      tiranaDay(tx.now),
    ]),
    tx.sql<{ code: string; name: string }>('select code, name from county order by code'),
    tx.sql<{ code: string; name: string }>('select code, name from municipality order by code'),
    tx.sql<{ sq: string; en: string }>(
      'select name_sq as sq, name_en as en from unit where id = (select me_unit())',
    ),
  ])
  const t = (key: string, params?: Record<string, string | number>) =>
    say(language, `placementPage.${key}`, params)
  const national = tx.actor.role === 'state_agency' || tx.actor.role === 'coordinator'
  const sum = (of: (f: Figure) => boolean) => figures.reduce((n, f) => (of(f) ? n + f.n : n), 0)

  /** Rows by columns that add up across a row; only the country's totals are exact. */
  const table = (
    caption: string,
    head: string,
    rows: readonly { readonly label: string; readonly of: (f: Figure) => boolean }[],
    columns: readonly { readonly label: string; readonly of: (f: Figure) => boolean }[],
  ): DocumentTable => {
    const shown = suppress(
      { cells: rows.map((row) => columns.map((column) => sum((f) => row.of(f) && column.of(f)))) },
      { upTo: UP_TO },
    )
    // Only the nation's sums are public; of a part of it no sum stands beside a figure that is hidden in it.
    const whole = (n: number, parts: readonly (number | null)[]) =>
      national || (parts.every((part) => part !== null) && (n === 0 || n > UP_TO)) ? n : null
    return {
      caption,
      columns: [
        { head, kind: 'text' },
        ...columns.map((column) => ({ head: column.label, kind: 'number' as const })),
        ...(columns.length > 1 ? [{ head: t('together'), kind: 'number' as const }] : []),
      ],
      rows: [
        ...rows.map((row, i) => [
          row.label,
          ...(shown.cells[i] ?? []),
          ...(columns.length > 1 ? [shown.rowTotals[i] ?? null] : []),
        ]),
        [
          t('together'),
          // A table without a row has no columns to add up.
          ...columns.map((_, i) =>
            whole(
              shown.columnTotals[i] ?? 0,
              shown.cells.map((row) => row[i] ?? null),
            ),
          ),
          ...(columns.length > 1 ? [whole(shown.total, shown.cells.flat())] : []),
        ],
      ],
      note: t('hidden_note', { n: UP_TO }),
    }
  }
  const is = (what: string) => (f: Figure) => f.what === what
  const by = (what: string, keys: readonly string[], words: string) =>
    keys.map((key) => ({
      label: t(`${words}_${key}`),
      of: (f: Figure) => f.what === what && f.key === key,
    }))
  // The country is read by county; a municipality or a unit is one row of its own.
  const places = (what: (f: Figure) => boolean) => {
    const all = national
      ? counties.map(({ code, name }) => ({ label: name, of: (f: Figure) => f.county === code }))
      : municipalities.map(({ code, name }) => ({ label: name, of: (f: Figure) => f.municipality === code }))
    // Every county, also those without a child: a single row would have nothing to hide behind.
    return national ? all : all.filter((place) => figures.some((f) => what(f) && place.of(f)))
  }
  const place = t(national ? 'county' : 'municipality')
  const quarters = [1, 2, 3, 4].map((n) => ({
    label: t('quarter', { n }),
    of: is(`to_family_q${n}`),
  }))
  const rowsOf = (keys: readonly string[], words: string) =>
    keys.map((key) => ({ label: t(`${words}_${key}`), of: (f: Figure) => f.key === key }))
  return {
    language,
    title: t('report_title', { year }),
    about: [national ? t('report_country') : (units[0]?.[language] ?? ''), t('report_source')],
    sections: [
      {
        heading: t('report_living'),
        paragraphs: [t('report_living_lede')],
        tables: [
          table(t('report_living'), place, places(is('living')), by('living', placementKinds, 'kind')),
        ],
        charts: [],
      },
      {
        heading: t('report_residential'),
        paragraphs: [t('report_residential_lede')],
        tables: [
          table(t('report_stay'), place, places(is('stay')), by('stay', stays, 'stay')),
          table(t('report_plan'), place, places(is('plan')), by('plan', plans, 'with_plan')),
        ],
        charts: [],
      },
      {
        heading: t('report_moved'),
        paragraphs: [t('report_moved_lede')],
        tables: [table(t('report_moved'), t('moved_to'), rowsOf(families, 'to'), quarters)],
        charts: [],
      },
      {
        heading: t('report_endings'),
        paragraphs: [],
        tables: [
          table(t('report_endings'), t('end_reason'), rowsOf(endings, 'end'), [
            { label: t('count_ended'), of: is('ended') },
          ]),
        ],
        charts: [],
      },
    ],
  }
}

const read = endpoint({
  method: 'GET',
  url: '/api/placements/monitoring',
  wire: { ...PlacementMonitoringOf, reply: ReportDocument },
  handle: async (tx, { query }) => ReportDocument.parse(await monitoringOf(tx, query.year, query.lang)),
})
const made = async (tx: Tx, year: number, lang: Language, ending: string) => {
  const document = await monitoringOf(tx, year, lang)
  recordAccess(tx, { act: 'export', kind: 'placement_monitoring', ids: [] })
  return { document, name: `alternative-care-${year}-${lang}.${ending}` }
}
export const monitoringEndpoints: readonly Endpoint[] = [read]
export const monitoringDownloads: readonly Download[] = [
  download({
    url: '/api/placements/monitoring.pdf',
    media: pdfType,
    wire: { ...PlacementMonitoringOf, summary: 'Monitoring of alternative care as tagged PDF' },
    handle: async (tx, { query }) => {
      const { document, name } = await made(tx, query.year, query.lang, 'pdf')
      return { name, media: pdfType, bytes: await pdfOf(document, { now: tx.now }) }
    },
  }),
  download({
    url: '/api/placements/monitoring.xlsx',
    media: xlsxType,
    wire: { ...PlacementMonitoringOf, summary: 'Monitoring of alternative care as a workbook' },
    handle: async (tx, { query }) => {
      const { document, name } = await made(tx, query.year, query.lang, 'xlsx')
      return { name, media: xlsxType, bytes: await workbookOf(document) }
    },
  }),
]
