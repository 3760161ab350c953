/**
 * Break-glass and its review at the screen: a worker of another town opens a file in emergency, reads it, and works on nothing; the unit and
 * the officer are told; the officer reads what was read, and judges it. The police are given the least that protects.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CastName } from '#test/cast.ts'
import { Life, openFor, putChild } from '#test/http/case-life.ts'
import { noon } from '#test/http/harness.ts'
import { focused, launchBrowser, picture } from './browser.ts'
import { type Country, openCountry } from './country.ts'
import { looksWell } from './eyes.ts'
import { type Arrival, enter, type Hands, noComplaints } from './hands.ts'

let browser: Browser
let country: Country
let code = ''
let id = ''

beforeAll(async () => {
  country = await openCountry({ now: noon })
  browser = await launchBrowser()
  const { app } = country
  const life = new Life(
    app,
    await openFor(app, 'cpw-tirana', { personId: await putChild(app, 'Mira', 'Kola') }),
  )
  code = String((await life.read()).body.code)
  id = life.id
})
afterAll(async () => {
  await browser?.close()
  await country?.close()
})

const walk = async (login: CastName, arrival: Arrival, steps: (hands: Hands) => Promise<void>) => {
  const hands = await enter(browser, country, login, arrival)
  try {
    await steps(hands)
    noComplaints(hands)
  } catch (error) {
    await picture(hands.page, `failed-break-glass-${login}-${arrival.language}`)
    throw error
  } finally {
    await hands.close()
  }
}
const looks = ({ page }: Hands, told: string): Promise<void> =>
  looksWell(page, told, { picture: `break-glass-${told}` })
const sq: Arrival = { language: 'sq', width: 1280 }
const story = 'Fëmija u gjend vetëm në stacionin e trenit; njësia nuk përgjigjet.'

const breakIt = async ({ page, t }: Hands) => {
  await page.getByRole('button', { name: t('privacyPage.break') }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: t('web.yes') }).check()
  await dialog.getByLabel(t('privacyPage.reason'), { exact: true }).selectOption('child_found')
  await dialog.getByLabel(t('privacyPage.why')).fill(story)
  await dialog.getByRole('button', { name: t('privacyPage.break_do', { hours: 4 }) }).click()
  await dialog.waitFor({ state: 'detached' })
}

describe('break-glass', () => {
  it('opens a file of another town for reading, from its code', async () => {
    await walk('cpw-durres', sq, async (hands) => {
      const { page, t } = hands
      // The address of somebody else's file says nothing of it, and leads here.
      await page.goto(`/app/cases/${id}`)
      await page
        .getByRole('link', { name: t('web.nav_beyond') })
        .last()
        .click()
      await page.getByRole('heading', { level: 1, name: t('privacyPage.beyond_title') }).waitFor()
      await page.getByLabel(t('privacyPage.find_by_code')).fill(code)
      await page
        .getByRole('button', { name: t('privacyPage.find_act') })
        .first()
        .click()
      await page.getByRole('button', { name: t('privacyPage.break') }).waitFor()
      await breakIt(hands)
      await page.getByRole('heading', { level: 3, name: code }).first().waitFor()
      await looks(hands, 'beyond')
      // Whoever has to act now goes on from here, without asking for the file once more.
      await page.getByRole('heading', { level: 3, name: code }).first().getByRole('link').click()
      await page.waitForURL((url) => url.pathname === `/app/cases/${id}`)
      await page.getByRole('heading', { level: 1, name: 'Mira K.' }).waitFor()
      await page.getByText('Këtë dosje e hapët në emergjencë').waitFor()
      const tabs = page.getByRole('navigation', { name: t('casePage.tabs') })
      await expect.poll(() => tabs.getByRole('link').count()).toBe(6)
      await looks(hands, 'file')
    })
  })

  it('gives the police the least that protects', async () => {
    await walk('police', sq, async (hands) => {
      const { page, t } = hands
      await page.goto(`/app/beyond/${code}`)
      await page
        .getByRole('button', { name: t('privacyPage.find_act') })
        .first()
        .click()
      await breakIt(hands)
      await page.getByRole('heading', { level: 2, name: t('privacyPage.minimum_title') }).waitFor()
      await page.getByText('Mira Kola').waitFor()
      await looks(hands, 'minimum')
    })
  })

  it('is told, read and judged by the officer', async () => {
    await walk('dpo', sq, async (hands) => {
      const { page, t } = hands
      await page.goto('/app/privacy')
      await page.getByRole('heading', { level: 1, name: t('privacyPage.title') }).waitFor()
      const item = page.getByRole('listitem').filter({ hasText: 'Person cpw-durres' })
      await item.getByText(story).waitFor()
      await item.getByRole('button', { name: t('privacyPage.reads_show') }).click()
      await item.getByRole('table').waitFor()
      await looks(hands, 'review')
      await item
        .getByRole('button', { name: t('privacyPage.review'), exact: false })
        .first()
        .click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('radio', { name: t('privacyPage.outcome_not_justified') }).check()
      await dialog.getByLabel(t('privacyPage.consequence')).selectOption('training')
      await dialog.getByLabel(t('privacyPage.word_finding')).fill('Njësia u përgjigj; pritja ishte e mundur.')
      await dialog.getByRole('button', { name: t('privacyPage.review') }).click()
      await dialog.waitFor({ state: 'detached' })
      // What was judged leaves the list with its button: whoever works by keyboard goes on where it stood.
      await item.waitFor({ state: 'detached' })
      await expect.poll(() => focused(page)).toBe(code)
      await page.getByRole('button', { name: t('privacyPage.box_reviewed') }).click()
      await page.getByText(t('privacyPage.consequence_training')).waitFor()
      for (const tab of ['grants', 'requests', 'breaches', 'retention', 'holds'] as const) {
        await page.goto(`/app/privacy?tab=${tab}`)
        await page.getByRole('heading', { level: 2, name: t(`privacyPage.tab_${tab}`) }).waitFor()
        if (tab === 'requests' || tab === 'retention') await looks(hands, tab)
      }
    })
    await walk('dpo', { language: 'en', width: 1280 }, async ({ page }) => {
      await page.goto('/app/privacy?tab=retention')
      await page.getByRole('heading', { level: 1, name: 'Data protection' }).waitFor()
      await page.getByText('and until age 25').waitFor()
    })
  })
})
