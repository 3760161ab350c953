/** What is done while nobody is signed in: each task, how often, and in which room its work lies. */
import type { KeyObject } from 'node:crypto'
import { forgetUploads } from '../attachment/index.ts'
import { keepObligations } from '../body/duties.ts'
import { forgetChecks } from '../border/index.ts'
import { lapseHolds } from '../care/lapse.ts'
import { lapseMeasures } from '../case/lapse.ts'
import { remind } from '../clock/reminders.ts'
import { scanClocks } from '../clock/scan.ts'
import type { Context } from '../context.ts'
import type { OfficialDatabase } from '../exchange/official.ts'
import { compareOfficial, compareUnasked, pushOfficial } from '../exchange/push.ts'
import { foldTotals } from '../indicator/rollup.ts'
import { takeCheckpoint } from '../ledger.ts'
import { deliverNotices, forgetDeliveries } from '../notice/deliver.ts'
import type { Outbound } from '../notice/outbound.ts'
import { fetchRevocations, type ListSource } from '../packet/fetch.ts'
import { carryOutErasures } from '../privacy/index.ts'
import { expireReferrals } from '../referral/overdue.ts'
import { keepReports } from '../reporting/due.ts'
import { systemTx } from '../tx.ts'

export interface JobContext {
  readonly ctx: Context
  /** The country's signing key. */
  readonly seal: KeyObject
  /** Ways out of the house; without them notices stay in the application. */
  readonly outbound?: Outbound
  /** Ask other countries for their lists of recalled packets; without it they come as files. */
  readonly lists?: ListSource
  /** The official victim database; without it what waits for it waits. */
  readonly official?: OfficialDatabase
}

export interface Task {
  readonly name: string
  /** Cron pattern, UTC. */
  readonly when: string
  /** Numbers and codes only: they go to the log. */
  readonly run: (job: JobContext) => Promise<Readonly<Record<string, number>>>
}

const EVERY_MINUTE = '* * * * *'

export const tasks: readonly Task[] = [
  {
    name: 'clocks',
    when: EVERY_MINUTE,
    run: async ({ ctx }) => ({ ...(await scanClocks(ctx)) }),
  },
  {
    name: 'reminders',
    when: '*/5 * * * *',
    run: async ({ ctx }) => ({ ...(await remind(ctx)) }),
  },
  {
    name: 'referrals',
    when: EVERY_MINUTE,
    run: async ({ ctx }) => ({ ...(await expireReferrals(ctx)) }),
  },
  {
    name: 'bed_holds',
    when: EVERY_MINUTE,
    run: async ({ ctx }) => ({ ...(await lapseHolds(ctx)) }),
  },
  {
    name: 'measures',
    // Hourly, so that the first round after midnight in Tirana finds it, in summer and winter.
    when: '3 * * * *',
    run: async ({ ctx }) => ({ ...(await lapseMeasures(ctx)) }),
  },
  {
    name: 'running_totals',
    when: EVERY_MINUTE,
    run: async ({ ctx }) => ({ folded: await foldTotals(ctx) }),
  },
  {
    name: 'notices',
    when: EVERY_MINUTE,
    run: async ({ ctx, outbound }) =>
      outbound === undefined ? {} : { ...(await deliverNotices(ctx, outbound)) },
  },
  {
    name: 'official_record',
    when: EVERY_MINUTE,
    run: async ({ ctx, official }) =>
      official === undefined
        ? {}
        : { ...(await pushOfficial(ctx, official)), compared: await compareOfficial(ctx, official) },
  },
  {
    name: 'revocations',
    when: '41 * * * *',
    run: async ({ ctx, lists }) => (lists === undefined ? {} : { ...(await fetchRevocations(ctx, lists)) }),
  },
  {
    name: 'official_comparison',
    when: '23 2 * * *',
    run: async ({ ctx, official }) => {
      if (official === undefined) return {}
      const found = await compareUnasked(ctx, official)
      return typeof found === 'string'
        ? { failed: 1 }
        : { same: found.same, differing: found.differences.length }
    },
  },
  {
    name: 'obligations_to_meet',
    // Just after midnight in Tirana, in summer and winter; and once more for a server that was down.
    when: '5 0,6,23 * * *',
    run: async ({ ctx }) => ({ ...(await keepObligations(ctx)) }),
  },
  {
    name: 'reports_due',
    when: '7 0,6,23 * * *',
    run: async ({ ctx }) => ({ ...(await keepReports(ctx)) }),
  },
  {
    name: 'checkpoint',
    when: '7 * * * *',
    run: async ({ ctx, seal }) => {
      const { events, records } = await takeCheckpoint(ctx, seal)
      return { events, records }
    },
  },
  {
    name: 'erasures_ordered',
    when: '47 * * * *',
    run: ({ ctx }) => carryOutErasures(ctx),
  },
  {
    name: 'border_forgotten',
    when: '52 * * * *',
    run: ({ ctx }) => forgetChecks(ctx),
  },
  {
    name: 'access_partitions',
    when: '17 3 * * *',
    run: ({ ctx }) => preparePartitions(ctx),
  },
  {
    name: 'old_drafts',
    when: '27 3 * * *',
    run: ({ ctx }) =>
      systemTx(ctx, 'jobs', 'drafts: forget after 30 days', async (tx) => {
        const rows = await tx.sql(
          "delete from draft where updated_at < now() - interval '30 days' returning 1",
        )
        return { forgotten: rows.length }
      }),
  },
  {
    name: 'old_uploads',
    when: '32 3 * * *',
    run: ({ ctx }) => forgetUploads(ctx),
  },
  {
    name: 'old_deliveries',
    when: '42 3 * * *',
    run: ({ ctx }) => forgetDeliveries(ctx),
  },
  {
    name: 'old_sign_ins',
    when: '37 3 * * *',
    run: ({ ctx }) => forgetSignIns(ctx),
  },
]

/** Attempts to sign in and sessions of a month ago serve nobody: their policies let only such rows be deleted. */
export const forgetSignIns = (ctx: Context): Promise<{ attempts: number; sessions: number }> =>
  systemTx(ctx, 'jobs', 'sign-ins: forget after 30 days', async (tx) => {
    const attempts = await tx.sql('delete from sign_in_attempt returning at')
    const sessions = await tx.sql('delete from session returning created_at')
    return { attempts: attempts.length, sessions: sessions.length }
  })

/** Access records of this month and the next three have a partition of their own. */
export const preparePartitions = (ctx: Context): Promise<{ made: number }> =>
  systemTx(ctx, 'jobs', 'access records: next months', async (tx) => {
    const rows = await tx.sql<{ made: number }>('select ensure_access_partitions($1, 4) as made', [tx.now])
    return { made: rows[0]!.made }
  })
