/**
 * The door by which a report becomes a case. `report.triage` calls it for each listed child: the same person's open case
 * in this unit takes the report in, a closed one begins again, otherwise a case is opened.
 */
import { apply, opened } from '#domain/case/apply.ts'
import type { CaseEvent } from '#domain/case/events.ts'
import { decideOpen, decideTakeReport, handOver } from '#domain/case/open.ts'
import { type CaseState, openStatuses, type VmtStatus } from '#domain/case/state.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Uuid } from '#domain/core.ts'
import type { Refusal } from '#domain/refusal.ts'
import { append } from '../append.ts'
import { uuidv7 } from '../ids.ts'
import type { WriteTx } from '../tx.ts'
import { startOpening } from './clocks.ts'
import { findWorker } from './lookup.ts'
import { writeRows } from './rows.ts'
import { type CaseFileRow, record, rowOf, stateOf } from './store.ts'

export interface OpenCaseFor {
  readonly personId: Uuid
  readonly reportId: Uuid | null
  /** The actor's own unit and where it works. */
  readonly unitId: Uuid
  readonly municipality: string
  readonly county: string
  readonly concerns: readonly string[]
  /** High or immediate danger is suspected: the initial assessment is due in D03 instead of D04. */
  readonly urgent: boolean
  /** The worker who takes it; null leaves it to the head. Default: the actor, when a worker. */
  readonly manager?: { readonly id: Uuid; readonly isHead: boolean } | null
  /** The client's id for a case opened by hand. */
  readonly caseId?: Uuid
  readonly summary?: string
}
export type Opened =
  | {
      readonly ok: true
      readonly caseId: Uuid
      readonly code: string
      readonly version: number
      readonly how: 'opened' | 'attached' | 'reopened'
    }
  | { readonly ok: false; readonly refusal: Refusal }

/** Two who open for one child at once come one after the other: it has one case in a unit. */
export const oneAtATime = (tx: WriteTx, personId: Uuid): void =>
  tx.later('select pg_advisory_xact_lock(hashtextextended($1, 2))', [personId])

const findSamePerson = async (tx: WriteTx, want: OpenCaseFor): Promise<CaseState | null> => {
  oneAtATime(tx, want.personId)
  const [row] = await tx.sql<CaseFileRow>(
    `select * from case_file where person_id = $1 and unit_id = $2
     order by (status = any ($3)) desc, opened_at desc limit 1 for update`,
    [want.personId, want.unitId, openStatuses],
  )
  return row === undefined ? null : stateOf(row)
}

/** Somebody who still works in the unit carries it, or it openly waits for the head. */
const hasWorker = async (tx: WriteTx, s: CaseState): Promise<boolean> => {
  if (s.managerId === null) return true
  const worker = await findWorker(tx, s.managerId)
  return (
    worker !== null && worker.unitId === s.unitId && (worker.role === 'cpw' || worker.role === 'cpu_head')
  )
}

const isFresh = (s: CaseState) => (openStatuses as readonly string[]).includes(s.status)

/** Opens, attaches or reopens; a refusal means that this actor may open no case in that unit. */
export const openCase = async (tx: WriteTx, want: OpenCaseFor): Promise<Opened> => {
  const known = want.reportId === null ? null : await findSamePerson(tx, want)
  if (known !== null && want.reportId !== null) {
    const decision = decideTakeReport(known, { reportId: want.reportId, concerns: want.concerns }, tx.stamp)
    if (!decision.ok) return { ok: false, refusal: decision.refusal }
    const gone = decision.events.length > 0 && !(await hasWorker(tx, known))
    const next = want.manager ?? { id: tx.actor.userId, isHead: tx.actor.role === 'cpu_head' }
    const after = await record(tx, known, [...decision.events, ...(gone ? [handOver(next, tx.stamp)] : [])])
    return {
      ok: true,
      caseId: after.id,
      code: after.code,
      version: after.version,
      how: isFresh(known) ? 'attached' : 'reopened',
    }
  }
  const { actor } = tx
  const manager =
    want.manager !== undefined
      ? want.manager
      : actor.role === 'cpw'
        ? { id: actor.userId, isHead: false }
        : null
  const year = Number(tiranaDay(tx.stamp.occurredAt).slice(0, 4))
  const [numbered] = await tx.sql<{ code: string }>('select next_case_code($1, $2) as code', [
    want.municipality,
    year,
  ])
  const decision = decideOpen(
    {
      caseId: want.caseId ?? uuidv7(),
      code: numbered!.code,
      personId: want.personId,
      unitId: want.unitId,
      municipality: want.municipality,
      county: want.county,
      concerns: want.concerns,
      reportId: want.reportId,
      manager,
      ...(want.summary === undefined ? {} : { summary: want.summary }),
    },
    tx.stamp,
  )
  if (!decision.ok) return { ok: false, refusal: decision.refusal }
  return { ok: true, ...(await begin(tx, decision.events, want)), how: 'opened' }
}

/** A new case: its row first, so that everything else hangs on something that is there. */
const begin = async (tx: WriteTx, events: readonly CaseEvent[], want: OpenCaseFor) => {
  const [first, ...rest] = events
  if (first?.type !== 'CaseOpened') throw new Error('a case begins with CaseOpened')
  const state = rest.reduce(apply, opened(first))
  const version = await append(tx, { kind: 'case_file', id: state.id, version: 0 }, events)
  tx.later('insert into case_file select * from jsonb_populate_record(null::case_file, $1)', [
    JSON.stringify(rowOf({ ...state, version })),
  ])
  tx.later('insert into case_file_named (id, summary) values ($1, $2)', [state.id, want.summary ?? null])
  tx.later('insert into case_file_sensitive (id) values ($1)', [state.id])
  if (want.reportId !== null)
    tx.later('insert into case_report (case_id, report_id, at) values ($1, $2, $3)', [
      state.id,
      want.reportId,
      first.facts.at,
    ])
  for (const e of rest) writeRows(tx, state, e)
  await startOpening(tx, state, want.urgent)
  return { caseId: state.id, code: state.code, version }
}

/**
 * For the register of identifications, after it appended its event to the case's chain: the status that the case's own
 * guards and its visibility read.
 */
export const setTraffickingStatus = (tx: WriteTx, caseId: Uuid, version: number, status: VmtStatus): void => {
  tx.later('select set_case_vmt($1, $2, $3)', [caseId, version, status])
}
