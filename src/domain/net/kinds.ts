/**
 * Kinds of structures that make the net, where each stands, and the duties of their posts.
 * Sources: S001; S002:1206–1229 (two full-time workers a unit), 1532–1545 (a protector in each school);
 * S004:384 (women and social workers in police), 473–478, 523 (women at crossings), 699–703, 778–791.
 */
export const structureKinds = [
  'cpu',
  'school',
  'field_team',
  'nrm_mechanism',
  'dv_mechanism',
  'contact_point',
  'border_post',
  'krat',
  'technical_table',
  'police_section',
  'mobile_unit',
  'national_office',
] as const
export type StructureKind = (typeof structureKinds)[number]

export type Standing = 'municipality' | 'crossing' | 'county' | 'country'

const standings: Readonly<Record<StructureKind, Standing>> = {
  cpu: 'municipality',
  school: 'municipality',
  field_team: 'municipality',
  nrm_mechanism: 'municipality',
  dv_mechanism: 'municipality',
  contact_point: 'municipality',
  border_post: 'crossing',
  krat: 'county',
  technical_table: 'county',
  police_section: 'county',
  mobile_unit: 'county',
  national_office: 'country',
}
/** What a structure of this kind belongs to. */
export const standingOf = (kind: StructureKind): Standing => standings[kind]

/** Of these a place has one at a time. */
const single: ReadonlySet<StructureKind> = new Set([
  'cpu',
  'nrm_mechanism',
  'dv_mechanism',
  'contact_point',
  'border_post',
  'krat',
  'technical_table',
])
export const isSingle = (kind: StructureKind): boolean => single.has(kind)

export const duties = [
  'cpu_head',
  'child_protection_worker',
  'school_protector',
  'field_worker',
  'social_worker',
  'psychologist',
  'police_officer',
  'coordinator',
  'contact_point',
  'member',
  'database_officer',
  'secretary',
] as const
export type Duty = (typeof duties)[number]

const dutiesByKind: Readonly<Record<StructureKind, readonly Duty[]>> = {
  cpu: ['cpu_head', 'child_protection_worker', 'social_worker', 'psychologist'],
  school: ['school_protector', 'psychologist', 'social_worker'],
  field_team: ['field_worker', 'social_worker', 'psychologist'],
  nrm_mechanism: ['coordinator', 'member', 'secretary'],
  dv_mechanism: ['coordinator', 'member', 'secretary'],
  contact_point: ['contact_point'],
  border_post: ['police_officer', 'social_worker', 'psychologist'],
  krat: ['coordinator', 'member', 'secretary'],
  technical_table: ['coordinator', 'member', 'secretary'],
  police_section: ['police_officer', 'social_worker', 'psychologist'],
  mobile_unit: ['social_worker', 'psychologist', 'police_officer', 'field_worker'],
  national_office: ['coordinator', 'contact_point', 'database_officer', 'secretary', 'member'],
}
export const dutiesOf = (kind: StructureKind): readonly Duty[] => dutiesByKind[kind]

export const qualifications = [
  'social_work',
  'psychology',
  'law',
  'police',
  'education',
  'health',
  'economics',
  'other',
  'none',
] as const
export type Qualification = (typeof qualifications)[number]
