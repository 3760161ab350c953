/** Reports of 2018 from the other municipalities: told to a line, looked into by the unit, kept for information. */
import { addDays, fromTirana, toMs } from '#domain/clock/tirana.ts'
import { readMunicipalities } from '../reference/files.ts'
import { fieldTowns, slugOf } from './cast.ts'
import { child } from './people.ts'
import { type Chance, chance, idOf } from './random.ts'
import type { Act } from './stage.ts'

const concerns = ['neglect', 'domestic_violence', 'out_of_school', 'bullying', 'physical_violence'] as const
const said = [
  'Fëmija mbetet vetëm gjatë ditës.',
  'Dëgjohen britma natën.',
  'Nuk ka ardhur në shkollë prej një muaji.',
  'E tallin dhe e shtyjnë te shkolla.',
] as const

const one = (code: string, number: number, dice: Chance): Act[] => {
  const seen = toMs(fromTirana(addDays('2018-01-08', dice.int(0, 345)), dice.int(8, 21), dice.int(0, 59)))
  const id = idOf(`told ${code} ${number}`, seen)
  return [
    {
      at: seen,
      lane: code,
      play: (stage, at) =>
        stage.do('hotline', at, 'report.create', id, {
          source: dice.pick(['public', 'school', 'health']),
          channel: '116111',
          place: { municipality: code, text: 'Në lagje' },
          immediacy: 'ordinary',
          concerns: [dice.pick(concerns)],
          narrative: dice.pick(said),
          children: [child(dice)],
        }),
    },
    {
      at: seen + dice.int(2, 22) * 3_600_000,
      lane: code,
      play: (stage, at) =>
        stage.do(
          `cpw-${slugOf(code)}`,
          at,
          'report.triage',
          id,
          {
            decision: 'info_only',
            immediacy: 'ordinary',
            duplicatesChecked: true,
            reason: 'U verifikua nga shërbimet, familja ndiqet nga shkolla.',
          },
          1,
        ),
    },
  ]
}

/** About one for 20 000 inhabitants, so that small municipalities have few or none. */
export const historyElsewhere = (seed: number): Act[] =>
  readMunicipalities()
    .filter((place) => !fieldTowns.some((town) => town.code === place.code))
    .flatMap((place) => {
      const dice = chance(seed * 7 + Number(place.code))
      const count = Math.round((place.population2019 / 20_000) * (0.4 + 1.2 * dice.next()))
      return Array.from({ length: count }, (_, number) => one(place.code, number, dice)).flat()
    })
