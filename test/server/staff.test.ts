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

  test('the page comes in the reader’s language and look, and names what its address will ask for', async () => {
    const at = mkdtempSync(join(tmpdir(), 'mb-staff-'))
    mkdirSync(join(at, '.vite'))
    writeFileSync(
      join(at, 'index.html'),
      '<!doctype html><html lang="sq"><head><link rel="modulepreload" href="/app/assets/base-1.js"></head></html>',
    )
    const made = (name: string, imports: string[] = [], css: string[] = []) => ({
      file: `assets/${name}-1.js`,
      name,
      imports,
      css,
    })
    writeFileSync(
      join(at, '.vite', 'manifest.json'),
      JSON.stringify({
        '_base-1.js': made('base'),
        '_shared-1.js': made('shared', ['_base-1.js'], ['assets/shared-1.css']),
        'design/book-sq.ts': made('book-sq'),
        'design/book-en.ts': made('book-en'),
        'design/case-book-en.ts': made('case-book-en', ['_shared-1.js']),
        '_CasePage-1.js': made('CasePage', ['_shared-1.js', '_base-1.js']),
      }),
    )
    const house = fastify()
    await mountStaff(house, at)
    const page = async (url: string, headers: Record<string, string> = {}) =>
      (await house.inject({ url, headers })).body
    const links = (body: string) =>
      [...body.matchAll(/href="\/app\/assets\/([\w.-]+)"/g)].map(([, name]) => name)

    const plain = await page('/app/sign-in')
    expect(plain).toContain('<html lang="sq">')
    expect(links(plain)).toEqual(['base-1.js', 'book-sq-1.js'])
    const ofCase = '/app/cases/019a0000-0000-7000-8000-000000000001?tab=timeline'
    const english = await page(ofCase, { 'accept-language': 'en-GB,sq;q=0.8' })
    expect(english).toContain('<html lang="en">')
    expect(links(english)).toEqual([
      'base-1.js',
      'book-en-1.js',
      'case-book-en-1.js',
      'shared-1.js',
      'CasePage-1.js',
      'shared-1.css',
    ])
    expect(await page('/app/', { 'accept-language': 'de-DE,en;q=0.7' })).toContain('<html lang="en">')
    // What the browser was told to keep wins; whatever else stands in a cookie is nothing.
    const kept = {
      cookie: 'a=b; mburoja-language=sq; mburoja-look=dark.compact.off',
      'accept-language': 'en',
    }
    expect(await page('/app/', kept)).toContain(
      '<html lang="sq" data-theme="dark" data-density="compact" data-keys="off">',
    )
    for (const cookie of [
      'mburoja-language="><script>',
      'mburoja-look=dark.compact.off"onload=x',
      'xmburoja-language=en',
    ])
      expect(await page('/app/', { cookie }), cookie).toContain('<html lang="sq">')
    await house.close()
    rmSync(at, { recursive: true })
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
