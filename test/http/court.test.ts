import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lapseMeasures } from '#server/case/lapse.ts'
import { systemActor } from '#server/tx.ts'
import { type CastName, castNames, unitId } from '#test/cast.ts'
import { readPdf } from '#test/pdf-text.ts'
import { assess, Life, openFor, putChild, seen, today, waitsIn } from './case-life.ts'
import { type Loose, type TestApp, testApp } from './harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const idOf = (reply: Loose, type: string): string =>
  String((reply.made as unknown as { type: string; id: string }[]).find((one) => one.type === type)?.id)
const highRisk = async (birth: string | null = null) => {
  const personId = await putChild(app)
  if (birth !== null)
    await app.db.admin(
      'update person_named set birth_from = $2::text::date, birth_to = $2::text::date, birth_said = $2 where id = $1',
      [personId, birth],
    )
  const life = new Life(app, await openFor(app, 'cpw-tirana', { personId }))
  await assess(life, 'initial', { ...seen, risk: 'high' })
  return life
}
const propose = (kind: string, parentsCooperate = 'both') => ({
  kind,
  ground: 'begging',
  parentsCooperate,
  reason: 'Pa masë kthehet në rrugë.',
})
const courts = async (life: Life, who: CastName = 'cpw-tirana', purpose?: 'supervision') =>
  (await app.as(who).get(`/api/cases/${life.id}/court`, purpose === undefined ? {} : { purpose })).body.items!
const runs = async (life: Life) =>
  (
    await app.db.admin(
      "select rule from clock where record_id = $1 and stopped_at is null and rule in ('D11', 'D12', 'D14', 'D55') order by 1",
      [life.id],
    )
  ).map((row) => String(row.rule))

describe('an emergency measure before the court', () => {
  test('issued, filed, confirmed, in force: one act moves both the matter and the measure, and the clocks follow', async () => {
    const life = await highRisk()
    const measureId = idOf(
      await life.must('cpw-tirana', 'propose_measure', propose('emergency', 'no')),
      'MeasureProposed',
    )
    const step = { measureId, decidedBy: 'municipal_director', decidedOn: today }
    expect(
      await life.try('director-tirana', 'decide_measure', {
        ...step,
        step: 'issue_emergency',
        from: today,
        until: '2026-11-28',
      }),
    ).toBe('case_emergency_too_long')
    await life.must('director-tirana', 'decide_measure', { ...step, step: 'issue_emergency', from: today })
    expect(await runs(life)).toEqual(['D11'])
    const courtId = idOf(
      await life.must('cpw-tirana', 'open_court_case', {
        matter: 'emergency_measure',
        measureId,
        court: 'Gjykata e Shkallës së Parë Tiranë',
        claim: 'Verifikimi i masës',
      }),
      'CourtCaseOpened',
    )
    await life.must('director-tirana', 'file_court_case', { courtId, filedOn: today, courtRef: '12/2026' })
    expect(await runs(life)).toEqual(['D12'])
    await life.must('cpw-tirana', 'write_court_report', { courtId, report: 'Fëmija ka frikë nga njerku.' })
    await life.must('cpw-tirana', 'set_hearing', { courtId, hearingAt: '2026-11-24T15:00:00+01:00' })
    expect((await app.as('head-tirana').get('/api/court/due')).body.items).toMatchObject([
      { task: 'hearing', caseId: life.id },
    ])
    const calendar = () =>
      app.fastify.inject({
        url: `/api/cases/${life.id}/calendar.ics`,
        headers: { 'x-test-as': 'cpw-tirana' },
      })
    const hearings = async () =>
      [...(await calendar()).body.matchAll(/VALUE=DATE:20261124\r\nDTEND[^\r]*\r\nSUMMARY:[^\r]*: Gjykatë/g)]
        .length
    expect(await hearings()).toBe(1)
    app.setClock('2026-11-24T17:00:00.000Z')
    await life.must('cpw-tirana', 'hold_hearing', {
      courtId,
      held: true,
      workerAttended: true,
      childHeard: 'heard',
    })
    expect(await hearings()).toBe(0)
    await life.must('cpw-tirana', 'decide_court_case', {
      courtId,
      outcome: 'granted',
      decidedOn: today,
      from: today,
      until: '2027-05-24',
      reviewOn: '2027-02-24',
      reasons: 'Gjykata e vlerësoi.',
    })
    expect(await runs(life)).toEqual([])
    expect((await life.read()).body.measures).toMatchObject([
      { status: 'court_confirmed', decidedBy: 'court', from: today, until: '2027-05-24' },
    ])
    await life.must('cpw-tirana', 'decide_measure', { ...step, step: 'put_in_force', decidedBy: 'court' })
    expect((await life.read()).body.measures).toMatchObject([{ status: 'in_force', until: '2027-05-24' }])
    expect(
      (await app.as('head-tirana').get('/api/court/due')).body.items!.map((one) => String(one.task)),
    ).toEqual(['appeal', 'check', 'review'])
    expect(await waitsIn(app, life.id, 'cpw-tirana')).toContain('court_follow')
    const check = { courtId, checkedOn: today, execution: 'hindered', findings: 'Nuk ka vend.' }
    expect(await life.try('cpw-tirana', 'check_execution', check)).toBe('reason_required')
    await life.must('cpw-tirana', 'check_execution', { ...check, hindrance: 'no_place' })

    // The psycho-social report is sealed; the reasons are read by whoever reads the identified core.
    const of = async (who: CastName, purpose?: 'supervision') => {
      const [one] = await courts(life, who, purpose)
      return [one!.report as unknown, one!.reasons as unknown, one!.checks![0]!.findings as unknown]
    }
    expect(await of('cpw-tirana')).toEqual([
      'Fëmija ka frikë nga njerku.',
      'Gjykata e vlerësoi.',
      'Nuk ka vend.',
    ])
    expect(await of('head-tirana')).toEqual([null, 'Gjykata e vlerësoi.', 'Nuk ka vend.'])
    expect((await of('head-tirana', 'supervision'))[0]).toBe('Fëmija ka frikë nga njerku.')
    expect(await of('cpw2-tirana')).toEqual([null, null, null])
    for (const who of castNames) {
      if (['cpw-tirana', 'cpw2-tirana', 'head-tirana', 'state-agency', 'director-tirana'].includes(who))
        continue
      expect((await app.as(who).get(`/api/cases/${life.id}/court`)).status, who).toBe(404)
      expect((await app.as(who).get('/api/court/due')).body.items, who).toEqual([])
      expect(await life.try(who, 'check_execution', { ...check, hindrance: 'no_place' }), who).toBe(
        'not_found',
      )
    }
  })

  test('a measure after the eighteenth birthday is refused, with the day', async () => {
    const life = await highRisk('2008-12-01')
    await assess(life, 'best_interests')
    const measureId = idOf(
      await life.must('cpw-tirana', 'propose_measure', propose('alternative_care')),
      'MeasureProposed',
    )
    const late = await app.as('cpw-tirana').command(
      'case.decide_measure',
      life.id,
      {
        measureId,
        step: 'put_in_force',
        decidedBy: 'court',
        decidedOn: today,
        from: today,
        until: '2026-12-01',
      },
      { baseVersion: life.version, language: 'en' },
    )
    expect(late).toMatchObject({ status: 422, body: { code: 'case_measure_after_18', field: 'until' } })
    expect(String(late.body.detail)).toContain('2026-11-30')
    const grown = await highRisk('2008-11-24')
    expect(await grown.try('cpw-tirana', 'propose_measure', propose('emergency'))).toBe(
      'case_measure_after_18',
    )
  })

  test('a step towards guardianship names no matter of another case', async () => {
    const [life, other] = [await highRisk(), await highRisk()]
    const matterId = idOf(
      await other.must('cpw-tirana', 'open_court_case', { matter: 'custody', court: 'Gjykata', claim: 'x' }),
      'CourtCaseOpened',
    )
    const step = { track: 'guardianship', on: today, step: 'proposed', matterId }
    expect(await life.try('cpw-tirana', 'take_care_step', step)).toBe('court_unknown')
    await other.must('cpw-tirana', 'take_care_step', step)
  })

  test('two who write on one matter at once: the later is told what changed', async () => {
    const life = await highRisk()
    const courtId = idOf(
      await life.must('cpw-tirana', 'open_court_case', { matter: 'custody', court: 'Gjykata', claim: 'x' }),
      'CourtCaseOpened',
    )
    const base = life.version
    await life.must('cpw-tirana', 'write_court_report', { courtId, report: 'x' })
    expect(
      await life.try('head-tirana', 'file_court_case', { courtId, filedOn: today, courtRef: '1' }, base),
    ).toBe('stale')
    expect(await life.try('head-tirana', 'file_court_case', { courtId, filedOn: today, courtRef: '1' })).toBe(
      'ok',
    )
  })
})

describe('the yearly monitoring', () => {
  beforeAll(async () => {
    // Six custody matters granted, two refused; small figures and what would give them away are hidden.
    const life = await highRisk()
    for (let i = 0; i < 8; i += 1)
      await app.db.admin(
        `insert into court_case (id, case_id, matter, court, stage, filed_on, outcome, decided_on, execution, opened_at, opened_by)
         values (gen_random_uuid(), $1, 'custody', 'Gjykata', 'final', '2025-03-01', $2, '2025-03-11', $3, now(), $4)`,
        [life.id, i < 6 ? 'granted' : 'refused', i < 6 ? 'carried_out' : null, unitId('cpu-tirana')],
      )
  })
  const table = (body: Loose, section: number, at: number) => body.sections![section]!.tables![at]!
  const row = (rows: Loose, name: string) =>
    (rows as unknown as unknown[][]).find((cells) => cells[0] === name)?.slice(1)

  test('one document for page, PDF and workbook, in both languages', async () => {
    const { body } = await app.as('head-tirana').get('/api/court/report?year=2025&lang=sq')
    expect(body.title).toBe('Monitorimi i vendimeve gjyqësore për fëmijët, 2025')
    expect(row(table(body, 0, 0).rows!, 'Kujdestari')).toEqual([8, 8, 0, 0])
    expect(row(table(body, 0, 1).rows!, 'Kujdestari')).not.toContain(2)
    expect(row(table(body, 0, 1).rows!, 'Gjithsej')?.[2]).toBeNull()
    const pdf = await app.fastify.inject({
      url: '/api/court/report.pdf?year=2025&lang=sq',
      headers: { 'x-test-as': 'head-tirana' },
    })
    expect(pdf.headers['content-type']).toBe('application/pdf')
    const text = readPdf(pdf.rawPayload)
      .pages.flatMap((page) => page.pieces.map((piece) => piece.text))
      .join(' ')
      .replaceAll(/\s+/g, ' ')
    for (const said of ['Monitorimi i vendimeve gjyqësore', 'Kujdestari', 'Zbatimi i vendimeve'])
      expect(text).toContain(said)
    const book = await app.fastify.inject({
      url: '/api/court/report.xlsx?year=2025&lang=en',
      headers: { 'x-test-as': 'head-tirana' },
    })
    expect([book.statusCode, book.rawPayload.subarray(0, 2).toString()]).toEqual([200, 'PK'])
  })

  test('another unit and roles without cases get no figure of it', async () => {
    for (const who of ['head-durres', 'admin', 'school', 'coordinator'] as const) {
      const { body } = await app.as(who).get('/api/court/report?year=2025&lang=en')
      expect(row(table(body, 0, 0).rows!, 'Custody'), who).toEqual([0, 0, 0, 0])
    }
    const country = async () => (await app.as('state-agency').get('/api/court/report?year=2025&lang=en')).body
    const alone = await country()
    expect(row(table(alone, 0, 0).rows!, 'Custody')).toEqual([8, 8, 0, 0])
    // The country's sums are exact: by themselves they would be those of the only municipality.
    expect(alone.sections!.length).toBe(2)
    expect(String(table(alone, 0, 0).note)).toContain('only the sum of the whole country')
    const { body: own } = await app.as('head-tirana').get('/api/court/report?year=2025&lang=en')
    expect(String(table(own, 0, 0).note)).not.toContain('country')
    const durres = await openFor(app, 'cpw-durres')
    await app.db.admin(
      `insert into court_case (id, case_id, matter, court, stage, filed_on, outcome, decided_on, opened_at, opened_by)
       values (gen_random_uuid(), $1, 'custody', 'Gjykata', 'final', '2025-03-01', 'granted', '2025-03-11', now(), $2)`,
      [durres.caseId, unitId('cpu-durres')],
    )
    const both = await country()
    expect(both.sections!.at(-1)!.heading).toBe('Outcome by municipality')
    expect(row(table(both, 2, 0).rows!, 'Durrës')?.[0]).toBeNull()
  })
})

describe('a measure whose last day is over', () => {
  test('ends by itself, once: an event by the system, the child has no measure, manager and head are told', async () => {
    const life = new Life(app, await openFor(app, 'cpw-tirana'))
    await assess(life, 'initial', { ...seen, risk: 'high', riskReason: 'rrezik' })
    const measureId = idOf(
      await life.must('cpw-tirana', 'propose_measure', propose('emergency', 'no')),
      'MeasureProposed',
    )
    await life.must('director-tirana', 'decide_measure', {
      measureId,
      decidedBy: 'municipal_director',
      step: 'issue_emergency',
      decidedOn: today,
      from: today,
      until: today,
    })
    const on = (now: string) => lapseMeasures({ ...app.ctx, clock: () => now })
    // The last day lasts until midnight in Tirana.
    await on('2026-11-24T22:55:00.000Z')
    expect((await life.read()).body).toMatchObject({
      hasMeasure: true,
      measures: [{ status: 'emergency_issued' }],
    })
    expect(await on('2026-11-24T23:05:00.000Z')).toMatchObject({ expired: 1, left: 0 })
    expect(await on('2026-11-25T09:00:00.000Z')).toEqual({ expired: 0, left: 0 })
    const { body } = await life.read()
    expect(body).toMatchObject({
      hasMeasure: false,
      version: life.version + 1,
      measures: [{ status: 'expired', endedOn: today }],
    })
    const [event] = (await app.as('cpw-tirana').get(`/api/cases/${life.id}/timeline?kind=measure`)).body
      .items!
    expect(event).toMatchObject({
      type: 'MeasureEnded',
      facts: { by: systemActor.userId, status: 'expired' },
    })
    for (const who of ['cpw-tirana', 'head-tirana'] as const)
      expect((await app.as(who).get('/api/notices')).body.items).toContainEqual(
        expect.objectContaining({ code: 'case_measure_expired', recordId: life.id }),
      )
    expect((await app.as('director-tirana').get(`/api/cases/${life.id}`)).status).toBe(404)
    life.version += 1
    await life.must('cpw-tirana', 'set_risk', { risk: 'medium', reason: 'punon natën' })
  })
})

test('what a court refused is due to be appealed on the last day for it, until it is, or is final', async () => {
  const life = await highRisk()
  const open = async () => {
    const courtId = idOf(
      await life.must('cpw-tirana', 'open_court_case', {
        matter: 'custody',
        court: 'Gjykata e Shkallës së Parë Tiranë',
        claim: 'Kujdestaria gjyshes',
      }),
      'CourtCaseOpened',
    )
    await life.must('cpw-tirana', 'write_court_report', { courtId, report: 'Fëmija do te gjyshja.' })
    await life.must('head-tirana', 'file_court_case', { courtId, filedOn: today, courtRef: '7/2026' })
    return courtId
  }
  const decide = (courtId: string, outcome: string) =>
    life.must('cpw-tirana', 'decide_court_case', {
      courtId,
      outcome,
      decidedOn: today,
      from: null,
      until: null,
      reviewOn: null,
      reasons: 'Gjykata nuk e pranoi.',
    })
  const [first, second] = [await open(), await open()]
  await decide(first, 'granted')
  expect(await runs(life)).toEqual([])
  await decide(second, 'refused')
  expect(await runs(life)).toEqual(['D55'])
  const [clock] = await app.db.admin(
    "select (due_at at time zone 'Europe/Tirane')::date::text as day from clock where record_id = $1 and rule = 'D55'",
    [life.id],
  )
  expect(clock).toEqual({ day: '2026-12-09' })
  await life.must('cpw-tirana', 'appeal_court_case', {
    courtId: second,
    appellant: 'unit',
    appealedOn: today,
  })
  expect(await runs(life)).toEqual([])
})
