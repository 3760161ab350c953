/** Making a family and writing to it. Each case that an act touches is asked by its own policy. */

import type { z } from 'zod'
import type { Decision, Uuid } from '#domain/core.ts'
import {
  decideAddCase,
  decideAddMember,
  decideEndRelation,
  decideHousehold,
  decideMarkMember,
  decideOpenFamily,
  decideRelate,
  decideRemoveCase,
} from '#domain/family/decide.ts'
import { ended } from '#domain/family/representative.ts'
import type { Family, FamilyEvent, FamilyJoined, FamilyLeft } from '#domain/family/state.ts'
import * as wire from '#wire/family.ts'
import { recordBeside } from '../case/beside.ts'
import { lockCase } from '../case/store.ts'
import { type Command, command, done, mustBeFresh, refused } from '../command.ts'
import { uuidv7 } from '../ids.ts'
import type { WriteTx } from '../tx.ts'
import { membersOfNear } from './near.ts'
import {
  familyOfCase,
  type Held,
  insertChild,
  lockFamily,
  representativesOf,
  saveFamily,
  sexOf,
  worksOn,
} from './store.ts'

const joined = (tx: WriteTx, familyId: Uuid): FamilyJoined => ({
  type: 'FamilyJoined',
  v: 1,
  facts: { familyId, at: tx.stamp.occurredAt, by: tx.actor.userId },
  touches: ['family'],
})
const left = (tx: WriteTx, familyId: Uuid, reason: string): FamilyLeft => ({
  type: 'FamilyLeft',
  v: 1,
  facts: { familyId, at: tx.stamp.occurredAt, by: tx.actor.userId },
  parts: [{ tier: 'T3', name: 'reason', body: reason }],
  touches: ['family'],
})
const insertCase = (tx: WriteTx, familyId: Uuid, caseId: Uuid): void =>
  tx.later('insert into family_case (id, family_id, case_id, joined_at) values ($1, $2, $3, $4)', [
    uuidv7(),
    familyId,
    caseId,
    tx.now,
  ])

const open = command('family.open', wire.OpenFamily, async (tx, cmd) => {
  const s = await lockCase(tx, cmd.body.caseId)
  if (!worksOn(tx, s)) return refused({ code: 'case_not_yours', field: 'caseId' })
  if ((await familyOfCase(tx, s.id)) !== null) return refused({ code: 'family_has_one', field: 'caseId' })
  const memberId = tx.stamp.newId()
  const decision = decideOpenFamily(memberId, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const near = cmd.body.takeNear ? await membersOfNear(tx, s.id, memberId) : []
  const events = [...decision.events, ...near]
  const sex = await sexOf(tx, s.personId)
  // The family's rows first: what its events write hangs on them.
  tx.later('insert into family (id, version, unit_id, made_at) values ($1, $2, $3, $4)', [
    cmd.recordId,
    events.length,
    tx.actor.unitId,
    tx.now,
  ])
  insertCase(tx, cmd.recordId, s.id)
  tx.later('insert into family_named (id) values ($1)', [cmd.recordId])
  insertChild(tx, cmd.recordId, memberId, { personId: s.personId, sex })
  const version = await saveFamily(tx, { id: cmd.recordId, version: 0 }, events)
  const caseVersion = await recordBeside(tx, s, [{ event: joined(tx, cmd.recordId), subject: cmd.recordId }])
  return done({ recordId: cmd.recordId, version, reply: { memberId, caseVersion } })
})

/** The reader works on the case that joins, and on one that is there already. */
const addCase = command('family.add_case', wire.AddCase, async (tx, cmd) => {
  const { works, family } = await lockFamily(tx, cmd.recordId)
  const s = await lockCase(tx, cmd.body.caseId)
  if (!works) return refused({ code: 'not_allowed' })
  if (!worksOn(tx, s)) return refused({ code: 'case_not_yours', field: 'caseId' })
  const decision = decideAddCase(
    family,
    { caseId: s.id, personId: s.personId, familyId: await familyOfCase(tx, s.id) },
    tx.stamp,
  )
  if (!decision.ok) return refused(decision.refusal)
  const [event] = decision.events
  const memberId = event?.type === 'FamilyCaseAdded' ? event.facts.memberId : tx.stamp.newId()
  insertCase(tx, family.id, s.id)
  insertChild(tx, family.id, memberId, { personId: s.personId, sex: await sexOf(tx, s.personId) })
  const version = await saveFamily(tx, family, decision.events)
  await recordBeside(tx, s, [{ event: joined(tx, family.id), subject: family.id }])
  return done({ recordId: family.id, version, reply: { memberId } })
})

const removeCase = command('family.remove_case', wire.RemoveCase, async (tx, cmd) => {
  const { family, cases } = await lockFamily(tx, cmd.recordId)
  const s = cases.find((one) => one.id === cmd.body.caseId)
  if (s !== undefined && !worksOn(tx, s)) return refused({ code: 'case_not_yours', field: 'caseId' })
  const decision = decideRemoveCase(family, cmd.body.caseId, family.cases.length - 1, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await saveFamily(tx, family, decision.events)
  if (s !== undefined)
    await recordBeside(tx, s, [{ event: left(tx, family.id, cmd.body.reason), subject: family.id }])
  tx.later('update family_case set left_at = $3 where family_id = $1 and case_id = $2 and left_at is null', [
    family.id,
    cmd.body.caseId,
    tx.now,
  ])
  return done({ recordId: family.id, version })
})

/** An act on the family itself, by whoever works on one of its cases. */
const act = <B>(
  writes: (body: B) => readonly string[],
  decide: (family: Family, body: B, tx: WriteTx) => Decision<FamilyEvent>,
  after?: (tx: WriteTx, held: Held, body: B) => Promise<unknown>,
) => {
  return async (tx: WriteTx, cmd: Command<B>) => {
    const { works, ...held } = await lockFamily(tx, cmd.recordId)
    if (!works) return refused({ code: 'not_allowed' })
    const fields = writes(cmd.body)
    if (fields.length > 0) await mustBeFresh(tx, 'family', cmd, fields)
    const decision = decide(held.family, cmd.body, tx)
    if (!decision.ok) return refused(decision.refusal)
    const version = await saveFamily(tx, held.family, decision.events)
    await after?.(tx, held, cmd.body)
    return done({
      recordId: held.family.id,
      version,
      reply: {
        made: decision.events.flatMap((one) =>
          one.type === 'MemberAdded'
            ? [one.facts.memberId]
            : one.type === 'RelationSet'
              ? [one.facts.relationId]
              : [],
        ),
      },
    })
  }
}

/** Whoever is marked stops, in the same transaction, speaking for any child of the family in reach. */
const endConflicts = async (
  tx: WriteTx,
  { cases }: Held,
  body: { readonly memberId: Uuid; readonly alleged: boolean; readonly otherSide: boolean },
): Promise<void> => {
  if (!body.alleged && !body.otherSide) return
  for (const s of cases) {
    const open = (await representativesOf(tx, s.id)).filter(
      (one) => one.memberId === body.memberId && one.endedOn === null,
    )
    const events = open.map((one) => ended(one, 'conflict', tx.stamp))
    await recordBeside(
      tx,
      s,
      events.map((event) => ({ event, subject: event.facts.representativeId })),
    )
    for (const event of events)
      tx.later('select end_representative($1, $2, $3)', [
        event.facts.representativeId,
        event.facts.on,
        event.facts.reason,
      ])
  }
}

const adds = () => []
const between = ({ fromId, toId }: z.output<typeof wire.Relate>) => [`relation_${fromId}_${toId}`]

export const familyActs = [
  open,
  addCase,
  removeCase,
  command(
    'family.set_household',
    wire.SetHousehold,
    act(
      () => ['household'],
      (_, body, tx) => decideHousehold(body, tx.stamp),
    ),
  ),
  command(
    'family.add_member',
    wire.AddMember,
    act(adds, (_, body, tx) => decideAddMember(body, tx.stamp)),
  ),
  command(
    'family.mark_member',
    wire.MarkMember,
    act(
      (body: z.output<typeof wire.MarkMember>) => [`member_${body.memberId}`],
      (family, body, tx) => decideMarkMember(family, body, tx.stamp),
      endConflicts,
    ),
  ),
  command(
    'family.relate',
    wire.Relate,
    act(between, (family, body, tx) => decideRelate(family, body, tx.stamp)),
  ),
  command(
    'family.end_relation',
    wire.EndRelation,
    act(adds, (family, body, tx) => decideEndRelation(family, body, tx.stamp)),
  ),
]
