/** A night at the line: the operator begins, writes down what came, counts what nobody took; the Coordinator reads the hours. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import type { CastName } from '#test/cast.ts'
import { noon } from '#test/http/harness.ts'
import { launchBrowser, picture } from './browser.ts'
import { type Country, openCountry } from './country.ts'
import { looksWell } from './eyes.ts'
import { type Arrival, enter, type Hands, noComplaints } from './hands.ts'

let browser: Browser
let country: Country
beforeAll(async () => {
  country = await openCountry({ now: noon })
  browser = await launchBrowser()
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
    await picture(hands.page, `failed-hotline-${login}-${arrival.language}`)
    throw error
  } finally {
    await hands.close()
  }
}
const looks = ({ page }: Hands, told: string): Promise<void> =>
  looksWell(page, told, { picture: `hotline-${told}` })

describe('a night at the line', () => {
  it('is staffed, written down in codes, and counted', async () => {
    await walk('hotline', { language: 'sq', width: 360 }, async (hands) => {
      const { t } = hands
      await hands.goTo('/line')
      await hands.sees(t('linePage.nobody'))
      await hands.press(t('linePage.begin'))
      await hands.dialog().pick(t('linePage.trained'), t('web.yes'))
      await hands.confirm(t('linePage.begin'))
      await hands.sees('Person hotline')
      await hands.press(t('linePage.record'))
      const form = hands.dialog()
      await form.write(t('linePage.minutes'), '12')
      await form.choose(t('linePage.caller'), t('linePage.caller_child'))
      await form.choose(t('linePage.topic'), t('linePage.topic_child_in_danger'))
      await form.pick(t('linePage.anonymous'), t('web.yes'))
      await form.tick(t('linePage.outcome_advice'))
      await hands.confirm(t('web.save'))
      await hands.sees(t('linePage.topic_child_in_danger'))
      await looks(hands, 'line')
    })
    await walk('coordinator', { language: 'en', width: 1280 }, async (hands) => {
      await hands.goTo('/lines')
      await hands.at('National lines')
      await hands.sees('Staffed now')
      await looks(hands, 'lines')
    })
  })
})
