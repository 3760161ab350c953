/**
 * Which running clocks are mine, by role. Row-level security has the last word: a clock of a record out of sight is
 * not found whatever stands here.
 */
import type { Actor } from '#domain/core.ts'

/** SQL conditions over `clock c`, each served by an index; `$1` user, `$2` unit, `$3` role, `$4` municipality. */
const conditions = {
  /** Given to me by name. */
  byName: "c.owner_user_id = $1 and c.record_kind <> 'nrm_file'",
  /** Of cases in which I stand in for the worker. */
  asDeputy:
    "c.record_kind = 'case_file' and c.record_id in (select f.id from case_file f where (f.deputy_id = $1 or f.manager_id = any ((select stood_in_for())::uuid[])) and f.unit_id = $2 and f.closed_at is null)",
  /** Reports that wait for my unit, and its cases without a worker. */
  ofUnit: "c.unit_id = $2 and c.owner_user_id is null and c.record_kind in ('report', 'case_file')",
  /** Referrals to my unit. */
  toUnit: "c.unit_id = $2 and c.record_kind = 'referral'",
  /** Deadlines of the director in the municipality. */
  ofMunicipality: "c.owner_role = $3 and c.municipality = $4 and c.record_kind in ('report', 'case_file')",
  /** Deadlines of a national role. */
  ofRole: "c.owner_role = $3 and c.record_kind in ('report', 'case_file')",
} as const

const byRole: Partial<Record<Actor['role'], readonly (keyof typeof conditions)[]>> = {
  cpw: ['byName', 'asDeputy', 'ofUnit', 'toUnit'],
  cpu_head: ['byName', 'asDeputy', 'ofUnit', 'toUnit'],
  municipal_director: ['ofMunicipality'],
  responsible_authority: ['ofRole'],
  state_agency: ['ofRole'],
  hotline: ['ofUnit'],
}

/** Roles that take no part in referrals have no work list of clocks. */
const none: readonly Actor['role'][] = [
  'coordinator',
  'county_committee',
  'plan_officer',
  'peoples_advocate',
  'dpo',
  'admin',
  'internal_affairs',
]

export const myClocks = (actor: Actor): readonly string[] => {
  if (none.includes(actor.role)) return []
  return (byRole[actor.role] ?? ['toUnit']).map((name) => conditions[name])
}

/** Everybody's clocks of the unit, for whoever leads it. */
export const unitClocks: readonly string[] = ["c.unit_id = $2 and c.record_kind <> 'nrm_file'"]
