import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { countryKeysOf } from '#server/packet/keys.ts'
import { castNames, unitId } from '#test/cast.ts'
import { type TestApp, testApp } from './harness.ts'
import { speaksFor } from './interview-life.ts'
import { takenAdult } from './nrm-life.ts'
import { assess, consent } from './returns-life.ts'
import { screeningSteps } from './screening-steps.ts'

/** Returns either way: an adult who wants to go home, a child for whom a panel decides, and what withdrawing does to packets. */

let app: TestApp
let abroad: string
const ap = () => app.as('responsible-authority')
const social = () => app.as('social-service')

interface Told {
  readonly direction?: string
  readonly expectedOn?: string
  readonly consulateId?: string
}
const notify = async (
  nrmId: string,
  told: Told = {},
  who: 'responsible-authority' | 'cpw-tirana' = 'responsible-authority',
) => {
  const id = uuidv7()
  const reply = await app.as(who).command('return.notify', id, {
    nrmId,
    direction: 'outgoing',
    country: 'XK',
    source: 'foreign_authority',
    noticeOn: '2026-11-20',
    expectedOn: '2026-12-20',
    identity: 'M., 1990',
    need: 'A travel document and somebody at the crossing',
    ...told,
  })
  return { id, ...reply }
}
const version = async (id: string): Promise<number> =>
  Number((await ap().get(`/api/returns/${id}`)).body.version)
/** On the newest version, as the page does it. */
const act = async (who: Parameters<TestApp['as']>[0], verb: string, id: string, body: object) => {
  const reply = await app.as(who).command(`return.${verb}`, id, body, { baseVersion: await version(id) })
  return reply.status === 200 ? 200 : (reply.body.code ?? reply.status)
}
const plan = (more: object = {}) => ({
  travelOn: '2026-12-20',
  mode: 'road',
  borderId: unitId('border-hani-i-hotit'),
  counterpartId: abroad,
  plan: 'By car, met at the crossing.',
  escorts: [{ role: 'social_worker', name: 'Blerta Hoxha' }],
  costs: [{ what: 'travel', source: 'organisation', amountLek: 20_000 }],
  ...more,
})

beforeAll(async () => {
  app = await testApp({ country: countryKeysOf(Buffer.alloc(32, 21)) })
  abroad = uuidv7()
  const made = await ap().command('counterpart.set', abroad, {
    country: 'XK',
    kind: 'anti_trafficking',
    institution: 'Office of XK',
    email: 'office@example.org',
    validFrom: '2026-01-01',
  })
  expect(made.status).toBe(200)
  const other = countryKeysOf(Buffer.alloc(32, 22))
  const { cardOf, fingerprintOf } = await import('#server/packet/keys.ts')
  const { cardText } = await import('#server/packet/container.ts')
  const card = cardOf('XK', other)
  await ap().command('counterpart.set_keys', abroad, { card: cardText(card) }, { baseVersion: 1 })
  const check = { fingerprint: fingerprintOf(card), way: 'telephone' }
  const checked = await app
    .as('coordinator')
    .command('counterpart.check_keys', abroad, check, { baseVersion: 2 })
  expect(checked.status, JSON.stringify(checked.body)).toBe(200)
})
afterAll(() => app.close())

describe('an adult who goes home', () => {
  test('from the notice to the year after, no step skipped; withdrawing recalls the packet that rests on it', async () => {
    const { id: nrmId } = await takenAdult(app, 'labour')
    const { id, status, body } = await notify(nrmId, { consulateId: unitId('consulate-athens') })
    expect(status, JSON.stringify(body)).toBe(200)
    expect(body.reply!.late).toBe(false)
    expect((await notify(nrmId)).body.code).toBe('return_open')
    // D19 runs on the file until the plan is agreed.
    const clock = async () =>
      (
        await app.db.admin(
          `select stopped_at, due_at::date::text as due from clock where rule = 'D19' and record_id = '${nrmId}'`,
        )
      )[0]
    expect(await clock()).toEqual({ stopped_at: null, due: '2026-12-10' })

    const now = '2026-11-24T10:00:00.000Z'
    expect(await act('social-service', 'set_off', id, { at: now })).toBe('return_needs_plan')
    expect(await act('social-service', 'plan', id, plan())).toBe('return_needs_assessment')
    expect(await act('social-service', 'determine', id, { ...panel(), outcome: 'return' })).toBe(
      'return_adult_decides',
    )
    expect(await act('social-service', 'assess', id, assess)).toBe(200)
    expect(await act('social-service', 'plan', id, plan())).toBe('return_no_consent')
    expect(await act('social-service', 'consent', id, consent('child'))).toBe('return_who_consents')
    const own = consent('adult')
    expect(await act('social-service', 'consent', id, own)).toBe(200)
    expect(await act('social-service', 'plan', id, plan({ counterpartId: null }))).toBe('return_nobody_there')
    expect(await act('social-service', 'plan', id, plan({ travelOn: '2026-11-01' }))).toBe('return_past')
    expect(await act('social-service', 'plan', id, plan())).toBe(200)
    expect((await clock())!.stopped_at).not.toBeNull()

    // What rests on consent goes with it; what rests on the law stays (decision 12).
    const packet = async (ground: string) => {
      const packetId = uuidv7()
      const reply = await social().command('packet.make', packetId, {
        nrmId,
        returnId: id,
        counterpartId: abroad,
        purpose: 'return_notice',
        items: [{ field: 'name', value: 'M.' }],
        ground,
        groundRef: 'Consent to the return',
        days: 20,
      })
      expect(reply.status, JSON.stringify(reply.body)).toBe(200)
      return packetId
    }
    const onConsent = await packet('consent')
    // Said again later; whoever takes back the newer word takes back what it stood for.
    const again = consent('adult')
    expect(await act('social-service', 'consent', id, again)).toBe(200)
    const onLaw = await packet('law')
    const read = (await social().get(`/api/returns/${id}`)).body
    expect(read.consents!.map((one) => Number(one.packets)).toSorted()).toEqual([0, 1])
    const withdrawn = await social().command('return.withdraw', id, {
      consentId: again.consentId,
      words: 'I have thought again.',
    })
    expect(withdrawn.body.reply, JSON.stringify(withdrawn.body)).toEqual({ recalled: 1 })
    const sent = (await ap().get('/api/packets')).body.items!
    expect(sent.find((one) => String(one.id) === onConsent)).toMatchObject({
      state: 'revoked',
      revokedWhy: 'consent_withdrawn',
    })
    expect(sent.find((one) => String(one.id) === onLaw)).toMatchObject({ state: 'valid' })
    expect((await ap().get(`/api/returns/${id}`)).body.state).toBe('ASSESSED')
    expect(await act('social-service', 'set_off', id, { at: now })).toBe('return_needs_plan')

    expect(await act('social-service', 'consent', id, consent('adult'))).toBe(200)
    expect(await act('social-service', 'plan', id, plan({ travelOn: '2026-11-24' }))).toBe(200)
    expect(await act('social-service', 'set_off', id, { at: now })).toBe('assistance_safety_plan_missing')
    await makeSafe(nrmId)
    // The crossing is told of a code and a day; nobody else's crossing, no name.
    const announced = (await app.as('border-police').get('/api/returns/announced')).body.items!
    expect(announced).toEqual([
      {
        code: read.code,
        on: '2026-11-24',
        direction: 'outgoing',
        country: 'XK',
        subject: 'adult',
        mode: 'road',
        escorted: true,
        state: 'PLAN_AGREED',
      },
    ])
    expect(await act('responsible-authority', 'set_off', id, { at: '2026-11-25T10:00:00.000Z' })).toBe(
      'in_future',
    )
    expect(await act('social-service', 'set_off', id, { at: now })).toBe(200)
    expect(await act('social-service', 'refuse', id, { why: 'unsafe', words: 'x' })).toBe('wrong_state')
    expect(await act('social-service', 'arrive', id, { on: '2026-11-23', receivedBy: 'Office' })).toBe(
      'return_before_travel',
    )
    expect(await act('social-service', 'arrive', id, { on: '2026-11-24', receivedBy: 'Office' })).toBe(200)
    const hand = {
      on: '2026-11-24',
      unitId: null,
      counterpartId: abroad,
      words: 'Papers and plan handed over.',
    }
    expect(await act('social-service', 'hand_over', id, { ...hand, counterpartId: null })).toBe(
      'return_nobody_there',
    )
    expect(await act('social-service', 'hand_over', id, hand)).toBe(200)

    // Each visit of the year after is a deadline of its own, on the list of whoever carries the file.
    const visits = async () =>
      (await social().get('/api/work?limit=100')).body
        .items!.filter((one) => String(one.code) === String(read.code))
        .map((one) => [
          String((one.clock as never as { dueAt: string } | null)?.dueAt).slice(0, 10),
          String(one.path),
        ])
    expect(await visits()).toEqual(
      ['2026-12-24', '2027-02-24', '2027-05-24', '2027-11-24'].map((due) => [due, `/returns/${id}`]),
    )
    const visit = (month: number, seenOn: string) => ({
      month,
      seenOn,
      seen: 'person',
      safe: 'yes',
      home: 'yes',
      school: 'not_known',
      job: 'yes',
      network: 'yes',
      findings: 'Works in a bakery.',
    })
    expect(await act('social-service', 'follow_up', id, visit(12, '2026-11-24'))).toBe('return_too_early')
    app.setClock('2027-11-24T11:00:00.000Z')
    for (const month of [1, 3, 6])
      expect(await act('social-service', 'follow_up', id, visit(month, '2027-05-24'))).toBe(200)
    expect(await act('social-service', 'follow_up', id, visit(3, '2027-05-24'))).toBe('return_visited')
    expect(await act('social-service', 'follow_up', id, visit(12, '2027-11-24'))).toBe(200)
    expect(await visits()).toEqual([])
    const [late] = await app.db.admin<{ n: number; running: number }>(
      `select count(*)::int as n, count(*) filter (where stopped_at is null)::int as running from clock
       where record_id = '${nrmId}' and rule in ('D20', 'D21', 'D22', 'D23')`,
    )
    expect(late).toEqual({ n: 4, running: 0 })
    expect((await social().get(`/api/returns/${id}`)).body).toMatchObject({
      state: 'MONITORED',
      need: 'A travel document and somebody at the crossing',
    })
    // The year after the return is the twelve-month outcome that leaving the track asks for.
    const left = await ap().command(
      'nrm.exit',
      nrmId,
      { on: '2027-11-24', reason: 'completed', by: null, basis: 'A year at home.' },
      { baseVersion: Number((await ap().get(`/api/nrm/${nrmId}`)).body.version) },
    )
    expect(left.body.reply, JSON.stringify(left.body)).toEqual({ status: 'exited' })
    app.setClock('2026-11-24T11:00:00.000Z')
  })
})

const panel = () => ({
  determinationId: uuidv7(),
  heldOn: '2026-11-23',
  members: [
    { profession: 'child_protection', name: 'Arta' },
    { profession: 'psychologist', name: 'Besa' },
    { profession: 'police', name: 'Çezar' },
  ],
  minutes: 'Heard everybody.',
  childWords: 'I want to see my grandmother.',
})
/** An assessment of risk and a plan in force, as the assistance of the file keeps them. */
const makeSafe = async (nrmId: string): Promise<void> => {
  const [plan] = await app.db.admin(
    `with risk as (insert into assistance_risk (id, nrm_id, on_day, level, by_id, at)
       values (gen_random_uuid(), '${nrmId}', '2026-11-20', 'low', gen_random_uuid(), now()) returning id)
     insert into safety_plan (id, nrm_id, risk_id, on_day, review_on, by_id, at)
       select gen_random_uuid(), '${nrmId}', id, '2026-11-20', '2027-02-20', gen_random_uuid(), now() from risk returning id`,
  )
  expect(plan).toBeDefined()
}

describe('a child', () => {
  test('returns only when a panel of several professions has determined it, in minutes signed by two; otherwise it stays', async () => {
    const { caseId, nrmId } = await childFile()
    const { id, status, body } = await notify(
      nrmId,
      { direction: 'incoming', expectedOn: '2026-11-26' },
      'cpw-tirana',
    )
    expect(status, JSON.stringify(body)).toBe(200)
    expect(body.reply!.late).toBe(true)
    expect(await act('cpw-tirana', 'assess', id, assess)).toBe('return_needs_interests')
    expect(await act('cpw-tirana', 'determine', id, { ...panel(), outcome: 'return' })).toBe(
      'return_needs_assessment',
    )
    expect(await act('cpw-tirana', 'assess', id, { ...assess, interests: 'Grandmother waits.' })).toBe(200)
    expect(await act('cpw-tirana', 'plan', id, plan())).toBe('return_needs_determination')
    const two = panel()
    expect(
      await act('cpw-tirana', 'determine', id, {
        ...two,
        outcome: 'return',
        members: two.members.map((one) => ({ ...one, profession: 'police' })),
      }),
    ).toBe('return_panel')
    const determined = { ...panel(), outcome: 'return' }
    expect(await act('cpw-tirana', 'determine', id, determined)).toBe(200)
    expect(await act('cpw-tirana', 'plan', id, plan())).toBe('return_unsigned')
    const sign = { determinationId: determined.determinationId }
    expect(await act('cpw-tirana', 'sign', id, sign)).toBe('return_second_unit')
    expect(await act('head-tirana', 'sign', id, sign)).toBe('return_second_unit')
    expect(await act('responsible-authority', 'sign', id, sign)).toBe(200)
    expect(await act('responsible-authority', 'sign', id, sign)).toBe('return_signed')
    expect(await act('cpw-tirana', 'plan', id, plan())).toBe('return_no_consent')
    expect(await act('cpw-tirana', 'consent', id, consent('child', { answer: 'refused' }))).toBe(200)
    expect(await act('cpw-tirana', 'plan', id, plan())).toBe('return_child_refused')
    expect(await act('cpw-tirana', 'consent', id, consent('child'))).toBe(200)
    expect(await act('cpw-tirana', 'plan', id, plan())).toBe('return_needs_representative')
    expect(await act('cpw-tirana', 'consent', id, consent('representative'))).toBe(
      'return_needs_representative',
    )
    expect(JSON.stringify((await app.as('cpw-tirana').get(`/api/returns/${id}`)).body.missing)).toContain(
      'return_needs_representative',
    )

    // A representative's yes falls with the representative, once a conflict is known.
    const representativeId = await speaksFor(app, caseId)
    expect(await act('cpw-tirana', 'consent', id, consent('representative', { representativeId }))).toBe(200)
    await app.db.admin(
      "update representative set ended_on = '2026-11-24', end_reason = 'conflict' where id = $1",
      [representativeId],
    )
    expect(await act('cpw-tirana', 'plan', id, plan())).toBe('return_needs_representative')

    // While a determination is pending, protection goes on: the case's own acts ask nothing of the return.
    const pending = { ...panel(), outcome: 'stay' }
    expect(await act('cpw-tirana', 'determine', id, pending)).toBe(200)
    const note = await app.as('cpw-tirana').command('case.add_note', caseId, {
      kind: 'health',
      sensitive: false,
      happenedOn: '2026-11-24',
      text: 'Taken to the doctor at once.',
    })
    expect(note.status, JSON.stringify(note.body)).toBe(200)
    expect(await act('responsible-authority', 'sign', id, { determinationId: pending.determinationId })).toBe(
      200,
    )
    expect((await ap().get(`/api/returns/${id}`)).body).toMatchObject({
      state: 'REFUSED',
      refusal: 'best_interests',
    })
    expect(await act('cpw-tirana', 'assess', id, { ...assess, interests: 'x' })).toBe('wrong_state')
  })
})

/** A child's case that became a potential victim's, with its file. */
const childFile = async (): Promise<{ caseId: string; nrmId: string }> => {
  const { opened, screen } = screeningSteps(() => app)
  const { caseId } = await opened()
  await screen('cpw-tirana', { caseId })
  const [file] = (await ap().get(`/api/nrm?caseId=${caseId}`)).body.items!
  return { caseId, nrmId: String(file!.id) }
}

test('role by door: a return is seen by its file’s people; the consulate sees its own, identity and need alone', async () => {
  const { id: nrmId } = await takenAdult(app, 'labour')
  const { id } = await notify(nrmId, { consulateId: unitId('consulate-athens') })
  const opens: string[] = []
  const lists: string[] = []
  for (const who of castNames) {
    const one = await app.as(who).get(`/api/returns/${id}`)
    if (one.status === 200) opens.push(who)
    else expect([who, one.status]).toEqual([who, 404])
    const list = await app.as(who).get('/api/returns')
    if (list.body.items!.some((row) => String(row.id) === id)) lists.push(who)
    const announced = await app.as(who).get('/api/returns/announced')
    expect([who, announced.status]).toEqual([who, 200])
  }
  expect(opens.toSorted()).toEqual(['consulate', 'responsible-authority', 'social-service'])
  expect(lists).toEqual(opens)
  const seen = (await app.as('consulate').get(`/api/returns/${id}`)).body
  expect(seen).toMatchObject({
    identity: 'M., 1990',
    nrmId: null,
    nrmCode: null,
    hazards: null,
    plan: null,
    may: ['document'],
  })
  const document = await app
    .as('consulate')
    .command('return.document', id, { documentId: uuidv7(), kind: 'travel_document', on: '2026-11-24' })
  expect(document.status, JSON.stringify(document.body)).toBe(200)
  // Handed to a shelter: the consulate reads that it was, and not where.
  const ended = `state = 'HANDED_TO_CASE', set_off_at = now(), received_on = '2026-11-24', handed_on = '2026-11-24'`
  await app.db.admin(`update nrm_return set ${ended}, risk = 'high', handed_unit_id = $2 where id = $1`, [
    id,
    unitId('shelter-tirana'),
  ])
  const where = async (who: 'consulate' | 'social-service') => {
    const { state, risk, handedTo } = (await app.as(who).get(`/api/returns/${id}`)).body
    return [state, risk, handedTo === null]
  }
  expect(await where('social-service')).toEqual(['HANDED_TO_CASE', 'high', false])
  expect(await where('consulate')).toEqual(['HANDED_TO_CASE', null, true])
  for (const who of castNames.filter((name) => !['responsible-authority', 'social-service'].includes(name))) {
    const reply = await app.as(who).command('return.assess', id, assess, { baseVersion: 2 })
    expect([who, reply.status]).toEqual([who, who === 'consulate' ? 422 : 404])
    expect([who, (await app.as(who).get(`/api/nrm/${nrmId}/return-choices`)).status]).toEqual([who, 404])
    const own = await app.as(who).command('return.notify', uuidv7(), {
      nrmId,
      direction: 'incoming',
      country: 'GR',
      source: 'own',
      noticeOn: '2026-11-20',
      expectedOn: '2026-12-20',
      identity: 'x',
      need: 'y',
    })
    expect([who, own.status]).toEqual([who, 404])
  }
})

test('the tables themselves: as this role, none but those rows', async () => {
  const tables = [
    'nrm_return_named',
    'return_text',
    'return_text_sensitive',
    'return_consent',
    'return_determination',
    'return_escort',
    'packet_file',
  ]
  const { withTx } = await import('#server/tx.ts')
  const { actorOf } = await import('#test/cast.ts')
  for (const who of [
    'police',
    'border-police',
    'coordinator',
    'admin',
    'dpo',
    'shelter',
    'prosecutor',
    'school',
  ] as const)
    for (const table of tables) {
      const [row] = await withTx(app.ctx, actorOf(who), (tx) =>
        tx.sql<{ n: number }>(`select count(*)::int as n from ${table}`),
      )
      expect([who, table, row?.n]).toEqual([who, table, 0])
    }
})

test('a return is erased lawfully: words and identity go, days and the chain stay', async () => {
  const { erase } = await import('#server/retention/erase.ts')
  const { id: nrmId } = await takenAdult(app, 'labour')
  const { id } = await notify(nrmId)
  expect(await act('social-service', 'assess', id, assess)).toBe(200)
  await erase(app.ctx, { kind: 'nrm_return', id, rule: 'returns-test', by: 'admin' })
  const [row] = await app.db.admin(
    `select n.identity, n.need, r.country, (select count(*)::int from return_text_sensitive t where t.return_id = r.id) as words
     from nrm_return r join nrm_return_named n on n.id = r.id where r.id = '${id}'`,
  )
  expect(row).toEqual({ identity: null, need: null, country: 'XK', words: 0 })
})
