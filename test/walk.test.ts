import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

/** docs/walk-a-referral.md is true line by line: each `file#symbol` it names is declared in that file (decision 27). */

const at = (path: string): URL => new URL(`../${path}`, import.meta.url)
const walk = readFileSync(at('docs/walk-a-referral.md'), 'utf8')
const named = [
  ...new Set([...walk.matchAll(/`([\w.-]+\/[\w./-]+)#(\w+)`/g)].map((found) => `${found[1]}#${found[2]}`)),
]

const declares = (file: string, text: string, symbol: string): boolean =>
  file.endsWith('.sql')
    ? new RegExp(`^create (table|function|policy|index|unique index) ${symbol}\\b`, 'm').test(text)
    : new RegExp(
        `^(export )?(const|let|function|async function|interface|type|class) ${symbol}\\b`,
        'm',
      ).test(text)

describe('the walk', () => {
  test.each(named)('%s is where the page says', (place) => {
    const [file, symbol] = place.split('#') as [string, string]
    expect(existsSync(at(file)), `${file} is gone`).toBe(true)
    expect(
      declares(file, readFileSync(at(file), 'utf8'), symbol),
      `${symbol} is not declared in ${file}`,
    ).toBe(true)
  })

  test('has eight steps, and each names at least one place', () => {
    const steps = walk.split('\n').filter((line) => /^\| \d+ \|/.test(line))
    expect(steps.map((line) => Number(line.split('|')[1]))).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    for (const line of steps) expect(line).toMatch(/`[\w./-]+#\w+`/)
  })

  test('names no file without a symbol', () => {
    const loose = [...walk.matchAll(/`((?:src|migrations)\/[\w./-]+)`/g)].map((found) => found[1])
    expect(loose).toEqual([])
  })

  test('is the path the code takes: each step calls the next', () => {
    const text = (path: string): string => readFileSync(at(path), 'utf8')
    const answer = text('src/server/referral/answer.ts')
    const order = ['lockReferralFor(', 'mustBeFresh(', 'mayAct(', 'decideReferral(', 'saveReferral(', 'done(']
    const places = order.map((call) => answer.indexOf(call, answer.indexOf('const answer =')))
    expect(places.every((place) => place > 0)).toBe(true)
    expect([...places].sort((a, b) => a - b)).toEqual(places)
    const execute = text('src/server/command.ts')
    expect(execute.indexOf('await findReply(')).toBeLessThan(execute.indexOf('await handler.handle('))
  })
})
