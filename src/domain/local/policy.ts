/** Who reads and who keeps a municipality's plan, money and quality of data. All of it is T1. */
import type { Actor } from '../core.ts'

export interface Town {
  readonly municipality: string
  readonly county: string
}

export const mayReadLocal = (actor: Actor, town: Town): boolean => {
  switch (actor.role) {
    case 'coordinator':
    case 'state_agency':
      return true
    case 'county_committee':
      return actor.county === town.county
    case 'cpw':
    case 'cpu_head':
    case 'municipal_director':
      return actor.municipality === town.municipality
    default:
      return false
  }
}

export const mayKeepLocal = (actor: Actor, town: Pick<Town, 'municipality'>): boolean =>
  (actor.role === 'municipal_director' || actor.role === 'cpu_head') &&
  actor.municipality === town.municipality

/** The unit's own workers see which cases to mend; leadership sees counts. */
export const mayMend = (actor: Actor, town: Pick<Town, 'municipality'>): boolean =>
  (actor.role === 'cpw' || actor.role === 'cpu_head') && actor.municipality === town.municipality
