/** Who keeps which part of the net. Everybody who works in the register reads it; names of officials are for the keepers. */
import type { Actor } from '../core.ts'
import { type StructureKind, standingOf } from './kinds.ts'

export interface Place {
  readonly kind: StructureKind
  readonly municipality: string | null
  readonly county: string | null
}

/** May this person add, change and end this structure and its posts? Administrators keep accounts, never content. */
export const mayKeep = (actor: Actor, at: Place): boolean => {
  const { role } = actor
  const own = actor.municipality !== null && actor.municipality === at.municipality
  const ownCounty = actor.county !== null && actor.county === at.county
  switch (at.kind) {
    case 'border_post':
      return role === 'border_police' && (actor.municipality === null || own)
    case 'krat':
    case 'technical_table':
      return role === 'coordinator' || (role === 'county_committee' && ownCounty)
    case 'police_section':
      return role === 'coordinator' || (role === 'police' && ownCounty)
    case 'mobile_unit':
      return role === 'coordinator'
    case 'national_office':
      return role === 'coordinator' || role === 'state_agency'
    case 'school':
      if (role === 'education_directorate') return ownCounty
      break
    default:
  }
  return (
    standingOf(at.kind) === 'municipality' && own && (role === 'cpu_head' || role === 'municipal_director')
  )
}

/** May this person read who holds the posts of this structure? */
export const mayReadNames = (actor: Actor, at: Place): boolean =>
  actor.role === 'coordinator' || actor.role === 'state_agency' || mayKeep(actor, at)

/** Kinds that this person may add somewhere. */
export const kindsKeptBy = (actor: Actor, kinds: readonly StructureKind[]): StructureKind[] =>
  kinds.filter((kind) => mayKeep(actor, { kind, municipality: actor.municipality, county: actor.county }))
