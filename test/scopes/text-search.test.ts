/**
 * Words in the texts of random cases, asked by everybody for every purpose: found are exactly those texts that the oracle opens at T3
 * and that hold the words, whatever the index knows.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Purpose, purposes, type Uuid } from '#domain/core.ts'
import { uuidv7 } from '#server/ids.ts'
import { withTx } from '#server/tx.ts'
import { actorOf, castNames, unitId, userId } from '#test/cast.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'
import { planted } from '#test/sealing.ts'
import { type Asker, caseTierOf, reportTierOf } from './oracle.ts'
import { everybody, neverWrites, seed } from './search.ts'
import { type CaseRecord, type ReportRecord, world, worldSql } from './world.ts'

const vocabulary = [
  'çanta',
  'ëndrra',
  'Ëndërr',
  'gështenja',
  'ura',
  'urata',
  'Përroi',
  'mollë',
  'mollëza',
  'vëllai',
] as const
/** Apart from the product's own folding: letter by letter. */
const bare = (word: string): string =>
  [...word.toLowerCase()].map((sign) => ({ ë: 'e', ç: 'c' })[sign] ?? sign).join('')

interface Text {
  readonly caseId: Uuid
  readonly reportId: Uuid | null
  readonly words: readonly string[]
}

let app: TestApp
const cases: CaseRecord[] = []
const reports: ReportRecord[] = []
const texts: Text[] = []

beforeAll(async () => {
  app = await testApp({ now: new Date().toISOString() })
  const says = fc.sample(fc.array(fc.constantFrom(...vocabulary), { minLength: 1, maxLength: 4 }), {
    numRuns: 600,
    seed,
  })
  let n = 0
  for (const one of fc.sample(world, { numRuns: 4, seed })) {
    await app.db.admin(worldSql(one))
    cases.push(...one.cases)
    reports.push(...one.reports)
    const lines: string[] = []
    for (const { id } of one.cases) {
      const at = `now() - interval '${n} minutes'`
      const record = { kind: 'case_file', id }
      const said = (): string => {
        const words = says[n++ % says.length]!
        texts.push({ caseId: id, reportId: null, words })
        return words.join(', ')
      }
      const secret = uuidv7()
      const sealed = planted({ record, tier: 'T4', at: secret, name: 'text' }, 'fshehtazi')
      const assessment = uuidv7()
      lines.push(
        `insert into case_text (id, case_id, subject_id, name, body, at) values ('${uuidv7()}', '${id}', '${id}', 'text', to_jsonb('${said()}'::text), ${at})`,
        `insert into case_text (id, case_id, subject_id, name, body, at) values ('${uuidv7()}', '${id}', '${id}', 'decisions', jsonb_build_array(jsonb_build_object('text', '${said()} .')), ${at})`,
        `update case_file_named set summary = '${said()}' where id = '${id}'`,
        `insert into case_person_near (id, case_id, name, relationship, contact, remark, by_id, at) values ('${uuidv7()}', '${id}', 'Askush', 'mother', 'not_assessed', '${said()}', '${id}', ${at})`,
        `insert into assessment (id, case_id, form, form_version, at, by_id, episode) values ('${assessment}', '${id}', 'initial', 1, ${at}, '${id}', 1)`,
        `insert into answer_named (assessment_id, case_id, question_key, value) values ('${assessment}', '${id}', 'q', to_jsonb('${said()} .'::text))`,
        sealed.keySql,
        `insert into case_text_sensitive (id, case_id, subject_id, name, body, at) values ('${secret}', '${id}', '${id}', 'text', ${sealed.json}, ${at})`,
      )
    }
    for (const [at, { id }] of one.reports.entries()) {
      const words = says[n++ % says.length]!
      const caseId = one.cases[at % one.cases.length]!.id
      texts.push({ caseId, reportId: id, words })
      lines.push(
        `update report_named set narrative = '${words.join(' ')}' where id = '${id}'`,
        `insert into case_report (case_id, report_id, at) values ('${caseId}', '${id}', now())`,
      )
    }
    await app.db.admin(lines.join(';\n'))
  }
})
afterAll(() => app.close())

const askers: readonly Asker[] = castNames.flatMap((name) =>
  [null, ...purposes].map((purpose) => ({ name, purpose })),
)
const reached = (asker: Asker, text: Text): boolean => {
  if (caseTierOf(asker, cases.find((one) => one.id === text.caseId)!) < 3) return false
  const report = reports.find((one) => one.id === text.reportId)
  return report === undefined || reportTierOf(asker, report) >= 3
}
/** Everything found, page by page, as cases: one for each text. */
const found = async ({ name, purpose }: Asker, q: string): Promise<string[]> => {
  const all: string[] = []
  for (let cursor: unknown; ; ) {
    const reply = await app.fastify.inject({
      method: 'POST',
      url: '/api/search/texts',
      headers: { 'x-test-as': name, ...(purpose === null ? {} : { 'x-purpose': purpose satisfies Purpose }) },
      payload: { q, limit: 6, ...(cursor === undefined ? {} : { cursor }) },
    })
    expect(reply.statusCode, reply.body).toBe(200)
    const body = reply.json<{
      items: { caseId: string; snippet: { text: string; hit: boolean }[] }[]
      next: string | null
    }>()
    for (const item of body.items) {
      expect(item.snippet.some((piece) => piece.hit)).toBe(true)
      all.push(item.caseId)
    }
    if (body.next === null) return all.sort()
    // A page of nothing that goes on would tell of words in texts that are not this reader's.
    expect(body.items.length, `${name} for ${purpose}`).toBeGreaterThan(0)
    cursor = body.next
  }
}
const due = (asker: Asker, asked: readonly string[]): string[] =>
  texts
    .filter((text) => reached(asker, text))
    .filter((text) => asked.every((word) => text.words.some((one) => bare(one).startsWith(bare(word)))))
    .map((text) => text.caseId)
    .sort()

const question = fc.array(
  fc
    .constantFrom(...vocabulary)
    .chain((word) =>
      fc.integer({ min: 2, max: word.length }).map((length) => [...word].slice(0, length).join('')),
    ),
  { minLength: 1, maxLength: 2 },
)

describe('found is what the oracle opens, and all of it', () => {
  test.each(
    askers.map((asker, at) => [`${asker.name} for ${asker.purpose ?? 'nothing'}`, asker, at] as const),
  )('%s', async (_, asker, at) => {
    for (const asked of fc.sample(question, { numRuns: 2, seed: seed + at }))
      expect(await found(asker, asked.join(' ')), asked.join(' ')).toEqual(due(asker, asked))
  })
})

test('somebody finds something: the oracle and the index are not both empty', () => {
  for (const name of ['cpw-tirana', 'head-tirana', 'head-durres', 'responsible-authority'] as const)
    expect(due({ name, purpose: null }, ['u']).length, name).toBeGreaterThan(0)
  expect(due({ name: 'state-agency', purpose: 'monitoring' }, ['ur']).length).toBeGreaterThan(0)
})

test('what is sealed stands in no index', async () => {
  expect(await app.db.admin(`select id from case_word where words @@ 'fshehtazi'::tsquery`)).toEqual([])
})

test('whoever stands in finds what the worker finds, for these days and no longer', async () => {
  const deputy: Asker = { name: 'cpw2-tirana', purpose: null }
  const stands = (text: Text): boolean => {
    const one = cases.find((known) => known.id === text.caseId)
    return text.reportId === null && one?.unit === 'cpu-tirana' && one.manager === 'cpw-tirana'
  }
  const more = texts
    .filter(
      (text) =>
        (stands(text) || reached(deputy, text)) && text.words.some((word) => bare(word).startsWith('mol')),
    )
    .map((text) => text.caseId)
    .sort()
  expect(more.length).toBeGreaterThan(due(deputy, ['mol']).length)
  const id = uuidv7()
  await app.db.admin(
    `insert into worker_absence (id, version, unit_id, worker_id, deputy_id, from_day, until_day, kind, named_by)
     values ($1, 1, $2, $3, $4, current_date - 1, current_date + 1, 'leave', $3)`,
    [id, unitId('cpu-tirana'), userId('cpw-tirana'), userId('cpw2-tirana')],
  )
  const inReports = (await found(deputy, 'mol')).filter((caseId) => !more.includes(caseId))
  expect(inReports).toEqual([])
  const without = texts.filter((text) => text.reportId !== null).length
  expect((await found(deputy, 'mol')).length).toBeGreaterThanOrEqual(more.length)
  expect((await found(deputy, 'mol')).length).toBeLessThanOrEqual(more.length + without)
  await app.db.admin('update worker_absence set ended_on = current_date where id = $1', [id])
  expect(await found(deputy, 'mol')).toEqual(due(deputy, ['mol']))
})

test('a case that changes hands is found by the new ones at once', async () => {
  await app.db.admin(
    `update case_file set manager_id = deputy_id, deputy_id = manager_id where deputy_id is not null`,
  )
  const [row] = await app.db.admin<{ wrong: number }>(
    `select count(*)::int as wrong from case_word w join case_file c on c.id = w.case_id
     where not tsvector_to_array(w.words) @> case_scope(c)`,
  )
  expect(row?.wrong).toBe(0)
})

test('the index itself is nobody’s to read or write, and filters are their owner’s', async () => {
  const table = 'case_word'
  for (const actor of everybody(4)) {
    await neverWrites(app, actor, [
      `insert into ${table} (case_id, source, ref, at, words) select id, 'text', id, now(), '' from case_file limit 1 returning id`,
      `update ${table} set words = '' returning id`,
      `delete from ${table} returning id`,
      `insert into work_filter (id, version, user_id, unit_id, name, criteria, saved_at) values (gen_random_uuid(), 1, me_user(), me_unit(), 'x', '{}', now()) returning id`,
      `update work_filter set name = 'x' returning id`,
      `delete from work_filter returning id`,
    ])
    await expect(withTx(app.ctx, actor, (tx) => tx.sql(`select id from ${table}`))).rejects.toMatchObject({
      code: '42501',
    })
  }
})

test('whoever is nobody finds nothing', async () => {
  const { rows } = await app.ctx.pools.app.query(`select id from find_words('ura', null, null, 10)`)
  expect(rows).toEqual([])
  expect(actorOf('admin').role).toBe('admin')
})
