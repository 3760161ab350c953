/** Complaints: how many told of unequal treatment. Only their number leaves the office that hears them. */
import { fromTirana } from '#domain/clock/tirana.ts'
import type { IndicatorQuery } from '../query.ts'

export const complaintQueries: readonly IndicatorQuery[] = [
  {
    code: 'complaints_of_discrimination',
    version: 1,
    unit: 'n',
    restsOn: ['Complaint'],
    definition: {
      en: 'Complaints received in the period in which a child, a guardian or a victim said that they were treated worse than others. Whoever complains twice is counted twice.',
      sq: 'Ankesat e marra në periudhë, në të cilat fëmija, kujdestari ose viktima tha se u trajtua më keq se të tjerët. Kush ankohet dy herë, numërohet dy herë.',
    },
    indicators: ['S002-PROS-G1-i2'],
    splits: [],
    adds: true,
    count: async (tx, { from, until }) => {
      const [row] = await tx.sql<{ n: number }>(
        "select coalesce(sum(n), 0)::integer as n from complaint_counts($1, $2, $3) where ground <> 'none'",
        [fromTirana(from), fromTirana(until), tx.now],
      )
      const n = row?.n ?? 0
      return { n, of: null, records: n }
    },
    split: async () => new Map(),
  },
]
