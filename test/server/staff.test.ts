import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mountStaff } from '#server/staff.ts'

const directory = mkdtempSync(join(tmpdir(), 'mb-staff-'))
let app: FastifyInstance

beforeAll(async () => {
  mkdirSync(join(directory, 'assets'))
  writeFileSync(join(directory, 'index.html'), '<!doctype html><title>Mburoja</title>')
  writeFileSync(join(directory, 'assets', 'main-abc.js'), 'export {}')
  writeFileSync(join(directory, 'assets', 'main-abc.js.gz'), gzipSync('export {}'))
  app = fastify()
  await mountStaff(app, directory)
})
afterAll(async () => {
  await app.close()
  rmSync(directory, { recursive: true })
})

describe('the staff application', () => {
  test.each(['/app/', '/app/sign-in', '/app/cases/TR-2026-0417'])('%s opens the page', async (url) => {
    const reply = await app.inject(url)
    expect([reply.statusCode, reply.headers['content-type'], reply.headers['cache-control']]).toEqual([
      200,
      'text/html; charset=utf-8',
      'no-cache',
    ])
    expect(reply.body).toContain('Mburoja')
  })

  test('a hashed file is sent packed, to be kept', async () => {
    const reply = await app.inject({ url: '/app/assets/main-abc.js', headers: { 'accept-encoding': 'gzip' } })
    expect([reply.statusCode, reply.headers['content-encoding'], reply.headers['cache-control']]).toEqual([
      200,
      'gzip',
      'public, max-age=31536000, immutable',
    ])
    expect(reply.rawPayload).toEqual(gzipSync('export {}'))
  })

  test.each([
    '/app/assets/old-123.js',
    '/app/assets/../../package.json',
    '/app/assets/%2e%2e/%2e%2e/etc/passwd',
    '/app/assets/..%2f..%2fpackage.json',
    '/app/assets/.hidden',
  ])('%s is not there', async (url) => {
    const reply = await app.inject(url)
    expect([403, 404]).toContain(reply.statusCode)
  })

  test('a copy without the built files says so', async () => {
    const bare = fastify()
    await mountStaff(bare, join(directory, 'absent'))
    const reply = await bare.inject('/app/')
    expect([reply.statusCode, reply.body]).toEqual([
      503,
      'The staff application is not built in this copy: npm start builds it.\n',
    ])
    await bare.close()
  })
})
