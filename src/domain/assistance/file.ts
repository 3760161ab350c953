/** What assistance knows of a file of the trafficking track, and who may write on it. */
import { tiranaDay } from '../clock/tirana.ts'
import type { Actor, Day, Uuid } from '../core.ts'
import { type NrmFile, type NrmPhase, nrmPhases } from '../nrm/state.ts'
import type { Refusal } from '../refusal.ts'

/** Names unconfirmed [U]: the words are configuration. */
export const phases = nrmPhases
export type Phase = NrmPhase

/** What assistance knows of a file of the trafficking track. */
export interface AssistedFile {
  readonly id: Uuid
  readonly subject: 'child' | 'adult'
  readonly phase: Phase | null
  readonly caseId: Uuid | null
  readonly unitId: Uuid
  readonly managerId: Uuid | null
  /** The second worker of a child's case; an adult's file has none. */
  readonly deputyId: Uuid | null
  /** Day of the initial identification. */
  readonly identifiedOn: Day
  /** The person has left the track, for whatever reason. */
  readonly over: boolean
}

/** Nothing of the status goes over but that it is over: help is the same for a potential and a confirmed victim. */
export const assistedOf = (file: NrmFile, deputyId: Uuid | null = null): AssistedFile => ({
  id: file.id,
  subject: file.subject === 'child' ? 'child' : 'adult',
  phase: file.phase,
  caseId: file.caseId,
  unitId: file.unitId,
  managerId: file.managerId,
  deputyId,
  identifiedOn: tiranaDay(file.openedAt),
  over: file.exitedAt !== null,
})

/** Who carries the file: its named manager, the deputy of a child's case, and the head of a child's unit. */
export const carries = (
  actor: Actor,
  file: Pick<AssistedFile, 'unitId' | 'managerId' | 'deputyId'>,
): boolean =>
  actor.unitId === file.unitId &&
  (actor.userId === file.managerId || actor.userId === file.deputyId || actor.role === 'cpu_head')

/** Why this person may not write on the file at all; null when they may. */
export const writeBar = (file: AssistedFile, actor: Actor): Refusal | null => {
  if (!carries(actor, file)) return { code: 'assistance_not_yours' }
  return file.over || file.phase === 'EXITED' ? { code: 'assistance_over' } : null
}

/** Values that no source gives [U]; from reference/al/assistance.json. */
export interface AssistanceLaw {
  /** Days within which a report of the case manager is regular. */
  readonly reportDays: number
  /** Longest time until a safety plan is looked at again. */
  readonly safetyReviewDays: number
  /** How often somebody was looked for before contact counts as lost. */
  readonly contactAttempts: number
}
