import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { remind } from '#server/clock/reminders.ts'
import { uuidv7 } from '#server/ids.ts'
import { justiceLaw } from '#server/justice/law.ts'
import { actorOf, type CastName, castNames, unitId, userId } from '#test/cast.ts'
import { assisting } from './assistance-life.ts'
import { closed, openFor } from './case-life.ts'
import { noon, type TestApp, testApp } from './harness.ts'
import { interviewLife } from './interview-life.ts'
import { justiceSteps } from './justice-life.ts'

/** What the trafficking track asks next stands in the lists of those whose duty it is; what is late or near is told once. */
let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())
const { openBy, act, view, notices, child, opened } = justiceSteps(() => app)
const { calledChild, record, act: interview } = interviewLife(() => app)
const { adult, must } = assisting(() => app)

const tasks = async (who: CastName, id?: string): Promise<string[]> =>
  (await app.as(who).get('/api/work?limit=100', { language: 'en' })).body
    .items!.filter((item) => id === undefined || String(item.recordId) === id)
    .map((item) => String(item.title ?? item.clock?.rule))
const told = async (who: CastName, code: string, id: string) =>
  (await notices(who)).filter((one) => String(one.code) === code && String(one.recordId) === id).length

test('an interview to hold, to propose, to sign waits for the body whose turn it is, and for nobody else', async () => {
  app.setClock(noon)
  const { caseId } = await child()
  const { id } = await calledChild(caseId)
  for (const who of ['police', 'social-service'] as const)
    expect(await tasks(who, id), who).toEqual(['Hold the formal interview'])
  expect(await tasks('cpw-tirana', id)).toEqual(['Go to the formal interview with the person'])
  for (const who of castNames.filter((name) => !['police', 'social-service', 'cpw-tirana'].includes(name)))
    expect(await tasks(who, id), who).toEqual([])
  // On days of absence it is the stand-in's too, and on no other day.
  const away = uuidv7()
  await app.db.admin(
    `insert into worker_absence (id, version, unit_id, worker_id, deputy_id, from_day, until_day, kind, named_by)
     select $1, 1, $2, $3, $4, d, d, 'sick', $3 from (select (now() at time zone 'Europe/Tirane')::date as d) x`,
    [away, unitId('cpu-tirana'), userId('cpw-tirana'), userId('cpw2-tirana')],
  )
  expect(await tasks('cpw2-tirana', id)).toEqual(['Go to the formal interview with the person'])
  await app.db.admin('delete from worker_absence where id = $1', [away])
  expect(await tasks('cpw2-tirana', id)).toEqual([])
  expect((await record(id)).status).toBe(200)
  expect(await tasks('cpw-tirana', id)).toEqual([])
  expect(await tasks('police', id)).toEqual(['Propose the conclusion of the interview'])
  const proposed = await interview('police', 'propose', id, {
    conclusion: 'not_confirmed',
    articles: [],
    elements: [],
    basis: 'Nuk u vërtetua qëllimi.',
  })
  expect(proposed.status, JSON.stringify(proposed.body)).toBe(200)
  expect(await tasks('police', id)).toEqual([])
  expect(await tasks('social-service', id)).toEqual(['Sign the conclusion, or say why not'])
  expect((await interview('social-service', 'sign', id, { agrees: true })).status).toBe(200)
  expect(await tasks('responsible-authority', id)).toEqual(['Review the conclusion'])
  app.setClock(noon)
})

test('a proceeding asks its office for the word to the authority; late, the authority is told once and reads it in its list', async () => {
  app.setClock(noon)
  const plain = await openBy('police')
  expect(await tasks('police', plain)).toEqual(['Send the report to the prosecution'])
  expect(await tasks('prosecutor', plain)).toEqual([])
  const id = await openBy('prosecutor')
  expect(await tasks('prosecutor', id)).toEqual(['Tell the Responsible Authority how far it is'])
  const sent = await openBy('police', { officeUnit: unitId('prosecution-tirana'), article: '124/b' })
  expect(await tasks('police', sent)).toEqual([])
  expect(await tasks('prosecutor', sent)).toEqual(['Look at the report and open the investigation'])
  await act('prosecutor', id, 'set_next', { on: '2026-12-01', what: 'hearing' })
  expect((await tasks('prosecutor', id)).sort()).toEqual([
    'Tell the Responsible Authority how far it is',
    'The next step of the proceeding',
  ])
  expect(await tasks('responsible-authority', id)).toEqual([])
  expect((await remind(app.ctx)).proceedings).toBe(0)
  app.setClock('2027-03-01T12:00:00.000Z')
  expect((await remind(app.ctx)).proceedings).toBeGreaterThan(0)
  expect((await remind(app.ctx)).proceedings).toBe(0)
  for (const who of ['responsible-authority', 'prosecutor'] as const)
    expect(await told(who, 'proceeding_late', id), who).toBe(1)
  expect(await told('police', 'proceeding_late', id)).toBe(0)
  expect(await tasks('responsible-authority', id)).toEqual(['The prosecution’s word is overdue'])
  await act('prosecutor', id, 'inform_authority', { words: 'Pritet ekspertiza.' })
  expect(await tasks('responsible-authority', id)).toEqual([])
  expect(Number((await view('prosecutor', id)).updatesLate)).toBe(1)
  app.setClock(noon)
})

test('an adult’s next steps wait for whoever has the file in hand', async () => {
  app.setClock(noon)
  const id = await adult()
  expect(await tasks('social-service', id)).toContain('Begin the assistance: what is needed')
  const needId = await must('social-service', id, 'find_need', {
    kind: 'housing',
    beneficiary: 'subject',
    foundOn: '2026-11-24',
    remark: 'Nuk ka ku të flejë.',
  })
  expect(await tasks('social-service', id)).toContain('Plan an action for a need')
  const actionId = await must('social-service', id, 'add_action', {
    needId,
    service: 'housing',
    text: 'Qira e subvencionuar.',
    providerId: unitId('social-services-tirana'),
    due: '2026-12-20',
    costLek: 90_000,
    funding: 'municipality',
  })
  expect(await tasks('social-service', id)).toContain('Carry out an action of the assistance plan')
  expect(await tasks('social-service', id)).not.toContain('Plan an action for a need')
  for (const who of ['police', 'shelter', 'cpw-tirana', 'prosecutor'] as const)
    expect(await tasks(who, id), who).toEqual([])
  await must('social-service', id, 'end_action', { actionId, status: 'dropped', on: '2026-11-24' }).catch(
    () => undefined,
  )
})

test('whoever manages a case is reminded once of a hearing that comes near, and not of one that moved away', async () => {
  app.setClock(noon)
  const { caseId } = await openFor(app, 'cpw-tirana')
  const court = uuidv7()
  await app.db.admin(
    `insert into court_case (id, case_id, matter, court, stage, next_hearing_at, opened_at, opened_by) values ($1, $2, 'custody', 'Tirana', 'filed', '2026-12-04T09:00:00Z', now(), $3)`,
    [court, caseId, userId('cpw-tirana')],
  )
  await app.db.admin(
    `insert into court_hearing (id, court_id, case_id, hearing_at) values (gen_random_uuid(), $1, $2, '2026-12-04T09:00:00Z'),
       (gen_random_uuid(), $1, $2, '2026-11-25T09:00:00Z')`,
    [court, caseId],
  )
  // The earlier date was given up: the matter's next hearing is the later one.
  expect((await remind(app.ctx)).hearings).toBe(0)
  expect(await tasks('cpw-tirana', caseId)).toContain('Court hearing')
  app.setClock('2026-12-02T12:00:00.000Z')
  expect((await remind(app.ctx)).hearings).toBe(1)
  expect((await remind(app.ctx)).hearings).toBe(0)
  expect(await told('cpw-tirana', 'hearing_near', caseId)).toBe(1)
  for (const who of castNames.filter((name) => name !== 'cpw-tirana'))
    expect(await told(who, 'hearing_near', caseId), who).toBe(0)
  expect(justiceLaw.hearingReminderDays).toBe(3)
  app.setClock(noon)
})

describe('a child’s case named by its code', () => {
  const add = async (id: string, code: string, expected: number | string) =>
    act('prosecutor', id, 'add_victim', { subject: 'child', code }, expected)
  test('is linked to a proceeding that is not of the track; nothing of the child is told, and the unit learns of it', async () => {
    app.setClock(noon)
    const { caseId } = await opened()
    const code = String((await app.as('cpw-tirana').get(`/api/cases/${caseId}`)).body.code)
    const id = await openBy('prosecutor', { article: '124/b' })
    const linked = await add(id, code, 200)
    expect(Object.keys(linked.body.reply ?? {})).toEqual([])
    const seen = await view('prosecutor', id)
    expect(seen.persons).toMatchObject([{ pseudonym: 'V1', subject: 'child', code, linked: true }])
    expect(JSON.stringify(seen)).not.toContain('Ardi')
    expect((await app.as('prosecutor').get(`/api/cases/${caseId}`)).status).toBe(404)
    expect(await told('cpw-tirana', 'proceeding_linked', caseId)).toBe(1)
    expect((await app.as('cpw-tirana').get(`/api/proceedings-of?caseId=${caseId}`)).body.items).toHaveLength(
      1,
    )
    expect((await app.as('responsible-authority').get(`/api/proceedings/${id}`)).status).toBe(404)
    // The same by police and border police, who get no such answer.
    const police = await openBy('police', { article: '124/b' })
    await act('police', police, 'add_victim', { subject: 'child', code }, 'proceeding_victim_unknown')
  })
  test('a child of the trafficking track, a closed case and no case read the same', async () => {
    const { code } = await child()
    const over = await closed(app)
    const ended = String((await app.as('cpw-tirana').get(`/api/cases/${over.id}`)).body.code)
    const id = await openBy('prosecutor')
    const replies = []
    for (const tried of [code, ended, 'TR-2026-9998'])
      replies.push((await add(id, tried, 'proceeding_victim_unknown')).body)
    const said = (body: object) => {
      const { instance: _, ...rest } = body as Record<string, unknown>
      return rest
    }
    expect(said(replies[1]!)).toEqual(said(replies[0]!))
    expect(said(replies[2]!)).toEqual(said(replies[0]!))
  })
  test('codes that are walked are recorded, and after five in vain none is looked up, not even the right one', async () => {
    const { caseId } = await opened()
    const right = String((await app.as('cpw-tirana').get(`/api/cases/${caseId}`)).body.code)
    const id = await openBy('prosecutor')
    await add(id, 'TR-2026-9997', 'proceeding_victim_unknown')
    await add(id, 'TR-2026-9996', 'proceeding_victim_unknown')
    await add(id, right, 'proceeding_code_paused')
    const [seen] = await app.db.admin<{ n: number }>(
      `select count(*)::int as n from access_record where actor_id = $1 and act = 'refused' and code = 'proceeding_victim_unknown'`,
      [userId('prosecutor')],
    )
    expect(seen!.n).toBe(justiceLaw.codeMissesADay)
    // A victim without a code is still written down, and the next day codes are answered again.
    await act('prosecutor', id, 'add_victim', { subject: 'child' })
    app.setClock('2026-11-25T13:00:00.000Z')
    await add(id, right, 200)
    app.setClock(noon)
  })
  test('no other role opens the door', async () => {
    const { caseId } = await opened()
    const code = String((await app.as('cpw-tirana').get(`/api/cases/${caseId}`)).body.code)
    for (const who of castNames.filter((name) => actorOf(name).role !== 'prosecutor')) {
      const id = await openBy('prosecutor')
      const reply = await app
        .as(who)
        .command(
          'proceeding.add_victim',
          id,
          { subject: 'child', cooperation: 'undecided', code },
          { baseVersion: 1 },
        )
      expect([404, 422, 403], `${who} ${JSON.stringify(reply.body)}`).toContain(reply.status)
    }
  })
})
