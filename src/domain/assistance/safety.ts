/**
 * Individual risk assessment and safety plan of a (potential) victim of trafficking: demanded before leaving a shelter, while living
 * outside one, and before a return (S004 PROT-2.b.1, 2.b.2; deadline D18, nought days before the event). What endangers whom, the
 * measures and the contact plan are of the sensitive tier; days and the level are not.
 */
import { addDays, tiranaDay } from '../clock/tirana.ts'
import {
  accept,
  type Day,
  type Decision,
  type DomainEvent,
  type Instant,
  refuse,
  type Stamp,
  type Uuid,
} from '../core.ts'
import type { Refusal } from '../refusal.ts'
import { type AssistanceLaw, type AssistedFile, writeBar } from './file.ts'

export const dangers = [
  'exploiter_near',
  'exploiter_threats',
  'family_involved',
  'family_rejects',
  'violence_at_home',
  'debt',
  'self_harm',
  'addiction',
  'health',
  'no_income',
  'no_home',
  'stigma',
  'documents',
  'proceeding',
  'other',
] as const
export type Danger = (typeof dangers)[number]
export const riskLevels = ['low', 'medium', 'high', 'immediate'] as const
export type RiskLevel = (typeof riskLevels)[number]
/** Where the person lives, or will live. */
export const livingPlaces = [
  'shelter',
  'family',
  'relatives',
  'partner',
  'own_home',
  'rented',
  'abroad',
  'street',
  'other',
] as const
export type LivingPlace = (typeof livingPlaces)[number]

type Moment = { readonly by: Uuid; readonly at: Instant }
export type RiskAssessed = DomainEvent<
  'RiskAssessed',
  Moment & { readonly riskId: Uuid; readonly on: Day; readonly level: RiskLevel }
>
export type SafetyPlanMade = DomainEvent<
  'SafetyPlanMade',
  Moment & { readonly planId: Uuid; readonly riskId: Uuid; readonly on: Day; readonly reviewOn: Day }
>
export type SafetyEvent = RiskAssessed | SafetyPlanMade

export interface Risk {
  readonly id: Uuid
  readonly on: Day
  readonly level: RiskLevel
}
/** The newest plan of a file, or null where none was made. */
export interface SafetyPlan {
  readonly id: Uuid
  readonly riskId: Uuid
  readonly on: Day
  /** Until when it holds without being looked at again. */
  readonly reviewOn: Day
}

export interface AssessRisk {
  readonly on: Day
  readonly level: RiskLevel
  readonly dangers: readonly Danger[]
  readonly living: LivingPlace
  readonly words: string
}
export function decideAssessRisk(file: AssistedFile, body: AssessRisk, stamp: Stamp): Decision<RiskAssessed> {
  const no = writeBar(file, stamp.actor)
  if (no) return { ok: false, refusal: no }
  if (body.on > tiranaDay(stamp.now)) return refuse('in_future', 'on')
  return accept<RiskAssessed>({
    type: 'RiskAssessed',
    v: 1,
    facts: {
      riskId: stamp.newId(),
      on: body.on,
      level: body.level,
      by: stamp.actor.userId,
      at: stamp.occurredAt,
    },
    parts: [
      {
        tier: 'T4',
        name: 'risk',
        body: { dangers: [...new Set(body.dangers)], living: body.living, words: body.words },
      },
    ],
  })
}

export interface MakeSafetyPlan {
  readonly riskId: Uuid
  readonly reviewOn: Day
  readonly police: boolean
  readonly measures: string
  readonly contact: string
}
/** Rests on the newest risk assessment; a plan on an older one would answer dangers that have changed. */
export function decideMakeSafetyPlan(
  file: AssistedFile,
  risks: readonly Risk[],
  body: MakeSafetyPlan,
  law: AssistanceLaw,
  stamp: Stamp,
): Decision<SafetyPlanMade> {
  const no = writeBar(file, stamp.actor)
  if (no) return { ok: false, refusal: no }
  const newest = risks.at(-1)
  if (!risks.some((one) => one.id === body.riskId)) return refuse('assistance_risk_unknown', 'riskId')
  if (newest?.id !== body.riskId) return refuse('assistance_risk_newer', 'riskId')
  const today = tiranaDay(stamp.now)
  const latest = addDays(today, law.safetyReviewDays)
  if (body.reviewOn < today || body.reviewOn > latest)
    return refuse('assistance_review_day', 'reviewOn', { day: latest })
  return accept<SafetyPlanMade>({
    type: 'SafetyPlanMade',
    v: 1,
    facts: {
      planId: stamp.newId(),
      riskId: body.riskId,
      on: today,
      reviewOn: body.reviewOn,
      by: stamp.actor.userId,
      at: stamp.occurredAt,
    },
    parts: [
      {
        tier: 'T4',
        name: 'plan',
        body: { police: body.police, measures: body.measures, contact: body.contact },
      },
    ],
    touches: ['safety_plan'],
  })
}

/**
 * Whether the plan lets the person leave a shelter, live outside one, or return on that day: null when it does, else what is missing.
 * Asks nothing of the status, nor of any will to testify.
 */
export const safetyPlanReady = (
  plan: Pick<SafetyPlan, 'on' | 'reviewOn'> | null,
  day: Day,
): Refusal | null => {
  if (plan === null || plan.on > day) return { code: 'assistance_safety_plan_missing' }
  if (plan.reviewOn < day) return { code: 'assistance_safety_plan_over', params: { day: plan.reviewOn } }
  return null
}
