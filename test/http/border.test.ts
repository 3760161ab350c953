import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { documentKey, nameMeets } from '#domain/border/match.ts'
import type { Actor } from '#domain/core.ts'
import { comparedOf, look } from '#server/border/check.ts'
import { forgetChecks } from '#server/border/index.ts'
import { partsOf } from '#server/border/name.ts'
import { uuidv7 } from '#server/ids.ts'
import { withTx } from '#server/tx.ts'
import { actorOf, type CastName, castNames, noon, unitId, userId } from '#test/cast.ts'
import { borderSteps, port, putPort, wanted } from './border-steps.ts'
import { Life, openFor, putChild } from './case-life.ts'
import { type TestApp, testApp } from './harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
  await putPort(app)
})
afterAll(() => app.close())

const { check, alert } = borderSteps(() => app)

describe('a child at a crossing', () => {
  test('is recorded at one’s own crossing; the answer says nothing but pass', async () => {
    const passed = await check()
    expect(passed).toMatchObject({ status: 200, body: { reply: { step: 'pass', phones: [] } } })
    expect(Object.keys(passed.body.reply!)).toEqual(['step', 'phones'])
    const desk = await app.as('border-police').get('/api/border/desk')
    expect(desk.body.crossings!.map((one) => one.id)).toContain('L02')
    expect(desk.body.items![0]).toMatchObject({ crossing: 'L02', name: 'Ana Leka', mine: true, hit: false })
  })

  test.each([
    ['born tomorrow', { birth: { from: '2026-11-25', to: '2026-11-25', said: '' } }, 422, 'in_future'],
    ['an adult', { birth: { from: '1990-01-01', to: '1990-12-31', said: '1990' } }, 422, 'border_is_adult'],
    [
      'a number of 10,000 signs',
      { document: { kind: 'passport', number: 'B'.repeat(10_000) } },
      400,
      'invalid',
    ],
    ['no direction', { direction: undefined }, 400, 'invalid'],
    ['another crossing', { crossing: 'L08' }, 422, 'border_crossing_not_yours'],
    ['no crossing at all', { crossing: 'nowhere' }, 400, 'invalid'],
    ['a name of 10,000 signs', { familyName: 'x'.repeat(10_000) }, 400, 'invalid'],
    ['a NUL in the name', { familyName: 'a\u0000b' }, 400, 'invalid'],
  ])('%s is refused', async (_, over, status, code) => {
    const answer = await check(over)
    expect([answer.status, answer.body.code]).toEqual([status, code])
    expect(String(answer.body.detail)).not.toMatch(/refusal\.|\{\{/)
  })

  test('the same number under another name asks to look again', async () => {
    expect((await check({ document: { kind: 'passport', number: 'ZZ-100' } })).body.reply!.step).toBe('pass')
    const again = await check({
      document: { kind: 'passport', number: 'zz100' },
      givenName: 'Denis',
      familyName: 'Marku',
    })
    expect(again.body.reply).toEqual({ step: 'look_again', phones: [] })
  })
})

describe('alerts', () => {
  test('a false paper does not help: met by the number, by the sound, by the writing; told to the owner by its code alone', async () => {
    const { id, reply } = await alert()
    expect(reply.status).toBe(200)
    const none = { document: { kind: 'passport', number: 'XX999' } }
    const year = (y: number) => ({ birth: { from: `${y}-02-01`, to: `${y}-02-01`, said: '' } })
    const hold = { step: 'hold_call', phones: ['+355 4 222 3333'] }
    const met = [
      await check({
        document: { kind: 'identity_card', number: 'bc-123456' },
        givenName: 'Tjetër',
        familyName: 'Emër',
      }),
      await check({ ...none, givenName: 'Xherxh', familyName: 'Hoxhaj', ...year(2013) }),
      await check({ ...none, givenName: 'Hoxha', familyName: 'Gjergi', ...year(2010) }),
    ]
    for (const one of met) expect(one.body.reply).toEqual(hold)
    expect(
      (await check({ ...none, givenName: 'Gjergj', familyName: 'Hoxha', ...year(2017) })).body.reply!.step,
    ).toBe('pass')
    expect(JSON.stringify(met)).not.toMatch(/internet|missing|Tirana|police/)
    const told = await app.as('police').get('/api/notices')
    expect(JSON.stringify(told.body)).toContain('KU-')
    expect(JSON.stringify(told.body)).not.toMatch(/Hoxha|Gjergj/)
    const opened = await app.as('police').get(`/api/border/alerts/${id}`)
    expect(opened.body).toMatchObject({ name: 'Gjergj Hoxha', reason: wanted.reason, waiting: 3 })
    expect(opened.body.hits!.map((hit) => hit.shown?.name)).toContain('Xherxh Hoxhaj')
    // Each look-up is in the record of access, with a hash of what was asked and the answer.
    const looked = await app.db.admin<{ code: string; n: number }>(
      "select code, count(*)::int as n from access_record where act = 'search' and kind = 'border_alert' and term_hash is not null group by 1",
    )
    expect(Object.fromEntries(looked.map((one) => [one.code, one.n])).hit).toBe(3)
    // The reason lies sealed.
    const raw = await app.db.admin<{ sealed: Buffer }>(
      `select sealed from border_alert_sensitive where id = '${id}'`,
    )
    expect(raw[0]!.sealed.toString('utf8')).not.toContain('internet')

    const hitId = opened.body.hits![0]!.id
    const answer = (who: CastName) =>
      app.as(who).command('border_alert.answer_hit', id, { hitId, answer: 'other_person' })
    expect((await answer('cpw-tirana')).status).toBe(404)
    expect((await answer('border-police')).status).toBe(404)
    expect((await answer('police')).status).toBe(200)
    expect((await answer('police')).body.code).toBe('border_hit_answered')
    const after = await app.as('police').get(`/api/border/alerts/${id}`)
    expect(after.body.hits!.find((hit) => String(hit.id) === String(hitId))).toMatchObject({ shown: null })

    expect(
      (await app.as('police').command('border_alert.withdraw', id, { why: 'found' }, { baseVersion: 99 }))
        .status,
    ).toBe(400)
    const version = Number(after.body.version)
    expect(
      (
        await app
          .as('police')
          .command('border_alert.withdraw', id, { why: 'found' }, { baseVersion: version })
      ).status,
    ).toBe(200)
    expect(
      (await check({ document: { kind: 'identity_card', number: 'BC123456' } })).body.reply!.step,
    ).not.toBe('hold_call')
  })

  test('direction and end are kept', async () => {
    await alert({
      documents: ['DIR1'],
      direction: 'out',
      givenName: 'Zamira',
      familyName: 'Qerimi',
      expiresOn: '2026-11-30',
    })
    const with1 = (direction: string) =>
      check({ direction, document: { kind: 'passport', number: 'DIR1' }, givenName: 'A', familyName: 'B' })
    expect((await with1('out')).body.reply!.step).toBe('hold_call')
    expect((await with1('in')).body.reply!.step).toBe('pass')
    app.setClock('2026-12-01T09:00:00.000Z')
    expect((await with1('out')).body.reply!.step).toBe('pass')
    app.setClock(noon)
  })

  test('who may leave one about whom: every role of the cast', async () => {
    for (const who of castNames) {
      const { reply } = await alert({}, who)
      expect([who, reply.status], who).toEqual([who, who === 'police' ? 200 : 422])
    }
    const opened = await openFor(app, 'cpw-tirana', { personId: await putChild(app, 'Ledi', 'Kurti') })
    const of = { caseId: opened.caseId, givenName: 'Ledi', familyName: 'Kurti', documents: [] }
    expect((await alert(of, 'cpw-durres')).reply.status).toBe(404)
    expect((await alert(of, 'cpw2-tirana')).reply.status).toBe(404)
    expect((await alert(of, 'police')).reply.status).toBe(404)
    const mine = await alert({ ...of, kind: 'do_not_leave', direction: 'out' }, 'cpw-tirana')
    expect(mine.reply.status).toBe(200)
    const seen: Record<string, unknown> = {}
    for (const who of castNames) {
      const reply = await app.as(who).get(`/api/border/alerts/${mine.id}`)
      if (reply.status !== 404) seen[who] = [reply.body.name ?? null, reply.body.reason ?? null]
    }
    expect(seen).toEqual({
      'cpw-tirana': ['Ledi Kurti', wanted.reason],
      'cpw2-tirana': [null, null],
      'head-tirana': ['Ledi Kurti', null],
    })
    expect((await app.as('border-police').get('/api/border/alerts')).body.items).toEqual([])
    expect((await app.as('police').get('/api/border/alerts')).body.items!.map((one) => one.id)).not.toContain(
      mine.id,
    )
  })

  test('a police account that walks ids finds nothing', async () => {
    for (const id of [uuidv7(), uuidv7()])
      expect((await app.as('police').get(`/api/border/alerts/${id}`)).status).toBe(404)
    const { id } = await alert()
    const elsewhere: Actor = { ...actorOf('police'), userId: uuidv7(), unitId: unitId('prosecution-tirana') }
    expect((await app.as(elsewhere).get(`/api/border/alerts/${id}`)).status).toBe(404)
    expect(
      (await app.as(elsewhere).command('border_alert.withdraw', id, { why: 'found' }, { baseVersion: 1 }))
        .status,
    ).toBe(404)
  })

  test('the database finds whom the rule finds, over random names and years', async () => {
    const words = [
      'ardit',
      'ardita',
      'gjergj',
      'xherxh',
      'klea',
      'kleo',
      'hoxha',
      'hoxhaj',
      'leka',
      'lleka',
      'çela',
      'cela',
      'marku',
      'maro',
    ]
    const name = fc.tuple(fc.constantFrom(...words), fc.constantFrom(...words))
    const year = fc.option(fc.integer({ min: 2010, max: 2016 }), { nil: null })
    const pairs = fc.sample(fc.tuple(name, year, name, year), { numRuns: 150, seed: 5 })
    const owner = actorOf('police')
    await app.db.admin(
      'delete from border_hit; delete from border_alert_document; delete from border_alert_sensitive; delete from border_alert_named; delete from border_alert',
    )
    const ids = pairs.map(() => uuidv7())
    for (const [at, [, , [g, f], y]] of pairs.entries()) {
      await app.db.admin(
        `insert into border_alert (id, version, kind, direction, step, phone, unit_id, role, sex, born_from, born_to, by_id, at, expires_on)
         values ($1, 1, 'missing', 'both', 'hold_call', '112', $2, 'police', 'unknown', $3, $3, $4, now(), '2030-01-01')`,
        [ids[at], owner.unitId, y, owner.userId],
      )
      const parts = partsOf(`${g} ${f}`)
      await app.db.admin('insert into border_alert_named (id, words) values ($1, $2)', [
        ids[at],
        parts.map((part) => part.word),
      ])
      for (const { word, sound } of parts)
        await app.db.admin('insert into border_alert_word values ($1, $2) on conflict do nothing', [
          word,
          sound,
        ])
    }
    for (const [[g, f], y] of pairs.slice(0, 60)) {
      const expected = ids.filter((_, at) => {
        const [, , [kg, kf], ky] = pairs[at]!
        return nameMeets(
          {
            given: partsOf(g),
            family: partsOf(f),
            years: y === null ? null : { from: y, to: y },
          },
          { parts: partsOf(`${kg} ${kf}`), years: ky === null ? null : { from: ky, to: ky } },
        )
      })
      const found = await withTx(app.ctx, actorOf('border-police'), async (tx) => {
        const asked = comparedOf(tx, {
          givenName: g,
          familyName: f,
          document: { kind: 'none' },
          ...(y === null ? {} : { birth: { from: `${y}-01-01`, to: `${y}-12-31`, said: '' } }),
        })
        return look(tx, asked, 'out')
      })
      // Twenty at most are told of: an owner more is no news to the officer.
      expect(found.length, `${g} ${f}`).toBe(Math.min(20, expected.length))
      expect(found.every((one) => expected.includes(one.alert_id))).toBe(true)
    }
    expect(documentKey('bo-1')).toBe('B01')
  })

  test('one who looks up name after name is stopped', async () => {
    const id = uuidv7()
    await app.db.admin(
      `insert into border_check (id, version, crossing, unit_id, direction, category, sex, document_kind, hit, document_odd, by_id, at)
       select gen_random_uuid(), 1, 'L02', '${unitId('border-hani-i-hotit')}', 'in', 'alone', 'unknown', 'none', false, false,
         '${userId('border-police')}', '${noon}'::timestamptz - interval '5 minutes' from generate_series(1, 240)`,
    )
    expect((await check({}, 'border-police', id)).body.code).toBe('border_too_many')
    await app.db.admin(
      `delete from border_check c where by_id = '${userId('border-police')}' and not exists (select from border_check_named n where n.id = c.id)`,
    )
    expect((await check({}, 'border-police')).status).toBe(200)
  })
})

test('nobody but an officer of that crossing records, tells or screens; nobody else reads the names', async () => {
  const id = uuidv7()
  expect((await check({ familyName: 'Fshehur' }, 'border-police', id)).status).toBe(200)
  const told = { reportId: uuidv7(), immediacy: 'high', protection: false, concerns: [] }
  for (const who of castNames) {
    if (who === 'border-police') continue
    expect([who, (await check({}, who)).body.code]).toEqual([who, 'not_allowed'])
    expect([who, (await app.as(who).command('border.protect', id, told)).status]).toEqual([who, 404])
    const desk = await app.as(who).get('/api/border/desk')
    expect(desk.body).toMatchObject({ crossings: [], items: [] })
    const names = await withTx(app.ctx, actorOf(who), (tx) => tx.sql('select id from border_check_named'))
    expect([who, names.length]).toEqual([who, 0])
  }
  expect((await app.as(port).command('border.protect', id, told)).status).toBe(404)
  expect((await app.as(port).get('/api/border/desk')).body.items).toEqual([])
})

describe('a child taken aside', () => {
  const screening = (over: object = {}) => ({
    subject: 'child',
    sex: 'female',
    language: 'ar',
    womanOfficer: { present: true, name: 'Mira Deti' },
    socialWorker: { present: false, absence: 'on_the_way' },
    answers: [
      'own_papers',
      'knows_address',
      'knows_companions',
      'told_what_to_say',
      'papers_kept',
      'owes_money',
      'threatened',
      'free_to_leave',
      'promised',
      'earns_for_others',
      'hurt',
    ].map((code) => ({
      code,
      answer: ['own_papers', 'knows_address', 'knows_companions'].includes(code) ? 'no' : 'unclear',
    })),
    ...over,
  })

  test('goes to the unit of the crossing first, is screened, becomes a potential victim, and moves to the unit of origin', async () => {
    const checkId = uuidv7()
    await check(
      {
        category: 'others',
        escorts: [{ relation: 'stranger', name: 'Agim X' }],
        givenName: 'Sara',
        familyName: 'Vata',
      },
      port,
      checkId,
    )
    const early = await app.as(port).command('border.screen', uuidv7(), screening({ checkId }))
    expect(early.body.code).toBe('screening_before_protection')
    const reportId = uuidv7()
    const body = { reportId, immediacy: 'immediate', protection: true, concerns: ['child_on_the_move'] }
    const told = await app.as(port).command('border.protect', checkId, body)
    expect(told.status, JSON.stringify(told.body)).toBe(200)
    expect(
      (await app.as(port).command('border.protect', checkId, { ...body, reportId: uuidv7() })).body.code,
    ).toBe('border_already_told')
    const screened = await app.as(port).command('border.screen', uuidv7(), screening({ checkId }))
    expect(screened.body.reply).toMatchObject({ met: 3, result: 'vmt', elements: ['BO1', 'BO2', 'CH1'] })

    const report = await app.as('cpw-durres').get(`/api/reports/${reportId}`)
    expect(report.body).toMatchObject({ source: 'border_police', immediacy: 'immediate' })
    expect(JSON.stringify(report.body)).toMatch(/Sara.*Vata/s)
    const accepted = await app.as('head-durres').command(
      'report.triage',
      reportId,
      {
        decision: 'accept',
        immediacy: 'immediate',
        duplicatesChecked: true,
        managerId: userId('cpw-durres'),
      },
      { baseVersion: Number(report.body.version) },
    )
    expect(accepted.status, JSON.stringify(accepted.body)).toBe(200)
    const caseId = String(accepted.body.reply!.cases![0]!.caseId)
    const file = await app.as('cpw-durres').get(`/api/cases/${caseId}`)
    expect(file.body).toMatchObject({ vmtStatus: 'vmt' })
    const items = await app.as('cpw-durres').get(`/api/cases/${caseId}/screenings`)
    expect(JSON.stringify(items.body)).toContain('العربية')

    // From the border's unit to the unit of origin: the whole file, which the first then no longer opens by name.
    const life = new Life(app, { caseId, version: Number(file.body.version) })
    await life.must('cpw-durres', 'request_transfer', {
      toUnitId: unitId('cpu-tirana'),
      reason: 'Fëmija banon në Tiranë.',
    })
    expect(await life.try('head-tirana', 'accept_transfer', {})).toBe('ok')
    expect((await app.as('head-tirana').get(`/api/cases/${caseId}`)).status).toBe(200)
    expect((await app.as('cpw-durres').get(`/api/cases/${caseId}`)).status).toBe(404)
    // The officer learns nothing of what became of it.
    expect((await app.as(port).get(`/api/cases/${caseId}`)).status).toBe(404)
    expect((await app.as(port).get(`/api/reports/${reportId}`)).body.narrative ?? null).toBeNull()
  })

  test('women who were not there are counted for those who lead, and for nobody else', async () => {
    const away = await app.as('border-police').command(
      'border.screen',
      uuidv7(),
      screening({
        subject: 'adult',
        womanOfficer: { present: false, absence: 'none_in_post' },
        answers: [
          'own_papers',
          'knows_address',
          'told_what_to_say',
          'papers_kept',
          'owes_money',
          'threatened',
          'free_to_leave',
          'job_as_told',
          'earns_for_others',
          'hurt',
        ].map((code) => ({ code, answer: 'unclear' })),
      }),
    )
    expect(away.body.reply).toMatchObject({ result: 'negative', met: 0 })
    expect(
      (
        await app
          .as('border-police')
          .command('border.screen', uuidv7(), screening({ womanOfficer: { present: false } }))
      ).body.code,
    ).toBe('screening_before_protection')
    const figures = await app.as('responsible-authority').get('/api/border/figures')
    expect(figures.body.presence).toMatchObject({ withoutWomanOfficer: 1, withoutSocialWorker: 2 })
    const small = figures.body.rows!.find((row) => String(row.crossing) !== 'L02')!
    expect(Object.values(small)).toContain(null)
    // Of one day as of its month: nobody takes two periods from each other to learn who passed on a day.
    const month = (await app.as('coordinator').get('/api/border/figures?from=2026-11-01&until=2026-12-01'))
      .body
    const oneDay = '/api/border/figures?from=2026-11-24&until=2026-11-25'
    expect((await app.as('coordinator').get(oneDay)).body).toEqual(month)
    expect((await app.as('border-police').get(oneDay)).body).toMatchObject({
      from: '2026-11-24',
      until: '2026-11-25',
    })
    for (const who of castNames) {
      const { body, status } = await app.as(who).get('/api/border/figures')
      expect(status).toBe(200)
      const leads = ['state-agency', 'responsible-authority', 'coordinator', 'coordinator2'].includes(who)
      expect([who, body.rows!.length > 0, body.presence !== null]).toEqual([
        who,
        leads || who === 'border-police',
        leads,
      ])
    }
  })
})

test('who passed and met nothing is forgotten after the days kept; the day’s count stays, the ledger holds', async () => {
  const before = await app.as('state-agency').get('/api/border/figures')
  const kept = uuidv7()
  await alert({ documents: ['KEEP1'], expiresOn: '2027-06-01', givenName: 'Kujtim', familyName: 'Zeneli' })
  await check({ document: { kind: 'passport', number: 'KEEP1' } }, 'border-police', kept)
  app.setClock('2027-01-15T11:00:00.000Z')
  const gone = await forgetChecks(app.ctx)
  expect(gone.forgotten).toBeGreaterThan(3)
  expect(gone.parts).toBeGreaterThan(3)
  const left = await app.db.admin<{ id: string; report_id: string | null; hit: boolean }>(
    'select id, report_id, hit from border_check',
  )
  expect(left.map((one) => one.id)).toContain(kept)
  expect(left.every((one) => one.hit || one.report_id !== null)).toBe(true)
  expect(
    await app.db.admin("select 1 from event_part where kind = 'border_check' and body::text like '%ZZ-100%'"),
  ).toEqual([])
  expect((await forgetChecks(app.ctx)).forgotten).toBe(0)
  const after = await app.as('state-agency').get('/api/border/figures?from=2026-01-01&until=2027-01-01')
  expect(Number(after.body.totals!.outParents)).toBe(Number(before.body.totals!.outParents) + 1)
  app.setClock(noon)
})
