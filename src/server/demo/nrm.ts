/** Adults of the trafficking track in the demo country: one who declined formal identification and is helped, one whom nobody has taken yet. */
import { referenceUnit } from '../reference/files.ts'
import { idOf } from './random.ts'
import type { Act, Stage } from './stage.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const day = (at: number): string => new Date(at).toISOString().slice(0, 10)

export const nrmAdults = (now: string): Act[] => {
  const today = Math.floor(Date.parse(now) / 60_000) * 60_000
  const acts: Act[] = []
  const act = (ago: number, login: string, type: string, id: string, body: object, baseVersion?: number) =>
    acts.push({
      at: today - ago,
      // One lane: a file is taken after it was opened.
      lane: 'nrm',
      play: (stage: Stage, moment) => stage.do(login, moment, type, id, body, baseVersion),
    })
  const person = (givenName: string | null, sex: string, year: string | null, citizenship: string) => ({
    givenName,
    familyName: null,
    otherNames: null,
    sex,
    birth: year === null ? null : { from: `${year}-01-01`, to: `${year}-12-31`, said: year },
    citizenship,
  })
  const opening = {
    priorId: null,
    adult: true,
    set: 'trafficking',
    version: '2018-1',
    upward: '',
    county: null,
    contact: '',
  }

  const declined = idOf('nrm adult declined', today)
  act(20 * DAY, 'labour', 'nrm.open', declined, {
    ...opening,
    person: person('Rudina', 'female', '1996', 'AL'),
    door: 'inspection',
    forms: ['labour'],
    territory: 'internal',
    municipality: '53',
    items: [
      { code: 'DR1', evidence: 'I premtuan punë me kontratë; kontratë nuk pati kurrë.' },
      { code: 'EX1', evidence: 'Katërmbëdhjetë orë në ditë në një rrobaqepësi pa dritare.' },
      { code: 'CD3', evidence: 'Pasaportën e mban pronari.' },
    ],
    summary: 'U gjet gjatë inspektimit të përbashkët me policinë dhe tatimet.',
  })
  act(19 * DAY, 'social-service', 'nrm.take', declined, {})
  act(
    12 * DAY,
    'social-service',
    'nrm.decline_formal',
    declined,
    {
      on: day(today - 12 * DAY),
      by: 'self',
      conflictOfInterest: false,
      informed: true,
      consentId: null,
      basis: 'Nuk dëshiron intervistë tani; kërkon strehim dhe punë. Di që mund ta kërkojë më vonë.',
    },
    2,
  )
  act(10 * DAY, 'social-service', 'assistance.give', declined, {
    service: 'psychological',
    setting: 'community',
    beneficiary: 'subject',
    providerId: referenceUnit('social-service-AL-11').institutionId,
    from: day(today - 10 * DAY),
    costLek: 6000,
    funding: 'state',
  })

  act(2 * DAY, 'consulate', 'nrm.open', idOf('nrm adult waiting', today), {
    ...opening,
    person: person(null, 'male', null, 'AL'),
    door: 'consulate',
    forms: ['labour', 'forced_criminality'],
    territory: 'cross_border',
    municipality: '10',
    items: [
      { code: 'DR1', evidence: 'Iu premtua punë në bujqësi.' },
      { code: 'EX5', evidence: 'U detyrua të ruante një serë me bimë narkotike.' },
      { code: 'CD1', evidence: 'Ka shenja dhune në duar.' },
    ],
    summary: 'U paraqit në konsullatë pa dokumente; kthehet me avion në Durrës.',
  })
  return acts
}
