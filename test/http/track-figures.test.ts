import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { periodOfDay } from '#domain/indicator/period.ts'
import { uuidv7 } from '#server/ids.ts'
import { doorQueries } from '#server/indicator/queries/door.ts'
import { proceedingQueries } from '#server/indicator/queries/proceeding.ts'
import { returnQueries } from '#server/indicator/queries/return.ts'
import { safetyQueries } from '#server/indicator/queries/safety.ts'
import { splitShown } from '#server/indicator/shown.ts'
import { withTx } from '#server/tx.ts'
import { actorOf, type CastName, unitId, userId } from '#test/cast.ts'
import { openFor } from './case-life.ts'
import { type TestApp, testApp } from './harness.ts'
import { putTrack } from './track-rows.ts'

/** Indicators over the trafficking track: proceedings, doors, returns, safety, adults; rows written past the doors, read through them. */
let app: TestApp
const all = [...proceedingQueries, ...doorQueries, ...returnQueries, ...safetyQueries]
const quarter = 'from=2026-10-01&to=2026-12-31'
const value = async (id: string, more = '', who: CastName = 'coordinator') =>
  (await app.as(who).get(`/api/indicators/${id}/value?${quarter}${more}`, { language: 'en' })).body
const sql = (text: string, ...values: unknown[]) => app.db.admin(text, values)
let number = 0

interface Trial {
  readonly origin?: string
  readonly stage?: string
  readonly outcome?: string | null
  readonly track?: boolean
  readonly article?: string
  readonly openedOn?: string
  readonly steps?: readonly (readonly [kind: string, from: string | null, to: string | null, on: string])[]
  readonly victim?: { readonly nrm: string; readonly subject: string }
}
const trial = async (row: Trial = {}) => {
  number += 1
  const id = uuidv7()
  const closed = row.stage === 'closed'
  await sql(
    `insert into proceeding (id, code, version, origin, stage, stage_on, outcome, closed_from, closed_reason, act_from, office_unit, county, track,
       opened_by, opened_on, opened_at) values ($1, $2, 1, $3, $4, '2026-11-01', $5, $6, $7, '2026-01-01', $8, 'AL-11', $9, $10, $11, now())`,
    id,
    `PP-2026-${String(7000 + number)}`,
    row.origin ?? 'denunciation',
    row.stage ?? 'investigation',
    row.outcome ?? null,
    closed ? 'investigation' : null,
    closed ? 'no_evidence' : null,
    unitId('prosecution-tirana'),
    row.track ?? true,
    userId('prosecutor'),
    row.openedOn ?? '2026-10-05',
  )
  await sql(
    'insert into proceeding_article (id, proceeding_id, article, on_day) values ($1, $2, $3, $4)',
    uuidv7(),
    id,
    row.article ?? '110/a',
    '2026-10-05',
  )
  for (const [kind, from, to, on] of row.steps ?? [])
    await sql(
      'insert into proceeding_step (id, proceeding_id, kind, from_stage, to_stage, on_day, at, by_id) values ($1, $2, $3, $4, $5, $6, now(), $7)',
      uuidv7(),
      id,
      kind,
      from,
      to,
      on,
      userId('prosecutor'),
    )
  const victim = uuidv7()
  await sql(
    `insert into proceeding_victim (id, proceeding_id, pseudonym, subject, nrm_id, cooperation, at) values ($1, $2, 'V1', $3, $4, 'yes', now())`,
    victim,
    id,
    row.victim?.subject ?? 'adult',
    row.victim?.nrm ?? null,
  )
  return { id, victim }
}
interface Journey {
  readonly direction: 'incoming' | 'outgoing'
  readonly subject: 'adult' | 'child'
  readonly receivedOn?: string
  readonly handedOn?: string
  readonly helped?: boolean
  readonly risk?: string
  readonly seen?: boolean
}
const journey = async (nrm: string, row: Journey) => {
  number += 1
  const id = uuidv7()
  await sql(
    `insert into nrm_return (id, code, version, nrm_id, subject, direction, country, state, source, notice_on, expected_on, late, risk, assessed_on,
       set_off_at, received_on, handed_on, opened_at, opened_by)
     values ($1, $2, 1, $3, $4, $5, 'XK', $6, 'consulate', '2026-10-01', '2026-10-20', false, $7, '2026-10-03', '2026-10-20T08:00:00Z', $8, $9, now(), $10)`,
    id,
    `KTH-2026-${String(7000 + number)}`,
    nrm,
    row.subject,
    row.direction,
    row.handedOn === undefined ? 'RECEIVED' : 'HANDED_TO_CASE',
    row.risk ?? null,
    row.receivedOn ?? '2026-10-20',
    row.handedOn ?? null,
    userId('responsible-authority'),
  )
  if (row.helped === true) {
    await sql(`insert into return_escort (id, return_id, role) values ($1, $2, 'police')`, uuidv7(), id)
    await sql(
      `insert into return_cost (id, return_id, what, source, amount_lek) values ($1, $2, 'travel', 'state', 20000), ($3, $2, 'travel', 'family', 900)`,
      uuidv7(),
      id,
      uuidv7(),
    )
  }
  if (row.seen === true)
    await sql(
      `insert into return_follow_up (id, return_id, month, due, seen_on, seen) values ($1, $2, 1, '2026-11-20', '2026-11-20', 'person')`,
      uuidv7(),
      id,
    )
}
const safe = async (nrm: string) => {
  const risk = uuidv7()
  await sql(
    `insert into assistance_risk (id, nrm_id, on_day, level, by_id, at) values ($1, $2, '2026-10-08', 'low', $3, now())`,
    risk,
    nrm,
    userId('cpw-tirana'),
  )
  await sql(
    `insert into safety_plan (id, nrm_id, risk_id, on_day, review_on, by_id, at) values ($1, $2, $3, '2026-10-08', '2026-12-30', $4, now())`,
    uuidv7(),
    nrm,
    risk,
    userId('cpw-tirana'),
  )
}

beforeAll(async () => {
  app = await testApp()
  const adults: string[] = []
  for (let n = 0; n < 6; n += 1)
    adults.push(
      (
        await putTrack(app, {
          structure: n < 5 ? 'labour_inspector' : 'police',
          sex: n === 0 ? 'male' : 'female',
          steps: [
            ['vmt', '2026-10-02'],
            ['formal_pending', '2026-10-05'],
            ['vt', '2026-10-09'],
          ],
        })
      ).id,
    )
  const child = await putTrack(app, {
    subject: 'child',
    forms: ['begging'],
    territory: 'cross_border',
    steps: [['vmt', '2026-10-03']],
  })
  const victim = { nrm: child.id, subject: 'child' }

  // Six awards, five in the county's courts this quarter and one of the state scheme; a payment of nought is no award.
  const judged = await trial({
    origin: 'proactive',
    article: '128/b',
    stage: 'final',
    outcome: 'convicted',
    victim,
    steps: [
      ['moved', 'investigation', 'charged', '2026-10-10'],
      ['moved', 'trial', 'judgment', '2026-11-10'],
      ['moved', 'judgment', 'final', '2026-11-20'],
    ],
  })
  for (const [route, awarded, on] of [
    ['criminal', 500_000, '2026-11-10'],
    ['civil', 200_000, '2026-11-12'],
    ['state_scheme', 100_000, '2026-11-13'],
    ['civil', 0, '2026-11-14'],
    ['civil', 70_000, '2026-08-14'],
  ] as const)
    await sql(
      `insert into proceeding_claim (id, proceeding_id, victim_id, route, state, claimed, claimed_on, awarded, awarded_on)
       values ($1, $2, $3, $4, 'awarded', 900000, '2026-08-01', $5, $6)`,
      uuidv7(),
      judged.id,
      judged.victim,
      route,
      awarded,
      on,
    )
  await sql(
    `insert into proceeding_aid (id, proceeding_id, victim_id, kind, basis, stage, on_day) values ($1, $2, $3, 'lawyer', 'state', 'trial', '2026-10-12')`,
    uuidv7(),
    judged.id,
    judged.victim,
  )
  for (const [measure, trialOf] of [
    ['video_link', judged],
    ['no_contact', await trial({ origin: 'public_tip' })],
  ] as const)
    await sql(
      'insert into proceeding_measure (id, proceeding_id, victim_id, measure, on_day) values ($1, $2, $3, $4, $5)',
      uuidv7(),
      trialOf.id,
      trialOf.victim,
      measure,
      '2026-10-15',
    )
  await trial({
    stage: 'closed',
    steps: [['closed', 'investigation', 'closed', '2026-11-02']],
    origin: 'international',
  })
  await trial({
    track: false,
    article: '124/b',
    stage: 'charged',
    steps: [['moved', 'investigation', 'charged', '2026-11-03']],
  })
  for (let n = 0; n < 6; n += 1) {
    const { id, victim: who } = await trial({
      openedOn: '2026-02-01',
      victim: { nrm: adults[n]!, subject: 'adult' },
    })
    await sql(
      `insert into witness_protection (id, version, proceeding_id, victim_id, state, on_day) values ($1, 1, $2, $3, 'admitted', '2026-10-20')`,
      uuidv7(),
      id,
      who,
    )
  }

  for (const [on, crossing, n] of [
    ['2026-10-04', 'K01', 7],
    ['2026-11-04', 'K01', 2],
    ['2026-10-05', 'K02', 12],
  ] as const)
    await sql(
      `insert into border_daily (on_day, crossing, direction, category, n) select $1, id, 'out', 'parents', $3 from border_crossing order by id offset $2 limit 1`,
      on,
      crossing === 'K01' ? 0 : 1,
      n,
    )

  await journey(adults[0]!, { direction: 'outgoing', subject: 'adult', helped: true, risk: 'low' })
  await sql(
    `insert into return_consent (id, return_id, who, answer, covers, on_day, by_id, at)
     select gen_random_uuid(), id, 'adult', 'given', '{return}', '2026-10-04', $1, now() from nrm_return where nrm_id = $2`,
    userId('social-service'),
    adults[0]!,
  )
  await journey(adults[1]!, { direction: 'outgoing', subject: 'adult' })
  await journey(adults[2]!, {
    direction: 'incoming',
    subject: 'adult',
    helped: true,
    risk: 'low',
    seen: true,
  })
  await journey(child.id, { direction: 'incoming', subject: 'child', handedOn: '2026-10-31', helped: true })
  await sql(
    `insert into agreement (id, version, country, title, parties, signed_on, valid_from) values ($1, 1, 'XK', 'Protokoll', 'AL, XK', '2024-01-01', '2024-01-01')`,
    uuidv7(),
  )
  await safe(adults[0]!)
  await safe(adults[1]!)
  for (const [at, seen, job, network, reexploited] of [
    [0, '2026-11-01', 'trade', 'no', 'no'],
    [1, '2026-11-02', 'none', 'no', 'no'],
    [2, null, null, null, null],
  ] as const)
    await sql(
      `insert into assistance_follow_up (id, nrm_id, round, month, due, seen_on, living, job, network, income, reexploited, by_id)
       values ($1, $2, 1, 12, '2026-11-05', $3::date, case when $3::date is not null then 'independent' end, $4, $5,
         case when $3::date is not null then 'none' end, $6, case when $3::date is not null then $7::uuid end)`,
      uuidv7(),
      adults[at]!,
      seen,
      job,
      network,
      reexploited,
      userId('social-service'),
    )
  await sql(
    `insert into shelter_tranche (id, version, unit_id, source, payer, due_on, amount, received_on, received)
     values ($1, 1, $2, 'state', 'MSHMS', '2026-10-01', 1000000, '2026-10-09', 900000)`,
    uuidv7(),
    unitId('shelter-tirana'),
  )
  await openFor(app, 'cpw-tirana')
})
afterAll(() => app.close())

describe('what is counted', () => {
  test.each([
    ['S004-PROS-1.a.4-i3', 2, null],
    ['S004-PROS-1.b-i1', 1, null],
    ['S004-PROS-2.a.5-i1', 1, null],
    ['S004-PROS-1.c-i1', 1, 2],
    ['S004-PROS-1.d-i1', 5, null],
    ['S004-PROS-1.d-i2', 1, null],
    ['S000-3.1.2-i2', 2, null],
    ['S002-PROS-G1-i1', 2, null],
    ['S004-PROS-G1-i1', 1, null],
    ['S004-PROS-1.b-i2', 1, null],
    ['S004-PROS-1.e-i5', 0, null],
    ['S002-PROS-1.a.3-i2', 1, 1],
    ['S004-PROT-1.c.14-i2', 21, null],
    ['S004-PREV-4.a.4-i1', 5, null],
    ['S004-PROT-3.a-i1', 1, null],
    ['S004-PROT-G3-i4', 2, null],
    ['S004-PROT-3.a-i2', 1, 2],
    ['S004-PROT-3.a-i3', 1, 2],
    ['S004-PROT-3.a.4-i1', 1, 2],
    ['S004-PROT-3.a.4-i3', 20_000, null],
    ['S002-PREV-G2-i1', 1, null],
    ['S002-PREV-G2-i2', 0, null],
    ['S002-PREV-G2-i4', 1, 1],
    ['S002-PREV-2.a-i4', 1, null],
    ['S002-PREV-2.a-i5', 30, 1],
    ['S000-2.9-i1', 1, null],
    ['S004-PROT-2.b.1-i1', 2, 7],
    ['S004-PROT-2.a.3-i1', 900_000, null],
    ['S004-PROT-3.b.10-i1', 1, null],
    ['S004-PROT-G3-i1', 1, 3],
    ['S010-CORE-6', 1, 3],
  ] as const)('%s is %s of %s', async (id, n, of) => {
    expect(await value(id)).toMatchObject({ numerator: n, denominator: of })
  })
  test('crossings that wrote down a child in each month that has begun, and in any', async () => {
    expect(await value('S004-PROT-1.c.14-i1')).toMatchObject({ numerator: 1 })
    expect(await value('S002-PREV-1.a.3-i1')).toMatchObject({ numerator: 2 })
    expect(Number((await value('S004-PROT-1.c.14-i1')).denominator)).toBeGreaterThan(10)
  })
  test('the same for every reader, with its query, its version and whether it is operational', async () => {
    for (const who of ['coordinator', 'prosecutor', 'police', 'shelter'] as const)
      expect(await value('S004-PROT-2.b.1-i1', '', who), who).toMatchObject({
        numerator: 2,
        operational: true,
        query: 'safe_outside_shelters',
      })
    expect(await value('S010-CORE-6')).toMatchObject({ query: 'good_a_year_after', queryVersion: 2 })
    const { body } = await app.as('coordinator').get('/api/indicators/S004-PROS-1.d-i2', { language: 'sq' })
    expect(body).toMatchObject({ state: 'live', query: { code: 'proceedings_with_protection' } })
  })
})

describe('what is split', () => {
  test('adds up to the whole where a record has one code, and hides what is small', async () => {
    const period = periodOfDay('2026-11-24', 'quarter')
    const single = [
      'county',
      'sex',
      'age',
      'country',
      'category',
      'direction',
      'crossing',
      'status',
      'source',
    ]
    await withTx(app.ctx, actorOf('coordinator'), async (tx) => {
      for (const query of all)
        for (const by of query.splits) {
          const whole = await query.count(tx, period)
          const cells = [...(await query.split(tx, period, by)).values()]
          if (single.includes(by)) {
            expect(
              cells.reduce((sum, one) => sum + one.n, 0),
              `${query.code} ${by}`,
            ).toBe(whole.n)
            expect(cells.reduce((sum, one) => sum + one.records, 0)).toBe(whole.records)
          }
          for (const cell of await splitShown(tx, query, period, by, 'signedIn'))
            if (cell.n !== null)
              expect(cell.n === 0 || cell.n > 4, `${query.code} ${by} ${cell.key}`).toBe(true)
        }
    })
  })
  test('keys have words in both languages', async () => {
    const cells = async (id: string, by: string) =>
      ((await value(id, `&by=${by}`)).cells ?? []) as unknown as { key: string; name: string }[]
    expect((await cells('S004-PROT-1.c.14-i2', 'category'))[0]!.name).toBe('with parents')
    expect((await cells('S004-PROT-3.a-i3', 'country'))[0]!.name).toBe('Kosovo')
    expect((await cells('S004-PROS-1.c-i1', 'subject')).map((one) => one.name)).toContain('children')
  })
  test('adults who were helped in their own file count among the victims assisted', async () => {
    const before = await value('S004-PREV-2.b.1-i1')
    await sql(
      `insert into assistance_service (id, nrm_id, service, setting, beneficiary, provider_id, from_day, funding, by_id, by_unit, at)
       select gen_random_uuid(), f.id, 'housing', 'community', 'subject', $1, '2026-11-01', 'state', $2, $1, now()
       from nrm_file f where f.subject = 'adult' order by f.id limit 1`,
      unitId('shelter-tirana'),
      userId('social-service'),
    )
    expect((await value('S004-PREV-2.b.1-i1')).value).toBe(Number(before.value) + 1)
  })
})
