/** What happens around a meeting of the technical group, besides its being held. Facts are pseudonymous. */
import type { Day, DomainEvent, Instant, Uuid } from '../core.ts'

type Moment = { readonly by: Uuid; readonly at: Instant }

/** One unit called to one meeting; nothing in it says of whom is spoken. */
export type Called = {
  readonly invitationId: Uuid
  readonly unitId: Uuid
  readonly institutionId: Uuid
}

/** The place is a part: it is written by hand. */
export type ConferenceCalled = DomainEvent<
  'ConferenceCalled',
  Moment & { conferenceId: Uuid; plannedAt: Instant; called: readonly Called[] }
>
export type ConferencePostponed = DomainEvent<
  'ConferencePostponed',
  Moment & { conferenceId: Uuid; plannedAt: Instant; was: Instant; reason: string }
>
export type ConferenceCancelled = DomainEvent<
  'ConferenceCancelled',
  Moment & { conferenceId: Uuid; reason: string }
>
/** Too few came: nothing was decided, the absences stand. */
export type ConferenceWithoutQuorum = DomainEvent<
  'ConferenceWithoutQuorum',
  Moment & { conferenceId: Uuid; heldOn: Day; present: readonly Uuid[]; absent: readonly Uuid[] }
>
/** What an institution took upon itself; with `actionId` it is an action of the plan. */
export type ResolutionMade = DomainEvent<
  'ResolutionMade',
  Moment & {
    resolutionId: Uuid
    conferenceId: Uuid
    service: string
    institutionId: Uuid
    due: Day
    actionId: Uuid | null
  }
>
export type ResolutionTurned = DomainEvent<
  'ResolutionTurned',
  Moment & { resolutionId: Uuid; actionId: Uuid }
>

export type GtnEvent =
  | ConferenceCalled
  | ConferencePostponed
  | ConferenceCancelled
  | ConferenceWithoutQuorum
  | ResolutionMade
  | ResolutionTurned

/** A meeting that was called and has not yet taken place. */
export interface Call {
  readonly id: Uuid
  readonly plannedAt: Instant
  readonly called: readonly Called[]
  readonly postponed: number
}
export interface Resolution {
  readonly id: Uuid
  readonly conferenceId: Uuid
  readonly service: string
  readonly institutionId: Uuid
  readonly due: Day
  readonly actionId: Uuid | null
}
/** The part of a case's state that is about meetings to come and what meetings resolved. */
export interface GtnState {
  /** One meeting is called at a time. */
  readonly call: Call | null
  readonly resolutions: readonly Resolution[]
}
export const noGtn: GtnState = { call: null, resolutions: [] }

export const foldGtn = (s: GtnState, e: GtnEvent): GtnState => {
  switch (e.type) {
    case 'ConferenceCalled': {
      const { conferenceId: id, plannedAt, called } = e.facts
      return { ...s, call: { id, plannedAt, called, postponed: 0 } }
    }
    case 'ConferencePostponed':
      return s.call === null
        ? s
        : { ...s, call: { ...s.call, plannedAt: e.facts.plannedAt, postponed: s.call.postponed + 1 } }
    case 'ConferenceCancelled':
    case 'ConferenceWithoutQuorum':
      return { ...s, call: null }
    case 'ResolutionMade': {
      const { resolutionId: id, conferenceId, service, institutionId, due, actionId } = e.facts
      return {
        ...s,
        resolutions: [...s.resolutions, { id, conferenceId, service, institutionId, due, actionId }],
      }
    }
    case 'ResolutionTurned':
      return {
        ...s,
        resolutions: s.resolutions.map((r) =>
          r.id === e.facts.resolutionId ? { ...r, actionId: e.facts.actionId } : r,
        ),
      }
  }
}
