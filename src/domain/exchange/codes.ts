/** Our codes and those of HTCDS 2.0, in both directions. Where ours say more, the extension keeps them. */
import type { TrackStatus } from './track.ts'

export const genders = { female: 'Feminine', male: 'Masculine', unknown: 'NonSpecifiedUnknown' } as const
export const sexOfGender: Readonly<Record<string, 'female' | 'male' | 'unknown'>> = {
  Feminine: 'female',
  Masculine: 'male',
  NonSpecifiedUnknown: 'unknown',
}

/** Exited says nothing of whether somebody was a victim: the last step before it does. */
export const victimStatuses: Readonly<Record<Exclude<TrackStatus, 'exited'>, string>> = {
  vmt: 'PossibleVictimOfTrafficking',
  formal_pending: 'PossibleVictimOfTrafficking',
  declined_formal: 'PossibleVictimOfTrafficking',
  vt: 'ActualVictimOfTrafficking',
  not_confirmed: 'NotAVictimOfTrafficking',
}
export const statusOfVictim: Readonly<Record<string, TrackStatus>> = {
  PossibleVictimOfTrafficking: 'vmt',
  ActualVictimOfTrafficking: 'vt',
  NotAVictimOfTrafficking: 'not_confirmed',
}

const organisations: Readonly<Record<string, string>> = {
  police: 'Police',
  border_police: 'Police',
  prosecutor: 'CourtOrProsecution',
  shelter: 'NGO',
  ngo: 'NGO',
  private: 'Other',
  self: 'Other',
}
/** Whoever identifies here and is neither police nor prosecution nor a shelter is a body of the state. */
export const decidingBody = (structure: string): string =>
  organisations[structure] ?? 'NonPoliceGovernmentalOrganization'
export const structureOfBody: Readonly<Record<string, string>> = {
  Police: 'police',
  NGO: 'shelter',
  CourtOrProsecution: 'prosecutor',
  NonPoliceGovernmentalOrganization: 'responsible_authority',
  Other: 'other',
}

export const exploitation: Readonly<Record<string, string>> = {
  labour: 'ForcedLabour',
  sexual: 'SexualExploitation',
  begging: 'ForcedBegging',
  forced_criminality: 'Other',
  servitude: 'Servitude',
  forced_marriage: 'ForcedMarriage',
  organs: 'OrganRemoval',
}
/** What only the standard tells apart becomes the nearest form of ours; the import lists it. */
export const formOfExploitation: Readonly<Record<string, string>> = {
  ForcedLabour: 'labour',
  ChildLabour: 'labour',
  SexualExploitation: 'sexual',
  ForcedBegging: 'begging',
  Servitude: 'servitude',
  ForcedMarriage: 'forced_marriage',
  OrganRemoval: 'organs',
  Other: 'unknown',
  ForcedMilitaryByNonStateActors: 'unknown',
  ForcedAdoption: 'unknown',
  Surrogacy: 'unknown',
}

/**
 * The standard spells its means of control twice: in the field standard (and its schema), and in «Field Definitions» with
 * a prefix and other words. Both are read; the schema's are written.
 */
const spelledElsewhere: Readonly<Record<string, string>> = {
  Threats: 'PhysicalThreats',
  ThreatOfLawEnforcement: 'ThreatsLawEnforcement',
  UsesChildren: 'ThreatensChildrenFamily',
  PsychoactiveSubstances: 'PsychoactiveSubstance',
  // The schema has no word for confinement.
  RestrictsMovement: 'Other',
}
const prefix = 'MethodsOfControl'
export const controlCode = (said: string): string => {
  const bare = said.startsWith(prefix) && said.length > prefix.length ? said.slice(prefix.length) : said
  return spelledElsewhere[bare] ?? bare
}

/** Elements of the trafficking screening that are means of control. */
export const controlOfElement: Readonly<Record<string, string>> = {
  DR1: 'FalsePromises',
  DR2: 'FalsePromises',
  DR3: 'FalsePromises',
  DR4: 'FalsePromises',
  CR1: 'PhysicalAbuse',
  CR3: 'DebtBondage',
  CR4: 'WithholdsDocuments',
  CR5: 'PhysicalThreats',
  CR6: 'Other',
  AV6: 'PsychologicalAbuse',
  EX1: 'ExcessiveWorkingHours',
  EX2: 'TakesEarnings',
  EX9: 'RestrictsMedicalCare',
  CD1: 'Other',
  CD2: 'PhysicalThreats',
  CD3: 'PhysicalAbuse',
  CD4: 'DebtBondage',
  CD5: 'PsychoactiveSubstance',
  AD1: 'WithholdsNecessities',
}

/** Kinds of support plan; whatever has none of its own is care. */
const plans: Readonly<Record<string, string>> = {
  education: 'Education',
  school: 'Education',
  preschool: 'Education',
  vocational: 'Livelihood',
  employment: 'Livelihood',
  legal: 'Legal',
  medical: 'Health',
  psychological: 'Health',
  rehabilitation: 'Health',
  material: 'Financial',
}
export const planOfService = (service: string): string => plans[service] ?? 'SocialCare'
