import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { verifyLedger } from '#server/ledger.ts'
import { openRing } from '#server/sealing/ring.ts'
import { rotateKeys } from '#server/sealing/rotate.ts'
import { withWriteTx } from '#server/tx.ts'
import { actorOf, userId } from '#test/cast.ts'
import { Life, openFor } from '#test/http/case-life.ts'
import { noon } from '#test/http/harness.ts'
import {
  app,
  begin,
  childId,
  directory,
  end,
  foundIn,
  ids,
  key,
  life,
  note,
  notes,
  ok,
  onDisk,
  report,
  said,
  secret,
  secrets,
  startAgain,
  wrapFiles,
} from './sealed-country.ts'

/** The keys outside the database: made anew, lost, wrong; and what lay plain before there were any. */

beforeAll(begin)
afterAll(end)

describe('keys', () => {
  test('are made anew, wrap everything, and the old file may go', async () => {
    const before = await app.db.admin('select kind, record_id, wrapped from record_key order by 1, 2')
    const old = wrapFiles()
    const rotated = await rotateKeys(app.ctx, onDisk, { wait: 0 })
    expect(rotated).toMatchObject({ rewrapped: before.length, unopened: 0 })
    expect(rotated.removable).toEqual(old.map((entry) => join(directory, entry)))
    for (const file of rotated.removable) rmSync(file)
    // A server that was slow to notice cannot add a key under the one that may be gone.
    await expect(
      withWriteTx(app.ctx, actorOf('cpw-tirana'), { commandId: uuidv7() }, (tx) =>
        tx.sql(
          `insert into record_key (kind, record_id, wrapping_key, wrapped, made_at)
           select 'report', $1, id, $2, now() from wrapping_key where retired_at is not null`,
          [uuidv7(), Buffer.alloc(72)],
        ),
      ),
    ).rejects.toMatchObject({ code: '42501' })
    await startAgain()
    expect(said).toEqual([])
    expect((await notes()).at(-1)).toBe(secrets.note)
    expect((await ok(app.as('internal-affairs').get(`/api/integrity-tips/${ids.tip}`))).text).toBe(
      secrets.tip,
    )
    expect(await verifyLedger(app.ctx, key)).toMatchObject({ ok: true })
    // What an older copy of the database holds of keys opens with nothing that is left.
    const [row] = before as { kind: string; record_id: string; wrapped: Buffer }[]
    expect(() =>
      onDisk.unwrap(`${row!.kind} ${row!.record_id}`, {
        wrapping: onDisk.names()[0]!,
        wrapped: row!.wrapped,
      }),
    ).toThrow('unopened')
    expect(await rotateKeys(app.ctx, onDisk, { wait: 0 })).toMatchObject({ rewrapped: before.length })
  })

  test('a running server takes up the key that another process made', async () => {
    const other = openRing(directory, secret)
    const name = other.add()
    const wrapped = other.wrap('case_file x', Buffer.alloc(32, 3))
    expect(wrapped.wrapping).toBe(name)
    expect(onDisk.unwrap('case_file x', wrapped)).toEqual(Buffer.alloc(32, 3))
  })

  test('given up for lost: new records are sealed again, what it sealed stays shut until it is found', async () => {
    await startAgain()
    await rotateKeys(app.ctx, onDisk, { wait: 0 })
    const last = join(directory, wrapFiles().sort().at(-1)!)
    const lostContent = readFileSync(last, 'utf8')
    rmSync(last)
    await startAgain()
    const rotated = await rotateKeys(app.ctx, onDisk, { wait: 0, lost: true })
    expect(rotated.rewrapped).toBe(0)
    expect(rotated.unopened).toBeGreaterThan(0)
    const id = uuidv7()
    await ok(
      app
        .as('cpw-tirana')
        .command('report.create', id, report({ reporter: { name: 'Ri', mayCallBack: false } })),
    )
    expect(
      (await ok(app.as('cpw-tirana').get(`/api/reports/${id}`, { purpose: 'callback' }))).reporter,
    ).toMatchObject({ name: 'Ri' })
    expect((await app.as('cpw-tirana').get(`/api/cases/${life.id}/timeline`)).body.code).toBe('unopened')
    // Found after all: under any lower number it opens what it sealed.
    writeFileSync(join(directory, 'wrap-0000'), lostContent)
    await startAgain()
    expect(said).toEqual([])
    expect((await notes()).at(-1)).toBe(secrets.note)
    await rotateKeys(app.ctx, onDisk, { wait: 0 })
  })

  test('missing or wrong: said at the start, sensitive values refused, the rest goes on', async () => {
    await startAgain()
    await rotateKeys(app.ctx, onDisk, { wait: 0 })
    const newest = join(directory, wrapFiles().sort().at(-1)!)
    const content = readFileSync(newest, 'utf8')
    for (const lose of [
      () => renameSync(newest, `${newest}.away`),
      () => writeFileSync(newest, `${'ab'.repeat(32)}\n`),
      () => writeFileSync(newest, 'abc'),
    ]) {
      lose()
      await startAgain()
      expect(said).toHaveLength(1)
      expect(said[0]).toMatch(/is missing or not the one this database was sealed with/)
      expect(said[0]).toContain(directory)
      const before = await app.db.admin('select count(*) as n from event_part')
      const refused = await app
        .as('cpw-tirana')
        .command('report.create', uuidv7(), report({ reporter: { name: 'Kush', mayCallBack: false } }), {
          language: 'en',
        })
      expect(refused).toMatchObject({ status: 503, body: { code: 'no_key' } })
      expect(await life.try('cpw-tirana', 'add_note', note('Pa çelës'))).not.toBe('ok')
      expect(await foundIn('Pa çelës')).toEqual([])
      expect(await app.db.admin('select count(*) as n from event_part')).toEqual(before)
      expect((await app.as('cpw-tirana').get(`/api/cases/${life.id}/timeline`)).body.code).toBe('unopened')
      await expect(rotateKeys(app.ctx, onDisk, { wait: 0 })).rejects.toThrow('bring it back')
      await ok(app.as('cpw-tirana').command('report.create', uuidv7(), report()))
      await life.must('cpw-tirana', 'add_note', note('Shënim i zakonshëm', false))
      rmSync(`${newest}.away`, { force: true })
      writeFileSync(newest, content)
    }
    await startAgain()
    expect(said).toEqual([])
    expect((await notes()).at(-1)).toBe(secrets.note)
  })
})

describe('a country from before', () => {
  const tables = {
    event_part: "tier = 'T3' or is_sealed(body)",
    case_text_sensitive: 'is_sealed(body)',
    answer_sensitive: 'is_sealed(value)',
    referral_packet_sensitive: 'is_sealed(body)',
    person_sensitive: 'personal_number is null and disability is null',
    report_reporter: 'name is null',
    draft: 'body is null',
  }
  test('is sealed by the next start, cut off or not, and its chains stand', async () => {
    for (const table of Object.keys(tables))
      await app.db.admin(`alter table ${table} drop constraint ${table}_is_sealed`)
    const event = uuidv7()
    const before = new Life(app, await openFor(app, 'cpw-tirana'))
    const base = before.version
    // As version 9 wrote it: the digest is of the plain text.
    await withWriteTx(app.ctx, actorOf('cpw-tirana'), { commandId: uuidv7() }, (tx) =>
      tx.sql('select append_events($1, $2, $3, $4, $5, $6, $6)', [
        'case_file',
        before.id,
        base,
        JSON.stringify([
          {
            id: event,
            type: 'NoteAdded',
            v: 1,
            facts: { kind: 'health' },
            touches: [],
            parts: [{ tier: 'T4', name: 'text', body: 'Shënim i hershëm' }],
          },
        ]),
        tx.commandId,
        noon,
      ]),
    )
    await app.db.admin('update case_file set version = $2 where id = $1', [before.id, base + 1])
    await app.db.admin(
      `insert into case_text_sensitive values ($1, $2, 'text', '"Shënim i hershëm"', now(), $2)`,
      [before.id, event],
    )
    await app.db.admin(
      `insert into answer_sensitive select $1, case_id, 'who_endangers', '"Xhaxhai i hershëm"' from assessment where id = $1`,
      [ids.assessment],
    )
    await app.db.admin(
      "insert into referral_packet_sensitive values ($1, 'allergies', '\"Polen i hershëm\"')",
      [ids.referral],
    )
    await app.db.admin(
      "update person_sensitive set sealed = null, disability = 'Shikim i hershëm' where id = $1",
      [childId],
    )
    await app.db.admin(
      "insert into report_reporter (id, report_id, name, may_call_back) values ($1, $1, 'Dëshmi e hershme', true)",
      [ids.tipped],
    )
    await app.db.admin(
      'insert into draft (user_id, key, body, updated_at) values ($1, \'old\', \'{"text": "Skicë e hershme"}\', now())',
      [userId('cpw-tirana')],
    )
    for (const [table, check] of Object.entries(tables))
      await app.db.admin(`alter table ${table} add constraint ${table}_is_sealed check (${check}) not valid`)

    // Cut off before the drafts: what was sealed stays, the next start goes on from there.
    await expect(
      startAgain((found) => ({
        ...found,
        unwrap: (owner, given) => {
          if (owner.startsWith('draft')) throw new Error('power cut')
          return found.unwrap(owner, given)
        },
      })),
    ).rejects.toThrow('power cut')
    await startAgain()
    expect(said.at(-1)).toBe('sealed 1 sensitive values')
    for (const words of ['m i hershëm', 'i i hershëm', 'n i hershëm', 'Dëshmi e hershme', 'Skicë e hershme'])
      expect([words, await foundIn(words)]).toEqual([words, []])
    await startAgain()
    expect(said).toEqual([])
    expect(await verifyLedger(app.ctx, key)).toMatchObject({ ok: true, broken: null })

    const cpw = app.as('cpw-tirana')
    const timeline = await ok(cpw.get(`/api/cases/${before.id}/timeline`))
    expect(JSON.stringify(timeline.items)).toContain('Shënim i hershëm')
    expect((await ok(cpw.get(`/api/cases/${life.id}/assessments/${ids.assessment}`))).answers).toContainEqual(
      { key: 'who_endangers', value: 'Xhaxhai i hershëm' },
    )
    expect((await ok(cpw.get(`/api/persons/${childId}`))).sensitive).toMatchObject({
      disability: 'Shikim i hershëm',
    })
    expect((await ok(cpw.get(`/api/reports/${ids.tipped}`, { purpose: 'callback' }))).reporter).toMatchObject(
      { name: 'Dëshmi e hershme' },
    )
    expect((await ok(cpw.get('/api/drafts/old'))).body).toEqual({ text: 'Skicë e hershme' })
    expect(JSON.stringify((await ok(cpw.get(`/api/referrals/${ids.referral}`))).packet)).toContain('hershëm')

    // Its digest is still proven: with the wrong salt or text it would be named.
    await app.db.admin(
      `update event_part set body = (select body from event_part where tier = 'T4' and event_id <> $1 limit 1) where event_id = $1`,
      [event],
    )
    expect((await verifyLedger(app.ctx, key)).ok).toBe(false)
  })
})
