/** Brings the shipped plans and the bodies they name into the database; a plan amended since keeps its amendment. */

import { derivedId } from '../ids.ts'
import { type Table, upsert } from '../reference/upsert.ts'
import type { Tx } from '../tx.ts'
import { readBodies } from './bodies.ts'
import { type ContentTable, contentRows, contentTables } from './rows.ts'
import { readShippedPlans, type ShippedPlan } from './shipped.ts'

/** Approval as the documents print it; where none is printed, nothing is invented. */
const approvals: Readonly<Record<string, string>> = {
  'nap-2018-2020': '2018-12-26T00:00:00Z',
  'nap-children-2008-2010': '2008-05-30T00:00:00Z',
}
/** When the shipped files came into the register: the day of the first release that had them. */
const shippedOn = '2026-11-21T00:00:00Z'

const planId = (plan: ShippedPlan): string => derivedId(`action_plan\n${plan.slug}`)

const headTables = (plans: readonly ShippedPlan[]): Table[] => [
  {
    table: 'action_plan',
    key: ['id'],
    columns: {
      id: 'uuid',
      slug: 'text',
      kind: 'text',
      title_sq: 'text',
      title_en: 'text',
      period_from: 'date',
      period_to: 'date',
      period_said: 'text',
      euro_rate: 'numeric',
      source_file: 'text',
      status: 'text',
      current_version: 'integer',
      approved_at: 'timestamptz',
    },
    when: { until: 'action_plan.current_version = 1' },
    rows: plans.map((plan) => ({
      id: planId(plan),
      slug: plan.slug,
      kind: plan.kind,
      title_sq: plan.content.head.titleSq,
      title_en: plan.content.head.titleEn,
      period_from: plan.content.head.periodFrom,
      period_to: plan.content.head.periodTo,
      period_said: plan.content.head.periodSaid,
      euro_rate: plan.content.head.euroRate,
      source_file: plan.sourceFile,
      status: 'approved',
      current_version: 1,
      approved_at: approvals[plan.slug] ?? null,
    })),
  },
  {
    table: 'action_plan_version',
    key: ['plan_id', 'plan_version'],
    columns: {
      plan_id: 'uuid',
      plan_version: 'integer',
      status: 'text',
      head: 'jsonb',
      document: 'jsonb',
      created_at: 'timestamptz',
      approved_at: 'timestamptz',
    },
    when: { until: `action_plan_version.status = 'approved'` },
    rows: plans.map((plan) => ({
      plan_id: planId(plan),
      plan_version: 1,
      status: 'approved',
      head: plan.content.head,
      document: plan.document,
      created_at: shippedOn,
      approved_at: approvals[plan.slug] ?? null,
    })),
  },
]

const contentOf = (plans: readonly ShippedPlan[]): Table[] => {
  const all = plans.map((plan) => contentRows(planId(plan), 1, plan.content, plan.printed))
  return (Object.keys(contentTables) as ContentTable[]).map((table) => ({
    table,
    key: contentTables[table].key,
    columns: contentTables[table].columns,
    when: 'follow',
    rows: all.flatMap((rows) => rows[table]),
  }))
}

let shipped: { readonly bodies: Table; readonly plans: readonly Table[] } | undefined
const read = () => {
  const bodies = readBodies()
  const plans = readShippedPlans(bodies)
  return {
    bodies: {
      table: 'plan_body',
      key: ['code'],
      columns: {
        code: 'text',
        name_sq: 'text',
        name_en: 'text',
        kind: 'text',
        aliases: 'text[]',
        institution_kinds: 'text[]',
      },
      when: 'follow',
      rows: bodies.map((body) => ({
        ...body,
        name_sq: body.nameSq,
        name_en: body.nameEn,
        institution_kinds: body.institutionKinds,
      })),
    } satisfies Table,
    plans: [...headTables(plans), ...contentOf(plans)],
  }
}

/** Rows inserted or changed, by table. */
export const loadPlans = async (tx: Tx): Promise<Record<string, number>> => {
  shipped ??= read()
  const counts: Record<string, number> = { plan_body: await upsert(tx, shipped.bodies) }
  // A body that is one institution of the register is tied to it; where several are the body, their kind says so.
  await tx.sql(`update plan_body b set institution_id = i.id from
    (select kind, min(id::text)::uuid as id from institution where active group by kind having count(*) = 1) i
    where i.kind = any (b.institution_kinds) and b.institution_id is null`)
  for (const table of shipped.plans) counts[table.table] = await upsert(tx, table)
  return counts
}
