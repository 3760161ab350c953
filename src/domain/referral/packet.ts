/**
 * The least data each kind of recipient needs, and nothing else (domain specification, section 3.5; who must not see
 * what: section 5 and the actors' table). A packet is a copy made at sending: the recipient never reads the case.
 */
import type { Json, Tier } from '../core.ts'

/** What is asked for (services of the law on social care and of the action plans; S000, S004). */
export const referralServices = [
  'emergency_shelter',
  'shelter_reintegration',
  'enrolment',
  'second_chance',
  'attendance_support',
  'health_check',
  'treatment',
  'psychological_support',
  'birth_registration',
  'parent_employment',
  'vocational_training',
  'day_care',
  'inspection',
  'formal_identification',
  'police_protection',
  'return_assistance',
  'case_management',
  'health_cover',
  'housing',
  'creche_place',
  'other',
] as const
export type ReferralService = (typeof referralServices)[number]

export const recipientKinds = [
  'school',
  'health',
  'civil_status',
  'employment',
  'labour_inspectorate',
  'police',
  'shelter',
  'consulate',
  'day_centre',
  'education_directorate',
  'health_fund',
  'housing_office',
  'creche',
  'cpu_intake',
  'cpu_transfer',
] as const
export type RecipientKind = (typeof recipientKinds)[number]

/** Every field a packet may hold, with its tier. T4 fields lie in a table of their own. */
export const packetFields = {
  allergies: 'T4',
  birth: 'T3',
  birth_facts: 'T3',
  case_file: 'T3',
  case_manager: 'T3',
  consent: 'T3',
  contact: 'T3',
  cover_need: 'T3',
  danger: 'T3',
  day_need: 'T3',
  employer: 'T3',
  enrolment_need: 'T3',
  health_need: 'T4',
  housing_need: 'T3',
  identity: 'T3',
  indicators: 'T4',
  name: 'T3',
  needs: 'T3',
  place: 'T3',
  return_need: 'T3',
  risks: 'T4',
  skills: 'T3',
  work_place: 'T3',
  zone: 'T3',
} as const satisfies Record<string, Extract<Tier, 'T3' | 'T4'>>
export type PacketField = keyof typeof packetFields
export const packetFieldNames = Object.keys(packetFields) as PacketField[]

/** What each kind of recipient is given (domain specification 3.5; day centre and directorate: actors' table). */
export const minimumDataSet: Readonly<Record<RecipientKind, readonly PacketField[]>> = {
  school: ['name', 'birth', 'zone', 'enrolment_need'],
  health: ['name', 'birth', 'health_need', 'allergies'],
  civil_status: ['birth_facts'],
  employment: ['name', 'contact', 'skills'],
  labour_inspectorate: ['employer', 'work_place'],
  police: ['identity', 'indicators', 'place', 'danger', 'case_manager'],
  shelter: ['identity', 'needs', 'risks', 'consent'],
  consulate: ['identity', 'return_need'],
  day_centre: ['name', 'birth', 'zone', 'day_need'],
  education_directorate: ['name', 'birth', 'zone', 'enrolment_need'],
  health_fund: ['name', 'birth', 'cover_need'],
  housing_office: ['name', 'contact', 'housing_need'],
  creche: ['name', 'birth', 'zone', 'day_need'],
  cpu_intake: ['identity', 'place', 'danger', 'needs', 'contact'],
  cpu_transfer: ['case_file'],
}

/** Which kind of recipient a unit is, by `unit.kind`; units of other kinds receive no referrals. */
const kindOfUnit: Readonly<Record<string, RecipientKind>> = {
  border_police: 'police',
  civil_status: 'civil_status',
  consulate: 'consulate',
  cpu: 'cpu_intake',
  creche: 'creche',
  day_centre: 'day_centre',
  education_directorate: 'education_directorate',
  employment_office: 'employment',
  health: 'health',
  health_fund: 'health_fund',
  housing_office: 'housing_office',
  labour_inspectorate: 'labour_inspectorate',
  police: 'police',
  school: 'school',
  shelter: 'shelter',
}
export const referableUnitKinds = Object.keys(kindOfUnit)
export const recipientKindOf = (unitKind: string): RecipientKind | null => kindOfUnit[unitKind] ?? null

/** What may be asked of each kind of recipient. The name of a service tells too, so a school is never asked for
 * something that only a suspected victim would need. */
export const servicesOf: Readonly<Record<RecipientKind, readonly ReferralService[]>> = {
  school: ['enrolment', 'attendance_support', 'other'],
  health: ['health_check', 'treatment', 'psychological_support', 'other'],
  civil_status: ['birth_registration'],
  employment: ['parent_employment', 'vocational_training'],
  labour_inspectorate: ['inspection'],
  police: ['formal_identification', 'police_protection', 'other'],
  shelter: ['emergency_shelter', 'shelter_reintegration', 'psychological_support', 'other'],
  consulate: ['return_assistance'],
  day_centre: ['day_care', 'attendance_support', 'psychological_support', 'other'],
  education_directorate: ['enrolment', 'second_chance'],
  health_fund: ['health_cover'],
  housing_office: ['housing'],
  creche: ['creche_place'],
  cpu_intake: ['case_management'],
  cpu_transfer: ['case_management'],
}

/** What a recipient does not see: told to it, so that silence is not read as "there is nothing". */
export const withheldThings = [
  'trafficking_label',
  'reason',
  'address',
  'family',
  'case_file',
  'health',
  'psychological_notes',
  'interview',
  'police_data',
  'justice',
  'other_services',
  'reporter',
  'shelter_place',
] as const
export type WithheldThing = (typeof withheldThings)[number]

/** not_needed: the service does not need it. protects: it could lead someone to the child. label: it would brand the
 * child. not_yours: another body keeps it and gives it only on a written request. no_ground: nothing allows it now. */
export const withheldReasons = ['not_needed', 'protects', 'label', 'not_yours', 'no_ground'] as const
export type WithheldReason = (typeof withheldReasons)[number]
export interface Withheld {
  readonly what: WithheldThing | PacketField
  readonly why: WithheldReason
}

const why: Readonly<Record<WithheldThing, WithheldReason>> = {
  trafficking_label: 'label',
  reason: 'not_needed',
  address: 'protects',
  family: 'not_needed',
  case_file: 'not_needed',
  health: 'not_needed',
  psychological_notes: 'not_needed',
  interview: 'not_yours',
  police_data: 'not_yours',
  justice: 'not_yours',
  other_services: 'not_needed',
  reporter: 'protects',
  shelter_place: 'protects',
}

const kept: Readonly<Record<RecipientKind, readonly WithheldThing[]>> = {
  school: ['trafficking_label', 'address', 'family', 'case_file', 'police_data', 'justice', 'other_services'],
  health: [
    'trafficking_label',
    'address',
    'family',
    'case_file',
    'interview',
    'police_data',
    'shelter_place',
  ],
  civil_status: ['trafficking_label', 'reason', 'address', 'case_file', 'police_data'],
  employment: ['trafficking_label', 'reason', 'address', 'case_file', 'police_data'],
  labour_inspectorate: ['trafficking_label', 'address', 'family', 'case_file'],
  police: ['case_file', 'health', 'psychological_notes', 'family', 'reporter', 'shelter_place'],
  shelter: ['address', 'family', 'interview', 'psychological_notes', 'police_data'],
  consulate: ['case_file', 'health', 'psychological_notes', 'interview', 'shelter_place'],
  day_centre: ['trafficking_label', 'address', 'family', 'case_file', 'police_data', 'other_services'],
  education_directorate: ['trafficking_label', 'reason', 'address', 'family', 'case_file', 'police_data'],
  health_fund: ['reason', 'address', 'family', 'health', 'other_services'],
  housing_office: ['reason', 'health', 'other_services'],
  creche: ['reason', 'address', 'family', 'health', 'other_services'],
  cpu_intake: ['police_data', 'justice', 'reporter'],
  cpu_transfer: ['interview', 'reporter', 'psychological_notes'],
}

/** Recipients that never learn that trafficking is suspected (domain specification, section 5). */
export const neverLabelled: ReadonlySet<RecipientKind> = new Set([
  'school',
  'health',
  'civil_status',
  'employment',
  'labour_inspectorate',
  'day_centre',
  'education_directorate',
  'health_fund',
  'housing_office',
  'creche',
])

/**
 * Bodies that give the same to anybody: nothing of the packet says that a child is protected, a victim, or at risk (S004:
 * 691–696), nor does the name of the unit that asks.
 */
export const plainRecipients: ReadonlySet<RecipientKind> = new Set([
  'health_fund',
  'housing_office',
  'creche',
])

export interface PacketPart {
  readonly field: PacketField
  readonly tier: 'T3' | 'T4'
  readonly value: Json
}
export interface Packet {
  readonly parts: readonly PacketPart[]
  readonly withheld: readonly Withheld[]
}
/** What the sender holds, by field; anything may be missing, and far more may be there than is ever sent. */
export type PacketSource = Readonly<Partial<Record<string, Json>>>

/**
 * The packet of one recipient kind out of whatever the sender holds.
 * @param allowed fields some live legal ground covers; absent: all. A field nothing covers is listed as withheld.
 */
export function packetFor(
  kind: RecipientKind,
  source: PacketSource,
  allowed?: ReadonlySet<PacketField>,
): Packet {
  const parts: PacketPart[] = []
  const uncovered: Withheld[] = []
  for (const field of minimumDataSet[kind]) {
    const value = source[field]
    if (value === undefined || value === null || value === '') continue
    if (allowed !== undefined && !allowed.has(field)) uncovered.push({ what: field, why: 'no_ground' })
    else parts.push({ field, tier: packetFields[field], value })
  }
  return { parts, withheld: [...kept[kind].map((what) => ({ what, why: why[what] })), ...uncovered] }
}

const labelWords =
  /\b(vmt|vtm|vt|vot|pvot)\b|trafikim|trafikuar|traffick|viktim\w* e mundshme|potential victim/u
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

const protectionWords =
  /viktim|victim|shfrytez|exploit|abuz|abus|dhun|violen|keqtrajt|maltreat|neglizh|neglect|lyp[es]|begg|mbrojtje\w* (e|se) femij|njmf|child protection|strehez|shelter|\brisk|rrezik|denoncu|\bkrim|\bcrime/u

/** Words that would tell this kind of recipient that trafficking is suspected or, where it serves anybody, that a child is protected. */
export const tellsTrafficking = (kind: RecipientKind, words: Json): boolean => {
  const said = plain(JSON.stringify(words))
  return (
    (neverLabelled.has(kind) && labelWords.test(said)) ||
    (plainRecipients.has(kind) && protectionWords.test(said))
  )
}

/** The first field of the packet whose words would tell an unlabelled recipient that trafficking is suspected. */
export function labelledField(kind: RecipientKind, source: PacketSource): PacketField | undefined {
  return minimumDataSet[kind].find((field) => tellsTrafficking(kind, source[field] ?? ''))
}

/** A consent as a packet tells it (`sharing guardian 1 2026-03-02`): purpose, capacity, number and day, without a name. */
export const consentTold = (
  text: string,
): {
  readonly purpose: string
  readonly capacity: string
  readonly number: string
  readonly on: string
} | null => {
  const [, purpose, capacity, number, on] =
    /^(sharing|shelter|interview|recording) (own|parent|guardian|procedural_representative) (\d{1,6}) (\d{4}-\d{2}-\d{2})$/.exec(
      text,
    ) ?? []
  return purpose === undefined || capacity === undefined || number === undefined || on === undefined
    ? null
    : { purpose, capacity, number, on }
}
