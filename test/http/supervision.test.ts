import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, tiranaDay } from '#domain/clock/tirana.ts'
import { uuidv7 } from '#server/ids.ts'
import { erase } from '#server/retention/erase.ts'
import { withTx, withWriteTx } from '#server/tx.ts'
import { actorOf, castNames, userId } from '#test/cast.ts'
import { answersFor, assess, Life, openFor } from './case-life.ts'
import { type TestApp, testApp } from './harness.ts'

// Standing in follows the database's own calendar, so these tests take place now.
const now = new Date().toISOString()
const today = tiranaDay(now)
let app: TestApp
const lives: Life[] = []
const worker = userId('cpw-tirana')
const colleague = userId('cpw2-tirana')

beforeAll(async () => {
  app = await testApp({ now })
  for (let n = 0; n < 3; n += 1) {
    const life = new Life(app, await openFor(app, 'cpw-tirana'))
    lives.push(life)
  }
})
afterAll(() => app.close())

const name = (
  who: 'cpw-tirana' | 'cpw2-tirana' | 'head-tirana' | 'head-durres',
  over: object = {},
  id = uuidv7(),
) =>
  app.as(who).command('supervision.name_absence', id, {
    workerId: worker,
    deputyId: colleague,
    from: today,
    until: addDays(today, 3),
    kind: 'leave',
    ...over,
  })

describe('out of office', () => {
  const id = uuidv7()
  test('names what is wrong', async () => {
    const code = async (who: Parameters<typeof name>[0], over: object) =>
      (await name(who, over)).body.code ?? 'ok'
    expect(await code('cpw2-tirana', {})).toBe('not_allowed')
    expect(await code('head-durres', {})).toBe('not_allowed')
    expect(await code('cpw-tirana', { deputyId: worker })).toBe('case_worker_not_of_unit')
    expect(await code('cpw-tirana', { deputyId: userId('cpw-durres') })).toBe('case_worker_not_of_unit')
    expect(await code('cpw-tirana', { until: addDays(today, -1) })).toBe('absence_days')
    expect(await code('cpw-tirana', { from: addDays(today, -9), until: addDays(today, -8) })).toBe(
      'absence_past',
    )
    expect(await code('cpw-tirana', { until: addDays(today, 120) })).toBe('absence_long')
    expect(await code('cpw-tirana', { until: '2026-02-30' })).toBe('invalid')
  })

  test('who stands in reads and works what the worker does, and no longer after the last day', async () => {
    const life = lives[0]!
    expect((await life.read('cpw2-tirana')).body.tier).toBe('T2')
    expect((await name('cpw-tirana', {}, id)).status).toBe(200)
    expect((await name('cpw-tirana')).body.code).toBe('absence_twice')
    expect((await name('cpw2-tirana', { workerId: colleague, deputyId: worker })).body.code).toBe(
      'absence_deputy_away',
    )
    const read = await life.read('cpw2-tirana')
    expect(read.body).toMatchObject({ tier: 'T4', standIn: { id: colleague } })
    expect(String(read.body.child)).toMatch(/^Ardi/)
    expect((await app.as('cpw2-tirana').get('/api/cases?mine=true')).body.items!).toHaveLength(3)
    const work = await app.as('cpw2-tirana').get('/api/work')
    expect(JSON.stringify(work.body)).toContain(life.id)
    await assess(life, 'initial', { childSeenAt: now, risk: 'low' }, 'cpw2-tirana')
    const listed = (await app.as('cpw2-tirana').get('/api/supervision/absences')).body.items!
    expect(listed).toMatchObject([
      { id, now: true, mayEnd: false, worker: { id: worker }, deputy: { id: colleague } },
    ])
    // Yesterday was the last day: nobody did anything.
    await app.db.admin('update worker_absence set from_day = $2, until_day = $3 where id = $1', [
      id,
      addDays(today, -4),
      addDays(today, -1),
    ])
    expect((await life.read('cpw2-tirana')).body).toMatchObject({ tier: 'T2', child: null, standIn: null })
    expect((await app.as('cpw2-tirana').get('/api/cases?mine=true')).body.items!).toEqual([])
    expect(await life.try('cpw2-tirana', 'set_risk', { risk: 'medium', reason: 'x' })).toBe('case_not_yours')
    await app.db.admin('update worker_absence set until_day = $2 where id = $1', [id, addDays(today, 2)])
  })

  test('a head who stands in reads the sensitive tier only for supervision', async () => {
    const life = lives[0]!
    const other = uuidv7()
    await app.db.admin('update worker_absence set ended_on = from_day where id = $1', [id])
    expect((await name('head-tirana', { deputyId: userId('head-tirana') }, other)).status).toBe(200)
    const tier = async (purpose?: 'supervision') => {
      const page = await app
        .as('head-tirana')
        .get(`/api/cases/${life.id}`, purpose === undefined ? {} : { purpose })
      const me = { ...actorOf('head-tirana'), purpose: purpose ?? null }
      const rows = await withTx(app.ctx, me, (tx) =>
        tx.sql('select 1 from case_file_sensitive where id = $1', [life.id]),
      )
      return {
        tier: page.body.tier,
        standIn: (page.body.standIn as never as { id: string }).id,
        t4: rows.length > 0,
      }
    }
    expect(await tier()).toMatchObject({ tier: 'T3', standIn: userId('head-tirana'), t4: false })
    expect(await tier('supervision')).toMatchObject({ tier: 'T4', t4: true })
    // What stands in does not only read: it works.
    expect(await life.try('head-tirana', 'set_risk', { risk: 'medium', reason: 'Sjellja ndryshoi.' })).toBe(
      'ok',
    )
    await app.db.admin('delete from worker_absence where id = $1', [other])
    await app.db.admin('update worker_absence set ended_on = null where id = $1', [id])
  })

  test('ends early by the worker or the head, once', async () => {
    const end = (who: 'cpw-tirana' | 'cpw2-tirana' | 'cpw-durres') =>
      app.as(who).command('supervision.end_absence', id, {}, { baseVersion: 1 })
    expect((await end('cpw-durres')).status).toBe(404)
    expect((await end('cpw2-tirana')).body.code).toBe('not_allowed')
    expect((await end('cpw-tirana')).status).toBe(200)
    expect((await lives[0]!.read('cpw2-tirana')).body.tier).toBe('T2')
    expect((await end('cpw-tirana')).status).toBe(409)
  })
})

describe('handing over', () => {
  const move = (who: 'head-tirana' | 'cpw-tirana' | 'head-durres', moves: object[], over: object = {}) =>
    app.as(who).command('case.reassign_many', uuidv7(), {
      moves,
      reason: 'Punonjësi largohet.',
      leaverId: null,
      ...over,
    })
  const line = (life: Life, over: object = {}) => ({
    caseId: life.id,
    fromId: worker,
    managerId: colleague,
    ...over,
  })

  test('is the head’s of the unit, whole or not at all', async () => {
    const [a, b, c] = lives as [Life, Life, Life]
    expect((await move('cpw-tirana', [line(a)])).body.code).toBe('not_allowed')
    expect((await move('head-durres', [line(a)])).status).toBe(404)
    expect((await move('head-tirana', [line(a), line(a)])).status).toBe(400)
    expect((await move('head-tirana', [line(a)], { reason: ' ' })).status).toBe(400)
    expect((await move('head-tirana', [line(a), line(b, { fromId: colleague })])).body).toMatchObject({
      code: 'case_manager_changed',
    })
    expect((await move('head-tirana', [line(a, { managerId: userId('cpw-durres') })])).body.code).toBe(
      'case_worker_not_of_unit',
    )
    expect((await move('head-tirana', [line(a), line(b)], { leaverId: worker })).body).toMatchObject({
      code: 'case_hand_over_rest',
      params: { count: 1 },
    })
    // Whose leaving it is: somebody of the unit, in whichever letters; nobody who does not exist.
    for (const leaverId of [uuidv7(), userId('cpw-durres')])
      expect((await move('head-tirana', [line(a), line(b), line(c)], { leaverId })).status).toBe(404)
    expect(
      (await move('head-tirana', [line(a), line(b)], { leaverId: worker.toUpperCase() })).body,
    ).toMatchObject({ code: 'case_hand_over_rest', params: { count: 1 } })
    for (const life of [a, b, c]) expect(String((await life.read()).body.managerId)).toBe(worker)
  })

  test('an account is closed only after its cases have gone to others; nobody’s case is left', async () => {
    const close = () =>
      app
        .as('admin')
        .command('admin.change_user', worker, { active: false, reason: 'Largohet' }, { baseVersion: 0 })
    expect((await close()).body).toMatchObject({ code: 'admin_user_carries_cases', params: { count: 3 } })
    // What a review asked of the manager, and the days on which the leaver was to stand in.
    const [mend, cover] = [uuidv7(), uuidv7()]
    await app.db.admin(`set session_replication_role = replica;
      insert into case_review_action (id, review_id, case_id, n, kind, owner_id, due_on)
        values ('${mend}', '${mend}', '${lives[0]!.id}', 0, 'plan', '${worker}', '${today}');
      set session_replication_role = origin`)
    const days = { workerId: colleague, deputyId: worker, from: addDays(today, 3), until: addDays(today, 5) }
    expect((await name('head-tirana', days, cover)).status).toBe(200)
    const preview = (await app.as('head-tirana').get(`/api/supervision/hand-over/${worker}`)).body
    expect(preview.cases!).toHaveLength(3)
    expect(preview.receivers!.map((one) => String(one.id))).not.toContain(worker)
    expect(preview.cases!.every((one) => String(one.to) !== 'null' && String(one.to) !== worker)).toBe(true)
    expect((await app.as('cpw-tirana').get(`/api/supervision/hand-over/${worker}`)).status).toBe(403)
    expect((await app.as('head-durres').get(`/api/supervision/hand-over/${worker}`)).status).toBe(404)
    const reply = await move(
      'head-tirana',
      preview.cases!.map((one) => ({ caseId: one.id, fromId: worker, managerId: one.to })),
      { leaverId: worker },
    )
    expect(reply.body).toMatchObject({ reply: { moved: 3, deputiesEnded: 0 } })
    const rows = await app.db.admin<{ n: string }>(
      "select count(*) as n from event where type = 'CaseAssigned' and record_id = any ($1::uuid[]) and actor_id = $2",
      [lives.map((life) => life.id), userId('head-tirana')],
    )
    expect(rows[0]!.n).toBe('3')
    expect(
      await app.db.admin('select id from case_file where manager_id is null or manager_id = $1', [worker]),
    ).toEqual([])
    const next = preview.cases!.find((one) => String(one.id) === lives[0]!.id)?.to
    expect(await app.db.admin('select owner_id from case_review_action where id = $1', [mend])).toEqual([
      { owner_id: next },
    ])
    const covered = async () =>
      (await app.as('head-tirana').get('/api/supervision/absences')).body.items!.find(
        (one) => String(one.id) === cover,
      )
    expect(await covered()).toMatchObject({ stands: true, mayEnd: true })
    expect((await close()).status).toBe(200)
    expect(await covered()).toMatchObject({ stands: false, mayEnd: true })
    await app.db.admin('delete from case_review_action where id = $1', [mend])
    await app.db.admin('delete from worker_absence where id = $1', [cover])
  })
})

test('absences and hand-overs are the unit’s: every role, every door', async () => {
  await name('head-tirana', { workerId: colleague, deputyId: userId('head-tirana') })
  const seen: Record<string, number> = {}
  for (const who of castNames) {
    const { status, body } = await app.as(who).get('/api/supervision/absences')
    expect(status, who).toBe(200)
    if (body.items!.length > 0) seen[who] = body.items!.length
  }
  expect(Object.keys(seen).sort()).toEqual(['cpw-tirana', 'cpw2-tirana', 'head-tirana'])
})

describe('load and whole files', () => {
  test('the head sees each worker against the ceiling; others see nothing of it', async () => {
    const { body } = await app.as('head-tirana').get('/api/supervision/loads')
    const of = (id: string) => body.workers!.find((one) => String(one.id) === id)!
    expect(body).toMatchObject({ ceiling: 25, verification: 'U' })
    expect(Number(of(colleague).load) + Number(of(userId('head-tirana')).load)).toBeGreaterThanOrEqual(3)
    expect(of(colleague)).toMatchObject({ over: false, away: { until: addDays(today, 3) } })
    for (const who of ['cpw2-tirana', 'state-agency', 'director-tirana', 'admin'] as const)
      expect((await app.as(who).get('/api/supervision/loads')).status, who).toBe(403)
    const units = (await app.as('state-agency').get('/api/supervision/units')).body.items!
    expect(units.length).toBeGreaterThan(1)
    expect((await app.as('head-durres').get('/api/supervision/units')).body.items!).toHaveLength(1)
    expect((await app.as('police').get('/api/supervision/units')).body.items!).toEqual([])
  })

  test('above the ceiling a case is assigned only with a reason', async () => {
    await app.db.admin(
      `insert into case_file (id, code, version, person_id, unit_id, municipality, county, manager_id, status, opened_at, episode_at, risk_level)
       select gen_random_uuid(), 'TR-2025-' || lpad(n::text, 4, '0'), 1, (select id from person limit 1), unit_id, municipality, county, $2,
         'PLAN_ACTIVE', now(), now(), 'low' from case_file c, generate_series(1, 25) n where c.id = $1`,
      [lives[0]!.id, colleague],
    )
    const life = new Life(app, await openFor(app, 'head-tirana'))
    expect(await life.try('head-tirana', 'assign', { managerId: colleague })).toBe('case_load_over')
    expect(await life.try('head-tirana', 'assign', { managerId: colleague, reason: '  ' })).toBe(
      'case_load_over',
    )
    await life.must('head-tirana', 'assign', { managerId: colleague, reason: 'E njeh familjen.' })
    const { body } = await app.as('head-tirana').get('/api/supervision/loads')
    expect(body.workers!.find((one) => String(one.id) === colleague)).toMatchObject({ over: true })
    const [event] = await app.db.admin<{ facts: { overCeiling?: boolean } }>(
      "select facts from event where record_id = $1 and type = 'CaseAssigned' order by seq desc limit 1",
      [life.id],
    )
    expect(event!.facts.overCeiling).toBe(true)
    await app.db.admin("delete from case_file where code like 'TR-2025-%'")
  })

  test('a file tells what is missing, with the source of each thing', async () => {
    const life = lives[0]!
    const { body } = await app.as('head-tirana').get(`/api/cases/${life.id}/completeness`)
    const of = (key: string) => body.items!.find((one) => String(one.key) === key)!
    expect(of('manager')).toMatchObject({ state: 'met' })
    expect(of('risk')).toMatchObject({ state: 'met', verification: 'V' })
    expect(of('rights')).toMatchObject({ state: 'missing' })
    expect(String(of('rights').source)).toMatch(/S002/)
    const files = (await app.as('head-tirana').get('/api/supervision/files')).body.items!
    const row = files.find((one) => String(one.id) === life.id)!
    expect(Number(row.percent)).toBe(Number(body.percent))
    expect(row.missing!.map(String)).toContain('rights')
    expect((await app.as('head-durres').get(`/api/cases/${life.id}/completeness`)).status).toBe(404)
    expect((await app.as('head-durres').get('/api/supervision/files')).body.items!).toEqual([])
  })
})

describe('reviews of sampled files', () => {
  const draw = uuidv7()
  let reviews: { id: string; caseId: string }[] = []
  const answersOf = async () => {
    const { body } = await app.as('head-tirana').get('/api/forms/case_review')
    return answersFor(body.content as never).map((one) =>
      one.key === 'has_safety' ? { ...one, value: false } : one,
    )
  }
  const review = async (who: 'head-tirana' | 'head-durres' | 'state-agency', id: string, over: object = {}) =>
    app.as(who).command('supervision.review_file', id, {
      formVersion: 1,
      answers: await answersOf(),
      mends: [{ kind: 'safety', dueOn: addDays(today, 14), text: 'Shkruani planin e sigurisë.' }],
      ...over,
    })

  test('the head draws from the unit; whoever works a file does not review it', async () => {
    const ask = (who: (typeof castNames)[number], over: object = {}, id = uuidv7()) =>
      app.as(who).command('supervision.draw_reviews', id, { size: 2, dueOn: addDays(today, 30), ...over })
    for (const who of ['cpw2-tirana', 'director-tirana', 'police', 'admin', 'coordinator'] as const)
      expect((await ask(who)).body.code, who).toBe('not_allowed')
    expect((await ask('head-tirana', { dueOn: addDays(today, -1) })).body.code).toBe('review_action_past')
    expect((await ask('head-durres')).body.code).toBe('review_no_cases')
    expect((await ask('head-tirana', { size: 0 })).status).toBe(400)
    // The head stands in for the colleague today, so the colleague’s files are not the head’s to review.
    expect((await ask('head-tirana')).body.code).toBe('review_no_cases')
    await app.db.admin('update worker_absence set ended_on = from_day where ended_on is null')
    expect((await ask('head-tirana', {}, draw)).status).toBe(200)
    const [row] = (await app.as('head-tirana').get('/api/supervision/draws')).body.items!
    expect(row).toMatchObject({ id: draw, done: 0, percent: null })
    const { body } = await app.as('head-tirana').get(`/api/supervision/reviews?draw=${draw}`)
    reviews = body.items!.map((one) => ({ id: String(one.id), caseId: String(one.caseId) }))
    expect(reviews.length).toBe(Number(row!.size))
    const managers = await app.db.admin<{ manager_id: string }>(
      'select manager_id from case_file where id = any ($1::uuid[])',
      [reviews.map((one) => one.caseId)],
    )
    expect(managers.map((one) => one.manager_id)).not.toContain(userId('head-tirana'))
    expect((await app.as('head-durres').get(`/api/supervision/reviews?draw=${draw}`)).body.items!).toEqual([])
  })

  test('is recorded whole by the reviewer alone, with what is to be mended', async () => {
    const [first] = reviews
    expect((await review('head-durres', first!.id)).status).toBe(404)
    expect((await review('state-agency', first!.id)).body.code).toBe('not_allowed')
    expect((await review('head-tirana', first!.id, { answers: [] })).body.code).toBe(
      'case_assessment_not_filled',
    )
    expect((await review('head-tirana', first!.id, { formVersion: 99 })).status).toBe(400)
    const done = await review('head-tirana', first!.id)
    expect(done.status, JSON.stringify(done.body)).toBe(200)
    expect(Number(done.body.reply!.met)).toBe(Number(done.body.reply!.asked) - 1)
    expect((await review('head-tirana', first!.id)).body.code).toBe('review_done')
    const read = async (who: 'head-tirana' | 'cpw2-tirana' | 'state-agency', purpose?: 'case_review') =>
      (
        await app
          .as(who)
          .get(`/api/supervision/reviews?case=${first!.caseId}`, purpose === undefined ? {} : { purpose })
      ).body.items![0]!
    expect((await read('head-tirana')).mends).toMatchObject([
      { kind: 'safety', text: 'Shkruani planin e sigurisë.', doneOn: null },
    ])
    // The Agency reads that and how much, and the answers of the checklist; the words only for a stated purpose.
    const agency = await read('state-agency')
    expect(agency.mends).toMatchObject([{ kind: 'safety', text: null }])
    expect((await read('state-agency', 'case_review')).mends).toMatchObject([
      { text: 'Shkruani planin e sigurisë.' },
    ])
    const answers = await app
      .as('state-agency')
      .get(`/api/cases/${first!.caseId}/assessments/${String(agency.assessmentId)}`)
    expect(answers.body.answers!.map((one) => String(one.key))).toContain('has_safety')
    expect(answers.body.answers!.map((one) => String(one.key))).not.toContain('advice')
  })

  test('is mended once, by whoever works the file or the head', async () => {
    const { caseId } = reviews[0]!
    const [{ mends }] = (await app.as('head-tirana').get(`/api/supervision/reviews?case=${caseId}`)).body
      .items! as never as [{ mends: { id: string }[] }]
    const mend = (who: 'head-tirana' | 'state-agency' | 'head-durres') =>
      app.as(who).command('supervision.mended', mends[0]!.id, {})
    expect((await mend('head-durres')).status).toBe(404)
    expect((await mend('state-agency')).body.code).toBe('case_not_yours')
    expect((await mend('head-tirana')).status).toBe(200)
    expect((await mend('head-tirana')).body.code).toBe('review_action_done')
  })
})

describe('talks of supervision', () => {
  const id = uuidv7()
  const hold = (who: (typeof castNames)[number], over: object = {}, at = uuidv7()) =>
    app.as(who).command('supervision.hold', at, {
      workerId: colleague,
      heldOn: today,
      topics: ['caseload', 'wellbeing'],
      caseIds: [],
      agreements: 'Dy raste i kalojnë një kolegu.',
      nextOn: addDays(today, 30),
      ...over,
    })
  test('are written by the head, read and confirmed by the two', async () => {
    for (const who of ['cpw2-tirana', 'state-agency', 'director-tirana', 'police'] as const)
      expect((await hold(who)).body.code, who).toBe('not_allowed')
    expect((await hold('head-durres')).body.code).toBe('case_worker_not_of_unit')
    expect((await hold('head-tirana', { heldOn: addDays(today, 1) })).body.code).toBe('in_future')
    expect((await hold('head-tirana', { nextOn: today })).body.code).toBe('supervision_next')
    expect((await hold('head-tirana', { caseIds: [uuidv7()] })).body.code).toBe('supervision_case_unknown')
    expect((await hold('head-tirana', { topics: ['gossip'] })).status).toBe(400)
    expect((await hold('head-tirana', {}, id)).status).toBe(200)
    const confirm = (who: 'cpw2-tirana' | 'head-tirana' | 'head-durres') =>
      app.as(who).command('supervision.confirm', id, {})
    expect((await confirm('head-durres')).status).toBe(404)
    expect((await confirm('head-tirana')).body.code).toBe('not_allowed')
    expect((await confirm('cpw2-tirana')).status).toBe(200)
    expect((await confirm('cpw2-tirana')).body.code).toBe('supervision_confirmed')
    const seen: string[] = []
    for (const who of castNames) {
      const { status, body } = await app.as(who).get('/api/supervision/talks')
      expect(status).toBe(200)
      if (JSON.stringify(body).includes('Dy raste')) seen.push(who)
      const rows = await withTx(app.ctx, actorOf(who), async (tx) => [
        ...(await tx.sql('select 1 from supervision_session')),
        ...(await tx.sql('select 1 from supervision_session_named')),
        ...(await tx.sql("select 1 from event_part where kind = 'supervision_session'")),
      ])
      expect(rows.length > 0, who).toBe(['head-tirana', 'cpw2-tirana'].includes(who))
    }
    expect(seen.sort()).toEqual(['cpw2-tirana', 'head-tirana'])
    const [unit] = (await app.as('head-tirana').get('/api/supervision/units')).body.items!
    expect(unit).toMatchObject({ talks: 1, talkedWith: 1 })
  })

  test('can be erased lawfully; the ledger still holds', async () => {
    await erase(app.ctx, { kind: 'supervision_session', id, rule: 'test/1', by: 'head-tirana' })
    const [talk] = (await app.as('head-tirana').get('/api/supervision/talks')).body.items!
    expect(talk).toMatchObject({ agreements: '–' })
    expect(await app.db.admin("select 1 from event_part where kind = 'supervision_session'")).toEqual([])
  })
})

test('rows change only with their event, whoever types SQL', async () => {
  const as = (sql: string) =>
    withWriteTx(app.ctx, actorOf('head-tirana'), { commandId: uuidv7() }, (tx) => tx.sql(sql))
  for (const sql of [
    `insert into worker_absence select gen_random_uuid(), 1, unit_id, worker_id, deputy_id, from_day, until_day, kind, '${userId('head-tirana')}' from worker_absence limit 1`,
    `insert into hand_over select gen_random_uuid(), 1, unit_id, leaver_id, '${userId('head-tirana')}', now(), 1 from hand_over limit 1`,
    `update case_review set met = 0`,
    `update case_review_action set done_on = null`,
    `insert into supervision_case select s.id, c.id from supervision_session s, case_file c limit 1`,
  ])
    await expect(as(sql), sql).rejects.toThrow(/changes only together/)
  for (const table of [
    'worker_absence',
    'supervision_session',
    'case_review',
    'case_review_draw',
    'hand_over',
  ])
    await expect(as(`delete from ${table}`)).rejects.toThrow(/permission denied/)
})
