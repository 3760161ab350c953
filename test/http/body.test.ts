/** Bodies over HTTP: who sees and runs which, obligations kept by the job, a meeting from invitation to recommendation. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Uuid } from '#domain/core.ts'
import { keepObligations } from '#server/body/duties.ts'
import { uuidv7 } from '#server/ids.ts'
import { loadReference } from '#server/reference/load.ts'
import { withTx } from '#server/tx.ts'
import { actorOf, type CastName, castNames } from '#test/cast.ts'
import { convened, held, idOf, must, seatsOf } from './body-life.ts'
import { noon, type TestApp, testApp } from './harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const codes = async (name: CastName): Promise<string[]> =>
  (await app.as(name).get('/api/bodies')).body.items!.map((one) => String(one.code)).sort()
const count = async (sql: string): Promise<number> => Number((await app.db.admin(sql))[0]!.n)

test('the shipped bodies load once, 12 committees with their tables and 61 coordination meetings among them', async () => {
  expect(await loadReference(app.ctx, { bodies: false })).toMatchObject({
    body: 0,
    body_member: 0,
    body_institution: 0,
    body_duty: 0,
  })
  expect(await count("select count(*) as n from body where kind = 'county_committee'")).toBe(12)
  expect(await count("select count(*) as n from body where kind = 'technical_table'")).toBe(12)
  expect(
    await count("select count(*) as n from body where kind = 'coordination' and municipality is not null"),
  ).toBe(61)
})

describe('who sees which body', () => {
  test('the Coordinator all, a county its own committee and table, others what they sit in', async () => {
    expect(await codes('coordinator')).toHaveLength(await count('select count(*) as n from body'))
    expect(await codes('county-committee')).toEqual(['KRAT-11', 'TT-11'])
    expect(await codes('state-agency')).toEqual(
      expect.arrayContaining(['GBK', 'MKR', 'TF-MKR', 'NGF', 'AP', 'TK-MF', 'TK-53', 'TK-10']),
    )
    expect(await codes('state-agency')).not.toEqual(expect.arrayContaining(['KSH']))
    expect(await codes('director-tirana')).toEqual(['KRAT-11', 'TK-53', 'TT-11'])
    expect(await codes('head-durres')).toEqual(['TK-10', 'TT-02'])
    expect(await codes('police')).toEqual(expect.arrayContaining(['PSH-PP', 'KRAT-11', 'MKR', 'TK-53']))
    expect(await codes('police')).not.toEqual(expect.arrayContaining(['KRAT-02']))
    expect(await codes('police')).not.toEqual(expect.arrayContaining(['BK-VT']))
    for (const name of [
      'cpw-tirana',
      'field-tirana',
      'school',
      'health',
      'hotline',
      'day-centre',
      'civil-status',
      'internal-affairs',
      'dpo',
      'admin',
    ] as const)
      expect([name, await codes(name)]).toEqual([name, []])
  })

  test('every door says the same to every role: what is not seen is not there', async () => {
    const kratTirana = idOf('KRAT-11')
    const meeting = await held(app, 'KRAT-11', 'county-committee')
    for (const name of castNames) {
      const person = app.as(name)
      const sees = (await codes(name)).includes('KRAT-11')
      const runs = name === 'county-committee'
      const read = sees ? 200 : 404
      const told = `${name} ${sees}`
      expect([told, (await person.get(`/api/bodies/${kratTirana}`)).status]).toEqual([told, read])
      expect([told, (await person.get(`/api/bodies/${kratTirana}/meetings`)).status]).toEqual([told, read])
      expect([told, (await person.get(`/api/meetings/${meeting.id}`)).status]).toEqual([told, read])
      expect([told, (await person.get(`/api/meetings/${meeting.id}/invitation.ics`)).status]).toEqual([
        told,
        read,
      ])
      for (const list of ['/api/recommendations', '/api/obligations-to-meet', '/api/body-institutions'])
        expect([told, (await person.get(list)).status]).toEqual([told, 200])
      if (runs) continue
      const write = sees ? 422 : 404
      const attempts: [string, Uuid, object, number?][] = [
        ['body.add_member', kratTirana, { institution: 'ON', seat: 'member', from: '2026-11-24' }],
        ['body.end_member', kratTirana, { memberId: uuidv7(), to: '2026-11-24' }],
        ['body.count_people', kratTirana, { people: 1, day: '2026-11-24' }, 0],
        ['meeting.convene', uuidv7(), { bodyId: kratTirana, startsAt: noon, place: 'x', agenda: 'y' }],
        ['meeting.move', meeting.id, { startsAt: noon }, meeting.version],
        ['meeting.cancel', meeting.id, { reason: 'x' }, meeting.version],
        ['meeting.hold', meeting.id, { heldOn: '2026-11-24', attendance: [] }, meeting.version],
        ['meeting.write_minutes', meeting.id, { text: 'x' }, meeting.version],
        ['meeting.distribute', meeting.id, {}, meeting.version],
        [
          'recommendation.make',
          uuidv7(),
          { meetingId: meeting.id, kind: 'recommendation', text: 'x', owner: 'MB', dueOn: '2026-12-24' },
        ],
      ]
      for (const [type, id, body, baseVersion] of attempts) {
        const reply = await person.command(type, id, body, baseVersion === undefined ? {} : { baseVersion })
        expect([told, type, reply.status]).toEqual([told, type, write])
        if (sees) expect([told, type, reply.body.code]).toEqual([told, type, 'not_allowed'])
      }
    }
    expect((await app.anonymous.get('/api/bodies')).status).toBe(401)
    expect((await app.anonymous.get(`/api/meetings/${meeting.id}/invitation.ics`)).status).toBe(401)
  })
})

describe('the advisory board of victims', () => {
  const board = idOf('BK-VT')
  test('takes no name and no post over HTTP, and counts its people', async () => {
    const add = (body: object) =>
      app.as('coordinator').command('body.add_member', board, {
        institution: 'KKSAT',
        seat: 'observer',
        from: '2026-11-24',
        ...body,
      })
    expect(await add({ officialName: 'Ana K.' })).toMatchObject({
      status: 422,
      body: { code: 'body_never_named', field: 'officialName' },
    })
    expect((await add({ officeSq: 'e mbijetuar' })).body.code).toBe('body_never_named')
    const counted = await app
      .as('coordinator')
      .command('body.count_people', board, { people: 3, day: '2026-11-01' }, { baseVersion: 0 })
    expect(counted.status).toBe(200)
    expect((await app.as('coordinator').get(`/api/bodies/${board}`)).body).toMatchObject({
      people: 3,
      anonymous: true,
    })
  })

  test('takes none from SQL either, whoever runs it and whichever way', async () => {
    const seat = (await seatsOf(app, 'coordinator', 'BK-VT'))[0]!.id
    const as = (sql: string) => withTx(app.ctx, actorOf('coordinator'), (tx) => tx.sql(sql))
    const named = (anonymous: string) =>
      as(
        `insert into body_member_named (member_id, body_id, anonymous, official_name) values ('${seat}', '${board}', ${anonymous}, 'Ana K.')`,
      )
    await expect(named('true')).rejects.toMatchObject({ code: '23514', constraint: 'nobody_named' })
    await expect(named('false')).rejects.toMatchObject({ code: '23503' })
    const post = (anonymous: string) =>
      as(`insert into body_member (id, body_id, anonymous, institution_code, seat, office_sq)
        values (gen_random_uuid(), '${board}', ${anonymous}, 'OJF', 'member', 'Ana K.')`)
    await expect(post('true')).rejects.toMatchObject({ code: '23514', constraint: 'nobody_named' })
    await expect(post('false')).rejects.toMatchObject({ code: '23503' })
    await expect(as(`update body set anonymous = false where id = '${board}'`)).rejects.toMatchObject({
      code: '42501',
    })
    await expect(
      as(`update body_member set office_sq = 'Ana K.' where id = '${seat}'`),
    ).rejects.toMatchObject({
      code: '42501',
    })
  })
})

describe('obligations to meet', () => {
  test('are opened once for each period however often the job runs, and missed ones stay counted', async () => {
    app.setClock(noon)
    const first = await keepObligations(app.ctx)
    // KSH and BK-VT 1, MKR 2, GBK and PSH-PP 4, 61 municipalities 4 each.
    expect(first.opened).toBe(1 + 1 + 2 + 4 + 4 + 61 * 4)
    // All quarters and the half-year that ended.
    expect(first.missed).toBe(1 + 3 + 3 + 61 * 3)
    expect(await keepObligations(app.ctx)).toEqual({ opened: 0, missed: 0 })
    const [one, two] = await Promise.all([keepObligations(app.ctx), keepObligations(app.ctx)])
    expect([one.opened, two.opened]).toEqual([0, 0])
    await expect(
      app.db.admin("set role mb_owner; update body_obligation set missed_at = null where rule = 'D39'"),
    ).rejects.toThrow(/never reset/)
  })

  test('are seen by the body and those above, as of any day, and are met by what they ask for', async () => {
    app.setClock(noon)
    const ask = async (name: CastName, query: string) =>
      (await app.as(name).get(`/api/obligations-to-meet?limit=100&${query}`)).body
    const gbk = await ask('coordinator', `bodyId=${idOf('GBK')}&state=all`)
    expect(gbk.items!.map((one) => String(one.state))).toEqual(['overdue', 'overdue', 'overdue', 'running'])
    expect(
      (await ask('coordinator', `bodyId=${idOf('GBK')}&state=overdue&asOf=2026-04-10`)).items,
    ).toMatchObject([{ rule: 'D39', periodTo: '2026-03-31', daysLate: 10, verification: 'V', missed: false }])
    expect((await ask('county-committee', 'state=all')).items).toEqual([])
    expect((await ask('director-tirana', 'state=overdue')).items).toHaveLength(3)
    expect((await ask('cpw-tirana', 'state=all')).items).toEqual([])
    const all = await ask('coordinator', 'state=overdue')
    expect(Number(all.total)).toBe(1 + 3 + 3 + 61 * 3)
    const next = await ask('coordinator', `state=overdue&cursor=${String(all.next)}`)
    expect(new Set([...all.items!, ...next.items!].map((one) => String(one.id))).size).toBe(190)
    expect(next.next).toBeNull()

    const meeting = await held(app, 'TK-53', 'director-tirana')
    expect(meeting.version).toBe(2)
    const now = await ask('director-tirana', 'state=all')
    expect(now.items!.at(-1)).toMatchObject({ state: 'met', metOn: '2026-11-24' })
    const late = await held(app, 'TK-53', 'state-agency', '2026-09-15')
    expect(late.id).not.toBe(meeting.id)
    const third = (await ask('director-tirana', 'state=all')).items!.at(-2)
    // Held in time and written down too late: met, and yet counted as missed.
    expect(third).toMatchObject({ state: 'met_late', metOn: '2026-09-15', missed: true })
  })

  test('D39 asks for corrective measures that went out; D34 for both other mechanisms', async () => {
    app.setClock(noon)
    const stateOf = async (code: string) =>
      String(
        (
          await app.as('coordinator').get(`/api/obligations-to-meet?state=all&bodyId=${idOf(code)}`)
        ).body.items!.at(-1)!.state,
      )
    const mkr = await convened(app, 'MKR', 'coordinator', { jointWith: ['domestic_violence'] })
    await held(app, 'MKR', 'coordinator', '2026-11-24', mkr)
    expect(await stateOf('MKR')).not.toBe('met')
    const joint = await convened(app, 'MKR', 'coordinator', {
      jointWith: ['domestic_violence', 'child_violence'],
    })
    await held(app, 'MKR', 'coordinator', '2026-11-24', joint)
    expect(await stateOf('MKR')).toBe('met')

    const meeting = await held(app, 'GBK', 'coordinator')
    expect(await stateOf('GBK')).toBe('running')
    let version = await must(
      app,
      'coordinator',
      'meeting.write_minutes',
      meeting.id,
      { text: 'Ecuria u diskutua.' },
      2,
    )
    const own = await app
      .as('coordinator')
      .command('meeting.approve_minutes', meeting.id, {}, { baseVersion: version })
    expect(own.body.code).toBe('needs_second_person')
    version = await must(app, 'state-agency', 'meeting.approve_minutes', meeting.id, {}, version)
    await must(app, 'coordinator', 'recommendation.make', uuidv7(), {
      meetingId: meeting.id,
      kind: 'corrective_measure',
      text: 'Të plotësohen raportet.',
      owner: 'AP',
      dueOn: '2026-12-20',
    })
    expect(await stateOf('GBK')).toBe('running')
    await must(app, 'coordinator', 'meeting.distribute', meeting.id, {}, version)
    expect(await stateOf('GBK')).toBe('met')
  })
})
