/**
 * The net as it stands on one day, and how far it covers the country. Denominators of percentage indicators come from
 * here. Sources of the measures: S001 (units), S002:1206–1229 (two full-time workers), S002:1532–1545 (a protector in each
 * school), S000:155 (field teams), S004:523 (a woman officer and a female social worker at each crossing), S004:384 (psychologist
 * or social worker in each police directorate), S004:699–703 (national cover), S004:789–791 (mechanisms, tables, contact points).
 */
import type { Day } from '../core.ts'
import type { StructureKind } from './kinds.ts'

/** Structures of one kind at one place on the day, and how many of them have what the measures ask. */
export interface NetGroup {
  readonly kind: StructureKind
  readonly municipality: string | null
  readonly county: string | null
  readonly crossing: string | null
  readonly structures: number
  /** Full-time posts with somebody in them, and all filled posts. */
  readonly fullTime: number
  readonly filled: number
  readonly posts: number
  /** Structures with at least two full-time people; a protector; a full-time protector. */
  readonly twoFullTime: number
  readonly withProtector: number
  readonly withFullTimeProtector: number
  readonly withWomanOfficer: number
  readonly withFemaleSocialWorker: number
  readonly withCarer: number
  readonly withFullTimeCoordinator: number
  /** People in posts of these duties. */
  readonly womenOfficersFullTime: number
  readonly psychologists: number
  readonly dataOfficersFullTime: number
  readonly secretariesFullTime: number
  /** Filled posts whose job description names the duty. */
  readonly inJobDescription: number
}

export interface NetPlaces {
  readonly municipalities: readonly {
    readonly code: string
    readonly name: string
    readonly county: string
  }[]
  readonly crossings: readonly {
    readonly id: string
    readonly name: string
    readonly municipality: string
    readonly county: string
  }[]
  readonly counties: readonly { readonly code: string; readonly name: string }[]
  /** County committees and technical tables that the register of bodies knows. */
  readonly bodies: readonly { readonly county: string; readonly kind: string }[]
}

export interface MunicipalityCoverage {
  readonly municipality: string
  readonly name: string
  readonly county: string
  readonly cpu: boolean
  readonly fullTimeWorkers: number
  readonly schools: number
  readonly schoolsWithProtector: number
  readonly fieldTeams: number
  readonly nrmMechanism: boolean
  readonly dvMechanism: boolean
  readonly contactPoint: boolean
  readonly crossings: number
  readonly crossingsCovered: number
  /** How many of the asked-for parts stand (of `parts`): a municipality without schools or crossings is asked for fewer. */
  readonly standing: number
  readonly parts: number
}
export interface CrossingCoverage {
  readonly id: string
  readonly name: string
  readonly municipality: string
  readonly registered: boolean
  readonly womanOfficer: boolean
  readonly femaleSocialWorker: boolean
}
export interface CountyCoverage {
  readonly county: string
  readonly name: string
  readonly committee: boolean
  readonly technicalTable: boolean
  readonly fullTimeCoordinator: boolean
  readonly mobileUnits: number
  readonly policeCarer: boolean
}

export const measures = [
  'cpu',
  'cpu_two_full_time',
  'school_protector',
  'field_team',
  'nrm_mechanism',
  'dv_mechanism',
  'contact_point',
  'crossing_woman_officer',
  'crossing_female_social_worker',
  'county_committee',
  'technical_table',
  'table_full_time_coordinator',
  'mobile_unit',
  'police_carer',
  'job_description',
] as const
export type Measure = (typeof measures)[number]

/** A share: how many of how many. The denominator is the places there are, or the structures entered. */
export interface Share {
  readonly measure: Measure
  readonly of: 'municipalities' | 'crossings' | 'counties' | 'schools' | 'posts'
  readonly have: number
  readonly total: number
}

export interface Net {
  readonly day: Day
  readonly municipalities: readonly MunicipalityCoverage[]
  readonly crossings: readonly CrossingCoverage[]
  readonly counties: readonly CountyCoverage[]
  readonly shares: readonly Share[]
}

/** Two workers with full time in each unit (S002:1206–1229). */
export const fullTimeWanted = 2

const sum = (groups: readonly NetGroup[], of: (group: NetGroup) => number): number =>
  groups.reduce((n, group) => n + of(group), 0)

export const coverageOf = (day: Day, places: NetPlaces, groups: readonly NetGroup[]): Net => {
  const ofKind = (kind: StructureKind) => groups.filter((group) => group.kind === kind)
  const at = (kind: StructureKind, code: string) =>
    ofKind(kind).filter((group) => group.municipality === code)
  const inCounty = (kind: StructureKind, code: string) =>
    ofKind(kind).filter((group) => group.county === code)

  const crossings = places.crossings.map((crossing): CrossingCoverage => {
    const here = ofKind('border_post').filter((group) => group.crossing === crossing.id)
    return {
      id: crossing.id,
      name: crossing.name,
      municipality: crossing.municipality,
      registered: here.length > 0,
      womanOfficer: sum(here, (group) => group.withWomanOfficer) > 0,
      femaleSocialWorker: sum(here, (group) => group.withFemaleSocialWorker) > 0,
    }
  })

  const municipalities = places.municipalities.map((place): MunicipalityCoverage => {
    const units = at('cpu', place.code)
    const schools = at('school', place.code)
    const posts = crossings.filter((crossing) => crossing.municipality === place.code)
    const row = {
      municipality: place.code,
      name: place.name,
      county: place.county,
      cpu: units.length > 0,
      fullTimeWorkers: sum(units, (group) => group.fullTime),
      schools: sum(schools, (group) => group.structures),
      schoolsWithProtector: sum(schools, (group) => group.withProtector),
      fieldTeams: sum(at('field_team', place.code), (group) => group.structures),
      nrmMechanism: at('nrm_mechanism', place.code).length > 0,
      dvMechanism: at('dv_mechanism', place.code).length > 0,
      contactPoint: sum(at('contact_point', place.code), (group) => group.filled) > 0,
      crossings: posts.length,
      crossingsCovered: posts.filter((post) => post.womanOfficer && post.femaleSocialWorker).length,
    }
    const asked = [
      row.cpu,
      row.fullTimeWorkers >= fullTimeWanted,
      row.fieldTeams > 0,
      row.nrmMechanism || row.dvMechanism,
      row.contactPoint,
      row.schools > 0 && row.schoolsWithProtector === row.schools,
      ...(row.crossings > 0 ? [row.crossingsCovered === row.crossings] : []),
    ]
    return { ...row, standing: asked.filter(Boolean).length, parts: asked.length }
  })

  const counties = places.counties.map((county): CountyCoverage => {
    const tables = inCounty('technical_table', county.code)
    const body = (kind: string) =>
      places.bodies.some((one) => one.kind === kind && one.county === county.code)
    return {
      county: county.code,
      name: county.name,
      committee: inCounty('krat', county.code).length > 0 || body('county_committee'),
      technicalTable: tables.length > 0 || body('technical_table'),
      fullTimeCoordinator: sum(tables, (group) => group.withFullTimeCoordinator) > 0,
      mobileUnits: sum(inCounty('mobile_unit', county.code), (group) => group.structures),
      policeCarer: sum(inCounty('police_section', county.code), (group) => group.withCarer) > 0,
    }
  })

  const towns = (measure: Measure, has: (row: MunicipalityCoverage) => boolean): Share => ({
    measure,
    of: 'municipalities',
    have: municipalities.filter(has).length,
    total: municipalities.length,
  })
  const borders = (measure: Measure, has: (row: CrossingCoverage) => boolean): Share => ({
    measure,
    of: 'crossings',
    have: crossings.filter(has).length,
    total: crossings.length,
  })
  const regions = (measure: Measure, has: (row: CountyCoverage) => boolean): Share => ({
    measure,
    of: 'counties',
    have: counties.filter(has).length,
    total: counties.length,
  })
  return {
    day,
    municipalities,
    crossings,
    counties,
    shares: [
      towns('cpu', (row) => row.cpu),
      towns('cpu_two_full_time', (row) => row.cpu && row.fullTimeWorkers >= fullTimeWanted),
      {
        measure: 'school_protector',
        of: 'schools',
        have: sum(ofKind('school'), (group) => group.withProtector),
        total: sum(ofKind('school'), (group) => group.structures),
      },
      towns('field_team', (row) => row.fieldTeams > 0),
      towns('nrm_mechanism', (row) => row.nrmMechanism),
      towns('dv_mechanism', (row) => row.dvMechanism),
      towns('contact_point', (row) => row.contactPoint),
      borders('crossing_woman_officer', (row) => row.womanOfficer),
      borders('crossing_female_social_worker', (row) => row.femaleSocialWorker),
      regions('county_committee', (row) => row.committee),
      regions('technical_table', (row) => row.technicalTable),
      regions('table_full_time_coordinator', (row) => row.fullTimeCoordinator),
      regions('mobile_unit', (row) => row.mobileUnits > 0),
      regions('police_carer', (row) => row.policeCarer),
      {
        measure: 'job_description',
        of: 'posts',
        have: sum(groups, (group) => group.inJobDescription),
        total: sum(groups, (group) => group.filled),
      },
    ],
  }
}
