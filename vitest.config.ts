import { defineConfig } from 'vitest/config'
import { temporaryPlace } from './test/memory.ts'
import { LongestFirst } from './test/order.ts'

process.env.TMPDIR = temporaryPlace()

/** These start PostgreSQL themselves, as npm start does: which one a run puts under test is nothing to them. */
const ownServer = ['test/server/{cli,config,embedded,lock}.test.ts']

// Tests that touch PostgreSQL share one server started by test/postgres.ts; each file takes its own database. Files share
// their worker's modules (a third of the time went into loading the same ones again): a test keeps nothing in them.
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'pure',
          isolate: false,
          include: ['test/domain/**/*.test.ts', 'test/pure/**/*.test.ts', 'test/*.test.ts'],
          // Of no use as a measure of speed: a search takes three seconds where nothing else runs.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'server',
          isolate: false,
          include: [
            'test/http/**/*.test.ts',
            'test/scopes/**/*.test.ts',
            'test/migrations/**/*.test.ts',
            'test/server/**/*.test.ts',
          ],
          exclude: ownServer,
          globalSetup: ['test/postgres.ts'],
          // A worker waits for PostgreSQL half of its time.
          maxWorkers: 3,
          // Of no use as a measure of speed: the longest takes a third of a minute where nothing else runs.
          testTimeout: 180_000,
          hookTimeout: 240_000,
        },
      },
      {
        test: {
          name: 'process',
          isolate: false,
          include: ownServer,
          maxWorkers: 3,
          // Of no use as a measure of speed: the longest takes a third of a minute where nothing else runs.
          testTimeout: 180_000,
          hookTimeout: 240_000,
        },
      },
      {
        test: {
          name: 'e2e',
          isolate: false,
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/postgres.ts'],
          maxWorkers: 2,
          // What is waited for comes when the page has it; a second is no measure of that.
          expect: { poll: { timeout: 30_000 } },
          testTimeout: 180_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
})
