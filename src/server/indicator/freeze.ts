/**
 * Figures as a report publishes them: value, query and its version, number of records, who and when. Written once; the
 * live figure goes on moving. Splits are kept as signed-in readers and as the public may see them, already suppressed.
 */
import type { Json, Uuid } from '#domain/core.ts'
import type { Period } from '#domain/indicator/period.ts'
import { uuidv7 } from '../ids.ts'
import type { Tx, WriteTx } from '../tx.ts'
import { liveIndicators } from './queries/index.ts'
import { type ShownCell, splitForAll } from './shown.ts'
import { type Reported, reportFigures } from './value.ts'

export interface Frozen {
  readonly indicatorId: string
  readonly from: string
  readonly to: string
  readonly value: number | null
  readonly numerator: number | null
  readonly denominator: number | null
  /** By audience, then by dimension; null is hidden. */
  readonly breakdown: {
    readonly signedIn: Readonly<Record<string, readonly ShownCell[]>>
    readonly public: Readonly<Record<string, readonly ShownCell[]>>
  }
  readonly kind: 'counted' | 'collected' | 'external'
  readonly query: string | null
  readonly queryVersion: number | null
  readonly records: number
  readonly operational: boolean
  readonly frozenBy: Uuid
  readonly frozenAt: string
}

const breakdownOf = async (tx: Tx, { query }: Reported, period: Period): Promise<Frozen['breakdown']> => {
  const tables: { signedIn: Record<string, ShownCell[]>; public: Record<string, ShownCell[]> } = {
    signedIn: {},
    public: {},
  }
  if (period.span === 'month') return tables
  const splits = await Promise.all(
    query.splits.map(async (by) => [by, await splitForAll(tx, query, period, by)] as const),
  )
  for (const [by, shown] of splits) {
    // A place with none says nothing that its absence does not.
    const told = (cells: ShownCell[]) => cells.filter((cell) => by !== 'municipality' || cell.n !== 0)
    tables.signedIn[by] = told(shown.signedIn)
    // Places never stand beside counts of victims on public pages (standards, section 5).
    if (!(query.operational === true && (by === 'municipality' || by === 'county')))
      tables.public[by] = told(shown.public)
  }
  return tables
}

interface Row {
  readonly id: string
  readonly value: number | null
  readonly numerator: number | null
  readonly denominator: number | null
  readonly breakdown: Json
  readonly kind: string
  readonly query: string | null
  readonly queryVersion: number | null
  readonly records: number
  readonly operational: boolean
}

/** Figures that institutions brought for exactly this period: one stands for itself, several of a number are added. */
const entered = async (tx: Tx, period: Period, ids: readonly string[] | null): Promise<Row[]> => {
  const rows = await tx.sql<{ id: string; kind: string; value: number | null; n: number }>(
    `select v.indicator_id as id, v.kind, count(*)::int as n,
       case when count(*) = 1 or bool_and(i.unit like 'n%') then sum(v.value) end as value
     from indicator_value v join indicator i on i.id = v.indicator_id
     where v.stands and v.period_from = $1 and v.period_to = $2 and ($3::text[] is null or v.indicator_id = any ($3))
       and not v.indicator_id = any ($4)
     group by 1, 2 order by 1`,
    [period.from, period.to, ids, liveIndicators],
  )
  return rows.map((row) => ({
    id: row.id,
    value: row.value,
    numerator: row.value,
    denominator: null,
    breakdown: { signedIn: {}, public: {} },
    kind: row.kind,
    query: null,
    queryVersion: null,
    records: row.n,
    operational: false,
  }))
}

/** Which edition of which report: a correction is published with figures of its own, and the edition before keeps its. */
export interface EditionRef {
  readonly id: Uuid
  readonly edition: number
}

/** Freezes the figures of a period for an edition of a report; what is frozen for it already stays as it was. Returns how many. */
export const freezeIndicators = async (
  tx: WriteTx,
  report: EditionRef,
  period: Period,
  ids: readonly string[] | null = null,
): Promise<number> => {
  const rows: Row[] = await entered(tx, period, ids)
  for (const figure of await reportFigures(tx, ids, period))
    rows.push({
      id: figure.id,
      value: figure.value,
      numerator: figure.n,
      denominator: figure.of,
      breakdown: (await breakdownOf(tx, figure, period)) as unknown as Json,
      kind: 'counted',
      query: figure.query.code,
      queryVersion: figure.query.version,
      records: figure.records,
      operational: figure.query.operational === true,
    })
  const [done] = await tx.sql<{ n: number }>(
    `with written as (
       insert into indicator_frozen (id, report_id, edition, indicator_id, period_from, period_to, value, numerator, denominator, breakdown, kind,
         query, query_version, records, operational, frozen_by, frozen_at)
       select r."key", $1, $7, r.id, $2, $3, r.value, r.numerator, r.denominator, r.breakdown, r.kind, r.query, r."queryVersion", r.records,
         r.operational, $4, $5
       from jsonb_to_recordset($6::jsonb) as r ("key" uuid, id text, value numeric, numerator numeric, denominator numeric, breakdown jsonb,
         kind text, query text, "queryVersion" int, records bigint, operational boolean)
       on conflict (report_id, edition, indicator_id) do nothing returning 1)
     select count(*)::int as n from written`,
    [
      report.id,
      period.from,
      period.to,
      tx.actor.userId,
      tx.now,
      JSON.stringify(rows.map((row) => ({ ...row, key: uuidv7() }))),
      report.edition,
    ],
  )
  return done!.n
}

/** What was frozen for an edition of a report, in the catalogue's order. */
export const frozenOf = (tx: Tx, report: EditionRef): Promise<Frozen[]> =>
  tx.sql<Frozen>(
    `select f.indicator_id as "indicatorId", f.period_from as "from", f.period_to as "to", f.value, f.numerator, f.denominator, f.breakdown,
       f.kind, f.query, f.query_version as "queryVersion", f.records, f.operational, f.frozen_by as "frozenBy", f.frozen_at as "frozenAt"
     from indicator_frozen f join indicator i on i.id = f.indicator_id where f.report_id = $1 and f.edition = $2
     order by i.ordinal limit 1000`,
    [report.id, report.edition],
  )
