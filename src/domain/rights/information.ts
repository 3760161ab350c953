/**
 * That rights were explained, to whom, in which language and form, by whom (S002: information in a language understood;
 * domain specification 6). Appended, never changed: what was not understood is explained again.
 */
import { gate } from '../case/policy.ts'
import type { CaseState } from '../case/state.ts'
import { tiranaDay } from '../clock/tirana.ts'
import { accept, type Day, type Decision, type DomainEvent, refuse, type Stamp, type Uuid } from '../core.ts'
import { familyBar } from '../family/inform.ts'

export const audiences = ['child', 'parent', 'guardian', 'representative'] as const
export const rightsTopics = [
  'protection_without_testimony',
  'say_in_decisions',
  'confidentiality',
  'consent_and_withdrawal',
  'legal_aid',
  'interpreter',
  'representative',
  'support_and_services',
  'compensation',
  'complaint',
  'return_and_stay',
] as const
export const rightsFormats = ['spoken', 'leaflet', 'easy_read', 'pictures', 'video', 'sign_language'] as const
export const understandings = ['yes', 'partly', 'no', 'not_known'] as const

export interface ExplainRights {
  readonly on: Day
  readonly audience: (typeof audiences)[number]
  readonly topics: readonly (typeof rightsTopics)[number][]
  readonly language: string
  readonly format: (typeof rightsFormats)[number]
  readonly interpreter: boolean
  readonly understood: (typeof understandings)[number]
  /** Name and post (T3). */
  readonly explainedBy: string
  /** What the child asked, in its own words (T3). */
  readonly questions?: string | undefined
}
export type RightsExplained = DomainEvent<
  'RightsExplained',
  {
    readonly rightsId: Uuid
    readonly on: Day
    readonly audience: ExplainRights['audience']
    readonly topics: ExplainRights['topics']
    readonly language: string
    readonly format: ExplainRights['format']
    readonly interpreter: boolean
    readonly understood: ExplainRights['understood']
    readonly at: string
    readonly by: Uuid
  }
>

export function decideExplainRights(
  s: CaseState,
  body: ExplainRights,
  stamp: Stamp,
): Decision<RightsExplained> {
  const no = gate('add_note', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  if (body.on > tiranaDay(stamp.now)) return refuse('in_future', 'on')
  const bar = body.audience === 'parent' ? familyBar(s, 'audience') : null
  if (bar) return { ok: false, refusal: bar }
  const { explainedBy, questions, ...facts } = body
  return accept<RightsExplained>({
    type: 'RightsExplained',
    v: 1,
    facts: { rightsId: stamp.newId(), ...facts, at: stamp.occurredAt, by: stamp.actor.userId },
    parts: [
      { tier: 'T3', name: 'explainedBy', body: explainedBy },
      ...(questions ? [{ tier: 'T3' as const, name: 'childWords', body: questions }] : []),
    ],
  })
}
