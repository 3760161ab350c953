/**
 * Social plans of two municipalities beneath the national plan of 2018–2020: invented activities with money, the budget lines
 * that pay for them, how far they got, and which activity of the national plan each serves. So that what rolls up shows something.
 */
import type { ActivityPart, Amount, PlanContent, PlanNode } from '#domain/action-plan/content.ts'
import { thousandsOfLek } from '#domain/action-plan/money.ts'
import { fromTirana } from '#domain/clock/tirana.ts'
import type { Day, Uuid } from '#domain/core.ts'
import type { Context } from '../context.ts'
import { systemTx } from '../tx.ts'
import { idOf } from './random.ts'
import type { Act, Stage } from './stage.ts'

const national = 'nap-2018-2020'

interface Task {
  readonly sq: string
  readonly en: string
  readonly due: Day
  /** Whole lekë. */
  readonly cost: number
  readonly gap: number
  readonly topic: string
  /** What it serves of the national plan. */
  readonly serves: string
  /** When it began and ended; null where it has not. */
  readonly begun: Day | null
  readonly ended: Day | null
}
interface Town {
  readonly slug: string
  readonly code: string
  readonly sq: string
  readonly en: string
  readonly author: string
  readonly approver: string
  readonly tasks: readonly Task[]
}

const towns: readonly Town[] = [
  {
    slug: 'social-plan-tirana-2019-2020',
    code: '53',
    sq: 'Plani social i Bashkisë Tiranë 2019–2020: mbrojtja e fëmijëve nga shfrytëzimi dhe trafikimi',
    en: 'Social plan of the Municipality of Tirana 2019–2020: protecting children from exploitation and trafficking',
    author: 'head-tirana',
    approver: 'director-tirana',
    tasks: [
      {
        sq: 'Shtrirja e ekipeve të terrenit në të gjitha njësitë administrative',
        en: 'Field teams in all administrative units',
        due: '2019-12-31',
        cost: 14_400_000,
        gap: 0,
        topic: 'field_teams',
        serves: '2/1.(c).1',
        begun: '2019-02-04',
        ended: '2019-11-18',
      },
      {
        sq: 'Fondi i emergjencës për fëmijët e identifikuar: ushqim, veshje, transport',
        en: 'Emergency fund for identified children: food, clothes, transport',
        due: '2020-12-31',
        cost: 6_200_000,
        gap: 1_400_000,
        topic: 'emergency_services',
        serves: '2/2.(b).3',
        begun: '2019-05-13',
        ended: null,
      },
      {
        sq: 'Takime me prindërit dhe nxënësit në 24 shkolla nëntëvjeçare',
        en: 'Meetings with parents and pupils in 24 nine-year schools',
        due: '2019-06-30',
        cost: 960_000,
        gap: 0,
        topic: 'prevention',
        serves: '3/1.(b).2',
        begun: '2019-02-18',
        ended: '2019-06-10',
      },
      {
        sq: 'Rikthimi në shkollë i fëmijëve që kanë braktisur mësimin',
        en: 'Bringing children who dropped out back to school',
        due: '2020-09-30',
        cost: 3_600_000,
        gap: 900_000,
        topic: 'school_support',
        serves: '3/2.(b).6',
        begun: null,
        ended: null,
      },
    ],
  },
  {
    slug: 'social-plan-durres-2019-2020',
    code: '10',
    sq: 'Plani social i Bashkisë Durrës 2019–2020: mbrojtja e fëmijëve',
    en: 'Social plan of the Municipality of Durrës 2019–2020: child protection',
    author: 'head-durres',
    approver: 'director-durres',
    tasks: [
      {
        sq: 'Puna e ekipit të terrenit në port dhe në zonën e plazhit',
        en: 'The field team’s work at the port and along the beach',
        due: '2020-10-31',
        cost: 6_000_000,
        gap: 0,
        topic: 'field_teams',
        serves: '2/1.(c).1',
        begun: '2019-04-15',
        ended: null,
      },
      {
        sq: 'Takime informuese në shkolla me policinë dhe mësuesit',
        en: 'Information meetings in schools with the police and teachers',
        due: '2019-12-31',
        cost: 420_000,
        gap: 0,
        topic: 'prevention',
        serves: '3/1.(b).2',
        begun: '2019-09-23',
        ended: '2019-12-09',
      },
    ],
  },
]

const amount = (lek: number): Amount =>
  lek === 0 ? { lek: null, printed: null } : { lek: String(lek), printed: thousandsOfLek(String(lek)) }
const uidOf = (at: number): string => `1/1.${at + 1}`

const node = (
  over: Pick<PlanNode, 'uid' | 'parent' | 'kind' | 'code' | 'titleSq' | 'titleEn'> & Partial<PlanNode>,
): PlanNode => ({
  codePrinted: over.code,
  textSq: null,
  subItemsSq: [],
  subItemsEn: [],
  headerMissing: false,
  sourceLine: null,
  doubt: null,
  indicators: [],
  responsible: [],
  activity: null,
  ...over,
})

const part = (task: Task): ActivityPart => ({
  deadline: {
    text: `deri më ${task.due.slice(8, 10)}.${task.due.slice(5, 7)}.${task.due.slice(0, 4)}`,
    from: null,
    to: task.due,
    ongoing: false,
    approx: false,
    recurrence: null,
  },
  responsibleText: 'DSHSB, NJMF',
  amounts: {
    cost: amount(task.cost),
    state: amount(task.cost - task.gap),
    donors: amount(0),
    gap: amount(task.gap),
  },
  resources: null,
})

const contentOf = (town: Town): PlanContent => ({
  head: {
    titleSq: town.sq,
    titleEn: town.en,
    periodFrom: '2019-01-01',
    periodTo: '2020-12-31',
    periodSaid: '2019–2020',
    euroRate: null,
  },
  nodes: [
    node({
      uid: '1',
      parent: null,
      kind: 'pillar',
      code: '1',
      titleSq: 'Mbrojtja e fëmijëve',
      titleEn: 'Child protection',
    }),
    ...town.tasks.map((task, at) =>
      node({
        uid: uidOf(at),
        parent: '1',
        kind: 'activity',
        code: `1.${at + 1}`,
        titleSq: task.sq,
        titleEn: task.en,
        responsible: ['DSHSB', 'NJMF'].map((code) => ({ code, asPrinted: code })),
        activity: part(task),
      }),
    ),
  ],
  budget: [],
  figures: [],
  parties: [],
  checks: [],
})

const one = async <R>(ctx: Context, sql: string, values: readonly unknown[]): Promise<R> => {
  const [row] = await systemTx(ctx, 'jobs', 'demo: a municipality’s plan', (tx) =>
    tx.sql<R & object>(sql, [...values]),
  )
  if (row === undefined) throw new Error(`demo: nothing found of ${values.join(', ')}`)
  return row
}
const planOf = (ctx: Context, slug: string) =>
  one<{ id: Uuid; version: number }>(ctx, 'select id, version from action_plan where slug = $1', [slug])
const executionOf = (ctx: Context, plan: Uuid, uid: string) =>
  one<{ id: Uuid; version: number }>(
    ctx,
    'select id, version from activity_execution where plan_id = $1 and activity_uid = $2',
    [plan, uid],
  )

export const localPlans = (ctx: Context): Act[] =>
  towns.flatMap((town) => {
    const lane = `plan ${town.code}`
    const id = idOf(town.slug, Date.parse('2019-01-10T08:00:00Z'))
    const on = (day: Day, hour: number, play: (stage: Stage, at: string) => Promise<unknown>): Act => ({
      at: Date.parse(fromTirana(day, hour)),
      lane,
      play,
    })
    const status = (day: Day, uid: string, to: string): Act =>
      on(day, 12, async (stage, at) => {
        const execution = await executionOf(ctx, id, uid)
        await stage.do(
          town.approver,
          at,
          'activity.set_status',
          execution.id,
          { to, on: day },
          execution.version,
        )
      })
    const tasks = town.tasks.flatMap((task, i) => {
      const uid = uidOf(i)
      const executed =
        task.ended !== null ? task.cost - task.gap : task.begun === null ? 0 : Math.round(task.cost / 2)
      return [
        on('2019-01-28', 9, async (stage, at) => {
          await stage.do(town.author, at, 'local.serve', idOf(`${town.slug} serves ${uid}`, Date.parse(at)), {
            planId: id,
            activityUid: uid,
            servesPlan: (await planOf(ctx, national)).id,
            servesUid: task.serves,
          })
        }),
        on('2019-01-29', 9, (stage, at) =>
          stage.do(town.author, at, 'local.set_line', idOf(`${town.slug} line ${uid}`, Date.parse(at)), {
            municipality: town.code,
            year: 2019,
            side: 'expense',
            topic: task.topic,
            source: 'own',
            accountGroup: 'operating',
            planId: id,
            activityUid: uid,
            planned: task.cost - task.gap,
            executed,
          }),
        ),
        ...(task.begun === null ? [] : [status(task.begun, uid, 'IN_PROGRESS')]),
        ...(task.ended === null
          ? []
          : [
              on(task.ended, 10, async (stage, at) => {
                const execution = await executionOf(ctx, id, uid)
                await stage.do(
                  town.approver,
                  at,
                  'activity.add_deliverable',
                  execution.id,
                  { kind: 'document', title: task.sq, approvedOn: task.ended },
                  execution.version,
                )
              }),
              status(task.ended, uid, 'COMPLETED'),
            ]),
      ]
    })
    return [
      on('2019-01-10', 9, (stage, at) =>
        stage.do(town.author, at, 'action_plan.import', id, {
          slug: town.slug,
          kind: 'municipal',
          parent: national,
          content: contentOf(town),
        }),
      ),
      on('2019-01-21', 9, async (stage, at) => {
        const plan = await planOf(ctx, town.slug)
        await stage.do(town.approver, at, 'action_plan.approve', plan.id, { planVersion: 1 }, plan.version)
      }),
      ...tasks,
    ]
  })
