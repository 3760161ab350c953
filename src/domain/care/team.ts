/**
 * Emergency teams of municipalities and their duty roster (domain specification, section 16 item 14; seed 000, emergency
 * services): who is on duty at which hours, and which hours of the week nobody covers.
 */
import { addDays, addMonths, fromTirana, tiranaDay } from '../clock/tirana.ts'
import {
  type Actor,
  accept,
  type Day,
  type Decision,
  type DomainEvent,
  type Instant,
  refuse,
  type Stamp,
  type Uuid,
} from '../core.ts'
import { textParts } from '../parts.ts'
import { outcomeFits, scoresWhole, type VisitBody, type VisitOutcome } from './places.ts'

export const teamProfessions = [
  'child_protection_worker',
  'social_worker',
  'psychologist',
  'police',
  'health',
  'lawyer',
  'other',
] as const
export type TeamProfession = (typeof teamProfessions)[number]

/** Times of day `08:00`, Tirana's; the same twice means around the clock. */
export type Hours = { readonly from: string; readonly to: string }
export type Duty = {
  readonly id: Uuid
  readonly memberId: Uuid
  readonly from: Instant
  readonly to: Instant
}
export interface Gap {
  readonly from: Instant
  readonly to: Instant
}
export interface Member {
  readonly id: Uuid
  readonly name: string
  readonly profession: TeamProfession
  readonly phone: string | null
  readonly active: boolean
}
export interface Team {
  readonly id: Uuid
  readonly version: number
  readonly municipality: string
  readonly members: readonly { readonly id: Uuid; readonly active: boolean }[]
}
export type TeamBody = {
  readonly nameSq: string
  readonly nameEn: string
  readonly phone: string | null
  readonly actNumber: string | null
  readonly actDate: Day | null
  readonly coversFrom: string
  readonly coversTo: string
  readonly active: boolean
  readonly members: readonly Member[]
}
export type TeamSet = DomainEvent<
  'TeamSet',
  Omit<TeamBody, 'members' | 'phone'> & {
    readonly municipality: string
    readonly members: readonly {
      readonly id: Uuid
      readonly profession: TeamProfession
      readonly active: boolean
    }[]
  }
>
export type DutySet = DomainEvent<'DutySet', { readonly duties: readonly Duty[] }>
export type DutyCancelled = DomainEvent<'DutyCancelled', { readonly dutyId: Uuid }>
export type TeamInspected = DomainEvent<
  'TeamInspected',
  {
    readonly visitId: Uuid
    readonly onDay: Day
    readonly outcome: VisitOutcome | null
    readonly nextDue: Day
  }
>

export const keepsTeam = (actor: Actor, municipality: string): boolean =>
  (actor.role === 'cpu_head' || actor.role === 'municipal_director') && actor.municipality === municipality
export const inspectsTeam = (actor: Actor): boolean => actor.role === 'state_agency'

const clockOf = (text: string): readonly [number, number] => [
  Number(text.slice(0, 2)),
  Number(text.slice(3, 5)),
]
/** The stretches of a day that are to be staffed; hours that end before they begin reach into the next morning. */
const stretch = (day: Day, hours: Hours): Gap => ({
  from: fromTirana(day, ...clockOf(hours.from)),
  to: fromTirana(hours.to <= hours.from ? addDays(day, 1) : day, ...clockOf(hours.to)),
})

/** Hours from `from` to `to` that are to be staffed and are not: in order, none touching the next. */
export function gapsIn(
  from: Instant,
  to: Instant,
  hours: Hours,
  duties: readonly { readonly from: Instant; readonly to: Instant }[],
): Gap[] {
  const gaps: Gap[] = []
  const add = (gap: Gap): void => {
    const last = gaps.at(-1)
    if (last !== undefined && last.to >= gap.from)
      gaps[gaps.length - 1] = { from: last.from, to: gap.to > last.to ? gap.to : last.to }
    else gaps.push(gap)
  }
  const sorted = [...duties].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  for (let day = addDays(tiranaDay(from), -1); fromTirana(day) < to; day = addDays(day, 1)) {
    const needed = stretch(day, hours)
    const end = needed.to < to ? needed.to : to
    let at = needed.from > from ? needed.from : from
    for (const duty of sorted) {
      if (duty.to <= at) continue
      if (duty.from >= end || at >= end) break
      if (duty.from > at) add({ from: at, to: duty.from })
      at = duty.to
    }
    if (at < end) add({ from: at, to: end })
  }
  return gaps
}

export function decideSetTeam(known: Team | null, body: TeamBody, stamp: Stamp): Decision<TeamSet> {
  const { actor } = stamp
  const municipality = known?.municipality ?? actor.municipality
  if (municipality === null || !keepsTeam(actor, municipality)) return refuse('not_allowed')
  const { members, phone, ...facts } = body
  return accept({
    type: 'TeamSet',
    v: 1,
    facts: {
      ...facts,
      municipality,
      members: members.map(({ id, profession, active }) => ({ id, profession, active })),
    },
    parts: textParts({
      phone,
      ...Object.fromEntries(members.map((one) => [`member_${one.id}`, { name: one.name, phone: one.phone }])),
    }),
    touches: ['entry'],
  })
}

/** The same hours on several days at once; `standing`: what the members are down for already. */
export function decideSetDuty(
  team: Team,
  duties: readonly Duty[],
  standing: readonly Duty[],
  stamp: Stamp,
): Decision<DutySet> {
  if (!keepsTeam(stamp.actor, team.municipality)) return refuse('not_allowed')
  const mine = [...standing]
  for (const duty of duties) {
    if (duty.to <= duty.from) return refuse('wrong_state', 'to')
    if (!team.members.some((one) => one.id === duty.memberId && one.active))
      return refuse('wrong_state', 'memberId')
    if (mine.some((one) => one.memberId === duty.memberId && one.from < duty.to && duty.from < one.to))
      return refuse('care_duty_overlap', 'from')
    mine.push(duty)
  }
  return accept({
    type: 'DutySet',
    v: 1,
    facts: { duties: duties.map((one) => ({ ...one })) },
    touches: ['roster'],
  })
}

export const decideCancelDuty = (team: Team, dutyId: Uuid, stamp: Stamp): Decision<DutyCancelled> =>
  keepsTeam(stamp.actor, team.municipality)
    ? accept({ type: 'DutyCancelled', v: 1, facts: { dutyId }, touches: ['roster'] })
    : refuse('not_allowed')

export function decideInspectTeam(
  visitId: Uuid,
  body: VisitBody,
  standards: readonly string[],
  months: number,
  today: Day,
  stamp: Stamp,
): Decision<TeamInspected> {
  if (!inspectsTeam(stamp.actor)) return refuse('not_allowed')
  if (body.onDay > today) return refuse('in_future', 'onDay')
  if (body.kind !== 'inspection' || !outcomeFits('inspection', body.outcome))
    return refuse('wrong_state', 'outcome')
  if (!scoresWhole(body.scores, standards)) return refuse('care_scores_missing', 'scores')
  const nextDue = body.nextDue ?? addMonths(body.onDay, months)
  if (nextDue <= body.onDay) return refuse('wrong_state', 'nextDue')
  return accept({
    type: 'TeamInspected',
    v: 1,
    facts: { visitId, onDay: body.onDay, outcome: body.outcome, nextDue },
    touches: ['entry'],
  })
}
