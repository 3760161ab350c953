/** A version's content out of its tables, as one value. */
import type { PlanContent, PlanHead, PlanNode } from '#domain/action-plan/content.ts'
import type { Uuid } from '#domain/core.ts'
import type { Tx } from '../tx.ts'

const activityOf = `case when a.id is null then null else jsonb_build_object(
    'deadline', jsonb_build_object('text', a.deadline_text, 'from', a.deadline_from, 'to', a.deadline_to, 'ongoing', a.ongoing,
      'approx', a.approx, 'recurrence', a.recurrence),
    'responsibleText', a.responsible_text,
    'amounts', jsonb_build_object(
      'cost', jsonb_build_object('lek', a.cost::text, 'printed', a.cost_printed),
      'state', jsonb_build_object('lek', a.state::text, 'printed', a.state_printed),
      'donors', jsonb_build_object('lek', a.donors::text, 'printed', a.donors_printed),
      'gap', jsonb_build_object('lek', a.gap::text, 'printed', a.gap_printed)),
    'resources', a.resources_text) end`

const nodesSql = `
  with of_bodies as (
    select node_id, jsonb_agg(jsonb_build_object('code', code, 'asPrinted', as_printed) order by ordinal) as list
    from action_plan_responsible where plan_id = $1 and plan_version = $2 group by 1
  ), of_lines as (
    select node_id, jsonb_agg(jsonb_build_object('kind', kind, 'sq', text_sq, 'en', text_en) order by ordinal) as list
    from action_plan_indicator_line where plan_id = $1 and plan_version = $2 group by 1
  )
  select n.uid, p.uid as parent, n.kind, n.code_printed as "codePrinted", n.code, n.title_sq as "titleSq", n.title_en as "titleEn",
    n.text_sq as "textSq", n.sub_items_sq as "subItemsSq", n.sub_items_en as "subItemsEn", n.header_missing as "headerMissing",
    n.source_line as "sourceLine", n.doubt, coalesce(l.list, '[]') as indicators, coalesce(b.list, '[]') as responsible,
    ${activityOf} as activity
  from action_plan_node n left join action_plan_node p on p.id = n.parent_id left join action_plan_activity a on a.id = n.id
    left join of_bodies b on b.node_id = n.id left join of_lines l on l.node_id = n.id
  where n.plan_id = $1 and n.plan_version = $2 order by n.ordinal`

/** `head` is the version's own; the caller has read it with the version. */
export const readContent = async (
  tx: Tx,
  planId: Uuid,
  planVersion: number,
  head: PlanHead,
): Promise<PlanContent> => {
  const of = [planId, planVersion]
  const [nodes, budget, figures, parties, checks] = await Promise.all([
    tx.sql<PlanNode>(nodesSql, of),
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
