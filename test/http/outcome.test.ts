/** Needs, snapshots, judged reopenings and cohorts over HTTP. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { type CastName, castNames, unitId } from '#test/cast.ts'
import { assess, closed, Life, openFor, seen, today } from './case-life.ts'
import { type Loose, type TestApp, testApp } from './harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const send = async (life: Life, who: CastName, type: string, body: object, base = life.version) => {
  const reply = await app.as(who).command(type, life.id, body, { baseVersion: base, language: 'en' })
  if (reply.status === 200) life.version = Number(reply.body.version)
  else expect(String(reply.body.detail ?? 'x')).not.toMatch(/^$|refusal\.|\{\{/)
  return reply
}
const must = async (life: Life, who: CastName, type: string, body: object): Promise<Loose> => {
  const reply = await send(life, who, type, body)
  expect(reply.status, JSON.stringify(reply.body)).toBe(200)
  return reply.body.reply!
}
const code = async (...args: Parameters<typeof send>): Promise<string> => {
  const { status, body } = await send(...args)
  return status === 200 ? 'ok' : String(body.code)
}
const needsOf = async (life: Life, who: CastName = 'cpw-tirana', purpose?: 'monitoring') =>
  (await app.as(who).get(`/api/cases/${life.id}/needs`, purpose === undefined ? {} : { purpose })).body
const found = { beneficiary: 'child', foundOn: today }
const lived = {
  living: 'one_parent',
  school: 'primary',
  attendance: 80,
  vaccinated: 'no',
  healthCard: 'no',
  job: 'not_of_age',
  parentWork: 'casual',
  network: 'no',
  income: 'below_minimum',
}
const started = async () => {
  const life = new Life(app, await openFor(app, 'cpw-tirana'))
  await assess(life, 'initial', { ...seen, risk: 'low' })
  return life
}

describe('a need over its life', () => {
  test('found, served, met; the words of it open only to those who read the file, the numbers of papers to nobody', async () => {
    const life = await started()
    const { needId } = await must(life, 'cpw-tirana', 'need.find', {
      ...found,
      kind: 'civil_registration',
      remark: 'Nëna nuk e ka çertifikatën.',
    })
    expect(await code(life, 'cpw-tirana', 'need.find', { ...found, kind: 'civil_registration' })).toBe(
      'need_known',
    )
    const end = { needId, to: 'MET', on: today, outcome: { actRecorded: true, registeredOn: today } }
    expect(await code(life, 'cpw-tirana', 'need.move', end)).toBe('need_without_service')
    await life.must('cpw-tirana', 'record_service', {
      service: 'civil_registration',
      setting: 'office',
      beneficiary: 'child',
      providerId: unitId('civil-status-tirana'),
      from: today,
    })
    const before = await needsOf(life)
    const service = String(before.services![0]!.id)
    expect(await code(life, 'cpw-tirana', 'need.link', { needId, what: 'service', id: uuidv7() })).toBe(
      'need_link_unknown',
    )
    await must(life, 'cpw-tirana', 'need.link', { needId, what: 'service', id: service })
    expect((await needsOf(life)).needs).toMatchObject([{ state: 'IN_SERVICE', links: [{ what: 'service' }] }])
    for (const [outcome, status] of [
      [{ actRecorded: true, actNumber: '123/2014' }, 400],
      [{ registeredOn: 'Akti nr. 123 i vitit 2014' }, 400],
      [{ actRecorded: true, cardHeld: true }, 422],
      [{ actRecorded: false }, 422],
    ] as const)
      expect((await send(life, 'cpw-tirana', 'need.move', { ...end, outcome })).status).toBe(status)
    await must(life, 'cpw-tirana', 'need.move', { ...end, remark: 'U regjistrua me vendim.' })
    expect(await code(life, 'cpw-tirana', 'need.move', end)).toBe('need_ended')
    expect((await needsOf(life)).needs).toMatchObject([
      {
        kind: 'civil_registration',
        state: 'MET',
        outcome: { actRecorded: true, registeredOn: today },
        remark: 'Nëna nuk e ka çertifikatën.',
        ending: 'U regjistrua me vendim.',
      },
    ])
    // The same unit, without the assignment: rows, no words, no button.
    const colleague = await needsOf(life, 'cpw2-tirana')
    expect(colleague.needs).toMatchObject([{ state: 'MET', remark: null, ending: null }])
    expect(colleague.mayRecord).toBe(false)
    expect(await code(life, 'cpw2-tirana', 'need.find', { ...found, kind: 'books' })).toBe('case_not_yours')
    for (const who of castNames) {
      const { status, body } = await app.as(who).get(`/api/cases/${life.id}/needs`)
      const inside = ['cpw-tirana', 'cpw2-tirana', 'head-tirana', 'state-agency'].includes(who)
      expect(status, who).toBe(inside ? 200 : 404)
      if (inside) expect(body.mayRecord, who).toBe(who === 'cpw-tirana' || who === 'head-tirana')
      else
        for (const [type, sent] of [
          ['need.find', { ...found, kind: 'books' }],
          ['outcome.take', { ...lived, occasion: 'review', takenOn: today }],
        ] as const)
          expect((await send(life, who, type, sent)).status, `${who} ${type}`).toBe(404)
    }
    const types = (await app.as('cpw-tirana').get(`/api/cases/${life.id}/timeline?kind=service`)).body.items!
    expect(types.map((one) => one.type)).toEqual(['NeedMoved', 'NeedLinked', 'ServiceRecorded', 'NeedFound'])
    // Whoever can type SQL as the application leaves a trace or changes nothing.
    await expect(
      app.ctx.pools.app.query("update case_need set state = 'OPEN', reason = null where true returning id"),
    ).resolves.toMatchObject({ rowCount: 0 })
  })

  test('not met and refused say why; a stale write is told; what was not met can be taken up again', async () => {
    const life = await started()
    const { needId } = await must(life, 'cpw-tirana', 'need.find', {
      ...found,
      kind: 'free_creche',
      beneficiary: 'family',
    })
    const stale = life.version
    const end = { needId, on: today }
    expect(await code(life, 'cpw-tirana', 'need.move', { ...end, to: 'NOT_MET' })).toBe('reason_required')
    expect(await code(life, 'cpw-tirana', 'need.move', { ...end, to: 'NOT_MET', reason: 'child' })).toBe(
      'reason_required',
    )
    expect(await code(life, 'cpw-tirana', 'need.move', { ...end, to: 'NOT_MET', reason: 'other' })).toBe(
      'reason_required',
    )
    expect(
      await code(life, 'cpw-tirana', 'need.move', {
        ...end,
        to: 'REFUSED',
        reason: 'parent',
        on: '2026-11-01',
      }),
    ).toBe('need_before_found')
    await must(life, 'cpw-tirana', 'need.move', { ...end, to: 'NOT_MET', reason: 'no_place' })
    const again = await send(life, 'head-tirana', 'need.move', { ...end, to: 'OPEN' }, stale)
    expect(again.status).toBe(409)
    await must(life, 'head-tirana', 'need.move', { ...end, to: 'OPEN' })
    expect((await needsOf(life)).needs).toMatchObject([{ state: 'OPEN', reason: null }])
  })
})

describe('what leaves for a need', () => {
  const consentTo = async (life: Life, recipient: string, fields: string[]) => {
    const id = uuidv7()
    const reply = await app.as('cpw-tirana').command('consent.record', id, {
      caseId: life.id,
      purpose: 'sharing',
      recipients: [recipient],
      fields,
      capacity: 'guardian',
      givenBy: 'Vjollca Luka',
      language: 'sq',
      explainedBy: 'Ilir Sinani',
    })
    expect(reply.status, JSON.stringify(reply.body)).toBe(200)
    return id
  }
  test('a status certificate goes with the consent that names the body, into the log, and not after it is withdrawn', async () => {
    const life = await started()
    const { needId } = await must(life, 'cpw-tirana', 'need.find', { ...found, kind: 'health_card' })
    const consentId = await consentTo(life, 'health_fund', ['name', 'birth', 'cover_need'])
    const paper = { needId, consentId, recipient: 'health_fund', on: today }
    expect(
      await code(life, 'cpw-tirana', 'need.give_certificate', { ...paper, recipient: 'housing_office' }),
    ).toBe('need_certificate_consent')
    expect(await code(life, 'cpw-tirana', 'need.give_certificate', { ...paper, consentId: uuidv7() })).toBe(
      'need_certificate_consent',
    )
    await must(life, 'cpw-tirana', 'need.give_certificate', paper)
    expect((await needsOf(life)).needs).toMatchObject([{ certificates: [{ recipient: 'health_fund' }] }])
    const log = (await app.as('cpw-tirana').get(`/api/cases/${life.id}/disclosures`)).body.items!
    expect(log).toMatchObject([
      {
        kind: 'document',
        document: 'status_certificate',
        toKind: 'health_fund',
        tier: 'T4',
        grounds: [{ kind: 'consent' }],
      },
    ])
    const [consent] = await app.db.admin<{ version: number }>('select version from consent where id = $1', [
      consentId,
    ])
    const withdrawn = await app
      .as('cpw-tirana')
      .command('consent.withdraw', consentId, { capacity: 'guardian' }, { baseVersion: consent!.version })
    expect(withdrawn.status, JSON.stringify(withdrawn.body)).toBe(200)
    expect(await code(life, 'cpw-tirana', 'need.give_certificate', paper)).toBe('need_certificate_consent')
  })

  test('a packet to the fund is the least, asked by the municipality, and refused with a word that labels', async () => {
    const life = await started()
    // A unit of the cast stands in for the fund, and the unit that asks belongs to a municipality.
    const fund = unitId('day-centre-tirana')
    await app.db.admin("update unit set kind = 'health_fund' where id = $1", [fund])
    await app.db.admin(
      "update institution set name_sq = 'Bashkia Tiranë', name_en = 'Tirana' where id = $1",
      [unitId('cpu-tirana')],
    )
    const { needId } = await must(life, 'cpw-tirana', 'need.find', { ...found, kind: 'health_card' })
    const consentId = await consentTo(life, 'health_fund', ['name', 'birth', 'cover_need'])
    const referralId = uuidv7()
    const body = (cover_need: string) => ({
      caseId: life.id,
      toUnitId: fund,
      service: 'health_cover',
      grounds: [{ kind: 'consent', ref: consentId }],
      objection: 'none',
      said: { cover_need },
    })
    for (const word of ['kartë për viktimë', 'rast dhune', 'fëmijë në mbrojtjen e fëmijës', 'shfrytëzim'])
      expect(
        (await app.as('cpw-tirana').command('referral.send', uuidv7(), body(word))).body.code,
        word,
      ).toBe('referral_label_in_text')
    const sent = await app.as('cpw-tirana').command('referral.send', referralId, body('Kartë shëndeti falas'))
    expect(sent.status, JSON.stringify(sent.body)).toBe(200)
    const [row] = await app.db.admin<{ version: number }>('select version from case_file where id = $1', [
      life.id,
    ])
    life.version = row!.version
    await must(life, 'cpw-tirana', 'need.link', { needId, what: 'referral', id: referralId })
    expect((await needsOf(life)).needs).toMatchObject([{ state: 'REFERRED' }])
    const { body: read } = await app.as('day-centre').get(`/api/referrals/${referralId}`, { language: 'sq' })
    expect(read).toMatchObject({
      side: 'in',
      caseId: null,
      from: { nameSq: 'Bashkia Tiranë', kind: 'social_services', phone: null },
    })
    expect(JSON.stringify(read)).not.toMatch(/trafik|viktim|shfryt|cpu|NJMF|police_data|trafficking/i)
    const [kept] = await app.db.admin<{ fields: string[] }>(
      'select sent_fields as fields from referral where id = $1',
      [referralId],
    )
    expect(kept!.fields.toSorted()).toEqual(['cover_need', 'name'])
  })
})

describe('how the child lives', () => {
  test('a snapshot for each moment, its contradictions named, set right by the next; nobody of another unit', async () => {
    const life = await started()
    const take = { ...lived, occasion: 'opening', takenOn: today }
    expect((await needsOf(life)).occasions).toEqual(['opening', 'review'])
    const wrong = await send(life, 'cpw-tirana', 'outcome.take', { ...take, school: 'none' })
    expect(wrong.body).toMatchObject({ code: 'outcome_contradiction', field: 'attendance' })
    expect(await code(life, 'cpw-tirana', 'outcome.take', { ...take, occasion: 'month_12' })).toBe(
      'outcome_not_now',
    )
    expect(await code(life, 'cpw-tirana', 'outcome.take', { ...take, takenOn: '2026-10-01' })).toBe(
      'outcome_too_early',
    )
    const { outcomeId } = await must(life, 'cpw-tirana', 'outcome.take', take)
    expect(await code(life, 'cpw-tirana', 'outcome.take', take)).toBe('outcome_taken')
    await must(life, 'head-tirana', 'outcome.take', { ...take, vaccinated: 'yes', corrects: outcomeId })
    expect((await needsOf(life)).snapshots).toMatchObject([
      { corrected: true, vaccinated: 'no' },
      { corrected: false, vaccinated: 'yes' },
    ])
    expect(await code(life, 'cpw2-tirana', 'outcome.take', { ...take, occasion: 'review' })).toBe(
      'case_not_yours',
    )
    expect(await code(life, 'state-agency', 'outcome.take', { ...take, occasion: 'review' })).toBe(
      'not_allowed',
    )
  })

  test('a year after closure: the visit, the snapshot, the cohort; a reopening is what the worker says on evidence', async () => {
    const life = await closed(app)
    app.setClock('2027-11-25T10:00:00.000Z')
    const year = '2027-11-25'
    expect((await needsOf(life)).occasions).toContain('month_12')
    await must(life, 'cpw-tirana', 'outcome.take', { ...lived, occasion: 'month_12', takenOn: year })
    const figures = async (who: CastName, basis = 'exit') =>
      (await app.as(who).get(`/api/outcomes/cohorts?basis=${basis}&year=2026&lang=en`)).body
    const together = (body: Loose) =>
      (body.sections![0]!.tables as unknown as { rows: unknown[][] }[])[0]!.rows.at(-1)!.slice(1, 6)
    for (const who of castNames) {
      const reader = who === 'state-agency' || who.startsWith('coordinator')
      const [cases] = together(await figures(who))
      expect(Number(cases) > 0, who).toBe(reader)
    }
    const exit = await figures('coordinator')
    // One case, one year, one snapshot: the nation's sum is exact, its quarter is hidden.
    expect(together(exit)).toEqual([1, 1, 1, 1, 1])
    const rows = (exit.sections![0]!.tables as unknown as { rows: unknown[][] }[])[0]!.rows
    expect(rows[3]!.slice(1)).toEqual(rows[3]!.slice(1).map((cell) => (cell === 0 ? 0 : null)))
    expect(together(await figures('state-agency', 'entry'))[0]).toBeGreaterThan(1)
    const xlsx = await app.fastify.inject({
      url: '/api/outcomes/cohorts.xlsx?year=2026',
      headers: { 'x-test-as': 'state-agency' },
    })
    expect(xlsx.statusCode).toBe(200)
    const csv = await app.fastify.inject({
      url: '/api/outcomes/cohorts.csv?year=2026&lang=en',
      headers: { 'x-test-as': 'state-agency' },
    })
    expect(csv.body).toContain('Reached 12 months')

    // Exploited again, found by the visit: counted at once; the worker may say otherwise, and the newest word counts.
    await life.must('cpw-tirana', 'record_follow_up', {
      month: 12,
      seenOn: year,
      seen: 'child',
      reexploited: 'yes',
      findings: 'Lyp sërish.',
    })
    expect((await needsOf(life)).reopenings).toMatchObject([
      { episode: 2, reexploited: 'yes', evidence: ['follow_up'] },
    ])
    expect(
      await code(life, 'cpw-tirana', 'outcome.judge_reopening', {
        reexploited: 'yes',
        evidence: [],
        words: 'x',
      }),
    ).toBe('outcome_evidence')
    await must(life, 'cpw-tirana', 'outcome.judge_reopening', {
      reexploited: 'no',
      evidence: ['family'],
      words: 'Ishte me të afërmit.',
    })
    expect((await needsOf(life)).reopenings).toMatchObject([
      { reexploited: 'no', words: 'Ishte me të afërmit.' },
    ])
    expect((await needsOf(life, 'state-agency')).reopenings).toMatchObject([
      { reexploited: 'no', words: null },
    ])
  })
})
