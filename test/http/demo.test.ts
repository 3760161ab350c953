import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor, Uuid } from '#domain/core.ts'
import { loadDemo } from '#server/demo/index.ts'
import { verifyLedger } from '#server/ledger.ts'
import { withTx } from '#server/tx.ts'
import { reachOf, sourceRows } from '#server/worklist/source-rows.ts'
import { type DemoApp, demoApp } from './demo-app.ts'

let app: DemoApp
let loaded: Awaited<ReturnType<typeof loadDemo>>
beforeAll(async () => {
  app = await demoApp()
  loaded = await loadDemo(app.ctx)
}, 280_000)
afterAll(() => app.close())

const work = async (login: string) => (await app.as(login).get('/api/work?limit=100')).body

describe('the demo country', () => {
  test('has the figures of 2018, counted from records, for readers who see no row', async () => {
    for (const reader of ['state-agency', 'coordinator'])
      expect((await app.as(reader).get('/api/statistics/national?year=2018')).body).toMatchObject({
        municipalities: 9,
        fieldTeams: 32,
        identified: 305,
        managed: 286,
        protectionMeasures: 30,
      })
    const byPlace = (await app.as('coordinator').get('/api/statistics/municipalities?year=2018')).body
    expect(byPlace.totals).toMatchObject({ identified: 305, managed: 286, protectionMeasures: 30 })
    expect(byPlace.items!.find((item) => String(item.municipality) === '53')).toMatchObject({
      teams: 9,
      identified: 92,
    })
  })

  test('leaves nothing of that history open: clocks were met or missed in their own time', async () => {
    const [old] = await app.db.admin<{ open: number; running: number; missed: number; met: number }>(
      `select (select count(*) from case_file where opened_at < '2019-01-01' and closed_at is null)::int as open,
         count(*) filter (where stopped_at is null)::int as running, count(*) filter (where breaches > 0)::int as missed,
         count(*) filter (where breaches = 0 and stopped_at <= due_at)::int as met
       from clock where started_at < '2019-06-01'`,
    )
    expect(old).toMatchObject({ open: 0, running: 0 })
    expect(old!.missed).toBeGreaterThan(20)
    expect(old!.met).toBeGreaterThan(1000)
    const [late] = await app.db.admin<{ n: number }>(
      "select count(*)::int as n from event where type = 'ClockBreached' and recorded_at < '2020-01-01'",
    )
    expect(late!.n).toBeGreaterThan(20)
  })

  test('lets a work list leave out only questions that have no answer', async () => {
    const workers = await app.db.admin<{
      id: Uuid
      unit: Uuid
      body: Uuid
      role: 'cpw' | 'cpu_head'
      place: string
    }>(
      `select u.id, u.unit_id as unit, n.institution_id as body, u.role, n.municipality as place
       from app_user u join unit n on n.id = u.unit_id where u.login in ('cpw-tirana', 'head-tirana', 'cpw2-tirana', 'cpw-durres', 'head-durres')`,
    )
    const seen = new Set<string>()
    const leftOut = new Set<string>()
    for (const { id, unit, body, role, place } of workers) {
      const actor: Actor = {
        userId: id,
        unitId: unit,
        institutionId: body,
        role,
        municipality: place,
        county: null,
        purpose: null,
      }
      await withTx(app.ctx, actor, async (tx) => {
        const { ways, caseload } = await reachOf(tx)
        const [mine] = await tx.sql<{ n: number }>(
          'select count(*)::int as n from case_file where manager_id = $1 and closed_at is null',
          [id],
        )
        expect(caseload).toBe(mine!.n)
        for (const scope of ['mine', 'unit'] as const) {
          const all = await sourceRows(tx, 1000, null, scope)
          expect((await sourceRows(tx, 1000, ways, scope)).map((row) => row.id)).toEqual(
            all.map((row) => row.id),
          )
          for (const row of all) seen.add(row.kind)
        }
        for (const kind of [
          'invitation',
          'gtn_task',
          'hearing',
          'court_follow',
          'written_request',
          'bed',
          'track',
        ])
          if (!ways!.includes(kind)) leftOut.add(kind)
      })
    }
    expect(workers).toHaveLength(5)
    expect([...seen]).toEqual(
      expect.arrayContaining(['bed', 'care_check', 'file_review', 'hearing', 'invitation', 'interview']),
    )
    expect(leftOut.size).toBeGreaterThan(4)
  })

  test('has a survey whose waves brought indicators their figures', async () => {
    const [survey] = (await app.as('coordinator').get('/api/surveys')).body.items!
    const page = (await app.as('coordinator').get(`/api/surveys/${survey!.id}`)).body
    expect(page.indicators).toMatchObject([
      {
        id: 'S004-PREV-1.a-i2',
        figures: [
          { wave: 1, value: 29.9 },
          { wave: 2, value: 36.9 },
        ],
      },
      {
        id: 'S004-PREV-1.a.3-i3',
        figures: [
          { wave: 1, value: 42.9 },
          { wave: 2, value: 54.8 },
        ],
      },
    ])
  })

  test('has trainings, a campaign and a group, each person counted once', async () => {
    const { body } = await app
      .as('coordinator')
      .get('/api/prevention/reach?from=2020-01-01&until=2199-01-01&by=audience')
    const of = (key: string) => body.items!.find((item) => String(item.key) === key)
    // Ten of the coordinator's, nine inspectors, seven teachers, six workers, though two trainings of the coordinator overlap.
    expect(of('professional')).toMatchObject({ persons: 32, attendances: 37 })
    expect(of('child')).toMatchObject({ persons: 10 })
    expect((await app.as('labour').get('/api/businesses')).body.items).toHaveLength(4)
  })

  test('has a net that does not contradict 2018: 32 field teams in nine municipalities', async () => {
    const { body } = await app.as('coordinator').get('/api/net/coverage?day=2018-12-31')
    const teams = body.municipalities!.map((row) => Number(row.fieldTeams))
    expect(teams.reduce((n, one) => n + one, 0)).toBe(32)
    expect(teams.filter((one) => one > 0)).toHaveLength(9)
    const share = (measure: string) => body.shares!.find((one) => String(one.measure) === measure)
    expect(share('cpu')).toMatchObject({ have: 61, total: 61 })
    expect(share('county_committee')).toMatchObject({ have: 12 })
    const { items } = (await app.as('coordinator').get('/api/local/quality')).body
    expect(items!.filter((row) => Number(row.staleStructures) > 0).length).toBeGreaterThan(4)
    expect((await app.as('head-bulqize').get('/api/local/06')).body.years).toMatchObject([
      { income: '9000000', planned: '9500000', miningShort: '500000' },
    ])
  })

  test('has social plans of two municipalities that serve the national plan, with money and progress', async () => {
    const served = (await app.as('coordinator').get('/api/local/serving/nap-2018-2020')).body.items!
    expect(served.find((one) => String(one.uid) === '2/1.(c).1')).toMatchObject({
      municipalities: 2,
      activities: 2,
      completed: 1,
      inProgress: 1,
      planned: '20400000',
    })
    for (const who of ['coordinator', 'head-tirana'])
      expect(
        (await app.as(who).get('/api/plans?kind=municipal')).body.items!.map((one) => String(one.slug)),
      ).toContain('social-plan-tirana-2019-2020')
    const { plans } = (await app.as('head-tirana').get('/api/local/53')).body
    expect((plans as unknown as { activities: unknown[] }[])[0]?.activities).toHaveLength(4)
    expect(loaded.faults).toEqual([])
  })

  test('has bodies that met, one recommendation late, and obligations that nobody kept', async () => {
    const bodies = (await app.as('coordinator').get('/api/bodies')).body.items!
    const of = (code: string) => bodies.find((one) => String(one.code) === code)!
    expect(of('KRAT-11')).toMatchObject({ openRecommendations: 2, lateRecommendations: 1 })
    expect(of('KSH').nextMeeting).not.toBeNull()
    expect(of('BK-VT')).toMatchObject({ anonymous: true, openRecommendations: 1 })
    expect(
      (await app.as('police').get('/api/recommendations?mine=true&status=late')).body.items,
    ).toHaveLength(1)
    expect(bodies.some((one) => Number(one.overdue) > 0)).toBe(true)
  })

  test('has a referral out of a plan to a provider of the directory, and a certificate that left with consent', async () => {
    const [linked] = await app.db.admin<{ state: string; service: string }>(
      `select r.state, s.service from referral r join provider_service s on s.id = r.entry_id join plan_action a on a.id = r.action_id`,
    )
    expect(linked).toEqual({ state: 'IN_SERVICE', service: 'education' })
    const [given] = await app.db.admin<{ id: string }>(
      `select f.id from event e join case_file f on f.id = e.record_id where e.type = 'NeedCertificateGiven'`,
    )
    const { items } = (await app.as('cpw-tirana').get(`/api/cases/${given!.id}/documents`)).body
    expect(items!.find((one) => String(one.kind) === 'status_certificate')).toMatchObject({ ready: true })
  })

  test('gives every role something to do today', async () => {
    const mine = await work('cpw-tirana')
    expect(Number(mine.counts!.breached)).toBeGreaterThan(0)
    expect(Number(mine.counts!.overdue)).toBeGreaterThan(0)
    expect(Number(mine.counts!.today)).toBeGreaterThan(0)
    expect(Number(mine.counts!.week)).toBeGreaterThan(0)
    expect(mine.items!.map((item) => String(item.kind))).toEqual(
      expect.arrayContaining(['report', 'case', 'plan_action']),
    )
    const head = await work('head-tirana')
    expect(head.items!.filter((item) => String(item.group) === 'none')).toHaveLength(4)
    expect(head.escalated!.length).toBeGreaterThan(0)
    expect(Number((await work('director-tirana')).total)).toBeGreaterThan(0)
    for (const login of ['cpw2-tirana', 'cpw-durres', 'head-durres', 'hotline'])
      expect([login, Number((await work(login)).total) > 0]).toEqual([login, true])
    for (const login of [
      'school',
      'health',
      'police',
      'border-police',
      'labour',
      'shelter',
      'civil-status',
      'education',
      'employment',
    ])
      expect([login, Number((await work(login)).total) > 0]).toEqual([login, true])
    expect((await app.as('day-centre').get('/api/referrals?box=in')).body.items).toHaveLength(1)
    const authority = await app.as('responsible-authority').get('/api/cases')
    expect(authority.body.items).toHaveLength(3)
    expect((await app.as('police').get('/api/interviews')).body.items).toContainEqual(
      expect.objectContaining({ state: 'SCHEDULED', actions: ['record'] }),
    )
    expect((await app.as('state-agency').get('/api/interview-rooms')).body).toMatchObject({
      inService: 7,
      wanted: 12,
    })
    expect((await app.as('admin').get('/api/cases')).body).toMatchObject({ items: [], next: null })
    expect((await app.as('field-tirana').get('/api/reports/mine')).body.items!.length).toBeGreaterThan(0)
    const tips = await app.db.admin('select 1 from integrity_tip')
    expect(tips).toHaveLength(1)
  })

  test('is the same each time it is made, to the last deadline', async () => {
    const counted = async (login: string) => {
      const { counts } = await work(login)
      return [
        login,
        ...['breached', 'overdue', 'today', 'week', 'later'].map((group) => Number(counts![group])),
      ]
    }
    const logins = [
      'cpw-tirana',
      'cpw2-tirana',
      'head-tirana',
      'cpw-durres',
      'shelter',
      'responsible-authority',
    ]
    expect(await Promise.all(logins.map(counted))).toEqual([
      ['cpw-tirana', 3, 2, 3, 8, 19],
      ['cpw2-tirana', 1, 0, 2, 4, 11],
      ['head-tirana', 1, 1, 2, 2, 10],
      ['cpw-durres', 0, 2, 1, 2, 5],
      ['shelter', 1, 1, 0, 2, 1],
      ['responsible-authority', 3, 2, 0, 0, 17],
    ])
    const [taken] = await app.db.admin("select count(*)::int as n from event where type = 'OutcomeTaken'")
    expect(taken!.n).toBe(206)
  })

  test('was written through the pipeline: the ledger proves whole', async () => {
    const key = generateKeyPairSync('ed25519').privateKey
    const proof = await verifyLedger(app.ctx, key)
    expect(proof).toMatchObject({ ok: true, broken: null })
    expect(proof.events).toBeGreaterThan(5000)
  })

  test('was played to the end', () => {
    expect(loaded.faults).toEqual([])
  })

  test('tells its accounts, one for every role, and is never made twice', async () => {
    expect(new Set(loaded.accounts.map((one) => one.role)).size).toBe(27)
    await expect(loadDemo(app.ctx)).rejects.toThrow(/not empty/)
  })
})
