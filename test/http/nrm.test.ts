import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { erase } from '#server/retention/erase.ts'
import { type CastName, castNames, unitId, userId } from '#test/cast.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'
import { speaksFor } from './interview-life.ts'
import { identifyAdult, takenAdult } from './nrm-life.ts'
import { items, screeningSteps } from './screening-steps.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const { opened, screen } = screeningSteps(() => app)
const fileOf = async (caseId: string) =>
  (await app.as('responsible-authority').get(`/api/nrm?caseId=${caseId}`)).body.items![0]!
const read = async (who: CastName, id: string) => app.as(who).get(`/api/nrm/${id}`)

/** A child's case that became a potential victim's, with its file. */
const child = async () => {
  const { caseId } = await opened()
  await screen('cpw-tirana', { caseId })
  return { caseId, file: await fileOf(caseId) }
}
const decline = {
  on: '2026-11-24',
  by: 'representative',
  conflictOfInterest: false,
  informed: true,
  consentId: null,
  basis: 'Përfaqësuesi nuk e do tani.',
}

describe('a child', () => {
  test('becoming a potential victim opens its file in the same step, and both tell the same afterwards', async () => {
    const { caseId, file } = await child()
    expect(file).toMatchObject({
      subject: 'child',
      status: 'vmt',
      caseId,
      structure: 'cpw',
      unit: { id: unitId('cpu-tirana') },
      priorId: null,
    })
    expect(file.code).toMatch(/^MKR-2026-\d{4}$/)
    const view = await read('cpw-tirana', String(file.id))
    expect(view.body).toMatchObject({
      tier: 'T4',
      history: [{ status: 'vmt', structure: 'cpw' }],
      nextSteps: ['formal_pending', 'declined_formal', 'exited'],
      actions: ['decline_formal'],
    })
    // Declined: the help goes on, the case stays where it was, the status is the same on both.
    const before = (await app.as('cpw-tirana').get(`/api/cases/${caseId}`)).body
    const tell = () =>
      app
        .as('cpw-tirana')
        .command('nrm.decline_formal', String(file.id), decline, { baseVersion: Number(view.body.version) })
    // Nobody says no for a child but who speaks for it by the register.
    expect((await tell()).body.code).toBe('interview_representative_needed')
    await speaksFor(app, caseId)
    const said = await tell()
    expect(said.status).toBe(200)
    const after = (await app.as('cpw-tirana').get(`/api/cases/${caseId}`)).body
    expect(after).toMatchObject({ status: before.status, vmtStatus: 'declined_formal', closedAt: null })
    expect((await app.as('cpw-tirana').get(`/api/cases/${caseId}/identification`)).body).toMatchObject({
      status: 'declined_formal',
      items: [{ status: 'declined_formal' }, { status: 'vmt' }],
    })
    expect((await read('cpw-tirana', String(file.id))).body).toMatchObject({
      status: 'declined_formal',
      history: [{ status: 'declined_formal', basis: decline.basis }, { status: 'vmt' }],
    })
    const running = await app.db.admin<{ rule: string }>(
      "select rule from clock where record_id = $1 and rule in ('D15', 'D16', 'D17') and stopped_at is null",
      [caseId],
    )
    expect(running).toEqual([{ rule: 'D17' }])
  })

  test('what two persons lower is nobody’s victim file any more; found again it is a new one', async () => {
    const { caseId } = await opened()
    const lower = await screen('cpw-tirana', {
      caseId,
      items: items('EX3', 'CD3', 'CH1'),
      result: 'at_risk',
      reason: 'Dy prej tyre janë të njëjtat.',
    })
    const first = await fileOf(caseId)
    // One person alone has lowered nothing.
    expect(first).toMatchObject({ status: 'vmt', lowered: false })
    const [row] = await app.db.admin<{ id: string; version: number }>(
      'select id, version from screening where case_id = $1',
      [caseId],
    )
    expect(lower.status).toBe(200)
    const decide = (who: CastName) =>
      app
        .as(who)
        .command(
          'screening.decide',
          row!.id,
          { agree: true, reason: 'E shqyrtova.' },
          { baseVersion: row!.version },
        )
    expect((await decide('cpw-tirana')).status).toBe(422)
    expect((await decide('head-tirana')).status).toBe(200)
    expect((await read('responsible-authority', String(first.id))).status).toBe(404)
    expect((await read('cpw-tirana', String(first.id))).body).toMatchObject({
      status: 'exited',
      lowered: true,
    })
    await screen('cpw-tirana', { caseId })
    const second = await fileOf(caseId)
    expect(second).toMatchObject({ status: 'vmt', priorId: null })
    expect(second.id).not.toBe(first.id)
  })
})

describe('an adult', () => {
  test('is identified without a case, by a body that then knows only that it was filed; the office takes it', async () => {
    const { id, reply } = await identifyAdult(app, 'labour')
    expect(reply).toMatchObject({ status: 200, body: { reply: { met: 3, upward: false } } })
    expect((await read('labour', id)).status).toBe(404)
    expect((await app.as('labour').get('/api/nrm')).body.items).toEqual([])
    expect((await app.as('labour').get('/api/nrm-filings')).body.items![0]).toMatchObject({
      id,
      taken: false,
    })
    const [told] = (await app.as('responsible-authority').get('/api/notices')).body.items!
    expect(told).toMatchObject({ code: 'adult_identified', recordId: id })
    const view = (await read('social-service', id)).body
    expect(view).toMatchObject({
      tier: 'T3',
      subject: 'adult',
      caseId: null,
      person: { givenName: 'Mira' },
      screening: { met: 3, advised: 'vmt' },
      actions: ['take', 'hand_over', 'correct'],
    })
    expect((await app.as('social-service').command('nrm.take', id, {})).status).toBe(200)
    expect((await app.as('social-service').command('nrm.take', id, {})).body).toMatchObject({
      code: 'nrm_taken_already',
    })
    expect((await read('social-service', id)).body).toMatchObject({
      tier: 'T4',
      manager: 'Person social-service',
    })
    const clocks = await app.db.admin<{ rule: string; open: boolean }>(
      "select rule, stopped_at is null as open from clock where record_kind = 'nrm_file' and record_id = $1 order by rule",
      [id],
    )
    expect(clocks).toEqual([
      { rule: 'D15', open: false },
      { rule: 'D16', open: true },
      { rule: 'D17', open: true },
    ])
    const [person] = await app.db.admin(
      'select child_on from person p join nrm_file f on f.person_id = p.id where f.id = $1',
      [id],
    )
    expect(person).toEqual({ child_on: null })
    expect(
      (
        await app.db.admin(
          'select 1 from case_file c join nrm_file f on f.person_id = c.person_id where f.id = $1',
          [id],
        )
      ).length,
    ).toBe(0)
  })

  test('fewer than three elements need a reason, none is no suspicion, a child is no adult', async () => {
    const few = { items: items('EX1') }
    expect((await identifyAdult(app, 'labour', few)).reply.body).toMatchObject({
      code: 'nrm_elements_needed',
      field: 'upward',
    })
    expect((await identifyAdult(app, 'labour', { items: [], upward: 'E ndiej.' })).reply.body).toMatchObject({
      code: 'nrm_elements_needed',
    })
    expect((await identifyAdult(app, 'labour', { ...few, upward: 'Fliste nën frikë.' })).reply).toMatchObject(
      {
        status: 200,
        body: { reply: { upward: true } },
      },
    )
    expect((await identifyAdult(app, 'labour', { adult: false })).reply.body).toMatchObject({
      code: 'nrm_may_be_child',
    })
    expect(
      (await identifyAdult(app, 'labour', { birth: { from: '2012-01-01', to: '2012-12-31', said: '2012' } }))
        .reply.body,
    ).toMatchObject({ code: 'nrm_person_is_child' })
    expect(
      (await identifyAdult(app, 'consulate', { door: 'consulate', county: null })).reply.body,
    ).toMatchObject({
      code: 'nrm_county_needed',
    })
    expect((await identifyAdult(app, 'labour', { door: 'border' })).reply.status).toBe(422)
    // Nobody needs a name.
    expect(
      (await identifyAdult(app, 'consulate', { door: 'consulate', county: 'AL-02', givenName: null })).reply
        .status,
    ).toBe(200)
  })

  test('declines for oneself, goes on being managed, is handed over, and leaves only with what the guard asks', async () => {
    const { id, version } = await takenAdult(app, 'labour')
    const act = (who: CastName, type: string, body: object, baseVersion: number) =>
      app.as(who).command(type, id, body, { baseVersion })
    expect(
      (
        await act(
          'social-service',
          'nrm.decline_formal',
          { ...decline, by: 'self', informed: false },
          version,
        )
      ).body,
    ).toMatchObject({
      code: 'nrm_rights_untold',
    })
    expect(
      (await act('social-service', 'nrm.decline_formal', { ...decline, conflictOfInterest: true }, version))
        .body,
    ).toMatchObject({ code: 'nrm_representative_conflict' })
    expect(
      (await act('social-service', 'nrm.decline_formal', { ...decline, by: 'self' }, version)).status,
    ).toBe(200)
    const declined = (await read('social-service', id)).body
    expect(declined).toMatchObject({ status: 'declined_formal', nextSteps: ['formal_pending', 'exited'] })
    const v = Number(declined.version)
    const exit = { on: '2026-11-24', reason: 'completed', by: 'self', basis: 'Mbaroi.' }
    expect((await act('social-service', 'nrm.exit', exit, v)).body).toMatchObject({ code: 'not_allowed' })
    expect((await act('responsible-authority', 'nrm.exit', exit, v)).body).toMatchObject({
      code: 'nrm_exit_follow_up_needed',
    })
    const shelter = { unitId: unitId('shelter-tirana'), reason: 'Strehim.' }
    expect(
      (await act('social-service', 'nrm.hand_over', { ...shelter, unitId: unitId('police-tirana') }, v)).body,
    ).toMatchObject({
      code: 'nrm_unit_unfit',
    })
    expect((await act('social-service', 'nrm.hand_over', shelter, v)).status).toBe(200)
    expect((await read('shelter', id)).body).toMatchObject({ tier: 'T2', person: null, actions: ['take'] })
    expect((await read('social-service', id)).body).toMatchObject({ tier: 'T3', status: 'declined_formal' })
    expect((await app.as('shelter').command('nrm.take', id, {})).status).toBe(200)
    const held = (await read('shelter', id)).body
    expect(held).toMatchObject({ tier: 'T4', person: { givenName: 'Mira' } })
    const left = await act(
      'responsible-authority',
      'nrm.exit',
      { ...exit, reason: 'withdrew' },
      Number(held.version),
    )
    expect(left.status).toBe(200)
    // Trafficked again: another file that points to the old one, which stays as it was.
    const again = await identifyAdult(app, 'social-service', { priorId: id, door: 'self' })
    expect(again.reply.status).toBe(200)
    expect((await read('social-service', again.id)).body).toMatchObject({
      status: 'vmt',
      priorId: id,
      history: [{ status: 'vmt', priorTrafficking: true }],
      others: [{ id, status: 'exited' }],
    })
    expect((await read('responsible-authority', id)).body).toMatchObject({
      status: 'exited',
      others: [{ id: again.id }],
    })
  })
})

describe('who sees', () => {
  test('every role at every door: an adult’s file, a child’s, the list', async () => {
    const { id } = await takenAdult(app, 'police')
    const { file } = await child()
    const adults: Partial<Record<CastName, string>> = {
      'social-service': 'T4',
      'responsible-authority': 'T3',
    }
    const children: Partial<Record<CastName, string>> = {
      'cpw-tirana': 'T4',
      'cpw2-tirana': 'T2',
      'head-tirana': 'T3',
      'state-agency': 'T2',
      'responsible-authority': 'T3',
    }
    for (const who of castNames) {
      const adult = await read(who, id)
      const ofChild = await read(who, String(file.id))
      expect({ who, adult: adult.status === 200 ? adult.body.tier : adult.status }).toEqual({
        who,
        adult: adults[who] ?? 404,
      })
      expect({ who, child: ofChild.status === 200 ? ofChild.body.tier : ofChild.status }).toEqual({
        who,
        child: children[who] ?? 404,
      })
      const list = await app.as(who).get('/api/nrm')
      expect({ who, status: list.status }).toEqual({ who, status: 200 })
      const seen = list.body.items!.map((one) => String(one.id))
      expect({ who, seen: [seen.includes(id), seen.includes(String(file.id))] }).toEqual({
        who,
        seen: [adults[who] !== undefined, children[who] !== undefined],
      })
      for (const [type, body] of [
        ['nrm.take', {}],
        ['nrm.exit', { on: '2026-11-24', reason: 'withdrew', by: 'self', basis: 'x' }],
        ['nrm.decline_formal', { ...decline, by: 'self' }],
        ['nrm.hand_over', { unitId: unitId('shelter-vlore'), reason: 'x' }],
      ] as const) {
        if (adults[who] !== undefined) continue
        const got = await app.as(who).command(type, id, body, { baseVersion: 1 })
        expect({ who, type, status: got.status }).toEqual({ who, type, status: 404 })
      }
    }
    // A case that is no victim's stays out of the Responsible Authority's sight, whatever is asked for.
    const { caseId } = await opened()
    expect((await app.as('responsible-authority').get(`/api/cases/${caseId}`)).status).toBe(404)
    expect((await app.as('responsible-authority').get(`/api/nrm/${caseId}`)).status).toBe(404)
    expect((await app.as('responsible-authority').get(`/api/cases/${caseId}/identification`)).status).toBe(
      404,
    )
    expect((await app.as('responsible-authority').get(`/api/nrm?caseId=${caseId}`)).body.items).toEqual([])
  })

  test('whoever types SQL as the application makes no status and no file', async () => {
    const { file } = await child()
    const as = (sql: string) =>
      app.db.admin(
        `begin; set local role mb_app; select set_config('mb.user', '${userId('responsible-authority')}', true),
         set_config('mb.role', 'responsible_authority', true), set_config('mb.unit', '${unitId('responsible-authority')}', true); ${sql}; commit`,
      )
    await expect(as(`update nrm_file set version = 9 where id = '${file.id}'`)).rejects.toThrow(
      /row-level security/,
    )
    await expect(as(`update nrm_file set status = 'vt' where id = '${file.id}'`)).rejects.toThrow(
      /permission denied/,
    )
    await expect(as(`insert into nrm_file_named (id) values ('${uuidv7()}')`)).rejects.toThrow(
      /permission denied/,
    )
    await expect(
      as(
        `select save_nrm((select to_jsonb(f) || '{"status":"vt","version":9}' from nrm_file f where f.id = '${file.id}'))`,
      ),
    ).rejects.toThrow(/only together with its event/)
    await expect(
      as(`insert into identification_record (id, nrm_id, person_id, status, on_day, structure, forms, territory, prior_trafficking, signatories, by_id, at)
        select gen_random_uuid(), f.id, f.person_id, 'vt', current_date, 'police', f.forms, f.territory, false, '{}', me_user(), now() from nrm_file f where f.id = '${file.id}'`),
    ).rejects.toThrow(/row-level security|together with its event/)
  })
})

test('an adult’s file is erased with its screening and the person; what counts stays', async () => {
  const { id } = await takenAdult(app, 'labour')
  await erase(app.ctx, { kind: 'nrm_file', id, rule: 'case_trafficking', by: 'dpo' })
  const [left] = await app.db.admin(
    `select n.summary, p.given_name, f.status, (select string_agg(distinct i.evidence, ',') from screening s join screening_item i on i.screening_id = s.id
        where s.nrm_id = f.id) as evidence,
       (select count(*)::int from event_part x where x.record_id in (f.id, f.person_id)) as parts,
       f.version = (select h.version from record_head h where h.record_id = f.id) as follows
     from nrm_file f join nrm_file_named n on n.id = f.id join person_named p on p.id = f.person_id where f.id = $1`,
    [id],
  )
  expect(left).toEqual({
    summary: null,
    given_name: null,
    status: 'vmt',
    evidence: '–',
    parts: 0,
    follows: true,
  })
})

test('the queue is asked by what is overdue, idle, whose and where; a page goes on where it ended', async () => {
  const { id } = await identifyAdult(app, 'consulate', { door: 'consulate', county: 'AL-02' })
  const ids = async (query: string) =>
    (await app.as('responsible-authority').get(`/api/nrm?${query}`)).body.items!.map((one) => String(one.id))
  expect(await ids('county=AL-02')).toContain(id)
  expect(await ids('county=AL-02&subject=child')).not.toContain(id)
  expect(await ids('county=AL-02&overdue=yes')).toEqual([])
  expect(await ids('county=AL-02&idleDays=30')).toEqual([])
  const first = (await app.as('responsible-authority').get('/api/nrm?limit=1')).body
  const second = await ids(`limit=100&cursor=${String(first.next)}`)
  expect(second).not.toContain(String(first.items![0]!.id))
  try {
    app.setClock('2027-01-10T11:00:00.000Z')
    expect(await ids('county=AL-02&overdue=yes')).toEqual(expect.arrayContaining([id]))
    expect(await ids('county=AL-02&idleDays=30&status=vmt')).toEqual(expect.arrayContaining([id]))
    expect(await ids('county=AL-02&idleDays=365')).toEqual([])
    // After thirty days whoever filed it sees nothing any more.
    expect((await app.as('consulate').get('/api/nrm-filings')).body.items).toEqual([])
  } finally {
    app.setClock('2026-11-24T11:00:00.000Z')
  }
  for (const bad of ['status=none', 'county=Tirana', 'idleDays=0', 'cursor=x', 'subject=both'])
    expect((await app.as('responsible-authority').get(`/api/nrm?${bad}`)).status).toBe(400)
})
