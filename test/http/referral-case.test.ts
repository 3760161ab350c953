import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { expireReferrals } from '#server/referral/overdue.ts'
import { withTx } from '#server/tx.ts'
import { actorOf, type CastName, type CastUnitName, unitId } from '#test/cast.ts'
import { Life, openFor, putChild } from './case-life.ts'
import { noon, type TestApp, testApp } from './harness.ts'

let app: TestApp
let life: Life
const hours = (n: number): string => new Date(Date.parse(noon) + n * 3_600_000).toISOString()

beforeAll(async () => {
  app = await testApp()
  const child = await putChild(app, 'Denis', 'Luka')
  await app.db.admin(
    `update person_named set birth_from = '2011-03-03', birth_to = '2011-03-03', birth_said = '', address = 'Rruga e Dibrës 5' where id = '${child}'`,
  )
  life = new Life(app, await openFor(app, 'cpw-tirana', { personId: child }))
})
afterAll(() => app.close())

const said = {
  needs: 'Shtrat sonte',
  risks: 'Një i rritur e kërkon',
  enrolment_need: 'Klasa e nëntë',
  health_need: 'Vizitë',
  allergies: 'penicilinë',
  zone: 'Zona 4',
}
const send = async (to: CastUnitName, service: string, more: object = {}, who: CastName = 'cpw-tirana') => {
  const id = uuidv7()
  const reply = await app.as(who).command('referral.send', id, {
    caseId: life.id,
    toUnitId: unitId(to),
    service,
    said,
    grounds: [{ kind: 'law', ref: 'ligji 18/2017' }],
    child: { answer: 'agrees' },
    ...more,
  })
  return { id, reply }
}
const record = async (more: object = {}) => {
  const id = uuidv7()
  const reply = await app.as('cpw-tirana').command('consent.record', id, {
    caseId: life.id,
    purpose: 'sharing',
    recipients: ['shelter'],
    fields: ['identity', 'needs', 'risks', 'consent'],
    capacity: 'guardian',
    givenBy: 'Vjollca Luka',
    language: 'sq',
    explainedBy: 'Ilir Sinani',
    ...more,
  })
  return { id, reply }
}
const page = async (who: CastName, id: string) => (await app.as(who).get(`/api/referrals/${id}`)).body
const fieldsOf = async (who: CastName, id: string) =>
  (await page(who, id)).packet!.map((part) => String(part.field)).sort()
const listed = async (who: CastName, id: string) =>
  (await app.as(who).get('/api/referrals?limit=100')).body.items!.find((item) => String(item.id) === id)!
const rows = async (who: CastName, sql: string): Promise<number> =>
  (await withTx(app.ctx, actorOf(who), (tx) => tx.sql<{ n: number }>(sql)))[0]!.n

describe('a referral out of a case', () => {
  test('gives a school what enrolling needs, and no door to the case or the child', async () => {
    const { id, reply } = await send('school-tirana', 'enrolment')
    expect(reply.status, JSON.stringify(reply.body)).toBe(200)
    const seen = await page('school', id)
    expect(seen.packet!.map((part) => String(part.field)).sort()).toEqual([
      'birth',
      'enrolment_need',
      'name',
      'zone',
    ])
    expect(seen.caseId).toBeNull()
    const whole = JSON.stringify(seen)
    for (const kept of ['Dibrës', 'penicilinë', 'Shtrat', 'begging']) expect(whole).not.toContain(kept)
    expect(seen.withheld!.map((one) => String(one.what))).toContain('trafficking_label')
    expect((await app.as('school').get(`/api/cases/${life.id}`)).status).toBe(404)
    expect((await app.as('school').get(`/api/cases/${life.id}/referrals`)).status).toBe(404)
    for (const who of ['school', 'shelter', 'cpw-durres'] as const) {
      const found = await app.as(who).get('/api/search?q=Luka')
      expect(found.body.items ?? [], who).toEqual([])
    }
    for (const table of ['case_file', 'person', 'person_named'])
      expect(await rows('school', `select count(*)::int as n from ${table}`)).toBe(0)
  })

  test('gives the police the elements that were found, and civil status a day of birth as days are written', async () => {
    const found =
      'I pashoqëruar, ose me një të rritur që nuk është prind a kujdestar dhe ka dokumente të dyshimta'
    const police = await send('police-tirana', 'formal_identification', {
      said: { indicators: [found], place: 'Stacioni' },
    })
    expect(police.reply.status, JSON.stringify(police.reply.body)).toBe(200)
    const told = (await page('police', police.id)).packet!.find((part) => String(part.field) === 'indicators')
    expect(told!.value).toEqual([found])
    const civil = await send('civil-status-tirana', 'birth_registration', { said: {} })
    expect(civil.reply.status, JSON.stringify(civil.reply.body)).toBe(200)
    expect(JSON.stringify((await page('civil-status', civil.id)).packet)).toContain('03.03.2011')
  })

  test('is refused where the words would brand the child, and to whoever only shares the unit', async () => {
    const branded = await send('school-tirana', 'enrolment', {
      said: { enrolment_need: 'Viktimë e mundshme e trafikimit' },
    })
    expect(branded.reply.body).toMatchObject({
      code: 'referral_label_in_text',
      field: 'source.enrolment_need',
    })
    const colleague = await send('school-tirana', 'enrolment', {}, 'cpw2-tirana')
    expect(colleague.reply.body.code).toBe('not_allowed')
    const stranger = await send('school-tirana', 'enrolment', {}, 'cpw-durres')
    expect(stranger.reply.status).toBe(404)
  })

  test('brings the reply into the case: its text for who reads the case, the fact for the unit', async () => {
    const { id } = await send('school-tirana', 'enrolment')
    await app.as('school').command('referral.accept', id, { reply: 'Fillon të hënën' }, { baseVersion: 1 })
    const timeline = async (who: CastName) =>
      (await app.as(who).get(`/api/cases/${life.id}/timeline?kind=referral`)).body.items!
    const entry = (await timeline('cpw-tirana'))[0]!
    expect(entry).toMatchObject({
      type: 'CaseReferralMoved',
      facts: { what: 'ReferralAccepted', referralId: id, state: 'ACCEPTED' },
      texts: { reply: 'Fillon të hënën' },
    })
    expect((await timeline('cpw2-tirana'))[0]).toMatchObject({ texts: {}, restricted: 'T3' })
    // The case itself goes on: what the school wrote makes nobody's next write stale.
    expect(await life.try('cpw-tirana', 'set_risk', { risk: 'medium', reason: 'punon natën' })).toBe('ok')
    const { body } = await app.as('cpw-tirana').get(`/api/cases/${life.id}/referrals`)
    expect(body.items!.map((item) => String(item.id))).toContain(id)
    expect((await app.as('cpw-durres').get(`/api/cases/${life.id}/referrals`)).status).toBe(404)
  })
})

describe('consent', () => {
  test('of a child under the age is not enough alone; names stay with the case', async () => {
    expect((await record({ capacity: 'own' })).reply.body.code).toBe('consent_needs_guardian')
    expect((await record({ conflictOfInterest: true })).reply.body.code).toBe('consent_conflict_of_interest')
    const { id, reply } = await record()
    expect(reply.status, JSON.stringify(reply.body)).toBe(200)
    const mine = (await app.as('cpw-tirana').get(`/api/cases/${life.id}/consents`)).body.items!
    expect(mine.find((one) => String(one.id) === id)).toMatchObject({ givenBy: 'Vjollca Luka', number: 1 })
    const colleague = (await app.as('cpw2-tirana').get(`/api/cases/${life.id}/consents`)).body.items!
    expect(colleague.find((one) => String(one.id) === id)).toMatchObject({ givenBy: null })
    expect((await app.as('shelter').get(`/api/cases/${life.id}/consents`)).status).toBe(404)
  })

  test('withdrawn, the packet is gone at once, in list and page, and the referral can still be closed', async () => {
    const consent = await record()
    const { id, reply } = await send('shelter-tirana', 'emergency_shelter', {
      grounds: [{ kind: 'consent', ref: consent.id }],
    })
    expect(reply.status, JSON.stringify(reply.body)).toBe(200)
    expect(await fieldsOf('shelter', id)).toEqual(['consent', 'identity', 'needs', 'risks'])
    await app.as('shelter').command('referral.accept', id, {}, { baseVersion: 1 })

    const gone = await app
      .as('cpw-tirana')
      .command('consent.withdraw', consent.id, { capacity: 'guardian' }, { baseVersion: 1 })
    expect(gone.status, JSON.stringify(gone.body)).toBe(200)
    expect(gone.body.reply!.referrals).toEqual([id])
    expect(await fieldsOf('shelter', id)).toEqual([])
    expect((await listed('shelter', id)).accessEndedAt).not.toBeNull()
    for (const table of ['referral_packet', 'referral_packet_sensitive'])
      expect(
        await rows('shelter', `select count(*)::int as n from ${table} where referral_id = '${id}'`),
      ).toBe(0)
    const notices = (await app.as('shelter').get('/api/notices')).body.items!
    expect(notices).toContainEqual(expect.objectContaining({ code: 'referral_consent_ended', recordId: id }))

    const seen = await page('shelter', id)
    expect(seen.allowedActions).toEqual(['start_service', 'complete'])
    const closed = await app
      .as('shelter')
      .command('referral.complete', id, { outcome: 'stopped' }, { baseVersion: Number(seen.version) })
    expect(closed.status, JSON.stringify(closed.body)).toBe(200)
    const again = await send('shelter-tirana', 'emergency_shelter', {
      grounds: [{ kind: 'consent', ref: consent.id }],
    })
    expect(again.reply.body.code).toBe('consent_does_not_cover')
  })

  test('withdrawn, it takes away only what rests on it alone, though the head who does it reads no sensitive text', async () => {
    const consent = await record()
    const { id } = await send('shelter-tirana', 'emergency_shelter', {
      grounds: [
        { kind: 'safety', ref: 'rrezik', scope: ['identity', 'needs'] },
        { kind: 'consent', ref: consent.id },
      ],
    })
    expect(await fieldsOf('shelter', id)).toContain('risks')
    const gone = await app
      .as('head-tirana')
      .command('consent.withdraw', consent.id, { capacity: 'guardian' }, { baseVersion: 1 })
    expect(gone.status, JSON.stringify(gone.body)).toBe(200)
    expect(await fieldsOf('shelter', id)).toEqual(['identity', 'needs'])
    expect((await page('shelter', id)).withheld).toContainEqual({ what: 'risks', why: 'no_ground' })
  })

  test('whose time is over ends by itself', async () => {
    const consent = await record({ validUntil: hours(10) })
    const { id } = await send('shelter-tirana', 'emergency_shelter', {
      grounds: [{ kind: 'consent', ref: consent.id }],
    })
    app.setClock(hours(11))
    expect((await expireReferrals(app.ctx)).consentsLapsed).toBe(1)
    expect(await fieldsOf('shelter', id)).toEqual([])
    app.setClock(noon)
  })
})

describe('what is said upwards', () => {
  test('a decline reaches the head, and the Responsible Authority only where trafficking is in play', async () => {
    const decline = async () => {
      const { id } = await send('shelter-tirana', 'emergency_shelter')
      const reply = await app
        .as('shelter')
        .command('referral.decline', id, { reason: 'no_place' }, { baseVersion: 1 })
      expect(reply.status, JSON.stringify(reply.body)).toBe(200)
      return id
    }
    const told = async (who: CastName, id: string) =>
      (await app.as(who).get('/api/notices?limit=100')).body.items!.some((one) => String(one.recordId) === id)
    const plain = await decline()
    expect([await told('head-tirana', plain), await told('responsible-authority', plain)]).toEqual([
      true,
      false,
    ])
    expect((await app.as('responsible-authority').get(`/api/referrals/${plain}`)).status).toBe(404)
    await app.db.admin(`update case_file set vmt_status = 'vmt' where id = '${life.id}'`)
    const grave = await decline()
    expect([await told('head-tirana', grave), await told('responsible-authority', grave)]).toEqual([
      true,
      true,
    ])
    const box = (await app.as('responsible-authority').get('/api/referrals?box=escalated')).body.items!
    expect(box.map((item) => String(item.id))).toContain(grave)
    await app.db.admin(`update case_file set vmt_status = 'none' where id = '${life.id}'`)
  })
})

test('nothing is sent on a consent that is being withdrawn in the same moment', async () => {
  const consent = await record()
  const client = await app.ctx.pools.owner.connect()
  try {
    await client.query('begin')
    await client.query('update consent set withdrawn_at = $2 where id = $1', [consent.id, noon])
    const sending = send('shelter-tirana', 'emergency_shelter', {
      grounds: [{ kind: 'consent', ref: consent.id }],
    })
    await new Promise((go) => setTimeout(go, 300))
    await client.query('commit')
    expect((await sending).reply.body).toMatchObject({ code: 'consent_does_not_cover' })
  } finally {
    client.release()
  }
})
