/** A plan's content as rows of its tables. */
import type { PlanContent } from '#domain/action-plan/content.ts'
import { dueInterval } from '#domain/action-plan/deadline.ts'
import type { Json, Uuid } from '#domain/core.ts'
import { derivedId } from '../ids.ts'

/** Types of columns, as `jsonb_to_recordset` wants them. */
export const contentTables = {
  action_plan_node: {
    key: ['id'],
    columns: {
      id: 'uuid',
      plan_id: 'uuid',
      plan_version: 'integer',
      parent_id: 'uuid',
      kind: 'text',
      ordinal: 'integer',
      code_printed: 'text',
      code: 'text',
      uid: 'text',
      title_sq: 'text',
      title_en: 'text',
      text_sq: 'text',
      sub_items_sq: 'text[]',
      sub_items_en: 'text[]',
      header_missing: 'boolean',
      source_line: 'integer',
      doubt: 'text',
      printed: 'jsonb',
    },
  },
  action_plan_activity: {
    key: ['id'],
    columns: {
      id: 'uuid',
      plan_id: 'uuid',
      plan_version: 'integer',
      deadline_text: 'text',
      deadline_from: 'date',
      deadline_to: 'date',
      ongoing: 'boolean',
      approx: 'boolean',
      recurrence: 'text',
      due_earliest: 'date',
      due_latest: 'date',
      lead: 'text',
      responsible_text: 'text',
      cost: 'bigint',
      state: 'bigint',
      donors: 'bigint',
      gap: 'bigint',
      cost_printed: 'text',
      state_printed: 'text',
      donors_printed: 'text',
      gap_printed: 'text',
      resources_text: 'text',
    },
  },
  action_plan_responsible: {
    key: ['node_id', 'ordinal'],
    columns: {
      node_id: 'uuid',
      plan_id: 'uuid',
      plan_version: 'integer',
      ordinal: 'integer',
      code: 'text',
      as_printed: 'text',
    },
  },
  action_plan_indicator_line: {
    key: ['node_id', 'ordinal'],
    columns: {
      node_id: 'uuid',
      plan_id: 'uuid',
      plan_version: 'integer',
      ordinal: 'integer',
      kind: 'text',
      text_sq: 'text',
      text_en: 'text',
    },
  },
  action_plan_budget_row: {
    key: ['plan_id', 'plan_version', 'ordinal'],
    columns: {
      plan_id: 'uuid',
      plan_version: 'integer',
      ordinal: 'integer',
      kind: 'text',
      node_uid: 'text',
      name: 'text',
      cells: 'jsonb',
      source_line: 'integer',
    },
  },
  action_plan_figure: {
    key: ['plan_id', 'plan_version', 'ordinal'],
    columns: {
      plan_id: 'uuid',
      plan_version: 'integer',
      ordinal: 'integer',
      code: 'text',
      kind: 'text',
      label_sq: 'text',
      label_en: 'text',
      value: 'numeric',
      unit: 'text',
      printed_as: 'text',
      node_uid: 'text',
      source_line: 'integer',
    },
  },
  action_plan_party: {
    key: ['plan_id', 'plan_version', 'ordinal'],
    columns: {
      plan_id: 'uuid',
      plan_version: 'integer',
      ordinal: 'integer',
      role: 'text',
      name: 'text',
      municipality: 'text',
      body_code: 'text',
      source_line: 'integer',
    },
  },
  action_plan_check: {
    key: ['plan_id', 'plan_version', 'ordinal'],
    columns: {
      plan_id: 'uuid',
      plan_version: 'integer',
      ordinal: 'integer',
      kind: 'text',
      node_uid: 'text',
      parts: 'jsonb',
      printed: 'numeric',
      printed_as: 'text',
      note_sq: 'text',
      note_en: 'text',
      source_line: 'integer',
    },
  },
} as const
export type ContentTable = keyof typeof contentTables

/** Rows by table, in an order in which they may be inserted. */
export const contentRows = (
  planId: Uuid,
  planVersion: number,
  content: PlanContent,
  printed: ReadonlyMap<string, Json>,
): Record<ContentTable, object[]> => {
  const idOf = (uid: string): Uuid => derivedId(`${planId}\n${planVersion}\n${uid}`)
  const of = { plan_id: planId, plan_version: planVersion }
  const rows: Record<ContentTable, object[]> = {
    action_plan_node: [],
    action_plan_activity: [],
    action_plan_responsible: [],
    action_plan_indicator_line: [],
    action_plan_budget_row: [],
    action_plan_figure: [],
    action_plan_party: [],
    action_plan_check: [],
  }
  for (const [ordinal, node] of content.nodes.entries()) {
    const id = idOf(node.uid)
    rows.action_plan_node.push({
      id,
      ...of,
      parent_id: node.parent === null ? null : idOf(node.parent),
      kind: node.kind,
      ordinal,
      code_printed: node.codePrinted,
      code: node.code,
      uid: node.uid,
      title_sq: node.titleSq,
      title_en: node.titleEn,
      text_sq: node.textSq,
      sub_items_sq: node.subItemsSq,
      sub_items_en: node.subItemsEn,
      header_missing: node.headerMissing,
      source_line: node.sourceLine,
      doubt: node.doubt,
      printed: printed.get(node.uid) ?? {},
    })
    for (const [at, body] of node.responsible.entries())
      rows.action_plan_responsible.push({
        node_id: id,
        ...of,
        ordinal: at,
        code: body.code,
        as_printed: body.asPrinted,
      })
    for (const [at, line] of node.indicators.entries())
      rows.action_plan_indicator_line.push({
        node_id: id,
        ...of,
        ordinal: at,
        kind: line.kind,
        text_sq: line.sq,
        text_en: line.en,
      })
    if (node.activity === null) continue
    const { deadline, amounts } = node.activity
    const due = dueInterval(deadline)
    rows.action_plan_activity.push({
      id,
      ...of,
      deadline_text: deadline.text,
      deadline_from: deadline.from,
      deadline_to: deadline.to,
      ongoing: deadline.ongoing,
      approx: deadline.approx,
      recurrence: deadline.recurrence,
      due_earliest: due.earliest,
      due_latest: due.latest,
      lead: node.responsible[0]?.code ?? null,
      responsible_text: node.activity.responsibleText,
      cost: amounts.cost.lek,
      state: amounts.state.lek,
      donors: amounts.donors.lek,
      gap: amounts.gap.lek,
      cost_printed: amounts.cost.printed,
      state_printed: amounts.state.printed,
      donors_printed: amounts.donors.printed,
      gap_printed: amounts.gap.printed,
      resources_text: node.activity.resources,
    })
  }
  for (const [ordinal, row] of content.budget.entries())
    rows.action_plan_budget_row.push({
      ...of,
      ordinal,
      kind: row.kind,
      node_uid: row.node,
      name: row.name,
      cells: row.cells,
      source_line: row.sourceLine,
    })
  for (const [ordinal, figure] of content.figures.entries())
    rows.action_plan_figure.push({
      ...of,
      ordinal,
      code: figure.code,
      kind: figure.kind,
      label_sq: figure.labelSq,
      label_en: figure.labelEn,
      value: figure.value,
      unit: figure.unit,
      printed_as: figure.printedAs,
      node_uid: figure.node,
      source_line: figure.sourceLine,
    })
  for (const [ordinal, party] of content.parties.entries())
    rows.action_plan_party.push({
      ...of,
      ordinal,
      role: party.role,
      name: party.name,
      municipality: party.municipality,
      body_code: party.body,
      source_line: party.sourceLine,
    })
  for (const [ordinal, check] of content.checks.entries())
    rows.action_plan_check.push({
      ...of,
      ordinal,
      kind: check.kind,
      node_uid: check.node,
      parts: check.parts,
      printed: check.printed,
      printed_as: check.printedAs,
      note_sq: check.noteSq,
      note_en: check.noteEn,
      source_line: check.sourceLine,
    })
  return rows
}
