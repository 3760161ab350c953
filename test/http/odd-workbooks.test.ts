/**
 * Workbooks that somebody's program has spoilt, or somebody with intent: good ones with their bytes or the texts inside them changed at
 * random. The door reads them, or says what is wrong; it never fails.
 */
import fc from 'fast-check'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeWorkbook } from '#server/workbook/write.ts'
import { type TestApp, testApp } from './harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const send = async (url: string, who: string, bytes: Uint8Array) => {
  const reply = await app.fastify.inject({
    method: 'POST',
    url,
    headers: { 'x-test-as': who, 'content-type': 'application/octet-stream' },
    payload: Buffer.from(bytes),
  })
  return { status: reply.statusCode, said: reply.body.slice(0, 400) }
}

const both = (column: string) => [`${column}::Shqip (sq)`, `${column}::English (en)`]
const heads = (names: readonly string[]) => names.map((title) => ({ title }))
const form = (): Promise<Buffer> =>
  writeWorkbook([
    {
      name: 'survey',
      columns: heads(['type', 'name', ...both('label'), 'relevant', 'required', 'constraint', 'calculation']),
      rows: [
        ['begin_group', 'home', 'Shtëpia', 'Home'],
        ['select_one yn', 'safe', 'A është i sigurt?', 'Is it safe?', null, 'yes'],
        ['integer', 'beds', 'Sa shtretër?', 'How many beds?', null, null, '. >= 0 and . <= 20'],
        ['end_group'],
      ],
    },
    {
      name: 'choices',
      columns: heads(['list_name', 'name', ...both('label'), 'score']),
      rows: [
        ['yn', 'yes', 'po', 'yes', 2],
        ['yn', 'no', 'jo', 'no', 0],
      ],
    },
    {
      name: 'settings',
      columns: heads([...both('form_title'), 'form_id']),
      rows: [['Vizita', 'Visit', 'visit']],
    },
  ])
const plan = async (): Promise<Buffer> =>
  (
    await app.fastify.inject({
      url: '/api/plans/project-safety-net/export.xlsx',
      headers: { 'x-test-as': 'coordinator' },
    })
  ).rawPayload

/** Bytes changed where a broken line or a hand would. */
const spoilt = (good: Uint8Array) =>
  fc
    .array(fc.record({ at: fc.nat(good.length - 1), by: fc.nat(255), gone: fc.nat(40) }), {
      minLength: 1,
      maxLength: 6,
    })
    .map((wounds) =>
      wounds.reduce<Uint8Array>((bytes, { at, by, gone }) => {
        const where = at % Math.max(1, bytes.length)
        return by % 3 === 0
          ? Buffer.concat([bytes.subarray(0, where), bytes.subarray(where + gone)])
          : Buffer.from(bytes).fill(by, where, where + 1)
      }, good),
    )

const oddities = [
  '-1',
  '99999999999',
  '1e999',
  'NaN',
  '',
  'XFE1048577',
  'A0',
  '__proto__',
  'constructor',
  '&#0;',
  '&#x1F600;',
  '&undeclared;',
  ']]>',
  '<!--',
  '<c r="A1"><v>1',
  '<row r="0"/>',
  '</sheetData>',
  '${',
  '='.repeat(300),
  '('.repeat(500),
  'not('.repeat(200),
  '\ud83d',
  'İ\u0307'.repeat(200),
]
/** The texts inside changed: a value, an address, a tag. */
const rewritten = (good: Uint8Array) => {
  const parts = Object.entries(unzipSync(good)).filter(([name]) =>
    /sheet\d|sharedStrings|workbook\.xml/.test(name),
  )
  return fc
    .array(fc.record({ part: fc.nat(parts.length - 1), at: fc.nat(), by: fc.constantFrom(...oddities) }), {
      minLength: 1,
      maxLength: 4,
    })
    .map((changes) => {
      const now: Record<string, Uint8Array> = unzipSync(good)
      for (const { part, at, by } of changes) {
        const name = parts[part]![0]
        const text = strFromU8(now[name]!)
        // The values of attributes, and what stands between two tags.
        const places = [...text.matchAll(/"[^"<>]*"|>[^<>]*</g)]
        const place = places[at % Math.max(1, places.length)]
        if (place === undefined) continue
        const [from, to] = [place.index + 1, place.index + place[0].length - 1]
        now[name] = strToU8(text.slice(0, from) + by + text.slice(to))
      }
      return zipSync(now)
    })
}

describe.each([
  { door: '/api/forms/workbook', who: 'state-agency', good: form },
  { door: '/api/plans/workbook', who: 'coordinator', good: plan },
])('$door', ({ door, who, good }) => {
  test('reads the good one', async () => {
    expect((await send(door, who, await good())).status).toBe(200)
  })
  test.each([
    ['whose bytes are spoilt', spoilt],
    ['whose texts are rewritten', rewritten],
  ])('never fails of one %s', async (_, change) => {
    await fc.assert(
      fc.asyncProperty(change(await good()), async (bytes) => {
        const { status, said } = await send(door, who, bytes)
        expect([200, 400, 413, 415], said).toContain(status)
      }),
      { numRuns: 60 },
    )
  })
})
