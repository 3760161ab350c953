/**
 * Families, representatives, rights, permissions, requests, the log of what left and merges, by random search: whoever asks,
 * whatever lies in the tables, they reach what the rules say in words and nothing else; and a statement of theirs writes only
 * where they may. The oracle knows neither the domain's policy nor the database's.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor, Purpose } from '#domain/core.ts'
import { type CastName, type CastUnitName, castUnits, unitId, userId } from '#test/cast.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'
import { everybody, nameOf, seed, seenBy, writtenBy } from './search.ts'

const id = (family: string, n: number): string => `${family}-0000-7000-8000-${String(n).padStart(12, '0')}`

interface Case {
  readonly n: number
  readonly id: string
  readonly unit: 'cpu-tirana' | 'cpu-durres'
  readonly manager: CastName
  readonly deputy: CastName | null
  readonly measure: boolean
  readonly vmt: string
  readonly transferTo: CastUnitName | null
  readonly mayInform: boolean
  /** Number of the family, and whether the case has left it. */
  readonly family: number | null
  readonly left: boolean
}
const workers = {
  'cpu-tirana': ['cpw-tirana', 'cpw2-tirana', 'head-tirana'],
  'cpu-durres': ['cpw-durres', 'head-durres'],
} as const
const cases = fc
  .record({
    unit: fc.constantFrom('cpu-tirana' as const, 'cpu-durres' as const),
    who: fc.nat(2),
    deputy: fc.option(fc.nat(2)),
    measure: fc.boolean(),
    vmt: fc.constantFrom('none', 'at_risk', 'vmt', 'not_confirmed'),
    moving: fc.boolean(),
    mayInform: fc.boolean(),
    family: fc.option(fc.nat(5)),
    left: fc.boolean(),
  })
  .map(({ who, deputy, moving, ...one }): Omit<Case, 'id' | 'n'> => {
    const of: readonly CastName[] = workers[one.unit]
    return {
      ...one,
      left: one.left && one.family !== null,
      manager: of[who % of.length]!,
      deputy: deputy === null ? null : of[deputy % of.length]!,
      transferTo: moving ? (one.unit === 'cpu-tirana' ? 'cpu-durres' : 'cpu-tirana') : null,
    }
  })

/** One row of each table of a case, under an id of its own. */
const ofCase = {
  representative: `'legal_guardian', 'court', null, '2026-01-01', null, null, null, now()`,
  family_notice: `'notice', '2026-01-01', null, now()`,
  rights_information: `'2026-01-01', 'child', '{confidentiality}', 'sq', 'spoken', false, 'yes', '${userId('cpw-tirana')}', now()`,
  child_permission: `'2026-01-01', '{shelter}', '{risks}', 'agrees', null, null, '${userId('cpw-tirana')}', now()`,
  information_request: `'1/1', 'police', 'neni 1', '{identity}', '2026-01-01', null, 'received', '{}', '{}', null, null, null, null, now()`,
  disclosure: `now(), 'spoken', null, 'court', '[{"kind": "law", "ref": "x"}]', '{identity}', 'T3', 'none', 'not_needed', null, null, null, '${userId('cpw-tirana')}'`,
} as const
const caseTables = Object.keys(ofCase) as (keyof typeof ofCase)[]
const rowId = (table: keyof typeof ofCase, one: Case): string =>
  id(`0000007${caseTables.indexOf(table)}`, one.n)

const families = [0, 1, 2, 3, 4, 5]
const familyId = (n: number) => id('00000060', n + 1)
const adultId = (n: number) => id('00000061', n + 1)
const childId = (one: Case) => id('00000062', one.n)
const linkId = (one: Case) => id('00000063', one.n)
const tieId = (one: Case) => id('00000064', one.n)
const mergeId = (n: number) => id('00000065', n + 1)

const world: { cases: Case[]; merges: { n: number; a: Case; b: Case }[] } = { cases: [], merges: [] }
let app: TestApp

const sql = (): string => {
  const text = (value: string | null): string => (value === null ? 'null' : `'${value}'`)
  const alive = families.filter((n) => world.cases.some((one) => one.family === n))
  return [
    ...world.cases.map((one) => {
      const place = castUnits[one.unit]
      return `insert into person (id, sex, registered_at, version) values ('${one.id}', 'unknown', now(), 1);
        insert into person_named (id, name_key, sounds) values ('${one.id}', 'x', '{}');
        insert into case_file (id, code, version, person_id, unit_id, municipality, county, manager_id, manager_is_head, deputy_id,
          status, vmt_status, has_measure, transfer_to, opened_at, episode_at, alerts)
        values ('${one.id}', 'XX-2026-${String(one.n).padStart(4, '0')}', 1, '${one.id}', '${unitId(one.unit)}', '${place.municipality}',
          '${place.county}', '${userId(one.manager)}', false, ${text(one.deputy === null ? null : userId(one.deputy))}, 'PLAN_ACTIVE',
          '${one.vmt}', ${one.measure}, ${text(one.transferTo === null ? null : unitId(one.transferTo))}, now(), now(),
          '{"doNotInformFamily": ${!one.mayInform}}');
        insert into case_file_named (id) values ('${one.id}'); insert into case_file_sensitive (id) values ('${one.id}');
        ${caseTables.map((table) => `insert into ${table} values ('${rowId(table, one)}', '${one.id}', ${ofCase[table]});`).join('\n')}`
    }),
    ...alive.map(
      (n) => `insert into family values ('${familyId(n)}', 1, '${unitId('cpu-tirana')}', now());
        insert into family_named (id) values ('${familyId(n)}');
        insert into family_person (id, family_id, name, sex, at) values ('${adultId(n)}', '${familyId(n)}', 'x', 'female', now());`,
    ),
    ...world.cases.flatMap((one) =>
      one.family === null
        ? []
        : [
            `insert into family_case values ('${linkId(one)}', '${familyId(one.family)}', '${one.id}', now(), ${one.left ? 'now()' : 'null'});
             insert into family_person (id, family_id, person_id, sex, at) values ('${childId(one)}', '${familyId(one.family)}', '${one.id}', 'male', now());
             insert into family_relation (id, family_id, from_id, to_id, kind, guardian, contact, at)
               values ('${tieId(one)}', '${familyId(one.family)}', '${adultId(one.family)}', '${childId(one)}', 'mother', false, 'allowed', now());`,
          ],
    ),
    ...world.merges.map(
      ({ n, a, b }) =>
        `insert into person_merge (id, person_id, into_id, state, proposed_by, proposed_at)
         values ('${mergeId(n)}', '${a.id}', '${b.id}', 'proposed', '${userId('cpw-tirana')}', now());`,
    ),
  ].join('\n')
}

beforeAll(async () => {
  app = await testApp()
  world.cases = fc
    .sample(cases, { numRuns: 28, seed })
    .map((one, n) => ({ ...one, n: n + 1, id: id('00000050', n + 1) }))
  world.merges = world.cases
    .slice(0, 20)
    .map((a, n) => ({ n, a, b: world.cases[(n + 7) % world.cases.length]! }))
  await app.db.admin(sql())
})
afterAll(() => app.close())

/** Section "Who sees what", in words: how deep an actor sees a case. */
const depth = (actor: Actor, one: Case): 0 | 2 | 3 | 4 => {
  const works =
    actor.userId === userId(one.manager) || (one.deputy !== null && actor.userId === userId(one.deputy))
  switch (actor.role) {
    case 'cpw':
    case 'cpu_head':
      if (actor.unitId === unitId(one.unit)) {
        if (works) return 4
        if (actor.role === 'cpw') return 2
        return actor.purpose === 'supervision' ? 4 : 3
      }
      return one.transferTo !== null && actor.unitId === unitId(one.transferTo) ? 2 : 0
    case 'municipal_director':
      return actor.municipality === castUnits[one.unit].municipality && one.measure ? 3 : 0
    case 'responsible_authority':
      return ['none', 'at_risk'].includes(one.vmt) ? 0 : 3
    case 'state_agency':
      return ['monitoring', 'complaint', 'case_review'].includes(actor.purpose ?? '') ? 3 : 2
    default:
      return 0
  }
}
/** How deep through the best of the cases that are still of the family. */
const reach = (actor: Actor, family: number): number =>
  Math.max(
    0,
    ...world.cases.filter((one) => one.family === family && !one.left).map((one) => depth(actor, one)),
  )
const works = ['cpw', 'cpu_head']

const purposes: readonly (Purpose | null)[] = [null, 'supervision', 'monitoring']
const actors = everybody(12).flatMap((one) => purposes.map((purpose): Actor => ({ ...one, purpose })))
const people = actors.map((actor) => ({ actor, name: `${nameOf(actor)}, ${actor.purpose}` }))

describe('what lies in the tables', () => {
  test.each(people)('is for $name as the rules say', async ({ actor }) => {
    const joined = world.cases.filter((one) => one.family !== null)
    const alive = families.filter((n) => world.cases.some((one) => one.family === n))
    const named = alive.filter((n) => reach(actor, n) >= 3)
    const children = joined.filter((one) => named.includes(one.family!) && depth(actor, one) >= 2)
    const expected: Readonly<Record<string, readonly string[]>> = {
      ...Object.fromEntries(
        caseTables.map((table) => [
          table,
          world.cases.filter((one) => depth(actor, one) >= 2).map((one) => rowId(table, one)),
        ]),
      ),
      family_case: joined.filter((one) => depth(actor, one) >= 2).map(linkId),
      family: alive.filter((n) => reach(actor, n) >= 2).map(familyId),
      family_named: named.map(familyId),
      family_person: [...named.map(adultId), ...children.map(childId)],
      family_relation: children.map(tieId),
      person_merge: world.merges
        .filter(({ a, b }) => depth(actor, a) >= 2 && depth(actor, b) >= 2)
        .map(({ n }) => mergeId(n)),
    }
    const all = Object.keys(expected)
      .map((table) => `select '${table} ' || id as id from ${table}`)
      .join(' union all ')
    expect(await seenBy(app, actor, all)).toEqual(
      Object.entries(expected)
        .flatMap(([table, rows]) => rows.map((row) => `${table} ${row}`))
        .toSorted(),
    )
  })
})

describe('what a statement writes', () => {
  const one = fc.constantFrom(...people)
  const ours = [...works, 'municipal_director']
  test('into a case: whoever works there and reads it, and to the family only while it may be told', async () => {
    await fc.assert(
      fc.asyncProperty(one, fc.nat(27), fc.constantFrom(...caseTables), async ({ actor }, n, table) => {
        const at = world.cases[n]!
        const written = await writtenBy(
          app,
          actor,
          `insert into ${table} values (gen_random_uuid(), '${at.id}', ${ofCase[table]}) returning case_id as id`,
        )
        const may =
          ours.includes(actor.role) && depth(actor, at) >= 3 && (table !== 'family_notice' || at.mayInform)
        expect(written).toEqual(may ? [at.id] : 'denied')
      }),
      { numRuns: 160, seed },
    )
  })

  test('over a row: nobody whom the case’s names are closed to, and the log by nobody', async () => {
    const changes = {
      child_permission: 'withdrawn_at = now()',
      information_request: "state = 'refused', closed_by = me_user()",
    } as const
    await fc.assert(
      fc.asyncProperty(
        one,
        fc.constantFrom('child_permission' as const, 'information_request' as const),
        async ({ actor }, table) => {
          const written = await writtenBy(app, actor, `update ${table} set ${changes[table]} returning id`)
          expect(written).toEqual(
            world.cases
              .filter((at) => ours.includes(actor.role) && depth(actor, at) >= 3)
              .map((at) => rowId(table, at))
              .toSorted(),
          )
          for (const typed of [
            'update disclosure set at = now() returning id',
            'delete from disclosure returning id',
            "update representative set end_reason = 'other' returning id",
          ])
            expect(await writtenBy(app, actor, typed), typed).toBe('denied')
        },
      ),
      { numRuns: 30, seed },
    )
  })

  test('into a family: only through a case whose names one reads; a case joins only by its own', async () => {
    await fc.assert(
      fc.asyncProperty(one, fc.nat(5), fc.nat(27), async ({ actor }, n, of) => {
        if (!world.cases.some((at) => at.family === n)) return
        const named = works.includes(actor.role) && reach(actor, n) >= 3
        const at = world.cases[of]!
        const expectation = <T>(may: boolean, value: T) => (may ? [value] : 'denied')
        expect(
          await writtenBy(
            app,
            actor,
            `insert into family_person (id, family_id, name, sex, at) values (gen_random_uuid(), '${familyId(n)}', 'y', 'male', now()) returning family_id as id`,
          ),
        ).toEqual(expectation(named, familyId(n)))
        expect(
          await writtenBy(
            app,
            actor,
            `update family_named set remark = 'y' where id = '${familyId(n)}' returning id`,
          ),
        ).toEqual(named ? [familyId(n)] : [])
        if (at.family !== null && !at.left) return
        expect(
          await writtenBy(
            app,
            actor,
            `insert into family_case values (gen_random_uuid(), '${familyId(n)}', '${at.id}', now(), null) returning case_id as id`,
          ),
        ).toEqual(expectation(works.includes(actor.role) && depth(actor, at) >= 3, at.id))
      }),
      { numRuns: 90, seed },
    )
  })

  test('into the decisions about persons: only who reads both by name, under their own name', async () => {
    await fc.assert(
      fc.asyncProperty(one, fc.nat(27), fc.nat(27), fc.boolean(), async ({ actor }, i, j, own) => {
        const [a, b] = [world.cases[i]!, world.cases[j]!]
        if (a === b || world.merges.some((known) => known.a === a)) return
        const proposer = own ? actor.userId : userId('dpo')
        const written = await writtenBy(
          app,
          actor,
          `insert into person_merge (id, person_id, into_id, state, proposed_by, proposed_at)
           values (gen_random_uuid(), '${a.id}', '${b.id}', 'proposed', '${proposer}', now()) returning person_id as id`,
        )
        const may =
          [...works, 'state_agency'].includes(actor.role) &&
          proposer === actor.userId &&
          depth(actor, a) >= 3 &&
          depth(actor, b) >= 3
        expect(written).toEqual(may ? [a.id] : 'denied')
      }),
      { numRuns: 120, seed },
    )
  })
})
