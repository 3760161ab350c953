/** Packets sent and opened: lists, one of each, the files themselves, and what a new one may begin from. */

import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Instant, Uuid } from '#domain/core.ts'
import { packetConsents, purposeFields } from '#domain/packet/packet.ts'
import { worksOnReturns } from '#domain/returns/decide.ts'
import {
  ListPackets,
  ListReceived,
  PacketDraftOf,
  type PacketView,
  ReadReceived,
  TakePacketFile,
  TakeReceivedPaper,
} from '#wire/packet.ts'
import { recordAccess } from '../access.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { type Download, download, type Endpoint, endpoint } from '../endpoint.ts'
import { pdfType } from '../pdf/document.ts'
import { notFound, Problem } from '../problem.ts'
import type { Tx } from '../tx.ts'
import { packetLaw } from './law.ts'
import { consentsOf, mustReachNrm } from './make.ts'
import { listOf } from './open.ts'
import { type ReceivedRow, receivedContent, receivedSql, stateOf } from './receive.ts'

type Row = Omit<PacketView, 'state' | 'may'> & { readonly named: boolean }

const listPackets = endpoint({
  method: 'GET',
  url: '/api/packets',
  wire: ListPackets,
  handle: async (tx, { query }) => {
    const after = readCursor(query.cursor)
    const rows = await tx.sql<Row>(
      `select p.id, p.version, p.packet_id as "packetId", p.nrm_id as "nrmId", p.return_id as "returnId", f.code, p.country, c.institution,
         p.purpose, p.fields, p.tier, p.ground, p.ground_ref as "groundRef", p.made_at as "madeAt", u.display_name as "madeBy",
         p.expires_at as "expiresAt", p.revoked_at as "revokedAt", p.revoked_why as "revokedWhy",
         exists (select 1 from nrm_file_named n where n.id = p.nrm_id) as named
       from (select * from packet where ($3::uuid is null or nrm_id = $3) and ($1::timestamptz is null or (made_at, id) < ($1, $2::uuid))
         order by made_at desc, id desc limit $4) p
         join nrm_file f on f.id = p.nrm_id left join counterpart c on c.id = p.counterpart_id left join app_user u on u.id = p.made_by
       order by p.made_at desc, p.id desc`,
      [after?.at ?? null, after?.id ?? null, query.nrm ?? null, query.limit + 1],
    )
    const page = rows.slice(0, query.limit)
    const last = page.at(-1)
    recordAccess(tx, { act: 'list', kind: 'packet', ids: page.map((row) => row.id), tier: 'T2' })
    const works = worksOnReturns(tx.actor)
    return {
      items: page.map(({ named, ...row }) => {
        const state = stateOf({ revoked_at: row.revokedAt, expires_at: row.expiresAt }, tx.now)
        return {
          ...row,
          state,
          may: state === 'valid' && named && works ? (['take', 'revoke'] as const).slice() : [],
        }
      }),
      next: rows.length > query.limit && last !== undefined ? cursorOf(last.madeAt, last.id) : null,
    }
  },
})

const takeFile = download({
  url: '/api/packets/{id}/file',
  media: 'application/octet-stream',
  wire: TakePacketFile,
  handle: async (tx, { params }) => {
    const [row] = await tx.sql<{
      file: Buffer
      country: string
      packet_id: Uuid
      revoked_at: Instant | null
      expires_at: Instant
      tier: 'T3' | 'T4'
    }>(
      `select f.file, p.country, p.packet_id, p.revoked_at, p.expires_at, p.tier from packet p join packet_file f on f.id = p.id where p.id = $1`,
      [params.id],
    )
    if (row === undefined || !worksOnReturns(tx.actor)) throw notFound()
    const state = stateOf(row, tx.now)
    if (state !== 'valid')
      throw new Problem('refused', {
        refusal: { code: state === 'revoked' ? 'packet_revoked' : 'packet_expired' },
      })
    recordAccess(tx, { act: 'export', kind: 'packet', ids: [params.id], tier: row.tier })
    return {
      name: `${row.country}-${row.packet_id}.mburoja`,
      media: 'application/octet-stream',
      bytes: row.file,
    }
  },
})

/** What the register knows and this reader sees; it is shown to be shortened, never sent by itself. */
const valuesOf = async (tx: Tx, personId: Uuid): Promise<Record<string, string>> => {
  const [row] = await tx.sql<{
    name: string | null
    birth: string | null
    sex: string | null
    citizenship: string | null
  }>(
    `select nullif(concat_ws(' ', n.given_name, n.family_name), '') as name,
       case when n.birth_from = n.birth_to then n.birth_from::text else n.birth_said end as birth, nullif(p.sex, 'unknown') as sex, p.citizenship
     from person p left join person_named n on n.id = p.id where p.id = $1`,
    [personId],
  )
  return Object.fromEntries(
    Object.entries(row ?? {}).flatMap(([key, value]) => (value === null ? [] : [[key, String(value)]])),
  )
}

const draft = endpoint({
  method: 'GET',
  url: '/api/nrm/{id}/packet-draft',
  wire: PacketDraftOf,
  handle: async (tx, { params, query }) => {
    const nrm = await mustReachNrm(tx, params.id)
    if (!worksOnReturns(tx.actor)) throw notFound()
    const today = tiranaDay(tx.now)
    const [values, counterparts, consents] = await Promise.all([
      valuesOf(tx, nrm.person_id),
      tx.sql<{ id: Uuid; country: string; institution: string; usable: boolean }>(
        `select id, country, institution, (checked_by is not null and valid_from <= $1 and coalesce(valid_to >= $1, true)) as usable
         from counterpart order by country, institution, id limit 300`,
        [today],
      ),
      query.returnId === undefined ? [] : consentsOf(tx, query.returnId),
    ])
    recordAccess(tx, { act: 'read', kind: 'nrm_file', ids: [nrm.id], tier: 'T3' })
    const fields = Object.fromEntries(
      Object.entries(purposeFields).map(([purpose, of]) => [purpose, [...of]]),
    ) as { [K in keyof typeof purposeFields]: (typeof purposeFields)[K][number][] }
    return {
      subject: nrm.subject,
      values,
      fields,
      counterparts,
      consent: packetConsents(nrm.subject, consents).ok,
      days: packetLaw.packetDays,
    }
  },
})

const toView = (row: ReceivedRow, now: Instant) => ({
  id: row.id,
  version: row.version,
  packetId: row.packet_id,
  country: row.country,
  institution: row.institution,
  purpose: row.purpose,
  subject: row.subject,
  fields: row.fields,
  ground: row.ground,
  madeAt: row.made_at,
  expiresAt: row.expires_at,
  receivedAt: row.received_at,
  receivedBy: row.received_by,
  revokedAt: row.revoked_at,
  state: stateOf(row, now),
  reportId: row.report_id,
})

const listReceived = endpoint({
  method: 'GET',
  url: '/api/packets/received',
  wire: ListReceived,
  handle: async (tx, { query }) => {
    const after = readCursor(query.cursor)
    const rows = await tx.sql<ReceivedRow>(
      `${receivedSql} where ($1::timestamptz is null or (r.received_at, r.id) < ($1, $2::uuid)) order by r.received_at desc, r.id desc limit $3`,
      [after?.at ?? null, after?.id ?? null, query.limit + 1],
    )
    const page = rows.slice(0, query.limit)
    const last = page.at(-1)
    recordAccess(tx, { act: 'list', kind: 'packet_received', ids: page.map((row) => row.id), tier: 'T2' })
    return {
      items: page.map((row) => toView(row, tx.now)),
      next: rows.length > query.limit && last !== undefined ? cursorOf(last.received_at, last.id) : null,
    }
  },
})

/** Recalled or run out since: not even whoever opened it reads it again. */
const mustStand = async (tx: Tx, id: Uuid): Promise<ReceivedRow> => {
  const [row] = await tx.sql<ReceivedRow>(`${receivedSql} where r.id = $1`, [id])
  if (row === undefined) throw notFound()
  const state = stateOf(row, tx.now)
  if (state !== 'valid')
    throw new Problem('refused', {
      refusal: { code: state === 'revoked' ? 'packet_revoked' : 'packet_expired' },
    })
  return row
}

const readReceived = endpoint({
  method: 'GET',
  url: '/api/packets/received/{id}',
  wire: ReadReceived,
  handle: async (tx, { params }) => {
    const row = await mustStand(tx, params.id)
    const content = await receivedContent(tx, row.id)
    if (content === null) throw notFound()
    const list = await listOf(tx, row.issuer)
    recordAccess(tx, { act: 'read', kind: 'packet_received', ids: [row.id], tier: 'T4' })
    const { paper: _paper, ...said } = content
    return {
      packet: toView(row, tx.now),
      content: said,
      list: list === null ? null : { madeAt: list.madeAt, hours: list.hours, old: list.old },
    }
  },
})

const takePaper = download({
  url: '/api/packets/received/{id}/paper.pdf',
  media: pdfType,
  wire: TakeReceivedPaper,
  handle: async (tx, { params }) => {
    const row = await mustStand(tx, params.id)
    const content = await receivedContent(tx, row.id)
    if (content === null) throw notFound()
    recordAccess(tx, { act: 'export', kind: 'packet_received', ids: [row.id], tier: 'T4' })
    return {
      name: `${row.country}-${row.packet_id}.pdf`,
      media: pdfType,
      bytes: Buffer.from(content.paper.base64, 'base64'),
    }
  },
})

export const readEndpoints: readonly Endpoint[] = [listPackets, draft, listReceived, readReceived]
export const readDownloads: readonly Download[] = [takeFile, takePaper]
