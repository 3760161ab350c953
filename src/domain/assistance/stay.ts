/**
 * An adult in a shelter of the register: a bed that says sex and age band and nothing else (`src/domain/care/beds.ts`), a packet that the
 * shelter reads while the person lives there (identity, needs, risks, consent: domain specification 3.5), and the day of leaving, which
 * waits for a safety plan. The stay is a record of its own: the shelter works on it and never sees the file.
 */
import { tiranaDay } from '../clock/tirana.ts'
import {
  type Actor,
  accept,
  type Day,
  type Decision,
  type DomainEvent,
  type Instant,
  type Json,
  refuse,
  type Stamp,
  type Uuid,
} from '../core.ts'
import type { Refusal } from '../refusal.ts'
import { type AssistedFile, writeBar } from './file.ts'
import { type AssistanceGiven, type GiveAssistance, given, moment, serviceBar } from './plan.ts'
import { type SafetyPlan, safetyPlanReady } from './safety.ts'
import { type AssistanceReported, reported, type WriteReport } from './watch.ts'

export const leavesTo = [
  'family',
  'relatives',
  'own_home',
  'rented',
  'other_shelter',
  'abroad',
  'unknown',
  'died',
] as const
export type LeavesTo = (typeof leavesTo)[number]
/** Nobody can be kept from what has happened: whoever went unannounced or died is written down at once. */
const happened: readonly LeavesTo[] = ['unknown', 'died']

export interface Stay {
  readonly id: Uuid
  readonly nrmId: Uuid
  readonly version: number
  readonly status: 'in_place' | 'ended'
  readonly startedOn: Day
  /** Whose staff keeps the bed. */
  readonly unitId: Uuid
}
type Moment = { readonly by: Uuid; readonly at: Instant }
export type StayBegun = DomainEvent<
  'StayBegun',
  Moment & { readonly stayId: Uuid; readonly nrmId: Uuid; readonly on: Day; readonly consentOn: Day }
>
export type StayEnded = DomainEvent<
  'StayEnded',
  Moment & { readonly stayId: Uuid; readonly on: Day; readonly to: LeavesTo }
>
export type StayEvent = StayBegun | StayEnded | AssistanceGiven | AssistanceReported

export interface BeginStay {
  readonly stayId: Uuid
  readonly on: Day
  /** The adult's own agreement to live there and to what the shelter is told. */
  readonly consentOn: Day
  readonly needs: string
  readonly risks: string
}
export interface StayWorld {
  readonly stays: readonly Pick<Stay, 'status'>[]
  /** Not a shelter of the register, not the person's sex, promised to another: why the bed may not be taken, or null. */
  readonly bed: Refusal | null
  /** Who the person is, as the shelter will read it. */
  readonly identity: Json
}
export function decideBeginStay(
  file: AssistedFile,
  body: BeginStay,
  world: StayWorld,
  stamp: Stamp,
): Decision<StayBegun> {
  const no = writeBar(file, stamp.actor)
  if (no) return { ok: false, refusal: no }
  if (file.subject === 'child') return refuse('assistance_stay_child')
  if (world.stays.some((one) => one.status === 'in_place')) return refuse('assistance_stay_open')
  const today = tiranaDay(stamp.now)
  if (body.on > today) return refuse('in_future', 'on')
  if (body.on < file.identifiedOn)
    return refuse('assistance_before_identification', 'on', { day: file.identifiedOn })
  if (body.consentOn > body.on) return refuse('assistance_stay_consent', 'consentOn')
  if (world.bed !== null) return { ok: false, refusal: world.bed }
  return accept<StayBegun>({
    type: 'StayBegun',
    v: 1,
    facts: { stayId: body.stayId, nrmId: file.id, on: body.on, consentOn: body.consentOn, ...moment(stamp) },
    parts: [
      { tier: 'T3', name: 'identity', body: world.identity },
      { tier: 'T3', name: 'needs', body: body.needs },
      { tier: 'T4', name: 'risks', body: body.risks },
    ],
  })
}

/** The staff of the unit that keeps the bed; `file` is null for them. */
export const keepsResident = (actor: Actor, stay: Stay): boolean =>
  actor.role === 'shelter' && actor.unitId === stay.unitId
const stayBar = (stay: Stay, file: AssistedFile | null, actor: Actor): Refusal | null => {
  if (stay.status === 'ended') return { code: 'assistance_stay_over' }
  if (keepsResident(actor, stay)) return null
  return file === null ? { code: 'not_allowed' } : writeBar(file, actor)
}

export interface EndStay {
  readonly on: Day
  readonly to: LeavesTo
  readonly remark?: string | undefined
}
/** No way out of a shelter into a home, and none into another country, without a plan that still holds that day. */
export function decideEndStay(
  stay: Stay,
  file: AssistedFile | null,
  plan: Pick<SafetyPlan, 'on' | 'reviewOn'> | null,
  body: EndStay,
  stamp: Stamp,
): Decision<StayEnded> {
  const no = stayBar(stay, file, stamp.actor)
  if (no) return { ok: false, refusal: no }
  if (body.on > tiranaDay(stamp.now)) return refuse('in_future', 'on')
  if (body.on < stay.startedOn) return refuse('assistance_stay_before', 'on', { day: stay.startedOn })
  const unsafe = happened.includes(body.to) ? null : safetyPlanReady(plan, body.on)
  if (unsafe !== null) return { ok: false, refusal: unsafe }
  const remark = (body.remark ?? '').trim()
  if (happened.includes(body.to) && remark === '') return refuse('reason_required', 'remark')
  return accept<StayEnded>({
    type: 'StayEnded',
    v: 1,
    facts: { stayId: stay.id, on: body.on, to: body.to, ...moment(stamp) },
    ...(remark === '' ? {} : { parts: [{ tier: 'T3' as const, name: 'leaving', body: remark }] }),
    touches: ['stay'],
  })
}

/** What the shelter itself gave: from the day of arrival, in the shelter or from it. */
export function decideGiveInStay(
  stay: Stay,
  dependants: readonly Uuid[],
  body: GiveAssistance,
  stamp: Stamp,
): Decision<AssistanceGiven> {
  const no =
    stayBar(stay, null, stamp.actor) ?? serviceBar(stay.startedOn, dependants, body, tiranaDay(stamp.now))
  return no ? { ok: false, refusal: no } : accept(given(body, stamp))
}
export function decideReportOfStay(
  stay: Stay,
  last: Day | null,
  body: WriteReport,
  stamp: Stamp,
): Decision<AssistanceReported> {
  const no = stayBar(stay, null, stamp.actor)
  return no ? { ok: false, refusal: no } : reported(last, body, stamp)
}
