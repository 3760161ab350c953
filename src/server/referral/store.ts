/** Referrals as rows: lock, save, and what the packet's reader may reach. Row-level security answers who. */
import type { DomainEvent, Facts, Instant, Json, Uuid } from '#domain/core.ts'
import { caseNews } from '#domain/referral/news.ts'
import type { PacketField } from '#domain/referral/packet.ts'
import { packetFields } from '#domain/referral/packet.ts'
import type { ReferralScope } from '#domain/referral/policy.ts'
import {
  applyReferral,
  type Ground,
  type Referral,
  type ReferralActName,
  type ReferralEvent,
  type ReferralSent,
} from '#domain/referral.ts'
import { append, eventsJson } from '../append.ts'
import { startClock, stopClock } from '../clock/store.ts'
import { q } from '../database.ts'
import { uuidv7 } from '../ids.ts'
import { notFound } from '../problem.ts'
import { open, type Place, sealed } from '../sealing/index.ts'
import type { Tx, WriteTx } from '../tx.ts'
import type { ReferralTables } from './tables.ts'

/** The highest tier at which the bound actor reads the case: 0 not at all. The case's own policies answer. */
export const caseTierSql = (column: string): string => {
  const open = (table: string): string =>
    `coalesce((select true from ${table} k where k.id = ${column}), false)`
  return `case when ${column} is null or not ${open('case_file')} then 0 when not ${open('case_file_named')} then 2
    when not ${open('case_file_sensitive')} then 3 else 4 end`
}

/** The tier for whoever would work on the case: a file that was only opened for reading (break-glass, a grant) is worked on by nobody. */
export const workTierSql = (column: string): string =>
  `case when ${column} = any ((select opened_cases('T2'))::uuid[]) then 2 else ${caseTierSql(column)} end`

type Row = Omit<ReferralTables['referral'], 'withdraw_reason'>

/** The domain's referral, without its grounds. */
export const fromRow = (row: Row): Omit<Referral, 'grounds'> => ({
  id: row.id,
  version: row.version,
  code: row.code,
  state: row.state,
  caseId: row.case_id,
  fromUnitId: row.from_unit_id,
  toUnitId: row.to_unit_id,
  recipientKind: row.recipient_kind,
  service: row.service,
  fields: row.fields,
  sentAt: row.sent_at,
  ackDueAt: row.ack_due_at,
  answerDueAt: row.answer_due_at,
  acknowledgedAt: row.acknowledged_at,
  decidedAt: row.decided_at,
  serviceStartedAt: row.service_started_at,
  closedAt: row.closed_at,
  accessEndedAt: row.access_ended_at,
  escalatedAt: row.escalated_at,
  declineReason: row.decline_reason,
  outcome: row.outcome,
  actionId: row.action_id,
  entryId: row.entry_id,
})

export const findGrounds = (tx: Tx, id: Uuid): Promise<Ground[]> =>
  tx.sql<Ground>(
    'select kind, ref, scope, version, ended_at as "endedAt" from referral_ground where referral_id = $1 order by n',
    [id],
  )

export const scopeOf = (referral: Omit<Referral, 'grounds'>, caseTier: number): ReferralScope => ({
  state: referral.state,
  caseId: referral.caseId,
  fromUnitId: referral.fromUnitId,
  toUnitId: referral.toUnitId,
  accessEndedAt: referral.accessEndedAt,
  caseTier: caseTier as ReferralScope['caseTier'],
})

/** Locked for writing; not found where no row can be reached. */
export const lockReferral = async (tx: WriteTx, id: Uuid): Promise<Referral> => {
  const row = await tx.first(q.selectFrom('referral').selectAll().where('id', '=', id).forUpdate())
  if (row === undefined) throw notFound()
  const [grounds, due] = await Promise.all([findGrounds(tx, id), findDue(tx, id)])
  return {
    ...fromRow(row),
    grounds,
    ackDueAt: due.D24 ?? row.ack_due_at,
    answerDueAt: due.D25 ?? row.answer_due_at,
  }
}

/** The clocks as they stand: a supervisor may have given more time since sending. */
const findDue = async (tx: Tx, id: Uuid): Promise<Partial<Record<string, Instant>>> => {
  const rows = await tx.sql<{ rule: string; due: Instant }>(
    "select rule, due_at as due from clock where record_kind = 'referral' and record_id = $1",
    [id],
  )
  return Object.fromEntries(rows.map((row) => [row.rule, row.due]))
}

/** The referral, locked, and how it and its case stand to this actor. */
export const lockReferralFor = async (
  tx: WriteTx,
  id: Uuid,
): Promise<{ readonly referral: Referral; readonly scope: ReferralScope }> => {
  const referral = await lockReferral(tx, id)
  return { referral, scope: scopeOf(referral, await caseTierFor(tx, referral.caseId)) }
}

export const caseTierFor = async (tx: Tx, caseId: Uuid | null): Promise<ReferralScope['caseTier']> => {
  if (caseId === null) return 0
  const [row] = await tx.sql<{ tier: ReferralScope['caseTier'] }>(
    `select ${workTierSql('$1::uuid')} as tier`,
    [caseId],
  )
  return row?.tier ?? 0
}

const columns = (referral: Referral) => ({
  version: referral.version,
  state: referral.state,
  fields: [...referral.fields],
  acknowledged_at: referral.acknowledgedAt,
  decided_at: referral.decidedAt,
  service_started_at: referral.serviceStartedAt,
  closed_at: referral.closedAt,
  access_ended_at: referral.accessEndedAt,
  escalated_at: referral.escalatedAt,
  decline_reason: referral.declineReason,
  outcome: referral.outcome,
})

/** Where a sensitive field of a packet belongs. */
export const sensitivePlace = (id: Uuid, field: string): Place => ({
  record: { kind: 'referral', id },
  tier: 'T4',
  at: id,
  name: field,
})

/** A new referral with its grounds and its packet, each field under the policies of its tier. */
export const insertReferral = async (
  tx: WriteTx,
  referral: Referral,
  sent: ReferralSent,
  /** What else the case tells of it. */
  beside: readonly DomainEvent<string, Facts>[] = [],
): Promise<void> => {
  await tx.run(
    q.insertInto('referral').values({
      ...columns(referral),
      id: referral.id,
      code: referral.code,
      case_id: referral.caseId,
      from_unit_id: referral.fromUnitId,
      to_unit_id: referral.toUnitId,
      sent_by: tx.actor.userId,
      recipient_kind: referral.recipientKind,
      service: referral.service,
      sent_fields: [...referral.fields],
      sent_at: referral.sentAt,
      ack_due_at: referral.ackDueAt,
      answer_due_at: referral.answerDueAt,
      action_id: referral.actionId,
      entry_id: referral.entryId,
    }),
  )
  await tx.run(
    q.insertInto('referral_ground').values(
      referral.grounds.map((ground, n) => ({
        referral_id: referral.id,
        n,
        kind: ground.kind,
        ref: ground.ref,
        scope: [...ground.scope],
        version: ground.version,
        ended_at: ground.endedAt,
      })),
    ),
  )
  const packet = (sent.parts ?? [])
    .filter((part) => part.name in packetFields)
    .map((part) => ({ field: part.name as PacketField, body: part.body }))
  for (const [table, tier] of [
    ['referral_packet', 'T3'],
    ['referral_packet_sensitive', 'T4'],
  ] as const) {
    const rows = packet.filter((part) => packetFields[part.field] === tier)
    const stored = (field: PacketField, body: Json): Json =>
      tier === 'T4' ? sealed(tx, sensitivePlace(referral.id, field), body) : body
    if (rows.length > 0)
      await tx.run(
        q.insertInto(table).values(
          rows.map(({ field, body }) => ({
            field,
            body: JSON.stringify(stored(field, body)),
            referral_id: referral.id,
          })),
        ),
      )
  }
  await tellCase(tx, referral, [sent], beside)
}

const answers: Readonly<Partial<Record<ReferralEvent['type'], ReferralActName>>> = {
  ReferralAcknowledged: 'acknowledge',
  ReferralAccepted: 'accept',
  ReferralDeclined: 'decline',
  ReferralCompleted: 'complete',
}

/** Append what was decided and make the rows say the same. Returns the referral as it stands now. */
export const saveReferral = async (
  tx: WriteTx,
  before: Referral,
  events: readonly ReferralEvent[],
): Promise<Referral> => {
  const version = await append(tx, { kind: 'referral', id: before.id, version: before.version }, events)
  const folded = events.reduce<Referral>((now, event) => applyReferral(now, before.id, event), before)
  const after = { ...folded, version }
  await tx.run(q.updateTable('referral').set(columns(after)).where('id', '=', before.id))
  for (const event of events) {
    if (event.type === 'ReferralWithdrawn')
      await tx.run(
        q.updateTable('referral').set({ withdraw_reason: event.facts.reason }).where('id', '=', before.id),
      )
    if (event.type === 'ReferralConsentEnded') await endGrounds(tx, before.id, event.facts)
    const act = answers[event.type]
    const reply = event.parts?.find((part) => part.name === 'reply')
    if (act !== undefined && typeof reply?.body === 'string')
      await tx.run(
        q.insertInto('referral_reply').values({
          id: uuidv7(),
          referral_id: before.id,
          at: event.facts.at,
          unit_id: tx.actor.unitId,
          act,
          body: reply.body,
        }),
      )
  }
  await tellCase(tx, after, events)
  if (before.acknowledgedAt === null && after.acknowledgedAt !== null) stop(tx, after.id, ['D24'])
  if (after.decidedAt !== null || after.closedAt !== null) stop(tx, after.id, ['D24', 'D25'])
  if (before.serviceStartedAt === null && after.serviceStartedAt !== null) await limitEmergency(tx, after)
  if (after.closedAt !== null) stop(tx, after.id, ['D13'])
  return after
}

/** What happened, on the chain of the case it was sent from; the answering side cannot read there. */
const tellCase = async (
  tx: WriteTx,
  after: Referral,
  events: readonly ReferralEvent[],
  beside: readonly DomainEvent<string, Facts>[] = [],
): Promise<void> => {
  if (after.caseId === null || events.length === 0) return
  await tx.sql('select tell_case($1, $2, $3, $4, $5)', [
    after.id,
    eventsJson([...events.map((event) => caseNews(after, event)), ...beside]),
    tx.commandId,
    tx.now,
    tx.stamp.occurredAt,
  ])
}

/** The 72-hour service has begun: the unit that asked for it has that long to find something lasting (D13). */
const limitEmergency = async (tx: WriteTx, after: Referral): Promise<void> => {
  if (after.service !== 'emergency_shelter') return
  const [from] = await tx.sql<{ municipality: string | null }>(
    'select municipality from unit where id = $1',
    [after.fromUnitId],
  )
  await startClock(tx, {
    rule: 'D13',
    recordKind: 'referral',
    recordId: after.id,
    unitId: after.fromUnitId,
    municipality: from?.municipality ?? null,
    startedAt: tx.now,
  })
}

const stop = (tx: WriteTx, recordId: Uuid, rule: readonly string[]): void =>
  stopClock(tx, { recordKind: 'referral', recordId, rule, at: tx.now })

/** The grounds that rested on a consent; what the recipient may still read is `referral.fields`. */
const endGrounds = (
  tx: WriteTx,
  id: Uuid,
  ended: { readonly consentId: Uuid; readonly at: Instant },
): Promise<void> =>
  tx.run(
    q
      .updateTable('referral_ground')
      .set({ ended_at: ended.at })
      .where('referral_id', '=', id)
      .where('kind', '=', 'consent')
      .where('ref', '=', ended.consentId)
      .where('ended_at', 'is', null),
  )

interface Part {
  readonly field: PacketField
  readonly body: Json
}
/** Fields of the packet within this reader's reach; the policies of both packet tables answer. */
export const findPacket = async (tx: Tx, id: Uuid): Promise<Part[]> => {
  const rows = await tx.sql<Part & { readonly sensitive: boolean }>(
    `select field, body, false as sensitive from referral_packet where referral_id = $1
     union all select field, body, true from referral_packet_sensitive where referral_id = $1`,
    [id],
  )
  const parts: Part[] = []
  for (const { field, body, sensitive } of rows)
    parts.push({ field, body: sensitive ? await open(tx, sensitivePlace(id, field), body) : body })
  return parts
}
