/** Prevention over the API: who writes and reads what, people counted once, bad figures refused. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { distinctReach } from '#domain/prevention/reach.ts'
import { uuidv7 } from '#server/ids.ts'
import { distinctReach as countReach } from '#server/prevention/figures.ts'
import { withTx } from '#server/tx.ts'
import { actorOf, type CastName, castNames, unitId } from '#test/cast.ts'
import { type TestApp, testApp } from './harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const placeOf = (name: CastName) => actorOf(name).municipality
const training = (over: object = {}) => ({
  title: 'PSV për NJMF',
  topic: 'sops',
  mode: 'classroom',
  from: '2026-10-05',
  to: '2026-10-06',
  sessions: 2,
  organiser: 'ZKKA',
  ...over,
})
const campaign = (over: object = {}) => ({
  kind: 'campaign',
  title: 'Muaji antitrafik',
  from: '2026-10-01',
  to: '2026-10-31',
  details: { campaignDay: 'october', scope: 'municipal', channel: 'street' },
  counts: [{ measure: 'copies', band: 'leaflet', value: 500 }],
  ...over,
})
const must = async (who: CastName, type: string, id: string, body: object, options = {}) => {
  const reply = await app.as(who).command(type, id, body, options)
  expect(reply.status, `${who} ${type}: ${JSON.stringify(reply.body)}`).toBe(200)
  return reply.body
}
const record = async (who: CastName, type: string, body: object): Promise<string> => {
  const id = uuidv7()
  await must(who, type, id, body)
  return id
}
const professional = (who: CastName, familyName: string, over: object = {}) =>
  record(who, 'professional.enter', {
    givenName: 'Arta',
    familyName,
    birthYear: 1988,
    sex: 'female',
    sector: 'police',
    ...over,
  })
const takePart = (who: CastName, id: string, people: string[]) =>
  must(who, 'training.set_participants', id, {
    participants: people.map((professionalId) => ({ professionalId, attended: 2, before: 40, after: 80 })),
  })

const strangers: CastName[] = ['admin', 'dpo', 'internal-affairs']
const leaders = castNames.filter((name) => ['state_agency', 'coordinator'].includes(actorOf(name).role))

/** What one person may do with the training and the act of another body. */
const asks = async (
  reader: CastName,
  owner: CastName,
  trainingId: string,
  activityId: string,
): Promise<void> => {
  const same = actorOf(reader).institutionId === actorOf(owner).institutionId
  const sees = same || leaders.includes(reader)
  for (const url of [`/api/trainings/${trainingId}`, `/api/activities/${activityId}`]) {
    const { status } = await app.as(reader).get(url)
    expect(status, `${reader} reads ${url} of ${owner}`).toBe(sees ? 200 : 404)
  }
  if (same) return
  for (const [type, id] of [
    ['training.strike', trainingId],
    ['activity.strike', activityId],
  ] as const) {
    const { status, body } = await app.as(reader).command(type, id, { reason: 'x' })
    expect([status, body.code], `${reader} ${type} of ${owner}`).toEqual(
      sees ? [422, 'not_allowed'] : [404, 'not_found'],
    )
  }
}

describe('rights', () => {
  test('every body keeps its own trainings and acts; leaders read all; nobody else finds them', async () => {
    for (const owner of castNames) {
      const place = { municipality: placeOf(owner) }
      const [trainingId, activityId] = [uuidv7(), uuidv7()]
      const made = [
        await app.as(owner).command('training.record', trainingId, training(place)),
        await app.as(owner).command('activity.record', activityId, campaign(place)),
      ]
      const keeps = !strangers.includes(owner)
      expect(
        made.map((one) => one.status),
        owner,
      ).toEqual(keeps ? [200, 200] : [422, 422])
      await Promise.all((keeps ? castNames : []).map((reader) => asks(reader, owner, trainingId, activityId)))
    }
  })

  test('every role may call every list and finds what it may see', async () => {
    for (const name of castNames)
      for (const url of [
        '/api/trainings',
        '/api/activities',
        '/api/professionals',
        '/api/members',
        '/api/businesses',
        '/api/prevention/reach',
        '/api/prevention/figures',
        '/api/prevention/bodies',
      ]) {
        const { status } = await app.as(name).get(url)
        expect(status, `${name} ${url}`).toBe(200)
        expect((await app.anonymous.get(url)).status, url).toBe(401)
      }
  })

  test('inspections: the inspectorate writes, the bodies that took part read, with the minors found; leaders read without', async () => {
    const inspection = {
      kind: 'inspection',
      title: 'Gurore',
      from: '2026-11-02',
      to: '2026-11-02',
      details: { sector: 'mining', employerType: 'business' },
      counts: [
        { measure: 'workers_checked', value: 30 },
        { measure: 'minors_found', sex: 'male', value: 2 },
      ],
      parties: [{ institutionId: unitId('police-tirana') }, { said: 'DPT' }],
    }
    for (const name of castNames.filter((one) => one !== 'labour')) {
      const { status } = await app
        .as(name)
        .command('activity.record', uuidv7(), { ...inspection, municipality: placeOf(name) })
      expect(status, name).toBe(422)
    }
    const id = await record('labour', 'activity.record', inspection)
    for (const name of castNames) {
      const { status, body } = await app.as(name).get(`/api/activities/${id}`)
      const party = ['labour', 'police'].includes(name)
      expect(status, name).toBe(party || leaders.includes(name) ? 200 : 404)
      if (status === 200)
        expect(
          body.counts!.map((one) => String(one.measure)),
          name,
        ).toEqual(party ? ['minors_found', 'workers_checked'] : ['workers_checked'])
    }
    const figures = async (name: CastName) =>
      (await app.as(name).get('/api/prevention/figures')).body.items!.find(
        (row) => String(row.measure) === 'minors_found' && String(row.key) === 'inspection',
      )
    expect(await figures('labour')).toMatchObject({ total: 2 })
    expect(await figures('coordinator')).toMatchObject({ total: null, records: 1 })
    expect(await figures('school')).toBeUndefined()
  })

  test('businesses: the inspectorate keeps and sanctions, a municipality keeps its own, others find nothing', async () => {
    const hotel = { kind: 'tourism_operator', name: 'Hotel Deti', sector: 'tourism', licence: 'valid' }
    const here = await record('labour', 'business.enter', {
      ...hotel,
      municipality: '53',
      nipt: 'L01234567A',
    })
    for (const name of castNames) {
      const { status } = await app.as(name).get(`/api/businesses/${here}`)
      const sees = [
        'labour',
        'cpw-tirana',
        'cpw2-tirana',
        'head-tirana',
        'director-tirana',
        ...leaders,
      ].includes(name)
      expect(status, name).toBe(sees ? 200 : 404)
      const entered = await app.as(name).command('business.enter', uuidv7(), { ...hotel, municipality: '53' })
      const keeps = ['labour', 'head-tirana', 'director-tirana'].includes(name)
      expect(entered.status, name).toBe(keeps ? 200 : 422)
      const sanctioned = await app.as(name).command('business.sanction', uuidv7(), {
        businessId: here,
        kind: 'warning',
        on: '2026-11-01',
        ground: 'Kodi nuk zbatohet',
      })
      expect(sanctioned.status, name).toBe(name === 'labour' ? 200 : sees ? 422 : 404)
    }
    const twin = await app
      .as('labour')
      .command('business.enter', uuidv7(), { ...hotel, municipality: '10', nipt: 'L01234567A' })
    expect(twin.body).toMatchObject({ code: 'business_known', field: 'nipt' })
    await must('head-tirana', 'business.adopt_code', here, {
      on: '2026-11-01',
      measures: 'Askush nën 18 vjeç natën',
    })
    await must('director-tirana', 'business.post_contact', here, { on: '2026-11-02', seen: true })
    await must('labour', 'business.sanction', uuidv7(), {
      businessId: here,
      kind: 'licence_lost',
      on: '2026-11-05',
      ground: 'Shkelje e përsëritur',
    })
    expect((await app.as('coordinator').get(`/api/businesses/${here}`)).body).toMatchObject({
      licence: 'lost',
      codeAdoptedOn: '2026-11-01',
      contactPostedOn: '2026-11-02',
      sanctions: 2,
    })
  })
})

describe('professionals', () => {
  test('found again elsewhere by hit or no hit, with no name, body or id of the other entry', async () => {
    await professional('police', 'Gjoka')
    const again = {
      givenName: 'ARTA',
      familyName: 'Gjoka ',
      birthYear: 1988,
      sex: 'female',
      sector: 'police',
    }
    const asked = await app.as('prosecutor').command('professional.enter', uuidv7(), again)
    expect(asked).toMatchObject({ status: 422, body: { code: 'professional_known', field: 'known' } })
    expect(JSON.stringify(asked.body)).not.toMatch(/Gjoka|police/)
    const id = uuidv7()
    const made = await must('prosecutor', 'professional.enter', id, { ...again, known: 'same' })
    expect(made.reply).toEqual({ hit: true })
    const names = (await app.as('health').get('/api/professionals')).body
    expect(names.items).toEqual([])
    const mine = (await app.as('prosecutor').get('/api/professionals')).body.items!
    expect(mine.map((one) => String(one.id))).toEqual([id])
    const other = await must('prosecutor', 'professional.enter', uuidv7(), { ...again, known: 'other' })
    expect(other.reply).toEqual({ hit: true })
  })

  test('150 professionals trained are people: two trainings of two bodies, one person in both', async () => {
    const before = await reach('coordinator', 'border')
    const first = await record('police', 'training.record', training({ topic: 'border' }))
    const second = await record('prosecutor', 'training.record', training({ topic: 'border' }))
    const anna = await professional('police', 'Hoxha')
    const besa = await professional('police', 'Kola')
    const sameAnna = await professional('prosecutor', 'Hoxha', { known: 'same', sector: 'prosecution' })
    await takePart('police', first, [anna, besa])
    await takePart('prosecutor', second, [sameAnna])
    const after = await reach('coordinator', 'border')
    expect(after.persons - before.persons).toBe(2)
    expect(after.attendances - before.attendances).toBe(3)
    // A body counts what it keeps itself.
    expect((await reach('prosecutor', 'border')).persons).toBe(1)
    const view = (await app.as('coordinator').get(`/api/trainings/${first}`)).body
    expect(view).toMatchObject({ participants: null, people: [] })
    expect((await app.as('police').get(`/api/trainings/${first}`)).body.people).toHaveLength(2)
    // It was a namesake after all: two people from now on.
    await must('prosecutor', 'professional.part', sameAnna, { reason: 'Tjetër person' })
    expect((await reach('coordinator', 'border')).persons - before.persons).toBe(3)
    await must('police', 'training.strike', first, { reason: 'Nuk u mbajt' })
    expect((await reach('coordinator', 'border')).persons - before.persons).toBe(1)
  })

  test('another body’s professional cannot be put into one’s training', async () => {
    const stranger = await professional('health', 'Leka', { sector: 'health' })
    const id = await record('school', 'training.record', training({ municipality: '53' }))
    const { body } = await app.as('school').command('training.set_participants', id, {
      participants: [{ professionalId: stranger, attended: 1 }],
    })
    expect(body).toMatchObject({
      code: 'training_professional_unknown',
      field: 'participants.0.professionalId',
    })
  })
})

const reach = async (name: CastName, topic: string) => {
  const { body } = await app.as(name).get(`/api/prevention/reach?by=sector&kind=training&topic=${topic}`)
  return body.total as unknown as { persons: number; attendances: number; heads: number }
}

test('whatever trainings are held with whomever, the database counts the union of the people', async () => {
  const people = await Promise.all(
    ['Ai', 'Bi', 'Ci', 'Di', 'Ei'].map((name) => professional('shelter', name)),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uniqueArray(fc.nat({ max: 4 }), { minLength: 1 }), { minLength: 1, maxLength: 4 }),
      async (trainings) => {
        const held: string[] = []
        for (const present of trainings) {
          const id = await record(
            'shelter',
            'training.record',
            training({ municipality: '53', topic: 'hotline' }),
          )
          held.push(id)
          await takePart(
            'shelter',
            id,
            present.map((i) => people[i]!),
          )
        }
        const expected = distinctReach(trainings.flat().map((i) => ({ who: String(i), heads: 0 })))
        expect(await reach('shelter', 'hotline')).toMatchObject({ ...expected, records: trainings.length })
        for (const id of held) await must('shelter', 'training.strike', id, { reason: 'provë' })
      },
    ),
    { numRuns: 8 },
  )
})

describe('groups and sessions', () => {
  test('a member who comes to every session is one person; heads without an id are attendances', async () => {
    const issued = await must('day-centre', 'member.issue', uuidv7(), {
      audience: 'child',
      sex: 'female',
      count: 6,
    })
    const codes = (issued.reply as unknown as { codes: string[] }).codes
    expect(new Set(codes).size).toBe(6)
    const group = await record('day-centre', 'activity.record', {
      kind: 'group',
      title: 'Grupi i fëmijëve',
      from: '2026-09-01',
      to: '2026-09-01',
      municipality: '53',
      details: { members: 'children' },
      members: codes,
    })
    for (const day of ['2026-10-03', '2026-10-10', '2026-10-17'])
      await record('day-centre', 'activity.record', {
        kind: 'centre_activity',
        title: 'Pikturë',
        from: day,
        to: day,
        municipality: '53',
        groupId: group,
        details: { centre: 'Qendra Multifunksionale', type: 'arts' },
        members: codes.slice(0, 5),
        counts: [{ measure: 'heads', band: 'child', value: 4 }],
      })
    const own = (await app.as('day-centre').get('/api/prevention/reach')).body
    expect(own.items).toMatchObject([{ key: 'child', persons: 6, attendances: 21, heads: 12, records: 4 }])
    const totals = await withTx(app.ctx, actorOf('coordinator'), (tx) =>
      countReach(tx, { from: '2026-01-01', until: '2027-01-01' }, 'audience', { audience: 'child' }),
    )
    expect(totals.total).toMatchObject({ persons: 6, heads: 12 })
    const stranger = await app.as('shelter').command('activity.record', uuidv7(), {
      kind: 'group',
      title: 'Grup',
      from: '2026-09-01',
      to: '2026-09-01',
      municipality: '53',
      details: { members: 'children' },
      members: codes.slice(0, 1),
    })
    expect(stranger.body).toMatchObject({ code: 'prevention_member_unknown', field: 'members.0' })
  })

  test('a small figure of children is hidden from those who lead, and shown to the body that keeps it', async () => {
    await record('field-tirana', 'activity.record', {
      kind: 'champion',
      title: 'Kampione',
      from: '2026-08-01',
      to: '2026-08-01',
      municipality: '53',
      details: { who: 'girl' },
      counts: [{ measure: 'heads', band: 'youth', value: 3 }],
    })
    const period = '?by=kind&kind=champion'
    expect((await app.as('field-tirana').get(`/api/prevention/reach${period}`)).body.total).toMatchObject({
      heads: 3,
    })
    expect((await app.as('coordinator').get(`/api/prevention/reach${period}`)).body.total).toMatchObject({
      heads: null,
    })
  })
})

describe('corrections and bad input', () => {
  test('a correction replaces figures, keeps the old event, and tells a second editor what changed', async () => {
    const id = await record('school', 'activity.record', campaign({ municipality: '53' }))
    const body = {
      ...campaign({ municipality: '53' }),
      counts: [{ measure: 'copies', band: 'poster', value: 50 }],
      reason: 'gabim',
    }
    await must('school', 'activity.correct', id, body, { baseVersion: 1 })
    const late = await app.as('school').command('activity.correct', id, body, { baseVersion: 1 })
    expect(late).toMatchObject({ status: 409, body: { code: 'stale' } })
    expect(late.body.changed![0]).toMatchObject({ field: 'record' })
    expect((await app.as('school').get(`/api/activities/${id}`)).body.counts).toEqual([
      { measure: 'copies', sex: 'all', band: 'poster', value: 50 },
    ])
    const events = await app.db.admin<{ type: string }>(
      `select type from event where record_id = '${id}' order by seq`,
    )
    expect(events.map((one) => one.type)).toEqual(['ActivityRecorded', 'ActivityCorrected'])
  })

  test.each([
    [{ counts: [{ measure: 'copies', band: 'leaflet', value: -5 }] }, 400, 'counts.0.value'],
    [{ counts: [{ measure: 'copies', band: 'leaflet', value: 1e12 }] }, 400, 'counts.0.value'],
    [{ counts: [{ measure: 'copies', band: 'leaflet', value: 445.68 }] }, 400, 'counts.0.value'],
    [{ title: '' }, 400, 'title'],
    [{ title: 'x'.repeat(201) }, 400, 'title'],
    [{ from: '2026-02-30' }, 400, 'from'],
    [{ kind: 'party' }, 400, 'kind'],
    [{ parties: [{ institutionId: uuidv7() }] }, 400, 'parties.0.institutionId'],
    [{ municipality: '99' }, 422, 'municipality'],
    [{ members: ['<script>'] }, 400, 'members.0'],
  ] as const)('%o is refused by name', async (over, status, field) => {
    const { status: got, body } = await app
      .as('coordinator')
      .command('activity.record', uuidv7(), campaign(over))
    expect(got).toBe(status)
    expect(JSON.stringify(body)).toContain(field)
  })

  test('pages follow one another without gap or repetition', async () => {
    const seen: string[] = []
    for (let cursor = ''; ; ) {
      const { body } = await app
        .as('coordinator')
        .get(`/api/trainings?limit=7${cursor && `&cursor=${cursor}`}`)
      seen.push(...body.items!.map((one) => String(one.id)))
      if (body.next === null) break
      cursor = String(body.next)
    }
    expect(new Set(seen).size).toBe(seen.length)
    const [{ n } = { n: 0 }] = await app.db.admin<{ n: number }>('select count(*)::int as n from training')
    expect(seen.length).toBe(n)
  })
})
