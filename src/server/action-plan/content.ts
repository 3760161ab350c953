/** A version's content out of its tables, as one value. */
import type { PlanContent, PlanHead, PlanNode } from '#domain/action-plan/content.ts'
import type { Uuid } from '#domain/core.ts'
import type { Tx } from '../tx.ts'

/** One plain query a table, joined here: the planner, without statistics of a fresh database, joined them 200 by 200. */
const nodesSql = `select id, parent_id as "parentId", uid, kind, code_printed as "codePrinted", code, title_sq as "titleSq",
    title_en as "titleEn", text_sq as "textSq", sub_items_sq as "subItemsSq", sub_items_en as "subItemsEn",
    header_missing as "headerMissing", source_line as "sourceLine", doubt
  from action_plan_node where plan_id = $1 and plan_version = $2 order by ordinal`
const activitiesSql = `select id, jsonb_build_object(
    'deadline', jsonb_build_object('text', deadline_text, 'from', deadline_from, 'to', deadline_to, 'ongoing', ongoing,
      'approx', approx, 'recurrence', recurrence),
    'responsibleText', responsible_text,
    'amounts', jsonb_build_object(
      'cost', jsonb_build_object('lek', cost::text, 'printed', cost_printed),
      'state', jsonb_build_object('lek', state::text, 'printed', state_printed),
      'donors', jsonb_build_object('lek', donors::text, 'printed', donors_printed),
      'gap', jsonb_build_object('lek', gap::text, 'printed', gap_printed)),
    'resources', resources_text) as activity
  from action_plan_activity where plan_id = $1 and plan_version = $2`
const bodiesSql = `select node_id as "nodeId", code, as_printed as "asPrinted" from action_plan_responsible
  where plan_id = $1 and plan_version = $2 order by ordinal`
const linesSql = `select node_id as "nodeId", kind, text_sq as sq, text_en as en from action_plan_indicator_line
  where plan_id = $1 and plan_version = $2 order by ordinal`

type NodeRow = Omit<PlanNode, 'parent' | 'indicators' | 'responsible' | 'activity'> & {
  readonly id: Uuid
  readonly parentId: Uuid | null
}
type Of<T> = T & { readonly nodeId: Uuid }

const readNodes = async (tx: Tx, of: readonly [Uuid, number]): Promise<PlanNode[]> => {
  const [rows, activities, bodies, lines] = await Promise.all([
    tx.sql<NodeRow>(nodesSql, of),
    tx.sql<{ id: Uuid; activity: PlanNode['activity'] }>(activitiesSql, of),
    tx.sql<Of<PlanNode['responsible'][number]>>(bodiesSql, of),
    tx.sql<Of<PlanNode['indicators'][number]>>(linesSql, of),
  ])
  const uids = new Map(rows.map((row) => [row.id, row.uid]))
  const activityOf = new Map(activities.map((row) => [row.id, row.activity]))
  const bodiesOf = Map.groupBy(bodies, (row) => row.nodeId)
  const linesOf = Map.groupBy(lines, (row) => row.nodeId)
  return rows.map(({ id, parentId, ...row }) => ({
    ...row,
    parent: parentId === null ? null : (uids.get(parentId) ?? null),
    indicators: (linesOf.get(id) ?? []).map(({ kind, sq, en }) => ({ kind, sq, en })),
    responsible: (bodiesOf.get(id) ?? []).map(({ code, asPrinted }) => ({ code, asPrinted })),
    activity: activityOf.get(id) ?? null,
  }))
}

/** `head` is the version's own; the caller has read it with the version. */
export const readContent = async (
  tx: Tx,
  planId: Uuid,
  planVersion: number,
  head: PlanHead,
): Promise<PlanContent> => {
  const of: readonly [Uuid, number] = [planId, planVersion]
  const [nodes, budget, figures, parties, checks] = await Promise.all([
    readNodes(tx, of),
    tx.sql<PlanContent['budget'][number]>(
      `select kind, node_uid as node, name, cells, source_line as "sourceLine" from action_plan_budget_row
       where plan_id = $1 and plan_version = $2 order by ordinal`,
      of,
    ),
    tx.sql<PlanContent['figures'][number]>(
      `select code, kind, label_sq as "labelSq", label_en as "labelEn", value::text as value, unit, printed_as as "printedAs",
         node_uid as node, source_line as "sourceLine" from action_plan_figure where plan_id = $1 and plan_version = $2 order by ordinal`,
      of,
    ),
    tx.sql<PlanContent['parties'][number]>(
      `select role, name, municipality, body_code as body, source_line as "sourceLine" from action_plan_party
       where plan_id = $1 and plan_version = $2 order by ordinal`,
      of,
    ),
    tx.sql<PlanContent['checks'][number]>(
      `select kind, node_uid as node, parts, printed::text as printed, printed_as as "printedAs", note_sq as "noteSq",
         note_en as "noteEn", source_line as "sourceLine" from action_plan_check where plan_id = $1 and plan_version = $2 order by ordinal`,
      of,
    ),
  ])
  return { head, nodes, budget, figures, parties, checks }
}
