/**
 * Who keeps prevention records, who reads them. A body writes and reads its own; those who lead read the rows of all
 * (T1), but no count of children or victims row by row: these only in totals, small ones hidden. Pure.
 */
import type { Actor, Role, Uuid } from '../core.ts'
import { type ActivityKind, kindWriters } from './kinds.ts'

const strangers: readonly (Role | 'public' | 'system')[] = [
  'admin',
  'dpo',
  'internal_affairs',
  'public',
  'system',
]
const leaders: readonly (Role | 'public' | 'system')[] = ['state_agency', 'coordinator']
const municipal: readonly (Role | 'public' | 'system')[] = ['municipal_director', 'cpu_head', 'cpw']

export const keepsPrevention = (actor: Pick<Actor, 'role'>): boolean => !strangers.includes(actor.role)
export const leadsPrevention = (actor: Pick<Actor, 'role'>): boolean => leaders.includes(actor.role)
export const mayRecord = (actor: Pick<Actor, 'role'>, kind: ActivityKind): boolean =>
  keepsPrevention(actor) && (kindWriters[kind]?.some((role) => role === actor.role) ?? true)

/** Writes only about its own municipality or county; national bodies about any place or none. */
export const isOwnPlace = (actor: Actor, municipality: string | null, county: string | null): boolean =>
  actor.municipality !== null
    ? municipality === actor.municipality
    : actor.county === null || county === null || county === actor.county

export interface Owned {
  readonly institutionId: Uuid
}
export const ownsRecord = (actor: Actor, record: Owned): boolean =>
  keepsPrevention(actor) && record.institutionId === actor.institutionId

/** The registers: the labour inspectorate keeps all of it; a municipality adds what it did with its own businesses. */
export const keepsBusiness = (actor: Actor, municipality: string): boolean =>
  actor.role === 'labour_inspector' ||
  ((actor.role === 'municipal_director' || actor.role === 'cpu_head') && actor.municipality === municipality)
export const readsBusiness = (actor: Actor, municipality: string): boolean =>
  actor.role === 'labour_inspector' ||
  leadsPrevention(actor) ||
  (municipal.includes(actor.role) && actor.municipality === municipality)
export const sanctionsBusiness = (actor: Pick<Actor, 'role'>): boolean => actor.role === 'labour_inspector'
