/**
 * Who sees what, said once more and apart: this file imports no policy and reads no SQL. It follows the visibility
 * rules of the domain specification (section 5 and its corrections) word by word, on the records of `world.ts`.
 */
import type { Purpose } from '#domain/core.ts'
import type { CastName } from '#test/cast.ts'
import type { CaseRecord, ReferralRecord, ReportRecord } from './world.ts'

export interface Asker {
  readonly name: CastName
  readonly purpose: Purpose | null
}

const unitOf: Partial<Record<CastName, string>> = {
  'cpw-tirana': 'cpu-tirana',
  'cpw2-tirana': 'cpu-tirana',
  'head-tirana': 'cpu-tirana',
  'cpw-durres': 'cpu-durres',
  'head-durres': 'cpu-durres',
  school: 'school-tirana',
  health: 'health-tirana',
  police: 'police-tirana',
  'border-police': 'border-hani-i-hotit',
  labour: 'labour-tirana',
  hotline: 'line-116006',
  shelter: 'shelter-tirana',
  'shelter-vlore': 'shelter-vlore',
  'day-centre': 'day-centre-tirana',
  'civil-status': 'civil-status-tirana',
  education: 'education-tirana',
  employment: 'employment-tirana',
  prosecutor: 'prosecution-tirana',
}
const workers: readonly CastName[] = ['cpw-tirana', 'cpw2-tirana', 'cpw-durres']
const heads: readonly CastName[] = ['head-tirana', 'head-durres']

/** What a living break-glass or grant adds, to child protection alone: the row, or the identified core, and never more. */
export const openedTierOf = (name: CastName, one: CaseRecord): 0 | 2 | 3 => {
  if (!workers.includes(name) && !heads.includes(name)) return 0
  const living = (one.opened ?? []).filter((it) => it.who === name && it.state === 'lives')
  if (living.some((it) => it.reach === 'T3')) return 3
  return living.some((it) => it.reach === 'T2') ? 2 : 0
}
/** Police and professionals are shown the least that protects, while theirs lives. */
export const leastSeen = (name: CastName, one: CaseRecord): boolean =>
  (one.opened ?? []).some((it) => it.who === name && it.state === 'lives' && it.reach === 'minimum')

export const caseTierOf = (asker: Asker, one: CaseRecord): 0 | 2 | 3 | 4 =>
  Math.max(ownTierOf(asker, one), openedTierOf(asker.name, one)) as 0 | 2 | 3 | 4

export const ownTierOf = ({ name, purpose }: Asker, one: CaseRecord): 0 | 2 | 3 | 4 => {
  switch (name) {
    case 'state-agency':
      return purpose === 'monitoring' || purpose === 'complaint' || purpose === 'case_review' ? 3 : 2
    case 'responsible-authority':
      return ['none', 'screened_negative', 'at_risk'].includes(one.vmt) ? 0 : 3
    case 'director-tirana': {
      const decides = one.hasMeasure || (one.status === 'CLOSURE_PROPOSED' && one.manager === 'head-tirana')
      return one.unit === 'cpu-tirana' && decides ? 3 : 0
    }
    default: {
      if (!workers.includes(name) && !heads.includes(name)) return 0
      if (unitOf[name] !== one.unit) return unitOf[name] === one.transferTo ? 2 : 0
      const byThemselves = one.byThemselves === true && heads.includes(name)
      if ((one.manager === name || one.deputy === name) && !byThemselves) return 4
      if (workers.includes(name)) return one.standIn === name ? 4 : 2
      return purpose === 'supervision' ? 4 : 3
    }
  }
}

export const reportTierOf = ({ name, purpose }: Asker, one: ReportRecord): 0 | 2 | 3 | 4 => {
  const handles = workers.includes(name) || heads.includes(name) || name === 'hotline'
  if (handles && unitOf[name] === one.unit) return purpose === 'callback' ? 4 : 3
  if (name === 'state-agency') return 2
  return one.createdBy === name && one.daysOld < 30 ? 2 : 0
}

/** Row first, then what of the packet: the sender as the case allows, the recipient while its access lasts. */
export const referralTierOf = (
  asker: Asker,
  one: ReferralRecord,
  cases: readonly CaseRecord[],
): 0 | 2 | 3 | 4 => {
  const unit = unitOf[asker.name]
  if (unit !== undefined && unit === one.to && !one.accessEnded) return 4
  const row = unit !== undefined && unit === one.to ? 2 : 0
  if (one.caseId === null) return unit !== undefined && unit === one.from ? 4 : row
  const behind = cases.find((known) => known.id === one.caseId)
  const side = behind === undefined ? 0 : caseTierOf(asker, behind)
  return Math.max(side, row) as 0 | 2 | 3 | 4
}

export const tipSeen = ({ name }: Asker): boolean => name === 'internal-affairs'

/** A person is reached through a case at that tier, or (up to T3) as a child of a report whose children one reads. */
export const personTierOf = (
  asker: Asker,
  personId: string,
  cases: readonly CaseRecord[],
  reports: readonly ReportRecord[],
): 0 | 2 | 3 | 4 => {
  const byCase = cases.filter((one) => one.personId === personId).map((one) => caseTierOf(asker, one))
  const byReport = reports.some((one) => one.personId === personId && reportTierOf(asker, one) >= 3) ? 3 : 0
  return Math.max(0, byReport, ...byCase) as 0 | 2 | 3 | 4
}
