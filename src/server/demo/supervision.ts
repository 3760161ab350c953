/**
 * Supervision in the demo country: talks between the head in Tirana and two workers, a sample of files of which two are reviewed,
 * and days of absence to come. No figure moves: nothing here opens, closes or assigns a case.
 */
import { addDays, fromTirana, tiranaDay } from '#domain/clock/tirana.ts'
import type { TalkTopic } from '#domain/supervision/talk.ts'
import { userIdOf } from './cast.ts'
import { idOf } from './random.ts'
import type { Act } from './stage.ts'

const head = 'head-tirana'
const lane = '53'
const items = [
  'has_risk',
  'has_safety',
  'has_plan',
  'has_manager',
  'in_time',
  'child_heard',
  'family_part',
  'best_weighed',
  'referred',
  'notes_clear',
]

/** Every item of the checklist is met but this one. */
const answersBut = (missing: string) => [
  ...items.map((key) => ({ key, value: key !== missing })),
  { key: 'gap_what', value: 'Të plotësohet brenda dy javësh.' },
  { key: 'good', value: 'Vizitat janë shënuar me radhë dhe qartë.' },
]
const reviewed = [
  ['has_safety', 'safety', 'Të shkruhet plani i sigurisë bashkë me fëmijën.'],
  ['family_part', 'family', 'Të ftohet gjyshja në takimin e ardhshëm.'],
] as const

const talk = (
  now: string,
  ago: number,
  worker: string,
  topics: readonly TalkTopic[],
  agreements: string,
  confirmed: boolean,
): Act => ({
  at: Date.parse(fromTirana(addDays(tiranaDay(now), -ago), 15)),
  lane,
  play: async (stage, moment) => {
    const id = idOf(`talk ${worker} ${ago}`, Date.parse(moment))
    const heldOn = tiranaDay(moment)
    await stage.do(head, moment, 'supervision.hold', id, {
      workerId: userIdOf(worker),
      heldOn,
      topics,
      agreements,
      nextOn: addDays(heldOn, 30),
    })
    if (confirmed) await stage.do(worker, moment, 'supervision.confirm', id, {})
  },
})

export const supervision = (now: string): Act[] => [
  talk(
    now,
    41,
    'cpw2-tirana',
    ['caseload', 'wellbeing'],
    'Asnjë rast i ri para fundit të muajit. Një ditë në javë pa vizita, për dosjet.',
    true,
  ),
  talk(
    now,
    6,
    'cpw-tirana',
    ['difficult_case', 'own_safety'],
    'Vizita e mbrëmjes bëhet me dy veta. Psikologia merr pjesë në takimin e ardhshëm.',
    false,
  ),
  {
    at: Date.parse(fromTirana(addDays(tiranaDay(now), -5), 11)),
    lane,
    play: async (stage, moment) => {
      const today = tiranaDay(moment)
      const { reply } = await stage.do(
        head,
        moment,
        'supervision.draw_reviews',
        idOf('draw of files', Date.parse(moment)),
        { size: 8, dueOn: addDays(today, 21) },
      )
      // Which files are drawn is the register's chance; whose are looked at first is told here, or each making would have
      // another worker mend in time.
      const ofWorker = await stage.see(head, (tx) =>
        tx.sql<{ id: string }>(
          'select id from case_review where id = any ($1) and stratum like $2 order by id',
          [reply.reviews, `${userIdOf('cpw-tirana')}|%`],
        ),
      )
      for (const [n, [missing, kind, text]] of reviewed.entries())
        await stage.do(head, moment, 'supervision.review_file', ofWorker[n]!.id, {
          formVersion: 1,
          answers: answersBut(missing),
          mends: [{ kind, dueOn: addDays(today, 3 + 14 * n), text }],
        })
    },
  },
  {
    at: Date.parse(now) - 3 * 3_600_000,
    lane,
    play: (stage, moment) =>
      stage.do('cpw2-tirana', moment, 'supervision.name_absence', idOf('absence', Date.parse(moment)), {
        workerId: userIdOf('cpw2-tirana'),
        deputyId: userIdOf('cpw-tirana'),
        from: addDays(tiranaDay(moment), 5),
        until: addDays(tiranaDay(moment), 9),
        kind: 'leave',
      }),
  },
]
