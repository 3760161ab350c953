import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { type CastName, castNames, unitId, userId } from '#test/cast.ts'
import { assess, goal, Life, openFor, putChild, seen, today, waitsIn } from './case-life.ts'
import { type Loose, type TestApp, testApp } from './harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const tomorrow = '2026-11-25T09:00:00+01:00'
const units = () => [unitId('cpu-tirana'), unitId('school-tirana'), unitId('police-tirana')]
const call = () => ({ plannedAt: tomorrow, place: 'Bashki, salla 2', unitIds: units() })
const came = (unit: Parameters<typeof unitId>[0], absence: string | null = null) => ({
  institutionId: unitId(unit),
  present: absence === null,
  absence,
})
const minutes = {
  heldOn: today,
  attendance: [came('cpu-tirana'), came('school-tirana'), came('police-tirana', 'no_reply')],
  childPart: 'was_heard',
  familyPart: 'not_invited',
  familyWhyNot: 'unsafe',
  decisions: ['other'],
  minutes: 'U fol për gjyshen.',
}
const highRisk = async () => {
  const life = new Life(
    app,
    await openFor(app, 'cpw-tirana', { personId: await putChild(app, 'Ardi', 'Çela') }),
  )
  await assess(life, 'initial', { ...seen, risk: 'high' })
  return life
}
const conferences = async (life: Life, who: CastName = 'cpw-tirana', purpose?: 'supervision') =>
  (await app.as(who).get(`/api/cases/${life.id}/conferences`, purpose === undefined ? {} : { purpose })).body
const runs = async (life: Life, rule: string) =>
  (
    await app.db.admin('select id from clock where record_id = $1 and rule = $2 and stopped_at is null', [
      life.id,
      rule,
    ])
  ).length > 0
const invitationOf = async (who: CastName, code: string): Promise<Loose | undefined> =>
  (await app.as(who).get('/api/invitations')).body.items!.find((one) => String(one.code) === code)

describe('a meeting of the technical group', () => {
  test('is called without a name, answered, moved, and met by too few; the deadline runs until the group meets', async () => {
    const life = await highRisk()
    const { code } = (await life.read()).body
    expect(await life.try('cpw-tirana', 'call_conference', { ...call(), place: 'Te Çelat, për Ardin' })).toBe(
      'case_invitation_names',
    )
    expect(
      await life.try('cpw-tirana', 'call_conference', { ...call(), unitIds: [...units(), uuidv7()] }),
    ).toBe('unknown_code')
    await life.must('cpw-tirana', 'call_conference', call())
    expect(await runs(life, 'D05')).toBe(true)

    // The school gets a notice and the invitation: the case's code, place and time, and nothing else of the case.
    const told = (await app.as('school').get('/api/notices')).body.items!
    expect(told[0]).toMatchObject({ code: 'conference_invitation', label: String(code) })
    const mine = (await invitationOf('school', String(code)))!
    expect(Object.keys(mine).sort()).toEqual(
      ['answer', 'code', 'from', 'id', 'place', 'plannedAt', 'state', 'version'].sort(),
    )
    expect(JSON.stringify([mine, told])).not.toMatch(/Ardi|Çela/)
    expect((await app.as('school').get(`/api/cases/${life.id}`)).status).toBe(404)
    const file = await app
      .as('school')
      .get(`/api/invitations/${String(mine.id)}/invitation.ics`, { language: 'sq' })
    expect(String(file.body)).toContain(`SUMMARY:Mbledhje e GTN-së (${String(code)})`)
    expect(String(file.body)).not.toMatch(/Ardi|Çela/)
    expect((await app.as('shelter').get(`/api/invitations/${String(mine.id)}/invitation.ics`)).status).toBe(
      404,
    )

    // Only the called unit answers, and it may change its mind.
    const answer = (who: CastName, say: string) =>
      app.as(who).command('invitation.answer', String(mine.id), { answer: say })
    expect((await answer('health', 'comes')).status).toBe(404)
    expect((await answer('cpw-tirana', 'comes')).status).toBe(404)
    expect((await answer('school', 'comes')).status).toBe(200)
    expect((await answer('school', 'deputy')).status).toBe(200)
    expect(
      (await app.as('cpw-tirana').get('/api/notices')).body.items!.map((one) => String(one.code)),
    ).toContain('conference_answered')

    const conferenceId = String((await conferences(life)).call!.id)
    const move = { conferenceId, plannedAt: '2026-11-26T09:00:00+01:00', place: 'Salla 3', reason: 'safety' }
    await life.must('head-tirana', 'postpone_conference', move)
    expect(await invitationOf('school', String(code))).toMatchObject({ place: 'Salla 3', answer: null })
    const few = {
      conferenceId,
      heldOn: today,
      attendance: [came('cpu-tirana'), came('school-tirana', 'excused'), came('police-tirana', 'no_reply')],
    }
    expect(await life.try('cpw-tirana', 'hold_conference', { ...minutes, ...few })).toBe(
      'case_conference_quorum',
    )
    await life.must('cpw-tirana', 'miss_quorum', few)
    expect(await runs(life, 'D05')).toBe(true)
    expect((await answer('school', 'comes')).body.code).toBe('invitation_over')

    app.setClock('2026-11-24T11:05:00.000Z')
    await life.must('cpw-tirana', 'call_conference', call())
    const again = String((await conferences(life)).call!.id)
    await life.must('cpw-tirana', 'hold_conference', { ...minutes, conferenceId: again })
    expect(await runs(life, 'D05')).toBe(false)
    const { held, call: open } = await conferences(life)
    expect(open).toBeNull()
    expect(held).toMatchObject([
      { quorate: true, childPart: 'was_heard', familyWhyNot: 'unsafe', minutes: 'U fol për gjyshen.' },
      { quorate: false, decisions: [] },
    ])
  })

  test('sealed minutes are read by the worker and the supervising head alone, and lie encrypted', async () => {
    const life = await highRisk()
    await life.must('cpw-tirana', 'hold_conference', {
      ...minutes,
      sensitive: true,
      resolutions: [
        {
          text: 'Psikologu e sheh nesër',
          service: 'psychological',
          institutionId: unitId('health-tirana'),
          due: today,
        },
      ],
    })
    const of = async (who: CastName, purpose?: 'supervision') => {
      const { held, resolutions } = await conferences(life, who, purpose)
      return [held![0]!.minutes as unknown, resolutions![0]!.text as unknown]
    }
    const said = ['U fol për gjyshen.', 'Psikologu e sheh nesër']
    expect(await of('cpw-tirana')).toEqual(said)
    expect(await of('head-tirana', 'supervision')).toEqual(said)
    expect(await of('head-tirana')).toEqual([null, null])
    expect(await of('cpw2-tirana')).toEqual([null, null])
    const stored = JSON.stringify(
      await app.db.admin('select body from case_text_sensitive where case_id = $1', [life.id]),
    )
    expect(stored).not.toMatch(/gjyshen|Psikologu/)
  })

  test('what it resolves becomes actions of the plan, and its minutes approve the plan', async () => {
    const life = await highRisk()
    await assess(life, 'comprehensive')
    await assess(life, 'best_interests')
    await life.must('cpw-tirana', 'draft_plan', { goals: [goal(unitId('school-tirana'))] })
    const goalId = String((await life.read()).body.plan!.goals![0]!.id)
    const resolution = { service: 'medical', institutionId: unitId('health-tirana'), due: '2026-12-01' }
    await life.must('cpw-tirana', 'hold_conference', {
      ...minutes,
      decisions: ['approve_plan'],
      resolutions: [
        { ...resolution, text: 'Vizitë te mjeku', goalId, costLek: 0, funding: 'no_cost' },
        { ...resolution, text: 'Libreza e shëndetit' },
      ],
    })
    const { held, resolutions } = await conferences(life)
    expect(resolutions!.map((r) => (r.actionId as unknown) === null).toSorted()).toEqual([false, true])
    await life.must('cpw-tirana', 'approve_plan', { conferenceId: String(held![0]!.id), childView: 'agrees' })
    expect((await conferences(life)).held![0]!.approvedPlan).toBe(true)
    const waiting = resolutions!.find((r) => (r.actionId as unknown) === null)!
    expect(await waitsIn(app, life.id, 'cpw-tirana')).toContain('gtn_task')
    await life.must('cpw-tirana', 'turn_resolution', {
      resolutionId: String(waiting.id),
      goalId,
      text: 'Libreza e shëndetit',
      costLek: 500,
      funding: 'municipality',
    })
    const { plan } = (await life.read()).body
    expect(plan!.goals![0]!.actions!.map((a) => String(a.text))).toEqual([
      'Regjistrimi në klasën e tretë',
      'Vizitë te mjeku',
      'Libreza e shëndetit',
    ])
    expect(plan).toMatchObject({ status: 'approved' })
  })

  test('absences are counted by institution, for the head, the director and the State Agency', async () => {
    const url = '/api/conferences/attendance?from=2026-01-01&until=2026-12-31'
    const of = async (who: CastName) => (await app.as(who).get(url)).body.items!
    const police = (await of('head-tirana')).find(
      (one) => String(one.institution!.id) === unitId('police-tirana'),
    )
    expect(police).toMatchObject({ called: 4, present: 0, absent: 4, noReply: 4, lastAbsent: today })
    expect((await of('state-agency')).length).toBeGreaterThan(2)
    expect(await of('head-durres')).toEqual([])
    expect(await of('cpw-tirana')).toEqual([])
  })
})

describe('two workers on one plan', () => {
  test('the later one is told what changed, by whom and when; what does not touch goes through', async () => {
    const life = await highRisk()
    await assess(life, 'comprehensive')
    const mine = goal(unitId('school-tirana'))
    await life.must('cpw-tirana', 'draft_plan', { goals: [mine, mine] })
    await life.must('head-tirana', 'assign', {
      managerId: userId('cpw-tirana'),
      deputyId: userId('cpw2-tirana'),
    })
    const { goals } = (await life.read()).body.plan!
    const [first, second] = goals!.map((one) => String(one.actions![0]!.id))
    const base = life.version
    const change = (actionId: string | undefined, costLek: number) => ({
      actionId,
      institutionId: unitId('school-tirana'),
      due: '2026-12-20',
      costLek,
      funding: 'state',
    })
    await life.must('cpw2-tirana', 'change_action', change(first, 500))
    const late = await app
      .as('cpw-tirana')
      .command('case.change_action', life.id, change(first, 900), { baseVersion: base, language: 'en' })
    expect(late).toMatchObject({
      status: 409,
      body: { code: 'stale', changed: [{ field: first, by: userId('cpw2-tirana') }] },
    })
    expect(String(late.body.changed![0]!.byName)).not.toBe('')
    expect(await life.try('cpw-tirana', 'change_action', change(second, 900), base)).toBe('ok')
    expect(await life.try('head-tirana', 'approve_plan', { childView: 'agrees' }, base)).toBe('stale')
    const after = (await life.read()).body.plan!.goals!.map((one) => Number(one.actions![0]!.costLek))
    expect(after).toEqual([500, 900])
  })
})

test('nobody reaches a meeting through a case that is out of their sight', async () => {
  const life = await highRisk()
  await life.must('cpw-tirana', 'call_conference', call())
  const conferenceId = String((await conferences(life)).call!.id)
  const blind = castNames.filter(
    (who) => !['cpw-tirana', 'cpw2-tirana', 'head-tirana', 'state-agency'].includes(who),
  )
  for (const who of blind) {
    expect((await app.as(who).get(`/api/cases/${life.id}/conferences`)).status, who).toBe(404)
    expect(await life.try(who, 'cancel_conference', { conferenceId, reason: 'other' }), who).toBe('not_found')
  }
  expect(await life.try('cpw2-tirana', 'cancel_conference', { conferenceId, reason: 'other' })).toBe(
    'case_not_yours',
  )
  expect(await life.try('state-agency', 'cancel_conference', { conferenceId, reason: 'other' })).toBe(
    'not_allowed',
  )
})
