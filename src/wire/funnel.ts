/** The funnel on the wire. Null is a figure that is hidden: 1 to 4, or one that would give such a figure away. */
import { z } from 'zod'
import { dimensions, fates, funnelSubjects, lagSteps, stages } from '#domain/funnel/model.ts'
import { instant, PageQuery, uuid } from './envelope.ts'
import { firstYear } from './statistics.ts'

const year = z.coerce.number().int().min(firstYear).max(2100)
const subject = z.enum(funnelSubjects).optional()
export const FunnelQuery = z.strictObject({ year, subject })

const count = z.int().nonnegative().nullable()
const Row = z.object({
  key: z.string(),
  /** Potential victims: all of the row. */
  potential: count,
  /** Came to the interview of formal identification, whatever was decided. */
  interviewed: count,
  /** Official victims. */
  confirmed: count,
  stages: z.record(z.enum(stages), count),
})
export type FunnelRow = z.infer<typeof Row>

export const Funnel = z.object({
  year: z.int(),
  subject: z.enum(funnelSubjects),
  countedAt: instant,
  /** False: figures of 1 to 4 are hidden. */
  exact: z.boolean(),
  /** Operational, not official, until the register was compared with the official victim database and found equal. */
  standing: z.object({
    state: z.enum(['operational', 'reconciled']),
    comparedAt: instant.nullable(),
  }),
  total: Row.omit({ key: true }),
  /** Official victims of potential ones of the same year, in percent. */
  rate: z.number().nullable(),
  quarters: z.array(Row),
  splits: z.array(z.object({ by: z.enum(dimensions), rows: z.array(Row) })),
  /** Days; quarters of the distribution and the ninetieth percentile. */
  lags: z.array(
    z.object({
      step: z.enum(lagSteps),
      n: count,
      p25: z.number().nullable(),
      median: z.number().nullable(),
      p75: z.number().nullable(),
      p90: z.number().nullable(),
    }),
  ),
  after: z.object({
    /** Reached reintegration, left, was trafficked before, was trafficked again within a year of leaving. */
    reintegration: count,
    exited: count,
    again: count,
    againWithinYear: count,
    /** Median days from a referral to the service that it asked for. */
    waitedDays: z.number().nullable(),
    waited: count,
  }),
  /** Referrals out of these files by the kind of body asked, and what became of them. */
  referrals: z.array(z.object({ key: z.string(), sent: count, fates: z.record(z.enum(fates), count) })),
  /** Checklist items met in the interviews of the year; null while no interview was recorded. */
  sop: z.object({ met: count, of: count }).nullable(),
})
export type Funnel = z.infer<typeof Funnel>

export const ReadFunnel = {
  summary:
    'From potential victim to interview and decision in one year: by quarter, age, sex, form, territory, identifying body; lags, what came after',
  query: FunnelQuery,
  reply: Funnel,
}
export const FunnelDocument = {
  summary: 'The funnel of a year as a document',
  query: z.strictObject({ year, subject, lang: z.enum(['sq', 'en']).default('sq') }),
}

const Stuck = z.object({
  id: uuid,
  code: z.string(),
  subject: z.enum(['child', 'adult']),
  status: z.string(),
  since: instant,
  days: z.int(),
  structure: z.string(),
  unit: z.string(),
  municipality: z.string().nullable(),
  /** A statutory deadline of the file is past. */
  overdue: z.boolean(),
})
export const ListStuck = {
  summary: 'Files without a decision, the longest first; the Responsible Authority alone',
  query: z.strictObject(PageQuery),
  reply: z.object({ items: z.array(Stuck), next: z.string().nullable() }),
}
const Silent = z.object({
  id: uuid,
  code: z.string(),
  nrmId: uuid,
  nrmCode: z.string(),
  recipientKind: z.string(),
  to: z.string(),
  service: z.string(),
  state: z.string(),
  sentAt: instant,
  days: z.int(),
})
export const ListSilent = {
  summary:
    'Referrals out of files of the trafficking track that nobody has acted on; the Responsible Authority alone',
  query: z.strictObject(PageQuery),
  reply: z.object({ items: z.array(Silent), next: z.string().nullable() }),
}
