import { fullDate } from '#web/design/time.ts'
import type { Say } from '#web/design/words.tsx'

export interface Partial {
  readonly from: string
  readonly to: string
  readonly said: string
}

/** A partial date as it was said; an exact one as a date. */
export const partialWords = (birth: Partial | null | undefined): string => {
  if (!birth) return ''
  // A bare age is said beside the name already.
  if (birth.said.trim() !== '' && !/^\d{1,3}$/.test(birth.said.trim())) return birth.said
  if (birth.from === birth.to) return fullDate(birth.from)
  // Nobody said those days: they were reckoned from an age, or from less.
  const [first, last] = [birth.from.slice(0, 4), birth.to.slice(0, 4)]
  return first === last ? first : `${first}–${last}`
}

const yearsBetween = (from: string, on: string): number => {
  const years = Number(on.slice(0, 4)) - Number(from.slice(0, 4))
  return on.slice(5, 10) < from.slice(5, 10) ? years - 1 : years
}

/** «9 vjeç», or «rreth 9 vjeç» where the birth is not one day. */
export const ageWords = (birth: Partial | null | undefined, now: string, t: Say): string => {
  if (!birth) return ''
  const oldest = yearsBetween(birth.from, now)
  const youngest = yearsBetween(birth.to, now)
  const count = Math.floor((oldest + youngest) / 2)
  if (count < 0 || count > 120) return ''
  return t('web', birth.from === birth.to ? 'age_years' : 'age_about', { count })
}

export const fullName = (who: {
  readonly givenName: string | null
  readonly familyName: string | null
}): string => [who.givenName, who.familyName].filter(Boolean).join(' ')
