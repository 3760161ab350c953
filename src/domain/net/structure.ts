/** A structure of the net, its names, posts and appointments, and what may happen to them. Days are inclusive. */
import { tiranaDay } from '../clock/tirana.ts'
import { accept, type Day, type Decision, type DomainEvent, refuse, type Stamp, type Uuid } from '../core.ts'
import type { Refusal } from '../refusal.ts'
import { type Duty, dutiesOf, type Qualification, type StructureKind, standingOf } from './kinds.ts'
import { mayKeep, type Place } from './policy.ts'

/** The decision by which something was made: its number and its day. */
export interface Act {
  readonly number?: string | undefined
  readonly date?: Day | undefined
}
export interface Span {
  readonly from: Day
  /** Last day; null while it goes on. */
  readonly to: Day | null
}
export interface Tenure extends Span {
  readonly id: Uuid
}
export interface Position extends Span {
  readonly id: Uuid
  readonly duty: Duty
  readonly fullTime: boolean
  readonly inJobDescription: boolean
  readonly tenures: readonly Tenure[]
}
export interface Structure extends Span, Place {
  readonly id: Uuid
  readonly version: number
  readonly crossing: string | null
  readonly names: readonly { readonly from: Day }[]
  readonly positions: readonly Position[]
}

type ActFacts = { readonly act: string | null; readonly actDate: Day | null }
export type StructureAdded = DomainEvent<
  'StructureAdded',
  {
    readonly kind: StructureKind
    readonly municipality: string | null
    readonly county: string | null
    readonly crossing: string | null
    readonly unitId: Uuid | null
    readonly from: Day
    readonly to: Day | null
    readonly nameSq: string
    readonly nameEn: string
  } & ActFacts
>
export type StructureRenamed = DomainEvent<
  'StructureRenamed',
  { readonly from: Day; readonly nameSq: string; readonly nameEn: string } & ActFacts
>
export type StructureConfirmed = DomainEvent<'StructureConfirmed', { readonly day: Day }>
export type StructureEnded = DomainEvent<'StructureEnded', { readonly to: Day } & ActFacts>
export type PositionAdded = DomainEvent<
  'PositionAdded',
  {
    readonly positionId: Uuid
    readonly duty: Duty
    readonly fullTime: boolean
    readonly inJobDescription: boolean
    readonly from: Day
    readonly to: Day | null
  }
>
export type PositionChanged = DomainEvent<
  'PositionChanged',
  { readonly positionId: Uuid; readonly fullTime: boolean; readonly inJobDescription: boolean }
>
export type PositionEnded = DomainEvent<'PositionEnded', { readonly positionId: Uuid; readonly to: Day }>
export type Appointed = DomainEvent<
  'Appointed',
  {
    readonly positionId: Uuid
    readonly tenureId: Uuid
    readonly from: Day
    readonly to: Day | null
    readonly sex: 'female' | 'male'
    readonly qualification: Qualification
  } & ActFacts
>
export type AppointmentEnded = DomainEvent<
  'AppointmentEnded',
  { readonly tenureId: Uuid; readonly positionId: Uuid; readonly to: Day }
>
export type NetEvent =
  | StructureAdded
  | StructureRenamed
  | StructureConfirmed
  | StructureEnded
  | PositionAdded
  | PositionChanged
  | PositionEnded
  | Appointed
  | AppointmentEnded

const endless: Day = '9999-12-31'
export const overlap = (a: Span, b: Span): boolean =>
  a.from <= (b.to ?? endless) && b.from <= (a.to ?? endless)
export const within = (inner: Span, outer: Span): boolean =>
  inner.from >= outer.from && (inner.to ?? endless) <= (outer.to ?? endless)
/** In force on that day. */
export const holds = (span: Span, day: Day): boolean => span.from <= day && (span.to ?? endless) >= day

const spanOf = (body: { readonly from: Day; readonly to?: Day | undefined }): Span => ({
  from: body.from,
  to: body.to ?? null,
})
const actFacts = (act: Act | undefined): ActFacts => ({
  act: act?.number ?? null,
  actDate: act?.date ?? null,
})
type No = { readonly ok: false; readonly refusal: Refusal }

const faultOfSpan = (span: Span): No | null =>
  span.to !== null && span.to < span.from ? refuse('net_ends_before_begins', 'to') : null
/** An act is named by number and day together, and has been signed by today. */
const faultOfAct = (act: Act | undefined, stamp: Stamp): No | null => {
  if (act === undefined) return null
  if ((act.number === undefined) !== (act.date === undefined))
    return refuse('net_act_incomplete', act.number === undefined ? 'act.number' : 'act.date')
  return act.date !== undefined && act.date > tiranaDay(stamp.now) ? refuse('in_future', 'act.date') : null
}

export interface AddStructureBody {
  readonly kind: StructureKind
  readonly municipality?: string | undefined
  readonly county?: string | undefined
  readonly crossing?: string | undefined
  readonly unitId?: Uuid | undefined
  readonly from: Day
  readonly to?: Day | undefined
  readonly nameSq: string
  readonly nameEn: string
  readonly act?: Act | undefined
}

/**
 * `at` is the place as the reference data know it (a crossing's municipality and county come from there); `twins` are
 * structures of the same kind at the same place where there is one at a time; `unitAt` where the named unit stands.
 */
export const decideAdd = (
  at: { readonly municipality: string | null; readonly county: string | null },
  known: { readonly twins: readonly Span[]; readonly unitFits: boolean },
  body: AddStructureBody,
  stamp: Stamp,
): Decision<StructureAdded> => {
  const standing = standingOf(body.kind)
  if (standing === 'municipality' && body.municipality === undefined)
    return refuse('net_place_wanted', 'municipality')
  if (standing === 'county' && body.county === undefined) return refuse('net_place_wanted', 'county')
  if (standing === 'crossing' && body.crossing === undefined) return refuse('net_place_wanted', 'crossing')
  if (!mayKeep(stamp.actor, { kind: body.kind, ...at })) return refuse('not_allowed')
  const span = spanOf(body)
  const fault = faultOfSpan(span) ?? faultOfAct(body.act, stamp)
  if (fault !== null) return fault
  if (!known.unitFits) return refuse('net_unit_elsewhere', 'unitId')
  if (known.twins.some((twin) => overlap(twin, span))) return refuse('net_structure_known', 'from')
  return accept({
    type: 'StructureAdded',
    v: 1,
    facts: {
      kind: body.kind,
      municipality: at.municipality,
      county: at.county,
      crossing: body.crossing ?? null,
      unitId: body.unitId ?? null,
      ...span,
      nameSq: body.nameSq,
      nameEn: body.nameEn,
      ...actFacts(body.act),
    },
  })
}

/** A new name from a day on; the old one stays readable for the time before. */
export const decideRename = (
  structure: Structure,
  body: {
    readonly from: Day
    readonly nameSq: string
    readonly nameEn: string
    readonly act?: Act | undefined
  },
  stamp: Stamp,
): Decision<StructureRenamed> => {
  if (!mayKeep(stamp.actor, structure)) return refuse('not_allowed')
  const fault = faultOfAct(body.act, stamp)
  if (fault !== null) return fault
  if (!holds(structure, body.from)) return refuse('net_outside_structure', 'from')
  if (structure.names.some((name) => name.from === body.from)) return refuse('net_name_on_day', 'from')
  return accept({
    type: 'StructureRenamed',
    v: 1,
    facts: { from: body.from, nameSq: body.nameSq, nameEn: body.nameEn, ...actFacts(body.act) },
    touches: ['names'],
  })
}

/** "It is still so": keeps the entry from counting as stale. */
export const decideConfirm = (structure: Structure, stamp: Stamp): Decision<StructureConfirmed> =>
  mayKeep(stamp.actor, structure)
    ? accept({ type: 'StructureConfirmed', v: 1, facts: { day: tiranaDay(stamp.now) } })
    : refuse('not_allowed')

/** Posts and appointments that go on end with it; what begins later must be undone first. */
export const decideEnd = (
  structure: Structure,
  body: { readonly to: Day; readonly act?: Act | undefined },
  stamp: Stamp,
): Decision<StructureEnded> => {
  if (!mayKeep(stamp.actor, structure)) return refuse('not_allowed')
  if (structure.to !== null) return refuse('net_already_ended')
  const fault = faultOfAct(body.act, stamp)
  if (fault !== null) return fault
  if (body.to < structure.from) return refuse('net_ends_before_begins', 'to')
  const later = (span: Span): boolean => span.from > body.to
  const begins = structure.positions.some((one) => later(one) || one.tenures.some(later))
  if (begins || structure.names.some((name) => name.from > body.to)) return refuse('net_later_begins', 'to')
  return accept({
    type: 'StructureEnded',
    v: 1,
    facts: { to: body.to, ...actFacts(body.act) },
    touches: ['ends'],
  })
}

export const decideAddPosition = (
  structure: Structure,
  body: {
    readonly duty: Duty
    readonly fullTime: boolean
    readonly inJobDescription: boolean
    readonly from: Day
    readonly to?: Day | undefined
  },
  stamp: Stamp,
): Decision<PositionAdded> => {
  if (!mayKeep(stamp.actor, structure)) return refuse('not_allowed')
  if (!dutiesOf(structure.kind).includes(body.duty)) return refuse('net_duty_not_here', 'duty')
  const span = spanOf(body)
  const fault = faultOfSpan(span)
  if (fault !== null) return fault
  if (!within({ ...span, to: span.to ?? structure.to }, structure))
    return refuse('net_outside_structure', span.from < structure.from ? 'from' : 'to')
  const { duty, fullTime, inJobDescription } = body
  return accept({
    type: 'PositionAdded',
    v: 1,
    facts: { positionId: stamp.newId(), duty, fullTime, inJobDescription, ...span },
  })
}

/** The post's hours, and whether its job description names the duty. */
export const decideChangePosition = (
  structure: Structure,
  position: Position,
  body: { readonly fullTime: boolean; readonly inJobDescription: boolean },
  stamp: Stamp,
): Decision<PositionChanged> => {
  if (!mayKeep(stamp.actor, structure)) return refuse('not_allowed')
  const { fullTime, inJobDescription } = body
  if (fullTime === position.fullTime && inJobDescription === position.inJobDescription)
    return refuse('net_nothing_changes')
  return accept({
    type: 'PositionChanged',
    v: 1,
    facts: { positionId: position.id, fullTime, inJobDescription },
    touches: [`position ${position.id}`],
  })
}

export const decideEndPosition = (
  structure: Structure,
  position: Position,
  body: { readonly to: Day },
  stamp: Stamp,
): Decision<PositionEnded> => {
  if (!mayKeep(stamp.actor, structure)) return refuse('not_allowed')
  if (position.to !== null) return refuse('net_already_ended')
  if (body.to < position.from) return refuse('net_ends_before_begins', 'to')
  if (structure.to !== null && body.to > structure.to) return refuse('net_outside_structure', 'to')
  if (position.tenures.some((one) => one.from > body.to)) return refuse('net_later_begins', 'to')
  return accept({
    type: 'PositionEnded',
    v: 1,
    facts: { positionId: position.id, to: body.to },
    touches: [`position ${position.id}`],
  })
}

export interface AppointBody {
  readonly from: Day
  readonly to?: Day | undefined
  readonly sex: 'female' | 'male'
  readonly qualification: Qualification
  readonly name?: string | undefined
  readonly act?: Act | undefined
}

/** One person at a time in a post. The name is a part of the event, kept apart (T2 in its table). */
export const decideAppoint = (
  structure: Structure,
  position: Position,
  body: AppointBody,
  stamp: Stamp,
): Decision<Appointed> => {
  if (!mayKeep(stamp.actor, structure)) return refuse('not_allowed')
  const span = spanOf(body)
  const fault = faultOfSpan(span) ?? faultOfAct(body.act, stamp)
  if (fault !== null) return fault
  if (!within({ ...span, to: span.to ?? position.to }, position))
    return refuse('net_outside_position', span.from < position.from ? 'from' : 'to')
  if (position.tenures.some((one) => overlap(one, span))) return refuse('net_dates_overlap', 'from')
  return accept({
    type: 'Appointed',
    v: 1,
    facts: {
      positionId: position.id,
      tenureId: stamp.newId(),
      ...span,
      sex: body.sex,
      qualification: body.qualification,
      ...actFacts(body.act),
    },
    ...(body.name === undefined ? {} : { parts: [{ tier: 'T3', name: 'name', body: body.name }] as const }),
  })
}

export const decideEndAppointment = (
  structure: Structure,
  position: Position,
  tenure: Tenure,
  body: { readonly to: Day },
  stamp: Stamp,
): Decision<AppointmentEnded> => {
  if (!mayKeep(stamp.actor, structure)) return refuse('not_allowed')
  if (tenure.to !== null) return refuse('net_already_ended')
  if (body.to < tenure.from) return refuse('net_ends_before_begins', 'to')
  if (position.to !== null && body.to > position.to) return refuse('net_outside_position', 'to')
  return accept({
    type: 'AppointmentEnded',
    v: 1,
    facts: { tenureId: tenure.id, positionId: position.id, to: body.to },
    touches: [`tenure ${tenure.id}`],
  })
}
