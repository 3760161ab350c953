/** Where a plan and one activity of it stand as of a day. Plans hold no child: what one may read of a plan is T1 at most. */
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Day, Uuid } from '#domain/core.ts'
import { moneyTable } from '#domain/execution/money.ts'
import {
  type ActivityStatus,
  latenessOf,
  nextSteps,
  type Standing,
  statusAsOf,
} from '#domain/execution/status.ts'
import { sumsOf } from '#domain/execution/sums.ts'
import { trancheLate } from '#domain/execution/tranche.ts'
import { ActivityExecution, PlanExecution } from '#wire/execution.ts'
import { endpoint } from '../endpoint.ts'
import { notFound } from '../problem.ts'
import type { Tx } from '../tx.ts'
import { linesOf, printedOf, spendingOf } from './store.ts'

interface Step {
  readonly to: ActivityStatus
  readonly on: Day
}
interface HeadRow {
  readonly id: Uuid
  readonly uid: string
  readonly code: string | null
  readonly titleSq: string | null
  readonly titleEn: string | null
  readonly pillar: string
  readonly lead: string | null
  readonly deadlineText: string | null
  readonly dueEarliest: Day | null
  readonly dueLatest: Day | null
  readonly steps: readonly Step[]
}

/** What the current version prints of its activities, each with its execution row and its steps; the pillar is the root above. */
const heads = `with recursive up as (
    select n.id, n.uid as pillar from current_plan_node n where n.plan_id = $1 and n.parent_id is null
    union all
    select n.id, up.pillar from action_plan_node n join up on n.parent_id = up.id)
  select e.id, a.uid, a.code, a.title_sq as "titleSq", a.title_en as "titleEn", up.pillar, a.lead, a.deadline_text as "deadlineText",
    a.due_earliest as "dueEarliest", a.due_latest as "dueLatest",
    coalesce((select jsonb_agg(jsonb_build_object('to', s.status, 'on', s.on_day) order by s.seq)
      from activity_status s where s.execution_id = e.id), '[]') as steps
  from current_plan_activity a join up on up.id = a.id
    join activity_execution e on e.plan_id = a.plan_id and e.activity_uid = a.uid
  where a.plan_id = $1`

const headOf = ({ steps, ...row }: HeadRow, asOf: Day) => {
  const stands = statusAsOf(steps, asOf)
  return {
    ...row,
    ...stands,
    lateness: latenessOf(stands, { earliest: row.dueEarliest, latest: row.dueLatest }, asOf),
  }
}

/** The activities of the current version with their deadlines and all their steps: enough to say how any past day stood. */
export const planHistory = (
  tx: Tx,
  planId: Uuid,
): Promise<Pick<HeadRow, 'dueEarliest' | 'dueLatest' | 'steps'>[]> =>
  tx.sql<HeadRow>(`${heads} order by a.ordinal`, [planId])

export interface PlanStanding {
  readonly items: readonly (ReturnType<typeof headOf> & {
    readonly responsible: string[]
    readonly planned: number
    readonly committed: number
    readonly paid: number
    readonly gap: number
  })[]
}

/** Every activity of the plan's current version as of a day: status, lateness, money. Three queries, whatever the plan's size. */
export const planStanding = async (tx: Tx, planId: Uuid, asOf: Day): Promise<PlanStanding> => {
  const [rows, money, responsible] = await Promise.all([
    tx.sql<HeadRow>(`${heads} order by a.ordinal`, [planId]),
    tx.sql<{ id: Uuid; planned: number; gap: number; committed: number; paid: number }>(
      `select e.id, coalesce(a.cost, 0)::bigint as planned, coalesce(a.gap, 0)::bigint as gap,
         coalesce(sum(s.amount) filter (where s.kind = 'commitment'), 0)::bigint as committed,
         coalesce(sum(s.amount) filter (where s.kind = 'payment'), 0)::bigint as paid
       from current_plan_activity a join activity_execution e on e.plan_id = a.plan_id and e.activity_uid = a.uid
         left join activity_spending s on s.execution_id = e.id and s.reversed_at is null and s.on_day <= $2
       where a.plan_id = $1 group by e.id, a.cost, a.gap`,
      [planId, asOf],
    ),
    tx.sql<{ uid: string; codes: string[] }>(
      `select a.uid, array_agg(r.code order by r.ordinal) as codes from current_plan_activity a
         join action_plan_responsible r on r.node_id = a.id where a.plan_id = $1 group by a.uid`,
      [planId],
    ),
  ])
  const sums = new Map(money.map((row) => [row.id, row]))
  const codes = new Map(responsible.map((row) => [row.uid, row.codes]))
  return {
    items: rows.map((row) => {
      const { planned = 0, gap = 0, committed = 0, paid = 0 } = sums.get(row.id) ?? {}
      return { ...headOf(row, asOf), responsible: codes.get(row.uid) ?? [], planned, gap, committed, paid }
    }),
  }
}

const planOf = async (tx: Tx, slug: string): Promise<Uuid> => {
  const [plan] = await tx.sql<{ id: Uuid }>(
    'select id from action_plan where slug = $1 and current_version > 0',
    [slug],
  )
  if (plan === undefined) throw notFound()
  return plan.id
}

export const planExecution = endpoint({
  method: 'GET',
  url: '/api/plans/{slug}/execution',
  wire: PlanExecution,
  handle: async (tx, { params, query }) => {
    const planId = await planOf(tx, params.slug)
    const asOf = query.asOf ?? tiranaDay(tx.now)
    const [{ items }, pillars] = await Promise.all([
      planStanding(tx, planId, asOf),
      tx.sql<{ uid: string; titleSq: string | null; titleEn: string | null }>(
        `select uid, title_sq as "titleSq", title_en as "titleEn" from current_plan_node
         where plan_id = $1 and parent_id is null order by ordinal`,
        [planId],
      ),
    ])
    return {
      asOf,
      items: [...items],
      pillars: pillars.map((pillar) => ({
        ...pillar,
        ...sumsOf(items.filter((item) => item.pillar === pillar.uid)),
      })),
    }
  },
})

export const activityExecution = endpoint({
  method: 'GET',
  url: '/api/plan-activities/{id}',
  wire: ActivityExecution,
  handle: async (tx, { params, query }) => {
    const [found] = await tx.sql<{
      planId: Uuid
      uid: string
      version: number
      standing: Standing | null
      planSlug: string
      planTitleSq: string | null
      planTitleEn: string | null
    }>(
      `select e.plan_id as "planId", e.activity_uid as uid, e.version, activity_standing(e.plan_id, e.activity_uid) as standing,
         p.slug as "planSlug", p.title_sq as "planTitleSq", p.title_en as "planTitleEn"
       from activity_execution e join action_plan p on p.id = e.plan_id where e.id = $1`,
      [params.id],
    )
    if (found === undefined) throw notFound()
    const asOf = query.asOf ?? tiranaDay(tx.now)
    const { planId, uid, ...of } = found
    const [[head], printed, lines, spending, history, deliverables, tranches, responsible] =
      await Promise.all([
        tx.sql<HeadRow>(`${heads} and a.uid = $2`, [planId, uid]),
        printedOf(tx, { plan_id: planId, activity_uid: uid }),
        linesOf(tx, params.id),
        spendingOf(tx, params.id),
        tx.sql<Step & { seq: number; reason: string | null; by: string }>(
          `select s.seq, s.status as to, s.on_day as "on", s.reason, u.name_sq as by from activity_status s join unit u on u.id = s.by_unit
         where s.execution_id = $1 order by s.seq desc limit 200`,
          [params.id],
        ),
        tx.sql<ActivityExecution['deliverables'][number]>(
          `select d.id, d.kind, d.title, d.number, d.approved_on as "approvedOn", d.in_force_on as "inForceOn",
           coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'media', f.media, 'size', f.size) order by f.added_at)
             from activity_deliverable_file f where f.deliverable_id = d.id), '[]') as files
         from activity_deliverable d where d.execution_id = $1 order by d.added_at desc limit 200`,
          [params.id],
        ),
        tx.sql<Omit<ActivityExecution['tranches'][number], 'late'>>(
          `select id, source, payer, due_on as "dueOn", amount, received_on as "receivedOn", received from activity_tranche
         where execution_id = $1 order by due_on, id limit 200`,
          [params.id],
        ),
        tx.sql<{ code: string; nameSq: string; nameEn: string }>(
          `select b.code, b.name_sq as "nameSq", b.name_en as "nameEn" from current_plan_activity a
           join action_plan_responsible r on r.node_id = a.id join plan_body b on b.code = r.code
         where a.plan_id = $1 and a.uid = $2 order by r.ordinal`,
          [planId, uid],
        ),
      ])
    if (head === undefined) throw notFound()
    const shown = headOf(head, asOf)
    return {
      ...of,
      ...shown,
      asOf,
      next: of.standing === null ? [] : [...nextSteps(shown.status, of.standing)],
      responsible,
      money: [...moneyTable(printed, lines, spending, asOf)],
      history,
      deliverables,
      budget: lines,
      spending,
      tranches: tranches.map((tranche) => ({ ...tranche, late: trancheLate(tranche, asOf) })),
    }
  },
})
