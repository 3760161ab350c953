import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { loadReference } from '#server/reference/load.ts'
import { expireReferrals } from '#server/referral/overdue.ts'
import { withTx } from '#server/tx.ts'
import { actorOf, type CastName, unitId } from '#test/cast.ts'
import { noon, type TestApp, testApp } from './harness.ts'

let app: TestApp
const hours = (n: number): string => new Date(Date.parse(noon) + n * 3_600_000).toISOString()

beforeAll(async () => {
  app = await testApp()
  await loadReference(app.ctx)
})
afterAll(() => app.close())

/** The police ask Tirana's unit to act, as they do when they find a child: no case stands behind it yet. */
const sendToUnit = async (who: CastName = 'police', more: Record<string, unknown> = {}) => {
  const id = uuidv7()
  const reply = await app.as(who).command('referral.send', id, {
    toUnitId: unitId('cpu-tirana'),
    service: 'case_management',
    said: { name: 'Blerim Hoxha', place: 'Stacioni i trenit', danger: 'I vetëm natën', needs: 'Strehë' },
    grounds: [{ kind: 'safety', ref: 'child alone at night' }],
    ...more,
  })
  return { id, reply }
}
const inbox = async (who: CastName, box = 'in') => {
  const { status, body } = await app.as(who).get(`/api/referrals?box=${box}&limit=100`)
  expect(status).toBe(200)
  return body.items!.map((item) => String(item.id))
}

describe('a referral between units', () => {
  test('is sent, received, accepted, served and completed, and both sides see how it stands', async () => {
    const { id, reply } = await sendToUnit()
    expect(reply.status, JSON.stringify(reply.body)).toBe(200)
    expect(reply.body.reply!.code).toMatch(/^RF-2026-/)
    const cpu = app.as('cpw-tirana')
    const seen = await cpu.get(`/api/referrals/${id}`)
    expect(seen.body).toMatchObject({
      side: 'in',
      state: 'SENT',
      allowedActions: ['acknowledge', 'accept', 'decline'],
      ackDueAt: hours(24),
      answerDueAt: hours(72),
    })
    expect(seen.body.packet!.map((part) => part.field)).toEqual(
      expect.arrayContaining(['identity', 'place', 'danger', 'needs']),
    )
    expect(seen.body.withheld!.map((one) => one.what)).toContain('police_data')

    let version = 1
    const act = async (verb: string, body: object) => {
      const done = await cpu.command(`referral.${verb}`, id, body, { baseVersion: version })
      expect(done.status, JSON.stringify(done.body)).toBe(200)
      version = Number(done.body.version)
      return done
    }
    await act('acknowledge', {})
    app.setClock(hours(2))
    const accepted = await act('accept', { reply: 'Vijmë menjëherë' })
    // What the police asked is now a report in the unit's own triage, with its own clock.
    const report = await cpu.get(`/api/reports/${accepted.body.reply!.reportId}`)
    expect(report.body).toMatchObject({ state: 'RECEIVED', source: 'police', immediacy: 'high' })
    expect(JSON.stringify(report.body)).toContain('Stacioni i trenit')
    app.setClock(hours(5))
    await act('start_service', {})
    app.setClock(hours(6))
    await act('complete', { outcome: 'met' })
    app.setClock(noon)

    const sender = await app.as('police').get(`/api/referrals/${id}`)
    expect(sender.body).toMatchObject({
      side: 'out',
      state: 'COMPLETED',
      waitingMinutes: 300,
      outcome: 'met',
    })
    expect(sender.body.replies![0]!.body).toBe('Vijmë menjëherë')
    const clocks = await app.db.admin<{ rule: string; stopped: boolean }>(
      `select rule, stopped_at is not null as stopped from clock where record_id = '${id}' order by rule`,
    )
    expect(clocks).toEqual([
      { rule: 'D24', stopped: true },
      { rule: 'D25', stopped: true },
    ])
    const recipient = await cpu.get(`/api/referrals/${id}`)
    expect(recipient.body.packet).toEqual([])
    expect(recipient.body.replies).toHaveLength(1)
  })

  test('is declined with a reason, which ends the packet and is told', async () => {
    const { id } = await sendToUnit()
    const cpu = app.as('cpw-tirana')
    const bare = await cpu.command('referral.decline', id, { reason: 'other' }, { baseVersion: 1 })
    expect(bare).toMatchObject({ status: 422, body: { code: 'reason_required', field: 'reply' } })
    const said = await cpu.command(
      'referral.decline',
      id,
      { reason: 'other', reply: 'Banon në Durrës' },
      { baseVersion: 1 },
    )
    expect(said.status).toBe(200)
    expect((await cpu.get(`/api/referrals/${id}`)).body.packet).toEqual([])
    const sender = (await app.as('police').get(`/api/referrals/${id}`)).body
    expect(sender).toMatchObject({ state: 'DECLINED', declineReason: 'other' })
    expect(sender.replies![0]!.body).toBe('Banon në Durrës')
    const notices = (await app.as('police').get('/api/notices')).body.items!
    expect(notices).toContainEqual(expect.objectContaining({ code: 'referral_declined', recordId: id }))
  })

  test('gives a retried acceptance its first answer, and refuses the same command with other words', async () => {
    const { id } = await sendToUnit()
    const commandId = uuidv7()
    const cpu = app.as('cpw-tirana')
    const first = await cpu.command('referral.accept', id, {}, { baseVersion: 1, commandId })
    const again = await cpu.command('referral.accept', id, {}, { baseVersion: 1, commandId })
    expect(first.status).toBe(200)
    expect(again).toMatchObject({ status: 200, body: first.body })
    const other = await cpu.command('referral.accept', id, { reply: 'x' }, { baseVersion: 1, commandId })
    expect(other).toMatchObject({ status: 409, body: { code: 'command_reused' } })
  })

  test('tells a colleague who was slower what changed', async () => {
    const { id } = await sendToUnit()
    await app.as('cpw-tirana').command('referral.acknowledge', id, {}, { baseVersion: 1 })
    const late = await app
      .as('cpw2-tirana')
      .command('referral.decline', id, { reason: 'no_place' }, { baseVersion: 1 })
    expect(late).toMatchObject({ status: 409, body: { code: 'stale', changed: [{ field: 'state' }] } })
  })

  test('is withdrawn by its sender: the recipient keeps the row and loses the packet', async () => {
    const { id } = await sendToUnit()
    const guardian = await app
      .as('police')
      .command('referral.withdraw', id, { reason: 'asked_by_guardian' }, { baseVersion: 1, language: 'sq' })
    expect(guardian.body).toMatchObject({ code: 'referral_guardian_cannot_withdraw' })
    expect(guardian.body.detail).toContain('kujdestari')
    const done = await app
      .as('police')
      .command('referral.withdraw', id, { reason: 'sent_by_mistake' }, { baseVersion: 1 })
    expect(done.status).toBe(200)
    const seen = await app.as('cpw-tirana').get(`/api/referrals/${id}`)
    expect(seen.body).toMatchObject({ state: 'WITHDRAWN', packet: [], allowedActions: [] })
    expect(await inbox('cpw-tirana')).toContain(id)
  })

  test('does not exist for anybody else, through any door', async () => {
    const { id } = await sendToUnit()
    expect(await inbox('cpw-tirana')).toContain(id)
    expect(await inbox('head-tirana')).toContain(id)
    expect(await inbox('police', 'out')).toContain(id)
    for (const who of [
      'cpw-durres',
      'shelter',
      'school',
      'admin',
      'dpo',
      'coordinator',
      'county-committee',
    ] as const) {
      for (const box of ['in', 'out', 'escalated']) expect(await inbox(who, box), who).not.toContain(id)
      const page = await app.as(who).get(`/api/referrals/${id}`)
      const none = await app.as(who).get(`/api/referrals/${uuidv7()}`)
      expect([page.status, page.body.code, page.body.detail]).toEqual([404, none.body.code, none.body.detail])
      const accept = await app.as(who).command('referral.accept', id, {}, { baseVersion: 1 })
      expect(accept.status, who).toBe(404)
      for (const table of [
        'referral',
        'referral_packet',
        'referral_packet_sensitive',
        'referral_reply',
        'referral_ground',
      ])
        expect(await countAs(who, table, id), `${who} ${table}`).toBe(0)
      expect(await eventParts(who, id)).toBe(0)
    }
    expect(await countAs('cpw-tirana', 'referral_packet', id)).toBeGreaterThan(0)
    // The history's personal values are for nobody but erasure and verification.
    expect(await eventParts('cpw-tirana', id)).toBe(0)
  })

  test('may not be sent out of nothing to anybody but a Child Protection Unit, nor by whoever only counts', async () => {
    expect((await sendToUnit('admin')).reply.body.code).toBe('not_allowed')
    const { reply } = await sendToUnit('police', { toUnitId: unitId('school-tirana'), service: 'enrolment' })
    expect(reply.body.code).toBe('not_allowed')
    const unknown = await sendToUnit('police', { toUnitId: uuidv7() })
    expect(unknown.reply).toMatchObject({ status: 400, body: { code: 'invalid' } })
    // Said in words, without the inner name of what is not given.
    const outside = await sendToUnit('police', {
      grounds: [{ kind: 'law', ref: 'ligji 18/2017', scope: ['work_place'] }],
    })
    expect(outside.reply).toMatchObject({ status: 422, body: { code: 'referral_outside_packet' } })
    expect(String(outside.reply.body.detail)).not.toContain('work_place')
    const loose = await sendToUnit('police', { said: { name: 'A', address: 'Rruga 1' } })
    expect(loose.reply).toMatchObject({ status: 400, body: { errors: [{ code: 'unknown_field' }] } })
  })
})

test('an objection that is set aside needs a reason and stays on record', async () => {
  const bare = await sendToUnit('police', { objection: 'guardian' })
  expect(bare.reply.body.code).toBe('referral_override_reason')
  const { id, reply } = await sendToUnit('police', {
    objection: 'guardian',
    overrideReason: 'Prindi është i dyshuar',
  })
  expect(reply.status).toBe(200)
  const [row] = await app.db.admin<{ act: string; code: string }>(
    `select act, code from access_record where record_id = '${id}' and act = 'export'`,
  )
  expect(row).toEqual({ act: 'export', code: 'objection_set_aside' })
  const [event] = await app.db.admin<{ overrides: string }>(
    `select facts ->> 'overrides' as overrides from event where record_id = '${id}'`,
  )
  expect(event!.overrides).toBe('guardian')
})

describe('time', () => {
  const round = () => expireReferrals(app.ctx)

  test('missing receipt is said upwards, an unanswered referral expires, a late answer needs a new one', async () => {
    const { id } = await sendToUnit('cpw-durres', { service: 'case_management' })
    app.setClock(hours(25))
    await round()
    expect(await inbox('head-durres', 'escalated')).toContain(id)
    const notices = (await app.as('head-durres').get('/api/notices')).body.items!
    expect(notices).toContainEqual(expect.objectContaining({ code: 'referral_unacknowledged', recordId: id }))
    expect((await app.as('cpw-tirana').get(`/api/referrals/${id}`)).body.state).toBe('SENT')

    app.setClock(hours(72.5))
    const late = await app.as('cpw-tirana').command('referral.accept', id, {}, { baseVersion: 2 })
    expect(late.body.code).toBe('referral_expired')
    await round()
    const seen = (await app.as('cpw-tirana').get(`/api/referrals/${id}`)).body
    expect(seen).toMatchObject({ state: 'EXPIRED', packet: [], allowedActions: [] })
    const twice = await round()
    expect(twice).toMatchObject({ expired: 0, escalated: 0 })
    app.setClock(noon)
  })

  test('a supervisor gives more time, and the answer then still counts', async () => {
    const { id } = await sendToUnit()
    const seen = (await app.as('head-tirana').get(`/api/referrals/${id}`)).body
    expect(seen.clocks!.map((clock) => clock.rule)).toEqual(['D24', 'D25'])
    const more = await app.as('head-tirana').command('clock.extend', id, {
      clockId: seen.clocks![1]!.id,
      until: '2026-12-01',
      reason: 'Pushime zyrtare',
    })
    expect(more.status, JSON.stringify(more.body)).toBe(200)
    app.setClock(hours(80))
    await round()
    const accepted = await app.as('cpw-tirana').command('referral.accept', id, {}, { baseVersion: 1 })
    expect(accepted.status, JSON.stringify(accepted.body)).toBe(200)
    app.setClock(noon)
  })

  test('notices carry a code and never a name', async () => {
    const rows = await app.db.admin<{ row: string }>('select notice::text as row from notice')
    expect(rows.length).toBeGreaterThan(0)
    for (const { row } of rows) expect(row).not.toMatch(/Blerim|Hoxha|Person/)
  })
})

describe('the directory', () => {
  test('names the units of a kind and what each is given', async () => {
    const { body } = await app.as('cpw-tirana').get('/api/institutions?kind=school')
    expect(body.items!.map((unit) => unit.id)).toContain(unitId('school-tirana'))
    expect(body.items![0]!.fields).toEqual(['name', 'birth', 'zone', 'enrolment_need'])
  })
})

/** Rows that this person's own transaction can reach, past every query of ours. */
const countAs = async (who: CastName, table: string, id: string): Promise<number> => {
  const key = table === 'referral' ? 'id' : 'referral_id'
  return raw(who, `select count(*)::int as n from ${table} where ${key} = '${id}'`)
}
const eventParts = (who: CastName, id: string): Promise<number> =>
  raw(who, `select count(*)::int as n from event_part where record_id = '${id}'`)
const raw = async (who: CastName, sql: string): Promise<number> => {
  const rows = await withTx(app.ctx, actorOf(who), (tx) => tx.sql<{ n: number }>(sql))
  return rows[0]!.n
}
