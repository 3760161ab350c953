import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { type CastName, castNames, unitId } from '#test/cast.ts'
import { type TestApp, testApp } from './harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const names = { nameSq: 'NJMF Tiranë', nameEn: 'CPU Tirana' }
const cpu = { kind: 'cpu', municipality: '53', from: '2018-01-01', ...names }
const worker = { duty: 'child_protection_worker', fullTime: true, inJobDescription: true, from: '2018-01-01' }
const act = { number: 'VKM 770', date: '2018-12-26' }
const share = async (measure: string, day?: string) => {
  const { body } = await app
    .as('coordinator')
    .get(`/api/net/coverage${day === undefined ? '' : `?day=${day}`}`)
  const found = body.shares!.find((one) => String(one.measure) === measure)!
  return [Number(found.have), Number(found.total)]
}
const must = async (who: CastName, type: string, id: string, body: object, baseVersion?: number) => {
  const reply = await app.as(who).command(type, id, body, baseVersion === undefined ? {} : { baseVersion })
  expect(reply.status, `${type}: ${JSON.stringify(reply.body)}`).toBe(200)
  return reply.body
}

describe('the life of a unit', () => {
  const id = uuidv7()
  let post = ''
  test('is entered with its posts and people, and covers the municipality from the second full-time worker on', async () => {
    await must('head-tirana', 'net.add_structure', id, { ...cpu, unitId: unitId('cpu-tirana'), act })
    expect(await share('cpu')).toEqual([1, 61])
    expect(await share('cpu_two_full_time')).toEqual([0, 61])
    const first = await must('head-tirana', 'net.add_position', id, worker)
    const second = await must('director-tirana', 'net.add_position', id, worker)
    post = String(first.reply!.positionId)
    await must('head-tirana', 'net.appoint', id, {
      positionId: post,
      from: '2019-03-01',
      sex: 'female',
      qualification: 'social_work',
      name: 'Arta Kodra',
      act,
    })
    expect(await share('cpu_two_full_time')).toEqual([0, 61])
    await must('director-tirana', 'net.appoint', id, {
      positionId: String(second.reply!.positionId),
      from: '2020-01-01',
      sex: 'male',
      qualification: 'psychology',
    })
    expect(await share('cpu_two_full_time')).toEqual([1, 61])
    expect(await share('cpu_two_full_time', '2019-12-31')).toEqual([0, 61])
    expect(await share('cpu', '2017-12-31')).toEqual([0, 61])
  })

  test('bad days, doubled posts, a second unit at the place and unknown places are refused', async () => {
    const refusal = async (type: string, record: string, body: object, who: CastName = 'head-tirana') => {
      const { status, body: reply } = await app.as(who).command(type, record, body, { baseVersion: 5 })
      return `${status} ${reply.code}`
    }
    const again = { positionId: post, from: '2021-01-01', sex: 'female', qualification: 'law' }
    expect(await refusal('net.appoint', id, again)).toBe('422 net_dates_overlap')
    expect(await refusal('net.add_structure', uuidv7(), cpu)).toBe('422 net_structure_known')
    expect(await refusal('net.add_position', id, { ...worker, from: '2017-01-01' })).toBe(
      '422 net_outside_structure',
    )
    expect(await refusal('net.add_position', id, { ...worker, duty: 'police_officer' })).toBe(
      '422 net_duty_not_here',
    )
    const unknown = await app
      .as('head-tirana')
      .command('net.add_structure', uuidv7(), { ...cpu, municipality: '99' })
    expect(unknown.body).toMatchObject({
      status: 400,
      errors: [{ field: 'body.body.municipality', code: 'unknown_code' }],
    })
    for (const from of ['2018-02-30', '1500-01-01', 'nesër'])
      expect(await refusal('net.add_structure', uuidv7(), { ...cpu, from })).toBe('400 invalid')
    expect(
      await refusal('net.add_structure', uuidv7(), { ...cpu, kind: 'school', unitId: unitId('cpu-durres') }),
    ).toBe('422 net_unit_elsewhere')
    expect(await refusal('net.appoint', uuidv7(), again)).toBe('404 not_found')
    expect(await refusal('net.appoint', id, { ...again, positionId: uuidv7() })).toBe('404 not_found')
  })

  test('names of officials are for keepers and the two steering offices; the reading is recorded', async () => {
    const namesFor = async (who: CastName) => {
      const { body } = await app.as(who).get(`/api/net/structures/${id}`)
      return body
        .positions!.flatMap((one) => one.tenures!.map((tenure) => tenure.name as unknown))
        .filter(Boolean)
    }
    const readers: CastName[] = [
      'head-tirana',
      'director-tirana',
      'coordinator',
      'coordinator2',
      'state-agency',
    ]
    for (const who of castNames)
      expect(await namesFor(who), who).toEqual(readers.includes(who) ? ['Arta Kodra'] : [])
    const [seen] = await app.db.admin<{ n: number }>(
      `select count(*)::int as n from access_record where kind = 'net_structure' and tier = 'T2'`,
    )
    expect(seen!.n).toBe(readers.length)
    const [told] = await app.db.admin<{ n: number }>(
      "select count(*)::int as n from event where kind = 'net_structure' and facts::text like '%Kodra%'",
    )
    expect(told!.n).toBe(0)
  })

  test('is renamed from a day; the list of an earlier day has the earlier name', async () => {
    const version = Number((await app.as('head-tirana').get(`/api/net/structures/${id}`)).body.version)
    await must(
      'head-tirana',
      'net.rename_structure',
      id,
      { from: '2024-01-01', nameSq: 'Njësia e re', nameEn: 'The new unit' },
      version,
    )
    const nameOn = async (day: string) =>
      (await app.as('school').get(`/api/net/structures?kind=cpu&day=${day}`)).body.items!.map((one) =>
        String(one.nameEn),
      )
    expect(await nameOn('2023-12-31')).toEqual(['CPU Tirana'])
    expect(await nameOn('2024-01-01')).toEqual(['The new unit'])
    expect(await nameOn('2017-01-01')).toEqual([])
    const late = await app
      .as('director-tirana')
      .command(
        'net.rename_structure',
        id,
        { from: '2025-01-01', nameSq: 'x', nameEn: 'x' },
        { baseVersion: version },
      )
    expect(late.body).toMatchObject({ status: 409, code: 'stale', changed: [{ field: 'names' }] })
  })

  test('ends with its posts and people', async () => {
    const version = Number((await app.as('head-tirana').get(`/api/net/structures/${id}`)).body.version)
    await must('head-tirana', 'net.end_structure', id, { to: '2026-06-30' }, version)
    expect(await share('cpu', '2026-06-30')).toEqual([1, 61])
    expect(await share('cpu', '2026-07-01')).toEqual([0, 61])
    const { body } = await app.as('head-tirana').get(`/api/net/structures/${id}`)
    expect(body.positions!.map((one) => String(one.to))).toEqual(['2026-06-30', '2026-06-30'])
    expect(body.positions!.flatMap((one) => one.tenures!.map((t) => String(t.to)))).toEqual([
      '2026-06-30',
      '2026-06-30',
    ])
    const again = await app
      .as('head-tirana')
      .command('net.end_structure', id, { to: '2026-06-30' }, { baseVersion: body.version as never })
    expect(again.body.code).toBe('net_already_ended')
  })
})

describe('who keeps what', () => {
  const kinds: Record<string, readonly [object, readonly CastName[]]> = {
    field_team: [{ municipality: '53' }, ['head-tirana', 'director-tirana']],
    school: [{ municipality: '53' }, ['head-tirana', 'director-tirana', 'education']],
    border_post: [{ crossing: 'L02' }, ['border-police']],
    mobile_unit: [{ county: 'AL-11' }, ['coordinator', 'coordinator2']],
    police_section: [{ county: 'AL-11' }, ['coordinator', 'coordinator2', 'police']],
    national_office: [{}, ['coordinator', 'coordinator2', 'state-agency']],
  }
  test.each(Object.keys(kinds))('%s: no other role adds, staffs, confirms or ends one', async (kind) => {
    const [place, keepers] = kinds[kind]!
    const duty =
      kind === 'national_office' ? 'coordinator' : kind === 'school' ? 'psychologist' : 'social_worker'
    for (const who of castNames) {
      const id = uuidv7()
      const allowed = keepers.includes(who)
      const to = kind === 'border_post' ? { from: '2020-01-01', to: '2020-12-31' } : { from: '2020-01-01' }
      const body = { kind, ...place, ...to, ...names }
      const added = await app.as(who).command('net.add_structure', id, body)
      expect(`${added.status} ${added.body.code ?? ''}`, `${who} ${kind}`).toBe(
        allowed ? '200 ' : '422 not_allowed',
      )
    }
    const { items } = (await app.as('coordinator').get(`/api/net/structures?kind=${kind}&day=2020-06-01`))
      .body
    const known = String(items![0]!.id)
    const place2 = { duty, fullTime: false, inJobDescription: false, from: '2020-01-01', to: '2020-12-31' }
    for (const who of castNames) {
      const allowed = keepers.includes(who)
      const wanted = allowed ? 200 : 422
      const post = await app.as(who).command('net.add_position', known, place2)
      expect(post.status, `${who} ${kind} ${JSON.stringify(post.body)}`).toBe(wanted)
      expect((await app.as(who).command('net.confirm_structure', known, {})).status, who).toBe(wanted)
      expect((await app.as(who).get(`/api/net/structures/${known}`)).body.mayKeep, who).toBe(allowed)
    }
  })

  test('the database has the same wall: rows of others cannot be written past the domain', async () => {
    const { withWriteTx } = await import('#server/tx.ts')
    const { actorOf } = await import('#test/cast.ts')
    const insert = (who: CastName) =>
      withWriteTx(app.ctx, actorOf(who), { commandId: uuidv7() }, (tx) =>
        tx.sql(
          `insert into net_structure (id, version, kind, municipality, county, valid_from, confirmed_on)
           values ($1, 1, 'dv_mechanism', '53', 'AL-11', '2020-01-01', '2020-01-01')`,
          [uuidv7()],
        ),
      )
    // Not even its keepers write it past the ledger.
    for (const who of castNames)
      await expect(insert(who), who).rejects.toThrow(
        who === 'head-tirana' || who === 'director-tirana'
          ? /only together with its event/
          : /row-level security/,
      )
  })

  test('every role reads the list and the board; nobody without signing in does', async () => {
    for (const url of ['/api/net/structures', '/api/net/coverage']) {
      for (const who of castNames) expect((await app.as(who).get(url)).status, `${who} ${url}`).toBe(200)
      expect((await app.anonymous.get(url)).status).toBe(401)
    }
    const paged = (await app.as('dpo').get('/api/net/structures?limit=1&day=2020-06-01')).body
    expect(paged.items).toHaveLength(1)
    const next = (await app.as('dpo').get(`/api/net/structures?limit=1&day=2020-06-01&cursor=${paged.next}`))
      .body
    expect(String(next.items![0]!.id)).not.toBe(String(paged.items![0]!.id))
    expect((await app.as('dpo').get('/api/net/structures?cursor=x')).status).toBe(400)
    expect((await app.as('dpo').get('/api/net/coverage?day=2026-02-30')).status).toBe(400)
  })

  test('women at crossings are counted by crossing', async () => {
    const id = uuidv7()
    await must('border-police', 'net.add_structure', id, {
      kind: 'border_post',
      crossing: 'L02',
      from: '2021-01-01',
      ...names,
    })
    const put = async (duty: string, sex: string) => {
      const made = await must('border-police', 'net.add_position', id, {
        duty,
        fullTime: true,
        inJobDescription: true,
        from: '2021-01-01',
      })
      await must('border-police', 'net.appoint', id, {
        positionId: String(made.reply!.positionId),
        from: '2021-01-01',
        sex,
        qualification: 'police',
      })
    }
    await put('social_worker', 'male')
    expect(await share('crossing_female_social_worker')).toEqual([0, 30])
    await put('social_worker', 'female')
    await put('police_officer', 'female')
    expect(await share('crossing_female_social_worker')).toEqual([1, 30])
    expect(await share('crossing_woman_officer')).toEqual([1, 30])
  })
})

describe('indicators that the net makes countable', () => {
  test('are counted as of the last day of their period, for readers of aggregates', async () => {
    const { queryOf } = await import('#server/indicator/queries/index.ts')
    const { periodFrom } = await import('#domain/indicator/period.ts')
    const { withTx } = await import('#server/tx.ts')
    const { actorOf } = await import('#test/cast.ts')
    const count = (id: string, from: string) =>
      withTx(app.ctx, actorOf('coordinator'), (tx) => queryOf(id)!.count(tx, periodFrom(from, 'quarter')))
    // One unit, from 2018 to the end of June 2026, its second worker since 2020.
    expect(await count('S004-PREV-2.b.5-i1', '2026-04-01')).toMatchObject({ n: 1, of: 61 })
    expect(await count('S004-PREV-2.b.5-i1', '2026-07-01')).toMatchObject({ n: 0, of: 61 })
    expect(await count('S002-PREV-4.b.1.1-i1', '2019-10-01')).toMatchObject({ n: 0, of: 61 })
    expect(await count('S002-PREV-4.b.1.1-i1', '2020-01-01')).toMatchObject({ n: 1, of: 61 })
    expect(await count('S004-PROT-1.c.12-i1', '2026-10-01')).toMatchObject({ n: 1, of: null })
  })
})
