/**
 * The net, its directory and municipalities' money, by random search. Rules in words stand beside each oracle; none imports a policy. Planted rows have no chain, so that a command which is let through ends at the ledger.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor, Uuid } from '#domain/core.ts'
import { uuidv7 } from '#server/ids.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'
import {
  type Answer,
  answerTo,
  everybody,
  idsOf,
  isOne,
  nameOf,
  neverWrites,
  quoted,
  seed,
  seenBy,
  some,
  writtenBy,
} from './search.ts'

let app: TestApp
const actors = everybody(14)
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const steers = (who: Actor): boolean => who.role === 'coordinator' || who.role === 'state_agency'

const places = { '53': 'AL-11', '10': 'AL-02', '46': 'AL-10' } as const
const place = fc.constantFrom(...(Object.keys(places) as (keyof typeof places)[]))

describe('structures and their people', () => {
  const municipal = ['cpu', 'school', 'field_team', 'nrm_mechanism', 'dv_mechanism', 'contact_point'] as const
  const ofCounty = ['krat', 'technical_table', 'police_section', 'mobile_unit'] as const
  const kind = fc.constantFrom(...municipal, ...ofCounty, 'national_office', 'border_post')
  interface StructureRecord {
    readonly id: Uuid
    readonly kind: string
    readonly at: keyof typeof places
  }
  const all: StructureRecord[] = []
  beforeAll(async () => {
    const [crossing] = await app.db.admin<{ id: string }>(
      "select id from border_crossing where municipality = '46' limit 1",
    )
    const border = crossing!.id
    for (const one of fc.sample(fc.record({ kind, at: place }), { numRuns: 40, seed }))
      all.push({ ...one, id: uuidv7(), at: one.kind === 'border_post' ? '46' : one.at })
    await app.db.admin(
      all
        .map((one) => {
          const inTown = one.kind === 'border_post' || municipal.some((each) => each === one.kind)
          const [post, tenure] = [uuidv7(), uuidv7()]
          return `
      insert into net_structure (id, version, kind, municipality, county, crossing, valid_from, confirmed_on)
        values ('${one.id}', 1, '${one.kind}', ${inTown ? quoted(one.at) : 'null'},
          ${one.kind === 'national_office' ? 'null' : quoted(places[one.at])}, ${one.kind === 'border_post' ? quoted(border) : 'null'}, '2020-01-01', '2020-01-01');
      insert into net_name (structure_id, from_day, name_sq, name_en) values ('${one.id}', '2020-01-01', 'x', 'x');
      insert into net_position values ('${post}', '${one.id}', 'member', true, true, '2020-01-01', null);
      insert into net_tenure (id, position_id, structure_id, from_day, sex, qualification)
        values ('${tenure}', '${post}', '${one.id}', '2020-01-01', 'female', 'law');
      insert into net_tenure_named values ('${tenure}', '${one.id}', 'Zyrtare');`
        })
        .join('\n'),
    )
  })
  /** The town's head of unit and director keep what stands in their town; each other body what is its own. */
  const keeps = (who: Actor, one: StructureRecord): boolean => {
    const county = places[one.at]
    const townKeeps = isOne(who, ['cpu_head', 'municipal_director']) && who.municipality === one.at
    switch (one.kind) {
      case 'school':
        return townKeeps || (who.role === 'education_directorate' && who.county === county)
      case 'border_post':
        return who.role === 'border_police' && (who.municipality === null || who.municipality === one.at)
      case 'krat':
      case 'technical_table':
        return who.role === 'coordinator' || (who.role === 'county_committee' && who.county === county)
      case 'police_section':
        return who.role === 'coordinator' || (who.role === 'police' && who.county === county)
      case 'mobile_unit':
        return who.role === 'coordinator'
      case 'national_office':
        return steers(who)
      default:
        return townKeeps
    }
  }
  const names = (who: Actor, one: StructureRecord): boolean => steers(who) || keeps(who, one)

  test('everybody reads the net, keepers and the two offices the names', async () => {
    for (const who of actors) {
      for (const table of ['net_name', 'net_position', 'net_tenure'])
        expect((await seenBy(app, who, `select structure_id as id from ${table}`)).length, nameOf(who)).toBe(
          all.length,
        )
      expect(await seenBy(app, who, 'select structure_id as id from net_tenure_named'), nameOf(who)).toEqual(
        idsOf(all, (one) => names(who, one)),
      )
      const kept = idsOf(all, (one) => keeps(who, one))
      for (const [table, set, key] of [
        ['net_structure', 'version = version', 'id'],
        ['net_position', 'valid_to = valid_to', 'structure_id'],
        ['net_tenure', 'to_day = to_day', 'structure_id'],
      ] as const)
        expect(
          [table, await writtenBy(app, who, `update ${table} set ${set} returning ${key} as id`)],
          nameOf(who),
        ).toEqual([table, kept])
      await neverWrites(app, who, [
        "update net_structure set valid_to = '2030-01-01' returning id",
        "update net_tenure set to_day = '2030-01-01' returning id",
        "update net_tenure_named set name = 'x' returning id",
        'delete from net_tenure_named returning id',
        "insert into net_name select id, '2021-01-01', 'y', 'y', null, null from net_structure returning structure_id as id",
      ])
    }
  })
  test('doors answer accordingly', async () => {
    for (const [turn, who] of actors.entries())
      for (const one of some(all, 4, turn)) {
        const at = `${nameOf(who)} ${one.kind} ${one.at}`
        const { status, body } = await app.as(who).get(`/api/net/structures/${one.id}`)
        expect([status, body.mayKeep], at).toEqual([200, keeps(who, one)])
        const [post] = body.positions!
        expect(post!.tenures![0]!.name !== null, at).toBe(names(who, one))
        const wanted: Answer = keeps(who, one) ? 'open' : 'refused'
        const doors = [
          ['net.confirm_structure', {}],
          ['net.end_structure', { to: '2021-01-01' }],
          [
            'net.add_position',
            { duty: 'member', fullTime: true, inJobDescription: true, from: '2021-01-01' },
          ],
          ['net.end_position', { positionId: String(post!.id), to: '2021-01-01' }],
        ] as const
        for (const [type, sent] of doors)
          expect(
            [type, await answerTo(app, who, { type, id: one.id, body: sent, baseVersion: 0 })],
            at,
          ).toEqual([type, wanted])
      }
  })
})

test('the directory is everybody’s; what was taken off it, and every change, is the two offices’', async () => {
  const all = [true, false, true, false].map((listed) => ({ id: uuidv7(), project: uuidv7(), listed }))
  await app.db.admin(
    all
      .map(
        ({ id, project, listed }) => `
    insert into net_actor (id, version, kind, name_sq, name_en, does_sq, does_en, source, listed, updated_on)
      values ('${id}', 1, 'ngo', 'x', 'x', 'x', 'x', 'search', ${listed}, '2026-01-01');
    insert into net_project (id, version, kind, name_sq, name_en, does_sq, does_en, source, listed, updated_on)
      values ('${project}', 1, 'project', 'x', 'x', 'x', 'x', 'search', ${listed}, '2026-01-01');
    insert into net_project_actor values ('${project}', '${id}', 'lead');`,
      )
      .join('\n'),
  )
  for (const who of actors) {
    const seen = idsOf(all, (one) => one.listed || steers(who))
    expect(await seenBy(app, who, "select id from net_actor where source = 'search'"), nameOf(who)).toEqual(
      seen,
    )
    expect(
      (await seenBy(app, who, "select id from net_project where source = 'search'")).length,
      nameOf(who),
    ).toBe(seen.length)
    expect(
      await writtenBy(
        app,
        who,
        "update net_actor set version = version where source = 'search' returning id",
      ),
      nameOf(who),
    ).toEqual(steers(who) ? seen : [])
    await neverWrites(app, who, [
      "update net_actor set name_sq = 'y' returning id",
      'update net_project set lek = 5 returning id',
      'delete from net_project_actor returning project_id as id',
    ])
    const { body } = await app.as(who).get('/api/directory/actors?limit=100&q=x')
    expect(
      body
        .items!.map((item) => String(item.id))
        .filter((id) => all.some((one) => one.id === id))
        .sort(),
    ).toEqual(seen)
    for (const one of all.slice(0, 2)) {
      const hidden = !one.listed && !steers(who)
      const wanted: Answer = hidden ? 'absent' : steers(who) ? 'open' : 'refused'
      for (const [type, id] of [
        ['directory.withdraw_actor', one.id],
        ['directory.withdraw_project', one.project],
      ] as const)
        expect(
          [type, await answerTo(app, who, { type, id, body: { reason: 'x' }, baseVersion: 0 })],
          nameOf(who),
        ).toEqual([type, wanted])
    }
  }
})

describe('money of municipalities', () => {
  const all: { id: Uuid; serve: Uuid; at: keyof typeof places }[] = []
  beforeAll(async () => {
    fc.sample(place, { numRuns: 12, seed }).forEach((at) => {
      all.push({ id: uuidv7(), serve: uuidv7(), at })
    })
    await app.db.admin(
      all
        .map(
          ({ id, serve, at }, n) => `
      insert into local_budget_line (id, version, municipality, year, side, topic, source, planned, updated_on)
        values ('${id}', 1, '${at}', ${2030 + n}, 'income', 'mining_rent', 'mining_rent', 5, '2026-01-01');
      insert into local_serve (id, version, municipality, plan_id, activity_uid, serves_plan, serves_uid)
        values ('${serve}', 1, '${at}', gen_random_uuid(), 'a', gen_random_uuid(), 'b');`,
        )
        .join('\n'),
    )
  })
  const reads = (who: Actor, at: keyof typeof places): boolean =>
    steers(who) ||
    (who.role === 'county_committee' && who.county === places[at]) ||
    (isOne(who, ['cpw', 'cpu_head', 'municipal_director']) && who.municipality === at)
  const keeps = (who: Actor, at: keyof typeof places): boolean =>
    isOne(who, ['cpu_head', 'municipal_director']) && who.municipality === at

  test('is the town’s to keep and its leaders’ to read', async () => {
    for (const [turn, who] of actors.entries()) {
      expect(await seenBy(app, who, 'select id from local_budget_line'), nameOf(who)).toEqual(
        idsOf(all, (one) => reads(who, one.at)),
      )
      expect((await seenBy(app, who, 'select id from local_serve')).length).toBe(
        all.filter((one) => reads(who, one.at)).length,
      )
      expect(
        await writtenBy(app, who, 'update local_budget_line set version = version returning id'),
        nameOf(who),
      ).toEqual(idsOf(all, (one) => keeps(who, one.at)))
      await neverWrites(app, who, [
        'update local_budget_line set planned = 6 returning id',
        'update local_serve set struck = true returning id',
        'delete from local_budget_line returning id',
      ])
      for (const at of Object.keys(places) as (keyof typeof places)[]) {
        expect((await app.as(who).get(`/api/local/${at}`)).status, `${nameOf(who)} ${at}`).toBe(
          reads(who, at) ? 200 : 404,
        )
        expect((await app.as(who).get(`/api/local/${at}/to-mend`)).status, `${nameOf(who)} ${at}`).toBe(
          isOne(who, ['cpw', 'cpu_head']) && who.municipality === at ? 200 : 404,
        )
      }
      const quality = await app.as(who).get('/api/local/quality')
      expect(
        quality.body
          .items!.map((item) => String(item.municipality))
          .filter((code) => code in places)
          .sort(),
        nameOf(who),
      ).toEqual((Object.keys(places) as (keyof typeof places)[]).filter((at) => reads(who, at)).sort())
      for (const one of some(all, 3, turn)) {
        const at = `${nameOf(who)} ${one.at}`
        const wanted: Answer = reads(who, one.at) ? (keeps(who, one.at) ? 'open' : 'refused') : 'absent'
        const strike = { type: 'local.strike_line', id: one.id, body: { reason: 'x' }, baseVersion: 0 }
        expect(await answerTo(app, who, strike), at).toBe(wanted)
        expect(await answerTo(app, who, { type: 'local.strike_serve', id: one.serve, body: {} }), at).toBe(
          wanted,
        )
        const line = {
          municipality: one.at,
          year: 2031,
          side: 'income',
          topic: 'mining_rent',
          source: 'mining_rent',
          planned: 7,
        }
        if (!keeps(who, one.at))
          expect(await answerTo(app, who, { type: 'local.set_line', id: uuidv7(), body: line }), at).toBe(
            'refused',
          )
      }
    }
  })

  test('a line of another town is not taken over by its id', async () => {
    const id = uuidv7()
    const line = (municipality: string) => ({
      municipality,
      year: 2027,
      side: 'income',
      topic: 'mining_rent',
      source: 'mining_rent',
      planned: 5,
    })
    expect((await app.as('head-durres').command('local.set_line', id, line('10'))).status).toBe(200)
    const taken = await app.as('head-tirana').command('local.set_line', id, line('53'))
    expect([404, 409], JSON.stringify(taken.body)).toContain(taken.status)
    expect(await app.db.admin('select municipality from local_budget_line where id = $1', [id])).toEqual([
      { municipality: '10' },
    ])
  })
})
