/** One meeting from its invitation to what became of its recommendation, and who learns of it on the way. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import type { CastName } from '#test/cast.ts'
import { convened, held, idOf, must, seatsOf } from './body-life.ts'
import { noon, type TestApp, testApp } from './harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const notices = async (name: CastName): Promise<string[]> =>
  (await app.as(name).get('/api/notices?unread=true')).body.items!.map(
    (one) => `${String(one.code)} ${String(one.label)}`,
  )

describe('a meeting of the county', () => {
  test('is told to those who act for its members, by code, with a calendar file that names nobody', async () => {
    const id = await convened(app, 'KRAT-11', 'county-committee', {
      agenda: 'Agjenda e brendshme',
      startsAt: '2026-12-01T09:00:00.000Z',
    })
    for (const name of ['police', 'director-tirana', 'education', 'prosecutor', 'employment'] as const)
      expect([name, await notices(name)]).toEqual([name, ['meeting_invitation KRAT-11-2026-1']])
    for (const name of ['head-durres', 'state-agency', 'cpw-tirana'] as const)
      expect([name, await notices(name)]).toEqual([name, []])
    const file = await app.as('police').get(`/api/meetings/${id}/invitation.ics`, { language: 'en' })
    expect(file.headers['content-type']).toBe('text/calendar; charset=utf-8')
    expect(file.headers['content-disposition']).toBe('attachment; filename="KRAT-11-2026-1.ics"')
    const text = String(file.body).replaceAll('\r\n ', '')
    expect(text).toContain('DTSTART:20261201T090000Z')
    expect(text).toContain('Regional Anti-trafficking Committee\\, county of Tiranë (KRAT-11-2026-1)')
    expect(text).not.toMatch(/Agjenda|ATTENDEE|ORGANIZER|Person /)
    await must(app, 'county-committee', 'meeting.move', id, { startsAt: '2026-12-02T09:00:00.000Z' }, 1)
    expect(await notices('police')).toContain('meeting_moved KRAT-11-2026-1')
    await must(app, 'county-committee', 'meeting.cancel', id, { reason: 'Festë zyrtare' }, 2)
    expect(String((await app.as('police').get(`/api/meetings/${id}/invitation.ics`)).body)).toContain(
      'STATUS:CANCELLED',
    )
    const again = await app
      .as('county-committee')
      .command('meeting.cancel', id, { reason: 'x' }, { baseVersion: 3 })
    expect(again.body).toMatchObject({ code: 'wrong_state' })
  })

  test('keeps its draft among its members, is approved by one of them, and goes out to a list that is kept', async () => {
    app.setClock(noon)
    const { id } = await held(app, 'KRAT-11', 'county-committee')
    const read = async (name: CastName) => (await app.as(name).get(`/api/meetings/${id}`)).body
    await must(
      app,
      'county-committee',
      'meeting.write_minutes',
      id,
      { text: 'U shqyrtua plani i qarkut.', decisions: ['Miratohet plani i punës'] },
      2,
    )
    expect(await read('police')).toMatchObject({
      text: 'U shqyrtua plani i qarkut.',
      mayApprove: true,
      mayRun: false,
    })
    expect(await read('county-committee')).toMatchObject({ mayApprove: false, mayRun: true })
    // The Coordinator sits above: a draft is not theirs.
    expect(await read('coordinator')).toMatchObject({
      text: null,
      decisions: [],
      minutes: 'draft',
      mayApprove: false,
    })
    expect(
      (await app.as('coordinator').command('meeting.approve_minutes', id, {}, { baseVersion: 3 })).body.code,
    ).toBe('not_allowed')
    await must(app, 'police', 'meeting.approve_minutes', id, {}, 3)
    expect(await read('coordinator')).toMatchObject({
      text: 'U shqyrtua plani i qarkut.',
      decisions: ['Miratohet plani i punës'],
      approvedByName: 'Person police',
    })
    const rewritten = await app
      .as('county-committee')
      .command('meeting.write_minutes', id, { text: 'Tjetër' }, { baseVersion: 4 })
    expect(rewritten.body.code).toBe('meeting_minutes_approved')
    const stale = await app
      .as('county-committee')
      .command('meeting.write_minutes', id, { text: 'Tjetër' }, { baseVersion: 2 })
    expect(stale).toMatchObject({ status: 409, body: { changed: [{ field: 'minutes' }] } })

    const police = (await seatsOf(app, 'county-committee', 'KRAT-11')).find(
      (one) => one.institution === 'DVP',
    )!
    await must(app, 'county-committee', 'meeting.distribute', id, { memberIds: [police.id] }, 4)
    expect(await notices('police')).toContain('minutes_distributed KRAT-11-2026-2')
    const sent = (await read('county-committee')).seats!.filter((one) => one.sentAt !== null)
    expect(sent.map((one) => String(one.member!.id))).toEqual([police.id])
    await must(app, 'county-committee', 'meeting.distribute', id, {}, 5)
    const none = await app.as('county-committee').command('meeting.distribute', id, {}, { baseVersion: 6 })
    expect(none.body.code).toBe('meeting_already_distributed')
  })

  test('two who record the same attendance at once: one is told what the other did', async () => {
    const id = await convened(app, 'TT-11', 'county-committee')
    const { seats } = (await app.as('county-committee').get(`/api/meetings/${id}`)).body
    const attendance = seats!.map((one) => ({
      memberId: String(one.member!.id),
      outcome: 'present',
      persons: 1,
    }))
    const replies = await Promise.all(
      [1, 2].map(() =>
        app
          .as('county-committee')
          .command('meeting.hold', id, { heldOn: '2026-11-24', attendance }, { baseVersion: 1 }),
      ),
    )
    expect(replies.map((one) => one.status).sort()).toEqual([200, 409])
  })

  test('refuses what cannot be, and names the field', async () => {
    const ask = (change: object) =>
      app.as('county-committee').command('meeting.convene', uuidv7(), {
        bodyId: idOf('KRAT-11'),
        startsAt: noon,
        place: 'Salla',
        agenda: 'Plani',
        ...change,
      })
    for (const [change, field] of [
      [{ agenda: '' }, 'body.body.agenda'],
      [{ agenda: 'x'.repeat(4001) }, 'body.body.agenda'],
      [{ place: '\u0000' }, 'body.body.place'],
      [{ startsAt: '2026-02-30T10:00:00Z' }, 'body.body.startsAt'],
      [{ jointWith: ['marsianët'] }, 'body.body.jointWith.0'],
      [{ caseCode: 'TR-2026-1' }, 'body.body.caseCode'],
      [{ memberIds: [] }, 'body.body.memberIds'],
    ] as const) {
      const reply = await ask(change)
      expect([change, reply.status, String(reply.body.errors?.[0]?.field)]).toEqual([change, 400, field])
    }
    expect((await ask({ memberIds: [uuidv7()] })).body).toMatchObject({
      code: 'body_member_unknown',
      field: 'memberIds',
    })
    expect((await ask({ bodyId: uuidv7() })).status).toBe(404)
    expect((await app.as('coordinator').get('/api/recommendations?cursor=nonsense')).status).toBe(400)
    expect((await app.as('coordinator').get('/api/bodies?asOf=2026-02-30')).status).toBe(400)
  })
})

describe('a recommendation', () => {
  test('reaches its owner outside the body, who works on it; lateness is as of a day; only the body drops it', async () => {
    app.setClock(noon)
    const { id: meetingId } = await held(app, 'KRAT-11', 'county-committee')
    const make = (id: string, owner: object) =>
      app.as('county-committee').command('recommendation.make', id, {
        meetingId,
        kind: 'recommendation',
        text: 'Patrullim te stacioni i trenit.',
        dueOn: '2026-12-01',
        ...owner,
      })
    const [ofPolice, ofUnit] = [uuidv7(), uuidv7()]
    expect((await make(ofPolice, { owner: 'DVP' })).status).toBe(200)
    expect((await make(ofUnit, { owner: 'NJMF', municipality: '53' })).status).toBe(200)
    expect((await make(uuidv7(), { owner: 'NJMF' })).body.code).toBe('body_place_missing')
    expect((await make(uuidv7(), { owner: 'NUK-KA' })).body).toMatchObject({
      code: 'body_institution_unknown',
      field: 'owner',
    })
    const list = async (name: CastName, query = '') =>
      (await app.as(name).get(`/api/recommendations?${query}`)).body.items!

    // The head of the unit sits in the table below, not in the committee: the text reaches them, the meeting does not.
    expect(await list('head-tirana', 'mine=true')).toMatchObject([
      {
        id: ofUnit,
        mine: true,
        mayRun: false,
        body: null,
        status: 'OPEN',
        daysLate: 0,
        text: 'Patrullim te stacioni i trenit.',
      },
    ])
    expect((await app.as('head-tirana').get(`/api/meetings/${meetingId}`)).status).toBe(404)
    expect(await notices('head-tirana')).toEqual(
      expect.arrayContaining([expect.stringMatching(/^recommendation_made KRAT-11/)]),
    )
    for (const name of ['head-durres', 'cpw-tirana', 'state-agency', 'admin', 'dpo'] as const)
      expect([name, await list(name)]).toEqual([name, []])
    expect(await list('head-tirana', 'mine=true&asOf=2026-12-11')).toMatchObject([{ daysLate: 10 }])
    expect(await list('head-tirana', 'mine=true&asOf=2026-11-01')).toEqual([])

    await must(app, 'head-tirana', 'recommendation.start', ofUnit, { note: 'Nisi' }, 1)
    const dropped = await app
      .as('head-tirana')
      .command('recommendation.drop', ofUnit, { reason: 'x' }, { baseVersion: 2 })
    expect(dropped.body.code).toBe('not_allowed')
    app.setClock('2026-12-05T11:00:00.000Z')
    await must(app, 'head-tirana', 'recommendation.finish', ofUnit, { doneOn: '2026-12-04', note: 'U bë' }, 2)
    expect(
      (await list('coordinator', `bodyId=${idOf('KRAT-11')}&status=late`)).map((one) => String(one.id)),
    ).toEqual([ofPolice])
    expect(
      (await list('coordinator', `meetingId=${meetingId}`)).find((one) => String(one.id) === ofUnit),
    ).toMatchObject({
      status: 'DONE',
      doneOn: '2026-12-04',
      daysLate: 3,
    })
    await must(app, 'county-committee', 'recommendation.drop', ofPolice, { reason: 'Stacioni u mbyll' }, 1)
    const again = await app.as('police').command('recommendation.start', ofPolice, {}, { baseVersion: 2 })
    expect(again.body.code).toBe('wrong_state')
    for (const name of ['head-durres', 'hotline'] as const)
      expect(
        (await app.as(name).command('recommendation.start', ofPolice, {}, { baseVersion: 2 })).status,
      ).toBe(404)
  })
})

test('the State Committee is run by the Coordinator and by the ministry that chairs it, and each approves the other’s minutes', async () => {
  app.setClock(noon)
  const { id } = await held(app, 'KSH', 'ministry-interior')
  await must(app, 'coordinator', 'meeting.write_minutes', id, { text: 'Ecuria e planit.' }, 2)
  await must(app, 'ministry-interior', 'meeting.approve_minutes', id, {}, 3)
  expect((await app.as('ministry-health').get(`/api/meetings/${id}`)).body).toMatchObject({
    minutes: 'approved',
    approvedByName: 'Person ministry-interior',
  })
  expect((await app.as('state-agency').get(`/api/meetings/${id}`)).status).toBe(404)
})

test('an ended seat sees no more; a name in a seat is an official’s and stays within the bodies that see it', async () => {
  const body = idOf('AP')
  const added = await app.as('responsible-authority').command('body.add_member', body, {
    institution: 'PP',
    seat: 'member',
    officeSq: 'Pika e kontaktit',
    officialName: 'Sokol Kastrati',
    from: '2026-11-01',
  })
  expect(added.status).toBe(200)
  const memberId = String(added.body.reply!.memberId)
  const seen = (await app.as('prosecutor').get(`/api/bodies/${body}`)).body
  expect(seen.members!.find((one) => String(one.id) === memberId)).toMatchObject({
    officialName: 'Sokol Kastrati',
    officeSq: 'Pika e kontaktit',
  })
  const events = JSON.stringify(await app.db.admin("select facts from event where kind = 'body'"))
  expect(events).not.toContain('Kastrati')
  await must(app, 'coordinator', 'body.end_member', body, { memberId, to: '2026-11-10' })
  expect((await app.as('prosecutor').get(`/api/bodies/${body}`)).status).toBe(404)
})

test('meetings are counted for readers of figures who sit in no body, by what was held, minuted and sent', async () => {
  app.setClock(noon)
  const value = async (id: string, by = '') =>
    (await app.as('ministry-health').get(`/api/indicators/${id}/value?from=2026-10-01&to=2026-12-31${by}`))
      .body
  const before = Number((await value('S000-3.2.3-i1')).value)
  for (let n = 0; n < 6; n += 1) await held(app, 'TK-53', 'director-tirana')
  expect(await value('S000-3.2.3-i1')).toMatchObject({ value: before + 6 })
  const towns = (await value('S000-3.2.3-i1', '&by=municipality')).cells!
  expect(towns).toHaveLength(61)
  const group = await held(app, 'GBK', 'coordinator')
  expect(await value('S004-COOR-3.a.3-bis-i3')).toMatchObject({ value: 0 })
  await must(
    app,
    'coordinator',
    'meeting.write_minutes',
    group.id,
    { text: 'Ecuria.', nothingToCorrect: true },
    2,
  )
  await must(app, 'ministry-health', 'meeting.approve_minutes', group.id, {}, 3)
  await must(app, 'coordinator', 'meeting.distribute', group.id, {}, 4)
  expect(await value('S004-COOR-3.a.3-bis-i3')).toMatchObject({ value: 100 })
  expect(await value('S004-COOR-3.a.3-bis-i2')).toMatchObject({ value: 1 })
})
