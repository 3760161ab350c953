/**
 * Obligations to meet. The recurring job opens each period's rows and counts those whose day passed unmet; how each stands is
 * reckoned from the meetings themselves, as of any day.
 */
import {
  type DutyView,
  dueOn,
  dutyView,
  type Held,
  neededIn,
  type Obligation,
  periodsOf,
} from '#domain/body/duty.ts'
import type { DutyPeriod, DutyProof } from '#domain/body/state.ts'
import { ruleSetOn } from '#domain/clock/rule.ts'
import { addDays, tiranaDay } from '#domain/clock/tirana.ts'
import type { Day, Uuid } from '#domain/core.ts'
import type { ObligationView } from '#wire/body.ts'
import { append } from '../append.ts'
import { getLaw } from '../clock/law.ts'
import type { Context } from '../context.ts'
import { uuidv7 } from '../ids.ts'
import { systemTx, type Tx, type WriteTx } from '../tx.ts'
import { tellSeats } from './store.ts'

export interface ObligationRow {
  readonly id: Uuid
  readonly bodyId: Uuid
  readonly bodyCode: string
  readonly nameSq: string
  readonly nameEn: string
  readonly rule: string
  readonly from: Day
  readonly to: Day
  readonly dueOn: Day
  readonly needed: number
  readonly proof: DutyProof
  readonly verification: 'V' | 'U' | 'D'
  readonly legalSource: string
  readonly missedAt: string | null
}

/** Beyond this nobody reads: twenty years of every body. */
const COUNTED = 6000

/** Obligations that the reader sees, begun by `asOf`, the earliest due first. */
export const obligationRows = (tx: Tx, asOf: Day, bodyId: Uuid | null): Promise<ObligationRow[]> =>
  tx.sql<ObligationRow>(
    `select o.id, o.body_id as "bodyId", b.code as "bodyCode", b.name_sq as "nameSq", b.name_en as "nameEn", o.rule,
       o.period_from as "from", o.period_to as "to", o.due_on as "dueOn", o.needed, o.proof, o.verification,
       o.legal_source as "legalSource", o.missed_at as "missedAt"
     from body_obligation o join body b on b.id = o.body_id
     where o.period_from <= $1 and ($2::uuid is null or o.body_id = $2) order by o.due_on, o.id limit ${COUNTED}`,
    [asOf, bodyId],
  )

type HeldRow = Held & { readonly bodyId: Uuid }
/** Meetings held by each body, with what each proves from which day on. */
export const heldBy = async (tx: Tx, bodyId: Uuid | null): Promise<ReadonlyMap<Uuid, readonly Held[]>> => {
  const rows = await tx.sql<HeldRow>(
    `select m.body_id as "bodyId", m.held_on as "heldOn", m.joint_with as "jointWith",
       case when m.minutes = 'approved' and (m.nothing_to_correct or exists (select from body_recommendation r
           where r.meeting_id = m.id and r.kind = 'corrective_measure'))
         then (m.distributed_at at time zone 'Europe/Tirane')::date end as "correctedOn",
       (select min(r.made_on) from body_recommendation r where r.meeting_id = m.id and r.kind = 'recommendation') as "recommendedOn"
     from body_meeting m where m.state = 'HELD' and ($1::uuid is null or m.body_id = $1)`,
    [bodyId],
  )
  return Map.groupBy(rows, (row) => row.bodyId)
}

const obligationOf = (row: ObligationRow, asOf: Day): Obligation => ({
  from: row.from,
  to: row.to,
  dueOn: row.dueOn,
  needed: row.needed,
  proof: row.proof,
  missed: row.missedAt !== null && tiranaDay(row.missedAt) <= asOf,
})

export const standing = (
  row: ObligationRow,
  held: ReadonlyMap<Uuid, readonly Held[]>,
  asOf: Day,
): DutyView & { readonly missed: boolean } => {
  const obligation = obligationOf(row, asOf)
  return { ...dutyView(obligation, held.get(row.bodyId) ?? [], asOf), missed: obligation.missed }
}

export const viewObligation = (
  row: ObligationRow,
  held: ReadonlyMap<Uuid, readonly Held[]>,
  asOf: Day,
): ObligationView => ({
  id: row.id,
  body: { id: row.bodyId, code: row.bodyCode, nameSq: row.nameSq, nameEn: row.nameEn },
  rule: row.rule,
  periodFrom: row.from,
  periodTo: row.to,
  dueOn: row.dueOn,
  needed: row.needed,
  proof: row.proof,
  verification: row.verification,
  legalSource: row.legalSource,
  ...standing(row, held, asOf),
})

/** Obligations that were overdue at the end of that day: what the list of overdue ones shows for it. */
export const unmetAsOf = async (tx: Tx, asOf: Day): Promise<number> => {
  const [rows, held] = await Promise.all([obligationRows(tx, asOf, null), heldBy(tx, null)])
  return rows.filter((row) => standing(row, held, asOf).state === 'overdue').length
}

interface Duty {
  readonly bodyId: Uuid
  readonly rule: string
  readonly period: DutyPeriod
  readonly proof: DutyProof
  readonly since: Day
}

/** A miss is told while it is news; what lies further back is only counted. */
const NEWS_DAYS = 14

/** Opens what has begun and counts what passed unmet. However often it runs, each row is made and counted once. */
export const keepObligations = async (ctx: Context): Promise<{ opened: number; missed: number }> => {
  const opened = await systemTx(ctx, 'jobs', 'bodies: open the obligations of each period', openPeriods)
  const missed = await systemTx(ctx, 'jobs', 'bodies: count what was missed', countMissed)
  return { opened, missed }
}

const openPeriods = async (tx: WriteTx): Promise<number> => {
  const today = tiranaDay(tx.now)
  const { sets } = await getLaw(tx)
  const duties = await tx.sql<Duty>('select body_id as "bodyId", rule, period, proof, since from body_duty')
  const rows = duties.flatMap((duty) =>
    periodsOf(duty.period, duty.since, today).flatMap((period) => {
      const set = ruleSetOn(sets, period.from)
      const rule = set?.rules.find((one) => one.code === duty.rule && one.enabled)
      if (set === undefined || rule === undefined) return []
      return [
        {
          id: uuidv7(),
          body_id: duty.bodyId,
          rule: duty.rule,
          rule_set: set.id,
          period_from: period.from,
          period_to: period.to,
          due_on: dueOn(rule, period),
          needed: neededIn(rule),
          proof: duty.proof,
          verification: rule.verification,
          legal_source: rule.legalSource,
        },
      ]
    }),
  )
  const made = await tx.sql(
    `insert into body_obligation (id, body_id, rule, rule_set, period_from, period_to, due_on, needed, proof, verification,
       legal_source, opened_at)
     select r.*, $2 from jsonb_to_recordset($1::jsonb) as r (id uuid, body_id uuid, rule text, rule_set text, period_from date,
       period_to date, due_on date, needed int, proof text, verification text, legal_source text)
     on conflict (body_id, rule, period_from) do nothing returning 1`,
    [JSON.stringify(rows), tx.now],
  )
  return made.length
}

const countMissed = async (tx: WriteTx): Promise<number> => {
  const today = tiranaDay(tx.now)
  const rows = (await obligationRows(tx, today, null)).filter(
    (row) => row.missedAt === null && row.dueOn < today,
  )
  if (rows.length === 0) return 0
  const held = await heldBy(tx, null)
  const missed = rows.filter((row) => standing(row, held, today).state === 'overdue')
  for (const [bodyId, its] of Map.groupBy(missed, (row) => row.bodyId)) await missOf(tx, bodyId, its, today)
  return missed.length
}

const missOf = async (
  tx: WriteTx,
  bodyId: Uuid,
  missed: readonly ObligationRow[],
  today: Day,
): Promise<void> => {
  const [body] = await tx.sql<{ version: number }>('select version from body where id = $1 for update', [
    bodyId,
  ])
  const version = await append(
    tx,
    { kind: 'body', id: bodyId, version: body!.version },
    missed.map((row) => ({
      type: 'BodyObligationMissed',
      v: 1,
      facts: { obligationId: row.id, rule: row.rule, from: row.from, to: row.to, dueOn: row.dueOn },
    })),
  )
  await tx.sql('update body set version = $2 where id = $1', [bodyId, version])
  await tx.sql('update body_obligation set missed_at = $2 where id = any ($1::uuid[])', [
    missed.map((row) => row.id),
    tx.now,
  ])
  const fresh = missed.filter((row) => row.dueOn >= addDays(today, -NEWS_DAYS))
  for (const row of fresh) {
    const seats = await tx.sql<{ id: Uuid }>(
      "select id from body_member where body_id = $1 and seat in ('chair', 'secretary') and valid_to is null",
      [bodyId],
    )
    await tellSeats(
      tx,
      {
        code: 'meeting_missed',
        recordKind: 'body',
        recordId: bodyId,
        label: `${row.bodyCode}-${row.rule}-${row.from}`,
      },
      seats.map((one) => one.id),
    )
  }
}
