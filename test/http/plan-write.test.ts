import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readBodies } from '#server/action-plan/bodies.ts'
import { readPlanWorkbook, type WorkbookWorld } from '#server/action-plan/workbook-read.ts'
import { planWorkbook } from '#server/action-plan/workbook-write.ts'
import { uuidv7 } from '#server/ids.ts'
import { withTx } from '#server/tx.ts'
import { xlsxType } from '#server/workbook/write.ts'
import { actorOf, type CastName, castNames } from '#test/cast.ts'
import { type Loose, type TestApp, testApp } from './harness.ts'
import { small } from './plan-content.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const bodies = readBodies()
const world: WorkbookWorld = {
  bodyList: bodies,
  bodies: new Set(bodies.map((body) => body.code)),
  municipalities: new Set(['53', '27', '09', '59', '10', '37', '35', '15', '21', '61']),
}
const nap = '/api/plans/nap-2018-2020'
const bytes = async (who: CastName, url: string) => {
  const reply = await app.fastify.inject({ method: 'GET', url, headers: { 'x-test-as': who } })
  return { status: reply.statusCode, headers: reply.headers, body: reply.rawPayload }
}
const upload = async (who: CastName, book: Uint8Array, type = xlsxType) => {
  const reply = await app.fastify.inject({
    method: 'POST',
    url: '/api/plans/workbook',
    headers: { 'x-test-as': who, 'content-type': type, 'accept-language': 'en' },
    payload: Buffer.from(book),
  })
  return { status: reply.statusCode, body: reply.json() as Loose }
}

test('each role reads every approved plan; who may bring one in is a short list', async () => {
  const importers: Partial<Record<CastName, string[]>> = {
    coordinator: ['national', 'framework', 'programme', 'institution'],
    coordinator2: ['national', 'framework', 'programme', 'institution'],
    'county-committee': ['county', 'institution'],
    'director-tirana': ['municipal', 'institution'],
    'head-tirana': ['municipal', 'institution'],
    'head-durres': ['municipal', 'institution'],
  }
  const none: readonly CastName[] = [
    'cpw-tirana',
    'cpw2-tirana',
    'cpw-durres',
    'field-tirana',
    'dpo',
    'admin',
  ]
  const template = (await bytes('coordinator', '/api/plans/template.xlsx')).body
  for (const name of castNames) {
    for (const door of ['', '/tree', '/reconciliation'])
      expect((await app.as(name).get(`${nap}${door}`)).status, name).toBe(200)
    expect((await bytes(name, '/api/plans/template.xlsx')).status, name).toBe(200)
    const { body } = await app.as(name).get('/api/plans')
    expect(body.mayImport, name).toEqual(importers[name] ?? (none.includes(name) ? [] : ['institution']))
    expect((await upload(name, template)).status, name).toBe(none.includes(name) ? 403 : 400)
    const content = small('Plan')
    const refused = await app
      .as(name)
      .command('action_plan.import', uuidv7(), { slug: `kombetar-${name}`, kind: 'national', content })
    expect(refused.status, name).toBe(name.startsWith('coordinator') ? 200 : 422)
    const [row] = await app.db.admin<{ id: string; version: number }>(
      "select id, version from action_plan where slug = 'nap-2018-2020'",
    )
    const amended = await app
      .as(name)
      .command('action_plan.amend', row!.id, { why: 'Provë', content }, { baseVersion: row!.version })
    const refusedWith = name === 'coordinator2' ? 'action_plan_other_draft' : 'not_allowed'
    if (name !== 'coordinator') expect([amended.status, amended.body.code], name).toEqual([422, refusedWith])
    const drafts = await app.as(name).get('/api/plans/kombetar-coordinator')
    if (castNames.indexOf(name) > castNames.indexOf('coordinator'))
      expect(drafts.status, name).toBe(name === 'coordinator2' ? 200 : 404)
  }
})

describe('a municipality’s plan', () => {
  const id = uuidv7()
  const body = {
    slug: 'bashkia-tirane-2026',
    kind: 'municipal',
    parent: 'nap-2018-2020',
    content: small('Plani social i bashkisë'),
  }

  test('is brought in by the head of the unit and seen by nobody else yet', async () => {
    const made = await app.as('head-tirana').command('action_plan.import', id, body)
    expect(made.status).toBe(200)
    expect(made.body.reply).toEqual({ planVersion: 1 })
    expect((await app.as('director-tirana').get('/api/plans/bashkia-tirane-2026')).body).toMatchObject({
      status: 'draft',
      municipality: '53',
      parent: 'nap-2018-2020',
      actions: ['amend', 'approve', 'discard'],
    })
    for (const name of [
      'head-durres',
      'police',
      'cpw-tirana',
      'state-agency',
      'county-committee',
      'admin',
    ] as const)
      expect((await app.as(name).get('/api/plans/bashkia-tirane-2026')).status, name).toBe(404)
  })

  test('its author does not approve it; the director does; then everybody reads it', async () => {
    const own = await app
      .as('head-tirana')
      .command('action_plan.approve', id, { planVersion: 1 }, { baseVersion: 1 })
    expect([own.status, own.body.code]).toEqual([422, 'needs_second_person'])
    const other = await app
      .as('police')
      .command('action_plan.approve', id, { planVersion: 1 }, { baseVersion: 1 })
    expect(other.status).toBe(404)
    const done = await app
      .as('director-tirana')
      .command('action_plan.approve', id, { planVersion: 1 }, { baseVersion: 1 })
    expect(done.status).toBe(200)
    expect((await app.as('police').get('/api/plans/bashkia-tirane-2026')).body).toMatchObject({
      status: 'approved',
      cost: '1200',
    })
  })

  test('changes only by an amendment with a reason; the old version stays readable', async () => {
    const again = await app.as('head-tirana').command('action_plan.import', id, body, { baseVersion: 2 })
    expect([again.status, again.body.code]).toEqual([422, 'action_plan_needs_amendment'])
    const without = await app
      .as('head-tirana')
      .command('action_plan.amend', id, { why: ' ', content: small('x') }, { baseVersion: 2 })
    expect(without.status).toBe(400)
    const same = await app
      .as('head-tirana')
      .command('action_plan.amend', id, { why: 'Asgjë', content: body.content }, { baseVersion: 2 })
    expect([same.status, same.body.code]).toEqual([422, 'action_plan_nothing_changes'])
    const amended = await app
      .as('head-tirana')
      .command(
        'action_plan.amend',
        id,
        { why: 'Më shumë dalje', content: small('Plani social i bashkisë', '2000000') },
        { baseVersion: 2 },
      )
    expect(amended.body.reply).toEqual({ planVersion: 2 })
    // The approved text still stands.
    expect((await app.as('police').get('/api/plans/bashkia-tirane-2026')).body).toMatchObject({
      cost: '1200',
      planVersion: 1,
      draftVersion: null,
    })
    expect((await app.as('police').get('/api/plans/bashkia-tirane-2026?version=2')).status).toBe(404)
    expect((await app.as('director-tirana').get('/api/plans/bashkia-tirane-2026?version=2')).body.cost).toBe(
      '2000',
    )
    await app.as('director-tirana').command('action_plan.approve', id, { planVersion: 2 }, { baseVersion: 3 })
    const now = await app.as('police').get('/api/plans/bashkia-tirane-2026')
    expect(now.body).toMatchObject({ cost: '2000', planVersion: 2 })
    expect(now.body.versions).toMatchObject([
      {
        version: 2,
        status: 'approved',
        why: 'Më shumë dalje',
        author: 'Person head-tirana',
        approvedBy: 'Person director-tirana',
      },
      { version: 1, status: 'superseded' },
    ])
    expect(
      (await app.as('police').get('/api/plans/bashkia-tirane-2026/tree?version=1')).body.nodes![0]!.cost,
    ).toBe('1200')
  })

  test('two editors at once: the second is told', async () => {
    const first = await app
      .as('head-tirana')
      .command('action_plan.amend', id, { why: 'Një', content: small('Një', '1000000') }, { baseVersion: 4 })
    expect(first.status).toBe(200)
    const second = await app
      .as('director-tirana')
      .command('action_plan.amend', id, { why: 'Dy', content: small('Dy', '3000000') }, { baseVersion: 4 })
    expect([second.status, second.body.changed![0]!.field]).toEqual([409, 'content'])
    const fresh = await app
      .as('director-tirana')
      .command('action_plan.amend', id, { why: 'Dy', content: small('Dy', '3000000') }, { baseVersion: 5 })
    expect([fresh.status, fresh.body.code]).toEqual([422, 'action_plan_other_draft'])
    expect(
      (await app.as('head-tirana').command('action_plan.discard', id, { planVersion: 3 }, { baseVersion: 5 }))
        .status,
    ).toBe(200)
    expect(
      (await app.as('director-tirana').get('/api/plans/bashkia-tirane-2026')).body.draftVersion,
    ).toBeNull()
  })

  test('the same command twice is done once', async () => {
    const commandId = uuidv7()
    const content = small('Tri', '5000000')
    const first = await app
      .as('head-tirana')
      .command('action_plan.amend', id, { why: 'Tri', content }, { baseVersion: 6, commandId })
    const second = await app
      .as('head-tirana')
      .command('action_plan.amend', id, { why: 'Tri', content }, { baseVersion: 6, commandId })
    expect(second.body).toEqual(first.body)
  })

  test('another plan cannot take its name', async () => {
    const taken = await app
      .as('head-durres')
      .command('action_plan.import', uuidv7(), { ...body, parent: undefined })
    expect([taken.status, taken.body.code]).toEqual([422, 'action_plan_slug_taken'])
  })

  test('what a command brings is checked like a workbook', async () => {
    const send = (content: unknown) =>
      app
        .as('head-durres')
        .command('action_plan.import', uuidv7(), { slug: 'durres-x', kind: 'municipal', content })
    const good = small('Plan')
    const with2 = (change: object) => ({ ...good, nodes: [good.nodes[0]!, { ...good.nodes[1]!, ...change }] })
    expect((await send(with2({ responsible: [{ code: 'Hëna', asPrinted: 'Hëna' }] }))).body.code).toBe(
      'action_plan_content',
    )
    expect((await send(with2({ parent: '1' }))).body.code).toBe('action_plan_content')
    expect(
      (
        await send(
          with2({
            activity: {
              ...good.nodes[1]!.activity!,
              amounts: { ...good.nodes[1]!.activity!.amounts, cost: { lek: '-5', printed: null } },
            },
          }),
        )
      ).status,
    ).toBe(400)
    expect((await send({ ...good, nodes: Array.from({ length: 1001 }, () => good.nodes[0]!) })).status).toBe(
      400,
    )
    expect((await send({ ...good, extra: 1 })).status).toBe(400)
    expect((await send(with2({ titleSq: 'a\u0000b' }))).status).toBe(400)
    expect((await send(with2({ titleSq: '   ' }))).status).toBe(400)
    expect((await send(with2({ indicators: [{ kind: 'target', sq: null, en: null }] }))).status).toBe(400)
    expect((await app.as('coordinator').get('/api/plans?kind=municipal')).body.items).toHaveLength(1)
  })
})

describe('the national plan', () => {
  test('is approved by a second coordinator and by nobody else', async () => {
    const [plan] = await app.db.admin<{ id: string; version: number }>(
      "select id, version from action_plan where slug = 'nap-2018-2020'",
    )
    // The table of rights above left a draft of the coordinator's own.
    const own = await app
      .as('coordinator')
      .command('action_plan.approve', plan!.id, { planVersion: 2 }, { baseVersion: plan!.version })
    expect([own.status, own.body.code]).toEqual([422, 'needs_second_person'])
    const reply = await app
      .as('coordinator2')
      .command('action_plan.approve', plan!.id, { planVersion: 2 }, { baseVersion: plan!.version })
    expect(reply.body.reply).toEqual({ planVersion: 2 })
    expect((await app.as('police').get(`${nap}?version=1`)).body).toMatchObject({ activities: 145 })
    const { loadReference } = await import('#server/reference/load.ts')
    const again = await loadReference(app.ctx, { bodies: false })
    expect(again).toMatchObject({ action_plan: 0, action_plan_version: 0, action_plan_node: 0 })
    expect((await app.as('police').get(nap)).body).toMatchObject({ planVersion: 2, activities: 1 })
  })

  test('an approved version cannot be rewritten by the application', async () => {
    const as = <T>(text: string) => withTx(app.ctx, actorOf('coordinator'), (tx) => tx.sql<T>(text))
    await expect(
      as("update action_plan_version set why = 'tjetër' where status = 'approved'"),
    ).rejects.toThrow(/only by a new version/)
    const count = `select count(*)::int as n from action_plan_node n join action_plan_version v using (plan_id, plan_version)
      where v.status <> 'draft'`
    const before = await app.db.admin(count)
    await expect(as('delete from action_plan_node')).rejects.toThrow(/only together with its event/)
    expect(await app.db.admin(count)).toEqual(before)
    await expect(as('update action_plan_node set doubt = null')).rejects.toThrow(/permission denied/)
  })
})

describe('a workbook at the door', () => {
  test('a bad one is answered by sheet and cell, and nothing is loaded', async () => {
    const content = small('Plan')
    const bad = {
      ...content,
      nodes: [
        content.nodes[0]!,
        { ...content.nodes[1]!, titleSq: '<b>x</b>', responsible: [{ code: 'Hëna', asPrinted: 'Hëna' }] },
      ],
    }
    const book = await planWorkbook(
      { slug: 'keq', kind: 'municipal', parent: null, sourceFile: null },
      bad,
      bodies,
    )
    const before = await app.db.admin<{ n: number }>('select count(*)::int as n from action_plan')
    const { status, body } = await upload('head-tirana', book)
    expect(status).toBe(400)
    expect(body.errors!.map((one: Loose) => [one.field, one.code])).toEqual([
      ['Rreshtat - Rows!F3', 'workbook_html'],
      ['Rreshtat - Rows!H3', 'workbook_unknown_body'],
    ])
    expect(String(body.errors![1]!.message)).toContain('No institution is known as “Hëna”')
    expect(await app.db.admin('select count(*)::int as n from action_plan')).toEqual(before)
  })

  test('a good one shows what it would change and goes in by a command', async () => {
    const { body: book } = await bytes('head-tirana', '/api/plans/bashkia-tirane-2026/export.xlsx')
    const result = readPlanWorkbook(book, world)
    if (!result.ok) throw new Error('the export does not read')
    const activity = result.content.nodes[1]!
    const changed = {
      ...result.content,
      nodes: [result.content.nodes[0]!, { ...activity, titleSq: 'Dalje çdo ditë' }],
    }
    const { status, body } = await upload('head-tirana', await planWorkbook(result.name, changed, bodies))
    expect(status).toBe(200)
    expect(body.changes).toMatchObject([
      {
        uid: '1',
        change: 'changed',
        fields: [{ field: 'titleSq', before: 'Dalje në terren çdo javë', after: 'Dalje çdo ditë' }],
      },
    ])
    expect(body.counts).toMatchObject({ activities: 1, cost: '2000' })
    const sent = await app
      .as('head-tirana')
      .command(
        'action_plan.amend',
        String(body.plan!.id),
        { why: 'Fletorja', content: body.import!.content },
        { baseVersion: Number(body.plan!.version) },
      )
    expect(sent.status).toBe(200)
  })

  test('60 megabytes, JSON, and rubbish', async () => {
    expect((await upload('coordinator', Buffer.alloc(60 * 1_048_576))).status).toBe(413)
    expect((await upload('coordinator', Buffer.from('{}'), 'application/json')).status).toBe(415)
    const rubbish = await upload('coordinator', Buffer.from('rubbish'))
    expect([rubbish.status, rubbish.body.errors![0]!.code]).toEqual([400, 'workbook_not_a_workbook'])
    expect((await upload('coordinator', Buffer.alloc(0))).status).toBe(400)
  })
})
