import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { periodOfDay } from '#domain/indicator/period.ts'
import { uuidv7 } from '#server/ids.ts'
import { justiceQueries } from '#server/indicator/queries/justice.ts'
import { withTx } from '#server/tx.ts'
import { actorOf, type CastName, noon, unitId } from '#test/cast.ts'
import { type TestApp, testApp } from './harness.ts'
import { justiceSteps, office, on, putOthers, special } from './justice-life.ts'
import { takenAdult } from './nrm-life.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
  await putOthers(app)
})
afterAll(() => app.close())
const { opened, screen, told, openBy, read, act, view, notices, child, refer } = justiceSteps(() => app)

describe('from report to execution', () => {
  test('the police register and refer; the prosecution goes on stage by stage; the clock of 90 days runs and late words are counted', async () => {
    const id = await openBy('police', { number: undefined })
    expect(await view('police', id)).toMatchObject({ stage: 'report', sight: 'police', due: null })
    expect((await read('prosecutor', id)).status).toBe(404)
    await act('police', id, 'move', { to: 'investigation', on }, 'not_allowed')
    await act('police', id, 'refer', {
      toUnit: office,
      article: '128/b',
      on: '2026-11-21',
      reason: 'Kompetenca',
    })
    expect((await notices('prosecutor')).some((one) => String(one.code) === 'proceeding_referred')).toBe(true)
    await act('prosecutor', id, 'move', { to: 'charged', on }, 'proceeding_stage_skipped')
    await act('prosecutor', id, 'move', { to: 'investigation', on: '2026-11-25' }, 'in_future')
    await act('prosecutor', id, 'move', { to: 'investigation', on: '2026-11-19' }, 'proceeding_day_before')
    await act('prosecutor', id, 'move', { to: 'investigation', on: '2026-11-22', number: '1234/2026' })
    const full = await view('prosecutor', id)
    expect(full).toMatchObject({ stage: 'investigation', sight: 'full', number: '1234/2026', track: true })
    expect(full.due).toMatchObject({ rule: 'D38', state: 'running' })
    await act('prosecutor', id, 'move', { to: 'report', on }, 'proceeding_stage_back')
    await act('prosecutor', id, 'set_next', { on: '2026-12-10', what: 'hearing' })
    await act('prosecutor', id, 'set_next', { on: '2026-11-10', what: 'hearing' }, 'proceeding_next_past')
    // A hundred days of silence: stuck, and counted when it ends.
    app.setClock('2027-03-10T11:00:00.000Z')
    const stuck = (who: CastName) => app.as(who).get('/api/proceedings?stuck=true')
    expect((await stuck('responsible-authority')).body.items!.map((one) => String(one.id))).toContain(id)
    await act('prosecutor', id, 'inform_authority', { words: 'Pritet akti i ekspertimit.' })
    expect((await stuck('responsible-authority')).body.items!.map((one) => String(one.id))).not.toContain(id)
    const after = await view('responsible-authority', id)
    expect([Number(after.updatesLate), String(after.told![0]!.words), after.due!.state]).toEqual([
      1,
      'Pritet akti i ekspertimit.',
      'running',
    ])
    const day = '2027-03-10'
    await act('prosecutor', id, 'move', { to: 'charged', on: day })
    await act('prosecutor', id, 'move', { to: 'trial', on: day })
    await act('prosecutor', id, 'move', { to: 'judgment', on: day }, 'proceeding_outcome_needed')
    await act(
      'prosecutor',
      id,
      'move',
      { to: 'judgment', on: '2027-03-11', outcome: 'convicted' },
      'in_future',
    )
    await act('prosecutor', id, 'move', { to: 'judgment', on: day, outcome: 'convicted' })
    await act(
      'prosecutor',
      id,
      'close',
      { reason: 'executed', on: day, words: 'x' },
      'proceeding_reason_not_here',
    )
    await act('prosecutor', id, 'move', { to: 'final', on: day })
    await act('prosecutor', id, 'move', { to: 'execution', on: day })
    await act('prosecutor', id, 'close', { reason: 'executed', on: day, words: 'U ekzekutua.' })
    expect((await view('prosecutor', id)).due).toBeNull()
    await act('prosecutor', id, 'reopen', {
      to: 'trial',
      ground: 'new_evidence',
      act: 'Vendim nr. 5',
      on: day,
    })
    expect(await view('prosecutor', id)).toMatchObject({ stage: 'trial', outcome: null, closedReason: null })
    expect((await view('prosecutor', id)).steps!.map((one) => String(one.kind))).toEqual([
      'opened',
      'referred',
      'moved',
      'moved',
      'moved',
      'moved',
      'moved',
      'moved',
      'closed',
      'reopened',
    ])
    app.setClock(noon)
  })

  test('an article not in force on the day of the act is refused with a sentence; requalification keeps what was charged before', async () => {
    await openBy('police', { article: '114/b', actFrom: '2026-10-01' }, 'proceeding_article_not_in_force')
    await openBy('police', { article: '52/a' }, 'proceeding_article_clause')
    await openBy('police', { article: '999' }, 'proceeding_article_unknown')
    const old = await openBy('prosecutor', { article: '114/b', actFrom: '2010-05-01' })
    const charge = (await view('prosecutor', old)).charges![0]!
    await act(
      'prosecutor',
      old,
      'set_article',
      { article: '110/a', replaces: charge.id, on },
      'reason_required',
    )
    await act('prosecutor', old, 'set_article', {
      article: '124/b',
      replaces: charge.id,
      on,
      reason: 'Rikualifikim',
    })
    const charges = (await view('prosecutor', old)).charges!
    expect(charges.map((one) => [String(one.article), one.until === null, one.reason])).toEqual([
      ['114/b', false, null],
      ['124/b', true, 'Rikualifikim'],
    ])
    const reply = await app
      .as('police')
      .command('proceeding.open', uuidv7(), told({ article: '114/a' }), { language: 'sq' })
    expect(String(reply.body.detail)).toContain('nuk ishte në fuqi')
  })

  test('referred to another office it leaves the first one at once, and the history says why', async () => {
    const id = await openBy('prosecutor')
    await act(
      'prosecutor',
      id,
      'refer',
      { toUnit: office, article: '128/b', on, reason: 'x' },
      'proceeding_no_office',
    )
    await act(
      'prosecutor',
      id,
      'refer',
      { toUnit: unitId('police-tirana'), article: '128/b', on, reason: 'x' },
      'proceeding_no_office',
    )
    await act('prosecutor', id, 'refer', {
      toUnit: special.unitId,
      article: '128/b',
      on,
      reason: 'Neni 128/b është i saj',
    })
    expect((await read('prosecutor', id)).status).toBe(404)
    const step = (await view(special, id)).steps!.at(-1)!
    expect([String(step.kind), String(step.article), String(step.words)]).toEqual([
      'referred',
      '128/b',
      'Neni 128/b është i saj',
    ])
  })
})

describe('victims, their help and their compensation', () => {
  test('linked by the code of a referral, or later by the authority; never by a code one has no business with, and never twice', async () => {
    const { caseId, code, nrm } = await child()
    const id = await openBy('police', { officeUnit: office })
    const add = (body: object, expected: number | string = 200) =>
      act('police', id, 'add_victim', { subject: 'child', ...body }, expected)
    await add({ code }, 'proceeding_victim_unknown')
    await add({ code: 'TR-2026-9999' }, 'proceeding_victim_unknown')
    await refer(caseId)
    await add({ code })
    await add({ code }, 'proceeding_victim_twice')
    await add({ code: nrm }, 'proceeding_victim_twice')
    await add({ identity: 'Vajza e katit të parë' })
    const police = await view('police', id)
    expect(
      police.persons!.map((one) => [String(one.pseudonym), one.code, one.identity, one.witness]),
    ).toEqual([
      ['V1', code, null, null],
      ['V2', null, null, null],
    ])
    expect(JSON.stringify(police)).not.toContain(nrm)
    const full = await view('prosecutor', id)
    expect(String(full.persons![1]!.identity)).toBe('Vajza e katit të parë')
    const other = await child()
    const second = String(full.persons![1]!.id)
    await act('prosecutor', id, 'link_victim', { victimId: second, code: other.nrm }, 'not_allowed')
    await act(
      'responsible-authority',
      id,
      'link_victim',
      { victimId: second, code: nrm },
      'proceeding_victim_twice',
    )
    await act('responsible-authority', id, 'link_victim', { victimId: second, code: other.nrm })
    // Whether a victim cooperates is a field, and opens or shuts nothing.
    const before = [...(await view('prosecutor', id)).actions!].map(String)
    await act('prosecutor', id, 'set_cooperation', { victimId: second, cooperation: 'no', on })
    expect([...(await view('prosecutor', id)).actions!].map(String)).toEqual(before)
    // Their keeper learns the stage and the next date, with no suspect and no number.
    await act('prosecutor', id, 'set_next', { on: '2026-12-01', what: 'hearing' }, 'wrong_state').catch(
      () => undefined,
    )
  })

  test('legal aid, protection and compensation; nothing is awarded that was not claimed, nor paid beyond the award', async () => {
    const { caseId, nrmId, nrm } = await child()
    const id = await openBy('prosecutor')
    await act('prosecutor', id, 'add_victim', { subject: 'child' })
    const victimId = String((await view('prosecutor', id)).persons![0]!.id)
    await act('responsible-authority', id, 'link_victim', { victimId, code: nrm })
    await act('responsible-authority', id, 'assign_aid', {
      victimId,
      kind: 'lawyer',
      basis: 'state',
      on,
      provider: 'Av. Provë',
    })
    await act('prosecutor', id, 'assign_aid', {
      victimId,
      kind: 'psychologist',
      basis: 'state',
      on,
      provider: 'Psikologu',
    })
    await act('prosecutor', id, 'take_measure', { victimId, measure: 'video_link', on })
    const amount = (n: number) => ({ victimId, route: 'criminal', amount: n, on })
    for (const bad of [-1, 1e15, 1.5, 0])
      expect(
        (await app.as('prosecutor').command('proceeding.claim', id, amount(bad), { baseVersion: 5 })).status,
        `${bad}`,
      ).toBe(400)
    await act(
      'prosecutor',
      id,
      'decide_claim',
      { claimId: uuidv7(), amount: 5, on },
      'proceeding_nothing_claimed',
    )
    await act('prosecutor', id, 'claim', amount(900_000))
    await act('prosecutor', id, 'claim', amount(1_000_000))
    const claimId = String((await view('prosecutor', id)).claims![0]!.id)
    await act('prosecutor', id, 'pay_claim', { claimId, amount: 5, on }, 'proceeding_nothing_awarded')
    await act(
      'prosecutor',
      id,
      'decide_claim',
      { claimId, amount: 1_000_001, on },
      'proceeding_award_over_claim',
    )
    await act('prosecutor', id, 'decide_claim', { claimId, amount: 600_000, on })
    await act('prosecutor', id, 'pay_claim', { claimId, amount: 600_001, on }, 'proceeding_paid_over_award')
    await act('prosecutor', id, 'pay_claim', { claimId, amount: 200_000, on, bailiff: 'Përmbaruesi' })
    expect((await view('prosecutor', id)).claims).toMatchObject([
      { state: 'part_executed', claimed: 1_000_000, awarded: 600_000, paid: 200_000, bailiff: 'Përmbaruesi' },
    ])
    await act('prosecutor', id, 'pay_claim', { claimId, amount: 400_000, on })
    await act('prosecutor', id, 'seize_asset', { kind: 'vehicle', value: 700_000, on, words: 'Furgon' })
    await act('prosecutor', id, 'set_next', { on: '2026-12-01', what: 'hearing' })
    for (const [who, query] of [
      ['cpw-tirana', `caseId=${caseId}`],
      ['head-tirana', `caseId=${caseId}`],
      ['responsible-authority', `nrmId=${nrmId}`],
      ['cpw-tirana', `nrmId=${nrmId}`],
    ] as const) {
      const items = (await app.as(who).get(`/api/proceedings-of?${query}`)).body.items!
      expect(items, who).toMatchObject([
        {
          stage: 'investigation',
          nextOn: '2026-12-01',
          claims: [{ state: 'executed' }],
          aids: [{ kind: 'lawyer' }, { kind: 'psychologist' }],
        },
      ])
      expect(JSON.stringify(items)).not.toMatch(/Furgon|suspect|number/)
    }
    for (const who of [
      'police',
      'prosecutor',
      'cpw-durres',
      'cpw2-tirana',
      'shelter',
      'state-agency',
    ] as const)
      expect((await app.as(who).get(`/api/proceedings-of?nrmId=${nrmId}`)).body.items, who).toHaveLength(0)
  })

  test('an adult and a child of no track: proceedings are not for trafficking alone', async () => {
    const { id: nrmId } = await takenAdult(app, 'police')
    const code = String((await app.as('responsible-authority').get(`/api/nrm/${nrmId}`)).body.code)
    const proceeding = await openBy('police', { officeUnit: office })
    await act('police', proceeding, 'add_victim', { subject: 'adult', code })
    expect(
      (await app.as('social-service').get(`/api/proceedings-of?nrmId=${nrmId}`)).body.items,
    ).toHaveLength(1)
    const { caseId } = await opened()
    const caseCode = String((await app.as('cpw-tirana').get(`/api/cases/${caseId}`)).body.code)
    await refer(caseId)
    const beaten = await openBy('police', { article: '124/b', officeUnit: office })
    await act('police', beaten, 'add_victim', { subject: 'child', code: caseCode })
    expect((await read('responsible-authority', beaten)).status).toBe(404)
    expect((await app.as('cpw-tirana').get(`/api/proceedings-of?caseId=${caseId}`)).body.items).toHaveLength(
      1,
    )
    // The child becomes a potential victim later: from then on the authority follows it.
    await screen('cpw-tirana', { caseId })
    expect((await read('responsible-authority', beaten)).status).toBe(200)
  })
})

test('indicators of the plans count proceedings, free help and executed compensation', async () => {
  const figures = await withTx(app.ctx, actorOf('coordinator'), async (tx) =>
    Promise.all(
      justiceQueries.map(async (query) => [
        query.code,
        await query.count(tx, { ...periodOfDay('2026-11-24', 'quarter') }),
      ]),
    ),
  )
  const of = Object.fromEntries(figures) as Record<string, { n: number; of: number | null }>
  expect(of.proceedings_registered!.n).toBeGreaterThan(4)
  expect(of.compensation_executed!.n).toBe(1)
  expect(of.victims_lawyer_and_psychologist!.n).toBe(1)
  expect(of.victims_paid_by_scheme!.n).toBe(0)
  expect(of.proceedings_told!.n).toBeLessThanOrEqual(of.proceedings_told!.of!)
})
