/**
 * Places of care of the demo country: facilities of the reference data's shelters with invented capacities, foster families of Tirana
 * and Durrës at every step, beds that somebody holds, was promised or sleeps in, and two emergency teams, one with gaps. All invented.
 */
import type { AgeBand, BedGroup, BedSex } from '#domain/care/beds.ts'
import { addDays, tiranaDay } from '#domain/clock/tirana.ts'
import type { Instant, Uuid } from '#domain/core.ts'
import { careLaw } from '../care/law.ts'
import { referenceUnit } from '../reference/files.ts'
import { idOf } from './random.ts'
import type { Act, Stage } from './stage.ts'

const DAY = 86_400_000
const MINUTE = 60_000

interface Facility {
  readonly key: string
  readonly unit: string
  readonly municipality: string
  readonly kind: 'shelter' | 'residential' | 'emergency' | 'small_group_home'
  readonly sq: string
  readonly en: string
  readonly contact: string
  readonly licence: string
  readonly beds: readonly BedGroup[]
  /** Days before today on which it was inspected, and the score of every standard but those named. */
  readonly inspected: number
  readonly weak: readonly string[]
}
const children: AgeBand[] = ['3_5', '6_11', '12_14', '15_17']
const facilities: readonly Facility[] = [
  {
    key: 'shelter-tirana',
    unit: 'shelter-different-equal',
    municipality: '53',
    kind: 'shelter',
    sq: 'Strehëza e riintegrimit',
    en: 'Reintegration shelter',
    contact: 'Manjola Duka',
    licence: 'L-2024/118',
    beds: [
      { sex: 'female', bands: ['12_14', '15_17', 'adult'], places: 8 },
      { sex: 'any', bands: ['under_3', '3_5', '6_11'], places: 3 },
    ],
    inspected: 120,
    weak: ['premises'],
  },
  {
    key: 'emergency-tirana',
    unit: 'shelter-different-equal',
    municipality: '53',
    kind: 'emergency',
    sq: 'Dhomat e emergjencës 72 orë',
    en: 'Seventy-two hour rooms',
    contact: 'Manjola Duka',
    licence: 'L-2025/031',
    beds: [{ sex: 'any', bands: children, places: 4 }],
    inspected: 400,
    weak: ['staff', 'privacy'],
  },
  {
    key: 'home-vlore',
    unit: 'shelter-vatra',
    municipality: '61',
    kind: 'small_group_home',
    sq: 'Shtëpia familje',
    en: 'Small group home',
    contact: 'Irena Çela',
    licence: 'L-2023/007',
    beds: [{ sex: 'male', bands: ['6_11', '12_14', '15_17'], places: 6 }],
    inspected: 60,
    weak: [],
  },
]

interface Family {
  readonly key: string
  readonly by: string
  readonly assessor: string
  readonly decidedBy: string
  readonly lane: string
  readonly names: string
  readonly beds: readonly BedGroup[]
  readonly siblings: boolean
  /** Days before today. */
  readonly applied: number
  readonly assessed?: number
  readonly hours?: number
  readonly approved?: number
}
const small: AgeBand[] = ['under_3', '3_5']
const families: readonly Family[] = [
  {
    key: 'kola',
    by: 'cpw-tirana',
    assessor: 'cpw-tirana',
    decidedBy: 'director-tirana',
    lane: '53',
    names: 'Vjollca dhe Agim Selmani',
    beds: [{ sex: 'any', bands: ['3_5', '6_11'], places: 2 }],
    siblings: true,
    applied: 300,
    assessed: 250,
    hours: 36,
    approved: 200,
  },
  {
    key: 'basha',
    by: 'cpw2-tirana',
    assessor: 'head-tirana',
    decidedBy: 'director-tirana',
    lane: '53',
    names: 'Fatbardha Lleshi',
    beds: [{ sex: 'female', bands: ['6_11', '12_14'], places: 1 }],
    siblings: false,
    applied: 60,
    assessed: 20,
    hours: 32,
  },
  {
    key: 'durres-1',
    by: 'cpw-durres',
    assessor: 'cpw-durres',
    decidedBy: 'head-durres',
    lane: '10',
    names: 'Mira dhe Genc Dauti',
    beds: [{ sex: 'any', bands: small, places: 1 }],
    siblings: false,
    applied: 560,
    assessed: 500,
    hours: 30,
    approved: 420,
  },
  {
    key: 'durres-2',
    by: 'cpw-durres',
    assessor: 'cpw-durres',
    decidedBy: 'head-durres',
    lane: '10',
    names: 'Albana Tafa',
    beds: [{ sex: 'any', bands: ['12_14', '15_17'], places: 1 }],
    siblings: false,
    applied: 12,
  },
]

const teams = [
  {
    key: 'tirana',
    by: 'head-tirana',
    lane: '53',
    sq: 'Ekipi i emergjencës, Tiranë',
    en: 'Emergency team, Tirana',
    phone: '+355 4 211 00 16',
    inspected: 90,
    members: [
      ['Arta Kodra', 'child_protection_worker'],
      ['Ornela Bali', 'psychologist'],
      ['Klejdi Nika', 'police'],
    ],
    /** Which member, from and to which hour, on how many days. */
    duties: [
      [0, '08:00', '20:00', 7],
      [2, '20:00', '08:00', 7],
    ],
  },
  {
    key: 'durres',
    by: 'head-durres',
    lane: '10',
    sq: 'Ekipi i emergjencës, Durrës',
    en: 'Emergency team, Durrës',
    phone: '+355 52 211 016',
    inspected: null,
    members: [
      ['Besa Gjoni', 'child_protection_worker'],
      ['Sidorela Meta', 'social_worker'],
    ],
    duties: [
      [0, '08:00', '16:00', 5],
      [1, '16:00', '24:00', 3],
    ],
  },
] as const

const scoresOf = (codes: readonly string[], weak: readonly string[]): Record<string, number> =>
  Object.fromEntries(codes.map((code) => [code, weak.includes(code) ? 1 : 3]))

/** Counts the versions of one record as its acts are played. */
class Story {
  version = 0
  readonly #stage: Stage
  readonly id: Uuid

  constructor(stage: Stage, id: Uuid) {
    this.#stage = stage
    this.id = id
  }

  async do(login: string, at: Instant, type: string, body: object): Promise<void> {
    const known = this.version === 0 ? undefined : this.version
    this.version = (await this.#stage.do(login, at, type, this.id, body, known)).version
  }
}

const placeId = (key: string, since: number): Uuid => idOf(`care ${key}`, since)
/** Days since which the facilities stand in the register. */
const facilitiesSince = 450
/** The shelter of Tirana, for whoever is to live there; `today` as a whole minute. */
export const shelterOfTirana = (today: number): Uuid =>
  placeId('shelter-tirana', today - facilitiesSince * DAY)

export const care = (now: Instant): Act[] => {
  const today = Math.floor(Date.parse(now) / MINUTE) * MINUTE
  const before = (days: number): Instant => new Date(today - days * DAY).toISOString()
  const dayBefore = (days: number) => tiranaDay(before(days))
  const placeOf = new Map<string, Uuid>()
  const id = (key: string, days: number): Uuid => {
    const made = placeId(key, today - days * DAY)
    placeOf.set(key, made)
    return made
  }
  const records = new Map<string, Story>()
  const on = (stage: Stage, key: string, days: number): Story => {
    const known = records.get(key) ?? new Story(stage, id(key, days))
    records.set(key, known)
    return known
  }
  const step = (days: number, lane: string, play: (stage: Stage, at: Instant) => Promise<unknown>): Act => ({
    at: today - days * DAY,
    lane,
    play,
  })

  const ofFacilities = facilities.flatMap((one) => {
    const since = facilitiesSince
    return [
      step(since, one.municipality, async (stage, at) => {
        const place = on(stage, one.key, since)
        await place.do('state-agency', at, 'care.set_facility', {
          nameSq: one.sq,
          nameEn: one.en,
          facilityKind: one.kind,
          unitId: referenceUnit(one.unit).id,
          municipality: one.municipality,
          licenceNumber: one.licence,
          licenceFrom: dayBefore(700),
          licenceTo: addDays(dayBefore(0), 400),
          beds: one.beds,
          contact: one.contact,
          phone: null,
        })
        // Only the staff of a facility writes its address down; the demo's cast works in one of them.
        if (one.unit === 'shelter-different-equal')
          await place.do('shelter', at, 'care.set_address', {
            address: 'Rruga e Provës 7, Tiranë (e shpikur)',
          })
      }),
      step(one.inspected, one.municipality, (stage, at) =>
        on(stage, one.key, since).do('state-agency', at, 'care.visit', {
          kind: 'inspection',
          onDay: tiranaDay(at),
          outcome: one.weak.length === 0 ? 'meets' : 'with_conditions',
          scores: scoresOf(careLaw.standards.codes, one.weak),
          ...(one.weak.length === 0 ? {} : { findings: 'Plan përmirësimi me afat gjashtë muaj.' }),
        }),
      ),
    ]
  })

  const ofFamilies = families.flatMap((one) => {
    const visit = (days: number, by: string, body: object): Act =>
      step(days, one.lane, (stage, at) =>
        on(stage, one.key, one.applied).do(by, at, 'care.visit', { onDay: tiranaDay(at), ...body }),
      )
    return [
      step(one.applied, one.lane, (stage, at) =>
        on(stage, one.key, one.applied).do(one.by, at, 'care.apply_family', {
          names: one.names,
          phone: null,
          beds: one.beds,
          siblings: one.siblings,
          appliedOn: tiranaDay(at),
        }),
      ),
      ...(one.assessed === undefined
        ? []
        : [
            visit(one.assessed, one.assessor, {
              kind: 'assessment',
              outcome: 'recommended',
              findings: 'Shtëpi e qetë, me vend për lojë dhe mësim.',
            }),
          ]),
      ...(one.hours === undefined || one.assessed === undefined
        ? []
        : [visit(one.assessed - 5, one.by, { kind: 'training', hours: one.hours, topic: 'basics' })]),
      ...(one.approved === undefined
        ? []
        : [
            step(one.approved, one.lane, (stage, at) =>
              on(stage, one.key, one.applied).do(one.decidedBy, at, 'care.decide_family', { approved: true }),
            ),
          ]),
    ]
  })

  const bed = (
    days: number,
    by: string,
    key: string,
    n: number,
    sex: BedSex,
    ageBand: AgeBand,
    type: 'bed.take' | 'bed.hold',
  ): Act =>
    step(days, '53', (stage, at) => {
      const place = placeOf.get(key)
      return stage.do(by, at, type, idOf(`bed ${key} ${n}`, Date.parse(at)), { placeId: place, sex, ageBand })
    })
  const hours = (n: number) => n / 24
  const promised = hours(5)
  const beds = [
    ...[0, 1, 2, 3, 4].map((n) =>
      bed(40 - n * 6, 'shelter', 'shelter-tirana', n, 'female', n < 2 ? 'adult' : '15_17', 'bed.take'),
    ),
    bed(30, 'shelter', 'shelter-tirana', 9, 'male', 'under_3', 'bed.take'),
    bed(1, 'shelter', 'emergency-tirana', 0, 'male', '6_11', 'bed.take'),
    bed(hours(3), 'cpw-durres', 'emergency-tirana', 1, 'female', '12_14', 'bed.hold'),
    bed(promised, 'cpw-tirana', 'shelter-tirana', 10, 'female', '15_17', 'bed.hold'),
    step(hours(4), '53', (stage, at) =>
      stage.do(
        'shelter',
        at,
        'bed.confirm',
        idOf('bed shelter-tirana 10', Date.parse(before(promised))),
        {},
        1,
      ),
    ),
  ]

  const ofTeams = teams.flatMap((one) => {
    const made = 150
    const memberId = (n: number) => idOf(`care ${one.key} member ${n}`, today)
    return [
      step(made, one.lane, (stage, at) =>
        on(stage, `team ${one.key}`, made).do(one.by, at, 'team.set', {
          nameSq: one.sq,
          nameEn: one.en,
          phone: one.phone,
          actNumber: 'Urdhër nr. 41',
          actDate: dayBefore(made + 10),
          coversFrom: '00:00',
          coversTo: '00:00',
          members: one.members.map(([name, profession], n) => ({ id: memberId(n), name, profession })),
        }),
      ),
      ...(one.inspected === null
        ? []
        : [
            step(one.inspected, one.lane, (stage, at) =>
              on(stage, `team ${one.key}`, made).do('state-agency', at, 'team.inspect', {
                onDay: tiranaDay(at),
                outcome: 'with_conditions',
                scores: scoresOf(careLaw.emergencyStandards.codes, ['transport']),
                findings: 'Ekipit i mungon një automjet i vetin.',
              }),
            ),
          ]),
      step(2, one.lane, async (stage, at) => {
        const team = on(stage, `team ${one.key}`, made)
        for (const [n, from, to, days] of one.duties)
          await team.do(one.by, at, 'team.set_duty', {
            memberId: memberId(n),
            day: dayBefore(1),
            from,
            to: to === '24:00' ? '00:00' : to,
            days: days + 2,
          })
      }),
    ]
  })
  return [...ofFacilities, ...ofFamilies, ...beds, ...ofTeams]
}
