import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { type CastName, unitId, userId } from '#test/cast.ts'
import { noon, type TestApp, testApp } from '#test/http/harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

type Child = Record<string, unknown>
const received = async (children: Child[], over: object = {}, who: CastName = 'school'): Promise<string> => {
  const id = uuidv7()
  const reply = await app.as(who).command('report.create', id, {
    source: 'school',
    channel: 'web',
    place: { municipality: '53', text: 'Shkolla 9-vjeçare' },
    immediacy: 'unknown',
    concerns: ['neglect'],
    children,
    ...over,
  })
  expect(reply.status).toBe(200)
  return id
}
const triage = (who: CastName, id: string, over: object = {}, baseVersion = 1) =>
  app
    .as(who)
    .command(
      'report.triage',
      id,
      { decision: 'accept', immediacy: 'ordinary', duplicatesChecked: true, ...over },
      { baseVersion },
    )
const born = (year: number) => ({ from: `${year}-01-01`, to: `${year}-12-31`, said: String(year) })
const status = async (who: CastName, id: string) =>
  (await app.as(who).get('/api/reports/mine')).body.items!.find((item) => String(item.id) === id)?.status

describe('triage', () => {
  test('accepting opens one case for each listed child, ends the triage clock and tells the sender nothing of it', async () => {
    const id = await received([
      { givenName: 'Arlinda', familyName: 'Çela', sex: 'female', birth: born(2015) },
      {},
    ])
    expect(await status('school', id)).toBe('received')
    const reply = await triage('cpw-tirana', id, { immediacy: 'high' })
    expect(reply).toMatchObject({ status: 200, body: { reply: { state: 'ACCEPTED' } } })
    const cases = reply.body.reply!.cases as unknown as {
      caseId: string
      personId: string
      attached: boolean
    }[]
    expect(cases).toHaveLength(2)
    expect(new Set(cases.map((one) => one.caseId)).size).toBe(2)
    expect(cases.every((one) => !one.attached)).toBe(true)
    const file = await app.as('cpw-tirana').get(`/api/cases/${cases[0]!.caseId}`)
    expect(file.status).toBe(200)
    expect(file.body.child).toBe('Arlinda Ç.')
    // A colleague of the unit reads the report and so the person; the case is not theirs and shows no name.
    const colleague = await app.as('cpw2-tirana').get(`/api/cases/${cases[0]!.caseId}`)
    expect(colleague.body).toMatchObject({ tier: 'T2', child: null })
    for (const [who, child] of [
      ['cpw2-tirana', null],
      ['head-tirana', 'Arlinda Ç.'],
    ] as const) {
      const { items } = (await app.as(who).get('/api/cases')).body
      expect(items!.find((one) => String(one.id) === String(cases[0]!.caseId))?.child).toBe(child)
    }
    const read = await app.as('cpw-tirana').get(`/api/reports/${id}`)
    expect(read.body).toMatchObject({ state: 'ACCEPTED', dueAt: null, immediacy: 'high' })
    expect(read.body.named!.children).toMatchObject([
      { caseId: cases[0]!.caseId, personId: cases[0]!.personId },
      {},
    ])
    expect(await status('school', id)).toBe('being_handled')
    const person = await app.as('cpw-tirana').get(`/api/persons/${cases[0]!.personId}`)
    expect(person.body).toMatchObject({
      identity: { givenName: 'Arlinda', familyName: 'Çela', birth: born(2015) },
      sensitive: { personalNumber: null },
    })
    for (const who of ['cpw-durres', 'school', 'admin', 'police'] as const)
      expect((await app.as(who).get(`/api/persons/${cases[0]!.personId}`)).status).toBe(404)
  })

  test('a second report about the same child is attached to the case the unit has', async () => {
    const first = await triage(
      'cpw-tirana',
      await received([{ givenName: 'Besmir', familyName: 'Lleshi', birth: born(2013) }]),
    )
    const [one] = first.body.reply!.cases as unknown as { caseId: string; personId: string }[]
    const again = await received([
      { givenName: 'Besmiri', familyName: 'Leshi', birth: born(2013), sex: 'male' },
    ])
    const shown = await app.as('cpw-tirana').get(`/api/reports/${again}/duplicates`)
    const [child] = shown.body.children!
    expect(child!.candidates![0]).toMatchObject({
      personId: one!.personId,
      caseId: one!.caseId,
      band: 'likely',
      name: 'Besmir Lleshi',
    })
    const reply = await triage('cpw-tirana', again, {
      attach: [{ childId: child!.childId, personId: one!.personId }],
    })
    expect(reply.body.reply!.cases).toMatchObject([{ caseId: one!.caseId, attached: true }])
  })

  test('two reports about one child find each other while both wait', async () => {
    const one = await received([{ givenName: 'Endrit', familyName: 'Xhaferaj', birth: born(2016) }])
    const two = await received([{ givenName: 'Endriti', familyName: 'Xhaferri', birth: born(2016) }])
    const waiting = async () =>
      (await app.as('cpw2-tirana').get(`/api/reports/${two}/duplicates`)).body.children![0]!.reports
    expect(await waiting()).toEqual([
      expect.objectContaining({ reportId: one, name: 'Endrit Xhaferaj', score: expect.any(Number) }),
    ])
    await triage('cpw-tirana', one)
    expect(await waiting()).toEqual([])
  })

  test('elsewhere it says only that there is somebody and which unit to call; the sender is never asked', async () => {
    await triage(
      'cpw-tirana',
      await received([{ givenName: 'Xhuljana', familyName: 'Përmeti', birth: born(2012) }]),
    )
    const id = await received(
      [{ givenName: 'Xhuliana', familyName: 'Permeti', birth: born(2012) }],
      { place: { municipality: '10', text: 'Plazhi' } },
      'hotline',
    )
    const shown = await app.as('cpw-durres').get(`/api/reports/${id}/duplicates`)
    expect(shown.body.children).toEqual([
      expect.objectContaining({
        candidates: [],
        elsewhere: [expect.objectContaining({ unitId: unitId('cpu-tirana') })],
      }),
    ])
    expect(JSON.stringify(shown.body)).not.toMatch(/Xhul|Permet|Përmet/)
    for (const who of ['hotline', 'state-agency', 'cpw-tirana'] as const)
      expect((await app.as(who).get(`/api/reports/${id}/duplicates`)).status).toBe(404)
    const logged = await app.db.admin(
      `select 1 from access_record where act = 'search' and code = 'hit_elsewhere' and actor_id = $1 and term_hash is not null`,
      [userId('cpw-durres')],
    )
    expect(logged).toHaveLength(1)
  })

  test('one person alone never screens a child out; the reason and the second pair of eyes are needed', async () => {
    const id = await received([{ givenName: 'Drita' }])
    expect(await triage('cpw-tirana', id, { decision: 'screen_out' })).toMatchObject({
      status: 422,
      body: { code: 'reason_required', field: 'reason' },
    })
    const proposed = await triage('cpw-tirana', id, { decision: 'screen_out', reason: 'Njoftim i dyfishtë' })
    expect(proposed.body).toMatchObject({ reply: { state: 'TRIAGED' } })
    const version = Number(proposed.body.version)
    expect((await app.as('head-tirana').get('/api/notices')).body.items).toContainEqual(
      expect.objectContaining({
        code: 'report_second_person',
        recordId: id,
        label: expect.stringMatching(/^NJ-/),
      }),
    )
    const alone = await app
      .as('cpw-tirana')
      .command('report.confirm_screen_out', id, { agree: true }, { baseVersion: version })
    expect(alone).toMatchObject({ status: 422, body: { code: 'report_own_screen_out' } })
    const confirmed = await app
      .as('head-tirana')
      .command('report.confirm_screen_out', id, { agree: true }, { baseVersion: version })
    expect(confirmed.body).toMatchObject({ reply: { state: 'SCREENED_OUT' } })
    // The sender reads what every sender reads.
    expect(await status('school', id)).toBe('being_handled')
    const triaged = await triage('cpw2-tirana', id, {}, Number(confirmed.body.version))
    expect(triaged).toMatchObject({ status: 422, body: { code: 'wrong_state' } })
    const takeUp = () =>
      app
        .as('cpw2-tirana')
        .command('report.take_up_again', id, {}, { baseVersion: Number(confirmed.body.version) })
    app.setClock('2026-12-25T11:00:00.000Z')
    expect(await takeUp()).toMatchObject({
      status: 422,
      body: { code: 'report_review_over', params: { days: 30 } },
    })
    app.setClock('2026-12-20T11:00:00.000Z')
    const again = await takeUp()
    expect(again.body).toMatchObject({ reply: { state: 'TRIAGED' } })
    expect((await triage('cpw2-tirana', id, {}, Number(again.body.version))).body).toMatchObject({
      reply: { state: 'ACCEPTED' },
    })
    app.setClock(noon)
  })

  test('a colleague who disagrees sends it back to be triaged', async () => {
    const id = await received([{}])
    const proposed = await triage('cpw-tirana', id, { decision: 'screen_out', reason: 'x' })
    const back = await app
      .as('cpw2-tirana')
      .command(
        'report.confirm_screen_out',
        id,
        { agree: false, reason: 'E njoh fëmijën' },
        { baseVersion: Number(proposed.body.version) },
      )
    expect(back.body).toMatchObject({ reply: { state: 'TRIAGED' } })
    expect((await triage('cpw2-tirana', id, {}, Number(back.body.version))).status).toBe(200)
  })

  test('a report for another municipality moves whole, with a clock of its own', async () => {
    const id = await received([{ givenName: 'Ermal' }])
    const moved = await triage('cpw-tirana', id, {
      decision: 'refer_on',
      reason: 'Fëmija jeton në Durrës',
      toUnitId: unitId('cpu-durres'),
    })
    expect(moved).toMatchObject({ status: 200, body: { reply: { state: 'RECEIVED' } } })
    expect((await app.as('cpw-tirana').get(`/api/reports/${id}`)).status).toBe(404)
    const there = await app.as('cpw-durres').get(`/api/reports/${id}`)
    expect(there.body).toMatchObject({
      state: 'RECEIVED',
      municipality: '10',
      dueAt: expect.any(String),
      named: { children: [{ givenName: 'Ermal' }] },
    })
    expect((await triage('cpw-durres', id, {}, Number(moved.body.version))).status).toBe(200)
  })

  test('a national line passes on what has no place, and opens no case', async () => {
    const id = await received([{}], { place: { municipality: null, text: 'nuk dihet' } })
    expect(await triage('hotline', id)).toMatchObject({
      status: 422,
      body: { code: 'report_line_passes_on' },
    })
    expect(
      (
        await triage('hotline', id, {
          decision: 'refer_on',
          reason: 'Tiranë',
          toUnitId: unitId('cpu-tirana'),
        })
      ).status,
    ).toBe(200)
    expect((await app.as('cpw-tirana').get(`/api/reports/${id}`)).body).toMatchObject({ municipality: '53' })
  })

  test.each([
    ['immediacy left open', { immediacy: 'unknown' }, 'report_immediacy_unset', 'immediacy'],
    [
      'duplicates not looked at',
      { duplicatesChecked: false },
      'report_duplicates_unchecked',
      'duplicatesChecked',
    ],
    ['no reason', { decision: 'info_only' }, 'reason_required', 'reason'],
    ['passed on to nobody', { decision: 'refer_on', reason: 'x' }, 'report_unit_needed', 'toUnitId'],
    [
      'a unit that is none',
      { decision: 'refer_on', reason: 'x', toUnitId: uuidv7() },
      'unknown_code',
      'toUnitId',
    ],
    [
      'a unit that answers for no child',
      { decision: 'refer_on', reason: 'x', toUnitId: unitId('police-tirana') },
      'report_unit_not_cpu',
      'toUnitId',
    ],
    [
      'a child of another report',
      { attach: [{ childId: uuidv7(), personId: uuidv7() }] },
      'unknown_code',
      'attach.0.childId',
    ],
    ['a worker of another unit', { managerId: userId('cpw-durres') }, 'unknown_code', 'managerId'],
  ])('%s is refused and nothing is opened', async (_, over, code, field) => {
    const id = await received([{}])
    const [before] = await app.db.admin<{ n: number }>('select count(*)::int as n from case_file')
    expect(await triage('cpw-tirana', id, over)).toMatchObject({ status: 422, body: { code, field } })
    expect(await app.db.admin('select count(*)::int as n from case_file')).toEqual([before])
    expect((await app.as('cpw-tirana').get(`/api/reports/${id}`)).body).toMatchObject({
      state: 'RECEIVED',
      version: 1,
    })
  })

  test('a person of another unit cannot be attached, and does not show whether it exists', async () => {
    const there = await received([{ givenName: 'Klea' }], { place: { municipality: '10', text: 'x' } })
    const accepted = await triage('cpw-durres', there)
    const [other] = accepted.body.reply!.cases as unknown as { personId: string }[]
    const id = await received([{}])
    const childId = (await app.as('cpw-tirana').get(`/api/reports/${id}`)).body.named!.children![0]!.childId
    for (const personId of [other!.personId, uuidv7()])
      expect(await triage('cpw-tirana', id, { attach: [{ childId, personId }] })).toMatchObject({
        status: 422,
        body: { code: 'unknown_code', field: 'attach.0.personId' },
      })
  })

  test('other units’ reports are absent; twice, and on an old version, it says what changed', async () => {
    const id = await received([{}])
    // Another's record reads like one that never was, and the answer names which id it is about.
    for (const one of [id, uuidv7()]) {
      expect(await triage('cpw-durres', one)).toMatchObject({ status: 404, body: { field: 'body.recordId' } })
      const read = await app.as('cpw-durres').get(`/api/reports/${one}`)
      expect(read).toMatchObject({ status: 404, body: { field: 'path.id' } })
    }
    expect((await triage('school', id)).body).toMatchObject({ code: 'not_allowed' })
    expect((await triage('cpw-tirana', id)).status).toBe(200)
    expect(await triage('head-tirana', id)).toMatchObject({
      status: 409,
      body: {
        code: 'stale',
        field: 'body.baseVersion',
        changed: [{ field: 'state', by: userId('cpw-tirana') }],
      },
    })
  })
})

describe('later words and protection', () => {
  test('whoever sent it may add, and reads no more than before', async () => {
    const id = await received([{}])
    expect(
      (await app.as('school').command('report.add', id, { text: 'Sot erdhi me mavijosje.' })).status,
    ).toBe(200)
    expect((await app.as('health').command('report.add', id, { text: 'x' })).status).toBe(404)
    const read = await app.as('cpw-tirana').get(`/api/reports/${id}`)
    expect(read.body.named!.additions).toMatchObject([{ by: 'reporter', text: 'Sot erdhi me mavijosje.' }])
    expect((await triage('cpw-tirana', id, {}, Number(read.body.version))).status).toBe(200)
  })

  test('the police take a child into protection once, in any state', async () => {
    const id = await received([{}], { source: 'police', channel: '112' }, 'police')
    expect((await triage('cpw-tirana', id)).status).toBe(200)
    expect((await app.as('police').command('report.immediate_protection', id, {})).status).toBe(200)
    expect(await app.as('police').command('report.immediate_protection', id, {})).toMatchObject({
      status: 422,
      body: { code: 'report_already_protected' },
    })
    expect((await app.as('cpw-tirana').get(`/api/reports/${id}`)).body).toMatchObject({
      immediacy: 'immediate',
      state: 'ACCEPTED',
    })
  })
})

describe('finding and correcting', () => {
  test('a name is found without its marks, in any order, within one’s own cases; the words are not kept', async () => {
    await triage(
      'cpw-tirana',
      await received([{ givenName: 'Gëzim', familyName: 'Çaushi-Ndreça', birth: born(2014) }]),
    )
    for (const q of ['causi'.replace('si', 'shi'), 'GEZIM', 'ndreca gez', 'Çaush'])
      expect(
        (await app.as('cpw-tirana').get(`/api/search?q=${encodeURIComponent(q)}`)).body.items,
      ).toMatchObject([{ name: 'Gëzim Çaushi-Ndreça' }])
    const [byHead] = (await app.as('head-tirana').get('/api/search?q=gezim')).body.items!
    expect(byHead).toMatchObject({
      name: 'Gëzim Çaushi-Ndreça',
      caseCode: expect.stringMatching(/^TR-2026-\d{4}$/),
    })
    const prefix = String(byHead!.caseCode).toLowerCase()
    expect((await app.as('cpw-tirana').get(`/api/search?q=${prefix}`)).body.items).toMatchObject([byHead])
    expect((await app.as('cpw-durres').get(`/api/search?q=${prefix}`)).body.items).toEqual([])
    for (const who of [
      'cpw2-tirana',
      'cpw-durres',
      'admin',
      'state-agency',
      'school',
      'responsible-authority',
    ] as const)
      expect((await app.as(who).get('/api/search?q=gezim')).body.items).toEqual([])
    expect(await app.as('cpw-tirana').get('/api/search?q=g')).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'query.q' }] },
    })
    expect((await app.as('cpw-tirana').get('/api/search?q=%25%25')).body.items).toEqual([])
    const dump = await app.db.admin<{ t: string }>(
      'select string_agg(a::text, $1) as t from access_record a',
      [','],
    )
    expect(dump[0]!.t.toLowerCase()).not.toContain('gezim')
  })

  test('what is known of a person is corrected with a reason, against stale eyes and impossible values', async () => {
    const accepted = await triage('cpw-tirana', await received([{ givenName: 'Mirela', birth: born(2015) }]))
    const [{ personId }] = accepted.body.reply!.cases as unknown as [{ personId: string }]
    const correct = (who: CastName, body: object, baseVersion = 1) =>
      app.as(who).command('person.correct', personId, { reason: 'certifikata', ...body }, { baseVersion })
    expect((await correct('cpw-durres', { sex: 'female' })).status).toBe(404)
    expect(await correct('head-tirana', { sensitive: { minority: 'x' } })).toMatchObject({
      status: 422,
      body: { code: 'not_allowed' },
    })
    expect(await correct('cpw-tirana', { sensitive: { personalNumber: '123' } })).toMatchObject({
      status: 422,
      body: { code: 'person_number_malformed', field: 'sensitive.personalNumber' },
    })
    const adult = { from: '1990-01-01', to: '1990-01-01', said: '' }
    expect(await correct('cpw-tirana', { identity: { birth: adult } })).toMatchObject({
      status: 422,
      body: { code: 'child_is_adult', field: 'identity.birth' },
    })
    const done = await correct('cpw-tirana', {
      identity: { familyName: 'Ψαρρά', birth: { from: '2015-04-09', to: '2015-04-09', said: '' } },
      sensitive: { personalNumber: 'K50409123A' },
    })
    expect(done.status).toBe(200)
    expect(await correct('cpw-tirana', { identity: { familyName: 'Psarra' } })).toMatchObject({
      status: 409,
      body: { code: 'stale', changed: [{ field: 'familyName' }] },
    })
    const read = await app.as('cpw-tirana').get(`/api/persons/${personId}`)
    expect(read.body).toMatchObject({
      identity: { givenName: 'Mirela', familyName: 'Ψαρρά' },
      sensitive: { personalNumber: 'K50409123A' },
    })
    expect(
      (await app.as('cpw-tirana').get(`/api/search?q=${encodeURIComponent('ψαρρα')}`)).body.items,
    ).toHaveLength(1)
    expect((await app.as('head-tirana').get(`/api/persons/${personId}`)).body.sensitive).toBeNull()
  })
})
