import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays } from '#domain/clock/tirana.ts'
import { uuidv7 } from '#server/ids.ts'
import { erase } from '#server/retention/erase.ts'
import { type CastName, castNames, unitId } from '#test/cast.ts'
import { assisting, office, today } from './assistance-life.ts'
import { type TestApp, testApp } from './harness.ts'
import { placing } from './placement-life.ts'
import { screeningSteps } from './screening-steps.ts'

/** Assistance over HTTP: an adult's way through the phases, the shelter's own residents, children, instalments. */
let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const { versionOf, tell, must, code, read, adult, risk, safe, service, bed, packet, resident, stayTell } =
  assisting(() => app)
const { child, measure, plan, place: childPlace, bed: childBed } = placing(() => app)
const { screen } = screeningSteps(() => app)
describe('an adult', () => {
  test('goes through the phases, each with what it asks, to the twelve-month outcome', async () => {
    const id = await adult()
    const to = (phase: string, more: object = {}) => code(office, id, 'move_phase', { to: phase, ...more })
    expect(await to('EMERGENCY')).toBe('assistance_phase_step')
    expect(await to('NEEDS_ASSESSED')).toBe('assistance_no_needs')
    const needId = await must(office, id, 'find_need', {
      kind: 'housing',
      beneficiary: 'subject',
      foundOn: today,
      remark: 'Nuk ka ku të flejë.',
    })
    expect(
      await code(office, id, 'find_need', { kind: 'housing', beneficiary: 'subject', foundOn: today }),
    ).toBe('need_known')
    expect(await to('NEEDS_ASSESSED')).toBe('ok')
    expect(await to('EMERGENCY')).toBe('ok')
    expect(await to('STABILISATION')).toBe('assistance_safety_plan_missing')
    await safe(id)
    expect(await to('STABILISATION')).toBe('ok')
    expect(await to('REINTEGRATION')).toBe('assistance_plan_missing')
    const actionId = await must(office, id, 'add_action', {
      needId,
      service: 'housing',
      text: 'Qira e subvencionuar për gjashtë muaj.',
      providerId: unitId('social-services-tirana'),
      due: addDays(today, 30),
      costLek: 90_000,
      funding: 'municipality',
    })
    expect(await to('REINTEGRATION')).toBe('assistance_report_missing')
    await must(office, id, 'write_report', {
      on: today,
      progress: 'better',
      concern: false,
      text: 'Po ecën mirë.',
    })
    expect(await to('REINTEGRATION')).toBe('ok')
    await must(office, id, 'end_action', { actionId, status: 'done', on: today })
    await must(office, id, 'end_need', { needId, to: 'MET', on: today })
    expect(await to('MONITORING')).toBe('ok')
    expect(await to('EXITED')).toBe('assistance_twelve_missing')
    const visit = {
      month: 12,
      seenOn: addDays(today, 360),
      living: 'independent',
      job: 'trade',
      jobSecure: true,
      network: 'yes',
      income: 'around_minimum',
      reexploited: 'no',
    }
    expect(await code(office, id, 'follow_up', visit)).toBe('in_future')
    app.setClock('2027-11-24T11:00:00.000Z')
    await must(office, id, 'follow_up', visit)
    const [outcome] = await app.db.admin('select a, b from counted_nrm_outcome where nrm_id = $1', [id])
    expect(outcome).toEqual({ a: 'adult', b: 'yes' })
    expect(await to('EXITED')).toBe('ok')
    expect(await code(office, id, 'give', service())).toBe('assistance_over')
    const exit = await app
      .as('responsible-authority')
      .command(
        'nrm.exit',
        id,
        { on: '2027-11-24', reason: 'completed', by: null, basis: 'Ka punë dhe banesë.' },
        { baseVersion: await versionOf('nrm_file', id) },
      )
    expect(exit.status, JSON.stringify(exit.body)).toBe(200)
    const { phase, followUps } = (await read(office, id)).body
    expect([phase, [...followUps!].at(-1)]).toMatchObject(['EXITED', { month: 12, good: true }])
    app.setClock(`${today}T11:00:00.000Z`)
  })

  test('is followed no more only when lost contact is written down with days and ways', async () => {
    const id = await adult()
    const lost = (attempts: object[]) =>
      code(office, id, 'lose_contact', { lastOn: '2026-11-01', attempts, words: 'Nuk u gjet në adresë.' })
    expect(await lost([])).toBe('assistance_contact_undocumented')
    expect(await lost([{ on: '2026-11-05', way: 'phone' }])).toBe('assistance_contact_undocumented')
    expect(
      await lost([
        { on: '2026-11-05', way: 'phone' },
        { on: '2026-11-12', way: 'visit' },
      ]),
    ).toBe('ok')
    expect((await read(office, id)).body.lost).toEqual({ lastOn: '2026-11-01', attempts: 2 })
  })

  test('is given services that count once, with costs by who paid, and children apart', async () => {
    const id = await adult()
    for (const costLek of [-1, 1e12, 1.5, '12'])
      expect((await tell(office, id, 'give', service({ costLek }))).status, String(costLek)).toBe(400)
    expect(await code(office, id, 'give', service({ from: '2026-11-23' }))).toBe(
      'assistance_before_identification',
    )
    expect((await tell(office, id, 'give', service({ providerId: uuidv7() }))).body.errors?.[0]?.field).toBe(
      'body.body.providerId',
    )
    const child = { livesWith: true, consentBy: 'subject', consentOn: today }
    const person = { givenName: 'Ardit', familyName: null, sex: 'male', birth: null }
    expect((await tell(office, id, 'add_child', child)).status).toBe(400)
    expect((await tell(office, id, 'add_child', { ...child, personId: uuidv7() })).status).toBe(404)
    const dependantId = await must(office, id, 'add_child', { ...child, person })
    await must(office, id, 'give', service())
    await must(office, id, 'give', service({ costLek: 3_000, funding: 'donor' }))
    await must(
      office,
      id,
      'give',
      service({ service: 'free_creche', beneficiary: 'child_of_victim', dependantId, costLek: null }),
    )
    const { body } = await read(office, id)
    expect(body.costs).toEqual({
      subject: [
        { funding: 'donor', lek: 3_000, services: 1, unknown: 0 },
        { funding: 'state', lek: 12_000, services: 1, unknown: 0 },
      ],
      children: [{ funding: 'state', lek: 0, services: 1, unknown: 1 }],
      total: 15_000,
    })
    expect(body.children).toMatchObject([{ given: 'Ardit', livesWith: true, services: 1, caseId: null }])
    // Whoever oversees reads the children, not the dangers.
    await must(office, id, 'assess_risk', risk)
    const ap = (await read('responsible-authority', id)).body
    expect(ap.children).toMatchObject([{ given: 'Ardit' }])
    expect(ap.risks).toMatchObject([{ level: 'high', dangers: null, words: null }])
    expect((await read(office, id)).body.risks).toMatchObject([
      { level: 'high', dangers: ['exploiter_near', 'debt'], words: 'Ish-punëdhënësi e kërkon.' },
    ])
    for (const one of ['coordinator', 'responsible-authority'] as const) {
      const figures = (await app.as(one).get('/api/assistance/figures?year=2026')).body
      // Fewer than five persons: nothing is told.
      expect(JSON.stringify(figures)).not.toContain('15000')
      expect(figures.funding!.every((line) => (line.persons as unknown) === null)).toBe(true)
    }
    expect((await app.as(office).get('/api/assistance/figures?year=2026')).body.funding).toEqual([])
  })

  test('a plan past its review lets nobody on, and is made anew', async () => {
    const id = await adult()
    await must(office, id, 'find_need', { kind: 'psychological', beneficiary: 'subject', foundOn: today })
    await must(office, id, 'move_phase', { to: 'NEEDS_ASSESSED' })
    await must(office, id, 'move_phase', { to: 'EMERGENCY' })
    const riskId = await must(office, id, 'assess_risk', risk)
    const plan = { riskId, police: false, measures: 'm', contact: 'c' }
    expect(await code(office, id, 'make_safety_plan', { ...plan, reviewOn: '2026-11-23' })).toBe(
      'assistance_review_day',
    )
    await must(office, id, 'make_safety_plan', { ...plan, reviewOn: today })
    app.setClock('2026-11-25T11:00:00.000Z')
    const late = await tell(office, id, 'move_phase', { to: 'STABILISATION' })
    expect(late.body.code).toBe('assistance_safety_plan_over')
    expect(String(late.body.detail)).toContain('2026-11-24')
    expect(String((await read(office, id)).body.unsafe)).toContain('rishikuar')
    await safe(id)
    expect(await code(office, id, 'move_phase', { to: 'STABILISATION' })).toBe('ok')
    app.setClock(`${today}T11:00:00.000Z`)
  })
})

describe('a shelter', () => {
  test('takes an adult by a bed that says nothing of her, reads her packet, works, and lets her go only with a plan', async () => {
    const id = await adult()
    expect((await bed('shelter', 'female', '12_14')).held.body.code).toBe('not_allowed')
    const { id: male } = await bed('shelter', 'male')
    expect(await code(office, id, 'begin_stay', packet(male))).toBe('assistance_bed_adult')
    const { id: holdId, placeId } = await bed()
    expect(await code(office, id, 'begin_stay', { ...packet(holdId), consentOn: addDays(today, 1) })).toBe(
      'assistance_stay_consent',
    )
    const stayId = await must(office, id, 'begin_stay', packet(holdId))
    expect(await code(office, id, 'begin_stay', packet(male))).toBe('assistance_stay_open')
    // The bed's own record: sex and band, no file, no name.
    const board = JSON.stringify((await app.as('shelter').get(`/api/care/places/${placeId}`)).body)
    expect(board).toContain('"OCCUPIED"')
    for (const secret of [id, stayId, 'Mira', 'MKR-']) expect(board).not.toContain(secret)
    // Her packet, and not her file.
    const list = (await app.as('shelter').get('/api/assistance/residents')).body.items!
    expect(list).toMatchObject([{ id: stayId, given: 'Mira', safety: 'missing' }])
    expect((await app.as('shelter').get(`/api/assistance/residents/${stayId}`)).body).toMatchObject({
      given: 'Mira',
      needs: 'Strehim dhe mjek.',
      risks: 'Ish-punëdhënësi e kërkon.',
      consentOn: today,
    })
    expect((await read('shelter', id)).status).toBe(404)
    expect((await app.as('shelter').get(`/api/nrm/${id}`)).status).toBe(404)
    // Another shelter: as if she were not.
    expect((await app.as('shelter-vlore').get(`/api/assistance/residents/${stayId}`)).status).toBe(404)
    expect((await app.as('shelter-vlore').get('/api/assistance/residents')).body.items).toEqual([])
    for (const [verb, body] of [
      ['give', service({ setting: 'shelter' })],
      ['write_report', { on: today, progress: 'same', concern: false, text: 'x' }],
      ['end', { on: today, to: 'family' }],
    ] as const)
      expect((await stayTell('shelter-vlore', stayId, verb, body)).status, verb).toBe(404)
    // What it writes stands in the file.
    expect(
      (await stayTell('shelter', stayId, 'give', service({ setting: 'shelter', remark: 'Dhoma 2.' }))).status,
    ).toBe(200)
    expect(
      (
        await stayTell('shelter', stayId, 'write_report', {
          on: today,
          progress: 'better',
          concern: true,
          text: 'Fle më mirë.',
        })
      ).status,
    ).toBe(200)
    const seen = (await read(office, id)).body
    expect(seen).toMatchObject({
      inShelter: true,
      services: [{ of: 'shelter', costLek: 12_000, remark: 'Dhoma 2.' }],
      reports: [{ progress: 'better', concern: true, text: 'Fle më mirë.', unit: 'shelter-tirana' }],
    })
    const overseer = JSON.stringify((await read('responsible-authority', id)).body)
    expect(/Fle më mirë/.test(overseer) && !/shelter-tirana/.test(overseer)).toBe(true)
    // The door: no plan, a plan, gone.
    const leave = () => stayTell('shelter', stayId, 'end', { on: today, to: 'rented' })
    expect((await leave()).body.code).toBe('assistance_safety_plan_missing')
    await safe(id)
    expect((await app.as('shelter').get('/api/assistance/residents')).body.items![0]!.safety).toBe('ready')
    expect((await leave()).status).toBe(200)
    expect((await app.db.admin('select state from bed_hold where id = $1', [holdId]))[0]!.state).toBe(
      'RELEASED',
    )
    // Nobody's resident any more: the packet is closed.
    expect((await app.as('shelter').get(`/api/assistance/residents/${stayId}`)).status).toBe(404)
    expect((await stayTell('shelter', stayId, 'give', service())).body.code).toBe('assistance_stay_over')
    expect((await read(office, id)).body.stays).toMatchObject([
      { status: 'ended', leavesTo: 'rented', shelter: 'shelter-tirana' },
    ])
  })

  test('where she lives is read by her manager alone', async () => {
    const { id } = await resident()
    expect((await read(office, id)).body.stays).toMatchObject([{ shelter: 'shelter-tirana' }])
    expect((await read('responsible-authority', id)).body.stays).toMatchObject([{ shelter: null }])
  })
})

describe('a child', () => {
  test('its case and the track tell one list, and it leaves the shelter only with a plan', async () => {
    const life = await child()
    expect((await screen('cpw-tirana', { caseId: life.id })).status).toBe(200)
    const list = await app.as('responsible-authority').get(`/api/nrm?caseId=${life.id}`)
    const id = String(list.body.items![0]!.id)
    const cpw = 'cpw-tirana' as const
    expect(
      await code(cpw, id, 'find_need', { kind: 'housing', beneficiary: 'subject', foundOn: today }),
    ).toBe('assistance_need_on_case')
    const need = { kind: 'enrolment', beneficiary: 'child', foundOn: today }
    expect((await app.as(cpw).command('need.find', life.id, need)).status).toBe(200)
    const given = { providerId: unitId('school-tirana'), from: today, costLek: 2_000 }
    await life.must(cpw, 'record_service', {
      service: 'books',
      setting: 'school',
      beneficiary: 'child',
      ...given,
    })
    await must(cpw, id, 'give', service({ costLek: 500, funding: 'donor' }))
    const view = (await read(cpw, id)).body
    expect(view.needs).toMatchObject([{ of: 'case', kind: 'enrolment', beneficiary: 'subject' }])
    expect((view.services as unknown as { of: string }[]).map((one) => one.of).toSorted()).toEqual([
      'case',
      'file',
    ])
    expect(view.costs!.total).toBe(2_500)
    // A colleague of the unit reads what its tier gives, and writes nothing.
    expect((await read('cpw2-tirana', id)).body.services).toMatchObject([{ remark: null }, { remark: null }])
    expect(await code('cpw2-tirana', id, 'give', service())).toBe('assistance_not_yours')
    const holdId = await childBed(await childPlace('shelter'))
    const basisId = await measure(life, 'alternative_care')
    const placementId = await plan(life, { kind: 'shelter', basis: 'measure', basisId, holdId })
    await life.must(cpw, 'begin_placement', { placementId, startedAt: `${today}T11:00:00.000Z` })
    expect((await read(cpw, id)).body.inShelter).toBe(true)
    const leave = {
      placementId,
      endedAt: `${today}T11:00:00.000Z`,
      reason: 'other',
      explanation: 'Te tezja.',
    }
    expect(await life.try(cpw, 'end_placement', leave)).toBe('assistance_safety_plan_missing')
    await safe(id, addDays(today, 60), cpw)
    expect(await life.try(cpw, 'end_placement', leave)).toBe('ok')
  })
})

describe('the work list', () => {
  test('names who is unsafe, which report and which instalment is late', async () => {
    const id = await adult()
    await must(office, id, 'find_need', { kind: 'legal', beneficiary: 'subject', foundOn: today })
    await must(office, id, 'move_phase', { to: 'NEEDS_ASSESSED' })
    await must(office, id, 'move_phase', { to: 'EMERGENCY' })
    const { stayId } = await resident()
    await app.as('responsible-authority').command('shelter_tranche.plan', uuidv7(), {
      unitId: unitId('shelter-tirana'),
      source: 'state',
      payer: 'Ministria',
      dueOn: '2026-11-01',
      amount: 1,
    })
    const paths = async (who: CastName) =>
      (await app.as(who).get('/api/work?limit=100')).body.items!.map((one) => `${one.title} ${one.path}`)
    const unsafe = `Bëni planin e sigurisë /nrm/${id}?tab=assistance`
    for (const who of [office, 'responsible-authority'] as const)
      expect(await paths(who), who).toContain(unsafe)
    expect(await paths('social-service-durres')).not.toContain(unsafe)
    expect(await paths('shelter')).toEqual(
      expect.arrayContaining([
        `Shkruani raportin për një banor /shelters/${stayId}`,
        'Një këst i strehëzës është vonuar /shelters',
      ]),
    )
    expect((await paths('shelter-vlore')).filter((one) => one.includes('/shelters'))).toEqual([])
    await safe(id)
    expect(await paths(office)).not.toContain(unsafe)
  })
})

describe('who reaches what', () => {
  test('every cast role at every door: its own, or nothing', async () => {
    const { id, stayId } = await resident()
    await safe(id)
    const trancheId = uuidv7()
    const planned = await app.as('responsible-authority').command('shelter_tranche.plan', trancheId, {
      unitId: unitId('shelter-tirana'),
      source: 'state',
      payer: 'Ministria',
      dueOn: '2026-10-01',
      amount: 500_000,
    })
    expect(planned.status, JSON.stringify(planned.body)).toBe(200)
    const opens: Record<string, CastName[]> = { file: [], resident: [], tranche: [] }
    for (const who of castNames) {
      const person = app.as(who)
      const file = await person.get(`/api/nrm/${id}/assistance`)
      expect([200, 404], who).toContain(file.status)
      if (file.status === 200) opens.file!.push(who)
      const one = await person.get(`/api/assistance/residents/${stayId}`)
      expect([200, 404], who).toContain(one.status)
      if (one.status === 200) opens.resident!.push(who)
      const tranches = await person.get('/api/assistance/tranches?year=2026')
      expect(tranches.status, who).toBe(200)
      if (tranches.body.items!.length > 0) opens.tranche!.push(who)
      if (who !== office) {
        const wrote = await person.command('assistance.give', id, service())
        expect(['404', 'assistance_not_yours'], who).toContain(
          wrote.status === 404 ? '404' : String(wrote.body.code),
        )
      }
      if (who !== 'shelter') {
        const wrote = await stayTell(who, stayId, 'give', service({ setting: 'shelter' }))
        expect(wrote.status === 404 || String(wrote.body.code) === 'not_allowed', who).toBe(true)
      }
      if (who !== 'responsible-authority') {
        const more = await person.command('shelter_tranche.plan', uuidv7(), {
          unitId: unitId('shelter-tirana'),
          source: 'state',
          payer: 'Dikush',
          dueOn: '2026-10-01',
          amount: 1,
        })
        expect(more.body.code, who).toBe('not_allowed')
      }
    }
    expect(opens).toEqual({
      file: ['responsible-authority', office],
      resident: ['shelter'],
      tranche: ['shelter', 'state-agency', 'responsible-authority', 'coordinator', 'coordinator2'],
    })
  })

  test('an instalment is late until it comes, and is received once', async () => {
    const id = uuidv7()
    const body = {
      unitId: unitId('shelter-vlore'),
      source: 'donors',
      payer: 'Donatori',
      dueOn: '2026-11-01',
      amount: 1_000_000,
    }
    const plan = (over: object) =>
      app.as('responsible-authority').command('shelter_tranche.plan', uuidv7(), { ...body, ...over })
    for (const amount of [0, -1, 1e13]) expect((await plan({ amount })).status).toBe(400)
    expect((await plan({ unitId: unitId('police-tirana') })).status).toBe(400)
    await app.as('responsible-authority').command('shelter_tranche.plan', id, body)
    const mine = async (who: CastName) =>
      (await app.as(who).get('/api/assistance/tranches?year=2026')).body.items!.find(
        (one) => String(one.id) === id,
      )
    expect(await mine('shelter-vlore')).toMatchObject({ late: true, days: 23, mayReceive: true })
    expect(await mine('coordinator')).toMatchObject({ late: true, mayReceive: false })
    expect(await mine('shelter')).toBeUndefined()
    const receive = (who: CastName, baseVersion: number) =>
      app.as(who).command('shelter_tranche.receive', id, { on: today, amount: 900_000 }, { baseVersion })
    expect((await receive('shelter', 1)).status).toBe(404)
    expect((await receive('coordinator', 1)).body.code).toBe('not_allowed')
    expect((await receive('shelter-vlore', 1)).status).toBe(200)
    expect((await receive('shelter-vlore', 2)).body.code).toBe('wrong_state')
    expect(await mine('shelter-vlore')).toMatchObject({ late: false, received: 900_000 })
  })
})

describe('erasure', () => {
  test('takes the words, the packet and the place with the file', async () => {
    const { id, stayId } = await resident()
    await safe(id)
    await must(office, id, 'find_need', {
      kind: 'legal',
      beneficiary: 'subject',
      foundOn: today,
      remark: 'Avokat.',
    })
    await erase(app.ctx, { kind: 'nrm_file', id, rule: 'test:assistance', by: 'dpo' })
    const [left] = await app.db.admin(
      `select (select count(*) from assistance_text where nrm_id = $1)::int as texts,
         (select count(*) from assistance_text_sensitive where nrm_id = $1)::int as sealed,
         (select count(*) from shelter_resident where id = $2)::int as packets,
         (select count(*) from shelter_resident_sensitive where id = $2)::int as risks,
         (select count(*) from shelter_stay_place where id = $2)::int as places,
         (select count(*) from record_key where record_id in ($1, $2))::int as keys,
         (select count(*) from event_part where record_id in ($1, $2))::int as parts`,
      [id, stayId],
    )
    expect(left).toEqual({ texts: 0, sealed: 0, packets: 0, risks: 0, places: 0, keys: 0, parts: 0 })
  })
})
