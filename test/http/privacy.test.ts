/** Access beyond one's scope, its review, and the registers of the data protection officer, over HTTP. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '#domain/core.ts'
import { uuidv7 } from '#server/ids.ts'
import { carryOutErasures } from '#server/privacy/index.ts'
import { actorOf, type CastName, castNames, noon } from '#test/cast.ts'
import { readPdf } from '#test/pdf-text.ts'
import { activePlan } from './case-life.ts'
import { type Loose, type TestApp, testApp } from './harness.ts'

let app: TestApp
let file: { id: string; code: string }
const hours = (n: number): string => new Date(Date.parse(noon) + n * 3_600_000).toISOString()
beforeAll(async () => {
  app = await testApp()
  const made = await activePlan(app)
  const view = await app.as('cpw-tirana').get(`/api/cases/${made.id}`)
  file = { id: made.id, code: String(view.body.code) }
})
afterAll(() => app.close())

const must = async (who: CastName | Actor, type: string, id: string, body: object, baseVersion?: number) => {
  const reply = await app.as(who).command(type, id, body, baseVersion === undefined ? {} : { baseVersion })
  expect(reply.status, `${type}: ${JSON.stringify(reply.body)}`).toBe(200)
  return reply.body.reply as Loose
}
const no = async (who: CastName | Actor, type: string, id: string, body: object, baseVersion?: number) => {
  const reply = await app.as(who).command(type, id, body, baseVersion === undefined ? {} : { baseVersion })
  return String(reply.body.code)
}
const because = {
  reason: 'child_found',
  text: 'Fëmija u gjend vetëm natën, njësia nuk përgjigjet.',
  onDuty: true,
}
const items = (body: Loose): Loose[] => body.items as unknown as Loose[]

describe('break-glass', () => {
  const glass = uuidv7()

  test('is found by code, hit or no hit, by those who may', async () => {
    const found = await app.as('cpw-durres').post('/api/access/find', { caseCode: file.code.toLowerCase() })
    expect(found.status).toBe(200)
    expect(items(found.body)).toMatchObject([{ caseId: file.id, caseCode: file.code, open: false }])
    expect(
      items((await app.as('police').post('/api/access/find', { caseCode: 'TR-2026-9999' })).body),
    ).toEqual([])
    for (const name of castNames) {
      const { status } = await app.as(name).post('/api/access/find', { caseCode: file.code })
      const may = /^(cpw|head|police|border|day-centre|shelter|school|health|field|hotline)/.test(name)
      expect(status, name).toBe(may ? 200 : 403)
    }
    const byName = { givenName: 'Asnjë', familyName: 'Askush' }
    expect((await app.as('border-police').post('/api/access/find', byName)).status).toBe(200)
    expect((await app.as('police').post('/api/access/find', byName)).status, 'no search by name').toBe(403)
  })

  test('needs a reason, a person on duty and a file that is not open anyway', async () => {
    const id = uuidv7()
    expect((await app.as('cpw-durres').get(`/api/cases/${file.id}`)).status).toBe(404)
    const short = { caseCode: file.code, ...because, text: 'ngut' }
    expect(await no('cpw-durres', 'access.break_glass', id, short)).toBe('invalid')
    expect(await no('cpw-durres', 'access.break_glass', id, because)).toBe('invalid')
    const off = { caseCode: file.code, ...because, onDuty: false }
    expect(await no('cpw-durres', 'access.break_glass', uuidv7(), off)).toBe('access_not_on_duty')
    const nothing = { caseCode: 'TR-2026-9999', ...because }
    expect(await no('cpw-durres', 'access.break_glass', uuidv7(), nothing)).toBe('access_case_unknown')
    const code = { caseCode: file.code, ...because }
    expect(await no('cpw-tirana', 'access.break_glass', uuidv7(), code)).toBe('access_already_open')
    for (const name of castNames)
      if (!['cpw', 'cpu_head', 'police', 'border_police'].includes(actorOf(name).role))
        expect(await no(name, 'access.break_glass', uuidv7(), code), name).toBe('not_allowed')
  })

  test('tells nobody whether a case exists by a body that is never accepted', async () => {
    const grant = { reach: 'T2', purpose: 'joint_work', days: 10, text: 'Motra e fëmijës është rasti ynë.' }
    const bodies: [CastName, string, object, string][] = [
      ['cpw-durres', 'access.break_glass', { ...because, onDuty: false }, 'access_not_on_duty'],
      ['police', 'access.break_glass', { ...because, onDuty: false }, 'access_not_on_duty'],
      ['cpw-durres', 'access.request', { ...grant, days: 366 }, 'access_too_long'],
      ['cpw-durres', 'access.request', { ...grant, reach: 'minimum' }, 'access_reach'],
      ['day-centre', 'access.request', grant, 'access_reach'],
    ]
    for (const [who, type, body, code] of bodies) {
      const ask = (caseCode: string) => app.as(who).command(type, uuidv7(), { ...body, caseCode })
      const [there, absent] = [await ask(file.code), await ask('TR-2026-9999')]
      expect([there.status, there.body.code], `${who} ${type}`).toEqual([422, code])
      expect(absent.body, `${who} ${type}`).toEqual(there.body)
    }
  })

  test('opens the identified core for reading at once, never more, and tells the unit and the officer', async () => {
    const reply = await must('cpw-durres', 'access.break_glass', glass, { caseCode: file.code, ...because })
    expect(reply).toMatchObject({ caseId: file.id, until: hours(4), reach: 'T3' })
    const view = await app.as('cpw-durres').get(`/api/cases/${file.id}`)
    expect(view.status).toBe(200)
    expect(view.body).toMatchObject({
      tier: 'T3',
      allowed: [],
      opened: { kind: 'break_glass', until: hours(4) },
    })
    expect(view.body.child).not.toBeNull()
    expect((await app.as('cpw-durres').get(`/api/cases/${file.id}/timeline`)).status).toBe(200)
    expect((await app.as('head-durres').get(`/api/cases/${file.id}`)).status, 'not the colleague').toBe(404)
    const notes = items((await app.as('cpw-tirana').get('/api/notices')).body)
    expect(notes).toContainEqual(expect.objectContaining({ code: 'access_glass_broken', recordId: file.id }))
    expect(items((await app.as('dpo').get('/api/notices')).body)).toContainEqual(
      expect.objectContaining({ code: 'access_glass_broken', recordId: glass, label: file.code }),
    )
  })

  test('an id that is taken says nothing of the case either', async () => {
    const again = (caseCode: string) =>
      app.as('cpw-durres').command('access.break_glass', glass, { ...because, caseCode })
    const [there, absent] = [await again(file.code), await again('TR-2026-9999')]
    expect(there.status).toBe(409)
    expect([absent.status, absent.body]).toEqual([there.status, there.body])
  })

  test('reads and nothing else: no act, no referral, no consent, no paper, no row by hand', async () => {
    const note = { kind: 'contact', sensitive: false, happenedOn: '2026-11-20', text: 'x' }
    expect(await no('cpw-durres', 'case.add_note', file.id, note)).toBe('not_allowed')
    const consent = { caseId: file.id, purpose: 'referral' }
    expect(['invalid', 'not_allowed']).toContain(await no('cpw-durres', 'consent.record', uuidv7(), consent))
    const paper = await app.as('cpw-durres').get(`/api/cases/${file.id}/documents/case_file.pdf?lang=sq`)
    expect([403, 404]).toContain(paper.status)
    const listed = await app.as('cpw-durres').get('/api/cases')
    expect(items(listed.body).map((one) => one.id)).not.toContain(file.id)
  })

  test('every read under it is recorded as such, and the officer reads them', async () => {
    const reads = await app.as('dpo').get(`/api/access/openings/${glass}/reads`)
    expect(reads.status).toBe(200)
    const acts = items(reads.body).map((one) => [String(one.act), String(one.code)])
    expect(acts).toContainEqual(['break_glass', 'child_found'])
    expect(acts.filter(([act, code]) => act === 'read' && code === 'break_glass').length).toBeGreaterThan(0)
    expect((await app.as('head-tirana').get(`/api/access/openings/${glass}/reads`)).status).toBe(403)
    const readers = items((await app.as('cpw-tirana').get(`/api/cases/${file.id}/readers`)).body)
    expect(readers.map((one) => one.act)).toContain('break_glass')
  })

  test('ends by itself at the hour', async () => {
    app.setClock(new Date(Date.parse(hours(4)) - 1).toISOString())
    expect((await app.as('cpw-durres').get(`/api/cases/${file.id}`)).status).toBe(200)
    app.setClock(hours(4))
    expect((await app.as('cpw-durres').get(`/api/cases/${file.id}`)).status).toBe(404)
    expect(items((await app.as('cpw-durres').get('/api/access/openings?box=mine')).body)).toMatchObject([
      { id: glass, live: false, mine: true },
    ])
    expect(await no('cpw-durres', 'access.close_break_glass', glass, {})).toBe('access_not_live')
    app.setClock(noon)
  })

  test('the database ends it too, whatever time a server believes in', async () => {
    expect((await app.as('cpw-durres').get(`/api/cases/${file.id}`)).status).toBe(200)
    // Only the superuser, past the trigger that measures, can make the hours of the database pass.
    await app.db.admin(
      `alter table break_glass disable trigger keep_time; update break_glass set ends = now() where id = '${glass}';
       alter table break_glass enable trigger keep_time`,
    )
    expect((await app.as('cpw-durres').get(`/api/cases/${file.id}`)).status).toBe(404)
  })

  test('is reviewed by the officer, once, never by who opened it', async () => {
    const finding = { outcome: 'not_justified', text: 'Njësia u përgjigj; fëmija ishte me nënën e vet.' }
    expect(await no('cpw-durres', 'access.review_break_glass', glass, finding)).toBe('access_own_review')
    expect(await no('head-tirana', 'access.review_break_glass', glass, finding)).toBe('not_found')
    expect(await no('dpo', 'access.review_break_glass', glass, finding)).toBe('reason_required')
    await must('dpo', 'access.review_break_glass', glass, { ...finding, consequence: 'training' })
    expect(await no('dpo', 'access.review_break_glass', glass, { ...finding, consequence: 'talk' })).toBe(
      'access_reviewed',
    )
    const mine = items((await app.as('cpw-durres').get('/api/access/openings?box=mine')).body)[0]!
    expect(mine).toMatchObject({ outcome: 'not_justified', consequence: 'training' })
    expect((mine.words as unknown as Loose[]).map((word) => word.name)).toEqual(['reason', 'finding'])
  })

  test('gives the police the least that protects, and no page of the case', async () => {
    const id = uuidv7()
    const minimum = `/api/access/minimum/${file.id}`
    expect((await app.as('police').get(minimum)).status).toBe(404)
    expect(await must('police', 'access.break_glass', id, { caseCode: file.code, ...because })).toMatchObject(
      {
        reach: 'minimum',
      },
    )
    const least = await app.as('police').get(minimum)
    expect(least.status).toBe(200)
    expect(Object.keys(least.body).sort()).toEqual(
      [
        'birth',
        'code',
        'doNotInformFamily',
        'doNotPhoneHome',
        'familyName',
        'forbidden',
        'givenName',
        'hasMeasure',
        'id',
        'interpreter',
        'manager',
        'missing',
        'otherNames',
        'phone',
        'safeContact',
        'sex',
        'unit',
      ].sort(),
    )
    expect((await app.as('police').get(`/api/cases/${file.id}`)).status).toBe(404)
    expect((await app.as('border-police').get(minimum)).status, 'another officer').toBe(404)
    await must('police', 'access.close_break_glass', id, {})
    expect((await app.as('police').get(minimum)).status).toBe(404)
  })
})

describe('access grants', () => {
  const asked = { purpose: 'joint_work', days: 10, text: 'Motra e fëmijës është rasti ynë në Durrës.' }

  test('are asked for, given by the head of the unit, end by themselves or at once', async () => {
    const id = uuidv7()
    const ask = { caseCode: file.code, reach: 'T2', ...asked }
    expect(await no('prosecutor', 'access.request', id, ask)).toBe('not_allowed')
    expect(await no('day-centre', 'access.request', id, ask)).toBe('access_reach')
    expect(await no('cpw-durres', 'access.request', uuidv7(), { ...ask, days: 120 })).toBe('access_too_long')
    await must('cpw-durres', 'access.request', id, ask)
    expect((await app.as('cpw-durres').get(`/api/cases/${file.id}`)).status).toBe(404)
    expect(await no('head-durres', 'access.answer', id, { grant: true }, 1)).toBe('not_found')
    expect(await no('cpw-tirana', 'access.answer', id, { grant: true }, 1)).toBe('not_found')
    expect(await no('head-tirana', 'access.answer', id, { grant: false }, 1)).toBe('reason_required')
    await must('head-tirana', 'access.answer', id, { grant: true, days: 3 }, 1)
    const view = await app.as('cpw-durres').get(`/api/cases/${file.id}`)
    expect(view.body).toMatchObject({
      tier: 'T2',
      child: null,
      summary: null,
      opened: { kind: 'access_grant' },
    })
    app.setClock(hours(3 * 24))
    expect((await app.as('cpw-durres').get(`/api/cases/${file.id}`)).status).toBe(404)
    expect(items((await app.as('cpw-durres').get('/api/access/grants?box=mine')).body)[0]!.state).toBe(
      'EXPIRED',
    )
    app.setClock(noon)
    expect(await no('cpw-durres', 'access.revoke', id, { text: 'x' })).toBe('not_found')
    await must('head-tirana', 'access.revoke', id, { text: 'Nuk duhet më.' })
    expect((await app.as('cpw-durres').get(`/api/cases/${file.id}`)).status).toBe(404)
  })

  test('give a day centre the least that protects', async () => {
    const id = uuidv7()
    await must('day-centre', 'access.request', id, { caseCode: file.code, reach: 'minimum', ...asked })
    expect((await app.as('day-centre').get(`/api/access/minimum/${file.id}`)).status).toBe(404)
    await must('head-tirana', 'access.answer', id, { grant: true }, 1)
    expect((await app.as('day-centre').get(`/api/access/minimum/${file.id}`)).status).toBe(200)
    expect((await app.as('day-centre').get(`/api/cases/${file.id}`)).status).toBe(404)
    await must('dpo', 'access.revoke', id, { text: 'Qëllimi mbaroi.' })
    expect((await app.as('day-centre').get(`/api/access/minimum/${file.id}`)).status).toBe(404)
  })
})

test('the registers are the officer’s alone', async () => {
  for (const name of castNames)
    for (const door of ['requests', 'breaches', 'holds', 'retention'])
      expect((await app.as(name).get(`/api/privacy/${door}`)).status, `${name} ${door}`).toBe(
        name === 'dpo' ? 200 : 403,
      )
})

describe('requests of persons', () => {
  const request = {
    kind: 'access',
    requester: 'guardian',
    channel: 'letter',
    receivedOn: '2026-11-23',
    who: 'Nëna, e njohur te njësia',
    text: 'Kërkon kush e ka hapur dosjen e fëmijës.',
  }

  test('have a clock; nothing is answered before the identity; a no says where to complain', async () => {
    const id = uuidv7()
    await must('dpo', 'privacy.register_request', id, { ...request, caseCode: file.code })
    const [row] = items((await app.as('dpo').get('/api/privacy/requests')).body)
    expect(row).toMatchObject({ state: 'RECEIVED', late: false })
    expect(String(row!.dueAt).slice(0, 10)).toBe('2026-12-23')
    expect(
      await no('dpo', 'privacy.register_request', uuidv7(), { ...request, receivedOn: '2026-12-01' }),
    ).toBe('in_future')
    expect((await app.as('dpo').get(`/api/privacy/requests/${id}/access-log`)).body.code).toBe(
      'request_no_file',
    )
    const answer = { outcome: 'granted', ground: null, complaintTold: false, text: 'U dha ekstrakti.' }
    expect(await no('dpo', 'privacy.answer_request', id, answer, 1)).toBe('request_identity_first')
    await must('dpo', 'privacy.check_identity', id, { means: 'identity_card' }, 1)
    const refusal = { ...answer, outcome: 'refused' }
    expect(await no('dpo', 'privacy.answer_request', id, refusal, 2)).toBe('request_ground')
    expect(await no('dpo', 'privacy.answer_request', id, { ...refusal, ground: 'no_data' }, 2)).toBe(
      'request_complaint_right',
    )

    const log = await app.as('dpo').get(`/api/privacy/requests/${id}/access-log`)
    expect(log.status).toBe(200)
    const lines = items(log.body)
    expect(lines.some((line) => line.emergency === (true as never) && String(line.role) === 'cpw')).toBe(true)
    expect(JSON.stringify(log.body), 'nobody of the staff').not.toContain('Person ')
    expect(lines.filter((line) => String(line.role) === 'police')).toEqual([])
    expect(lines.some((line) => line.role === null && line.unit === null)).toBe(true)
    for (const lang of ['sq', 'en']) {
      const pdf = await app.fastify.inject({
        url: `/api/privacy/requests/${id}/access-log.pdf?lang=${lang}`,
        headers: { 'x-test-as': 'dpo' },
      })
      expect(pdf.statusCode).toBe(200)
      const text = readPdf(pdf.rawPayload)
        .pages.flatMap((page) => page.pieces)
        .map((piece) => piece.text)
        .join(' ')
      expect(text).toContain(lang === 'sq' ? 'Komisioneri' : 'Commissioner')
      expect(text).not.toContain('Person ')
      expect(text, 'days as on every paper').toMatch(/\b\d{2}\.\d{2}\.\d{4}\b/)
      expect(text).not.toMatch(/\d{4}-\d{2}-\d{2}/)
    }
    await must('dpo', 'privacy.answer_request', id, answer, 2)
    expect(await no('dpo', 'privacy.withdraw_request', id, { text: 'x' })).toBe('request_answered')
  })
})

describe('breaches', () => {
  test('run against 72 hours and close only with the Commissioner, the persons and a measure', async () => {
    const id = uuidv7()
    const breach = {
      kinds: ['confidentiality'],
      tiers: ['T3'],
      persons: 3,
      children: true,
      knownAt: hours(-80),
      risk: 'high',
      text: 'Një letër shkoi në adresë të gabuar.',
    }
    expect(await no('admin', 'privacy.record_breach', id, breach)).toBe('not_allowed')
    expect(await no('dpo', 'privacy.record_breach', id, { ...breach, knownAt: hours(1) })).toBe('in_future')
    await must('dpo', 'privacy.record_breach', id, breach)
    const now = async () =>
      items((await app.as('dpo').get('/api/privacy/breaches')).body).find((one) => String(one.id) === id)!
    expect(await now()).toMatchObject({ late: true, dueAt: hours(-8), state: 'OPEN' })
    expect(await no('dpo', 'privacy.close_breach', id, {}, 1)).toBe('breach_needs_commissioner')
    await must(
      'dpo',
      'privacy.tell_commissioner',
      id,
      { told: false, why: 'no_risk', text: 'U kthye e pahapur.' },
      1,
    )
    expect(await no('dpo', 'privacy.close_breach', id, {}, 2)).toBe('breach_needs_informing')
    await must('dpo', 'privacy.inform_persons', id, { informed: 'none', text: 'Asgjë nuk u pa.' }, 2)
    expect(await no('dpo', 'privacy.close_breach', id, {}, 3)).toBe('breach_needs_measure')
    await must('dpo', 'privacy.add_breach_measure', id, { text: 'Adresat kontrollohen dy herë.' })
    await must('dpo', 'privacy.close_breach', id, {}, 4)
    expect(await no('dpo', 'privacy.add_breach_measure', id, { text: 'x' })).toBe('breach_closed')
    expect(await now()).toMatchObject({ state: 'CLOSED', notNotified: 'no_risk', late: false })
  })
})

describe('keeping and erasing', () => {
  const due = async () => (await app.as('dpo').get('/api/privacy/retention')).body.due as unknown as Loose[]

  test('what is due is listed, a hold stops it, an order waits, and what is erased still counts', async () => {
    const id = uuidv7()
    const child = {
      source: 'cpu',
      channel: 'phone',
      immediacy: 'ordinary',
      concerns: ['begging'],
      narrative: 'Gjurmëzhdukur.',
      place: { municipality: '53', text: 'Rruga 7' },
    }
    await must('cpw-tirana', 'report.create', id, {
      ...child,
      children: [{ givenName: 'Ilirë', sex: 'female' }],
    })
    // The child was put past its chain, as triage would not.
    await app.db.admin(
      `insert into record_head (record_id, kind, version, hash) select person_id, 'person', 1, '\\x00' from case_file where id = '${file.id}'`,
    )
    // Three years ago; and a case closed twelve years ago of a child then grown.
    await app.db.admin(
      `update report set state = 'SCREENED_OUT', triaged_at = '2023-01-01', received_at = '2023-01-01' where id = '${id}'`,
    )
    await app.db.admin(`update case_file set status = 'CLOSED', closed_at = '2014-01-01' where id = '${file.id}';
      update person set born_from = 1995, born_to = 1996 where id = (select person_id from case_file where id = '${file.id}')`)
    expect((await due()).map((one) => [String(one.rule), String(one.id)]).sort()).toEqual(
      [
        ['case', file.id],
        ['report_screened_out', id],
      ].sort(),
    )
    const hold = uuidv7()
    const why = { ground: 'court_case', text: 'Çështje në gjykatë, nr. 12.', until: null }
    const placed = { caseCode: file.code, ...why, text: 'Çështja në gjykatë ende nuk ka përfunduar.' }
    await must('dpo', 'privacy.place_hold', hold, placed)
    const order = uuidv7()
    expect(await no('dpo', 'privacy.order_erasure', order, { kind: 'case_file', id: file.id })).toBe(
      'erasure_held',
    )
    expect(await no('admin', 'privacy.order_erasure', order, { kind: 'report', id })).toBe('not_allowed')
    expect(await no('dpo', 'privacy.order_erasure', uuidv7(), { kind: 'report', id: uuidv7() })).toBe(
      'erasure_not_due',
    )
    await must('dpo', 'privacy.order_erasure', uuidv7(), { kind: 'report', id })
    expect(await carryOutErasures(app.ctx), 'days of waiting').toEqual({ erased: 0, waiting: 0 })

    await must('dpo', 'privacy.lift_hold', hold, { text: 'Vendimi mori formë të prerë.' })
    await must('dpo', 'privacy.order_erasure', order, { kind: 'case_file', id: file.id })
    // A second hold comes while the order waits: the case stays, the report goes.
    await must('dpo', 'privacy.place_hold', uuidv7(), { ...placed, until: '2026-12-20' })
    app.setClock(hours(15 * 24))
    expect(await carryOutErasures(app.ctx)).toEqual({ erased: 1, waiting: 1 })
    const left = async (where: string) =>
      (await app.db.admin<{ n: number }>(`select count(*)::int as n from ${where}`))[0]!.n
    expect(await left(`report_named where id = '${id}' and narrative is null`)).toBe(1)
    expect(await left(`report where id = '${id}' and state = 'SCREENED_OUT'`), 'it still counts').toBe(1)
    expect(await left(`event_part where record_id = '${file.id}'`)).toBeGreaterThan(0)
    app.setClock(hours(40 * 24))
    expect(await carryOutErasures(app.ctx)).toEqual({ erased: 1, waiting: 0 })
    expect(await left(`event_part where record_id = '${file.id}'`)).toBe(0)
    expect(
      await left(`privacy_text where record_kind in ('break_glass', 'access_grant')`),
      'reasons speak of the child',
    ).toBe(0)
    expect(
      await left(
        `person_named where given_name is not null and id = (select person_id from case_file where id = '${file.id}')`,
      ),
    ).toBe(0)
    expect(await left(`case_file where id = '${file.id}' and closed_at is not null`)).toBe(1)
    expect(await due()).toEqual([])
    app.setClock(noon)
  })
})
