/** Invented children: real names of the country, nobody real. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { referencePath } from '../reference/files.ts'
import type { Chance } from './random.ts'

const Names = z.object({
  male: z.array(z.string()),
  female: z.array(z.string()),
  family: z.array(z.string()),
})
let names: z.output<typeof Names> | undefined
const all = (): z.output<typeof Names> => {
  names ??= Names.parse(JSON.parse(readFileSync(referencePath('names/names.json'), 'utf8')))
  return names
}

export interface Child {
  readonly givenName: string
  readonly familyName: string
  readonly sex: 'male' | 'female'
  readonly age: number
}

export const familyName = (dice: Chance): string => dice.pick(all().family)

/** Most children of the street are boys of 8 to 14. */
export const child = (dice: Chance, family = familyName(dice)): Child => {
  const sex = dice.yes(0.62) ? 'male' : 'female'
  const age = dice.yes(0.2) ? dice.int(3, 7) : dice.yes(0.2) ? dice.int(14, 16) : dice.int(8, 13)
  return { givenName: dice.pick(all()[sex]), familyName: family, sex, age }
}
