import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { publicActor, withWriteTx } from '#server/tx.ts'
import { actorOf, type CastName } from '#test/cast.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'

let app: TestApp
let id: string
beforeAll(async () => {
  app = await testApp()
  id = uuidv7()
  await app.as('school').command('report.create', id, {
    source: 'school',
    channel: 'web',
    place: { municipality: '53', text: 'x' },
    immediacy: 'high',
    concerns: ['neglect'],
    narrative: 'x',
    children: [{ givenName: 'Ana' }],
    reporter: { name: 'Mira', mayCallBack: true },
    officialInvolved: { institution: 'police', text: 'y' },
  })
})
afterAll(() => app.close())

const runAs = (actor: Parameters<typeof withWriteTx>[1], sql: string, values: unknown[] = []) =>
  withWriteTx(app.ctx, actor, { commandId: uuidv7() }, (tx) => tx.sql(sql, values))
const run = (who: CastName, sql: string, values: unknown[] = []) => runAs(actorOf(who), sql, values)

describe('what the database keeps of intake by itself', () => {
  test.each([
    ['report', "state = 'GONE'"],
    ['report', "immediacy = 'soon'"],
    ['report', "municipality = '5'"],
    ['report', 'children = 0'],
    ['report', 'children = 21'],
    ['report_child', "sex = 'm'"],
    ['report_child', "birth_from = '2015-01-01'"],
    ['report_child', "birth_from = '2015-01-02', birth_to = '2015-01-01'"],
    ['report_child', "given_name = repeat('a', 121)"],
    ['report_child', "family_name = repeat('a', 121)"],
    ['report_child', "other_names = repeat('a', 241)"],
    ['report_child', "citizenship = 'al'"],
    ['report_child', "description = repeat('a', 2001)"],
    ['report_child', "address = repeat('a', 401)"],
    ['report_child', "contact = repeat('a', 201)"],
    ['clock', "due_at = started_at - interval '1 second'"],
    ['clock', "warn_at = due_at + interval '1 second'"],
    ['clock', "stopped_at = started_at - interval '1 second'"],
    ['clock', "verification = 'X'"],
    ['clock', "rule = 'D1'"],
    ['clock', "record_kind = 'person'"],
  ])('it refuses of a %s, whoever writes: %s', async (table, change) => {
    const [{ n }] = (await app.db.admin<{ n: number }>(`select count(*)::int as n from ${table}`)) as [
      { n: number },
    ]
    expect(n).toBeGreaterThan(0)
    await expect(app.db.admin(`update ${table} set ${change}`)).rejects.toMatchObject({
      code: '23514',
      constraint: `${table}_stands`,
    })
  })

  test.each(['breaches', 'extensions'])('it takes no clock with fewer than no %s', async (column) => {
    await expect(
      app.db.admin(
        `insert into clock select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), '${column}', -1))).* from clock c`,
      ),
    ).rejects.toMatchObject({ code: '23514', constraint: 'clock_stands' })
  })

  test('a forgotten “where” leaks nothing: each reads only what its role and unit reach', async () => {
    const seen: Record<string, Partial<Record<CastName, number>>> = {
      report: { 'cpw-tirana': 1, 'head-tirana': 1, school: 1, 'state-agency': 1 },
      report_named: { 'cpw-tirana': 1, 'head-tirana': 1 },
      report_child: { 'cpw-tirana': 1, 'head-tirana': 1 },
      report_reporter: {},
      integrity_tip: { 'internal-affairs': 1 },
    }
    const everybody: CastName[] = [
      'cpw-tirana',
      'head-tirana',
      'cpw-durres',
      'school',
      'health',
      'police',
      'hotline',
      'state-agency',
      'responsible-authority',
      'internal-affairs',
      'admin',
      'dpo',
      'coordinator',
    ]
    for (const [table, readers] of Object.entries(seen))
      for (const who of everybody)
        expect([table, who, (await run(who, `select 1 from ${table}`)).length]).toEqual([
          table,
          who,
          readers[who] ?? 0,
        ])
  })

  test('the reporter only to call back, the parts of events by their tier, the receipts by nobody', async () => {
    const back = { ...actorOf('cpw-tirana'), purpose: 'callback' as const }
    expect(await runAs(back, 'select name, may_call_back as call from report_reporter')).toEqual([
      { name: null, call: true },
    ])
    const parts = (who: CastName) =>
      run(who, "select 1 from event_part where kind in ('report', 'integrity_tip')")
    expect((await parts('cpw-tirana')).length).toBeGreaterThan(0)
    for (const who of ['school', 'state-agency', 'cpw-durres', 'admin'] as const)
      expect(await parts(who)).toEqual([])
    expect(await run('internal-affairs', 'select tier from event_part')).toEqual([{ tier: 'T5' }])
    await expect(run('cpw-tirana', 'select 1 from report_receipt')).rejects.toThrow(/permission denied/)
  })

  test('the public reads no record, whatever it asks', async () => {
    for (const table of [
      'report',
      'report_named',
      'report_child',
      'report_reporter',
      'integrity_tip',
      'person',
      'hotspot',
      'event',
    ])
      expect([table, await runAs(publicActor, `select 1 from ${table}`)]).toEqual([table, []])
    expect(await runAs(publicActor, "select * from duplicate_units('ana', '{aN}', null, null)")).toEqual([])
    expect(await runAs(publicActor, "select * from duplicate_pool('ana', '{aN}', null, null)")).toEqual([])
    expect(await runAs(publicActor, "select * from search_persons('{%a%}', 10)")).toEqual([])
  })

  test('a report changes only in the transaction of its event, and nothing of intake is deleted', async () => {
    await expect(run('cpw-tirana', "update report set state = 'INFO_ONLY'")).rejects.toThrow(
      /permission denied/,
    )
    await expect(run('cpw-tirana', 'update report set version = version + 1')).rejects.toThrow(/policy/)
    await expect(
      run('cpw-tirana', `select save_report(to_jsonb(r) || '{"version": 2}') from report r where id = $1`, [
        id,
      ]),
    ).rejects.toThrow(/together with its event/)
    await expect(run('school', 'update report_child set person_id = null')).resolves.toEqual([])
    for (const table of [
      'report',
      'report_child',
      'report_reporter',
      'integrity_tip',
      'screening',
      'identification_record',
      'person',
    ])
      await expect(run('cpw-tirana', `delete from ${table}`)).rejects.toThrow(/permission denied/)
    for (const table of ['screening_item', 'identification_record', 'report_reporter'])
      await expect(run('cpw-tirana', `update ${table} set id = id`)).rejects.toThrow(
        /permission denied|does not exist/,
      )
  })

  test('nobody writes a report in another’s name, and no screening without a case or a report', async () => {
    await expect(
      run(
        'school',
        `insert into report (id, state, unit_id, source, channel, immediacy, concerns, children, created_by, occurred_at, received_at, version)
         select gen_random_uuid(), 'RECEIVED', $1, 'school', 'web', 'high', '{}', 1, $2, now(), now(), 1`,
        [actorOf('cpw-tirana').unitId, actorOf('police').userId],
      ),
    ).rejects.toThrow(/policy/)
    await expect(
      run(
        'cpw-tirana',
        `insert into screening (id, set_code, set_version, subject, forms, territory, setting, met, dimensions, advised, result, screener_id, at, version)
         values (gen_random_uuid(), 'trafficking', '2018-1', 'child', '{}', 'internal', 'case', 0, '{}', 'negative', 'negative', $1, now(), 1)`,
        [actorOf('cpw-tirana').userId],
      ),
    ).rejects.toThrow(/check/)
  })

  test('impossible rows are refused', async () => {
    const set = (change: string) => app.db.admin(`update report_child set ${change}`)
    await expect(set("birth_from = '2015-01-01'")).rejects.toThrow(/check/)
    await expect(set("birth_from = '2016-01-01', birth_to = '2015-01-01'")).rejects.toThrow(/check/)
    await expect(set("sex = 'other'")).rejects.toThrow(/check/)
    await expect(app.db.admin("update report set state = 'LOST'")).rejects.toThrow(/check/)
    await expect(app.db.admin("update report set municipality = 'Tirana'")).rejects.toThrow(/check/)
  })
})
