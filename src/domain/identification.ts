/**
 * The trafficking status of a person as an append-only history (domain specification, section 3.4). A status is
 * never overwritten; no status ever closes the child-protection case, and VMT and VT have equal services.
 */

import { tiranaDay } from './clock/tirana.ts'
import type { Day, DomainEvent, Stamp, Uuid } from './core.ts'
import type { ScreeningResult, Territory } from './screening.ts'

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
