/**
 * Professionals who are trained: a name in the body that entered it, a pseudonymous person everywhere else. Whether somebody is
 * known elsewhere is answered by hit or no hit, on name and year of birth, never with another body's names. Pure.
 */
import { accept, type Decision, type DomainEvent, type Part, refuse, type Stamp, type Uuid } from '../core.ts'
import { keepsPrevention } from './policy.ts'

/** Kind of work, by which indicators count who was trained. */
export const professionSectors = [
  'child_protection',
  'social_services',
  'police',
  'border_police',
  'labour_inspectorate',
  'prosecution',
  'court',
  'health',
  'education',
  'shelter',
  'municipality',
  'county_committee',
  'diplomatic',
  'media',
  'tourism',
  'employment_agency',
  'community_centre',
  'ngo',
  'other',
] as const
export type ProfessionSector = (typeof professionSectors)[number]
export const professionalSexes = ['female', 'male'] as const

export interface ProfessionalBody {
  readonly givenName: string
  readonly familyName: string
  readonly birthYear: number
  readonly sex: (typeof professionalSexes)[number]
  readonly sector: ProfessionSector
  /** Where they work: a body of the directory, or its name. */
  readonly institutionId: Uuid | null
  readonly employer: string | null
  /** Answer to a hit: the same person, or another of that name and year. */
  readonly known: 'same' | 'other' | null
}
/** Somebody of this name and year: which person, and whether this body entered them itself. */
export interface Hit {
  readonly person: Uuid
  readonly own: boolean
}

export type ProfessionalEntered = DomainEvent<
  'ProfessionalEntered',
  {
    readonly person: Uuid
    readonly sex: string
    readonly sector: string
    readonly institutionId: Uuid | null
    readonly hit: boolean
  }
>
export type ProfessionalParted = DomainEvent<
  'ProfessionalParted',
  { readonly person: Uuid; readonly was: Uuid; readonly reason: string }
>

/** Oldest and youngest who can honestly be at work. */
const atWork = { from: 16, to: 90 }

export const decideEnterProfessional = (
  body: ProfessionalBody,
  hits: readonly Hit[],
  stamp: Stamp,
): Decision<ProfessionalEntered> => {
  if (!keepsPrevention(stamp.actor)) return refuse('not_allowed')
  const age = Number(stamp.now.slice(0, 4)) - body.birthYear
  if (age < atWork.from || age > atWork.to)
    return refuse('professional_not_at_work', 'birthYear', { from: atWork.from, to: atWork.to })
  // One body has one entry of a person; a namesake born in the same year must be called another.
  if (body.known !== 'other' && hits.some((hit) => hit.own))
    return refuse('professional_known_here', 'familyName')
  const elsewhere = hits.find((hit) => !hit.own)
  if (elsewhere !== undefined && body.known === null) return refuse('professional_known', 'known')
  const person = body.known === 'same' && elsewhere !== undefined ? elsewhere.person : stamp.newId()
  const parts: Part[] = (['givenName', 'familyName', 'birthYear'] as const).map((name) => ({
    tier: 'T3',
    name,
    body: body[name],
  }))
  return accept<ProfessionalEntered>({
    type: 'ProfessionalEntered',
    v: 1,
    facts: {
      person,
      sex: body.sex,
      sector: body.sector,
      institutionId: body.institutionId,
      hit: hits.length > 0,
    },
    parts,
  })
}

/** It was a namesake after all: this entry is a person of its own from now on, in every training it stands in. */
export const decidePartProfessional = (
  entry: { readonly person: Uuid; readonly enteredBy: Uuid },
  body: { readonly reason: string },
  stamp: Stamp,
): Decision<ProfessionalParted> => {
  if (!keepsPrevention(stamp.actor) || entry.enteredBy !== stamp.actor.institutionId)
    return refuse('not_allowed')
  return accept<ProfessionalParted>({
    type: 'ProfessionalParted',
    v: 1,
    facts: { person: stamp.newId(), was: entry.person, reason: body.reason },
  })
}
