/**
 * Plans and how they are carried out, by random search: random plans in every state, asked for by the whole cast and by strangers,
 * through every door and in the tables themselves. The oracle says the rules in words: approved plans are everybody's; a draft is the
 * Coordinator's office's and of those whose plan it is; an activity is acted on by them and by the bodies that it names.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor, Uuid } from '#domain/core.ts'
import { uuidv7 } from '#server/ids.ts'
import { type CastName, type CastUnitName, castNames, castUnits, unitId, userId } from '#test/cast.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'
import { small } from '#test/http/plan-content.ts'
import { type Answer, answerTo, everybody, nameOf, quoted, seed, seenBy, some, writtenBy } from './search.ts'

/** Bodies as a plan names them, and the kind of unit whose people are meant. */
const bodies = {
  MB: 'ministry_of_interior',
  MSHMS: 'ministry_of_health',
  NJMF: 'cpu',
  KRAT: 'county_committee',
  PP: 'prosecution',
  ZKKA: 'coordinator',
  bashkitë: 'social_services',
  SHÇBA: 'internal_affairs',
  Shkollat: 'school',
  ISHP: 'labour_inspectorate',
} as const

interface PlanRecord {
  readonly id: Uuid
  readonly slug: string
  readonly kind: 'national' | 'county' | 'municipal' | 'institution'
  readonly county: 'AL-11' | 'AL-02'
  readonly municipality: '53' | '10'
  readonly institution: CastUnitName
  readonly state: 'draft' | 'approved' | 'amending'
  readonly author: CastName
  readonly lead: keyof typeof bodies
  readonly other: keyof typeof bodies
  /** Its one activity's execution, and one row of each kind below it. */
  execution: Uuid
}
const plan = fc.record({
  kind: fc.constantFrom('national', 'county', 'municipal', 'institution'),
  county: fc.constantFrom('AL-11', 'AL-02'),
  municipality: fc.constantFrom('53', '10'),
  institution: fc.constantFrom(...(Object.keys(castUnits) as CastUnitName[])),
  state: fc.constantFrom('draft', 'approved', 'amending'),
  author: fc.constantFrom(...castNames),
  lead: fc.constantFrom(...(Object.keys(bodies) as (keyof typeof bodies)[])),
  other: fc.constantFrom(...(Object.keys(bodies) as (keyof typeof bodies)[])),
})

let app: TestApp
const all: PlanRecord[] = []
const actors = everybody(14)

const versionSql = (one: PlanRecord, version: number, status: 'draft' | 'approved'): string => {
  const [goal, activity] = [uuidv7(), uuidv7()]
  return `
    insert into action_plan_version (plan_id, plan_version, status, head, author_id, created_at, approved_by, approved_at)
      values ('${one.id}', ${version}, '${status}', '${JSON.stringify(small(one.slug).head)}', '${userId(one.author)}', now(), null, null);
    insert into action_plan_node (id, plan_id, plan_version, kind, ordinal, uid, title_sq)
      values ('${goal}', '${one.id}', ${version}, 'goal', 0, 'g1', 'x');
    insert into action_plan_node (id, plan_id, plan_version, parent_id, kind, ordinal, uid, title_sq)
      values ('${activity}', '${one.id}', ${version}, '${goal}', 'activity', 1, 'a1', 'x');
    insert into action_plan_activity (id, plan_id, plan_version, cost) values ('${activity}', '${one.id}', ${version}, 5);
    insert into action_plan_responsible (node_id, plan_id, plan_version, ordinal, code, as_printed)
      values ('${activity}', '${one.id}', ${version}, 0, ${quoted(one.lead)}, 'x'), ('${activity}', '${one.id}', ${version}, 1, ${quoted(one.other)}, 'x');`
}
const sqlOf = (one: PlanRecord): string => `
  insert into action_plan (id, slug, kind, title_sq, municipality, county, institution_id, status, current_version, version)
    values ('${one.id}', '${one.slug}', '${one.kind}', 'x', ${one.kind === 'municipal' ? quoted(one.municipality) : 'null'},
      ${one.kind === 'county' ? quoted(one.county) : 'null'}, ${one.kind === 'institution' ? quoted(unitId(one.institution)) : 'null'},
      '${one.state === 'draft' ? 'draft' : 'approved'}', ${one.state === 'draft' ? 0 : 1}, 1);
  ${one.state === 'draft' ? versionSql(one, 1, 'draft') : versionSql(one, 1, 'approved')}
  ${one.state === 'amending' ? versionSql(one, 2, 'draft') : ''}`
const belowSql = (one: PlanRecord): string => {
  const deliverable = uuidv7()
  const unit = unitId('coordinator')
  return `
    insert into activity_status values ('${one.execution}', 1, 'IN_PROGRESS', '2026-01-01', null, '${unit}', now());
    insert into activity_deliverable (id, execution_id, kind, title, added_at) values ('${deliverable}', '${one.execution}', 'act', 'x', now());
    insert into activity_deliverable_file (id, deliverable_id, execution_id, name, media, size, sha256, bytes, added_at)
      values (gen_random_uuid(), '${deliverable}', '${one.execution}', 'x', 'application/pdf', 1, repeat('a', 64), '\\x00', now());
    insert into activity_budget_line values (gen_random_uuid(), '${one.execution}', 'state', 'wages', 2026, 5);
    insert into activity_spending (id, execution_id, kind, source, account_group, on_day, amount, document, by_unit, recorded_at)
      values (gen_random_uuid(), '${one.execution}', 'payment', 'state', 'wages', '2026-01-01', 5, 'x', '${unit}', now());
    insert into activity_tranche (id, execution_id, source, payer, due_on, amount)
      values (gen_random_uuid(), '${one.execution}', 'state', 'x', '2026-01-01', 5);`
}
beforeAll(async () => {
  app = await testApp()
  fc.sample(plan, { numRuns: 40, seed }).forEach((one, at) => {
    all.push({ ...one, id: uuidv7(), slug: `x-${at}`, execution: '' })
  })
  await app.db.admin(all.map(sqlOf).join('\n'))
  const made = await app.db.admin<{ id: Uuid; plan_id: Uuid }>(
    "select e.id, e.plan_id from activity_execution e join action_plan p on p.id = e.plan_id where p.slug like 'x-%'",
  )
  for (const one of all) one.execution = made.find((row) => row.plan_id === one.id)!.id
  await app.db.admin(all.map(belowSql).join('\n'))
})
afterAll(() => app.close())

/** Whose plan it is, to write: its own body's officers. */
const writes = (who: Actor, one: PlanRecord): boolean => {
  switch (one.kind) {
    case 'national':
      return who.role === 'coordinator'
    case 'county':
      return who.role === 'county_committee' && who.county === one.county
    case 'municipal':
      return ['municipal_director', 'cpu_head'].includes(who.role) && who.municipality === one.municipality
    case 'institution':
      return (
        who.institutionId === unitId(one.institution) &&
        !['cpw', 'field_team', 'admin', 'dpo'].includes(who.role)
      )
  }
}
/** The Coordinator's office looks into every draft. */
const keeps = (who: Actor, one: PlanRecord): boolean => who.role === 'coordinator' || writes(who, one)
const sees = (who: Actor, one: PlanRecord): boolean => one.state !== 'draft' || keeps(who, one)
const named = (who: Actor, one: PlanRecord): boolean => {
  const unit = Object.entries(castUnits).find(([name]) => unitId(name as CastUnitName) === who.unitId)![1]
  return (
    one.state !== 'draft' &&
    [bodies[one.lead], bodies[one.other]].some((kind) => kind === unit.kind) &&
    !['cpw', 'field_team', 'admin', 'dpo'].includes(who.role)
  )
}
const acts = (who: Actor, one: PlanRecord): boolean => keeps(who, one) || named(who, one)
const ids = (
  of: (one: PlanRecord) => boolean,
  key: (one: PlanRecord) => string = (one) => one.id,
): string[] => all.filter(of).map(key).sort()
const mine = "(select id from action_plan where slug like 'x-%')"

test('the sample holds plans of every kind, seen and hidden', () => {
  expect(new Set(all.map((one) => `${one.kind} ${one.state}`)).size).toBeGreaterThan(9)
  expect(actors.filter((who) => all.some((one) => !sees(who, one))).length).toBeGreaterThan(15)
  expect(all.some((one) => actors.some((who) => named(who, one) && !keeps(who, one)))).toBe(true)
})

test('tables give what the rules say, to whoever asks', async () => {
  for (const who of actors) {
    const visible = ids((one) => sees(who, one))
    expect(await seenBy(app, who, "select id from action_plan where slug like 'x-%'"), nameOf(who)).toEqual(
      visible,
    )
    // A version that is being written is seen only by those who keep the plan.
    const versions = all
      .flatMap((one) => [
        ...(sees(who, one) ? [`${one.id} 1`] : []),
        ...(one.state === 'amending' && keeps(who, one) ? [`${one.id} 2`] : []),
      ])
      .sort()
    for (const table of ['version', 'node', 'activity', 'responsible'])
      expect(
        [
          table,
          await seenBy(
            app,
            who,
            `select plan_id || ' ' || plan_version as id from action_plan_${table} where plan_id in ${mine}`,
          ),
        ],
        nameOf(who),
      ).toEqual([table, versions])
    expect(
      await seenBy(app, who, `select plan_id as id from activity_execution where plan_id in ${mine}`),
    ).toEqual(visible)
    const executions = ids(
      (one) => sees(who, one),
      (one) => one.execution,
    )
    for (const table of ['status', 'deliverable', 'deliverable_file', 'budget_line', 'spending', 'tranche'])
      expect(
        [table, await seenBy(app, who, `select execution_id as id from activity_${table}`)],
        nameOf(who),
      ).toEqual([table, executions])
  }
})

test('statements write where the rules let them, and nothing past the ledger', async () => {
  for (const who of actors) {
    const kept = ids((one) => keeps(who, one))
    expect(
      await writtenBy(
        app,
        who,
        "update action_plan set version = version where slug like 'x-%' returning id",
      ),
      nameOf(who),
    ).toEqual(kept)
    expect(
      await writtenBy(
        app,
        who,
        `update action_plan_version set why = why where plan_id in ${mine} returning plan_id as id`,
      ),
      nameOf(who),
    ).toEqual(kept)
    const hands = ids(
      (one) => acts(who, one),
      (one) => one.execution,
    )
    const below = `(select id from activity_execution where plan_id in ${mine})`
    for (const [table, set] of [
      ['activity_execution', 'version = version'],
      ['activity_deliverable', 'approved_on = approved_on'],
      ['activity_budget_line', 'amount = amount'],
      ['activity_spending', 'reversed_at = reversed_at'],
      ['activity_tranche', 'received_on = received_on'],
    ] as const) {
      const key = table === 'activity_execution' ? 'id' : 'execution_id'
      expect(
        [
          table,
          await writtenBy(
            app,
            who,
            `update ${table} set ${set} where ${key} in ${below} returning ${key} as id`,
          ),
        ],
        nameOf(who),
      ).toEqual([table, hands])
    }
    const drafts = all.some((one) => one.state !== 'approved' && keeps(who, one))
    for (const sql of [
      `delete from action_plan_node where plan_id in ${mine} returning plan_id as id`,
      `delete from action_plan_version where plan_id in ${mine} returning plan_id as id`,
      "update action_plan set approved_at = now() where slug like 'x-%' returning id",
      `update activity_execution set status = 'COMPLETED' where plan_id in ${mine} returning id`,
    ]) {
      const written = await writtenBy(app, who, sql)
      expect(['denied', ''], `${nameOf(who)}: ${sql}`).toContain(String(written))
      if (sql.startsWith('delete')) expect(String(written), nameOf(who)).toBe(drafts ? 'denied' : '')
    }
  }
})

const doors = (one: PlanRecord): readonly (readonly [string, boolean])[] => [
  [`/api/plans/${one.slug}`, true],
  [`/api/plans/${one.slug}/tree`, true],
  [`/api/plans/${one.slug}/reconciliation`, true],
  [`/api/plans/${one.slug}/export.xlsx`, true],
  [`/api/plans/${one.slug}/execution`, one.state !== 'draft'],
  [`/api/plans/${one.slug}/dashboard`, one.state !== 'draft'],
  [`/api/plan-activities/${one.execution}`, one.state !== 'draft'],
]

test('doors that read answer those who may see, and are absent to others', async () => {
  for (const [turn, who] of actors.entries()) {
    const { body } = await app.as(who).get('/api/plans?limit=100')
    const listed = body.items!.map((item) => String(item.id)).filter((id) => all.some((one) => one.id === id))
    expect(listed.sort(), nameOf(who)).toEqual(ids((one) => sees(who, one)))
    for (const one of some(all, 2, turn))
      for (const [url, there] of doors(one))
        expect([url, (await app.as(who).get(url)).status], `${nameOf(who)} ${one.kind} ${one.state}`).toEqual(
          [url, sees(who, one) && there ? 200 : 404],
        )
    const draft = all.find((one) => one.state === 'amending')!
    expect((await app.as(who).get(`/api/plans/${draft.slug}?version=2`)).status, nameOf(who)).toBe(
      keeps(who, draft) ? 200 : 404,
    )
  }
})

/** Names a body that nobody knows: it is never taken, whoever brings it. */
const strange = {
  ...small('x'),
  nodes: small('x').nodes.map((node) => ({ ...node, responsible: [{ code: 'Hëna', asPrinted: 'Hëna' }] })),
}
test('doors that write are open to whose plan or activity it is', async () => {
  const wanted = (who: Actor, one: PlanRecord, may: boolean): Answer =>
    sees(who, one) ? (may ? 'open' : 'refused') : 'absent'
  for (const [turn, who] of actors.entries())
    for (const one of some(all, 4, turn)) {
      const at = `${nameOf(who)} ${one.kind} ${one.state}`
      // No such version: nothing is discarded, only asked for.
      expect(
        await answerTo(app, who, {
          type: 'action_plan.discard',
          id: one.id,
          body: { planVersion: 99 },
          baseVersion: 0,
        }),
        at,
      ).toBe(wanted(who, one, writes(who, one)))
      if (one.state !== 'draft')
        expect(
          await answerTo(app, who, {
            type: 'action_plan.amend',
            id: one.id,
            body: { why: 'x', content: strange },
            baseVersion: 0,
          }),
          at,
        ).toBe(wanted(who, one, writes(who, one)))
      expect(
        await answerTo(app, who, {
          type: 'activity.plan_tranche',
          id: one.execution,
          body: { source: 'state', payer: 'MFE', dueOn: '2026-12-01', amount: 5 },
        }),
        at,
      ).toBe(wanted(who, one, acts(who, one)))
    }
})
