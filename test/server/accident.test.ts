import { expect, test } from 'vitest'
import { asProblem, remedyFor } from '#server/accident.ts'
import { Problem } from '#server/problem.ts'
import { testApp } from '#test/http/harness.ts'

const failing = (code: string): Error => Object.assign(new Error('value "Arta Hoxha"'), { code })

test.each([
  ['53100', 'unavailable'],
  ['57P01', 'unavailable'],
  ['08006', 'unavailable'],
  ['ECONNREFUSED', 'unavailable'],
  ['40P01', 'unavailable'],
  ['22021', 'invalid'],
  ['FST_ERR_CTP_BODY_TOO_LARGE', 'too_large'],
  ['23514', 'internal'],
])('%s reads as %s', (code, problem) => {
  expect(asProblem(failing(code)).code).toBe(problem)
})

test('a problem stays itself, and an accident repeats nothing it was told', () => {
  const known = new Problem('not_found')
  expect(asProblem(known)).toBe(known)
  expect(JSON.stringify(asProblem(failing('XX000')))).not.toContain('Arta')
  expect(remedyFor(failing('53100'))).toMatch(/disk/)
})

test('while the database is away every door says so, and opens again when it is back', async () => {
  const app = await testApp()
  try {
    expect((await app.anonymous.get('/health/ready')).status).toBe(200)
    await app.db.server(`alter database ${app.db.name} connection limit 0`)
    const cut = `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${app.db.name}' and pid <> pg_backend_pid()`
    await app.db.server(cut)
    expect((await app.anonymous.get('/health/ready')).status).toBe(503)
    expect((await app.as('cpw-tirana').get('/api/cases')).status).toBe(503)
    await app.db.server(`alter database ${app.db.name} connection limit -1`)
    expect((await app.as('cpw-tirana').get('/api/cases')).status).toBe(200)
  } finally {
    await app.close()
  }
})
