/**
 * A person is national and known to a unit only through its cases. What is known of a person is corrected, never
 * silently replaced: each correction says why.
 */

import { tiranaDay } from './clock/tirana.ts'
import {
  type Day,
  type Decision,
  type DomainEvent,
  type Part,
  refuse,
  type Stamp,
  type Uuid,
} from './core.ts'
import { certainlyAdult, certainlyChild, type PartialDate, partialDateFault } from './partial-date.ts'
import type { Sex } from './report/body.ts'

/** The identified core (T3). Null means not known; names are kept exactly as given. */
export type PersonIdentity = {
  readonly givenName: string | null
  readonly familyName: string | null
  readonly otherNames: string | null
  readonly fatherName: string | null
  readonly motherName: string | null
  readonly birth: PartialDate | null
  readonly birthPlace: string | null
  readonly address: string | null
  readonly contact: string | null
}

/** Sensitive facts (T4). Minority only as self-declared. */
export type PersonSensitive = {
  readonly personalNumber: string | null
  readonly disability: string | null
  readonly minority: string | null
  readonly birthRegistered: boolean | null
}

export interface Person {
  readonly id: Uuid
  readonly version: number
  readonly sex: Sex
  readonly citizenship: string | null
  /** Day on which the person came into the register as a child; null for adults. */
  readonly childOn: Day | null
  readonly identity: PersonIdentity
  readonly sensitive: PersonSensitive | null
}

export type PersonRegistered = DomainEvent<
  'PersonRegistered',
  {
    readonly sex: Sex
    readonly citizenship: string | null
    readonly reportId: Uuid | null
    readonly childId: Uuid | null
  }
>
export type PersonCorrected = DomainEvent<'PersonCorrected', { readonly changed: readonly string[] }>
export type PersonEvent = PersonRegistered | PersonCorrected

const asPart = (name: string, body: object): Part => ({
  tier: 'T3',
  name,
  body: JSON.parse(JSON.stringify(body)),
})

/** A person enters the register when a report is accepted. */
export const registerPerson = (
  person: { readonly sex: Sex; readonly citizenship: string | null; readonly identity: PersonIdentity },
  from: { readonly reportId: Uuid | null; readonly childId: Uuid | null },
): PersonRegistered => ({
  type: 'PersonRegistered',
  v: 1,
  facts: { sex: person.sex, citizenship: person.citizenship, ...from },
  parts: [asPart('identity', person.identity)],
})

export type CorrectionBody = {
  readonly sex?: Sex | undefined
  readonly citizenship?: string | null | undefined
  readonly identity?: { readonly [K in keyof PersonIdentity]?: PersonIdentity[K] | undefined } | undefined
  readonly sensitive?: { readonly [K in keyof PersonSensitive]?: PersonSensitive[K] | undefined } | undefined
  readonly reason: string
}

/** Albanian personal number: letter, eight digits, letter. */
const personalNumber = /^[A-Z]\d{8}[A-Z]$/

const changedIn = (before: object | null, next: object | undefined): string[] =>
  Object.entries(next ?? {})
    .filter(([key, value]) => {
      const old = before === null ? null : (Reflect.get(before, key) ?? null)
      return value !== undefined && JSON.stringify(old) !== JSON.stringify(value)
    })
    .map(([key]) => key)

export const decideCorrection = (
  person: Person,
  body: CorrectionBody,
  stamp: Stamp,
): Decision<PersonEvent> => {
  const day = tiranaDay(stamp.now)
  const birth = body.identity?.birth
  if (birth) {
    const fault = partialDateFault(birth, 'identity.birth', day)
    if (fault) return { ok: false, refusal: fault }
    if (person.childOn !== null && certainlyAdult(birth, person.childOn))
      return refuse('child_is_adult', 'identity.birth')
    // Whoever turns out to be a child has a child's rights and a case: that begins with a report, not with a date.
    if (person.childOn === null && certainlyChild(birth, day))
      return refuse('nrm_person_is_child', 'identity.birth')
  }
  const number = body.sensitive?.personalNumber
  if (number && !personalNumber.test(number))
    return refuse('person_number_malformed', 'sensitive.personalNumber')
  const reason = body.reason.trim()
  if (reason === '') return refuse('reason_required', 'reason')
  const changed = [
    ...(body.sex !== undefined && body.sex !== person.sex ? ['sex'] : []),
    ...(body.citizenship !== undefined && body.citizenship !== person.citizenship ? ['citizenship'] : []),
    ...changedIn(person.identity, body.identity),
    ...changedIn(person.sensitive, body.sensitive),
  ]
  if (changed.length === 0) return refuse('person_nothing_changed')
  const parts: Part[] = [asPart('identity', { ...body.identity, reason })]
  if (body.sensitive)
    parts.push({ tier: 'T4', name: 'sensitive', body: JSON.parse(JSON.stringify(body.sensitive)) })
  return {
    ok: true,
    events: [{ type: 'PersonCorrected', v: 1, facts: { changed }, parts, touches: changed }],
  }
}
