/** The funnel of the trafficking track: how far each potential victim of a year came (domain specification, sections 10 and 11). */
import type { Actor } from '../core.ts'

/** Each file is at one of these, so that a row's stages add up to its potential victims. */
export const stages = ['vmt', 'declined', 'interview', 'not_confirmed', 'vt'] as const
export type Stage = (typeof stages)[number]
export const dimensions = ['quarter', 'sex', 'age', 'territory', 'structure', 'form'] as const
export type Dimension = (typeof dimensions)[number]
export const lagSteps = ['report_vmt', 'vmt_interview', 'vmt_decision'] as const
export type LagStep = (typeof lagSteps)[number]
/** What became of a referral; nobody has answered a silent one. */
export const fates = ['served', 'accepted', 'silent', 'declined', 'withdrawn'] as const
export type Fate = (typeof fates)[number]
export const funnelSubjects = ['all', 'child', 'adult'] as const
export type FunnelSubject = (typeof funnelSubjects)[number]

/**
 * Who reads it and of whom. The Responsible Authority sees the files themselves and so exact figures; the others read
 * aggregates, each of one population alone, so that no two answers can be taken from each other.
 */
export const funnelOf = (actor: Actor, asked: FunnelSubject | undefined): FunnelSubject | null => {
  if (actor.role === 'responsible_authority') return asked ?? 'all'
  const only = actor.role === 'coordinator' ? 'all' : actor.role === 'state_agency' ? 'child' : null
  return asked === undefined || asked === only ? only : null
}
export const readsExact = (actor: Actor): boolean => actor.role === 'responsible_authority'
