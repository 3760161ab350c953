/**
 * What a screening means for the trafficking status of a case: an event on the case's own chain, a row of the
 * append-only history, and the status that the case's guards and its visibility read.
 */
import type { Uuid } from '#domain/core.ts'
import {
  afterScreening,
  type IdentificationRecorded,
  type IdentificationStatus,
  type ScreeningOutcome,
} from '#domain/identification.ts'
import type { ScreeningSetCode } from '#domain/screening.ts'
import { append } from '../append.ts'
import { setTraffickingStatus } from '../case/open.ts'
import { startClock } from '../clock/store.ts'
import { tell } from '../notice/store.ts'
import type { WriteTx } from '../tx.ts'

export interface IdentifiedCase {
  readonly id: Uuid
  readonly version: number
  readonly code: string
  readonly person_id: Uuid
  readonly unit_id: Uuid
  readonly municipality: string
  readonly vmt_status: IdentificationStatus
}

/** Append the record to the case and remember it; returns the case's new version. */
export const recordIdentification = async (
  tx: WriteTx,
  file: IdentifiedCase,
  event: IdentificationRecorded,
): Promise<number> => {
  const { facts } = event
  const version = await append(tx, { kind: 'case_file', id: file.id, version: file.version }, [event])
  tx.later(
    `insert into identification_record (id, case_id, person_id, status, on_day, structure, forms, territory, prior_trafficking,
       signatories, screening_id, by_id, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      facts.identificationId,
      file.id,
      file.person_id,
      facts.status,
      facts.on,
      facts.structure,
      facts.forms,
      facts.territory,
      facts.priorTrafficking,
      facts.signatories,
      facts.screeningId,
      tx.actor.userId,
      tx.stamp.now,
    ],
  )
  setTraffickingStatus(tx, file.id, version, facts.status)
  if (facts.status === 'vmt') {
    const on = {
      recordKind: 'case_file',
      recordId: file.id,
      unitId: file.unit_id,
      municipality: file.municipality,
    } as const
    // Notice to the Responsible Authority, the offer of formal identification, and the time to recover and reflect.
    await startClock(tx, { ...on, rule: 'D15' })
    await startClock(tx, { ...on, rule: 'D16' })
    await startClock(tx, { ...on, rule: 'D17', lapses: true })
    await tellAuthority(tx, file)
  }
  return version
}

/** Every Responsible Authority unit learns that there is a potential victim: by the case's code, no name. */
const tellAuthority = async (tx: WriteTx, file: IdentifiedCase): Promise<void> => {
  const units = await tx.sql<{ id: Uuid }>(
    "select id from unit where kind = 'responsible_authority' and active",
  )
  for (const { id } of units)
    await tell(tx, {
      unitId: id,
      code: 'victim_identified',
      recordKind: 'case_file',
      recordId: file.id,
      label: file.code,
    })
}

/** Carry one screening's result into a locked case, where it changes anything. */
export const carryOutcome = async (
  tx: WriteTx,
  file: IdentifiedCase,
  outcome: ScreeningOutcome,
): Promise<{ readonly status: IdentificationStatus; readonly version: number }> => {
  const event = afterScreening(file.vmt_status, outcome, tx.stamp)
  if (event === null) return { status: file.vmt_status, version: file.version }
  return { status: event.facts.status, version: await recordIdentification(tx, file, event) }
}

export const caseColumns = 'id, version, code, person_id, unit_id, municipality, vmt_status'

interface Pending {
  readonly id: Uuid
  readonly set_code: ScreeningSetCode
  readonly result: ScreeningOutcome['result']
  readonly forms: string[]
  readonly territory: ScreeningOutcome['territory']
}

/**
 * Screenings made at a border or in a raid come into the case when the report is accepted. Only one for trafficking
 * changes the trafficking status: work that exploits a child is no label of its own.
 */
export const carryScreenings = async (
  tx: WriteTx,
  to: { readonly caseId: Uuid; readonly childId: Uuid; readonly personId: Uuid },
): Promise<void> => {
  const screenings = await tx.sql<Pending>(
    'select id, set_code, result, forms, territory from screening where child_id = $1 and case_id is null order by at',
    [to.childId],
  )
  if (screenings.length === 0) return
  const [row] = await tx.sql<IdentifiedCase>(
    `select ${caseColumns} from case_file where id = $1 for update`,
    [to.caseId],
  )
  if (row === undefined) throw new Error('a case just opened is out of reach')
  let file = row
  for (const { id, set_code, result, forms, territory } of screenings) {
    tx.later('update screening set case_id = $2 where id = $1', [id, to.caseId])
    if (set_code !== 'trafficking') continue
    const after = await carryOutcome(tx, file, {
      result,
      forms,
      territory,
      screeningId: id,
      bySupervisor: false,
    })
    file = { ...file, version: after.version, vmt_status: after.status }
  }
}
