/**
 * Placements over HTTP: from the emergency through the court into a foster family and home, over beds that are really held;
 * where the child is, and who may know it; the way out of an institution, and its monitoring.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { withTx } from '#server/tx.ts'
import { actorOf, type CastName, castNames, unitId } from '#test/cast.ts'
import { readPdf } from '#test/pdf-text.ts'
import { assess, Life, openFor, today } from './case-life.ts'
import { type Loose, noon, type TestApp, testApp } from './harness.ts'
import { placing } from './placement-life.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const { place, bed, release, offered, stateOf, idOf, child, measure, wish, plan, read, runs } = placing(
  () => app,
)

describe('a child at high risk', () => {
  test('emergency, court, foster family, home: beds, clocks and visits follow, and nobody is told where', async () => {
    const life = await child()
    const emergency = await measure(life, 'emergency')
    const shelter = await bed(await place('shelter'), 'shelter', false)
    const first = await plan(life, {
      kind: 'emergency',
      basis: 'measure',
      basisId: emergency,
      holdId: shelter,
    })
    const begin = { placementId: first, startedAt: noon }
    // The bed is held and not promised: nobody is taken anywhere yet.
    expect(await life.try('cpw-tirana', 'begin_placement', begin)).toBe('care_hold_state')
    await app.as('shelter').command('bed.confirm', shelter, {}, { baseVersion: 1 })
    expect(await life.try('head-tirana', 'begin_placement', begin)).toBe('placement_place_hidden')
    await life.must('cpw-tirana', 'begin_placement', begin)
    expect([await stateOf(shelter), await runs(life)]).toEqual(['OCCUPIED', ['D13']])

    // Where it is lies sealed; that it is placed is known to the unit.
    const where = async (who: CastName, purpose?: 'supervision') =>
      (await read(life, who, purpose)).placements!.map((one) => one.place as unknown)
    expect(await where('cpw-tirana')).toEqual([{ name: 'Shtëpia e Dritës', address: null }])
    expect(await where('head-tirana')).toEqual([null])
    expect((await where('head-tirana', 'supervision'))[0]).not.toBeNull()
    expect(await where('cpw2-tirana')).toEqual([null])
    expect(await where('director-tirana')).toEqual([null])
    expect(
      JSON.stringify((await app.as('director-tirana').get(`/api/cases/${life.id}/timeline`)).body),
    ).not.toContain('Shtëpia e Dritës')
    for (const who of castNames) {
      if (['cpw-tirana', 'cpw2-tirana', 'head-tirana', 'state-agency', 'director-tirana'].includes(who))
        continue
      expect((await app.as(who).get(`/api/cases/${life.id}/placements`)).status, who).toBe(404)
      expect(await life.try(who, 'cancel_placement', { placementId: first, reason: 'x' })).toBe('not_found')
    }

    // Foster care waits for alternative care or for the court.
    const family = await bed(await place('foster_family'), 'cpw-tirana')
    const wanted = { ...wish, kind: 'foster', holdId: family }
    expect(
      await life.try('cpw-tirana', 'plan_placement', { ...wanted, basis: 'measure', basisId: emergency }),
    ).toBe('placement_basis_missing')
    const courtId = idOf(
      await life.must('cpw-tirana', 'open_court_case', {
        matter: 'placement',
        court: 'Gjykata Tiranë',
        claim: 'x',
      }),
      'CourtCaseOpened',
    )
    await life.must('cpw-tirana', 'write_court_report', { courtId, report: 'x' })
    await life.must('cpw-tirana', 'file_court_case', { courtId, filedOn: today, courtRef: '7/2026' })
    const decision = {
      outcome: 'granted',
      decidedOn: today,
      from: today,
      until: '2027-05-24',
      reasons: 'Po.',
    }
    await life.must('cpw-tirana', 'decide_court_case', { courtId, ...decision })
    const second = await plan(life, { kind: 'foster', basis: 'court', basisId: courtId, holdId: family })
    app.setClock('2026-11-25T09:00:00.000Z')
    const moved = { toId: second, movedAt: '2026-11-25T08:00:00.000Z', reason: 'Gjykata vendosi.' }
    expect(await life.try('cpw-tirana', 'begin_placement', { placementId: second, startedAt: noon })).toBe(
      'placement_in_place',
    )
    await life.must('cpw-tirana', 'move_placement', moved)
    expect([await stateOf(shelter), await stateOf(family)]).toEqual(['RELEASED', 'OCCUPIED'])
    expect(await runs(life)).toEqual(['D14'])
    const [now, before] = (await read(life)).placements!
    expect(before).toMatchObject({ status: 'moved', endedAt: moved.movedAt, movedTo: second })
    expect(now).toMatchObject({ status: 'in_place', startedAt: moved.movedAt, place: { name: 'FK-53-802' } })
    // A foster family is read with the identified core, where the address is not protected.
    expect((await where('head-tirana'))[0]).toMatchObject({ name: 'FK-53-802' })

    expect(
      await life.try('cpw-tirana', 'visit_placement', {
        placementId: second,
        visitedOn: '2026-11-25',
        seen: 'alone',
        concern: false,
        findings: 'Është mirë.',
        nextOn: '2026-12-20',
      }),
    ).toBe('ok')
    await life.must('head-tirana', 'review_placement', {
      placementId: second,
      reviewedOn: '2026-11-25',
      outcome: 'continue',
      childView: 'agrees',
      childWords: 'Mirë.',
      findings: 'Vazhdon.',
      nextOn: '2027-02-20',
    })

    // Home: weighed first; four visits follow, and their deadlines.
    app.setClock('2026-12-10T09:00:00.000Z')
    const home = {
      placementId: second,
      reason: 'returned_to_family',
      endedAt: '2026-12-10T08:00:00.000Z',
      explanation: 'Nëna ka punë.',
    }
    expect(await life.try('cpw-tirana', 'end_placement', home)).toBe('case_best_interests_missing')
    await assess(life, 'best_interests')
    await life.must('cpw-tirana', 'end_placement', home)
    expect([await stateOf(family), await runs(life)]).toEqual(['RELEASED', ['D20', 'D21', 'D22', 'D23']])
    expect((await read(life)).exits!.map((one) => [one.month, one.due] as unknown)).toEqual([
      [1, '2027-01-10'],
      [3, '2027-03-10'],
      [6, '2027-06-10'],
      [12, '2027-12-10'],
    ])
    app.setClock('2027-01-09T09:00:00.000Z')
    await life.must('cpw-tirana', 'visit_exit', {
      month: 1,
      seenOn: '2027-01-09',
      seen: 'child',
      safe: 'no',
      findings: 'Vetëm në shtëpi.',
    })
    expect(await runs(life)).toEqual(['D21', 'D22', 'D23'])
    const told = (await app.as('head-tirana').get('/api/notices')).body.items!
    expect(told).toContainEqual(expect.objectContaining({ code: 'case_exit_unsafe', recordId: life.id }))
    app.setClock(noon)
  })

  test('whoever runs away raises the alarm at once; the same bed takes one child only', async () => {
    const life = await child()
    const basisId = await measure(life, 'emergency')
    const other = await child()
    const otherBasis = await measure(other, 'emergency')
    const shelter = await bed(await place('shelter', 1))
    const kind = { kind: 'emergency', basis: 'measure', holdId: shelter }
    const first = await plan(life, { ...kind, basisId })
    const again = { ...wish, ...kind, basisId: otherBasis }
    expect(await other.try('cpw-tirana', 'plan_placement', again)).toBe('placement_bed_planned')
    await life.must('cpw-tirana', 'begin_placement', { placementId: first, startedAt: noon })
    expect(await other.try('cpw-tirana', 'plan_placement', again)).toBe('placement_bed_planned')
    await life.must('cpw-tirana', 'end_placement', {
      placementId: first,
      reason: 'absconded',
      endedAt: noon,
      explanation: 'Doli natën.',
    })
    expect(await stateOf(shelter)).toBe('RELEASED')
    for (const who of ['cpw-tirana', 'cpw2-tirana', 'head-tirana'] as const)
      expect((await app.as(who).get('/api/notices')).body.items).toContainEqual(
        expect.objectContaining({ code: 'case_child_absconded', recordId: life.id }),
      )
  })
})

describe('a bed that is planned is that child’s alone', () => {
  test('a colleague is not offered it, plans nothing with it, does not free it and does not find where it is', async () => {
    const life = await child()
    const basisId = await measure(life, 'emergency')
    const other = await child(null, 'cpw2-tirana')
    const otherBasis = await measure(other, 'emergency', 'cpw2-tirana')
    const where = await place('shelter')
    const holdId = await bed(where)
    expect(await offered(other, 'cpw2-tirana')).toContain(holdId)
    const wanted = { ...wish, kind: 'emergency', basis: 'measure', holdId }
    const placementId = await plan(life, { ...wanted, basisId })
    const nowhere = async () => {
      expect(await offered(other, 'cpw2-tirana')).not.toContain(holdId)
      expect(await offered(life, 'cpw-tirana')).not.toContain(holdId)
      expect(await other.try('cpw2-tirana', 'plan_placement', { ...wanted, basisId: otherBasis })).toBe(
        'not_found',
      )
      for (const who of ['cpw2-tirana', 'head-tirana'] as const) {
        expect([who, await release(who, holdId, 2)]).toEqual([who, 404])
        const held = JSON.stringify((await app.as(who).get('/api/care/holds')).body)
        expect(held).not.toContain(holdId)
        expect(held).not.toContain(where)
        expect((await app.as(who).get(`/api/care/places/${where}`)).body.holds).toEqual([])
      }
    }
    await nowhere()
    await life.must('cpw-tirana', 'begin_placement', { placementId, startedAt: noon })
    await nowhere()
    expect((await read(life, 'cpw2-tirana')).placements).toMatchObject([{ status: 'in_place', place: null }])
    const mine = (await app.as('cpw-tirana').get('/api/care/holds')).body
    expect(mine.items).toContainEqual(expect.objectContaining({ id: holdId, placeId: where }))
    expect((await app.as('shelter').get(`/api/care/places/${where}`)).body.holds).toHaveLength(1)
    expect(await stateOf(holdId)).toBe('OCCUPIED')
  })

  test('of two who plan with it at once, one gets it', async () => {
    const lives = [await child(), await child(null, 'cpw2-tirana')] as const
    const who = ['cpw-tirana', 'cpw2-tirana'] as const
    const bases = [await measure(lives[0], 'emergency'), await measure(lives[1], 'emergency', who[1])]
    const wanted = { ...wish, kind: 'emergency', basis: 'measure', holdId: await bed(await place('shelter')) }
    const got = await Promise.all(
      lives.map((life, n) => life.try(who[n]!, 'plan_placement', { ...wanted, basisId: bases[n] })),
    )
    expect(got.filter((one) => one === 'ok')).toHaveLength(1)
    const rows = 'select id from placement_place where bed_hold_id = $1'
    expect(await app.db.admin(rows, [wanted.holdId])).toHaveLength(1)
  })

  test('the unit that keeps a family plans with no other unit’s hold on it', async () => {
    const life = await child()
    const basisId = await measure(life, 'alternative_care')
    const [family, holdId] = [await place('foster_family'), uuidv7()]
    const asked = { placeId: family, sex: 'male', ageBand: '6_11' }
    expect((await app.as('cpw-durres').command('bed.hold', holdId, asked)).status).toBe(200)
    expect((await app.as('cpw-tirana').command('bed.confirm', holdId, {}, { baseVersion: 1 })).status).toBe(
      200,
    )
    const wanted = { ...wish, kind: 'foster', basis: 'measure', basisId, holdId }
    expect(await life.try('cpw-tirana', 'plan_placement', wanted)).toBe('not_found')
    expect(await stateOf(holdId)).toBe('CONFIRMED')
    // Nor by SQL: the row's own rule says so before any other.
    await expect(
      withTx(app.ctx, actorOf('cpw-tirana'), (tx) =>
        tx.sql(
          `insert into placement_place (id, case_id, hidden, bed_hold_id) values (gen_random_uuid(), $1, false, $2)`,
          [life.id, holdId],
        ),
      ),
    ).rejects.toThrow(/own_hold/)
  })
})

describe('bad input, each refused by name', () => {
  test('after eighteen, for the other sex, without a place, with an order not to inform, on another’s bed', async () => {
    const life = await child('2008-12-01')
    const basisId = await measure(life, 'emergency')
    const ask = { ...wish, kind: 'emergency', basis: 'measure', basisId, carer: 'Tezja' }
    const told = (more: object) => life.try('cpw-tirana', 'plan_placement', { ...ask, ...more })
    expect(await told({ until: '2026-12-01' })).toBe('placement_after_18')
    expect(await told({ holdId: await bed(await place('shelter'), 'shelter', true, 'female') })).toBe(
      'placement_bed_other_sex',
    )
    expect(await told({ holdId: uuidv7() })).toBe('not_found')
    expect(await told({ familyTold: true })).toBe('family_do_not_inform')
    expect(await told({ childView: 'mixed', childWords: '' })).toBe('placement_child_not_heard')
    expect(await told({ kind: 'foster' })).toBe('placement_basis_missing')
    const bad = await app
      .as('cpw-tirana')
      .command(
        'case.plan_placement',
        life.id,
        { ...ask, from: '2026-02-30', kind: 'prison' },
        { baseVersion: 1 },
      )
    expect([bad.status, bad.body.errors!.map((one) => one.field as unknown).toSorted()]).toEqual([
      400,
      ['body.body.from', 'body.body.kind'],
    ])
    expect(await told({})).toBe('ok')
    expect(await told({})).toBe('placement_planned_already')
  })

  test('a suspended family and a licence that is over take nobody on the day', async () => {
    const life = await child()
    const basisId = await measure(life, 'alternative_care')
    const family = await place('foster_family')
    const held = await bed(family, 'cpw-tirana')
    const id = await plan(life, { kind: 'foster', basis: 'measure', basisId, holdId: held })
    await app.db.admin("update care_place set status = 'suspended' where id = $1", [family])
    const begin = { placementId: id, startedAt: noon }
    expect(await life.try('cpw-tirana', 'begin_placement', begin)).toBe('care_not_open')
    await app.db.admin(
      "update care_place set status = 'approved', licence_number = 'x', licence_to = '2026-11-23' where id = $1",
      [family],
    )
    expect(await life.try('cpw-tirana', 'begin_placement', begin)).toBe('care_licence_over')
    await life.must('cpw-tirana', 'cancel_placement', { placementId: id, reason: 'Familja u pezullua.' })
    expect(await stateOf(held)).toBe('RELEASED')
  })

  test('brothers and sisters of the register are not parted in silence', async () => {
    const [one, two] = [await child(), await child()]
    const family = uuidv7()
    const joined = async (type: string, caseId: string) =>
      expect((await app.as('cpw-tirana').command(type, family, { caseId })).status).toBe(200)
    await joined('family.open', one.id)
    await joined('family.add_case', two.id)
    for (const life of [one, two]) life.version = Number((await life.read()).body.version)
    const home = await place('foster_family')
    const settle = async (life: Life, more: object, placeId: string) => {
      const basisId = await measure(life, 'alternative_care')
      const holdId = await bed(placeId, 'cpw-tirana')
      return { ...wish, kind: 'foster', basis: 'measure', basisId, holdId, ...more }
    }
    const first = await settle(one, { siblings: 'together' }, home)
    expect(await one.try('cpw-tirana', 'plan_placement', { ...first, siblings: 'none' })).toBe(
      'placement_siblings_known',
    )
    const id = await plan(one, first)
    await one.must('cpw-tirana', 'begin_placement', { placementId: id, startedAt: noon })
    const elsewhere = await settle(two, { siblings: 'together' }, await place('foster_family'))
    expect(await two.try('cpw-tirana', 'plan_placement', elsewhere)).toBe('placement_siblings_apart')
    expect(await two.try('cpw-tirana', 'plan_placement', { ...elsewhere, siblings: 'apart' })).toBe(
      'reason_required',
    )
    const holdId = await bed(home, 'cpw-tirana')
    expect(await two.try('cpw-tirana', 'plan_placement', { ...elsewhere, holdId })).toBe('ok')
  })
})

describe('out of the institution', () => {
  test('a plan with steps, a guardian who stands in the register, and a unit that takes the case over gives the bed back', async () => {
    const life = await child()
    const basisId = await measure(life, 'alternative_care')
    const home = await bed(await place('residential'))
    const id = await plan(life, { kind: 'residential', basis: 'measure', basisId, holdId: home })
    await life.must('cpw-tirana', 'begin_placement', { placementId: id, startedAt: noon })
    expect(await runs(life)).toEqual(['D14'])
    await life.must('cpw-tirana', 'make_leaving_plan', {
      goal: 'kinship',
      targetOn: '2027-03-01',
      why: 'Gjyshja e do.',
      steps: [{ text: 'Vizitë te gjyshja', due: '2026-12-20' }],
    })
    const step = (await read(life)).leaving![0]!.steps![0]!
    await life.must('cpw-tirana', 'set_leaving_step', { leavingStepId: step.id, status: 'done' })

    const on = { track: 'guardianship', on: today }
    await life.must('cpw-tirana', 'take_care_step', { ...on, step: 'proposed' })
    await life.must('cpw-tirana', 'take_care_step', { ...on, step: 'filed', act: '5/2026' })
    const appointed = { ...on, step: 'appointed', act: '9/2026' }
    expect(await life.try('cpw-tirana', 'take_care_step', appointed)).toBe('placement_track_representative')
    const guardian = await life.must('cpw-tirana', 'assign_representative', {
      kind: 'legal_guardian',
      basis: 'court',
      name: 'Fatime Kola',
      from: today,
      allegedPerpetrator: 'no',
      employedByOtherSide: 'no',
    })
    await life.must('cpw-tirana', 'take_care_step', {
      ...appointed,
      representativeId: guardian.representativeId,
    })
    expect((await read(life)).next).toMatchObject({ guardianship: ['ended'] })

    await life.must('cpw-tirana', 'request_transfer', {
      toUnitId: unitId('cpu-durres'),
      reason: 'Gjyshja jeton atje.',
    })
    await life.must('head-durres', 'accept_transfer', {})
    await life.must('head-durres', 'plan_placement', {
      ...wish,
      kind: 'kinship',
      basis: 'measure',
      basisId,
      carer: 'Gjyshja',
    })
    const planned = (await read(life, 'head-durres')).placements!.find(
      (one) => (one.status as unknown) === 'planned',
    )!
    await life.must('head-durres', 'move_placement', { toId: planned.id, movedAt: noon, reason: 'Gati.' })
    expect(await stateOf(home)).toBe('RELEASED')
    expect((await read(life, 'head-durres')).leaving).toMatchObject([{ outcome: 'reached' }])
    expect((await app.as('cpw-tirana').get(`/api/cases/${life.id}/placements`)).status).toBe(404)
  })

  test('no row is changed by SQL without its event, and none of another’s is seen', async () => {
    await expect(
      withTx(app.ctx, actorOf('cpw-tirana'), (tx) =>
        tx.sql("update placement set status = 'cancelled' where status = 'planned'"),
      ),
    ).rejects.toThrow(/only together with its event/)
    expect(
      await withTx(app.ctx, actorOf('police'), (tx) =>
        tx.sql('select 1 from placement union all select 1 from placement_place'),
      ),
    ).toEqual([])
  })
})

describe('monitoring of alternative care', () => {
  const row = (rows: Loose, name: string) =>
    (rows as unknown as unknown[][]).find((cells) => cells[0] === name)?.slice(1)
  beforeAll(async () => {
    // Six children long in residential care, two of them moved to foster families in the first quarter of 2025.
    for (let i = 0; i < 8; i += 1) {
      const life = new Life(app, await openFor(app, 'cpw-tirana'))
      const [id, next] = [uuidv7(), uuidv7()]
      const put = (key: string, kind: string, status: string, from: string, more: object) =>
        app.db.admin(
          `insert into placement (id, case_id, kind, status, basis, from_day, child_view, siblings, family_told, registered, hidden,
             started_at, started_on, ended_at, ended_on, moved_to, by_id, at)
           values ($1, $2, $3, $4, 'court', $5::text::date, 'agrees', 'none', false, false, false, $5::text::date, $5::text::date,
             $6::text::date, $6::text::date, $7, $8, now())`,
          [key, life.id, kind, status, from, ...Object.values(more), unitId('cpu-tirana')],
        )
      if (i < 6) await put(id, 'residential', 'in_place', '2023-01-10', { end: null, to: null })
      else {
        await put(next, 'foster', 'in_place', '2025-02-01', { end: null, to: null })
        await put(id, 'residential', 'moved', '2023-01-10', { end: '2025-02-01', to: next })
      }
    }
  })
  test('counted by county for the agency, hidden where few, nothing for others; page, PDF and workbook', async () => {
    const { body } = await app.as('state-agency').get('/api/placements/monitoring?year=2025&lang=sq')
    expect(body.title).toBe('Kujdesi alternativ dhe dalja nga institucionet, 2025')
    expect(body.sections!.map((one) => one.tables!.length as unknown)).toEqual([1, 2, 1, 1])
    const stay = body.sections![1]!.tables![0]!
    expect(row(stay.rows!, 'Gjithsej')).toEqual([0, 0, 0, 0, 6, 6])
    expect(stay.rows, 'every county: one alone has nothing to hide behind').toHaveLength(13)
    const moved = body.sections![2]!.tables![0]!
    expect(row(moved.rows!, 'Familje kujdestare')?.[0]).toBeNull()
    for (const who of ['head-durres', 'police', 'shelter', 'admin'] as const) {
      const seenBy = (await app.as(who).get('/api/placements/monitoring?year=2025&lang=en')).body
      expect(row(seenBy.sections![1]!.tables![0]!.rows!, 'Together'), who).toEqual([0, 0, 0, 0, 0, 0])
    }
    const coordinator = (await app.as('coordinator').get('/api/placements/monitoring?year=2025&lang=en')).body
    expect(row(coordinator.sections![1]!.tables![0]!.rows!, 'Together')?.[5]).toBe(6)
    const file = (ending: string, who: CastName) =>
      app.fastify.inject({
        url: `/api/placements/monitoring.${ending}?year=2025&lang=sq`,
        headers: { 'x-test-as': who },
      })
    const pdf = await file('pdf', 'state-agency')
    const text = readPdf(pdf.rawPayload)
      .pages.flatMap((page) => page.pieces.map((piece) => piece.text))
      .join(' ')
      .replaceAll(/\s+/g, ' ')
    for (const said of ['Kohëqëndrimi', 'Strehëz', 'Kaluan nga institucionet']) expect(text).toContain(said)
    expect((await file('xlsx', 'coordinator')).rawPayload.subarray(0, 2).toString()).toBe('PK')
  })
})
