/**
 * A training and who took part (S004:412, 490–516, 738; S003: the professionals reached). Participants are professionals under a
 * pseudonymous id, so that "150 professionals trained" counts people, once, over all their trainings. Pure.
 */
import {
  accept,
  type Day,
  type Decision,
  type DomainEvent,
  type Json,
  type Part,
  refuse,
  type Stamp,
  type Uuid,
} from '../core.ts'
import { textParts } from '../parts.ts'
import { type PlanLine, refusePeriod } from './activity.ts'
import type { Topic } from './kinds.ts'
import { isOwnPlace, keepsPrevention, ownsRecord } from './policy.ts'

export const trainingModes = [
  'classroom',
  'online',
  'counselling',
  'study_visit',
  'mentoring',
  'course',
] as const
export type TrainingMode = (typeof trainingModes)[number]
/** `course` stands for the register's own courses: made by the register, never by hand. */
export const heldModes = trainingModes.filter((mode) => mode !== 'course')
export const participantRoles = ['participant', 'trainer', 'organiser'] as const
export type ParticipantRole = (typeof participantRoles)[number]

export interface TrainingBody {
  readonly title: string
  readonly topic: Topic
  readonly curriculum: string | null
  readonly mode: Exclude<TrainingMode, 'course'>
  readonly from: Day
  readonly to: Day
  readonly sessions: number
  readonly municipality: string | null
  readonly venue: string | null
  /** Body that organises it; never a person. */
  readonly organiser: string
  readonly funder: string | null
  readonly plan: PlanLine | null
}
export interface Training {
  readonly id: Uuid
  readonly version: number
  readonly institutionId: Uuid
  readonly mode: TrainingMode
  readonly sessions: number
  readonly struck: boolean
}
export interface Participant {
  readonly professionalId: Uuid
  readonly role: ParticipantRole
  readonly attended: number
  /** Per cent of the knowledge test, before and after. */
  readonly before: number | null
  readonly after: number | null
}

type Facts = Readonly<Record<string, Json>>
export type TrainingRecorded = DomainEvent<'TrainingRecorded', Facts>
export type TrainingCorrected = DomainEvent<'TrainingCorrected', Facts>
export type TrainingStruck = DomainEvent<'TrainingStruck', Record<string, never>>
export type ParticipantsSet = DomainEvent<'ParticipantsSet', { readonly participants: readonly Json[] }>
export type ParticipantRemoved = DomainEvent<
  'ParticipantRemoved',
  { readonly professionalId: Uuid; readonly reason: string }
>

const refuseBody = (body: TrainingBody, county: string | null, stamp: Stamp) =>
  refusePeriod(body.from, body.to, stamp) ??
  (body.municipality !== null && county === null
    ? refuse('prevention_detail_wrong', 'municipality')
    : isOwnPlace(stamp.actor, body.municipality, county)
      ? null
      : refuse('prevention_not_own_place', 'municipality'))

const factsOf = (
  { plan, title, curriculum, venue, organiser, funder, ...facts }: TrainingBody,
  county: string | null,
  reason?: string,
): { facts: Facts; parts: readonly Part[] } => ({
  facts: { ...facts, plan: plan === null ? null : { ...plan }, county },
  parts: textParts({ title, curriculum, venue, organiser, funder, reason }),
})

export function decideRecordTraining(
  body: TrainingBody,
  county: string | null,
  stamp: Stamp,
): Decision<TrainingRecorded> {
  if (!keepsPrevention(stamp.actor)) return refuse('not_allowed')
  const wrong = refuseBody(body, county, stamp)
  if (wrong !== null) return wrong
  return accept<TrainingRecorded>({
    type: 'TrainingRecorded',
    v: 2,
    ...factsOf(body, county),
    touches: ['record'],
  })
}

/** What changes a training at all: it is one's own, it stands, and the register did not make it. */
const refuseChange = (training: Training, stamp: Stamp) => {
  if (!ownsRecord(stamp.actor, training)) return refuse('not_allowed')
  if (training.struck) return refuse('prevention_struck')
  if (training.mode === 'course') return refuse('training_made_by_course')
  return null
}

export function decideCorrectTraining(
  training: Training,
  { reason, ...body }: TrainingBody & { readonly reason: string },
  county: string | null,
  most: number,
  stamp: Stamp,
): Decision<TrainingCorrected> {
  const wrong = refuseChange(training, stamp) ?? refuseBody(body, county, stamp)
  if (wrong !== null) return wrong
  if (body.sessions < most) return refuse('training_more_sessions', 'sessions', { count: most })
  return accept<TrainingCorrected>({
    type: 'TrainingCorrected',
    v: 2,
    ...factsOf(body, county, reason),
    touches: ['record'],
  })
}

export function decideStrikeTraining(
  training: Training,
  body: { readonly reason: string },
  stamp: Stamp,
): Decision<TrainingStruck> {
  const wrong = refuseChange(training, stamp)
  if (wrong !== null) return wrong
  return accept<TrainingStruck>({
    type: 'TrainingStruck',
    v: 2,
    facts: {},
    parts: textParts({ reason: body.reason }),
    touches: ['record'],
  })
}

/**
 * Adds participants or replaces what was written of them. `known` are the professionals that this body entered, with the
 * person each stands for: two entries of one person in one training would be one person twice.
 */
export function decideSetParticipants(
  training: Training,
  body: { readonly participants: readonly Participant[] },
  known: ReadonlyMap<Uuid, Uuid>,
  present: ReadonlyMap<Uuid, Uuid>,
  stamp: Stamp,
): Decision<ParticipantsSet> {
  const wrong = refuseChange(training, stamp)
  if (wrong !== null) return wrong
  const byPerson = new Map([...present].map(([professional, person]) => [person, professional]))
  const seen = new Set<Uuid>()
  for (const [i, one] of body.participants.entries()) {
    const person = known.get(one.professionalId)
    if (person === undefined)
      return refuse('training_professional_unknown', `participants.${i}.professionalId`)
    const already = byPerson.get(person)
    if (seen.has(person) || (already !== undefined && already !== one.professionalId))
      return refuse('training_person_twice', `participants.${i}.professionalId`)
    seen.add(person)
    if (one.attended > training.sessions)
      return refuse('training_more_sessions', `participants.${i}.attended`, { count: training.sessions })
  }
  return accept<ParticipantsSet>({
    type: 'ParticipantsSet',
    v: 1,
    facts: { participants: body.participants.map((one) => ({ ...one })) },
  })
}

export function decideRemoveParticipant(
  training: Training,
  body: { readonly professionalId: Uuid; readonly reason: string },
  present: boolean,
  stamp: Stamp,
): Decision<ParticipantRemoved> {
  const wrong = refuseChange(training, stamp)
  if (wrong !== null) return wrong
  if (!present) return refuse('training_professional_unknown', 'professionalId')
  return accept<ParticipantRemoved>({ type: 'ParticipantRemoved', v: 1, facts: { ...body } })
}
