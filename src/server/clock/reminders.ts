/** What is told in time and is no clock on a child's record: the prosecution's word that did not come (D38), a hearing that comes near. */
import type { Context } from '../context.ts'
import { justiceLaw } from '../justice/law.ts'
import { systemTx } from '../tx.ts'

export const remind = (ctx: Context): Promise<{ readonly proceedings: number; readonly hearings: number }> =>
  systemTx(ctx, 'jobs', 'reminders: late proceedings, near hearings', async (tx) => {
    const [late] = await tx.sql<{ n: number }>('select tell_late_proceedings($1) as n', [tx.now])
    const [near] = await tx.sql<{ n: number }>('select tell_near_hearings($1, $2) as n', [
      tx.now,
      justiceLaw.hearingReminderDays,
    ])
    return { proceedings: late?.n ?? 0, hearings: near?.n ?? 0 }
  })
