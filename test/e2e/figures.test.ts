/** The public page of figures: no script, both languages, both themes, a telephone and a desk. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { paths } from '#server/public/routes.ts'
import { noon } from '#test/http/harness.ts'
import { axeFaultsOfAll, launchBrowser, picture, sidewaysScroll, visit } from './browser.ts'
import { type Country, openCountry } from './country.ts'
import { faultsInTheDark } from './eyes.ts'

let browser: Browser
let country: Country
beforeAll(async () => {
  country = await openCountry({ now: noon })
  const { app } = country
  app.setClock('2026-03-01T10:00:00.000Z')
  for (const [municipality, n] of [
    ['53', 14],
    ['10', 3],
    ['01', 11],
  ] as const)
    for (let i = 0; i < n; i++)
      await app.as('hotline').command('report.create', uuidv7(), {
        source: 'hotline',
        channel: '116111',
        place: { municipality, text: 'Te sheshi' },
        immediacy: 'ordinary',
        concerns: ['begging'],
        children: [{ age: 9 }],
      })
  app.setClock(noon)
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await country?.close()
})

const combinations = (['sq', 'en'] as const).flatMap((language) =>
  [360, 1280].map((width) => ({ language, width })),
)
it.each(combinations)('$language $width', async ({ language, width }) => {
  const context = await visit(browser, { baseURL: country.baseURL, language, width, script: false })
  try {
    const page = await context.newPage()
    await page.goto(paths[language].figures)
    await expect.poll(() => page.getByRole('row').count()).toBe(4)
    await picture(page, `figures-${language}-${width}`)
    expect(await sidewaysScroll(page)).toBe(0)
    // The other language keeps the place; another year is one press away.
    await page.getByRole('link', { name: '2018', exact: true }).click()
    await page.waitForURL(/=2018$/)
  } finally {
    await context.close()
  }
  const scripted = await visit(browser, { baseURL: country.baseURL, language, width })
  try {
    const page = await scripted.newPage()
    await page.goto(paths[language].figures)
    expect(await axeFaultsOfAll(page)).toEqual([])
    if (width === 1280) expect(await faultsInTheDark(page)).toEqual([])
  } finally {
    await scripted.close()
  }
})
