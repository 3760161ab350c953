/** Who writes which plan, and who else approves it. */
import type { Actor, Role, Uuid } from '../core.ts'
import { type PlanKind, planKinds } from './content.ts'

/** What of a plan decides whose it is. */
export interface PlanScope {
  readonly kind: PlanKind
  readonly municipality: string | null
  readonly county: string | null
  readonly institutionId: Uuid | null
}

/** Roles that never write an institution's work plan: they handle children or the machine, not plans. */
const noPlans: readonly Actor['role'][] = ['cpw', 'field_team', 'admin', 'dpo', 'public', 'system']
const ofMunicipality: readonly Actor['role'][] = ['municipal_director', 'cpu_head']

/** May bring in, amend and discard drafts of such a plan. */
export const mayWritePlan = (actor: Actor, plan: PlanScope): boolean => {
  switch (plan.kind) {
    case 'national':
    case 'framework':
    case 'programme':
      return actor.role === 'coordinator'
    case 'county':
      return actor.role === 'county_committee' && plan.county !== null && plan.county === actor.county
    case 'municipal':
      return (
        ofMunicipality.includes(actor.role) &&
        plan.municipality !== null &&
        plan.municipality === actor.municipality
      )
    case 'institution':
      return !noPlans.includes(actor.role) && plan.institutionId === actor.institutionId
  }
}

/** The author never approves; the coordinator's office may stand in where a body has nobody else. */
export const mayApprovePlan = (actor: Actor, plan: PlanScope, author: Uuid | null): boolean => {
  if (author === null || author === actor.userId) return false
  if (actor.role === 'coordinator') return true
  if (plan.kind === 'municipal') return actor.role === 'municipal_director' && mayWritePlan(actor, plan)
  return mayWritePlan(actor, plan)
}

/** Where a new plan of this kind would belong if this person brought it in. */
export const ownScope = (actor: Actor, kind: PlanKind): PlanScope => ({
  kind,
  municipality: kind === 'municipal' ? actor.municipality : null,
  county: kind === 'county' ? actor.county : null,
  institutionId: kind === 'institution' ? actor.institutionId : null,
})

/** Kinds of plan that this person may bring in. */
export const importableKinds = (actor: Actor): readonly PlanKind[] =>
  planKinds.filter((kind) => mayWritePlan(actor, ownScope(actor, kind)))

/** Roles that find the import in their menu; whether a workbook is theirs is decided per plan. */
export const importRoles = (roles: readonly Role[]): readonly Role[] =>
  roles.filter((role) => !noPlans.includes(role))
