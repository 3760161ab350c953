/** A plan at a glance. Its parts are the lists that each tile opens, counted as of the same day. */
import { periodsOf } from '#domain/body/duty.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Day, Uuid } from '#domain/core.ts'
import { latenessOf, statusAsOf } from '#domain/execution/status.ts'
import { PlanDashboard } from '#wire/dashboard.ts'
import { unmetAsOf } from '../body/duties.ts'
import { endpoint } from '../endpoint.ts'
import { notFound } from '../problem.ts'
import { planHistory, planStanding } from './read.ts'

export const planDashboard = endpoint({
  method: 'GET',
  url: '/api/plans/{slug}/dashboard',
  wire: PlanDashboard,
  handle: async (tx, { params, query }) => {
    const [plan] = await tx.sql<{
      id: Uuid
      titleSq: string | null
      titleEn: string | null
      from: Day | null
      to: Day | null
    }>(
      `select id, title_sq as "titleSq", title_en as "titleEn", period_from as "from", period_to as "to"
       from action_plan where slug = $1 and current_version > 0`,
      [params.slug],
    )
    if (plan === undefined) throw notFound()
    const asOf = query.asOf ?? tiranaDay(tx.now)
    const [{ items }, history, bodies, printed, spent, [missing], missed] = await Promise.all([
      planStanding(tx, plan.id, asOf),
      planHistory(tx, plan.id),
      tx.sql<{ code: string; nameSq: string; nameEn: string }>(
        `select distinct b.code, b.name_sq as "nameSq", b.name_en as "nameEn" from current_plan_activity a
           join action_plan_responsible r on r.node_id = a.id join plan_body b on b.code = r.code where a.plan_id = $1`,
        [plan.id],
      ),
      tx.sql<{ state: number; donors: number; gap: number }>(
        `select coalesce(sum(state), 0)::bigint as state, coalesce(sum(donors), 0)::bigint as donors,
           coalesce(sum(gap), 0)::bigint as gap from current_plan_activity where plan_id = $1`,
        [plan.id],
      ),
      tx.sql<{ source: 'state' | 'donors'; kind: 'commitment' | 'payment'; on: Day; amount: number }>(
        `select s.source, s.kind, s.on_day as "on", sum(s.amount)::bigint as amount from activity_spending s
           join activity_execution e on e.id = s.execution_id
         where e.plan_id = $1 and s.reversed_at is null and s.on_day <= $2 group by 1, 2, 3 order by 3`,
        [plan.id, asOf],
      ),
      tx.sql<{ n: number }>(
        `select count(*)::int as n from plan_report r where plan_id = $1 and due_on < $2
           and report_status_on(r.id, $2) in ('DUE', 'DRAFT', 'RETURNED')`,
        [plan.id, asOf],
      ),
      unmetAsOf(tx, asOf),
    ])
    const isLate = (item: (typeof items)[number]) => item.lateness === 'late' && item.status !== 'COMPLETED'
    const sums = printed[0]
    const spentOn = (source: string, kind: string): number =>
      spent.reduce((n, row) => (row.source === source && row.kind === kind ? n + row.amount : n), 0)
    const quarters =
      plan.from === null
        ? []
        : periodsOf('quarter', plan.from, asOf)
            .filter(({ to }) => to <= asOf && (plan.to === null || to <= plan.to))
            .slice(-40)
    return {
      asOf,
      titleSq: plan.titleSq,
      titleEn: plan.titleEn,
      activities: items.length,
      completed: items.filter((item) => item.status === 'COMPLETED').length,
      started: items.filter((item) => item.status !== 'NOT_STARTED').length,
      late: items.filter(isLate).length,
      perhapsLate: items.filter((item) => item.lateness === 'perhaps' && item.status !== 'COMPLETED').length,
      unfunded: items.filter((item) => item.gap > 0).length,
      reportsMissing: missing?.n ?? 0,
      meetingsMissed: missed,
      bodies: bodies
        .map((body) => {
          const own = items.filter((item) => item.responsible.includes(body.code))
          return {
            ...body,
            activities: own.length,
            completed: own.filter((item) => item.status === 'COMPLETED').length,
            late: own.filter(isLate).length,
          }
        })
        .sort((a, b) => b.activities - a.activities || a.code.localeCompare(b.code, 'sq')),
      money: (['state', 'donors', 'gap'] as const).map((source) => ({
        source,
        planned: sums?.[source] ?? 0,
        committed: spentOn(source, 'commitment'),
        paid: spentOn(source, 'payment'),
      })),
      trend: quarters.map(({ from, to }) => {
        const then = history.map((one) => {
          const stands = statusAsOf(one.steps, to)
          return {
            stands,
            lateness: latenessOf(stands, { earliest: one.dueEarliest, latest: one.dueLatest }, to),
          }
        })
        return {
          quarter: `${from.slice(0, 4)}/${Math.floor(Number(from.slice(5, 7)) / 3) + 1}`,
          to,
          completed: then.filter(({ stands }) => stands.status === 'COMPLETED').length,
          late: then.filter(({ stands, lateness }) => lateness === 'late' && stands.status !== 'COMPLETED')
            .length,
          paid: spent.reduce((n, row) => (row.kind === 'payment' && row.on <= to ? n + row.amount : n), 0),
        }
      }),
    }
  },
})
