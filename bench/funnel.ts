/**
 * `npm run bench -- --funnel`: the funnel of a year over 100,000 status records of the trafficking track (issue 5: 200 ms, warm),
 * beside a floor that asks the same counts of the same rows on a bare connection, without reader, rules, suppression or words.
 */
import pg from 'pg'
import type { Context } from '#server/context.ts'
import { systemTx } from '#server/tx.ts'
import { load } from './load.ts'

const records = 100_000
/** Of four files one goes all the way, one is refused, one waits for its interview, one for anything: nine records. */
const files = Math.ceil((records / 9) * 4)
const tables = ['person', 'nrm_file', 'identification_record', 'assistance_action', 'assistance_service']

export const seedFunnel = async (ctx: Context, say: (line: string) => void): Promise<void> => {
  const [known] = await systemTx(ctx, 'owner', 'bench: how many files', (tx) =>
    tx.sql<{ n: number }>(`select count(*)::int as n from nrm_file where code like 'MKR-20__-9_____'`),
  )
  if (known!.n >= files) return
  const from = performance.now()
  await systemTx(ctx, 'owner', 'bench: fill many files', async (tx) => {
    for (const table of tables) await tx.sql(`alter table ${table} disable trigger user`)
    await tx.sql(`create temporary table filler on commit drop as
      select g.n, gen_random_uuid() as person, gen_random_uuid() as file, timestamptz '2024-01-02 09:00+01' + make_interval(hours => g.n * 7919 % 25700) as at,
        (select id from unit where kind = 'shelter' order by id limit 1) as unit
      from generate_series(1, ${files}) g (n)`)
    await tx.sql(`insert into person (id, sex, born_from, born_to, citizenship, registered_at, version)
      select person, (array['female', 'male', 'unknown'])[1 + n % 3], 1970 + n % 36, 1970 + n % 36, (array['AL', 'AL', 'XK', 'PH'])[1 + n % 4], at, 1 from filler`)
    await tx.sql(`insert into nrm_file (id, code, version, person_id, subject, status, phase, unit_id, structure, door, forms, territory, municipality, county,
        opened_by, opened_unit, opened_at, status_at)
      select file, 'MKR-' || extract(year from at) || '-9' || lpad(n::text, 5, '0'), 1, person, 'adult', (array['vmt', 'formal_pending', 'vt', 'not_confirmed'])[1 + n % 4],
        (array['EMERGENCY', 'STABILISATION', 'REINTEGRATION', 'MONITORING'])[1 + n / 4 % 4], unit, (array['police', 'border_police', 'shelter', 'labour_inspector', 'hotline'])[1 + n % 5],
        (array['border', 'field', 'inspection', 'hotline'])[1 + n % 4], (array['{labour}', '{sexual,labour}', '{begging}', '{servitude}'])[1 + n % 4]::text[],
        (array['internal', 'cross_border', 'unknown'])[1 + n % 3], '53', 'AL-11', person, unit, at, at from filler`)
    await tx.sql(`insert into identification_record (id, nrm_id, person_id, status, on_day, structure, forms, territory, prior_trafficking, signatories, by_id, at)
      select gen_random_uuid(), file, person, s.status, (at + s.later)::date, 'police', '{labour}', 'internal', false, '{}', person, at + s.later
      from filler cross join lateral (values ('vmt', interval '0', 0), ('formal_pending', make_interval(days => 5 + n % 40), 1), ('vt', interval '60 days', 2),
          ('not_confirmed', interval '70 days', 3)) s (status, later, step)
      where s.step = 0 or s.step = 1 and n % 4 > 0 or s.step = 2 and n % 4 = 2 or s.step = 3 and n % 4 = 3`)
    // What was asked of providers for adults, and given for two of three.
    await tx.sql(`insert into assistance_action (id, nrm_id, service, provider_id, due, funding, status, done_on, by_id, at)
      select gen_random_uuid(), file, 'housing', (select institution_id from unit where id = f.unit), (at + interval '30 days')::date, 'state',
        case when n % 3 = 0 then 'done' else 'planned' end, case when n % 3 = 0 then (at + interval '20 days')::date end, person, at + interval '2 days' from filler f`)
    await tx.sql(`insert into assistance_service (id, nrm_id, service, setting, beneficiary, provider_id, from_day, funding, by_id, by_unit, at)
      select gen_random_uuid(), file, 'housing', 'community', 'subject', (select institution_id from unit where id = f.unit), (at + interval '12 days')::date, 'state',
        person, unit, at + interval '12 days' from filler f where n % 3 = 1`)
    for (const table of tables) await tx.sql(`alter table ${table} enable trigger user`)
    await tx.sql('select funnel_rebuild()')
  })
  const [made] = await systemTx(ctx, 'owner', 'bench: how many records', (tx) =>
    tx.sql<{ n: number }>('select count(*)::int as n from identification_record'),
  )
  say(`${files} files with ${made!.n} status records: ${Math.round((performance.now() - from) / 1000)} s`)
  await ctx.pools.owner.query('vacuum analyze')
}

export interface FunnelRow {
  readonly work: string
  readonly p50: number
  readonly p95: number
  readonly floor: number | null
  readonly aim: number
}

/** What the counting itself costs: the same answer by quarter, sex, age, territory, body and form, and the lags. */
const floorSql = [
  `with f as materialized (select quarter, sex, age, territory, structure, forms, stage, count(*) as n from funnel_file where year = 2026
     group by 1, 2, 3, 4, 5, 6, 7)
   select quarter, sex, age, territory, structure, null, stage, sum(n) from f
     group by grouping sets ((quarter, stage), (sex, stage), (age, stage), (territory, stage), (structure, stage))
   union all select null, null, null, null, null, form, stage, sum(n) from f, unnest(forms) form group by 6, 7`,
  `select percentile_cont(array[0.25, 0.5, 0.75, 0.9]) within group (order by interview_on - vmt_on),
     percentile_cont(array[0.25, 0.5, 0.75, 0.9]) within group (order by decided_on - vmt_on) from funnel_file where year = 2026`,
]
const floorOf = async (url: string): Promise<number> => {
  const pool = new pg.Pool({ connectionString: url, max: 1, options: '-c role=mb_owner' })
  const took: number[] = []
  try {
    for (let n = 0; n < 30; n += 1) {
      const from = performance.now()
      for (const sql of floorSql) await pool.query(sql)
      took.push(performance.now() - from)
    }
  } finally {
    await pool.end()
  }
  return took.slice(5).sort((a, b) => a - b)[12]!
}

export const measureFunnel = async (
  port: number,
  token: string,
  url: string,
  seconds: number,
): Promise<FunnelRow[]> => {
  const floor = await floorOf(url)
  const asks = [
    ['the funnel of a year', '/api/trafficking/funnel?year=2026', true],
    ['the page of it', '/api/trafficking/funnel/document?year=2026', true],
    ['files that stand still, the first page', '/api/trafficking/stuck', false],
    ['what nobody has acted on, the first page', '/api/trafficking/no-action', false],
    ['a hundred cases by the standard', '/api/htcds/export?limit=100', false],
  ] as const
  const rows: FunnelRow[] = []
  for (const [work, path, counted] of asks) {
    const found = await load(() => ({ method: 'GET', path, headers: { authorization: `Bearer ${token}` } }), {
      port,
      connections: 1,
      seconds,
      warmupSeconds: 1,
    })
    if (found.failures > 0) throw new Error(`${path}: ${found.failures} failures`)
    rows.push({
      work,
      p50: Math.round(found.p50),
      p95: Math.round(found.p95),
      floor: counted ? Math.round(floor) : null,
      aim: 200,
    })
  }
  return rows
}

export const funnelTable = (rows: readonly FunnelRow[]): string =>
  [
    `${records} status records of the trafficking track, one connection, warm:`,
    '',
    '| work | p50 ms | p95 ms | floor ms | ratio | aim ms |',
    '|---|---|---|---|---|---|',
    ...rows.map(
      (row) =>
        `| ${row.work} | ${row.p50} | ${row.p95} | ${row.floor ?? '–'} | ${row.floor === null ? '–' : (row.p50 / Math.max(1, row.floor)).toFixed(1)} | ${row.aim} |`,
    ),
  ].join('\n')
