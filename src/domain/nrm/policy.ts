/**
 * Who identifies, who sees, who acts on a file of the trafficking track, and what never depends on its status. Row-level
 * security says the first again (migration 0062); the second is searched at random (test/domain/nrm.test.ts).
 */
import type { Actor, Role, Uuid } from '../core.ts'
import type { Subject } from '../screening.ts'
import { type NrmDoor, type NrmFile, type NrmStatus, nextSteps, startsAnew } from './state.ts'

/** Bodies of initial identification (3.0 step 2) that may open an adult's file. */
export const identifiers = [
  'police',
  'border_police',
  'labour_inspector',
  'field_team',
  'hotline',
  'shelter',
  'health',
  'social_service',
  'consulate',
  'responsible_authority',
  'cpw',
  'cpu_head',
] as const satisfies readonly Role[]
export const mayOpenAdult = (actor: Pick<Actor, 'role'>): boolean =>
  identifiers.some((role) => role === actor.role)

const doors: Partial<Record<Actor['role'], readonly NrmDoor[]>> = {
  police: ['field', 'self'],
  border_police: ['border'],
  labour_inspector: ['inspection', 'private'],
  field_team: ['field', 'self'],
  hotline: ['hotline', 'self', 'private'],
  shelter: ['self', 'private'],
  health: ['health', 'self'],
  social_service: ['self', 'field', 'private'],
  consulate: ['consulate', 'self'],
  responsible_authority: ['self', 'private', 'field'],
  cpw: ['field', 'self', 'case'],
  cpu_head: ['field', 'self', 'case'],
}
/** Where this role meets people, most usual first. */
export const doorsOf = (role: Actor['role']): readonly NrmDoor[] => doors[role] ?? []

/** The door by which a screening made by this role brought the person in. */
export const doorOf = (role: Actor['role']): NrmDoor => doorsOf(role)[0] ?? 'case'

/** Roles that manage the files of adults. */
export const managing: readonly Role[] = ['social_service', 'shelter']

/** Columns that rule visibility. */
export type NrmScope = Pick<NrmFile, 'subject' | 'unitId' | 'managerId' | 'county' | 'lowered'>

/** How far this actor reads an adult's file: 0 not at all. A child's follows its case (`caseTier`). */
export const adultTier = (actor: Actor, file: NrmScope): 0 | 2 | 3 | 4 => {
  if (file.subject !== 'adult') return 0
  if (actor.role === 'responsible_authority') return file.lowered ? 0 : 3
  if (actor.role !== 'social_service' && actor.role !== 'shelter') return 0
  const ours = file.unitId === actor.unitId
  if (ours && file.managerId === actor.userId) return 4
  if (actor.role === 'social_service' && (ours || (file.county !== null && file.county === actor.county)))
    return 3
  return ours ? 2 : 0
}

/** The list of the track is for those who manage files or oversee them. */
export const mayListNrm = (role: Actor['role']): boolean =>
  [
    'responsible_authority',
    'social_service',
    'shelter',
    'cpw',
    'cpu_head',
    'municipal_director',
    'state_agency',
  ].includes(role)

/** Identified anew after an outcome: whoever may identify an adult goes on from that adult's newest file. */
export const mayOpenAgain = (actor: Actor, file: NrmFile): boolean =>
  file.subject === 'adult' && mayOpenAdult(actor) && startsAnew(file.status)

const isCpu = (actor: Actor): boolean => actor.role === 'cpw' || actor.role === 'cpu_head'

export const nrmActions = ['take', 'decline_formal', 'exit', 'hand_over', 'correct'] as const
export type NrmAction = (typeof nrmActions)[number]

const may: Readonly<Record<NrmAction, (actor: Actor, file: NrmFile) => boolean>> = {
  take: (actor, file) => mayTake(actor, file) && file.managerId === null && file.status !== 'exited',
  decline_formal: (actor, file) =>
    mayDecline(actor, file) && nextSteps(file.status).includes('declined_formal'),
  exit: (actor, file) => mayExit(actor) && nextSteps(file.status).includes('exited'),
  hand_over: (actor, file) => mayHandOver(actor, file) && file.status !== 'exited',
  correct: (actor, file) => mayCorrect(actor, file),
}
/** What this actor may do next; the commands ask the same again. */
export const allowedActions = (actor: Actor, file: NrmFile): readonly NrmAction[] =>
  nrmActions.filter((action) => may[action](actor, file))

/** Whoever manages an adult, or the regional service of the county: at the tier at which they read it. */
export const mayCorrect = (actor: Actor, file: NrmFile): boolean =>
  managing.some((role) => role === actor.role) && adultTier(actor, file) >= 3

export const mayTake = (actor: Actor, file: NrmFile): boolean =>
  file.subject === 'adult' && managing.some((role) => role === actor.role) && actor.unitId === file.unitId
/** The unit of the child, the manager of the adult; the Responsible Authority, which keeps the formal steps. */
export const mayDecline = (actor: Actor, file: NrmFile): boolean =>
  actor.role === 'responsible_authority' ||
  (file.subject === 'child'
    ? isCpu(actor) && actor.unitId === file.unitId
    : actor.unitId === file.unitId && file.managerId === actor.userId)
export const mayExit = (actor: Actor): boolean => actor.role === 'responsible_authority'
export const mayHandOver = (actor: Actor, file: NrmFile): boolean =>
  file.subject === 'adult' &&
  (actor.role === 'responsible_authority' ||
    (actor.unitId === file.unitId &&
      (file.managerId === actor.userId || (file.managerId === null && actor.role === 'social_service'))))

// What never depends on the status. -------------------------------------------------------------------------------

/**
 * Help is open from the first suspicion until the person has left it: for a potential and a confirmed victim alike
 * [TIP19], for one who declined or was not confirmed as for one who asks. Willingness to testify is no argument of it
 * [S002, S004], and no field of the register holds it.
 */
export const entitledToHelp = (status: NrmStatus): boolean => status !== 'exited'

/** No step of this track closes a child's case; the case has its own way, with its own guards. */
export const closesCase = (_to: NrmStatus): false => false

/** Whoever is identified anew after an outcome has been trafficked again: a new file, the old one untouched. */
export const priorTrafficking = (prior: Pick<NrmFile, 'status'> | null): boolean =>
  prior !== null && (prior.status === 'vt' || prior.status === 'exited')

/** The child's representative decides about formal identification, an adult alone. */
export const decider = (subject: Subject): 'self' | 'representative' =>
  subject === 'adult' ? 'self' : 'representative'

/** A formal outcome takes two persons of two bodies. */
export const twoSign = (signers: readonly { readonly userId: Uuid; readonly body: string }[]): boolean =>
  new Set(signers.map((one) => one.userId)).size === signers.length &&
  signers.some((one) => one.body === 'police') &&
  signers.some((one) => one.body === 'social_service')
