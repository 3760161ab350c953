/**
 * `npm run bench`: what the rules cost. Our server and a floor without rules answer the same requests from the same
 * PostgreSQL in the same run, in turns, so that a noisy machine disturbs both alike. Options: --seconds N (4), --rounds N
 * (3), --no-cold, --json (the table as JSON, last), --keep DIR (a home to fill once and use again), --only WORK (those rows
 * whose name holds these letters); alone: --indicators N (figures over N cases), --file (a case of 500 entries), --funnel (100,000 status records),
 * --border (look-ups among two million alerts) and --search (words in 180,000 texts).
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Uuid } from '#domain/core.ts'
import { addUser } from '#server/admin/add-user.ts'
import { boot } from '#server/boot.ts'
import { readConfig } from '#server/config.ts'
import type { Context } from '#server/context.ts'
import { uuidv7 } from '#server/ids.ts'
import { createToken } from '#server/session/tokens.ts'
import { systemTx } from '#server/tx.ts'
import { borderTable, measureBorder, seedBorder } from './border.ts'
import { fileLogin, fileTable, measureFile, writeLongFile } from './file.ts'
import { funnelTable, measureFunnel, seedFunnel } from './funnel.ts'
import { indicatorTable, measureIndicators, seedIndicators } from './indicators.ts'
import { type Ask, load, type Measured } from './load.ts'
import { cpuOf, cpuOfTree, peakMemory } from './proc.ts'
import { headLogin, makeHead, measureSearch, searchTable, seedTexts } from './search.ts'
import { cases, persons, seed } from './seed.ts'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '3' },
    keep: { type: 'string' },
    only: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
    'no-cold': { type: 'boolean', default: false },
    indicators: { type: 'string' },
    file: { type: 'boolean', default: false },
    border: { type: 'boolean', default: false },
    funnel: { type: 'boolean', default: false },
    search: { type: 'boolean', default: false },
  },
})
const seconds = Number(values.seconds)
const rounds = Number(values.rounds)
const say = (line: string): void => {
  process.stderr.write(`bench: ${line}\n`)
}

const home = values.keep ?? mkdtempSync(join(tmpdir(), 'mb-bench-'))
const settings = { ...process.env, MBUROJA_HOME: home, PORT: '0', LOG_LEVEL: 'error' }
const login = 'bench-worker'

interface Country {
  readonly token: string
  readonly worker: Uuid
  readonly own: readonly Uuid[]
  readonly url: string
}

/** The database is filled and closed again, so that the server under test starts as it would for anybody. */
const prepare = async (): Promise<Country> => {
  const booted = await boot(readConfig(settings), say)
  try {
    const { ctx } = booted
    const units = await systemTx(ctx, 'owner', 'bench: find a unit', (tx) =>
      tx.sql<{ id: Uuid }>(`select id from unit where kind = 'cpu' and municipality = '53'`),
    )
    const find = () =>
      systemTx(ctx, 'owner', 'bench: find the worker', (tx) =>
        tx.sql<{ id: Uuid }>('select id from app_user where login = $1', [login]),
      )
    if ((await find()).length === 0) await addUser(ctx, { login, role: 'cpw', unit: units[0]!.id })
    const worker = (await find())[0]!.id
    say(`${persons} persons and ${cases} cases`)
    const own = await seed(ctx, worker, units[0]!.id)
    await ctx.pools.owner.query('vacuum analyze')
    const { token } = await createToken(ctx, login)
    const url = (ctx.pools.owner as unknown as { options: { connectionString: string } }).options
      .connectionString
    booted.whole()
    return { token, worker, own, url }
  } finally {
    await booted.close()
  }
}

const firstLine = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.includes('\n')) resolve(text.split('\n')[0]!)
    })
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)))
  })

const end = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })

const start = (args: readonly string[], command = process.execPath): ChildProcess =>
  spawn(command, [...args], { cwd: root, env: settings, stdio: ['ignore', 'pipe', 'inherit'] })

interface Server {
  readonly port: number
  readonly pid: number
}
interface Row {
  readonly work: string
  readonly connections: number
  readonly floor: Figures
  readonly ours: Figures
  /** Requests per second of the floor divided by ours. */
  readonly ratio: number
  readonly aim: number
}
interface Figures {
  readonly perSecond: number
  readonly p95: number
  readonly appMs: number
  readonly databaseMs: number
}

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
const round = (value: number, digits = 0): number => Number(value.toFixed(digits))

const once = async (
  server: Server,
  postmaster: number,
  connections: number,
  next: () => Ask,
): Promise<Figures> => {
  let app = 0
  let database = 0
  let measured: Measured | null = null
  measured = await load(next, {
    port: server.port,
    connections,
    seconds,
    warmupSeconds: 1,
    onStart: () => {
      app = cpuOf(server.pid)
      database = cpuOfTree(postmaster)
    },
    onEnd: () => {
      app = cpuOf(server.pid) - app
      database = cpuOfTree(postmaster) - database
    },
  })
  if (measured.failures > 0)
    say(
      `${measured.failures} of ${measured.requests} requests FAILED: ${JSON.stringify(next())}`.slice(0, 300),
    )
  return {
    perSecond: measured.failures > 0 ? 0 : measured.perSecond,
    p95: measured.p95,
    appMs: app / Math.max(1, measured.requests),
    databaseMs: database / Math.max(1, measured.requests),
  }
}

const middle = (figures: readonly Figures[]): Figures => ({
  perSecond: round(median(figures.map((one) => one.perSecond))),
  p95: round(median(figures.map((one) => one.p95)), 1),
  appMs: round(median(figures.map((one) => one.appMs)), 2),
  databaseMs: round(median(figures.map((one) => one.databaseMs)), 2),
})

const report = (): object => ({
  source: 'cpu',
  channel: 'phone',
  immediacy: 'ordinary',
  concerns: ['begging'],
  place: { municipality: '53', text: 'Te tregu' },
  narrative: 'Një fëmijë lyp te kryqëzimi çdo natë, pa shoqërues.',
  children: [
    {
      givenName: 'Ardit',
      familyName: 'Kola',
      sex: 'male',
      birth: { from: '2015-01-01', to: '2015-12-31', said: 'rreth 2015' },
    },
  ],
})

const measureAll = async (
  country: Country,
  ours: Server,
  floor: Server,
  postmaster: number,
): Promise<Row[]> => {
  const auth = { authorization: `Bearer ${country.token}` }
  const pick = (): Uuid => country.own[Math.floor(Math.random() * country.own.length)]!
  const names = ['ard', 'bes', 'kle', 'mir', 'sar', 'noe', 'den', 'eli']
  const name = (): string => names[Math.floor(Math.random() * names.length)]!
  const works: { work: string; aim: number; floor: () => Ask; ours: () => Ask }[] = [
    {
      work: 'open a case',
      aim: 3.5,
      floor: () => ({ method: 'GET', path: `/read?id=${pick()}` }),
      ours: () => ({ method: 'GET', path: `/api/cases/${pick()}`, headers: auth }),
    },
    {
      work: 'list cases',
      aim: 2.5,
      floor: () => ({ method: 'GET', path: `/cases?user=${country.worker}` }),
      ours: () => ({ method: 'GET', path: '/api/cases?mine=true', headers: auth }),
    },
    {
      work: 'work list',
      aim: 2.5,
      floor: () => ({ method: 'GET', path: `/list?user=${country.worker}` }),
      ours: () => ({ method: 'GET', path: '/api/work', headers: auth }),
    },
    {
      work: 'search a partial name',
      aim: 4,
      floor: () => ({ method: 'GET', path: `/search?q=${name()}` }),
      ours: () => ({ method: 'GET', path: `/api/search?q=${name()}`, headers: auth }),
    },
    // Last, because each report waits on the worker's own list from then on. Against the very rows that a report is kept in, and
    // against one row of state in their place.
    ...(['/same', '/create'] as const).map((path) => ({
      work: path === '/same' ? 'create a report' : 'create a report, floor of three rows',
      aim: 2,
      floor: () => ({
        method: 'POST' as const,
        path,
        body: JSON.stringify({ recordId: uuidv7(), body: report() }),
      }),
      ours: () => ({
        method: 'POST' as const,
        path: '/api/commands',
        headers: auth,
        body: JSON.stringify({
          commandId: uuidv7(),
          type: 'report.create',
          recordId: uuidv7(),
          body: report(),
        }),
      }),
    })),
  ]
  const rows: Row[] = []
  for (const { work, aim, ...asks } of works.filter((one) => one.work.includes(values.only))) {
    for (const connections of [1, 8]) {
      const seen: { floor: Figures[]; ours: Figures[] } = { floor: [], ours: [] }
      for (let n = 0; n < rounds; n += 1) {
        seen.floor.push(await once(floor, postmaster, connections, asks.floor))
        seen.ours.push(await once(ours, postmaster, connections, asks.ours))
      }
      const figures = { floor: middle(seen.floor), ours: middle(seen.ours) }
      const ratio = round(figures.floor.perSecond / Math.max(1, figures.ours.perSecond), 2)
      rows.push({ work, connections, ...figures, ratio, aim })
      say(
        `${work}, ${connections}: floor ${figures.floor.perSecond}/s, ours ${figures.ours.perSecond}/s, ratio ${ratio}`,
      )
    }
  }
  return rows
}

/** `npm start` on this home until it says ready, in seconds; median of five. */
const coldStart = async (): Promise<number> => {
  const took: number[] = []
  for (let n = 0; n < 5; n += 1) {
    const begin = performance.now()
    const child = start(['start', '--silent'], 'npm')
    await firstLine(child)
    took.push((performance.now() - begin) / 1000)
    await end(child)
  }
  return round(median(took), 2)
}

const table = (rows: readonly Row[]): string =>
  [
    '| work | conn. | floor /s | ours /s | ratio | aim | floor p95 ms | ours p95 ms | app CPU ms (floor) | database CPU ms (floor) |',
    '|---|---|---|---|---|---|---|---|---|---|',
    ...rows.map(
      ({ work, connections, floor, ours, ratio, aim }) =>
        `| ${work} | ${connections} | ${floor.perSecond} | ${ours.perSecond} | ${ratio} | ${connections === 8 ? aim : '–'} | ${floor.p95} | ${ours.p95} | ${ours.appMs} (${floor.appMs}) | ${ours.databaseMs} (${floor.databaseMs}) |`,
    ),
  ].join('\n')

// The same flags as the launcher gives.
const serve = ['--min-semi-space-size=8', '--max-semi-space-size=8', 'src/server/cli/main.ts', 'serve']
const run = async (): Promise<void> => {
  const country = await prepare()
  const server = start(serve)
  const floorProcess: ChildProcess[] = []
  try {
    const ours = { port: Number(/:(\d+)$/.exec(await firstLine(server))?.[1]), pid: server.pid! }
    const floorServer = start(['bench/floor.ts', country.url])
    floorProcess.push(floorServer)
    const floor = { port: Number(await firstLine(floorServer)), pid: floorServer.pid! }
    const postmaster = Number(readFileSync(join(home, 'pg', 'postmaster.pid'), 'utf8').split('\n')[0])
    const rows = await measureAll(country, ours, floor, postmaster)
    const memory = { ours: peakMemory(ours.pid), floor: peakMemory(floor.pid) }
    for (const child of [...floorProcess.splice(0), server]) await end(child)
    const cold = values['no-cold'] ? null : await coldStart()
    process.stdout.write(
      `${table(rows)}\n\nPeak memory of the application process: ${memory.ours} MB (floor ${memory.floor} MB; aim under 300)\n` +
        (cold === null ? '' : `Cold start on a warm home, median of five: ${cold} s (aim under 1.5)\n`),
    )
    if (values.json)
      process.stdout.write(
        `${JSON.stringify({ persons, cases, seconds, rounds, rows, memory, coldStartSeconds: cold })}\n`,
      )
  } finally {
    for (const child of [...floorProcess, server])
      if (child.exitCode === null && child.signalCode === null) await end(child)
    if (values.keep === undefined) rmSync(home, { recursive: true, force: true })
  }
}

/** What a bench of one door does: the database made ready by `make`, then the server of its own with `measure` at its port. */
const prepared = async <Made>(make: (ctx: Context) => Promise<Made>): Promise<Made> => {
  const booted = await boot(readConfig(settings), say)
  try {
    const made = await make(booted.ctx)
    booted.whole()
    return made
  } finally {
    await booted.close()
  }
}
const served = async (measure: (port: number) => Promise<{ table: string; json: object }>): Promise<void> => {
  const server = start(serve)
  try {
    const port = Number(/:(\d+)$/.exec(await firstLine(server))?.[1])
    const { table, json } = await measure(port)
    process.stdout.write(`${table}\n`)
    if (values.json) process.stdout.write(`${JSON.stringify(json)}\n`)
  } finally {
    await end(server)
    if (values.keep === undefined) rmSync(home, { recursive: true, force: true })
  }
}
/** An account of this role, made once. */
const makeReader = async (ctx: Context, login: string, role: 'state_agency' | 'responsible_authority') => {
  const [unit] = await systemTx(ctx, 'owner', 'bench: find a unit', (tx) =>
    tx.sql<{ id: Uuid }>('select id from unit where kind = $1 limit 1', [role]),
  )
  const known = await systemTx(ctx, 'owner', 'bench: find the reader', (tx) =>
    tx.sql('select 1 from app_user where login = $1', [login]),
  )
  if (known.length === 0) await addUser(ctx, { login, role, unit: unit!.id })
}
const addressOf = (ctx: Context): string =>
  (ctx.pools.owner as unknown as { options: { connectionString: string } }).options.connectionString

const runIndicators = async (count: number): Promise<void> => {
  const token = await prepared(async (ctx) => {
    await makeReader(ctx, 'bench-reader', 'state_agency')
    await seedIndicators(ctx, count, say)
    return (await createToken(ctx, 'bench-reader')).token
  })
  await served(async (port) => {
    const rows = await measureIndicators(port, token, seconds)
    return { table: indicatorTable(count, rows), json: { cases: count, seconds, rows } }
  })
}

const runFile = async (): Promise<void> => {
  const { caseId, token } = await prepared(async (ctx) => {
    const [unit] = await systemTx(ctx, 'owner', 'bench: find a unit', (tx) =>
      tx.sql<{ id: Uuid; institution: Uuid; municipality: string; county: string }>(
        `select id, institution_id as institution, municipality, county from unit where kind = 'cpu' and municipality = '53'`,
      ),
    )
    const written = await writeLongFile(ctx, unit!)
    await ctx.pools.owner.query('vacuum analyze')
    return { caseId: written.caseId, token: (await createToken(ctx, fileLogin)).token }
  })
  await served(async (port) => {
    const rows = await measureFile(port, token, caseId, seconds)
    return { table: fileTable(rows), json: { seconds, rows } }
  })
}

const runFunnel = async (): Promise<void> => {
  const { token, url } = await prepared(async (ctx) => {
    await makeReader(ctx, 'bench-authority', 'responsible_authority')
    await seedFunnel(ctx, say)
    return { token: (await createToken(ctx, 'bench-authority')).token, url: addressOf(ctx) }
  })
  await served(async (port) => {
    const rows = await measureFunnel(port, token, url, seconds)
    return { table: funnelTable(rows), json: { seconds, rows } }
  })
}

const runBorder = async (): Promise<void> => {
  const { tokens, url } = await prepared(async (ctx) => ({
    tokens: await seedBorder(ctx, say),
    url: addressOf(ctx),
  }))
  await served(async (port) => {
    const floor = start(['bench/floor.ts', url])
    try {
      const rows = await measureBorder(port, Number(await firstLine(floor)), tokens, seconds, rounds)
      return { table: borderTable(rows), json: { seconds, rounds, rows } }
    } finally {
      if (floor.exitCode === null) await end(floor)
    }
  })
}

const runSearch = async (): Promise<void> => {
  const { token } = await prepare()
  const tokens = await prepared(async (ctx) => {
    await seedTexts(ctx, say)
    await makeHead(ctx, login)
    await makeReader(ctx, 'bench-reader', 'state_agency')
    return {
      head: (await createToken(ctx, headLogin)).token,
      agency: (await createToken(ctx, 'bench-reader')).token,
    }
  })
  await served(async (port) => {
    const searchers = [
      { who: 'a worker', token, purpose: null },
      { who: 'the head of the unit', token: tokens.head, purpose: null },
      { who: 'the State Agency', token: tokens.agency, purpose: 'monitoring' },
    ]
    const rows = await measureSearch(port, searchers, seconds)
    return { table: searchTable(rows), json: { cases, seconds, rows } }
  })
}

const indicators = () => runIndicators(Number(values.indicators))
await (values.search
  ? runSearch()
  : values.border
    ? runBorder()
    : values.funnel
      ? runFunnel()
      : values.file
        ? runFile()
        : values.indicators === undefined
          ? run()
          : indicators())
