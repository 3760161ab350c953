/**
 * Every door that takes something, but the one of commands, is sent what nobody means: each part of its body in turn of a wrong
 * kind, endless, unkeepable or far out of reach. It says which field, or that the door is closed; nothing is an accident.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { Browser, givePassword } from './browser.ts'
import { type TestApp, testApp } from './harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
  await givePassword(app, 'coordinator')
})
afterAll(() => app.close())

const odd: readonly unknown[] = [
  'x'.repeat(70_000),
  'a\u0000b',
  'a\ud800',
  'İß\u0301😀'.repeat(40),
  -1,
  1e308,
  2 ** 53,
  null,
  [[[]]],
  { $ne: 1 },
  '0001-01-01',
]

interface Shape {
  readonly $ref?: string
  readonly type?: string
  readonly format?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Shape[]
  readonly oneOf?: readonly Shape[]
  readonly items?: Shape
  readonly properties?: Readonly<Record<string, Shape>>
}
/** Something that the shape may mean. */
const sample = (shape: Shape | undefined, known: Readonly<Record<string, Shape>>): unknown => {
  if (shape === undefined) return 'xyz'
  if (shape.$ref !== undefined) return sample(known[shape.$ref.split('/').at(-1)!], known)
  if (shape.enum !== undefined) return shape.enum[0]
  if (shape.const !== undefined) return shape.const
  const either = shape.anyOf ?? shape.oneOf
  if (either !== undefined) return sample(either[0], known)
  if (shape.type === 'object')
    return Object.fromEntries(
      Object.entries(shape.properties ?? {}).map(([key, inner]) => [key, sample(inner, known)]),
    )
  if (shape.type === 'array') return [sample(shape.items, known)]
  if (shape.type === 'integer' || shape.type === 'number') return 1
  if (shape.type === 'boolean') return true
  if (shape.format === 'uuid') return uuidv7()
  return shape.format === 'date' ? '2026-11-20' : 'xyz'
}
/** The body with each part of it in turn replaced. */
const replaced = (body: unknown, by: unknown): readonly unknown[] => {
  if (body === null || typeof body !== 'object') return [by]
  const within = Object.entries(body).flatMap(([key, inner]) =>
    replaced(inner, by).map((one) =>
      Array.isArray(body) ? body.map((old, at) => (String(at) === key ? one : old)) : { ...body, [key]: one },
    ),
  )
  return [by, ...within]
}

test('whatever is sent to whichever door, it answers with the field or stays closed', async () => {
  const api = (await app.fastify.inject({ url: '/api/openapi.json' })).json()
  const known = (api.components?.schemas ?? {}) as Record<string, Shape>
  const wrong: string[] = []
  const doors = Object.entries(
    api.paths as Record<
      string,
      Record<string, { requestBody?: { content: Record<string, { schema?: Shape }> } }>
    >,
  )
    .filter(([path]) => path !== '/api/commands')
    .flatMap(([path, methods]) => Object.entries(methods).map(([method, door]) => ({ path, method, door })))
    .filter(({ method }) => method !== 'get')
  expect(doors.length).toBeGreaterThan(25)
  let address = 0
  for (const { path, method, door } of doors) {
    const content = door.requestBody?.content ?? {}
    const media = Object.keys(content)[0] ?? 'application/json'
    const shape = content['application/json']?.schema
    const base = sample(shape, known)
    const all = shape === undefined ? [...odd, {}] : [base, ...odd.flatMap((one) => replaced(base, one))]
    // Some doors have a hundred parts: of those one oddity at each is enough.
    const step = Math.ceil(all.length / 100)
    const bodies = all.filter((_, n) => n % step === 0)
    const own = new Browser(app, '10.9.9.9')
    if (/session|tokens|devices/.test(path)) await own.signIn('coordinator')
    for (const [n, body] of bodies.entries()) {
      address += 1
      const id = ['%00', '%F0%9F%98%80', uuidv7()][Math.min(n, 2)]!
      const reply = await app.fastify.inject({
        method: method.toUpperCase() as 'POST',
        url: path.replaceAll(/\{\w+\}/g, id),
        // Each from somewhere else: the limits of the public doors have tests of their own.
        remoteAddress: `10.${Math.floor(address / 65_536)}.${Math.floor(address / 256) % 256}.${address % 256}`,
        headers: {
          'content-type': media,
          'tus-resumable': '1.0.0',
          'upload-length': '100',
          'upload-offset': '0',
          ...(own.cookie === null
            ? { 'x-test-as': 'cpw-tirana' }
            : { cookie: own.cookie, 'x-csrf': own.csrf ?? '' }),
        },
        payload: JSON.stringify(body),
      })
      const { statusCode: status } = reply
      const named =
        status !== 400 || (reply.json().errors ?? []).some((one: { field: string }) => one.field !== '')
      if (status >= 500 || !named)
        wrong.push(`${method} ${path} ${status} ${JSON.stringify(body).slice(0, 120)}`)
    }
  }
  expect(wrong).toEqual([])
})
