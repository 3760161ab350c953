/** Instalments of the shelters: planned, received, late; and what assistance cost in a year. */
import { hiddenLines } from '#disclosure/lines.ts'
import {
  decidePlanShelterTranche,
  decideReceiveShelterTranche,
  plansTranches,
  receivesTranche,
  type Tranche,
  trancheLate,
} from '#domain/assistance/tranche.ts'
import { daysBetween, tiranaDay } from '#domain/clock/tirana.ts'
import type { Uuid } from '#domain/core.ts'
import * as wire from '#wire/assistance.ts'
import { append } from '../append.ts'
import { type CommandHandler, command, done, mustBeFresh, refused } from '../command.ts'
import { endpoint } from '../endpoint.ts'
import { invalid, notFound } from '../problem.ts'

const plan = command('shelter_tranche.plan', wire.PlanShelterTranche, async (tx, cmd) => {
  const { unitId, ...body } = cmd.body
  const decision = decidePlanShelterTranche(body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const known = await tx.sql(`select 1 from unit where id = $1 and kind = 'shelter' and active`, [unitId])
  if (known.length === 0) throw invalid({ field: 'body.body.unitId', code: 'unknown_code' })
  const version = await append(tx, { kind: 'shelter_tranche', id: cmd.recordId, version: 0 }, decision.events)
  await tx.sql(
    'insert into shelter_tranche (id, version, unit_id, source, payer, due_on, amount) values ($1, $2, $3, $4, $5, $6, $7)',
    [cmd.recordId, version, unitId, body.source, body.payer, body.dueOn, body.amount],
  )
  return done({ recordId: cmd.recordId, version })
})

const receive = command('shelter_tranche.receive', wire.ReceiveShelterTranche, async (tx, cmd) => {
  const [now] = await tx.sql<Tranche & { version: number; unitId: Uuid }>(
    `select id, version, unit_id as "unitId", due_on as "dueOn", amount, received_on as "receivedOn", received
     from shelter_tranche where id = $1`,
    [cmd.recordId],
  )
  if (now === undefined) throw notFound()
  const decision = decideReceiveShelterTranche(now, cmd.body, tiranaDay(tx.now), tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  await mustBeFresh(tx, 'shelter_tranche', cmd, ['tranche'])
  const version = await append(
    tx,
    { kind: 'shelter_tranche', id: now.id, version: now.version },
    decision.events,
  )
  await tx.sql('update shelter_tranche set version = $2, received_on = $3, received = $4 where id = $1', [
    now.id,
    version,
    cmd.body.on,
    cmd.body.amount,
  ])
  return done({ recordId: now.id, version })
})
export const trancheCommands: readonly CommandHandler[] = [plan, receive]

type Shown = wire.TranchesView['items'][number]
/** Bounded: a year of some dozen shelters has some hundred instalments. */
const most = 1000
export const listTranches = endpoint({
  method: 'GET',
  url: '/api/assistance/tranches',
  wire: wire.ListTranches,
  handle: async (tx, { query }) => {
    const name = query.lang === 'en' ? 'u.name_en' : 'u.name_sq'
    const today = tiranaDay(tx.now)
    const mayPlan = plansTranches(tx.actor)
    const [rows, shelters] = await Promise.all([
      tx.sql<Omit<Shown, 'late' | 'days' | 'mayReceive'>>(
        `select t.id, t.version, t.unit_id as "unitId", ${name} as shelter, t.source, t.payer, t.due_on as "dueOn", t.amount,
           t.received_on as "receivedOn", t.received from shelter_tranche t join unit u on u.id = t.unit_id
         where t.due_on between $1 and $2 order by t.due_on, ${name}, t.id limit ${most}`,
        [`${query.year}-01-01`, `${query.year}-12-31`],
      ),
      mayPlan
        ? tx.sql<{ id: Uuid; name: string }>(
            `select u.id, ${name} as name from unit u where u.kind = 'shelter' and u.active order by 2, 1 limit 200`,
          )
        : [],
    ])
    return {
      mayPlan,
      shelters,
      items: rows.map((row) => ({
        ...row,
        late: trancheLate(row, today),
        days: Math.max(0, daysBetween(row.dueOn, row.receivedOn ?? today)),
        mayReceive: row.receivedOn === null && receivesTranche(tx.actor, row.unitId),
      })),
    }
  },
})

/** Figures over fewer persons than this are not shown, nor whatever their total would give away. */
const least = 5
interface Figure {
  readonly what: 'funding' | 'setting' | 'for'
  readonly key: string
  readonly persons: number
  readonly services: number
  readonly unknown: number
  readonly lek: number
}
/** The lines of one table that may be shown. No totals are told, but the three tables are of the same services and their sums are equal. */
const shown = (lines: readonly Figure[]): wire.AssistanceFiguresView['funding'] => {
  const hidden = hiddenLines(
    lines,
    (one) => one.persons < least,
    (one) => one.persons,
  )
  return lines.map((one) => {
    const { key, persons, services, unknown, lek } = one
    return hidden.has(one)
      ? { key, persons: null, services: null, unknown: null, lek: null }
      : { key, persons, services, unknown, lek }
  })
}
export const assistanceFigures = endpoint({
  method: 'GET',
  url: '/api/assistance/figures',
  wire: wire.AssistanceFigures,
  handle: async (tx, { query }) => {
    const rows = await tx.sql<Figure>('select * from assistance_figures($1, $2) order by what, key', [
      `${query.year}-01-01`,
      `${query.year}-12-31`,
    ])
    const of = (what: Figure['what']) => shown(rows.filter((row) => row.what === what))
    return { funding: of('funding'), setting: of('setting'), for: of('for') }
  },
})
