/** Published reports in a browser: the list and a document, in both languages, on a phone too. */
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { paths } from '#server/public/routes.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'
import { openNational, publish } from '#test/http/publish.ts'
import { languages } from '#wire/words/index.ts'
import { axeFaults, launchBrowser, picture, sidewaysScroll, visit } from './browser.ts'

let browser: Browser
let app: TestApp
let baseURL: string
beforeAll(async () => {
  app = await testApp()
  await publish(app, await openNational(app), 'U miratua ligji; u trajnuan 40 mësues.')
  await app.fastify.listen({ port: 0 })
  baseURL = `http://localhost:${(app.fastify.server.address() as AddressInfo).port}`
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

for (const language of languages)
  for (const width of [360, 1280])
    it(`reads well in ${language} at ${width} px`, async () => {
      const context = await visit(browser, { baseURL, language, width })
      try {
        const page = await context.newPage()
        await page.goto(paths[language].published)
        expect(await axeFaults(page)).toEqual([])
        expect(await sidewaysScroll(page)).toBe(0)
        await page.locator('.entries h2 a').click()
        await page.locator('.report h2').first().waitFor()
        expect(await axeFaults(page)).toEqual([])
        expect(await sidewaysScroll(page)).toBe(0)
        await picture(page, `published-${language}-${width}`)
      } finally {
        await context.close()
      }
    })
