/** Criminal proceedings over HTTP: who opens what, how they go on, what the police never learn, orders, flags, seals. */
import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ProceedingSight, proceedingSight } from '#domain/justice/policy.ts'
import { uuidv7 } from '#server/ids.ts'
import { type ProceedingRow, proceedingColumns } from '#server/justice/store.ts'
import { verifyLedger } from '#server/ledger.ts'
import { erase } from '#server/retention/erase.ts'
import { withTx } from '#server/tx.ts'
import { actorOf, castNames } from '#test/cast.ts'
import { type TestApp, testApp } from './harness.ts'
import { justiceSteps, office, on, otherPolice, putOthers, special, type Who } from './justice-life.ts'
import { takenAdult } from './nrm-life.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
  await putOthers(app)
})
afterAll(() => app.close())
const { openBy, read, act, view, notices, child, refer, linked } = justiceSteps(() => app)

describe('what never leaves by itself', () => {
  const ask = async (
    who: Who,
    of: { id: string; victimId: string },
    over: object,
    expected: number | string = 200,
  ) => {
    const orderId = uuidv7()
    const reply = await app.as(who).command('proceeding.ask_order', orderId, {
      proceedingId: of.id,
      victimId: of.victimId,
      article: 'neni 210 KPP',
      asked: ['facts_observed'],
      words: 'Për hetimin',
      ...over,
    })
    expect(typeof expected === 'number' ? reply.status : reply.body.code, JSON.stringify(reply.body)).toBe(
      expected,
    )
    return orderId
  }
  const step = async (
    who: Who,
    id: string,
    verb: string,
    version: number,
    body: object,
    expected: number | string = 200,
  ) => {
    const reply = await app.as(who).command(`proceeding.${verb}`, id, body, { baseVersion: version })
    expect(
      typeof expected === 'number' ? reply.status : reply.body.code,
      `${verb} ${JSON.stringify(reply.body)}`,
    ).toBe(expected)
  }

  test('interview and shelter leave only by order, checked by a second person, given by a third, and the log says so', async () => {
    const of = await linked()
    await ask('prosecutor', of, { asked: ['interview'] }, 'request_only_by_order')
    await ask(special, of, {}, 404)
    const id = await ask('prosecutor', of, {
      asked: ['interview', 'risk_level'],
      courtOrder: 'Vendim 12/2026',
    })
    await step(
      'prosecutor',
      id,
      'check_order',
      1,
      { lawful: true, allowed: ['interview'], opinion: 'po' },
      404,
    )
    await step(
      'cpw-durres',
      id,
      'check_order',
      1,
      { lawful: true, allowed: ['interview'], opinion: 'po' },
      404,
    )
    const part = { part: 'interview', text: 'Tha se e detyronin.' }
    await step('cpw-tirana', id, 'answer_order', 1, { parts: [part] }, 'request_not_checked')
    await step(
      'responsible-authority',
      id,
      'check_order',
      1,
      { lawful: true, allowed: ['health'], opinion: 'po' },
      'request_outside_asked',
    )
    await step('responsible-authority', id, 'check_order', 1, {
      lawful: true,
      allowed: ['interview'],
      opinion: 'Urdhri mbulon intervistën',
    })
    await step('responsible-authority', id, 'answer_order', 2, { parts: [part] }, 'not_allowed')
    await step(
      'cpw-tirana',
      id,
      'answer_order',
      2,
      { parts: [{ ...part, part: 'risk_level' }] },
      'request_outside_allowed',
    )
    await step('cpw-tirana', id, 'answer_order', 2, { parts: [part, { ...part, text: 'Dhe pagoi.' }] }, 400)
    await step('cpw-tirana', id, 'answer_order', 2, { parts: [part] })
    await step('cpw-tirana', id, 'answer_order', 3, { parts: [part] }, 'request_not_open')
    expect((await view('prosecutor', of.id)).orders![0]).toMatchObject({ state: 'answered', given: [part] })
    // Not the police, who share the proceeding; not those who gave it; nobody else.
    expect((await view('police', of.id)).orders).toHaveLength(0)
    const kept = (await app.as('cpw-tirana').get(`/api/proceedings-of?nrmId=${of.nrmId}`)).body.orders![0]!
    expect([String(kept.state), kept.given]).toEqual(['answered', null])
    const log = (await app.as('cpw-tirana').get(`/api/cases/${of.caseId}/disclosures`)).body
    expect(JSON.stringify(log)).toContain('neni 210 KPP')
    const mine = await ask('police', of, {})
    await step('head-tirana', mine, 'check_order', 1, { lawful: false, opinion: 'Jo e nevojshme' })
    await step(
      'cpw-tirana',
      mine,
      'answer_order',
      2,
      { parts: [{ part: 'facts_observed', text: 'x' }] },
      'request_unlawful',
    )
    await step('cpw-tirana', mine, 'refuse_order', 2, { reason: 'Sipas kontrollit' })
    expect((await view('police', of.id)).orders![0]).toMatchObject({ state: 'refused', given: null })
    expect((await view('prosecutor', of.id)).orders).toHaveLength(1)
  })

  test('a charge of somebody with a file tells the authority by codes; whoever charges reads the same answer with and without a hit', async () => {
    const { id: nrmId } = await takenAdult(app, 'labour', {
      givenName: 'Drita',
      birth: { from: '1999-03-03', to: '1999-03-03', said: '' },
    })
    const nrm = String((await app.as('responsible-authority').get(`/api/nrm/${nrmId}`)).body.code)
    const theft = await openBy('police', { article: '297', officeUnit: office })
    const suspect = (over: object) => ({
      status: 'charged',
      on,
      givenName: 'Drita',
      birth: '1999-03-03',
      ...over,
    })
    const hit = await act('police', theft, 'add_suspect', suspect({}))
    const miss = await act('police', theft, 'add_suspect', suspect({ givenName: 'Askush' }))
    expect(Object.keys(hit.body.reply!)).toEqual(Object.keys(miss.body.reply!))
    const seen = await view('police', theft)
    expect([seen.flags, seen.track, seen.due]).toEqual([[], false, null])
    expect(JSON.stringify(seen)).not.toContain(nrm)
    expect(
      (await notices('responsible-authority')).find((one) => String(one.code) === 'proceeding_flag'),
    ).toMatchObject({
      label: nrm,
      recordId: theft,
    })
    const flags = (await view('responsible-authority', theft)).flags!
    expect([...flags]).toMatchObject([{ suspect: 'D1', code: nrm, by: 'name', state: 'open' }])
    expect((await view('responsible-authority', theft)).accused!.map((one) => one.name)).toEqual([null, null])
    // Whoever charges asks with this name and that, and the proceeding itself tells neither apart.
    const alike = await openBy('prosecutor', { article: '297' })
    await act('prosecutor', alike, 'add_suspect', suspect({ givenName: 'Askush' }))
    const told = async (id: string) => {
      const { track, due, flags, actions, nonPunishment, updatesLate } = await view('prosecutor', id)
      return { track, due, flags, actions, nonPunishment, updatesLate }
    }
    expect(await told(theft)).toEqual(await told(alike))
    expect((await told(theft)).track).toBe(false)
    expect(
      (
        await app
          .as('prosecutor')
          .command('non_punishment.review', String(flags[0]!.id), { state: 'linked', words: 'x' })
      ).status,
    ).toBe(404)
    const reviewed = await app
      .as('responsible-authority')
      .command('non_punishment.review', String(flags[0]!.id), {
        state: 'linked',
        words: 'E detyruan ta bënte.',
      })
    expect(reviewed.status, JSON.stringify(reviewed.body)).toBe(200)
    expect([
      (await view('prosecutor', theft)).nonPunishment,
      (await view('police', theft)).nonPunishment,
    ]).toEqual([true, false])
    expect((await view('prosecutor', theft)).track, 'once the authority has said so').toBe(true)
    expect(
      (await notices('prosecutor')).some((one) => String(one.code) === 'proceeding_non_punishment'),
    ).toBe(true)
  })

  test('a suspect who is a victim of the same proceeding is flagged, not refused', async () => {
    const { id, victimId, nrm } = await linked()
    await act('police', id, 'add_suspect', { status: 'charged', on, victimId })
    expect((await view('police', id)).accused).toMatchObject([{ alsoVictim: 'V1' }])
    expect((await view('responsible-authority', id)).flags).toMatchObject([
      { by: 'said', code: nrm, state: 'open' },
    ])
  })

  test('the protection of a witness is sealed: its prosecutor alone, and the ledger holds once all is erased', async () => {
    const { id, victimId } = await linked()
    const sealed = uuidv7()
    const put = (who: Who, body: object) =>
      app.as(who).command('proceeding.protect_witness', sealed, {
        proceedingId: id,
        victimId,
        on,
        words: 'Rreziku',
        ...body,
      })
    expect((await put('responsible-authority', { state: 'proposed' })).body.code).toBe('not_allowed')
    expect((await put('prosecutor', { state: 'admitted' })).body.code).toBe('wrong_state')
    expect((await put('prosecutor', { state: 'proposed' })).status).toBe(200)
    expect((await put('prosecutor', { state: 'admitted' })).status).toBe(200)
    expect((await view('prosecutor', id)).persons![0]!.witness).toMatchObject({
      state: 'admitted',
      words: 'Rreziku',
    })
    for (const who of ['police', 'responsible-authority'] as const) {
      expect((await view(who, id)).persons![0]!.witness, who).toBeNull()
      const rows = await withTx(app.ctx, actorOf(who), (tx) =>
        tx.sql(
          `select 1 from event where record_id = $1 union all select 1 from record_key where record_id = $1
          union all select 1 from event_part where record_id = $1 union all select 1 from witness_protection`,
          [sealed],
        ),
      )
      expect(rows, who).toHaveLength(0)
    }
    await act('prosecutor', id, 'assign_aid', {
      victimId,
      kind: 'lawyer',
      basis: 'state',
      on,
      provider: 'Av. Provë',
    })
    const { privateKey } = generateKeyPairSync('ed25519')
    const erased = await erase(app.ctx, { kind: 'proceeding', id, rule: 'retention 10y', by: 'dpo' })
    expect(erased.parts).toBeGreaterThan(3)
    expect(await view('prosecutor', id)).toMatchObject({ facts: '–', aids: [{ provider: null }] })
    expect(await verifyLedger(app.ctx, privateKey)).toMatchObject({ ok: true, broken: null })
  })
})

test('role by door: the domain and the rows say the same of everybody, and walking ids finds nothing', async () => {
  const { caseId, code } = await child()
  await refer(caseId)
  const police = await openBy('police', { officeUnit: office })
  await act('police', police, 'add_victim', { subject: 'child', code })
  const own = await openBy('prosecutor', { article: '124/b' })
  const elsewhere = await openBy(otherPolice, { officeUnit: special.unitId, article: '124/b' })
  const all: ProceedingRow[] = await app.db.admin(`select ${proceedingColumns} from proceeding p`)
  const tables: Record<string, readonly ProceedingSight[]> = {
    proceeding: ['full', 'police', 'authority'],
    proceeding_named: ['full', 'police', 'authority'],
    proceeding_sensitive: ['full', 'authority'],
  }
  for (const name of castNames) {
    const actor = actorOf(name)
    for (const row of all) {
      const sight = proceedingSight(actor, {
        policeUnit: row.police_unit,
        officeUnit: row.office_unit,
        track: row.track || row.flagged,
      })
      for (const [table, sights] of Object.entries(tables)) {
        const rows = await withTx(app.ctx, actor, (tx) =>
          tx.sql(`select 1 from ${table} where id = $1`, [row.id]),
        )
        expect(rows.length > 0, `${name} ${table}`).toBe(sights.includes(sight))
      }
    }
    for (const id of [police, own, elsewhere]) {
      const row = all.find((one) => one.id === id)!
      const sight = proceedingSight(actor, {
        policeUnit: row.police_unit,
        officeUnit: row.office_unit,
        track: row.track || row.flagged,
      })
      expect((await read(name, id)).status, name).toBe(sight === null ? 404 : 200)
      if (sight === null)
        expect(
          (await app.as(name).command('proceeding.move', id, { to: 'charged', on }, { baseVersion: 1 }))
            .status,
          name,
        ).toBe(404)
    }
    const list = await app.as(name).get('/api/proceedings?limit=100')
    expect(list.status, name).toBe(200)
    const may = all.filter(
      (row) =>
        proceedingSight(actor, {
          policeUnit: row.police_unit,
          officeUnit: row.office_unit,
          track: row.track || row.flagged,
        }) !== null,
    )
    expect(list.body.items, name).toHaveLength(may.filter(({ stage }) => stage !== 'closed').length)
    const closed = await app.as(name).get('/api/proceedings-closed?year=2026')
    expect(closed.status, name).toBe(
      ['police', 'prosecutor', 'responsible-authority', 'coordinator', 'coordinator2'].includes(name)
        ? 200
        : 404,
    )
    if (!['police', 'border-police', 'prosecutor'].includes(name)) await openBy(name, {}, 'not_allowed')
  }
})
