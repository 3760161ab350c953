import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const page = read('docs/clocks.md')
const rows = [...page.matchAll(/^\| (D\d\d) \|(.*)\|$/gm)].map(([, code = '', rest = '']) => ({
  code,
  file: /`(src\/[^`]+)`/.exec(rest)?.[1],
}))
const codes = [
  ...new Set([...read('reference/al/rules.json').matchAll(/"code": "(D\d\d)"/g)].map((one) => one[1]!)),
]
const number = (code: string): number => Number(code.slice(1))
/** Duties of bodies and plans, said in one sentence under the tables. */
const recurring = (code: string): boolean =>
  (number(code) >= 26 && number(code) <= 34) || (number(code) >= 39 && number(code) <= 51)

test('every rule stands once in the table of clocks, or is a recurring duty', () => {
  expect(codes).toHaveLength(55)
  expect(rows.map(({ code }) => code).toSorted()).toEqual(codes.filter((code) => !recurring(code)).toSorted())
})

test('each started clock is started where the table says', () => {
  const wrong = rows.filter(({ code, file }) => file !== undefined && !read(file).includes(`'${code}'`))
  expect(wrong).toEqual([])
})

test('what the table says is started nowhere is started nowhere', () => {
  const files = readdirSync(join(root, 'src/server'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => read(`src/server/${name}`))
  const started = rows
    .filter(({ file }) => file === undefined)
    .filter(({ code }) => files.some((text) => text.includes(`'${code}'`)))
  expect(started).toEqual([])
})
