import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { periodOfDay } from '#domain/indicator/period.ts'
import { uuidv7 } from '#server/ids.ts'
import { interviewQueries } from '#server/indicator/queries/interview.ts'
import { erase } from '#server/retention/erase.ts'
import { withTx, withWriteTx } from '#server/tx.ts'
import { actorOf, type CastName, castNames, noon, unitId } from '#test/cast.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'
import {
  adultItems,
  adultParticipants,
  childItems,
  childParticipants,
  fileOf,
  interviewLife,
  notConfirmed,
  speaksFor,
  vt,
} from './interview-life.ts'
import { takenAdult } from './nrm-life.ts'
import { screeningSteps } from './screening-steps.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())
beforeEach(() => app.setClock(noon))

const { opened, screen } = screeningSteps(() => app)
const { act, call, calledChild, record, toVt } = interviewLife(() => app)
const read = (who: CastName, id: string) => app.as(who).get(`/api/interviews/${id}`)

/** A child's case with a potential victim's file. */
const child = async () => {
  const { caseId } = await opened()
  await screen('cpw-tirana', { caseId })
  return { caseId, nrmId: await fileOf(app, caseId) }
}
const statusOf = async (nrmId: string) =>
  (await app.as('responsible-authority').get(`/api/nrm/${nrmId}`)).body
const caseOf = async (caseId: string) => (await app.as('cpw-tirana').get(`/api/cases/${caseId}`)).body
const running = (id: string) =>
  app.db.admin(
    "select rule from clock where record_id = $1 and rule in ('D15', 'D16', 'D17') and stopped_at is null order by rule",
    [id],
  )

describe('an interview of a child', () => {
  test('is refused without somebody who speaks for it, or with a conflict of interest, and nothing is written', async () => {
    const { caseId, nrmId } = await child()
    const none = await call('cpw-tirana', nrmId)
    expect(none.reply).toMatchObject({
      status: 422,
      body: { code: 'interview_representative_needed', field: 'representativeId' },
    })
    const stranger = await call('cpw-tirana', nrmId, { representativeId: uuidv7() })
    expect(stranger.reply.body).toMatchObject({ code: 'interview_representative_needed' })
    const representativeId = await speaksFor(app, caseId)
    // Ended for a conflict: the same person speaks no more.
    const version = Number((await caseOf(caseId)).version)
    await app
      .as('cpw-tirana')
      .command(
        'case.end_representative',
        caseId,
        { representativeId, reason: 'conflict' },
        { baseVersion: version },
      )
    expect((await call('cpw-tirana', nrmId, { representativeId })).reply.body).toMatchObject({
      code: 'interview_representative_needed',
    })
    expect((await statusOf(nrmId)).status).toBe('vmt')
    expect(await app.db.admin('select 1 from interview where nrm_id = $1', [nrmId])).toEqual([])
  })

  test('goes from the call to a confirmed victim by two accounts of two bodies, and the case stays open', async () => {
    const { caseId, nrmId } = await child()
    const before = await caseOf(caseId)
    const { id } = await calledChild(caseId)
    expect(await statusOf(nrmId)).toMatchObject({ status: 'formal_pending' })
    expect(await caseOf(caseId)).toMatchObject({ vmtStatus: 'formal_pending', status: before.status })
    expect(await running(caseId)).toEqual([{ rule: 'D17' }])
    const notices = await app.db.admin(
      "select unit_id, code, label from notice where record_id = $1 and record_kind = 'interview' order by role",
      [id],
    )
    const { code } = await statusOf(nrmId)
    expect(notices).toEqual([
      { unit_id: unitId('police-tirana'), code: 'interview_called', label: code },
      { unit_id: unitId('social-service-tirana'), code: 'interview_called', label: code },
    ])
    // What the called see: the packet, and nothing of the file.
    const seen = await read('police', id)
    expect(seen.body).toMatchObject({
      state: 'SCHEDULED',
      packet: { identity: { name: 'Luan' }, indicators: 'EX3: lyp nën kontroll', danger: 'Kërcënohet' },
      actions: ['record'],
      under14: true,
    })
    expect((await app.as('police').get(`/api/nrm/${nrmId}`)).status).toBe(404)
    expect((await app.as('police').get(`/api/cases/${caseId}`)).status).toBe(404)
    expect(
      (await app.as('police').get('/api/interviews')).body.items!.map((one) => String(one.id)),
    ).toContain(id)
    // Not before it was held, not without the representative, not without each answer.
    const bad = async (body: object, refusal: string) =>
      expect((await record(id, body)).body).toMatchObject({ code: refusal })
    app.setClock(noon)
    expect((await act('police', 'record', id, {})).status).toBe(400)
    await bad({ heldAt: '2026-11-28T09:00:00.000Z' }, 'interview_not_yet')
    await bad(
      { participants: childParticipants.filter(({ role }) => role !== 'representative') },
      'interview_representative_needed',
    )
    await bad(
      { participants: childParticipants.filter(({ role }) => role !== 'social_service') },
      'interview_signatories_absent',
    )
    await bad({ items: childItems.filter((one) => one.code !== 'private') }, 'interview_item_open')
    await bad({ recording: 'none' }, 'interview_reason_needed')
    await bad({ items: [...childItems, { code: 'same_persons', met: true }] }, 'interview_item_stray')
    // A conclusion is not skipped to.
    expect((await act('police', 'propose', id, vt)).body).toMatchObject({ code: 'wrong_state' })
    const recorded = await record(id)
    expect(recorded).toMatchObject({ status: 200, body: { reply: { unmet: 1 } } })
    expect((await act('police', 'sign', id, { agrees: true })).body).toMatchObject({ code: 'wrong_state' })
    expect((await act('police', 'propose', id, { ...vt, articles: [] })).body).toMatchObject({
      code: 'interview_articles_needed',
    })
    expect((await act('police', 'propose', id, { ...vt, elements: ['act'] })).body).toMatchObject({
      code: 'interview_elements_missing',
    })
    expect((await act('police', 'propose', id, vt)).status).toBe(200)
    // One person signing twice; a colleague of the same body; somebody who was not called.
    expect((await act('police', 'sign', id, { agrees: true })).body).toMatchObject({
      code: 'interview_same_person',
    })
    const colleague = { ...actorOf('police'), userId: uuidv7() }
    expect(
      (await app.as(colleague).command('interview.sign', id, { agrees: true }, { baseVersion: 3 })).body,
    ).toMatchObject({ code: 'interview_same_body' })
    expect((await act('cpw-tirana', 'sign', id, { agrees: true })).body).toMatchObject({
      code: 'not_allowed',
    })
    expect((await act('social-service', 'sign', id, { agrees: true })).body).toMatchObject({
      reply: { state: 'CONCLUDED' },
    })
    expect(await statusOf(nrmId)).toMatchObject({
      status: 'vt',
      history: [
        { status: 'vt', signatories: ['police', 'social_service'], basis: vt.basis },
        { status: 'formal_pending' },
        { status: 'vmt' },
      ],
    })
    expect(await caseOf(caseId)).toMatchObject({ vmtStatus: 'vt', status: before.status, closedAt: null })
    expect(await running(caseId)).toEqual([])
    expect((await app.as('cpw-tirana').get(`/api/cases/${caseId}/identification`)).body).toMatchObject({
      status: 'vt',
      items: [
        { status: 'vt', signatories: ['police', 'social_service'] },
        { status: 'formal_pending' },
        { status: 'vmt' },
      ],
    })
    // Afterwards: who signed sees the record and no packet; a colleague sees nothing; those of the file as far as they see it.
    expect((await read('police', id)).body).toMatchObject({
      packet: null,
      content: { notes: 'Tregon si e çuan te kryqëzimi.' },
      named: { basis: vt.basis },
    })
    expect((await app.as(colleague).get(`/api/interviews/${id}`)).status).toBe(404)
    expect((await read('responsible-authority', id)).body).toMatchObject({
      content: null,
      named: { basis: vt.basis },
    })
    expect((await read('state-agency', id)).body).toMatchObject({ content: null, packet: null, named: null })
  })

  test('that is not confirmed waits for the second review, and never closes the case', async () => {
    const { caseId, nrmId } = await child()
    const { id } = await calledChild(caseId)
    await record(id)
    expect((await act('social-service', 'propose', id, { ...notConfirmed, basis: '  ' })).status).toBe(400)
    await act('social-service', 'propose', id, notConfirmed)
    expect((await act('police', 'sign', id, { agrees: true })).body).toMatchObject({
      reply: { state: 'REVIEW' },
    })
    expect((await statusOf(nrmId)).status).toBe('formal_pending')
    const review = (who: CastName, decision: string) =>
      act(who, 'review', id, { decision, reasons: 'Lexova procesverbalin.' })
    expect((await review('cpw-tirana', 'confirm')).body).toMatchObject({ code: 'not_allowed' })
    // Sent back, proposed anew by the other body, signed, confirmed.
    expect((await review('responsible-authority', 'send_back')).body).toMatchObject({
      reply: { state: 'HELD' },
    })
    await act('police', 'propose', id, notConfirmed)
    // A dissent goes to the Responsible Authority, which cannot confirm what only one has signed.
    expect((await act('social-service', 'sign', id, { agrees: false })).body).toMatchObject({
      code: 'reason_required',
    })
    expect(
      (await act('social-service', 'sign', id, { agrees: false, dissent: 'Ka edhe një dëshmi.' })).body,
    ).toMatchObject({
      reply: { state: 'DISSENT' },
    })
    expect((await review('responsible-authority', 'confirm')).body).toMatchObject({
      code: 'needs_second_person',
    })
    await review('responsible-authority', 'send_back')
    await act('police', 'propose', id, notConfirmed)
    await act('social-service', 'sign', id, { agrees: true })
    expect((await review('responsible-authority', 'confirm')).body).toMatchObject({
      reply: { state: 'CONCLUDED' },
    })
    expect((await statusOf(nrmId)).status).toBe('not_confirmed')
    expect(await caseOf(caseId)).toMatchObject({ vmtStatus: 'not_confirmed', closedAt: null })
  })

  test('heard again needs a reason; called off with a declined identification', async () => {
    const { caseId, nrmId } = await child()
    const { id, representativeId } = await calledChild(caseId)
    expect((await call('cpw-tirana', nrmId, { representativeId })).reply.body).toMatchObject({
      code: 'interview_one_open',
    })
    await record(id)
    const again = { representativeId, plannedAt: '2026-12-01T09:00:00.000Z' }
    expect((await call('cpw-tirana', nrmId, again)).reply.body).toMatchObject({
      code: 'interview_repeat_reason_needed',
    })
    const second = await call('cpw-tirana', nrmId, { ...again, repeatReason: 'new_facts' })
    expect(second.reply.status).toBe(200)
    expect((await read('cpw-tirana', id)).body.state).toBe('REPEATED')
    const file = await app.as('cpw-tirana').get(`/api/nrm/${nrmId}`)
    const declined = await app.as('cpw-tirana').command(
      'nrm.decline_formal',
      nrmId,
      {
        on: '2026-11-27',
        by: 'representative',
        conflictOfInterest: false,
        informed: true,
        consentId: null,
        basis: 'Nuk e do më.',
      },
      { baseVersion: Number(file.body.version) },
    )
    expect(declined.status).toBe(200)
    expect((await read('police', second.id)).status).toBe(404)
    expect((await read('cpw-tirana', second.id)).body).toMatchObject({
      state: 'CANCELLED',
      cancelReason: 'declined',
    })
  })

  test('a state social worker stands in only where there is no guardian, and is written down as such', async () => {
    const { caseId, nrmId } = await child()
    const stateWorker = await speaksFor(app, caseId, 'cpw-tirana', {
      kind: 'procedural_representative',
      basis: 'state_social_worker',
      name: 'Punonjës i shtetit',
    })
    const guardian = await speaksFor(app, caseId)
    expect((await call('cpw-tirana', nrmId, { representativeId: stateWorker })).reply.body).toMatchObject({
      code: 'interview_guardian_there',
    })
    const version = Number((await caseOf(caseId)).version)
    await app
      .as('cpw-tirana')
      .command(
        'case.end_representative',
        caseId,
        { representativeId: guardian, reason: 'at_request' },
        { baseVersion: version },
      )
    const { id, reply } = await call('cpw-tirana', nrmId, { representativeId: stateWorker })
    expect(reply.status).toBe(200)
    expect((await read('cpw-tirana', id)).body.representativeBasis).toBe('state_social_worker')
  })
})

describe('an adult', () => {
  test('is heard only after asking for it, and confirmed or not by two bodies without a second review', async () => {
    const { id: nrmId } = await takenAdult(app, 'labour')
    expect((await call('social-service', nrmId)).reply.body).toMatchObject({
      code: 'interview_adult_must_ask',
    })
    const asked = { askedVoluntarily: true, askedOn: '2026-11-23' }
    expect(
      (await call('social-service', nrmId, { ...asked, askedOn: '2026-11-30' })).reply.body,
    ).toMatchObject({
      code: 'in_future',
      field: 'askedOn',
    })
    expect(
      (await call('social-service', nrmId, { ...asked, plannedAt: '2026-11-01T09:00:00.000Z' })).reply.body,
    ).toMatchObject({ code: 'interview_past' })
    expect(
      (await call('social-service', nrmId, { ...asked, policeUnitId: unitId('school-tirana') })).reply.body,
    ).toMatchObject({ code: 'interview_wrong_unit' })
    const { id, reply } = await call('social-service', nrmId, asked)
    expect(reply.status).toBe(200)
    await record(id, {
      participants: adultParticipants,
      items: adultItems,
      recording: 'none',
      recordingReference: undefined,
    })
    await act('police', 'propose', id, { ...vt, elements: ['act', 'purpose'] }).then((one) =>
      expect(one.body).toMatchObject({ code: 'interview_elements_missing' }),
    )
    await act('police', 'propose', id, notConfirmed)
    expect((await act('social-service', 'sign', id, { agrees: true })).body).toMatchObject({
      reply: { state: 'CONCLUDED' },
    })
    expect((await statusOf(nrmId)).status).toBe('not_confirmed')
  })
})

test('rooms are kept by the authority or the agency, counted against twelve, and named in an interview', async () => {
  const room = {
    nameSq: 'Dhoma e Tiranës',
    nameEn: 'The room of Tirana',
    municipality: '53',
    holder: 'Drejtoria e Policisë',
    audio: true,
    video: true,
    from: '2020-01-01',
    until: null,
  }
  const set = (who: CastName, id: string, over: object = {}) =>
    app.as(who).command('interview_room.set', id, { ...room, ...over }, { baseVersion: 1 })
  expect((await set('cpw-tirana', uuidv7())).body).toMatchObject({ code: 'not_allowed' })
  expect((await set('state-agency', uuidv7(), { from: '2027-01-01' })).body).toMatchObject({
    code: 'in_future',
  })
  expect((await set('state-agency', uuidv7(), { municipality: '99' })).status).toBe(400)
  const [ours, closed] = [uuidv7(), uuidv7()]
  expect((await set('state-agency', ours)).status).toBe(200)
  expect((await set('responsible-authority', closed, { until: '2024-01-01' })).status).toBe(200)
  expect((await app.as('police').get('/api/interview-rooms')).body).toMatchObject({
    inService: 1,
    wanted: 12,
  })
  const { caseId, nrmId } = await child()
  const representativeId = await speaksFor(app, caseId)
  const at = { representativeId, noRoom: undefined, place: undefined }
  expect((await call('cpw-tirana', nrmId, at)).reply.body).toMatchObject({ code: 'interview_place_needed' })
  expect((await call('cpw-tirana', nrmId, { ...at, roomId: closed })).reply.body).toMatchObject({
    code: 'interview_room_closed',
  })
  const { id, reply } = await call('cpw-tirana', nrmId, { ...at, roomId: ours })
  expect(reply.status).toBe(200)
  expect((await read('social-service', id)).body.room).toMatchObject({ nameEn: 'The room of Tirana' })
})

test('how far the conditions were met is counted for the authority, and nobody else’s account counts', async () => {
  const { caseId } = await child()
  await toVt(caseId)
  const counted = (who: CastName) => app.as(who).get('/api/interview-conformity?year=2026')
  const { body } = await counted('responsible-authority')
  const item = (code: string) =>
    body.items!.find((one) => String(one.code) === code && String(one.subject) === 'child')
  expect(item('child_room')).toMatchObject({ mandatory: false, met: 0 })
  expect(Number(item('cpw_present')!.met)).toBeGreaterThan(0)
  expect((await counted('police')).body.items).toEqual([])
  const period = periodOfDay('2026-11-27', 'quarter')
  const figure = (code: string) =>
    withTx(app.ctx, actorOf('coordinator'), (tx) =>
      interviewQueries.find((one) => one.code === code)!.count(tx, period),
    )
  expect(await figure('interview_rooms')).toMatchObject({ of: null })
  const present = await figure('interviews_with_worker')
  expect(present.n).toBe(present.of)
  expect(present.n).toBeGreaterThan(0)
})

test('a police account walking ids finds what it was called to and what it signed, every other role as far as the file', async () => {
  const { caseId } = await child()
  const { id } = await calledChild(caseId)
  const may = [
    'police',
    'social-service',
    'cpw-tirana',
    'cpw2-tirana',
    'head-tirana',
    'responsible-authority',
    'state-agency',
  ]
  for (const who of castNames) {
    const { status } = await read(who, id)
    expect([who, status]).toEqual([who, may.includes(who) ? 200 : 404])
    const listed = (await app.as(who).get('/api/interviews')).body.items!
    expect([who, listed.some((one) => String(one.id) === id)]).toEqual([who, may.includes(who)])
  }
  // Of another unit, or of another office in the same unit: nothing.
  const police = actorOf('police')
  for (const other of [
    { ...police, unitId: unitId('cpu-durres') },
    { ...police, role: 'border_police' as const },
    { ...police, role: 'social_service' as const },
  ])
    expect((await app.as({ ...other, userId: uuidv7() }).get(`/api/interviews/${id}`)).status).toBe(404)
  // Whoever types SQL as the application signs for nobody else.
  const forged = (sql: string) =>
    withWriteTx(app.ctx, police, { commandId: uuidv7() }, (tx) => tx.sql(sql, [id]))
  await expect(
    forged("update interview set state = 'CONCLUDED', version = version + 1 where id = $1"),
  ).rejects.toThrow()
  await expect(
    forged(
      "insert into interview_item (interview_id, code, met, mandatory) values ($1, 'private', true, true)",
    ),
  ).rejects.toThrow(/only together with its event/)
})

test('an interview is erased with its file: what was said and who took part goes, what counts stays', async () => {
  const { caseId } = await child()
  const { id } = await toVt(caseId)
  await erase(app.ctx, { kind: 'case_file', id: caseId, rule: 'retention 25y', by: 'dpo' })
  expect(
    await app.db.admin(
      `select n.participants, n.basis, s.sealed, p.sealed as packet, i.conclusion,
         (select count(*)::int from event_part e where e.record_id = i.id) as parts,
         (select count(*)::int from record_key k where k.record_id = i.id) as keys,
         (select count(*)::int from interview_item x where x.interview_id = i.id) > 0 as counts
       from interview i join interview_named n on n.id = i.id join interview_sensitive s on s.id = i.id
         join interview_packet p on p.id = i.id where i.id = $1`,
      [id],
    ),
  ).toEqual([
    {
      participants: null,
      basis: null,
      sealed: null,
      packet: null,
      conclusion: 'vt',
      parts: 0,
      keys: 0,
      counts: true,
    },
  ])
})
