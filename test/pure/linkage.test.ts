import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compare, type Described, type Known, possibleDuplicates } from '#linkage/duplicates.ts'
import { jaroWinkler, nameKey, phoneticKey, phoneticKeys } from '#linkage/name.ts'

const person = (over: Partial<Described>): Described => ({
  givenName: null,
  familyName: null,
  otherNames: null,
  sex: 'unknown',
  birth: null,
  places: [],
  ...over,
})
const known = (id: string, over: Partial<Described>): Known => ({ id, ...person(over) })

describe('filing key', () => {
  it.each([
    ['Gëzim Çaushi', 'gezim caushi'],
    ['  Ana–Maria  O’Brien ', 'ana maria obrien'],
    ['ŞAHİN', 'sahin'],
    ['Ψαρράς', 'ψαρρασ'],
    ['Đorđe Łukasz', 'dorde lukasz'],
    ['…', ''],
  ])('%s is filed under %s', (name, key) => expect(nameKey(name)).toBe(key))

  it('is the same however the marks were typed, and filing it again changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (name) => {
        const key = nameKey(name)
        expect(nameKey(name.normalize('NFC'))).toBe(nameKey(name.normalize('NFD')))
        expect(nameKey(key)).toBe(key)
      }),
      { seed: 7 },
    )
  })
})

describe('sound key', () => {
  it.each([
    ['Agron', 'Agroni'],
    ['Besnik', 'Besniku'],
    ['Dritë', 'Drita'],
    ['Hoxha', 'Hoxhaj'],
    ['Gjergj', 'Xherxh'],
    ['Thaçi', 'Thaqi'],
    ['Shkëlqim', 'Skelcim'],
    ['Erjon', 'Erion'],
    ['Klajdi', 'Klaidi'],
    ['Llesh', 'Lesh'],
    ['Ajshe', 'Aishja'],
  ])('%s sounds like %s', (a, b) => expect(phoneticKey(a)).toBe(phoneticKey(b)))

  it.each([
    ['Agron', 'Arben'],
    ['Drita', 'Besa'],
    ['Luan', 'Ilir'],
  ])('%s does not sound like %s', (a, b) => expect(phoneticKey(a)).not.toBe(phoneticKey(b)))

  it('lists each sound once', () => expect(phoneticKeys('Agron Agroni')).toEqual(['agRN']))
})

describe('likeness', () => {
  it('is 1 for equal and symmetric, between 0 and 1', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 }), (a, b) => {
        const one = jaroWinkler(a, b)
        expect(one).toBeGreaterThanOrEqual(0)
        expect(one).toBeLessThanOrEqual(1 + 1e-9)
        expect(jaroWinkler(a, a)).toBe(1)
        expect(one).toBeCloseTo(jaroWinkler(b, a), 9)
      }),
      { seed: 7 },
    )
  })
})

describe('possible duplicates', () => {
  const drita = person({
    givenName: 'Drita',
    familyName: 'Hoxha',
    sex: 'female',
    birth: { from: '2012-01-01', to: '2012-12-31' },
    places: ['53'],
  })

  it.each([
    [
      'the same child',
      { givenName: 'Drita', familyName: 'Hoxha', birth: { from: '2012-05-03', to: '2012-05-03' } },
      'likely',
    ],
    [
      'other ending and marks',
      { givenName: 'Dritë', familyName: 'Hoxhaj', birth: { from: '2012-05-03', to: '2012-05-03' } },
      'likely',
    ],
    [
      'names swapped',
      { givenName: 'Hoxha', familyName: 'Drita', birth: { from: '2011-01-01', to: '2013-12-31' } },
      'likely',
    ],
    [
      'a year off',
      { givenName: 'Drita', familyName: 'Hoxha', birth: { from: '2014-01-01', to: '2014-12-31' } },
      'possible',
    ],
    ['a nickname kept beside', { givenName: 'Dita', familyName: 'Hoxha', otherNames: 'Drita' }, 'possible'],
  ] as const)('%s is found', (_, over, band) => {
    const [found] = possibleDuplicates(drita, [known('a', over)])
    expect(found?.id).toBe('a')
    expect([band, 'likely']).toContain(found?.band)
  })

  it.each([
    [
      'another name',
      { givenName: 'Besa', familyName: 'Leka', birth: { from: '2012-05-03', to: '2012-05-03' } },
    ],
    [
      'the same name, six years older',
      { givenName: 'Drita', familyName: 'Hoxha', birth: { from: '2005-05-03', to: '2005-05-03' } },
    ],
    ['nobody’s name', {}],
  ] as const)('%s is not', (_, over) => expect(possibleDuplicates(drita, [known('a', over)])).toEqual([]))

  it('a given name alone is never likely', () => {
    const found = possibleDuplicates(
      person({ givenName: 'Drita', birth: drita.birth, sex: 'female', places: ['53'] }),
      [known('a', { ...drita })],
    )
    expect(found.every((one) => one.band === 'possible')).toBe(true)
  })

  it('says why, and says that names were swapped', () => {
    const { reasons } = compare(drita, person({ givenName: 'Hoxha', familyName: 'Drita' }))
    expect(reasons.find((reason) => reason.feature === 'name')).toMatchObject({
      level: 'same',
      swapped: true,
    })
  })

  it('compares alike from both sides, best first', () => {
    const names = fc.constantFrom('Drita', 'Dritë', 'Besa', 'Agroni', 'Gjergj', 'Xherxhi', 'Hoxha', 'Leka')
    const someone = fc
      .record({ givenName: names, familyName: names, year: fc.integer({ min: 2005, max: 2020 }) })
      .map(({ year, ...rest }) => person({ ...rest, birth: { from: `${year}-01-01`, to: `${year}-12-31` } }))
    fc.assert(
      fc.property(someone, fc.array(someone, { maxLength: 8 }), (one, others) => {
        for (const other of others) expect(compare(one, other).score).toBe(compare(other, one).score)
        const scores = possibleDuplicates(
          one,
          others.map((other, i) => ({ id: String(i), ...other })),
        ).map((d) => d.score)
        expect(scores).toEqual(scores.toSorted((a, b) => b - a))
      }),
      { seed: 7 },
    )
  })
})
