/** A month at Hani i Hotit in the demo country, two alerts, and three labour inspections; all of it invented. */
import type { Category, Direction, EscortRelation } from '#domain/border/kinds.ts'
import { addDays, tiranaDay } from '#domain/clock/tirana.ts'
import { idOf } from './random.ts'
import type { Act } from './stage.ts'

const HOUR = 3_600_000
const travellers: readonly (readonly [
  given: string,
  family: string,
  sex: 'female' | 'male',
  year: number,
])[] = [
  ['Ana', 'Prendi', 'female', 2015],
  ['Kevin', 'Lleshi', 'male', 2012],
  ['Amra', 'Dacić', 'female', 2010],
  ['Luka', 'Vučinić', 'male', 2017],
  ['Era', 'Gjeloshi', 'female', 2019],
  ['Noel', 'Marku', 'male', 2009],
  ['Sara', 'Ujkaj', 'female', 2013],
  ['Denis', 'Camaj', 'male', 2011],
]
const company: readonly (readonly [Category, readonly EscortRelation[]])[] = [
  ['parents', ['mother']],
  ['parents', ['father', 'mother']],
  ['others', ['grandparent']],
  ['parents', ['father']],
  ['others', ['teacher']],
  ['alone', []],
]

const checks = (now: number): Act[] =>
  Array.from({ length: 30 }, (_, n): Act => {
    const at = now - (n * 17 + 2) * HOUR
    const [givenName, familyName, sex, year] = travellers[n % travellers.length]!
    const [category, relations] = company[n % company.length]!
    const direction: Direction = n % 3 === 0 ? 'in' : 'out'
    return {
      at,
      lane: 'border',
      play: (stage, moment) =>
        stage
          .do('border-police', moment, 'border.check', idOf(`border check ${n}`, at), {
            direction,
            category,
            escorts: relations.map((relation) => ({ relation })),
            document: { kind: n % 4 === 0 ? 'identity_card' : 'passport', number: `BD${400_100 + n * 37}` },
            givenName,
            familyName,
            birth: { from: `${year}-01-01`, to: `${year}-12-31`, said: String(year) },
            sex,
            citizenship: familyName.endsWith('ć') ? 'ME' : 'AL',
          })
          .then(() => undefined),
    }
  })

const alerts = (now: number): Act[] =>
  (
    [
      ['missing', 'both', 'hold_call', 'Kujtim', 'Berisha', 'male', 2011, 'BX118822'],
      ['trafficking_risk', 'out', 'watch_call', 'Denis', 'Camaj', 'male', 2010, 'BX440917'],
    ] as const
  ).map(([kind, direction, step, givenName, familyName, sex, year, document], n): Act => {
    const at = now - (600 + n * 5) * HOUR
    return {
      at,
      lane: 'border',
      play: (stage, moment) =>
        stage
          .do('police', moment, 'border_alert.set', idOf(`border alert ${n}`, at), {
            kind,
            direction,
            step,
            phone: '+355 4 227 9000',
            givenName,
            familyName,
            birth: { from: `${year}-01-01`, to: `${year}-12-31`, said: String(year) },
            sex,
            documents: [document],
            reason: 'Lajmërim i familjes; të dhënat janë të shpikura.',
            expiresOn: addDays(tiranaDay(new Date(now).toISOString()), 120),
          })
          .then(() => undefined),
    }
  })

const found = [
  [
    'construction',
    'Ndërtim Shembull sh.p.k.',
    'Kantier te Unaza',
    ['police', 'tax_directorate'],
    22,
    ['fine'],
  ],
  ['garment', 'Fason Shembull sh.p.k.', 'Zona industriale', [], 48, ['order_to_correct']],
  ['tourism', 'Hotel Shembull', 'Rruga e Elbasanit', ['tax_directorate'], 16, ['none']],
] as const

/** What they found stays without minors: the figures of reports are those of their own stories. */
const inspections = (now: number): Act[] =>
  found.map(([sector, employer, place, jointWith, workersChecked, measures], n): Act => {
    const at = now - (90 + n * 200) * HOUR
    return {
      at,
      lane: 'inspection',
      play: (stage, moment) =>
        stage
          .do('labour', moment, 'inspection.record', idOf(`inspection ${n}`, at), {
            jointWith,
            sector,
            employer,
            municipality: '53',
            place,
            on: tiranaDay(new Date(at).toISOString()),
            workersChecked,
            adults: n === 0 ? 1 : 0,
            measures,
            minors: [],
          })
          .then(() => undefined),
    }
  })

export const doors = (now: string): Act[] => {
  const ms = Date.parse(now)
  return [...alerts(ms), ...checks(ms), ...inspections(ms)]
}
