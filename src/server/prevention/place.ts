/** Places and periods that records of prevention share. */
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Day } from '#domain/core.ts'
import { invalid } from '../problem.ts'
import type { Tx } from '../tx.ts'

/** County of the named municipality; of the writer's own body where none is named; null for an unknown code. */
export const countyOf = async (tx: Tx, municipality: string | null): Promise<string | null> => {
  if (municipality === null) return tx.actor.county
  const [row] = await tx.sql<{ county: string }>('select county from municipality where code = $1', [
    municipality,
  ])
  return row?.county ?? null
}

/** First day counted and first day no longer counted; this year where nothing is asked. */
export const periodOf = (
  tx: Tx,
  query: { readonly from?: Day | undefined; readonly until?: Day | undefined },
): { from: Day; until: Day } => {
  const year = Number(tiranaDay(tx.now).slice(0, 4))
  const from = query.from ?? `${year}-01-01`
  const until = query.until ?? `${year + 1}-01-01`
  if (until <= from) throw invalid({ field: 'query.until', code: 'too_small' })
  return { from, until }
}

/** Cursor values are instants; days page through their midnight. */
export const dayCursor = (day: Day): string => `${day}T00:00:00.000Z`
