import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { verifyLedger } from '#server/ledger.ts'
import { erase } from '#server/retention/erase.ts'
import { withWriteTx } from '#server/tx.ts'
import { actorOf } from '#test/cast.ts'
import {
  app,
  begin,
  childId,
  end,
  foundIn,
  ids,
  key,
  life,
  note,
  notes,
  ok,
  report,
  secrets,
} from './sealed-country.ts'

/** T4 and T5 values lie sealed in the database; the keys that open them do not. */

const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : value !== null && typeof value === 'object'
      ? Object.fromEntries(
          Object.keys(value)
            .sort()
            .map((name) => [name, sorted(Reflect.get(value, name))]),
        )
      : value

beforeAll(begin)
afterAll(end)

describe('in the database', () => {
  test('a dump of every table holds none of the sensitive texts, and does hold the others', async () => {
    for (const [what, words] of Object.entries(secrets))
      expect([what, await foundIn(words)]).toEqual([what, []])
    expect(await foundIn('Fëmija lyp te sheshi')).toEqual(['event_part', 'report_named'])
  })

  test('each who may reads them through their door as before', async () => {
    const cpw = app.as('cpw-tirana')
    expect(await notes()).toEqual([secrets.note])
    expect((await ok(cpw.get(`/api/cases/${life.id}/assessments/${ids.assessment}`))).answers).toContainEqual(
      { key: 'injuries', value: secrets.answer },
    )
    expect((await ok(cpw.get(`/api/persons/${childId}`))).sensitive).toEqual({
      personalNumber: secrets.number,
      disability: secrets.disability,
      minority: null,
      birthRegistered: null,
    })
    expect((await ok(cpw.get(`/api/reports/${ids.report}`))).reporter).toBeNull()
    expect((await ok(cpw.get(`/api/reports/${ids.report}`, { purpose: 'callback' }))).reporter).toEqual({
      name: secrets.reporter,
      phone: secrets.phone,
      email: null,
      relation: null,
      safeTime: null,
      mayCallBack: true,
    })
    expect(await ok(app.as('internal-affairs').get(`/api/integrity-tips/${ids.tip}`))).toMatchObject({
      text: secrets.tip,
      reporter: [secrets.tipReporter],
    })
    for (const who of ['health', 'cpw-tirana'] as const)
      expect((await ok(app.as(who).get(`/api/referrals/${ids.referral}`))).packet).toContainEqual({
        field: 'health_need',
        tier: 'T4',
        value: secrets.packet,
      })
    expect((await ok(cpw.get('/api/drafts/case.note'))).body).toEqual({ text: secrets.draft })
  })

  test('nothing plain can be written any more, whoever writes', async () => {
    for (const sql of [
      `insert into event_part select event_id, tier, 'plain', record_id, kind, '"x"', salt from event_part where tier = 'T4' limit 1`,
      `insert into case_text_sensitive select case_id, subject_id, name, '"x"', at, gen_random_uuid() from case_text_sensitive limit 1`,
      `update answer_sensitive set value = '{"sealed": 1}'`,
      `update referral_packet_sensitive set body = '["sealed"]'`,
      `update person_sensitive set disability = 'x'`,
      `update report_reporter set phone = 'x'`,
      `update draft set body = '{}'`,
    ])
      await expect(app.db.admin(sql), sql).rejects.toMatchObject({ code: '23514' })
  })

  test('a report without sensitive values makes no key', async () => {
    const count = async () =>
      (await app.db.admin<{ n: string }>('select count(*) as n from record_key'))[0]!.n
    const before = await count()
    await ok(app.as('cpw-tirana').command('report.create', uuidv7(), report()))
    expect(await count()).toBe(before)
  })
})

test('what is kept of a command to know it again is keyed; one from before is still known', async () => {
  const [id, commandId] = [uuidv7(), uuidv7()]
  const body = report()
  const send = () => app.as('cpw-tirana').command('report.create', id, body, { commandId })
  const first = await ok(send())
  const plain = createHash('sha256')
    .update(JSON.stringify(sorted({ type: 'report.create', recordId: id, body })))
    .digest()
  const [kept] = await app.db.admin<{ payload_hash: Buffer }>(
    'select payload_hash from command where id = $1',
    [commandId],
  )
  expect(kept!.payload_hash).not.toEqual(plain)
  expect(await ok(send())).toEqual(first)
  await app.db.admin('update command set payload_hash = $2 where id = $1', [commandId, plain])
  expect(await ok(send())).toEqual(first)
})

describe('altered', () => {
  const partOf = (kind: string, tier: string) =>
    app.db.admin<{ event_id: string; name: string; body: { sealed: string } }>(
      'select event_id, name, body from event_part where kind = $1 and tier = $2 order by event_id',
      [kind, tier],
    )
  const putBack = (event: string, name: string, body: unknown) =>
    app.db.admin('update event_part set body = $3 where event_id = $1 and name = $2', [
      event,
      name,
      JSON.stringify(body),
    ])

  test('a sealed value with one bit changed is refused on reading, and the ledger names it', async () => {
    const [part] = await partOf('case_file', 'T4')
    const bytes = Buffer.from(part!.body.sealed, 'base64')
    bytes[bytes.length - 1]! ^= 1
    await putBack(part!.event_id, part!.name, { sealed: bytes.toString('base64') })
    const timeline = await app
      .as('cpw-tirana')
      .get(`/api/cases/${life.id}/timeline?kind=note`, { language: 'en' })
    expect(timeline).toMatchObject({ status: 500, body: { code: 'unopened' } })
    expect(String(timeline.body.detail)).toMatch(/does not open/)
    expect((await verifyLedger(app.ctx, key)).broken).toMatchObject({
      place: 'part',
      eventId: part!.event_id,
    })
    await putBack(part!.event_id, part!.name, part!.body)
    expect(await notes()).toEqual([secrets.note])
  })

  test('a value moved to another event, row, field or record does not open', async () => {
    await life.must('cpw-tirana', 'add_note', note('Tjetër shënim'))
    const parts = (await partOf('case_file', 'T4')).filter((part) => part.name === 'text')
    const [one, other] = [parts[0]!, parts[1]!]
    await putBack(one.event_id, 'text', other.body)
    expect((await app.as('cpw-tirana').get(`/api/cases/${life.id}/timeline`)).body.code).toBe('unopened')
    await putBack(one.event_id, 'text', one.body)

    const second = uuidv7()
    await ok(
      app
        .as('cpw-tirana')
        .command('report.create', second, report({ reporter: { name: 'Tjetri', mayCallBack: false } })),
    )
    const swap = `update report_reporter a set sealed = b.sealed from report_reporter b
      where a.report_id <> b.report_id and a.report_id = any ($1) and b.report_id = any ($1)`
    const reporter = (id: string) => app.as('cpw-tirana').get(`/api/reports/${id}`, { purpose: 'callback' })
    await app.db.admin(swap, [[ids.report, second]])
    for (const id of [ids.report, second]) expect((await reporter(id)).status).toBe(500)
    // Not even with the key of the record it came from.
    await app.db.admin(
      `update record_key a set wrapped = b.wrapped from record_key b
        where a.record_id <> b.record_id and a.record_id = any ($1) and b.record_id = any ($1)`,
      [[ids.report, second]],
    )
    expect((await reporter(ids.report)).body.code).toBe('unopened')
    await app.db.admin(
      `update record_key a set wrapped = b.wrapped from record_key b
        where a.record_id <> b.record_id and a.record_id = any ($1) and b.record_id = any ($1)`,
      [[ids.report, second]],
    )
    await app.db.admin(swap, [[ids.report, second]])
    expect((await reporter(ids.report)).status).toBe(200)
  })

  test('a plain value slipped in past the constraint is refused like an altered one', async () => {
    const [part] = await partOf('case_file', 'T4')
    await app.db.admin('alter table event_part drop constraint event_part_is_sealed')
    await putBack(part!.event_id, part!.name, 'Astmë')
    expect((await app.as('cpw-tirana').get(`/api/cases/${life.id}/timeline`)).body.code).toBe('unopened')
    await putBack(part!.event_id, part!.name, part!.body)
    await app.db.admin(
      "alter table event_part add constraint event_part_is_sealed check (tier = 'T3' or is_sealed(body))",
    )
  })
})

describe('erasure', () => {
  const keyOf = (kind: string, id: string) =>
    app.db.admin('select wrapped from record_key where kind = $1 and record_id = $2', [kind, id])

  test('destroys the record’s key, and what a copy still holds opens no more', async () => {
    const [kept] = await app.db.admin<{ sealed: Buffer }>(
      'select sealed from report_reporter where report_id = $1',
      [ids.report],
    )
    expect(await keyOf('report', ids.report)).toHaveLength(1)
    await erase(app.ctx, { kind: 'report', id: ids.report, rule: 'retention 2y', by: 'dpo' })
    expect(await keyOf('report', ids.report)).toEqual([])
    await app.db.admin(
      'insert into report_reporter (id, report_id, sealed, may_call_back) values ($1, $2, $3, true)',
      [uuidv7(), ids.report, kept!.sealed],
    )
    expect(
      (await app.as('cpw-tirana').get(`/api/reports/${ids.report}`, { purpose: 'callback' })).body.code,
    ).toBe('unopened')
    await app.db.admin('delete from report_reporter where report_id = $1', [ids.report])
  })

  test('of a person empties the sealed facts; a later correction makes a new key', async () => {
    await erase(app.ctx, { kind: 'person', id: childId, rule: 'retention 25y', by: 'dpo' })
    expect(await keyOf('person', childId)).toEqual([])
    const cpw = app.as('cpw-tirana')
    const seen = await ok(cpw.get(`/api/persons/${childId}`))
    expect(seen.sensitive).toMatchObject({ disability: null, personalNumber: null })
    await ok(
      cpw.command(
        'person.correct',
        childId,
        { reason: 'certifikata', sensitive: { minority: 'rome' } },
        { baseVersion: Number(seen.version) },
      ),
    )
    expect(await keyOf('person', childId)).toHaveLength(1)
    expect((await ok(cpw.get(`/api/persons/${childId}`))).sensitive).toMatchObject({ minority: 'rome' })
  })

  test('the retention role destroys no key without an Erased event, the application none at all', async () => {
    const client = await app.ctx.pools.owner.connect()
    try {
      await client.query('begin')
      await client.query('set local role mb_retention')
      expect((await client.query("delete from record_key where kind = 'integrity_tip'")).rowCount).toBe(0)
    } finally {
      await client.query('rollback')
      client.release()
    }
    for (const sql of ['delete from record_key', "update record_key set wrapped = '\\x00'"])
      await expect(app.ctx.pools.app.query(sql)).rejects.toMatchObject({ code: '42501' })
  })

  test('keys are read by whoever may see their record, and by no stranger', async () => {
    const seen = (who: Parameters<typeof actorOf>[0]) =>
      withWriteTx(app.ctx, actorOf(who), { commandId: uuidv7() }, (tx) =>
        tx.sql<{ kind: string }>('select distinct kind from record_key order by 1'),
      ).then((rows) => rows.map((row) => row.kind))
    expect(await seen('cpw-tirana')).toEqual(['case_file', 'draft', 'person', 'referral', 'report'])
    expect(await seen('internal-affairs')).toEqual(['integrity_tip'])
    expect(await seen('health')).toEqual(['referral'])
    for (const who of ['cpw-durres', 'admin', 'dpo', 'coordinator', 'police'] as const)
      expect([who, await seen(who)]).toEqual([who, []])
  })
})
