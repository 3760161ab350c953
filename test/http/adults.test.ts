/** Adults of the track: found by name, shown beside who may be the same, corrected, held, kept by rule, told of, and visited by deadline. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Uuid } from '#domain/core.ts'
import { uuidv7 } from '#server/ids.ts'
import { carryOutErasures } from '#server/privacy/index.ts'
import { type CastName, castNames, unitId, userId } from '#test/cast.ts'
import { type Loose, noon, type TestApp, testApp } from '#test/http/harness.ts'
import { identifyAdult, takenAdult } from './nrm-life.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const found = async (who: CastName, q: string): Promise<readonly string[]> =>
  (await app.as(who).get(`/api/search?q=${encodeURIComponent(q)}`)).body.items!.map(({ nrmId }) =>
    String(nrmId),
  )
const read = async (who: CastName, id: Uuid): Promise<Loose> => (await app.as(who).get(`/api/nrm/${id}`)).body
const must = async (who: CastName, type: string, id: Uuid, body: unknown, baseVersion?: number) => {
  const reply = await app.as(who).command(type, id, body, baseVersion === undefined ? {} : { baseVersion })
  expect(reply.status, JSON.stringify(reply.body)).toBe(200)
  return reply.body
}
const no = async (
  who: CastName,
  type: string,
  id: Uuid,
  body: unknown,
  baseVersion?: number,
): Promise<string> => {
  const reply = await app.as(who).command(type, id, body, baseVersion === undefined ? {} : { baseVersion })
  expect(reply.status).not.toBe(200)
  return reply.status === 404 ? 'absent' : String(reply.body.code)
}
const identified = async (given: string, more: object = {}): Promise<Uuid> =>
  (await identifyAdult(app, 'labour', { givenName: given, ...more })).id

describe('found by part of a name', () => {
  test('by those who read the file with names, and by nobody else', async () => {
    const id = await identified('Zamirjeta')
    const sees = ['responsible-authority', 'social-service']
    for (const who of castNames)
      expect(await found(who, 'zamirj'), who).toEqual(sees.includes(who) ? [id] : [])
    const { code } = await read('social-service', id)
    expect(await found('social-service', String(code))).toEqual([id])
    expect(await found('social-service-durres', String(code))).toEqual([])
    expect(await found('cpw-tirana', String(code))).toEqual([])
  })

  test('who may be the same: within reach by name; that another county knows somebody is told to the Responsible Authority alone', async () => {
    const birth = { from: '1994-01-01', to: '1994-12-31', said: '1994' }
    const one = await identified('Luljeta', { birth })
    const two = await identified('Lulieta', { birth })
    const far = await identified('Luljeta', { birth, county: 'AL-02' })
    const person = String((await read('social-service', one)).personId)
    const same = async (who: CastName) => (await app.as(who).get(`/api/persons/${person}/same`)).body
    const seen = await same('social-service')
    expect(seen.suggestions!.map(({ face }) => String(face!.nrmId))).toEqual([two])
    expect(seen.elsewhere).toEqual([])
    expect(JSON.stringify(seen)).not.toContain(far)
    const whole = await same('responsible-authority')
    expect(whole.suggestions!.map(({ face }) => String(face!.nrmId)).toSorted()).toEqual(
      [two, far].toSorted(),
    )
    expect(whole.elsewhere).toEqual([])
    for (const who of ['social-service-durres', 'cpw-tirana', 'shelter', 'police', 'labour'] as const)
      expect((await app.as(who).get(`/api/persons/${person}/same`)).status, who).toBe(404)
  })
})

describe('corrected after filing', () => {
  test('by whoever manages at the tier they read; what stood before stays in the chain', async () => {
    const { id } = await takenAdult(app, 'labour')
    const before = await read('social-service', id)
    const told = {
      summary: 'U gjet në punishte, jo në rrugë.',
      contact: 'Vetëm te fqinja, pas orës 18',
      reason: 'Kishim shkruar gabim.',
    }
    const version = Number(before.version)
    for (const who of [
      'responsible-authority',
      'labour',
      'police',
      'shelter',
      'social-service-durres',
      'cpw-tirana',
    ] as const)
      expect(await no(who, 'nrm.correct', id, told, version), who).toBe(
        who === 'responsible-authority' ? 'not_allowed' : 'absent',
      )
    expect(await no('social-service', 'nrm.correct', id, { ...told, reason: ' ' }, version)).toBe('invalid')
    await must('social-service', 'nrm.correct', id, told, version)
    expect(await no('social-service', 'nrm.correct', id, { ...told, contact: 'x' }, version)).toBe('stale')
    expect(await read('social-service', id)).toMatchObject({
      summaryText: told.summary,
      contact: told.contact,
    })
    expect(await no('social-service', 'nrm.correct', id, told, version + 1)).toBe('person_nothing_changed')
    const parts = await app.db.admin<{ name: string }>(
      "select p.name from event_part p where p.record_id = $1 and p.name in ('summary', 'contact')",
      [id],
    )
    expect(parts.length).toBeGreaterThan(2)

    const person = String(before.personId)
    const at = async () => Number((await app.as('social-service').get(`/api/persons/${person}`)).body.version)
    const change = { identity: { familyName: 'Hoxha', contact: '069 111 2222' }, reason: 'Pasaporta e re.' }
    expect(await no('responsible-authority', 'person.correct', person, change, await at())).toBe('absent')
    await must('social-service', 'person.correct', person, change, await at())
    expect((await read('social-service', id)).person).toMatchObject({ familyName: 'Hoxha' })
    expect(await found('social-service', 'hoxha')).toContain(id)
    // Whoever turns out to be a child has a child's way.
    const young = { from: '2012-01-01', to: '2012-12-31', said: '2012' }
    expect(
      await no(
        'social-service',
        'person.correct',
        person,
        { identity: { birth: young }, reason: 'Tha moshën.' },
        await at(),
      ),
    ).toBe('nrm_person_is_child')
  })
})

describe('trafficked again', () => {
  test('is offered on the newest file once it is over', async () => {
    const { id } = await takenAdult(app, 'labour')
    expect((await read('social-service', id)).again).toBe(false)
    await leave(id)
    expect((await read('social-service', id)).again).toBe(true)
    const next = await identifyAdult(app, 'social-service', { priorId: id })
    expect(next.reply.status).toBe(200)
    expect((await read('social-service', id)).again).toBe(false)
    expect(await read('social-service', next.id)).toMatchObject({ priorId: id, status: 'vmt' })
  })
})

/** Out of the track at the person's own wish. */
const leave = async (id: Uuid): Promise<void> => {
  const { version } = await read('responsible-authority', id)
  await must(
    'responsible-authority',
    'nrm.exit',
    id,
    { on: noon.slice(0, 10), reason: 'withdrew', by: 'self', basis: 'Nuk do më.' },
    Number(version),
  )
}

describe('held, kept by rule, told of', () => {
  test('a hold keeps it, a rule makes it due, an order erases names and leaves figures', async () => {
    const { id } = await takenAdult(app, 'labour', { givenName: 'Fatbardha' })
    const { code, personId } = await read('social-service', id)
    await leave(id)
    const why = 'Kërkesë e gjykatës për ruajtjen e dosjes.'
    const due = async () =>
      ((await app.as('dpo').get('/api/privacy/retention')).body.due as unknown as Loose[]).find(
        (one) => String(one.id) === id,
      )
    expect(await due()).toBeUndefined()
    const asked = uuidv7()
    await must('dpo', 'privacy.register_request', asked, {
      kind: 'access',
      requester: 'self',
      channel: 'letter',
      caseCode: String(code),
      receivedOn: noon.slice(0, 10),
      who: 'Vetë personi',
      text: 'Kush e ka hapur dosjen time?',
    })
    await must('dpo', 'privacy.check_identity', asked, { means: 'identity_card' }, 1)
    const log = (await app.as('dpo').get(`/api/privacy/requests/${asked}/access-log`)).body
    // That it was opened is said; by whom would tell of the track.
    expect(log.items!.length).toBeGreaterThan(0)
    expect(JSON.stringify(log)).not.toContain('social_service')
    expect(JSON.stringify(log)).not.toContain('Person social-service')

    const hold = uuidv7()
    expect(
      await no('dpo', 'privacy.place_hold', uuidv7(), {
        caseCode: 'MKR-2026-9999',
        ground: 'court_case',
        until: null,
        text: why,
      }),
    ).toBe('access_case_unknown')
    await must('dpo', 'privacy.place_hold', hold, {
      caseCode: String(code),
      ground: 'court_case',
      until: null,
      text: why,
    })
    const later = '2037-01-12T11:00:00.000Z'
    app.setClock(later)
    try {
      expect(await due()).toMatchObject({
        rule: 'adult_trafficking',
        kind: 'nrm_file',
        label: code,
        hold: true,
      })
      const order = uuidv7()
      expect(await no('dpo', 'privacy.order_erasure', order, { kind: 'nrm_file', id })).toBe('erasure_held')
      await must('dpo', 'privacy.lift_hold', hold, { text: 'Gjykata mbaroi.' }, 1)
      const figures = async () =>
        app.db.admin(
          'select measure, sum(n)::int as n from counted_identified where id = $1 group by 1 order by 1',
          [personId],
        )
      const counted = await figures()
      await must('dpo', 'privacy.order_erasure', order, { kind: 'nrm_file', id })
      app.setClock('2037-06-12T11:00:00.000Z')
      expect(await carryOutErasures(app.ctx)).toMatchObject({ erased: 1 })
      expect(await due()).toBeUndefined()
      expect(
        await app.db.admin(
          'select n.summary, n.contact, p.given_name from nrm_file_named n, person_named p where n.id = $1 and p.id = $2',
          [id, personId],
        ),
      ).toEqual([{ summary: null, contact: null, given_name: null }])
      expect(await app.db.admin('select 1 from event_part where record_id = $1', [id])).toEqual([])
      expect(await figures()).toEqual(counted)
      expect(counted).not.toEqual([])
    } finally {
      app.setClock(noon)
    }
  })
})

describe('visits after help are deadlines', () => {
  test('of the file, begun with the last phase and ended by the visit or by leaving', async () => {
    const { id } = await takenAdult(app, 'labour')
    const act = async (verb: string, body: object) =>
      must(
        'social-service',
        `assistance.${verb}`,
        id,
        body,
        Number((await read('social-service', id)).version),
      )
    const clocks = () =>
      app.db.admin<{ rule: string; owner_user_id: string; running: boolean }>(
        "select rule, owner_user_id, stopped_at is null as running from clock where record_id = $1 and rule between 'D20' and 'D23' order by rule",
        [id],
      )
    await act('find_need', { kind: 'housing', beneficiary: 'subject', foundOn: noon.slice(0, 10) })
    await app.db.admin("update nrm_file set phase = 'REINTEGRATION' where id = $1", [id])
    await act('assess_risk', {
      on: noon.slice(0, 10),
      level: 'low',
      dangers: ['exploiter_near'],
      living: 'relatives',
      words: 'Qetë.',
    })
    const view = (await app.as('social-service').get(`/api/nrm/${id}/assistance`)).body
    await act('make_safety_plan', {
      riskId: view.risks![0]!.id,
      reviewOn: '2026-12-20',
      police: false,
      measures: 'Telefon pranë.',
      contact: 'Çdo të hënë.',
    })
    await act('move_phase', { to: 'MONITORING' })
    const owner = userId('social-service')
    expect(await clocks()).toEqual(
      ['D20', 'D21', 'D22', 'D23'].map((rule) => ({ rule, owner_user_id: owner, running: true })),
    )
    await leave(id)
    expect((await clocks()).every(({ running }) => !running)).toBe(true)
  })
})

describe('a record of another register', () => {
  test('an adult’s record becomes a file by a deliberate act, one or several, once', async () => {
    const importId = uuidv7()
    const person = { Birthdate: '1990-01-01' }
    const vic = { TraffickingStatus: 'ActualVictimOfTrafficking' }
    await app.as('responsible-authority').command('htcds.import', importId, {
      source: 'OpenMany',
      choice: 'load',
      cases: ['M1', 'M2', 'M3'].map((id) => ({ id, prs: person, vic })),
    })
    const open = (who: CastName, sourceIds: readonly string[], county: string | null) =>
      app.as(who).command('htcds.open', importId, { sourceIds, county, reason: 'E shqyrtuam me burimin.' })
    for (const who of ['coordinator', 'social-service', 'cpw-tirana', 'police'] as const)
      expect((await open(who, ['M1'], 'AL-11')).status, who).toBe(404)
    expect((await open('responsible-authority', ['M1', 'M9'], 'AL-11')).status).toBe(400)
    expect((await open('responsible-authority', ['M1'], null)).body.reply).toMatchObject({
      opened: [],
      left: [{ sourceId: 'M1', code: 'nrm_county_needed' }],
    })
    const made = (await open('responsible-authority', ['M1', 'M2'], 'AL-11')).body
    expect(made.reply!.opened).toHaveLength(2)
    const nrmId = String(made.reply!.opened![0]!.nrmId)
    expect((await app.as('social-service').get(`/api/nrm/${nrmId}`)).body).toMatchObject({
      subject: 'adult',
      status: 'vmt',
      unit: { id: unitId('social-service-tirana') },
      person: { givenName: null },
      due: { rule: 'D15' },
    })
    const again = (await open('responsible-authority', ['M1', 'M3'], 'AL-11')).body
    expect(again.reply).toMatchObject({
      opened: [{ sourceId: 'M3' }],
      left: [{ sourceId: 'M1', code: 'exchange_record_checked' }],
    })
    expect(
      await app.db.admin(
        'select source_id, nrm_id is not null as opened, state from htcds_record where import_id = $1 order by 1',
        [importId],
      ),
    ).toEqual(['M1', 'M2', 'M3'].map((source_id) => ({ source_id, opened: true, state: 'taken' })))
  })
})
