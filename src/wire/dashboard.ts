/** The National Coordinator's dashboard of a plan: every figure is the length or sum of a list that it opens. */
import { z } from 'zod'
import { day } from './text.ts'

export const PlanDashboard = {
  summary:
    'A plan at a glance as of a day: implementation, money, what is late, reports and meetings missing, trend',
  params: z.strictObject({ slug: z.string().regex(/^[a-z0-9](-?[a-z0-9]){1,79}$/) }),
  query: z.strictObject({ asOf: day.optional() }),
  reply: z.object({
    asOf: z.iso.date(),
    titleSq: z.string().nullable(),
    titleEn: z.string().nullable(),
    activities: z.int(),
    completed: z.int(),
    started: z.int(),
    late: z.int(),
    perhapsLate: z.int(),
    unfunded: z.int(),
    reportsMissing: z.int(),
    meetingsMissed: z.int(),
    bodies: z.array(
      z.object({
        code: z.string(),
        nameSq: z.string(),
        nameEn: z.string(),
        activities: z.int(),
        completed: z.int(),
        late: z.int(),
      }),
    ),
    money: z.array(
      z.object({
        source: z.enum(['state', 'donors', 'gap']),
        planned: z.int(),
        committed: z.int(),
        paid: z.int(),
      }),
    ),
    /** Quarters of the plan up to the day, as they ended. */
    trend: z.array(
      z.object({ quarter: z.string(), to: z.iso.date(), completed: z.int(), late: z.int(), paid: z.int() }),
    ),
  }),
}
export type PlanDashboard = z.output<typeof PlanDashboard.reply>
