/** Walls of the trafficking track over HTTP: who learns of it by a way round, and what forgets it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { cardText } from '#server/packet/container.ts'
import { cardOf, countryKeysOf, fingerprintOf } from '#server/packet/keys.ts'
import { erase } from '#server/retention/erase.ts'
import { type CastName, unitId } from '#test/cast.ts'
import { type Loose, type TestApp, testApp } from './harness.ts'
import { identifyAdult, interviewLife } from './nrm-life.ts'
import { screeningSteps } from './screening-steps.ts'

let app: TestApp
const ap = () => app.as('responsible-authority')
const { opened, screen } = screeningSteps(() => app)
const { toVt } = interviewLife(() => app)
const must = async (
  who: CastName,
  type: string,
  id: string,
  body: object,
  baseVersion?: number,
): Promise<Loose> => {
  const reply = await app.as(who).command(type, id, body, baseVersion === undefined ? {} : { baseVersion })
  expect(reply.status, `${type}: ${JSON.stringify(reply.body)}`).toBe(200)
  return reply.body
}
/** A child of Tirana with a file of the track. */
const child = async () => {
  const { caseId } = await opened()
  await screen('cpw-tirana', { caseId })
  const code = String((await app.as('cpw-tirana').get(`/api/cases/${caseId}`)).body.code)
  const nrmId = String((await ap().get(`/api/nrm?caseId=${caseId}`)).body.items![0]!.id)
  return { caseId, code, nrmId }
}
const abroad = uuidv7()

beforeAll(async () => {
  app = await testApp({ country: countryKeysOf(Buffer.alloc(32, 31)) })
  await must('responsible-authority', 'counterpart.set', abroad, {
    country: 'XK',
    kind: 'anti_trafficking',
    institution: 'Office of XK',
    email: 'office@example.org',
    validFrom: '2026-01-01',
  })
  const card = cardOf('XK', countryKeysOf(Buffer.alloc(32, 32)))
  await must('responsible-authority', 'counterpart.set_keys', abroad, { card: cardText(card) }, 1)
  const heard = { fingerprint: fingerprintOf(card), way: 'telephone' }
  await must('coordinator', 'counterpart.check_keys', abroad, heard, 2)
})
afterAll(() => app.close())

test('the police who identified an adult never read in which shelter she is', async () => {
  const { id } = await identifyAdult(app, 'police')
  const filed = async () =>
    (await app.as('police').get('/api/nrm-filings')).body.items!.find((one) => String(one.id) === id)!
  const office = unitId('social-service-tirana')
  expect(await filed()).toMatchObject({ taken: false, unit: { id: office } })
  const { version } = await must('social-service', 'nrm.take', id, {})
  expect(await filed()).toMatchObject({ taken: true, unit: { id: office } })
  const over = { unitId: unitId('shelter-tirana'), reason: 'Jeton aty.' }
  await must('social-service', 'nrm.hand_over', id, over, Number(version))
  expect(await filed()).toMatchObject({ taken: true, unit: { id: office } })
})

describe('a case opened in an emergency', () => {
  test('is read with its file of the track, each look marked; nothing is made of it for another country', async () => {
    const { caseId, code, nrmId } = await child()
    await must('cpw-durres', 'access.break_glass', uuidv7(), {
      caseCode: code,
      reason: 'child_found',
      text: 'Fëmija u gjend vetëm natën, njësia nuk përgjigjet.',
      onDuty: true,
    })
    expect((await app.as('cpw-durres').get(`/api/nrm/${nrmId}`)).body).toMatchObject({ tier: 'T3', caseId })
    const looks = await app.db.admin<{ code: string | null }>(
      `select a.code from access_record a join app_user u on u.id = a.actor_id where u.login = 'cpw-durres' and a.record_id = $1 and a.act = 'read'`,
      [nrmId],
    )
    expect(looks).toEqual([{ code: 'break_glass' }])
    const packet = {
      nrmId,
      counterpartId: abroad,
      purpose: 'tracing',
      items: [{ field: 'name', value: 'A. B.' }],
      ground: 'safety',
      groundRef: 'rrezik',
      days: 5,
    }
    const made = await app.as('cpw-durres').command('packet.make', uuidv7(), packet)
    expect([made.status, made.body.code]).toEqual([422, 'not_allowed'])
    // Whoever works on the case makes one; whoever has merely opened it does not recall it.
    const own = uuidv7()
    await must('cpw-tirana', 'packet.make', own, packet)
    const recall = { why: 'not_needed' }
    const recalled = await app.as('cpw-durres').command('packet.revoke', own, recall, { baseVersion: 2 })
    expect(recalled.status).toBe(404)
    await must('cpw-tirana', 'packet.revoke', own, recall, 2)
  })
})

test('who opened a person’s file: the extract knows looks at the file of the track and what hangs on it', async () => {
  const { caseId, code, nrmId } = await child()
  await app.as('head-tirana').get(`/api/nrm/${nrmId}`)
  const { id: interviewId } = await toVt(caseId)
  await app.as('head-tirana').get(`/api/interviews/${interviewId}`)
  const [file] = await app.db.admin<{ person: string }>(
    'select person_id as person from case_file where id = $1',
    [caseId],
  )
  const counted = async () => {
    const id = uuidv7()
    await must('dpo', 'privacy.register_request', id, {
      kind: 'access',
      requester: 'guardian',
      channel: 'letter',
      receivedOn: '2026-11-23',
      who: 'Nëna, e njohur te njësia',
      text: 'Kërkon kush e ka hapur dosjen.',
      caseCode: code,
    })
    await must('dpo', 'privacy.check_identity', id, { means: 'identity_card' }, 1)
    const lines = (await app.as('dpo').get(`/api/privacy/requests/${id}/access-log`)).body.items!
    // Nobody whose name would tell what the file is about.
    expect(lines.filter((one) => ['police', 'social_service'].includes(String(one.role)))).toEqual([])
    return lines.reduce((sum, one) => sum + Number(one.times), 0)
  }
  const looked = await app.db.admin<{ n: number }>(
    `select count(*)::int as n from access_record where act in ('read', 'export') and actor_id is not null and record_id = any ($1)`,
    [[caseId, nrmId, interviewId, file!.person]],
  )
  expect(await counted()).toBeGreaterThanOrEqual(looked[0]!.n)
  const before = await counted()
  await app.as('head-tirana').get(`/api/interviews/${interviewId}`)
  await app.as('head-tirana').get(`/api/nrm/${nrmId}`)
  expect(await counted()).toBe(before + 2)
})

test('a case that is erased takes along the alert on its file of the track, and children of a victim whom nothing else tells of', async () => {
  const { caseId, code, nrmId } = await child()
  const alertId = uuidv7()
  await must('responsible-authority', 'border_alert.set', alertId, {
    kind: 'trafficking_risk',
    direction: 'both',
    step: 'hold_call',
    phone: '+355 4 222 333',
    nrmId,
    givenName: 'Lule',
    familyName: 'Marku',
    sex: 'female',
    documents: [],
    reason: 'Po e kërkojnë.',
    expiresOn: '2027-01-10',
  })
  await must('cpw-tirana', 'assistance.add_child', nrmId, {
    personId: null,
    person: { givenName: 'Foshnja', familyName: 'Marku', sex: 'female', birth: null },
    livesWith: true,
    consentBy: 'subject',
    consentOn: '2026-11-20',
  })
  const told = async () =>
    (
      await app.db.admin<{ alerts: number; children: number }>(
        `select (select count(*)::int from border_alert_named where id = $1) as alerts,
           (select count(*)::int from assistance_dependant d join person_named n on n.id = d.person_id
             where d.nrm_id = $2 and n.given_name is not null) as children`,
        [alertId, nrmId],
      )
    )[0]
  expect(await told()).toEqual({ alerts: 1, children: 1 })
  // Nor by itself, while a hold stands on the case.
  const hold = uuidv7()
  await must('dpo', 'privacy.place_hold', hold, {
    caseCode: code,
    ground: 'court_case',
    text: 'Çështja në gjykatë ende nuk ka përfunduar.',
    until: null,
  })
  const alone = { kind: 'border_alert', id: alertId, rule: 'retention 20y', by: 'dpo' } as const
  await expect(erase(app.ctx, alone)).rejects.toThrow('legal hold')
  expect(await told()).toEqual({ alerts: 1, children: 1 })
  await must('dpo', 'privacy.lift_hold', hold, { text: 'Vendimi mori formë të prerë.' })
  await erase(app.ctx, { kind: 'case_file', id: caseId, rule: 'retention 20y', by: 'dpo' })
  expect(await told()).toEqual({ alerts: 0, children: 0 })
})

test('conditions of few interviews are counted for whoever opens them, and hidden from readers of figures', async () => {
  const read = async (who: CastName) => (await app.as(who).get('/api/interview-conformity?year=2026')).body
  const exact = await read('responsible-authority')
  expect(Number(exact.asked)).toBeGreaterThan(0)
  for (const who of ['coordinator', 'state-agency'] as const) {
    const { items, asked, met } = await read(who)
    expect([asked, met], who).toEqual([null, null])
    expect(items!.length, who).toBeGreaterThan(0)
    expect(
      items!.every((one) => one.asked === null && one.met === null),
      who,
    ).toBe(true)
  }
})

test('one child at one crossing: the country counts it, and no reader of figures learns where', async () => {
  const checked = await app.as('border-police').command('border.check', uuidv7(), {
    direction: 'out',
    category: 'alone',
    escorts: [],
    document: { kind: 'none' },
    givenName: 'Drita',
    familyName: 'Kola',
    sex: 'female',
  })
  expect(checked.status, JSON.stringify(checked.body)).toBe(200)
  const read = async (who: CastName) => (await app.as(who).get('/api/border/figures')).body
  for (const who of ['coordinator', 'state-agency'] as const)
    expect(await read(who), who).toMatchObject({ rows: [], totals: { outAlone: 1 } })
  expect((await read('border-police')).rows).toMatchObject([{ outAlone: 1 }])
})
