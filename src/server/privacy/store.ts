/** What the registers of data protection share: their words, their codes, the case that is meant. */
import { randomInt } from 'node:crypto'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { DomainEvent, Facts, Uuid } from '#domain/core.ts'
import type { FarCase } from '#domain/privacy/access.ts'
import { hashTerm, recordAccess } from '../access.ts'
import { append } from '../append.ts'
import type { Context } from '../context.ts'
import { uuidv7 } from '../ids.ts'
import type { Tx, WriteTx } from '../tx.ts'

export type PrivacyKind =
  | 'break_glass'
  | 'access_grant'
  | 'legal_hold'
  | 'erasure_order'
  | 'data_request'
  | 'data_breach'

/** Appends, and keeps what was said in words beside the row; returns the new version. */
export const recordPrivacy = async (
  tx: WriteTx,
  record: { readonly kind: PrivacyKind; readonly id: Uuid; readonly version: number },
  events: readonly DomainEvent<string, Facts>[],
): Promise<number> => {
  const version = await append(tx, record, events)
  for (const event of events)
    for (const part of event.parts ?? [])
      tx.later(
        'insert into privacy_text (id, record_kind, record_id, name, body, by_id, at) values ($1, $2, $3, $4, $5, $6, $7)',
        [uuidv7(), record.kind, record.id, part.name, part.body, tx.actor.userId, tx.now],
      )
  return version
}

/** SQL for the words of the row `alias`, oldest first. */
export const wordsSql = (alias: string): string =>
  `coalesce((select jsonb_agg(jsonb_build_object('name', w.name, 'body', w.body,
     'at', to_char(w.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by w.at, w.id)
   from privacy_text w where w.record_id = ${alias}.id), '[]') as words`
export const unitSql = (alias: string): string =>
  `jsonb_build_object('sq', ${alias}.name_sq, 'en', ${alias}.name_en) as unit`

interface FarRow {
  readonly id: Uuid
  readonly code: string
  readonly person_id: Uuid
  readonly unit_id: Uuid
}
/** The case of this code or id, whoever's it is; looked for outside of one's scope, and so always recorded. */
export const findFar = async (
  tx: Tx,
  ctx: Pick<Context, 'secret'> | null,
  by: { readonly code?: string | undefined; readonly id?: Uuid | undefined },
): Promise<FarCase | null> => {
  const [row] = await tx.sql<FarRow>('select * from case_to_open($1, $2)', [by.code ?? null, by.id ?? null])
  recordAccess(tx, {
    act: 'search',
    kind: 'case_file',
    ids: row === undefined ? [] : [row.id],
    tier: 'T2',
    code: row === undefined ? 'no_hit' : 'hit',
    ...(ctx === null || by.code === undefined ? {} : { term: hashTerm(ctx, by.code) }),
  })
  return row === undefined
    ? null
    : { id: row.id, code: row.code, personId: row.person_id, unitId: row.unit_id }
}

/** The same for a file of the track: an adult's by its own code, for the data protection officer alone. */
export const findFile = async (
  tx: Tx,
  code: string,
): Promise<(FarCase & { readonly kind: 'case_file' | 'nrm_file' }) | null> => {
  if (!code.startsWith('MKR-')) {
    const far = await findFar(tx, null, { code })
    return far === null ? null : { ...far, kind: 'case_file' }
  }
  const [row] = await tx.sql<FarRow>('select * from nrm_to_hold($1)', [code])
  recordAccess(tx, {
    act: 'search',
    kind: 'nrm_file',
    ids: row === undefined ? [] : [row.id],
    tier: 'T2',
    code: row === undefined ? 'no_hit' : 'hit',
  })
  return row === undefined
    ? null
    : { id: row.id, code: row.code, personId: row.person_id, unitId: row.unit_id, kind: 'nrm_file' }
}

/** The highest tier at which the policies show this case to the actor now: 0, 2 or 3 (and above). */
export const tierNow = async (tx: Tx, caseId: Uuid): Promise<0 | 2 | 3> => {
  const [row] = await tx.sql<{ tier: 0 | 2 | 3 }>(
    `select case when exists (select 1 from case_file_named where id = $1) then 3
       when exists (select 1 from case_file where id = $1) then 2 else 0 end as tier`,
    [caseId],
  )
  return row?.tier ?? 0
}

const letters = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
/** A code to be read out and written on paper; taken ones fail on the table's own constraint. */
export const newCode = (tx: Tx, prefix: 'KD' | 'SHD'): string =>
  `${prefix}-${tiranaDay(tx.now).slice(0, 4)}-${Array.from({ length: 6 }, () => letters[randomInt(letters.length)]).join('')}`
