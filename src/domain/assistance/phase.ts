/**
 * Phases of assistance (domain specification 3.6; the names are unconfirmed [U] and are words of the configuration). No question here
 * asks whether the person is a potential or a formally identified victim, nor whether they testify: `AssistedFile` holds neither.
 */
import { addDays, addMonths, tiranaDay } from '../clock/tirana.ts'
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
import { type AssistanceLaw, type AssistedFile, type Phase, phases, writeBar } from './file.ts'
import { type SafetyPlan, safetyPlanReady } from './safety.ts'

export const followUpMonths = [1, 3, 6, 12] as const
export type FollowUpMonth = (typeof followUpMonths)[number]

/** What the guards ask of the world. */
export interface PhaseWorld {
  readonly needs: number
  /** In a place of the registers now, or a child placed in one. */
  readonly inShelter: boolean
  readonly plan: SafetyPlan | null
  /** An action of the assistance plan, or of the child's own plan. */
  readonly actions: number
  /** Day of the newest report of the case manager. */
  readonly reportedOn: Day | null
  readonly twelveDone: boolean
  /** Contact was lost, as documented, and not found again. */
  readonly contactLost: boolean
  /** How often monitoring has begun. */
  readonly rounds: number
}

export type PhaseMoved = DomainEvent<
  'AssistancePhaseMoved',
  {
    readonly from: Phase | null
    readonly to: Phase
    readonly by: Uuid
    readonly at: Instant
    /** Which monitoring this is, counted from one; nought for the other phases. */
    readonly round: number
    readonly followUps: readonly { readonly month: FollowUpMonth; readonly due: Day }[]
  }
>

/** The next phase; from a later one also back to emergency help, when a new danger asks for it. */
export const nextPhases = (phase: Phase | null): readonly Phase[] => {
  if (phase === null) return ['NEEDS_ASSESSED']
  if (phase === 'EXITED') return []
  const at = phases.indexOf(phase)
  const next = phases[at + 1]!
  return at > phases.indexOf('EMERGENCY') ? [next, 'EMERGENCY'] : [next]
}

/**
 * Why a person may not go on to this phase; null when they may. Emergency help waits for nothing but the needs; whoever lives outside
 * a shelter goes no further without a safety plan (S004).
 */
export const phaseBar = (
  file: AssistedFile,
  to: Phase,
  world: PhaseWorld,
  law: AssistanceLaw,
  today: Day,
): Refusal | null => {
  if (!nextPhases(file.phase).includes(to))
    return { code: 'assistance_phase_step', field: 'to', params: { from: file.phase ?? 'NONE' } }
  switch (to) {
    case 'NEEDS_ASSESSED':
      return world.needs > 0 ? null : { code: 'assistance_no_needs', field: 'to' }
    case 'EMERGENCY':
      return null
    case 'EXITED':
      return world.twelveDone || world.contactLost ? null : { code: 'assistance_twelve_missing', field: 'to' }
  }
  const unsafe = world.inShelter ? null : safetyPlanReady(world.plan, today)
  if (unsafe !== null) return { ...unsafe, field: 'to' }
  if (to !== 'REINTEGRATION') return null
  if (world.actions === 0) return { code: 'assistance_plan_missing', field: 'to' }
  if (file.managerId === null) return { code: 'assistance_manager_missing', field: 'to' }
  if (world.reportedOn === null || world.reportedOn < addDays(today, -law.reportDays))
    return { code: 'assistance_report_missing', field: 'to', params: { days: law.reportDays } }
  return null
}

export interface MovePhase {
  readonly to: Phase
  /** Why help begins anew; only on the way back. */
  readonly reason?: string | undefined
}
export function decideMovePhase(
  file: AssistedFile,
  body: MovePhase,
  world: PhaseWorld,
  law: AssistanceLaw,
  stamp: Stamp,
): Decision<PhaseMoved> {
  const no = writeBar(file, stamp.actor)
  if (no) return { ok: false, refusal: no }
  const today = tiranaDay(stamp.now)
  const bar = phaseBar(file, body.to, world, law, today)
  if (bar) return { ok: false, refusal: bar }
  const back = file.phase !== null && phases.indexOf(body.to) < phases.indexOf(file.phase)
  const reason = (body.reason ?? '').trim()
  if (back && reason === '') return refuse('reason_required', 'reason')
  return accept<PhaseMoved>({
    type: 'AssistancePhaseMoved',
    v: 1,
    facts: {
      from: file.phase,
      to: body.to,
      by: stamp.actor.userId,
      at: stamp.occurredAt,
      round: body.to === 'MONITORING' ? world.rounds + 1 : 0,
      // Once what was planned is done: after one, three, six and twelve calendar months (D20 to D23).
      followUps:
        body.to === 'MONITORING'
          ? followUpMonths.map((month) => ({ month, due: addMonths(today, month) }))
          : [],
    },
    ...(reason === '' ? {} : { parts: [{ tier: 'T3' as const, name: 'reason', body: reason }] }),
    touches: ['phase'],
  })
}

/**
 * What the exit from the track asks (domain specification 3.4): assistance ended, which no phase allows before the twelve-month
 * outcome or documented loss of contact.
 */
export const assistanceEnded = (file: { readonly phase: string | null }): boolean => file.phase === 'EXITED'
