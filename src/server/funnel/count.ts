/**
 * The funnel as it may be shown to whoever asks. The database counts (migration 0068) and lets through only what the reader's
 * role may have counted; figures of 1 to 4 are hidden here, for all but the Responsible Authority, which opens the files.
 */
import { type Suppressed, suppress } from '#disclosure/suppress.ts'
import { fromTirana } from '#domain/clock/tirana.ts'
import {
  type Dimension,
  dimensions,
  type Fate,
  type FunnelSubject,
  fates,
  lagSteps,
  readsExact,
  type Stage,
  stages,
} from '#domain/funnel/model.ts'
import { territories } from '#domain/screening.ts'
import type { Funnel, FunnelRow } from '#wire/funnel.ts'
import type { Tx } from '../tx.ts'

export const UP_TO = 4

interface Count {
  readonly by: Dimension
  readonly key: string
  readonly stage: Stage
  readonly n: number
}
interface After {
  readonly what: string
  readonly key: string
  readonly n: number
}
interface Lag {
  readonly step: (typeof lagSteps)[number]
  readonly n: number
  readonly p25: number
  readonly p50: number
  readonly p75: number
  readonly p90: number
}

/** Every key that a reader knows to exist: one that is missing would be one with none. */
const known: Partial<Record<Dimension, readonly string[]>> = {
  quarter: ['1', '2', '3', '4'],
  sex: ['female', 'male', 'unknown'],
  age: ['0-5', '6-13', '14-17', '18+', 'unknown'],
  territory: territories,
}

const asIs = (cells: readonly (readonly number[])[]): Suppressed => ({
  cells,
  rowTotals: cells.map((row) => row.reduce((a, b) => a + b, 0)),
  columnTotals: (cells[0] ?? []).map((_, at) => cells.reduce((sum, row) => sum + row[at]!, 0)),
  total: cells.flat().reduce((a, b) => a + b, 0),
})
type Hide = (cells: readonly (readonly number[])[]) => Suppressed

const sumShown = (cells: readonly (number | null)[]): number | null =>
  cells.some((one) => one === null) ? null : cells.reduce<number>((sum, one) => sum + (one ?? 0), 0)

const rowOf = (cells: readonly (number | null)[], total: number | null): Omit<FunnelRow, 'key'> => {
  const at = (stage: Stage): number | null => cells[stages.indexOf(stage)] ?? null
  return {
    potential: total,
    interviewed: sumShown([at('interview'), at('not_confirmed'), at('vt')]),
    confirmed: at('vt'),
    stages: Object.fromEntries(stages.map((stage) => [stage, at(stage)])) as FunnelRow['stages'],
  }
}

/** A table of one row has nothing to hide behind, as the nation's own totals are exact: only whoever sees exact figures gets it. */
const rowsBy = (counts: readonly Count[], by: Dimension, hide: Hide): FunnelRow[] => {
  const own = counts.filter((one) => one.by === by)
  const keys = [...new Set([...(known[by] ?? []), ...own.map((one) => one.key).sort()])]
  const cells = keys.map((key) =>
    stages.map((stage) => own.find((one) => one.key === key && one.stage === stage)?.n ?? 0),
  )
  if (keys.length === 0 || (keys.length === 1 && hide !== asIs)) return []
  const shown = hide(cells)
  return keys.map((key, at) => ({ key, ...rowOf(shown.cells[at] ?? [], shown.rowTotals[at] ?? null) }))
}

export const countFunnel = async (tx: Tx, year: number, subject: FunnelSubject): Promise<Funnel> => {
  const asked = [year, subject === 'all' ? null : subject]
  const [counts, lags, after, conformity, standing] = await Promise.all([
    tx.sql<Count>('select * from funnel_counts($1, $2)', asked),
    tx.sql<Lag>('select * from funnel_lags($1, $2)', asked),
    tx.sql<After>('select * from funnel_after($1, $2)', asked),
    tx.sql<{ subject: string; asked: number; met: number }>(
      'select subject, asked, met from interview_conformity($1, $2)',
      [fromTirana(`${year}-01-01`), fromTirana(`${year + 1}-01-01`)],
    ),
    tx.sql<{ compared_at: string | null; differing: number | null; last_status_at: string | null }>(
      'select * from official_standing()',
    ),
  ])
  const exact = readsExact(tx.actor)
  const hide: Hide = exact ? asIs : (cells) => suppress({ cells }, { upTo: UP_TO })
  /** A part of something: hidden when it, or what is left of it, is small. */
  const part = (n: number, of: number): number | null => {
    const small = (one: number): boolean => one > 0 && one <= UP_TO
    return !exact && (small(n) || small(of - n)) ? null : n
  }
  const total = stages.map((stage) =>
    counts.reduce((sum, one) => (one.by === 'quarter' && one.stage === stage ? sum + one.n : sum), 0),
  )
  const potential = total.reduce((a, b) => a + b, 0)
  const files = (key: string): number => after.find((one) => one.what === 'file' && one.key === key)?.n ?? 0
  const waited = (key: string): number | null =>
    after.find((one) => one.what === 'waited' && one.key === key)?.n ?? null
  const waitedShown = part(waited('n') ?? 0, Number.POSITIVE_INFINITY)
  const kinds = [
    ...new Set(after.flatMap((one) => (one.what.startsWith('referral/') ? [one.what.slice(9)] : []))),
  ].sort()
  const referrals = hide(
    kinds.map((kind) =>
      fates.map((fate) => after.find((one) => one.what === `referral/${kind}` && one.key === fate)?.n ?? 0),
    ),
  )
  // Items, not persons: so many conditions of the year's interviews applied, so many were met.
  const sop = conformity
    .filter((one) => subject === 'all' || one.subject === subject)
    .reduce((sum, one) => ({ of: sum.of + one.asked, met: sum.met + one.met }), { of: 0, met: 0 })
  const [held] = standing
  const reconciled =
    held?.compared_at !== null &&
    held?.compared_at !== undefined &&
    held.differing === 0 &&
    (held.last_status_at === null || held.last_status_at <= held.compared_at)
  return {
    year,
    subject,
    countedAt: tx.now,
    exact,
    standing: { state: reconciled ? 'reconciled' : 'operational', comparedAt: held?.compared_at ?? null },
    // The nation's own totals are exact, as everywhere in this register.
    total: rowOf(total, potential),
    rate: potential === 0 ? null : Math.round((total[stages.indexOf('vt')]! / potential) * 1000) / 10,
    quarters: rowsBy(counts, 'quarter', hide),
    splits: dimensions.filter((by) => by !== 'quarter').map((by) => ({ by, rows: rowsBy(counts, by, hide) })),
    lags: lagSteps.map((step) => {
      const found = lags.find((one) => one.step === step)
      const n = part(found?.n ?? 0, potential)
      const days = (value: number | undefined): number | null =>
        n === null || value === undefined ? null : Math.round(value * 10) / 10
      return {
        step,
        n,
        p25: days(found?.p25),
        median: days(found?.p50),
        p75: days(found?.p75),
        p90: days(found?.p90),
      }
    }),
    after: {
      reintegration: part(files('reintegration'), potential),
      exited: part(files('exited'), potential),
      again: part(files('again'), potential),
      againWithinYear: part(files('again_within_year'), files('exited')),
      waitedDays: waitedShown === null ? null : waited('median'),
      waited: waitedShown,
    },
    referrals: kinds.map((key, at) => ({
      key,
      sent: referrals.rowTotals[at] ?? null,
      fates: Object.fromEntries(
        fates.map((fate, column) => [fate, referrals.cells[at]?.[column] ?? null]),
      ) as Record<Fate, number | null>,
    })),
    sop: sop.of === 0 ? null : { met: part(sop.met, sop.of), of: sop.of },
  }
}
