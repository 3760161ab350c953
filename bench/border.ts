/**
 * The border: `border.check` over two million alerts, half of the look-ups with a name that was written otherwise. Our server and the
 * floor answer in turns from the same PostgreSQL; the floor asks for equal words alone and keeps three rows.
 */
import { readFileSync } from 'node:fs'
import type { Uuid } from '#domain/core.ts'
import { nameKey, phoneticKey } from '#linkage/name.ts'
import { addUser } from '#server/admin/add-user.ts'
import type { Context } from '#server/context.ts'
import { uuidv7 } from '#server/ids.ts'
import { createToken } from '#server/session/tokens.ts'
import { systemTx } from '#server/tx.ts'
import { type Ask, load } from './load.ts'

export const alerts = 2_000_000
/** No officer may make more look-ups an hour than an honest one: the load is shared out. */
const officers = 60
const aimMs = 150

interface Names {
  readonly male: readonly string[]
  readonly female: readonly string[]
  readonly family: readonly string[]
}
/** Shipped names; each family's beginning with each other's ending, so that there are as many as in a country. */
const namesOf = (): { readonly given: readonly string[]; readonly family: readonly string[] } => {
  const file = JSON.parse(
    readFileSync(new URL('../reference/al/names/names.json', import.meta.url), 'utf8'),
  ) as Names
  const half = (name: string) => Math.ceil(name.length / 2)
  return {
    given: [...file.male, ...file.female],
    family: file.family.flatMap((one) =>
      file.family.map((other) => `${one.slice(0, half(one))}${other.slice(half(other))}`),
    ),
  }
}
const keyed = (names: readonly string[]): string =>
  JSON.stringify(names.map((name) => ({ k: nameKey(name).replaceAll(' ', ''), s: phoneticKey(name) })))

/** Alerts of the police, put in as the owner in pieces; their keys are those that the server would make. */
export const seedBorder = async (ctx: Context, say: (line: string) => void): Promise<readonly string[]> => {
  const { given, family } = namesOf()
  const [unit] = await systemTx(ctx, 'owner', 'bench: a post of the border', async (tx) => {
    const found = await tx.sql<{ id: Uuid }>(
      "select id from unit where kind = 'border_police' and municipality = '46' limit 1",
    )
    if (found.length > 0) return found
    const id = uuidv7()
    await tx.sql(
      "insert into institution (id, kind, name_sq, name_en) values ($1, 'border_police', 'bench', 'bench')",
      [id],
    )
    return tx.sql<{ id: Uuid }>(
      `insert into unit (id, institution_id, kind, name_sq, name_en, municipality, county)
       values ($1, $1, 'border_police', 'bench-post', 'bench-post', '46', 'AL-10') returning id`,
      [id],
    )
  })
  const tokens: string[] = []
  for (let n = 0; n < officers; n += 1) {
    const login = `bench-officer-${n}`
    const [known] = await systemTx(ctx, 'owner', 'bench: find the officer', (tx) =>
      tx.sql('select 1 from app_user where login = $1', [login]),
    )
    if (known === undefined) await addUser(ctx, { login, role: 'border_police', unit: unit!.id })
    tokens.push((await createToken(ctx, login)).token)
  }
  const [have] = await systemTx(ctx, 'owner', 'bench: count alerts', (tx) =>
    tx.sql<{ n: number }>('select count(*)::integer as n from border_alert'),
  )
  if ((have?.n ?? 0) >= alerts) return tokens
  const pool = ctx.pools.owner
  await pool.query(
    'create table if not exists bench_floor_report (id uuid primary key, received_at timestamptz, narrative text, children jsonb)',
  )
  await pool.query('drop index border_alert_named_words')
  const piece = 100_000
  await systemTx(ctx, 'owner', 'bench: parts of names', (tx) =>
    tx.sql(
      `insert into border_alert_word (word, sound) select x ->> 'k', min(x ->> 's') from jsonb_array_elements($1::jsonb) x
       where x ->> 'k' <> '' group by 1 on conflict do nothing`,
      [keyed([...given, ...family])],
    ),
  )
  for (let done = 0; done < alerts; done += piece) {
    await systemTx(ctx, 'owner', 'bench: alerts of the border', async (tx) => {
      await tx.sql(
        `with g as (select (x ->> 'k') as k, (x ->> 's') as s, n from jsonb_array_elements($1::jsonb) with ordinality o (x, n)),
           f as (select (x ->> 'k') as k, (x ->> 's') as s, n from jsonb_array_elements($2::jsonb) with ordinality o (x, n)),
           r as (select gen_random_uuid() as id, 1 + floor(power(random(), 1.6) * $3)::integer as gi,
               1 + floor(power(random(), 1.6) * $4)::integer as fi, 2008 + floor(random() * 18)::integer as y, n
             from generate_series(1, $5) n),
           a as (insert into border_alert (id, version, kind, direction, step, phone, unit_id, role, sex, born_from, born_to, by_id, at,
               expires_on) select id, 1, 'missing', 'both', 'hold_call', '112', $6, 'police', 'unknown', y, y, $6, now(), '2099-01-01' from r),
           d as (insert into border_alert_document (alert_id, hash) select id, sha256(convert_to('bench' || n || $7::text, 'UTF8')) from r)
         insert into border_alert_named (id, given_name, family_name, words)
           select r.id, g.k, f.k, array[g.k, f.k] from r join g on g.n = r.gi join f on f.n = r.fi`,
        [keyed(given), keyed(family), given.length, family.length, piece, unit!.id, String(done)],
      )
    })
    if ((done / piece) % 5 === 4) say(`${done + piece} alerts`)
  }
  await pool.query('create index border_alert_named_words on border_alert_named using gin (words)')
  await pool.query('vacuum analyze')
  return tokens
}

export interface BorderRow {
  readonly work: string
  readonly connections: number
  readonly perSecond: number
  readonly floorPerSecond: number
  readonly ratio: number
  readonly p50: number
  readonly p95: number
  readonly floorP95: number
  readonly failures: number
}

type Kind = 'nobody' | 'miswritten' | 'known'
const pick = <T>(from: readonly T[]): T => from[Math.floor(Math.random() * from.length)]!
/** A name that nobody looks for. */
const stranger = (): string =>
  Array.from({ length: 7 }, (_, n) => pick([...(n % 2 === 0 ? 'bdfgklmprstvz' : 'aeiou')])).join('')
/** Two letters in each other's place, as a clerk of another country may write it. */
const miswritten = (name: string): string => {
  const at = 1 + Math.floor(Math.random() * Math.max(1, name.length - 2))
  return `${name.slice(0, at)}${name[at + 1] ?? ''}${name[at] ?? ''}${name.slice(at + 2)}`
}

export const measureBorder = async (
  port: number,
  floorPort: number,
  tokens: readonly string[],
  seconds: number,
  rounds: number,
): Promise<BorderRow[]> => {
  const { given, family } = namesOf()
  let turn = 0
  const body = (kind: Kind) => {
    const year = 2009 + Math.floor(Math.random() * 16)
    const name = { given: pick(given), family: kind === 'nobody' ? stranger() : pick(family) }
    return {
      direction: pick(['in', 'out'] as const),
      category: 'alone',
      escorts: [],
      document: { kind: 'passport', number: `B${Math.floor(Math.random() * 1e8)}` },
      givenName: name.given,
      familyName: kind === 'miswritten' ? miswritten(name.family) : name.family,
      birth: { from: `${year}-01-01`, to: `${year}-12-31`, said: String(year) },
      sex: 'unknown',
      citizenship: 'AL',
    }
  }
  const ours = (kind: Kind) => (): Ask => {
    turn += 1
    return {
      method: 'POST',
      path: '/api/commands',
      headers: { authorization: `Bearer ${tokens[turn % tokens.length]}` },
      body: JSON.stringify({
        commandId: uuidv7(),
        type: 'border.check',
        recordId: uuidv7(),
        body: body(kind),
      }),
    }
  }
  const floor = (kind: Kind) => (): Ask => {
    const { givenName, familyName } = body(kind)
    return {
      method: 'POST',
      path: '/border',
      body: JSON.stringify({ recordId: uuidv7(), words: [nameKey(givenName), nameKey(familyName)] }),
    }
  }
  const median = (values: readonly number[]): number =>
    [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
  const result: BorderRow[] = []
  for (const [work, kind] of [
    ['nobody is looked for', 'nobody'],
    ['a name written otherwise', 'miswritten'],
    ['a name that several alerts bear', 'known'],
  ] as const)
    for (const connections of [1, 4]) {
      const seen = []
      for (let n = 0; n < rounds; n += 1) {
        const at = await load(floor(kind), { port: floorPort, connections, seconds, warmupSeconds: 1 })
        const we = await load(ours(kind), { port, connections, seconds, warmupSeconds: 1 })
        seen.push({ at, we })
      }
      const perSecond = median(seen.map(({ we }) => we.perSecond))
      const floorPerSecond = median(seen.map(({ at }) => at.perSecond))
      result.push({
        work,
        connections,
        perSecond: Math.round(perSecond),
        floorPerSecond: Math.round(floorPerSecond),
        ratio: Number((floorPerSecond / Math.max(1, perSecond)).toFixed(2)),
        p50: Math.round(median(seen.map(({ we }) => we.p50))),
        p95: Math.round(median(seen.map(({ we }) => we.p95))),
        floorP95: Math.round(median(seen.map(({ at }) => at.p95))),
        failures: seen.reduce((sum, { at, we }) => sum + at.failures + we.failures, 0),
      })
    }
  return result
}

export const borderTable = (rows: readonly BorderRow[]): string =>
  [
    `A child recorded and looked up among ${alerts} alerts (aim: p95 at most ${aimMs} ms):`,
    '',
    '| work | conn. | floor /s | ours /s | ratio | p50 ms | p95 ms | floor p95 ms |',
    '|---|---|---|---|---|---|---|---|',
    ...rows.map(
      (row) =>
        `| ${row.work} | ${row.connections} | ${row.floorPerSecond} | ${row.perSecond} | ${row.ratio} | ${row.p50} | ${row.p95} | ${row.floorP95}${row.failures > 0 ? ` (${row.failures} FAILED)` : ''} |`,
    ),
  ].join('\n')
