import { expect, test } from 'vitest'
import { Fault, fullDisk } from '#server/fault.ts'

const coded = (code: string) => Object.assign(new Error('could not extend file'), { code })

test('a full disk is one sentence wherever it is met, and no other fault is taken for one', () => {
  for (const code of ['53100', 'ENOSPC'])
    expect(fullDisk(coded(code))).toEqual(
      new Fault('The disk of the database is full: make room and start again. Nothing was lost.'),
    )
  const other = coded('42501')
  expect(fullDisk(other)).toBe(other)
})
