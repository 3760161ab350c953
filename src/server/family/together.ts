/**
 * One visit, one service, one action for several children of a family: one command, an event in each child's case, each
 * decided by that case's own policy. All of them take it, or none does and the refusal names the case.
 */
import type { CaseEvent } from '#domain/case/events.ts'
import { subjectOf } from '#domain/case/events.ts'
import { decideAddAction } from '#domain/case/plan.ts'
import { decideAddNote, decideRecordService } from '#domain/case/record.ts'
import type { CaseState } from '#domain/case/state.ts'
import type { Decision, Uuid } from '#domain/core.ts'
import type { Refusal } from '#domain/refusal.ts'
import { ActionTogether, NoteTogether, ServiceTogether } from '#wire/family.ts'
import { unknownInstitution } from '../case/lookup.ts'
import { record } from '../case/store.ts'
import { command, done, refused } from '../command.ts'
import type { WriteTx } from '../tx.ts'
import { lockFamily, saveFamily } from './store.ts'

/** A refusal of one case, said at the place in the body where that case stands. */
const at = (refusal: Refusal, n: number, list: string): Refusal => ({ ...refusal, field: `${list}.${n}` })

const together = async (
  tx: WriteTx,
  familyId: Uuid,
  asked: {
    readonly list: string
    readonly caseIds: readonly Uuid[]
    readonly what: 'note' | 'service' | 'action'
  },
  decide: (s: CaseState, n: number) => Decision<CaseEvent>,
) => {
  const { family, cases } = await lockFamily(tx, familyId)
  const twice = asked.caseIds.findIndex((id, n) => asked.caseIds.indexOf(id) !== n)
  if (twice >= 0) return refused({ code: 'family_not_of_family', field: `${asked.list}.${twice}` })
  const made: { caseId: Uuid; id: Uuid | null; version: number }[] = []
  // In the order in which the cases are locked.
  for (const s of [...asked.caseIds.keys()]
    .map((n) => ({ n, s: cases.find((one) => one.id === asked.caseIds[n]) }))
    .toSorted((a, b) => ((a.s?.id ?? '') < (b.s?.id ?? '') ? -1 : 1))) {
    // A case beyond the reader's sight is no case of this family to them.
    if (s.s === undefined) return refused({ code: 'family_not_of_family', field: `${asked.list}.${s.n}` })
    const decision = decide(s.s, s.n)
    if (!decision.ok) return refused(at(decision.refusal, s.n, asked.list))
    const after = await record(tx, s.s, decision.events)
    made.push({ caseId: s.s.id, id: subjectOf(decision.events[0]!), version: after.version })
  }
  const version = await saveFamily(tx, family, [
    {
      type: 'WorkedTogether',
      v: 1,
      facts: { what: asked.what, children: made.length, at: tx.stamp.occurredAt, by: tx.actor.userId },
    },
  ])
  return done({ recordId: family.id, version, reply: { made } })
}

const note = command('family.add_note', NoteTogether, (tx, { recordId, body }) => {
  const { caseIds, childWords, ...shared } = body
  return together(tx, recordId, { list: 'caseIds', caseIds, what: 'note' }, (s) => {
    const own = childWords.find((one) => one.caseId === s.id)
    return decideAddNote(s, { ...shared, ...(own === undefined ? {} : { childWords: own.words }) }, tx.stamp)
  })
})

const service = command('family.record_service', ServiceTogether, async (tx, { recordId, body }) => {
  const { caseIds, remark, ...shared } = body
  if (await unknownInstitution(tx, [body.providerId]))
    return refused({ code: 'unknown_code', field: 'providerId' })
  return together(tx, recordId, { list: 'caseIds', caseIds, what: 'service' }, (s) =>
    decideRecordService(
      s,
      { ...shared, actionId: null, costLek: null, ...(remark === undefined ? {} : { remark }) },
      tx.stamp,
    ),
  )
})

const action = command('family.add_action', ActionTogether, async (tx, { recordId, body }) => {
  const { goals, ...shared } = body
  if (await unknownInstitution(tx, [body.institutionId]))
    return refused({ code: 'unknown_code', field: 'institutionId' })
  return together(
    tx,
    recordId,
    { list: 'goals', caseIds: goals.map((one) => one.caseId), what: 'action' },
    (s, n) => decideAddAction(s, { ...shared, goalId: goals[n]!.goalId }, tx.stamp),
  )
})

export const togetherActs = [note, service, action]
