/** Steps of the trafficking track that several tests need, each the honest way: through the doors. */
import { uuidv7 } from '#server/ids.ts'
import type { CastName } from '#test/cast.ts'
import type { TestApp } from './harness.ts'
import { items } from './screening-steps.ts'

export interface Adult {
  readonly items?: readonly { readonly code: string; readonly evidence: string }[]
  readonly upward?: string
  readonly adult?: boolean
  readonly door?: string
  readonly county?: string | null
  readonly givenName?: string | null
  readonly birth?: { readonly from: string; readonly to: string; readonly said: string } | null
  readonly priorId?: string
}

/** An adult identified by this body, in Tirana unless said otherwise. */
export const identifyAdult = async (app: TestApp, who: CastName, told: Adult = {}) => {
  const id = uuidv7()
  const sets = (await app.as(who).get('/api/screening-sets')).body.items!
  const version = sets.find(({ code }) => String(code) === 'trafficking')!.version
  const reply = await app.as(who).command('nrm.open', id, {
    person:
      told.priorId === undefined
        ? {
            givenName: told.givenName === undefined ? 'Mira' : told.givenName,
            familyName: null,
            otherNames: null,
            sex: 'female',
            birth: told.birth ?? null,
            citizenship: 'AL',
          }
        : null,
    priorId: told.priorId ?? null,
    adult: told.adult ?? true,
    door: told.door ?? { labour: 'inspection', police: 'field' }[who as string] ?? 'self',
    set: 'trafficking',
    version,
    forms: ['labour'],
    territory: 'internal',
    items: told.items ?? items('EX1', 'CD3', 'DR1'),
    upward: told.upward ?? '',
    county: told.county === undefined ? 'AL-11' : told.county,
    municipality: null,
    summary: 'Punonte pa pagesë.',
    contact: '',
  })
  return { id, reply }
}

/** The same, taken by the regional social service of Tirana. */
export const takenAdult = async (app: TestApp, who: CastName, told: Adult = {}) => {
  const { id } = await identifyAdult(app, who, told)
  const taken = await app.as('social-service').command('nrm.take', id, {})
  return { id, version: Number(taken.body.version) }
}
export { interviewLife } from './interview-life.ts'
