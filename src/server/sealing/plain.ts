/**
 * What lay plain before values were sealed: sealed in place, batch by batch, each in a transaction of its own. Cut off, the
 * next start goes on; done, the tables' own constraints are proven and say so for good. No chain changes: a part's digest
 * stays that of its plain text, and its salt goes into the sealed value, so that nothing can be guessed from the digest.
 */
import type { Json, Uuid } from '#domain/core.ts'
import type { Context } from '../context.ts'
import { draftPlace } from '../draft/index.ts'
import { sensitivePlace } from '../person/store.ts'
import { sensitivePlace as packetPlace } from '../referral/store.ts'
import { reporterPlace } from '../report/store.ts'
import { systemTx, type WriteTx } from '../tx.ts'
import { type Later, type Place, sealBytes } from './index.ts'
import { keyFor } from './keys.ts'

const batch = 500

interface Kind {
  readonly table: string
  /** Seals some rows; returns how many. */
  readonly some: (tx: WriteTx) => Promise<number>
}

const seal = async (tx: WriteTx, place: Place, value: Json): Promise<Buffer> =>
  sealBytes(await keyFor(tx, place.record), place, value)

const parts = async (tx: WriteTx): Promise<number> => {
  const rows = await tx.sql<{
    event_id: Uuid
    tier: 'T4' | 'T5'
    name: string
    kind: string
    record_id: Uuid
    body: string
    salt: string
  }>(
    `select event_id, tier, name, kind, record_id, body::text as body, encode(salt, 'hex') as salt from event_part
      where tier <> 'T3' and not is_sealed(body) order by record_id, event_id limit ${batch} for update`,
  )
  for (const { event_id: at, tier, name, kind, record_id, body, salt } of rows) {
    const place: Place = { record: { kind, id: record_id }, tier, at, name }
    const value = await seal(tx, place, { salt, body } satisfies Later)
    tx.later(`update event_part set body = $4, salt = '' where event_id = $1 and tier = $2 and name = $3`, [
      at,
      tier,
      name,
      JSON.stringify({ sealed: value.toString('base64'), digest: 'plain' }),
    ])
  }
  return rows.length
}

/** Tables whose json column takes the sealed form: which place each row is, and how its row is found again. */
const json = (
  table: string,
  [column, record, at, name, row]: readonly [string, string, string, string, string],
  placeOf: (record: Uuid, at: Uuid, name: string) => Place,
): Kind => ({
  table,
  some: async (tx) => {
    const rows = await tx.sql<{ value: Json; record: Uuid; at: Uuid; name: string }>(
      `select ${column} as value, ${record} as record, ${at} as at, ${name} as name from ${table}
        where not is_sealed(${column}) order by ${record} limit ${batch} for update`,
    )
    for (const { value, record: of, at: where, name: called } of rows) {
      const sealed = await seal(tx, placeOf(of, where, called), value)
      tx.later(`update ${table} set ${column} = $3 where ${row}`, [
        where,
        called,
        JSON.stringify({ sealed: sealed.toString('base64') }),
      ])
    }
    return rows.length
  },
})

const ofCase = (id: Uuid, at: Uuid, name: string): Place => ({
  record: { kind: 'case_file', id },
  tier: 'T4',
  at,
  name,
})

const persons = async (tx: WriteTx): Promise<number> => {
  const rows = await tx.sql<{
    id: Uuid
    personalNumber: string | null
    disability: string | null
    minority: string | null
    birthRegistered: boolean | null
  }>(
    `select id, personal_number as "personalNumber", disability, minority, birth_registered as "birthRegistered" from person_sensitive
      where num_nonnulls(personal_number, disability, minority, birth_registered) > 0 limit ${batch} for update`,
  )
  for (const { id, ...facts } of rows)
    tx.later(
      `update person_sensitive set sealed = $2, personal_number = null, disability = null, minority = null, birth_registered = null
        where id = $1`,
      [id, await seal(tx, sensitivePlace(id), facts)],
    )
  return rows.length
}

const reporters = async (tx: WriteTx): Promise<number> => {
  const rows = await tx.sql<{
    id: Uuid
    reportId: Uuid
    name: string | null
    phone: string | null
    email: string | null
    relation: string | null
    safeTime: string | null
  }>(
    `select id, report_id as "reportId", name, phone, email, relation, safe_time as "safeTime" from report_reporter
      where sealed is null limit ${batch} for update`,
  )
  for (const { id, reportId, ...said } of rows)
    tx.later(
      `update report_reporter set sealed = $2, name = null, phone = null, email = null, relation = null, safe_time = null
        where id = $1`,
      [id, await seal(tx, reporterPlace(reportId, id), said)],
    )
  return rows.length
}

const drafts = async (tx: WriteTx): Promise<number> => {
  const rows = await tx.sql<{ user: Uuid; key: string; body: Json }>(
    `select user_id as user, key, body from draft where body is not null limit ${batch} for update`,
  )
  for (const { user, key, body } of rows)
    tx.later('update draft set sealed = $3, body = null where user_id = $1 and key = $2', [
      user,
      key,
      await seal(tx, draftPlace(user, key), body),
    ])
  return rows.length
}

const kinds: readonly Kind[] = [
  { table: 'event_part', some: parts },
  json('case_text_sensitive', ['body', 'case_id', 'id', 'name', 'id = $1 and name = $2'], ofCase),
  json(
    'answer_sensitive',
    ['value', 'case_id', 'assessment_id', 'question_key', 'assessment_id = $1 and question_key = $2'],
    ofCase,
  ),
  json(
    'referral_packet_sensitive',
    ['body', 'referral_id', 'referral_id', 'field', 'referral_id = $1 and field = $2'],
    (id, _at, name) => packetPlace(id, name),
  ),
  { table: 'person_sensitive', some: persons },
  { table: 'report_reporter', some: reporters },
  { table: 'draft', some: drafts },
]

export interface Unproven {
  readonly table: string
  readonly name: string
}

/** Returns how many values were sealed. */
export const sealPlain = async (
  ctx: Context,
  unproven: readonly Unproven[],
  say: (line: string) => void,
): Promise<number> => {
  let count = 0
  for (const { table, some } of kinds) {
    const constraint = unproven.find((one) => one.table === table)
    if (constraint === undefined) continue
    for (;;) {
      const done = await systemTx(ctx, 'owner', 'sealing: rows written before values were sealed', some)
      if (done === 0) break
      if (count === 0) say('sealing the sensitive values that were written before')
      count += done
    }
    await systemTx(ctx, 'owner', 'sealing: prove that nothing plain is left', (tx) =>
      tx.sql(`alter table ${table} validate constraint ${constraint.name}`),
    )
  }
  if (count > 0) say(`sealed ${count} sensitive values`)
  return count
}
