/**
 * What a child or family lacks, as the action plans name it (S000:1003, 1068; S004:538, 599, 691–696, 724), and what is
 * written down of each kind when it is met. Codes, days, counts and amounts only: no number of a civil act, card or contract.
 */
import { isRecordDay } from '../day.ts'
export const needKinds = [
  'civil_registration',
  'vaccination',
  'health_card',
  'enrolment',
  'attendance',
  'second_chance',
  'books',
  'parent_employment',
  'parent_training',
  'small_grant',
  'material_package',
  'psychological',
  'legal',
  'day_centre',
  'housing',
  'free_medicine',
  'leisure',
  'after_school',
  'mentoring',
  'free_creche',
  'reintegration_package',
] as const
export type NeedKind = (typeof needKinds)[number]

export const schoolLevels = [
  'preschool',
  'primary',
  'lower_secondary',
  'upper_secondary',
  'vocational',
  'second_chance',
  'higher',
] as const
export const sectors = [
  'agriculture',
  'manufacturing',
  'construction',
  'trade',
  'hospitality',
  'care',
  'crafts',
  'public',
  'other',
] as const
const legalMatters = ['documents', 'custody', 'protection', 'criminal', 'compensation', 'other'] as const
const homes = [
  'rent_subsidy',
  'social_housing',
  'repair',
  'supported_flat',
  'with_relatives',
  'other',
] as const
const changes = ['better', 'same', 'worse', 'not_assessed'] as const
const pastimes = ['sport', 'arts', 'camp', 'club', 'other'] as const

export type Field =
  | { readonly of: 'flag' | 'day' | 'percent' | 'count' | 'lek' }
  | { readonly of: 'code'; readonly codes: readonly string[] }
const flag = { of: 'flag' } as const
const day = { of: 'day' } as const
const percent = { of: 'percent' } as const
const count = { of: 'count' } as const
const lek = { of: 'lek' } as const
const code = (codes: readonly string[]) => ({ of: 'code', codes }) as const

/** Fields of the outcome of each kind; the first stands for the thing itself, and without it the need is not met. */
export const outcomeFields = {
  civil_registration: { actRecorded: flag, registeredOn: day },
  vaccination: { upToDate: flag, vaccinatedOn: day },
  health_card: { cardHeld: flag, issuedOn: day },
  enrolment: { level: code(schoolLevels), enrolledOn: day },
  attendance: { attendance: percent, level: code(schoolLevels) },
  second_chance: { enrolledOn: day, attendance: percent, finished: flag },
  books: { packages: count },
  parent_employment: { sector: code(sectors), secure: flag, startedOn: day },
  parent_training: { finished: flag, sector: code(sectors), employed: flag },
  small_grant: { amountLek: lek, sector: code(sectors), runningAfter: flag },
  material_package: { packages: count },
  psychological: { sessions: count, change: code(changes) },
  legal: { matter: code(legalMatters), lawyer: flag },
  day_centre: { startedOn: day, daysAWeek: count },
  housing: { form: code(homes), from: day },
  free_medicine: { reimbursed: flag, amountLek: lek },
  leisure: { pastime: code(pastimes), times: count },
  after_school: { startedOn: day, daysAWeek: count },
  mentoring: { meetings: count, goesOn: flag },
  free_creche: { enrolledOn: day, free: flag },
  reintegration_package: { amountLek: lek, givenOn: day },
} as const satisfies Readonly<Record<NeedKind, Readonly<Record<string, Field>>>>
export const fieldsOf = (kind: NeedKind): readonly (readonly [string, Field])[] =>
  Object.entries(outcomeFields[kind])
/** Every name of a field, of whichever kind. */
export const outcomeFieldNames: readonly string[] = [
  ...new Set(Object.values(outcomeFields).flatMap((fields) => Object.keys(fields))),
]

export type Outcome = { readonly [field: string]: string | number | boolean }

const fitsField = (field: Field, value: string | number | boolean): boolean => {
  switch (field.of) {
    case 'flag':
      return typeof value === 'boolean'
    case 'day':
      return typeof value === 'string' && isRecordDay(value)
    case 'percent':
      return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 100
    case 'count':
      return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 1000
    case 'lek':
      return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 1_000_000_000
    case 'code':
      return typeof value === 'string' && field.codes.includes(value)
  }
}
/** The first entry that this kind does not know or that is not what the field holds; undefined where all fit. */
export const misfit = (kind: NeedKind, outcome: Outcome): string | undefined => {
  const known = new Map(fieldsOf(kind))
  return Object.entries(outcome).find(([name, value]) => {
    const field = known.get(name)
    return field === undefined || !fitsField(field, value)
  })?.[0]
}

const thingOf = (kind: NeedKind): readonly [string, Field] => fieldsOf(kind)[0]!
/** The field without which a need of this kind is not met. */
export const thingItself = (kind: NeedKind): string => thingOf(kind)[0]
/** It says so: yes, more than nothing, a day, a code. */
export const isThere = (kind: NeedKind, outcome: Outcome): boolean => {
  const value = outcome[thingItself(kind)]
  return value !== undefined && value !== false && value !== 0
}

/**
 * Kinds for which a status certificate may be asked: it names the status, so it leaves only with consent, while the packets
 * of referrals to the same bodies carry no label.
 */
export const certificateKinds = ['health_card', 'free_medicine', 'housing', 'free_creche'] as const
export type CertificateKind = (typeof certificateKinds)[number]
