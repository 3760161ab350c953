/**
 * Words looked for in what was written: three texts in each case of the big country, asked over HTTP by an ordinary worker, the head of
 * the same unit and the State Agency with a purpose; one connection, warm. What stands in hundreds of cases, in most, and in none.
 */
import type { Uuid } from '#domain/core.ts'
import { addUser } from '#server/admin/add-user.ts'
import type { Context } from '#server/context.ts'
import { systemTx } from '#server/tx.ts'
import { load } from './load.ts'

const said = [
  'nëna punon në fasoneri',
  'fëmija shkon në shkollë tri ditë',
  'takim me mësuesen për regjistrimin',
  'babai jashtë vendit, gjyshja kujdeset',
  'lyp te kryqëzimi me vëllanë',
  'u bisedua për vaksinat dhe kartelën',
  'strehim i përkohshëm te tezja',
  'u gjet natën pranë stacionit',
]
const asked = ['vaksinat', 'vizite', 'kryqezimi vizite', 'nukekziston'] as const

/** Texts as case workers write them, straight into the table: its triggers make the words of each. */
export const seedTexts = async ({ pools }: Context, say: (line: string) => void): Promise<void> => {
  const { rows } = await pools.owner.query<{ n: number }>('select count(*)::int as n from case_word')
  if ((rows[0]?.n ?? 0) > 0) return
  const written = await pools.owner.query(
    `insert into case_text (id, case_id, subject_id, name, body, at)
     select gen_random_uuid(), c.id, c.id, 'text',
       to_jsonb(($1::text[])[1 + abs(hashtext(c.id::text || k)) % 8] || ', shënim ' || k || ', vizitë nga punonjësja'),
       now() - (k || ' days')::interval
     from case_file c cross join generate_series(1, 3) k`,
    [said],
  )
  say(`${written.rowCount} texts`)
  await pools.owner.query('vacuum analyze')
}

export const headLogin = 'bench-head'
/** The head of this worker's unit, made once. */
export const makeHead = async (ctx: Context, worker: string): Promise<void> => {
  const [found] = await systemTx(ctx, 'owner', 'bench: the unit and its head', (tx) =>
    tx.sql<{ unit: Uuid; head: boolean }>(
      `select unit_id as unit, exists (select 1 from app_user where login = $2) as head from app_user where login = $1`,
      [worker, headLogin],
    ),
  )
  if (found !== undefined && !found.head)
    await addUser(ctx, { login: headLogin, role: 'cpu_head', unit: found.unit })
}

export interface SearchRow {
  readonly who: string
  readonly words: string
  readonly p50: number
  readonly p95: number
}
export interface Searcher {
  readonly who: string
  readonly token: string
  readonly purpose: string | null
}

export const measureSearch = async (
  port: number,
  searchers: readonly Searcher[],
  seconds: number,
): Promise<SearchRow[]> => {
  const rows: SearchRow[] = []
  for (const { who, token, purpose } of searchers)
    for (const q of asked) {
      const headers = {
        authorization: `Bearer ${token}`,
        ...(purpose === null ? {} : { 'x-purpose': purpose }),
      }
      const found = await load(
        () => ({ method: 'POST', path: '/api/search/texts', headers, body: JSON.stringify({ q }) }),
        { port, connections: 1, seconds, warmupSeconds: 1 },
      )
      if (found.failures > 0) throw new Error(`${who}: ${found.failures} failures`)
      rows.push({ who, words: q, p50: Math.round(found.p50), p95: Math.round(found.p95) })
    }
  return rows
}

export const searchTable = (rows: readonly SearchRow[]): string =>
  [
    '| who | words | p50 ms | p95 ms |',
    '|---|---|---|---|',
    ...rows.map((row) => `| ${row.who} | ${row.words} | ${row.p50} | ${row.p95} |`),
  ].join('\n')
