/** The accounts of the demo country: the fixed logins of every role, and workers for every child protection unit. */
import { createHash } from 'node:crypto'
import type { Actor, Role, Uuid } from '#domain/core.ts'
import type { NewUser } from '../admin/add-user.ts'
import { readMunicipalities, referenceUnit } from '../reference/files.ts'

export interface Member {
  readonly login: string
  readonly role: Role
  readonly unitCode: string
  readonly displayName: string
  /** Printed when the country is made; the others only fill the units. */
  readonly shown: boolean
}

const member = (login: string, role: Role, unitCode: string, displayName: string, shown = true): Member => ({
  login,
  role,
  unitCode,
  displayName,
  shown,
})

/** One person for each role, named by it (the README lists them). */
const fixed: readonly Member[] = [
  member('cpw-tirana', 'cpw', 'cpu-53', 'Arta Kodra'),
  member('cpw2-tirana', 'cpw', 'cpu-53', 'Ilir Marku'),
  member('head-tirana', 'cpu_head', 'cpu-53', 'Elona Dervishi'),
  member('director-tirana', 'municipal_director', 'social-53', 'Genta Hoxha'),
  member('cpw-durres', 'cpw', 'cpu-10', 'Besa Gjoni'),
  member('head-durres', 'cpu_head', 'cpu-10', 'Luan Prifti'),
  member('field-tirana', 'field_team', 'field-53-1', 'Dritan Leka'),
  member('school', 'school', 'school-53', 'Mimoza Topalli'),
  member('health', 'health', 'hospital-AL-11', 'Valbona Shehu'),
  member('police', 'police', 'police-AL-11', 'Artan Kola'),
  member('border-police', 'border_police', 'border-L02', 'Ervin Zefi'),
  member('labour', 'labour_inspector', 'labour-AL-11', 'Edlira Balaj'),
  member('hotline', 'hotline', 'line-116006', 'Teuta Rama'),
  member('shelter', 'shelter', 'shelter-different-equal', 'Manjola Duka'),
  member('day-centre', 'day_centre', 'day-centre-53', 'Anila Murati'),
  member('civil-status', 'civil_status', 'civil-status-53', 'Fatos Sula'),
  member('education', 'education_directorate', 'education-AL-11', 'Merita Elezi'),
  member('employment', 'employment_office', 'employment-AL-11', 'Bledar Hasani'),
  member('prosecutor', 'prosecutor', 'prosecutor-AL-11', 'Sokol Kastrati'),
  member('internal-affairs', 'internal_affairs', 'internal-affairs', 'Jonida Brahimi'),
  member('state-agency', 'state_agency', 'state-agency', 'Klodiana Sinani'),
  member('state-agency2', 'state_agency', 'state-agency', 'Gëzim Toska'),
  member('responsible-authority', 'responsible_authority', 'responsible-authority', 'Agron Vula'),
  member('coordinator', 'coordinator', 'national-coordinator', 'Rovena Peci'),
  member('coordinator2', 'coordinator', 'national-coordinator', 'Altin Bregu'),
  member('county-committee', 'county_committee', 'county-committee-AL-11', 'Petrit Gega'),
  member('ministry-interior', 'plan_officer', 'ministry-interior', 'Arjan Dibra'),
  member('ministry-health', 'plan_officer', 'ministry-health', 'Lindita Mema'),
  member('police-directorate', 'plan_officer', 'police-directorate', 'Gentian Hysa'),
  member('peoples-advocate', 'peoples_advocate', 'peoples-advocate', 'Ornela Haxhiu'),
  member('social-service', 'social_service', 'social-service-AL-11', 'Mirela Bushi'),
  member('social-service-durres', 'social_service', 'social-service-AL-02', 'Arben Lamaj'),
  member('consulate', 'consulate', 'consulate-athens', 'Ilda Frashëri'),
  member('dpo', 'dpo', 'data-protection', 'Silva Karaj'),
  member('admin', 'admin', 'administration', 'Endri Tushi'),
]

/** Municipalities with field teams in 2018, how many each, and how many children they met (Alliance 8.7 report; the split is invented). */
export const fieldTowns = [
  { code: '53', teams: 9, children: 92, closed: 4, street: 2, measures: 9 },
  { code: '10', teams: 5, children: 48, closed: 2, street: 1, measures: 5 },
  { code: '15', teams: 4, children: 41, closed: 2, street: 1, measures: 4 },
  { code: '61', teams: 3, children: 31, closed: 1, street: 1, measures: 3 },
  { code: '48', teams: 3, children: 30, closed: 1, street: 1, measures: 3 },
  { code: '35', teams: 3, children: 24, closed: 1, street: 1, measures: 2 },
  { code: '11', teams: 2, children: 16, closed: 1, street: 0, measures: 2 },
  { code: '51', teams: 2, children: 14, closed: 0, street: 0, measures: 1 },
  { code: '59', teams: 1, children: 9, closed: 0, street: 0, measures: 1 },
] as const
export type FieldTown = (typeof fieldTowns)[number]

const slugs: Readonly<Record<string, string>> = { '53': 'tirana' }
const plain = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll('ë', 'e')
    .replaceAll('ç', 'c')
    .replaceAll(/[^a-z]+/g, '-')
/** `tirana`, `durres`, `vau-i-dejes`: how logins name a municipality. */
export const slugOf = (code: string): string =>
  slugs[code] ?? plain(readMunicipalities().find((m) => m.code === code)!.name)

const given = [
  'Arjana',
  'Besnik',
  'Drita',
  'Flamur',
  'Luljeta',
  'Genc',
  'Majlinda',
  'Kujtim',
  'Shpresa',
  'Zamir',
]
const family = [
  'Aliaj',
  'Begu',
  'Cela',
  'Gjoka',
  'Hyseni',
  'Kurti',
  'Lushi',
  'Meta',
  'Osmani',
  'Spahiu',
  'Zeka',
]
const invented = (n: number): string => `${given[n % given.length]} ${family[(n * 7) % family.length]}`

/** Every unit has a worker and a head; towns with field teams a second worker, a director and each team its member. */
export const cast = (): readonly Member[] => {
  const members = new Map(fixed.map((one) => [one.login, one]))
  let n = 0
  const add = (login: string, role: Role, unitCode: string): void => {
    n += 1
    if (!members.has(login)) members.set(login, member(login, role, unitCode, invented(n), false))
  }
  for (const { code } of readMunicipalities()) {
    const slug = slugOf(code)
    add(`cpw-${slug}`, 'cpw', `cpu-${code}`)
    add(`head-${slug}`, 'cpu_head', `cpu-${code}`)
  }
  for (const { code, teams } of fieldTowns) {
    const slug = slugOf(code)
    add(`cpw2-${slug}`, 'cpw', `cpu-${code}`)
    add(`director-${slug}`, 'municipal_director', `social-${code}`)
    for (let team = 1; team <= teams; team += 1)
      add(fieldLogin(code, team), 'field_team', `field-${code}-${team}`)
  }
  return [...members.values()]
}

export const fieldLogin = (code: string, team: number): string =>
  team === 1 ? `field-${slugOf(code)}` : `field-${slugOf(code)}-${team}`

/** The same id for the same login in every demo country. */
export const userIdOf = (login: string): Uuid => {
  const h = createHash('sha256').update(`mburoja demo ${login}`).digest('hex')
  return `00000030-${h.slice(0, 4)}-7${h.slice(4, 7)}-8${h.slice(7, 10)}-${h.slice(10, 22)}`
}

export const asNewUser = (one: Member): NewUser => ({
  id: userIdOf(one.login),
  login: one.login,
  role: one.role,
  unit: referenceUnit(one.unitCode).id,
  displayName: one.displayName,
})

export const actorOf = (one: Member): Actor => {
  const unit = referenceUnit(one.unitCode)
  return {
    userId: userIdOf(one.login),
    unitId: unit.id,
    institutionId: unit.institutionId,
    role: one.role,
    municipality: unit.municipality,
    county: unit.county,
    purpose: null,
  }
}
