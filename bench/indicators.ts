/**
 * `npm run bench -- --indicators 1000000`: what a quarter's figures cost over that many cases. The country is put in as the
 * owner with counting off, counted once from its records, and then asked over HTTP by a reader of aggregates. Issue 3: at
 * most 300 ms at p95, warm.
 */
import type { Context } from '#server/context.ts'
import { systemTx, type Tx } from '#server/tx.ts'
import { load } from './load.ts'

const tables = [
  'person',
  'report',
  'report_child',
  'case_file',
  'case_report',
  'identification_record',
  'service_delivery',
  'referral',
  'follow_up',
  'protection_measure',
]

const fill = async (tx: Tx, cases: number): Promise<void> => {
  await tx.sql(`create temporary table filler_unit on commit drop as
    select row_number() over (order by id)::int - 1 as n, id, municipality, county from unit where kind = 'cpu'`)
  await tx.sql(`create temporary table filler on commit drop as
    select g.n, gen_random_uuid() as person, gen_random_uuid() as report, gen_random_uuid() as file, u.id as unit, u.municipality, u.county,
      timestamptz '2026-11-20 09:00+01' - make_interval(hours => (g.n::bigint * 7919 % 26280)::int) as at
    from generate_series(1, ${cases}) g (n) join filler_unit u on u.n = g.n % (select count(*) from filler_unit)`)
  await tx.sql(`insert into person (id, sex, born_from, born_to, citizenship, registered_at, version)
    select person, (array['female', 'male', 'unknown'])[1 + n % 3], 2004 + n % 18, 2004 + n % 18, (array['AL', 'AL', 'AL', 'XK'])[1 + n % 4], at, 1 from filler`)
  await tx.sql(`insert into report (id, state, unit_id, municipality, source, channel, immediacy, concerns, children, occurred_at, received_at, version)
    select report, 'ACCEPTED', unit, municipality, (array['school', 'police', 'field_team', 'public', 'self', 'health', 'labour_inspectorate'])[1 + n % 7],
      (array['web', '116006', 'field', 'phone'])[1 + n % 4], 'high', (array['{begging,neglect}', '{trafficking}', '{mining}', '{neglect}'])[1 + n % 4]::text[], 1, at, at, 1 from filler`)
  await tx.sql(`insert into case_file (id, code, version, person_id, unit_id, municipality, county, manager_id, status, risk_level, vmt_status, concerns, opened_at, closed_at, closure_reason, episode_at)
    select file, 'ZY-' || (2000 + n / 1000000) || '-' || lpad((n % 1000000)::text, 6, '0'), 1, person, unit, municipality, county, gen_random_uuid(),
      case when n % 3 = 0 then 'CLOSED' else 'PLAN_ACTIVE' end, (array['low', 'medium', 'high', 'immediate'])[1 + n % 4],
      case when n % 40 = 0 then 'vmt' else 'none' end, (array['{begging,neglect}', '{trafficking}', '{mining}', '{neglect}'])[1 + n % 4]::text[],
      at, case when n % 3 = 0 then at + interval '20 days' end, case when n % 3 = 0 then 'goals_met' end, at from filler`)
  await tx.sql('insert into case_report (case_id, report_id, at) select file, report, at from filler')
  await tx.sql(`insert into identification_record (id, case_id, person_id, status, on_day, structure, forms, territory, prior_trafficking, signatories, by_id, at)
    select gen_random_uuid(), file, person, 'vmt', (at + make_interval(days => n % 30))::date, (array['police', 'cpw', 'border_police'])[1 + n % 3],
      (array['{labour}', '{sexual,begging}', '{begging}'])[1 + n % 3]::text[], 'internal', n % 200 = 0, '{}', gen_random_uuid(), at from filler where n % 40 = 0`)
  await tx.sql(`insert into service_delivery (id, case_id, service, setting, beneficiary, provider_id, from_day, until_day, by_id, at)
    select gen_random_uuid(), file, (array['legal', 'medical', 'education', 'psychological', 'food', 'vocational'])[1 + n % 6],
      (array['community', 'shelter', 'office'])[1 + n % 3], 'child', (select id from institution limit 1), at::date, at::date + n % 100, gen_random_uuid(), at from filler where n % 2 = 0`)
  await tx.sql(`insert into referral (id, code, state, case_id, from_unit_id, to_unit_id, sent_by, recipient_kind, service, sent_fields, fields, sent_at, ack_due_at, acknowledged_at, service_started_at)
    select gen_random_uuid(), 'RF-2026-' || lpad(translate(upper(to_hex(n)), 'ILOU', '0000'), 8, '0'), 'IN_SERVICE', file, unit, (select id from unit where kind = 'health' limit 1),
      (select id from app_user limit 1), 'health', 'treatment', '{}', '{}', at, at + interval '2 days', at + make_interval(hours => n % 90), at + make_interval(days => n % 40) from filler where n % 3 = 0`)
  await tx.sql(`insert into follow_up (id, case_id, episode, month, due, done_at, seen_on, seen, reexploited)
    select gen_random_uuid(), file, 1, 1, (at + interval '50 days')::date, at + interval '49 days', (at + interval '49 days')::date, 'child', 'no' from filler where n % 6 = 0`)
  await tx.sql(`insert into protection_measure (id, case_id, kind, ground, status, parents_cooperate, proposed_by, proposed_at, from_day)
    select gen_random_uuid(), file, 'emergency', (array['work', 'begging', 'abuse'])[1 + n % 3], 'in_force', 'no', gen_random_uuid(), at, at::date from filler where n % 10 = 0`)
}

/** Fills up to this many cases and counts them once. */
export const seedIndicators = async (
  ctx: Context,
  cases: number,
  say: (line: string) => void,
): Promise<void> => {
  const [known] = await systemTx(ctx, 'owner', 'bench: how many cases', (tx) =>
    tx.sql<{ n: number }>(`select count(*)::int as n from case_file where code like 'ZY-%'`),
  )
  if (known!.n >= cases) return
  let from = performance.now()
  await systemTx(ctx, 'owner', 'bench: fill many cases', async (tx) => {
    for (const table of tables) await tx.sql(`alter table ${table} disable trigger user`)
    await fill(tx, cases)
    for (const table of tables) await tx.sql(`alter table ${table} enable trigger user`)
  })
  say(`${cases} cases with their records: ${Math.round((performance.now() - from) / 1000)} s`)
  await ctx.pools.owner.query('vacuum analyze')
  from = performance.now()
  await systemTx(ctx, 'owner', 'bench: count them once', (tx) => tx.sql('select rollup_rebuild()'))
  say(`counted once from the records: ${Math.round((performance.now() - from) / 1000)} s`)
  await ctx.pools.owner.query('vacuum analyze')
}

export interface IndicatorRow {
  readonly work: string
  readonly p50: number
  readonly p95: number
  readonly failures: number
}

const asks: readonly (readonly [string, string])[] = [
  ['all figures of a quarter', '/api/indicator-figures?from=2026-07-01&to=2026-09-30'],
  ['all figures of a year', '/api/indicator-figures?from=2026-01-01&to=2026-12-31'],
  [
    'one figure by municipality',
    '/api/indicators/S004-PREV-1.d.3-i1/value?from=2026-07-01&to=2026-09-30&by=municipality',
  ],
  [
    'one figure of children by municipality',
    '/api/indicators/S001-CHILD-i1/value?from=2026-07-01&to=2026-09-30&by=municipality',
  ],
  ['twelve quarters of one figure', '/api/indicators/S004-PROT-G1-i1/series?count=12'],
  [
    'open cases of exploitation by municipality',
    '/api/indicators/S000-NARR-i3/value?from=2026-07-01&to=2026-09-30&by=municipality',
  ],
]

/** Each work alone on one connection, warm. */
export const measureIndicators = async (
  port: number,
  token: string,
  seconds: number,
): Promise<IndicatorRow[]> => {
  const rows: IndicatorRow[] = []
  for (const [work, path] of asks) {
    const measured = await load(
      () => ({ method: 'GET', path, headers: { authorization: `Bearer ${token}` } }),
      {
        port,
        connections: 1,
        seconds,
        warmupSeconds: 1,
      },
    )
    rows.push({
      work,
      p50: Math.round(measured.p50),
      p95: Math.round(measured.p95),
      failures: measured.failures,
    })
  }
  return rows
}

export const indicatorTable = (cases: number, rows: readonly IndicatorRow[]): string =>
  [
    `Figures over ${cases} cases, one connection, warm (aim: p95 at most 300 ms):`,
    '',
    '| work | p50 ms | p95 ms |',
    '|---|---|---|',
    ...rows.map(
      (row) =>
        `| ${row.work} | ${row.p50} | ${row.p95}${row.failures > 0 ? ` (${row.failures} FAILED)` : ''} |`,
    ),
  ].join('\n')
