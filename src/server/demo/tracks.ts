/**
 * Adults of the trafficking track over the month behind: enough of them that the funnel has a shape. Each is opened by the body
 * that met the person, some are taken by the regional social service, some are heard by two bodies and decided.
 */
import { referenceUnit } from '../reference/files.ts'
import { idOf } from './random.ts'
import type { Act, Stage } from './stage.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const day = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** Login, door, forms, territory, year of birth, sex; how far it came. */
type Told = readonly [
  string,
  string,
  readonly string[],
  string,
  number,
  string,
  'vmt' | 'called' | 'vt' | 'not_confirmed',
]
const told: readonly Told[] = [
  ['police', 'field', ['sexual'], 'internal', 2003, 'female', 'vt'],
  ['border-police', 'border', ['sexual'], 'cross_border', 2001, 'female', 'vt'],
  ['labour', 'inspection', ['labour'], 'internal', 1988, 'male', 'vmt'],
  ['field-tirana', 'field', ['begging'], 'internal', 1979, 'female', 'vmt'],
  ['shelter', 'self', ['sexual', 'servitude'], 'internal', 1999, 'female', 'vt'],
  ['police', 'field', ['forced_criminality'], 'cross_border', 2004, 'male', 'not_confirmed'],
  ['labour', 'inspection', ['labour'], 'internal', 1991, 'female', 'vmt'],
  ['hotline', 'hotline', ['labour'], 'cross_border', 1985, 'male', 'vmt'],
  ['police', 'field', ['sexual'], 'internal', 2002, 'female', 'vt'],
  ['border-police', 'border', ['labour'], 'cross_border', 1996, 'male', 'called'],
  ['field-tirana', 'field', ['begging'], 'internal', 1972, 'male', 'vmt'],
  ['social-service', 'self', ['servitude'], 'internal', 1994, 'female', 'vt'],
  ['police', 'field', ['sexual'], 'internal', 2000, 'female', 'vmt'],
  ['labour', 'inspection', ['labour'], 'internal', 1998, 'male', 'vmt'],
  ['shelter', 'self', ['forced_marriage'], 'internal', 2005, 'female', 'vmt'],
]
const adults = ['no_confrontation', 'informed', 'woman_offered', 'private'].map((code) => ({
  code,
  met: true,
}))

export const tracks = (now: string): Act[] => {
  const today = Math.floor(Date.parse(now) / 60_000) * 60_000
  const acts: Act[] = []
  for (const [n, [login, door, forms, territory, born, sex, until]] of told.entries()) {
    const id = idOf(`track ${n}`, today)
    // Spread over the month behind: who identified reads an own screening no longer than that.
    const at = today - (28 - n * 1.5) * DAY - 3 * HOUR
    const act = (
      after: number,
      who: string,
      type: string,
      record: string,
      body: object,
      baseVersion?: number,
    ): void => {
      acts.push({
        at: at + after,
        lane: `track ${n}`,
        play: (stage: Stage, moment) => stage.do(who, moment, type, record, body, baseVersion),
      })
    }
    act(0, login, 'nrm.open', id, {
      person: {
        givenName: null,
        familyName: null,
        otherNames: null,
        sex,
        birth: { from: `${born}-01-01`, to: `${born}-12-31`, said: String(born) },
        citizenship: territory === 'cross_border' && n % 2 === 1 ? 'XK' : 'AL',
      },
      priorId: null,
      adult: true,
      set: 'trafficking',
      version: '2018-1',
      upward: '',
      county: 'AL-11',
      municipality: '53',
      door,
      forms,
      territory,
      items: [
        { code: 'DR1', evidence: 'Puna e premtuar nuk ishte ajo.' },
        { code: 'CR5', evidence: 'E kërcënonin me familjen.' },
        { code: 'CD3', evidence: 'Shenja dhune.' },
      ],
      summary: 'U dëgjua nga struktura që e takoi.',
      contact: '',
    })
    if (until === 'vmt') continue
    if (login !== 'social-service') act(6 * HOUR, 'social-service', 'nrm.take', id, {})
    const interview = idOf(`track interview ${n}`, today)
    const heard = at + (3 + (n % 4)) * DAY
    const place = { noRoom: 'none_near', place: 'Zyra e shërbimit social' }
    act(DAY, 'social-service', 'interview.schedule', interview, {
      nrmId: id,
      plannedAt: new Date(heard).toISOString(),
      ...place,
      policeUnitId: referenceUnit('police-AL-11').id,
      socialUnitId: referenceUnit('social-service-AL-11').id,
      askedVoluntarily: true,
      askedOn: day(at + 12 * HOUR),
      packet: { indicators: 'DR1, CR5, CD3', place: 'Tiranë', danger: 'Kërcënohet me familjen.' },
    })
    if (until === 'called') continue
    const later = heard - at
    act(
      later + 3 * HOUR,
      'police',
      'interview.record',
      interview,
      {
        heldAt: new Date(heard).toISOString(),
        minutes: 65,
        breaks: 1,
        ...place,
        participants: [
          { role: 'police', name: 'Artan Kola' },
          { role: 'social_service', name: 'Mirela Bushi' },
        ],
        recording: 'none',
        repeated: false,
        items: adults,
        notes: 'Tregoi vetë, me pushime; e dëgjuan dy veta.',
      },
      1,
    )
    act(
      later + DAY,
      'police',
      'interview.propose',
      interview,
      until === 'vt'
        ? {
            conclusion: 'vt',
            articles: ['110/a'],
            elements: ['act', 'means', 'purpose'],
            basis: 'Akti, mjetet dhe qëllimi u vërtetuan.',
          }
        : { conclusion: 'not_confirmed', articles: [], elements: [], basis: 'Nuk u vërtetua qëllimi.' },
      2,
    )
    act(later + 2 * DAY, 'social-service', 'interview.sign', interview, { agrees: true }, 3)
  }
  return acts
}
