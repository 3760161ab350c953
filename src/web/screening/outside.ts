import type { Role } from '#domain/core.ts'
import { outsideSettings } from '#domain/screening.ts'
import { type Draft, emptyDraft } from '#web/report/new/state.ts'
import { type Answers, noAnswers } from './Form.tsx'

export const steps = ['protect', 'where', 'who', 'questions', 'next'] as const
export type Step = (typeof steps)[number]

/** A screening at a border or in a raid as it stands in its draft: the report that goes ahead of it, then the answers. */
export interface Outside {
  step: Step
  setting: '' | 'border' | 'raid'
  crossing: string
  report: Draft
  /** Empty until the report is with the unit: no question is asked before that. */
  reportId: string
  childIds: readonly string[]
  childId: string
  set: '' | 'trafficking' | 'economic_exploitation'
  screeningId: string
  answers: Answers
  /** What was found, for the page that says what comes next. */
  found: '' | 'vmt' | 'at_risk' | 'negative'
  /** Sets already sent for the child. */
  sent: readonly string[]
}

export const begin = (role: Role, municipality: string | null, newId: () => string): Outside => {
  const settings = outsideSettings(role)
  return {
    step: 'protect',
    setting: settings.length === 1 ? (settings[0] ?? '') : '',
    crossing: '',
    report: emptyDraft(newId(), role, municipality),
    reportId: '',
    childIds: [],
    childId: '',
    set: '',
    screeningId: newId(),
    answers: noAnswers,
    found: '',
    sent: [],
  }
}
