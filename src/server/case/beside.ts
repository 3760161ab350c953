/**
 * What other nouns write on the chain of a case: their events, and each event's words among the case's texts under the row
 * they belong to. The case's own state stays as it is, but for its version.
 */
import type { CaseState } from '#domain/case/state.ts'
import type { Json, Uuid } from '#domain/core.ts'
import type { DisclosureMade } from '#domain/disclosure.ts'
import type { RepresentativeAssigned, RepresentativeEnded } from '#domain/family/representative.ts'
import type { FamilyInformed, FamilyJoined, FamilyLeft } from '#domain/family/state.ts'
import type { RequestEvent } from '#domain/information-request.ts'
import type { NeedEvent } from '#domain/outcome/need.ts'
import type { OutcomeTaken, ReopeningJudged } from '#domain/outcome/snapshot.ts'
import type { RightsExplained } from '#domain/rights/information.ts'
import type { PermissionAsked, PermissionWithdrawn } from '#domain/rights/permission.ts'
import type { FileReviewed, ReviewActionDone } from '#domain/supervision/review.ts'
import { append } from '../append.ts'
import { uuidv7 } from '../ids.ts'
import { open, sealed } from '../sealing/index.ts'
import type { Tx, WriteTx } from '../tx.ts'
import { rowOf } from './store.ts'

/** Whoever writes more adds it here; the timeline then asks for its place and its word. */
export type BesideEvent =
  | DisclosureMade
  | FamilyInformed
  | FamilyJoined
  | FamilyLeft
  | FileReviewed
  | NeedEvent
  | OutcomeTaken
  | PermissionAsked
  | PermissionWithdrawn
  | ReopeningJudged
  | RepresentativeAssigned
  | RepresentativeEnded
  | RequestEvent
  | ReviewActionDone
  | RightsExplained
export interface Beside {
  readonly event: BesideEvent
  /** The row under which its words are found again. */
  readonly subject: Uuid
}

/** The case must be locked. Returns its new version; rows that hang on the events go in afterwards. */
export const recordBeside = async (
  tx: WriteTx,
  before: CaseState,
  acts: readonly Beside[],
): Promise<number> => {
  if (acts.length === 0) return before.version
  const record = { kind: 'case_file', id: before.id }
  const version = await append(
    tx,
    { ...record, version: before.version },
    acts.map((one) => one.event),
  )
  for (const { event, subject } of acts)
    for (const { tier, name, body } of event.parts ?? []) {
      const id = uuidv7()
      const stored: Json = tier === 'T3' ? body : sealed(tx, { record, tier, at: id, name }, body)
      tx.later(
        `insert into ${tier === 'T3' ? 'case_text' : 'case_text_sensitive'} (id, case_id, subject_id, name, body, at)
         values ($1, $2, $3, $4, $5, $6)`,
        [id, before.id, subject, name, JSON.stringify(stored), tx.now],
      )
    }
  tx.later('select save_case($1)', [JSON.stringify(rowOf({ ...before, version }))])
  return version
}

interface TextRow {
  readonly id: Uuid
  readonly subject_id: Uuid
  readonly name: string
  readonly body: Json
  readonly sensitive: boolean
}
/** What was written under a row of the case. */
export type Words = (subject: Uuid, name: string) => Json | null

/** The words under these rows, as far as the reader's tier reaches. */
export const wordsUnder = async (tx: Tx, caseId: Uuid, subjects: readonly Uuid[]): Promise<Words> => {
  const rows =
    subjects.length === 0
      ? []
      : await tx.sql<TextRow>(
          `select id, subject_id, name, body, false as sensitive from case_text where case_id = $1 and subject_id = any ($2::uuid[])
           union all select id, subject_id, name, body, true from case_text_sensitive where case_id = $1 and subject_id = any ($2::uuid[])`,
          [caseId, subjects],
        )
  const known = new Map<string, Json>()
  const record = { kind: 'case_file', id: caseId }
  for (const { id, subject_id, name, body, sensitive } of rows)
    known.set(
      `${subject_id} ${name}`,
      sensitive ? await open(tx, { record, tier: 'T4', at: id, name }, body) : body,
    )
  return (subject, name) => known.get(`${subject} ${name}`) ?? null
}

export const asText = (value: Json | null): string | null => (typeof value === 'string' ? value : null)
