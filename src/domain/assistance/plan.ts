/**
 * The assistance plan: needs (kinds of `src/domain/outcome`), actions with who does them, services as delivered, and what they cost.
 * A child's needs and plan are its case's; services beyond them stand here, and both are counted as one list.
 */
import { serviceTypes } from '../case/record.ts'
import type { FundingSource } from '../case/state.ts'
import { tiranaDay } from '../clock/tirana.ts'
import {
  accept,
  type Day,
  type Decision,
  type DomainEvent,
  type Instant,
  type Part,
  refuse,
  type Stamp,
  type Uuid,
} from '../core.ts'
import type { NeedKind } from '../outcome/kinds.ts'
import { type EndState, isEnded, type NeedState, notMetReasons, refusedBy } from '../outcome/need.ts'
import type { Refusal } from '../refusal.ts'
import { type AssistedFile, writeBar } from './file.ts'

export { serviceTypes }
export type ServiceType = (typeof serviceTypes)[number]
export const assistanceSettings = ['shelter', 'community'] as const
export type AssistanceSetting = (typeof assistanceSettings)[number]
export const assisted = ['subject', 'child_of_victim', 'parent', 'family'] as const
export type Assisted = (typeof assisted)[number]
/** Beyond this no single service or action of one person can cost (lek). */
export const absurdCost = 100_000_000

type Moment = { readonly by: Uuid; readonly at: Instant }
export type AssistanceNeedFound = DomainEvent<
  'AssistanceNeedFound',
  Moment & {
    readonly needId: Uuid
    readonly kind: NeedKind
    readonly beneficiary: Assisted
    readonly foundOn: Day
  }
>
export type AssistanceNeedEnded = DomainEvent<
  'AssistanceNeedEnded',
  Moment & { readonly needId: Uuid; readonly to: EndState; readonly on: Day; readonly reason: string | null }
>
export type AssistanceActionAdded = DomainEvent<
  'AssistanceActionAdded',
  Moment & {
    readonly actionId: Uuid
    readonly needId: Uuid | null
    readonly service: ServiceType
    readonly providerId: Uuid
    readonly due: Day
    readonly costLek: number | null
    readonly funding: FundingSource
  }
>
export type AssistanceActionDone = DomainEvent<
  'AssistanceActionDone',
  Moment & { readonly actionId: Uuid; readonly status: 'done' | 'dropped'; readonly on: Day }
>
export type AssistanceGiven = DomainEvent<
  'AssistanceGiven',
  Moment & {
    readonly serviceId: Uuid
    readonly service: ServiceType
    readonly setting: AssistanceSetting
    readonly beneficiary: Assisted
    readonly dependantId: Uuid | null
    readonly providerId: Uuid
    readonly from: Day
    readonly until: Day | null
    readonly costLek: number | null
    readonly funding: FundingSource
  }
>
export type PlanEvent =
  | AssistanceNeedFound
  | AssistanceNeedEnded
  | AssistanceActionAdded
  | AssistanceActionDone
  | AssistanceGiven

export const moment = (stamp: Stamp): Moment => ({ by: stamp.actor.userId, at: stamp.occurredAt })
export const said = (name: string, body: string | undefined, tier: Part['tier'] = 'T3') =>
  (body ?? '').trim() === '' ? {} : { parts: [{ tier, name, body: body! }] }

export interface AssistanceNeed {
  readonly id: Uuid
  readonly kind: NeedKind
  readonly beneficiary: Assisted
  readonly foundOn: Day
  readonly state: NeedState
}
export interface FindAssistanceNeed {
  readonly kind: NeedKind
  readonly beneficiary: Assisted
  readonly foundOn: Day
  readonly remark?: string | undefined
}
export function decideFindAssistanceNeed(
  file: AssistedFile,
  needs: readonly AssistanceNeed[],
  body: FindAssistanceNeed,
  stamp: Stamp,
): Decision<AssistanceNeedFound> {
  const no = writeBar(file, stamp.actor)
  if (no) return { ok: false, refusal: no }
  if (file.caseId !== null) return refuse('assistance_need_on_case')
  if (body.foundOn > tiranaDay(stamp.now)) return refuse('in_future', 'foundOn')
  if (needs.some((n) => n.kind === body.kind && n.beneficiary === body.beneficiary && !isEnded(n.state)))
    return refuse('need_known', 'kind')
  const { remark, ...facts } = body
  const needId = stamp.newId()
  return accept<AssistanceNeedFound>({
    type: 'AssistanceNeedFound',
    v: 1,
    facts: { needId, ...facts, ...moment(stamp) },
    ...said('need', remark),
  })
}

export interface EndAssistanceNeed {
  readonly needId: Uuid
  readonly to: EndState
  readonly on: Day
  readonly reason: string | null
  readonly remark?: string | undefined
}
export function decideEndAssistanceNeed(
  file: AssistedFile,
  need: AssistanceNeed | undefined,
  body: EndAssistanceNeed,
  stamp: Stamp,
): Decision<AssistanceNeedEnded> {
  const no = writeBar(file, stamp.actor)
  if (no) return { ok: false, refusal: no }
  if (need === undefined) return refuse('need_unknown', 'needId')
  if (isEnded(need.state)) return refuse('need_ended', 'needId', { state: need.state })
  if (body.on > tiranaDay(stamp.now)) return refuse('in_future', 'on')
  if (body.on < need.foundOn) return refuse('need_before_found', 'on', { day: need.foundOn })
  const reasons: readonly string[] =
    body.to === 'NOT_MET' ? notMetReasons : body.to === 'REFUSED' ? refusedBy : []
  if (reasons.length === 0 ? body.reason !== null : body.reason === null || !reasons.includes(body.reason))
    return refuse('reason_required', 'reason')
  const { remark, ...facts } = body
  return accept<AssistanceNeedEnded>({
    type: 'AssistanceNeedEnded',
    v: 1,
    facts: { ...facts, ...moment(stamp) },
    ...said('ending', remark),
    touches: [body.needId],
  })
}

export interface AddAssistanceAction {
  readonly needId: Uuid | null
  readonly service: ServiceType
  readonly text: string
  readonly providerId: Uuid
  readonly due: Day
  readonly costLek: number | null
  readonly funding: FundingSource
}
export function decideAddAssistanceAction(
  file: AssistedFile,
  needs: readonly AssistanceNeed[],
  body: AddAssistanceAction,
  stamp: Stamp,
): Decision<AssistanceActionAdded> {
  const no = writeBar(file, stamp.actor)
  if (no) return { ok: false, refusal: no }
  if (body.needId !== null && !needs.some((one) => one.id === body.needId))
    return refuse('need_unknown', 'needId')
  const { text, ...facts } = body
  return accept<AssistanceActionAdded>({
    type: 'AssistanceActionAdded',
    v: 1,
    facts: { actionId: stamp.newId(), ...facts, ...moment(stamp) },
    ...said('action', text),
  })
}

export interface AssistanceAction {
  readonly id: Uuid
  readonly status: 'planned' | 'done' | 'dropped'
}
export interface EndAssistanceAction {
  readonly actionId: Uuid
  readonly status: 'done' | 'dropped'
  readonly on: Day
  readonly remark?: string | undefined
}
export function decideEndAssistanceAction(
  file: AssistedFile,
  action: AssistanceAction | undefined,
  body: EndAssistanceAction,
  stamp: Stamp,
): Decision<AssistanceActionDone> {
  const no = writeBar(file, stamp.actor)
  if (no) return { ok: false, refusal: no }
  if (action === undefined) return refuse('assistance_action_unknown', 'actionId')
  if (action.status !== 'planned') return refuse('assistance_action_ended', 'actionId')
  if (body.on > tiranaDay(stamp.now)) return refuse('in_future', 'on')
  if (body.status === 'dropped' && (body.remark ?? '').trim() === '')
    return refuse('reason_required', 'remark')
  const { remark, ...facts } = body
  return accept<AssistanceActionDone>({
    type: 'AssistanceActionDone',
    v: 1,
    facts: { ...facts, ...moment(stamp) },
    ...said('result', remark),
    touches: [body.actionId],
  })
}

export interface GiveAssistance {
  readonly service: ServiceType
  readonly setting: AssistanceSetting
  readonly beneficiary: Assisted
  readonly dependantId: Uuid | null
  readonly providerId: Uuid
  readonly from: Day
  readonly until: Day | null
  readonly costLek: number | null
  readonly funding: FundingSource
  readonly remark?: string | undefined
}
/** Assistance is this track's from the day of the identification; what was given before stands with the case or report it was of. */
export const serviceBar = (
  since: Day,
  dependants: readonly Uuid[],
  body: GiveAssistance,
  today: Day,
): Refusal | null => {
  if (body.from > today) return { code: 'in_future', field: 'from' }
  if (body.from < since)
    return { code: 'assistance_before_identification', field: 'from', params: { day: since } }
  if (body.until !== null && body.until < body.from)
    return { code: 'assistance_until_before_from', field: 'until' }
  const ofChild = body.beneficiary === 'child_of_victim'
  if (
    ofChild !== (body.dependantId !== null) ||
    (body.dependantId !== null && !dependants.includes(body.dependantId))
  )
    return { code: 'assistance_child_unknown', field: 'dependantId' }
  return null
}
export const given = (body: GiveAssistance, stamp: Stamp): AssistanceGiven => {
  const { remark, ...facts } = body
  return {
    type: 'AssistanceGiven',
    v: 1,
    facts: { serviceId: stamp.newId(), ...facts, ...moment(stamp) },
    ...said('remark', remark),
  }
}
export function decideGiveAssistance(
  file: AssistedFile,
  dependants: readonly Uuid[],
  body: GiveAssistance,
  stamp: Stamp,
): Decision<AssistanceGiven> {
  const bar =
    writeBar(file, stamp.actor) ?? serviceBar(file.identifiedOn, dependants, body, tiranaDay(stamp.now))
  return bar === null ? accept(given(body, stamp)) : { ok: false, refusal: bar }
}

export interface Costed {
  readonly funding: string | null
  readonly costLek: number | null
}
export interface CostLine {
  /** Null: the service was written down without saying who paid. */
  readonly funding: string | null
  readonly lek: number
  readonly services: number
  /** Of these, how many have no cost written down: the sum is at least this much. */
  readonly unknown: number
}
/** What a person's services cost, by who paid, and how much nobody wrote down. */
export const costsOf = (services: readonly Costed[]): readonly CostLine[] => {
  const lines = new Map<string | null, CostLine>()
  for (const { funding, costLek } of services) {
    const was = lines.get(funding) ?? { funding, lek: 0, services: 0, unknown: 0 }
    lines.set(funding, {
      funding,
      lek: was.lek + (costLek ?? 0),
      services: was.services + 1,
      unknown: was.unknown + (costLek === null ? 1 : 0),
    })
  }
  return [...lines.values()].toSorted((a, b) => (a.funding ?? 'zz').localeCompare(b.funding ?? 'zz'))
}
