/** Contacts abroad and agreements: commands and lists. */
import { addDays, tiranaDay } from '#domain/clock/tirana.ts'
import type { Day, Instant, Uuid } from '#domain/core.ts'
import {
  agreementState,
  type Counterpart,
  type CounterpartKind,
  decideCheckKeys,
  decideSetAgreement,
  decideSetCounterpart,
  decideSetKeys,
  keepsContacts,
  takesRevocations,
  usable,
} from '#domain/packet/counterpart.ts'
import { listIsNewer } from '#domain/packet/manifest.ts'
import {
  CheckCounterpartKeys,
  ListAgreements,
  ListCounterparts,
  OwnKeys,
  SetAgreement,
  SetCounterpart,
  SetCounterpartKeys,
  TakeRevocations,
} from '#wire/packet.ts'
import { recordAccess } from '../access.ts'
import { append } from '../append.ts'
import { command, done, mustBeFresh, mustBeFreshOrNew, type Outcome, refused } from '../command.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'
import { nameCursor, readNameCursor } from '../net/lists.ts'
import { invalid, notFound } from '../problem.ts'
import type { Tx, WriteTx } from '../tx.ts'
import { cardText, readCard, readList } from './container.ts'
import { verifyJws } from './jose.ts'
import { cardOf, fingerprintOf, openName, signName } from './keys.ts'
import { packetLaw } from './law.ts'
import { listState, ownCountry } from './open.ts'

interface Row {
  readonly id: Uuid
  readonly version: number
  readonly country: string
  readonly kind: CounterpartKind
  readonly institution: string
  readonly contact_name: string | null
  readonly contact_post: string | null
  readonly email: string | null
  readonly phone: string | null
  readonly languages: string[]
  readonly valid_from: Day
  readonly valid_to: Day | null
  readonly fingerprint: string | null
  readonly sign_name: string | null
  readonly keys_by: Uuid | null
  readonly checked_by: Uuid | null
  readonly checked_at: Instant | null
  readonly lists_url: string | null
}
const columns = `c.id, c.version, c.country, c.kind, c.institution, c.contact_name, c.contact_post, c.email, c.phone, c.languages,
  c.valid_from, c.valid_to, c.fingerprint, c.sign_name, c.keys_by, c.checked_by, c.checked_at, c.lists_url`

export const toCounterpart = (row: Row): Counterpart => ({
  id: row.id,
  version: row.version,
  country: row.country,
  validFrom: row.valid_from,
  validTo: row.valid_to,
  fingerprint: row.fingerprint,
  keysBy: row.keys_by,
  checkedBy: row.checked_by,
})
const lock = async (tx: WriteTx, id: Uuid): Promise<Row | undefined> =>
  (await tx.sql<Row>(`select ${columns} from counterpart c where c.id = $1 for update`, [id]))[0]

const setCounterpart = command('counterpart.set', SetCounterpart, async (tx, cmd) => {
  const { body, recordId: id } = cmd
  const known = keepsContacts(tx.actor) ? await lock(tx, id) : undefined
  const decision = decideSetCounterpart(body, await ownCountry(tx), tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  // A key is of a country: the entry keeps its own once one is there.
  if (known !== undefined && known.fingerprint !== null && known.country !== body.country)
    return refused({ code: 'packet_card_country', field: 'country' })
  if (known !== undefined) await mustBeFreshOrNew(tx, 'counterpart', cmd, ['entry'])
  const version = await append(tx, { kind: 'counterpart', id, version: known?.version ?? 0 }, decision.events)
  const values = [
    id,
    version,
    body.country,
    body.kind,
    body.institution,
    body.contactName,
    body.contactPost,
    body.email,
    body.phone,
    body.languages,
    body.validFrom,
    body.validTo,
    body.listsUrl,
  ]
  tx.later(
    known === undefined
      ? `insert into counterpart (id, version, country, kind, institution, contact_name, contact_post, email, phone, languages, valid_from,
           valid_to, lists_url) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`
      : `update counterpart set version = $2, country = $3, kind = $4, institution = $5, contact_name = $6, contact_post = $7, email = $8,
           phone = $9, languages = $10, valid_from = $11, valid_to = $12, lists_url = $13 where id = $1`,
    values,
  )
  return done({ recordId: id, version })
})

const setKeys = command('counterpart.set_keys', SetCounterpartKeys, async (tx, cmd) => {
  const row = await lock(tx, cmd.recordId)
  if (row === undefined) throw notFound()
  await mustBeFresh(tx, 'counterpart', cmd, ['keys'])
  const card = readCard(cmd.body.card)
  if (card === null) return refused({ code: 'packet_card', field: 'card' })
  const country = await ownCountry(tx)
  const fingerprint = fingerprintOf(card)
  const own = fingerprintOf({ ...cardOf(country, tx.keys.country), country: card.country })
  const decision = decideSetKeys(toCounterpart(row), { country: card.country, fingerprint }, own, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const [other] = await tx.sql('select 1 from counterpart where sign_name = $1 and id <> $2', [
    signName(card),
    row.id,
  ])
  if (other !== undefined) return refused({ code: 'packet_key_of_other', field: 'card' })
  const version = await append(tx, { kind: 'counterpart', id: row.id, version: row.version }, decision.events)
  tx.later(
    `update counterpart set version = $2, sign_key = $3, open_key = $4, sign_name = $5, open_name = $6, fingerprint = $7, keys_by = $8,
       keys_at = $9, checked_by = null, checked_at = null where id = $1`,
    [
      row.id,
      version,
      card.sign,
      card.open,
      signName(card),
      openName(card),
      fingerprint,
      tx.actor.userId,
      tx.now,
    ],
  )
  return done({ recordId: row.id, version })
})

const checkKeys = command('counterpart.check_keys', CheckCounterpartKeys, async (tx, cmd) => {
  const row = await lock(tx, cmd.recordId)
  if (row === undefined) throw notFound()
  await mustBeFresh(tx, 'counterpart', cmd, ['keys'])
  const decision = decideCheckKeys(toCounterpart(row), cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(tx, { kind: 'counterpart', id: row.id, version: row.version }, decision.events)
  tx.later('update counterpart set version = $2, checked_by = $3, checked_at = $4 where id = $1', [
    row.id,
    version,
    tx.actor.userId,
    tx.now,
  ])
  return done({ recordId: row.id, version })
})

/** Whose list it is, it says itself: record id is that contact's, or anything where the file alone is known (`findIssuer`). */
export const takeList = async (tx: WriteTx, text: string): Promise<Outcome> => {
  if (!takesRevocations(tx.actor)) return refused({ code: 'not_allowed' })
  const read = readList(Buffer.from(text, 'utf8'))
  if (!read.ok) return refused({ code: read.fault, field: 'list' })
  const { list, jws } = read.value
  const [issuer] = await tx.sql<Row & { sign_key: string }>(
    `select ${columns}, c.sign_key from counterpart c where c.sign_name = $1 for update`,
    [list.key],
  )
  if (issuer === undefined) return refused({ code: 'packet_issuer_unknown', field: 'list' })
  if (!verifyJws(jws, issuer.sign_key) || issuer.country !== list.country)
    return refused({ code: 'packet_forged', field: 'list' })
  if (issuer.checked_by === null) return refused({ code: 'packet_issuer_unconfirmed', field: 'list' })
  if (Date.parse(list.madeAt) > Date.parse(tx.now) + 600_000)
    return refused({ code: 'packet_not_yet', field: 'list' })
  const [known] = await tx.sql<{ made_at: Instant }>(
    'select made_at from revocation_list where issuer = $1',
    [list.key],
  )
  if (known?.made_at === list.madeAt)
    return done({
      recordId: issuer.id,
      version: issuer.version,
      reply: { added: 0, revoked: list.revoked.length },
    })
  if (!listIsNewer(list.madeAt, known?.made_at ?? null))
    return refused({ code: 'packet_list_older', field: 'list' })
  const hashes = list.revoked.map((one) => one.packet)
  const [before] = await tx.sql<{ n: number }>(
    'select count(*)::int as n from revocation where issuer = $1 and packet = any ($2::text[])',
    [list.key, hashes],
  )
  const added = new Set(hashes).size - (before?.n ?? 0)
  const version = await append(tx, { kind: 'counterpart', id: issuer.id, version: issuer.version }, [
    {
      type: 'RevocationsTaken',
      v: 1,
      facts: { madeAt: list.madeAt, revoked: list.revoked.length, added },
    },
  ])
  tx.later('update counterpart set version = $2 where id = $1', [issuer.id, version])
  tx.later(
    `insert into revocation (issuer, packet, counterpart_id, at)
     select $1, r.packet, $2, min(r.at) from jsonb_to_recordset($3::jsonb) as r (packet text, at timestamptz) group by r.packet
     on conflict do nothing`,
    [list.key, issuer.id, JSON.stringify(list.revoked)],
  )
  tx.later(
    `insert into revocation_list (issuer, counterpart_id, made_at, taken_at, taken_by, revoked) values ($1, $2, $3, $4, $5, $6)
     on conflict (issuer) do update set made_at = excluded.made_at, taken_at = excluded.taken_at, taken_by = excluded.taken_by,
       revoked = excluded.revoked, counterpart_id = excluded.counterpart_id`,
    [list.key, issuer.id, list.madeAt, tx.now, tx.actor.userId, list.revoked.length],
  )
  return done({ recordId: issuer.id, version, reply: { added, revoked: list.revoked.length } })
}
const takeRevocations = command('packet.take_revocations', TakeRevocations, (tx, cmd) =>
  takeList(tx, cmd.body.list),
)

const setAgreement = command('agreement.set', SetAgreement, async (tx, cmd) => {
  const { body, recordId: id } = cmd
  const decision = decideSetAgreement(body, await ownCountry(tx), tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const [known] = await tx.sql<{ version: number; country: string }>(
    'select version, country from agreement where id = $1 for update',
    [id],
  )
  // With whom it was made is what it is; with another country it is another agreement.
  if (known !== undefined && known.country !== body.country)
    throw invalid({ field: 'body.body.country', code: 'custom' })
  if (body.counterpartId !== null) {
    const [contact] = await tx.sql('select 1 from counterpart where id = $1 and country = $2', [
      body.counterpartId,
      body.country,
    ])
    if (contact === undefined) throw invalid({ field: 'body.body.counterpartId', code: 'unknown_code' })
  }
  if (body.ownUnitId !== null) {
    const [unit] = await tx.sql('select 1 from unit where id = $1 and active', [body.ownUnitId])
    if (unit === undefined) throw invalid({ field: 'body.body.ownUnitId', code: 'unknown_code' })
  }
  if (known !== undefined) await mustBeFreshOrNew(tx, 'agreement', cmd, ['entry'])
  const version = await append(tx, { kind: 'agreement', id, version: known?.version ?? 0 }, decision.events)
  tx.later(
    known === undefined
      ? `insert into agreement (id, version, country, title, parties, document, signed_on, valid_from, valid_to, counterpart_id, own_unit_id,
           ended_on) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`
      : `update agreement set version = $2, title = $4, parties = $5, document = $6, signed_on = $7, valid_from = $8,
           valid_to = $9, counterpart_id = $10, own_unit_id = $11, ended_on = $12
           where id = $1 and country = $3`,
    [
      id,
      version,
      body.country,
      body.title,
      body.parties,
      body.document,
      body.signedOn,
      body.validFrom,
      body.validTo,
      body.counterpartId,
      body.ownUnitId,
      body.endedOn,
    ],
  )
  return done({ recordId: id, version })
})

const nameOfUser = async (tx: Tx, ids: readonly (Uuid | null)[]): Promise<Map<string, string>> => {
  const asked = ids.filter((id) => id !== null)
  const rows =
    asked.length === 0
      ? []
      : await tx.sql<{ id: Uuid; name: string }>(
          'select id, display_name as name from app_user where id = any ($1::uuid[])',
          [asked],
        )
  return new Map(rows.map((row) => [row.id, row.name]))
}

const listCounterparts = endpoint({
  method: 'GET',
  url: '/api/counterparts',
  wire: ListCounterparts,
  handle: async (tx, { query }) => {
    const [afterName, afterId] = readNameCursor(query.cursor)
    const today = tiranaDay(tx.now)
    const rows = await tx.sql<Row & { made_at: Instant | null; taken_at: Instant; revoked: number }>(
      `select ${columns}, l.made_at, l.taken_at, l.revoked from counterpart c left join revocation_list l on l.issuer = c.sign_name
       where ($1::text is null or c.country = $1) and ($2::text is null or (c.country || ' ' || c.institution, c.id) > ($2, $3::uuid))
       order by c.country || ' ' || c.institution, c.id limit $4`,
      [query.country ?? null, afterName, afterId, query.limit + 1],
    )
    const page = rows.slice(0, query.limit)
    const last = page.at(-1)
    const names = await nameOfUser(
      tx,
      page.flatMap((row) => [row.keys_by, row.checked_by]),
    )
    recordAccess(tx, { act: 'list', kind: 'counterpart', ids: page.map((row) => row.id), tier: 'T3' })
    const keeps = keepsContacts(tx.actor)
    return {
      items: page.map((row) => ({
        id: row.id,
        version: row.version,
        country: row.country,
        kind: row.kind,
        institution: row.institution,
        contactName: row.contact_name,
        contactPost: row.contact_post,
        email: row.email,
        phone: row.phone,
        languages: row.languages,
        validFrom: row.valid_from,
        validTo: row.valid_to,
        listsUrl: row.lists_url,
        fingerprint: row.fingerprint,
        keysBy: row.keys_by === null ? null : (names.get(row.keys_by) ?? null),
        checkedBy: row.checked_by === null ? null : (names.get(row.checked_by) ?? null),
        checkedAt: row.checked_at,
        list: row.made_at === null ? null : listState({ ...row, made_at: row.made_at }, tx.now),
        inForce: row.valid_from <= today && (row.valid_to === null || row.valid_to >= today),
        may: keeps
          ? [
              'change' as const,
              'set_keys' as const,
              ...(row.fingerprint !== null && row.checked_by === null && row.keys_by !== tx.actor.userId
                ? (['check_keys'] as const)
                : []),
              ...(usable(toCounterpart(row), today) ? (['take_list'] as const) : []),
            ]
          : [],
      })),
      next:
        rows.length > query.limit && last !== undefined
          ? nameCursor(`${last.country} ${last.institution}`, last.id)
          : null,
    }
  },
})

const listAgreements = endpoint({
  method: 'GET',
  url: '/api/agreements',
  wire: ListAgreements,
  handle: async (tx, { query }) => {
    const [afterName, afterId] = readNameCursor(query.cursor)
    const today = tiranaDay(tx.now)
    const rows = await tx.sql<{
      id: Uuid
      version: number
      country: string
      title: string
      parties: string
      document: string | null
      signedOn: Day
      validFrom: Day
      validTo: Day | null
      counterpartId: Uuid | null
      counterpart: string | null
      ownUnitId: Uuid | null
      endedOn: Day | null
      at: string
    }>(
      `select * from (select a.id, a.version, a.country, a.title, a.parties, a.document, a.signed_on as "signedOn", a.valid_from as "validFrom",
         a.valid_to as "validTo", a.counterpart_id as "counterpartId", c.institution as counterpart, a.own_unit_id as "ownUnitId",
         a.ended_on as "endedOn", case when coalesce(a.ended_on, a.valid_to) < $4 then '2' when a.valid_to is null then '1' else '0' || a.valid_to end as at
         from agreement a left join counterpart c on c.id = a.counterpart_id) x
       where ($1::text is null or (x.at, x.id) > ($1, $2::uuid)) order by x.at, x.id limit $3`,
      [afterName, afterId, query.limit + 1, today],
    )
    const page = rows.slice(0, query.limit)
    const last = page.at(-1)
    recordAccess(tx, { act: 'list', kind: 'agreement', ids: page.map((row) => row.id), tier: 'T2' })
    const warnUntil = addDays(today, packetLaw.agreementWarnDays)
    return {
      items: page.map(({ at: _at, ...row }) => ({
        ...row,
        state: agreementState(row, today, warnUntil),
        mayChange: keepsContacts(tx.actor),
      })),
      next: rows.length > query.limit && last !== undefined ? nameCursor(last.at, last.id) : null,
    }
  },
})

const ownKeys = endpoint({
  method: 'GET',
  url: '/api/packets/own-keys',
  wire: OwnKeys,
  handle: async (tx) => {
    const country = await ownCountry(tx)
    const card = cardOf(country, tx.keys.country)
    return { country, card: cardText(card), fingerprint: fingerprintOf(card) }
  },
})

export const contactCommands = [setCounterpart, setKeys, checkKeys, takeRevocations, setAgreement]
export const contactEndpoints: readonly Endpoint[] = [listCounterparts, listAgreements, ownKeys]
