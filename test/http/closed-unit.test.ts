/** A unit that closes while something is on its way to it: nothing lands where nobody looks, and nothing is lost. */
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '#domain/core.ts'
import { uuidv7 } from '#server/ids.ts'
import { mistrustRoutes } from '#server/report/route.ts'
import { actorOf, type CastName, unitId, userId } from '#test/cast.ts'
import { openFor } from './case-life.ts'
import { type TestApp, testApp } from './harness.ts'
import { takenAdult } from './nrm-life.ts'
import { placing } from './placement-life.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const durres = unitId('cpu-durres')
const told = (municipality: string) => ({
  source: 'hotline',
  channel: 'phone',
  immediacy: 'ordinary',
  concerns: ['begging'],
  place: { municipality, text: 'Te ura' },
  narrative: 'Lyp te ura.',
  children: [{ sex: 'unknown' }],
})
const report = async (municipality: string) => {
  const id = uuidv7()
  const reply = await app.as('hotline').command('report.create', id, told(municipality))
  expect(reply.status, JSON.stringify(reply.body)).toBe(200)
  const [row] = await app.db.admin<{ unit_id: string }>('select unit_id from report where id = $1', [id])
  return row!.unit_id
}
/** Work that begins while the unit is being closed elsewhere: it has the unit's row, and commits when the work waits for it. */
const whileCloses = async <T>(unit: string, work: () => Promise<T>): Promise<T> => {
  const closing = new pg.Client({ connectionString: app.db.adminUrl })
  await closing.connect()
  try {
    await closing.query('begin')
    await closing.query('update unit set active = false where id = $1', [unit])
    const going = work()
    await expect
      .poll(
        async () =>
          (
            await app.db.admin(
              `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
            )
          ).length,
      )
      .toBeGreaterThan(0)
    await closing.query('commit')
    return await going
  } finally {
    await closing.end()
    await app.db.admin('update unit set active = true where id = $1', [unit])
  }
}

describe('a report goes where somebody reads it', () => {
  test('closed by another process within the two seconds that a way is remembered', async () => {
    expect(await report('10')).toBe(durres)
    await app.db.admin('update unit set active = false where id = $1', [durres])
    expect(await report('10')).toBe(unitId('line-116006'))
    await app.db.admin('update unit set active = true where id = $1', [durres])
  })
  test('closed in the moment between the way and the row', async () => {
    mistrustRoutes()
    expect(await whileCloses(durres, () => report('10'))).toBe(unitId('line-116006'))
  })
  test('the answer to the same command again is the first one, wherever the way leads by then', async () => {
    const [id, commandId] = [uuidv7(), uuidv7()]
    const send = (who: CastName | Actor, body: object = told('10')) =>
      app.as(who).command('report.create', id, body, { commandId })
    const first = await send('hotline')
    expect(first.status).toBe(200)
    await app.db.admin('update unit set active = false where id = $1', [durres])
    expect((await send('hotline')).body).toEqual(first.body)
    await app.db.admin('update unit set active = true where id = $1', [durres])
    // Another payload under it, or another hand, learns nothing and changes nothing.
    expect((await send('hotline', told('53'))).body.code).toBe('command_reused')
    const other = await send({ ...actorOf('hotline'), userId: userId('police') })
    expect([other.status, other.body.code]).toEqual([409, 'stale'])
    const rows = await app.db.admin('select 1 from event where record_id = $1', [id])
    expect(rows.length).toBe(1)
  })
})

describe('what was decided a moment before is decided again', () => {
  test('a referral and an adult’s file are refused, and stand nowhere', async () => {
    const { caseId: id } = await openFor(app, 'cpw-tirana')
    const send = () =>
      app.as('cpw-tirana').command('referral.send', uuidv7(), {
        caseId: id,
        toUnitId: unitId('shelter-vlore'),
        service: 'emergency_shelter',
        said: { needs: 'Një shtrat sonte.' },
        grounds: [{ kind: 'law', ref: 'ligji 18/2017, neni 51' }],
        objection: 'none',
      })
    const referred = await whileCloses(unitId('shelter-vlore'), send)
    expect(referred.body.errors).toMatchObject([{ field: 'body.body.toUnitId', code: 'unknown_code' }])
    const file = (await takenAdult(app, 'police')).id
    const [known] = await app.db.admin<{ version: number }>('select version from nrm_file where id = $1', [
      file,
    ])
    const handed = await whileCloses(unitId('shelter-vlore'), () =>
      app
        .as('social-service')
        .command(
          'nrm.hand_over',
          file,
          { unitId: unitId('shelter-vlore'), reason: 'Jeton atje.' },
          { baseVersion: known!.version },
        ),
    )
    expect(handed.status, JSON.stringify(handed.body)).toBe(422)
    const [row] = await app.db.admin('select unit_id from nrm_file where id = $1', [file])
    expect(row).toEqual({ unit_id: unitId('social-service-tirana') })
  })
})

describe('a unit closes empty', () => {
  const close = async (unit: string) => {
    const [head] = await app.db.admin<{ version: number }>(
      'select version from record_head where record_id = $1',
      [unit],
    )
    return (
      await app
        .as('admin')
        .command('admin.change_unit', unit, { active: false }, { baseVersion: head?.version ?? 0 })
    ).body
  }
  test('not while an adult who wrote for themselves waits there', async () => {
    await app.db.admin(`set session_replication_role = replica;
      insert into self_report (id, version, state, danger, language, unit_id, received_at, code_hash)
      values ('${uuidv7()}', 1, 'NEW', 'yes', 'sq', '${unitId('social-service-durres')}', now(), sha256('x'));
      set session_replication_role = origin`)
    expect((await close(unitId('social-service-durres'))).code).toBe('admin_unit_carries_work')
  })
  test('not while a case is offered to it', async () => {
    await app.db.admin(
      'update case_file set transfer_to = $1 where id = (select id from case_file limit 1)',
      [durres],
    )
    await app.db.admin(`update report set state = 'INFO_ONLY' where unit_id = '${durres}'`)
    expect((await close(durres)).code).toBe('admin_unit_carries_work')
    await app.db.admin('update case_file set transfer_to = null')
  })
  test('not while its beds are offered to whoever looks for one tonight', async () => {
    await placing(() => app).place('shelter')
    await app.db.admin('update care_place set unit_id = $1', [unitId('shelter-vlore')])
    expect((await close(unitId('shelter-vlore'))).code).toBe('admin_unit_carries_work')
    await app.db.admin("update care_place set status = 'closed'")
    expect((await close(unitId('shelter-vlore'))).version).toBeGreaterThan(0)
  })
  test('not the last national line: a report from a place without a unit would be refused', async () => {
    await app.db.admin("update report set state = 'INFO_ONLY'")
    expect((await close(unitId('line-116006'))).code).toBe('admin_unit_last')
    expect(await report('46')).toBe(unitId('line-116006'))
  })
})
