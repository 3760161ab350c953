/** Reading and correcting what is known of a person, and finding persons by part of a name. */
import type { PersonIdentity, PersonSensitive } from '#domain/person.ts'
import { decideCorrection } from '#domain/person.ts'
import { CorrectPerson, ReadPerson } from '#wire/person.ts'
import { recordAccess } from '../access.ts'
import { append } from '../append.ts'
import { command, done, mustBeFresh, refused } from '../command.ts'
import { endpoint } from '../endpoint.ts'
import { notFound } from '../problem.ts'
import { mergeCommands } from './merge.ts'
import { sameEndpoints } from './same.ts'
import { ask, search } from './search.ts'
import { findPerson, lockPerson, savePerson } from './store.ts'

const readPerson = endpoint({
  method: 'GET',
  url: '/api/persons/{id}',
  wire: ReadPerson,
  handle: async (tx, { params }) => {
    const person = await findPerson(tx, params.id)
    if (person === undefined) throw notFound()
    const tier = person.sensitive ? 'T4' : person.identity ? 'T3' : 'T2'
    recordAccess(tx, { act: 'read', kind: 'person', ids: [person.id], tier })
    const { childOn: _childOn, ...seen } = person
    return seen
  },
})

type Given<T> = { readonly [K in keyof T]?: T[K] | undefined }
/** Over what is known, what was given; a field left out stays. */
const over = <T extends object>(known: T, given: Given<T> | undefined): T => ({
  ...known,
  ...Object.fromEntries(Object.entries(given ?? {}).filter(([, value]) => value !== undefined)),
})

const correctPerson = command('person.correct', CorrectPerson, async (tx, cmd) => {
  const person = await lockPerson(tx, cmd.recordId)
  const { sex, citizenship, identity, sensitive } = cmd.body
  if (sensitive !== undefined && person.sensitive === null)
    return refused({ code: 'not_allowed', field: 'sensitive' })
  const writes = [
    ...(sex === undefined ? [] : ['sex']),
    ...(citizenship === undefined ? [] : ['citizenship']),
    ...Object.keys(identity ?? {}),
    ...Object.keys(sensitive ?? {}),
  ]
  await mustBeFresh(tx, 'person', cmd, writes)
  const decision = decideCorrection(person, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(
    tx,
    { kind: 'person', id: person.id, version: person.version },
    decision.events,
  )
  savePerson(
    tx,
    {
      ...person,
      sex: sex ?? person.sex,
      citizenship: citizenship === undefined ? person.citizenship : citizenship,
      identity: over<PersonIdentity>(person.identity, identity),
    },
    version,
    person.sensitive === null || sensitive === undefined
      ? null
      : over<PersonSensitive>(person.sensitive, sensitive),
  )
  return done({ recordId: person.id, version })
})

export const personCommands = [correctPerson, ...mergeCommands]
export const personEndpoints = [readPerson, ...sameEndpoints, ask, search]
