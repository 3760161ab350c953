/** A proceeding as rows: locked for a decision with all that the decision may need. */
import type { Instant, Uuid } from '#domain/core.ts'
import type { ClosedReason, Outcome, Proceeding, Stage } from '#domain/justice/state.ts'
import { notFound } from '../problem.ts'
import type { Tx, WriteTx } from '../tx.ts'

export interface ProceedingRow {
  readonly id: Uuid
  readonly version: number
  readonly code: string
  readonly origin: string
  readonly stage: Stage
  readonly stage_on: string
  readonly outcome: Outcome | null
  readonly closed_from: Stage | null
  readonly closed_reason: ClosedReason | null
  readonly act_from: string
  readonly act_until: string | null
  readonly police_unit: Uuid | null
  readonly office_unit: Uuid | null
  readonly track: boolean
  /** Somebody charged in it has a file of the track: for the Responsible Authority alone, false for everybody else. */
  readonly flagged: boolean
  readonly next_on: string | null
  readonly next_what: string | null
  readonly told_at: Instant | null
  readonly update_warn: Instant | null
  readonly update_by: Instant | null
  readonly updates_late: number
  readonly non_punishment: boolean
  readonly opened_on: string
  readonly opened_at: Instant
}
export const proceedingColumns = `p.id, p.version, p.code, p.origin, p.stage, p.stage_on, p.outcome, p.closed_from, p.closed_reason, p.act_from,
  p.act_until, p.police_unit, p.office_unit, p.track, p.next_on, p.next_what, p.told_at, p.update_warn, p.update_by, p.updates_late,
  p.non_punishment, p.opened_on, p.opened_at, exists (select 1 from non_punishment_flag f where f.proceeding_id = p.id) as flagged`

/** Rows that the actor does not see are not there: the police decide nothing on the victims' help. */
export const proceedingOf = async (tx: Tx, row: ProceedingRow): Promise<Proceeding> => {
  const of = [row.id]
  const [articles, victims, suspects, claims, assets, aids, measures] = await Promise.all([
    tx.sql<Proceeding['articles'][number]>(
      `select id, article as code, on_day as "on", until from proceeding_article where proceeding_id = $1 order by on_day, id`,
      of,
    ),
    tx.sql<Proceeding['victims'][number]>(
      `select id, pseudonym, nrm_id as "nrmId", case_id as "caseId", cooperation from proceeding_victim where proceeding_id = $1 order by at, id`,
      of,
    ),
    tx.sql<Proceeding['suspects'][number]>(
      `select id, pseudonym, status, victim_id as "victimId" from proceeding_suspect where proceeding_id = $1 order by at, id`,
      of,
    ),
    tx.sql<Proceeding['claims'][number]>(
      `select id, victim_id as "victimId", state, claimed_on as "claimedOn", claimed, awarded, awarded_on as "awardedOn", paid
       from proceeding_claim where proceeding_id = $1 order by claimed_on, id`,
      of,
    ),
    tx.sql<Proceeding['assets'][number]>(
      `select id, state, seized_on as "seizedOn" from proceeding_asset where proceeding_id = $1 order by seized_on, id`,
      of,
    ),
    tx.sql<Proceeding['aids'][number]>(
      `select id, victim_id as "victimId", on_day as "from", until from proceeding_aid where proceeding_id = $1 order by on_day, id`,
      of,
    ),
    tx.sql<Proceeding['measures'][number]>(
      `select id, victim_id as "victimId", on_day as "from", until from proceeding_measure where proceeding_id = $1 order by on_day, id`,
      of,
    ),
  ])
  return {
    id: row.id,
    version: row.version,
    code: row.code,
    stage: row.stage,
    stageOn: row.stage_on,
    outcome: row.outcome,
    closedFrom: row.closed_from,
    closedReason: row.closed_reason,
    actFrom: row.act_from,
    actUntil: row.act_until,
    policeUnit: row.police_unit,
    officeUnit: row.office_unit,
    track: row.track || row.flagged,
    articles,
    victims,
    suspects,
    claims,
    assets,
    aids,
    measures,
  }
}

export interface Locked {
  readonly row: ProceedingRow
  readonly proceeding: Proceeding
}
/** Locks the row for this actor, or is not found: absent and out of scope read the same. */
export const lockProceeding = async (tx: WriteTx, id: Uuid): Promise<Locked> => {
  const [row] = await tx.sql<ProceedingRow>(
    `select ${proceedingColumns} from proceeding p where p.id = $1 for update`,
    [id],
  )
  if (row === undefined) throw notFound()
  return { row, proceeding: await proceedingOf(tx, row) }
}
export const findProceeding = async (tx: Tx, id: Uuid): Promise<ProceedingRow> => {
  const [row] = await tx.sql<ProceedingRow>(`select ${proceedingColumns} from proceeding p where p.id = $1`, [
    id,
  ])
  if (row === undefined) throw notFound()
  return row
}
