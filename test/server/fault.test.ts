import { expect, test } from 'vitest'
import { brokenOff, Fault, fullDisk } from '#server/fault.ts'

const coded = (code: string) => Object.assign(new Error('could not extend file'), { code })

test('a full disk is one sentence wherever it is met, and no other fault is taken for one', () => {
  for (const code of ['53100', 'ENOSPC'])
    expect(fullDisk(coded(code))).toEqual(
      new Fault('The disk of the database is full: make room and start again. Nothing was lost.'),
    )
  const other = coded('42501')
  expect(fullDisk(other)).toBe(other)
})

test('a database that ended under a command is one sentence, and an accident stays one', () => {
  for (const error of [coded('57P03'), coded('08006'), new Error('Connection terminated unexpectedly')])
    expect(brokenOff(error)).toMatchObject({ name: 'Fault', message: expect.stringContaining('may be full') })
  expect(brokenOff(coded('53100'))).toMatchObject({ message: expect.stringContaining('is full') })
  const other = coded('23505')
  expect(brokenOff(other)).toBe(other)
})
