/** Complaints over HTTP: whom they reach, how they are decided, what a child reads, what is counted. */
import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { complaintTier } from '#domain/complaint/model.ts'
import type { Actor } from '#domain/core.ts'
import { complaintStore } from '#server/complaint/public.ts'
import { type ComplaintRow, complaintColumns, toComplaint } from '#server/complaint/store.ts'
import { uuidv7 } from '#server/ids.ts'
import { verifyLedger } from '#server/ledger.ts'
import { erase } from '#server/retention/erase.ts'
import { publicActor, withTx } from '#server/tx.ts'
import { actorOf, castNames, noon, unitId } from '#test/cast.ts'
import { type TestApp, testApp } from './harness.ts'

let app: TestApp
const second: Actor = { ...actorOf('state-agency'), userId: '00000020-0000-7000-8000-000000000900' }
beforeAll(async () => {
  app = await testApp()
  await app.db.admin(
    `insert into app_user (id, login, display_name, role, unit_id) values ('${second.userId}', 'state-agency2', 'Person two',
       'state_agency', '${second.unitId}')`,
  )
})
afterAll(() => app.close())

const told = (over: object = {}) => ({
  by: 'child',
  body: 'school',
  unitId: unitId('school-tirana'),
  municipality: '53',
  narrative: 'Mësuesja nuk më la të hyj në klasë.',
  discrimination: 'yes',
  ground: 'ethnicity',
  language: 'sq',
  ...over,
})
const who = { name: 'Gjelosha Provë', contact: '0691234567', safeWay: 'Në mëngjes, te shkolla' }
const leave = async (over: object = {}, commandId = uuidv7()) => {
  const recordId = uuidv7()
  const receipt = await complaintStore(app.ctx).leave({ commandId, recordId, body: told(over) })
  return { id: recordId, receipt, commandId }
}
const act = async (
  whoActs: Parameters<TestApp['as']>[0],
  id: string,
  verb: string,
  body: object = {},
  expected: number | string = 200,
) => {
  const seen = await app.as(whoActs).get(`/api/complaints/${id}`)
  const baseVersion = seen.status === 200 ? Number(seen.body.version) : 1
  const reply = await app.as(whoActs).command(`complaint.${verb}`, id, body, { baseVersion })
  const got = typeof expected === 'number' ? reply.status : reply.body.code
  expect(got, `${verb} ${JSON.stringify(reply.body)}`).toBe(expected)
  return reply
}
const read = (whoReads: Parameters<TestApp['as']>[0], id: string) =>
  app.as(whoReads).get(`/api/complaints/${id}`)

describe('a complaint about a school', () => {
  test('is taken up, asked about, decided by an officer, and read by the child with code and secret', async () => {
    const { id, receipt } = await leave({ who })
    const store = complaintStore(app.ctx)
    expect(await store.read(receipt)).toMatchObject({
      status: 'received',
      answer: null,
      receivedOn: '2026-11-24',
    })
    expect(await store.read({ ...receipt, secret: 'ABCDEFGH' })).toBeNull()
    const first = await read('state-agency', id)
    expect([first.body.state, first.body.who, first.body.due!.rule]).toEqual(['RECEIVED', null, 'D52'])
    expect([...first.body.actions!]).toEqual(['take', 'name'])
    await act('state-agency', id, 'take')
    const mine = (await read('state-agency', id)).body
    expect([mine.who!.name, mine.due!.rule, mine.due!.unconfirmed]).toEqual([who.name, 'D53', true])
    expect((await read(second, id)).body.who).toBeNull()
    await act('state-agency', id, 'open_inquiry')
    const questionId = uuidv7()
    await act('state-agency', id, 'ask', {
      questionId,
      unitId: unitId('school-tirana'),
      question: 'Si pranohen nxënësit?',
    })
    await act('state-agency', id, 'decide', { outcome: 'upheld', answer: 'x' }, 'complaint_answer_open')
    const asked = (await app.as('school').get('/api/complaint-questions')).body.items!
    expect(Object.keys(asked[0]!).toSorted()).toEqual(
      ['answer', 'answeredAt', 'askedAt', 'due', 'id', 'label', 'question', 'version'].toSorted(),
    )
    expect(JSON.stringify(asked)).not.toContain('klasë')
    const [notice] = (await app.as('school').get('/api/notices')).body.items!
    expect([notice!.code, notice!.recordId]).toEqual(['complaint_question', questionId])
    const answered = await app
      .as('school')
      .command('complaint.answer_question', questionId, { answer: 'Do ta pranojmë nesër.' })
    expect(answered.status).toBe(200)
    expect((await read('state-agency', id)).body.questions![0]!.answer).toBe('Do ta pranojmë nesër.')
    await act('state-agency', id, 'decide', {
      outcome: 'upheld',
      answer: 'Kishe të drejtë. Nesër hyn në klasë.',
      measures: 'Pranimi i menjëhershëm.',
    })
    // As it is typed on a telephone: small letters, dashes.
    const typed = {
      code: receipt.code.toLowerCase().replace(/(.{4})/, '$1-'),
      secret: receipt.secret.toLowerCase(),
    }
    expect(await store.read(typed)).toMatchObject({
      status: 'decided',
      outcome: 'upheld',
      answer: 'Kishe të drejtë. Nesër hyn në klasë.',
    })
    await act('state-agency', id, 'close')
    expect(
      (await app.as('state-agency').get('/api/complaints?which=closed')).body.items!.map((one) => one.id),
    ).toContain(id)
  })

  test('sent twice it is one complaint with one receipt', async () => {
    const commandId = uuidv7()
    const recordId = uuidv7()
    const send = () => complaintStore(app.ctx).leave({ commandId, recordId, body: told() })
    expect(await send()).toEqual(await send())
  })

  test('what is wrong is refused with its field', async () => {
    const entering = async (over: object, as: Parameters<TestApp['as']>[0] = 'school') => {
      const { status, body } = await app.as(as).command('complaint.enter', uuidv7(), {
        ...told(),
        receipt: { code: 'ABCDEFGHJKMN', secret: 'ABCDEFGH' },
        ...over,
      })
      return [status, body.code, body.field ?? body.errors?.[0]?.field ?? null]
    }
    expect(await entering({ narrative: '  ' })).toEqual([400, 'invalid', 'body.body.narrative'])
    expect(await entering({ narrative: 'x'.repeat(10_001) })).toEqual([400, 'invalid', 'body.body.narrative'])
    expect(await entering({ unitId: uuidv7() })).toEqual([400, 'invalid', 'body.body.unitId'])
    expect(await entering({ municipality: '99' })).toEqual([400, 'invalid', 'body.body.municipality'])
    expect(await entering({ receipt: { code: 'short', secret: 'ABCDEFGH' } })).toEqual([
      400,
      'invalid',
      'body.body.receipt.code',
    ])
    expect(await entering({ discrimination: 'no' })).toEqual([422, 'complaint_ground_needed', 'ground'])
    expect(await entering({}, 'dpo')).toEqual([422, 'not_allowed', null])
    expect(await entering({}, 'health')).toEqual([200, undefined, null])
  })
})

describe('whom it reaches', () => {
  test('row by row the database says what the domain says, to every role', async () => {
    const ids: string[] = []
    const about = async (over: object) => ids.push((await leave(over)).id)
    await about({})
    await about({ unitId: unitId('state-agency'), body: 'other' })
    await about({ unitId: null, body: 'state_agency' })
    await about({ unitId: unitId('peoples-advocate'), body: 'other' })
    const own = uuidv7()
    expect(
      (
        await app.as('state-agency').command('complaint.enter', own, {
          ...told(),
          receipt: { code: 'BCDEFGHJKMNP', secret: 'BCDEFGHJ' },
        })
      ).status,
    ).toBe(200)
    ids.push(own)
    const [taken, linked] = [(await leave({ who })).id, (await leave()).id]
    await act('state-agency', taken, 'take')
    await act('state-agency', linked, 'take')
    await act('state-agency', linked, 'open_advocate', { on: '2026-11-20', reference: 'K-7' })
    ids.push(taken, linked)
    const rows = (
      await app.db.admin<ComplaintRow>(
        `select ${complaintColumns} from complaint c where c.id in (${ids.map((id) => `'${id}'`).join()})`,
      )
    ).map(toComplaint)
    expect(rows).toHaveLength(ids.length)
    const actors: Actor[] = [...castNames.map((name) => actorOf(name)), second, publicActor]
    const seen: string[] = []
    for (const actor of actors)
      for (const row of rows) {
        const [here] = await withTx(app.ctx, actor, (tx) =>
          tx.sql<{ two: number; three: number; four: number }>(
            `select (select count(*)::int from complaint where id = $1) as two, (select count(*)::int from complaint_named where id = $1) as three,
               (select count(*)::int from complaint_sensitive where id = $1) as four`,
            [row.id],
          ),
        )
        const tier = complaintTier(actor, row)
        const sealed = row.id === taken ? 1 : 0
        expect(here, `${actor.role} ${row.route}`).toEqual({
          two: tier > 0 ? 1 : 0,
          three: tier > 0 ? 1 : 0,
          four: tier === 4 ? sealed : 0,
        })
        if (tier > 0) seen.push(actor.role)
      }
    expect([...new Set(seen)].toSorted()).toEqual(['peoples_advocate', 'state_agency'])
    for (const name of castNames) {
      const { status, body } = await app.as(name).get('/api/complaints')
      expect([
        status,
        name === 'state-agency' || name === 'peoples-advocate' || body.items!.length === 0,
      ]).toEqual([200, true])
    }
    // Nobody but the hearing office acts on it, and to the others it is not there.
    for (const name of ['school', 'cpw-tirana', 'internal-affairs', 'admin', 'peoples-advocate'] as const)
      expect((await app.as(name).command('complaint.take', ids[0]!, {}, { baseVersion: 1 })).status).toBe(404)
    expect(
      (await app.as('state-agency').command('complaint.take', ids[1]!, {}, { baseVersion: 1 })).status,
    ).toBe(404)
    await act('peoples-advocate', ids[1]!, 'take')
  })

  test('whoever is named loses sight of it, and a colleague goes on', async () => {
    const { id } = await leave()
    await act('state-agency', id, 'take')
    await act('state-agency', id, 'open_inquiry')
    await act('state-agency', id, 'name', { userIds: [actorOf('state-agency').userId] })
    expect((await read('state-agency', id)).status).toBe(404)
    expect((await read(second, id)).body.officer).toBeNull()
    await act(second, id, 'decide', { outcome: 'upheld', answer: 'x' }, 'not_allowed')
    await act(second, id, 'take')
    await act(second, id, 'name', { userIds: [uuidv7()] }, 'invalid')
    await act(second, id, 'decide', { outcome: 'out_of_remit', answer: 'x' }, 'complaint_passed_needed')
    await act(second, id, 'decide', { outcome: 'out_of_remit', answer: 'E kalojmë.', passedTo: 'Gjykata' })
  })

  test('a question is answered once, by the unit asked, not by its workers', async () => {
    const { id } = await leave({ unitId: unitId('cpu-tirana'), body: 'child_protection' })
    await act('state-agency', id, 'take')
    await act('state-agency', id, 'open_inquiry')
    const questionId = uuidv7()
    const ask = { questionId, unitId: unitId('cpu-tirana'), question: 'Kur e vizituat?' }
    await act('state-agency', id, 'ask', { ...ask, unitId: unitId('cpu-durres') }, 'complaint_nobody_to_ask')
    await act('state-agency', id, 'ask', ask)
    await act('state-agency', id, 'ask', { ...ask, questionId: uuidv7() }, 'complaint_question_open')
    const answer = (name: (typeof castNames)[number]) =>
      app.as(name).command('complaint.answer_question', questionId, { answer: 'Dje.' })
    for (const name of castNames.filter((one) => one !== 'head-tirana')) {
      expect((await answer(name)).status, name).toBe(404)
      expect(
        (await app.as(name).get('/api/complaint-questions')).body.items!.some(
          (one) => String(one.id) === questionId,
        ),
      ).toBe(false)
    }
    expect((await answer('head-tirana')).status).toBe(200)
    expect((await answer('head-tirana')).body.code).toBe('wrong_state')
    expect(
      (await app.as('cpw-tirana').get('/api/notices')).body.items!.filter(
        (one) => one.recordId === (questionId as never),
      ),
    ).toEqual([])
  })
})

describe('the public pages', () => {
  const post = (url: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    app.fastify.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      payload: new URLSearchParams(fields).toString(),
    })
  const whole = {
    step: 'tell',
    go: 'send',
    body: 'child_protection',
    municipality: '53',
    story: 'Askush nuk erdhi.',
    by: 'guardian',
    unfair: 'no',
    ground: 'sex',
  }

  test('are small, keep nothing, and give one receipt for one form', async () => {
    const ids = { command: uuidv7(), record: uuidv7() }
    for (const url of ['/ankesa', '/en/complaint', '/ankesa/pergjigjja', '/en/complaint/answer']) {
      const page = await app.fastify.inject({ url })
      expect([page.statusCode, page.headers['set-cookie'], page.headers['cache-control']]).toEqual([
        200,
        undefined,
        'no-store',
      ])
      expect(page.rawPayload.length).toBeLessThan(40_000)
    }
    const second = await post('/ankesa', { ...whole, step: 'about', go: 'next' })
    expect(second.rawPayload.length).toBeLessThan(40_000)
    expect(second.body).toContain(unitId('cpu-tirana'))
    expect(second.body).not.toContain(unitId('school-tirana'))
    // A unit of another kind than was chosen is none that the page offered: it is left open.
    const sent = await post('/ankesa', { ...whole, ...ids, unit: unitId('school-tirana') })
    const outputs = (page: { body: string }) =>
      [...page.body.matchAll(/<output[^>]*>([^<]+)/g)].map(([, text]) => text)
    expect(outputs(sent)).toHaveLength(2)
    expect(outputs(await post('/ankesa', { ...whole, ...ids, unit: unitId('school-tirana') }))).toEqual(
      outputs(sent),
    )
    const kept = (await read('state-agency', ids.record)).body
    expect([kept.unit, kept.body, kept.ground, kept.identity]).toEqual([
      null,
      'child_protection',
      null,
      false,
    ])
    expect((await post('/ankesa', { ...whole, ...ids, story: 'Tjetër.' })).statusCode).toBe(409)
    const [code = '', secret = ''] = outputs(sent)
    const look = await post('/en/complaint/answer', { code, secret })
    expect([look.statusCode, look.body.includes('It has arrived')]).toEqual([200, true])
  })

  test('refuse what is missing or too long, another site’s form, and guessing', async () => {
    expect((await post('/ankesa', { go: 'next' })).statusCode).toBe(422)
    expect((await post('/ankesa', { ...whole, story: '' })).statusCode).toBe(422)
    expect((await post('/ankesa', { ...whole, story: 'x'.repeat(4001) })).statusCode).toBe(422)
    expect((await post('/ankesa', whole, { 'sec-fetch-site': 'cross-site' })).statusCode).toBe(303)
    expect((await post('/ankesa', { ...whole, story: 'x'.repeat(140_000) })).statusCode).toBe(413)
    const seen = new Set<number>()
    for (let n = 0; n < 32; n++)
      seen.add((await post('/ankesa/pergjigjja', { code: 'AAAA', secret: `B${n}` })).statusCode)
    expect([...seen]).toEqual([422, 429])
    for (let n = 0; n < 10; n++) await post('/ankesa', whole)
    const full = await post('/ankesa', whole)
    expect([full.statusCode, full.body.includes('Askush nuk erdhi.')]).toEqual([429, true])
  })
})

test('counts hide what is small, and only those who lead read them', async () => {
  const figures = (name: (typeof castNames)[number], query = 'year=2026') =>
    app.as(name).get(`/api/complaint-figures?${query}`)
  for (const name of ['cpw-tirana', 'school', 'admin', 'dpo'] as const)
    expect((await figures(name)).status).toBe(404)
  const { status, body } = await figures('coordinator')
  expect(status).toBe(200)
  const outcome = body.byOutcome!
  const school = outcome.rows!.findIndex((row) => String(row) === 'school')
  const shown = [...outcome.cells![school]!].map((cell) => (cell === null ? null : Number(cell)))
  expect(Number(body.total)).toBeGreaterThan(5)
  const counted = await app.as('coordinator').get('/api/indicators/S002-PROS-G1-i2')
  expect(counted.body.query?.code ?? counted.body).toBe('victims_complaining_of_discrimination')
  expect(shown.every((cell) => cell === null || cell === 0 || cell > 4)).toBe(true)
  expect((await figures('coordinator', 'from=2026-11-01&to=2026-11-30')).status).toBe(400)
  app.setClock('2027-03-01T11:00:00.000Z')
  const late = (await app.as('state-agency').get('/api/complaints')).body.items![0]!
  expect(late.due!.state).toBe('late')
  app.setClock(noon)
})

test('a row changes only with its event; names lie in no table; erased, nothing of it is left', async () => {
  const { id, receipt } = await leave({ who, narrative: 'Gjelosha tregoi vetë.' })
  await expect(
    withTx(app.ctx, actorOf('state-agency'), (tx) =>
      tx.sql("update complaint set state = 'CLOSED' where id = $1", [id]),
    ),
  ).rejects.toThrow()
  const everywhere = async (words: string): Promise<string[]> => {
    const columns = await app.db.admin<{ at: string; t: string; c: string }>(
      `select table_name as t, column_name as c from information_schema.columns
       where table_schema = 'public' and data_type in ('text', 'jsonb', 'ARRAY') and table_name not like 'access_record_%'`,
    )
    const looks = columns.map(
      ({ t, c }) => `select '${t}.${c}' as at from "${t}" where "${c}"::text like '%${words}%'`,
    )
    return (await app.db.admin<{ at: string }>(looks.join(' union '))).map((row) => row.at)
  }
  expect(await everywhere('0691234567')).toEqual([])
  expect(await everywhere(receipt.code)).toEqual([])
  expect((await everywhere('Gjelosha')).toSorted()).toEqual(['complaint_named.narrative', 'event_part.body'])
  await erase(app.ctx, { kind: 'complaint', id, rule: 'retention 5y', by: 'dpo' })
  expect(await everywhere('Gjelosha')).toEqual([])
  expect(await complaintStore(app.ctx).read(receipt)).toBeNull()
  await act('state-agency', id, 'take')
  const { privateKey } = generateKeyPairSync('ed25519')
  expect(await verifyLedger(app.ctx, privateKey)).toMatchObject({ ok: true, broken: null })
})
