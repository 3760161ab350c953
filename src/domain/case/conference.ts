/** The case conference (grupi teknik ndërsektorial, GTN): who came, who did not, what was decided. */

import { tiranaDay } from '../clock/tirana.ts'
import { accept, type Day, type Decision, refuse, type Stamp, type Uuid } from '../core.ts'
import { event } from './event.ts'
import type { CaseEvent } from './events.ts'
import { gate } from './policy.ts'
import type { CaseState, ConferenceDecision } from './state.ts'

export const parts = ['took_part', 'was_heard', 'not_invited', 'refused', 'too_young'] as const
export type Part = (typeof parts)[number]
export const absenceReasons = ['no_reply', 'excused', 'not_staffed', 'other'] as const
export type AbsenceReason = (typeof absenceReasons)[number]

export interface HoldConference {
  readonly heldOn: Day
  readonly place?: string
  readonly attendance: readonly {
    readonly institutionId: Uuid
    readonly present: boolean
    /** Who spoke for the institution (T3). */
    readonly name?: string
    readonly absence: AbsenceReason | null
  }[]
  readonly childPart: Part
  readonly familyPart: Part
  readonly decisions: readonly ConferenceDecision[]
  readonly minutes: string
  readonly childWords?: string
}

/** Absences are events of their own: missing members are recorded and reported (§3.2). */
export function decideHoldConference(s: CaseState, body: HoldConference, stamp: Stamp): Decision<CaseEvent> {
  const no = gate('hold_conference', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  if (body.heldOn > tiranaDay(stamp.now)) return refuse('in_future', 'heldOn')
  const present = body.attendance.filter((a) => a.present)
  const absent = body.attendance.filter((a) => !a.present)
  const planOnTable = s.plan?.status === 'draft' ? s.plan.id : null
  const about = body.decisions.includes('approve_plan') || body.decisions.includes('return_plan')
  if (about && planOnTable === null) return refuse('case_no_plan', 'decisions')
  const conferenceId = stamp.newId()
  const names = Object.fromEntries(
    present.flatMap((a) => (a.name === undefined ? [] : [[a.institutionId, a.name]])),
  )
  return accept<CaseEvent>(
    event(
      'ConferenceHeld',
      stamp,
      {
        conferenceId,
        heldOn: body.heldOn,
        present: present.map((a) => a.institutionId),
        absent: absent.map((a) => a.institutionId),
        childPart: body.childPart,
        familyPart: body.familyPart,
        decisions: body.decisions,
        planId: planOnTable,
      },
      {
        T3: {
          minutes: body.minutes,
          place: body.place,
          childWords: body.childWords,
          ...(Object.keys(names).length > 0 ? { names } : {}),
        },
        touches: ['conference'],
      },
    ),
    ...absent.map((a) =>
      event('MemberAbsent', stamp, {
        conferenceId,
        institutionId: a.institutionId,
        reason: a.absence ?? 'no_reply',
      }),
    ),
  )
}
