/** Codes of the border (domain specification 16.10; S004:441, 523–529) and of what an officer is told after a look-up. */
export const directions = ['in', 'out'] as const
export type Direction = (typeof directions)[number]
/** With whom the child travels: the categories that the plan asks to be counted (PROT-1.c.14). */
export const categories = ['alone', 'parents', 'others'] as const
export type Category = (typeof categories)[number]
export const documentKinds = [
  'passport',
  'identity_card',
  'travel_document',
  'visa',
  'birth_certificate',
  'none',
] as const
export type DocumentKind = (typeof documentKinds)[number]
export const escortRelations = [
  'mother',
  'father',
  'guardian',
  'grandparent',
  'sibling',
  'relative',
  'teacher',
  'driver',
  'acquaintance',
  'stranger',
  'unknown',
] as const
export type EscortRelation = (typeof escortRelations)[number]
/** Relations that make the category `parents`. */
export const parentRelations: readonly EscortRelation[] = ['mother', 'father', 'guardian']

export const alertKinds = [
  'missing',
  'do_not_leave',
  'trafficking_risk',
  'protection_measure',
  'other',
] as const
export type AlertKind = (typeof alertKinds)[number]
export const alertDirections = ['in', 'out', 'both'] as const
export type AlertDirection = (typeof alertDirections)[number]
/** What an alert asks the officer to do. */
export const alertSteps = ['hold_call', 'watch_call'] as const
export type AlertStep = (typeof alertSteps)[number]
/** All that a look-up answers: let pass, look at the document again, or what an alert asks. */
export const steps = ['pass', 'look_again', ...alertSteps] as const
export type Step = (typeof steps)[number]
export const withdrawReasons = ['found', 'no_longer_needed', 'mistake', 'replaced'] as const
export type WithdrawReason = (typeof withdrawReasons)[number]
export const hitAnswers = ['same_person', 'other_person'] as const
export type HitAnswer = (typeof hitAnswers)[number]

/** Why one of the two women was not there; each absence is counted. */
export const absences = ['none_on_duty', 'on_the_way', 'none_in_post', 'danger_now', 'other'] as const
export type Absence = (typeof absences)[number]
