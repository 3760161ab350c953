/**
 * The public forms, walked to their last page and then sent what no page of ours would send: each field in turn endless, unkeepable,
 * twice or of another's kind, at every step. A person always gets a page; nothing is an accident.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { paths } from '#server/public/routes.ts'
import { type TestApp, testApp } from './harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const { sq } = paths
let address = 0
/** Each from somewhere else: the limits of the public pages have tests of their own. */
const ask = async (method: 'GET' | 'POST', url: string, payload?: string) => {
  address += 1
  const reply = await app.fastify.inject({
    method,
    url,
    remoteAddress: `10.${Math.floor(address / 65_536)}.${Math.floor(address / 256) % 256}.${address % 256}`,
    headers: payload === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' },
    ...(payload === undefined ? {} : { payload }),
  })
  return { status: reply.statusCode, html: reply.body }
}

type Fields = Readonly<Record<string, string>>
const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
interface Form {
  readonly fields: Fields
  readonly ways: readonly string[]
  readonly action: string | undefined
}
/** The fields of a page's form with what they hold (a list its last choice), and the ways to send it. */
const formOf = (html: string): Form => {
  const fields: Record<string, string> = {}
  const ways: string[] = []
  for (const [tag] of html.matchAll(/<(?:input|textarea|button)\b[^>]*>|<select\b[\s\S]*?<\/select>/g)) {
    const name = attribute(tag, 'name')
    if (tag.startsWith('<button'))
      ways.push(name === undefined ? '' : `${name}=${encodeURIComponent(attribute(tag, 'value') ?? '')}`)
    else if (name === undefined) continue
    else if (tag.startsWith('<select'))
      fields[name] = [...tag.matchAll(/<option value="([^"]+)"/g)].at(-1)?.[1] ?? ''
    else if (!/type="(?:radio|checkbox)"/.test(tag) || !(name in fields))
      fields[name] = attribute(tag, 'value') ?? ''
  }
  const [form = ''] = /<form[^>]*method="post"[^>]*>/.exec(html) ?? []
  return { fields, ways, action: attribute(form, 'action') }
}
const encoded = (fields: Fields, way: string): string => `${new URLSearchParams(fields)}&${way}`

const odd: readonly string[] = [
  'x'.repeat(40_000),
  'a%00b',
  '%ED%A0%80',
  '%FF%FE',
  encodeURIComponent('İß\u0301😀\u202E'.repeat(60)),
  '-1',
  '1e308',
  '0001-01-01',
  '99999999999999999999',
  '%5B%5D%5B__proto__%5D',
  '%3Cscript%3Ealert(1)%3C%2Fscript%3E',
  "'%3B drop table report%3B--",
]

test('whatever is sent to whichever public form, a page comes back', async () => {
  const wrong: string[] = []
  const reached = new Set<string>()
  let receipt = ''
  let pages = 0
  for (const path of Object.values(sq)) {
    const first = await ask('GET', path)
    // Every page that its own buttons lead to, with what a visitor would have typed.
    const seen = new Map<string, Form>()
    const waiting = [first.html]
    while (waiting.length > 0 && seen.size < 30) {
      const html = waiting.pop()!
      receipt = /<output>([^<]+)<\/output>/.exec(html)?.[1] ?? receipt
      const form = formOf(html)
      const key = `${/<h1[^>]*>[^<]*/.exec(html)?.[0]} ${form.ways.join()}`
      if (form.action === undefined || seen.has(key)) continue
      seen.set(key, form)
      for (const way of form.ways)
        waiting.push(
          (
            await ask(
              'POST',
              form.action,
              encoded(
                Object.fromEntries(
                  Object.entries(form.fields).map(([name, held]) => [
                    name,
                    held || (name === 'code' ? receipt : '8'),
                  ]),
                ),
                way,
              ),
            )
          ).html,
        )
    }
    for (const { action } of seen.values()) reached.add(action!)
    pages += seen.size
    for (const { fields, ways, action } of seen.values())
      for (const [n, name] of ['at', 'go', ...Object.keys(fields)].entries()) {
        const others = Object.fromEntries(Object.entries(fields).filter(([one]) => one !== name))
        for (const [m, value] of odd.entries()) {
          const way = ways[(n + m) % ways.length]!
          const once = `${new URLSearchParams(others)}&${name}=${value}&${way}`
          const twice = `${name}=${value}&${encoded(fields, way)}`
          const { status, html } = await ask('POST', action!, (n + m) % 2 === 0 ? once : twice)
          const shown = status === 303 || html.includes('</html>')
          if (status >= 500 || !shown || html.includes('<script>alert'))
            wrong.push(`${action} ${status} ${name}=${value.slice(0, 40)} ${way}`)
        }
      }
  }
  expect([...reached].toSorted()).toEqual(
    [sq.report, sq.code, sq.add, sq.kidsWrite, sq.self, sq.complain, sq.complainLook].toSorted(),
  )
  expect(pages).toBeGreaterThan(15)
  expect([...new Set(wrong)]).toEqual([])
})
