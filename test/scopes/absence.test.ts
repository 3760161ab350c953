/**
 * Random days of absence over random cases: whoever stands in today reads what the worker reads, through the rows, the lists, the
 * search and the domain's policy; yesterday's and tomorrow's stand-in, and one whose days ended early, reads no more than before.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { caseTier } from '#domain/case/policy.ts'
import { addDays, tiranaDay } from '#domain/clock/tirana.ts'
import type { Purpose } from '#domain/core.ts'
import { uuidv7 } from '#server/ids.ts'
import { withTx } from '#server/tx.ts'
import { actorOf, type CastName, unitId, userId } from '#test/cast.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'
import { type Asker, caseTierOf, personTierOf } from './oracle.ts'
import { type CaseRecord, world, worldSql } from './world.ts'

const now = new Date().toISOString()
const today = tiranaDay(now)
const staff = {
  'cpu-tirana': ['cpw-tirana', 'cpw2-tirana', 'head-tirana'],
  'cpu-durres': ['cpw-durres', 'head-durres'],
} as const
interface Away {
  readonly unit: keyof typeof staff
  readonly worker: CastName
  readonly deputy: CastName
  /** Days from today. */
  readonly from: number
  readonly length: number
  readonly ended: number | null
}
/** At most one a worker holds today, as the command sees to. */
const aways: fc.Arbitrary<readonly Away[]> = fc
  .array(
    fc.constantFrom(...(Object.keys(staff) as (keyof typeof staff)[])).chain((unit) =>
      fc.record({
        unit: fc.constant(unit),
        worker: fc.constantFrom<CastName>(...staff[unit]),
        deputy: fc.constantFrom<CastName>(...staff[unit]),
        from: fc.integer({ min: -4, max: 2 }),
        length: fc.integer({ min: 0, max: 5 }),
        ended: fc.option(fc.integer({ min: -3, max: 2 }), { freq: 2 }),
      }),
    ),
    { minLength: 2, maxLength: 7 },
  )
  .map((all) =>
    all.filter(
      (one, n) => one.worker !== one.deputy && all.findIndex((other) => other.worker === one.worker) === n,
    ),
  )
const holds = ({ from, length, ended }: Away): boolean =>
  from <= 0 && from + length >= 0 && (ended === null || ended > 0)

let app: TestApp
const cases: CaseRecord[] = []
beforeAll(async () => {
  app = await testApp({ now })
  for (const one of fc.sample(world, { numRuns: 3, seed: 43 })) {
    await app.db.admin(worldSql({ ...one, reports: [], referrals: [], tips: [] }))
    cases.push(...one.cases)
  }
})
afterAll(() => app.close())

const insert = (all: readonly Away[]) =>
  app.db.admin(
    `delete from worker_absence; ${all
      .map(
        (
          one,
        ) => `insert into worker_absence (id, version, unit_id, worker_id, deputy_id, from_day, until_day, kind, named_by, ended_on)
      values ('${uuidv7()}', 1, '${unitId(one.unit)}', '${userId(one.worker)}', '${userId(one.deputy)}', '${addDays(today, one.from)}',
        '${addDays(today, one.from + one.length)}', 'leave', '${userId(one.worker)}', ${one.ended === null ? 'null' : `'${addDays(today, one.ended)}'`})`,
      )
      .join(';')}`,
  )

const askers: readonly Asker[] = [
  ...Object.values(staff).flat(),
  'director-tirana' as const,
  'state-agency' as const,
  'police' as const,
].flatMap((name) => [null, 'supervision' as Purpose].map((purpose) => ({ name, purpose })))
const reached = (asker: Asker, all: readonly CaseRecord[], tier: number) =>
  new Set(all.filter((one) => caseTierOf(asker, one) >= tier).map((one) => one.id))

describe('standing in', () => {
  const rounds = fc.sample(aways, { numRuns: 6, seed: 2026 })
  test.each(rounds.map((all, n) => [n, all] as const))('days %i', async (_, all) => {
    await insert(all)
    const today = all.filter(holds)
    const known = cases.map((one) => ({
      ...one,
      standIn: today.find((away) => away.worker === one.manager && away.unit === one.unit)?.deputy ?? null,
    }))
    for (const asker of askers) {
      const actor = { ...actorOf(asker.name), purpose: asker.purpose }
      const found = await withTx(app.ctx, actor, async (tx) => {
        const ids = async (sql: string) => new Set((await tx.sql<{ id: string }>(sql)).map((row) => row.id))
        return {
          row: await ids('select id from case_file'),
          named: await ids('select id from case_file_named'),
          sensitive: await ids('select id from case_file_sensitive'),
          parts3: await ids("select record_id as id from event_part where tier = 'T3'"),
          parts4: await ids("select record_id as id from event_part where tier = 'T4'"),
          person3: await ids('select id from person_named'),
          person4: await ids('select id from person_sensitive'),
          search: await ids("select case_id as id from search_persons('{%}', 100000)"),
          list: await ids(
            'select id from list_cases(false, null, null, null, null, null, 10000) where child is not null',
          ),
          mine: await ids('select id from list_cases(true, null, null, null, null, null, 10000)'),
          faces: await ids(
            `select id from case_faces('{${cases.map((one) => one.id).join()}}') where given_name is not null`,
          ),
          standIns: await tx.sql<{ id: string; who: string | null }>(
            'select id, stand_in_of(manager_id, unit_id) as who from case_file',
          ),
        }
      })
      const said = `${asker.name} ${asker.purpose ?? ''} ${JSON.stringify(all)}`
      const tier = (n: number) => reached(asker, known, n)
      const person = (n: number) =>
        new Set(
          known.filter((one) => personTierOf(asker, one.personId, known, []) >= n).map((one) => one.personId),
        )
      expect(found.row, said).toEqual(tier(2))
      for (const seen of [found.named, found.parts3, found.list, found.faces])
        expect(seen, said).toEqual(tier(3))
      for (const seen of [found.sensitive, found.parts4]) expect(seen, said).toEqual(tier(4))
      expect(found.person3, said).toEqual(person(3))
      expect(found.person4, said).toEqual(person(4))
      expect(found.search, said).toEqual(asker.name === 'state-agency' ? new Set() : tier(3))
      if (
        asker.name in
        { 'cpw-tirana': 1, 'cpw2-tirana': 1, 'head-tirana': 1, 'cpw-durres': 1, 'head-durres': 1 }
      )
        expect(found.mine, said).toEqual(
          new Set(
            known
              .filter(
                (one) => [one.manager, one.deputy, one.standIn].includes(asker.name) && tier(2).has(one.id),
              )
              .map((one) => one.id),
          ),
        )
      const who = new Map(found.standIns.map((row) => [row.id, row.who]))
      for (const one of known) {
        if (who.has(one.id)) expect(who.get(one.id), said).toBe(one.standIn && userId(one.standIn))
        expect(
          caseTier(actor, {
            unitId: unitId(one.unit),
            municipality: one.unit === 'cpu-tirana' ? '53' : '10',
            managerId: one.manager && userId(one.manager),
            managerIsHead: one.manager?.startsWith('head') ?? false,
            managerBy: one.byThemselves ? one.manager && userId(one.manager) : null,
            deputyBy: one.byThemselves ? one.deputy && userId(one.deputy) : null,
            deputyId: one.deputy && userId(one.deputy),
            standInId: one.standIn && userId(one.standIn),
            status: one.status,
            vmt: one.vmt,
            hasMeasure: one.hasMeasure,
            transferTo: one.transferTo && unitId(one.transferTo),
          }),
          said,
        ).toBe(caseTierOf(asker, one))
      }
    }
  })

  test('a stand-in who left the unit, or whose account is closed, reads nothing more', async () => {
    await insert([
      { unit: 'cpu-tirana', worker: 'cpw-tirana', deputy: 'cpw2-tirana', from: 0, length: 1, ended: null },
    ])
    const own = async () =>
      withTx(
        app.ctx,
        actorOf('cpw2-tirana'),
        async (tx) => (await tx.sql('select 1 from case_file_sensitive')).length,
      )
    const during = await own()
    await app.db.admin('update app_user set active = false where id = $1', [userId('cpw2-tirana')])
    const after = await own()
    await app.db.admin('update app_user set active = true where id = $1', [userId('cpw2-tirana')])
    expect(during).toBeGreaterThan(after)
  })
})
