/** The case conference (grupi teknik ndërsektorial, GTN): who came, who did not, what was decided. */

import { tiranaDay } from '../clock/tirana.ts'
import { accept, type Day, type Decision, refuse, type Stamp, type Uuid } from '../core.ts'
import { familyBar } from '../family/inform.ts'
import { event } from './event.ts'
import type { CaseEvent, MemberAbsent } from './events.ts'
import { actionAdded } from './plan.ts'
import { gate } from './policy.ts'
import type { CaseLaw, CaseState, ConferenceDecision, FundingSource } from './state.ts'

export const parts = ['took_part', 'was_heard', 'not_invited', 'refused', 'too_young'] as const
export type Part = (typeof parts)[number]
/** Why the child or the family was not called; "unsafe" where they may be the ones who exploit. */
export const whyNots = [
  'unsafe',
  'untraceable',
  'no_interpreter',
  'short_notice',
  'conflict_of_interest',
  'other',
] as const
export type WhyNot = (typeof whyNots)[number]
export const absenceReasons = ['no_reply', 'excused', 'not_staffed', 'other'] as const
export type AbsenceReason = (typeof absenceReasons)[number]

export interface Attendance {
  readonly institutionId: Uuid
  readonly present: boolean
  /** Somebody stood in for the member who is named to the group. */
  readonly deputy?: boolean
  /** Who spoke for the institution (T3). */
  readonly name?: string
  readonly absence: AbsenceReason | null
}
/** What an institution took upon itself; with a goal it becomes an action of the plan at once. */
export interface NewResolution {
  readonly text: string
  readonly service: string
  readonly institutionId: Uuid
  readonly due: Day
  readonly goalId: Uuid | null
  readonly costLek: number | null
  readonly funding: FundingSource | null
}

export interface HoldConference {
  /** The meeting that was called; null where the group met without being called through the register. */
  readonly conferenceId?: Uuid | null
  readonly heldOn: Day
  readonly place?: string
  readonly attendance: readonly Attendance[]
  readonly childPart: Part
  readonly childWhyNot?: WhyNot | null
  readonly familyPart: Part
  readonly familyWhyNot?: WhyNot | null
  readonly decisions: readonly ConferenceDecision[]
  readonly resolutions?: readonly NewResolution[]
  readonly minutes: string
  readonly childWords?: string
  /** Health, mind, interview or a hidden place were spoken of: the minutes are sealed (T4). */
  readonly sensitive?: boolean
}

/** Absences are events of their own: missing members are recorded and reported (§3.2). */
export const absences = (
  conferenceId: Uuid,
  absent: readonly Attendance[],
  stamp: Stamp,
): readonly MemberAbsent[] =>
  absent.map((a) =>
    event('MemberAbsent', stamp, {
      conferenceId,
      institutionId: a.institutionId,
      reason: a.absence ?? 'no_reply',
    }),
  )

/** Whoever was called either came or is written down as absent. */
export const unaccounted = (
  called: readonly { readonly institutionId: Uuid }[],
  attendance: readonly { readonly institutionId: Uuid }[],
): boolean => called.some((c) => !attendance.some((a) => a.institutionId === c.institutionId))

const unsaid = (part: Part, why: WhyNot | null | undefined): boolean => part === 'not_invited' && why == null

export function decideHoldConference(
  s: CaseState,
  body: HoldConference,
  stamp: Stamp,
  law?: CaseLaw,
): Decision<CaseEvent> {
  const no = gate('hold_conference', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  if (body.heldOn > tiranaDay(stamp.now)) return refuse('in_future', 'heldOn')
  const present = body.attendance.filter((a) => a.present)
  const absent = body.attendance.filter((a) => !a.present)
  const called = body.conferenceId ?? null
  if (called !== null) {
    if (s.gtn.call?.id !== called) return refuse('case_conference_not_called', 'conferenceId')
    if (unaccounted(s.gtn.call.called, body.attendance))
      return refuse('case_conference_unaccounted', 'attendance')
    if (law !== undefined && present.length < law.conferenceQuorum)
      return refuse('case_conference_quorum', 'attendance', { quorum: law.conferenceQuorum })
  }
  if (unsaid(body.childPart, body.childWhyNot)) return refuse('reason_required', 'childWhyNot')
  if (unsaid(body.familyPart, body.familyWhyNot)) return refuse('reason_required', 'familyWhyNot')
  // Whoever was called or heard was told of the meeting.
  const bar =
    body.familyPart === 'took_part' || body.familyPart === 'was_heard' ? familyBar(s, 'familyPart') : null
  if (bar) return { ok: false, refusal: bar }
  const planOnTable = s.plan?.status === 'draft' ? s.plan.id : null
  const about = body.decisions.includes('approve_plan') || body.decisions.includes('return_plan')
  if (about && planOnTable === null) return refuse('case_no_plan', 'decisions')
  const conferenceId = called ?? stamp.newId()
  const resolved = resolve(s, conferenceId, body, stamp)
  if (!resolved.ok) return resolved
  const names = Object.fromEntries(
    present.flatMap((a) => (a.name === undefined ? [] : [[a.institutionId, a.name]])),
  )
  const minutes = { minutes: body.minutes, childWords: body.childWords }
  const open = { place: body.place, ...(Object.keys(names).length > 0 ? { names } : {}) }
  return accept<CaseEvent>(
    // Actions first: the minutes approve the plan as it then lies on the table.
    ...resolved.events.filter((e) => e.type === 'ActionAdded'),
    event(
      'ConferenceHeld',
      stamp,
      {
        conferenceId,
        heldOn: body.heldOn,
        present: present.map((a) => a.institutionId),
        absent: absent.map((a) => a.institutionId),
        deputies: present.filter((a) => a.deputy === true).map((a) => a.institutionId),
        childPart: body.childPart,
        childWhyNot: body.childWhyNot ?? null,
        familyPart: body.familyPart,
        familyWhyNot: body.familyWhyNot ?? null,
        decisions: body.decisions,
        planId: planOnTable,
        called: called !== null,
        sealed: body.sensitive === true,
      },
      {
        T3: body.sensitive === true ? open : { ...minutes, ...open },
        ...(body.sensitive === true ? { T4: minutes } : {}),
        touches: ['conference', ...(called === null ? [] : ['conference_call'])],
      },
    ),
    ...absences(conferenceId, absent, stamp),
    ...resolved.events.filter((e) => e.type !== 'ActionAdded'),
  )
}

/** The resolutions of the minutes, and the actions that those with a goal become. */
const resolve = (
  s: CaseState,
  conferenceId: Uuid,
  body: HoldConference,
  stamp: Stamp,
): Decision<CaseEvent> => {
  const events: CaseEvent[] = []
  for (const [i, r] of (body.resolutions ?? []).entries()) {
    const { text, service, institutionId, due, goalId, costLek, funding } = r
    let actionId: Uuid | null = null
    if (goalId !== null) {
      if (s.plan === null) return refuse('case_no_plan', `resolutions.${i}.goalId`)
      if (!s.plan.goals.some((g) => g.id === goalId))
        return refuse('case_goal_unknown', `resolutions.${i}.goalId`)
      if (s.plan.status === 'approved' && (costLek === null || funding === null))
        return refuse('case_action_incomplete', `resolutions.${i}.costLek`)
      const added = actionAdded(
        s.plan.id,
        goalId,
        { service, text, institutionId, due, costLek, funding },
        stamp,
      )
      actionId = added.facts.actionId
      events.push(added)
    }
    const said = { text }
    events.push(
      event(
        'ResolutionMade',
        stamp,
        { resolutionId: stamp.newId(), conferenceId, service, institutionId, due, actionId },
        {
          ...(body.sensitive === true ? { T4: said } : { T3: said }),
          touches: ['resolutions'],
        },
      ),
    )
  }
  return { ok: true, events }
}
