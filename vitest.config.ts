import { defineConfig } from 'vitest/config'

// Tests that touch PostgreSQL share one server started by test/postgres.ts; each file takes its own database.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'pure',
          include: ['test/domain/**/*.test.ts', 'test/pure/**/*.test.ts', 'test/*.test.ts'],
        },
      },
      {
        test: {
          name: 'server',
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
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/postgres.ts'],
          maxWorkers: 1,
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
})
