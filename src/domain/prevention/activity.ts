/** One act of prevention: recorded by the body that did it, corrected by a new event, struck with a reason. Pure. */

import { tiranaDay } from '../clock/tirana.ts'
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
import { isRecordDay } from '../day.ts'
import { textParts } from '../parts.ts'
import {
  type ActivityKind,
  campaignDays,
  countsChildren,
  type Detail,
  type KindRule,
  kindRules,
  type MeasureName,
  type MemberAudience,
  measures,
  type Sex,
  type Topic,
} from './kinds.ts'
import { isOwnPlace, mayRecord, ownsRecord } from './policy.ts'

export interface Count {
  readonly measure: MeasureName
  readonly sex: Sex
  /** Audience, grade or material; empty where the measure has none. */
  readonly band: string
  readonly value: number
}
export interface Party {
  readonly institutionId: Uuid | null
  /** Its name, for bodies outside the directory. Never a person's. */
  readonly said: string | null
}
export interface PlanLine {
  readonly planId: Uuid
  readonly uid: string
}
export interface ActivityBody {
  readonly kind: ActivityKind
  readonly title: string
  readonly topic: Topic | null
  readonly from: Day
  readonly to: Day
  readonly municipality: string | null
  readonly funder: string | null
  /** The activity of a plan that it serves: its code there outlives amendments. */
  readonly plan: PlanLine | null
  readonly details: Readonly<Record<string, string | number | boolean>>
  readonly counts: readonly Count[]
  readonly parties: readonly Party[]
  /** Ids of members present (a centre's own, random). */
  readonly members: readonly string[]
  readonly groupId: Uuid | null
  readonly businessId: Uuid | null
}
export interface Activity {
  readonly id: Uuid
  readonly version: number
  readonly kind: ActivityKind
  readonly institutionId: Uuid
  readonly struck: boolean
}
/** What the world knows of the body: the place's county, and which named things exist and are the writer's. */
export interface ActivityContext {
  readonly county: string | null
  readonly members: ReadonlyMap<string, MemberAudience>
  readonly groupKnown: boolean
  readonly businessKnown: boolean
}

type Facts = Readonly<Record<string, Json>>
export type ActivityRecorded = DomainEvent<'ActivityRecorded', Facts>
export type ActivityCorrected = DomainEvent<'ActivityCorrected', Facts>
export type ActivityStruck = DomainEvent<'ActivityStruck', Record<string, never>>
export type ActivityEvent = ActivityRecorded | ActivityCorrected | ActivityStruck

const longestDays = 1_100
const daysBetween = (from: Day, to: Day): number => (Date.parse(to) - Date.parse(from)) / 86_400_000

/** Shared by trainings: a period that has begun, ends after it begins, and is no misprint. */
export const refusePeriod = (from: Day, to: Day, stamp: Stamp) => {
  if (to < from) return refuse('prevention_end_before_start', 'to')
  if (from > tiranaDay(stamp.now)) return refuse('in_future', 'from')
  if (daysBetween(from, to) > longestDays) return refuse('prevention_too_long', 'to', { days: longestDays })
  return null
}

const wrongDetail = (rule: Detail, value: string | number | boolean): boolean => {
  switch (rule.kind) {
    case 'code':
      return typeof value !== 'string' || !rule.codes!.includes(value)
    case 'text':
      return typeof value !== 'string' || value.trim() === '' || value.length > rule.max!
    case 'day':
      return typeof value !== 'string' || !isRecordDay(value)
    case 'number':
      return typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > rule.max!
    case 'flag':
      return typeof value !== 'boolean'
  }
}

const refuseDetails = (rule: KindRule, details: ActivityBody['details']) => {
  for (const name of Object.keys(details))
    if (!rule.details.some((one) => one.name === name))
      return refuse('prevention_detail_unknown', `details.${name}`)
  for (const one of rule.details) {
    const value = details[one.name]
    if (value === undefined) {
      if (one.required === true) return refuse('prevention_detail_missing', `details.${one.name}`)
    } else if (wrongDetail(one, value)) return refuse('prevention_detail_wrong', `details.${one.name}`)
  }
  return null
}

const keyOf = (count: Count): string => `${count.measure} ${count.band}`

const refuseCounts = (rule: KindRule, counts: readonly Count[]) => {
  const seen = new Map<string, Set<Sex>>()
  for (const [i, count] of counts.entries()) {
    const field = `counts.${i}`
    if (!rule.measures.includes(count.measure))
      return refuse('prevention_count_not_of_kind', `${field}.measure`)
    const measure = measures[count.measure]
    const bands: readonly string[] = measure.bands
    if (bands.length === 0 ? count.band !== '' : !bands.includes(count.band))
      return refuse('prevention_count_not_of_kind', `${field}.band`)
    if (!Number.isInteger(count.value) || count.value < 0 || count.value > measure.max)
      return refuse('prevention_count_absurd', `${field}.value`, { max: measure.max })
    const sexes = seen.get(keyOf(count)) ?? new Set<Sex>()
    // "All" beside a split would count the same people twice.
    if (sexes.has(count.sex) || (sexes.size > 0 && (count.sex === 'all' || sexes.has('all'))))
      return refuse('prevention_count_twice', `${field}.sex`)
    seen.set(keyOf(count), sexes.add(count.sex))
  }
  const total = (name: MeasureName) =>
    counts.filter((one) => one.measure === name).reduce((n, one) => n + one.value, 0)
  if (total('minors_referred') > total('minors_found')) return refuse('prevention_more_referred', 'counts')
  return null
}

const touchesMonth = (from: Day, to: Day, month: number): boolean => {
  for (let at = from.slice(0, 7); at <= to.slice(0, 7); ) {
    if (Number(at.slice(5)) === month) return true
    const next = Number(at.slice(0, 4)) * 12 + Number(at.slice(5))
    at = `${Math.floor(next / 12)}-${String((next % 12) + 1).padStart(2, '0')}`
  }
  return false
}

const refuseBody = (body: ActivityBody, context: ActivityContext, stamp: Stamp) => {
  const rule = kindRules[body.kind]
  const wrong =
    refusePeriod(body.from, body.to, stamp) ??
    refuseDetails(rule, body.details) ??
    refuseCounts(rule, body.counts)
  if (wrong !== null) return wrong
  if (!isOwnPlace(stamp.actor, body.municipality, context.county))
    return refuse('prevention_not_own_place', 'municipality')
  if (body.municipality !== null && context.county === null)
    return refuse('prevention_detail_wrong', 'municipality')
  const day = body.details.campaignDay
  const month =
    typeof day === 'string' && day in campaignDays ? campaignDays[day as keyof typeof campaignDays] : null
  if (month !== null && !touchesMonth(body.from, body.to, month))
    return refuse('prevention_not_that_day', 'details.campaignDay')
  const validTo = body.details.validTo
  if (typeof validTo === 'string' && validTo < body.from)
    return refuse('prevention_end_before_start', 'details.validTo')
  if (body.parties.length < rule.parties)
    return refuse('prevention_needs_parties', 'parties', { count: rule.parties })
  if (body.groupId !== null && (rule.of !== 'group' || !context.groupKnown))
    return refuse('prevention_group_unknown', 'groupId')
  if (body.businessId !== null && (rule.of !== 'business' || !context.businessKnown))
    return refuse('prevention_business_unknown', 'businessId')
  for (const [i, member] of body.members.entries()) {
    const audience = context.members.get(member)
    if (audience === undefined) return refuse('prevention_member_unknown', `members.${i}`)
    if (!rule.members.includes(audience)) return refuse('prevention_member_not_of_kind', `members.${i}`)
  }
  return null
}

/** Counts of children stand in a part that nobody reads back: the row's own policy says who sees the figure. */
const factsOf = (
  body: ActivityBody,
  county: string | null,
  reason?: string,
): { facts: Facts; parts: readonly Part[] } => {
  const open = body.counts.filter((one) => !countsChildren(one.measure, one.band))
  const closed = body.counts.filter((one) => countsChildren(one.measure, one.band))
  const { counts: _, members, details, parties, plan, title, funder, ...plain } = body
  const json = (counts: readonly Count[]): Json => counts.map((one) => ({ ...one }))
  return {
    facts: {
      ...plain,
      plan: plan === null ? null : { ...plan },
      county,
      counts: json(open),
      present: members.length,
    },
    parts: [
      ...textParts({
        title,
        funder,
        details: { ...details },
        parties: parties.map((one) => ({ ...one })),
        reason,
      }),
      { tier: 'T3', name: 'childCounts', body: json(closed) },
      { tier: 'T3', name: 'members', body: [...members] },
    ],
  }
}

/** @returns `ActivityRecorded`; counts of children and ids of members as parts. */
export function decideRecordActivity(
  body: ActivityBody,
  context: ActivityContext,
  stamp: Stamp,
): Decision<ActivityRecorded> {
  if (!mayRecord(stamp.actor, body.kind)) return refuse('not_allowed')
  const wrong = refuseBody(body, context, stamp)
  if (wrong !== null) return wrong
  return accept<ActivityRecorded>({
    type: 'ActivityRecorded',
    v: 2,
    ...factsOf(body, context.county),
    touches: ['record'],
  })
}

/** What was written was wrong: the new truth, and why. The old one stays in the chain. */
export function decideCorrectActivity(
  activity: Activity,
  body: ActivityBody & { readonly reason: string },
  context: ActivityContext,
  stamp: Stamp,
): Decision<ActivityCorrected> {
  if (!ownsRecord(stamp.actor, activity) || !mayRecord(stamp.actor, activity.kind))
    return refuse('not_allowed')
  if (activity.struck) return refuse('prevention_struck')
  if (body.kind !== activity.kind) return refuse('prevention_kind_fixed', 'kind')
  const { reason, ...now } = body
  const wrong = refuseBody(now, context, stamp)
  if (wrong !== null) return wrong
  return accept<ActivityCorrected>({
    type: 'ActivityCorrected',
    v: 2,
    ...factsOf(now, context.county, reason),
    touches: ['record'],
  })
}

/** Entered by mistake: counts nowhere from now on, stays readable. */
export function decideStrikeActivity(
  activity: Activity,
  body: { readonly reason: string },
  stamp: Stamp,
): Decision<ActivityStruck> {
  if (!ownsRecord(stamp.actor, activity) || !mayRecord(stamp.actor, activity.kind))
    return refuse('not_allowed')
  if (activity.struck) return refuse('prevention_struck')
  return accept<ActivityStruck>({
    type: 'ActivityStruck',
    v: 2,
    facts: {},
    parts: textParts({ reason: body.reason }),
    touches: ['record'],
  })
}

export type MembersIssued = DomainEvent<
  'MembersIssued',
  { readonly audience: string; readonly sex: string; readonly count: number }
>

/** Random ids for people whose names this register never hears. */
export function decideIssueMembers(
  body: { readonly audience: MemberAudience; readonly sex: 'female' | 'male'; readonly count: number },
  stamp: Stamp,
): Decision<MembersIssued> {
  if (!mayRecord(stamp.actor, 'group')) return refuse('not_allowed')
  return accept<MembersIssued>({ type: 'MembersIssued', v: 1, facts: { ...body } })
}
