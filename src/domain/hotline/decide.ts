import { type Actor, accept, type Decision, type Instant, refuse, type Stamp, type Uuid } from '../core.ts'
import type {
  CallBody,
  CallLinked,
  CallRecorded,
  MissedBody,
  MissedCounted,
  Shift,
  ShiftBegun,
  ShiftEnded,
} from './state.ts'

const HOUR = 3_600_000

/** Operators keep their own line; nobody keeps another's. */
export const keepsLine = (actor: Actor): boolean => actor.role === 'hotline'
/** Whoever answers for the lines reads their figures; the operators read their own line's. */
export const readsLines = (actor: Actor): boolean =>
  ['hotline', 'responsible_authority', 'coordinator', 'state_agency'].includes(actor.role)
/** Counts of few callers are hidden from those who read figures alone; the line and the authority see their own work. */
export const seesExactCalls = (actor: Actor): boolean =>
  actor.role === 'hotline' || actor.role === 'responsible_authority'

export interface ShiftLaw {
  readonly longestShiftHours: number
}

/** When a shift that was not ended stops counting. */
const atMostOf = (from: Instant, law: ShiftLaw): Instant =>
  new Date(Date.parse(from) + law.longestShiftHours * HOUR).toISOString()

/** `standing`: the shift of this operator that is not ended, if there is one. */
export const decideBeginShift = (
  standing: Shift | null,
  body: { readonly trained: boolean },
  law: ShiftLaw,
  stamp: Stamp,
): Decision<ShiftBegun> => {
  const { actor, now } = stamp
  if (!keepsLine(actor)) return refuse('not_allowed')
  if (standing !== null && standing.to === null) return refuse('hotline_shift_stands')
  return accept({
    type: 'ShiftBegun',
    v: 1,
    facts: { unitId: actor.unitId, trained: body.trained, from: now, atMost: atMostOf(now, law) },
  })
}

/**
 * The operator ends the own shift; a colleague of the line ends one that was forgotten, once it counts no longer. Nobody
 * ends a shift later than now, before it began, or after it stopped counting.
 */
export const decideEndShift = (
  shift: Shift,
  body: { readonly at: Instant | null },
  stamp: Stamp,
): Decision<ShiftEnded> => {
  const { actor, now } = stamp
  if (!keepsLine(actor) || actor.unitId !== shift.unitId) return refuse('not_allowed')
  if (shift.to !== null) return refuse('hotline_shift_over')
  const own = actor.userId === shift.operatorId
  if (!own && now < shift.atMost) return refuse('hotline_shift_of_another')
  const latest = now < shift.atMost ? now : shift.atMost
  const to = body.at ?? latest
  if (to > now) return refuse('in_future', 'at')
  if (to <= shift.from || to > shift.atMost) return refuse('hotline_shift_hours', 'at')
  return accept({ type: 'ShiftEnded', v: 1, facts: { to, by: own ? 'operator' : 'colleague' } })
}

export const decideRecordCall = (body: CallBody, stamp: Stamp): Decision<CallRecorded> => {
  const { actor, now } = stamp
  if (!keepsLine(actor)) return refuse('not_allowed')
  if (body.at > now) return refuse('in_future', 'at')
  if (Date.parse(now) - Date.parse(body.at) > 31 * 24 * HOUR) return refuse('hotline_too_late', 'at')
  const { outcomes } = body
  if (outcomes.includes('none') && outcomes.length > 1) return refuse('hotline_outcome_none', 'outcomes')
  if (body.reportId !== null && !outcomes.includes('report'))
    return refuse('hotline_outcome_report', 'outcomes')
  return accept({ type: 'CallRecorded', v: 1, facts: { ...body, unitId: actor.unitId } })
}

/** The report that a recorded call led to, where it was written afterwards. */
export const decideLinkCall = (
  call: { readonly unitId: Uuid; readonly reportId: Uuid | null; readonly outcomes: readonly string[] },
  body: { readonly reportId: Uuid },
  stamp: Stamp,
): Decision<CallLinked> => {
  if (!keepsLine(stamp.actor) || call.unitId !== stamp.actor.unitId) return refuse('not_allowed')
  if (call.reportId !== null) return refuse('hotline_call_linked')
  if (!call.outcomes.includes('report')) return refuse('hotline_outcome_report')
  return accept({ type: 'CallLinked', v: 1, facts: body })
}

/** What the exchange counted in one hour that nobody took; said again, it replaces what was said. */
export const decideCountMissed = (body: MissedBody, stamp: Stamp): Decision<MissedCounted> => {
  const { actor, now } = stamp
  if (!keepsLine(actor)) return refuse('not_allowed')
  if (Date.parse(body.hour) % HOUR !== 0) return refuse('hotline_whole_hour', 'hour')
  if (body.hour > now) return refuse('in_future', 'hour')
  if (body.calledBack > body.missed) return refuse('hotline_called_back_more', 'calledBack')
  return accept({ type: 'MissedCounted', v: 1, facts: { ...body, unitId: actor.unitId } })
}

export interface Stretch {
  readonly from: Instant
  readonly to: Instant
}
/** The stretch in which a shift counts as staffed, as it is known now; null while it has no length. */
export const countedStretch = (
  shift: Pick<Shift, 'from' | 'to' | 'atMost'>,
  now: Instant,
): Stretch | null => {
  const open = now < shift.atMost ? now : shift.atMost
  const to = shift.to ?? open
  return to > shift.from ? { from: shift.from, to } : null
}
/** Milliseconds of `within` that the stretches cover; what two share counts once. */
export const coveredMs = (stretches: readonly Stretch[], within: Stretch): number => {
  let until = Date.parse(within.from)
  const end = Date.parse(within.to)
  let sum = 0
  for (const one of [...stretches].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))) {
    const from = Math.max(until, Date.parse(one.from))
    const to = Math.min(end, Date.parse(one.to))
    if (to > from) {
      sum += to - from
      until = to
    }
  }
  return sum
}
/** What nobody covered, in order. */
export const uncovered = (stretches: readonly Stretch[], within: Stretch): Stretch[] => {
  const gaps: Stretch[] = []
  let at = within.from
  for (const one of [...stretches].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))) {
    if (one.to <= at) continue
    if (one.from >= within.to) break
    if (one.from > at) gaps.push({ from: at, to: one.from })
    at = one.to
  }
  if (at < within.to) gaps.push({ from: at, to: within.to })
  return gaps
}
