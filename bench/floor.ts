/**
 * The floor: node:http and pg, the same rows, no rules. No shapes, no policy, no row-level security (it connects as
 * the owner, who sees all), no access record, no chain, no words. A page that shows six tables costs the floor six
 * queries too. What our server costs above this is what the rules cost.
 * Usage: node bench/floor.ts DATABASE_URL; prints its port.
 */
import { randomUUID } from 'node:crypto'
import http from 'node:http'
import pg from 'pg'

const url = process.argv[2]
if (url === undefined) throw new Error('usage: floor DATABASE_URL')
const pool = new pg.Pool({ connectionString: url, max: 8, options: '-c role=mb_owner' })
pool.on('error', () => undefined)

const hash = Buffer.alloc(32, 1)

interface ReportBody {
  readonly recordId: string
  readonly body: { readonly narrative: string; readonly children: readonly { readonly name?: string }[] }
}

/** State, event and command rows in one transaction (decision 27). */
const create = async (input: ReportBody): Promise<unknown> => {
  const client = await pool.connect()
  const now = new Date()
  const id = input.recordId
  try {
    await client.query('begin')
    await client.query({
      name: 'state',
      text: 'insert into bench_floor_report (id, received_at, narrative, children) values ($1, $2, $3, $4)',
      values: [id, now, input.body.narrative, JSON.stringify(input.body.children)],
    })
    await client.query({
      name: 'event',
      text: `insert into event (id, record_id, kind, seq, type, v, facts, touches, digests, occurred_at, recorded_at, actor_id, role, xid, prev, hash)
        values ($1, $2, 'bench', 1, 'ReportReceived', 1, $3, '{}', '', $4, $4, $2, 'bench', pg_current_xact_id(), $5, $5)`,
      values: [randomUUID(), id, '{"children":1}', now, hash],
    })
    await client.query({
      name: 'command',
      text: `insert into command (id, actor_id, type, payload_hash, status, reply, at) values ($1, $2, 'report.create', $3, 200, '{}', $4)`,
      values: [randomUUID(), id, hash, now],
    })
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
  return { recordId: id, version: 1, reply: {} }
}

/** A look-up at the border: equal words alone, no likeness, and three rows kept. */
const border = async (input: {
  readonly recordId: string
  readonly words: readonly string[]
}): Promise<unknown> => {
  const found = await pool.query({
    name: 'border',
    text: 'select id from border_alert_named where words @> $1 limit 20',
    values: [input.words],
  })
  await create({ recordId: input.recordId, body: { narrative: input.words.join(' '), children: [] } })
  return { hit: found.rowCount !== 0 }
}

const rows = async (name: string, text: string, value: string): Promise<unknown[]> =>
  (await pool.query({ name, text, values: [value] })).rows

/** The page of a case shows all of this; the floor reads the same tables by the same keys and hands them on as they are. */
const read = async (id: string): Promise<unknown> => {
  const [heads, texts, actions, measures, people, clocks] = await Promise.all([
    rows(
      'head',
      `select c.*, n.summary, n.safe_contact, p.given_name, p.family_name, u.display_name from case_file c
        left join case_file_named n on n.id = c.id left join person_named p on p.id = c.person_id
        left join app_user u on u.id = c.manager_id where c.id = $1`,
      id,
    ),
    rows('texts', 'select subject_id, name, body from case_text where case_id = $1', id),
    rows('actions', 'select * from plan_action where case_id = $1', id),
    rows('measures', 'select * from protection_measure where case_id = $1', id),
    rows('people', 'select * from case_person_near where case_id = $1', id),
    rows('clocks', `select * from clock where record_id = $1 and record_kind = 'case_file'`, id),
  ])
  return { ...(heads[0] as object), texts, actions, measures, people, clocks }
}

const list = async (user: string): Promise<unknown> => {
  const [items, counts, caseload] = await Promise.all([
    rows(
      'list',
      `select k.*, c.code, c.status, c.risk_level, p.given_name, p.family_name
        from clock k join case_file c on c.id = k.record_id left join person_named p on p.id = c.person_id
        where k.owner_user_id = $1 and k.stopped_at is null order by k.due_at limit 50`,
      user,
    ),
    rows(
      'counts',
      'select due_at, statutory from clock where owner_user_id = $1 and stopped_at is null limit 1000',
      user,
    ),
    rows('caseload', 'select count(*) as n from case_file where manager_id = $1 and closed_at is null', user),
  ])
  return { items, counts, caseload }
}

const cases = async (user: string): Promise<unknown> => ({
  items: (
    await pool.query({
      name: 'cases',
      text: `select c.id, c.code, c.status, c.risk_level, c.opened_at, p.given_name, p.family_name
        from case_file c left join person_named p on p.id = c.person_id
        where c.manager_id = $1 order by c.opened_at desc, c.id desc limit 50`,
      values: [user],
    })
  ).rows,
})

const search = async (text: string): Promise<unknown> => ({
  items: (
    await pool.query({
      name: 'search',
      text: `select c.id, c.code, p.given_name, p.family_name from person_named p join case_file c on c.person_id = p.id
        where p.name_key like $1 order by p.name_key limit 20`,
      values: [`%${text}%`],
    })
  ).rows,
})

const bodyOf = async <B>(request: http.IncomingMessage): Promise<B> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return JSON.parse(Buffer.concat(chunks).toString()) as B
}

const answer = async (request: http.IncomingMessage): Promise<unknown> => {
  const at = new URL(request.url ?? '/', 'http://localhost')
  if (at.pathname === '/border') return border(await bodyOf(request))
  if (request.method === 'POST') return create(await bodyOf<ReportBody>(request))
  if (at.pathname === '/read') return read(at.searchParams.get('id') ?? '')
  if (at.pathname === '/list') return list(at.searchParams.get('user') ?? '')
  if (at.pathname === '/cases') return cases(at.searchParams.get('user') ?? '')
  return search(at.searchParams.get('q') ?? '')
}

const server = http.createServer((request, response) => {
  answer(request).then(
    (body) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
    (error: Error) => response.writeHead(500).end(error.message),
  )
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`${typeof address === 'object' && address !== null ? address.port : ''}\n`)
})
