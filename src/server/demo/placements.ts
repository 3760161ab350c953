/** Placements of the demo country: two children taken in at once, one of them about to go to her grandmother. All invented. */
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Instant } from '#domain/core.ts'
import type { Life } from './life.ts'
import type { Teller } from './present.ts'

const wish = (at: Instant) => ({
  from: tiranaDay(at),
  childView: 'agrees',
  childWords: 'Dua të fle pa frikë.',
  siblings: 'none',
  familyTold: false,
  purpose: 'Të jetë e sigurt deri sa të vendosë gjykata.',
})
const planned = async (life: Life, at: Instant, body: object): Promise<string> => {
  const made = await life.do(life.worker, at, 'plan_placement', { ...wish(at), ...body })
  return made.find((one) => one.type === 'PlacementPlanned')?.id ?? ''
}

/** Hours before now: taken in on the director's measure, visited, and a longer home prepared before the seventy-two are over. */
export const takenIn = (t: Teller, town: string, life: () => Life, ago: number): void => {
  let placementId = ''
  t.at(town, ago, async (_, at) => {
    placementId = await planned(life(), at, {
      kind: 'emergency',
      basis: 'measure',
      basisId: life().measureId,
      carer: 'Tezja e fëmijës',
    })
    await life().do(life().worker, at, 'begin_placement', { placementId, startedAt: at })
  })
  t.at(town, ago / 2, async (_, at) => {
    await life().do(life().worker, at, 'visit_placement', {
      placementId,
      visitedOn: tiranaDay(at),
      seen: 'alone',
      concern: false,
      childWords: 'Këtu është qetë.',
      findings: 'Ka fjetur mirë; pyet për nënën.',
    })
    await planned(life(), at, {
      kind: 'kinship',
      basis: 'measure',
      basisId: life().measureId,
      carer: 'Gjyshja e fëmijës',
    })
  })
}

/** Immediate risk: protection does not wait for any paper. Where lies sealed. */
export const protectedAtOnce = (t: Teller, town: string, life: () => Life, ago: number): void => {
  t.at(town, ago, async (_, at) => {
    const placementId = await planned(life(), at, {
      kind: 'emergency',
      basis: 'immediate_protection',
      childView: 'not_reached',
      childWords: undefined,
      carer: 'Dhomat e emergjencës 72 orë',
    })
    await life().do(life().worker, at, 'begin_placement', { placementId, startedAt: at })
  })
}
