import { mayEnterComplaint } from '#domain/complaint/model.ts'
import type { Role } from '#domain/core.ts'
import { keepsPrevention } from '#domain/prevention/policy.ts'
import type { IconName } from '#web/design/Icon.tsx'
import type { Word } from '#web/design/words.tsx'

export interface Place {
  key: string
  to: string
  word: Word<'web'>
  /** Shorter word under the icon of the phone's bottom bar. */
  short: Word<'web'>
  icon: IconName
}

const places = {
  work: { to: '/', word: 'nav_work', short: 'nav_work_short', icon: 'list-checks' },
  reports: { to: '/reports', word: 'nav_reports', short: 'nav_reports', icon: 'tray' },
  newReport: {
    to: '/reports/new',
    word: 'nav_new_report',
    short: 'nav_new_report_short',
    icon: 'plus-circle',
  },
  screening: { to: '/screening', word: 'nav_screening', short: 'nav_screening', icon: 'identification-card' },
  border: { to: '/border', word: 'nav_border', short: 'nav_border', icon: 'binoculars' },
  inspections: {
    to: '/inspections',
    word: 'nav_inspections',
    short: 'nav_inspections',
    icon: 'magnifying-glass',
  },
  hotspots: { to: '/hotspots', word: 'nav_hotspots', short: 'nav_hotspots', icon: 'map-trifold' },
  cases: { to: '/cases', word: 'nav_cases', short: 'nav_cases', icon: 'folder' },
  invitations: {
    to: '/invitations',
    word: 'nav_invitations',
    short: 'nav_invitations_short',
    icon: 'users-three',
  },
  court: { to: '/court', word: 'nav_court', short: 'nav_court_short', icon: 'gavel' },
  attendance: {
    to: '/gtn/attendance',
    word: 'nav_attendance',
    short: 'nav_attendance_short',
    icon: 'users-three',
  },
  outcomes: { to: '/outcomes', word: 'nav_outcomes', short: 'nav_outcomes_short', icon: 'chart-bar' },
  referrals: { to: '/referrals', word: 'nav_referrals', short: 'nav_referrals', icon: 'arrows-left-right' },
  unit: { to: '/unit', word: 'nav_unit', short: 'nav_unit', icon: 'users-three' },
  national: { to: '/national', word: 'nav_national', short: 'nav_national', icon: 'chart-bar' },
  indicators: { to: '/indicators', word: 'nav_indicators', short: 'nav_indicators', icon: 'table' },
  planReports: {
    to: '/plan-reports',
    word: 'nav_plan_reports',
    short: 'nav_plan_reports',
    icon: 'file-text',
  },
  plans: { to: '/plans', word: 'nav_plans', short: 'nav_plans', icon: 'table' },
  bodies: { to: '/bodies', word: 'nav_bodies', short: 'nav_bodies_short', icon: 'chats' },
  net: { to: '/net', word: 'nav_net', short: 'nav_net_short', icon: 'map-trifold' },
  local: { to: '/local', word: 'nav_local', short: 'nav_local_short', icon: 'house' },
  prevention: {
    to: '/prevention',
    word: 'nav_prevention',
    short: 'nav_prevention',
    icon: 'megaphone-simple',
  },
  supervision: { to: '/supervision', word: 'nav_supervision', short: 'nav_supervision', icon: 'users-three' },
  services: { to: '/services', word: 'nav_services', short: 'nav_services', icon: 'buildings' },
  care: { to: '/care', word: 'nav_care', short: 'nav_care_short', icon: 'hand-heart' },
  placements: {
    to: '/placements/monitoring',
    word: 'nav_placements',
    short: 'nav_placements_short',
    icon: 'chart-bar',
  },
  emergency: { to: '/care/teams', word: 'nav_emergency', short: 'nav_emergency_short', icon: 'bell' },
  line: { to: '/line', word: 'nav_line', short: 'nav_line', icon: 'phone' },
  lines: { to: '/lines', word: 'nav_lines', short: 'nav_lines_short', icon: 'phone' },
  learning: { to: '/learning', word: 'nav_learning', short: 'nav_learning', icon: 'file-text' },
  forms: { to: '/forms', word: 'nav_forms', short: 'nav_forms', icon: 'list-checks' },
  law: { to: '/law', word: 'nav_law', short: 'nav_law', icon: 'clock' },
  institutions: { to: '/admin', word: 'nav_admin', short: 'nav_admin_short', icon: 'buildings' },
  beyond: { to: '/beyond', word: 'nav_beyond', short: 'nav_beyond_short', icon: 'key' },
  privacy: { to: '/privacy', word: 'nav_privacy', short: 'nav_privacy_short', icon: 'shield' },
  access: { to: '/access', word: 'nav_access', short: 'nav_access_short', icon: 'eye' },
  complaints: {
    to: '/complaints',
    word: 'nav_complaints',
    short: 'nav_complaints',
    icon: 'scales',
  },
  search: { to: '/search', word: 'nav_texts', short: 'nav_texts', icon: 'magnifying-glass' },
  tasks: { to: '/work', word: 'nav_work', short: 'nav_work_short', icon: 'list-checks' },
  interviews: { to: '/interviews', word: 'nav_interviews', short: 'nav_interviews', icon: 'chats' },
  proceedings: {
    to: '/proceedings',
    word: 'nav_proceedings',
    short: 'nav_proceedings_short',
    icon: 'scales',
  },
  closedProceedings: {
    to: '/proceedings/closed',
    word: 'nav_closed_proceedings',
    short: 'nav_proceedings_short',
    icon: 'scales',
  },
  funnel: { to: '/funnel', word: 'nav_funnel', short: 'nav_funnel_short', icon: 'chart-bar' },
  exchange: { to: '/exchange', word: 'nav_exchange', short: 'nav_exchange_short', icon: 'arrows-left-right' },
  nrm: { to: '/nrm', word: 'nav_nrm', short: 'nav_nrm_short', icon: 'hand-heart' },
  shelters: { to: '/shelters', word: 'nav_shelters', short: 'nav_shelters', icon: 'house' },
  returns: { to: '/returns', word: 'nav_returns', short: 'nav_returns', icon: 'arrows-left-right' },
  countries: { to: '/packets', word: 'nav_countries', short: 'nav_countries_short', icon: 'map-trifold' },
  tips: { to: '/tips', word: 'nav_tips', short: 'nav_tips_short', icon: 'shield' },
} as const satisfies Record<string, Omit<Place, 'key'>>

type Key = keyof typeof places
const unitWork: Key[] = [
  'work',
  'reports',
  'cases',
  'nrm',
  'referrals',
  'services',
  'care',
  'court',
  'invitations',
  'hotspots',
  'border',
  'national',
  'supervision',
]
const reporter: Key[] = ['work', 'reports', 'referrals', 'invitations']
/** Those who may screen where they stand (src/domain/screening.ts, outsideSettings). */
const screener: Key[] = ['work', 'screening', 'reports', 'referrals', 'invitations']
const service: Key[] = ['work', 'referrals', 'invitations', 'services']

/** What each role finds in its navigation. The server decides what is in it; this only spares empty rooms. */
const byRole: Record<Role, Key[]> = {
  cpw: unitWork,
  cpu_head: [
    'work',
    'reports',
    'cases',
    'nrm',
    'referrals',
    'services',
    'care',
    'court',
    'attendance',
    'invitations',
    'unit',
    'supervision',
    'hotspots',
    'border',
    'national',
    'local',
    'plans',
    'bodies',
  ],
  municipal_director: [
    'work',
    'cases',
    'referrals',
    'services',
    'care',
    'court',
    'attendance',
    'invitations',
    'national',
    'net',
    'local',
    'plans',
    'planReports',
    'bodies',
  ],
  field_team: ['work', 'screening', 'reports', 'hotspots', 'nrm', 'referrals', 'emergency'],
  school: reporter,
  health: [...reporter, 'nrm'],
  police: [
    ...screener,
    'border',
    'nrm',
    'interviews',
    'proceedings',
    'emergency',
    'indicators',
    'plans',
    'planReports',
    'bodies',
    'net',
  ],
  border_police: [
    'work',
    'border',
    ...screener.slice(1),
    'nrm',
    'returns',
    'proceedings',
    'emergency',
    'plans',
    'bodies',
    'net',
  ],
  labour_inspector: [
    'work',
    'inspections',
    ...screener.slice(1),
    'nrm',
    'indicators',
    'plans',
    'planReports',
    'bodies',
  ],
  hotline: ['work', 'line', 'reports', 'nrm', 'services', 'emergency'],
  shelter: ['work', 'shelters', 'nrm', 'care', 'referrals', 'invitations', 'services', 'plans', 'bodies'],
  day_centre: service,
  civil_status: service,
  education_directorate: [...service, 'indicators', 'plans', 'planReports', 'bodies', 'net'],
  employment_office: [...service, 'plans', 'planReports', 'bodies'],
  prosecutor: [
    'work',
    'proceedings',
    'referrals',
    'invitations',
    'services',
    'indicators',
    'plans',
    'planReports',
    'bodies',
  ],
  internal_affairs: ['tips'],
  state_agency: [
    'national',
    'reports',
    'cases',
    'services',
    'care',
    'placements',
    'court',
    'attendance',
    'interviews',
    'supervision',
    'net',
    'local',
    'law',
    'forms',
    'exchange',
    'funnel',
    'outcomes',
    'border',
    'inspections',
    'lines',
    'shelters',
    'indicators',
    'plans',
    'planReports',
    'bodies',
  ],
  responsible_authority: [
    'work',
    'nrm',
    'interviews',
    'returns',
    'countries',
    'proceedings',
    'funnel',
    'exchange',
    'cases',
    'referrals',
    'care',
    'shelters',
    'border',
    'inspections',
    'lines',
    'national',
    'indicators',
    'plans',
    'planReports',
    'bodies',
  ],
  coordinator: [
    'plans',
    'countries',
    'planReports',
    'funnel',
    'outcomes',
    'closedProceedings',
    'border',
    'indicators',
    'bodies',
    'national',
    'lines',
    'shelters',
    'placements',
    'net',
    'local',
    'law',
  ],
  county_committee: ['national', 'net', 'local', 'indicators', 'plans', 'planReports', 'bodies'],
  plan_officer: ['planReports', 'plans', 'indicators', 'bodies', 'national'],
  peoples_advocate: ['complaints'],
  social_service: [
    'work',
    'nrm',
    'returns',
    'countries',
    'interviews',
    'care',
    'referrals',
    'invitations',
    'services',
  ],
  consulate: ['nrm', 'returns', 'countries', 'reports', 'referrals'],
  dpo: ['access', 'privacy'],
  admin: ['institutions'],
}

/** Those who may reach a file that is not theirs (src/domain/privacy/access.ts says who and how far). */
const reachers: readonly Role[] = [
  'cpw',
  'cpu_head',
  'police',
  'border_police',
  'day_centre',
  'shelter',
  'school',
  'health',
  'field_team',
  'hotline',
]
/** Those who read texts of cases by their office (src/domain/case/policy.ts, caseTier). */
const readers: readonly Role[] = [
  'cpw',
  'cpu_head',
  'municipal_director',
  'responsible_authority',
  'state_agency',
]
/** Those whose day begins elsewhere and who have tasks all the same: reports to write, forms to approve, people to answer. */
const alsoWork: readonly Role[] = ['state_agency', 'coordinator', 'county_committee', 'plan_officer', 'dpo']

/** What every role that keeps records of prevention has, what everybody has, and what whoever works with children has. */
const common = (role: Role): Key[] => [
  ...(reachers.includes(role) ? (['beyond'] as const) : []),
  ...(alsoWork.includes(role) ? (['tasks'] as const) : []),
  ...(readers.includes(role) ? (['search'] as const) : []),
  ...(keepsPrevention({ role }) ? (['prevention'] as const) : []),
  'learning',
  ...(mayEnterComplaint({ role }) && role !== 'peoples_advocate' ? (['complaints'] as const) : []),
]

export const placesOf = (role: Role): Place[] =>
  [...byRole[role], ...common(role)].map((key) => ({ key, ...places[key] }))
export const mayReport = (role: Role): boolean => byRole[role].includes('reports') && role !== 'state_agency'
/** Where the role starts its day. */
export const homeOf = (role: Role): string => places[byRole[role][0] ?? 'work'].to

/** The phone's bottom bar holds five at most: places, the new report in the middle, and the rest behind "more". */
export const bottomOf = (role: Role): { shown: Place[]; more: Place[] } => {
  const all = placesOf(role)
  if (!mayReport(role)) return { shown: all.slice(0, 4), more: all.slice(4) }
  const report = { key: 'newReport', ...places.newReport }
  const order = all.filter((p) => p.key !== 'reports')
  const reports = all.filter((p) => p.key === 'reports')
  const left = order.slice(0, 2)
  const right = order.slice(2, 3)
  return { shown: [...left, report, ...right], more: [...reports, ...order.slice(3)] }
}

export const placeGroups = ['daily', 'care', 'country', 'plan', 'help'] as const
export type PlaceGroup = (typeof placeGroups)[number]
/** Where a place stands among many; what is named nowhere belongs to the protection of children. */
const groupOf: Partial<Record<Key, PlaceGroup>> = {
  work: 'daily',
  tasks: 'daily',
  tips: 'daily',
  reports: 'daily',
  screening: 'daily',
  cases: 'daily',
  line: 'daily',
  referrals: 'daily',
  unit: 'country',
  national: 'country',
  indicators: 'country',
  net: 'country',
  local: 'country',
  lines: 'country',
  prevention: 'country',
  plans: 'plan',
  planReports: 'plan',
  bodies: 'plan',
  forms: 'help',
  law: 'help',
  learning: 'help',
  search: 'help',
}
/** From here on places stand under headings: nobody reads fourteen words in a row. */
export const MANY = 8

/** Places under their headings, in the order of `placeGroups`; the daily ones have none. */
export const groupedPlaces = (
  all: readonly Place[],
): readonly { readonly group: PlaceGroup; readonly places: readonly Place[] }[] =>
  placeGroups
    .map((group) => ({
      group,
      places: all.filter(({ key }) => (groupOf[key as Key] ?? 'care') === group),
    }))
    .filter(({ places: some }) => some.length > 0)
