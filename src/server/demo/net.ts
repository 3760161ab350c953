/**
 * The net of the demo country: structures, posts and people in them, and what some municipalities plan and spend. The 32 field
 * teams of 2018 are those of the Alliance 8.7 report; everything else is invented, uneven on purpose, so that the board
 * has something to show. Most entries were confirmed lately, some not for years.
 */
import { fromTirana, toMs } from '#domain/clock/tirana.ts'
import type { Uuid } from '#domain/core.ts'
import { readBorderCrossings, readMunicipalities, referenceUnit } from '../reference/files.ts'
import { fieldTowns, slugOf } from './cast.ts'
import { idOf } from './random.ts'
import type { Act, Stage } from './stage.ts'

const DAY = 86_400_000
const since = '2018-01-01'
const act = { number: 'Vendim i Këshillit Bashkiak nr. 12', date: '2017-12-20' }

interface Post {
  readonly duty: string
  readonly fullTime?: boolean
  /** Names the duty in its job description. */
  readonly named?: boolean
  readonly who?: { readonly sex: 'female' | 'male'; readonly qualification: string }
}
interface Entry {
  readonly by: string
  readonly at: number
  readonly lane: string
  readonly key: string
  readonly body: Readonly<Record<string, unknown>>
  readonly posts?: readonly Post[]
}

const woman = (qualification: string) => ({ sex: 'female', qualification }) as const
const man = (qualification: string) => ({ sex: 'male', qualification }) as const

const enter = ({ by, at, lane, key, body, posts = [] }: Entry): Act => ({
  at,
  lane,
  play: async (stage: Stage, moment) => {
    const id: Uuid = idOf(`net ${key}`, at)
    const must = (type: string, said: object) => stage.do(by, moment, type, id, said)
    await must('net.add_structure', { from: since, act, ...body })
    // Two posts alike would be one command sent twice: each begins a day later than the one before.
    for (const [i, post] of posts.entries()) {
      const made = await must('net.add_position', {
        duty: post.duty,
        fullTime: post.fullTime ?? true,
        inJobDescription: post.named ?? true,
        from: `2018-01-0${i + 1}`,
      })
      if (post.who !== undefined)
        await must('net.appoint', {
          positionId: made.reply.positionId,
          from: '2019-02-01',
          ...post.who,
        })
    }
  },
})

const towns = (lately: number, longAgo: number): Act[] =>
  readMunicipalities().flatMap(({ code, name }) => {
    const n = Number(code)
    const busy = fieldTowns.find((town) => town.code === code)
    const by = `head-${slugOf(code)}`
    const at = n % 7 === 0 ? longAgo : lately
    const entry = (key: string, body: Entry['body'], posts: readonly Post[]): Act =>
      enter({ by, at, lane: code, key: `${key} ${code}`, body: { municipality: code, ...body }, posts })
    return [
      entry(
        'cpu',
        {
          kind: 'cpu',
          nameSq: `NJMF ${name}`,
          nameEn: `Child Protection Unit, ${name}`,
          unitId: referenceUnit(`cpu-${code}`).id,
        },
        [
          {
            duty: 'cpu_head',
            fullTime: busy !== undefined || n % 3 !== 0,
            who: n % 2 === 0 ? woman('social_work') : man('law'),
          },
          { duty: 'child_protection_worker', named: n % 5 !== 0, who: woman('social_work') },
          ...(busy === undefined ? [] : [{ duty: 'child_protection_worker', who: man('psychology') }]),
        ],
      ),
      ...(n % 2 === 0
        ? [
            entry(
              'school',
              {
                kind: 'school',
                nameSq: `Shkolla 9-vjeçare, ${name} (shembull)`,
                nameEn: `Primary school, ${name} (sample)`,
                unitId: referenceUnit(`school-${code}`).id,
              },
              [
                n % 6 === 0
                  ? { duty: 'school_protector' }
                  : { duty: 'school_protector', fullTime: n % 4 === 0, who: woman('psychology') },
              ],
            ),
          ]
        : []),
      ...(n % 3 === 1
        ? [
            entry(
              'mechanism',
              {
                kind: 'nrm_mechanism',
                nameSq: `Mekanizmi vendor kundër trafikimit, ${name}`,
                nameEn: `Local mechanism against trafficking, ${name}`,
              },
              [{ duty: 'coordinator', named: n % 2 === 0, who: woman('law') }],
            ),
          ]
        : []),
      ...(n % 4 === 0
        ? []
        : [
            entry(
              'dv',
              {
                kind: 'dv_mechanism',
                nameSq: `Mekanizmi kundër dhunës në familje, ${name}`,
                nameEn: `Mechanism against domestic violence, ${name}`,
              },
              [],
            ),
          ]),
      ...(n % 2 === 1
        ? [
            entry(
              'contact',
              {
                kind: 'contact_point',
                nameSq: `Pika e kontaktit, ${name}`,
                nameEn: `Contact point, ${name}`,
              },
              [{ duty: 'contact_point', fullTime: false, named: n % 3 !== 0, who: man('law') }],
            ),
          ]
        : []),
      ...Array.from({ length: busy?.teams ?? 0 }, (_, i) =>
        entry(
          `team ${i + 1}`,
          {
            kind: 'field_team',
            nameSq: `Ekipi i terrenit ${i + 1}, ${name}`,
            nameEn: `Field team ${i + 1}, ${name}`,
            unitId: referenceUnit(`field-${code}-${i + 1}`).id,
          },
          [{ duty: 'field_worker', who: i % 2 === 0 ? man('social_work') : woman('social_work') }],
        ),
      ),
    ]
  })

/** Crossings kept by the posts that have an account here. */
const crossings = (at: number): Act[] =>
  readBorderCrossings()
    .filter(({ municipality }) => municipality === '46')
    .map(({ id, name }) =>
      enter({
        by: 'border-police',
        at,
        lane: '46',
        key: `crossing ${id}`,
        body: { kind: 'border_post', crossing: id, nameSq: name, nameEn: name },
        posts: [
          { duty: 'police_officer', who: woman('police') },
          id === 'L02'
            ? { duty: 'social_worker', who: woman('social_work') }
            : { duty: 'social_worker', fullTime: false },
        ],
      }),
    )

const offices = (at: number): Act[] => {
  const one = (by: string, key: string, body: Entry['body'], posts: readonly Post[]): Act =>
    enter({ by, at, lane: 'offices', key, body, posts })
  return [
    one(
      'coordinator',
      'zkka',
      {
        kind: 'national_office',
        nameSq: 'Zyra e Koordinatorit Kombëtar',
        nameEn: 'Office of the National Coordinator',
      },
      [
        { duty: 'coordinator', who: woman('law') },
        { duty: 'secretary', who: woman('social_work') },
        { duty: 'database_officer' },
      ],
    ),
    ...(['AL-03', 'AL-11', 'AL-12'] as const).map((county) =>
      one(
        'coordinator',
        `mobile ${county}`,
        { kind: 'mobile_unit', county, nameSq: 'Njësia e lëvizshme', nameEn: 'Mobile unit' },
        [
          { duty: 'social_worker', who: woman('social_work') },
          { duty: 'police_officer', fullTime: false, who: man('police') },
        ],
      ),
    ),
    one(
      'police',
      'section AL-11',
      {
        kind: 'police_section',
        county: 'AL-11',
        nameSq: 'Seksioni kundër trafikimit, DVP Tiranë',
        nameEn: 'Anti-trafficking section, Tirana police directorate',
      },
      [
        { duty: 'police_officer', who: woman('police') },
        { duty: 'police_officer', who: man('police') },
        { duty: 'psychologist', who: woman('psychology') },
      ],
    ),
    one(
      'county-committee',
      'table AL-11',
      {
        kind: 'technical_table',
        county: 'AL-11',
        nameSq: 'Tryeza teknike e qarkut Tiranë',
        nameEn: 'Technical table of the county of Tirana',
      },
      [{ duty: 'coordinator', who: woman('law') }],
    ),
  ]
}

/** Field teams cost money, and the mines of Bulqiza pay rent. */
const money = (at: number, year: number): Act[] => {
  const line = (by: string, municipality: string, key: string, body: object): Act => ({
    at,
    lane: municipality,
    play: (stage, moment) =>
      stage.do(by, moment, 'local.set_line', idOf(`line ${municipality} ${key}`, at), {
        municipality,
        ...body,
      }),
  })
  const expense = { side: 'expense', topic: 'field_teams', accountGroup: 'wages' }
  return [
    ...fieldTowns.flatMap(({ code, teams }) =>
      [2018, year].map((one) =>
        line(`director-${slugOf(code)}`, code, String(one), {
          ...expense,
          year: one,
          source: 'own',
          planned: teams * 1_200_000,
          executed: one === 2018 ? teams * 1_080_000 : teams * 700_000,
        }),
      ),
    ),
    line('head-bulqize', '06', 'rent', {
      year,
      side: 'income',
      topic: 'mining_rent',
      source: 'own',
      planned: 9_000_000,
      executed: 4_300_000,
    }),
    line('head-bulqize', '06', 'emergency', {
      year,
      side: 'expense',
      topic: 'emergency_services',
      accountGroup: 'operating',
      source: 'mining_rent',
      planned: 6_400_000,
      executed: 2_150_000,
    }),
    line('head-bulqize', '06', 'school', {
      year,
      side: 'expense',
      topic: 'school_support',
      accountGroup: 'operating',
      source: 'mining_rent',
      planned: 3_100_000,
    }),
  ]
}

export const net = (now: string): Act[] => {
  const lately = Math.floor(Date.parse(now) / 60_000) * 60_000 - 20 * DAY
  const year = Number(now.slice(0, 4))
  return [
    ...towns(lately, toMs(fromTirana('2018-01-05', 9))),
    ...crossings(lately),
    ...offices(lately),
    ...money(lately, year),
  ]
}
