/**
 * The conditions of a formal interview (domain specification, section 6), as versioned data: which apply to this
 * person, which are met, and that whatever is not has its reason. Each answer is counted in the conformity with the
 * standard procedures; none of them is ever left out quietly.
 */
import { type Day, refuse } from '../core.ts'
import type { Refusal } from '../refusal.ts'

export const checkConditions = ['sexual', 'under_14', 'interpreter', 'repeated'] as const
export type CheckCondition = (typeof checkConditions)[number]

export const participantRoles = [
  'police',
  'social_service',
  'cpw',
  'psychologist',
  'representative',
  'interpreter',
  'counsel',
  'prosecutor',
  'support_person',
  'other',
] as const
export type ParticipantRole = (typeof participantRoles)[number]

export const recordings = ['none', 'audio', 'audio_video'] as const
export type Recording = (typeof recordings)[number]

export interface CheckItem {
  readonly code: string
  readonly for: 'child' | 'adult' | 'all'
  readonly when?: CheckCondition | undefined
  readonly mandatory: boolean
  /** `answer`: the interviewers say; anything else is read from what they wrote down. */
  readonly from: string
  readonly verification: 'V' | 'U' | 'D'
  readonly source: string
}
export interface Checklist {
  readonly version: string
  readonly effectiveFrom: Day
  readonly items: readonly CheckItem[]
}

/** The list in force on a day: the youngest that had begun. */
export const checklistOn = (all: readonly Checklist[], on: Day): Checklist => {
  const begun = all.filter((one) => one.effectiveFrom <= on)
  const found = begun.reduce<Checklist | undefined>(
    (best, one) => (best === undefined || one.effectiveFrom > best.effectiveFrom ? one : best),
    undefined,
  )
  const list = found ?? all[0]
  if (list === undefined) throw new Error('there is no checklist of the formal interview')
  return list
}

/** What decides which items apply, and answers those that nobody is asked. */
export interface CheckFacts {
  readonly subject: 'child' | 'adult'
  readonly sexual: boolean
  readonly under14: boolean
  readonly interpreter: boolean
  readonly repeated: boolean
  readonly roles: readonly ParticipantRole[]
  readonly room: boolean
  readonly recording: Recording
}

export const applicable = (
  list: Checklist,
  facts: Omit<CheckFacts, 'roles' | 'room' | 'recording'>,
): readonly CheckItem[] => {
  const holds: Record<CheckCondition, boolean> = {
    sexual: facts.sexual,
    under_14: facts.under14,
    interpreter: facts.interpreter,
    repeated: facts.repeated,
  }
  return list.items.filter(
    (item) =>
      (item.for === 'all' || item.for === facts.subject) && (item.when === undefined || holds[item.when]),
  )
}

/** True or false from what was written down; null where only the interviewers can say. */
export const derived = (item: CheckItem, facts: CheckFacts): boolean | null => {
  if (item.from === 'answer') return null
  if (item.from.startsWith('role:')) return facts.roles.some((role) => `role:${role}` === item.from)
  switch (item.from) {
    case 'room':
      return facts.room
    case 'recorded':
      return facts.recording !== 'none'
    case 'audio_video':
      return facts.recording === 'audio_video'
    case 'once':
      return !facts.repeated
    default:
      return null
  }
}

export interface Answer {
  readonly code: string
  /** Counts only where the item is answered by the interviewers. */
  readonly met: boolean
  readonly reason?: string | undefined
}
export type Checked = {
  readonly code: string
  readonly met: boolean
  readonly mandatory: boolean
}
export interface CheckReason {
  readonly code: string
  readonly reason: string
}

export type CheckResult =
  | { readonly ok: true; readonly items: readonly Checked[]; readonly reasons: readonly CheckReason[] }
  | { readonly ok: false; readonly refusal: Refusal }

/** Every item that applies is answered, once; every unmet one has a reason; nothing else is answered. */
export const check = (list: Checklist, answers: readonly Answer[], facts: CheckFacts): CheckResult => {
  const items = applicable(list, facts)
  const given = new Map(answers.map((answer) => [answer.code, answer]))
  if (given.size !== answers.length) return refuse('interview_item_twice', 'items')
  const stray = answers.findIndex((answer) => !items.some((item) => item.code === answer.code))
  if (stray >= 0) return refuse('interview_item_stray', `items.${stray}`)
  const checked: Checked[] = []
  const reasons: CheckReason[] = []
  for (const item of items) {
    const answer = given.get(item.code)
    const known = derived(item, facts)
    if (known === null && answer === undefined)
      return refuse('interview_item_open', 'items', { item: item.code })
    const met = known ?? answer?.met === true
    if (!met) {
      const reason = answer?.reason?.trim() ?? ''
      if (reason === '') return refuse('interview_reason_needed', 'items', { item: item.code })
      reasons.push({ code: item.code, reason })
    }
    checked.push({ code: item.code, met, mandatory: item.mandatory })
  }
  return { ok: true, items: checked, reasons }
}
