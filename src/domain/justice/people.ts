/**
 * Victims and suspects of a proceeding, and what is done for the victims: legal aid, psychologist, protection, compensation.
 * Whether a victim cooperates is written down and is a condition of nothing (domain specification 3.4).
 */
import { tiranaDay } from '../clock/tirana.ts'
import { accept, type Day, type Decision, refuse, type Stamp, type Uuid } from '../core.ts'
import type { Refusal } from '../refusal.ts'
import { actBar, dayBar } from './stages.ts'
import {
  type AidAssigned,
  type AidBasis,
  type AidEnded,
  type AidKind,
  type AssetKind,
  type AssetSeized,
  type AssetSettled,
  type AssetState,
  type AuthorityTold,
  type Awarded,
  type Claimed,
  type ClaimRoute,
  type ClaimState,
  type Cooperation,
  type CooperationSet,
  type MeasureEnded,
  type MeasureTaken,
  MOST_LEK,
  type NextSet,
  type Paid,
  type Proceeding,
  type ProtectiveMeasure,
  type SuspectAdded,
  type SuspectMoved,
  type SuspectStatus,
  type VictimAdded,
  type VictimLinked,
} from './state.ts'

const no = (refusal: Refusal) => ({ ok: false as const, refusal })
const closedBar = (p: Proceeding): Refusal | null =>
  p.stage === 'closed' ? { code: 'wrong_state', params: { state: p.stage } } : null
const text = (name: string, body: string | undefined) =>
  body === undefined ? [] : [{ tier: 'T3' as const, name, body }]
/** About victims and their help, and names: nothing of it is for everybody who sees the proceeding. */
const closeText = (name: string, body: string | undefined) =>
  body === undefined ? [] : [{ tier: 'T4' as const, name, body }]
const nextNumber = (letter: string, of: readonly { readonly pseudonym: string }[]): string =>
  `${letter}${Math.max(0, ...of.map((one) => Number(one.pseudonym.slice(1)) || 0)) + 1}`

export interface Linked {
  readonly nrmId: Uuid | null
  readonly caseId: Uuid | null
  /** Printed code of the file: all that the police see of it. */
  readonly code: string
}
/** The same person, by the file of either track. */
export const sameVictim = (p: Proceeding, link: Linked): boolean =>
  p.victims.some(
    (one) =>
      (one.nrmId !== null && one.nrmId === link.nrmId) || (one.caseId !== null && one.caseId === link.caseId),
  )

/** `link` null and `asked` true: a file was named that the actor has no business with, or that there is none of. */
export const decideAddVictim = (
  p: Proceeding,
  body: {
    readonly subject: 'child' | 'adult'
    readonly cooperation: Cooperation
    readonly identity?: string | undefined
  },
  world: { readonly link: Linked | null; readonly asked: boolean },
  stamp: Stamp,
): Decision<VictimAdded | VictimLinked> => {
  const bar = actBar(p, 'add_victim', stamp) ?? closedBar(p)
  if (bar) return no(bar)
  if (world.asked && world.link === null) return refuse('proceeding_victim_unknown', 'code')
  if (world.link !== null && sameVictim(p, world.link)) return refuse('proceeding_victim_twice', 'code')
  const victimId = stamp.newId()
  const added: VictimAdded = {
    type: 'ProceedingVictimAdded',
    v: 1,
    facts: {
      victimId,
      pseudonym: nextNumber('V', p.victims),
      subject: body.subject,
      cooperation: body.cooperation,
    },
    parts: closeText('identity', body.identity),
    touches: ['victims'],
  }
  return world.link === null
    ? accept<VictimAdded | VictimLinked>(added)
    : accept<VictimAdded | VictimLinked>(added, linked(victimId, world.link))
}
const linked = (victimId: Uuid, link: Linked): VictimLinked => ({
  type: 'ProceedingVictimLinked',
  v: 1,
  facts: { victimId, code: link.code },
  touches: [`victim_${victimId}`],
})

/** The Responsible Authority says which file a victim without one is. */
export const decideLinkVictim = (
  p: Proceeding,
  victimId: Uuid,
  link: Linked | null,
  stamp: Stamp,
): Decision<VictimLinked> => {
  const bar = actBar(p, 'link_victim', stamp)
  if (bar) return no(bar)
  const victim = p.victims.find((one) => one.id === victimId)
  if (victim === undefined) return refuse('proceeding_row_unknown', 'victimId')
  if (victim.nrmId !== null || victim.caseId !== null) return refuse('proceeding_victim_twice', 'victimId')
  if (link === null) return refuse('proceeding_victim_unknown', 'code')
  if (sameVictim(p, link)) return refuse('proceeding_victim_twice', 'code')
  return accept(linked(victimId, link))
}

const victimBar = (p: Proceeding, victimId: Uuid): Refusal | null =>
  p.victims.some((one) => one.id === victimId) ? null : { code: 'proceeding_row_unknown', field: 'victimId' }

export const decideSetCooperation = (
  p: Proceeding,
  body: { readonly victimId: Uuid; readonly cooperation: Cooperation; readonly on: Day },
  stamp: Stamp,
): Decision<CooperationSet> => {
  const bar =
    actBar(p, 'set_cooperation', stamp) ??
    closedBar(p) ??
    victimBar(p, body.victimId) ??
    dayBar(body.on, p.actFrom, stamp)
  if (bar) return no(bar)
  return accept({
    type: 'ProceedingCooperationSet',
    v: 1,
    facts: body,
    touches: [`victim_${body.victimId}`],
  })
}

export interface AddSuspect {
  readonly status: 'suspected' | 'charged'
  readonly on: Day
  readonly official: boolean
  /** The suspect is a victim of this same proceeding: flagged to the Responsible Authority, never refused. */
  readonly victimId: Uuid | null
}
export const decideAddSuspect = (
  p: Proceeding,
  body: AddSuspect,
  texts: { readonly name: string | undefined },
  stamp: Stamp,
): Decision<SuspectAdded> => {
  const bar =
    actBar(p, 'add_suspect', stamp) ??
    closedBar(p) ??
    (body.victimId === null ? null : victimBar(p, body.victimId)) ??
    dayBar(body.on, p.actFrom, stamp)
  if (bar) return no(bar)
  return accept({
    type: 'ProceedingSuspectAdded',
    v: 1,
    facts: {
      suspectId: stamp.newId(),
      pseudonym: nextNumber('D', p.suspects),
      status: body.status,
      official: body.official,
      alsoVictim: body.victimId !== null,
      on: body.on,
    },
    parts: closeText('name', texts.name),
    touches: ['suspects'],
  })
}

const suspectSteps: Record<SuspectStatus, readonly SuspectStatus[]> = {
  suspected: ['charged', 'dropped'],
  charged: ['convicted', 'acquitted', 'dropped'],
  convicted: ['acquitted'],
  acquitted: ['convicted'],
  dropped: ['suspected'],
}
export const nextStatuses = (status: SuspectStatus): readonly SuspectStatus[] => suspectSteps[status]
/** Convicted or acquitted in another instance is possible; before any judgment neither is. */
export const decideMoveSuspect = (
  p: Proceeding,
  body: { readonly suspectId: Uuid; readonly status: SuspectStatus; readonly on: Day },
  stamp: Stamp,
): Decision<SuspectMoved> => {
  const bar = actBar(p, 'move_suspect', stamp) ?? closedBar(p) ?? dayBar(body.on, p.actFrom, stamp)
  if (bar) return no(bar)
  const suspect = p.suspects.find((one) => one.id === body.suspectId)
  if (suspect === undefined) return refuse('proceeding_row_unknown', 'suspectId')
  const judged = body.status === 'convicted' || body.status === 'acquitted'
  if (
    !nextStatuses(suspect.status).includes(body.status) ||
    (judged && !['judgment', 'appeal', 'final', 'execution'].includes(p.stage))
  )
    return refuse('wrong_state', 'status', { state: suspect.status })
  return accept({ type: 'ProceedingSuspectMoved', v: 1, facts: body, touches: [`suspect_${body.suspectId}`] })
}

export const decideSetNext = (
  p: Proceeding,
  body: { readonly on: Day; readonly what: string },
  stamp: Stamp,
): Decision<NextSet> => {
  const bar = actBar(p, 'set_next', stamp) ?? closedBar(p)
  if (bar) return no(bar)
  if (body.on < tiranaDay(stamp.now)) return refuse('proceeding_next_past', 'on')
  return accept({ type: 'ProceedingNextSet', v: 1, facts: body, touches: ['next'] })
}

export const decideInformAuthority = (
  p: Proceeding,
  body: { readonly words: string },
  stamp: Stamp,
): Decision<AuthorityTold> => {
  const bar = actBar(p, 'inform_authority', stamp)
  if (bar) return no(bar)
  if (!p.track) return refuse('proceeding_not_track')
  return accept({
    type: 'ProceedingAuthorityTold',
    v: 1,
    facts: { on: tiranaDay(stamp.now), at: stamp.now },
    parts: [{ tier: 'T4', name: 'told', body: body.words }],
  })
}

export const decideAssignAid = (
  p: Proceeding,
  body: {
    readonly victimId: Uuid
    readonly kind: AidKind
    readonly basis: AidBasis
    readonly on: Day
    readonly provider: string
  },
  stamp: Stamp,
): Decision<AidAssigned> => {
  const bar =
    actBar(p, 'assign_aid', stamp) ??
    closedBar(p) ??
    victimBar(p, body.victimId) ??
    dayBar(body.on, null, stamp)
  if (bar) return no(bar)
  const { provider, ...facts } = body
  return accept({
    type: 'ProceedingAidAssigned',
    v: 1,
    facts: { aidId: stamp.newId(), ...facts },
    parts: closeText('provider', provider),
    touches: ['aids'],
  })
}

type Span = { readonly id: Uuid; readonly from: Day; readonly until: Day | null }
const endBar = (of: readonly Span[], id: Uuid, on: Day, stamp: Stamp, field: string): Refusal | null => {
  const span = of.find((one) => one.id === id)
  if (span === undefined) return { code: 'proceeding_row_unknown', field }
  if (span.until !== null) return { code: 'wrong_state', field, params: { state: 'ended' } }
  return dayBar(on, span.from, stamp)
}
export const decideEndAid = (
  p: Proceeding,
  body: { readonly aidId: Uuid; readonly on: Day },
  stamp: Stamp,
): Decision<AidEnded> => {
  const bar = actBar(p, 'end_aid', stamp) ?? endBar(p.aids, body.aidId, body.on, stamp, 'aidId')
  return bar ? no(bar) : accept({ type: 'ProceedingAidEnded', v: 1, facts: body, touches: ['aids'] })
}

export const decideTakeMeasure = (
  p: Proceeding,
  body: {
    readonly victimId: Uuid
    readonly measure: ProtectiveMeasure
    readonly on: Day
    readonly words?: string | undefined
  },
  stamp: Stamp,
): Decision<MeasureTaken> => {
  const bar =
    actBar(p, 'take_measure', stamp) ??
    closedBar(p) ??
    victimBar(p, body.victimId) ??
    dayBar(body.on, null, stamp)
  if (bar) return no(bar)
  const { words, ...facts } = body
  return accept({
    type: 'ProceedingMeasureTaken',
    v: 1,
    facts: { measureId: stamp.newId(), ...facts },
    parts: closeText('words', words),
    touches: ['measures'],
  })
}
export const decideEndMeasure = (
  p: Proceeding,
  body: { readonly measureId: Uuid; readonly on: Day },
  stamp: Stamp,
): Decision<MeasureEnded> => {
  const bar =
    actBar(p, 'end_measure', stamp) ?? endBar(p.measures, body.measureId, body.on, stamp, 'measureId')
  return bar ? no(bar) : accept({ type: 'ProceedingMeasureEnded', v: 1, facts: body, touches: ['measures'] })
}

export const decideSeizeAsset = (
  p: Proceeding,
  body: { readonly kind: AssetKind; readonly value: number | null; readonly on: Day; readonly words: string },
  stamp: Stamp,
): Decision<AssetSeized> => {
  const bar = actBar(p, 'seize_asset', stamp) ?? closedBar(p) ?? dayBar(body.on, p.actFrom, stamp)
  if (bar) return no(bar)
  const { words, ...facts } = body
  return accept({
    type: 'ProceedingAssetSeized',
    v: 1,
    facts: { assetId: stamp.newId(), ...facts },
    parts: text('words', words),
    touches: ['assets'],
  })
}
/** Seized → confiscated or returned; only what was confiscated is spent on victims. */
export const nextAssetStates = (state: AssetState): readonly AssetState[] =>
  state === 'seized'
    ? ['confiscated', 'returned']
    : state === 'confiscated'
      ? ['used_for_victims', 'returned']
      : []
export const decideSettleAsset = (
  p: Proceeding,
  body: { readonly assetId: Uuid; readonly state: AssetState; readonly on: Day },
  stamp: Stamp,
): Decision<AssetSettled> => {
  const asset = p.assets.find((one) => one.id === body.assetId)
  const bar = actBar(p, 'settle_asset', stamp)
  if (bar) return no(bar)
  if (asset === undefined) return refuse('proceeding_row_unknown', 'assetId')
  if (!nextAssetStates(asset.state).includes(body.state))
    return refuse('wrong_state', 'state', { state: asset.state })
  const day = dayBar(body.on, asset.seizedOn, stamp)
  return day ? no(day) : accept({ type: 'ProceedingAssetSettled', v: 1, facts: body, touches: ['assets'] })
}

const amountBar = (amount: number, least: number): Refusal | null =>
  Number.isSafeInteger(amount) && amount >= least && amount <= MOST_LEK
    ? null
    : { code: 'proceeding_amount', field: 'amount' }

/** Claimed anew while nothing is decided, the amount is the newer one. */
export const decideClaim = (
  p: Proceeding,
  body: { readonly victimId: Uuid; readonly route: ClaimRoute; readonly amount: number; readonly on: Day },
  stamp: Stamp,
): Decision<Claimed> => {
  const bar =
    actBar(p, 'claim', stamp) ??
    victimBar(p, body.victimId) ??
    amountBar(body.amount, 1) ??
    dayBar(body.on, p.actFrom, stamp)
  if (bar) return no(bar)
  const open = p.claims.find((one) => one.victimId === body.victimId && one.state === 'claimed')
  return accept({
    type: 'ProceedingCompensationClaimed',
    v: 1,
    facts: { claimId: open?.id ?? stamp.newId(), ...body },
    touches: ['claims'],
  })
}

/** No court gives more than is claimed: a higher claim is written down first. Nothing awarded is a rejection. */
export const decideDecideClaim = (
  p: Proceeding,
  body: { readonly claimId: Uuid; readonly amount: number; readonly on: Day },
  stamp: Stamp,
): Decision<Awarded> => {
  const bar = actBar(p, 'decide_claim', stamp) ?? amountBar(body.amount, 0)
  if (bar) return no(bar)
  const claim = p.claims.find((one) => one.id === body.claimId)
  if (claim === undefined) return refuse('proceeding_nothing_claimed', 'claimId')
  if (claim.state !== 'claimed') return refuse('wrong_state', 'claimId', { state: claim.state })
  if (body.amount > claim.claimed)
    return refuse('proceeding_award_over_claim', 'amount', { claimed: claim.claimed })
  const day = dayBar(body.on, claim.claimedOn, stamp)
  if (day) return no(day)
  return accept({ type: 'ProceedingCompensationDecided', v: 1, facts: body, touches: ['claims'] })
}

/** Paid in one sum or several, never more than was awarded. */
export const decidePayClaim = (
  p: Proceeding,
  body: {
    readonly claimId: Uuid
    readonly amount: number
    readonly on: Day
    readonly bailiff?: string | undefined
  },
  stamp: Stamp,
): Decision<Paid> => {
  const bar = actBar(p, 'pay_claim', stamp) ?? amountBar(body.amount, 1)
  if (bar) return no(bar)
  const claim = p.claims.find((one) => one.id === body.claimId)
  if (claim === undefined || claim.awarded === null || claim.awardedOn === null)
    return refuse('proceeding_nothing_awarded', 'claimId')
  if (claim.state !== 'awarded' && claim.state !== 'part_executed')
    return refuse('wrong_state', 'claimId', { state: claim.state })
  if (claim.paid + body.amount > claim.awarded)
    return refuse('proceeding_paid_over_award', 'amount', { left: claim.awarded - claim.paid })
  const day = dayBar(body.on, claim.awardedOn, stamp)
  if (day) return no(day)
  const { bailiff, ...facts } = body
  return accept({
    type: 'ProceedingCompensationPaid',
    v: 1,
    facts: { ...facts, bailiff: bailiff !== undefined },
    parts: closeText('bailiff', bailiff),
    touches: ['claims'],
  })
}
export const stateOfClaim = (awarded: number | null, paid: number): ClaimState =>
  awarded === null
    ? 'claimed'
    : awarded === 0
      ? 'rejected'
      : paid >= awarded
        ? 'executed'
        : paid > 0
          ? 'part_executed'
          : 'awarded'
