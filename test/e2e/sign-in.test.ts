/** From a code on paper to a locked screen: an administrator, a new worker and the officer, in a real browser. */
import { generateSync } from 'otplib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { axeFaults, launchBrowser, picture, sidewaysScroll, type Visit, visit } from '#test/e2e/browser.ts'
import { givePassword, goodPassword } from '#test/http/browser.ts'
import { noon, type TestApp, testApp } from '#test/http/harness.ts'
import { words } from '#wire/words/index.ts'
import { ensureWeb } from '../../scripts/web.ts'

let app: TestApp
let browser: Browser
let baseURL: string
let clock: number
const pass = (minutes: number) => {
  clock += minutes * 60_000
  app.setClock(new Date(clock).toISOString())
}

beforeAll(async () => {
  await ensureWeb(() => undefined)
  browser = await launchBrowser()
})
// A house for each attempt: who has come in once is not asked for a second factor's first time again.
beforeEach(async () => {
  clock = Date.parse(noon)
  app = await testApp()
  await givePassword(app, 'admin', 'dpo')
  baseURL = await app.fastify.listen({ port: 0, host: '127.0.0.1' })
})
afterEach(async () => {
  await app?.close()
})
afterAll(async () => {
  await browser?.close()
})

const person = async (options: Omit<Visit, 'baseURL'> = {}): Promise<Page> => {
  const context = await visit(browser, { ...options, baseURL })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  page.on('console', (line) => {
    if (/content security policy/i.test(line.text())) blocked.push(line.text())
  })
  return page
}
/** What our own pages tried that the content policy forbids. */
const blocked: string[] = []
const looksRight = async (page: Page, name: string) => {
  await picture(page, name)
  expect(await axeFaults(page)).toEqual([])
  expect(await sidewaysScroll(page)).toBe(0)
  expect(blocked).toEqual([])
}
const main = (page: Page) => page.locator('main')

/** Through the second factor's first time, as the page shows it. Returns the key. */
const enrol = async (page: Page, language: 'sq' | 'en'): Promise<string> => {
  const secret = (await page.locator('code.secret').innerText()).replaceAll(/\s/g, '')
  await page.locator('#f-code').fill(generateSync({ secret, epoch: Math.floor(clock / 1000) }))
  await main(page).locator('button[type=submit]').click()
  await page.locator('.codes li').first().waitFor()
  await expect.poll(() => page.locator('.codes li').count()).toBe(10)
  await page.getByRole('button', { name: words[language].web.codes_kept }).click()
  return secret
}
const signIn = async (page: Page, login: string, password = goodPassword) => {
  await page.goto('/app/sign-in')
  await page.locator('#f-login').fill(login)
  await page.locator('#f-password').fill(password)
  await main(page).locator('button[type=submit]').click()
}

test('an administrator opens an account, its owner comes in with a code, works, is locked and goes on', async () => {
  const sq = words.sq
  const admin = await person()
  await signIn(admin, 'admin', 'jo ky fjalëkalim')
  await admin.getByText(sq.refusal.sign_in_wrong).waitFor()
  await looksRight(admin, 'sign-in-wrong')
  await signIn(admin, 'admin')
  await enrol(admin, 'sq')
  await admin.waitForURL('**/app/admin')
  await admin.getByRole('row', { name: /cpw-tirana/ }).waitFor()
  await looksRight(admin, 'admin-users')

  await admin.getByRole('button', { name: sq.admin.add_user }).click()
  await admin.locator('#f-displayName').fill('Drita Hysa')
  await admin.locator('#f-login').fill('drita')
  await admin.locator('#f-role').selectOption('cpw')
  await admin.getByLabel(sq.admin.unit_find).fill('cpu-tirana')
  await admin.locator('#f-unitId').selectOption({ label: 'cpu-tirana' })
  await admin.locator('dialog').getByLabel('English').check()
  await looksRight(admin, 'admin-new-user')
  await admin.locator('dialog button[type=submit]').click()
  const code = await admin.locator('dialog code.secret').innerText()
  expect(code).toMatch(/^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/)
  await admin.getByRole('button', { name: sq.web.close }).click()
  await admin
    .getByRole('row', { name: /Drita Hysa/ })
    .getByText(sq.admin.state_no_password)
    .waitFor()

  const en = words.en
  const drita = await person({ width: 360, language: 'en' })
  await drita.goto('/app/sign-in')
  await drita.getByRole('button', { name: en.account.first_time }).click()
  await drita.locator('#f-login').fill('drita')
  await drita.locator('#f-code').fill(code.toLowerCase())
  await drita.locator('#f-password').fill('Password1234')
  await main(drita).locator('button[type=submit]').click()
  await drita.getByRole('alert').getByText(en.refusal.password_common).waitFor()
  await looksRight(drita, 'first-sign-in')
  await drita.locator('#f-password').fill(goodPassword)
  await main(drita).locator('button[type=submit]').click()
  await enrol(drita, 'en')
  await drita.waitForURL('**/app/')
  await drita.goto('/app/account')
  await drita.getByRole('heading', { name: 'Drita Hysa' }).waitFor()
  await drita.getByText(en.account.here).waitFor()
  await looksRight(drita, 'account-phone')

  await drita.getByRole('button', { name: en.account.token_new }).click()
  await drita.locator('#f-name').fill('figures of the quarter')
  await drita.locator('input[value=statistics]').check()
  await drita.locator('dialog #f-password').fill(goodPassword)
  // The time is over with this very request: an earlier one of the page's own would have locked it before the press.
  await drita.route(
    '**/api/tokens',
    async (route) => {
      pass(16)
      await route.continue()
    },
    { times: 1 },
  )
  await drita.locator('dialog button[type=submit]').click()
  await drita.getByRole('heading', { name: en.web.locked }).waitFor()
  await picture(drita, 'locked-phone')
  await drita.locator('dialog[aria-labelledby=locked] input:not([hidden])').fill(goodPassword)
  await drita.locator('dialog[aria-labelledby=locked] button[type=submit]').click()
  expect(await drita.locator('dialog code.secret').innerText()).toMatch(/^mbt_/)
})

test('the officer reads who looked at what', async () => {
  const dpo = await person({ theme: 'dark' })
  await signIn(dpo, 'dpo')
  await enrol(dpo, 'sq')
  await dpo.waitForURL('**/app/access')
  await dpo.getByRole('heading', { name: words.sq.admin.access_title }).waitFor()
  await app.as('cpw-tirana').get('/api/reports')
  await dpo.getByLabel(words.sq.admin.act).selectOption('list')
  await dpo
    .getByRole('row', { name: /Person cpw-tirana/ })
    .first()
    .waitFor()
  await looksRight(dpo, 'access-records')
})
