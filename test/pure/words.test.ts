import { expect, test } from 'vitest'
import { say, says } from '#server/words.ts'
import { wordOf } from '#wire/words/speak.ts'

const shelf = { late_one: '{{count}} ditë', late_other: '{{count}} ditë vonë', plain: '{{who}} në {{place}}' }

test('a number takes its own form, a value is put in as it is written, and what was not given stays to be seen', () => {
  expect(wordOf('sq', shelf, 'late', { count: 1 })).toBe('1 ditë')
  expect(wordOf('sq', shelf, 'late', { count: 0 })).toBe('0 ditë vonë')
  expect(wordOf('sq', shelf, 'plain', { who: '$& {{place}}', place: 'Tiranë' })).toBe(
    '$& {{place}} në Tiranë',
  )
  expect(wordOf('sq', shelf, 'plain', { who: 'Ana' })).toBe('Ana në {{place}}')
})

test('a code of a record that no shelf knows is no word, whatever it is called', () => {
  for (const code of ['constructor', 'toString', '__proto__', 'late'])
    expect(wordOf('sq', shelf, code)).toBe(undefined)
  expect(wordOf('sq', undefined, 'plain')).toBe(undefined)
  expect([says('sq', 'web.search'), says('en', 'web.constructor'), says('en', 'nowhere.search')]).toEqual([
    true,
    false,
    false,
  ])
  expect(say('en', 'web.no_such_word')).toBe('no_such_word')
})
