/** A referral from an action of the plan straight to a provider of the directory: who is offered, what is linked, how long it waited. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { type CastName, castNames, unitId } from '#test/cast.ts'
import { activePlan, type Life } from './case-life.ts'
import { type TestApp, testApp } from './harness.ts'

let app: TestApp
let life: Life
let action: string
const [open, paused, elsewhere] = [uuidv7(), uuidv7(), uuidv7()]

const must = async (who: CastName, type: string, id: string, body: object, baseVersion?: number) => {
  const reply = await app.as(who).command(type, id, body, baseVersion === undefined ? {} : { baseVersion })
  expect(reply.status, `${type} ${JSON.stringify(reply.body)}`).toBe(200)
  return reply
}
beforeAll(async () => {
  app = await testApp()
  life = await activePlan(app)
  action = String((await life.read()).body.plan!.goals![0]!.actions![0]!.id)
  const units = (await app.as('cpw-tirana').get('/api/institutions')).body.items!
  const school = units.find((one) => String(one.id) === unitId('school-tirana'))!
  const provider = String(school.institutionId)
  const place = uuidv7()
  await must('state-agency', 'service.set_provider', provider, {
    descriptionSq: 'Shkollë.',
    descriptionEn: 'School.',
    places: [
      {
        id: place,
        nameSq: 'Shkolla',
        nameEn: 'School',
        municipality: '53',
        unitId: unitId('school-tirana'),
        withheld: false,
      },
    ],
  })
  const offer = {
    providerId: provider,
    service: 'education',
    descriptionSq: 'Ndihmë.',
    descriptionEn: 'Help.',
    free: true,
    languages: ['sq'],
    areas: ['53'],
    places: [place],
  }
  await must('state-agency', 'service.set', elsewhere, {
    ...offer,
    nameSq: 'A larg',
    nameEn: 'A far',
    minAge: 60,
  })
  await must('state-agency', 'service.set', paused, { ...offer, nameSq: 'B pushon', nameEn: 'B rests' })
  await must(
    'state-agency',
    'service.set_status',
    paused,
    { status: 'paused', reason: 'pushim për provë' },
    1,
  )
  await must('state-agency', 'service.set', open, { ...offer, nameSq: 'C hapur', nameEn: 'C open' })
  await app.db.admin(`update person_named set birth_from = '2016-03-03', birth_to = '2016-03-03', birth_said = ''
    where id = (select person_id from case_file where id = '${life.id}')`)
})
afterAll(() => app.close())

const providers = (who: CastName, id = action) =>
  app.as(who).get(`/api/cases/${life.id}/actions/${id}/providers`)
const send = (more: object, who: CastName = 'cpw-tirana') => {
  const id = uuidv7()
  return app
    .as(who)
    .command('referral.send', id, {
      caseId: life.id,
      toUnitId: unitId('school-tirana'),
      service: 'enrolment',
      said: { enrolment_need: 'Regjistrimi në klasën e tretë' },
      grounds: [{ kind: 'law', ref: 'ligji 18/2017' }],
      ...more,
    })
    .then((reply) => ({ id, ...reply }))
}

test('those that fit stand first, with what is asked there and where the purpose goes; a stale one says so', async () => {
  const { status, body } = await providers('cpw-tirana')
  expect(status, JSON.stringify(body)).toBe(200)
  expect(body.items!.map((one) => String(one.entryId))).toEqual([open, elsewhere, paused])
  expect(body.items![0]).toMatchObject({
    toUnitId: unitId('school-tirana'),
    kind: 'school',
    service: 'enrolment',
    purpose: 'enrolment_need',
    stale: false,
    fits: { area: true, age: true },
  })
  expect(body.items![1]).toMatchObject({ fits: { area: true, age: false } })
  await app.db.admin(`update provider_service set check_due = '2020-01-01' where id = '${open}'`)
  expect((await providers('cpw-tirana')).body.items![0]).toMatchObject({ entryId: open, stale: true })
})

test('only those who read the plan of the child are told who fits it', async () => {
  const told: string[] = []
  for (const who of castNames) if ((await providers(who)).status === 200) told.push(who)
  expect(told.sort()).toEqual(['cpw-tirana', 'head-tirana'])
  expect((await providers('cpw-tirana', uuidv7())).status).toBe(404)
})

test('a paused entry, another unit, an unknown action or entry are refused', async () => {
  expect((await send({ actionId: action, entryId: paused })).body).toMatchObject({
    code: 'referral_entry_not_open',
    field: 'entryId',
  })
  expect(
    (await send({ entryId: open, toUnitId: unitId('health-tirana'), service: 'treatment' })).body.code,
  ).toBe('referral_entry_elsewhere')
  expect((await send({ actionId: uuidv7() })).status).toBe(400)
  expect((await send({ entryId: uuidv7() })).status).toBe(400)
})

test('the action shows its referral and the waiting; the recipient learns of no plan', async () => {
  const { id, status, body } = await send({ actionId: action, entryId: open })
  expect(status, JSON.stringify(body)).toBe(200)
  expect((await send({ actionId: action })).body.code).toBe('referral_action_waits')
  const shown = async () => (await life.read()).body.plan!.goals![0]!.actions![0]!.referrals as object[]
  expect(await shown()).toMatchObject([{ id, state: 'SENT', startedAt: null }])
  expect((await app.as('cpw-tirana').get(`/api/referrals/${id}`)).body.actionId).toBe(action)
  expect((await app.as('school').get(`/api/referrals/${id}`)).body.actionId).toBeNull()
  await must('school', 'referral.accept', id, {}, 1)
  await must('school', 'referral.start_service', id, {}, 2)
  expect(await shown()).toMatchObject([{ id, state: 'IN_SERVICE', startedAt: expect.any(String) }])
  await must('school', 'referral.complete', id, { outcome: 'met' }, 3)
  await life.must('cpw-tirana', 'set_action_status', { actionId: action, status: 'done', doneOn: null })
  expect((await send({ actionId: action })).body.code).toBe('referral_action_ended')
})
