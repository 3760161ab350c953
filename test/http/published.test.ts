/** Published reports without sign-in: a list, pages without script, PDF and Excel; nothing before it is published. */
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { elements, readPdf } from '#test/pdf-text.ts'
import { type TestApp, testApp } from './harness.ts'
import { actOn, openNational, publish } from './publish.ts'

let app: TestApp
let id: string
const open = (url: string) => app.fastify.inject({ url, headers: { accept: 'text/html' } })
const bytes = async (url: string) => {
  const reply = await app.fastify.inject({ url })
  return { status: reply.statusCode, headers: reply.headers, body: reply.rawPayload }
}
const summary = 'Ç’u bë: një ligj <i>i ri</i>.'
beforeAll(async () => {
  app = await testApp()
  id = await openNational(app)
})
afterAll(() => app.close())

describe('before it is published', () => {
  test('nobody finds it', async () => {
    expect((await app.anonymous.get('/api/public/reports')).body.items).toEqual([])
    expect((await open('/raporte-te-botuara')).body).toContain('Ende nuk është botuar asnjë raport.')
    for (const url of [
      `/raporte-te-botuara/${id}`,
      '/en/published-reports/none',
      `/en/published-reports/${uuidv7()}`,
    ])
      expect((await open(url)).statusCode).toBe(404)
    for (const file of [id, `${id}.pdf`, `${id}.xlsx`])
      expect((await bytes(`/api/public/reports/${file}`)).status).toBe(404)
  })
})

describe('once it is published', () => {
  beforeAll(() => publish(app, id, summary))

  test('the list names it in both languages', async () => {
    const { items } = (await app.anonymous.get('/api/public/reports?lang=en')).body
    expect(items).toMatchObject([
      { id, kind: 'plan_monitoring', title: 'Monitoring of the plan', edition: 1 },
    ])
    expect((await app.anonymous.get('/api/public/reports?cursor=x')).status).toBe(400)
    expect((await app.anonymous.get('/api/public/reports?lang=de')).status).toBe(400)
    for (const [url, word] of [
      ['/raporte-te-botuara', 'Monitorimi i planit'],
      ['/en/published-reports', 'Monitoring of the plan'],
      ['/en/published-reports?after=%00', 'Monitoring of the plan'],
    ] as const) {
      const reply = await open(url)
      expect([url, reply.statusCode]).toEqual([url, 200])
      expect(reply.body.includes(word), url).toBe(true)
      expect(reply.body).not.toContain('<script')
      expect(reply.rawPayload.length).toBeLessThan(40_000)
    }
  })

  test('the page shows the whole document, safely, and keeps its place when the language changes', async () => {
    const reply = await open(`/raporte-te-botuara/${id}`)
    expect(reply.statusCode).toBe(200)
    const page = reply.body
    expect(page).toContain('lang="sq"')
    expect(page).toContain('Ç’u bë: një ligj &lt;i&gt;i ri&lt;/i&gt;.')
    expect(page).not.toContain('<script')
    expect(page).not.toContain(' style=')
    expect(page).toContain(`href="/en/published-reports/${id}?edition=1"`)
    expect(page.match(/<table>/g)!.length).toBeGreaterThan(2)
    expect(page).toContain('role="img"')
    expect((await open(`/en/published-reports/${id}`)).body).toContain('lang="en"')
    expect((await open(`/en/published-reports/${id}?edition=2`)).statusCode).toBe(404)
  })

  test('files are the document as it was frozen, the same bytes each time', async () => {
    const pdf = await bytes(`/api/public/reports/${id}.pdf?lang=sq`)
    expect(pdf.status).toBe(200)
    expect(pdf.headers['content-type']).toBe('application/pdf')
    const read = readPdf(pdf.body)
    expect(read).toMatchObject({ language: 'sq', title: 'Monitorimi i planit', marked: true })
    expect(elements(read.structure, 'P').map(({ text }) => text)).toContain('Ç’u bë: një ligj <i>i ri</i>.')
    expect((await bytes(`/api/public/reports/${id}.pdf`)).body.equals(pdf.body)).toBe(true)
    const english = await bytes(`/api/public/reports/${id}.pdf?lang=en&edition=1`)
    expect(readPdf(english.body).title).toBe('Monitoring of the plan')
    const xlsx = await bytes(`/api/public/reports/${id}.xlsx?lang=en`)
    expect(xlsx.status).toBe(200)
    expect(Object.keys(unzipSync(xlsx.body))).toContain('xl/workbook.xml')
    expect((await app.anonymous.get(`/api/public/reports/${id}`)).body).toMatchObject({ language: 'sq' })
    for (const bad of [`${id}.exe`, 'x', `${id}.pdf?lang=de`, `${id}.pdf?edition=0`])
      expect((await bytes(`/api/public/reports/${bad}`)).status).toBe(400)
    expect((await bytes(`/api/public/reports/${id}.pdf?edition=2`)).status).toBe(404)
  })

  test('a correction in work shows nothing until it is published, and both editions stay', async () => {
    await actOn(app, id, 'coordinator', 'correct', { reason: 'Një shumë u shtyp gabim.' })
    expect((await open(`/raporte-te-botuara/${id}`)).body).toContain('Ç’u bë')
    expect((await app.anonymous.get('/api/public/reports')).body.items).toMatchObject([{ edition: 1 }])
    await publish(app, id, summary)
    const page = (await open(`/raporte-te-botuara/${id}`)).body
    expect(page).toContain('aria-current="page">Botimi 2')
    expect(page).toContain('?edition=1">Botimi 1')
    expect((await app.anonymous.get('/api/public/reports')).body.items).toMatchObject([{ edition: 2 }])
    expect((await bytes(`/api/public/reports/${id}.pdf?edition=1`)).status).toBe(200)
  })
})
