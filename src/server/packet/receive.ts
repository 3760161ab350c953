/** Packets that come in: opened once, kept sealed, read while they stand; a child goes on as a report. */
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Day, Instant, Uuid } from '#domain/core.ts'
import { cut } from '#domain/cut.ts'
import { isRecordDay } from '#domain/day.ts'
import type { MadePacket } from '#domain/packet/packet.ts'
import type { ReceiveBody } from '#domain/report/body.ts'
import { type PacketContent, ReceivePacket, ReportFromPacket } from '#wire/packet.ts'
import { recordAccess } from '../access.ts'
import { append } from '../append.ts'
import { command, done, refused } from '../command.ts'
import { notFound } from '../problem.ts'
import { receive, routeOf } from '../report/receive.ts'
import { openBytes, type Place, sealBytes } from '../sealing/index.ts'
import { findKey, newKey } from '../sealing/keys.ts'
import type { Tx } from '../tx.ts'
import { packetHash } from './container.ts'
import { openPacket } from './open.ts'

export const receivedPlace = (id: Uuid): Place => ({
  record: { kind: 'packet_received', id },
  tier: 'T4',
  at: id,
  name: 'packet_received_sensitive',
})

export const receivePacket = command('packet.receive', ReceivePacket, async (tx, cmd) => {
  if (tx.actor.role !== 'responsible_authority') return refused({ code: 'not_allowed' })
  const opened = await openPacket(tx, Buffer.from(cmd.body.file, 'base64'))
  if (!opened.ok) return refused({ code: opened.fault, field: 'file' })
  const { manifest, issuer, content } = opened.value
  await tx.sql('select pg_advisory_xact_lock(hashtextextended($1, 66))', [manifest.id])
  const [known] = await tx.sql<{ id: Uuid; version: number }>(
    'select id, version from packet_received where issuer = $1 and packet_id = $2',
    [manifest.from.key, manifest.id],
  )
  if (known !== undefined)
    return done({ recordId: known.id, version: known.version, reply: { again: true, packetId: manifest.id } })
  const { recordId: id } = cmd
  const fields = content.items.map((one) => one.field)
  const version = await append(tx, { kind: 'packet_received', id, version: 0 }, [
    {
      type: 'PacketReceived',
      v: 1,
      facts: {
        packetId: manifest.id,
        counterpartId: issuer.id,
        country: issuer.country,
        purpose: content.purpose,
        fields,
        madeAt: manifest.madeAt,
        expiresAt: manifest.expiresAt,
      },
    },
  ])
  tx.later(
    `insert into packet_received (id, version, packet_id, packet_hash, issuer, counterpart_id, country, purpose, subject, fields, ground, made_at,
       expires_at, received_at, received_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      id,
      version,
      manifest.id,
      packetHash(manifest.id),
      manifest.from.key,
      issuer.id,
      issuer.country,
      content.purpose,
      content.subject,
      fields,
      content.basis.ground,
      manifest.madeAt,
      manifest.expiresAt,
      tx.now,
      tx.actor.userId,
    ],
  )
  const place = receivedPlace(id)
  const { key, keep } = newKey(tx, place.record)
  keep()
  tx.later('insert into packet_received_sensitive (id, sealed) values ($1, $2)', [
    id,
    sealBytes(key, place, content),
  ])
  recordAccess(tx, { act: 'read', kind: 'packet_received', ids: [id], tier: 'T4' })
  return done({ recordId: id, version, reply: { again: false, packetId: manifest.id } })
})

export interface ReceivedRow {
  readonly id: Uuid
  readonly version: number
  readonly packet_id: Uuid
  readonly packet_hash: string
  readonly issuer: string
  readonly country: string
  readonly purpose: PacketContent['purpose']
  readonly subject: 'child' | 'adult'
  readonly fields: string[]
  readonly ground: MadePacket['ground']
  readonly made_at: Instant
  readonly expires_at: Instant
  readonly received_at: Instant
  readonly report_id: Uuid | null
  readonly institution: string | null
  readonly received_by: string | null
  readonly revoked_at: Instant | null
}
/**
 * Recalled is asked of the country's lists each time it is read, under whatever key it signs them by now; what was made of a packet here
 * stays (decision 12).
 */
export const receivedSql = `select r.id, r.version, r.packet_id, r.packet_hash, r.issuer, r.country, r.purpose, r.subject, r.fields, r.ground,
  r.made_at, r.expires_at, r.received_at, r.report_id, c.institution, u.display_name as received_by,
  (select min(v.at) from revocation v where v.counterpart_id = r.counterpart_id and v.packet = r.packet_hash) as revoked_at
  from packet_received r left join counterpart c on c.id = r.counterpart_id left join app_user u on u.id = r.received_by`
export const stateOf = (
  row: { readonly revoked_at: Instant | null; readonly expires_at: Instant },
  now: Instant,
): 'valid' | 'expired' | 'revoked' => {
  if (row.revoked_at !== null) return 'revoked'
  return Date.parse(row.expires_at) <= Date.parse(now) ? 'expired' : 'valid'
}
export const receivedContent = async (tx: Tx, id: Uuid): Promise<PacketContent | null> => {
  const [row] = await tx.sql<{ sealed: Buffer | null }>(
    'select sealed from packet_received_sensitive where id = $1',
    [id],
  )
  if (row === undefined || row.sealed === null) return null
  const place = receivedPlace(id)
  return openBytes(await findKey(tx, place.record), place, row.sealed) as unknown as PacketContent
}

/** A child goes to the unit of its place, by the same door as any report. */
export const reportFrom = command('packet.report', ReportFromPacket, async (tx, cmd) => {
  const [row] = await tx.sql<ReceivedRow>(`${receivedSql} where r.id = $1 for update of r`, [cmd.recordId])
  if (row === undefined) throw notFound()
  const state = stateOf(row, tx.now)
  if (state !== 'valid') return refused({ code: state === 'revoked' ? 'packet_revoked' : 'packet_expired' })
  if (row.report_id !== null) return refused({ code: 'packet_reported' })
  if (row.subject !== 'child') return refused({ code: 'wrong_state' })
  const content = await receivedContent(tx, row.id)
  const value = (field: string) => content?.items.find((one) => one.field === field)?.value
  const citizenship = value('citizenship')
  const body: ReceiveBody = {
    source: 'other_institution',
    channel: 'letter',
    place: {
      municipality: cmd.body.municipality,
      text: whereabouts([row.institution ?? '', row.country, value('travel'), value('case_manager')]),
    },
    immediacy: cmd.body.immediacy,
    concerns: ['trafficking'],
    narrative: cmd.body.narrative,
    children: [
      {
        ...(value('name') === undefined ? {} : { givenName: cut(value('name')!, 120) }),
        ...(citizenship !== undefined && /^[A-Z]{2}$/.test(citizenship) ? { citizenship } : {}),
        ...birthOf(value('birth'), tiranaDay(tx.now)),
      },
    ],
  }
  const outcome = await receive(tx, cmd.body.reportId, body, await routeOf(tx, body))
  if (!outcome.ok) return outcome
  const version = await append(tx, { kind: 'packet_received', id: row.id, version: row.version }, [
    {
      type: 'PacketReported',
      v: 1,
      facts: { reportId: cmd.body.reportId, by: tx.actor.userId },
      touches: ['report'],
    },
  ])
  tx.later('update packet_received set version = $2, report_id = $3 where id = $1', [
    row.id,
    version,
    cmd.body.reportId,
  ])
  return done({ recordId: row.id, version, reply: { reportId: cmd.body.reportId } })
})

/** How the child can be found: the body over there that announced it, and what it said of the way and of whom to ask. */
const whereabouts = (said: readonly (string | undefined)[]): string =>
  cut(said.filter((one) => one !== undefined && one.trim() !== '').join('; '), 400)

/** What the other country wrote is not the reporter's to mend: a day that no calendar has, or that has not come, is left in the packet. */
const birthOf = (said: string | undefined, today: Day): { birth?: { from: Day; to: Day; said: string } } =>
  said !== undefined && isRecordDay(said) && said <= today ? { birth: { from: said, to: said, said } } : {}
