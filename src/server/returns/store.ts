/** Returns as rows: found under the reader's policies, locked for a decision, written with their event. */
import type { DomainEvent, Facts, Instant, Json, Uuid } from '#domain/core.ts'
import type { Determination, FollowUp, Return, ReturnEvent } from '#domain/returns/state.ts'
import { insert, update } from '../case/rows-sql.ts'
import { uuidv7 } from '../ids.ts'
import { notFound } from '../problem.ts'
import { open, sealed } from '../sealing/index.ts'
import type { Tx, WriteTx } from '../tx.ts'

export interface ReturnRowSql {
  readonly id: Uuid
  readonly code: string
  readonly version: number
  readonly nrm_id: Uuid
  readonly case_id: Uuid | null
  readonly subject: Return['subject']
  readonly direction: Return['direction']
  readonly country: string
  readonly state: Return['state']
  readonly notice_on: string
  readonly expected_on: string
  readonly consulate_id: Uuid | null
  readonly set_off_at: Instant | null
  readonly received_on: string | null
}
export const returnColumns = `r.id, r.code, r.version, r.nrm_id, r.case_id, r.subject, r.direction, r.country, r.state, r.notice_on, r.expected_on,
  r.consulate_id, r.set_off_at, r.received_on`

/** When a consent `k` ended: withdrawn, or given by a representative against whom a conflict has become known since. */
export const consentEnded = `coalesce(k.withdrawn_at, (select p.ended_on::timestamptz from representative p
  where p.id = k.representative_id and p.end_reason = 'conflict'))`

/** The newest last, as the domain folds them. */
const below = async (tx: Tx, id: Uuid) =>
  Promise.all([
    tx.sql<Determination>(
      `select id, outcome, members, by_id as by, by_unit as "byUnit", signed_by as "signedBy" from return_determination
       where return_id = $1 order by at, id`,
      [id],
    ),
    tx.sql<Return['consents'][number]>(
      `select id, who, answer, covers, ${consentEnded} as "withdrawnAt" from return_consent k where return_id = $1 order by at, id`,
      [id],
    ),
    tx.sql<{ n: number }>('select count(*)::int as n from return_escort where return_id = $1 and used', [id]),
    tx.sql<FollowUp>(
      'select month, due, seen_on as "seenOn" from return_follow_up where return_id = $1 order by month',
      [id],
    ),
  ])

export const foldReturn = async (tx: Tx, row: ReturnRowSql, setOffOn: string | null): Promise<Return> => {
  const [determinations, consents, escorts, followUps] = await below(tx, row.id)
  return {
    id: row.id,
    code: row.code,
    version: row.version,
    nrmId: row.nrm_id,
    caseId: row.case_id,
    subject: row.subject,
    direction: row.direction,
    country: row.country,
    state: row.state,
    noticeOn: row.notice_on,
    expectedOn: row.expected_on,
    consulateId: row.consulate_id,
    setOffOn,
    receivedOn: row.received_on,
    determinations,
    consents,
    escorts: escorts[0]?.n ?? 0,
    followUps,
  }
}

/** Locked, or 404 where the actor does not see it. */
export const lockReturn = async (tx: WriteTx, id: Uuid): Promise<Return> => {
  const [row] = await tx.sql<ReturnRowSql & { readonly set_off_on: string | null }>(
    `select ${returnColumns}, (r.set_off_at at time zone 'Europe/Tirane')::date as set_off_on from nrm_return r where r.id = $1 for update`,
    [id],
  )
  if (row === undefined) throw notFound()
  return foldReturn(tx, row, row.set_off_on)
}

/** Which row the words of an event are found under. */
const subjectOf = (id: Uuid, event: ReturnEvent): Uuid => {
  switch (event.type) {
    case 'ReturnDetermined':
    case 'ReturnMinutesSigned':
      return event.facts.determinationId
    case 'ReturnConsented':
      return event.facts.consentId
    default:
      return id
  }
}
/** Of acts that happen again each has a name of its own. */
const nameOf = (event: ReturnEvent, name: string): string => {
  if (event.type === 'ReturnFollowedUp') return `${name}_${event.facts.month}`
  return event.type === 'ReturnConsentWithdrawn' ? 'withdrawal' : name
}

const words = (tx: WriteTx, id: Uuid, event: ReturnEvent): void => {
  const record = { kind: 'nrm_return', id }
  for (const { tier, name, body } of event.parts ?? []) {
    if (event.type === 'ReturnNotified') continue
    const row = uuidv7()
    const called = nameOf(event, name)
    const stored: Json = tier === 'T3' ? body : sealed(tx, { record, tier, at: row, name: called }, body)
    insert(tx, tier === 'T3' ? 'return_text' : 'return_text_sensitive', {
      id: row,
      return_id: id,
      subject_id: subjectOf(id, event),
      name: called,
      body: JSON.stringify(stored),
      at: tx.now,
    })
  }
}

/** What each event changes besides the version, which is already in `row`. */
const rowsOf = (tx: WriteTx, id: Uuid, event: ReturnEvent): { readonly [column: string]: unknown } => {
  const of = { return_id: id }
  switch (event.type) {
    case 'ReturnNotified':
      return {}
    case 'ReturnAssessed':
      return { risk: event.facts.risk, assessed_on: event.facts.on, state: 'ASSESSED' }
    case 'ReturnDetermined': {
      const { determinationId, heldOn, outcome, members, by } = event.facts
      insert(tx, 'return_determination', {
        id: determinationId,
        ...of,
        held_on: heldOn,
        outcome,
        members: [...members],
        by_id: by,
        by_unit: tx.actor.unitId,
        at: tx.now,
      })
      return {}
    }
    case 'ReturnMinutesSigned':
      update(tx, 'return_determination', event.facts.determinationId, {
        signed_by: event.facts.by,
        signed_unit: tx.actor.unitId,
        signed_at: tx.now,
      })
      return {}
    case 'ReturnConsented': {
      const { consentId, who, answer, covers, on, representativeId, by } = event.facts
      insert(tx, 'return_consent', {
        id: consentId,
        ...of,
        who,
        answer,
        covers: [...covers],
        on_day: on,
        representative_id: representativeId,
        by_id: by,
        at: tx.now,
      })
      return {}
    }
    case 'ReturnConsentWithdrawn':
      update(tx, 'return_consent', event.facts.consentId, { withdrawn_at: tx.now })
      return { state: event.facts.to }
    case 'ReturnPlanned': {
      const { travelOn, mode, borderId, counterpartId, escorts, costs } = event.facts
      tx.later('update return_escort set used = false where return_id = $1 and used', [id])
      tx.later('update return_cost set used = false where return_id = $1 and used', [id])
      for (const one of escorts) insert(tx, 'return_escort', { id: one.id, ...of, role: one.role })
      for (const one of costs)
        insert(tx, 'return_cost', {
          id: uuidv7(),
          ...of,
          what: one.what,
          source: one.source,
          amount_lek: one.amountLek,
        })
      return {
        travel_on: travelOn,
        mode,
        border_id: borderId,
        state: 'PLAN_AGREED',
        ...(counterpartId === null ? {} : { counterpart_id: counterpartId }),
      }
    }
    case 'ReturnSetOff':
      return { set_off_at: event.facts.at, state: 'TRAVEL' }
    case 'ReturnReceived':
      for (const { month, due } of event.facts.followUps)
        insert(tx, 'return_follow_up', { id: uuidv7(), ...of, month, due })
      return { received_on: event.facts.on, state: 'RECEIVED' }
    case 'ReturnHandedOver': {
      const { on, unitId, counterpartId, caseId, reportId } = event.facts
      return {
        handed_on: on,
        handed_unit_id: unitId,
        handed_counterpart_id: counterpartId,
        handed_case_id: caseId,
        handed_report_id: reportId,
        state: 'HANDED_TO_CASE',
      }
    }
    case 'ReturnFollowedUp': {
      const { month, seenOn, seen, safe, home, school, job, network, last } = event.facts
      tx.later(
        `update return_follow_up set seen_on = $3, seen = $4, safe = $5, home = $6, school = $7, job = $8, network = $9
         where return_id = $1 and month = $2 and seen_on is null`,
        [id, month, seenOn, seen, safe, home, school, job, network],
      )
      return last ? { state: 'MONITORED' } : {}
    }
    case 'ReturnRefused':
      return { state: 'REFUSED', refusal: event.facts.why }
    case 'ReturnDocumented': {
      const { documentId, kind, on, by } = event.facts
      insert(tx, 'return_document', { id: documentId, ...of, kind, issued_on: on, by_id: by })
      return {}
    }
  }
}

/** Rows and words of these events, after the chain has taken them as `version`. */
export const writeReturn = (tx: WriteTx, id: Uuid, version: number, events: readonly ReturnEvent[]): void => {
  const change = Object.assign({ version }, ...events.map((event) => rowsOf(tx, id, event)))
  update(tx, 'nrm_return', id, change)
  for (const event of events) words(tx, id, event)
}

export const partText = (event: DomainEvent<string, Facts>, name: string): string | null => {
  const body = event.parts?.find((part) => part.name === name)?.body
  return typeof body === 'string' ? body : null
}

export type ReturnWords = (subject: Uuid, name: string) => Json | null
/** The newest of each name, as far as the reader's tier reaches. */
export const wordsOfReturn = async (tx: Tx, id: Uuid): Promise<ReturnWords> => {
  const rows = await tx.sql<{ id: Uuid; subject_id: Uuid; name: string; body: Json; sensitive: boolean }>(
    `select * from (select id, subject_id, name, body, at, false as sensitive from return_text where return_id = $1
     union all select id, subject_id, name, body, at, true from return_text_sensitive where return_id = $1) t order by at, id limit 400`,
    [id],
  )
  const known = new Map<string, Json>()
  const record = { kind: 'nrm_return', id }
  for (const { id: at, subject_id, name, body, sensitive } of rows)
    known.set(
      `${subject_id} ${name}`,
      sensitive ? await open(tx, { record, tier: 'T4', at, name }, body) : body,
    )
  return (subject, name) => known.get(`${subject} ${name}`) ?? null
}
