/** The funnel as a document: the page, the workbook and the list say the same. */
import { fates, lagSteps, stages } from '#domain/funnel/model.ts'
import type { DocumentTable, ReportDocument } from '#domain/reporting/document.ts'
import type { Funnel, FunnelRow } from '#wire/funnel.ts'
import type { Language } from '#wire/words/index.ts'
import { say, says } from '../words.ts'

export const documentOf = (funnel: Funnel, language: Language): ReportDocument => {
  const t = (key: string, params?: Record<string, string | number>): string =>
    say(language, `funnelPage.${key}`, params)
  const named = (by: string, key: string): string => {
    const word = { quarter: 'funnelPage.quarter', recipient: 'referral.kind' }[by] ?? `indicatorCode.${by}`
    return says(language, `${word}_${key}`) ? say(language, `${word}_${key}`) : key.replaceAll('_', ' ')
  }
  const columns = (head: string) => [
    { head, kind: 'text' as const },
    ...['potential', 'interviewed', 'confirmed'].map((one) => ({ head: t(one), kind: 'number' as const })),
    ...stages
      .filter((stage) => stage !== 'vt')
      .map((stage) => ({ head: t(`stage_${stage}`), kind: 'number' as const })),
  ]
  const cells = (row: Omit<FunnelRow, 'key'>) => [
    row.potential,
    row.interviewed,
    row.confirmed,
    ...stages.filter((stage) => stage !== 'vt').map((stage) => row.stages[stage] ?? null),
  ]
  const note = funnel.exact ? {} : { note: t('hidden_note') }
  const table = (by: string, rows: readonly FunnelRow[], together: boolean): DocumentTable => ({
    caption: t(`by_${by}`),
    columns: columns(t(`head_${by}`)),
    rows: [
      ...rows.map((row) => [named(by, row.key), ...cells(row)]),
      ...(together ? [[t('together'), ...cells(funnel.total)]] : []),
    ],
    ...(by === 'form' ? { note: [t('form_note'), note.note ?? ''].join(' ').trim() } : note),
  })
  const percent = (n: number | null, of: number | null): string =>
    n === null || of === null || of === 0 ? '–' : `${Math.round((n / of) * 100)} %`
  const { after, total, standing } = funnel
  return {
    language,
    title: t('document_title', { year: funnel.year }),
    about: [
      t(`of_${funnel.subject}`),
      standing.state === 'reconciled' && standing.comparedAt !== null
        ? t('reconciled', { on: standing.comparedAt.slice(0, 10) })
        : t('operational'),
    ],
    sections: [
      {
        heading: t('section_funnel'),
        paragraphs: [
          t('lede', {
            potential: total.potential ?? 0,
            interviewed: total.interviewed ?? 0,
            confirmed: total.confirmed ?? 0,
            rate: funnel.rate ?? 0,
          }),
        ],
        tables: [table('quarter', funnel.quarters, true)],
        charts: [
          {
            caption: t('chart'),
            series: [t('potential'), t('interviewed'), t('confirmed')],
            bars: funnel.quarters.map((row) => ({
              label: named('quarter', row.key),
              values: [row.potential, row.interviewed, row.confirmed],
            })),
          },
        ],
      },
      {
        heading: t('section_splits'),
        paragraphs: [],
        tables: funnel.splits
          .filter(({ rows }) => rows.length > 0)
          .map(({ by, rows }) => table(by, rows, by !== 'form')),
        charts: [],
      },
      {
        heading: t('section_lags'),
        paragraphs: [t('lags_lede')],
        tables: [
          {
            caption: t('lags'),
            columns: [
              { head: t('lag_step'), kind: 'text' },
              ...['lag_n', 'lag_p25', 'lag_median', 'lag_p75', 'lag_p90'].map((one) => ({
                head: t(one),
                kind: 'number' as const,
              })),
            ],
            rows: lagSteps.map((step) => {
              const lag = funnel.lags.find((one) => one.step === step)
              return [
                t(`lag_${step}`),
                lag?.n ?? null,
                lag?.p25 ?? null,
                lag?.median ?? null,
                lag?.p75 ?? null,
                lag?.p90 ?? null,
              ]
            }),
            ...note,
          },
        ],
        charts: [],
      },
      {
        heading: t('section_after'),
        paragraphs: [],
        tables: [
          {
            caption: t('after'),
            columns: [
              { head: t('after_what'), kind: 'text' },
              { head: t('persons'), kind: 'number' },
              { head: t('share'), kind: 'text' },
            ],
            rows: [
              [t('after_reintegration'), after.reintegration, percent(after.reintegration, total.potential)],
              [t('after_exited'), after.exited, percent(after.exited, total.potential)],
              [t('after_again'), after.again, percent(after.again, total.potential)],
              [t('after_again_year'), after.againWithinYear, percent(after.againWithinYear, after.exited)],
            ],
            ...note,
          },
          ...(funnel.referrals.length === 0
            ? []
            : [
                {
                  caption: t('referrals'),
                  columns: [
                    { head: t('head_recipient'), kind: 'text' as const },
                    { head: t('sent'), kind: 'number' as const },
                    ...fates.map((fate) => ({ head: t(`fate_${fate}`), kind: 'number' as const })),
                  ],
                  rows: funnel.referrals.map((row) => [
                    named('recipient', row.key),
                    row.sent,
                    ...fates.map((fate) => row.fates[fate] ?? null),
                  ]),
                  note: [
                    after.waitedDays === null
                      ? ''
                      : t('waited', { count: after.waited ?? 0, days: after.waitedDays }),
                    note.note ?? '',
                  ]
                    .join(' ')
                    .trim(),
                },
              ]),
          ...(funnel.sop === null
            ? []
            : [
                {
                  caption: t('sop'),
                  columns: [
                    { head: t('sop_items'), kind: 'text' as const },
                    { head: t('persons'), kind: 'number' as const },
                    { head: t('share'), kind: 'text' as const },
                  ],
                  rows: [[t('sop_met'), funnel.sop.met, percent(funnel.sop.met, funnel.sop.of)]],
                  ...note,
                },
              ]),
        ],
        charts: [],
      },
    ],
  }
}
