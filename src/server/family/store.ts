/** Families as rows, each as far as its reader's cases reach. */
import { gate } from '#domain/case/policy.ts'
import type { CaseState } from '#domain/case/state.ts'
import type { Uuid } from '#domain/core.ts'
import type { Representative } from '#domain/family/representative.ts'
import type { Family, FamilyEvent, Member, Relation } from '#domain/family/state.ts'
import { append } from '../append.ts'
import { type CaseFileRow, stateOf } from '../case/store.ts'
import { notFound } from '../problem.ts'
import type { Tx, WriteTx } from '../tx.ts'

export const familyOfCase = async (tx: Tx, caseId: Uuid): Promise<Uuid | null> => {
  const [row] = await tx.sql<{ id: Uuid }>(
    'select family_id as id from family_case where case_id = $1 and left_at is null',
    [caseId],
  )
  return row?.id ?? null
}

/** Members and relations in force, and the cases that this actor sees. */
export const findFamily = async (tx: Tx, id: Uuid): Promise<Family | undefined> => {
  const [[row], cases, members, relations] = await Promise.all([
    tx.sql<{ version: number }>('select version from family where id = $1', [id]),
    tx.sql<{ case_id: Uuid }>(
      'select case_id from family_case where family_id = $1 and left_at is null order by joined_at, id',
      [id],
    ),
    tx.sql<Member>(
      `select id, person_id as "personId", alleged, other_side as "otherSide" from family_person where family_id = $1 order by at, id`,
      [id],
    ),
    tx.sql<Relation>(
      `select id, from_id as "from", to_id as "to", kind, guardian, contact from family_relation
       where family_id = $1 and ended_at is null order by at, id`,
      [id],
    ),
  ])
  if (row === undefined) return undefined
  return { id, version: row.version, cases: cases.map((one) => one.case_id), members, relations }
}

/** Two people who write to one family, and to its cases, wait for each other here. */
export const holdFamily = (tx: WriteTx, id: Uuid): Promise<unknown> =>
  tx.sql('select pg_advisory_xact_lock(hashtextextended($1, 28))', [id])

/** The cases of the family that this actor sees; locked in the order of their ids, as every act on several does. */
export const lockCases = async (tx: WriteTx, ids: readonly Uuid[]): Promise<readonly CaseState[]> => {
  const rows = await tx.sql<CaseFileRow>(
    'select * from case_file where id = any ($1::uuid[]) order by id for update',
    [ids],
  )
  return rows.map(stateOf)
}

/**
 * For acts on one case that ask of its family: held, so that nobody is marked meanwhile. Before the case is locked: the family
 * comes first in every act on both.
 */
export const familyHeld = async (tx: WriteTx, caseId: Uuid): Promise<Family | null> => {
  const id = await familyOfCase(tx, caseId)
  if (id === null) return null
  await holdFamily(tx, id)
  return (await findFamily(tx, id)) ?? null
}

export interface Held {
  readonly family: Family
  readonly cases: readonly CaseState[]
}

/** Locked for a write: who works on none of its cases may not, who sees none of them finds nothing. */
export const lockFamily = async (tx: WriteTx, id: Uuid): Promise<Held & { readonly works: boolean }> => {
  await holdFamily(tx, id)
  const found = await findFamily(tx, id)
  if (found === undefined) throw notFound()
  const cases = await lockCases(tx, found.cases)
  return { family: found, cases, works: cases.some((one) => worksOn(tx, one)) }
}

/** Whoever may name a person near the child may write to its family. */
export const worksOn = (tx: Tx, s: CaseState): boolean => gate('add_person_near', tx.actor, s) === null

export const saveFamily = async (
  tx: WriteTx,
  family: Pick<Family, 'id' | 'version'>,
  events: readonly FamilyEvent[],
): Promise<number> => {
  if (events.length === 0) return family.version
  const version = await append(tx, { kind: 'family', id: family.id, version: family.version }, events)
  for (const event of events) writeRow(tx, family.id, event)
  if (family.version > 0) tx.later('update family set version = $2 where id = $1', [family.id, version])
  return version
}

interface Written {
  readonly name: string
  readonly sex: string
  readonly bornYear: number | null
  readonly phone: string | null
  readonly remark: string | null
}
const partOf = (event: FamilyEvent, name: string): unknown =>
  event.parts?.find((part) => part.name === name)?.body ?? null

/** The rows of joining cases are written by whoever knows the case: the family's own chain names none. */
const writeRow = (tx: WriteTx, familyId: Uuid, event: FamilyEvent): void => {
  switch (event.type) {
    case 'HouseholdSet':
      tx.later(
        `update family_named set address = coalesce($2, address), housing = coalesce($3, housing), remark = coalesce($4, remark)
         where id = $1`,
        [familyId, partOf(event, 'address'), event.facts.housing, partOf(event, 'remark')],
      )
      return
    case 'MemberAdded': {
      const member = partOf(event, 'member') as Written
      tx.later(
        `insert into family_person (id, family_id, name, sex, born_year, phone, remark, alleged, other_side, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          event.facts.memberId,
          familyId,
          member.name,
          member.sex,
          member.bornYear,
          member.phone,
          member.remark,
          event.facts.alleged,
          event.facts.otherSide,
          tx.now,
        ],
      )
      return
    }
    case 'MemberMarked':
      tx.later('update family_person set alleged = $2, other_side = $3 where id = $1', [
        event.facts.memberId,
        event.facts.alleged,
        event.facts.otherSide,
      ])
      return
    case 'RelationSet': {
      const f = event.facts
      if (f.replaces !== null)
        tx.later('update family_relation set ended_at = $2 where id = $1', [f.replaces, tx.now])
      tx.later(
        `insert into family_relation (id, family_id, from_id, to_id, kind, guardian, lives_with, contact, from_day, until_day, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
        [
          f.relationId,
          familyId,
          f.fromId,
          f.toId,
          f.kind,
          f.guardian,
          f.livesWith,
          f.contact,
          f.from,
          f.until,
          tx.now,
        ],
      )
      return
    }
    case 'RelationEnded':
      tx.later('update family_relation set ended_at = $2, until_day = greatest($3, from_day) where id = $1', [
        event.facts.relationId,
        tx.now,
        event.facts.on,
      ])
      return
    default:
      return
  }
}

/** The child of a case that joins, under its own person: its name stays there. */
export const insertChild = (
  tx: WriteTx,
  familyId: Uuid,
  memberId: Uuid,
  child: { readonly personId: Uuid; readonly sex: string },
): void => {
  tx.later(
    `insert into family_person (id, family_id, person_id, sex, at) values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [memberId, familyId, child.personId, child.sex, tx.now],
  )
}

export const sexOf = async (tx: Tx, personId: Uuid): Promise<string> => {
  const [row] = await tx.sql<{ sex: string }>('select sex from person where id = $1', [personId])
  return row?.sex ?? 'unknown'
}

export const representativesOf = (tx: Tx, caseId: Uuid): Promise<Representative[]> =>
  tx.sql<Representative>(
    `select id, kind, member_id as "memberId", from_day as "from", until_day as "until", ended_on as "endedOn"
     from representative where case_id = $1 order by at, id`,
    [caseId],
  )
