/**
 * Two persons of the register who are one. One person proposes, another confirms, and two people undo it at any later time:
 * a link leads from the one to the other (`same_as`), nothing is moved, every reference keeps the id it was entered with,
 * and counts use the person to whom the link leads (decision 4).
 */
import { type Actor, accept, type Decision, type DomainEvent, refuse, type Stamp, type Uuid } from './core.ts'

export const mergeStates = ['proposed', 'confirmed', 'refused', 'withdrawn', 'undone'] as const
export type MergeState = (typeof mergeStates)[number]

export interface PersonMerge {
  readonly id: Uuid
  readonly personId: Uuid
  readonly intoId: Uuid
  readonly state: MergeState
  readonly proposedBy: Uuid
  /** Who proposes that they be parted again; null while nobody does. */
  readonly partingBy: Uuid | null
}

type At = { readonly mergeId: Uuid; readonly at: string; readonly by: Uuid }
export type MergeProposed = DomainEvent<'MergeProposed', At & { readonly intoId: Uuid }>
export type PersonsMerged = DomainEvent<'PersonsMerged', At & { readonly intoId: Uuid }>
export type MergeRefused = DomainEvent<'MergeRefused', At>
export type MergeWithdrawn = DomainEvent<'MergeWithdrawn', At>
export type PersonsParted = DomainEvent<'PersonsParted', At>
export type PartingProposed = DomainEvent<'PartingProposed', At>
export type PartingRefused = DomainEvent<'PartingRefused', At>
export type PartingWithdrawn = DomainEvent<'PartingWithdrawn', At>
export type MergeEvent =
  | MergeProposed
  | PersonsMerged
  | MergeRefused
  | MergeWithdrawn
  | PersonsParted
  | PartingProposed
  | PartingRefused
  | PartingWithdrawn

/** What the register says of the two now. */
export interface MergePair {
  /** Both are open to the actor with their names; nobody judges what they cannot read. */
  readonly bothNamed: boolean
  /** The one already leads to another person. */
  readonly leads: boolean
  /** Others already lead to the one; propose it the other way round. */
  readonly isLedTo: boolean
  /** The other one already leads to another person: link to that. */
  readonly intoLeads: boolean
  readonly open: boolean
}

const judges: ReadonlySet<Actor['role']> = new Set(['cpw', 'cpu_head', 'state_agency'])
const touches = ['same_as']
const of = (mergeId: Uuid, stamp: Stamp): At => ({ mergeId, at: stamp.occurredAt, by: stamp.actor.userId })
const reason = (body: string) => ({ parts: [{ tier: 'T3' as const, name: 'mergeReason', body }] })

const chain = (pair: MergePair) => pair.leads || pair.isLedTo || pair.intoLeads

export function decideProposeMerge(
  body: { readonly personId: Uuid; readonly intoId: Uuid; readonly reason: string },
  pair: MergePair,
  stamp: Stamp,
): Decision<MergeProposed> {
  if (!judges.has(stamp.actor.role)) return refuse('not_allowed')
  if (body.personId === body.intoId) return refuse('merge_same_person', 'intoId')
  if (!pair.bothNamed) return refuse('merge_not_seen', 'intoId')
  if (pair.open) return refuse('merge_already_open')
  if (chain(pair)) return refuse('merge_chain', 'intoId')
  return accept<MergeProposed>({
    type: 'MergeProposed',
    v: 1,
    facts: { intoId: body.intoId, ...of(stamp.newId(), stamp) },
    ...reason(body.reason),
    touches,
  })
}

export function decideMerge(
  merge: PersonMerge,
  body: { readonly decision: 'confirm' | 'refuse' | 'withdraw'; readonly reason: string },
  pair: MergePair,
  stamp: Stamp,
): Decision<PersonsMerged | MergeRefused | MergeWithdrawn> {
  const { actor } = stamp
  if (!judges.has(actor.role)) return refuse('not_allowed')
  if (merge.state !== 'proposed') return refuse('merge_not_proposed', undefined, { state: merge.state })
  if (!pair.bothNamed) return refuse('merge_not_seen')
  if (body.decision === 'withdraw')
    return actor.userId === merge.proposedBy
      ? accept<MergeWithdrawn>({
          type: 'MergeWithdrawn',
          v: 1,
          facts: of(merge.id, stamp),
          ...reason(body.reason),
          touches,
        })
      : refuse('not_allowed')
  if (actor.userId === merge.proposedBy) return refuse('needs_second_person')
  if (body.decision === 'refuse')
    return accept<MergeRefused>({
      type: 'MergeRefused',
      v: 1,
      facts: of(merge.id, stamp),
      ...reason(body.reason),
      touches,
    })
  if (chain(pair)) return refuse('merge_chain')
  return accept<PersonsMerged>({
    type: 'PersonsMerged',
    v: 1,
    facts: { intoId: merge.intoId, ...of(merge.id, stamp) },
    ...reason(body.reason),
    touches,
  })
}

const tied = (merge: PersonMerge, pair: Pick<MergePair, 'bothNamed'>, { actor }: Stamp) => {
  if (!judges.has(actor.role)) return refuse('not_allowed')
  if (merge.state !== 'confirmed') return refuse('merge_not_confirmed', undefined, { state: merge.state })
  return pair.bothNamed ? null : refuse('merge_not_seen')
}

/** What two people joined, two people part: the files of two children may lie open to each other's workers meanwhile. */
export function decideProposePart(
  merge: PersonMerge,
  body: { readonly reason: string },
  pair: Pick<MergePair, 'bothNamed'>,
  stamp: Stamp,
): Decision<PartingProposed> {
  const no = tied(merge, pair, stamp)
  if (no !== null) return no
  if (merge.partingBy !== null) return refuse('merge_parting_open')
  const type = 'PartingProposed'
  return accept<PartingProposed>({ type, v: 1, facts: of(merge.id, stamp), ...reason(body.reason), touches })
}

const partings = { confirm: 'PersonsParted', refuse: 'PartingRefused', withdraw: 'PartingWithdrawn' } as const

export function decidePart(
  merge: PersonMerge,
  body: { readonly decision: keyof typeof partings; readonly reason: string },
  pair: Pick<MergePair, 'bothNamed'>,
  stamp: Stamp,
): Decision<PersonsParted | PartingRefused | PartingWithdrawn> {
  const no = tied(merge, pair, stamp)
  if (no !== null) return no
  if (merge.partingBy === null) return refuse('merge_parting_not_proposed')
  const own = merge.partingBy === stamp.actor.userId
  if (body.decision === 'withdraw' && !own) return refuse('not_allowed')
  if (body.decision !== 'withdraw' && own) return refuse('needs_second_person')
  const type = partings[body.decision]
  return accept<PersonsParted | PartingRefused | PartingWithdrawn>({
    type,
    v: 1,
    facts: of(merge.id, stamp),
    ...reason(body.reason),
    touches,
  })
}

const after: Record<MergeEvent['type'], MergeState> = {
  MergeProposed: 'proposed',
  PersonsMerged: 'confirmed',
  MergeRefused: 'refused',
  MergeWithdrawn: 'withdrawn',
  PersonsParted: 'undone',
  PartingProposed: 'confirmed',
  PartingRefused: 'confirmed',
  PartingWithdrawn: 'confirmed',
}
export const stateAfter = (event: MergeEvent): MergeState => after[event.type]
