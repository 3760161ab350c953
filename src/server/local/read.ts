/** A municipality's plans, money and progress, and what local work adds up to for the plan above. */
import type { Uuid } from '#domain/core.ts'
import { type Line, totalsByYear } from '#domain/local/budget.ts'
import { mayKeepLocal, mayMend, mayReadLocal } from '#domain/local/policy.ts'
import { type LocalLine, LocalPlace, LocalRollup } from '#wire/local.ts'
import { endpoint } from '../endpoint.ts'
import { notFound } from '../problem.ts'

type Row = Omit<LocalLine, 'planned' | 'executed'> & Line
type Plan = LocalPlace['plans'][number]
type Activity = Plan['activities'][number]
type ServeRow = Activity['serves'][number] & { readonly ownPlan: Uuid; readonly ownUid: string }

const text = (lek: number): string => String(lek)

export const readLocal = endpoint({
  method: 'GET',
  url: '/api/local/{municipality}',
  wire: {
    summary: 'Plans, budget, income and progress of a municipality',
    params: LocalPlace.params,
    reply: LocalPlace.reply,
  },
  handle: async (tx, { params }) => {
    const [town] = await tx.sql<{ municipality: string; name: string; county: string }>(
      'select code as municipality, name, county from municipality where code = $1',
      [params.municipality],
    )
    if (town === undefined || !mayReadLocal(tx.actor, town)) throw notFound()
    const [lines, plans, activities, serves] = await Promise.all([
      tx.sql<Row>(
        `select l.id, l.version, l.municipality, l.year, l.side, l.topic, l.source, l.account_group as "accountGroup", l.plan_id as "planId",
           l.activity_uid as "activityUid", a.title_sq as "activityTitleSq", a.title_en as "activityTitleEn", l.planned, l.executed,
           l.note, l.struck, l.updated_on as "updatedOn"
         from local_budget_line l left join current_plan_activity a on a.plan_id = l.plan_id and a.uid = l.activity_uid
         where l.municipality = $1 and not l.struck order by l.year desc, l.side, l.topic, l.source, l.account_group, l.id limit 1000`,
        [town.municipality],
      ),
      tx.sql<Omit<Plan, 'activities'>>(
        `select id, slug, title_sq as "titleSq", title_en as "titleEn", status, period_from as "from", period_to as "to"
         from action_plan where kind = 'municipal' and municipality = $1 order by period_from desc nulls last, slug limit 20`,
        [town.municipality],
      ),
      tx.sql<Omit<Activity, 'planned' | 'executed' | 'serves'> & { planId: Uuid }>(
        `select a.plan_id as "planId", a.uid, a.code, a.title_sq as "titleSq", a.title_en as "titleEn",
           coalesce(e.status, 'NOT_STARTED') as status
         from current_plan_activity a join action_plan p on p.id = a.plan_id
           left join activity_execution e on e.plan_id = a.plan_id and e.activity_uid = a.uid
         where p.kind = 'municipal' and p.municipality = $1 order by a.plan_id, a.ordinal limit 1000`,
        [town.municipality],
      ),
      tx.sql<ServeRow>(
        `select s.id, s.plan_id as "ownPlan", s.activity_uid as "ownUid", s.serves_plan as plan, a.plan_slug as "planSlug", a.uid, a.code,
           a.title_sq as "titleSq", a.title_en as "titleEn"
         from local_serve s join current_plan_activity a on a.plan_id = s.serves_plan and a.uid = s.serves_uid
         where s.municipality = $1 and not s.struck order by a.plan_slug, a.ordinal limit 2000`,
        [town.municipality],
      ),
    ])
    const spent = (planId: Uuid, uid: string, money: (line: Row) => number): string =>
      text(
        lines
          .filter((line) => line.side === 'expense' && line.planId === planId && line.activityUid === uid)
          .reduce((sum, line) => sum + money(line), 0),
      )
    return {
      ...town,
      lines: lines.map(({ struck: _, municipality: __, ...line }) => ({
        ...line,
        planned: text(line.planned),
        executed: line.executed === null ? null : text(line.executed),
      })),
      years: totalsByYear(lines).map(({ year, ...sums }) => ({
        year,
        planned: text(sums.planned),
        executed: text(sums.executed),
        income: text(sums.income),
        received: text(sums.received),
        miningShort: text(sums.miningShort),
      })),
      plans: plans.map((plan) => ({
        ...plan,
        activities: activities
          .filter((activity) => activity.planId === plan.id)
          .map(({ planId, ...activity }) => ({
            ...activity,
            planned: spent(planId, activity.uid, (line) => line.planned),
            executed: spent(planId, activity.uid, (line) => line.executed ?? 0),
            serves: serves
              .filter((one) => one.ownPlan === planId && one.ownUid === activity.uid)
              .map(({ ownPlan: _, ownUid: __, ...one }) => one),
          })),
      })),
      mayKeep: mayKeepLocal(tx.actor, town),
      mayMend: mayMend(tx.actor, town),
    }
  },
})

/** What stands beneath each activity of a plan, in the municipalities that this reader sees. */
export const readRollup = endpoint({
  method: 'GET',
  url: '/api/local/serving/{slug}',
  wire: {
    summary: 'Local activities and money that serve the activities of a plan above, by activity',
    params: LocalRollup.params,
    reply: LocalRollup.reply,
  },
  handle: async (tx, { params }) => {
    const items = await tx.sql<LocalRollup['items'][number]>(
      `select a.uid, a.code, a.title_sq as "titleSq", a.title_en as "titleEn",
         count(distinct s.municipality)::integer as municipalities, count(distinct (s.plan_id, s.activity_uid))::integer as activities,
         (count(distinct (s.plan_id, s.activity_uid)) filter (where e.status = 'COMPLETED'))::integer as completed,
         (count(distinct (s.plan_id, s.activity_uid)) filter (where e.status = 'IN_PROGRESS'))::integer as "inProgress",
         coalesce(sum(l.planned), 0)::text as planned, coalesce(sum(l.executed), 0)::text as executed
       from current_plan_activity a join local_serve s on s.serves_plan = a.plan_id and s.serves_uid = a.uid and not s.struck
         left join activity_execution e on e.plan_id = s.plan_id and e.activity_uid = s.activity_uid
         left join lateral (select sum(b.planned) as planned, sum(b.executed) as executed from local_budget_line b
           where b.plan_id = s.plan_id and b.activity_uid = s.activity_uid and b.side = 'expense' and not b.struck) l on true
       where a.plan_slug = $1 group by a.uid, a.code, a.title_sq, a.title_en, a.ordinal order by a.ordinal limit 500`,
      [params.slug],
    )
    return { items }
  },
})
