/** The one recurring job over all clocks (decision 19): warn, count breaches, tell supervisors. */
import { nextAt, tick } from '#domain/clock/decide.ts'
import type { Uuid } from '#domain/core.ts'
import { append } from '../append.ts'
import type { Context } from '../context.ts'
import { uuidv7 } from '../ids.ts'
import { Problem } from '../problem.ts'
import { systemTx, type WriteTx } from '../tx.ts'
import { type ClockRow, clockOf } from './view.ts'

export interface Scanned {
  readonly looked: number
  readonly breached: number
  readonly escalated: number
  /** Clocks whose record somebody was writing to: the next scan takes them. */
  readonly left: number
}

const BATCH = 200

/** Everything due by now, a record at a time, so that one busy record holds nobody up. */
export const scanClocks = async (ctx: Context): Promise<Scanned> => {
  const total = { looked: await markNear(ctx), breached: 0, escalated: 0, left: 0 }
  const missed = new Set<Uuid>()
  let fault: unknown
  for (;;) {
    const due = await systemTx(ctx, 'jobs', 'clocks: find what is due', (tx) =>
      tx.sql<{ id: Uuid }>(
        `select id from clock where next_at <= $1 and id <> all ($2::uuid[]) order by next_at limit ${BATCH}`,
        [tx.now, [...missed]],
      ),
    )
    for (const { id } of due) {
      total.looked += 1
      try {
        const told = await systemTx(ctx, 'jobs', 'clocks: warn, breach, escalate', (tx) => step(tx, id))
        total.breached += told.breached
        total.escalated += told.escalated
      } catch (error) {
        // One clock that cannot be kept must not stop the country's others; the task still fails, so that it is seen.
        if (!(error instanceof Problem && error.code === 'stale')) fault ??= error
        missed.add(id)
        total.left += 1
      }
    }
    if (due.length >= BATCH) continue
    if (fault !== undefined) throw fault
    return total
  }
}

/** Coming near changes no record and tells nobody: all such clocks in one statement. */
const markNear = (ctx: Context): Promise<number> =>
  systemTx(ctx, 'jobs', 'clocks: mark what comes near', async (tx) => {
    const rows = await tx.sql(
      `update clock set warned_at = $1, next_at = due_at + interval '1 second'
       where next_at <= $1 and warned_at is null and breached_at is null and stopped_at is null and paused_at is null
         and due_at >= $1 returning 1`,
      [tx.now],
    )
    return rows.length
  })

const step = async (tx: WriteTx, id: Uuid): Promise<{ breached: number; escalated: number }> => {
  const rows = await tx.sql<ClockRow & { version: number; county: string | null }>(
    `select c.*, h.version, m.county from clock c
       join record_head h on h.record_id = c.record_id and h.kind = c.record_kind
       left join municipality m on m.code = c.municipality
     where c.id = $1 and c.next_at <= $2 for update of c skip locked`,
    [id, tx.now],
  )
  const row = rows[0]
  if (row === undefined) return { breached: 0, escalated: 0 }
  const { clock, events } = tick(clockOf(row), tx.now)
  if (events.length > 0) {
    const version = await append(
      tx,
      { kind: row.record_kind, id: row.record_id, version: row.version },
      events,
    )
    await tx.sql('select follow_version($1, $2, $3)', [row.record_kind, row.record_id, version])
  }
  const told = events.filter((event) => event.type === 'ClockEscalated')
  for (const event of told) {
    tx.later(
      `insert into escalation (id, clock_id, rule, record_kind, record_id, step, role, unit_id, municipality, county, at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        uuidv7(),
        id,
        clock.rule,
        row.record_kind,
        row.record_id,
        event.facts.step,
        event.facts.role,
        row.unit_id,
        row.municipality,
        row.county,
        tx.now,
      ],
    )
    tx.later('select tell_deadline($1, $2, $3, $4, $5, $6)', [
      row.record_kind,
      row.record_id,
      event.facts.role,
      row.unit_id,
      row.municipality,
      tx.now,
    ])
  }
  tx.later(
    'update clock set warned_at = $2, breached_at = $3, breaches = $4, escalated = $5, next_at = $6 where id = $1',
    [id, clock.warnedAt, clock.breachedAt, clock.breaches, clock.escalated, nextAt(clock)],
  )
  return { breached: events.length - told.length, escalated: told.length }
}
