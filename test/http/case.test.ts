import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fold } from '#domain/case/apply.ts'
import type { CaseEvent } from '#domain/case/events.ts'
import { type CaseFileRow, stateOf } from '#server/case/store.ts'
import { uuidv7 } from '#server/ids.ts'
import { unitId, userId } from '#test/cast.ts'
import {
  activePlan,
  assess,
  closed,
  closure,
  goal,
  Life,
  meetGoals,
  openFor,
  putChild,
  seen,
  today,
} from './case-life.ts'
import { type TestApp, testApp } from './harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const rulesOf = async (life: Life) => {
  const { body } = await life.read()
  return body
    .clocks!.filter((clock) => (clock.stoppedAt as unknown) === null)
    .map((clock) => String(clock.rule))
    .sort()
}

describe('the whole life of a case', () => {
  test('opened → assessed → planned → approved → reviewed → closed by the head → followed up', async () => {
    const life = new Life(app, await openFor(app, 'cpw-tirana', { urgent: true }))
    const first = await life.read()
    expect(first.body).toMatchObject({
      status: 'INITIAL_ASSESSMENT',
      tier: 'T4',
      child: 'Ardi Ç.',
      alerts: { doNotInformFamily: true, assessed: false },
      managerId: userId('cpw-tirana'),
    })
    expect(first.body.code).toMatch(/^TR-2026-\d{4}$/)
    expect(await rulesOf(life)).toEqual(['D03', 'D07'])
    expect(first.body.stages!.find((stage) => String(stage.key) === 'plan')).toMatchObject({
      status: 'cannot',
      reason: { code: 'case_wrong_status', detail: 'This is not possible at the present stage of the case.' },
    })

    await assess(life, 'initial', { ...seen, risk: 'medium', riskReason: 'lyp natën' })
    expect(await rulesOf(life)).toEqual(['D07'])
    await assess(life, 'comprehensive')
    expect(await rulesOf(life)).toEqual(['D08'])
    await assess(life, 'best_interests')
    const drafted = await life.must('cpw-tirana', 'draft_plan', {
      summary: 'Së pari shkolla',
      goals: [goal(unitId('school-tirana'))],
    })
    const goalId = (drafted.made! as never as { type: string; id: string }[]).find(
      (m) => m.type === 'GoalAdded',
    )!.id
    await life.must('cpw-tirana', 'add_action', {
      goalId,
      service: 'leisure',
      text: 'Futboll të shtunave',
      institutionId: unitId('day-centre-tirana'),
      due: '2026-12-20',
      costLek: 0,
      funding: 'no_cost',
    })
    expect(await life.try('cpw-tirana', 'approve_plan', { childView: 'agrees' })).toBe('needs_second_person')
    await life.must('head-tirana', 'approve_plan', { childView: 'agrees' })
    expect(await rulesOf(life)).toEqual(['D10'])
    const planned = await life.read()
    expect(planned.body.plan).toMatchObject({
      status: 'approved',
      summary: 'Së pari shkolla',
      goals: [
        {
          text: 'Kthehet në shkollë',
          actions: [{ costLek: 12_000, due: '2026-12-15' }, { text: 'Futboll të shtunave' }],
        },
      ],
    })

    await life.must('cpw-tirana', 'record_service', {
      service: 'education',
      setting: 'school',
      beneficiary: 'child',
      providerId: unitId('school-tirana'),
      actionId: planned.body.plan!.goals![0]!.actions![0]!.id,
      from: today,
    })
    await life.must('cpw-tirana', 'add_note', {
      kind: 'home_visit',
      sensitive: false,
      happenedOn: today,
      text: 'Shtëpia e ngrohtë',
      childWords: 'Dua të shkoj në shkollë',
    })
    await meetGoals(life)
    await life.must('cpw-tirana', 'review', { outcome: 'close', findings: 'Gjithçka mirë' })
    expect(await life.try('cpw-tirana', 'propose_closure', closure)).toBe('case_closure_risk_not_low')
    await life.must('cpw-tirana', 'set_risk', { risk: 'low', reason: 'në shkollë' })
    await life.must('cpw-tirana', 'propose_closure', closure)
    expect(await life.try('cpw-tirana', 'approve_closure', {})).toBe('case_closer_is_worker')
    expect(await life.try('cpw2-tirana', 'approve_closure', {})).toBe('case_not_yours')
    await life.must('head-tirana', 'return_closure', { reason: 'Mungon shkolla' })
    await life.must('cpw-tirana', 'propose_closure', closure)
    await life.must('head-tirana', 'approve_closure', {})
    const after = await life.read()
    expect(after.body).toMatchObject({
      status: 'CLOSED',
      followUps: [
        { month: 1, due: '2026-12-24' },
        { due: '2027-02-24' },
        { due: '2027-05-24' },
        { due: '2027-11-24' },
      ],
    })
    expect(await rulesOf(life)).toEqual(['D20', 'D21', 'D22', 'D23'])

    const visit = { month: 1, seenOn: today, seen: 'child', reexploited: 'no', findings: 'Mirë' }
    await life.must('cpw-tirana', 'record_follow_up', visit)
    expect(await life.try('cpw-tirana', 'record_follow_up', visit)).toBe('case_follow_up_done')
    await life.must('cpw-tirana', 'record_follow_up', { ...visit, month: 3, reexploited: 'yes' })
    const again = await life.read()
    expect(again.body).toMatchObject({ status: 'INITIAL_ASSESSMENT', returned: true, episode: 2, risk: null })
  })

  test('a child without risk leaves only through a second person', async () => {
    const life = new Life(app, await openFor(app, 'cpw-tirana'))
    expect(await life.try('cpw-tirana', 'propose_closure', { ...closure, reason: 'no_risk' })).toBe(
      'case_risk_not_set',
    )
    await assess(life, 'initial', { ...seen, risk: 'low', finish: false })
    await life.must('cpw-tirana', 'propose_closure', { ...closure, reason: 'no_risk' })
    await life.must('head-tirana', 'approve_closure', {})
    const { body } = await life.read()
    expect(body).toMatchObject({ status: 'CLOSED_NO_RISK', followUps: [] })
  })

  test('at high risk the conference decides, and who stayed away is written down', async () => {
    const life = new Life(app, await openFor(app, 'cpw-tirana'))
    await assess(life, 'initial', { ...seen, risk: 'high' })
    expect(await rulesOf(life)).toEqual(['D05', 'D07'])
    await assess(life, 'comprehensive')
    await assess(life, 'best_interests')
    await life.must('cpw-tirana', 'draft_plan', { goals: [goal(unitId('school-tirana'))] })
    expect(await life.try('head-tirana', 'approve_plan', { childView: 'agrees' })).toBe(
      'case_conference_required',
    )
    const conference = {
      heldOn: today,
      attendance: [
        { institutionId: unitId('cpu-tirana'), present: true, name: 'Drita' },
        { institutionId: unitId('school-tirana'), present: true },
        { institutionId: unitId('police-tirana'), present: false, absence: 'no_reply' },
      ],
      childPart: 'was_heard',
      familyPart: 'not_invited',
      familyWhyNot: 'unsafe',
      decisions: ['approve_plan'],
      minutes: 'U miratua',
    }
    const held = await life.must('head-tirana', 'hold_conference', conference)
    const conferenceId = (held.made! as never as { id: string }[])[0]!.id
    expect(await rulesOf(life)).toEqual(['D08'])
    await life.must('cpw-tirana', 'approve_plan', { conferenceId, childView: 'agrees' })
    expect(await rulesOf(life)).toEqual(['D09'])
    const absent = await app.db.admin('select institution_id, absence from case_attendance where not present')
    expect(absent).toEqual([{ institution_id: unitId('police-tirana'), absence: 'no_reply' }])
  })

  test('a measure: proposed, issued by the director, filed, in force, lifted; open, it bars closure', async () => {
    const life = await activePlan(app)
    await meetGoals(life)
    await life.must('cpw-tirana', 'review', { outcome: 'close', findings: 'x' })
    expect((await life.read('director-tirana')).status).toBe(404)
    const proposed = await life.must('cpw-tirana', 'propose_measure', {
      kind: 'emergency',
      ground: 'begging',
      parentsCooperate: 'no',
      reason: 'rrezik natën',
    })
    const measureId = (proposed.made! as never as { id: string }[])[0]!.id
    const step = { measureId, decidedBy: 'municipal_director', decidedOn: today }
    expect((await life.read('director-tirana')).body.child).toBe('Ardi Ç.')
    expect(await life.try('head-tirana', 'decide_measure', { ...step, step: 'issue_emergency' })).toBe(
      'case_measure_director',
    )
    await life.must('director-tirana', 'decide_measure', { ...step, step: 'issue_emergency', from: today })
    expect(await rulesOf(life)).toContain('D11')
    await life.must('cpw-tirana', 'decide_measure', { ...step, step: 'file_court', courtRef: '12/2026' })
    await life.must('cpw-tirana', 'decide_measure', { ...step, step: 'put_in_force', decidedBy: 'court' })
    expect(await life.try('cpw-tirana', 'propose_closure', closure)).toBe('case_measure_open')
    await life.must('director-tirana', 'lift_measure', {
      measureId,
      status: 'lifted',
      endedOn: today,
      reason: 'gjyshja',
    })
    expect((await life.read('director-tirana')).status).toBe(404)
    expect(await life.try('cpw-tirana', 'propose_closure', closure)).toBe('ok')
  })

  test('moves to another unit that accepts; declined, it stays', async () => {
    const life = new Life(app, await openFor(app, 'cpw-tirana'))
    const ask = { toUnitId: unitId('cpu-durres'), reason: 'Familja shkoi në Durrës' }
    expect(
      await life.try('cpw-tirana', 'request_transfer', { ...ask, toUnitId: unitId('shelter-tirana') }),
    ).toBe('case_transfer_unit_unknown')
    expect((await life.read('cpw-durres')).status).toBe(404)
    await life.must('cpw-tirana', 'request_transfer', ask)
    const pending = await life.read('head-durres')
    expect(pending.body).toMatchObject({
      tier: 'T2',
      child: null,
      allowed: ['accept_transfer', 'decline_transfer'],
    })
    const incoming = await app.as('head-durres').get('/api/cases')
    expect(incoming.body.items!.map((item) => String(item.id))).toContain(life.id)
    const offered = await app.as('head-durres').get('/api/notices')
    expect(offered.body.items).toMatchObject([
      { code: 'case_transfer_asked', recordId: life.id, label: pending.body.code },
    ])
    await life.must('head-durres', 'decline_transfer', { reason: 'S’ka adresë' })
    expect((await life.read('head-durres')).status).toBe(404)
    await life.must('cpw-tirana', 'request_transfer', ask)
    await life.must('cpw-durres', 'accept_transfer', {})
    expect((await life.read('cpw-tirana')).status).toBe(404)
    const there = await life.read('cpw-durres')
    expect(there.body).toMatchObject({
      unitId: unitId('cpu-durres'),
      managerId: userId('cpw-durres'),
      child: 'Ardi Ç.',
    })
    expect(there.body.clocks!.every((clock) => String(clock.recordId) === life.id)).toBe(true)
  })

  test('waits while the child cannot be traced, with its clocks', async () => {
    const life = new Life(app, await openFor(app, 'cpw-tirana'))
    await life.must('cpw-tirana', 'suspend', { reason: 'u largua' })
    expect((await life.read()).body.clocks!.every((clock) => (clock.pausedAt as unknown) !== null)).toBe(true)
    expect(
      await life.try('cpw-tirana', 'record_assessment', {
        form: 'initial',
        formVersion: 1,
        answers: [],
        finish: false,
      }),
    ).toBe('case_suspended')
    await life.must('cpw-tirana', 'resume', {})
    expect((await life.read()).body.suspended).toBe(false)
  })
})

test('what the row says is what the chain folds to, for every case of this file', async () => {
  const rows = await app.db.admin<CaseFileRow & Record<string, unknown>>(
    'select * from case_file order by opened_at, id',
  )
  expect(rows.length).toBeGreaterThan(5)
  const plain = (value: unknown) => JSON.parse(JSON.stringify(value))
  for (const row of rows) {
    const events = await app.db.admin<CaseEvent & Record<string, unknown>>(
      'select type, v, facts from event where record_id = $1 order by seq',
      [row.id],
    )
    expect(plain(stateOf(row))).toEqual(plain(fold(events)))
  }
})

describe('writing at once and late', () => {
  test('a stale write is answered with what changed; appended acts never are', async () => {
    const life = new Life(app, await openFor(app, 'cpw-tirana'))
    const old = life.version
    await life.must('cpw-tirana', 'set_risk', { risk: 'high', reason: 'natën vetëm' })
    const late = await app
      .as('head-tirana')
      .command('case.set_risk', life.id, { risk: 'low', reason: 'mirë' }, { baseVersion: old })
    expect(late.status).toBe(409)
    expect(late.body).toMatchObject({ code: 'stale', changed: [{ field: 'risk', by: userId('cpw-tirana') }] })
    const note = { kind: 'contact', sensitive: false, happenedOn: today, text: 'fola' }
    expect(await life.try('head-tirana', 'add_note', note, old)).toBe('ok')
  })

  test('two workers at once: both notes stay, one case is taken once, codes never repeat', async () => {
    const life = new Life(app, await openFor(app, 'head-tirana'))
    expect((await life.read('head-tirana')).body).toMatchObject({
      status: 'OPEN',
      allowed: expect.arrayContaining(['assign', 'take']),
    })
    const takes = await Promise.all(
      (['cpw-tirana', 'cpw2-tirana'] as const).map((who) =>
        app.as(who).command('case.take', life.id, {}, { baseVersion: life.version }),
      ),
    )
    expect(takes.map((t) => t.status).sort()).toEqual([200, 409])
    const many = await Promise.all(Array.from({ length: 12 }, () => openFor(app, 'cpw-durres')))
    const numbers = many.map((one) => Number(one.code.split('-')[2])).sort((a, b) => a - b)
    expect(numbers).toEqual(Array.from({ length: 12 }, (_, i) => numbers[0]! + i))
    const notes = await Promise.all(
      Array.from({ length: 6 }, (_, i) =>
        app.as('cpw-durres').command('case.add_note', many[0]!.caseId, {
          kind: 'contact',
          sensitive: false,
          happenedOn: today,
          text: `shënim ${i}`,
        }),
      ),
    )
    expect(notes.map((n) => n.status)).toEqual(Array(6).fill(200))
  })

  test('the same person: an open case takes the report in, a closed one begins again', async () => {
    const personId = await putChild(app, 'Drilon', 'Meta')
    const reports = [uuidv7(), uuidv7(), uuidv7()]
    for (const id of reports) await putReport(id)
    const first = await openFor(app, 'cpw-tirana', { personId, reportId: reports[0]! })
    const second = await openFor(app, 'cpw2-tirana', { personId, reportId: reports[1]! })
    expect([first.how, second.how, second.caseId]).toEqual(['opened', 'attached', first.caseId])
    const life = new Life(app, second)
    await assess(life, 'initial', { ...seen, risk: 'low', finish: false })
    await life.must('cpw-tirana', 'propose_closure', { ...closure, reason: 'no_risk' })
    await life.must('head-tirana', 'approve_closure', {})
    const third = await openFor(app, 'cpw2-tirana', { personId, reportId: reports[2]! })
    expect([third.how, third.caseId]).toEqual(['reopened', first.caseId])
    expect((await life.read()).body).toMatchObject({ status: 'INITIAL_ASSESSMENT', reports })
  })

  test('reopening by hand rests on an accepted report', async () => {
    const life = await closed(app)
    const report = uuidv7()
    expect(await life.try('cpw2-tirana', 'reopen', { reportId: report, reason: 'x' })).toBe(
      'case_reopen_needs_report',
    )
    await putReport(report)
    await life.must('cpw2-tirana', 'reopen', { reportId: report, reason: 'u pa përsëri duke lypur' })
    expect((await life.read()).body).toMatchObject({ status: 'INITIAL_ASSESSMENT', returned: true })
  })
})

/** An accepted report of Tirana's unit, written past the policies. */
async function putReport(id: string): Promise<void> {
  await app.db.admin(`insert into report select * from jsonb_populate_record(null::report, $1)`, [
    JSON.stringify({
      id,
      code: `R-${id.slice(-8)}`,
      version: 1,
      state: 'ACCEPTED',
      unit_id: unitId('cpu-tirana'),
      municipality: '53',
      received_at: '2026-11-20T10:00:00Z',
      occurred_at: '2026-11-20T10:00:00Z',
      concerns: ['begging'],
      channel: 'web',
      source: 'public',
      immediacy: 'ordinary',
      children: 1,
    }),
  ])
}
