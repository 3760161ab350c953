/** The papers of a case: read back as text in both languages, for every kind; who may take which; what is left out; what is remembered. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { documentKinds, templates } from '#domain/document/kinds.ts'
import { tellsTrafficking } from '#domain/referral/packet.ts'
import { uuidv7 } from '#server/ids.ts'
import { type CastName, castNames, unitId, userId } from '#test/cast.ts'
import { structureFaults } from '#test/pdf-structure.ts'
import { readPdf } from '#test/pdf-text.ts'
import { words } from '#wire/words/index.ts'
import { assess, goal, Life, openFor, putChild, seen, today } from './case-life.ts'
import { type TestApp, testApp } from './harness.ts'

let app: TestApp
let life: Life
let code: string
let certificateConsent: string

beforeAll(async () => {
  app = await testApp()
  const child = await putChild(app, 'Denis', 'Çelëku')
  await app.db.admin(
    `update person_named set birth_from = '2013-03-03', birth_to = '2013-03-03', birth_said = '', address = 'Rruga e Dibrës 5' where id = '${child}'`,
  )
  const opened = await openFor(app, 'cpw-tirana', { personId: child })
  life = new Life(app, opened)
  await assess(life, 'initial', { ...seen, risk: 'high', riskReason: 'Lyp natën te ura' })
  await assess(life, 'comprehensive')
  await assess(life, 'best_interests')
  await life.must('cpw-tirana', 'draft_plan', {
    summary: 'Së pari shkolla, pastaj banesa',
    goals: [goal(unitId('school-tirana'))],
  })
  await life.must('cpw-tirana', 'add_person_near', {
    name: 'Vjollca Çelëku',
    relationship: 'mother',
    contact: 'supervised',
    livesWithChild: true,
  })
  await life.must('cpw-tirana', 'add_note', {
    kind: 'home_visit',
    sensitive: false,
    happenedOn: today,
    text: 'Fëmija flinte në dysheme',
    childWords: 'Dua të shkoj në shkollë',
  })
  await life.must('cpw-tirana', 'add_note', {
    kind: 'health',
    sensitive: true,
    happenedOn: today,
    text: 'Mavijosje në krahë',
  })
  await life.must('head-tirana', 'hold_conference', {
    heldOn: today,
    place: 'Bashkia',
    attendance: [
      { institutionId: unitId('school-tirana'), present: true, name: 'Arta Gjoka' },
      { institutionId: unitId('health-tirana'), present: true },
      { institutionId: unitId('police-tirana'), present: false, absence: 'no_reply' },
    ],
    childPart: 'was_heard',
    familyPart: 'not_invited',
    familyWhyNot: 'unsafe',
    decisions: ['propose_measure'],
    minutes: 'U ra dakord për masën e emergjencës',
  })
  const proposed = await life.must('cpw-tirana', 'propose_measure', {
    kind: 'emergency',
    ground: 'begging',
    parentsCooperate: 'no',
    reason: 'Rrezik i menjëhershëm në rrugë',
  })
  const measureId = (proposed.made! as never as { id: string }[])[0]!.id
  await life.must('director-tirana', 'decide_measure', {
    measureId,
    decidedBy: 'municipal_director',
    decidedOn: today,
    step: 'issue_emergency',
    from: today,
  })
  const consent = await app.as('cpw-tirana').command('consent.record', uuidv7(), {
    caseId: life.id,
    purpose: 'sharing',
    recipients: ['school'],
    fields: ['name', 'birth', 'zone', 'enrolment_need'],
    capacity: 'guardian',
    givenBy: 'Vjollca Çelëku',
    language: 'sq',
    explainedBy: 'Ilir Sinani',
  })
  expect(consent.status, JSON.stringify(consent.body)).toBe(200)
  const sent = await app.as('cpw-tirana').command('referral.send', uuidv7(), {
    caseId: life.id,
    toUnitId: unitId('school-tirana'),
    service: 'enrolment',
    said: { enrolment_need: 'Klasa e dytë', zone: 'Zona 4' },
    grounds: [{ kind: 'law', ref: 'ligji 18/2017, neni 51' }],
  })
  expect(sent.status, JSON.stringify(sent.body)).toBe(200)
  certificateConsent = uuidv7()
  const sharing = await app.as('cpw-tirana').command('consent.record', certificateConsent, {
    caseId: life.id,
    purpose: 'sharing',
    recipients: ['health_fund'],
    fields: ['name', 'birth', 'cover_need'],
    capacity: 'guardian',
    givenBy: 'Vjollca Çelëku',
    language: 'sq',
    explainedBy: 'Ilir Sinani',
  })
  expect(sharing.status, JSON.stringify(sharing.body)).toBe(200)
  const found = await app.as('cpw-tirana').command('need.find', life.id, {
    kind: 'health_card',
    beneficiary: 'child',
    foundOn: today,
  })
  expect(found.status, JSON.stringify(found.body)).toBe(200)
  const given = await app.as('cpw-tirana').command('need.give_certificate', life.id, {
    needId: found.body.reply!.needId,
    consentId: certificateConsent,
    recipient: 'health_fund',
    on: today,
  })
  expect(given.status, JSON.stringify(given.body)).toBe(200)
  life.version = Number((await life.read()).body.version)
  code = String((await life.read()).body.code)
})
afterAll(() => app.close())

const take = async (
  who: CastName | null,
  kind: string,
  more: { lang?: string; purpose?: string; id?: string; to?: string; about?: string } = {},
) => {
  const query = new URLSearchParams({
    lang: more.lang ?? 'sq',
    ...(more.to ? { to: more.to } : {}),
    ...(more.about ? { about: more.about } : {}),
  })
  const reply = await app.fastify.inject({
    method: 'GET',
    url: `/api/cases/${more.id ?? life.id}/documents/${kind}.pdf?${query}`,
    headers: {
      ...(who === null ? {} : { 'x-test-as': who }),
      ...(more.purpose === undefined ? {} : { 'x-purpose': more.purpose }),
    },
  })
  return { status: reply.statusCode, headers: reply.headers, bytes: reply.rawPayload }
}
const textOf = (bytes: Buffer) => {
  const pdf = readPdf(bytes)
  const pieces = pdf.pages.flatMap((page) => page.pieces)
  const join = (list: typeof pieces) =>
    list
      .map((piece) => piece.text)
      .join(' ')
      .replaceAll(/\s+/g, ' ')
  return { pdf, said: join(pieces.filter((piece) => piece.tag !== 'Artifact')), all: join(pieces) }
}
const paper = async (who: CastName, kind: string, more: Parameters<typeof take>[2] = {}) => {
  const { status, bytes } = await take(who, kind, more)
  expect(status, `${kind} for ${who}`).toBe(200)
  return textOf(bytes)
}

describe('every paper, in both languages', () => {
  const nameless = templates.filter((one) => one.nameless).map((one) => one.kind)
  for (const kind of documentKinds)
    for (const lang of ['sq', 'en'] as const)
      test(`${kind} ${lang}`, async () => {
        const { pdf, said, all } = await paper('cpw-tirana', kind, { lang })
        expect(pdf).toMatchObject({ marked: true, language: lang })
        expect(pdf.title).toBe(words[lang].documentPage[`kind_${kind}`])
        expect(structureFaults(pdf)).toEqual([])
        // Its code, its taker and its template stand in it, and code and taker on every sheet.
        expect(said).toContain(code)
        expect(said).toContain('(cpw-tirana)')
        expect(said).toMatch(new RegExp(`${kind} v[1234]`))
        for (const page of pdf.pages)
          expect(
            page.pieces.some((one) => one.tag === 'Artifact' && one.text.includes(`${code} cpw-tirana`)),
          ).toBe(true)
        // No letter lost, no word missing: a key without words would show itself by its underscore.
        expect(all).not.toMatch(/\ufffd|\?\?|\{\{|undefined|null/)
        expect(
          said.replaceAll(new RegExp(`${kind} v\\d`, 'g'), '').match(/\b[a-zA-Z]+_[a-zA-Z_]+\b/g),
        ).toBeNull()
        if (lang === 'sq') expect(said).toMatch(/[ëç]/)
        const unnamed = [...nameless, 'access_log', 'disclosure_letter'].includes(kind)
        expect(said.includes('Çelëku')).toBe(!unnamed)
        if (nameless.includes(kind)) expect(said).not.toMatch(/Dibrës|Denis|begging|lypje/i)
      })
})

test('what is in the file is in the paper', async () => {
  const plan = await paper('cpw-tirana', 'plan')
  for (const text of [
    'Së pari shkolla, pastaj banesa',
    'Kthehet në shkollë',
    '15.12.2026',
    '12000',
    'Rruga e Dibrës 5',
  ])
    expect(plan.said).toContain(text)
  const minutes = await paper('cpw-tirana', 'conference_minutes', { lang: 'en' })
  expect(minutes.said).toContain('U ra dakord për masën e emergjencës')
  expect(minutes.said).toContain('no, no reply')
  const decision = await paper('director-tirana', 'emergency_decision')
  expect(decision.said).toContain('Rrezik i menjëhershëm në rrugë')
  expect(decision.said).toContain('24.11.2026')
  const referral = await paper('cpw-tirana', 'referral')
  expect(referral.said).toContain('Klasa e dytë')
  expect(referral.said).toContain('ligji 18/2017, neni 51')
  expect(referral.said).not.toMatch(/Dibrës|Mavijosje|lypje/)
  const all = (await app.as('cpw-tirana').get(`/api/cases/${life.id}/referrals`)).body.items!
  const about = String(all[0]!.id)
  expect((await paper('cpw-tirana', 'referral', { about })).said).toContain(String(all[0]!.code))
  const other = await app
    .as('cpw-tirana')
    .get(`/api/cases/${life.id}/documents/referral.pdf?about=${life.id}`)
  expect(other.status).toBe(404)
  const consent = await paper('cpw-tirana', 'consent')
  expect(consent.said).toContain('Vjollca Çelëku')
})

test('each reader gets a paper of their own tier, and it says what it leaves out', async () => {
  const own = await paper('cpw-tirana', 'case_file')
  expect(own.said).toContain('Mavijosje në krahë')
  expect(own.said).toContain(words.sq.document.left_out_nothing)
  const head = await paper('head-tirana', 'case_file')
  expect(head.said).toContain('Fëmija flinte në dysheme')
  expect(head.said).not.toContain('Mavijosje')
  expect(head.said).toContain(words.sq.document.left_out_T4)
  const supervised = await paper('head-tirana', 'case_file', { purpose: 'supervision' })
  expect(supervised.said).not.toContain(words.sq.document.left_out_T4)
  const agency = await paper('state-agency', 'case_file', { lang: 'en' })
  for (const hidden of ['Çelëku', 'Dibrës', 'dysheme', 'Mavijosje', 'shkolla'])
    expect(agency.said).not.toContain(hidden)
  expect(agency.said).toContain(words.en.document.left_out_T3)
  const monitoring = await paper('state-agency', 'case_file', { lang: 'en', purpose: 'monitoring' })
  expect(monitoring.said).toContain('Çelëku')
  expect(monitoring.said).not.toContain('Mavijosje')
})

test('a protected address is printed for nobody, and a telephone that must not ring neither', async () => {
  const other = new Life(
    app,
    await openFor(app, 'cpw-tirana', { personId: await putChild(app, 'Mira', 'Hoxha') }),
  )
  await app.db.admin(
    `update person_named set address = 'Rruga e Fshehtë 9', contact = '0691234567' where id = (select person_id from case_file where id = '${other.id}')`,
  )
  expect((await paper('cpw-tirana', 'case_file', { id: other.id })).said).toContain('Rruga e Fshehtë 9')
  await other.must('cpw-tirana', 'set_alerts', {
    doNotPhoneHome: true,
    doNotInformFamily: true,
    addressProtected: true,
    interpreter: null,
    reason: 'Babai e kërkon',
  })
  for (const kind of documentKinds.filter((one) => one !== 'status_certificate'))
    expect((await paper('cpw-tirana', kind, { id: other.id })).said, kind).not.toMatch(
      /Rruga e Fshehtë|0691234567/,
    )
})

test('the minutes of any meeting are printed, and the copy says which', async () => {
  await app.db.admin(`update case_conference set held_on = '2026-11-20' where case_id = '${life.id}'`)
  const attendance = (['school-tirana', 'health-tirana', 'police-tirana'] as const).map((unit) => ({
    institutionId: unitId(unit),
    present: true,
  }))
  await life.must('head-tirana', 'hold_conference', {
    heldOn: today,
    place: 'Shkolla',
    attendance,
    childPart: 'was_heard',
    familyPart: 'not_invited',
    familyWhyNot: 'unsafe',
    decisions: ['assess_further'],
    minutes: 'Mbledhja e dytë e la për vlerësim',
  })
  const listed = async (language: 'sq' | 'en') =>
    (await app.as('cpw-tirana').get(`/api/cases/${life.id}/documents`, { language })).body
  const offered = async (kind: string): Promise<{ id: string; label: string }[]> =>
    (await listed('sq')).items!.find((item) => String(item.kind) === kind)!.choices as never
  const meetings = await offered('conference_minutes')
  expect(meetings.map((one) => one.label.slice(-10))).toEqual(['24.11.2026', '20.11.2026'])
  const [newer, older] = meetings
  expect((await paper('cpw-tirana', 'conference_minutes')).said).toContain('e la për vlerësim')
  const first = await paper('cpw-tirana', 'conference_minutes', { about: older!.id })
  expect(first.said).toContain('U ra dakord për masën e emergjencës')
  expect(first.said).toContain('Lënda: Mbledhja e GTN-së, 20.11.2026')
  expect(first.said).not.toContain('e la për vlerësim')
  const told = await app.db.admin('select about_id from document_copy order by at desc, id desc limit 2')
  expect(told.map((row) => row.about_id)).toEqual([older!.id, newer!.id])
  expect((await listed('en')).copies![0]).toMatchObject({
    kind: 'conference_minutes',
    about: 'Meeting of the group, 20.11.2026',
  })
  expect((await paper('cpw-tirana', 'access_log')).said).toContain(
    'Procesverbali i GTN-së: Mbledhja e GTN-së',
  )
  const whole = await paper('cpw-tirana', 'case_file')
  for (const said of ['U ra dakord për masën', 'e la për vlerësim']) expect(whole.said).toContain(said)
  for (const [kind, about] of [
    ['conference_minutes', life.id],
    ['plan', older!.id],
    ['rights_sheet', older!.id],
  ] as const)
    expect((await take('cpw-tirana', kind, { about })).status, kind).toBe(404)
  for (const kind of ['report_receipt', 'closure', 'case_file']) expect(await offered(kind), kind).toEqual([])
  for (const kind of ['initial_assessment', 'plan', 'emergency_decision', 'consent', 'status_certificate'])
    for (const { id: about } of await offered(kind)) await paper('cpw-tirana', kind, { about })
})

test('a letter of answer, once answered, holds the least that was: no name beside it, no place of a shelter', async () => {
  await life.must('cpw-tirana', 'receive_request', {
    authority: 'prosecution',
    reference: 'P-88/2026',
    article: 'neni 149/a i K.Pr.P.',
    asked: ['identity', 'case_manager'],
    receivedOn: today,
    officer: 'Besnik Leka',
    words: 'Kush është fëmija',
  })
  const requestId = String(
    (await app.as('cpw-tirana').get(`/api/cases/${life.id}/requests`)).body.items![0]!.id,
  )
  expect((await take('cpw-tirana', 'disclosure_letter', { about: requestId })).status).toBe(404)
  expect((await paper('cpw-tirana', 'disclosure_letter')).said).not.toMatch(/Denis|P-88/)
  const allowed = ['identity', 'case_manager']
  await life.must('head-tirana', 'check_request', { requestId, lawful: true, allowed, opinion: 'Po' })
  const [part, text] = ['case_manager', 'Telefoni i njësisë']
  await life.must('cpw-tirana', 'answer_request', { requestId, parts: [{ part, text }] })
  const { said } = await paper('cpw-tirana', 'disclosure_letter', { about: requestId })
  for (const text of ['neni 149/a i K.Pr.P.', 'Telefoni i njësisë', 'Prokuroria, P-88/2026'])
    expect(said).toContain(text)
  expect(said).not.toMatch(/Besnik Leka|Mavijosje|Denis|Çelëku|Gjinia/)
})

describe('who may take a paper', () => {
  test('role by role, kind by kind: 200 or 403 where the case is seen, 404 where it is not', async () => {
    const sees: Partial<Record<CastName, number>> = {
      'cpw-tirana': documentKinds.length,
      'head-tirana': documentKinds.length,
      'cpw2-tirana': 1,
      'director-tirana': 9,
      'state-agency': 9,
    }
    for (const who of castNames) {
      const listed = await app.as(who).get(`/api/cases/${life.id}/documents`)
      expect(listed.status, who).toBe(sees[who] === undefined ? 404 : 200)
      const kinds = sees[who] === undefined ? [] : listed.body.items!.map((item) => String(item.kind))
      expect(kinds.length, who).toBe(sees[who] ?? 0)
      for (const kind of ['case_file', 'plan', 'rights_sheet', 'disclosure_letter', 'access_log'])
        expect((await take(who, kind)).status, `${who} ${kind}`).toBe(
          sees[who] === undefined ? 404 : kinds.includes(kind) ? 200 : 403,
        )
    }
    expect((await take(null, 'plan')).status).toBe(401)
  })
  test('nonsense is refused with its place', async () => {
    expect((await take('cpw-tirana', 'diary')).status).toBe(404)
    expect((await take('cpw-tirana', 'plan', { id: uuidv7() })).status).toBe(404)
    expect((await take('cpw-tirana', 'plan', { lang: 'de' })).status).toBe(400)
    const to = await take('cpw-tirana', 'plan', { to: uuidv7() })
    expect([to.status, JSON.parse(to.bytes.toString()).errors[0].field]).toEqual([400, 'query.to'])
  })
})

test('taking a paper is remembered: in the access record, and in the disclosure log where it goes out', async () => {
  const { headers } = await take('cpw-tirana', 'placement_request', {
    to: unitId('shelter-tirana'),
    lang: 'en',
  })
  expect(headers).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': `attachment; filename="${code}-placement_request-en.pdf"`,
    'cache-control': 'no-store',
  })
  const { body } = await app.as('cpw-tirana').get(`/api/cases/${life.id}/documents`, { language: 'en' })
  expect(body.copies![0]).toMatchObject({ kind: 'placement_request', leaves: true, language: 'en' })
  expect(String(body.copies![0]!.to)).not.toBe('null')
  const readers = await app.as('cpw-tirana').get(`/api/cases/${life.id}/readers`)
  expect(readers.body.items!.filter((item) => String(item.act) === 'export').length).toBeGreaterThan(0)
  const [row] = await app.db.admin(
    `select kind, template_version, left_out, by_id, octet_length(digest) as digest from document_copy order by at desc, id desc limit 1`,
  )
  expect(row).toEqual({
    kind: 'placement_request',
    template_version: 1,
    left_out: [],
    by_id: userId('cpw-tirana'),
    digest: 32,
  })
  const log = await paper('cpw-tirana', 'access_log')
  expect(log.said).toContain('Kërkesë për vendosje')
})

describe('calendar files', () => {
  const fetch = (who: CastName, url: string) =>
    app.fastify.inject({ method: 'GET', url, headers: { 'x-test-as': who, 'accept-language': 'sq' } })
  test('say code, kind and day of what is due, and no name', async () => {
    const file = await fetch('cpw-tirana', `/api/cases/${life.id}/calendar.ics`)
    expect(file.statusCode).toBe(200)
    expect(file.headers['content-type']).toBe('text/calendar; charset=utf-8')
    const lines = file.body.replaceAll('\r\n ', '').split('\r\n')
    expect([lines[0], lines.at(-2)]).toEqual(['BEGIN:VCALENDAR', 'END:VCALENDAR'])
    expect(file.body.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true)
    expect(lines).toContain(`SUMMARY:${code}: Veprim i planit`)
    expect(lines).toContain('DTSTART;VALUE=DATE:20261215')
    expect(file.body).not.toMatch(/Denis|Çelëku|trafik/i)
    const own = await fetch('cpw-tirana', '/api/calendar.ics')
    expect(own.body).toContain(`${code}: Veprim i planit`)
  })
  test('hold only what the asker may see', async () => {
    for (const who of castNames) {
      const own = await fetch(who, '/api/calendar.ics')
      expect(own.statusCode, who).toBe(200)
      expect(own.body.includes(code), who).toBe(who === 'cpw-tirana')
    }
    expect((await fetch('cpw-durres', `/api/cases/${life.id}/calendar.ics`)).statusCode).toBe(404)
  })
})

test('a certificate names the child and the entitlement, no word of protection, and only while its consent stands', async () => {
  const before = (await app.as('cpw-tirana').get(`/api/cases/${life.id}/documents`)).body.items!
  expect(before.find((one) => String(one.kind) === 'status_certificate')).toMatchObject({
    ready: true,
    leaves: true,
  })
  for (const lang of ['sq', 'en'] as const) {
    const { said, all } = await paper('cpw-tirana', 'status_certificate', { lang })
    for (const text of ['Denis Çelëku', '03.03.2013', '24.11.2026', words[lang].referral.kind_health_fund])
      expect(said).toContain(text)
    expect(tellsTrafficking('health_fund', all)).toBe(false)
    expect(all.split(`${code} cpw-tirana`).length, 'watermark').toBeGreaterThan(1)
  }
  const needs = (await app.as('cpw-tirana').get(`/api/cases/${life.id}/needs`)).body.needs!
  expect(needs[0]).toMatchObject({ certificates: [{ recipient: 'health_fund', stands: true }] })
  const end = await app
    .as('cpw-tirana')
    .command('consent.withdraw', certificateConsent, { capacity: 'guardian' }, { baseVersion: 1 })
  expect(end.status, JSON.stringify(end.body)).toBe(200)
  const { status, bytes } = await take('cpw-tirana', 'status_certificate')
  expect([status, JSON.parse(bytes.toString()).code]).toEqual([422, 'need_certificate_consent'])
})
