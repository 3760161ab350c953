/**
 * Screening where no case is yet: a border policeman on a telephone and a labour inspector at a desk report a child,
 * answer the questions, and the unit finds the screening in the case it opens. Protection first, walked as people do.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CastName } from '#test/cast.ts'
import { axeFaultsOfAll, launchBrowser, picture, sidewaysScroll } from './browser.ts'
import { type Country, openCountry } from './country.ts'
import { type Arrival, enter, type Hands, noComplaints } from './hands.ts'
import { acceptNewest, markElements } from './steps.ts'

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

const looksRight = async ({ page }: Hands, name: string): Promise<void> => {
  await picture(page, name)
  expect(await axeFaultsOfAll(page), name).toEqual([])
  expect(await sidewaysScroll(page), name).toBe(0)
}

const walk = async (login: CastName, arrival: Arrival, steps: (hands: Hands) => Promise<void>) => {
  const hands = await enter(browser, country, login, arrival)
  try {
    await steps(hands)
    noComplaints(hands)
  } catch (error) {
    await picture(hands.page, `failed-outside-${login}-${arrival.language}`)
    throw error
  } finally {
    await hands.close()
  }
}

describe.each<Arrival>([
  { language: 'sq', width: 360 },
  { language: 'en', width: 1280 },
])('in $language at $width', (arrival) => {
  const shot = (name: string) => `outside-${name}-${arrival.language}-${arrival.width}`

  it('a child at a border crossing: reported, protected, screened, and carried into its case', async () => {
    await walk('border-police', arrival, async (hands) => {
      const { t, page } = hands
      await hands.goTo('/screening')
      await hands.at(t('outsidePage.at_protect'))
      await hands.sees(t('outsidePage.protection_first'))
      await looksRight(hands, shot('protect'))
      await hands.tick(t('newReport.protection'))
      await hands.press(new RegExp(t('newReport.f_immediate')))

      await hands.at(t('outsidePage.at_where'))
      await hands.press(t('newReport.next'))
      await page.getByRole('alert').waitFor()
      await hands.pick(t('outsidePage.setting'), t('outsidePage.setting_border'))
      await hands.press(t('newReport.next'))
      await hands.sees(t('outsidePage.need_crossing'))
      await page.getByRole('combobox', { name: t('outsidePage.crossing') }).selectOption({ index: 3 })
      await looksRight(hands, shot('where'))
      await hands.press(t('newReport.next'))

      // Eighteen is no child: the fault stands at the age, and nothing has left yet.
      await hands.at(t('outsidePage.at_who'))
      await hands.pick(t('newReport.sex'), t('newReport.boy'))
      await hands.pick(t('web.age'), t('web.partial_age'))
      await hands.write(t('newReport.age_about'), '18')
      await hands.press(t('outsidePage.send_report'))
      await page.getByRole('alert').waitFor()
      await hands.write(t('newReport.age_about'), '12')
      await looksRight(hands, shot('who'))
      await hands.press(t('outsidePage.send_report'))

      await hands.sees(t('outsidePage.report_is_there'))
      await looksRight(hands, shot('choose'))
      await hands.press(new RegExp(t('outsidePage.set_trafficking')))
      await markElements(hands, arrival.language, 'trafficking', ['BO1', 'BO2', 'CH1'], 'unknown')
      await looksRight(hands, shot('questions'))
      await hands.press(t('screeningPage.mark_vmt'))
      await hands.at(t('outsidePage.at_next'))
      await hands.sees(t('outsidePage.next_vmt'))
      await looksRight(hands, shot('next'))
      await hands.press(t('outsidePage.end'))
      await page.waitForURL((url) => url.pathname === '/app/')
    })
  })

  it('a child at work in a raid: the unit opens the case and finds what was screened', async () => {
    await walk('labour', arrival, async (hands) => {
      const { t } = hands
      await hands.goTo('/screening')
      await hands.press(new RegExp(t('newReport.f_ordinary')))
      await hands.at(t('outsidePage.at_where'))
      await hands.press(t('newReport.next'))
      await hands.sees(t('outsidePage.need_place'))
      await hands.choose(t('web.municipality'), 'Tiranë')
      await hands.write(t('reportPage.place'), 'Kantier te Rruga e Kavajës')
      await hands.press(t('newReport.next'))
      await hands.at(t('outsidePage.at_who'))
      await hands.press(t('outsidePage.send_report'))
      await hands.press(new RegExp(t('outsidePage.set_economic_exploitation')))
      await markElements(
        hands,
        arrival.language,
        'economic_exploitation',
        ['EE1', 'EE3'],
        'begging',
        'at_risk',
      )
      await hands.press(t('screeningPage.mark_economic_at_risk'))
      await hands.at(t('outsidePage.at_next'))
      await hands.sees(t('outsidePage.next_open'))
      // What was sent can be added to later, from the first page.
      await hands.press(t('outsidePage.end'))
      await hands.goTo('/screening')
      await hands.at(t('outsidePage.sent_before'))
    })
    await walk('cpw-tirana', arrival, async (worker) => {
      const { t } = worker
      const [file = ''] = await acceptNewest(worker, t('reportPage.source_labour_inspectorate'))
      await worker.goTo(`${file}?tab=screening`)
      await worker.sees(t('screeningPage.economic_at_risk'))
    })
  })
})
