/**
 * Referrals by random search: whoever asks, whatever lies in the tables, they reach what the rule book says and
 * nothing else: by the tables themselves, by lists and by pages. The oracle below is written from the rules in
 * words, apart from `src/domain/referral/policy.ts` and from the policies of the database.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor, Purpose } from '#domain/core.ts'
import { sensitivePlace } from '#server/referral/store.ts'
import { withTx } from '#server/tx.ts'
import {
  actorOf,
  type CastName,
  type CastUnitName,
  castNames,
  castUnits,
  unitId,
  userId,
} from '#test/cast.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'
import { planted } from '#test/sealing.ts'

const seed = Number(process.env.SCOPES_SEED ?? 20181231)
const id = (family: string, n: number): string => `${family}-0000-7000-8000-${String(n).padStart(12, '0')}`

interface Case {
  readonly id: string
  readonly unit: 'cpu-tirana' | 'cpu-durres'
  readonly manager: CastName
  readonly deputy: CastName | null
  readonly measure: boolean
  readonly vmt: string
  readonly transferTo: CastUnitName | null
}
interface Sent {
  readonly id: string
  readonly case: Case | null
  readonly from: CastUnitName
  readonly to: CastUnitName
  readonly state: string
  readonly ended: boolean
  readonly live: readonly string[]
}

const workers = {
  'cpu-tirana': ['cpw-tirana', 'cpw2-tirana', 'head-tirana'],
  'cpu-durres': ['cpw-durres', 'head-durres'],
} as const
const cases = fc
  .record({
    unit: fc.constantFrom('cpu-tirana' as const, 'cpu-durres' as const),
    who: fc.nat(2),
    deputy: fc.option(fc.nat(2)),
    measure: fc.boolean(),
    vmt: fc.constantFrom('none', 'at_risk', 'vmt', 'formal_pending', 'not_confirmed'),
    moving: fc.boolean(),
  })
  .map(({ unit, who, deputy, measure, vmt, moving }): Omit<Case, 'id'> => {
    const of: readonly CastName[] = workers[unit]
    return {
      unit,
      manager: of[who % of.length]!,
      deputy: deputy === null ? null : of[deputy % of.length]!,
      measure,
      vmt,
      transferTo: moving ? (unit === 'cpu-tirana' ? 'cpu-durres' : 'cpu-tirana') : null,
    }
  })
const fields = ['identity', 'needs', 'risks', 'consent'] as const
const units = Object.keys(castUnits) as CastUnitName[]
const referrals = fc.record({
  of: fc.option(fc.nat(19)),
  from: fc.constantFrom(...units),
  to: fc.constantFrom(...units),
  state: fc.constantFrom(
    'SENT',
    'ACKNOWLEDGED',
    'ACCEPTED',
    'IN_SERVICE',
    'COMPLETED',
    'DECLINED',
    'EXPIRED',
    'WITHDRAWN',
  ),
  ended: fc.boolean(),
  live: fc.subarray([...fields], { minLength: 1 }),
})

const world: { cases: Case[]; sent: Sent[] } = { cases: [], sent: [] }
let app: TestApp

beforeAll(async () => {
  app = await testApp()
  world.cases = fc
    .sample(cases, { numRuns: 20, seed })
    .map((one, n) => ({ ...one, id: id('00000030', n + 1) }))
  world.sent = fc.sample(referrals, { numRuns: 160, seed: seed + 1 }).flatMap((one, n): Sent[] => {
    const of = one.of === null ? null : world.cases[one.of]!
    const from = of?.unit ?? one.from
    if (from === one.to) return []
    const closed = ['COMPLETED', 'DECLINED', 'EXPIRED', 'WITHDRAWN'].includes(one.state)
    const ended = one.ended || closed
    return [
      { id: id('00000040', n + 1), case: of, from, to: one.to, state: one.state, ended, live: one.live },
    ]
  })
  await app.db.admin(sqlOf())
})
afterAll(() => app.close())

const sqlOf = (): string => {
  const text = (value: string | null): string => (value === null ? 'null' : `'${value}'`)
  return [
    ...world.cases.map((one, n) => {
      const place = castUnits[one.unit]
      return `insert into person (id, sex, registered_at, version) values ('${one.id}', 'unknown', now(), 1);
        insert into case_file (id, code, version, person_id, unit_id, municipality, county, manager_id, manager_is_head, deputy_id,
          status, vmt_status, has_measure, transfer_to, opened_at, episode_at)
        values ('${one.id}', 'XX-2026-${String(n + 1).padStart(4, '0')}', 1, '${one.id}', '${unitId(one.unit)}', '${place.municipality}',
          '${place.county}', '${userId(one.manager)}', ${one.manager.startsWith('head')}, ${text(one.deputy === null ? null : userId(one.deputy))},
          'PLAN_ACTIVE', '${one.vmt}', ${one.measure}, ${text(one.transferTo === null ? null : unitId(one.transferTo))}, now(), now());
        insert into case_file_named (id) values ('${one.id}'); insert into case_file_sensitive (id) values ('${one.id}');`
    }),
    ...world.sent.map((one, n) => {
      const closed = ['COMPLETED', 'DECLINED', 'EXPIRED', 'WITHDRAWN'].includes(one.state)
      const live = one.ended ? [] : one.live
      return `insert into referral (id, code, state, case_id, from_unit_id, to_unit_id, sent_by, recipient_kind, service, sent_fields, fields,
          sent_at, closed_at, access_ended_at, escalated_at, decline_reason)
        values ('${one.id}', 'RF-2026-${String(n).padStart(6, '0')}', '${one.state}', ${text(one.case?.id ?? null)}, '${unitId(one.from)}',
          '${unitId(one.to)}', '${userId('cpw-tirana')}', 'shelter', 'other', '{${fields.join(',')}}', '{${live.join(',')}}',
          '2026-11-20T10:00:00Z'::timestamptz + ${n} * interval '1 minute', ${closed ? 'now()' : 'null'}, ${one.ended ? 'now()' : 'null'},
          ${n % 3 === 0 ? 'now()' : 'null'}, ${one.state === 'DECLINED' ? "'no_place'" : 'null'});
        ${fields
          .map((field) => {
            if (field !== 'risks')
              return `insert into referral_packet values ('${one.id}', '${field}', '"x"');`
            const { keySql, json } = planted(sensitivePlace(one.id, field), 'x')
            return `${keySql}; insert into referral_packet_sensitive values ('${one.id}', '${field}', ${json});`
          })
          .join(' ')}`
    }),
  ].join('\n')
}

/** Section "Who sees what", in words: how deep an actor sees a case. */
const depth = (actor: Actor, one: Case): 0 | 2 | 3 | 4 => {
  const place = castUnits[one.unit]
  const works =
    actor.userId === userId(one.manager) || (one.deputy !== null && actor.userId === userId(one.deputy))
  switch (actor.role) {
    case 'cpw':
    case 'cpu_head':
      if (actor.unitId === unitId(one.unit)) {
        if (works) return 4
        if (actor.role === 'cpw') return 2
        return actor.purpose === 'supervision' ? 4 : 3
      }
      return one.transferTo !== null && actor.unitId === unitId(one.transferTo) ? 2 : 0
    case 'municipal_director':
      return actor.municipality === place.municipality && one.measure ? 3 : 0
    case 'responsible_authority':
      return ['none', 'screened_negative', 'at_risk'].includes(one.vmt) ? 0 : 3
    case 'state_agency':
      return ['monitoring', 'complaint', 'case_review'].includes(actor.purpose ?? '') ? 3 : 2
    default:
      return 0
  }
}
const blind = ['coordinator', 'county_committee', 'plan_officer', 'admin', 'dpo']
/** Which fields of the packet, or null where even the row is out of reach. */
const reach = (actor: Actor, one: Sent): string[] | null => {
  if (blind.includes(actor.role)) return null
  const receives = actor.unitId === unitId(one.to)
  const sends = one.case === null ? (actor.unitId === unitId(one.from) ? 4 : 0) : depth(actor, one.case)
  if (!receives && sends === 0) return null
  return fields.filter((field) => {
    if (receives && !one.ended && one.live.includes(field)) return true
    return field === 'risks' ? sends === 4 : sends >= 3
  })
}

const purposes: readonly (Purpose | null)[] = [null, 'supervision', 'monitoring']
const people = castNames.flatMap((name) => purposes.map((purpose) => ({ name, purpose })))

describe('every person, with and without a purpose', () => {
  test.each(people)(
    '$name ($purpose) reaches in the tables what the rules say',
    async ({ name, purpose }) => {
      const actor: Actor = { ...actorOf(name), purpose }
      const { rows, packets, parts } = await withTx(app.ctx, actor, async (tx) => ({
        rows: await tx.sql<{ id: string }>('select id from referral'),
        packets: await tx.sql<{ id: string; field: string }>(
          `select referral_id as id, field from referral_packet union all select referral_id, field from referral_packet_sensitive`,
        ),
        parts: await tx.sql<{ n: number }>(
          "select count(*)::int as n from event_part where kind = 'referral'",
        ),
      }))
      const expected = world.sent.filter((one) => reach(actor, one) !== null)
      expect(rows.map((row) => row.id).sort()).toEqual(expected.map((one) => one.id).sort())
      const said = world.sent.flatMap((one) => (reach(actor, one) ?? []).map((field) => `${one.id} ${field}`))
      expect(packets.map((row) => `${row.id} ${row.field}`).sort()).toEqual(said.sort())
      expect(parts[0]!.n).toBe(0)
    },
  )
})

test('pages and lists give the same, to any pair of person and referral', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...people),
      fc.constantFrom(...world.sent),
      async ({ name, purpose }, one) => {
        const actor: Actor = { ...actorOf(name), purpose }
        const expected = reach(actor, one)
        const options = purpose === null ? {} : { purpose }
        const page = await app.as(name).get(`/api/referrals/${one.id}`, options)
        expect(page.status).toBe(expected === null ? 404 : 200)
        if (expected !== null)
          expect(page.body.packet!.map((part) => String(part.field)).sort()).toEqual([...expected].sort())
        for (const box of ['in', 'out', 'escalated']) {
          const list = await app.as(name).get(`/api/referrals?box=${box}&limit=100`, options)
          const found = list.body.items!.some((item) => String(item.id) === one.id)
          if (expected === null) expect(found).toBe(false)
          if (box === 'in' && expected !== null) expect(found).toBe(actor.unitId === unitId(one.to))
        }
        if (one.case !== null) {
          const nested = await app.as(name).get(`/api/cases/${one.case.id}/referrals`, options)
          expect(nested.status).toBe(depth(actor, one.case) === 0 ? 404 : 200)
        }
      },
    ),
    { numRuns: 60, seed },
  )
})
