/**
 * Access beyond one's scope (domain specification 3.9): break-glass for a few hours with a reason, reviewed by the data protection officer;
 * and grants, asked for and given for a purpose until a day. Row-level security lets the same through (migration 0041).
 */
import {
  type Actor,
  accept,
  type Decision,
  type DomainEvent,
  type Instant,
  type Role,
  refuse,
  type Stamp,
  type Uuid,
} from '../core.ts'
import type { Refusal } from '../refusal.ts'

/** What is opened: the pseudonymous row, the identified core, or the least that protects the child. Never T4 or T5. */
export const reaches = ['T2', 'T3', 'minimum'] as const
export type Reach = (typeof reaches)[number]

export const glassReasons = [
  'danger_now',
  'child_found',
  'out_of_hours',
  'worker_unreachable',
  'other',
] as const
export type GlassReason = (typeof glassReasons)[number]
export const glassOutcomes = ['justified', 'not_justified'] as const
export const glassConsequences = [
  'talk',
  'training',
  'written_warning',
  'access_suspended',
  'disciplinary',
  'criminal_report',
] as const

export const grantPurposes = [
  'joint_work',
  'sibling',
  'service_delivery',
  'handover',
  'second_opinion',
] as const
export type GrantPurpose = (typeof grantPurposes)[number]

/** How long, by the country's configuration (`reference/al/privacy.json`). */
export interface PrivacyLaw {
  readonly glassHours: number
  readonly reviewDays: number
  /** Openings of one person within a day. */
  readonly glassADay: number
  /** Requests of one person that wait for an answer. */
  readonly asksWaiting: number
  readonly grantDays: number
  readonly waitingDays: number
}

const glassRoles: readonly Role[] = ['cpw', 'cpu_head', 'police', 'border_police']
/** By name only child protection and the border, hit or no hit; the police open by a case's code (domain specification, section 5). */
const searchRoles: readonly Role[] = ['cpw', 'cpu_head', 'border_police']
const grantRoles: readonly Role[] = [
  'cpw',
  'cpu_head',
  'day_centre',
  'shelter',
  'school',
  'health',
  'field_team',
  'hotline',
]
const among = (actor: Actor, these: readonly Role[]): boolean => these.some((role) => role === actor.role)
const isCpu = (actor: Actor): boolean => actor.role === 'cpw' || actor.role === 'cpu_head'
export const mayBreakGlass = (actor: Actor): boolean => among(actor, glassRoles)
export const maySearchBeyond = (actor: Actor): boolean => among(actor, searchRoles)
export const mayAskAccess = (actor: Actor): boolean => among(actor, grantRoles)
export const isOfficer = (actor: Actor): boolean => actor.role === 'dpo'
/** Child protection reads the file; the police what keeps the child safe (S004 PROS-1.c.6: their access is limited). */
export const glassReach = (actor: Actor): 'T3' | 'minimum' => (isCpu(actor) ? 'T3' : 'minimum')

/** The case as whoever stands outside it may know it. */
export interface FarCase {
  readonly id: Uuid
  readonly code: string
  readonly personId: Uuid
  readonly unitId: Uuid
}

export type GlassBroken = DomainEvent<
  'GlassBroken',
  {
    readonly caseId: Uuid
    readonly caseCode: string
    readonly unitId: Uuid
    readonly reach: 'T3' | 'minimum'
    readonly reason: GlassReason
    readonly foundBy: 'code' | 'search'
    readonly until: Instant
    readonly reviewDue: Instant
  }
>
export type GlassClosed = DomainEvent<'GlassClosed', { readonly at: Instant }>
export type GlassReviewed = DomainEvent<
  'GlassReviewed',
  { readonly outcome: (typeof glassOutcomes)[number]; readonly consequence: string | null }
>

const later = (from: Instant, ms: number): Instant => new Date(Date.parse(from) + ms).toISOString()
const HOUR = 3_600_000
const DAY = 24 * HOUR

export interface GlassBody {
  readonly reason: GlassReason
  readonly text: string
  readonly onDuty: boolean
}

/** What is wrong with what was sent, whichever case is meant: asked before the case is looked for. */
export const glassBodyRefusal = (
  body: Pick<GlassBody, 'onDuty'>,
  ofDay: number,
  law: PrivacyLaw,
): Refusal | null => {
  if (!body.onDuty) return { code: 'access_not_on_duty', field: 'onDuty' }
  return ofDay >= law.glassADay ? { code: 'access_many', params: { count: law.glassADay } } : null
}

export function decideBreakGlass(
  far: FarCase,
  body: GlassBody,
  foundBy: 'code' | 'search',
  alreadyOpen: boolean,
  ofDay: number,
  law: PrivacyLaw,
  stamp: Stamp,
): Decision<GlassBroken> {
  if (!mayBreakGlass(stamp.actor)) return refuse('not_allowed')
  const wrong = glassBodyRefusal(body, ofDay, law)
  if (wrong !== null) return { ok: false, refusal: wrong }
  if (alreadyOpen) return refuse('access_already_open')
  return accept({
    type: 'GlassBroken',
    v: 1,
    facts: {
      caseId: far.id,
      caseCode: far.code,
      unitId: far.unitId,
      reach: glassReach(stamp.actor),
      reason: body.reason,
      foundBy,
      until: later(stamp.now, law.glassHours * HOUR),
      reviewDue: later(stamp.now, law.reviewDays * DAY),
    },
    parts: [{ tier: 'T3', name: 'reason', body: body.text }],
  })
}

export interface Glass {
  readonly userId: Uuid
  readonly until: Instant
  readonly endedAt: Instant | null
  readonly outcome: string | null
}
/** It ends by itself at the hour; nobody has to close it. */
export const glassLives = (glass: Pick<Glass, 'until' | 'endedAt'>, now: Instant): boolean =>
  glass.endedAt === null && Date.parse(glass.until) > Date.parse(now)

export function decideCloseGlass(glass: Glass, stamp: Stamp): Decision<GlassClosed> {
  if (glass.userId !== stamp.actor.userId) return refuse('not_allowed')
  if (!glassLives(glass, stamp.now)) return refuse('access_not_live')
  return accept({ type: 'GlassClosed', v: 1, facts: { at: stamp.now } })
}

export function decideReviewGlass(
  glass: Glass,
  body: {
    readonly outcome: (typeof glassOutcomes)[number]
    readonly consequence: string | null
    readonly text: string
  },
  stamp: Stamp,
): Decision<GlassReviewed> {
  if (glass.userId === stamp.actor.userId) return refuse('access_own_review')
  if (!isOfficer(stamp.actor)) return refuse('not_allowed')
  if (glass.outcome !== null) return refuse('access_reviewed')
  if (body.outcome === 'not_justified' && body.consequence === null)
    return refuse('reason_required', 'consequence')
  return accept({
    type: 'GlassReviewed',
    v: 1,
    facts: {
      outcome: body.outcome,
      consequence: body.outcome === 'not_justified' ? body.consequence : null,
    },
    parts: [{ tier: 'T3', name: 'finding', body: body.text }],
  })
}

export const grantStates = ['REQUESTED', 'GRANTED', 'REFUSED', 'REVOKED'] as const
export type GrantState = (typeof grantStates)[number]
export interface Grant {
  readonly userId: Uuid
  readonly ownerUnitId: Uuid
  readonly state: GrantState
  readonly days: number
  readonly reach: Reach
  readonly until: Instant | null
}
/** `EXPIRED` is no act: the day comes. */
export const grantStanding = (grant: Pick<Grant, 'state' | 'until'>, now: Instant): GrantState | 'EXPIRED' =>
  grant.state === 'GRANTED' && grant.until !== null && Date.parse(grant.until) <= Date.parse(now)
    ? 'EXPIRED'
    : grant.state

export type AccessRequested = DomainEvent<
  'AccessRequested',
  {
    readonly caseId: Uuid
    readonly caseCode: string
    readonly reach: Reach
    readonly purpose: GrantPurpose
    readonly days: number
  }
>
export type AccessGranted = DomainEvent<
  'AccessGranted',
  { readonly until: Instant; readonly reach: Reach; readonly purpose: string }
>
export type AccessRefused = DomainEvent<'AccessRefused', { readonly at: Instant }>
export type AccessRevoked = DomainEvent<'AccessRevoked', { readonly at: Instant }>

export const askBodyRefusal = (
  actor: Actor,
  body: { readonly reach: Reach; readonly days: number },
  waiting: number,
  law: PrivacyLaw,
): Refusal | null => {
  if ((body.reach === 'minimum') === isCpu(actor)) return { code: 'access_reach', field: 'reach' }
  if (body.days > law.grantDays)
    return { code: 'access_too_long', field: 'days', params: { days: law.grantDays } }
  return waiting >= law.asksWaiting
    ? { code: 'access_many_waiting', params: { count: law.asksWaiting } }
    : null
}

export function decideAskAccess(
  far: FarCase,
  body: {
    readonly reach: Reach
    readonly purpose: GrantPurpose
    readonly days: number
    readonly text: string
  },
  alreadyOpen: boolean,
  waiting: number,
  law: PrivacyLaw,
  stamp: Stamp,
): Decision<AccessRequested> {
  if (!mayAskAccess(stamp.actor)) return refuse('not_allowed')
  const wrong = askBodyRefusal(stamp.actor, body, waiting, law)
  if (wrong !== null) return { ok: false, refusal: wrong }
  if (alreadyOpen) return refuse('access_already_open')
  return accept({
    type: 'AccessRequested',
    v: 1,
    facts: {
      caseId: far.id,
      caseCode: far.code,
      reach: body.reach,
      purpose: body.purpose,
      days: body.days,
    },
    parts: [{ tier: 'T3', name: 'purpose', body: body.text }],
  })
}

const owns = (actor: Actor, grant: Grant): boolean =>
  actor.role === 'cpu_head' && actor.unitId === grant.ownerUnitId && actor.userId !== grant.userId

export function decideAnswerAccess(
  grant: Grant,
  purpose: string,
  body: { readonly grant: boolean; readonly days: number | null; readonly text: string | null },
  law: PrivacyLaw,
  stamp: Stamp,
): Decision<AccessGranted | AccessRefused> {
  if (!owns(stamp.actor, grant)) return refuse('not_allowed')
  if (grant.state !== 'REQUESTED') return refuse('wrong_state', undefined, { state: grant.state })
  if (!body.grant) {
    if (body.text === null) return refuse('reason_required', 'text')
    return accept({
      type: 'AccessRefused',
      v: 1,
      facts: { at: stamp.now },
      parts: [{ tier: 'T3', name: 'answer', body: body.text }],
    })
  }
  const days = body.days ?? grant.days
  if (days > law.grantDays) return refuse('access_too_long', 'days', { days: law.grantDays })
  return accept({
    type: 'AccessGranted',
    v: 1,
    facts: { until: later(stamp.now, days * DAY), reach: grant.reach, purpose },
    ...(body.text === null ? {} : { parts: [{ tier: 'T3' as const, name: 'answer', body: body.text }] }),
  })
}

/** At once, by the head of the unit or the officer. */
export function decideRevokeAccess(
  grant: Grant,
  body: { readonly text: string },
  stamp: Stamp,
): Decision<AccessRevoked> {
  if (!owns(stamp.actor, grant) && !isOfficer(stamp.actor)) return refuse('not_allowed')
  if (grantStanding(grant, stamp.now) !== 'GRANTED') return refuse('access_not_live')
  return accept({
    type: 'AccessRevoked',
    v: 1,
    facts: { at: stamp.now },
    parts: [{ tier: 'T3', name: 'revoked', body: body.text }],
  })
}
