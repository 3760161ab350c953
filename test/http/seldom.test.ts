/** Acts that are seldom done: each is walked to its end once, so that what lies behind its guards has been seen to work. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { type CastName, unitId, userId } from '#test/cast.ts'
import { assisting } from './assistance-life.ts'
import { borderSteps } from './border-steps.ts'
import { assess, goal, Life, openFor, putChild, seen, today } from './case-life.ts'
import { type Loose, type TestApp, testApp } from './harness.ts'
import { interviewLife } from './interview-life.ts'
import { justiceSteps, on } from './justice-life.ts'
import { takenAdult } from './nrm-life.ts'
import { placing } from './placement-life.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

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
const idOf = (reply: Loose, type: string): string =>
  String((reply.made as unknown as { type: string; id: string }[]).find((one) => one.type === type)?.id)
const highRisk = async () => {
  const life = new Life(app, await openFor(app, 'cpw-tirana', { personId: await putChild(app) }))
  await assess(life, 'initial', { ...seen, risk: 'high' })
  return life
}

describe('of a case', () => {
  test('a matter before the court is appealed, reviewed and closed, and its measure reviewed', async () => {
    const life = await highRisk()
    const proposed = await life.must('cpw-tirana', 'propose_measure', {
      kind: 'alternative_care',
      ground: 'neglect',
      parentsCooperate: 'no',
      reason: 'Pa masë mbetet vetëm.',
    })
    const measureId = idOf(proposed, 'MeasureProposed')
    await assess(life, 'best_interests')
    const opened = await life.must('cpw-tirana', 'open_court_case', {
      matter: 'custody',
      court: 'Gjykata e Tiranës',
      claim: 'Kujdestaria',
    })
    const courtId = idOf(opened, 'CourtCaseOpened')
    await life.must('cpw-tirana', 'write_court_report', { courtId, report: 'Fëmija dëshiron te gjyshja.' })
    await life.must('director-tirana', 'file_court_case', { courtId, filedOn: today, courtRef: '12/2026' })
    await life.must('cpw-tirana', 'decide_court_case', {
      courtId,
      outcome: 'granted',
      decidedOn: today,
      from: today,
      until: '2027-05-24',
      reviewOn: '2027-02-24',
      reasons: 'Gjykata e vlerësoi.',
    })
    await life.must('cpw-tirana', 'appeal_court_case', { courtId, appellant: 'parent', appealedOn: today })
    await life.must('cpw-tirana', 'decide_appeal', {
      courtId,
      outcome: 'upheld',
      decidedOn: today,
      reasons: 'Lihet në fuqi.',
    })
    await life.must('cpw-tirana', 'review_court_case', {
      courtId,
      reviewedOn: today,
      outcome: 'stands',
      nextOn: '2027-05-01',
      findings: 'Fëmija është mirë.',
    })
    const another = await life.must('cpw-tirana', 'open_court_case', {
      matter: 'custody',
      court: 'Gjykata e Durrësit',
      claim: 'Kujdestaria',
    })
    const withdrawn = { courtId: idOf(another, 'CourtCaseOpened'), how: 'withdrawn', reason: 'U pajtuan.' }
    await life.must('cpw-tirana', 'close_court_case', withdrawn)
    await life.must('cpw-tirana', 'decide_measure', {
      measureId,
      step: 'put_in_force',
      decidedBy: 'court',
      decidedOn: today,
      from: today,
    })
    await life.must('cpw-tirana', 'review_measure', {
      measureId,
      outcome: 'continue',
      reviewedOn: today,
      findings: 'Masa duhet ende.',
    })
  })

  test('a plan grows a goal, a transfer is taken back, a meeting is called off', async () => {
    const life = new Life(app, await openFor(app, 'cpw-tirana'))
    await assess(life, 'initial', { ...seen, risk: 'low' })
    await assess(life, 'comprehensive')
    await assess(life, 'best_interests')
    await life.must('cpw-tirana', 'draft_plan', { goals: [goal(unitId('school-tirana'))] })
    await life.must('cpw-tirana', 'add_goal', { area: 'health', text: 'Vaksinat' })
    await life.must('cpw-tirana', 'request_transfer', { toUnitId: unitId('cpu-durres'), reason: 'Gjyshja' })
    await life.must('cpw-tirana', 'withdraw_transfer', {})
    const risky = await highRisk()
    await risky.must('cpw-tirana', 'call_conference', {
      plannedAt: '2026-11-25T07:00:00.000Z',
      place: 'Bashki',
      unitIds: [unitId('cpu-tirana'), unitId('school-tirana'), unitId('police-tirana')],
    })
    const meeting = (await app.as('cpw-tirana').get(`/api/cases/${risky.id}/conferences`)).body.call!
    await risky.must('cpw-tirana', 'cancel_conference', { conferenceId: meeting.id, reason: 'other' })
  })

  test('a plan of leaving care grows a step and is ended', async () => {
    const { child, measure, place, bed, plan } = placing(() => app)
    const life = await child()
    const basisId = await measure(life, 'alternative_care')
    const holdId = await bed(await place('residential'))
    const placementId = await plan(life, { kind: 'residential', basis: 'measure', basisId, holdId })
    await life.must('cpw-tirana', 'begin_placement', { placementId, startedAt: '2026-11-24T11:00:00.000Z' })
    await life.must('cpw-tirana', 'make_leaving_plan', {
      goal: 'kinship',
      targetOn: '2027-03-01',
      why: 'Gjyshja e do.',
      steps: [{ text: 'Vizitë te gjyshja', due: '2026-12-20' }],
    })
    await life.must('cpw-tirana', 'add_leaving_step', { text: 'Një natë te gjyshja', due: '2027-01-10' })
    await life.must('cpw-tirana', 'end_leaving_plan', { outcome: 'stopped', reason: 'Gjyshja u sëmur.' })
  })

  test('the household of a family is described again', async () => {
    const life = await highRisk()
    const id = uuidv7()
    await must('cpw-tirana', 'family.open', id, { caseId: life.id })
    await must('cpw-tirana', 'family.set_household', id, { housing: 'rented', remark: 'Dy dhoma' }, 1)
  })
})

describe('of the network', () => {
  test('a post changes, and who holds it leaves before it ends', async () => {
    const id = uuidv7()
    await must('head-durres', 'net.add_structure', id, {
      kind: 'cpu',
      municipality: '10',
      from: '2018-01-01',
      nameSq: 'NJMF Durrës',
      nameEn: 'CPU Durrës',
      unitId: unitId('cpu-durres'),
    })
    const { reply } = await must('head-durres', 'net.add_position', id, {
      duty: 'child_protection_worker',
      fullTime: true,
      inJobDescription: true,
      from: '2018-01-01',
    })
    const positionId = String(reply!.positionId)
    const appointed = await must('head-durres', 'net.appoint', id, {
      positionId,
      from: '2019-03-01',
      sex: 'female',
      qualification: 'social_work',
    })
    let version = Number(appointed.version)
    const step = async (verb: string, body: object) => {
      version = Number((await must('head-durres', `net.${verb}`, id, body, version)).version)
    }
    await step('change_position', { positionId, fullTime: false, inJobDescription: true })
    await step('end_appointment', { tenureId: appointed.reply!.tenureId, to: '2020-05-01' })
    await step('end_position', { positionId, to: '2021-05-01' })
  })
})

describe('of prevention', () => {
  test('what was written down wrong is corrected, and an act that was not held is struck', async () => {
    const training = {
      title: 'Njohja e shenjave',
      topic: 'sops',
      mode: 'classroom',
      from: '2026-10-05',
      to: '2026-10-06',
      sessions: 2,
      organiser: 'ZKKA',
    }
    const id = uuidv7()
    const person = uuidv7()
    await must('police', 'training.record', id, training)
    await must('police', 'professional.enter', person, {
      givenName: 'Arta',
      familyName: 'Kola',
      birthYear: 1988,
      sex: 'female',
      sector: 'police',
    })
    const part = await must('police', 'training.set_participants', id, {
      participants: [{ professionalId: person, attended: 2, before: 40, after: 80 }],
    })
    const removed = await must(
      'police',
      'training.remove_participant',
      id,
      { professionalId: person, reason: 'Nuk erdhi' },
      Number(part.version),
    )
    await must(
      'police',
      'training.correct',
      id,
      { ...training, sessions: 3, reason: 'Tri seanca' },
      Number(removed.version),
    )
    const act = uuidv7()
    await must('police', 'activity.record', act, {
      kind: 'campaign',
      title: 'Muaji antitrafik',
      from: '2026-10-01',
      to: '2026-10-31',
      details: { campaignDay: 'october', scope: 'municipal', channel: 'street' },
      counts: [{ measure: 'copies', band: 'leaflet', value: 500 }],
    })
    await must('police', 'activity.strike', act, { reason: 'Nuk u mbajt' }, 1)
    const hotel = uuidv7()
    await must('labour', 'business.enter', hotel, {
      name: 'Hotel Provë',
      kind: 'tourism_operator',
      sector: 'tourism',
      licence: 'valid',
      municipality: '53',
    })
    await must(
      'labour',
      'business.correct',
      hotel,
      { name: 'Hotel Prova', sector: 'tourism', reason: 'Emri' },
      1,
    )
  })
})

describe('of proceedings and interviews', () => {
  const steps = justiceSteps(() => app)
  test('aid and a measure end, a suspect is convicted, an asset is confiscated', async () => {
    const { id, victimId } = await steps.linked()
    const { act, view } = steps
    await act('prosecutor', id, 'assign_aid', {
      victimId,
      kind: 'psychologist',
      basis: 'state',
      on,
      provider: 'P',
    })
    await act('prosecutor', id, 'take_measure', { victimId, measure: 'video_link', on })
    await act('prosecutor', id, 'add_suspect', { status: 'suspected', on })
    await act('prosecutor', id, 'seize_asset', { kind: 'vehicle', value: 700_000, on, words: 'Furgon' })
    const rows = async (table: string) =>
      String((await app.db.admin(`select id from ${table} where proceeding_id = '${id}'`))[0]!.id)
    expect((await view('prosecutor', id)).status).not.toBe(404)
    await act('prosecutor', id, 'end_aid', { aidId: await rows('proceeding_aid'), on })
    await act('prosecutor', id, 'end_measure', { measureId: await rows('proceeding_measure'), on })
    await act('prosecutor', id, 'move_suspect', {
      suspectId: await rows('proceeding_suspect'),
      status: 'charged',
      on,
    })
    await act('prosecutor', id, 'settle_asset', {
      assetId: await rows('proceeding_asset'),
      state: 'confiscated',
      on,
    })
  })

  test('an interview is moved to another day, and called off', async () => {
    const life = interviewLife(() => app)
    const { caseId } = await steps.child()
    const { id } = await life.calledChild(caseId)
    const moved = await life.act('cpw-tirana', 'move', id, {
      plannedAt: '2026-11-28T09:00:00.000Z',
      noRoom: 'none_near',
      place: 'Zyra',
    })
    expect(moved.status, JSON.stringify(moved.body)).toBe(200)
    const off = await life.act('cpw-tirana', 'cancel', id, { reason: 'person_ill' })
    expect(off.status, JSON.stringify(off.body)).toBe(200)
  })
})

describe('of rights', () => {
  test('a request is withdrawn', async () => {
    const id = uuidv7()
    await must('dpo', 'privacy.register_request', id, {
      kind: 'access',
      requester: 'guardian',
      channel: 'letter',
      receivedOn: '2026-11-23',
      who: 'Nëna',
      text: 'Kërkon kush e ka hapur dosjen.',
    })
    await must('dpo', 'privacy.withdraw_request', id, { text: 'Nuk e do më.' }, 1)
  })

  test('an order of erasure is taken back', async () => {
    const life = await highRisk()
    await app.db.admin(`update case_file set status = 'CLOSED', closed_at = '2014-01-01' where id = '${life.id}';
      update person set born_from = 1995, born_to = 1996 where id = (select person_id from case_file where id = '${life.id}')`)
    const order = uuidv7()
    await must('dpo', 'privacy.order_erasure', order, { kind: 'case_file', id: life.id })
    await must('dpo', 'privacy.withdraw_erasure', order, { text: 'Ka çështje në gjykatë.' }, 1)
  })

  test('the advocate’s inquiry into a complaint is written down', async () => {
    const id = uuidv7()
    await must('cpw-tirana', 'complaint.enter', id, {
      by: 'guardian',
      body: 'school',
      unitId: unitId('school-tirana'),
      municipality: '53',
      narrative: 'Mësuesja nuk më la të hyj në klasë.',
      discrimination: 'no',
      receipt: { code: 'BCDEFGHJKMNP', secret: 'BCDEFGHJ' },
    })
    const step = async (who: CastName, verb: string, body: object = {}) =>
      must(
        who,
        `complaint.${verb}`,
        id,
        body,
        Number((await app.as(who).get(`/api/complaints/${id}`)).body.version),
      )
    await step('state-agency', 'take')
    await step('state-agency', 'open_advocate', { on: '2026-11-20', reference: 'K-7' })
    await step('peoples-advocate', 'report_advocate', {
      findings: 'U shkel e drejta.',
      recommendations: ['Të pranohet'],
    })
  })
})

describe('of others', () => {
  test('a need of an adult is refused by somebody who is listed', async () => {
    const { adult, must: give, code } = assisting(() => app)
    const id = await adult()
    const needId = await give('social-service', id, 'find_need', {
      kind: 'housing',
      beneficiary: 'subject',
      foundOn: today,
    })
    const end = { needId, to: 'REFUSED', on: today }
    for (const reason of ['53', 'weather', null])
      expect(await code('social-service', id, 'end_need', { ...end, reason })).toBe('reason_required')
    expect(await code('social-service', id, 'end_need', { ...end, reason: 'adult' })).toBe('ok')
  })

  test('a return is refused before anybody travels', async () => {
    const { id: nrmId } = await takenAdult(app, 'labour')
    const id = uuidv7()
    await must('responsible-authority', 'return.notify', id, {
      nrmId,
      direction: 'outgoing',
      country: 'XK',
      source: 'foreign_authority',
      noticeOn: '2026-11-20',
      expectedOn: '2026-12-20',
      identity: 'M., 1990',
      need: 'Dokument udhëtimi',
    })
    await must(
      'social-service',
      'return.refuse',
      id,
      { why: 'unsafe', words: 'E presin ata që e shitën.' },
      1,
    )
  })

  test('a child of a child of the track is found in its own case', async () => {
    const { nrmId } = await justiceSteps(() => app).child()
    const { must: give } = assisting(() => app)
    const dependantId = await give('cpw-tirana', nrmId, 'add_child', {
      livesWith: true,
      consentBy: 'guardian',
      consentOn: today,
      person: { givenName: 'Ardit', familyName: null, sex: 'male', birth: null },
    })
    const [one] = await app.db.admin<{ personId: string }>(
      'select person_id as "personId" from assistance_dependant where id = $1',
      [dependantId],
    )
    const { caseId } = await openFor(app, 'cpw-tirana', { personId: one!.personId })
    await give('cpw-tirana', nrmId, 'link_case', { dependantId, caseId })
  })

  test('an alert at the border is prolonged', async () => {
    const { id } = await borderSteps(() => app).alert()
    await must('police', 'border_alert.prolong', id, { expiresOn: '2027-06-01' }, 1)
  })

  test('a device is given up', async () => {
    const id = uuidv7()
    await app.db.admin(
      `insert into push_device (id, user_id, session_id, agent, endpoint, p256dh, auth, made_at)
       values ($1, $2, gen_random_uuid(), 'Firefox', 'https://push.example.org/x', decode(repeat('00', 65), 'hex'), decode(repeat('00', 16), 'hex'), now())`,
      [id, userId('school')],
    )
    await must('school', 'notice.device_end', id, {})
  })

  test('a tip about an official is taken up', async () => {
    await must('school', 'report.create', uuidv7(), {
      source: 'school',
      channel: 'web',
      place: { municipality: '53', text: 'Shkolla' },
      immediacy: 'high',
      concerns: ['begging'],
      narrative: 'Mungon prej dy javësh.',
      children: [{ givenName: 'Ardi' }],
      officialInvolved: { institution: 'police', text: 'Një inspektor merr para.' },
    })
    const [tip] = (await app.as('internal-affairs').get('/api/integrity-tips')).body.items!
    await must('internal-affairs', 'integrity.take', String(tip!.id), {})
  })

  test('a foster family tells anew whom it can take', async () => {
    const id = uuidv7()
    const family = {
      names: 'Familja Gjoka',
      phone: '+355 69 222 33 44',
      beds: [{ sex: 'any', bands: ['3_5', '6_11'], places: 2 }],
      siblings: true,
    }
    await must('cpw-tirana', 'care.apply_family', id, { ...family, appliedOn: '2026-02-01' })
    const beds = [{ sex: 'female', bands: ['3_5'], places: 1 }]
    await must('cpw-tirana', 'care.change_family', id, { ...family, beds, siblings: false }, 1)
  })

  test('a bed that was promised and not taken is given to others again', async () => {
    const { place, bed } = placing(() => app)
    await place('foster_family')
    const id = await bed(await place('shelter'))
    app.setClock('2026-12-03T11:00:00.000Z')
    await must('shelter', 'bed.expire', id, {}, 2)
  })
})
