/** What reports tell of the work to come and of how a plan was steered: tasks, means, amendments, institutions, aims. */
import { addDays, addMonths } from '#domain/clock/tirana.ts'
import type { Day, Uuid } from '#domain/core.ts'
import { sumsOf } from '#domain/execution/sums.ts'
import type { DocumentSection } from '#domain/reporting/document.ts'
import { planStanding } from '../../execution/read.ts'
import { say } from '../../words.ts'
import { dayIn, lek, type Make, type Making, number, planOf, spanOf, tabled, text } from './making.ts'
import { isOwn, ownCodes, share, statusSaid, titleOf } from './plan.ts'

const aheadOf = ({ row }: Making): { readonly from: Day; readonly to: Day } => {
  if (row.kind === 'work_plan') return { from: row.from, to: row.to }
  const from = addDays(row.to, 1)
  return { from, to: addDays(addMonths(from, row.kind === 'agency_half_year' ? 6 : 12), -1) }
}

const meansOf = async (making: Making, planId: Uuid, uids: readonly string[]): Promise<DocumentSection> => {
  const { t, tx, language } = making
  const rows = await tx.sql<{ source: string; planned: number; paid: number }>(
    `with chosen as (select a.uid, a.state, a.donors, a.gap from current_plan_activity a where a.plan_id = $1 and a.uid = any ($2)),
       spent as (select s.source, sum(s.amount)::bigint as paid from activity_spending s join activity_execution e on e.id = s.execution_id
         where e.plan_id = $1 and e.activity_uid = any ($2) and s.kind = 'payment' and s.reversed_at is null group by 1)
     select v.source, v.planned, coalesce(sp.paid, 0)::bigint as paid from (
       select 'state' as source, coalesce(sum(state), 0)::bigint as planned from chosen
       union all select 'donors', coalesce(sum(donors), 0)::bigint from chosen
       union all select 'gap', coalesce(sum(gap), 0)::bigint from chosen) v left join spent sp on sp.source = v.source`,
    [planId, uids],
  )
  return tabled(
    making,
    t('means'),
    [text(t('source')), lek(t('planned')), lek(t('paid')), lek(t('left'))],
    rows.map((row) => [
      say(language, `execution.source_${row.source}`),
      row.planned,
      row.source === 'gap' ? '–' : row.paid,
      row.source === 'gap' ? row.planned : row.planned - row.paid,
    ]),
    { note: t('means_note') },
  )
}

const measuredBy = async (
  making: Making,
  planId: Uuid,
  uids: readonly string[],
): Promise<DocumentSection> => {
  const { t, tx, language } = making
  const rows = await tx.sql<{ wording: string; unit: string; frequency: string; reporters: string[] }>(
    `select coalesce(case when $3 = 'sq' then i.wording_sq end, i.wording_en) as wording, i.unit, i.frequency, i.reporters
     from indicator i join action_plan p on p.slug = i.plan where p.id = $1 and i.node_uid = any ($2) order by i.ordinal limit 300`,
    [planId, uids, language],
  )
  return tabled(
    making,
    t('measured_by'),
    [text(t('figure')), text(t('author'))],
    rows.map((row) => [row.wording, row.reporters.join(', ')]),
  )
}

/** Activities still to do that the author answers for, with their means, and what they will be measured by (D27, D43, D45). */
export const aheadSections: Make = async (making) => {
  const { t, tx, row, language } = making
  const planId = await planOf(making)
  if (planId === null) return []
  const [standing, codes] = await Promise.all([planStanding(tx, planId, row.to), ownCodes(making)])
  const ahead = aheadOf(making)
  const items = standing.items.filter(
    (item) => isOwn(item, codes) && item.status !== 'COMPLETED' && item.status !== 'CANCELLED',
  )
  const uids = items.map((item) => item.uid)
  const tasks = tabled(
    making,
    t('ahead', { from: dayIn(ahead.from), to: dayIn(ahead.to) }),
    [
      text(t('code')),
      text(t('activity')),
      text(t('status')),
      text(t('deadline')),
      lek(t('planned')),
      lek(t('gap')),
    ],
    items.map((item) => [
      item.code ?? item.uid,
      titleOf(item, language),
      statusSaid(item, language),
      item.deadlineText ?? '',
      item.planned,
      item.gap,
    ]),
    { paragraphs: [t('ahead_note')] },
  )
  if (items.length === 0) return [tasks]
  return [tasks, await meansOf(making, planId, uids), await measuredBy(making, planId, uids)]
}

/** Activities by responsible institution: each counts whole for every institution that it names. */
export const bodiesSections: Make = async (making) => {
  const { t, tx, row, language } = making
  const planId = await planOf(making)
  if (planId === null) return []
  const [{ items }, names] = await Promise.all([
    planStanding(tx, planId, row.to),
    tx.sql<{ code: string; name: string }>(
      `select code, case when $1 = 'sq' then name_sq else name_en end as name from plan_body`,
      [language],
    ),
  ])
  const nameOf = new Map(names.map((one) => [one.code, one.name]))
  const rows = [...new Set(items.flatMap((item) => item.responsible))]
    .map((code) => ({ code, ...sumsOf(items.filter((item) => item.responsible.includes(code))) }))
    .toSorted((a, b) => b.activities - a.activities || a.code.localeCompare(b.code, 'sq'))
  return [
    tabled(
      making,
      t('by_body'),
      [
        text(t('author')),
        number(t('activities')),
        number(t('completed')),
        number(t('late')),
        { head: t('implementation'), kind: 'percent' },
      ],
      rows.map((one) => [
        nameOf.get(one.code) ?? one.code,
        one.activities,
        one.completed,
        one.late,
        share(one.completed, one.activities),
      ]),
      { note: t('by_body_note') },
    ),
  ]
}

/** How the plan was steered: its amendments, and what was suspended, cancelled or taken up again, with reasons (D49). */
export const steeringSections: Make = async (making) => {
  const { t, tx, row, language } = making
  const planId = await planOf(making)
  if (planId === null) return []
  const [versions, steps] = await Promise.all([
    tx.sql<{ version: number; why: string | null; on: string | null }>(
      `select plan_version as version, why, to_char(approved_at at time zone 'Europe/Tirane', 'DD.MM.YYYY') as "on" from action_plan_version
       where plan_id = $1 and status <> 'draft' and plan_version > 1
         and (approved_at at time zone 'Europe/Tirane')::date <= $2 order by 1`,
      [planId, spanOf(making).to],
    ),
    tx.sql<{
      code: string
      titleSq: string | null
      titleEn: string | null
      to: string
      on: Day
      reason: string
    }>(
      `select coalesce(a.code, a.uid) as code, a.title_sq as "titleSq", a.title_en as "titleEn", s.status as to, s.on_day as "on", s.reason
       from activity_status s join activity_execution e on e.id = s.execution_id
         join current_plan_activity a on a.plan_id = e.plan_id and a.uid = e.activity_uid
       where e.plan_id = $1 and s.reason is not null and s.on_day <= $2 order by s.on_day, a.ordinal limit 300`,
      [planId, row.to],
    ),
  ])
  return [
    tabled(
      making,
      t('amendments'),
      [text(t('version')), text(t('on_day')), text(t('reason'))],
      versions.map((one) => [String(one.version), one.on ?? '', one.why ?? '']),
    ),
    tabled(
      making,
      t('steered'),
      [text(t('code')), text(t('activity')), text(t('status')), text(t('on_day')), text(t('reason'))],
      steps.map((one) => [
        one.code,
        titleOf(one, language),
        say(language, `execution.status_${one.to}`),
        dayIn(one.on),
        one.reason,
      ]),
    ),
  ]
}

/** What the plan began from and aimed at, beside the last figure that an institution brought; and its surveys (D50). */
export const aimsSections: Make = async (making) => {
  const { t, tx, language } = making
  const planId = await planOf(making)
  if (planId === null) return []
  const { to } = spanOf(making)
  const [aims, surveys] = await Promise.all([
    tx.sql<{
      subject: string
      kind: 'baseline' | 'target'
      period: string
      value: number
      brought: number | null
    }>(
      `select case when $3 = 'sq' then b.subject_sq else b.subject_en end as subject, b.kind, b.period, b.value::float8 as value,
         (select v.value::float8 from indicator_value v where v.indicator_id = b.indicator_id and v.stands and v.period_to <= $2
          order by v.period_to desc, v.recorded_at desc limit 1) as brought
       from indicator_baseline b left join indicator i on i.id = b.indicator_id
       where b.indicator_id is null or i.plan = (select slug from action_plan where id = $1) order by b.id limit 300`,
      [planId, to, language],
    ),
    tx.sql<{ title: string; wave: number; from: Day; to: Day; sample: number; answered: number }>(
      `select case when $2 = 'sq' then s.title_sq else s.title_en end as title, w.ordinal as wave, w.period_from as "from",
         w.period_to as "to", w.sample, w.answered from survey s join survey_wave w on w.survey_id = s.id
       where w.period_to <= $1 order by s.created_at, s.id, w.ordinal limit 200`,
      [to, language],
    ),
  ])
  return [
    tabled(
      making,
      t('aims'),
      [
        text(t('figure')),
        text(say(language, 'indicatorPage.kind')),
        text(t('when')),
        number(t('printed')),
        number(t('brought')),
      ],
      aims.map((one) => [
        one.subject,
        say(language, `indicatorPage.${one.kind}`),
        one.period,
        one.value,
        one.brought ?? '–',
      ]),
      { note: t('aims_note') },
    ),
    tabled(
      making,
      t('surveys'),
      [text(t('survey')), number(t('wave')), text(t('when')), number(t('sample')), number(t('answered'))],
      surveys.map((one) => [
        one.title,
        one.wave,
        `${dayIn(one.from)} – ${dayIn(one.to)}`,
        one.sample,
        one.answered,
      ]),
    ),
  ]
}
