/** Talks of supervision: between the two, with agreements and the day of the next. Others learn only that they took place. */
import { type Worker, worksFor } from '../case/open.ts'
import { accept, type Day, type Decision, type DomainEvent, refuse, type Stamp, type Uuid } from '../core.ts'

export const talkTopics = [
  'caseload',
  'risk',
  'difficult_case',
  'files',
  'deadlines',
  'wellbeing',
  'learning',
  'cooperation',
  'own_safety',
  'other',
] as const
export type TalkTopic = (typeof talkTopics)[number]

export type SupervisionHeld = DomainEvent<
  'SupervisionHeld',
  {
    readonly unitId: Uuid
    readonly supervisorId: Uuid
    readonly workerId: Uuid
    readonly heldOn: Day
    readonly topics: readonly TalkTopic[]
    readonly caseIds: readonly Uuid[]
    readonly nextOn: Day | null
  }
>
export type SupervisionConfirmed = DomainEvent<'SupervisionConfirmed', Record<never, never>>

export function decideTalk(
  given: {
    readonly worker: Worker | null
    readonly heldOn: Day
    readonly topics: readonly TalkTopic[]
    readonly caseIds: readonly Uuid[]
    /** Of these, which the worker works on. */
    readonly known: ReadonlySet<Uuid>
    readonly nextOn: Day | null
    readonly agreements: string
    readonly remarks: string | null
    readonly today: Day
  },
  stamp: Stamp,
): Decision<SupervisionHeld> {
  const { actor } = stamp
  const { worker, heldOn, nextOn } = given
  if (actor.role !== 'cpu_head') return refuse('not_allowed')
  if (worker === null || !worksFor(actor.unitId, worker) || worker.id === actor.userId)
    return refuse('case_worker_not_of_unit', 'workerId')
  if (heldOn > given.today) return refuse('in_future', 'heldOn')
  if (nextOn !== null && nextOn <= heldOn) return refuse('supervision_next', 'nextOn')
  const stranger = given.caseIds.findIndex((id) => !given.known.has(id))
  if (stranger >= 0) return refuse('supervision_case_unknown', `caseIds.${stranger}`)
  return accept({
    type: 'SupervisionHeld',
    v: 1,
    facts: {
      unitId: actor.unitId,
      supervisorId: actor.userId,
      workerId: worker.id,
      heldOn,
      topics: [...given.topics],
      caseIds: [...given.caseIds],
      nextOn,
    },
    parts: [
      { tier: 'T3', name: 'agreements', body: given.agreements },
      ...(given.remarks === null ? [] : [{ tier: 'T3' as const, name: 'remarks', body: given.remarks }]),
    ],
    touches: ['talk'],
  })
}

/** The worker says that it was agreed so. */
export const decideConfirmTalk = (
  talk: { readonly workerId: Uuid; readonly confirmed: boolean },
  stamp: Stamp,
): Decision<SupervisionConfirmed> => {
  if (stamp.actor.userId !== talk.workerId) return refuse('not_allowed')
  if (talk.confirmed) return refuse('supervision_confirmed')
  return accept({ type: 'SupervisionConfirmed', v: 1, facts: {}, touches: ['talk'] })
}
