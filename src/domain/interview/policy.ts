/**
 * Who does what with a formal interview, and who sees what of it (domain specification 3.4, 3.5 and 5). The row policies
 * of the migration say the same to the database.
 */
import type { Actor, Uuid } from '../core.ts'
import { type Interview, isOpen, type SignatoryBody } from './state.ts'

/** The body that an account signs for. Border police neither interview nor sign. */
export const bodyOf = (role: string): SignatoryBody | null =>
  role === 'police' || role === 'social_service' ? role : null

type Units = Pick<Interview, 'state' | 'policeUnitId' | 'socialUnitId'>

/** The body for which this account was called, by its unit and its role together. */
export const calledAs = (actor: Pick<Actor, 'role' | 'unitId'>, one: Units): SignatoryBody | null => {
  const body = bodyOf(actor.role)
  if (body === null) return null
  return actor.unitId === (body === 'police' ? one.policeUnitId : one.socialUnitId) ? body : null
}

/** How far somebody sees the file that the interview belongs to: nothing, pseudonymous, identified, sensitive. */
export type FileTier = 0 | 2 | 3 | 4

export interface Sight {
  /** That it is, when, where, what was concluded. */
  readonly row: boolean
  /** Participants, basis, dissent. */
  readonly named: boolean
  /** What was said, and where the recording lies. */
  readonly content: boolean
  /** The least data by which police and social service know whom they are to hear. */
  readonly packet: boolean
}

/**
 * Those who were called see it, with the packet, while it is open; afterwards whoever wrote or signed it sees the record
 * and the packet no more. Those of the file see it as far as they see the file.
 */
export const interviewSight = (
  actor: Pick<Actor, 'role' | 'unitId' | 'userId'>,
  one: Units & { readonly signers: readonly Uuid[] },
  file: FileTier,
): Sight => {
  const called = calledAs(actor, one) !== null && isOpen(one.state)
  const signed = bodyOf(actor.role) !== null && one.signers.includes(actor.userId)
  return {
    row: file >= 2 || called || signed,
    named: file >= 3 || called || signed,
    content: file >= 4 || called || signed,
    packet: file >= 4 || called,
  }
}

/** Who manages the file or is the Responsible Authority calls the interview: whoever reads its identified core, by office. */
const callers: readonly string[] = ['cpw', 'cpu_head', 'responsible_authority', 'social_service', 'shelter']
export const mayCall = (actor: Pick<Actor, 'role'>, file: FileTier): boolean =>
  file >= 3 && callers.includes(actor.role)

export const interviewActions = ['move', 'cancel', 'record', 'propose', 'sign', 'review'] as const
export type InterviewAction = (typeof interviewActions)[number]

export const interviewActionsOf = (
  actor: Pick<Actor, 'role' | 'unitId' | 'userId'>,
  one: Interview,
  file: FileTier,
): readonly InterviewAction[] => {
  const body = calledAs(actor, one)
  switch (one.state) {
    case 'SCHEDULED':
      return [
        ...(body === null ? [] : (['record'] as const)),
        ...(mayCall(actor, file) ? (['move', 'cancel'] as const) : []),
      ]
    case 'HELD':
      return body === null ? [] : ['propose']
    case 'PROPOSED':
      return body !== null && body !== one.proposed?.by.body && actor.userId !== one.proposed?.by.userId
        ? ['sign']
        : []
    case 'DISSENT':
    case 'REVIEW':
      return actor.role === 'responsible_authority' && file >= 3 ? ['review'] : []
    default:
      return []
  }
}
