/** The demo country: invented people, the real figures of 2018, and a caseload of today for every role. */
import { addDemoUsers } from '../admin/add-user.ts'
import { keepObligations } from '../body/duties.ts'
import { getLaw } from '../clock/law.ts'
import type { Context } from '../context.ts'
import { Fault } from '../fault.ts'
import { loadReference } from '../reference/load.ts'
import { keepReports } from '../reporting/due.ts'
import { systemTx } from '../tx.ts'
import { assistance } from './assistance.ts'
import { care } from './care.ts'
import { asNewUser, cast } from './cast.ts'
import { complaints } from './complaints.ts'
import { doors } from './doors.ts'
import { history } from './history.ts'
import { historyElsewhere } from './history-elsewhere.ts'
import { interviewRooms } from './interviews.ts'
import { lines } from './lines.ts'
import { localPlans } from './local-plans.ts'
import { meetings } from './meetings.ts'
import { net } from './net.ts'
import { notices } from './notices.ts'
import { nrmAdults } from './nrm.ts'
import { plans, plansToday } from './plans.ts'
import { prevention } from './prevention.ts'
import { privacy } from './privacy.ts'
import { proceedings } from './proceedings.ts'
import { returns } from './returns.ts'
import { services } from './services.ts'
import { Stage } from './stage.ts'
import { supervision } from './supervision.ts'
import { surveys } from './surveys.ts'
import { today } from './today.ts'
import { tracks } from './tracks.ts'

/** Known to everybody: only accounts of a country that is marked as a demo ever have it. */
export const demoPassword = 'mburoja-demo-2018'
const SEED = 2018

export interface DemoLoaded {
  readonly commands: number
  readonly seconds: number
  /** Acts of the story that were refused; none, unless the rules have changed under it. */
  readonly faults: readonly string[]
  /** Accounts to sign in with, all with `demoPassword`. */
  readonly accounts: readonly { readonly login: string; readonly role: string; readonly name: string }[]
}

/** "Demo" is a row of the database; a database with anything of its own in it never gets it. */
const mark = (ctx: Context): Promise<void> =>
  systemTx(ctx, 'owner', 'demo: mark the country', async (tx) => {
    const [found] = await tx.sql<{ n: number }>(
      'select (select count(*) from app_user)::int + (select count(*) from event)::int as n',
    )
    if ((found?.n ?? 0) > 0)
      throw new Fault(
        'This database is not empty: the demo country is only made in an empty one. Nothing was changed.',
      )
    await tx.sql("insert into country_setting (key, value) values ('demo', $1)", [
      JSON.stringify({ seed: SEED, madeAt: tx.now }),
    ])
  })

export const isDemo = (ctx: Context): Promise<boolean> =>
  systemTx(ctx, 'jobs', 'demo: is this one?', async (tx) => {
    const rows = await tx.sql("select 1 from country_setting where key = 'demo'")
    return rows.length > 0
  })

export const demoAccounts = (members = cast()): DemoLoaded['accounts'] =>
  members
    .filter((one) => one.shown)
    .map((one) => ({ login: one.login, role: one.role, name: one.displayName }))

export const loadDemo = async (
  given: Context,
  say: (line: string) => void = () => {},
): Promise<DemoLoaded> => {
  const from = performance.now()
  const ctx: Context = { ...given, beingMade: true }
  await mark(ctx)
  await loadReference(ctx)
  const members = cast()
  await addDemoUsers(ctx, members.map(asNewUser), demoPassword)
  const { holidays } = await systemTx(ctx, 'jobs', 'demo: read the calendar', getLaw)
  const stage = new Stage(ctx, members)
  say('demo country: playing the year 2018')
  const structures = net(given.clock())
  const early = (act: { at: number }) => act.at < Date.UTC(2020, 0)
  await stage.run([...history(SEED, holidays), ...historyElsewhere(SEED), ...structures.filter(early)])
  say('demo country: carrying out the plan of 2018–2020')
  await stage.run([...(await plans(ctx, SEED)), ...localPlans(ctx)])
  say('demo country: playing the last weeks')
  await stage.run([
    ...today(given.clock(), SEED, holidays),
    ...structures.filter((act) => !early(act)),
    ...meetings(given.clock()),
    ...plansToday(given.clock()),
    ...prevention(given.clock(), SEED),
    ...services(given.clock()),
    ...privacy(given.clock()),
    ...supervision(given.clock()),
    ...surveys(given.clock()),
    ...care(given.clock()),
    ...complaints(given.clock()),
    ...proceedings(given),
    ...lines(given.clock()),
    ...interviewRooms(given.clock()),
    ...nrmAdults(given.clock()),
    ...doors(given.clock()),
    ...tracks(given.clock()),
    ...assistance(given.clock()),
    ...returns(given.clock()),
  ])
  await keepObligations(ctx)
  await keepReports(ctx)
  await notices(ctx)
  const seconds = Math.round((performance.now() - from) / 100) / 10
  return {
    commands: stage.played,
    seconds,
    faults: stage.faults,
    accounts: demoAccounts(members),
  }
}
