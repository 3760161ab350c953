/** Meetings of the demo country: one county and the national bodies at work, and what became of their recommendations. */
import { addDays, fromTirana, tiranaDay } from '#domain/clock/tirana.ts'
import type { Day, Instant, Uuid } from '#domain/core.ts'
import { bodyIdOf, readBodies } from '../reference/bodies.ts'
import { idOf } from './random.ts'
import type { Act, Stage } from './stage.ts'

interface Told {
  readonly body: string
  readonly by: string
  /** Days before today; less than nothing lies ahead. */
  readonly ago: number
  readonly agenda: string
  readonly place: string
  readonly people?: { readonly present: number; readonly absent: number; readonly excused: number }
  readonly jointWith?: readonly string[]
  readonly minutes?: {
    readonly text: string
    readonly decisions: readonly string[]
    readonly approvedBy: string
    readonly nothingToCorrect?: boolean
  }
  readonly asks?: readonly {
    readonly kind?: 'corrective_measure'
    readonly text: string
    readonly owner: string
    readonly municipality?: string
    readonly dueInDays: number
    /** Who works on it: begun, or done so many days before today. */
    readonly worker?: string
    readonly doneAgo?: number
  }[]
}

const stories: readonly Told[] = [
  {
    body: 'KRAT-11',
    by: 'county-committee',
    ago: 40,
    agenda: 'Vlerësimi gjashtëmujor i situatës në qark\nNevojat e tryezës teknike',
    place: 'Prefektura e Tiranës',
    minutes: {
      text: 'U paraqit vlerësimi i situatës. Anëtarët ranë dakord për patrullime të përbashkëta dhe për një listë të përditësuar të shërbimeve.',
      decisions: ['Miratohet vlerësimi gjashtëmujor', 'Tryeza teknike mblidhet çdo muaj'],
      approvedBy: 'police',
    },
    asks: [
      { text: 'Patrullim i përbashkët te stacioni i trenit, dy herë në javë.', owner: 'DVP', dueInDays: -6 },
      {
        text: 'Të përditësohet lista e shërbimeve sociale të bashkisë.',
        owner: 'BASHKI',
        municipality: '53',
        dueInDays: 21,
        worker: 'director-tirana',
      },
    ],
  },
  {
    body: 'KRAT-11',
    by: 'county-committee',
    ago: -9,
    agenda: 'Plani i punës i vitit të ardhshëm',
    place: 'Prefektura e Tiranës',
  },
  {
    body: 'TK-53',
    by: 'director-tirana',
    ago: 75,
    agenda: 'Fëmijët në situatë rruge: ndarja e detyrave',
    place: 'Bashkia Tiranë',
  },
  {
    body: 'GBK',
    by: 'coordinator',
    ago: 58,
    agenda: 'Ecuria e planit kombëtar\nMasat përmirësuese',
    place: 'Ministria e Brendshme',
    minutes: {
      text: 'U shqyrtua raporti i monitorimit. Disa raporte tremujore mungojnë.',
      decisions: ['Raportet që mungojnë dorëzohen brenda muajit'],
      approvedBy: 'state-agency',
    },
    asks: [
      {
        kind: 'corrective_measure',
        text: 'Të dorëzohet raporti tremujor i regjistrit.',
        owner: 'AP',
        dueInDays: -30,
        worker: 'responsible-authority',
        doneAgo: 33,
      },
    ],
  },
  {
    body: 'KSH',
    by: 'coordinator',
    ago: -16,
    agenda: 'Gjendja e zbatimit të planit dhe masat e propozuara',
    place: 'Ministria e Brendshme',
  },
  {
    body: 'PSH-PP',
    by: 'police',
    ago: 24,
    agenda: 'Procedimet në ndjekje: afatet dhe bashkëpunimi',
    place: 'Drejtoria e Përgjithshme e Policisë',
  },
  {
    body: 'BK-VT',
    by: 'coordinator',
    ago: 66,
    agenda: 'Shërbimet pas daljes nga strehëza',
    place: 'Zyra e Koordinatorit Kombëtar',
    people: { present: 3, absent: 0, excused: 0 },
    asks: [{ text: 'Karta e shëndetit të jepet brenda një jave.', owner: 'MSHMS', dueInDays: 45 }],
  },
]

interface Meeting {
  readonly id: Uuid
  version: number
}

const play = (told: Told, today: Day): Act[] => {
  const held = addDays(today, -told.ago)
  const startsAt = fromTirana(held, 10)
  const acts: Act[] = []
  const meeting: Meeting = { id: idOf(`meeting ${told.body} ${told.ago}`, Date.parse(startsAt)), version: 0 }
  const on = (day: Day, hour: number, what: (stage: Stage, at: Instant) => Promise<unknown>): void => {
    acts.push({ at: Date.parse(fromTirana(day, hour)), lane: `body ${told.body}`, play: what })
  }
  const step =
    (login: string, type: string, body: object) =>
    async (stage: Stage, at: Instant): Promise<void> => {
      const { version } = await stage.do(
        login,
        at,
        type,
        meeting.id,
        body,
        meeting.version === 0 ? undefined : meeting.version,
      )
      meeting.version = version
    }
  const { agenda, place, jointWith } = told
  on(
    addDays(held < today ? held : today, -12),
    9,
    step(told.by, 'meeting.convene', {
      bodyId: bodyIdOf(told.body),
      startsAt,
      place,
      agenda,
      ...(jointWith === undefined ? {} : { jointWith }),
    }),
  )
  if (told.ago <= 0) return acts
  const invited = readBodies().members.filter((one) => one.body_id === bodyIdOf(told.body))
  on(
    held,
    13,
    step(told.by, 'meeting.hold', {
      heldOn: held,
      // The last of a long table excuses itself.
      attendance: invited.map(({ id }, n) =>
        n > 3 && n === invited.length - 1
          ? { memberId: id, outcome: 'excused' }
          : { memberId: id, outcome: 'present', persons: 1 + (n % 2) },
      ),
      ...(told.people === undefined ? {} : { people: told.people }),
    }),
  )
  if (told.minutes !== undefined) {
    const { approvedBy, nothingToCorrect = false, ...said } = told.minutes
    on(addDays(held, 1), 10, step(told.by, 'meeting.write_minutes', { ...said, nothingToCorrect }))
    on(addDays(held, 2), 11, step(approvedBy, 'meeting.approve_minutes', {}))
  }
  told.asks?.forEach((ask, n) => {
    const id = idOf(`recommendation ${told.body} ${told.ago} ${n}`, Date.parse(startsAt))
    const { worker, doneAgo, dueInDays, kind = 'recommendation', ...rest } = ask
    on(addDays(held, 2), 12 + n, (stage, at) =>
      stage.do(told.by, at, 'recommendation.make', id, {
        ...rest,
        kind,
        meetingId: meeting.id,
        dueOn: addDays(today, dueInDays),
      }),
    )
    if (worker !== undefined)
      on(addDays(held, 6), 9 + n, (stage, at) => stage.do(worker, at, 'recommendation.start', id, {}, 1))
    if (worker !== undefined && doneAgo !== undefined)
      on(addDays(today, -doneAgo), 15, (stage, at) =>
        stage.do(
          worker,
          at,
          'recommendation.finish',
          id,
          { doneOn: addDays(today, -doneAgo), note: 'U krye.' },
          2,
        ),
      )
  })
  if (told.minutes !== undefined) on(addDays(held, 3), 16, step(told.by, 'meeting.distribute', {}))
  return acts
}

/** What bodies did in the last months, and what they have convened. */
export const meetings = (now: Instant): Act[] => {
  const today = tiranaDay(now)
  return [
    {
      at: Date.parse(fromTirana(addDays(today, -80), 9)),
      lane: 'body BK-VT',
      play: (stage, at) =>
        stage.do(
          'coordinator',
          at,
          'body.count_people',
          bodyIdOf('BK-VT'),
          { people: 3, day: tiranaDay(at) },
          0,
        ),
    },
    ...stories.flatMap((told) => play(told, today)),
  ]
}
