/** Acts on a file of the trafficking track, as decisions without a database. */
import { tiranaDay } from '../clock/tirana.ts'
import { accept, type Day, type Decision, refuse, type Stamp, type Uuid } from '../core.ts'
import { isDay } from '../day.ts'
import { certainlyChild, type PartialDate, partialDateFault } from '../partial-date.ts'
import { advise, applies, type ScreeningSet, type Territory } from '../screening.ts'
import {
  decider,
  doorsOf,
  mayCorrect,
  mayDecline,
  mayExit,
  mayHandOver,
  mayOpenAdult,
  mayTake,
  priorTrafficking,
} from './policy.ts'
import {
  mayMove,
  type NrmCorrected,
  type NrmDoor,
  type NrmEvent,
  type NrmFile,
  type NrmHandedOver,
  type NrmOpened,
  type NrmStatus,
  type NrmStatusSet,
  type NrmTaken,
  startsAnew,
} from './state.ts'

export type OpenAdultBody = {
  readonly door: NrmDoor
  readonly set: string
  readonly version: string
  readonly forms: readonly string[]
  readonly territory: Territory
  readonly items: readonly { readonly code: string; readonly evidence: string }[]
  /** Why a person goes beyond what fewer than three elements advise; T3. */
  readonly upward: string
  /** The person is 18 or over; in doubt a child's rules hold. */
  readonly adult: boolean
  readonly birth: PartialDate | null
  readonly county: string | null
  readonly municipality: string | null
  readonly summary: string
  readonly contact: string
}
export interface OpenKnown {
  readonly code: string
  readonly personId: Uuid
  readonly set: ScreeningSet | undefined
  /** Managing unit: the regional social service of the county. */
  readonly unitId: Uuid | null
  readonly county: string | null
  /** The same person's newest file. */
  readonly prior: Pick<NrmFile, 'id' | 'status'> | null
}

export const countElements = (body: OpenAdultBody, set: ScreeningSet): Decision<never> | number => {
  const seen = new Set<string>()
  for (const [at, answer] of body.items.entries()) {
    const item = set.items.find((known) => known.code === answer.code)
    if (item === undefined) return refuse('unknown_code', `items.${at}.code`)
    if (seen.has(answer.code)) return refuse('screening_item_twice', `items.${at}.code`)
    if (!applies(item, 'adult', body.forms))
      return refuse('screening_item_not_applicable', `items.${at}.code`)
    if (answer.evidence.trim() === '') return refuse('screening_evidence_needed', `items.${at}.evidence`)
    seen.add(answer.code)
  }
  return seen.size
}

/** An adult's file: at least three elements, or a person who goes beyond fewer and says why. Nothing goes down here. */
export const decideOpenAdult = (body: OpenAdultBody, known: OpenKnown, stamp: Stamp): Decision<NrmOpened> => {
  if (!mayOpenAdult(stamp.actor)) return refuse('not_allowed')
  if (!doorsOf(stamp.actor.role).includes(body.door)) return refuse('unknown_code', 'door')
  const day = tiranaDay(stamp.occurredAt)
  if (body.birth !== null) {
    const fault = partialDateFault(body.birth, 'birth', day)
    if (fault) return { ok: false, refusal: fault }
    if (certainlyChild(body.birth, day)) return refuse('nrm_person_is_child', 'birth')
  }
  if (!body.adult) return refuse('nrm_may_be_child', 'adult')
  if (known.set === undefined || known.set.version !== body.version || known.set.code !== body.set)
    return refuse('screening_set_not_in_force', 'version')
  const set = known.set
  const form = body.forms.findIndex((code) => !set.forms.includes(code))
  if (form >= 0) return refuse('unknown_code', `forms.${form}`)
  const met = countElements(body, set)
  if (typeof met !== 'number') return met
  const upward = advise(met, set.threshold) !== 'vmt'
  if (upward && (met === 0 || body.upward.trim() === ''))
    return refuse('nrm_elements_needed', met === 0 ? 'items' : 'upward', { met, threshold: set.threshold })
  if (known.county === null || known.unitId === null) return refuse('nrm_county_needed', 'county')
  if (known.prior !== null && !startsAnew(known.prior.status)) return refuse('nrm_prior_open', 'priorId')
  return accept<NrmOpened>({
    type: 'NrmOpened',
    v: 1,
    facts: {
      code: known.code,
      personId: known.personId,
      caseId: null,
      subject: 'adult',
      status: 'vmt',
      unitId: known.unitId,
      structure: stamp.actor.role,
      door: body.door,
      forms: body.forms,
      territory: body.territory,
      priorId: known.prior?.id ?? null,
      priorTrafficking: priorTrafficking(known.prior),
      municipality: body.municipality,
      county: known.county,
      identificationId: stamp.newId(),
      met,
      upward,
    },
    parts: [
      ...(body.summary.trim() === '' ? [] : [{ tier: 'T3' as const, name: 'summary', body: body.summary }]),
      ...(body.contact.trim() === '' ? [] : [{ tier: 'T3' as const, name: 'contact', body: body.contact }]),
      ...(upward ? [{ tier: 'T3' as const, name: 'reason', body: body.upward }] : []),
    ],
  })
}

export interface Step {
  readonly to: NrmStatus
  readonly on: Day
  readonly signatories?: readonly string[]
  readonly by?: 'self' | 'representative' | null
  readonly reason?: string | null
  readonly consentId?: Uuid | null
  /** Why, in words; T3. */
  readonly basis?: string
  readonly lowered?: boolean
}

/** One step of 3.4 and nothing beside it: who may take it is asked before. */
export const decideStep = (file: NrmFile, step: Step, stamp: Stamp): Decision<NrmStatusSet> => {
  if (!isDay(step.on)) return refuse('impossible_date', 'on')
  if (step.on > tiranaDay(stamp.now)) return refuse('in_future', 'on')
  if (step.on < tiranaDay(file.openedAt)) return refuse('impossible_date', 'on')
  if (!mayMove(file.status, step.to))
    return refuse('nrm_wrong_step', undefined, { from: file.status, to: step.to })
  const basis = step.basis?.trim() ?? ''
  return accept<NrmStatusSet>({
    type: 'NrmStatusSet',
    v: 1,
    facts: {
      from: file.status,
      to: step.to,
      identificationId: stamp.newId(),
      on: step.on,
      signatories: step.signatories ?? [],
      by: step.by ?? null,
      reason: step.reason ?? null,
      consentId: step.consentId ?? null,
      lowered: step.lowered ?? false,
    },
    parts: basis === '' ? [] : [{ tier: 'T3', name: 'basis', body: basis }],
    touches: ['status'],
  })
}

export type DeclineBody = {
  readonly on: Day
  readonly by: 'self' | 'representative'
  /** The representative has interests of their own against the child's. */
  readonly conflictOfInterest: boolean
  /** Told of their rights, that help goes on, and that they may ask again. */
  readonly informed: boolean
  readonly consentId: Uuid | null
  readonly basis: string
}

/** Formal identification is not wanted: help goes on, the case stays, and it may be asked for again. */
export const decideDecline = (file: NrmFile, body: DeclineBody, stamp: Stamp): Decision<NrmStatusSet> => {
  if (!mayDecline(stamp.actor, file)) return refuse('not_allowed')
  if (decider(file.subject) === 'representative' && body.by !== 'representative')
    return refuse('nrm_representative_decides', 'by')
  if (body.by === 'representative' && body.conflictOfInterest)
    return refuse('nrm_representative_conflict', 'conflictOfInterest')
  if (!body.informed) return refuse('nrm_rights_untold', 'informed')
  if (body.basis.trim() === '') return refuse('reason_required', 'basis')
  return decideStep(
    file,
    { to: 'declined_formal', on: body.on, by: body.by, consentId: body.consentId, basis: body.basis },
    stamp,
  )
}

export const exitReasons = ['completed', 'withdrew', 'lost_contact'] as const
export type ExitReason = (typeof exitReasons)[number]
export type ExitBody = {
  readonly on: Day
  readonly reason: ExitReason
  readonly by: 'self' | 'representative' | null
  readonly basis: string
}
/** What the register knows of the end of help; each source may say yes, none may say no. */
export interface ExitFacts {
  /** A record of the twelfth month exists. */
  readonly twelveMonths: boolean
  /** Attempts to find the person are written down. */
  readonly contactLost: boolean
}
export const exitAllowed = (reason: ExitReason, facts: ExitFacts): boolean => {
  switch (reason) {
    case 'completed':
      return facts.twelveMonths
    case 'lost_contact':
      return facts.contactLost || facts.twelveMonths
    case 'withdrew':
      return true
  }
}

/** Leaving the track: help has ended and twelve months are recorded, contact is lost and written down, or the person withdrew. */
export const decideExit = (
  file: NrmFile,
  body: ExitBody,
  facts: ExitFacts,
  stamp: Stamp,
): Decision<NrmStatusSet> => {
  if (!mayExit(stamp.actor)) return refuse('not_allowed')
  if (body.basis.trim() === '') return refuse('reason_required', 'basis')
  if (body.reason === 'withdrew' && body.by !== decider(file.subject))
    return refuse('nrm_representative_decides', 'by')
  const step = decideStep(
    file,
    { to: 'exited', on: body.on, by: body.by, reason: body.reason, basis: body.basis },
    stamp,
  )
  if (step.ok && !exitAllowed(body.reason, facts)) return refuse('nrm_exit_follow_up_needed', 'reason')
  return step
}

export const decideTake = (file: NrmFile, stamp: Stamp): Decision<NrmTaken> => {
  if (!mayTake(stamp.actor, file)) return refuse('not_allowed')
  if (file.status === 'exited') return refuse('wrong_state')
  if (file.managerId !== null) return refuse('nrm_taken_already')
  return accept<NrmTaken>({
    type: 'NrmTaken',
    v: 1,
    facts: { managerId: stamp.actor.userId },
    touches: ['manager'],
  })
}

export interface TargetUnit {
  readonly id: Uuid
  readonly kind: string
  readonly county: string | null
  readonly active: boolean
}

/** To another regional social service, a shelter, or back to the own office, where somebody else takes it. */
export const decideHandOver = (
  file: NrmFile,
  target: TargetUnit,
  reason: string,
  stamp: Stamp,
): Decision<NrmHandedOver> => {
  if (file.subject === 'child') return refuse('nrm_child_moves_with_case')
  if (!mayHandOver(stamp.actor, file)) return refuse('not_allowed')
  if (file.status === 'exited') return refuse('wrong_state')
  if (!target.active || (target.kind !== 'social_service' && target.kind !== 'shelter'))
    return refuse('nrm_unit_unfit', 'unitId')
  if (target.id === file.unitId && file.managerId === null) return refuse('nrm_unit_unfit', 'unitId')
  if (reason.trim() === '') return refuse('reason_required', 'reason')
  return accept<NrmHandedOver>({
    type: 'NrmHandedOver',
    v: 1,
    facts: {
      fromUnitId: file.unitId,
      unitId: target.id,
      county: target.kind === 'social_service' ? (target.county ?? file.county) : file.county,
    },
    parts: [{ tier: 'T3', name: 'reason', body: reason.trim() }],
    touches: ['unit', 'manager'],
  })
}
export interface NrmWords {
  readonly summary: string | null
  readonly contact: string | null
}
export type CorrectNrmBody = { readonly summary: string; readonly contact: string; readonly reason: string }
/** What was seen and how the person is reached safely, as it is known now. Who the person is, is corrected on the person. */
export const decideCorrect = (
  file: NrmFile,
  known: NrmWords,
  body: CorrectNrmBody,
  stamp: Stamp,
): Decision<NrmCorrected> => {
  if (!mayCorrect(stamp.actor, file)) return refuse('not_allowed')
  if (body.reason.trim() === '') return refuse('reason_required', 'reason')
  const changed = (['summary', 'contact'] as const).filter(
    (name) => body[name].trim() !== (known[name] ?? '').trim(),
  )
  if (changed.length === 0) return refuse('person_nothing_changed')
  return accept<NrmCorrected>({
    type: 'NrmCorrected',
    v: 1,
    facts: { changed },
    parts: [
      ...changed.map((name) => ({ tier: 'T3' as const, name, body: body[name].trim() })),
      { tier: 'T3', name: 'reason', body: body.reason.trim() },
    ],
    touches: [...changed],
  })
}
export type { NrmEvent }
