import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { type CastName, castNames, unitId, userId } from '#test/cast.ts'
import { activePlan, assess, Life, openFor, putChild, seen, today } from './case-life.ts'
import { type TestApp, testApp } from './harness.ts'

let app: TestApp
let life: Life
beforeAll(async () => {
  app = await testApp()
  life = await activePlan(app)
  const note = { kind: 'health', happenedOn: today }
  await life.must('cpw-tirana', 'add_note', {
    ...note,
    sensitive: true,
    text: 'astmë',
    childWords: 'më merret fryma',
  })
  await life.must('cpw-tirana', 'add_note', {
    ...note,
    kind: 'phone_call',
    sensitive: false,
    text: 'fola me gjyshen',
  })
  await life.must('cpw-tirana', 'add_person_near', {
    name: 'Fatmira Çela',
    relationship: 'grandparent',
    contact: 'allowed',
    livesWithChild: true,
    phone: '069 000 0000',
  })
})
afterAll(() => app.close())

const nobody: CastName[] = castNames.filter(
  (name) => !['cpw-tirana', 'cpw2-tirana', 'head-tirana', 'state-agency'].includes(name),
)

describe('who sees a case, through every door', () => {
  test('out of scope reads exactly like absent', async () => {
    const absent = await app.as('cpw-tirana').get(`/api/cases/${uuidv7()}`)
    for (const who of nobody) {
      const reply = await life.read(who)
      expect({ who, ...reply }.status, who).toBe(404)
      expect({ ...reply.body }).toEqual({
        ...absent.body,
        ...(reply.body.detail === absent.body.detail
          ? {}
          : { title: reply.body.title, detail: reply.body.detail }),
      })
      for (const door of ['timeline', 'readers']) {
        const other = await app.as(who).get(`/api/cases/${life.id}/${door}`)
        expect(other.status, `${who} ${door}`).toBe(404)
      }
      const list = await app.as(who).get('/api/cases')
      expect([list.status, list.body.items!.length], who).toEqual([200, 0])
      expect(
        await life.try(who, 'add_note', { kind: 'other', sensitive: false, happenedOn: today, text: 'x' }),
      ).toBe('not_found')
    }
  })

  test('the tier decides what is in the reply', async () => {
    const colleague = await life.read('cpw2-tirana')
    expect(colleague.body).toMatchObject({ tier: 'T2', child: null, people: null, summary: null })
    expect(colleague.body.plan!.goals![0]).toMatchObject({ text: null, area: 'education' })
    expect(colleague.body.alerts).toMatchObject({ doNotInformFamily: true })
    expect(colleague.body.allowed).toEqual([])
    expect((await life.read('head-tirana')).body).toMatchObject({ tier: 'T3', child: 'Ardi Ç.' })
    expect((await life.read('head-tirana', 'supervision')).body).toMatchObject({ tier: 'T4' })
    expect((await life.read('state-agency')).body).toMatchObject({ tier: 'T2', child: null })
    const monitored = await life.read('state-agency', 'monitoring')
    expect(monitored.body).toMatchObject({ tier: 'T3', people: [{ name: 'Fatmira Çela' }], allowed: [] })
  })

  test('the responsible authority sees it once it is about trafficking', async () => {
    await app.db.admin("update case_file set vmt_status = 'vmt' where id = $1", [life.id])
    expect((await life.read('responsible-authority')).body).toMatchObject({ tier: 'T3', vmtStatus: 'vmt' })
    const { body } = await app.as('responsible-authority').get('/api/cases')
    expect(body.items!.map((item) => String(item.id))).toEqual([life.id])
    await app.db.admin("update case_file set vmt_status = 'none' where id = $1", [life.id])
  })

  test('a deputy reads what the worker reads; another worker assigned, the first no longer', async () => {
    const other = new Life(app, await openFor(app, 'cpw-tirana'))
    await assess(other, 'initial', { ...seen, risk: 'low' })
    expect(await other.try('cpw-tirana', 'assign', { managerId: userId('cpw2-tirana') })).toBe(
      'case_not_yours',
    )
    expect(await other.try('head-tirana', 'assign', { managerId: userId('police') })).toBe(
      'case_worker_not_of_unit',
    )
    await other.must('head-tirana', 'assign', {
      managerId: userId('cpw2-tirana'),
      deputyId: userId('cpw-tirana'),
    })
    expect((await other.read('cpw-tirana')).body).toMatchObject({
      tier: 'T4',
      deputy: { id: userId('cpw-tirana') },
    })
    await other.must('head-tirana', 'assign', { managerId: userId('cpw2-tirana') })
    expect((await other.read('cpw-tirana')).body).toMatchObject({ tier: 'T2', child: null })
    expect(
      (await other.read('cpw2-tirana')).body.clocks!.every((clock) => String(clock.recordId) === other.id),
    ).toBe(true)
  })

  test('answers of an assessment, each at its tier', async () => {
    const { body } = await life.read()
    const id = body.assessments!.find((a) => String(a.form) === 'comprehensive')!.id
    const read = async (who: CastName) => {
      const reply = await app.as(who).get(`/api/cases/${life.id}/assessments/${id}`)
      return {
        keys: reply.body.answers!.map((a) => String(a.key)),
        hidden: reply.body.hidden,
      }
    }
    const worker = await read('cpw-tirana')
    expect(worker.keys).toEqual(expect.arrayContaining(['works', 'child_wishes', 'mental_health']))
    expect(worker.hidden).toEqual([])
    const head = await read('head-tirana')
    expect(head.keys).toContain('child_wishes')
    expect(head.keys).not.toContain('mental_health')
    expect(head.hidden).toEqual(['T4'])
    const colleague = await read('cpw2-tirana')
    expect(colleague.keys).not.toContain('child_wishes')
    expect(colleague.hidden).toEqual(['T3', 'T4'])
  })
})

describe('the timeline', () => {
  const notes = async (who: CastName, purpose?: 'supervision') => {
    const { body } = await app.as(who).get(`/api/cases/${life.id}/timeline?kind=note`, { purpose })
    return body.items!
  }
  test('quotes the child apart, and shows that a sensitive note exists without saying of what', async () => {
    expect(await notes('cpw-tirana')).toMatchObject([
      { texts: { text: 'fola me gjyshen' }, restricted: null },
      {
        texts: { text: 'astmë', childWords: 'më merret fryma' },
        facts: { kind: 'health' },
        restricted: null,
      },
    ])
    expect(await notes('head-tirana')).toMatchObject([
      { texts: { text: 'fola me gjyshen' } },
      { texts: {}, facts: {}, restricted: 'T4' },
    ])
    expect(await notes('head-tirana', 'supervision')).toMatchObject([{}, { texts: { text: 'astmë' } }])
    expect(await notes('cpw2-tirana')).toMatchObject([
      { restricted: 'T3', texts: {} },
      { restricted: 'T4', facts: {} },
    ])
  })

  test('comes in pages, newest first, each entry once', async () => {
    const ids: string[] = []
    let cursor = ''
    do {
      const { body } = await app.as('cpw-tirana').get(`/api/cases/${life.id}/timeline?limit=4${cursor}`)
      ids.push(...body.items!.map((item) => String(item.id)))
      cursor = (body.next as unknown) === null ? '' : `&cursor=${body.next}`
    } while (cursor !== '')
    const [{ n }] = (await app.db.admin('select count(*)::int as n from event where record_id = $1', [
      life.id,
    ])) as [{ n: number }]
    expect(ids.length).toBe(n)
    expect(new Set(ids).size).toBe(n)
    expect((await app.as('cpw-tirana').get(`/api/cases/${life.id}/timeline?cursor=zz`)).status).toBe(400)
  })

  test('who saw it: for those who read the core', async () => {
    await life.read('state-agency', 'monitoring')
    const { body } = await app.as('cpw-tirana').get(`/api/cases/${life.id}/readers`)
    expect(body.items![0]).toMatchObject({
      userId: userId('state-agency'),
      role: 'state_agency',
      tier: 'T3',
      purpose: 'monitoring',
      unit: { sq: 'state-agency' },
    })
    expect((await app.as('cpw2-tirana').get(`/api/cases/${life.id}/readers`)).body.items).toEqual([])
  })
})

describe('lists and boards', () => {
  test('pages without gap or repeat, and filters', async () => {
    for (let i = 0; i < 5; i += 1) {
      app.setClock(`2026-11-24T11:0${i}:00.000Z`)
      await openFor(app, 'cpw-durres')
    }
    const seenIds: string[] = []
    let cursor = ''
    do {
      const { body } = await app.as('head-durres').get(`/api/cases?limit=2${cursor}`)
      seenIds.push(...body.items!.map((item) => String(item.id)))
      cursor = (body.next as unknown) === null ? '' : `&cursor=${body.next}`
    } while (cursor !== '')
    expect(new Set(seenIds).size).toBe(5)
    expect(seenIds.length).toBe(5)
    const get = async (query: string) => (await app.as('cpw-tirana').get(`/api/cases?${query}`)).body.items!
    expect((await get('status=PLAN_ACTIVE')).map((item) => String(item.id))).toEqual([life.id])
    expect(await get('status=closed')).toEqual([])
    expect((await get('mine=true')).every((item) => String(item.managerId) === userId('cpw-tirana'))).toBe(
      true,
    )
    expect((await get('risk=low')).length).toBeGreaterThan(0)
    expect(await get('due=late')).toEqual([])
    app.setClock('2026-11-30T11:00:00.000Z')
    const late = (await app.as('cpw-durres').get('/api/cases?due=late')).body.items!
    expect(late.length).toBe(5)
    expect(late[0]).toMatchObject({ nextRule: 'D04', child: 'Ardi Ç.' })
    app.setClock('2026-11-24T11:30:00.000Z')
    for (const bad of ['limit=0', 'limit=101', 'status=NOPE', 'cursor=%00', 'extra=1'])
      expect((await app.as('cpw-tirana').get(`/api/cases?${bad}`)).status, bad).toBe(400)
  })

  test('the board of the unit is the head’s', async () => {
    expect((await app.as('cpw-durres').get('/api/units/mine/board')).status).toBe(403)
    const waiting = await openFor(app, 'head-durres')
    const { body } = await app.as('head-durres').get('/api/units/mine/board')
    expect(body).toMatchObject({ unitId: unitId('cpu-durres'), unassigned: 1, open: 6 })
    expect(body.workers!.find((w) => String(w.id) === userId('cpw-durres'))).toMatchObject({
      open: 5,
      late: 0,
    })
    expect(body.waiting).toMatchObject([{ caseId: waiting.caseId, what: 'assignment' }])
  })
})

test('two who open a case for one child at once: one does, the other is told', async () => {
  const old = new Life(app, await openFor(app, 'cpw-tirana'))
  const { body } = await old.read()
  await assess(old, 'initial', { ...seen, risk: 'low', finish: false })
  await app.db.admin("update case_file set status = 'CLOSED_NO_RISK', closed_at = now() where id = $1", [
    old.id,
  ])
  const open = { personId: body.personId, concerns: ['neglect'], summary: 'x' }
  const both = await Promise.all(
    ['cpw-tirana', 'head-tirana'].map((who) => app.as(who as CastName).command('case.open', uuidv7(), open)),
  )
  expect(both.map((reply) => reply.status).sort()).toEqual([200, 422])
})

describe('a worker who has left', () => {
  test('leaves no child behind: the head sees the case, and a new report brings it a worker', async () => {
    const personId = await putChild(app)
    const life = new Life(app, await openFor(app, 'cpw2-tirana', { personId }))
    const board = async () =>
      (
        (await app.as('head-tirana').get('/api/units/mine/board')).body.waiting as unknown as {
          caseId: string
        }[]
      ).some((row) => row.caseId === life.id)
    expect(await board()).toBe(false)
    await app.db.admin('update app_user set active = false where id = $1', [userId('cpw2-tirana')])
    expect(await board()).toBe(true)
    const reportId = uuidv7()
    await app.as('school').command('report.create', reportId, {
      source: 'school',
      channel: 'web',
      place: { municipality: '53', text: 'x' },
      immediacy: 'high',
      concerns: [],
      children: [{}],
    })
    expect(await openFor(app, 'cpw-tirana', { personId, reportId })).toMatchObject({ how: 'attached' })
    expect((await life.read()).body).toMatchObject({ tier: 'T4', managerId: userId('cpw-tirana') })
    expect(await board()).toBe(false)
    await app.db.admin('update app_user set active = true where id = $1', [userId('cpw2-tirana')])
  })
})

describe('unsent writing', () => {
  const put = (who: CastName, key: string, body: unknown) =>
    app.fastify.inject({
      method: 'PUT',
      url: `/api/drafts/${key}`,
      headers: { 'x-test-as': who },
      payload: { body } as object,
    })
  test('is kept under its key for its writer alone, replaced, and forgotten', async () => {
    const get = async (who: CastName) => (await app.as(who).get('/api/drafts/case.note')).body
    expect(await get('cpw-tirana')).toEqual({ key: 'case.note', body: null, updatedAt: null })
    expect((await put('cpw-tirana', 'case.note', { text: 'gjys' })).statusCode).toBe(200)
    expect((await put('cpw-tirana', 'case.note', { text: 'gjyshja' })).statusCode).toBe(200)
    expect(await get('cpw-tirana')).toMatchObject({ body: { text: 'gjyshja' } })
    expect(await get('cpw2-tirana')).toMatchObject({ body: null })
    expect((await put('cpw-tirana', 'case.note', { text: 'a\u0000b' })).statusCode).toBe(400)
    expect((await put('cpw-tirana', 'case.note', { text: 'x'.repeat(250_000) })).statusCode).toBe(400)
    expect((await put('cpw-tirana', 'a%20b', {})).statusCode).toBe(400)
    const dropped = await app.fastify.inject({
      method: 'DELETE',
      url: '/api/drafts/case.note',
      headers: { 'x-test-as': 'cpw-tirana' },
    })
    expect(dropped.statusCode).toBe(200)
    expect(await get('cpw-tirana')).toMatchObject({ body: null })
  })
})

describe('bad input', () => {
  test('names the field and writes nothing', async () => {
    const before = life.version
    const send = async (verb: string, body: object) => {
      const reply = await app.as('cpw-tirana').command(`case.${verb}`, life.id, body, { baseVersion: before })
      return [reply.status, reply.body.errors?.[0]?.field ?? reply.body.field] as unknown[]
    }
    const note = { kind: 'contact', sensitive: false, happenedOn: today, text: 'x' }
    expect(await send('add_note', { ...note, kind: 'gossip' })).toEqual([400, 'body.body.kind'])
    expect(await send('add_note', { ...note, happenedOn: '2026-02-30' })).toEqual([
      400,
      'body.body.happenedOn',
    ])
    expect(await send('add_note', { ...note, happenedOn: '2030-01-01' })).toEqual([422, 'happenedOn'])
    expect(await send('add_note', { ...note, text: '  ' })).toEqual([400, 'body.body.text'])
    expect(await send('add_note', { ...note, more: 1 })).toEqual([400, 'body.body.more'])
    expect(await send('add_note', { ...note, text: 'a\u0000' })).toEqual([400, 'body.body.text'])
    expect(
      await send('record_assessment', { form: 'initial', formVersion: 99, answers: [], finish: false }),
    ).toEqual([422, 'formVersion'])
    const service = {
      service: 'food',
      setting: 'home',
      beneficiary: 'family',
      providerId: uuidv7(),
      from: today,
    }
    expect(await send('record_service', service)).toEqual([422, 'providerId'])
    expect(await send('record_service', { ...service, until: '2026-11-01' })).toEqual([
      400,
      'body.body.until',
    ])
    expect(await send('set_risk', { risk: 'extreme', reason: 'x' })).toEqual([400, 'body.body.risk'])
    const adult = uuidv7()
    await app.db.admin(
      "insert into person (id, sex, born_from, born_to, registered_at, version) values ($1, 'male', 1990, 1990, now(), 1)",
      [adult],
    )
    const opening = await app
      .as('cpw-tirana')
      .command('case.open', uuidv7(), { personId: adult, concerns: ['begging'], summary: 'x' })
    expect(opening.status).toBe(404)
    expect((await life.read()).body.version).toBe(before)
  })

  test('days and instants that no calendar holds are refused at their field, and a cursor made up by hand too', async () => {
    const life = new Life(app, await openFor(app, 'cpw-tirana'))
    const note = { kind: 'phone_call', sensitive: false, text: 'x' }
    const consent = {
      caseId: life.id,
      purpose: 'sharing',
      recipients: ['school'],
      fields: ['name'],
      capacity: 'guardian',
      givenBy: 'x',
      explainedBy: 'y',
      language: 'sq',
    }
    const tried = [
      ['case.add_note', life.id, { ...note, happenedOn: '0000-01-01' }, 'happenedOn'],
      ['case.add_note', life.id, { ...note, happenedOn: '2026-02-30' }, 'happenedOn'],
      ['case.add_note', life.id, { ...note, happenedOn: '9999-12-31' }, 'happenedOn'],
      ['consent.record', uuidv7(), { ...consent, validUntil: '9999-12-31T23:59:59Z' }, 'validUntil'],
    ] as const
    for (const [type, id, body, field] of tried)
      expect(
        await app.as('cpw-tirana').command(type, id, body),
        `${type} ${JSON.stringify(body)}`,
      ).toMatchObject({
        status: 400,
        body: { errors: [{ field: `body.body.${field}`, code: 'impossible_date' }] },
      })
    // Held by the clock of another place, kept in ours.
    const id = uuidv7()
    const validUntil = '2027-01-01T00:00:00+20:00'
    expect(
      (await app.as('cpw-tirana').command('consent.record', id, { ...consent, validUntil })).status,
    ).toBe(200)
    const { items } = (await app.as('cpw-tirana').get(`/api/cases/${life.id}/consents`)).body
    expect(items![0]!.validUntil).toBe('2026-12-31T04:00:00.000Z')
    for (const at of ['0000-01-01T00:00:00Z', '2026-01-01T00:00:00+20:00'])
      for (const url of ['cases', 'reports', 'reports/mine', 'referrals', 'work', 'notices']) {
        const cursor = Buffer.from(`${at} ${uuidv7()}`).toString('base64url')
        expect((await app.as('cpw-tirana').get(`/api/${url}?cursor=${cursor}`)).status, url).toBe(400)
      }
    expect((await app.as('dpo').get('/api/access-records?from=0000-01-01')).status).toBe(400)
  })

  test('a unit that is asked to take a case over may not reach the child by opening one of its own', async () => {
    const life = new Life(app, await openFor(app, 'cpw-tirana'))
    const { body } = await life.read()
    await life.must('cpw-tirana', 'request_transfer', {
      toUnitId: unitId('cpu-durres'),
      reason: 'u shpërngul',
    })
    expect((await life.read('cpw-durres')).body).toMatchObject({ tier: 'T2', child: null })
    const open = { personId: body.personId, concerns: ['neglect'], summary: 'x' }
    expect((await app.as('cpw-durres').command('case.open', uuidv7(), open)).status).toBe(404)
    const clocks = (who: CastName) => app.as(who).get(`/api/clocks?recordKind=case_file&recordId=${life.id}`)
    const [clock] = (await clocks('head-durres')).body.items as unknown as {
      id: string
      mayExtend: boolean
    }[]
    expect(clock!.mayExtend).toBe(false)
    const more = { clockId: clock!.id, until: '2027-01-31', reason: 'x' }
    expect((await app.as('head-durres').command('clock.extend', life.id, more)).body.code).toBe(
      'clock_needs_supervisor',
    )
    expect((await app.as('head-tirana').command('clock.extend', life.id, more)).status).toBe(200)
    const person = await app.as('cpw-durres').get(`/api/persons/${body.personId}`)
    expect(person.body).toMatchObject({ identity: null, sensitive: null })
  })

  test('nobody of eighteen is opened a case, though the year alone would not say so', async () => {
    const life = new Life(app, await openFor(app, 'cpw-tirana'))
    const { body } = await life.read()
    await app.db.admin("update case_file set status = 'CLOSED_NO_RISK', closed_at = now() where id = $1", [
      life.id,
    ])
    await app.db.admin('update person set born_from = 2008, born_to = 2008 where id = $1', [body.personId])
    await app.db.admin(
      "update person_named set birth_from = '2008-01-02', birth_to = '2008-01-02', birth_said = '' where id = $1",
      [body.personId],
    )
    const open = { personId: body.personId, concerns: ['neglect'], summary: 'x' }
    expect((await app.as('cpw-tirana').command('case.open', uuidv7(), open)).body.code).toBe(
      'case_person_not_child',
    )
  })

  test('a case may be opened by hand for a child the unit knows, once', async () => {
    const closedLife = new Life(app, await openFor(app, 'cpw-tirana'))
    const { personId } = (await closedLife.read()).body
    const open = { personId, concerns: ['neglect'], summary: 'Përsëri vetëm' }
    const again = await app.as('cpw-tirana').command('case.open', uuidv7(), open)
    expect(again.body.code).toBe('case_open_already')
    await assess(closedLife, 'initial', { ...seen, risk: 'low', finish: false })
    await app.db.admin(
      "update case_file set status = 'CLOSED_NO_RISK', closed_at = now(), closure_reason = 'no_risk' where id = $1",
      [closedLife.id],
    )
    const id = uuidv7()
    const opened = await app.as('cpw-tirana').command('case.open', id, open)
    expect(opened.status, JSON.stringify(opened.body)).toBe(200)
    expect(opened.body).toMatchObject({ recordId: id, reply: { code: expect.stringMatching(/^TR-2026-/) } })
    const { body: read } = await app.as('cpw-tirana').get(`/api/cases/${id}`)
    expect(read).toMatchObject({ summary: 'Përsëri vetëm' })
  })
})
