/**
 * The trafficking status of a person as an append-only history (domain specification, section 3.4). A status is
 * never overwritten; no status ever closes the child-protection case, and VMT and VT have equal services.
 */

import { tiranaDay } from './clock/tirana.ts'
import {
  type Actor,
  accept,
  type Day,
  type Decision,
  type DomainEvent,
  refuse,
  type Stamp,
  type Uuid,
} from './core.ts'
import { isDay } from './day.ts'
import type { ScreeningResult, Subject, Territory } from './screening.ts'

export const identificationStatuses = [
  'none',
  'screened_negative',
  'at_risk',
  'vmt',
  'formal_pending',
  'vt',
  'not_confirmed',
  'declined_formal',
  'exited',
] as const
export type IdentificationStatus = (typeof identificationStatuses)[number]

/** Steps taken by formal identification; the first three come only out of a screening. */
export const formalSteps = ['formal_pending', 'vt', 'not_confirmed', 'declined_formal', 'exited'] as const
export type FormalStep = (typeof formalSteps)[number]
export const signatories = ['police', 'social_service', 'cpu', 'psychologist'] as const
export type Signatory = (typeof signatories)[number]

export type IdentificationRecorded = DomainEvent<
  'IdentificationRecorded',
  {
    readonly identificationId: Uuid
    readonly status: IdentificationStatus
    readonly on: Day
    /** Kind of body that identified: the actor's role. */
    readonly structure: string
    readonly forms: readonly string[]
    readonly territory: Territory
    readonly priorTrafficking: boolean
    readonly signatories: readonly Signatory[]
    readonly screeningId: Uuid | null
  }
>

export const statusOf = (result: ScreeningResult): IdentificationStatus =>
  result === 'negative' ? 'screened_negative' : result

const after: Record<IdentificationStatus, readonly FormalStep[]> = {
  none: [],
  screened_negative: [],
  at_risk: [],
  vmt: ['formal_pending', 'declined_formal', 'exited'],
  formal_pending: ['vt', 'not_confirmed', 'declined_formal'],
  vt: ['exited'],
  not_confirmed: [],
  declined_formal: ['formal_pending', 'exited'],
  exited: [],
}

const initial: readonly IdentificationStatus[] = ['none', 'screened_negative', 'at_risk']
const rankOf = (status: IdentificationStatus): number => [...initial, 'vmt'].indexOf(status)

export interface ScreeningOutcome {
  readonly result: ScreeningResult
  readonly screeningId: Uuid
  readonly forms: readonly string[]
  readonly territory: Territory
  /** True only when a supervisor agreed to a lower result. */
  readonly bySupervisor: boolean
}

/**
 * The record that a screening adds to the history, or none. Before VMT a status only rises, unless a supervisor
 * agreed to lower it. After formal identification only a new potential victimhood counts, as prior trafficking.
 */
export const afterScreening = (
  current: IdentificationStatus,
  outcome: ScreeningOutcome,
  stamp: Stamp,
): IdentificationRecorded | null => {
  const status = statusOf(outcome.result)
  const formal = !initial.includes(current) && current !== 'vmt'
  if (formal) {
    const again = status === 'vmt' && current !== 'formal_pending' && current !== 'declined_formal'
    if (!again) return null
  } else if (rankOf(status) < rankOf(current) && !outcome.bySupervisor) return null
  else if (status === current) return null
  return {
    type: 'IdentificationRecorded',
    v: 1,
    facts: {
      identificationId: stamp.newId(),
      status,
      on: tiranaDay(stamp.occurredAt),
      structure: stamp.actor.role,
      forms: outcome.forms,
      territory: outcome.territory,
      priorTrafficking: current === 'vt' || current === 'exited',
      signatories: [],
      screeningId: outcome.screeningId,
    },
    touches: ['vmtStatus'],
  }
}

export type IdentificationBody = {
  readonly status: FormalStep
  readonly on: Day
  readonly subject: Subject
  readonly forms: readonly string[]
  readonly territory: Territory
  readonly priorTrafficking: boolean
  readonly signatories: readonly Signatory[]
  /** Adult: asked for it of their own will. */
  readonly askedVoluntarily: boolean
  /** Child: representative without conflict of interest present or deciding. */
  readonly representative: boolean
  /** Child not confirmed: the Responsible Authority looked at it a second time. */
  readonly secondReview: boolean
  /** Why; T3. */
  readonly basis: string
}

/** The Responsible Authority keeps the formal steps; the unit may write down that formal identification was declined. */
export const mayIdentify = (actor: Actor, step: FormalStep): boolean =>
  actor.role === 'responsible_authority' ||
  (step === 'declined_formal' && (actor.role === 'cpw' || actor.role === 'cpu_head'))

export const decideIdentification = (
  current: IdentificationStatus,
  body: IdentificationBody,
  stamp: Stamp,
): Decision<IdentificationRecorded> => {
  if (!mayIdentify(stamp.actor, body.status)) return refuse('not_allowed')
  if (!isDay(body.on)) return refuse('impossible_date', 'on')
  if (body.on > tiranaDay(stamp.now)) return refuse('in_future', 'on')
  if (!after[current].includes(body.status))
    return refuse('identification_wrong_step', 'status', { from: current, to: body.status })
  const child = body.subject === 'child'
  const decided = body.status === 'vt' || body.status === 'not_confirmed'
  if (body.status === 'formal_pending' || body.status === 'declined_formal') {
    if (child && !body.representative) return refuse('identification_representative_needed', 'representative')
    if (!child && body.status === 'formal_pending' && !body.askedVoluntarily)
      return refuse('identification_adult_must_ask', 'askedVoluntarily')
  }
  if (decided && !(body.signatories.includes('police') && body.signatories.includes('social_service')))
    return refuse('identification_two_signatories', 'signatories')
  if (body.status === 'not_confirmed' && child && !body.secondReview)
    return refuse('identification_second_review_needed', 'secondReview')
  const basis = body.basis.trim()
  if (basis === '') return refuse('identification_basis_needed', 'basis')
  return accept<IdentificationRecorded>({
    type: 'IdentificationRecorded',
    v: 1,
    facts: {
      identificationId: stamp.newId(),
      status: body.status,
      on: body.on,
      structure: stamp.actor.role,
      forms: body.forms,
      territory: body.territory,
      priorTrafficking: body.priorTrafficking,
      signatories: body.signatories,
      screeningId: null,
    },
    parts: [{ tier: 'T3', name: 'basis', body: basis }],
    touches: ['vmtStatus'],
  })
}
