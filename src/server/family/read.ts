/** The family of a case, prepared for its reader: brothers and sisters only as far as their own cases are open. */

import type { z } from 'zod'
import { caseTier, scopeOf } from '#domain/case/policy.ts'
import type { Day, Uuid } from '#domain/core.ts'
import { familyBar } from '#domain/family/inform.ts'
import { CaseFamily } from '#wire/family.ts'
import { recordAccess } from '../access.ts'
import { asText, type Words, wordsUnder } from '../case/beside.ts'
import { type CaseFileRow, getCase, stateOf } from '../case/store.ts'
import { endpoint } from '../endpoint.ts'
import { notFound } from '../problem.ts'
import type { Tx } from '../tx.ts'
import { familyOfCase, worksOn } from './store.ts'

type View = z.input<typeof CaseFamily.reply>
type Shown = NonNullable<View['family']>

interface Household {
  readonly version: number
  readonly address: string | null
  readonly housing: Shown['housing']
  readonly remark: string | null
}
interface NameRow {
  readonly id: Uuid
  readonly name: string | null
}

/** Bounded: a household of a hundred people is a mistake. */
const most = 100

const view = async (tx: Tx, id: Uuid): Promise<View['family']> => {
  const [[household], states, members, relations] = await Promise.all([
    tx.sql<Household>(
      'select f.version, n.address, n.housing, n.remark from family f left join family_named n on n.id = f.id where f.id = $1',
      [id],
    ),
    tx.sql<CaseFileRow>(
      `select c.* from family_case f join case_file c on c.id = f.case_id where f.family_id = $1 and f.left_at is null
       order by f.joined_at, f.id limit ${most}`,
      [id],
    ),
    tx.sql<Omit<Shown['members'][number], 'name'> & { name: string | null }>(
      `select id, person_id as "personId", name, sex, born_year as "bornYear", phone, remark, alleged, other_side as "otherSide"
       from family_person where family_id = $1 order by at, id limit ${most}`,
      [id],
    ),
    tx.sql<Shown['relations'][number]>(
      `select id, from_id as "fromId", to_id as "toId", kind, guardian, lives_with as "livesWith", contact, from_day as "from",
         until_day as "until", ended_at is not null as ended
       from family_relation where family_id = $1 order by ended_at is not null, at, id limit ${most * 4}`,
      [id],
    ),
  ])
  if (household === undefined) return null
  const cases = states.map(stateOf)
  const names = await tx.sql<NameRow>(
    `select id, nullif(concat_ws(' ', given_name, family_name), '') as name from person_named where id = any ($1::uuid[])`,
    [[...cases.map((one) => one.personId), ...members.flatMap((one) => one.personId ?? [])]],
  )
  const nameOf = new Map(names.map((row) => [row.id, row.name]))
  const stays = (one: { readonly personId: Uuid | null }) =>
    one.personId === null || cases.some((known) => known.personId === one.personId)
  const memberOf = new Map(members.map((one) => [one.personId, one.id]))
  return {
    id,
    ...household,
    cases: cases.map((one) => ({
      caseId: one.id,
      code: one.code,
      status: one.status,
      child: nameOf.get(one.personId) ?? null,
      memberId: memberOf.get(one.personId) ?? null,
      works: worksOn(tx, one),
    })),
    // A child whose case has left the family left it, too.
    members: members.filter(stays).map((one) => ({
      ...one,
      name: one.personId === null ? one.name : (nameOf.get(one.personId) ?? null),
    })),
    relations,
  }
}

interface RepresentativeRow {
  readonly id: Uuid
  readonly kind: View['representatives'][number]['kind']
  readonly basis: View['representatives'][number]['basis']
  readonly memberId: Uuid | null
  readonly from: Day
  readonly until: Day | null
  readonly endedOn: Day | null
  readonly endReason: View['representatives'][number]['endReason']
}
interface NoticeRow {
  readonly id: Uuid
  readonly means: View['notices'][number]['means']
  readonly on: Day
  readonly memberId: Uuid | null
  readonly at: string
}

const representative = (row: RepresentativeRow, words: Words): View['representatives'][number] => {
  const said = words(row.id, 'representative')
  const of = (key: string): string | null => {
    const value: unknown = said !== null && typeof said === 'object' ? Reflect.get(said, key) : null
    return typeof value === 'string' ? value : null
  }
  return { ...row, name: of('name'), phone: of('phone'), act: of('act') }
}

export const caseFamily = endpoint({
  method: 'GET',
  url: '/api/cases/{id}/family',
  wire: CaseFamily,
  handle: async (tx, { params }) => {
    const s = await getCase(tx, params.id)
    const tier = caseTier(tx.actor, scopeOf(s))
    if (tier === 0) throw notFound()
    const familyId = await familyOfCase(tx, s.id)
    const [family, representatives, notices] = await Promise.all([
      familyId === null ? null : view(tx, familyId),
      tx.sql<RepresentativeRow>(
        `select id, kind, basis, member_id as "memberId", from_day as "from", until_day as "until", ended_on as "endedOn",
           end_reason as "endReason"
         from representative where case_id = $1 order by ended_on is not null, at desc, id limit ${most}`,
        [s.id],
      ),
      tx.sql<NoticeRow>(
        `select id, means, on_day as "on", member_id as "memberId", at from family_notice where case_id = $1
         order by on_day desc, id limit ${most}`,
        [s.id],
      ),
    ])
    const words = await wordsUnder(
      tx,
      s.id,
      [...representatives, ...notices].map((row) => row.id),
    )
    recordAccess(tx, {
      act: 'read',
      kind: 'case_file',
      ids: [s.id],
      tier: tier === 2 ? 'T2' : 'T3',
    })
    const others = (family?.cases ?? []).filter((one) => one.caseId !== s.id).map((one) => one.caseId)
    if (others.length > 0)
      recordAccess(tx, { act: 'list', kind: 'case_file', ids: others, tier: tier === 2 ? 'T2' : 'T3' })
    return {
      mayInform: familyBar(s) === null,
      family,
      representatives: representatives.map((row) => representative(row, words)),
      notices: notices.map((row) => ({ ...row, text: asText(words(row.id, 'text')) })),
    }
  },
})
