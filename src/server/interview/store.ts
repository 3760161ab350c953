/** Formal interviews as rows: found under the reader's policies, locked for a decision, changed with their event. */
import type { Instant, Json, Uuid } from '#domain/core.ts'
import type { RepresentativeBasis } from '#domain/family/representative.ts'
import type { Checked, ParticipantRole, Recording } from '#domain/interview/checklist.ts'
import type { FileTier } from '#domain/interview/policy.ts'
import type {
  CancelReason,
  Conclusion,
  CrimeElement,
  Interview,
  InterviewState,
  NoRoomReason,
  RepeatReason,
  SignatoryBody,
} from '#domain/interview/state.ts'
import { notFound } from '../problem.ts'
import { openBytes, type Place, sealBytes } from '../sealing/index.ts'
import { findKey, openedKey } from '../sealing/keys.ts'
import type { Tx, WriteTx } from '../tx.ts'

export interface InterviewRow {
  readonly id: Uuid
  readonly version: number
  readonly nrm_id: Uuid
  readonly code: string
  readonly number: number
  readonly state: InterviewState
  readonly subject: 'child' | 'adult'
  readonly under_14: boolean
  readonly sexual: boolean
  readonly language: string | null
  readonly planned_at: Instant
  readonly room_id: Uuid | null
  readonly no_room: NoRoomReason | null
  readonly police_unit_id: Uuid
  readonly social_unit_id: Uuid
  readonly representative_id: Uuid | null
  readonly representative_basis: RepresentativeBasis | null
  readonly asked_on: string | null
  readonly repeats: RepeatReason | null
  readonly scheduled_unit: Uuid
  readonly cancel_reason: CancelReason | null
  readonly held_at: Instant | null
  readonly minutes: number | null
  readonly breaks: number | null
  readonly recording: Recording | null
  readonly roles: ParticipantRole[]
  readonly conclusion: Conclusion | null
  readonly articles: string[]
  readonly elements: CrimeElement[]
  readonly proposed_by: Uuid | null
  readonly proposed_body: SignatoryBody | null
  readonly proposed_at: Instant | null
  readonly signed_by: Uuid | null
  readonly signed_body: SignatoryBody | null
  readonly signed_at: Instant | null
  readonly agrees: boolean | null
  readonly reviewed_by: Uuid | null
  readonly reviewed_at: Instant | null
  readonly review: 'confirm' | 'send_back' | null
  readonly concluded_at: Instant | null
  readonly signers: Uuid[]
}
export const interviewColumns = `i.id, i.version, i.nrm_id, i.code, i.number, i.state, i.subject, i.under_14, i.sexual, i.language, i.planned_at,
  i.room_id, i.no_room, i.police_unit_id, i.social_unit_id, i.representative_id, i.representative_basis, i.asked_on, i.repeats,
  i.scheduled_unit, i.cancel_reason, i.held_at, i.minutes, i.breaks, i.recording, i.roles, i.conclusion, i.articles, i.elements, i.proposed_by,
  i.proposed_body, i.proposed_at, i.signed_by, i.signed_body, i.signed_at, i.agrees, i.reviewed_by, i.reviewed_at, i.review, i.concluded_at,
  i.signers`

export const toInterview = (row: InterviewRow): Interview => ({
  id: row.id,
  version: row.version,
  nrmId: row.nrm_id,
  number: row.number,
  state: row.state,
  subject: row.subject,
  under14: row.under_14,
  sexual: row.sexual,
  language: row.language,
  plannedAt: row.planned_at,
  roomId: row.room_id,
  policeUnitId: row.police_unit_id,
  socialUnitId: row.social_unit_id,
  representativeId: row.representative_id,
  scheduledUnitId: row.scheduled_unit,
  proposed:
    row.proposed_by === null || row.proposed_body === null || row.conclusion === null
      ? null
      : { conclusion: row.conclusion, by: { userId: row.proposed_by, body: row.proposed_body } },
})

/** How far the actor sees the file behind an interview: asked of its own tables. */
export const fileTier = async (tx: Tx, nrmId: Uuid): Promise<FileTier> => {
  const [row] = await tx.sql<{ tier: FileTier }>(
    `select case when exists (select 1 from nrm_file_sensitive where id = $1) then 4
       when exists (select 1 from nrm_file_named where id = $1) then 3
       when exists (select 1 from nrm_file where id = $1) then 2 else 0 end as tier`,
    [nrmId],
  )
  return row?.tier ?? 0
}

/** Locked for a decision: absent and out of reach read the same. */
export const lockInterview = async (tx: WriteTx, id: Uuid): Promise<{ row: InterviewRow; s: Interview }> => {
  // Whoever sees it and may write nothing of it is refused by the decision, not told that it is not there.
  const [seen] = await tx.sql<InterviewRow>(
    `select ${interviewColumns} from interview i where i.id = $1 for update`,
    [id],
  )
  const row =
    seen ??
    (await tx.sql<InterviewRow>(`select ${interviewColumns} from interview i where i.id = $1`, [id]))[0]
  if (row === undefined) throw notFound()
  return { row, s: toInterview(row) }
}

export const beforeOf = (
  tx: Tx,
  nrmId: Uuid,
): Promise<Pick<Interview, 'id' | 'state' | 'number' | 'version'>[]> =>
  tx.sql('select id, state, number, version from interview where nrm_id = $1 order by number limit 100', [
    nrmId,
  ])

type Change = Readonly<Record<string, unknown>>
/** Columns that an act sets; the names are ours, never a client's. */
export const saveInterview = (
  tx: WriteTx,
  id: Uuid,
  version: number,
  row: Change,
  named: Change = {},
): void => {
  const set = (of: Change): string =>
    Object.keys(of)
      .map((column, n) => `${column} = $${n + 2}`)
      .join(', ')
  const changed = { ...row, version }
  tx.later(`update interview set ${set(changed)} where id = $1`, [id, ...Object.values(changed)])
  if (Object.keys(named).length > 0)
    tx.later(`update interview_named set ${set(named)} where id = $1`, [id, ...Object.values(named)])
}

const placeOf = (id: Uuid, name: 'packet' | 'record'): Place => ({
  record: { kind: 'interview', id },
  tier: 'T4',
  at: id,
  name,
})
/** After `append`, which opened or made the record's key. */
export const sealFor = (tx: WriteTx, id: Uuid, name: 'packet' | 'record', value: Json): Buffer =>
  sealBytes(openedKey(tx, placeOf(id, name).record), placeOf(id, name), value)
export const openFor = async (tx: Tx, id: Uuid, name: 'packet' | 'record', sealed: Buffer): Promise<Json> =>
  openBytes(await findKey(tx, placeOf(id, name).record), placeOf(id, name), sealed)

export const writeItems = (tx: WriteTx, id: Uuid, items: readonly Checked[]): void => {
  tx.later(
    `insert into interview_item (interview_id, code, met, mandatory)
     select $1, x.code, x.met, x.mandatory from jsonb_to_recordset($2::jsonb) as x (code text, met boolean, mandatory boolean)`,
    [id, JSON.stringify(items)],
  )
}
