/** What the first signed-in page really brings over the wire, for each kind of first page and both languages. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CastName } from '#test/cast.ts'
import { scriptBudget } from '../../scripts/budget.ts'
import { launchBrowser } from './browser.ts'
import { type Country, openCountry } from './country.ts'
import { enter } from './hands.ts'

let browser: Browser
let country: Country
beforeAll(async () => {
  country = await openCountry()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await country?.close()
})

it.each<readonly [CastName, 'sq' | 'en']>([
  ['cpw-tirana', 'sq'],
  ['head-tirana', 'en'],
  ['state-agency', 'sq'],
  ['admin', 'en'],
  ['dpo', 'sq'],
])('%s in %s: at most 200 KB of packed script, from this house alone', async (login, language) => {
  const hands = await enter(browser, country, login, { language, width: 1280, cold: true })
  const { page } = hands
  const wire = await hands.context.newCDPSession(page)
  await wire.send('Network.enable')
  const scripts = new Map<string, number>()
  const hosts = new Set<string>()
  wire.on('Network.responseReceived', ({ requestId, type, response }) => {
    if (!response.url.startsWith('data:')) hosts.add(new URL(response.url).origin)
    if (type === 'Script') scripts.set(requestId, 0)
  })
  wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) scripts.set(requestId, encodedDataLength)
  })
  await page.goto('/app/', { waitUntil: 'networkidle' })
  await page.getByRole('main').getByRole('heading', { level: 1 }).first().waitFor()
  const bytes = [...scripts.values()].reduce((sum, one) => sum + one, 0)
  await hands.close()
  expect(bytes).toBeGreaterThan(50_000)
  expect(bytes, `${Math.round(bytes / 1024)} KB`).toBeLessThan(scriptBudget)
  expect([...hosts]).toEqual([country.baseURL])
})
