/** Who hands on and takes in: the Responsible Authority; child victims' lists also the State Agency. */
import type { Actor } from '../core.ts'

export const keepsExchange = (actor: Actor): boolean => actor.role === 'responsible_authority'
export const readsChildLists = (actor: Actor): boolean =>
  actor.role === 'responsible_authority' || actor.role === 'state_agency'
export const receivesChildLists = (actor: Actor): boolean => actor.role === 'state_agency'
