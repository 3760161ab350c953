import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { append } from '#server/append.ts'
import { uuidv7 } from '#server/ids.ts'
import { exportCheckpoints, takeCheckpoint, verifyLedger } from '#server/ledger.ts'
import { withWriteTx } from '#server/tx.ts'
import { actorOf } from '#test/cast.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'

const { privateKey: key } = generateKeyPairSync('ed25519')
let app: TestApp
const records: string[] = []

const happen = (id: string, version: number, type: string): Promise<number> =>
  withWriteTx(app.ctx, actorOf('cpw-tirana'), { commandId: uuidv7() }, (tx) =>
    append(tx, { kind: 'report', id, version }, [
      {
        type,
        v: 1,
        facts: { count: version, note: 'line\nbreak' },
        parts: [{ tier: 'T3', name: 'said', body: { text: 'Ëndrra' } }],
      },
      { type: `${type}Also`, v: 1, facts: {}, touches: ['state'] },
    ]),
  )

beforeAll(async () => {
  app = await testApp()
  for (let n = 0; n < 5; n += 1) {
    const id = uuidv7()
    records.push(id)
    await happen(id, 0, 'Made')
    await happen(id, 2, 'Changed')
  }
})
afterAll(() => app.close())

/** Run as the database's owner, look, then undo. */
const tampering = async (sql: string, undo: string): Promise<Awaited<ReturnType<typeof verifyLedger>>> => {
  await app.db.admin(sql)
  const seen = await verifyLedger(app.ctx, key)
  await app.db.admin(undo)
  expect((await verifyLedger(app.ctx, key)).ok).toBe(true)
  return seen
}

describe('the ledger', () => {
  test('is whole, before and after a seal', async () => {
    expect(await verifyLedger(app.ctx, key)).toMatchObject({
      ok: true,
      events: 20,
      records: 5,
      parts: 10,
      checkpoints: 0,
    })
    expect(await takeCheckpoint(app.ctx, key)).toMatchObject({ events: 20, records: 5 })
    expect(await takeCheckpoint(app.ctx, key)).toMatchObject({ events: 20, records: 5 })
    expect(await verifyLedger(app.ctx, key)).toMatchObject({
      ok: true,
      events: 20,
      records: 5,
      checkpoints: 2,
      broken: null,
    })
    const exported = await exportCheckpoints(app.ctx, key)
    expect(exported.checkpoints).toHaveLength(2)
  })

  test('names the event whose facts the owner changed', async () => {
    const seen = await tampering(
      `update event set facts = '{"count": 9}' where record_id = '${records[2]}' and seq = 3`,
      `update event set facts = '{"count": 2, "note": "line\\nbreak"}' where record_id = '${records[2]}' and seq = 3`,
    )
    expect(seen).toMatchObject({
      ok: false,
      broken: { place: 'event', kind: 'report', recordId: records[2], seq: 3 },
    })
  })

  test('names the person changed, the time changed and the personal value changed', async () => {
    const [first] = await app.db.admin<{ id: string; actor_id: string }>(
      'select id, actor_id from event order by record_id, seq limit 1',
    )
    const who = await tampering(
      `update event set actor_id = '${uuidv7()}' where id = '${first!.id}'`,
      `update event set actor_id = '${first!.actor_id}' where id = '${first!.id}'`,
    )
    expect(who.broken).toMatchObject({ place: 'event', eventId: first!.id })
    const when = await tampering(
      `update event set occurred_at = occurred_at - interval '1 day' where id = '${first!.id}'`,
      `update event set occurred_at = occurred_at + interval '1 day' where id = '${first!.id}'`,
    )
    expect(when.broken).toMatchObject({ place: 'event', eventId: first!.id })
    const part = await tampering(
      `update event_part set body = '{"text": "Tjetër"}' where event_id = '${first!.id}'`,
      `update event_part set body = '{"text": "Ëndrra"}' where event_id = '${first!.id}'`,
    )
    expect(part.broken).toMatchObject({ place: 'part', eventId: first!.id })
  })

  test('names a part put beside no event, and a part moved to another record', async () => {
    const [part] = await app.db.admin<{ event_id: string; record_id: string }>(
      `select event_id, record_id from event_part where record_id = '${records[0]}' limit 1`,
    )
    const stray = uuidv7()
    const put = await tampering(
      `insert into event_part (event_id, tier, name, record_id, kind, body, salt)
       values ('${stray}', 'T3', 'text', '${records[0]}', 'report', '"x"', '')`,
      `delete from event_part where event_id = '${stray}'`,
    )
    expect(put).toMatchObject({ ok: false, broken: { place: 'part', eventId: stray, recordId: records[0] } })
    // Under another record's id, that record's readers would be shown it.
    const moved = await tampering(
      `update event_part set record_id = '${records[1]}' where event_id = '${part!.event_id}'`,
      `update event_part set record_id = '${records[0]}' where event_id = '${part!.event_id}'`,
    )
    expect(moved.broken).toMatchObject({ place: 'part', eventId: part!.event_id, recordId: records[1] })
  })

  test('names the record whose last event was cut off, with its head made to fit', async () => {
    const seen = await tampering(
      `create table cut as select * from event where record_id = '${records[1]}' and seq = 4;
       create table cut_head as select * from record_head where record_id = '${records[1]}';
       delete from event where record_id = '${records[1]}' and seq = 4;`,
      `insert into event select * from cut; drop table cut; drop table cut_head`,
    )
    expect(seen.broken).toMatchObject({ place: 'head', recordId: records[1] })
    const fitted = await tampering(
      `create table cut as select * from event where record_id = '${records[1]}' and seq = 4;
       delete from event where record_id = '${records[1]}' and seq = 4;
       update record_head h set version = 3, hash = e.hash from event e where e.record_id = h.record_id and e.seq = 3 and h.record_id = '${records[1]}'`,
      `insert into event select * from cut;
       update record_head h set version = 4, hash = e.hash from event e where e.record_id = h.record_id and e.seq = 4 and h.record_id = '${records[1]}';
       drop table cut`,
    )
    expect(fitted.broken).toMatchObject({ place: 'checkpoint' })
  })

  test('a personal value may go only when an Erased event names it', async () => {
    const [part] = await app.db.admin<{ event_id: string; record_id: string }>(
      `select event_id, record_id from event_part where record_id = '${records[0]}' limit 1`,
    )
    const silent = await tampering(
      `create table gone as select * from event_part where event_id = '${part!.event_id}'; delete from event_part where event_id = '${part!.event_id}'`,
      'insert into event_part select * from gone; drop table gone',
    )
    expect(silent.broken).toMatchObject({ place: 'part', recordId: records[0] })
    await withWriteTx(app.ctx, actorOf('dpo'), { commandId: uuidv7() }, (tx) =>
      append(tx, { kind: 'report', id: records[0]!, version: 4 }, [
        { type: 'Erased', v: 1, facts: { events: [part!.event_id], rule: 'retention' } },
      ]),
    )
    await app.db.admin(`delete from event_part where event_id = '${part!.event_id}'`)
    expect(await verifyLedger(app.ctx, key)).toMatchObject({ ok: true, erased: 1 })
  })

  test('the application may neither change nor delete what happened', async () => {
    for (const sql of [
      'update event set facts = facts',
      'delete from event',
      'insert into event select * from event',
      'update event_part set body = body',
      'delete from event_part',
      'update record_head set version = 1',
      'delete from access_record',
      'update command set status = 1',
    ]) {
      const failure = await app.ctx.pools.app.query(sql).then(
        () => 'done',
        (error: { code: string }) => error.code,
      )
      expect(failure, sql).toBe('42501')
    }
  })

  test('two who append on one version: one is told that it is stale', async () => {
    const results = await Promise.allSettled([
      happen(records[4]!, 4, 'Left'),
      happen(records[4]!, 4, 'Right'),
    ])
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})
