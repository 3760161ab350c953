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
import { installed } from '#server/embedded/binaries.ts'
import { missingChromium } from './chromium.ts'
import { say } from './say.ts'
import { ensureWeb } from './web.ts'

interface Run {
  readonly name: string
  readonly projects: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Tried again once, and named, where a test failed: browsers on a busy machine. */
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
    ...(first === undefined ? {} : { env: { PG_UNDER_TEST: String(first.major) } }),
    cannot: async () => (first === undefined ? 'no PostgreSQL is installed' : undefined),
  },
  ...others.map(
    ({ major }): Run => ({
      name: `server on PostgreSQL ${major}`,
      projects: ['server'],
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

interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
  }[]
}

/** A file that does not even load, or an accident outside of any test, counts as one failure: never as silence. */
const count = (report: Report | undefined, status: number | null): Counts => {
  if (report === undefined) return { passed: 0, failed: 1, skipped: 0 }
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((one) => one.status !== 'failed'),
  ).length
  const failed = report.numFailedTests + unloaded
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && status !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

let working: ReturnType<typeof spawn> | undefined
const cutOff = (): void => {
  working?.kill('SIGTERM')
  process.exit(1)
}
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, cutOff)
process.once('disconnect', cutOff)

const perform = async (run: Run): Promise<Counts> => {
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
        ...(run.again === true ? ['--retry=1', `--reporter=${join(root, 'scripts/again.ts')}`] : []),
        `--outputFile.json=${file}`,
      ],
      {
        cwd: root,
        stdio: ['ignore', 'inherit', 'inherit'],
        env: { ...process.env, NODE_ENV: 'test', ...run.env },
      },
    )
    const [status] = (await once(working, 'exit')) as [number | null]
    const report = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : undefined
    for (const skipped of (report?.testResults ?? []).flatMap((one) => one.assertionResults))
      if (skipped.status === 'pending' || skipped.status === 'skipped') say(`skipped: ${skipped.fullName}`)
    return count(report, status)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
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
process.stdout.write(`\n${summary.join('\n')}\n`)
const skipped = total.skipped === 0 ? '' : `, ${total.skipped} skipped`
process.stdout.write(`${total.passed} passed, ${total.failed} failed${skipped}\n`)
// Said outright: the launcher's open channel would otherwise keep this process alive.
process.exit(total.failed === 0 && chosen.length > 0 ? 0 : 1)
