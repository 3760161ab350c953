/**
 * `npm test`: every test there is, in runs that fail fastest first, the server's own twice: on the system's PostgreSQL
 * and on the npm-shipped 18. Ends with one plain line, `N passed, N failed`. `npm test -- pure` takes one run alone.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Binaries, installed } from '#server/embedded/binaries.ts'
import { missingChromium } from './chromium.ts'
import { say } from './say.ts'
import { ensureWeb } from './web.ts'

interface Run {
  readonly name: string
  readonly projects: readonly string[]
  readonly env?: Readonly<Record<string, string>>
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
const missing = (from: Binaries['from'], what: string) => async (): Promise<string | undefined> =>
  postgres.some((one) => one.from === from) ? undefined : what
const system = postgres.find((one) => one.from === 'system')

const runs: readonly Run[] = [
  { name: 'pure', projects: ['pure'] },
  {
    // Beside it those that start a PostgreSQL themselves: the same one, and they mostly wait for the disk.
    name: `server on the system's PostgreSQL${system === undefined ? '' : ` ${system.major}`}`,
    projects: ['server', 'process'],
    ...(system === undefined ? {} : { env: { PG_UNDER_TEST: String(system.major) } }),
    cannot: missing('system', 'no PostgreSQL of the system (apt-get install postgresql)'),
  },
  {
    name: 'server on PostgreSQL 18',
    projects: ['server'],
    env: { PG_UNDER_TEST: '18' },
    cannot: missing('npm', 'the npm-shipped PostgreSQL 18 is not installed for this platform'),
  },
  {
    name: 'e2e',
    projects: ['e2e'],
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

const wanted = process.argv.slice(2).filter((word) => !word.startsWith('-'))
const chosen =
  wanted.length === 0 ? runs : runs.filter((run) => run.projects.some((project) => wanted.includes(project)))
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
