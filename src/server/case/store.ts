/** The row of a case and its folded state: columns for what rules visibility and lists, `detail` for the nested rest. */
import { apply } from '#domain/case/apply.ts'
import type { CourtCase } from '#domain/case/court-events.ts'
import type { CaseEvent } from '#domain/case/events.ts'
import { type GtnState, noGtn } from '#domain/case/gtn-events.ts'
import {
  type Alerts,
  type Assessment,
  type CaseState,
  type CaseStatus,
  type Closure,
  type ClosureReason,
  type Conference,
  type FollowUp,
  hasOpenMeasure,
  type Measure,
  type Plan,
  type RiskLevel,
  type Transfer,
  type VmtStatus,
} from '#domain/case/state.ts'
import type { Instant, Uuid } from '#domain/core.ts'
import { type CareState, noCare } from '#domain/placement/state.ts'
import { append } from '../append.ts'
import { notFound } from '../problem.ts'
import type { Tx, WriteTx } from '../tx.ts'
import { keepClocks } from './clocks.ts'
import { giveNotice } from './notices.ts'
import { writeRows } from './rows.ts'

interface Detail {
  readonly assessments: readonly Assessment[]
  readonly plan: Plan | null
  readonly conferences: readonly Conference[]
  readonly gtn: GtnState
  readonly measures: readonly Measure[]
  readonly courts: readonly CourtCase[]
  readonly care: CareState
  readonly closure: Closure | null
  readonly followUps: readonly FollowUp[]
  readonly transfer: Transfer | null
  readonly reports: readonly Uuid[]
}

/** A row of `case_file` (migration 0005). */
export interface CaseFileRow {
  id: Uuid
  code: string
  version: number
  person_id: Uuid
  unit_id: Uuid
  municipality: string
  county: string
  manager_id: Uuid | null
  manager_is_head: boolean
  manager_by: Uuid | null
  deputy_by: Uuid | null
  deputy_id: Uuid | null
  /** Only where the case was read for an act or a page; no column. */
  stand_in_id?: Uuid | null
  status: CaseStatus
  risk_level: RiskLevel | null
  risk_at: Instant | null
  child_seen_at: Instant | null
  vmt_status: VmtStatus
  has_measure: boolean
  transfer_to: Uuid | null
  concerns: readonly string[]
  opened_at: Instant
  closed_at: Instant | null
  closure_reason: ClosureReason | null
  suspended_at: Instant | null
  episode: number
  episode_at: Instant
  returned: boolean
  alerts: Alerts
  detail: Partial<Detail>
}

export const stateOf = (row: CaseFileRow): CaseState => ({
  id: row.id,
  code: row.code,
  version: row.version,
  personId: row.person_id,
  unitId: row.unit_id,
  municipality: row.municipality,
  county: row.county,
  managerId: row.manager_id,
  managerIsHead: row.manager_is_head,
  managerBy: row.manager_by,
  deputyBy: row.deputy_by,
  deputyId: row.deputy_id,
  ...(row.stand_in_id === undefined ? {} : { standInId: row.stand_in_id }),
  status: row.status,
  risk: row.risk_level,
  riskAt: row.risk_at,
  childSeenAt: row.child_seen_at,
  vmt: row.vmt_status,
  concerns: row.concerns,
  openedAt: row.opened_at,
  closedAt: row.closed_at,
  suspendedAt: row.suspended_at,
  episode: row.episode,
  episodeAt: row.episode_at,
  returned: row.returned,
  alerts: row.alerts,
  assessments: row.detail.assessments ?? [],
  plan: row.detail.plan ?? null,
  conferences: row.detail.conferences ?? [],
  gtn: row.detail.gtn ?? noGtn,
  measures: row.detail.measures ?? [],
  courts: row.detail.courts ?? [],
  care: row.detail.care ?? noCare,
  closure: row.detail.closure ?? null,
  followUps: row.detail.followUps ?? [],
  transfer: row.detail.transfer ?? null,
  reports: row.detail.reports ?? [],
})

export const rowOf = (s: CaseState): CaseFileRow => ({
  id: s.id,
  code: s.code,
  version: s.version,
  person_id: s.personId,
  unit_id: s.unitId,
  municipality: s.municipality,
  county: s.county,
  manager_id: s.managerId,
  manager_is_head: s.managerIsHead,
  manager_by: s.managerBy ?? null,
  deputy_by: s.deputyBy ?? null,
  deputy_id: s.deputyId,
  status: s.status,
  risk_level: s.risk,
  risk_at: s.riskAt,
  child_seen_at: s.childSeenAt,
  vmt_status: s.vmt,
  has_measure: hasOpenMeasure(s),
  transfer_to: s.transfer?.toUnitId ?? null,
  concerns: s.concerns,
  opened_at: s.openedAt,
  closed_at: s.closedAt,
  closure_reason: s.closure?.reason ?? null,
  suspended_at: s.suspendedAt,
  episode: s.episode,
  episode_at: s.episodeAt,
  returned: s.returned,
  alerts: s.alerts,
  detail: {
    assessments: s.assessments,
    plan: s.plan,
    conferences: s.conferences,
    gtn: s.gtn,
    measures: s.measures,
    courts: s.courts,
    care: s.care,
    closure: s.closure,
    followUps: s.followUps,
    transfer: s.transfer,
    reports: s.reports,
  },
})

/** Who stands in for the manager is asked only where there is a manager; the calendar is the database's, as in its policies. */
const caseSql = `select c.*, stand_in_of(c.manager_id, c.unit_id) as stand_in_id from case_file c where c.id = $1`

/** The case as this actor may see it, locked until the transaction ends; not found where it is out of their sight. */
export const lockCase = async (tx: WriteTx, id: Uuid): Promise<CaseState> => {
  const [row] = await tx.sql<CaseFileRow>(`${caseSql} for update of c`, [id])
  if (row === undefined) throw notFound()
  return stateOf(row)
}

export const getCase = async (tx: Tx, id: Uuid): Promise<CaseState> => {
  const [row] = await tx.sql<CaseFileRow>(caseSql, [id])
  if (row === undefined) throw notFound()
  return stateOf(row)
}

/**
 * Remember what happened: the chain first, then the rows it changes and the clocks it starts and stops, the case's own
 * row last, because after it the actor may see the case no more (a transfer declined, a closure the director approved).
 */
export const record = async (
  tx: WriteTx,
  before: CaseState,
  events: readonly CaseEvent[],
): Promise<CaseState> => {
  if (events.length === 0) return before
  const version = await append(tx, { kind: 'case_file', id: before.id, version: before.version }, events)
  let state = before
  for (const e of events) {
    const after = apply(state, e)
    writeRows(tx, after, e)
    await keepClocks(tx, state, after, e)
    await giveNotice(tx, state, e)
    state = after
  }
  const saved = { ...state, version }
  tx.later('select save_case($1)', [JSON.stringify(rowOf(saved))])
  return saved
}
