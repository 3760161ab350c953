/**
 * The fixed cast: one person for each role, named by it, in Tirana and Durrës where two of a kind are needed. The
 * same logins exist in the demo country.
 */
import type { Actor, Instant, Role, Uuid } from '#domain/core.ts'

/** Noon in Tirana on a Tuesday: when tests take place unless they say otherwise. */
export const noon: Instant = '2026-11-24T11:00:00.000Z'
/** What keyed hashes follow from in tests. */
export const secret = Buffer.alloc(32, 7)

interface CastUnit {
  readonly kind: string
  readonly municipality: string | null
  readonly county: string | null
}

export const castUnits = {
  'cpu-tirana': { kind: 'cpu', municipality: '53', county: 'AL-11' },
  'cpu-durres': { kind: 'cpu', municipality: '10', county: 'AL-02' },
  'social-services-tirana': { kind: 'social_services', municipality: '53', county: 'AL-11' },
  'field-tirana': { kind: 'field_team', municipality: '53', county: 'AL-11' },
  'school-tirana': { kind: 'school', municipality: '53', county: 'AL-11' },
  'health-tirana': { kind: 'health', municipality: '53', county: 'AL-11' },
  'police-tirana': { kind: 'police', municipality: null, county: 'AL-11' },
  'border-hani-i-hotit': { kind: 'border_police', municipality: '46', county: 'AL-10' },
  'labour-tirana': { kind: 'labour_inspectorate', municipality: null, county: 'AL-11' },
  'line-116006': { kind: 'hotline', municipality: null, county: null },
  'shelter-tirana': { kind: 'shelter', municipality: '53', county: 'AL-11' },
  'shelter-vlore': { kind: 'shelter', municipality: '61', county: 'AL-12' },
  'day-centre-tirana': { kind: 'day_centre', municipality: '53', county: 'AL-11' },
  'civil-status-tirana': { kind: 'civil_status', municipality: '53', county: 'AL-11' },
  'education-tirana': { kind: 'education_directorate', municipality: null, county: 'AL-11' },
  'employment-tirana': { kind: 'employment_office', municipality: null, county: 'AL-11' },
  'prosecution-tirana': { kind: 'prosecution', municipality: null, county: 'AL-11' },
  'internal-affairs': { kind: 'internal_affairs', municipality: null, county: null },
  'state-agency': { kind: 'state_agency', municipality: null, county: null },
  'responsible-authority': { kind: 'responsible_authority', municipality: null, county: null },
  coordinator: { kind: 'coordinator', municipality: null, county: null },
  'county-committee-tirana': { kind: 'county_committee', municipality: null, county: 'AL-11' },
  'ministry-interior': { kind: 'ministry_of_interior', municipality: null, county: null },
  'ministry-health': { kind: 'ministry_of_health', municipality: null, county: null },
  'data-protection': { kind: 'data_protection', municipality: null, county: null },
  administration: { kind: 'administration', municipality: null, county: null },
  'peoples-advocate': { kind: 'peoples_advocate', municipality: null, county: null },
  'social-service-tirana': { kind: 'social_service', municipality: null, county: 'AL-11' },
  'social-service-durres': { kind: 'social_service', municipality: null, county: 'AL-02' },
  'consulate-athens': { kind: 'consulate', municipality: null, county: null },
} as const satisfies Record<string, CastUnit>
export type CastUnitName = keyof typeof castUnits

const people = {
  'cpw-tirana': ['cpw', 'cpu-tirana'],
  'cpw2-tirana': ['cpw', 'cpu-tirana'],
  'head-tirana': ['cpu_head', 'cpu-tirana'],
  'director-tirana': ['municipal_director', 'social-services-tirana'],
  'cpw-durres': ['cpw', 'cpu-durres'],
  'head-durres': ['cpu_head', 'cpu-durres'],
  'field-tirana': ['field_team', 'field-tirana'],
  school: ['school', 'school-tirana'],
  health: ['health', 'health-tirana'],
  police: ['police', 'police-tirana'],
  'border-police': ['border_police', 'border-hani-i-hotit'],
  labour: ['labour_inspector', 'labour-tirana'],
  hotline: ['hotline', 'line-116006'],
  shelter: ['shelter', 'shelter-tirana'],
  'shelter-vlore': ['shelter', 'shelter-vlore'],
  'day-centre': ['day_centre', 'day-centre-tirana'],
  'civil-status': ['civil_status', 'civil-status-tirana'],
  education: ['education_directorate', 'education-tirana'],
  employment: ['employment_office', 'employment-tirana'],
  prosecutor: ['prosecutor', 'prosecution-tirana'],
  'internal-affairs': ['internal_affairs', 'internal-affairs'],
  'state-agency': ['state_agency', 'state-agency'],
  'responsible-authority': ['responsible_authority', 'responsible-authority'],
  coordinator: ['coordinator', 'coordinator'],
  'county-committee': ['county_committee', 'county-committee-tirana'],
  'ministry-interior': ['plan_officer', 'ministry-interior'],
  'ministry-health': ['plan_officer', 'ministry-health'],
  dpo: ['dpo', 'data-protection'],
  admin: ['admin', 'administration'],
  // Whatever one of the Coordinator's office hands in, the other accepts.
  coordinator2: ['coordinator', 'coordinator'],
  'peoples-advocate': ['peoples_advocate', 'peoples-advocate'],
  'social-service': ['social_service', 'social-service-tirana'],
  'social-service-durres': ['social_service', 'social-service-durres'],
  consulate: ['consulate', 'consulate-athens'],
} as const satisfies Record<string, readonly [Role, CastUnitName]>
export type CastName = keyof typeof people
export const castNames = Object.keys(people) as CastName[]

const numbered = (family: string, n: number): Uuid =>
  `${family}-0000-7000-8000-${String(n).padStart(12, '0')}`
export const unitId = (name: CastUnitName): Uuid =>
  numbered('00000010', Object.keys(castUnits).indexOf(name) + 1)
export const userId = (name: CastName): Uuid => numbered('00000020', castNames.indexOf(name) + 1)

/** The actor that this person's requests are bound to. Each unit is an institution of its own here. */
export const actorOf = (name: CastName): Actor => {
  const [role, unitName] = people[name]
  const unit = castUnits[unitName]
  return {
    userId: userId(name),
    unitId: unitId(unitName),
    institutionId: unitId(unitName),
    role,
    municipality: unit.municipality,
    county: unit.county,
    purpose: null,
  }
}

/** SQL that puts the cast into an empty migrated database. Run as the superuser. */
export const castSql = (): string => {
  const text = (value: string | null): string =>
    value === null ? 'null' : `'${value.replaceAll("'", "''")}'`
  const units = Object.entries(castUnits).map(([name, unit]) => {
    const id = unitId(name as CastUnitName)
    return `insert into institution (id, kind, name_sq, name_en) values (${text(id)}, ${text(unit.kind)}, ${text(name)}, ${text(name)});
      insert into unit (id, institution_id, kind, name_sq, name_en, municipality, county)
      values (${text(id)}, ${text(id)}, ${text(unit.kind)}, ${text(name)}, ${text(name)}, ${text(unit.municipality)}, ${text(unit.county)});`
  })
  const users = castNames.map((name) => {
    const actor = actorOf(name)
    return `insert into app_user (id, login, display_name, role, unit_id)
      values (${text(actor.userId)}, ${text(name)}, ${text(`Person ${name}`)}, ${text(actor.role)}, ${text(actor.unitId)});`
  })
  return [...units, ...users].join('\n')
}
