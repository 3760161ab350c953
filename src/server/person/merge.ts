/** Two persons who are one: proposed by one who reads both, confirmed by another who reads both, undone by two at any time. */
import type { Day, Instant, Uuid } from '#domain/core.ts'
import {
  decideMerge,
  decidePart,
  decideProposeMerge,
  decideProposePart,
  type MergeEvent,
  type MergePair,
  type PersonMerge,
  stateAfter,
} from '#domain/person-merge.ts'
import { DecideMerge, DecidePart, ProposeMerge, ProposePart } from '#wire/person-merge.ts'
import { append } from '../append.ts'
import { command, done, mustBeFresh, refused } from '../command.ts'
import { tell } from '../notice/store.ts'
import { notFound } from '../problem.ts'
import type { Tx, WriteTx } from '../tx.ts'

/** Merges that touch one of the two wait for each other; the smaller id first, whoever asks. */
const hold = (tx: WriteTx, a: Uuid, b: Uuid): Promise<unknown> =>
  tx.sql(
    'select pg_advisory_xact_lock(hashtextextended(k, 29)) from unnest($1::text[]) with ordinality t(k, n) order by n',
    [[a, b].toSorted()],
  )

interface Side {
  readonly id: Uuid
  readonly version: number
  readonly same_as: Uuid | null
  readonly named: boolean
  readonly led: boolean
}
const sidesOf = (tx: Tx, ids: readonly Uuid[]): Promise<Side[]> =>
  tx.sql<Side>(
    `select p.id, p.version, p.same_as, exists (select 1 from person_named n where n.id = p.id) as named, leads_here(p.id) as led
     from person p where p.id = any ($1::uuid[])`,
    [ids],
  )

const pairOf = async (
  tx: Tx,
  personId: Uuid,
  intoId: Uuid,
): Promise<{ readonly pair: MergePair; readonly version: number } | undefined> => {
  const sides = await sidesOf(tx, [personId, intoId])
  const one = sides.find((side) => side.id === personId)
  const other = sides.find((side) => side.id === intoId)
  if (one === undefined) return undefined
  const [open] = await tx.sql<{ n: number }>(
    "select count(*)::int as n from person_merge where person_id = $1 and state in ('proposed', 'confirmed')",
    [personId],
  )
  return {
    version: one.version,
    pair: {
      bothNamed: one.named && other?.named === true,
      leads: one.same_as !== null,
      isLedTo: one.led,
      intoLeads: other !== undefined && other.same_as !== null,
      open: (open?.n ?? 0) > 0,
    },
  }
}

/** The event on the person's own chain, and the link that follows it. */
const save = async (tx: WriteTx, personId: Uuid, version: number, event: MergeEvent): Promise<number> => {
  const next = await append(tx, { kind: 'person', id: personId, version }, [event])
  tx.later('select move_person($1, $2)', [personId, next])
  return next
}

/** The heads of the units that have either child are told; the code of a case of their own, never a name. */
const tellHeads = async (
  tx: WriteTx,
  ids: readonly Uuid[],
  code: 'case_merge_proposed' | 'case_parting_proposed',
): Promise<void> => {
  const cases = await tx.sql<{ id: Uuid; code: string; unit: Uuid }>(
    'select id, code, unit_id as unit from case_file where person_id = any ($1::uuid[]) order by opened_at desc limit 4',
    [ids],
  )
  for (const one of cases)
    await tell(tx, {
      unitId: one.unit,
      role: 'cpu_head',
      code,
      recordKind: 'case_file',
      recordId: one.id,
      label: one.code,
    })
}

const propose = command('person.propose_merge', ProposeMerge, async (tx, cmd) => {
  await hold(tx, cmd.recordId, cmd.body.intoId)
  const found = await pairOf(tx, cmd.recordId, cmd.body.intoId)
  if (found === undefined) throw notFound('body.body.intoId')
  await mustBeFresh(tx, 'person', cmd, ['same_as'])
  const decision = decideProposeMerge({ personId: cmd.recordId, ...cmd.body }, found.pair, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const [event] = decision.events
  const { mergeId, intoId } = event!.facts
  const version = await save(tx, cmd.recordId, found.version, event!)
  tx.later(
    `insert into person_merge (id, person_id, into_id, state, proposed_by, proposed_at) values ($1, $2, $3, 'proposed', $4, $5)`,
    [mergeId, cmd.recordId, intoId, tx.actor.userId, tx.now],
  )
  await tellHeads(tx, [cmd.recordId, intoId], 'case_merge_proposed')
  return done({ recordId: cmd.recordId, version, reply: { mergeId } })
})

const lockMerge = async (tx: WriteTx, personId: Uuid, id: Uuid): Promise<PersonMerge> => {
  const read = () =>
    tx.sql<PersonMerge>(
      `select id, person_id as "personId", into_id as "intoId", state, proposed_by as "proposedBy",
         parting_by as "partingBy" from person_merge
       where id = $1 and person_id = $2`,
      [id, personId],
    )
  const [before] = await read()
  if (before === undefined) throw notFound('body.body.mergeId')
  await hold(tx, before.personId, before.intoId)
  const [merge] = await read()
  return merge ?? before
}

const decide = command('person.decide_merge', DecideMerge, async (tx, cmd) => {
  const merge = await lockMerge(tx, cmd.recordId, cmd.body.mergeId)
  await mustBeFresh(tx, 'person', cmd, ['same_as'])
  const found = await pairOf(tx, merge.personId, merge.intoId)
  if (found === undefined) throw notFound()
  const decision = decideMerge(merge, cmd.body, found.pair, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const [event] = decision.events
  const version = await save(tx, merge.personId, found.version, event!)
  tx.later('update person_merge set state = $2, decided_by = $3, decided_at = $4 where id = $1', [
    merge.id,
    stateAfter(event!),
    tx.actor.userId,
    tx.now,
  ])
  return done({ recordId: merge.personId, version, reply: { state: stateAfter(event!) } })
})

const proposePart = command('person.propose_part', ProposePart, async (tx, cmd) => {
  const merge = await lockMerge(tx, cmd.recordId, cmd.body.mergeId)
  await mustBeFresh(tx, 'person', cmd, ['same_as'])
  const found = await pairOf(tx, merge.personId, merge.intoId)
  if (found === undefined) throw notFound()
  const decision = decideProposePart(merge, cmd.body, found.pair, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await save(tx, merge.personId, found.version, decision.events[0]!)
  tx.later('update person_merge set parting_by = $2, parting_at = $3 where id = $1', [
    merge.id,
    tx.actor.userId,
    tx.now,
  ])
  await tellHeads(tx, [merge.personId, merge.intoId], 'case_parting_proposed')
  return done({ recordId: merge.personId, version, reply: { state: merge.state } })
})

const part = command('person.decide_part', DecidePart, async (tx, cmd) => {
  const merge = await lockMerge(tx, cmd.recordId, cmd.body.mergeId)
  await mustBeFresh(tx, 'person', cmd, ['same_as'])
  const found = await pairOf(tx, merge.personId, merge.intoId)
  if (found === undefined) throw notFound()
  const decision = decidePart(merge, cmd.body, found.pair, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const [event] = decision.events
  const version = await save(tx, merge.personId, found.version, event!)
  if (event!.type === 'PersonsParted')
    tx.later("update person_merge set state = 'undone', undone_by = $2, undone_at = $3 where id = $1", [
      merge.id,
      tx.actor.userId,
      tx.now,
    ])
  else tx.later('update person_merge set parting_by = null, parting_at = null where id = $1', [merge.id])
  return done({ recordId: merge.personId, version, reply: { state: stateAfter(event!) } })
})

export const mergeCommands = [propose, decide, proposePart, part]

export interface MergeRow {
  readonly id: Uuid
  readonly person_id: Uuid
  readonly into_id: Uuid
  readonly state: PersonMerge['state']
  readonly proposed_by: Uuid
  readonly proposed_by_name: string | null
  readonly proposed_at: Instant
  readonly decided_by_name: string | null
  readonly decided_at: Instant | null
  readonly undone_at: Instant | null
  readonly version: number
  readonly reason: string | null
  readonly parting_by: Uuid | null
  readonly parting_by_name: string | null
  readonly parting_reason: string | null
}
export interface FaceRow {
  readonly id: Uuid
  readonly sex: 'female' | 'male' | 'unknown'
  readonly name: string | null
  readonly birth_from: Day | null
  readonly birth_to: Day | null
  readonly birth_said: string | null
  readonly case_id: Uuid | null
  readonly code: string | null
  readonly nrm_id: Uuid | null
  readonly nrm_code: string | null
}
