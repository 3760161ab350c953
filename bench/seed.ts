/**
 * A country of 100,000 persons and 60,000 cases, put in as the owner in a few statements: the same tables, indexes and
 * policies as in use, without the hours that the pipeline would take. Its events are not chained; the bench does not
 * verify a ledger.
 */
import type { Uuid } from '#domain/core.ts'
import type { Context } from '#server/context.ts'
import { systemTx } from '#server/tx.ts'

export const persons = 100_000
export const cases = 60_000

const given = [
  'Ardit',
  'Besmir',
  'Klea',
  'Mira',
  'Sara',
  'Noel',
  'Denis',
  'Elira',
  'Gëzim',
  'Drita',
  'Arben',
  'Lule',
  'Ilir',
  'Teuta',
  'Vjosa',
  'Agim',
  'Erion',
  'Anila',
  'Blerim',
  'Shpresa',
]
const family = [
  'Hoxha',
  'Kola',
  'Shehu',
  'Gjoka',
  'Dervishi',
  'Prifti',
  'Leka',
  'Marku',
  'Cela',
  'Kodra',
  'Hysi',
  'Balla',
  'Toska',
  'Zeneli',
  'Gega',
  'Dushku',
  'Murati',
  'Luka',
  'Daci',
  'Vata',
]

const list = (names: readonly string[]): string => `array[${names.map((name) => `'${name}'`).join(', ')}]`

/**
 * Fills the database once (a marker row says so). `worker` and `unit` own 40 open cases; the rest is spread over the
 * country's units. Returns ids of cases that the worker may read in full.
 */
export const seed = (ctx: Context, worker: Uuid, unit: Uuid): Promise<Uuid[]> =>
  systemTx(ctx, 'owner', 'bench: fill a country', async (tx) => {
    const known = await tx.sql<{ n: number }>('select count(*)::int as n from person')
    if ((known[0]?.n ?? 0) < persons) {
      await tx.sql(`create temporary table bench_unit on commit drop as
        select row_number() over (order by (id = '${unit}') desc, id)::int - 1 as n, id, municipality, county from unit where kind = 'cpu'`)
      await tx.sql(`create temporary table bench_person on commit drop as
        select n, gen_random_uuid() as id, (${list(given)})[1 + n % 20] as given,
          (${list(family)})[1 + (n / 20) % 20] || case when n % 7 = 0 then '' else chr(97 + (n / 400) % 26) || chr(97 + (n / 10400) % 26) end as family
        from generate_series(1, ${persons}) n`)
      await tx.sql(`insert into person (id, sex, born_from, born_to, registered_at, version)
        select id, case when n % 2 = 0 then 'male' else 'female' end, 2009 + n % 15, 2009 + n % 15, now(), 1 from bench_person`)
      await tx.sql(`insert into person_named (id, given_name, family_name, name_key, sounds)
        select id, given, family, lower(translate(given || ' ' || family, 'ëËçÇ', 'eEcC')), array[lower(given)] from bench_person`)
      await tx.sql(`insert into person_sensitive (id) select id from bench_person`)
      await tx.sql(`create temporary table bench_case on commit drop as
        select p.n, gen_random_uuid() as id, p.id as person_id, u.id as unit_id, u.municipality, u.county,
          case when u.n = 0 and p.n <= 61 * 40 then '${worker}'::uuid else gen_random_uuid() end as manager_id,
          p.n > 61 * 40 and p.n % 3 <> 0 as closed
        from bench_person p join bench_unit u on u.n = p.n % (select count(*) from bench_unit) where p.n <= ${cases}`)
      await tx.sql(`insert into case_file (id, code, version, person_id, unit_id, municipality, county, manager_id, status, risk_level, opened_at, closed_at, episode_at)
        select id, 'ZZ-2026-' || lpad(n::text, 5, '0'), 1, person_id, unit_id, municipality, county, manager_id,
          case when closed then 'CLOSED' else 'PLAN_ACTIVE' end, (array['low', 'medium', 'high', 'immediate'])[1 + n % 4],
          date_trunc('milliseconds', now()) - make_interval(hours => n % 20000), case when closed then now() end, now()
        from bench_case`)
      await tx.sql('insert into case_file_named (id) select id from bench_case')
      await tx.sql('insert into case_file_sensitive (id) select id from bench_case')
      await tx.sql(
        `insert into record_head (record_id, kind, version, hash) select id, 'case_file', 1, '\\x00' from bench_case`,
      )
      await tx.sql(`insert into event (id, record_id, kind, seq, type, v, facts, touches, digests, occurred_at, recorded_at, actor_id, role, xid, prev, hash)
        select gen_random_uuid(), id, 'case_file', 1, 'CaseOpened', 1, '{}', '{}', '', now(), now(), manager_id, 'cpw', pg_current_xact_id(), '\\x00', '\\x00' from bench_case`)
      await tx.sql(`insert into clock (id, rule, rule_set, unit_of_time, verification, statutory, legal_source, warn_percent, escalation,
          record_kind, record_id, unit_id, municipality, owner_role, owner_user_id, started_at, warn_at, due_at, first_due_at)
        select gen_random_uuid(), 'D10', (select max(id) from rule_set), 'days', 'U', true, 'bench', 80, '[]', 'case_file', id, unit_id, municipality, 'cpw', manager_id,
          now() - interval '60 days', now() + make_interval(days => n % 30), now() + make_interval(days => 1 + n % 30), now() + make_interval(days => 1 + n % 30)
        from bench_case where not closed`)
      await tx.sql(
        `create table if not exists bench_floor_report (id uuid primary key, received_at timestamptz not null, narrative text not null, children jsonb not null)`,
      )
      // The register's own tables of a report with their indexes, without checks, policies and counting.
      for (const table of ['report', 'report_named', 'report_child'])
        await tx.sql(`create table bench_same_${table} (like ${table} including defaults including indexes)`)
    }
    const own = await tx.sql<{ id: Uuid }>(
      'select id from case_file where manager_id = $1 and closed_at is null limit 40',
      [worker],
    )
    return own.map((row) => row.id)
  })
