/** Plans for whoever is signed in: approved ones for all, drafts for those whose plan it is. */
import { thousandsOfLek } from '#domain/action-plan/money.ts'
import { importableKinds, mayApprovePlan, mayWritePlan } from '#domain/action-plan/policy.ts'
import { reconcile } from '#domain/action-plan/reconciliation.ts'
import {
  ListPlans,
  ListPlansQuery,
  Plan,
  PlanParams,
  PlanQuery,
  PlanReconciliation,
  PlanTree,
} from '#wire/action-plan.ts'
import { endpoint } from '../endpoint.ts'
import { invalid } from '../problem.ts'
import type { Tx } from '../tx.ts'
import { readContent } from './content.ts'
import { findPlan, findVersions, type PlanRow, planColumns, scopeOf, versionOf } from './store.ts'
import { bodyNames, countsOf, totalsOf, treeOf } from './tree.ts'

/** A plan with the content of one of its versions. */
export const planWithContent = async (tx: Tx, slug: string, asked: number | undefined) => {
  const plan = await findPlan(tx, slug)
  const version = await versionOf(tx, plan, asked)
  return { plan, version, content: await readContent(tx, plan.id, version.version, version.head) }
}

interface Sums {
  readonly pillars: number
  readonly goals: number
  readonly objectives: number
  readonly subObjectives: number
  readonly activities: number
  readonly cost: string | null
  readonly state: string | null
  readonly donors: string | null
  readonly gap: string | null
}

const sumsSql = `select count(*) filter (where n.kind = 'pillar')::int as pillars, count(*) filter (where n.kind = 'goal')::int as goals,
    count(*) filter (where n.kind = 'objective')::int as objectives, count(*) filter (where n.kind = 'sub_objective')::int as "subObjectives",
    count(a.id)::int as activities, case when count(a.cost) > 0 then sum(a.cost)::text end as cost,
    case when count(a.cost) > 0 then coalesce(sum(a.state), 0)::text end as state,
    case when count(a.cost) > 0 then coalesce(sum(a.donors), 0)::text end as donors,
    case when count(a.cost) > 0 then coalesce(sum(a.gap), 0)::text end as gap
  from action_plan_node n left join action_plan_activity a on a.id = n.id
  where n.plan_id = p.id and n.plan_version = coalesce(nullif(p.current_version, 0),
    (select d.plan_version from action_plan_version d where d.plan_id = p.id and d.status = 'draft'))`

const thousands = (lek: string | null): string | null => (lek === null ? null : thousandsOfLek(lek))

export const listPlans = endpoint({
  method: 'GET',
  url: '/api/plans',
  wire: { summary: 'Action plans, programmes and work plans', query: ListPlansQuery, reply: ListPlans },
  handle: async (tx, { query }) => {
    const after = query.cursor === undefined ? null : Buffer.from(query.cursor, 'base64url').toString('utf8')
    if (after !== null && !/^[a-z0-9-]{2,80}$/.test(after))
      throw invalid({ field: 'query.cursor', code: 'bad_format' })
    const rows = await tx.sql<PlanRow & { sums: Sums }>(
      `select ${planColumns}, (select to_jsonb(s) from (${sumsSql}) s) as sums from action_plan p
       where ($1::text is null or p.kind = $1) and ($2::text is null or p.slug > $2) order by p.slug limit $3`,
      [query.kind ?? null, after, query.limit + 1],
    )
    const page = rows.slice(0, query.limit)
    return {
      items: page.map(({ sums, ...plan }) => ({
        ...plan,
        ...sums,
        cost: thousands(sums.cost),
        state: thousands(sums.state),
        donors: thousands(sums.donors),
        gap: thousands(sums.gap),
      })),
      next: rows.length > query.limit ? Buffer.from(page.at(-1)?.slug ?? '').toString('base64url') : null,
      mayImport: [...importableKinds(tx.actor)],
    }
  },
})

export const getPlan = endpoint({
  method: 'GET',
  url: '/api/plans/{slug}',
  wire: {
    summary: 'One plan: what it counts and costs, its versions',
    params: PlanParams,
    query: PlanQuery,
    reply: Plan,
  },
  handle: async (tx, { params, query }) => {
    const { plan, version, content } = await planWithContent(tx, params.slug, query.version)
    const versions = await findVersions(tx, plan.id)
    const draft = versions.find((one) => one.status === 'draft')
    const mine = mayWritePlan(tx.actor, scopeOf(plan))
    return {
      ...plan,
      ...version.head,
      planVersion: version.version,
      version: plan.version,
      ...countsOf(content),
      ...totalsOf(content),
      versions,
      figures: [...content.figures],
      parties: [...content.parties],
      actions: [
        ...(mine ? (['amend'] as const) : []),
        ...(draft !== undefined && mayApprovePlan(tx.actor, scopeOf(plan), draft.authorId)
          ? (['approve'] as const)
          : []),
        ...(draft !== undefined && mine ? (['discard'] as const) : []),
      ],
    }
  },
})

export const getPlanTree = endpoint({
  method: 'GET',
  url: '/api/plans/{slug}/tree',
  wire: {
    summary: 'The plan as printed, with sums on the way up',
    params: PlanParams,
    query: PlanQuery,
    reply: PlanTree,
  },
  handle: async (tx, { params, query }) => {
    const { plan, version, content } = await planWithContent(tx, params.slug, query.version)
    return {
      id: plan.id,
      slug: plan.slug,
      planVersion: version.version,
      nodes: treeOf(content, await bodyNames(tx)),
    }
  },
})

export const getReconciliation = endpoint({
  method: 'GET',
  url: '/api/plans/{slug}/reconciliation',
  wire: {
    summary:
      'The activities held against the printed table of costs, to the lek; suspicions, never corrections',
    params: PlanParams,
    query: PlanQuery,
    reply: PlanReconciliation,
  },
  handle: async (tx, { params, query }) => {
    const { plan, version, content } = await planWithContent(tx, params.slug, query.version)
    return { slug: plan.slug, planVersion: version.version, ...mutable(reconcile(content)) }
  },
})

/** Readonly arrays of the domain as the wire's types want them. */
const mutable = (found: ReturnType<typeof reconcile>) => ({
  rows: [...found.rows],
  totals: [...found.totals],
  suspicions: found.suspicions.map((one) => ({ ...one, together: [...one.together] })),
  tableSums: found.tableSums.map((sum) => ({ ...sum, parts: [...sum.parts] })),
  shares: [...found.shares],
  unbalanced: [...found.unbalanced],
  numbers: found.numbers.map((one) => ({ ...one, parts: [...one.parts] })),
  euro: found.euro,
})
