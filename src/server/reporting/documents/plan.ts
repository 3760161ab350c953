/** What reports tell of a plan: its activities, its money, its reports. All as of the last day of the period. */
import { isLate } from '#domain/execution/sums.ts'
import type { DocumentSection, DocumentTable } from '#domain/reporting/document.ts'
import type { Language } from '#wire/words/index.ts'
import { type PlanStanding, planStanding } from '../../execution/read.ts'
import { say } from '../../words.ts'
import { lek, type Making, planOf, tabled, text } from './making.ts'

type Item = PlanStanding['items'][number]

export const titleOf = (of: { titleSq: string | null; titleEn: string | null }, language: Language): string =>
  (language === 'sq' ? (of.titleSq ?? of.titleEn) : (of.titleEn ?? of.titleSq)) ?? ''

const standing = async (making: Making) => {
  const planId = await planOf(making)
  return planId === null ? [] : (await planStanding(making.tx, planId, making.row.to)).items
}

const pillarsOf = async (making: Making) =>
  making.tx.sql<{ uid: string; titleSq: string | null; titleEn: string | null }>(
    `select uid, title_sq as "titleSq", title_en as "titleEn" from current_plan_node where plan_id = $1 and parent_id is null order by ordinal`,
    [await planOf(making)],
  )

const sum = (items: readonly Item[], of: (item: Item) => number): number =>
  items.reduce((total, item) => total + of(item), 0)
/** Per cent with one decimal; a dash where there is nothing to divide by, since an empty cell reads as hidden. */
export const share = (part: number, whole: number): number | string =>
  whole === 0 ? '–' : Math.round((part / whole) * 1000) / 10

/** The codes under which plans name the author's institution. */
export const ownCodes = async ({ tx, row }: Making): Promise<ReadonlySet<string>> => {
  const rows = await tx.sql<{ code: string }>(
    'select body_code as code from plan_author where institution_id = $1',
    [row.institutionId],
  )
  return new Set([row.bodyCode, ...rows.map((one) => one.code)])
}

export const isOwn = (item: Item, codes: ReadonlySet<string>): boolean =>
  item.responsible.some((code) => codes.has(code))
export const statusSaid = (item: Item, language: Language): string =>
  [
    say(language, `execution.status_${item.status}`),
    ...(isLate(item) ? [say(language, 'execution.late_late')] : []),
  ].join(', ')

/** Activities that an institution answers for, as they stand, with what it says of each. */
export const progressSections = async (making: Making): Promise<readonly DocumentSection[]> => {
  const { t, row, language } = making
  const codes = await ownCodes(making)
  const items = (await standing(making)).filter((item) => isOwn(item, codes))
  const said = new Map(row.content?.activities.map((one) => [one.uid, one]) ?? [])
  return [
    {
      heading: t('own_activities'),
      paragraphs: [
        t('own_activities_count', {
          all: items.length,
          completed: items.filter((item) => item.status === 'COMPLETED').length,
          late: items.filter(isLate).length,
        }),
      ],
      tables: [
        {
          caption: t('own_activities'),
          columns: [
            { head: t('code'), kind: 'text' },
            { head: t('activity'), kind: 'text' },
            { head: t('status'), kind: 'text' },
            { head: t('deadline'), kind: 'text' },
            { head: t('paid'), kind: 'lek' },
            { head: t('progress'), kind: 'text' },
            { head: t('next_step'), kind: 'text' },
          ],
          rows: items.map((item) => [
            item.code ?? item.uid,
            titleOf(item, language),
            statusSaid(item, language),
            item.deadlineText ?? '',
            item.paid,
            said.get(item.uid)?.progress ?? '',
            said.get(item.uid)?.next ?? '',
          ]),
        },
      ],
      charts: [],
    },
  ]
}

const pillarTable = (
  t: Making['t'],
  language: Language,
  pillars: Awaited<ReturnType<typeof pillarsOf>>,
  items: readonly Item[],
): DocumentTable => ({
  caption: t('by_pillar'),
  columns: [
    { head: t('pillar'), kind: 'text' },
    { head: t('activities'), kind: 'number' },
    { head: t('started'), kind: 'number' },
    { head: t('completed'), kind: 'number' },
    { head: t('late'), kind: 'number' },
    { head: t('implementation'), kind: 'percent' },
  ],
  rows: [...pillars, null].map((pillar) => {
    const own = pillar === null ? items : items.filter((item) => item.pillar === pillar.uid)
    const completed = own.filter((item) => item.status === 'COMPLETED').length
    return [
      pillar === null ? t('total') : titleOf(pillar, language),
      own.length,
      own.filter((item) => item.status !== 'NOT_STARTED').length,
      completed,
      own.filter(isLate).length,
      share(completed, own.length),
    ]
  }),
  note: t('implementation_note'),
})

/** How the plan stands by pillar. */
export const implementationSections = async (making: Making): Promise<readonly DocumentSection[]> => {
  const { t, language } = making
  const [items, pillars] = await Promise.all([standing(making), pillarsOf(making)])
  if (items.length === 0) return []
  const table = pillarTable(t, language, pillars, items)
  return [
    {
      heading: t('implementation'),
      paragraphs: [],
      tables: [table],
      charts: [
        {
          caption: t('by_pillar'),
          series: [t('activities'), t('completed'), t('late')],
          bars: table.rows.slice(0, -1).map((cells) => ({
            label: String(cells[0]),
            values: [Number(cells[1]), Number(cells[3]), Number(cells[4])],
          })),
        },
      ],
    },
  ]
}

/** How the plan stands by pillar, what is late, and which institutions reported. */
export const monitoringSections = async (making: Making): Promise<readonly DocumentSection[]> => {
  const { t, row, language, tx } = making
  const planId = await planOf(making)
  if (planId === null) return []
  const [items, implementation, reports] = await Promise.all([
    standing(making),
    implementationSections(making),
    tx.sql<{ author: string; kind: string; from: string; status: string; late: boolean }>(
      `select case when $4 = 'sq' then coalesce(u.name_sq, i.name_sq) else coalesce(u.name_en, i.name_en) end as author, r.kind,
         r.period_from as "from", r.status, r.submitted_at is null as late
       from plan_report r join institution i on i.id = r.institution_id left join unit u on u.id = r.unit_id
       where r.plan_id = $1 and r.kind in ('institution_progress', 'agency_half_year') and r.period_from >= $2 and r.period_to <= $3
       order by 5 desc, 1, r.period_from limit 2000`,
      [planId, row.from, row.to, language],
    ),
  ])
  const missing = reports.filter((one) => one.late)
  return [
    ...implementation,
    {
      heading: t('late_items'),
      paragraphs: [],
      tables: [
        {
          caption: t('late_items'),
          columns: [
            { head: t('code'), kind: 'text' },
            { head: t('activity'), kind: 'text' },
            { head: t('lead'), kind: 'text' },
            { head: t('deadline'), kind: 'text' },
          ],
          rows: items
            .filter(isLate)
            .map((item) => [
              item.code ?? item.uid,
              titleOf(item, language),
              item.lead ?? '',
              item.deadlineText ?? '',
            ]),
        },
      ],
      charts: [],
    },
    {
      heading: t('reports_of_institutions'),
      paragraphs: [t('reports_count', { all: reports.length, missing: missing.length })],
      tables: [
        {
          caption: t('reports_missing'),
          columns: [
            { head: t('author'), kind: 'text' },
            { head: t('report'), kind: 'text' },
            { head: t('from'), kind: 'text' },
          ],
          rows: missing.map((one) => [one.author, t(`kind_${one.kind}`), one.from]),
        },
      ],
      charts: [],
    },
  ]
}

/** Planned, promised, paid and missing money by pillar and by activity (whole lek). */
export const costingSections = async (making: Making): Promise<readonly DocumentSection[]> => {
  const { t, language } = making
  const [items, pillars] = await Promise.all([standing(making), pillarsOf(making)])
  if (items.length === 0) return []
  const money = ['planned', 'committed', 'paid', 'gap'] as const
  const columns = money.map((key) => ({ head: t(key), kind: 'lek' as const }))
  const cells = (own: readonly Item[]) => money.map((key) => sum(own, (item) => item[key]))
  const byPillar = [...pillars, null].map((pillar) => ({
    label: pillar === null ? t('total') : titleOf(pillar, language),
    figures: cells(pillar === null ? items : items.filter((item) => item.pillar === pillar.uid)),
  }))
  return [
    {
      heading: t('money'),
      paragraphs: [t('money_note')],
      tables: [
        {
          caption: t('money_by_pillar'),
          columns: [
            { head: t('pillar'), kind: 'text' },
            ...columns,
            { head: t('budget_execution'), kind: 'percent' },
          ],
          rows: byPillar.map(({ label, figures }) => [
            label,
            ...figures,
            share(figures[2] ?? 0, (figures[0] ?? 0) - (figures[3] ?? 0)),
          ]),
          note: t('budget_execution_note'),
        },
        {
          caption: t('money_by_activity'),
          columns: [{ head: t('code'), kind: 'text' }, { head: t('activity'), kind: 'text' }, ...columns],
          rows: items.map((item) => [item.code ?? item.uid, titleOf(item, language), ...cells([item])]),
        },
      ],
      charts: [
        {
          caption: t('money_by_pillar'),
          series: [t('planned'), t('paid'), t('gap')],
          bars: byPillar.slice(0, -1).map(({ label, figures }) => ({
            label,
            values: [figures[0] ?? 0, figures[2] ?? 0, figures[3] ?? 0],
          })),
        },
      ],
    },
  ]
}

/** Planned, promised and paid money by source: state, donors, and what nobody pays yet (domain specification 10, costing). */
export const sourceSections = async (making: Making): Promise<readonly DocumentSection[]> => {
  const { t, tx, row, language } = making
  const planId = await planOf(making)
  if (planId === null) return []
  const rows = await tx.sql<{ source: string; planned: number; committed: number; paid: number }>(
    `with spent as (
       select s.source, coalesce(sum(s.amount) filter (where s.kind = 'commitment'), 0)::bigint as committed,
         coalesce(sum(s.amount) filter (where s.kind = 'payment'), 0)::bigint as paid
       from activity_spending s join activity_execution e on e.id = s.execution_id
       where e.plan_id = $1 and s.reversed_at is null and s.on_day <= $2 group by 1),
     printed as (select coalesce(sum(state), 0)::bigint as state, coalesce(sum(donors), 0)::bigint as donors,
         coalesce(sum(gap), 0)::bigint as gap from current_plan_activity where plan_id = $1)
     select v.source, v.planned, coalesce(s.committed, 0)::bigint as committed, coalesce(s.paid, 0)::bigint as paid
     from printed p cross join lateral (values ('state', p.state), ('donors', p.donors), ('gap', p.gap)) v (source, planned)
       left join spent s on s.source = v.source`,
    [planId, row.to],
  )
  return [
    tabled(
      making,
      t('money_by_source'),
      [text(t('source')), lek(t('planned')), lek(t('committed')), lek(t('paid'))],
      rows.map((one) => [
        say(language, `execution.source_${one.source}`),
        one.planned,
        ...(one.source === 'gap' ? ['–', '–'] : [one.committed, one.paid]),
      ]),
      { paragraphs: [t('money_note')] },
    ),
  ]
}
