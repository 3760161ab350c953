/**
 * Random search for a leak: every person of the cast, with and without a stated purpose, against random records, through
 * every door. The oracle is `oracle.ts`; on trial are the row-level policies, the domain's policies and the HTTP pages.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { caseTier } from '#domain/case/policy.ts'
import { type Actor, type Purpose, purposes, type Uuid } from '#domain/core.ts'
import { referralTier } from '#domain/referral/policy.ts'
import { uuidv7 } from '#server/ids.ts'
import { withTx } from '#server/tx.ts'
import { actorOf, castNames, unitId, userId } from '#test/cast.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'
import { type Asker, caseTierOf, personTierOf, referralTierOf, reportTierOf, tipSeen } from './oracle.ts'
import { type World, world, worldSql } from './world.ts'

const runs = 6
let app: TestApp
const all = { cases: [], reports: [], referrals: [], tips: [] } as {
  -readonly [K in keyof World]: World[K][number][]
}

beforeAll(async () => {
  app = await testApp({ now: new Date().toISOString() })
  for (const one of fc.sample(world, { numRuns: runs, seed: 20181231 })) {
    await app.db.admin(worldSql(one))
    all.cases.push(...one.cases)
    all.reports.push(...one.reports)
    all.referrals.push(...one.referrals)
    all.tips.push(...one.tips)
  }
  // Every case is screened once by somebody of no account here, so that only the case rules who reads it.
  await app.db.admin(`
    insert into screening (id, case_id, set_code, set_version, subject, forms, territory, setting, met, dimensions, advised, result,
        screener_id, at, version)
      select gen_random_uuid(), id, 'trafficking', '2018-1', 'child', '{begging}', 'internal', 'case', 1, '{exploitation}', 'at_risk',
        'at_risk', gen_random_uuid(), now(), 1 from case_file;
    insert into screening_item (screening_id, code, evidence) select id, 'EX3', 'x' from screening;
    insert into identification_record (id, case_id, person_id, status, on_day, structure, forms, territory, prior_trafficking, signatories,
        by_id, at)
      select gen_random_uuid(), id, person_id, 'at_risk', current_date, 'cpw', '{}', 'internal', false, '{}', gen_random_uuid(), now()
        from case_file`)
})
afterAll(() => app.close())

const askers: readonly Asker[] = castNames.flatMap((name) =>
  [null, ...purposes].map((purpose) => ({ name, purpose })),
)
const actor = ({ name, purpose }: Asker): Actor => ({ ...actorOf(name), purpose })

const idsIn = (asker: Asker, sql: string): Promise<Set<Uuid>> =>
  withTx(app.ctx, actor(asker), async (tx) => new Set((await tx.sql<{ id: Uuid }>(sql)).map((row) => row.id)))

const reaching = <T extends { readonly id: Uuid }>(
  records: readonly T[],
  tierOf: (one: T) => number,
  tier: number,
): Set<Uuid> => new Set(records.filter((one) => tierOf(one) >= tier).map((one) => one.id))

const describeAsker = ({ name, purpose }: Asker): string =>
  `${name}${purpose === null ? '' : ` for ${purpose}`}`

describe('row-level security gives each person exactly the rows that the rules give', () => {
  test.each(askers.map((asker) => [describeAsker(asker), asker] as const))('%s', async (_, asker) => {
    const cases = (tier: number) => reaching(all.cases, (one) => caseTierOf(asker, one), tier)
    expect(await idsIn(asker, 'select id from case_file')).toEqual(cases(2))
    expect(await idsIn(asker, 'select id from case_file_named')).toEqual(cases(3))
    expect(await idsIn(asker, 'select id from case_file_sensitive')).toEqual(cases(4))

    const reports = (tier: number) => reaching(all.reports, (one) => reportTierOf(asker, one), tier)
    expect(await idsIn(asker, 'select id from report')).toEqual(reports(2))
    expect(await idsIn(asker, 'select id from report_named')).toEqual(reports(3))
    expect(await idsIn(asker, 'select report_id as id from report_child')).toEqual(reports(3))
    expect(await idsIn(asker, 'select report_id as id from report_reporter')).toEqual(reports(4))

    const referrals = (tier: number) =>
      reaching(all.referrals, (one) => referralTierOf(asker, one, all.cases), tier)
    expect(await idsIn(asker, 'select id from referral')).toEqual(referrals(2))
    expect(await idsIn(asker, 'select referral_id as id from referral_packet')).toEqual(referrals(3))
    expect(await idsIn(asker, 'select referral_id as id from referral_packet_sensitive')).toEqual(
      referrals(4),
    )

    const people = all.cases.map((one) => ({ id: one.personId }))
    const persons = (tier: number) =>
      reaching(people, (one) => personTierOf(asker, one.id, all.cases, all.reports), tier)
    expect(await idsIn(asker, 'select id from person')).toEqual(persons(2))
    expect(await idsIn(asker, 'select id from person_named')).toEqual(persons(3))
    expect(await idsIn(asker, 'select id from person_sensitive')).toEqual(persons(4))

    expect(await idsIn(asker, 'select case_id as id from screening')).toEqual(cases(2))
    expect(await idsIn(asker, 'select case_id as id from identification_record')).toEqual(cases(2))
    expect(
      await idsIn(
        asker,
        'select s.case_id as id from screening_item i join screening s on s.id = i.screening_id',
      ),
    ).toEqual(cases(3))

    // Search by name is a door of its own: identified cases, and for the State Agency never.
    expect(await idsIn(asker, "select case_id as id from search_persons('{%}', 100000)")).toEqual(
      asker.name === 'state-agency' ? new Set() : cases(3),
    )
    const workers = ['cpw-tirana', 'cpw2-tirana', 'head-tirana', 'cpw-durres', 'head-durres']
    const ownUnit = reaching(all.cases, (one) => (actor(asker).unitId === unitId(one.unit) ? 2 : 0), 2)
    expect(
      await idsIn(asker, "select case_id as id from duplicate_pool('emer', '{eMR}', null, null)"),
    ).toEqual(workers.includes(asker.name) ? ownUnit : new Set())

    expect(await idsIn(asker, 'select id from integrity_tip')).toEqual(
      new Set(tipSeen(asker) ? all.tips : []),
    )

    // Events and their personal parts follow the record.
    expect(await idsIn(asker, `select record_id as id from event where kind = 'case_file'`)).toEqual(cases(2))
    expect(await idsIn(asker, `select record_id as id from event where kind = 'report'`)).toEqual(reports(2))
    expect(
      await idsIn(asker, `select record_id as id from event_part where kind = 'case_file' and tier = 'T3'`),
    ).toEqual(cases(3))
    expect(
      await idsIn(asker, `select record_id as id from event_part where kind = 'case_file' and tier = 'T4'`),
    ).toEqual(cases(4))
    expect(await idsIn(asker, `select record_id as id from event_part where kind = 'report'`)).toEqual(
      reports(3),
    )
    expect(await idsIn(asker, `select record_id as id from event_part where tier = 'T5'`)).toEqual(
      new Set(tipSeen(asker) ? all.tips : []),
    )
  })
})

test("the domain's policies say the same as the oracle", () => {
  for (const asker of askers) {
    for (const one of all.cases) {
      expect(
        caseTier(actor(asker), {
          unitId: unitId(one.unit),
          municipality: one.unit === 'cpu-tirana' ? '53' : '10',
          managerId: one.manager && userId(one.manager),
          managerIsHead: one.manager?.startsWith('head') ?? false,
          deputyId: one.deputy && userId(one.deputy),
          managerBy: one.byThemselves ? one.manager && userId(one.manager) : null,
          deputyBy: one.byThemselves ? one.deputy && userId(one.deputy) : null,
          status: one.status,
          vmt: one.vmt,
          hasMeasure: one.hasMeasure,
          transferTo: one.transferTo && unitId(one.transferTo),
        }),
        `${describeAsker(asker)} on case ${JSON.stringify(one)}`,
      ).toBe(caseTierOf(asker, one))
    }
    for (const one of all.referrals) {
      const behind = all.cases.find((known) => known.id === one.caseId)
      expect(
        referralTier(actor(asker), {
          state: one.state,
          caseId: one.caseId,
          fromUnitId: unitId(one.from),
          toUnitId: unitId(one.to),
          accessEndedAt: one.accessEnded ? new Date().toISOString() : null,
          caseTier: behind === undefined ? 0 : caseTierOf(asker, behind),
        }),
        `${describeAsker(asker)} on referral ${JSON.stringify(one)}`,
      ).toBe(referralTierOf(asker, one, all.cases))
    }
  }
})

const listed = async (asker: Asker, url: string): Promise<Set<Uuid>> => {
  const seen = new Set<Uuid>()
  let next: string | null = null
  do {
    const cursor: string =
      next === null ? '' : `${url.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(next)}`
    const page = await app
      .as(asker.name)
      .get(`${url}${cursor}`, asker.purpose === null ? {} : { purpose: asker.purpose })
    expect(page.status, `${describeAsker(asker)} lists ${url}`).toBe(200)
    const body = page.body as unknown as { items: { id: Uuid }[]; next: string | null }
    for (const item of body.items) {
      expect(seen.has(item.id), 'no row twice').toBe(false)
      seen.add(item.id)
    }
    next = body.next
  } while (next !== null)
  return seen
}

describe('lists and pages over HTTP give no more', () => {
  const some = askers.filter(
    ({ purpose }) => purpose === null || purpose === 'supervision' || purpose === 'monitoring',
  )
  test.each(some.map((asker) => [describeAsker(asker), asker] as const))('%s', async (_, asker) => {
    expect(await listed(asker, '/api/cases?limit=20')).toEqual(
      reaching(all.cases, (one) => caseTierOf(asker, one), 2),
    )
    const purpose = asker.purpose === null ? {} : { purpose: asker.purpose as Purpose }
    const doors = [
      ...all.cases.map((one) => [`/api/cases/${one.id}`, caseTierOf(asker, one)] as const),
      ...all.referrals.map(
        (one) => [`/api/referrals/${one.id}`, referralTierOf(asker, one, all.cases)] as const,
      ),
      [`/api/cases/${uuidv7()}`, 0] as const,
    ]
    const absent = await app.as(asker.name).get(`/api/cases/${uuidv7()}`, purpose)
    for (const [url, tier] of fc.sample(fc.shuffledSubarray(doors, { minLength: 12, maxLength: 12 }), {
      numRuns: 1,
      seed: 7,
    })[0]!) {
      const reply = await app.as(asker.name).get(url, purpose)
      expect(reply.status, `${describeAsker(asker)} opens ${url}`).toBe(tier >= 2 ? 200 : 404)
      // Out of scope reads exactly like absent.
      if (tier === 0) expect(reply.body).toEqual(absent.body)
    }
  })
})

test('a write on a record out of scope is answered like one on nothing at all', async () => {
  const writes: readonly (readonly [string, unknown])[] = [
    ['case.add_note', { kind: 'contact', sensitive: false, happenedOn: '2026-01-01', text: 'x' }],
    ['case.take', {}],
    ['case.request_transfer', { toUnitId: unitId('cpu-durres'), reason: 'x' }],
    ['report.triage', { decision: 'info_only', immediacy: 'ordinary', duplicatesChecked: true, reason: 'x' }],
    ['referral.acknowledge', {}],
    ['referral.accept', {}],
    ['referral.withdraw', { reason: 'no_longer_needed' }],
  ]
  for (const asker of castNames.map((name) => ({ name, purpose: null }))) {
    for (const [type, body] of writes) {
      const noun = type.split('.')[0]
      const hidden =
        noun === 'case'
          ? all.cases.find((one) => caseTierOf(asker, one) === 0)?.id
          : noun === 'referral'
            ? all.referrals.find((one) => referralTierOf(asker, one, all.cases) === 0)?.id
            : all.reports.find((one) => reportTierOf(asker, one) === 0)?.id
      if (hidden === undefined) continue
      const out = await app.as(asker.name).command(type, hidden, body, { baseVersion: 1 })
      const absent = await app.as(asker.name).command(type, uuidv7(), body, { baseVersion: 1 })
      expect(out.status, `${asker.name} ${type}: ${JSON.stringify(out.body)}`).toBe(404)
      expect(out.body).toEqual(absent.body)
    }
  }
})

/** What is no record by itself but a part that its record rewrites: a plan's draft, who takes part in a project or a training, an act's counts, pieces of a file while it is sent; or one's own, like a filter of one's work. */
const rewritten = new Set([
  'action_plan_version',
  'action_plan_node',
  'action_plan_activity',
  'action_plan_responsible',
  'action_plan_indicator_line',
  'action_plan_budget_row',
  'action_plan_figure',
  'action_plan_party',
  'action_plan_check',
  'net_project_actor',
  'training_participation',
  'activity_party',
  'activity_count',
  'activity_attendance',
  'attachment_piece',
  'work_filter',
])

test("no role but the ledger's own door writes, and nobody deletes", async () => {
  const tables = await app.db.admin<{ name: string }>(
    `select c.relname as name from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace`,
  )
  const count = async (name: string) =>
    (await app.db.admin<{ n: number }>(`select count(*)::int as n from ${name}`))[0]?.n
  for (const { name } of tables.filter(
    (table) => table.name !== 'draft' && !table.name.startsWith('access_record_'),
  )) {
    const before = rewritten.has(name) ? await count(name) : 0
    const failure = await withTx(app.ctx, actorOf('head-tirana'), (tx) => tx.sql(`delete from ${name}`)).then(
      () => 'deleted',
      (error: { code: string }) => error.code,
    )
    // Of those, approved ones stay whoever asks.
    if (rewritten.has(name)) expect(await count(name), name).toBe(before)
    else expect(failure, `delete from ${name}`).toBe('42501')
  }
})
