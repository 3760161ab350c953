/**
 * The national plan of 2018–2020 as the demo country carried it out: invented steps, acts and payments over the real activities and
 * amounts, the reports of a quarter, and the national report of 2018 as it was published.
 */
import { addDays, addMonths, fromTirana, tiranaDay } from '#domain/clock/tirana.ts'
import type { Day, Instant, Uuid } from '#domain/core.ts'
import type { Context } from '../context.ts'
import { systemTx } from '../tx.ts'
import { type Chance, chance, idOf } from './random.ts'
import type { Act, Stage } from './stage.ts'

const slug = 'nap-2018-2020'

interface Activity {
  readonly id: Uuid
  readonly uid: string
  readonly lead: string | null
  readonly title: string
  readonly state: number
  readonly due: Day | null
}

const activitiesOf = (ctx: Context): Promise<Activity[]> =>
  systemTx(ctx, 'jobs', 'demo: the activities of the plan', (tx) =>
    tx.sql<Activity>(
      `select e.id, a.uid, a.lead, coalesce(a.title_sq, a.title_en) as title, coalesce(a.state, 0)::bigint as state, a.due_latest as due
       from current_plan_activity a join activity_execution e on e.plan_id = a.plan_id and e.activity_uid = a.uid
       where a.plan_slug = $1 order by a.ordinal`,
      [slug],
    ),
  )

/** Whoever leads in the demo country acts; for the others the Coordinator's office keeps the books. */
const hands: Readonly<Record<string, string>> = { MB: 'ministry-interior', MSHMS: 'ministry-health' }

const carryOut = (activity: Activity, luck: Chance): Act[] => {
  const acts: Act[] = []
  if (luck.yes(0.12)) return acts
  const who = hands[activity.lead ?? ''] ?? 'coordinator'
  let version = 0
  const on = (day: Day, hour: number, type: string, body: object): void => {
    const at = fromTirana(day, hour)
    acts.push({
      at: Date.parse(at),
      lane: `plan ${activity.uid}`,
      play: async (stage: Stage, moment: Instant) => {
        const reply = await stage.do(who, moment, `activity.${type}`, activity.id, body, version)
        version = reply.version
      },
    })
  }
  const begun = addDays('2018-01-08', luck.int(0, 500))
  on(begun, 9, 'set_status', { to: 'IN_PROGRESS', on: begun })
  const share = (part: number): number => Math.floor((activity.state * part) / 1000) * 1000
  const pay = (kind: string, day: Day, amount: number, group: string, document: string): void => {
    if (amount > 0) on(day, 11, 'enter_spending', { kind, source: 'state', group, on: day, amount, document })
  }
  const group = luck.yes(0.6) ? 'wages' : 'operating'
  const number = luck.int(10, 990)
  pay('commitment', addDays(begun, 20), share(0.8), group, `Kontratë nr. ${number}`)
  pay('payment', addDays(begun, 70), share(0.3), group, `Urdhërpagesë nr. ${number}`)
  if (luck.yes(0.08)) {
    const halted = addDays(begun, 160)
    on(halted, 12, 'set_status', { to: 'SUSPENDED', on: halted, reason: 'Mungojnë fondet e vitit.' })
    return acts
  }
  const asked = activity.due ?? '2020-11-30'
  const wished = addDays(asked, luck.yes(0.75) ? -luck.int(5, 90) : luck.int(20, 200))
  const finished = wished < addDays(begun, 120) ? addDays(begun, 120 + luck.int(0, 60)) : wished
  if (finished > '2020-12-31' || luck.yes(0.15)) return acts
  pay('payment', addDays(finished, -10), share(0.45), group, `Urdhërpagesë nr. ${number + 1}`)
  on(addDays(finished, -2), 13, 'add_deliverable', {
    kind: /ligj|nen|vendim|urdhër|kod/i.test(activity.title) ? 'act' : 'document',
    title: activity.title.slice(0, 160),
    approvedOn: addDays(finished, -2),
  })
  on(finished, 14, 'set_status', { to: 'COMPLETED', on: finished })
  return acts
}

const said = (summary: string) => ({ content: { summary, difficulties: '', next: '', activities: [] } })

/** Reads the report that an institution owes for a period; made by the office's command, so its id is not the story's. */
const reportOf = (
  ctx: Context,
  kind: string,
  login: string,
  from: Day,
): Promise<{ id: Uuid; version: number }> =>
  systemTx(ctx, 'jobs', 'demo: the report of an institution', async (tx) => {
    const [row] = await tx.sql<{ id: Uuid; version: number }>(
      `select r.id, r.version from plan_report r join unit u on u.institution_id = r.institution_id
         join app_user a on a.unit_id = u.id where r.kind = $1 and r.period_from = $2 and a.login = $3`,
      [kind, from, login],
    )
    if (row === undefined) throw new Error(`demo: ${login} owes no ${kind} from ${from}`)
    return row
  })

const reporting = (ctx: Context): Act[] => {
  const acts: Act[] = []
  const lane = 'plan reports'
  const on = (day: Day, hour: number, play: Act['play']): void => {
    acts.push({ at: Date.parse(fromTirana(day, hour)), lane, play })
  }
  const open = (day: Day, kind: string, from: Day, to: Day, dueOn: Day, plan?: string): void =>
    on(day, 8, (stage, at) =>
      stage.do('coordinator', at, 'plan_report.open', idOf(`${kind} ${from}`, Date.parse(at)), {
        kind,
        from,
        to,
        dueOn,
        ...(plan === undefined ? {} : { plan }),
      }),
    )
  const step = (
    day: Day,
    hour: number,
    kind: string,
    owes: string,
    from: Day,
    who: string,
    act: string,
    body: object,
  ): void =>
    on(day, hour, async (stage, at) => {
      const { id, version } = await reportOf(ctx, kind, owes, from)
      await stage.do(who, at, `plan_report.${act}`, id, body, version)
    })

  const quarter = '2018-10-01'
  open('2019-01-02', 'institution_progress', quarter, '2018-12-31', '2019-01-30', slug)
  const told: readonly (readonly [string, string])[] = [
    ['ministry-interior', 'U miratuan ndryshimet e Kodit Penal; njësitë e lëvizshme punuan në tetë qarqe.'],
    ['ministry-health', 'Strehëzat morën financimin e plotë; lista e shërbimeve u përditësua.'],
    ['state-agency', 'U mbajtën dy takime bashkërenduese me policinë dhe bashkitë.'],
  ]
  for (const [login, summary] of told) {
    step('2019-01-21', 10, 'institution_progress', login, quarter, login, 'save', said(summary))
    step('2019-01-21', 11, 'institution_progress', login, quarter, login, 'submit', {})
  }
  const [first] = told[0]!
  step('2019-01-24', 9, 'institution_progress', first, quarter, 'coordinator', 'return', {
    reason: 'Shënoni edhe pagesat e tremujorit.',
  })
  step(
    '2019-01-25',
    9,
    'institution_progress',
    first,
    quarter,
    first,
    'save',
    said(`${told[0]![1]} U paguan 12 milionë lekë.`),
  )
  step('2019-01-25', 10, 'institution_progress', first, quarter, first, 'submit', {})
  for (const [login] of told)
    step('2019-02-01', 9, 'institution_progress', login, quarter, 'coordinator', 'accept', {})

  open('2019-01-03', 'plan_monitoring', '2018-01-01', '2018-12-31', '2019-03-01', slug)
  const national = (day: Day, who: string, act: string, body: object = {}): void =>
    step(day, 12, 'plan_monitoring', 'coordinator', '2018-01-01', who, act, body)
  national(
    '2019-02-10',
    'coordinator',
    'save',
    said('Viti i parë i planit: ligjet u ndryshuan, shërbimet u shtrinë, disa raporte mungojnë.'),
  )
  national('2019-02-11', 'coordinator', 'submit')
  national('2019-02-12', 'coordinator2', 'accept')
  national('2019-02-13', 'coordinator', 'consolidate')
  national('2019-02-20', 'coordinator2', 'approve')
  national('2019-02-21', 'coordinator', 'publish')
  return acts
}

/** What belongs to the years of the plan. */
export const plans = async (ctx: Context, seed: number): Promise<Act[]> => {
  const luck = chance(seed + 770)
  return [...(await activitiesOf(ctx)).flatMap((activity) => carryOut(activity, luck)), ...reporting(ctx)]
}

/** The register asks for reports from the quarter before this one on. */
export const plansToday = (now: Instant): Act[] => {
  const today = tiranaDay(now)
  const month = Math.floor((Number(today.slice(5, 7)) - 1) / 3) * 3 + 1
  const since = addMonths(`${today.slice(0, 4)}-${String(month).padStart(2, '0')}-01`, -3)
  const day = addDays(today, -20)
  return [
    {
      at: Date.parse(fromTirana(day, 9)),
      lane: 'plan reports',
      play: (stage, at) =>
        stage.do('coordinator', at, 'reporting.set_start', idOf(`start ${since}`, Date.parse(at)), { since }),
    },
  ]
}
