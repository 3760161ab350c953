/**
 * Reports of the case manager at regular intervals, visits one, three, six and twelve months after the plan, and the loss of contact.
 * The outcome is that of `src/domain/outcome`: of an adult a job or a network after twelve months (S002, S004).
 */
import { addMonths, tiranaDay } from '../clock/tirana.ts'
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
import { sectors } from '../outcome/kinds.ts'
import type { OutcomeStatus } from '../outcome/snapshot.ts'
import { type AssistanceLaw, type AssistedFile, writeBar } from './file.ts'
import type { FollowUpMonth } from './phase.ts'
import { moment, said } from './plan.ts'

export const progresses = ['better', 'same', 'worse'] as const
export type Progress = (typeof progresses)[number]
type Moment = { readonly by: Uuid; readonly at: Instant }
export type AssistanceReported = DomainEvent<
  'AssistanceReported',
  Moment & {
    readonly reportId: Uuid
    readonly on: Day
    readonly progress: Progress
    readonly concern: boolean
  }
>
/** How the adult lives: the fields of the twelve-month outcome that an adult has. */
export type AdultOutcome = Pick<OutcomeStatus, 'living' | 'job' | 'jobSecure' | 'network' | 'income'>
export type AssistanceFollowed = DomainEvent<
  'AssistanceFollowed',
  Moment &
    AdultOutcome & {
      readonly followUpId: Uuid
      readonly month: FollowUpMonth
      readonly seenOn: Day
      readonly reexploited: 'yes' | 'no' | 'not_known'
    }
>
export const waysTried = [
  'phone',
  'visit',
  'relatives',
  'police',
  'partner_body',
  'message',
  'other',
] as const
export type WayTried = (typeof waysTried)[number]
export type ContactLost = DomainEvent<
  'ContactLost',
  Moment & {
    readonly lostId: Uuid
    readonly lastOn: Day
    readonly attempts: readonly { readonly on: Day; readonly way: WayTried }[]
  }
>
export type WatchEvent = AssistanceReported | AssistanceFollowed | ContactLost

export interface WriteReport {
  readonly on: Day
  readonly progress: Progress
  readonly concern: boolean
  readonly text: string
}
/** `last`: day of the newest report; a report never goes before it. */
export const reported = (last: Day | null, body: WriteReport, stamp: Stamp): Decision<AssistanceReported> => {
  if (body.on > tiranaDay(stamp.now)) return refuse('in_future', 'on')
  if (last !== null && body.on < last) return refuse('assistance_report_older', 'on', { day: last })
  const { text, ...facts } = body
  return accept<AssistanceReported>({
    type: 'AssistanceReported',
    v: 1,
    facts: { reportId: stamp.newId(), ...facts, ...moment(stamp) },
    ...said('report', text),
  })
}
export function decideWriteReport(
  file: AssistedFile,
  last: Day | null,
  body: WriteReport,
  stamp: Stamp,
): Decision<AssistanceReported> {
  const no = writeBar(file, stamp.actor)
  return no ? { ok: false, refusal: no } : reported(last, body, stamp)
}

export interface FollowUp {
  readonly id: Uuid
  readonly month: FollowUpMonth
  readonly due: Day
  readonly seenOn: Day | null
}
export interface WriteFollowUp extends AdultOutcome {
  readonly month: FollowUpMonth
  readonly seenOn: Day
  readonly reexploited: 'yes' | 'no' | 'not_known'
  readonly remark?: string | undefined
}
/**
 * A child's are those of its case. A visit earlier than the one before it was due is no visit of that month; and a year is a year: its outcome
 * is not written down in the spring, as of a return (src/domain/returns/journey.ts).
 */
export function decideFollowUp(
  file: AssistedFile,
  due: readonly FollowUp[],
  body: WriteFollowUp,
  stamp: Stamp,
): Decision<AssistanceFollowed> {
  const no = writeBar(file, stamp.actor)
  if (no) return { ok: false, refusal: no }
  const one = due.find((known) => known.month === body.month)
  if (one === undefined || one.seenOn !== null) return refuse('assistance_follow_up_unknown', 'month')
  if (body.seenOn > tiranaDay(stamp.now)) return refuse('in_future', 'seenOn')
  const before = due.filter((known) => known.month < body.month).at(-1)
  if (before !== undefined && body.seenOn < before.due)
    return refuse('assistance_follow_up_early', 'seenOn', { day: before.due })
  const spring = addMonths(one.due, -1)
  if (body.month === 12 && body.seenOn < spring)
    return refuse('assistance_follow_up_early', 'seenOn', { day: spring })
  const works = (sectors as readonly string[]).includes(body.job)
  if (body.jobSecure !== null && !works) return refuse('outcome_contradiction', 'jobSecure')
  const { remark, ...facts } = body
  return accept<AssistanceFollowed>({
    type: 'AssistanceFollowed',
    v: 1,
    facts: { followUpId: one.id, ...facts, ...moment(stamp) },
    ...said('remark', remark),
    touches: [`month_${body.month}`],
  })
}

export interface LoseContact {
  readonly lastOn: Day
  readonly attempts: readonly { readonly on: Day; readonly way: WayTried }[]
  readonly words: string
}
/** Lost is who was looked for, on several days, and not found: said with days and ways, never with a tick. */
export function decideLoseContact(
  file: AssistedFile,
  body: LoseContact,
  law: AssistanceLaw,
  stamp: Stamp,
): Decision<ContactLost> {
  const no = writeBar(file, stamp.actor)
  if (no) return { ok: false, refusal: no }
  const today = tiranaDay(stamp.now)
  if (body.lastOn > today) return refuse('in_future', 'lastOn')
  const days = new Set(body.attempts.map((one) => one.on))
  if (days.size < law.contactAttempts || body.words.trim() === '')
    return refuse('assistance_contact_undocumented', 'attempts', { n: law.contactAttempts })
  if (body.attempts.some((one) => one.on > today)) return refuse('in_future', 'attempts')
  if (body.attempts.some((one) => one.on < body.lastOn))
    return refuse('assistance_contact_undocumented', 'attempts', { n: law.contactAttempts })
  const { words, ...facts } = body
  return accept<ContactLost>({
    type: 'ContactLost',
    v: 1,
    facts: { lostId: stamp.newId(), ...facts, ...moment(stamp) },
    ...said('lost', words),
    touches: ['contact'],
  })
}
