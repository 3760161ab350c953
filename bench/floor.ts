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
  readonly body: {
    readonly narrative: string
    readonly concerns: readonly string[]
    readonly place: { readonly municipality: string; readonly text: string }
    readonly children: readonly {
      readonly givenName?: string
      readonly familyName?: string
      readonly sex?: string
      readonly birth?: { readonly from: string; readonly to: string; readonly said: string }
    }[]
  }
}

const inTransaction = async (work: (client: pg.PoolClient) => Promise<void>): Promise<void> => {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await work(client)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

const insertCommand = (client: pg.PoolClient, id: string, now: Date) =>
  client.query({
    name: 'command',
    text: `insert into command (id, actor_id, type, payload_hash, status, reply, at) values ($1, $2, 'report.create', $3, 200, '{}', $4)`,
    values: [randomUUID(), id, hash, now],
  })

/** State, event and command rows in one transaction (decision 27), the state as one row. */
const create = async (input: ReportBody): Promise<unknown> => {
  const now = new Date()
  const id = input.recordId
  await inTransaction(async (client) => {
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
    await insertCommand(client, id, now)
  })
  return { recordId: id, version: 1, reply: {} }
}

/** As `create`, with the very rows that the register keeps of a report: its state by tier, its event with three parts, the command. */
const createSame = async (input: ReportBody): Promise<unknown> => {
  const now = new Date()
  const id = input.recordId
  const { narrative, children, concerns, place } = input.body
  const [child] = children
  await inTransaction(async (client) => {
    await client.query({
      name: 'same state',
      text: `with told as (insert into bench_same_report_named (id, narrative, place, companions) values ($1, $2, $3, '[]')),
          child as (insert into bench_same_report_child (id, report_id, position, given_name, family_name, sex, birth_from, birth_to, birth_said)
            values ($4, $1, 0, $5, $6, $7, $8, $9, $10))
        insert into bench_same_report (id, state, unit_id, municipality, source, channel, immediacy, concerns, children, created_by, created_unit,
          occurred_at, received_at, version)
        values ($1, 'RECEIVED', $11, $12, 'cpu', 'phone', 'ordinary', $13, 1, $11, $11, $14, $14, 1)`,
      values: [
        id,
        narrative,
        place.text,
        randomUUID(),
        child?.givenName,
        child?.familyName,
        child?.sex,
        child?.birth?.from,
        child?.birth?.to,
        child?.birth?.said,
        id,
        place.municipality,
        concerns,
        now,
      ],
    })
    await client.query({
      name: 'same event',
      text: `with part as (insert into event_part (event_id, tier, name, record_id, kind, body, salt)
          select $1, 'T3', name, $2, 'bench', body, $5 from jsonb_each($6::jsonb) x (name, body))
        insert into event (id, record_id, kind, seq, type, v, facts, touches, digests, occurred_at, recorded_at, actor_id, role, xid, prev, hash)
        values ($1, $2, 'bench', 1, 'ReportReceived', 1, $3, '{}', '', $4, $4, $2, 'bench', pg_current_xact_id(), $5, $5)`,
      values: [
        randomUUID(),
        id,
        JSON.stringify({ source: 'cpu', channel: 'phone', municipality: place.municipality, concerns }),
        now,
        hash,
        JSON.stringify({ narrative, children, place }),
      ],
    })
    await insertCommand(client, id, now)
  })
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
  await create({
    recordId: input.recordId,
    body: {
      narrative: input.words.join(' '),
      concerns: [],
      place: { municipality: '', text: '' },
      children: [],
    },
  })
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

/** The page of cases: the same columns and each case's next clock. */
const cases = async (user: string): Promise<unknown> => ({
  items: (
    await pool.query({
      name: 'cases',
      text: `select c.id, c.code, c.version, c.status, c.risk_level, c.vmt_status, c.has_measure, c.concerns, c.municipality, c.unit_id,
          c.manager_id, u.display_name, c.opened_at, c.closed_at, c.suspended_at, c.transfer_to, p.given_name, p.family_name, k.due_at, k.rule
        from case_file c left join person_named p on p.id = c.person_id left join app_user u on u.id = c.manager_id
        left join lateral (select due_at, rule from clock where record_id = c.id and record_kind = 'case_file' and stopped_at is null
          and paused_at is null order by due_at limit 1) k on true
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
  if (at.pathname === '/same') return createSame(await bodyOf<ReportBody>(request))
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
