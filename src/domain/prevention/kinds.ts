/**
 * What prevention leaves behind, as one table of kinds: campaigns, school programmes, media items, inspections,
 * agreements, parents' sessions, groups, community centres, champions, mobilisation plans (S000:684–716, 1346–1352;
 * S003:38–44; S004:399, 515, 626–640). The shapes on the wire, the refusals and the form are all read from here.
 */
import type { Role } from '../core.ts'

export const activityKinds = [
  'campaign',
  'school_programme',
  'media_item',
  'inspection',
  'agreement',
  'parent_session',
  'group',
  'centre_activity',
  'champion',
  'mobilisation_plan',
] as const
export type ActivityKind = (typeof activityKinds)[number]

/** Whom an act reaches. Nobody is named: members are random ids, the rest are head-counts. */
export const audiences = ['child', 'youth', 'parent', 'community', 'professional', 'public'] as const
export type Audience = (typeof audiences)[number]
/** Audiences whose members a centre may give an id of their own. */
export const memberAudiences = ['child', 'youth', 'parent', 'community'] as const
export type MemberAudience = (typeof memberAudiences)[number]

export const sexes = ['female', 'male', 'all'] as const
export type Sex = (typeof sexes)[number]

/** Topics that trainings and acts are counted by. */
export const topics = [
  'sops',
  'identification',
  'child_interview',
  'case_management',
  'legal_changes',
  'proactive_investigation',
  'financial_investigation',
  'labour_exploitation',
  'economic_exploitation',
  'border',
  'cross_border',
  'positive_discipline',
  'community_centre',
  'monitoring_evaluation',
  'media',
  'tourism_code',
  'safe_employment',
  'school_prevention',
  'hotline',
  'confidentiality',
  'other',
] as const
export type Topic = (typeof topics)[number]

/** One question of a kind, beyond what all kinds share. */
export interface Detail {
  readonly name: string
  readonly kind: 'code' | 'text' | 'day' | 'number' | 'flag'
  readonly codes?: readonly string[]
  /** Longest text, largest number. */
  readonly max?: number
  readonly required?: boolean
}

/** What is counted, with the largest value that one record may honestly hold. */
export interface Measure {
  readonly max: number
  /** Counts children or victims: small ones are not shown to those who lead. */
  readonly child: boolean
  /** The bands it is split by: audiences, grades, materials. Empty: one figure. */
  readonly bands: readonly string[]
}
const grades = ['pre', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'] as const
export const measures = {
  /** People met without an id: attendances, not persons. */
  heads: { max: 5_000_000, child: true, bands: audiences },
  /** Pupils of a class who had the programme, by grade. */
  pupils: { max: 5_000, child: true, bands: grades },
  classes: { max: 500, child: false, bands: [] },
  teachers: { max: 5_000, child: false, bands: [] },
  /** Copies handed out, by material. */
  copies: {
    max: 5_000_000,
    child: false,
    bands: ['leaflet', 'poster', 'brochure', 'sop_copy', 'manual', 'other'],
  },
  broadcasts: { max: 100_000, child: false, bands: [] },
  workers_checked: { max: 100_000, child: false, bands: [] },
  minors_found: { max: 1_000, child: true, bands: [] },
  minors_referred: { max: 1_000, child: true, bands: [] },
  breaches: { max: 10_000, child: false, bands: [] },
} as const satisfies Record<string, Measure>
export type MeasureName = keyof typeof measures
export const measureNames = Object.keys(measures) as MeasureName[]

/** Whether this figure counts children or victims. Head-counts do where their band is children or youth. */
export const countsChildren = (measure: MeasureName, band: string): boolean =>
  measures[measure].child && (measure !== 'heads' || band === 'child' || band === 'youth')

/** Days for which campaigns are made, with the month that the campaign must touch (S000:1346–1352; S004:630). */
export const campaignDays = { apr12: 4, jun12: 6, nov20: 11, october: 10 } as const
export const workSectors = [
  'begging',
  'recyclables',
  'mining',
  'agriculture',
  'street_vending',
  'construction',
  'tourism',
  'garment',
  'domestic',
  'other',
] as const

export interface KindRule {
  readonly details: readonly Detail[]
  readonly measures: readonly MeasureName[]
  /** Audiences whose ids may be listed as present. */
  readonly members: readonly MemberAudience[]
  /** Fewest bodies that take part besides the one that writes. */
  readonly parties: number
  /** May name a group or a business of the registers. */
  readonly of?: 'group' | 'business'
}

const code = (name: string, codes: readonly string[], required = true): Detail => ({
  name,
  kind: 'code',
  codes,
  required,
})
const said = (name: string, required = true): Detail => ({ name, kind: 'text', max: 200, required })
const flag = (name: string): Detail => ({ name, kind: 'flag' })
const everybody = memberAudiences

export const kindRules: Readonly<Record<ActivityKind, KindRule>> = {
  campaign: {
    details: [
      code('campaignDay', [...Object.keys(campaignDays), 'none']),
      code('scope', ['national', 'county', 'municipal']),
      code('channel', ['media', 'social', 'street', 'school', 'health_centre', 'border', 'meeting', 'other']),
      said('materials', false),
    ],
    measures: ['copies', 'heads'],
    members: [],
    parties: 0,
  },
  school_programme: {
    details: [
      said('school'),
      code('schoolKind', ['nine_year', 'secondary', 'vocational', 'other']),
      flag('inCurriculum'),
      flag('forDropOuts'),
    ],
    measures: ['pupils', 'classes', 'teachers'],
    members: [],
    parties: 0,
  },
  media_item: {
    details: [
      code('medium', ['tv', 'radio', 'print', 'portal', 'social']),
      said('outlet'),
      code('format', ['spot', 'programme', 'report', 'article']),
      flag('protectsChild'),
    ],
    measures: ['broadcasts', 'heads'],
    members: [],
    parties: 0,
  },
  inspection: {
    details: [
      code('sector', workSectors),
      code('employerType', [
        'business',
        'employment_agency',
        'tourism_operator',
        'household',
        'street',
        'other',
      ]),
      flag('announced'),
    ],
    measures: ['workers_checked', 'minors_found', 'minors_referred', 'breaches'],
    members: [],
    parties: 0,
    of: 'business',
  },
  agreement: {
    details: [
      code('agreementKind', ['mou', 'protocol', 'treaty', 'cooperation', 'code_of_conduct']),
      { name: 'validTo', kind: 'day' },
      said('country', false),
      flag('aboutChildren'),
    ],
    measures: [],
    members: [],
    parties: 1,
  },
  parent_session: {
    details: [
      code('theme', [
        'positive_discipline',
        'communication',
        'online_safety',
        'trafficking',
        'schooling',
        'other',
      ]),
    ],
    measures: ['heads'],
    members: ['parent', 'community'],
    parties: 0,
    of: 'group',
  },
  group: {
    details: [code('members', ['children', 'youth', 'parents', 'mixed']), said('centre', false)],
    measures: ['heads'],
    members: everybody,
    parties: 0,
  },
  centre_activity: {
    details: [
      said('centre'),
      code('type', ['learning', 'leisure', 'counselling', 'sport', 'arts', 'outreach', 'other']),
    ],
    measures: ['heads'],
    members: everybody,
    parties: 0,
    of: 'group',
  },
  champion: {
    details: [code('who', ['girl', 'boy', 'woman', 'man']), said('cause', false)],
    measures: ['heads'],
    members: everybody,
    parties: 0,
  },
  mobilisation_plan: {
    details: [
      said('community'),
      { name: 'actions', kind: 'number', max: 500 },
      { name: 'adoptedOn', kind: 'day' },
    ],
    measures: ['heads'],
    members: everybody,
    parties: 0,
  },
}

/** Kinds that only some roles write; all other kinds every body writes for itself. */
export const kindWriters: Partial<Record<ActivityKind, readonly Role[]>> = {
  inspection: ['labour_inspector'],
}
