/** Packets that leave, and are recalled. */
import { createHash } from 'node:crypto'
import { addDays, endOfTiranaDay, tiranaDay } from '#domain/clock/tirana.ts'
import type { Day, Instant, Uuid } from '#domain/core.ts'
import { disclosure } from '#domain/disclosure.ts'
import { usable } from '#domain/packet/counterpart.ts'
import {
  crossFields,
  decideRevoke,
  endsWithConsent,
  type MadePacket,
  mayMake,
  type PacketMade,
} from '#domain/packet/packet.ts'
import { worksOnReturns } from '#domain/returns/decide.ts'
import type { Consent } from '#domain/returns/state.ts'
import { MakePacket, type PacketContent, RevokePacket } from '#wire/packet.ts'
import { recordAccess } from '../access.ts'
import { append } from '../append.ts'
import { command, done, mustBeFresh, refused } from '../command.ts'
import { insertDisclosure } from '../disclosure/store.ts'
import { invalid, notFound } from '../problem.ts'
import { consentEnded } from '../returns/store.ts'
import type { Tx, WriteTx } from '../tx.ts'
import { makePacket } from './container.ts'
import { packetLaw } from './law.ts'
import { ownCountry } from './open.ts'
import { packetPaper } from './paper.ts'

export interface NrmScope {
  readonly id: Uuid
  readonly code: string
  readonly subject: 'child' | 'adult'
  readonly case_id: Uuid | null
  readonly person_id: Uuid
}
/** The file, for whoever reads it at the identified tier. */
export const mustReachNrm = async (tx: Tx, id: Uuid): Promise<NrmScope> => {
  const [row] = await tx.sql<NrmScope>(
    `select f.id, f.code, f.subject, f.case_id, f.person_id from nrm_file f join nrm_file_named n on n.id = f.id where f.id = $1`,
    [id],
  )
  if (row === undefined) throw notFound()
  return row
}

export const consentsOf = async (tx: Tx, returnId: Uuid): Promise<(Consent & { readonly on: Day })[]> =>
  tx.sql<Consent & { readonly on: Day }>(
    `select id, who, answer, covers, on_day as on, ${consentEnded} as "withdrawnAt" from return_consent k where return_id = $1 order by at, id`,
    [returnId],
  )

interface ContactRow {
  readonly id: Uuid
  readonly version: number
  readonly country: string
  readonly institution: string
  readonly sign_key: string | null
  readonly open_key: string | null
  readonly fingerprint: string | null
  readonly keys_by: Uuid | null
  readonly checked_by: Uuid | null
  readonly valid_from: Day
  readonly valid_to: Day | null
}
const contactOf = async (tx: Tx, id: Uuid): Promise<ContactRow> => {
  const [row] = await tx.sql<ContactRow>(
    `select id, version, country, institution, sign_key, open_key, fingerprint, keys_by, checked_by, valid_from, valid_to from counterpart
     where id = $1`,
    [id],
  )
  if (row === undefined) throw invalid({ field: 'body.body.counterpartId', code: 'unknown_code' })
  return row
}

export const make = command('packet.make', MakePacket, async (tx, cmd) => {
  const { body, recordId: id } = cmd
  const nrm = await mustReachNrm(tx, body.nrmId)
  // Locked as for writing: whoever reads the file by an opening or a grant makes nothing of it.
  const [writes] = await tx.sql('select 1 from nrm_file where id = $1 for share', [nrm.id])
  if (!worksOnReturns(tx.actor) || writes === undefined) return refused({ code: 'not_allowed' })
  const contact = await contactOf(tx, body.counterpartId)
  if (body.returnId !== null) {
    const [of] = await tx.sql('select 1 from nrm_return where id = $1 and nrm_id = $2', [
      body.returnId,
      nrm.id,
    ])
    if (of === undefined) throw invalid({ field: 'body.body.returnId', code: 'unknown_code' })
  }
  const consents = body.returnId === null ? [] : await consentsOf(tx, body.returnId)
  const today = tiranaDay(tx.now)
  const decision = mayMake(body, {
    subject: nrm.subject,
    consents,
    counterpart: {
      keyed: contact.open_key !== null,
      checked: contact.checked_by !== null,
      usable: usable(
        {
          ...contact,
          validFrom: contact.valid_from,
          validTo: contact.valid_to,
          keysBy: contact.keys_by,
          checkedBy: contact.checked_by,
        },
        today,
      ),
    },
    mostDays: packetLaw.packetDays,
  })
  if (!decision.ok) return refused(decision.refusal)
  const { tier, consentIds } = decision.events[0] ?? { tier: 'T3' as const, consentIds: [] }
  const { sign_key: sign, open_key: open } = contact
  if (sign === null || open === null) return refused({ code: 'packet_no_key', field: 'counterpartId' })
  const country = await ownCountry(tx)
  const expiresAt = endOfTiranaDay(addDays(today, body.days))
  const { content, from } = await wordsOf(tx, body, { nrm, consents, consentIds, country, contact })
  const told = (packetId: Uuid) => ({ ...content, id: packetId, from })
  // The paper names the packet, so the number is made first; the file is sealed once.
  const draft = {
    from: { country, key: '' },
    to: { country: contact.country, key: '' },
    madeAt: tx.now,
    expiresAt,
  }
  const made = await sealed(
    tx,
    { country, to: { country: contact.country, sign, open }, expiresAt },
    async (packetId) => {
      const said = told(packetId)
      const pdf = await packetPaper(said, { ...draft, id: packetId }, body.language, tx.now)
      const paper = {
        media: 'application/pdf' as const,
        name: `${nrm.code}-${body.purpose}.pdf`,
        base64: pdf.toString('base64'),
      }
      return { ...said, paper } satisfies PacketContent
    },
  )
  const digest = createHash('sha256').update(made.bytes).digest()
  const fields = body.items.map((one) => one.field)
  const event: PacketMade = {
    type: 'PacketMade',
    v: 1,
    facts: {
      packetId: made.id,
      nrmId: nrm.id,
      returnId: body.returnId,
      counterpartId: contact.id,
      country: contact.country,
      purpose: body.purpose,
      fields,
      tier,
      ground: body.ground,
      consentIds: [...consentIds],
      expiresAt,
      digest: digest.toString('base64url'),
      by: tx.actor.userId,
    },
  }
  const left = disclosure(
    {
      kind: 'packet',
      toUnitId: null,
      toKind: 'other_country',
      grounds: [{ kind: body.ground, ref: body.groundRef }],
      fields,
      tier,
      overrides: 'none',
      childAsked: nrm.subject === 'adult' ? 'not_needed' : body.ground === 'consent' ? 'agrees' : 'not_asked',
      referralId: null,
      requestId: null,
      document: null,
    },
    tx.stamp,
  )
  const version = await append(tx, { kind: 'packet', id, version: 0 }, [event, left])
  tx.later(
    `insert into packet (id, version, packet_id, nrm_id, return_id, counterpart_id, country, purpose, fields, tier, ground, ground_ref,
       consent_ids, made_at, made_by, made_unit, expires_at, size, digest)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
    [
      id,
      version,
      made.id,
      nrm.id,
      body.returnId,
      contact.id,
      contact.country,
      body.purpose,
      fields,
      tier,
      body.ground,
      body.groundRef,
      [...consentIds],
      tx.now,
      tx.actor.userId,
      tx.actor.unitId,
      expiresAt,
      made.bytes.length,
      digest,
    ],
  )
  tx.later('insert into packet_file (id, file) values ($1, $2)', [id, made.bytes])
  const reasons = Object.fromEntries(
    body.items.flatMap((one) => (crossFields[one.field] === 'T4' ? [[one.field, one.reason ?? '']] : [])),
  )
  tx.later('insert into packet_named (id, reasons) values ($1, $2)', [id, JSON.stringify(reasons)])
  insertDisclosure(tx, nrm.case_id, left, { nrmId: nrm.id, id })
  recordAccess(tx, { act: 'export', kind: 'nrm_file', ids: [nrm.id], tier })
  return done({ recordId: id, version, reply: { packetId: made.id } })
})

type Body = Parameters<typeof mayMake>[0] & { readonly returnId: Uuid | null }
const wordsOf = async (
  tx: Tx,
  body: Body,
  world: {
    readonly nrm: NrmScope
    readonly consents: readonly (Consent & { readonly on: Day })[]
    readonly consentIds: readonly Uuid[]
    readonly country: string
    readonly contact: ContactRow
  },
) => {
  const { nrm, consents, consentIds, country, contact } = world
  const [[sender], texts] = await Promise.all([
    tx.sql<{ unit: string; name: string }>(
      'select u.name_en as unit, p.display_name as name from app_user p join unit u on u.id = p.unit_id where p.id = $1',
      [tx.actor.userId],
    ),
    body.returnId === null || consentIds.length === 0
      ? []
      : tx.sql<{ subject_id: Uuid; body: string }>(
          "select subject_id, body #>> '{}' as body from return_text where return_id = $1 and name = 'words' and subject_id = any ($2::uuid[])",
          [body.returnId, consentIds],
        ),
  ])
  const given = consents.filter((one) => consentIds.includes(one.id))
  return {
    from: {
      country,
      institution: sender?.unit ?? '–',
      contact: `${sender?.name ?? '–'}, ${sender?.unit ?? '–'}`,
    },
    content: {
      schema: 'mburoja packet content 1' as const,
      to: { country: contact.country, institution: contact.institution },
      purpose: body.purpose,
      subject: nrm.subject,
      reference: nrm.code,
      basis: {
        ground: body.ground,
        reference: body.groundRef,
        consents: given.map((one) => ({
          who: one.who,
          answer: one.answer === 'too_young' ? ('too_young' as const) : ('given' as const),
          on: one.on,
          words: texts.find((text) => text.subject_id === one.id)?.body ?? '',
        })),
      },
      items: body.items.map(({ field, value, reason }) => ({
        field,
        value,
        ...(reason === undefined || crossFields[field] !== 'T4' ? {} : { reason }),
      })),
    },
  }
}

const sealed = async (
  tx: WriteTx,
  to: {
    readonly country: string
    readonly to: Parameters<typeof makePacket>[0]['to']
    readonly expiresAt: Instant
  },
  content: (packetId: Uuid) => Promise<PacketContent>,
): Promise<{ readonly id: Uuid; readonly bytes: Buffer }> => {
  const id = crypto.randomUUID()
  const said = await content(id)
  const { bytes } = makePacket({
    keys: tx.keys.country,
    country: to.country,
    to: to.to,
    id,
    now: tx.now,
    expiresAt: to.expiresAt,
    content: said,
  })
  return { id, bytes }
}

interface PacketRow {
  readonly id: Uuid
  readonly version: number
  readonly ground: MadePacket['ground']
  readonly consent_ids: Uuid[]
  readonly revoked_at: Instant | null
  readonly expires_at: Instant
}
const toMade = (row: PacketRow): MadePacket => ({
  ground: row.ground,
  consentIds: row.consent_ids,
  revokedAt: row.revoked_at,
  expiresAt: row.expires_at,
})
const packetColumns = 'p.id, p.version, p.ground, p.consent_ids, p.revoked_at, p.expires_at'

const recall = async (
  tx: WriteTx,
  row: PacketRow,
  events: Parameters<typeof append>[2],
  why: string,
  words: string | undefined,
): Promise<number> => {
  const version = await append(tx, { kind: 'packet', id: row.id, version: row.version }, events)
  tx.later(
    'update packet set version = $2, revoked_at = $3, revoked_by = $4, revoked_why = $5 where id = $1',
    [row.id, version, tx.now, tx.actor.userId, why],
  )
  if (words !== undefined)
    tx.later('update packet_named set revoked_words = $2 where id = $1', [row.id, words])
  return version
}

export const revoke = command('packet.revoke', RevokePacket, async (tx, cmd) => {
  const [row] = await tx.sql<PacketRow>(`select ${packetColumns} from packet p where p.id = $1 for update`, [
    cmd.recordId,
  ])
  if (row === undefined) throw notFound()
  await mustBeFresh(tx, 'packet', cmd, ['revoked'])
  const decision = decideRevoke(toMade(row), cmd.body.why, cmd.body.words, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await recall(tx, row, decision.events, cmd.body.why, cmd.body.words)
  return done({ recordId: row.id, version })
})

/**
 * Packets that rest on this consent, or on an older one of the same person that it stood in the place of, and may still be opened
 * somewhere; locked.
 */
export const packetsOnConsent = async (
  tx: WriteTx,
  returnId: Uuid,
  consentId: Uuid,
): Promise<PacketRow[]> => {
  const rows = await tx.sql<PacketRow>(
    `select ${packetColumns} from packet p where p.return_id = $1 and exists (select 1 from return_consent w join return_consent k
         on k.return_id = w.return_id and k.who = w.who and (k.at, k.id) <= (w.at, w.id)
       where w.id = $2 and w.return_id = p.return_id and 'packet' = any (w.covers) and k.id = any (p.consent_ids))
     order by p.id for update`,
    [returnId, consentId],
  )
  return rows.filter((row) => row.consent_ids.some((id) => endsWithConsent(toMade(row), id, tx.now)))
}
/** Consent is withdrawn: what rests on it is recalled in the same transaction. */
export const recallForConsent = async (tx: WriteTx, rows: readonly PacketRow[]): Promise<void> => {
  for (const row of rows) {
    const decision = decideRevoke(toMade(row), 'consent_withdrawn', undefined, tx.stamp)
    if (decision.ok) await recall(tx, row, decision.events, 'consent_withdrawn', undefined)
  }
}
