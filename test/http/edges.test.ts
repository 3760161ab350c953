/** Rules that stand at the edge between two nouns, said over HTTP. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { type CastName, unitId, userId } from '#test/cast.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'
import { activePlan, closed, Life, openFor, today } from './case-life.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

test('the emergency service has its own limit, which ends with it', async () => {
  const life = await activePlan(app)
  const id = uuidv7()
  await app.as('cpw-tirana').command('referral.send', id, {
    caseId: life.id,
    toUnitId: unitId('shelter-tirana'),
    service: 'emergency_shelter',
    said: { needs: 'Një shtrat sonte.' },
    grounds: [{ kind: 'law', ref: 'ligji 18/2017, neni 51' }],
    objection: 'none',
  })
  const act = async (verb: string, body: object, baseVersion: number) => {
    const reply = await app.as('shelter').command(`referral.${verb}`, id, body, { baseVersion })
    expect(reply.status, JSON.stringify(reply.body)).toBe(200)
    return Number(reply.body.version)
  }
  const limits = () =>
    app.db.admin<{ unit_id: string; hours: number; over: boolean }>(
      `select unit_id, extract(epoch from due_at - started_at)::int / 3600 as hours, stopped_at is not null as over
         from clock where record_id = $1 and rule = 'D13'`,
      [id],
    )
  const accepted = await act('accept', {}, 1)
  expect(await limits()).toEqual([])
  const begun = await act('start_service', {}, accepted)
  expect(await limits()).toEqual([{ unit_id: unitId('cpu-tirana'), hours: 72, over: false }])
  await act('complete', { outcome: 'met' }, begun)
  expect(await limits()).toMatchObject([{ over: true }])
})

test('a level of risk goes down with a reason, and the head of the unit hears of it', async () => {
  const life = await activePlan(app, 'medium')
  const low = (riskReason?: string) =>
    life.try('cpw-tirana', 'record_assessment', {
      form: 'comprehensive',
      formVersion: 1,
      answers: [],
      finish: false,
      risk: 'low',
      ...(riskReason ? { riskReason } : {}),
    })
  expect(await low()).toBe('reason_required')
  expect(await low(' ')).toBe('reason_required')
  expect(await low('Jeton me gjyshen, shkon në shkollë.')).toBe('ok')
  const told = (await app.as('head-tirana').get('/api/notices')).body.items!
  expect(told).toContainEqual(expect.objectContaining({ code: 'case_risk_lowered', recordId: life.id }))
})

test('no new case is opened by hand for somebody who has turned 18, though the unit knows them', async () => {
  const life = await closed(app)
  const { personId } = (await life.read()).body as unknown as { personId: string }
  await app.db.admin(
    "update person_named set birth_from = '2008-11-20', birth_to = '2008-11-20' where id = $1",
    [personId],
  )
  const open = () =>
    app.as('cpw-tirana').command('case.open', uuidv7(), { personId, concerns: ['begging'], summary: 'x' })
  expect(await open()).toMatchObject({
    status: 422,
    body: { code: 'case_person_not_child', field: 'personId' },
  })
  // One day before the birthday they are a child.
  app.setClock('2026-11-19T11:00:00.000Z')
  expect((await open()).body.code).not.toBe('case_person_not_child')
  app.setClock('2026-11-24T11:00:00.000Z')
})

test('persons are searched by a question in the body; a program needs no more than the right to read', async () => {
  const life = await activePlan(app)
  const ask = (who: 'cpw-tirana' | 'cpw-durres' | 'admin', q: unknown) =>
    app.as(who).post('/api/search', { q })
  const found = await ask('cpw-tirana', 'ardi')
  expect(found.body.items!.map(({ caseId }) => String(caseId))).toContain(life.id)
  expect((await ask('cpw-durres', 'ardi')).body.items).toEqual([])
  expect((await ask('admin', 'ardi')).body.items).toEqual([])
  expect((await ask('cpw-tirana', 'a')).status).toBe(400)
  expect((await ask('cpw-tirana', 7)).status).toBe(400)
  expect((await app.anonymous.post('/api/search', { q: 'ardi' })).status).toBe(401)
  const records = await app.db.admin<{ n: number }>(
    "select count(*)::int as n from access_record where act = 'search' and term_hash is not null",
  )
  expect(records[0]!.n).toBeGreaterThanOrEqual(3)
})

test('a head who gave herself a case says what for before its sensitive tier opens; given by another she works it as its worker', async () => {
  const life = new Life(app, await openFor(app, 'head-tirana'))
  await life.must('head-tirana', 'assign', { managerId: userId('head-tirana') })
  await life.must('head-tirana', 'add_note', {
    kind: 'health',
    sensitive: true,
    happenedOn: today,
    text: 'Mavijosje në krahë',
  })
  const tier = async (purpose?: 'supervision') => String((await life.read('head-tirana', purpose)).body.tier)
  const told = async (purpose?: 'supervision') => {
    const { body } = await app
      .as('head-tirana')
      .get(`/api/cases/${life.id}/timeline?kind=note`, purpose === undefined ? {} : { purpose })
    return JSON.stringify(body).includes('Mavijosje')
  }
  expect([await tier(), await told()]).toEqual(['T3', false])
  expect([await tier('supervision'), await told('supervision')]).toEqual(['T4', true])
  // Another head of the unit gave it to her: she works it.
  await app.db.admin('update case_file set manager_by = $2 where id = $1', [life.id, userId('cpw2-tirana')])
  expect([await tier(), await told()]).toEqual(['T4', true])
  // Naming herself beside its worker is her own word again.
  await life.must('head-tirana', 'assign', {
    managerId: userId('cpw-tirana'),
    deputyId: userId('head-tirana'),
  })
  expect([await tier(), await told()]).toEqual(['T3', false])
  expect(String((await life.read('cpw-tirana')).body.tier)).toBe('T4')
})

test('a day, a version or a number out of reach is refused at its field', async () => {
  const life = await activePlan(app)
  const far = async (type: string, body: object, who: CastName = 'cpw-tirana') => {
    const reply = await app.as(who).command(type, life.id, body, { baseVersion: 1 })
    expect(reply.status, JSON.stringify(reply.body)).toBe(400)
    return reply.body.errors!.map(({ field, code }) => `${field} ${code}`)
  }
  const assessment = { form: 'comprehensive', formVersion: 1, answers: [], finish: false }
  const note = { kind: 'phone_call', sensitive: false, happenedOn: '1899-12-31', text: 'x' }
  expect(await far('case.add_note', note)).toEqual(['body.body.happenedOn impossible_date'])
  expect(await far('case.record_assessment', { ...assessment, formVersion: 32_768 })).toEqual([
    'body.body.formVersion too_big',
  ])
  const answered = { ...assessment, answers: [{ key: 'x', value: 1e15 }] }
  expect((await far('case.record_assessment', answered))[0]).toContain('body.body.answers.0')
  const started = { since: '0001-01-01' }
  expect(await far('reporting.set_start', started, 'coordinator')).toContain(
    'body.body.since impossible_date',
  )
  for (const from of ['0001-01-01', '9999-12-31']) {
    const { status, body } = await app.as('head-tirana').get(`/api/care/teams/${uuidv7()}?from=${from}`)
    expect([status, body.errors]).toMatchObject([400, [{ field: 'query.from', code: 'impossible_date' }]])
  }
})

test('a file of cases with letters that cannot be kept, or cut in two, is judged line by line', async () => {
  const preview = async (cases: unknown, source = 'there') => {
    const reply = await app.fastify.inject({
      method: 'POST',
      url: `/api/htcds/preview?source=${source}`,
      headers: { 'x-test-as': 'responsible-authority', 'content-type': 'application/json' },
      payload: JSON.stringify(cases),
    })
    return { status: reply.statusCode, body: reply.json() }
  }
  // The cut falls into the middle of the last letter.
  const name = `${'A'.repeat(119)}😀`
  const child = (id: string) => ({
    id,
    prs: { FirstName: name, SecondName: name, Birthdate: '2014-03-02', Gender: 'Masculine' },
    vic: { TraffickingStatus: 'PossibleVictimOfTrafficking' },
  })
  const old = { ...child('K3'), prs: { Birthdate: '0001-01-01' } }
  const { status, body } = await preview([child('K1'), child('K2\u0000'), old])
  expect([status, body.lines?.map((one: { state: string }) => one.state)]).toEqual([
    200,
    ['new', 'malformed', 'malformed'],
  ])
  for (const source of ['%00', 'x'.repeat(121)])
    expect(await preview([child('K1')], source)).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'query.source' }] },
    })
  const taken = await app
    .as('responsible-authority')
    .command('htcds.import', uuidv7(), { source: 'there', choice: 'load', cases: [child('K1')] })
  expect(taken.body).toMatchObject({ reply: { loaded: 1, reports: 1 } })
})
