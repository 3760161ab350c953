/**
 * Screening counts elements against a versioned set; three or more make a potential victim. The tool advises, a
 * person decides: upward alone with a reason, downward only with a supervisor, and until then the higher result
 * stands. It never precedes protection (domain specification, sections 7 and 16.1).
 */

import { tiranaDay } from './clock/tirana.ts'
import {
  type Actor,
  accept,
  type Day,
  type Decision,
  type DomainEvent,
  refuse,
  type Stamp,
  type Uuid,
} from './core.ts'
import { certainlyAdult, certainlyChild, type PartialDate } from './partial-date.ts'
import type { Refusal } from './refusal.ts'

export const screeningSetCodes = ['trafficking', 'economic_exploitation'] as const
export type ScreeningSetCode = (typeof screeningSetCodes)[number]
export const subjects = ['child', 'adult'] as const
export type Subject = (typeof subjects)[number]
export const territories = ['internal', 'cross_border', 'unknown'] as const
export type Territory = (typeof territories)[number]
export const settings = ['case', 'border', 'raid'] as const
export type Setting = (typeof settings)[number]
/** From least to most protective. */
export const screeningResults = ['negative', 'at_risk', 'vmt'] as const
export type ScreeningResult = (typeof screeningResults)[number]

export interface ScreeningItem {
  readonly code: string
  readonly dimension: string
  readonly appliesTo: readonly Subject[]
  /** Forms of exploitation or sectors it speaks of; `all` fits every one. */
  readonly forms: readonly string[]
}

export interface ScreeningSet {
  readonly code: ScreeningSetCode
  readonly version: string
  readonly effectiveFrom: Day
  readonly effectiveTo: Day | null
  /** Elements that make a potential victim. */
  readonly threshold: number
  readonly forms: readonly string[]
  readonly items: readonly ScreeningItem[]
}

export const inForce = (
  sets: readonly ScreeningSet[],
  code: ScreeningSetCode,
  day: Day,
): ScreeningSet | undefined =>
  sets.find(
    (set) =>
      set.code === code && set.effectiveFrom <= day && (set.effectiveTo === null || day <= set.effectiveTo),
  )

/** Whether an item is asked of this subject; while the form is unknown every item is. */
export const applies = (item: ScreeningItem, subject: Subject, forms: readonly string[]): boolean =>
  item.appliesTo.includes(subject) &&
  (item.forms.includes('all') || forms.includes('unknown') || forms.some((form) => item.forms.includes(form)))

/** 0 negative; 1 up to the threshold at risk; from the threshold a potential victim. A child's consent and the means used play no part. */
export const advise = (met: number, threshold: number): ScreeningResult =>
  met >= threshold ? 'vmt' : met > 0 ? 'at_risk' : 'negative'

export const rank = (result: ScreeningResult): number => screeningResults.indexOf(result)

export type ScreeningBody = {
  readonly set: ScreeningSetCode
  readonly version: string
  readonly caseId?: Uuid | undefined
  readonly reportId?: Uuid | undefined
  readonly childId?: Uuid | undefined
  readonly subject: Subject
  readonly forms: readonly string[]
  readonly territory: Territory
  readonly setting: Setting
  readonly items: readonly { readonly code: string; readonly evidence: string }[]
  /** What the screener decides; absent means as advised. */
  readonly result?: ScreeningResult | undefined
  readonly reason?: string | undefined
}

export type ScreeningRecorded = DomainEvent<
  'ScreeningRecorded',
  {
    readonly set: ScreeningSetCode
    readonly version: string
    readonly caseId: Uuid | null
    readonly reportId: Uuid | null
    readonly childId: Uuid | null
    readonly subject: Subject
    readonly forms: readonly string[]
    readonly territory: Territory
    readonly setting: Setting
    readonly items: readonly string[]
    readonly met: number
    readonly dimensions: readonly string[]
    readonly advised: ScreeningResult
    readonly result: ScreeningResult
    readonly proposedResult: ScreeningResult | null
  }
>
export type ScreeningDecided = DomainEvent<
  'ScreeningDecided',
  { readonly agree: boolean; readonly result: ScreeningResult; readonly by: Uuid }
>
export type ScreeningEvent = ScreeningRecorded | ScreeningDecided

export interface Screening {
  readonly id: Uuid
  readonly version: number
  readonly screenerId: Uuid
  readonly advised: ScreeningResult
  /** In force now: never below what was advised until a supervisor agreed. */
  readonly result: ScreeningResult
  /** Lower result that waits for a supervisor. */
  readonly proposedResult: ScreeningResult | null
}

export const apply = (screening: Screening, event: ScreeningEvent): Screening => {
  switch (event.type) {
    case 'ScreeningRecorded':
      return { ...screening, ...pickResult(event.facts) }
    case 'ScreeningDecided':
      return { ...screening, result: event.facts.result, proposedResult: null }
  }
}
const pickResult = (facts: ScreeningRecorded['facts']) => ({
  advised: facts.advised,
  result: facts.result,
  proposedResult: facts.proposedResult,
})

/**
 * Where outside a case this role may screen, most usual first: at the border and in a raid those who are there, the
 * field team that goes along to a raid among them (domain specification, 3.0 step 2 and 16.1).
 */
export const outsideSettings = (role: Actor['role']): readonly Exclude<Setting, 'case'>[] => {
  if (role === 'border_police') return ['border', 'raid']
  if (role === 'police') return ['raid', 'border']
  return role === 'labour_inspector' || role === 'field_team' ? ['raid'] : []
}

/** Inside a case its unit screens; outside one, whoever stands there. */
export const mayScreen = (actor: Actor, setting: Setting): boolean =>
  setting === 'case'
    ? actor.role === 'cpw' || actor.role === 'cpu_head'
    : outsideSettings(actor.role).includes(setting)

const itemFault = (body: ScreeningBody, set: ScreeningSet): Refusal | null => {
  const seen = new Set<string>()
  for (const [at, answer] of body.items.entries()) {
    const item = set.items.find((known) => known.code === answer.code)
    if (!item) return { code: 'unknown_code', field: `items.${at}.code` }
    if (seen.has(answer.code)) return { code: 'screening_item_twice', field: `items.${at}.code` }
    if (!applies(item, body.subject, body.forms))
      return { code: 'screening_item_not_applicable', field: `items.${at}.code` }
    if (answer.evidence.trim() === '')
      return { code: 'screening_evidence_needed', field: `items.${at}.evidence` }
    seen.add(answer.code)
  }
  return null
}

export interface ScreeningKnown {
  readonly set: ScreeningSet | undefined
  /** Birth of the person screened, where known. */
  readonly birth: PartialDate | null
}

export const decideScreening = (
  body: ScreeningBody,
  { set, birth }: ScreeningKnown,
  stamp: Stamp,
): Decision<ScreeningEvent> => {
  if (!mayScreen(stamp.actor, body.setting)) return refuse('not_allowed')
  const inCase = body.setting === 'case'
  if (inCase ? body.caseId === undefined : body.reportId === undefined)
    return refuse('screening_before_protection', inCase ? 'caseId' : 'reportId')
  const day = tiranaDay(stamp.occurredAt)
  if (set === undefined || set.version !== body.version)
    return refuse('screening_set_not_in_force', 'version')
  const form = body.forms.findIndex((code) => !set.forms.includes(code))
  if (form >= 0) return refuse('unknown_code', `forms.${form}`)
  if (birth !== null) {
    if (body.subject === 'child' && certainlyAdult(birth, day)) return refuse('child_is_adult', 'subject')
    if (body.subject === 'adult' && certainlyChild(birth, day))
      return refuse('screening_subject_is_child', 'subject')
  }
  const fault = itemFault(body, set)
  if (fault) return { ok: false, refusal: fault }

  const met = body.items.length
  const dimensions = [
    ...new Set(
      body.items.map((answer) => set.items.find((item) => item.code === answer.code)?.dimension ?? ''),
    ),
  ].toSorted()
  const advised = advise(met, set.threshold)
  const decided = body.result ?? advised
  const reason = body.reason?.trim() ?? ''
  if (decided !== advised && reason === '') return refuse('reason_required', 'reason')
  const down = rank(decided) < rank(advised)
  return accept<ScreeningEvent>({
    type: 'ScreeningRecorded',
    v: 1,
    facts: {
      set: set.code,
      version: set.version,
      caseId: body.caseId ?? null,
      reportId: body.reportId ?? null,
      childId: body.childId ?? null,
      subject: body.subject,
      forms: body.forms,
      territory: body.territory,
      setting: body.setting,
      items: body.items.map((answer) => answer.code),
      met,
      dimensions,
      advised,
      result: down ? advised : decided,
      proposedResult: down ? decided : null,
    },
    parts: [
      { tier: 'T3', name: 'evidence', body: body.items.map((answer) => ({ ...answer })) },
      ...(reason === '' ? [] : [{ tier: 'T3' as const, name: 'reason', body: reason }]),
    ],
  })
}

/** A supervisor other than the screener agrees to the lower result, with a reason, or keeps the higher one. */
export const decideDownward = (
  screening: Screening,
  body: { readonly agree: boolean; readonly reason: string },
  stamp: Stamp,
): Decision<ScreeningEvent> => {
  if (stamp.actor.role !== 'cpu_head') return refuse('not_allowed')
  if (screening.proposedResult === null) return refuse('screening_nothing_pending')
  if (screening.screenerId === stamp.actor.userId) return refuse('screening_own_decision')
  const reason = body.reason.trim()
  if (reason === '') return refuse('reason_required', 'reason')
  return accept<ScreeningEvent>({
    type: 'ScreeningDecided',
    v: 1,
    facts: {
      agree: body.agree,
      result: body.agree ? screening.proposedResult : screening.result,
      by: stamp.actor.userId,
    },
    parts: [{ tier: 'T3', name: 'reason', body: reason }],
    touches: ['result'],
  })
}
