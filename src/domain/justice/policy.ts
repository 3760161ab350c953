/**
 * Who sees a proceeding, and who does what in it (domain specification 5). The police see what their unit registered, without
 * whatever concerns the victims' help; the prosecution office that holds it sees it whole; the Responsible Authority follows
 * those of the track. Nobody else opens one: a child's case manager gets its stage and next date and no more. Row policies in
 * migration 0067 say the same.
 */
import type { Actor } from '../core.ts'
import type { Proceeding, Stage } from './state.ts'

/** `full`: the prosecution that holds it. `police`: victims as pseudonyms and codes. `authority`: no suspects' names. */
export type ProceedingSight = 'full' | 'police' | 'authority' | null
type Scope = Pick<Proceeding, 'policeUnit' | 'officeUnit' | 'track'>

export const policeRoles: readonly Actor['role'][] = ['police', 'border_police']

export const proceedingSight = (actor: Actor, of: Scope): ProceedingSight => {
  if (actor.role === 'prosecutor') return of.officeUnit === actor.unitId ? 'full' : null
  if (policeRoles.includes(actor.role)) return of.policeUnit === actor.unitId ? 'police' : null
  return actor.role === 'responsible_authority' && of.track ? 'authority' : null
}

export const mayOpenProceeding = (actor: Pick<Actor, 'role'>): boolean =>
  actor.role === 'prosecutor' || policeRoles.includes(actor.role)
/** Who finds a list of proceedings at all: of one's own, of the track, or of one's children. */
export const mayListProceedings = (actor: Pick<Actor, 'role'>): boolean =>
  mayOpenProceeding(actor) || actor.role === 'responsible_authority'

/** Acts of those who hold the proceeding; the police only before they have referred it. */
export const proceedingActions = [
  'move',
  'close',
  'reopen',
  'set_article',
  'refer',
  'set_next',
  'inform_authority',
  'add_victim',
  'link_victim',
  'set_cooperation',
  'add_suspect',
  'move_suspect',
  'assign_aid',
  'end_aid',
  'take_measure',
  'end_measure',
  'seize_asset',
  'settle_asset',
  'claim',
  'decide_claim',
  'pay_claim',
  'protect_witness',
  'ask_order',
] as const
export type ProceedingAction = (typeof proceedingActions)[number]

const byPoliceBefore: readonly ProceedingAction[] = ['set_article', 'refer', 'seize_asset', 'settle_asset']
const byPolice: readonly ProceedingAction[] = ['add_victim', 'add_suspect', 'set_cooperation', 'ask_order']
const byAuthority: readonly ProceedingAction[] = ['link_victim', 'assign_aid', 'end_aid', 'claim']
const afterEnd: readonly ProceedingAction[] = [
  'reopen',
  'settle_asset',
  'pay_claim',
  'claim',
  'decide_claim',
  'link_victim',
  'end_aid',
  'end_measure',
  'inform_authority',
]

/** May this person ever do it in this proceeding, whatever the stage? */
export const mayDo = (
  actor: Actor,
  of: Scope & { readonly stage: Stage },
  action: ProceedingAction,
): boolean => {
  const sight = proceedingSight(actor, of)
  if (sight === 'full') return action !== 'link_victim'
  if (sight === 'authority') return byAuthority.includes(action)
  if (sight !== 'police') return false
  return byPolice.includes(action) || (of.officeUnit === null && byPoliceBefore.includes(action))
}

/** What the actor may do next, so that the interface needs no second rulebook. */
export const proceedingActionsOf = (actor: Actor, p: Proceeding): readonly ProceedingAction[] => {
  const open = p.stage !== 'closed'
  const some: Partial<Record<ProceedingAction, boolean>> = {
    move: open && p.stage !== 'execution',
    // Where there is nothing behind, there is nothing to go back to.
    reopen: p.stage !== 'report' && p.stage !== 'investigation',
    inform_authority: p.track,
    link_victim: p.victims.some((one) => one.nrmId === null && one.caseId === null),
    set_cooperation: p.victims.length > 0,
    move_suspect: p.suspects.length > 0,
    assign_aid: p.victims.length > 0,
    end_aid: p.aids.some((one) => one.until === null),
    take_measure: p.victims.length > 0,
    end_measure: p.measures.some((one) => one.until === null),
    settle_asset: p.assets.some((one) => one.state === 'seized' || one.state === 'confiscated'),
    claim: p.victims.length > 0,
    decide_claim: p.claims.some((one) => one.state === 'claimed'),
    pay_claim: p.claims.some((one) => one.state === 'awarded' || one.state === 'part_executed'),
    protect_witness: p.victims.length > 0,
    ask_order: p.victims.some((one) => one.nrmId !== null || one.caseId !== null),
  }
  return proceedingActions.filter(
    (action) => mayDo(actor, p, action) && (open || afterEnd.includes(action)) && (some[action] ?? true),
  )
}
