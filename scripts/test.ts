/**
 * `npm test`: every test there is, in runs that fail fastest first, on the PostgreSQL that `npm start` would take here.
 * `npm test -- --every`, as continuous integration says it, runs the server's own on each major there is: the system's and the
 * npm-shipped 18. Ends with one plain line, `N passed, N failed`. `npm test -- pure` takes one run alone.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { installed } from '#server/embedded/binaries.ts'
import { missingChromium } from './chromium.ts'
import { say } from './say.ts'
import { ensureWeb } from './web.ts'

interface Run {
  readonly name: string
  readonly projects: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** A few files that fail are tried again once, and named: a database or a browser on a busy machine. */
  readonly again?: true
  /** Only where each major is asked for. */
  readonly further?: true
  /** Prepares, and says why the run cannot be made on this machine. */
  readonly cannot?: () => Promise<string | undefined>
}

interface Counts {
  passed: number
  failed: number
  skipped: number
}

const root = fileURLToPath(new URL('..', import.meta.url))
const postgres = installed()
const [first, ...others] = postgres
const every = process.argv.includes('--every')
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('-'))
/** A clean machine has both; what is missing is said and counted as skipped. */
const lacking = (['system', 'npm'] as const).filter((from) => !postgres.some((one) => one.from === from))
const none = (what: string): Run => ({
  name: what,
  projects: ['server'],
  further: true,
  cannot: async () => 'not installed',
})

const runs: readonly Run[] = [
  { name: 'pure', projects: ['pure'] },
  {
    // Beside it those that start a PostgreSQL themselves: the same one, and they mostly wait for the disk.
    name: `server on PostgreSQL${first === undefined ? '' : ` ${first.major}`}`,
    projects: ['server', 'process'],
    again: true,
    ...(first === undefined ? {} : { env: { PG_UNDER_TEST: String(first.major) } }),
    cannot: async () => (first === undefined ? 'no PostgreSQL is installed' : undefined),
  },
  ...others.map(
    ({ major }): Run => ({
      name: `server on PostgreSQL ${major}`,
      projects: ['server'],
      again: true,
      env: { PG_UNDER_TEST: String(major) },
      further: true,
    }),
  ),
  ...lacking.map((from) =>
    none(from === 'npm' ? 'server on the npm-shipped PostgreSQL' : "server on the system's PostgreSQL"),
  ),
  {
    name: 'e2e',
    projects: ['e2e'],
    again: true,
    cannot: async () => {
      const why = missingChromium()
      if (why === undefined) await ensureWeb(say)
      return why
    },
  },
]

/** As vitest's report in JSON says it. */
interface FileReport {
  readonly name: string
  readonly status: string
  readonly message: string
  readonly assertionResults: readonly {
    readonly fullName: string
    readonly status: string
    readonly failureMessages: readonly string[]
  }[]
}
interface Report {
  readonly testResults: readonly FileReport[]
}

/** A file that does not even load, or an accident outside of any test, counts as one failure: never as silence. */
const count = (files: readonly FileReport[]): Counts => {
  const tests = files.flatMap((file) => file.assertionResults)
  const having = (...states: string[]) => tests.filter(({ status }) => states.includes(status)).length
  const unloaded = files.filter(
    (file) => file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed'),
  )
  return {
    passed: having('passed'),
    failed: having('failed') + unloaded.length,
    skipped: having('pending', 'skipped', 'todo', 'disabled'),
  }
}

const beginning = (message: string): string =>
  stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => !line.includes('/node_modules/'))
    .slice(0, 8)
    .map((line) => `    ${line.slice(0, 300)}`)
    .join('\n')

/** What failed in a file and the first lines of why: said at the end, where whoever sees only the end of it finds it. */
const faultsOf = (file: FileReport): string[] => {
  const where = file.name.replace(root, '')
  const failed = file.assertionResults.filter(({ status }) => status === 'failed')
  if (failed.length === 0) return [`${where}\n${beginning(file.message)}`]
  return failed.map((one) => `${where} > ${one.fullName}\n${beginning(one.failureMessages.join('\n'))}`)
}

/** What a random search has found is a fault, though the next search may miss it. */
const foundAtRandom = (file: FileReport): boolean =>
  file.name.includes('/test/scopes/') ||
  file.assertionResults.some(({ failureMessages }) =>
    failureMessages.some((message) => message.includes('Property failed after')),
  )

let working: ReturnType<typeof spawn> | undefined
const cutOff = (): void => {
  working?.kill('SIGTERM')
  process.exit(1)
}
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, cutOff)
process.once('disconnect', cutOff)

const attempt = async (run: Run, only: readonly string[]) => {
  const directory = mkdtempSync(join(tmpdir(), 'mb-report-'))
  const file = join(directory, 'report.json')
  try {
    working = spawn(
      process.execPath,
      [
        join(root, 'node_modules/vitest/vitest.mjs'),
        'run',
        ...run.projects.flatMap((project) => ['--project', project]),
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${file}`,
        ...only,
      ],
      {
        cwd: root,
        stdio: ['ignore', 'inherit', 'inherit'],
        env: { ...process.env, NODE_ENV: 'test', ...run.env },
      },
    )
    const [status] = (await once(working, 'exit')) as [number | null]
    const files = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report).testResults : []
    return { status, files }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

/** What is said of faults once all has run. */
const told: string[] = []

/** More files than these are no accident of a busy machine. */
const FEW = 3

/**
 * One run. A few files that failed get a second attempt from their beginning, for a busy machine is no fault of theirs: never a
 * silent one, and none where a random search has found something.
 */
const perform = async (run: Run): Promise<Counts> => {
  const first = await attempt(run, [])
  const failed = first.files.filter(({ status }) => status === 'failed')
  const mayTryAgain =
    run.again === true && failed.length > 0 && failed.length <= FEW && !failed.some(foundAtRandom)
  const second = mayTryAgain
    ? await attempt(
        run,
        failed.map(({ name }) => name),
      )
    : undefined
  const files = first.files.map((file) => second?.files.find(({ name }) => name === file.name) ?? file)
  for (const file of failed) {
    const stands = files.some(({ name, status }) => name === file.name && status === 'failed')
    const how = stands ? 'failed' : 'passed at the second attempt only'
    told.push(...faultsOf(file).map((fault) => `${how}: ${run.name}: ${fault}`))
  }
  for (const { assertionResults } of files)
    for (const one of assertionResults)
      if (one.status === 'pending' || one.status === 'skipped') say(`skipped: ${one.fullName}`)
  const counts = count(files)
  const { status } = second ?? first
  return counts.failed === 0 && status !== 0 ? { ...counts, failed: 1 } : counts
}

const chosen = runs.filter(
  (run) =>
    (every || run.further !== true) &&
    (wanted.length === 0 || run.projects.some((project) => wanted.includes(project))),
)
const total: Counts = { passed: 0, failed: 0, skipped: 0 }
const summary: string[] = []
for (const run of chosen) {
  const why = await run.cannot?.()
  if (why !== undefined) {
    summary.push(`${run.name}: not run, ${why}`)
    total.skipped += 1
    continue
  }
  say(`\n— ${run.name}`)
  const began = Date.now()
  const counts = await perform(run)
  total.passed += counts.passed
  total.failed += counts.failed
  total.skipped += counts.skipped
  summary.push(
    `${run.name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped, ${Math.round((Date.now() - began) / 1000)} s`,
  )
}
if (told.length > 0) process.stdout.write(`\n${told.join('\n')}\n`)
process.stdout.write(`\n${summary.join('\n')}\n`)
const skipped = total.skipped === 0 ? '' : `, ${total.skipped} skipped`
process.stdout.write(`${total.passed} passed, ${total.failed} failed${skipped}\n`)
// Said outright: the launcher's open channel would otherwise keep this process alive.
process.exit(total.failed === 0 && chosen.length > 0 ? 0 : 1)
