/** The line is lost while somebody reads: what stands on the page stays, and it says that it could not be read anew. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Life, openFor, putChild, today } from '#test/http/case-life.ts'
import { noon } from '#test/http/harness.ts'
import { words } from '#wire/words/index.ts'
import { launchBrowser, visit } from './browser.ts'
import { type Country, openCountry } from './country.ts'

let browser: Browser
let country: Country
let id = ''

beforeAll(async () => {
  country = await openCountry({ now: noon })
  browser = await launchBrowser()
  const personId = await putChild(country.app, 'Mira', 'Kola')
  const life = new Life(country.app, await openFor(country.app, 'cpw-tirana', { personId }))
  const text = 'U fol me mësuesen e klasës.'
  await life.must('cpw-tirana', 'add_note', { kind: 'phone_call', sensitive: false, happenedOn: today, text })
  id = life.id
})
afterAll(async () => {
  await browser?.close()
  await country?.close()
})

test('the timeline of a case stays when it cannot be read again', async () => {
  const context = await visit(browser, { baseURL: country.baseURL, language: 'sq' })
  await context.addCookies([await country.cookieOf('cpw-tirana')])
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  try {
    await page.clock.install()
    await page.goto(`/app/cases/${id}?tab=timeline`)
    await page.getByText('U fol me mësuesen e klasës.').first().waitFor()
    let lost = 0
    await page.route('**/api/**', (route) => {
      if (route.request().url().includes('/timeline')) lost += 1
      return route.abort()
    })
    await page.clock.fastForward(20_000)
    await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')))
    for (const tries of [1, 2, 3]) {
      await expect.poll(() => lost).toBe(tries)
      await page.clock.fastForward(5_000)
    }
    await page.getByRole('button', { name: words.sq.web.try_again }).first().waitFor()
    expect(await page.getByText('U fol me mësuesen e klasës.').count()).toBeGreaterThan(0)
  } finally {
    await context.close()
  }
})
