import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { loadReference } from '#server/reference/load.ts'
import { Life, openFor } from './case-life.ts'
import { noon, type TestApp, testApp } from './harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const officer = () => app.as('state-agency')
/** Last day of a comprehensive assessment (ten working days) that begins today. */
const dueDay = async (): Promise<string> => {
  const life = new Life(app, await openFor(app, 'cpw-tirana'))
  const { body } = await app.as('cpw-tirana').get(`/api/clocks?recordKind=case_file&recordId=${life.id}`)
  return String(body.items!.find((clock) => String(clock.rule) === 'D07')!.dueAt).slice(0, 10)
}
const holiday = {
  day: '2026-12-03',
  nameSq: 'Ditë zie kombëtare',
  nameEn: 'National mourning',
  source: 'Vendim i Këshillit të Ministrave, 2.12.2026',
  confirmed: true,
}

test('a day added by the State Agency is no working day from then on; taken off, it is one again', async () => {
  app.setClock(noon)
  expect(await dueDay()).toBe('2026-12-11')
  const id = uuidv7()
  expect((await officer().command('reference.set_holiday', id, holiday)).status).toBe(200)
  expect(await dueDay()).toBe('2026-12-14')
  const twin = await officer().command('reference.set_holiday', uuidv7(), holiday)
  expect(twin).toMatchObject({ status: 422, body: { code: 'clock_holiday_known', field: 'nameEn' } })
  const moved = await officer().command('reference.set_holiday', id, { ...holiday, day: '2026-12-04' })
  expect(moved).toMatchObject({ status: 422, body: { code: 'clock_holiday_moved', field: 'day' } })
  expect((await officer().command('reference.strike_holiday', id, { source: 'Shfuqizuar' })).status).toBe(200)
  expect(await dueDay()).toBe('2026-12-11')
})

test('loading the shipped table again brings nothing back that was struck or confirmed', async () => {
  const { items } = (await officer().get('/api/reference/holidays')).body
  const youth = items!.find((one) => String(one.day) === '2026-12-08')!
  await officer().command('reference.strike_holiday', String(youth.id), { source: 'Ligj i ri' })
  const rules = (await officer().get('/api/reference/rules')).body.items!
  const triage = rules.find((one) => String(one.code) === 'D01')!
  expect(triage).toMatchObject({ verification: 'U', confirmedOn: null })
  const confirmed = await officer().command('reference.confirm_rule', String(triage.id), {
    source: 'VKM 578/2018, pika 9',
  })
  expect(confirmed.status).toBe(200)
  expect(await loadReference(app.ctx, { bodies: false })).toMatchObject({ holiday: 0, rule: 0 })
  const again = (await officer().get('/api/reference/rules')).body.items!
  expect(again.find((one) => String(one.code) === 'D01')).toMatchObject({
    verification: 'V',
    legalSource: 'VKM 578/2018, pika 9',
    confirmedOn: '2026-11-24',
  })
})

test('nobody else changes the calendar or the law', async () => {
  const { items } = (await officer().get('/api/reference/holidays')).body
  for (const name of ['admin', 'cpw-tirana', 'head-tirana', 'coordinator', 'dpo'] as const) {
    const ask = (type: string, id: string, body: object) => app.as(name).command(type, id, body)
    expect((await ask('reference.set_holiday', uuidv7(), { ...holiday, day: '2027-01-05' })).body.code).toBe(
      'not_allowed',
    )
    expect((await ask('reference.strike_holiday', String(items![0]!.id), { source: 'x' })).body.code).toBe(
      'not_allowed',
    )
  }
  expect(
    (await officer().command('reference.set_holiday', uuidv7(), { ...holiday, day: '2026-02-30' })).status,
  ).toBe(400)
  expect((await officer().command('reference.strike_holiday', uuidv7(), { source: 'x' })).status).toBe(404)
})
