/**
 * Institutions, units and accounts, kept by administrators, who see no records of children. Every change is an event
 * on the chain of what it changes. Names and logins are parts (T3); codes, roles and places are facts.
 */
import {
  accept,
  type Decision,
  type DomainEvent,
  type Json,
  type Part,
  type Role,
  refuse,
  type Stamp,
  type Uuid,
} from './core.ts'

export type InstitutionAdded = DomainEvent<'InstitutionAdded', { readonly kind: string }>
export type UnitAdded = DomainEvent<
  'UnitAdded',
  {
    readonly institutionId: Uuid
    readonly kind: string
    readonly municipality: string | null
    readonly county: string | null
  }
>
export type UnitChanged = DomainEvent<
  'UnitChanged',
  { readonly active?: boolean; readonly renamed?: boolean }
>
export type UserAdded = DomainEvent<'UserAdded', { readonly role: Role; readonly unitId: Uuid }>
export type UserChanged = DomainEvent<
  'UserChanged',
  { readonly role?: Role; readonly unitId?: Uuid; readonly active?: boolean; readonly renamed?: boolean }
>
export type SetupCodeIssued = DomainEvent<'SetupCodeIssued', { readonly until: string }>
export type CredentialsReset = DomainEvent<'CredentialsReset', Record<string, never>>
export type AdminEvent =
  | InstitutionAdded
  | UnitAdded
  | UnitChanged
  | UserAdded
  | UserChanged
  | SetupCodeIssued
  | CredentialsReset

export interface UnitState {
  readonly id: Uuid
  readonly kind: string
  readonly active: boolean
}

export interface UserState {
  readonly id: Uuid
  readonly role: Role
  readonly unitId: Uuid
  readonly active: boolean
}

const text = (name: string, body: Json | undefined): readonly Part[] =>
  body === undefined ? [] : [{ tier: 'T3', name, body }]

/** Units in which these roles work; others may sit wherever their institution puts them. */
const homes: Partial<Record<Role, readonly string[]>> = {
  cpw: ['cpu'],
  cpu_head: ['cpu'],
  municipal_director: ['social_services', 'municipality'],
  state_agency: ['state_agency'],
  responsible_authority: ['responsible_authority'],
  internal_affairs: ['internal_affairs'],
  peoples_advocate: ['peoples_advocate'],
  social_service: ['social_service'],
  consulate: ['consulate'],
  dpo: ['data_protection'],
  admin: ['administration'],
}

/** A role opens what its unit is for, so a role with wide sight exists only where that sight belongs. */
export const roleFits = (role: Role, unitKind: string): boolean => homes[role]?.includes(unitKind) ?? true

/** Units that answer for one municipality must name it: reports are routed by it. */
const placed: ReadonlySet<string> = new Set(['cpu', 'social_services', 'field_team'])

const mayAdminister = (stamp: Stamp): boolean => stamp.actor.role === 'admin' || stamp.actor.role === 'system'

export const decideAddInstitution = (
  body: { readonly kind: string; readonly nameSq: string; readonly nameEn: string },
  stamp: Stamp,
): Decision<InstitutionAdded> => {
  if (!mayAdminister(stamp)) return refuse('not_allowed')
  return accept({ type: 'InstitutionAdded', v: 1, facts: { kind: body.kind } })
}

export const decideAddUnit = (
  body: {
    readonly institutionId: Uuid
    readonly kind: string
    readonly municipality?: string | undefined
    readonly county?: string | undefined
  },
  stamp: Stamp,
): Decision<UnitAdded> => {
  if (!mayAdminister(stamp)) return refuse('not_allowed')
  if (placed.has(body.kind) && body.municipality === undefined)
    return refuse('admin_unit_place_missing', 'municipality')
  return accept({
    type: 'UnitAdded',
    v: 1,
    facts: {
      institutionId: body.institutionId,
      kind: body.kind,
      municipality: body.municipality ?? null,
      county: body.county ?? null,
    },
  })
}

export const decideChangeUnit = (
  unit: UnitState,
  body: {
    readonly nameSq?: string
    readonly nameEn?: string
    readonly phone?: string | null
    readonly active?: boolean
  },
  stamp: Stamp,
): Decision<UnitChanged> => {
  if (!mayAdminister(stamp)) return refuse('not_allowed')
  const renamed = body.nameSq !== undefined || body.nameEn !== undefined || body.phone !== undefined
  const active = body.active === unit.active ? undefined : body.active
  if (!renamed && active === undefined) return refuse('admin_nothing_changes')
  return accept({
    type: 'UnitChanged',
    v: 1,
    facts: { ...(active === undefined ? {} : { active }), ...(renamed ? { renamed } : {}) },
    touches: [...(active === undefined ? [] : ['active']), ...(renamed ? ['names'] : [])],
  })
}

export const decideAddUser = (
  unit: UnitState,
  body: { readonly login: string; readonly displayName: string; readonly role: Role },
  stamp: Stamp,
): Decision<UserAdded> => {
  if (!mayAdminister(stamp)) return refuse('not_allowed')
  if (!unit.active) return refuse('admin_unit_closed', 'unitId')
  if (!roleFits(body.role, unit.kind)) return refuse('admin_role_not_in_unit', 'role')
  return accept({
    type: 'UserAdded',
    v: 1,
    facts: { role: body.role, unitId: unit.id },
    parts: [...text('login', body.login), ...text('displayName', body.displayName)],
  })
}

/**
 * Another role, unit or name; closing and opening. `unit` is where the account will stand after the change. Nobody
 * changes their own account: it takes a second administrator.
 */
export const decideChangeUser = (
  user: UserState,
  unit: UnitState,
  body: {
    readonly role?: Role | undefined
    readonly unitId?: Uuid | undefined
    readonly displayName?: string | undefined
    readonly active?: boolean | undefined
    readonly reason?: string | undefined
  },
  stamp: Stamp,
): Decision<UserChanged> => {
  if (!mayAdminister(stamp)) return refuse('not_allowed')
  if (stamp.actor.userId === user.id) return refuse('admin_not_yourself')
  const role = body.role === user.role ? undefined : body.role
  const unitId = body.unitId === user.unitId ? undefined : body.unitId
  const active = body.active === user.active ? undefined : body.active
  const renamed = body.displayName !== undefined
  if (role === undefined && unitId === undefined && active === undefined && !renamed)
    return refuse('admin_nothing_changes')
  if (active === false && (body.reason ?? '').trim() === '') return refuse('reason_required', 'reason')
  if (unitId !== undefined && !unit.active) return refuse('admin_unit_closed', 'unitId')
  if ((role !== undefined || unitId !== undefined) && !roleFits(role ?? user.role, unit.kind))
    return refuse('admin_role_not_in_unit', role === undefined ? 'unitId' : 'role')
  return accept({
    type: 'UserChanged',
    v: 1,
    facts: {
      ...(role === undefined ? {} : { role }),
      ...(unitId === undefined ? {} : { unitId }),
      ...(active === undefined ? {} : { active }),
      ...(renamed ? { renamed } : {}),
    },
    parts: [...text('displayName', body.displayName), ...text('reason', body.reason)],
    touches: [
      ...(role === undefined ? [] : ['role']),
      ...(unitId === undefined ? [] : ['unitId']),
      ...(active === undefined ? [] : ['active']),
      ...(renamed ? ['displayName'] : []),
    ],
  })
}

/** Rights have moved: what was opened under the old ones must end at once. */
export const endsSessions = (event: UserChanged): boolean =>
  event.facts.role !== undefined || event.facts.unitId !== undefined || event.facts.active === false

export const applyUser = (user: UserState, event: UserChanged): UserState => ({
  ...user,
  role: event.facts.role ?? user.role,
  unitId: event.facts.unitId ?? user.unitId,
  active: event.facts.active ?? user.active,
})

/** Forget password and second factor after a loss or a suspicion; a set-up code opens the account again. */
export const decideResetCredentials = (
  user: UserState,
  body: { readonly reason: string },
  stamp: Stamp,
): Decision<CredentialsReset> => {
  if (!mayAdminister(stamp)) return refuse('not_allowed')
  if (stamp.actor.userId === user.id) return refuse('admin_not_yourself')
  return accept({ type: 'CredentialsReset', v: 1, facts: {}, parts: text('reason', body.reason) })
}

/** A code that sets the first password; only for an open account of somebody else. */
export const decideIssueSetupCode = (
  user: UserState,
  until: string,
  stamp: Stamp,
): Decision<SetupCodeIssued> => {
  if (!mayAdminister(stamp)) return refuse('not_allowed')
  if (stamp.actor.userId === user.id) return refuse('admin_not_yourself')
  if (!user.active) return refuse('admin_user_disabled')
  return accept({ type: 'SetupCodeIssued', v: 1, facts: { until } })
}
