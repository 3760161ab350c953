import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { verifyLedger } from '#server/ledger.ts'
import { type ErasableKind, erase } from '#server/retention/erase.ts'
import { type CastName, unitId } from '#test/cast.ts'
import { convened, held, idOf } from '#test/http/body-life.ts'
import { activePlan } from '#test/http/case-life.ts'
import { type Loose, noon, type TestApp, testApp } from '#test/http/harness.ts'
import { placing } from '#test/http/placement-life.ts'

const { privateKey: key } = generateKeyPairSync('ed25519')
let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const report = {
  source: 'cpu',
  channel: 'phone',
  immediacy: 'ordinary',
  concerns: ['begging'],
  place: { municipality: '53', text: 'Rruga e Fshehur 7' },
  narrative: 'Rrëfimi që fshihet.',
  children: [{ givenName: 'Fshehurina', familyName: 'Provë', sex: 'female' }],
  reporter: { name: 'Dëshmitari', mayCallBack: true },
}

/** Every text column of every table, searched for words that must be gone. */
const stillThere = async (words: string): Promise<string[]> => {
  const columns = await app.db.admin<{ at: string; t: string; c: string }>(
    `select table_name as t, column_name as c from information_schema.columns
     where table_schema = 'public' and data_type in ('text', 'jsonb', 'ARRAY') and table_name not like 'access_record_%'`,
  )
  const looks = columns.map(
    ({ t, c }) => `select '${t}.${c}' as at from "${t}" where "${c}"::text like '%${words}%'`,
  )
  return (await app.db.admin<{ at: string }>(looks.join(' union '))).map((row) => row.at)
}

test('what a report holds of people goes from every table, and the ledger still verifies', async () => {
  const id = uuidv7()
  expect((await app.as('cpw-tirana').command('report.create', id, report)).status).toBe(200)
  expect(await stillThere('Fshehur')).not.toEqual([])
  const erased = await erase(app.ctx, { kind: 'report', id, rule: 'retention 2y', by: 'dpo' })
  expect(erased.parts).toBeGreaterThan(0)
  expect(await stillThere('Fshehur')).toEqual([])
  expect(await stillThere('Rrëfimi që')).toEqual([])
  expect(await stillThere('Dëshmitari')).toEqual([])
  const seen = await verifyLedger(app.ctx, key)
  expect(seen).toMatchObject({ ok: true, broken: null })
  expect(seen.erased).toBe(erased.parts)
  // The record lives on without them: the next act decides on the version that stands.
  const next = await app.as('cpw-tirana').command('report.add', id, { text: 'Më pas.' })
  expect(next.status, JSON.stringify(next.body)).toBe(200)
})

test('a case goes whole, and only by somebody who answers for it', async () => {
  const life = await activePlan(app)
  await life.must('cpw-tirana', 'set_risk', { risk: 'immediate', reason: 'Rrezik' })
  const { id } = life
  const { place, bed, plan, wish } = placing(() => app)
  const holdId = await bed(await place('shelter'))
  const asked = {
    ...wish,
    kind: 'emergency',
    basis: 'immediate_protection',
    holdId,
    purpose: 'Qetësi te Rozafata',
  }
  const placementId = await plan(life, asked)
  await life.must('cpw-tirana', 'begin_placement', { placementId, startedAt: noon })
  const placed = async () =>
    app.db.admin(
      'select id from placement_place where case_id = $1 union all select id from bed_hold_placement where placement_id = $2',
      [id, placementId],
    )
  expect((await placed()).length).toBe(2)
  const read = async () => {
    const seen = app.as('head-tirana')
    const { items } = (await seen.get(`/api/cases/${id}/timeline?limit=100`)).body
    const kept = (items ?? []).map((one) => ({ type: String(one.type), restricted: one.restricted }))
    return {
      erasedAt: (await seen.get(`/api/cases/${id}`)).body.erasedAt,
      risk: kept.find((one) => one.type === 'RiskLevelSet')?.restricted,
      emptied: kept.some((one) => String(one.restricted) === 'erased'),
    }
  }
  expect(await read()).toEqual({ erasedAt: null, risk: null, emptied: false })
  await expect(
    erase(app.ctx, { kind: 'case_file', id, rule: 'retention 25y', by: 'nobody' }),
  ).rejects.toThrow('nobody')
  await expect(
    erase(app.ctx, { kind: 'case_file', id: uuidv7(), rule: 'retention 25y', by: 'dpo' }),
  ).rejects.toThrow('There is no')
  expect(
    (await erase(app.ctx, { kind: 'case_file', id, rule: 'retention 25y', by: 'dpo' })).records,
  ).toBeGreaterThan(0)
  expect([await placed(), await stillThere('Rozafata')]).toEqual([[], []])
  // Whoever opens it later learns that the texts are gone, and is not told that somebody else reads them.
  expect(await read()).toEqual({ erasedAt: expect.any(String), risk: 'erased', emptied: true })
  expect(await verifyLedger(app.ctx, key)).toMatchObject({ ok: true })
})

test('erased again, a record is said erased once; what was written since is erased with a line of its own', async () => {
  const life = await activePlan(app)
  const id = uuidv7()
  await app.as('cpw-tirana').command('report.create', id, report)
  const lines = async (record: string) =>
    (await app.db.admin("select 1 from event where record_id = $1 and type = 'Erased'", [record])).length
  const go = (kind: ErasableKind, record: string) =>
    erase(app.ctx, { kind, id: record, rule: 'retention 25y', by: 'dpo' })
  expect((await go('case_file', life.id)).records).toBeGreaterThan(0)
  expect(await go('case_file', life.id)).toEqual({ records: 0, parts: 0 })
  expect(await lines(life.id)).toBe(1)
  expect((await go('report', id)).records).toBe(1)
  expect(await go('report', id)).toEqual({ records: 0, parts: 0 })
  expect(await lines(id)).toBe(1)
  expect((await app.as('cpw-tirana').command('report.add', id, { text: 'Më pas.' })).status).toBe(200)
  expect((await go('report', id)).records).toBe(1)
  expect(await lines(id)).toBe(2)
})

test('a household goes with the last of its cases, and not before', async () => {
  const [one, other] = [await activePlan(app), await activePlan(app)]
  const family = uuidv7()
  const must = async (type: string, body: object) => {
    const reply = await app.as('cpw-tirana').command(type, family, body)
    expect(reply.status, `${type} ${JSON.stringify(reply.body)}`).toBe(200)
  }
  await must('family.open', { caseId: one.id, address: 'Rruga Gurëkuqaj 7', remark: 'Gurëkuqaj e vjetër' })
  await must('family.add_case', { caseId: other.id })
  await must('family.add_member', { name: 'Gjyshja Gurëkuqaj', sex: 'female', remark: 'Gurëkuqaj' })
  await erase(app.ctx, { kind: 'case_file', id: one.id, rule: 'retention 25y', by: 'dpo' })
  expect(await stillThere('Gurëkuqaj')).not.toEqual([])
  await erase(app.ctx, { kind: 'case_file', id: other.id, rule: 'retention 25y', by: 'dpo' })
  expect(await stillThere('Gurëkuqaj')).toEqual([])
  expect(await verifyLedger(app.ctx, key)).toMatchObject({ ok: true })
})

test('the retention role deletes nothing that no Erased event names, and nobody else erases', async () => {
  const id = uuidv7()
  await app.as('cpw-tirana').command('report.create', id, report)
  const client = await app.ctx.pools.owner.connect()
  try {
    await client.query('begin')
    await client.query('set local role mb_retention')
    expect((await client.query('delete from event_part where record_id = $1', [id])).rowCount).toBe(0)
    await expect(client.query("select erase_rows('report', $1)", [id])).rejects.toMatchObject({
      code: '42501',
    })
  } finally {
    await client.query('rollback')
    client.release()
  }
  await expect(app.ctx.pools.app.query("select erase_rows('report', $1)", [id])).rejects.toMatchObject({
    code: '42501',
  })
})

/** Names outside of cases: made through the doors with one telling word in every text, erased, and looked for in every table. */
describe('names of officials, professionals and others', () => {
  const send = async (
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
  const gone = async (kind: ErasableKind, id: string, word: string): Promise<void> => {
    expect(await stillThere(word), kind).not.toEqual([])
    expect((await erase(app.ctx, { kind, id, rule: 'retention 5y', by: 'dpo' })).parts, kind).toBeGreaterThan(
      0,
    )
    expect(await stillThere(word), kind).toEqual([])
    expect(await verifyLedger(app.ctx, key), kind).toMatchObject({ ok: true, broken: null })
  }

  test('one official in a seat and one in a post, and no others of that body and unit', async () => {
    const bodyId = idOf('GBK')
    const seat = async (institution: string, officialName: string, version: number) => {
      const body = await send(
        'coordinator',
        'body.add_member',
        bodyId,
        { institution, seat: 'observer', from: '2026-01-01', officialName },
        version,
      )
      return { id: String((body.reply as unknown as Loose).memberId), version: Number(body.version) }
    }
    const first = await seat('MD', 'Zhdukurina Seli', 0)
    await seat('MFE', 'Mbeturina Seli', first.version)
    await gone('body_member', first.id, 'Zhdukurina')
    expect((await stillThere('Mbeturina')).sort()).toEqual([
      'body_member_named.official_name',
      'event_part.body',
    ])

    const unit = uuidv7()
    await send('head-tirana', 'net.add_structure', unit, {
      kind: 'nrm_mechanism',
      municipality: '53',
      from: '2020-01-01',
      nameSq: 'Mekanizmi',
      nameEn: 'Mechanism',
    })
    const posted = await send('head-tirana', 'net.add_position', unit, {
      duty: 'member',
      fullTime: true,
      inJobDescription: true,
      from: '2020-01-01',
    })
    const appointed = await send('head-tirana', 'net.appoint', unit, {
      positionId: String((posted.reply as unknown as Loose).positionId),
      from: '2020-02-01',
      sex: 'female',
      qualification: 'law',
      name: 'Zhdukurina Posti',
    })
    await gone('net_tenure', String((appointed.reply as unknown as Loose).tenureId), 'Zhdukurina')
    await send('head-tirana', 'net.confirm_structure', unit, {})
  })

  test('foster families with their address and what was found there, and members of emergency teams', async () => {
    const family = uuidv7()
    await send('cpw-tirana', 'care.apply_family', family, {
      names: 'Familja Zhdukurina',
      beds: [{ sex: 'any', bands: ['6_11'], places: 1 }],
      siblings: false,
      appliedOn: '2026-03-01',
    })
    await send('cpw-tirana', 'care.set_address', family, { address: 'Te Zhdukurina' }, 1)
    const visit = {
      kind: 'assessment',
      onDay: '2026-03-02',
      outcome: 'recommended',
      findings: 'Zhdukurina pret.',
    }
    await send('cpw-tirana', 'care.visit', family, visit, 2)
    await gone('care_place', family, 'Zhdukurina')
    expect((await app.as('cpw-tirana').get(`/api/care/places/${family}/address`)).status).toBe(404)

    const team = uuidv7()
    const member = { id: uuidv7(), name: 'Zhdukurina Roja', profession: 'police' }
    await send('head-tirana', 'team.set', team, {
      nameSq: 'Ekipi',
      nameEn: 'Team',
      coversFrom: '08:00',
      coversTo: '16:00',
      members: [member],
    })
    await gone('emergency_team', team, 'Zhdukurina')
  })

  test('minutes of a meeting with what was recommended in it', async () => {
    const id = await convened(app, 'GBK', 'coordinator', { agenda: 'Çështja Zhdukurina' })
    const { version } = await held(app, 'GBK', 'coordinator', '2026-11-24', id)
    const minutes = { text: 'Zhdukurina foli.', decisions: ['Zhdukurina shkruan'], nothingToCorrect: true }
    await send('coordinator', 'meeting.write_minutes', id, minutes, version)
    await send('coordinator', 'recommendation.make', uuidv7(), {
      meetingId: id,
      kind: 'recommendation',
      text: 'Zhdukurina ta mbarojë',
      owner: 'ZKKA',
      dueOn: '2026-12-31',
    })
    await gone('body_meeting', id, 'Zhdukurina')
    await send('police', 'meeting.approve_minutes', id, {}, version + 2)
  })

  test('professionals, trainings, acts, businesses of one person', async () => {
    const person = uuidv7()
    await send('police', 'professional.enter', person, {
      givenName: 'Zhdukurina',
      familyName: 'Polici',
      birthYear: 1988,
      sex: 'female',
      sector: 'police',
    })
    await gone('professional', person, 'Zhdukurina')
    expect((await app.as('police').get('/api/professionals')).status).toBe(200)

    const training = uuidv7()
    const said = {
      title: 'Trajnim nga Zhdukurina',
      organiser: 'Zhdukurina',
      venue: 'Te Zhdukurina',
      funder: 'Zhdukurina',
    }
    const days = { from: '2026-03-01', to: '2026-03-02' }
    await send('police', 'training.record', training, {
      ...said,
      ...days,
      topic: 'sops',
      mode: 'classroom',
      sessions: 2,
    })
    await gone('training', training, 'Zhdukurina')

    const act = uuidv7()
    await send('labour', 'activity.record', act, {
      kind: 'inspection',
      title: 'Te Zhdukurina',
      ...days,
      funder: 'Zhdukurina',
      details: { sector: 'mining', employerType: 'business' },
      counts: [{ measure: 'workers_checked', value: 30 }],
      parties: [{ institutionId: unitId('police-tirana') }, { said: 'Zhdukurina' }],
    })
    await gone('activity_record', act, 'Zhdukurina')

    const business = uuidv7()
    await send('labour', 'business.enter', business, {
      kind: 'business',
      name: 'Zhdukurina Hoxha, person fizik',
      nipt: 'L09876543Z',
      sector: 'other',
      municipality: '53',
      licence: 'none',
    })
    await send('labour', 'business.sanction', uuidv7(), {
      businessId: business,
      kind: 'warning',
      on: '2026-11-01',
      ground: 'Zhdukurina nuk e zbatoi',
    })
    await gone('business', business, 'Zhdukurina')
    expect(await stillThere('L09876543Z')).toEqual([])
  })

  test('whoever is listed, pays, or is named in evidence and reports', async () => {
    const actor = uuidv7()
    const listed = {
      nameSq: 'Zhdukurina',
      nameEn: 'Zhdukurina',
      doesSq: 'Zhdukurina ndihmon',
      doesEn: 'Zhdukurina helps',
    }
    await send(
      'coordinator',
      'directory.set_actor',
      actor,
      { kind: 'ngo', ...listed, website: 'https://zhdukurina.al/Zhdukurina' },
      0,
    )
    await gone('net_actor', actor, 'Zhdukurina')

    const line = uuidv7()
    await send('head-tirana', 'local.set_line', line, {
      municipality: '53',
      year: 2026,
      side: 'income',
      topic: 'mining_rent',
      source: 'mining_rent',
      planned: 5,
      note: 'Sipas Zhdukurinës',
    })
    expect(await stillThere('Zhdukurin')).toEqual(['local_budget_line.note'])
    await erase(app.ctx, { kind: 'local_budget_line', id: line, rule: 'retention 5y', by: 'dpo' })
    expect(await stillThere('Zhdukurin')).toEqual([])

    const { items } = (await app.as('coordinator').get('/api/plans/nap-2018-2020/execution')).body
    const activity = String(items![0]!.id)
    await send('coordinator', 'activity.plan_tranche', activity, {
      source: 'donors',
      payer: 'Zhdukurina Dhuruesi',
      dueOn: '2026-12-01',
      amount: 5,
    })
    await gone('activity_execution', activity, 'Zhdukurina')
    await send('coordinator', 'activity.plan_tranche', activity, {
      source: 'donors',
      payer: 'BE',
      dueOn: '2026-12-02',
      amount: 5,
    })

    await send('coordinator', 'plan_report.open', uuidv7(), {
      kind: 'institution_progress',
      plan: 'nap-2018-2020',
      from: '2018-01-01',
      to: '2018-03-31',
      dueOn: '2018-04-30',
    })
    const own = (
      await app.as('ministry-interior').get('/api/plan-reports?kind=institution_progress&mine=true')
    ).body
    const report = String(own.items![0]!.id)
    const content = { summary: 'Zhdukurina punoi.', difficulties: '', next: '', activities: [] }
    await send('ministry-interior', 'plan_report.save', report, { content }, 0)
    await send('ministry-interior', 'plan_report.submit', report, {}, 1)
    await send('coordinator', 'plan_report.return', report, { reason: 'Pse Zhdukurina?' }, 2)
    await gone('plan_report', report, 'Zhdukurina')
    await send(
      'ministry-interior',
      'plan_report.save',
      report,
      { content: { ...content, summary: 'Tjetër.' } },
      4,
    )
  })

  test('the retention role empties none of them without the event', async () => {
    const client = await app.ctx.pools.owner.connect()
    try {
      await client.query('begin')
      await client.query('set local role mb_retention')
      await expect(
        client.query(
          "select erase_names('professional', 'professional', gen_random_uuid(), gen_random_uuid())",
        ),
      ).rejects.toMatchObject({ code: '42501' })
    } finally {
      await client.query('rollback')
      client.release()
    }
    await expect(
      app.ctx.pools.app.query(
        "select erase_names('business', 'business', gen_random_uuid(), gen_random_uuid())",
      ),
    ).rejects.toMatchObject({ code: '42501' })
  })
})
