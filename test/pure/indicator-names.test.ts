/** Keys of split figures have a word in both languages, wherever that word lives. */
import { describe, expect, test } from 'vitest'
import { nameOfKey } from '#server/indicator/names.ts'
import type { Tx } from '#server/tx.ts'

const noRows = { sql: async () => [] } as unknown as Tx

describe('names of keys', () => {
  test.each([
    ['source', 'labour_inspectorate', 'Inspektorati i Punës'],
    ['channel', '116006', 'linja 116 006'],
    ['ground', 'begging', 'lypje'],
    ['seen', 'nobody', 'askënd'],
    ['seen', 'not_seen', 'nuk u takua askush'],
    ['service', 'medical', 'Mjekësor'],
    ['service', 'emergency_shelter', 'Strehim emergjence, 72 orë'],
    ['risk', 'high', 'i lartë'],
    ['structure', 'cpw', 'PMF'],
    ['sex', 'female', 'vajza dhe gra'],
    ['age', '', 'e panjohur'],
  ])('%s %s', async (by, key, said) => {
    expect((await nameOfKey(noRows, by, 'sq'))(key)).toBe(said)
    const english = (await nameOfKey(noRows, by, 'en'))(key)
    expect(english).not.toBe(said)
    expect(english).not.toContain('_')
  })
})
