/** Persons as rows by tier. Names are kept as given; beside them the keys by which they are found. */

import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Day, Uuid } from '#domain/core.ts'
import type { PartialDate } from '#domain/partial-date.ts'
import { type Person, type PersonIdentity, type PersonSensitive, registerPerson } from '#domain/person.ts'
import type { Sex } from '#domain/report/body.ts'
import { nameKey, phoneticKeys } from '#linkage/name.ts'
import { append } from '../append.ts'
import { notFound } from '../problem.ts'
import { openBytes, type Place, sealBytes } from '../sealing/index.ts'
import { findKey, openedKey } from '../sealing/keys.ts'
import type { Tx, WriteTx } from '../tx.ts'

const allNames = (identity: PersonIdentity): string =>
  [identity.givenName, identity.familyName, identity.otherNames].filter((name) => name !== null).join(' ')

const year = (day: Day | undefined): number | null => (day === undefined ? null : Number(day.slice(0, 4)))

interface NewPerson {
  readonly sex: Sex
  readonly citizenship: string | null
  readonly identity: PersonIdentity
  /** Came into the register as an adult. */
  readonly adult?: true
  /** An id minted before, where others already speak of the person. */
  readonly id?: Uuid
}

/** A child of an accepted report, or an adult who was identified, enters the register; returns the person's id. */
export const insertPerson = async (
  tx: WriteTx,
  person: NewPerson,
  from: { readonly reportId: Uuid | null; readonly childId: Uuid | null },
): Promise<Uuid> => {
  const id = person.id ?? tx.stamp.newId()
  const version = await append(tx, { kind: 'person', id, version: 0 }, [registerPerson(person, from)])
  const { identity } = person
  tx.later(
    `insert into person (id, sex, born_from, born_to, citizenship, child_on, registered_at, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      id,
      person.sex,
      year(identity.birth?.from),
      year(identity.birth?.to),
      person.citizenship,
      person.adult === true ? null : tiranaDay(tx.stamp.occurredAt),
      tx.stamp.now,
      version,
    ],
  )
  tx.later(
    `insert into person_named (id, given_name, family_name, other_names, father_name, mother_name, birth_from, birth_to, birth_said,
       birth_place, address, contact, name_key, sounds)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [id, ...namedValues(identity)],
  )
  tx.later('insert into person_sensitive (id) values ($1)', [id])
  return id
}

const namedValues = (identity: PersonIdentity): unknown[] => [
  identity.givenName,
  identity.familyName,
  identity.otherNames,
  identity.fatherName,
  identity.motherName,
  identity.birth?.from ?? null,
  identity.birth?.to ?? null,
  identity.birth?.said ?? null,
  identity.birthPlace,
  identity.address,
  identity.contact,
  nameKey(allNames(identity)),
  phoneticKeys(allNames(identity)),
]

interface Row {
  readonly id: Uuid
  readonly sex: Sex
  readonly citizenship: string | null
  readonly child_on: Day | null
  readonly version: number
}
interface NamedRow {
  readonly given_name: string | null
  readonly family_name: string | null
  readonly other_names: string | null
  readonly father_name: string | null
  readonly mother_name: string | null
  readonly birth_from: Day | null
  readonly birth_to: Day | null
  readonly birth_said: string | null
  readonly birth_place: string | null
  readonly address: string | null
  readonly contact: string | null
}
interface SensitiveRow {
  readonly sealed: Buffer | null
}

const birthOf = (row: NamedRow): PartialDate | null =>
  row.birth_from === null || row.birth_to === null
    ? null
    : { from: row.birth_from, to: row.birth_to, said: row.birth_said ?? '' }

const identityOf = (row: NamedRow): PersonIdentity => ({
  givenName: row.given_name,
  familyName: row.family_name,
  otherNames: row.other_names,
  fatherName: row.father_name,
  motherName: row.mother_name,
  birth: birthOf(row),
  birthPlace: row.birth_place,
  address: row.address,
  contact: row.contact,
})

const nothingKnown: PersonSensitive = {
  personalNumber: null,
  disability: null,
  minority: null,
  birthRegistered: null,
}
/** The sensitive facts lie together, sealed as one value. */
export const sensitivePlace = (id: Uuid): Place => ({
  record: { kind: 'person', id },
  tier: 'T4',
  at: id,
  name: 'person_sensitive',
})
const sensitiveOf = async (tx: Tx, id: Uuid, row: SensitiveRow): Promise<PersonSensitive> => {
  if (row.sealed === null) return nothingKnown
  const place = sensitivePlace(id)
  return openBytes(await findKey(tx, place.record), place, row.sealed) as unknown as PersonSensitive
}

export interface SeenPerson extends Omit<Person, 'identity'> {
  readonly identity: PersonIdentity | null
}

/** The person as far as the actor may see it: each tier that is out of reach is null. */
export const findPerson = async (tx: Tx, id: Uuid, lock = false): Promise<SeenPerson | undefined> => {
  const [[row], [named], [sensitive]] = await Promise.all([
    tx.sql<Row>(
      `select id, sex, citizenship, child_on, version from person where id = $1${lock ? ' for update' : ''}`,
      [id],
    ),
    tx.sql<NamedRow>(
      `select given_name, family_name, other_names, father_name, mother_name, birth_from, birth_to, birth_said, birth_place, address,
         contact from person_named where id = $1`,
      [id],
    ),
    tx.sql<SensitiveRow>('select sealed from person_sensitive where id = $1', [id]),
  ])
  if (row === undefined) return undefined
  return {
    id: row.id,
    version: row.version,
    sex: row.sex,
    citizenship: row.citizenship,
    childOn: row.child_on,
    identity: named === undefined ? null : identityOf(named),
    sensitive: sensitive === undefined ? null : await sensitiveOf(tx, id, sensitive),
  }
}

/** Locked for a correction: without the identified core in reach it reads as absent. */
export const lockPerson = async (tx: WriteTx, id: Uuid): Promise<Person> => {
  const person = await findPerson(tx, id, true)
  if (person === undefined || person.identity === null) throw notFound()
  return { ...person, identity: person.identity }
}

/** `sensitive` is given where it was corrected: appending that correction has opened the person's key. */
export const savePerson = (
  tx: WriteTx,
  person: Omit<Person, 'sensitive'>,
  version: number,
  sensitive: PersonSensitive | null,
): void => {
  const { identity } = person
  tx.later(
    'update person set sex = $2, born_from = $3, born_to = $4, citizenship = $5, version = $6 where id = $1',
    [
      person.id,
      person.sex,
      year(identity.birth?.from),
      year(identity.birth?.to),
      person.citizenship,
      version,
    ],
  )
  tx.later(
    `update person_named set given_name = $2, family_name = $3, other_names = $4, father_name = $5, mother_name = $6, birth_from = $7,
       birth_to = $8, birth_said = $9, birth_place = $10, address = $11, contact = $12, name_key = $13, sounds = $14 where id = $1`,
    [person.id, ...namedValues(identity)],
  )
  if (sensitive === null) return
  const place = sensitivePlace(person.id)
  tx.later('update person_sensitive set sealed = $2 where id = $1', [
    person.id,
    sealBytes(openedKey(tx, place.record), place, sensitive),
  ])
}
