/** An adult's papers on bad days: the shelter's name, a file that was erased, a paper for the wrong hands, what the log says of a copy. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { adultKinds } from '#domain/document/adult/kinds.ts'
import { erase } from '#server/retention/erase.ts'
import { unitId, userId } from '#test/cast.ts'
import { adultName, adultPapers } from './adult-papers-life.ts'
import { office } from './assistance-life.ts'
import { type TestApp, testApp } from './harness.ts'

let app: TestApp
const { lived, take, paper, listOf } = adultPapers(() => app)
let lives: Awaited<ReturnType<typeof lived>>
const shelter = /shelter-tirana|Strehëza e provës/

beforeAll(async () => {
  app = await testApp()
  lives = await lived()
})
afterAll(() => app.close())

test('who came back and was handed to a shelter: the notice does not say to which', async () => {
  await app.db.admin(`set session_replication_role = replica;
    update nrm_return set direction = 'incoming', state = 'HANDED_TO_CASE', set_off_at = now(), received_on = '2026-12-28',
      handed_on = '2026-12-28', handed_unit_id = '${unitId('shelter-tirana')}', counterpart_id = null where nrm_id = '${lives.full}';
    set session_replication_role = origin`)
  for (const who of [office, 'responsible-authority'] as const)
    for (const kind of ['return_notice', 'case_file'])
      expect((await paper(who, lives.full, kind)).said, `${kind} ${who}`).not.toMatch(shelter)
})

test('a paper for a shelter names it neither on its sheets nor in the lists of copies', async () => {
  const to = unitId('shelter-tirana')
  const { said } = await paper(office, lives.full, 'plan', { lang: 'sq', to })
  expect(said).not.toMatch(shelter)
  const [row] = await app.db.admin(
    `select to_unit_id, leaves from document_copy where nrm_id = '${lives.full}' order by at desc, id desc limit 1`,
  )
  expect(row).toEqual({ to_unit_id: to, leaves: true })
  expect(JSON.stringify(await listOf('responsible-authority', lives.full))).not.toMatch(shelter)
  expect((await paper(office, lives.full, 'access_log')).said).not.toMatch(shelter)
})

test('a shelter that read the file stands unnamed in the record of readers', async () => {
  await app.as('shelter').get(`/api/nrm/${lives.sheltered}`)
  expect((await paper('shelter', lives.sheltered, 'access_log')).said).not.toMatch(shelter)
  expect((await paper(office, lives.sheltered, 'access_log')).said).not.toMatch(shelter)
})

test('where no other office stands open a shelter that manages is still not named', async () => {
  const offices = `kind in ('social_service', 'responsible_authority')`
  const [known] = await app.db.admin<{ ids: string[] }>(
    `select array_agg(id::text) as ids from unit where active and ${offices}`,
  )
  await app.db.admin(`update unit set active = false where ${offices}`)
  for (const kind of ['rights_sheet', 'initial_identification', 'transfer'])
    expect((await paper('shelter', lives.sheltered, kind)).said, kind).not.toMatch(shelter)
  await app.db.admin('update unit set active = true where id = any ($1::uuid[])', [known!.ids])
})

test('a record of readers that is longer than the paper says so', async () => {
  await app.db.admin(
    `insert into access_record (id, at, actor_id, unit_id, role, act, kind, record_id, tier)
     select gen_random_uuid(), now() - n * interval '1 second', '${userId(office)}', '${unitId('social-service-tirana')}', 'social_service', 'read',
       'nrm_file', '${lives.bare}', 'T3' from generate_series(1, 1001) n`,
  )
  const { said } = await paper(office, lives.bare, 'access_log')
  expect(said).toContain('1000 hapjet dhe kopjet më të reja.')
})

test('the digest of a copy is that of the paper which was handed out', async () => {
  const { bytes } = await take(office, lives.full, 'plan')
  const [row] = await app.db.admin<{ digest: string }>(
    `select encode(digest, 'hex') as digest from document_copy where nrm_id = '${lives.full}' order by at desc, id desc limit 1`,
  )
  expect(row!.digest).toBe(createHash('sha256').update(bytes).digest('hex'))
})

test('an erased file prints nothing of the person', async () => {
  await erase(app.ctx, { kind: 'nrm_file', id: lives.full, rule: 'retention 10y', by: 'dpo' })
  for (const kind of adultKinds)
    for (const who of [office, 'responsible-authority'] as const) {
      const { status } = await take(who, lives.full, kind)
      expect([200, 403, 422], `${kind} ${who}`).toContain(status)
      if (status !== 200) continue
      const { said } = await paper(who, lives.full, kind)
      expect(said, kind).not.toMatch(
        new RegExp(
          `${adultName}|Punonte|pasaport|Ish-punëdh|çdo të hënë|te motra|Po ecën|E gjeta|Nuk ka ku|Blerta|H\\. Ç\\.`,
        ),
      )
    }
  expect((await listOf(office, lives.full)).items.length).toBeGreaterThan(0)
})
