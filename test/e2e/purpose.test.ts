/**
 * Reading more than one's assignment shows: the reason is asked, stands above the page, opens this record and no other,
 * is in no address, ends with the page and stays in the access history.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CastName } from '#test/cast.ts'
import { activePlan } from '#test/http/case-life.ts'
import { noon } from '#test/http/harness.ts'
import { axeFaultsOfAll, launchBrowser, picture, sidewaysScroll } from './browser.ts'
import { type Country, openCountry } from './country.ts'
import { type Arrival, enter, type Hands, noComplaints } from './hands.ts'

let browser: Browser
let country: Country
let file = ''
let other = ''
const secret = 'Ka astmë, merr ilaç në mbrëmje.'

beforeAll(async () => {
  country = await openCountry({ now: noon })
  browser = await launchBrowser()
  const { app } = country
  file = (await activePlan(app)).id
  other = (await activePlan(app)).id
  const note = await app.as('cpw-tirana').command('case.add_note', file, {
    kind: 'health',
    happenedOn: '2026-11-24',
    text: secret,
    sensitive: true,
  })
  expect(note.status, JSON.stringify(note.body)).toBe(200)
})
afterAll(async () => {
  await browser?.close()
  await country?.close()
})

interface Asked {
  readonly url: string
  readonly purpose: string | undefined
}
const walk = async (
  login: CastName,
  arrival: Arrival,
  steps: (hands: Hands, asked: readonly Asked[]) => Promise<void>,
) => {
  const hands = await enter(browser, country, login, arrival)
  const asked: Asked[] = []
  hands.page.on('request', (request) => {
    asked.push({ url: request.url(), purpose: request.headers()['x-purpose'] })
  })
  try {
    await steps(hands, asked)
    noComplaints(hands)
    // The reason is in no address, and nothing but this case and what hangs on it was asked for with it.
    const told = asked.filter(({ url }) => !url.includes('/app/assets/'))
    expect(told.filter(({ url }) => /supervision|monitoring|complaint|case_review/.test(url))).toEqual([])
    expect(asked.filter(({ url, purpose }) => purpose !== undefined && url.includes(other))).toEqual([])
    expect(asked.some(({ purpose }) => purpose !== undefined)).toBe(true)
  } catch (error) {
    await picture(hands.page, `failed-purpose-${login}-${arrival.language}`)
    throw error
  } finally {
    await hands.close()
  }
}

describe.each<Arrival>([
  { language: 'sq', width: 1280 },
  { language: 'en', width: 360 },
])('in $language at $width', (arrival) => {
  it('the State Agency says why, reads the names, and loses them with the page', async () => {
    await walk('state-agency', arrival, async (hands, asked) => {
      const { t, page } = hands
      await hands.goTo(`/cases/${file}`)
      await hands.sees(t('casePage.t2'))
      await hands.press(t('casePage.purpose_ask_t3'))
      await page.getByRole('dialog').waitFor()
      await expect.poll(() => page.getByRole('radio', { checked: true }).count()).toBe(0)
      await hands.dialog().press(t('casePage.purpose_open'))
      await hands.dialog().sees(t('casePage.purpose_choose'))
      await picture(page, `purpose-ask-${arrival.language}-${arrival.width}`)
      expect(await axeFaultsOfAll(page)).toEqual([])
      await hands.dialog().pick(t('casePage.purpose'), t('casePage.purpose_complaint'))
      await hands.confirm(t('casePage.purpose_open'))
      const now = t('casePage.purpose_now', { purpose: t('casePage.purpose_complaint') })
      await hands.sees(now)
      await expect.poll(() => page.getByText(t('casePage.t2')).count()).toBe(0)
      await picture(page, `purpose-open-${arrival.language}-${arrival.width}`)
      expect(await axeFaultsOfAll(page)).toEqual([])
      expect(await sidewaysScroll(page)).toBe(0)
      // Another tab of the same page goes on; another case knows nothing of it; back again it is closed.
      await hands.follow(t('casePage.tab_timeline'))
      await hands.sees(now)
      const before = asked.length
      await page.evaluate((to) => history.pushState({}, '', to), `/app/cases/${other}`)
      await page.evaluate(() => dispatchEvent(new PopStateEvent('popstate')))
      await hands.sees(t('casePage.t2'))
      expect(asked.slice(before).filter(({ purpose }) => purpose !== undefined)).toEqual([])
      await page.goBack()
      await hands.sees(t('casePage.t2'))
      await hands.settled()
      await expect.poll(() => page.getByText(now).count()).toBe(0)
    })
    const worker = await enter(browser, country, 'cpw-tirana', arrival)
    await worker.goTo(`/cases/${file}?tab=readers`)
    await worker.page
      .getByRole('row', {
        name: new RegExp(`state-agency[\\s\\S]*${worker.t('casePage.purpose_complaint')}`),
      })
      .first()
      .waitFor()
    await worker.close()
  })

  it('the head of unit supervises: the sensitive note opens, and closes when she says so', async () => {
    await walk('head-tirana', arrival, async (hands) => {
      const { t, page } = hands
      await hands.goTo(`/cases/${file}?tab=timeline`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await hands.settled()
      await expect.poll(() => page.getByText(secret).count()).toBe(0)
      await hands.press(t('casePage.purpose_ask_t4'))
      await hands.dialog().pick(t('casePage.purpose'), t('casePage.purpose_supervision'))
      await hands.confirm(t('casePage.purpose_open'))
      await hands.sees(t('casePage.purpose_now', { purpose: t('casePage.purpose_supervision') }))
      await expect.poll(() => page.getByText(secret).count()).toBe(1)
      await hands.press(t('casePage.purpose_end'))
      await expect.poll(() => page.getByText(secret).count()).toBe(0)
    })
  })
})
