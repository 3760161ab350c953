/** One browser, two windows: who signs out in one of them leaves nothing behind in the other for whoever sits down next. */
import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { Life, openFor, putChild } from '#test/http/case-life.ts'
import { noon } from '#test/http/harness.ts'
import { words } from '#wire/words/index.ts'
import { launchBrowser, visit } from './browser.ts'
import { type Country, openCountry, password } from './country.ts'

let browser: Browser
let country: Country
let context: BrowserContext
let code = ''
let id = ''

beforeAll(async () => {
  country = await openCountry({ now: noon })
  browser = await launchBrowser()
  const life = new Life(
    country.app,
    await openFor(country.app, 'cpw-tirana', { personId: await putChild(country.app, 'Mira', 'Kola') }),
  )
  code = String((await life.read()).body.code)
  id = life.id
})
beforeEach(async () => {
  context = await visit(browser, { baseURL: country.baseURL, language: 'sq' })
  await context.addCookies([await country.cookieOf('cpw-tirana')])
})
afterEach(async () => {
  await context.close()
})
afterAll(async () => {
  await browser?.close()
  await country?.close()
})

const opened = async (path: string) => {
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await page.goto(path)
  return page
}

test('signed out in one window, and another person in: the first window shows nothing of before', async () => {
  const first = await opened(`/app/cases/${id}`)
  await first.getByText(code).first().waitFor()
  const second = await opened('/app/')
  await second.getByRole('button', { name: 'Person cpw-tirana' }).click()
  await second.getByRole('button', { name: words.sq.web.sign_out }).click()
  await second.locator('#f-login').fill('police')
  await expect.poll(() => first.getByText(code).count()).toBe(0)
  await second.locator('#f-password').fill(password)
  await second.locator('main button[type=submit]').click()
  await second.waitForURL((url) => !url.pathname.endsWith('/sign-in'))
  await first.goto('/app/')
  await first.getByText('Person police').first().waitFor()
  await first.goBack()
  expect(await first.content()).not.toMatch(/Mira|Kola/)
})
