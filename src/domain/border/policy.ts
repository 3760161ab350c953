/** Who stands at which door of the border. The row policies of migration 0064 say the same. */
import type { Actor } from '../core.ts'

type Somebody = Pick<Actor, 'role'>

export const mayCheck = (actor: Somebody): boolean => actor.role === 'border_police'
const writers: readonly Actor['role'][] = ['cpw', 'cpu_head', 'responsible_authority', 'police']
/** Alerts: a unit about its own child, the Responsible Authority about a person of its files, the police about whom they seek. */
export const mayAlert = (actor: Somebody): boolean => writers.includes(actor.role)
const counters: readonly Actor['role'][] = [
  'border_police',
  'state_agency',
  'responsible_authority',
  'coordinator',
]
export const mayCount = (actor: Somebody): boolean => counters.includes(actor.role)
