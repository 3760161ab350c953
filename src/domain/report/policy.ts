/** Who may do and see what with a report. The database's row policies say the same; a random search compares them. */

import { daysBetween, tiranaDay } from '../clock/tirana.ts'
import type { Actor, Instant, Uuid } from '../core.ts'
import type { IntakeRules, SourceType } from './body.ts'
import type { Report } from './state.ts'

export interface ReportScope {
  readonly unitId: Uuid
  readonly createdBy: Uuid | null
  readonly receivedAt: Instant
}

/** A report whose place nobody knew waits at a national line, whose operators read it and pass it on. */
const inUnit = (actor: Actor, report: { readonly unitId: Uuid }): boolean =>
  actor.unitId === report.unitId &&
  (actor.role === 'cpw' || actor.role === 'cpu_head' || actor.role === 'hotline')

/** Bodies that only oversee, administer or check write no reports from inside; as citizens they use the public form. */
const silent: readonly Actor['role'][] = [
  'admin',
  'dpo',
  'coordinator',
  'county_committee',
  'plan_officer',
  'peoples_advocate',
  'system',
]

export const mayReport = (actor: Actor): boolean => !silent.includes(actor.role)

/** Whom a role speaks for when it reports; the others write down what somebody else told them. */
export const sourceOf: Readonly<Partial<Record<Actor['role'], SourceType>>> = {
  field_team: 'field_team',
  school: 'school',
  health: 'health',
  police: 'police',
  border_police: 'border_police',
  labour_inspector: 'labour_inspectorate',
  shelter: 'shelter',
  day_centre: 'day_centre',
  civil_status: 'civil_status',
  education_directorate: 'education',
  employment_office: 'employment',
  prosecutor: 'prosecution',
  consulate: 'consulate',
}

/** The country's figures count by source, so nobody speaks for another body. */
export const maySpeakFor = (actor: Actor, source: SourceType): boolean => {
  if (actor.role === 'public') return source === 'public' || source === 'self' || source === 'private_sector'
  return (sourceOf[actor.role] ?? source) === source
}

/** Highest tier of a report that the actor may read: 0 nothing, 2 the row, 3 narrative and children, 4 the reporter. */
export const reportTier = (
  actor: Actor,
  scope: ReportScope,
  now: Instant,
  rules: Pick<IntakeRules, 'ownReportDays'>,
): 0 | 2 | 3 | 4 => {
  if (inUnit(actor, scope)) return actor.purpose === 'callback' ? 4 : 3
  if (actor.role === 'state_agency') return 2
  const own = scope.createdBy !== null && scope.createdBy === actor.userId
  return own && daysBetween(tiranaDay(scope.receivedAt), tiranaDay(now)) <= rules.ownReportDays ? 2 : 0
}

export const mayTriage = (actor: Actor, report: { readonly unitId: Uuid }): boolean => inUnit(actor, report)

/** The police take the child into protection; the unit may write down that they did. */
export const mayProtect = (
  actor: Actor,
  report: { readonly unitId: Uuid; readonly createdBy: Uuid | null },
): boolean =>
  inUnit(actor, report) ||
  ((actor.role === 'police' || actor.role === 'border_police') && report.createdBy === actor.userId)

/** The unit that holds it and whoever sent it may add to it. */
export const mayAdd = (
  actor: Actor,
  report: { readonly unitId: Uuid; readonly createdBy: Uuid | null },
): boolean => inUnit(actor, report) || (report.createdBy !== null && report.createdBy === actor.userId)

export const reportActions = [
  'add',
  'triage',
  'confirm_screen_out',
  'take_up_again',
  'immediate_protection',
] as const
export type ReportAction = (typeof reportActions)[number]

/** What the actor may do next, so that the interface needs no second rulebook. */
export const allowedActions = (actor: Actor, report: Report): readonly ReportAction[] => {
  const actions: ReportAction[] = []
  if (mayAdd(actor, report)) actions.push('add')
  if (mayTriage(actor, report)) {
    if (report.state === 'RECEIVED' || (report.state === 'TRIAGED' && report.screenOutProposedBy === null))
      actions.push('triage')
    if (
      report.state === 'TRIAGED' &&
      report.screenOutProposedBy !== null &&
      report.screenOutProposedBy !== actor.userId
    )
      actions.push('confirm_screen_out')
    if (report.state === 'SCREENED_OUT') actions.push('take_up_again')
  }
  if (report.protectedAt === null && mayProtect(actor, report)) actions.push('immediate_protection')
  return actions
}
