import { expect, test } from 'vitest'
import { questionOf } from '#domain/survey.ts'
import { readQuestions } from '#domain/survey-lines.ts'

const line = (key: string) => `${key} | A e njihni linjën? | Do you know the line? | yes*=Po/Yes, no=Jo/No`
const read = (said: string) => {
  const found = readQuestions(said)
  if ('line' in found) throw new Error(`line ${found.line}`)
  return found.questions
}

test('a question says which indicator its counting answers measure', () => {
  const questions = read(`${line('a@S004-PREV-1.d.3-i1')}\n\n${line('b')}`)
  expect(questions.map((one) => [one.key, one.measures])).toEqual([
    ['a', 'S004-PREV-1.d.3-i1'],
    ['b', undefined],
  ])
  const survey = { indicatorIds: ['S004-PREV-1.d.3-i1', 'S004-PREV-2.a.1-i1'], questions }
  expect(questionOf('S004-PREV-1.d.3-i1', survey)?.key).toBe('a')
  // Two are measured and «b» does not say which: no guess.
  expect(questionOf('S004-PREV-2.a.1-i1', survey)).toBeNull()
})

test('one question that counts and one indicator need not be told', () => {
  expect(questionOf('S1', { indicatorIds: ['S1'], questions: read(line('a')) })?.key).toBe('a')
  expect(questionOf('S1', { indicatorIds: ['S1'], questions: read(`${line('a')}\n${line('b')}`) })).toBeNull()
})

test('what is not written as the example shows is named by its line', () => {
  expect(readQuestions(`${line('a')}\nb | vetëm shqip`)).toEqual({ line: 2 })
})
