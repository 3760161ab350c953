/**
 * An adult who says «this happens to me», without signing in and with as many words as they like. No status and no file follows by itself:
 * an officer of the regional social service takes it, reaches the person the way they said is safe, and identifies or closes it with a reason.
 */
import {
  type Actor,
  accept,
  type Decision,
  type DomainEvent,
  refuse,
  type Stamp,
  type Uuid,
} from '../core.ts'

export const selfStates = ['NEW', 'TAKEN', 'CLOSED'] as const
export type SelfState = (typeof selfStates)[number]
export const selfEnds = [
  'file_opened',
  'helped_otherwise',
  'not_reached',
  'no_trafficking',
  'duplicate',
] as const
export type SelfEnd = (typeof selfEnds)[number]
export const dangers = ['yes', 'no', 'unknown'] as const

export interface SelfBody {
  readonly danger: (typeof dangers)[number]
  readonly language: string
  readonly municipality: string | null
  readonly story: string
  readonly name: string
  readonly place: string
  readonly contact: string
  readonly safe: string
}
export type SelfReportReceived = DomainEvent<
  'SelfReportReceived',
  {
    readonly danger: string
    readonly language: string
    readonly municipality: string | null
    readonly county: string | null
    readonly unitId: Uuid
  }
>
export type SelfReportAdded = DomainEvent<'SelfReportAdded', { readonly by: 'reporter' }>
export type SelfReportTaken = DomainEvent<'SelfReportTaken', { readonly userId: Uuid }>
export type SelfReportClosed = DomainEvent<'SelfReportClosed', { readonly why: SelfEnd }>

const words = (body: SelfBody) =>
  (['story', 'name', 'place', 'contact', 'safe'] as const)
    .filter((name) => body[name].trim() !== '')
    .map((name) => ({ tier: 'T3' as const, name, body: body[name].trim() }))

export const decideReceiveSelf = (
  body: SelfBody,
  to: { readonly unitId: Uuid | null; readonly county: string | null },
): Decision<SelfReportReceived> => {
  if (body.story.trim() === '') return refuse('reason_required', 'story')
  if (to.unitId === null) return refuse('unknown_code', 'municipality')
  return accept<SelfReportReceived>({
    type: 'SelfReportReceived',
    v: 1,
    facts: {
      danger: body.danger,
      language: body.language,
      municipality: body.municipality,
      county: to.county,
      unitId: to.unitId,
    },
    parts: words(body),
  })
}

/** The regional social service of the county, and the Responsible Authority. Row-level security says the same (migration 0077). */
export const mayReadSelf = (actor: Pick<Actor, 'role'>): boolean =>
  actor.role === 'social_service' || actor.role === 'responsible_authority'

export const decideTakeSelf = (state: SelfState, stamp: Stamp): Decision<SelfReportTaken> => {
  if (!mayReadSelf(stamp.actor)) return refuse('not_allowed')
  if (state !== 'NEW') return refuse('wrong_state')
  return accept<SelfReportTaken>({
    type: 'SelfReportTaken',
    v: 1,
    facts: { userId: stamp.actor.userId },
    touches: ['state'],
  })
}
export const decideCloseSelf = (
  state: SelfState,
  body: { readonly why: SelfEnd; readonly words: string },
  stamp: Stamp,
): Decision<SelfReportClosed> => {
  if (!mayReadSelf(stamp.actor)) return refuse('not_allowed')
  if (state !== 'TAKEN') return refuse('wrong_state')
  if (body.words.trim() === '') return refuse('reason_required', 'words')
  return accept<SelfReportClosed>({
    type: 'SelfReportClosed',
    v: 1,
    facts: { why: body.why },
    parts: [{ tier: 'T3', name: 'words', body: body.words.trim() }],
    touches: ['state'],
  })
}
