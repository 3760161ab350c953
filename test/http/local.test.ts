import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { qualityOf } from '#server/local/quality.ts'
import { type CastName, castNames } from '#test/cast.ts'
import { activePlan, openFor } from './case-life.ts'
import { type TestApp, testApp } from './harness.ts'

const planId = uuidv7()
let app: TestApp
let national = { plan: '', uid: '' }
beforeAll(async () => {
  app = await testApp()
  const version = uuidv7()
  await app.db.admin(`
    insert into action_plan (id, slug, kind, title_sq, municipality, period_from, period_to, status, current_version, approved_at)
      values ('${planId}', 'tirana-2026', 'municipal', 'Plani social i Tiranës', '53', '2026-01-01', '2026-12-31', 'approved', 1, now());
    insert into action_plan_version (plan_id, plan_version, status, head, created_at, approved_at)
      values ('${planId}', 1, 'approved', '{}', now(), now());
    insert into action_plan_node (id, plan_id, plan_version, kind, ordinal, uid, code, title_sq)
      values ('${version}', '${planId}', 1, 'activity', 0, '1.1', '1.1', 'Ekipe terreni');
    insert into action_plan_activity (id, plan_id, plan_version) values ('${version}', '${planId}', 1);`)
  const [activity] = await app.db.admin<{ plan: string; uid: string }>(
    `select a.plan_id as plan, n.uid from action_plan_activity a join action_plan_node n on n.id = a.id
     join action_plan p on p.id = a.plan_id where p.slug = 'nap-2018-2020' order by n.ordinal limit 1`,
  )
  national = activity!
})
afterAll(() => app.close())

const line = {
  municipality: '53',
  year: 2026,
  side: 'expense',
  topic: 'field_teams',
  source: 'mining_rent',
  accountGroup: 'wages',
  planned: 4_500_000,
}
const rent = {
  municipality: '53',
  year: 2026,
  side: 'income',
  topic: 'mining_rent',
  source: 'own',
  planned: 3_000_000,
}
const set = (who: CastName, id: string, body: object, baseVersion?: number) =>
  app.as(who).command('local.set_line', id, body, baseVersion === undefined ? {} : { baseVersion })
const readers: CastName[] = [
  'cpw-tirana',
  'cpw2-tirana',
  'head-tirana',
  'director-tirana',
  'state-agency',
  'coordinator',
  'coordinator2',
  'county-committee',
]
const keepers: CastName[] = ['head-tirana', 'director-tirana']

describe('money and progress of a municipality', () => {
  const id = uuidv7()
  test('the director enters lines by year, source and account group; mining rent short of its use is told', async () => {
    expect((await set('director-tirana', id, { ...line, planId, activityUid: '1.1' })).status).toBe(200)
    expect((await set('director-tirana', uuidv7(), rent)).status).toBe(200)
    const { body } = await app.as('coordinator').get('/api/local/53')
    expect(body.years).toMatchObject([
      { year: 2026, planned: '4500000', executed: '0', income: '3000000', miningShort: '1500000' },
    ])
    expect(body.plans).toMatchObject([
      {
        slug: 'tirana-2026',
        activities: [{ uid: '1.1', status: 'NOT_STARTED', planned: '4500000', serves: [] }],
      },
    ])
    const spent = { ...line, planId, activityUid: '1.1', executed: 1_200_000 }
    expect((await set('head-tirana', id, spent, 0)).body).toMatchObject({ status: 409, code: 'stale' })
    expect((await set('head-tirana', id, spent, 1)).status).toBe(200)
    expect((await set('head-tirana', id, { ...spent, year: 2025 }, 2)).body).toMatchObject({
      code: 'local_line_moved',
      field: 'year',
    })
    expect((await set('director-tirana', uuidv7(), spent)).body.code).toBe('local_line_known')
  })

  test('local work rolls up to the activity it serves', async () => {
    const tie = { planId, activityUid: '1.1', servesPlan: national.plan, servesUid: national.uid }
    for (const who of castNames.filter((name) => !keepers.includes(name)))
      expect((await app.as(who).command('local.serve', uuidv7(), tie)).body.code, who).toBe('not_allowed')
    const serving = uuidv7()
    const made = await app.as('director-tirana').command('local.serve', serving, tie)
    expect(made.status, JSON.stringify(made.body)).toBe(200)
    const twice = await app.as('director-tirana').command('local.serve', uuidv7(), tie)
    expect(twice.body.code).toBe('local_serve_known')
    const round = { planId, activityUid: '1.1', servesPlan: planId, servesUid: '1.1' }
    expect((await app.as('director-tirana').command('local.serve', uuidv7(), round)).body.code).toBe(
      'local_not_above',
    )
    const none = { ...tie, servesUid: 'nowhere' }
    expect((await app.as('director-tirana').command('local.serve', uuidv7(), none)).body).toMatchObject({
      status: 400,
      errors: [{ field: 'body.body.servesUid', code: 'unknown_code' }],
    })
    const above = (await app.as('coordinator').get('/api/local/serving/nap-2018-2020')).body.items!
    expect(above).toMatchObject([
      {
        uid: national.uid,
        municipalities: 1,
        activities: 1,
        completed: 0,
        planned: '4500000',
        executed: '1200000',
      },
    ])
    expect(
      (await app.as('director-tirana').get('/api/local/53')).body.plans![0]!.activities![0]!.serves,
    ).toMatchObject([{ id: serving, uid: national.uid, planSlug: 'nap-2018-2020' }])
    // A reader of another municipality adds nothing of this one up.
    expect((await app.as('cpw-durres').get('/api/local/serving/nap-2018-2020')).body.items).toEqual([])
    for (const who of castNames.filter((name) => !keepers.includes(name)))
      expect((await app.as(who).command('local.strike_serve', serving, {})).status, who).toBe(
        readers.includes(who) ? 422 : 404,
      )
    expect((await app.as('head-tirana').command('local.strike_serve', serving, {})).status).toBe(200)
    expect((await app.as('coordinator').get('/api/local/serving/nap-2018-2020')).body.items).toEqual([])
  })

  test('who writes and who reads: every role, every door', async () => {
    for (const who of castNames) {
      const own = await set(who, uuidv7(), {
        ...line,
        topic: 'prevention',
        year: 2000 + castNames.indexOf(who),
      })
      expect(own.status, who).toBe(keepers.includes(who) ? 200 : 422)
      const struck = await app.as(who).command('local.strike_line', id, { reason: 'x' }, { baseVersion: 0 })
      expect(struck.status, who).toBe(keepers.includes(who) ? 409 : readers.includes(who) ? 422 : 404)
      const read = await app.as(who).get('/api/local/53')
      expect(read.status, who).toBe(readers.includes(who) ? 200 : 404)
      if (read.status === 200) {
        expect(read.body.mayKeep).toBe(keepers.includes(who))
        expect(read.body.lines!.length).toBeGreaterThan(1)
      }
      const mend = await app.as(who).get('/api/local/53/to-mend')
      expect(mend.status, who).toBe(['cpw-tirana', 'cpw2-tirana', 'head-tirana'].includes(who) ? 200 : 404)
      const quality = (await app.as(who).get('/api/local/quality')).body.items!
      const rows = ['state-agency', 'coordinator', 'coordinator2'].includes(who)
        ? 61
        : who === 'county-committee'
          ? quality.filter((row) => String(row.county) === 'AL-11').length
          : ['cpw', 'hea', 'dir'].includes(who.slice(0, 3)) && who !== 'health'
            ? 1
            : 0
      expect(quality.length, who).toBe(rows)
    }
    for (const url of ['/api/local/53', '/api/local/quality', '/api/local/53/to-mend'])
      expect((await app.anonymous.get(url)).status).toBe(401)
    expect((await app.as('coordinator').get('/api/local/99')).status).toBe(404)
    expect(
      (await app.as('head-tirana').command('local.strike_line', id, { reason: 'Gabim' }, { baseVersion: 2 }))
        .status,
    ).toBe(200)
  })

  test('the database has the same wall', async () => {
    const { withWriteTx, withTx } = await import('#server/tx.ts')
    const { actorOf } = await import('#test/cast.ts')
    for (const who of castNames) {
      const insert = withWriteTx(app.ctx, actorOf(who), { commandId: uuidv7() }, (tx) =>
        tx.sql(
          `insert into local_budget_line (id, version, municipality, year, side, topic, source, planned, updated_on)
           values ($1, 1, '53', $2, 'income', 'donors', 'donors', 1, '2026-01-01')`,
          [uuidv7(), 2050 + castNames.indexOf(who)],
        ),
      )
      // Not even its keepers write it past the ledger.
      await expect(insert, who).rejects.toThrow(
        keepers.includes(who) ? /only together with its event/ : /row-level security/,
      )
      const rows = await withTx(app.ctx, actorOf(who), (tx) => tx.sql('select 1 from local_budget_line'))
      expect(rows.length > 0, who).toBe(readers.includes(who))
    }
  })

  test('bad amounts and unknown places are named by field', async () => {
    const fault = async (body: object) =>
      (await set('director-tirana', uuidv7(), { ...line, ...body })).body.errors?.[0] as unknown
    expect(await fault({ planned: -1 })).toMatchObject({ field: 'body.body.planned' })
    expect(await fault({ planned: 445.68 })).toMatchObject({ field: 'body.body.planned' })
    expect(await fault({ planned: '445.680' })).toMatchObject({
      field: 'body.body.planned',
      code: 'wrong_type',
    })
    expect(await fault({ planned: 1e13 })).toMatchObject({ field: 'body.body.planned', code: 'too_big' })
    expect(await fault({ municipality: '99' })).toMatchObject({
      field: 'body.body.municipality',
      code: 'unknown_code',
    })
    expect(await fault({ planId })).toMatchObject({ field: 'body.body.activityUid', code: 'required' })
    expect(await fault({ planId, activityUid: '9.9' })).toMatchObject({ field: 'body.body.activityUid' })
    expect(await fault({ year: 1999 })).toMatchObject({ field: 'body.body.year' })
  })
})

describe('quality of the data', () => {
  test('leadership sees no count of 1 to 4, and none follows from what is shown', async () => {
    for (let n = 0; n < 6; n += 1) await openFor(app, 'cpw-tirana')
    await openFor(app, 'cpw-durres')
    await activePlan(app)
    const read = async () => {
      const { body } = await app.as('coordinator').get('/api/local/quality')
      const row = (code: string) => body.items!.find((one) => String(one.municipality) === code)!
      return { rows: body.items!, totals: body.totals, tirana: row('53'), durres: row('10') }
    }
    // One alone is hidden, and so is the other from which it would follow.
    const few = await read()
    expect(few.totals).toMatchObject({ unassessed: 7 })
    expect(few.durres).toMatchObject({ unassessed: null, open: null })
    expect(few.tirana).toMatchObject({ unassessed: null })
    for (let n = 0; n < 5; n += 1) await openFor(app, 'cpw-durres')
    const { rows, tirana, durres } = await read()
    expect(durres).toMatchObject({ unassessed: 6 })
    expect(tirana).toMatchObject({ unassessed: 6 })
    expect((await app.as('county-committee').get('/api/local/quality')).body.totals).toBeNull()
    for (const row of rows)
      for (const figure of ['open', 'complete', 'unassessed', 'childUnknown', 'twice', 'late'] as const) {
        const shown = row[figure] as unknown as number | null
        expect(shown === null || shown === 0 || shown > 4, `${row.name} ${figure}`).toBe(true)
      }
    const incomplete = Number(tirana.open) - Number(tirana.complete)
    expect(tirana.complete === null || incomplete === 0 || incomplete > 4).toBe(true)
  })

  test('complete and incomplete are hidden together', () => {
    const row = { unassessed: 0, childUnknown: 0, twice: 0, late: 0 }
    const shown = qualityOf([
      { municipality: '01', complete: 40, incomplete: 2, ...row },
      { municipality: '02', complete: 30, incomplete: 30, ...row },
      { municipality: '03', complete: 20, incomplete: 20, ...row },
    ])
    expect(shown[0]!.open === null || shown[0]!.complete === null).toBe(true)
    expect(shown[0]!.completeShare).toBeNull()
  })

  test('the unit sees its own cases and what each lacks; a mended one leaves the list', async () => {
    const { body } = await app.as('cpw-tirana').get('/api/local/53/to-mend?limit=100')
    expect(body.items!.length).toBeGreaterThan(5)
    expect(body.items!.every((item) => item.faults!.length > 0)).toBe(true)
    expect(JSON.stringify(body)).not.toMatch(/givenName|familyName/)
    const first = (await app.as('cpw-tirana').get('/api/local/53/to-mend?limit=2')).body
    const second = (await app.as('cpw-tirana').get(`/api/local/53/to-mend?limit=2&cursor=${first.next}`)).body
    expect(String(second.items![0]!.id)).not.toBe(String(first.items![1]!.id))
    const durres = (await app.as('cpw-durres').get('/api/local/10/to-mend')).body.items!
    expect(durres).toHaveLength(6)
    expect(durres[0]!.faults).toContain('unassessed')
  })
})
