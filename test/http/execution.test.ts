import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { castNames } from '#test/cast.ts'
import { type Loose, type TestApp, testApp } from './harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const plan = (who: Parameters<TestApp['as']>[0], asOf?: string) =>
  app.as(who).get(`/api/plans/nap-2018-2020/execution${asOf === undefined ? '' : `?asOf=${asOf}`}`)
const activity = async (uid: string): Promise<Loose> => {
  const { body } = await plan('coordinator')
  const found = (body.items as unknown as Loose[]).find((item) => String(item.uid) === uid)
  if (found === undefined) throw new Error(`no activity ${uid}`)
  return found
}
const idOf = async (uid: string): Promise<string> => String((await activity(uid)).id)
const shown = async (id: string, who: Parameters<TestApp['as']>[0] = 'coordinator', asOf?: string) =>
  (await app.as(who).get(`/api/plan-activities/${id}${asOf === undefined ? '' : `?asOf=${asOf}`}`)).body

describe('a plan as it is carried out', () => {
  test('every activity stands there with its printed money; the sums are the plan’s own', async () => {
    const { status, body } = await plan('ministry-interior', '2020-12-31')
    expect(status).toBe(200)
    const items = body.items as unknown as Loose[]
    expect(items).toHaveLength(145)
    expect(new Set(items.map((i) => String(i.id))).size).toBe(145)
    const planned = (body.pillars as unknown as Loose[]).map((p) => [Number(p.activities), Number(p.planned)])
    expect(planned).toEqual([
      [39, 73_741_054],
      [46, 301_028_600],
      [36, 76_186_638],
      [24, 37_720_872],
    ])
  })

  test('everybody signed in reads it; only those who answer for it act', async () => {
    const id = await idOf('1/1.(a).1')
    const may: string[] = []
    for (const name of castNames) {
      expect((await app.as(name).get(`/api/plan-activities/${id}`)).status, name).toBe(200)
      const reply = await app.as(name).command('activity.plan_tranche', id, {
        source: 'state',
        payer: 'MFE',
        dueOn: '2019-01-01',
        amount: 5,
      })
      if (reply.status === 200) may.push(name)
      else expect([reply.status, String(reply.body.code)], name).toEqual([422, 'not_allowed'])
    }
    // MB, MD, DPPSH and PP answer for it, the coordinator for the plan.
    expect(may.sort()).toEqual(['coordinator', 'coordinator2', 'ministry-interior', 'prosecutor'].sort())
  })

  test('from start to completion, with evidence, and late as of a day', async () => {
    const id = await idOf('1/1.(a).2')
    const as = app.as('ministry-interior')
    const set = async (body: object, who = as) => {
      const { version } = await shown(id)
      return who.command('activity.set_status', id, body, { baseVersion: Number(version) })
    }
    expect((await set({ to: 'IN_PROGRESS', on: '2018-02-01' })).status).toBe(200)
    expect((await set({ to: 'COMPLETED', on: '2020-06-01' })).body).toMatchObject({ status: 422 })
    const added = await as.command('activity.add_deliverable', id, {
      kind: 'act',
      title: 'Ligj për disa ndryshime në Kodin Penal',
      number: 'nr. 36/2017',
      approvedOn: '2020-05-01',
    })
    const deliverable = String((added.body.reply as unknown as Loose).deliverable)
    const dated = await as.command(
      'activity.date_deliverable',
      id,
      { deliverable, inForceOn: '2020-04-01' },
      { baseVersion: Number(added.body.version) },
    )
    expect(dated.status).toBe(422)
    const inForce = await as.command(
      'activity.date_deliverable',
      id,
      { deliverable, approvedOn: '2020-05-01', inForceOn: '2020-05-20' },
      { baseVersion: Number(added.body.version) },
    )
    expect(inForce.status, JSON.stringify(inForce.body)).toBe(200)
    expect((await set({ to: 'COMPLETED', on: '2020-06-01' })).status).toBe(200)
    expect((await set({ to: 'IN_PROGRESS', on: '2020-06-02', reason: 'gabim' })).body).toMatchObject({
      status: 422,
    })

    expect(await shown(id, 'police', '2019-06-01')).toMatchObject({
      status: 'IN_PROGRESS',
      lateness: 'in_time',
    })
    expect(await shown(id, 'police', '2020-03-01')).toMatchObject({ status: 'IN_PROGRESS', lateness: 'late' })
    expect(await shown(id, 'police')).toMatchObject({
      status: 'COMPLETED',
      since: '2020-06-01',
      lateness: 'late',
    })
    expect(
      (await set({ to: 'IN_PROGRESS', on: '2020-07-01', reason: 'rihapje' }, app.as('coordinator'))).status,
    ).toBe(200)
  })

  test('two who change the status at once: the second is told what changed', async () => {
    const id = await idOf('1/1.(a).3')
    const { version } = await shown(id)
    const act = () =>
      app
        .as('ministry-interior')
        .command(
          'activity.set_status',
          id,
          { to: 'IN_PROGRESS', on: '2018-02-01' },
          { baseVersion: Number(version) },
        )
    const replies = await Promise.all([act(), act()])
    expect(replies.map((r) => r.status).sort()).toEqual([200, 409])
  })

  test('money: split, promise, payment, crossing out', async () => {
    const id = await idOf('1/1.(a).1')
    const as = app.as('coordinator')
    const line = async (body: object) => {
      const { version } = await shown(id)
      return as.command('activity.set_budget_line', id, body, { baseVersion: Number(version) })
    }
    const wages = { source: 'state', group: 'wages', year: 2018 }
    expect((await line({ ...wages, amount: 190_000 })).status).toBe(200)
    expect((await line({ ...wages, group: 'operating', amount: 1 })).status).toBe(422)
    expect((await line({ ...wages, amount: 100_000 })).status).toBe(200)
    const spend = (over: object) =>
      as.command('activity.enter_spending', id, {
        kind: 'payment',
        source: 'state',
        group: 'wages',
        on: '2018-05-01',
        amount: 90_000,
        document: 'Urdhërpagesë 12',
        ...over,
      })
    const first = await spend({})
    expect(first.status).toBe(200)
    expect((await spend({ amount: 100_001 })).body).toMatchObject({ status: 422 })
    expect((await spend({ kind: 'commitment', amount: 190_000 })).status).toBe(200)
    for (const amount of [-1, 0, 1.5, 6_000_000_000, '445.680'])
      expect((await spend({ amount })).status, String(amount)).toBe(400)
    const row = () =>
      shown(id, 'coordinator', '2018-12-31').then((body) => (body.money as unknown as Loose[])[0])
    expect(await row()).toEqual({
      source: 'state',
      planned: 190_000,
      split: 100_000,
      committed: 190_000,
      paid: 90_000,
      left: 100_000,
    })
    const entry = String((first.body.reply as unknown as Loose).entry)
    const cross = () => as.command('activity.reverse_spending', id, { entry, reason: 'dyfish' })
    expect((await cross()).status).toBe(200)
    expect((await cross()).status).toBe(422)
    expect(await row()).toMatchObject({ paid: 0 })
    expect((await plan('coordinator', '2018-12-31')).body.pillars?.[0]).toMatchObject({
      paid: 0,
      committed: 190_000,
    })
  })

  test('instalments arrive once, and are late as of a day', async () => {
    const id = await idOf('1/1.(a).4')
    const as = app.as('coordinator')
    const made = await as.command('activity.plan_tranche', id, {
      source: 'donors',
      payer: 'UNICEF',
      dueOn: '2019-03-01',
      amount: 1000,
    })
    const tranche = String((made.body.reply as unknown as Loose).tranche)
    expect((await shown(id, 'coordinator', '2019-03-02')).tranches?.[0]).toMatchObject({ late: true })
    const receive = async () => {
      const { version } = await shown(id)
      return as.command(
        'activity.receive_tranche',
        id,
        { tranche, on: '2019-04-01', amount: 900 },
        { baseVersion: Number(version) },
      )
    }
    expect((await receive()).status).toBe(200)
    expect((await receive()).status).toBe(422)
    expect((await shown(id, 'coordinator', '2019-05-01')).tranches?.[0]).toMatchObject({
      late: false,
      received: 900,
    })
  })

  test('a file is kept by what it is, and comes back byte for byte', async () => {
    const id = await idOf('1/1.(a).2')
    const as = app.as('ministry-interior')
    const deliverable = String((await shown(id)).deliverables?.[0]?.id)
    const send = (content: Buffer, name: string) =>
      as.command('activity.file_deliverable', id, { deliverable, name, content: content.toString('base64') })
    expect((await send(Buffer.from('MZ this is a program'), 'ligji.pdf')).body).toMatchObject({ status: 422 })
    expect((await send(Buffer.alloc(700_001, 1), 'i-madh.pdf')).status).toBe(400)
    const pdf = Buffer.from('%PDF-1.7\nnjë akt')
    const kept = await send(pdf, 'ligji.pdf')
    expect(kept.status).toBe(200)
    const file = String((kept.body.reply as unknown as Loose).file)
    const got = await app.fastify.inject({
      url: `/api/plan-activities/files/${file}`,
      headers: { 'x-test-as': 'police' },
    })
    expect([got.statusCode, got.headers['content-type'], got.rawPayload.equals(pdf)]).toEqual([
      200,
      'application/pdf',
      true,
    ])
    expect(got.headers['content-disposition']).toContain('attachment')
    expect((await app.as('police').get(`/api/plan-activities/files/${uuidv7()}`)).status).toBe(404)
  })

  test('nobody writes around the door: the database itself says no', async () => {
    const id = await idOf('1/1.(a).5')
    const act = app
      .as('police')
      .command('activity.set_status', id, { to: 'IN_PROGRESS', on: '2018-02-01' }, { baseVersion: 0 })
    expect((await act).status).toBe(422)
    expect((await app.anonymous.get(`/api/plan-activities/${id}`)).status).toBe(401)
    expect((await app.as('coordinator').get(`/api/plan-activities/${uuidv7()}`)).status).toBe(404)
    expect((await app.as('coordinator').get('/api/plans/no-such-plan/execution')).status).toBe(404)
    expect((await plan('coordinator', '2018-02-30')).status).toBe(400)
  })
})
