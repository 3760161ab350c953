/** Bringing plans in, amending and approving them. */
import { createHash } from 'node:crypto'
import { checkContent } from '#domain/action-plan/check.ts'
import type { PlanContent, PlanKind } from '#domain/action-plan/content.ts'
import { differenceOf } from '#domain/action-plan/difference.ts'
import {
  decideAmend,
  decideApprove,
  decideDiscard,
  decideImport,
  type NewText,
  type PlanState,
} from '#domain/action-plan/plan.ts'
import { ownScope } from '#domain/action-plan/policy.ts'
import type { Json, Uuid } from '#domain/core.ts'
import { AmendPlan, ApprovePlan, DiscardPlan, ImportPlan } from '#wire/action-plan.ts'
import { append } from '../append.ts'
import { command, done, mustBeFresh, mustBeFreshOrNew, refused } from '../command.ts'
import { notFound } from '../problem.ts'
import type { Tx, WriteTx } from '../tx.ts'
import { readContent } from './content.ts'
import { type ContentTable, contentRows, contentTables } from './rows.ts'
import { scopeOf } from './store.ts'
import { readWorld } from './world.ts'

interface Locked extends PlanState {
  readonly id: Uuid
  readonly kind: PlanKind
  readonly version: number
}

/** The plan's row, locked where it is the actor's to change. */
const lockPlan = async (tx: WriteTx, id: Uuid): Promise<Locked | null> => {
  await tx.sql('select id from action_plan where id = $1 for update', [id])
  const [row] = await tx.sql<{
    id: Uuid
    kind: PlanKind
    municipality: string | null
    county: string | null
    institutionId: Uuid | null
    status: PlanState['status']
    currentVersion: number
    version: number
    lastVersion: number
    draft: PlanState['draft']
  }>(
    `select p.id, p.kind, p.municipality, p.county, p.institution_id as "institutionId", p.status,
       p.current_version as "currentVersion", p.version,
       (select coalesce(max(v.plan_version), 0) from action_plan_version v where v.plan_id = p.id)::int as "lastVersion",
       (select jsonb_build_object('version', v.plan_version, 'authorId', v.author_id) from action_plan_version v
         where v.plan_id = p.id and v.status = 'draft') as draft
     from action_plan p where p.id = $1`,
    [id],
  )
  return row === undefined ? null : { ...row, scope: scopeOf(row) }
}

const newText = async (tx: Tx, kind: PlanKind, content: PlanContent, why: string): Promise<NewText> => ({
  activities: content.nodes.filter((node) => node.kind === 'activity').length,
  faults: checkContent(kind, content, await readWorld(tx)).length,
  digest: createHash('sha256')
    .update(JSON.stringify([why, content]))
    .digest('hex'),
})

/** The content of a draft into its tables; what the source printed besides stays with the rows that keep their key. */
const insertContent = async (
  tx: WriteTx,
  planId: Uuid,
  version: number,
  content: PlanContent,
  from: number,
  why: string | null,
): Promise<void> => {
  const kept = await tx.sql<{ uid: string; printed: Json }>(
    'select uid, printed from action_plan_node where plan_id = $1 and plan_version = $2',
    [planId, from],
  )
  await tx.sql(
    `delete from action_plan_version where plan_id = $1 and plan_version = $2 and status = 'draft'`,
    [planId, version],
  )
  await tx.sql(
    `insert into action_plan_version (plan_id, plan_version, status, head, document, why, author_id, created_at)
     values ($1, $2, 'draft', $3, coalesce((select document from action_plan_version where plan_id = $1 and plan_version = $4), '{}'), $5, $6, $7)`,
    [planId, version, JSON.stringify(content.head), from, why, tx.actor.userId, tx.now],
  )
  const rows = contentRows(planId, version, content, new Map(kept.map((row) => [row.uid, row.printed])))
  for (const table of Object.keys(contentTables) as ContentTable[]) {
    if (rows[table].length === 0) continue
    const columns = Object.entries(contentTables[table].columns)
    const names = columns.map(([name]) => name).join(', ')
    await tx.sql(
      `insert into ${table} (${names}) select ${names} from jsonb_to_recordset($1::jsonb) as r (${columns.map(([name, type]) => `${name} ${type}`).join(', ')})`,
      [JSON.stringify(rows[table])],
    )
  }
}

const headValues = ({ head }: PlanContent) => [
  head.titleSq,
  head.titleEn,
  head.periodFrom,
  head.periodTo,
  head.periodSaid,
  head.euroRate,
]

export const importPlan = command('action_plan.import', ImportPlan, async (tx, cmd) => {
  const { body } = cmd
  const known = await lockPlan(tx, cmd.recordId)
  if (known !== null && known.version > 0) await mustBeFreshOrNew(tx, 'action_plan', cmd, ['content'])
  const [parent] =
    body.parent === undefined
      ? []
      : await tx.sql<{ id: Uuid }>('select id from action_plan where slug = $1', [body.parent])
  const scope = known?.scope ?? ownScope(tx.actor, body.kind)
  const decision = decideImport(
    known,
    { slug: body.slug, scope, parentKnown: body.parent === undefined || parent !== undefined },
    await newText(tx, scope.kind, body.content, ''),
    tx.stamp,
  )
  if (!decision.ok) return refused(decision.refusal)
  const { planVersion } = decision.events[0]!.facts
  const version = await append(
    tx,
    { kind: 'action_plan', id: cmd.recordId, version: known?.version ?? 0 },
    decision.events,
  )
  if (known === null) {
    const made = await tx.sql(
      `insert into action_plan (id, slug, kind, title_sq, title_en, period_from, period_to, period_said, euro_rate, municipality, county,
         institution_id, parent_id, source_file, status, version)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'draft', $15) on conflict (slug) do nothing returning id`,
      [
        cmd.recordId,
        body.slug,
        scope.kind,
        ...headValues(body.content),
        scope.municipality,
        scope.county,
        scope.institutionId,
        parent?.id ?? null,
        body.sourceFile ?? null,
        version,
      ],
    )
    if (made.length === 0) return refused({ code: 'action_plan_slug_taken', field: 'slug' })
  } else
    await tx.sql(
      `update action_plan set title_sq = $2, title_en = $3, period_from = $4, period_to = $5, period_said = $6, euro_rate = $7,
         parent_id = $8, version = $9 where id = $1`,
      [cmd.recordId, ...headValues(body.content), parent?.id ?? null, version],
    )
  await insertContent(tx, cmd.recordId, planVersion, body.content, planVersion, null)
  return done({ recordId: cmd.recordId, version, reply: { planVersion } })
})

export const amendPlan = command('action_plan.amend', AmendPlan, async (tx, cmd) => {
  const plan = await lockPlan(tx, cmd.recordId)
  if (plan === null) throw notFound()
  await mustBeFresh(tx, 'action_plan', cmd, ['content'])
  const { content, why } = cmd.body
  const standing = await contentOf(tx, plan.id, plan.currentVersion)
  const difference = standing === null ? null : differenceOf(standing, content)
  const decision = decideAmend(
    plan,
    {
      ...(await newText(tx, plan.kind, content, why)),
      changes: difference === null || difference.nodes.length > 0 || difference.parts.length > 0,
    },
    tx.stamp,
  )
  if (!decision.ok) return refused(decision.refusal)
  const { planVersion } = decision.events[0]!.facts
  const version = await append(
    tx,
    { kind: 'action_plan', id: plan.id, version: plan.version },
    decision.events,
  )
  await insertContent(tx, plan.id, planVersion, content, plan.currentVersion, why)
  await tx.sql('update action_plan set version = $2 where id = $1', [plan.id, version])
  return done({ recordId: plan.id, version, reply: { planVersion } })
})

/** Null for a version that is not there. */
const contentOf = async (tx: Tx, planId: Uuid, planVersion: number): Promise<PlanContent | null> => {
  const [row] = await tx.sql<{ head: PlanContent['head'] }>(
    'select head from action_plan_version where plan_id = $1 and plan_version = $2',
    [planId, planVersion],
  )
  return row === undefined ? null : readContent(tx, planId, planVersion, row.head)
}

export const approvePlan = command('action_plan.approve', ApprovePlan, async (tx, cmd) => {
  const plan = await lockPlan(tx, cmd.recordId)
  if (plan === null) throw notFound()
  await mustBeFresh(tx, 'action_plan', cmd, ['content'])
  const decision = decideApprove(plan, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const { planVersion } = decision.events[0]!.facts
  const version = await append(
    tx,
    { kind: 'action_plan', id: plan.id, version: plan.version },
    decision.events,
  )
  await tx.sql(
    `update action_plan_version set status = 'superseded' where plan_id = $1 and status = 'approved'`,
    [plan.id],
  )
  await tx.sql(
    `update action_plan_version set status = 'approved', approved_by = $3, approved_at = $4 where plan_id = $1 and plan_version = $2`,
    [plan.id, planVersion, tx.actor.userId, tx.now],
  )
  await tx.sql(
    `update action_plan p set status = 'approved', current_version = $2, approved_by = $3, approved_at = $4, version = $5,
       title_sq = h.title_sq, title_en = h.title_en, period_from = h.period_from, period_to = h.period_to,
       period_said = h.period_said, euro_rate = h.euro_rate
     from (select head ->> 'titleSq' as title_sq, head ->> 'titleEn' as title_en, (head ->> 'periodFrom')::date as period_from,
         (head ->> 'periodTo')::date as period_to, head ->> 'periodSaid' as period_said, (head ->> 'euroRate')::numeric as euro_rate
       from action_plan_version where plan_id = $1 and plan_version = $2) h
     where p.id = $1`,
    [plan.id, planVersion, tx.actor.userId, tx.now, version],
  )
  return done({ recordId: plan.id, version, reply: { planVersion } })
})

export const discardPlan = command('action_plan.discard', DiscardPlan, async (tx, cmd) => {
  const plan = await lockPlan(tx, cmd.recordId)
  if (plan === null) throw notFound()
  await mustBeFresh(tx, 'action_plan', cmd, ['content'])
  const decision = decideDiscard(plan, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(
    tx,
    { kind: 'action_plan', id: plan.id, version: plan.version },
    decision.events,
  )
  await tx.sql(`delete from action_plan_version where plan_id = $1 and status = 'draft'`, [plan.id])
  await tx.sql('update action_plan set version = $2 where id = $1', [plan.id, version])
  return done({ recordId: plan.id, version })
})
