import { defineConfig } from 'vitest/config'

// Tests that touch PostgreSQL share one server started by test/postgres.ts; each file takes its own database. Files share
// their worker's modules (a third of the time went into loading the same ones again): a test keeps nothing in them.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'pure',
          isolate: false,
          include: ['test/domain/**/*.test.ts', 'test/pure/**/*.test.ts', 'test/*.test.ts'],
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
          globalSetup: ['test/postgres.ts'],
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'e2e',
          isolate: false,
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/postgres.ts'],
          maxWorkers: 1,
          fileParallelism: false,
          // What is waited for comes when the page has it; a second is no measure of that.
          expect: { poll: { timeout: 30_000 } },
          testTimeout: 180_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
})
