/** Files of a case over HTTP: sent in pieces, resumed, examined, sealed, taken; and who may do which of it. */
import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { caseTier, scopeOf } from '#domain/case/policy.ts'
import type { Purpose } from '#domain/core.ts'
import { forgetUploads } from '#server/attachment/index.ts'
import { clamd, installScanner } from '#server/attachment/scan.ts'
import { getCase } from '#server/case/store.ts'
import { erase } from '#server/retention/erase.ts'
import { withTx } from '#server/tx.ts'
import { actorOf, type CastName, castNames } from '#test/cast.ts'
import { packed, pdf, photo, picture, place } from '#test/files.ts'
import { elements, readPdf } from '#test/pdf-text.ts'
import { Life, openFor, putChild } from './case-life.ts'
import { noon, type TestApp, testApp } from './harness.ts'

let app: TestApp
let life: Life
beforeAll(async () => {
  app = await testApp()
  life = new Life(app, await openFor(app, 'cpw-tirana', { personId: await putChild(app, 'Denis', 'Çelëku') }))
})
afterAll(async () => {
  installScanner(undefined)
  await app.close()
})

type Method = 'GET' | 'POST' | 'HEAD' | 'PATCH' | 'DELETE' | 'OPTIONS'
const tus = async (
  who: CastName | null,
  method: Method,
  url: string,
  headers: Record<string, string> = {},
  payload?: Buffer,
) => {
  const reply = await app.fastify.inject({
    method,
    url,
    headers: {
      'tus-resumable': '1.0.0',
      'accept-language': 'en',
      ...(who === null ? {} : { 'x-test-as': who }),
      ...(payload === undefined ? {} : { 'content-type': 'application/offset+octet-stream' }),
      ...headers,
    },
    ...(payload === undefined ? {} : { payload }),
  })
  const problem = reply.body.startsWith('{')
    ? (JSON.parse(reply.body) as { code: string; detail: string })
    : null
  return {
    status: reply.statusCode,
    headers: reply.headers,
    code: problem?.code,
    detail: problem?.detail,
    bytes: reply.rawPayload,
  }
}
const begin = (who: CastName | null, size: number, id = life.id) =>
  tus(who, 'POST', `/api/cases/${id}/uploads`, { 'upload-length': String(size) })
const patch = (
  who: CastName | null,
  url: string,
  offset: number,
  bytes: Buffer,
  more: Record<string, string> = {},
) => tus(who, 'PATCH', url, { 'upload-offset': String(offset), ...more }, bytes)

/** Sends a file whole; answers the upload's id, or the code of what was said against it. */
const send = async (file: Buffer, who: CastName = 'cpw-tirana', id = life.id): Promise<string> => {
  const begun = await begin(who, file.length, id)
  if (begun.status !== 201) return String(begun.code)
  const url = String(begun.headers.location)
  for (let at = 0; at < file.length; at += 1_000_000) {
    const sent = await patch(who, url, at, file.subarray(at, at + 1_000_000))
    if (sent.status !== 204) return String(sent.code)
  }
  return url.split('/').at(-1)!
}
const attach = async (
  attachmentId: string,
  more: object = {},
  who: CastName = 'cpw-tirana',
  id = life.id,
): Promise<{ status: number; code: string | undefined; detail: string; reply: Record<string, unknown> }> => {
  const { status, body } = await app
    .as(who)
    .command(
      'case.attach',
      id,
      { attachmentId, title: 'Shkresë nga shkolla', sensitive: false, ...more },
      { language: 'en' },
    )
  return { status, code: body.code as never, detail: String(body.detail), reply: (body.reply ?? {}) as never }
}
const kept = async (file: Buffer, more: object = {}, id = life.id): Promise<string> => {
  const upload = await send(file, 'cpw-tirana', id)
  const done = await attach(upload, more, 'cpw-tirana', id)
  expect(done, JSON.stringify(done)).toMatchObject({ status: 200 })
  return upload
}
const take = async (
  who: CastName,
  file: string,
  options: { as?: string; purpose?: Purpose; id?: string } = {},
) => {
  const reply = await app.fastify.inject({
    method: 'GET',
    url: `/api/cases/${options.id ?? life.id}/attachments/${file}/file?as=${options.as ?? 'original'}`,
    headers: { 'x-test-as': who, ...(options.purpose ? { 'x-purpose': options.purpose } : {}) },
  })
  return { status: reply.statusCode, headers: reply.headers, bytes: reply.rawPayload }
}

describe('sending', () => {
  test('a lost connection is taken up where it was: the server says how far it is', async () => {
    const file = photo(700_000)
    const { status, headers } = await begin('cpw-tirana', file.length)
    expect([status, headers['tus-resumable']]).toEqual([201, '1.0.0'])
    const url = String(headers.location)
    expect((await patch('cpw-tirana', url, 0, file.subarray(0, 262_116))).headers['upload-offset']).toBe(
      '262116',
    )
    // The answer was lost; the sender tries the same again, is refused, and asks.
    expect((await patch('cpw-tirana', url, 0, file.subarray(0, 262_116))).status).toBe(409)
    const asked = await tus('cpw-tirana', 'HEAD', url)
    expect([asked.status, asked.headers['upload-offset'], asked.headers['upload-length']]).toEqual([
      200,
      '262116',
      String(file.length),
    ])
    const sum = createHash('sha256').update(file.subarray(262_116, 524_232)).digest('base64')
    const bent = await patch('cpw-tirana', url, 262_116, file.subarray(262_115, 524_231), {
      'upload-checksum': `sha256 ${sum}`,
    })
    expect(bent.status).toBe(400)
    const fine = await patch('cpw-tirana', url, 262_116, file.subarray(262_116, 524_232), {
      'upload-checksum': `sha256 ${sum}`,
    })
    expect(fine.status).toBe(204)
    const id = url.split('/').at(-1)!
    expect(await attach(id)).toMatchObject({ status: 422, code: 'attachment_unfinished' })
    expect((await patch('cpw-tirana', url, 524_232, file.subarray(524_232))).status).toBe(204)
    expect(await attach(id, { sha256: createHash('sha256').update('x').digest('hex') })).toMatchObject({
      code: 'attachment_changed',
    })
    const done = await attach(id, { sha256: createHash('sha256').update(file).digest('hex') })
    expect(done).toMatchObject({ status: 200, reply: { kind: 'jpeg', scan: 'not_scanned' } })
    // What is kept is no upload any more.
    expect((await tus('cpw-tirana', 'HEAD', url)).status).toBe(404)
    const out = await take('cpw-tirana', id)
    expect(out.bytes.includes(place)).toBe(false)
    expect(out.bytes.length).toBeGreaterThan(700_000)
  })

  test('bad input: a film of 300 MB, a renamed program, PDFs that act, damaged and foreign files, each with its sentence', async () => {
    const film = await begin('cpw-tirana', 300_000_000)
    expect([film.status, film.code, film.detail]).toEqual([
      413,
      'attachment_too_large',
      'The file is too large: this kind may have at most 100 MB. Shorten it, or save it smaller.',
    ])
    const wide = await begin('cpw-tirana', 20_000_000)
    const first = await patch('cpw-tirana', String(wide.headers.location), 0, photo())
    expect([first.status, first.code, first.detail]).toMatchObject([
      413,
      'attachment_too_large',
      expect.stringContaining('15 MB'),
    ])
    expect(await send(Buffer.from('MZ\x90\0'.padEnd(200, '\0'), 'latin1'))).toBe('attachment_type')
    expect(await send(Buffer.from('<html><script>alert(1)</script></html>'))).toBe('attachment_type')
    for (const [file, code] of [
      [pdf('/OpenAction << /S /JavaScript /JS (x) >>'), 'attachment_pdf_active'],
      [pdf('', '3 0 << /S /Launch /F (cmd.exe) >>'), 'attachment_pdf_active'],
      [pdf('/Names << /EmbeddedFiles 3 0 R >>'), 'attachment_pdf_active'],
      [pdf('/Encrypt 5 0 R'), 'attachment_pdf_locked'],
      [packed('[Content_Types].xml', 'word/document.xml', 'word/vbaProject.bin'), 'attachment_type'],
      [packed('run.exe'), 'attachment_type'],
      [photo().subarray(0, 100), 'attachment_broken'],
    ] as const)
      expect(await attach(await send(file))).toMatchObject({ status: 422, code })
    expect((await begin('cpw-tirana', 0)).status).toBe(400)
    const over = await begin('cpw-tirana', 10)
    expect((await patch('cpw-tirana', String(over.headers.location), 0, photo())).status).toBe(400)
    const wrong = await tus(
      'cpw-tirana',
      'PATCH',
      String(over.headers.location),
      { 'upload-offset': '0', 'content-type': 'text/plain' },
      photo(),
    )
    expect(wrong.status).toBe(415)
    // Nothing of all this is in the case; what was refused waits for nobody, only the empty beginning of ten bytes does.
    const { body } = await app.as('cpw-tirana').get(`/api/cases/${life.id}/attachments`)
    expect(body.items!.length).toBe(1)
    expect((body.unfinished as unknown as { size: number }[]).map((one) => one.size)).toEqual([10])
    const left = await app.db.admin(
      `select (select count(*)::int from attachment_piece p join attachment a on a.id = p.attachment_id where a.state = 'uploading') as pieces,
         (select count(*)::int from record_key k where k.kind = 'attachment' and not exists (select from attachment a where a.id = k.record_id)) as keys`,
    )
    expect(left).toEqual([{ pieces: 0, keys: 0 }])
  })

  test('what nobody finished is forgotten after seven days; what is given up, at once', async () => {
    const begun = await begin('cpw-tirana', 1000)
    const url = String(begun.headers.location)
    expect((await tus('head-tirana', 'DELETE', url)).status).toBe(404)
    expect((await tus('cpw-tirana', 'DELETE', url)).status).toBe(204)
    expect((await tus('cpw-tirana', 'HEAD', url)).status).toBe(404)
    const other = String((await begin('cpw-tirana', 1000)).headers.location)
    app.setClock(new Date(Date.parse(noon) + 7.1 * 86_400_000).toISOString())
    expect((await tus('cpw-tirana', 'HEAD', other)).status).toBe(404)
    expect((await forgetUploads(app.ctx)).forgotten).toBeGreaterThan(0)
    app.setClock(noon)
    const [left] = await app.db.admin(
      `select (select count(*)::int from attachment where state = 'uploading') as uploads,
         (select count(*)::int from record_key k where kind = 'attachment' and not exists (select from attachment a where a.id = k.record_id)) as keys`,
    )
    expect(left).toEqual({ uploads: 0, keys: 0 })
  })
})

describe('taking', () => {
  test('a picture comes as a sheet with code and reader over it; the file itself carries them too', async () => {
    const id = await kept(picture())
    const sheet = await take('cpw-tirana', id, { as: 'sheet' })
    expect(sheet.headers).toMatchObject({
      'content-type': 'application/pdf',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    })
    expect(String(sheet.headers['content-disposition'])).toMatch(
      /^attachment; filename="TR-2026-\d{4}-[0-9a-f]{6}\.pdf"$/,
    )
    const read = readPdf(sheet.bytes)
    expect(
      read.pages[0]!.pieces.filter((one) => /TR-2026-\d{4} cpw-tirana/.test(one.text)).length,
    ).toBeGreaterThan(5)
    expect(elements(read.structure, 'Figure')).toHaveLength(1)
    const own = await take('cpw-tirana', id)
    expect(own.headers['content-type']).toBe('image/png')
    expect(own.bytes.includes('(cpw-tirana)')).toBe(true)
    expect(own.bytes.includes(place)).toBe(false)
    const readers = await app.as('cpw-tirana').get(`/api/cases/${life.id}/readers`)
    expect(readers.body.items!.filter((one) => String(one.act) === 'export').length).toBeGreaterThanOrEqual(2)
  })
  test('at rest nothing is plain, and a piece in another place does not open', async () => {
    const words = 'Shenim qe nuk duhet te shihet'
    const id = await kept(pdf(`/Note (${words})`))
    const other = await kept(pdf('/Note (tjeter)'))
    const [row] = await app.db.admin(
      `select position(convert_to($$${words}$$, 'UTF8') in string_agg(body, ''::bytea)) as at from attachment_piece where attachment_id = '${id}'`,
    )
    expect(row).toEqual({ at: 0 })
    expect((await take('cpw-tirana', id)).bytes.includes(words)).toBe(true)
    await app.db.admin(
      `update attachment_piece set body = (select body from attachment_piece where attachment_id = '${id}') where attachment_id = '${other}'`,
    )
    expect((await take('cpw-tirana', other)).status).toBe(500)
    const [event] = await app.db.admin(
      `select facts from event where type = 'AttachmentAdded' and facts ->> 'attachmentId' = '${id}'`,
    )
    expect(JSON.stringify(event)).not.toContain('Shkresë')
  })
})

describe('a virus scanner', () => {
  let server: Server
  let heard = 0
  afterAll(() => server.close())
  test('is asked where there is one; what it finds is not kept', async () => {
    server = createServer((socket) => {
      let seen = Buffer.alloc(0)
      socket.on('data', (part: Buffer) => {
        seen = Buffer.concat([seen, part])
        if (!seen.subarray(-4).equals(Buffer.alloc(4))) return
        heard += 1
        socket.end(seen.includes('EICAR') ? 'stream: Eicar-Signature FOUND\0' : 'stream: OK\0')
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    installScanner(clamd(`127.0.0.1:${port}`))
    expect((await attach(await send(pdf('/Note (mire)')))).reply).toMatchObject({ scan: 'clean' })
    expect(await attach(await send(pdf('/Note (EICAR)')))).toMatchObject({
      status: 422,
      code: 'attachment_infected',
    })
    expect(heard).toBe(2)
    installScanner(clamd('127.0.0.1:1'))
    expect((await attach(await send(pdf('/Note (vetem)')))).reply).toMatchObject({ scan: 'not_scanned' })
    installScanner(undefined)
  })
})

describe('who', () => {
  test('sends and attaches: whoever writes in the case; everybody else is told nothing of it', async () => {
    const file = photo()
    for (const who of castNames) {
      const begun = await begin(who, file.length)
      const own = ['cpw-tirana', 'head-tirana'].includes(who)
      const sees = own || ['cpw2-tirana', 'state-agency'].includes(who)
      expect(begun.status, who).toBe(own ? 201 : sees ? 422 : 404)
    }
    expect((await begin(null, file.length)).status).toBe(401)
    // Somebody else's unfinished upload is nobody else's business, not even the head's.
    const upload = await send(file)
    const url = `/api/cases/${life.id}/uploads/${upload}`
    for (const who of castNames.filter((name) => name !== 'cpw-tirana')) {
      expect((await tus(who, 'HEAD', url)).status, who).toBe(404)
      expect((await patch(who, url, 0, file)).status, who).toBe(404)
      expect((await attach(upload, {}, who)).status, who).toBe(404)
    }
    const other = new Life(app, await openFor(app, 'cpw-tirana'))
    expect((await attach(upload, {}, 'cpw-tirana', other.id)).status).toBe(404)
    expect((await attach(upload)).status).toBe(200)
  })

  test('reads: at random, nobody reads a byte beyond the tier of the case', async () => {
    const files = [
      { id: await kept(photo()), tier: 3 },
      { id: await kept(picture(), { sensitive: true, title: 'Mavijosje' }), tier: 4 },
    ]
    const purposes = [undefined, 'supervision', 'monitoring', 'callback'] as const
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...castNames),
        fc.constantFrom(...files),
        fc.constantFrom(...purposes),
        async (who, file, purpose) => {
          const actor = { ...actorOf(who), purpose: purpose ?? null }
          const state = await withTx(app.ctx, actorOf('cpw-tirana'), (tx) => getCase(tx, life.id))
          const tier = caseTier(actor, scopeOf(state))
          const taken = await take(who, file.id, purpose ? { purpose } : {})
          expect(taken.status, `${who} ${purpose} T${file.tier}`).toBe(tier >= file.tier ? 200 : 404)
          const rows = await withTx(app.ctx, actor, (tx) =>
            tx.sql('select 1 from attachment_piece where attachment_id = $1', [file.id]),
          )
          expect(rows.length > 0).toBe(tier >= file.tier)
          const listed = await app
            .as(who)
            .get(`/api/cases/${life.id}/attachments`, purpose ? { purpose } : {})
          expect(listed.status).toBe(tier === 0 ? 404 : 200)
          if (tier > 0) {
            const row = listed.body.items!.find((one) => String(one.id) === file.id)!
            expect((row.title as unknown) !== null).toBe(tier >= file.tier)
          }
        },
      ),
      { numRuns: 80 },
    )
  })

  test('writes by hand: a file becomes one of the case only with its event', async () => {
    const upload = await send(photo())
    await expect(
      withTx(app.ctx, actorOf('cpw-tirana'), (tx) =>
        tx.sql(
          `update attachment set state = 'kept', tier = 'T3', kind = 'exe', digest = sha256(''), scan = 'clean', kept_at = now() where id = $1`,
          [upload],
        ),
      ),
    ).rejects.toThrow(/event/)
  })
})

test('erasing a case destroys the keys of its files, and the files', async () => {
  const other = new Life(
    app,
    await openFor(app, 'cpw-tirana', { personId: await putChild(app, 'Mira', 'Hoxha') }),
  )
  const id = await kept(photo(), {}, other.id)
  expect((await take('cpw-tirana', id, { id: other.id })).status).toBe(200)
  await app.db.admin(`update app_user set active = true where login = 'admin'`)
  await erase(app.ctx, { kind: 'case_file', id: other.id, rule: 'retention:test', by: 'admin' })
  expect((await take('cpw-tirana', id, { id: other.id })).status).toBe(404)
  const [left] = await app.db.admin(
    `select (select count(*)::int from attachment_piece where attachment_id = '${id}') as pieces,
       (select count(*)::int from record_key where kind = 'attachment' and record_id = '${id}') as keys`,
  )
  expect(left).toEqual({ pieces: 0, keys: 0 })
  const listed = await app.as('cpw-tirana').get(`/api/cases/${other.id}/attachments`)
  expect(listed.body.items![0]).toMatchObject({ erased: true, title: null })
})
