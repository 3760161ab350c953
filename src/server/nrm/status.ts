/**
 * The one door by which a trafficking status moves: the event on the file, a row of the append-only history, and for a
 * child the case's own event and status. Whichever of the two an act begins with, both say the same afterwards.
 */
import type { Uuid } from '#domain/core.ts'
import {
  type IdentificationRecorded,
  type IdentificationStatus,
  type Signatory,
  signatories,
} from '#domain/identification.ts'
import { doorOf, priorTrafficking } from '#domain/nrm/policy.ts'
import { isNrmStatus, mayMove, type NrmFile, type NrmOpened, type NrmStatusSet } from '#domain/nrm/state.ts'
import { append } from '../append.ts'
import { setTraffickingStatus } from '../case/open.ts'
import { startClock } from '../clock/store.ts'
import { tell } from '../notice/store.ts'
import type { WriteTx } from '../tx.ts'
import { clocksOf, type NrmRow, openFile, recordNrm, toNrm } from './store.ts'

/** A child's case as the history needs it. */
export interface IdentifiedCase {
  readonly id: Uuid
  readonly version: number
  readonly code: string
  readonly person_id: Uuid
  readonly unit_id: Uuid
  readonly municipality: string
  readonly county: string
  readonly manager_id: Uuid | null
  readonly vmt_status: IdentificationStatus
}
export const caseColumns =
  'id, version, code, person_id, unit_id, municipality, county, manager_id, vmt_status'

interface HistoryRow {
  readonly id: Uuid
  readonly caseId: Uuid | null
  readonly nrmId: Uuid | null
  readonly personId: Uuid
  readonly status: IdentificationStatus
  readonly on: string
  readonly structure: string
  readonly forms: readonly string[]
  readonly territory: string
  readonly priorTrafficking: boolean
  readonly signatories: readonly string[]
  readonly screeningId: Uuid | null
}

export const insertHistory = (tx: WriteTx, row: HistoryRow): void => {
  tx.later(
    `insert into identification_record (id, case_id, nrm_id, person_id, status, on_day, structure, forms, territory, prior_trafficking,
       signatories, screening_id, by_id, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      row.id,
      row.caseId,
      row.nrmId,
      row.personId,
      row.status,
      row.on,
      row.structure,
      row.forms,
      row.territory,
      row.priorTrafficking,
      row.signatories,
      row.screeningId,
      tx.actor.userId,
      tx.stamp.now,
    ],
  )
}

/** D15 to D17: the notice, the offer of formal identification, and the time to recover and reflect. */
export const startTrackClocks = async (
  tx: WriteTx,
  file: Pick<NrmFile, 'id' | 'caseId' | 'unitId' | 'municipality'>,
): Promise<void> => {
  const on = { ...clocksOf(file), unitId: file.unitId, municipality: file.municipality }
  const adult = file.caseId === null
  await startClock(tx, { ...on, rule: 'D15', ...(adult ? { ownerRole: 'social_service' as const } : {}) })
  await startClock(tx, { ...on, rule: 'D16', ...(adult ? { ownerRole: 'social_service' as const } : {}) })
  await startClock(tx, { ...on, rule: 'D17', lapses: true })
}

/** End clocks of a file whose event stands in this transaction, seen by the actor or not. */
export const stopFileClocks = (tx: WriteTx, id: Uuid, rules: readonly string[]): void => {
  tx.later('select stop_nrm_clocks($1, $2, $3)', [id, rules, tx.stamp.occurredAt])
}
/** A formal step answers D15 and D16; the time to reflect ends with a conclusive decision or with leaving. */
const rulesEndedBy = (file: NrmFile, to: string): readonly string[] => {
  if (to === 'formal_pending' || to === 'declined_formal') return ['D15', 'D16']
  // An adult who has left is visited no more; a child's visits are those of its case, which goes on.
  return to === 'exited' && file.caseId === null
    ? ['D15', 'D16', 'D17', 'D20', 'D21', 'D22', 'D23']
    : ['D15', 'D16', 'D17']
}

/** Every Responsible Authority unit learns that there is a potential victim: by a code, no name. */
export const tellAuthority = async (
  tx: WriteTx,
  record: { readonly kind: 'case_file' | 'nrm_file'; readonly id: Uuid; readonly label: string },
): Promise<void> => {
  const units = await tx.sql<{ id: Uuid }>(
    "select id from unit where kind = 'responsible_authority' and active",
  )
  for (const { id } of units)
    await tell(tx, {
      unitId: id,
      code: record.kind === 'case_file' ? 'victim_identified' : 'adult_identified',
      recordKind: record.kind,
      recordId: record.id,
      label: record.label,
    })
}

const year = (on: string): number => Number(on.slice(0, 4))
export const nextCode = async (tx: WriteTx, on: string): Promise<string> => {
  const [row] = await tx.sql<{ code: string }>('select next_nrm_code($1) as code', [year(on)])
  return row!.code
}

const openForChild = async (
  tx: WriteTx,
  kase: IdentifiedCase,
  event: IdentificationRecorded,
  prior: NrmFile | null,
): Promise<NrmFile> => {
  const { facts } = event
  const first: NrmOpened = {
    type: 'NrmOpened',
    v: 1,
    facts: {
      code: await nextCode(tx, facts.on),
      personId: kase.person_id,
      caseId: kase.id,
      subject: 'child',
      status: 'vmt',
      unitId: kase.unit_id,
      structure: facts.structure,
      door: doorOf(tx.actor.role),
      forms: facts.forms.length === 0 ? ['unknown'] : facts.forms,
      territory: facts.territory,
      priorId: prior?.id ?? null,
      priorTrafficking: facts.priorTrafficking || priorTrafficking(prior),
      municipality: kase.municipality,
      county: kase.county,
      identificationId: facts.identificationId,
      met: null,
      upward: false,
    },
  }
  return openFile(tx, tx.stamp.newId(), first, { summary: null, contact: null }, kase.manager_id)
}

/** The file beside a case that has just moved: begun anew by a potential victim, moved along by everything else. */
const followCase = async (
  tx: WriteTx,
  kase: IdentifiedCase,
  event: IdentificationRecorded,
): Promise<NrmFile | null> => {
  const { facts } = event
  const files = (await tx.sql<NrmRow>('select * from nrm_beside_case($1)', [kase.id])).map(toNrm)
  if (facts.status === 'vmt') return openForChild(tx, kase, event, files.find((one) => !one.lowered) ?? null)
  const file = files.find((one) => one.caseId === kase.id)
  if (file === undefined) return null
  // A screening that two persons lowered: nobody's victim file any more, and its history stays.
  const lowered = !isNrmStatus(facts.status)
  const to = isNrmStatus(facts.status) ? facts.status : 'exited'
  if (!mayMove(file.status, to)) return null
  const moved: NrmStatusSet = {
    type: 'NrmStatusSet',
    v: 1,
    facts: {
      from: file.status,
      to,
      identificationId: facts.identificationId,
      on: facts.on,
      signatories: facts.signatories,
      by: null,
      reason: lowered ? 'lowered' : null,
      consentId: null,
      lowered,
    },
    touches: ['status'],
  }
  return recordNrm(tx, file, [moved])
}

/** Begin with the case (a screening, a step written on the case); returns the case's new version. */
export const recordIdentification = async (
  tx: WriteTx,
  kase: IdentifiedCase,
  event: IdentificationRecorded,
): Promise<number> => {
  const { facts } = event
  const version = await append(tx, { kind: 'case_file', id: kase.id, version: kase.version }, [event])
  const file = await followCase(tx, kase, event)
  insertHistory(tx, {
    id: facts.identificationId,
    caseId: kase.id,
    nrmId: file?.id ?? null,
    personId: kase.person_id,
    status: facts.status,
    on: facts.on,
    structure: facts.structure,
    forms: facts.forms,
    territory: facts.territory,
    priorTrafficking: facts.priorTrafficking,
    signatories: facts.signatories,
    screeningId: facts.screeningId,
  })
  setTraffickingStatus(tx, kase.id, version, facts.status)
  if (facts.status === 'vmt' && file !== null) {
    await startTrackClocks(tx, file)
    await tellAuthority(tx, { kind: 'case_file', id: kase.id, label: kase.code })
  }
  return version
}

const known = (codes: readonly string[]): Signatory[] =>
  signatories.filter((one) => codes.some((code) => code === one))

/**
 * Begin with the file, locked (a decision signed, declined, left): the child's case follows in the same transaction,
 * seen by the actor or not. Clocks of the step end. `structure`: the kind of body that decided, by default the actor's.
 */
export const recordStep = async (
  tx: WriteTx,
  file: NrmFile,
  event: NrmStatusSet,
  structure: string = tx.actor.role,
): Promise<NrmFile> => {
  const next = await recordNrm(tx, file, [event])
  const { facts } = event
  const row = {
    id: facts.identificationId,
    caseId: file.caseId,
    nrmId: file.id,
    personId: file.personId,
    status: facts.to,
    on: facts.on,
    structure,
    forms: file.forms,
    territory: file.territory,
    priorTrafficking: file.priorId !== null,
    signatories: facts.signatories,
    screeningId: null,
  }
  if (file.caseId !== null) {
    const [kase] = await tx.sql<IdentifiedCase>('select * from case_beside_nrm($1)', [file.id])
    if (kase === undefined) throw new Error('a child’s file lies over a case')
    const version = await append(tx, { kind: 'case_file', id: kase.id, version: kase.version }, [
      {
        type: 'IdentificationRecorded',
        v: 1,
        facts: {
          identificationId: facts.identificationId,
          status: facts.to,
          on: facts.on,
          structure,
          forms: file.forms,
          territory: file.territory,
          priorTrafficking: row.priorTrafficking,
          signatories: known(facts.signatories),
          screeningId: null,
        },
        ...(event.parts === undefined ? {} : { parts: event.parts }),
        touches: ['vmtStatus'],
      } satisfies IdentificationRecorded,
    ])
    setTraffickingStatus(tx, kase.id, version, facts.to)
  }
  insertHistory(tx, row)
  stopFileClocks(tx, file.id, rulesEndedBy(file, facts.to))
  return next
}
