/** Prevention in the demo country: trainings, a campaign, a school programme, a group of children, inspections. All of it invented. */
import { addDays, fromTirana, tiranaDay } from '#domain/clock/tirana.ts'
import type { Instant, Uuid } from '#domain/core.ts'
import { familyName } from './people.ts'
import { type Chance, chance, idOf } from './random.ts'
import type { Act, Stage } from './stage.ts'

/** Names of women and men in turn; birth years tell namesakes apart. */
const givenNames = [
  'Arta',
  'Besnik',
  'Blerta',
  'Dritan',
  'Elira',
  'Gent',
  'Jonida',
  'Klodian',
  'Mirela',
  'Sokol',
] as const

interface Trained {
  readonly by: string
  readonly ago: number
  readonly title: string
  readonly topic: string
  readonly sector: string
  readonly organiser: string
  /** People of the body's own list who came: from, to. */
  readonly came: readonly [number, number]
  readonly sessions: number
}
const trainings: readonly Trained[] = [
  {
    by: 'coordinator',
    ago: 150,
    title: 'Prezantimi i PSV-ve',
    topic: 'sops',
    sector: 'county_committee',
    organiser: 'ZKKA',
    came: [0, 8],
    sessions: 1,
  },
  {
    by: 'coordinator',
    ago: 60,
    title: 'PSV-të në praktikë',
    topic: 'sops',
    sector: 'county_committee',
    organiser: 'ZKKA',
    came: [3, 10],
    sessions: 2,
  },
  {
    by: 'labour',
    ago: 90,
    title: 'Identifikimi fillestar për inspektorët e punës',
    topic: 'identification',
    sector: 'labour_inspectorate',
    organiser: 'ISHPSHSH',
    came: [0, 9],
    sessions: 1,
  },
  {
    by: 'school',
    ago: 70,
    title: 'Mësuesit dhe shenjat e para',
    topic: 'school_prevention',
    sector: 'education',
    organiser: 'DAR',
    came: [0, 7],
    sessions: 1,
  },
  {
    by: 'cpw-tirana',
    ago: 45,
    title: 'Menaxhimi i rastit',
    topic: 'case_management',
    sector: 'child_protection',
    organiser: 'ASHMDF',
    came: [0, 6],
    sessions: 3,
  },
]

const mint = (what: string): Uuid => idOf(`prevention ${what}`, Date.UTC(2018, 0))

/** The people of one body, entered before its first training; the same dice, the same names. */
const enterPeople = async (stage: Stage, at: Instant, one: Trained, dice: Chance): Promise<void> => {
  for (let n = 0; n < 10; n += 1)
    await stage.do(one.by, at, 'professional.enter', mint(`person ${one.by} ${n}`), {
      givenName: givenNames[n]!,
      familyName: familyName(dice),
      birthYear: 1970 + n * 2,
      sex: n % 2 === 0 ? 'female' : 'male',
      sector: one.sector,
      known: 'other',
    })
}

const hold = async (stage: Stage, at: Instant, one: Trained, dice: Chance): Promise<void> => {
  const id = mint(`training ${one.by} ${one.ago}`)
  const day = tiranaDay(at)
  await stage.do(one.by, at, 'training.record', id, {
    title: one.title,
    topic: one.topic,
    mode: 'classroom',
    from: day,
    to: day,
    sessions: one.sessions,
    municipality: stage.actor(one.by).municipality,
    organiser: one.organiser,
  })
  const [first, end] = one.came
  await stage.do(one.by, at, 'training.set_participants', id, {
    participants: Array.from({ length: end - first }, (_, n) => {
      const before = dice.int(30, 60)
      return {
        professionalId: mint(`person ${one.by} ${first + n}`),
        attended: dice.int(1, one.sessions),
        before,
        after: Math.min(100, before + dice.int(10, 40)),
      }
    }),
  })
}

interface Told {
  readonly by: string
  readonly ago: number
  readonly body: (day: string, municipality: string | null) => object
}
const days = (day: string, more = 0) => ({ from: day, to: addDays(day, more) })
const acts: readonly Told[] = [
  {
    by: 'coordinator',
    ago: 100,
    body: (day) => ({
      kind: 'media_item',
      title: 'Spoti për linjën 116 006',
      ...days(day),
      details: { medium: 'tv', outlet: 'Televizioni kombëtar', format: 'spot', protectsChild: true },
      counts: [{ measure: 'broadcasts', value: 120 }],
    }),
  },
  {
    by: 'coordinator',
    ago: 80,
    body: (day) => ({
      kind: 'campaign',
      title: 'Fushatë kombëtare në rrjete sociale',
      ...days(day, 14),
      details: { campaignDay: 'none', scope: 'national', channel: 'social' },
      counts: [
        { measure: 'copies', band: 'leaflet', value: 20_000 },
        { measure: 'heads', band: 'public', value: 85_000 },
      ],
    }),
  },
  {
    by: 'school',
    ago: 35,
    body: (day, municipality) => ({
      kind: 'school_programme',
      title: 'Orë mësimi për rreziqet e shfrytëzimit',
      ...days(day, 4),
      municipality,
      topic: 'economic_exploitation',
      details: { school: 'Shkolla 9-vjeçare (shembull)', schoolKind: 'nine_year', inCurriculum: true },
      counts: [
        { measure: 'pupils', sex: 'female', band: '7', value: 31 },
        { measure: 'pupils', sex: 'male', band: '7', value: 28 },
        { measure: 'pupils', sex: 'female', band: '8', value: 26 },
        { measure: 'pupils', sex: 'male', band: '8', value: 30 },
        { measure: 'classes', value: 4 },
      ],
    }),
  },
  {
    by: 'coordinator',
    ago: 55,
    body: (day) => ({
      kind: 'agreement',
      title: 'Memorandum për mbrojtjen e fëmijëve në turizëm',
      ...days(day),
      details: { agreementKind: 'mou', aboutChildren: true },
      parties: [{ said: 'Shoqata e operatorëve turistikë (shembull)' }],
    }),
  },
]

const businesses = [
  ['tourism_operator', 'Hotel Liqeni (shembull)', 'tourism', 'valid'],
  ['employment_agency', 'Agjenci Punësimi Ura (shembull)', 'other', 'valid'],
  ['business', 'Gurore Mali (shembull)', 'mining', 'none'],
  ['business', 'Fasoneri Drita (shembull)', 'garment', 'none'],
] as const

const registers = async (stage: Stage, at: Instant): Promise<void> => {
  const day = tiranaDay(at)
  for (const [kind, name, sector, licence] of businesses) {
    const id = mint(`business ${name}`)
    await stage.do('labour', at, 'business.enter', id, { kind, name, sector, licence, municipality: '53' })
    if (sector === 'garment') continue
    await stage.do('labour', at, 'business.post_contact', id, { on: day, seen: true })
    if (kind !== 'business')
      await stage.do('labour', at, 'business.adopt_code', id, {
        on: day,
        measures: 'Askush nën 18 vjeç natën.',
      })
  }
  const inspected = mint('business Gurore Mali (shembull)')
  const inspection = mint('inspection')
  await stage.do('labour', at, 'activity.record', inspection, {
    kind: 'inspection',
    title: 'Inspektim i përbashkët në një gurore',
    ...days(day),
    details: { sector: 'mining', employerType: 'business', announced: false },
    counts: [
      { measure: 'workers_checked', value: 23 },
      { measure: 'minors_found', sex: 'male', value: 1 },
      { measure: 'minors_referred', sex: 'male', value: 1 },
      { measure: 'breaches', value: 2 },
    ],
    parties: [{ institutionId: stage.actor('police').institutionId }],
    businessId: inspected,
  })
  await stage.do('labour', at, 'business.sanction', mint('sanction'), {
    businessId: inspected,
    kind: 'fine',
    on: day,
    ground: 'Një i mitur në punë të rrezikshme.',
    amount: 300_000,
    inspectionId: inspection,
  })
}

/** Ten children with ids of their own, a group, and three afternoons: ten people however often they come. */
const group = async (stage: Stage, at: Instant): Promise<void> => {
  const by = 'day-centre'
  const { municipality } = stage.actor(by)
  const issued = await stage.do(by, at, 'member.issue', mint('members'), {
    audience: 'child',
    sex: 'female',
    count: 10,
  })
  const members = issued.reply.codes as string[]
  const id = mint('group')
  const day = tiranaDay(at)
  await stage.do(by, at, 'activity.record', id, {
    kind: 'group',
    title: 'Grupi i vajzave',
    ...days(day),
    municipality,
    details: { members: 'children', centre: 'Qendra ditore' },
    members,
  })
  for (let week = 0; week < 3; week += 1)
    await stage.do(by, at, 'activity.record', mint(`afternoon ${week}`), {
      kind: 'centre_activity',
      title: 'Pasdite arti',
      ...days(addDays(day, -7 * week)),
      municipality,
      groupId: id,
      details: { centre: 'Qendra ditore', type: 'arts' },
      members: members.slice(0, 10 - week * 2),
      counts: [{ measure: 'heads', band: 'parent', value: 6 }],
    })
}

/** The last months of prevention, told from today backwards. */
export const prevention = (now: Instant, seed: number): readonly Act[] => {
  const dice = chance(seed + 17)
  const at = (ago: number, hour = 11): number => Date.parse(fromTirana(addDays(tiranaDay(now), -ago), hour))
  const act = (ago: number, play: Act['play'], hour = 11): Act => ({
    at: at(ago, hour),
    lane: 'prevention',
    play,
  })
  const first = new Set<string>()
  return [
    ...trainings.flatMap((one) => {
      const enters = first.has(one.by)
        ? []
        : [act(one.ago, (stage, when) => enterPeople(stage, when, one, dice), 9)]
      first.add(one.by)
      return [...enters, act(one.ago, (stage, when) => hold(stage, when, one, dice))]
    }),
    ...acts.map((one) =>
      act(one.ago, (stage, when) =>
        stage.do(
          one.by,
          when,
          'activity.record',
          mint(`act ${one.by} ${one.ago}`),
          one.body(tiranaDay(when), stage.actor(one.by).municipality),
        ),
      ),
    ),
    act(50, registers),
    act(20, group),
  ]
}
