/**
 * The main job from end to end, in a real browser over the real register: from a sighting in the street to a protected
 * child, once in Albanian at a desk and once in English on a telephone.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { launchBrowser } from './browser.ts'
import { type Country, openCountry } from './country.ts'
import { type Arrival, noComplaints, signIn } from './hands.ts'
import { concern } from './steps.ts'

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

describe.each<Arrival>([
  { language: 'sq', width: 1280 },
  { language: 'en', width: 360 },
])('in $language at $width', (arrival) => {
  it('from a sighting to an open case', async () => {
    const field = await signIn(browser, country, 'field-tirana', arrival)
    const { t } = field
    await field.goTo('/reports/new')
    await field.press(new RegExp(t('newReport.f_ordinary')))
    await field.at(t('newReport.f_where'))
    await field.write(t('reportPage.place'), 'Te Zogu i Zi')
    await field.press(t('newReport.next'))
    await field.at(t('newReport.f_what'))
    await field.tick(concern('begging', arrival.language))
    await field.press(t('newReport.next'))
    await field.at(t('newReport.f_who'))
    await field.pick(t('newReport.sex'), t('newReport.boy'))
    await field.pick(t('web.age'), t('web.partial_age'))
    await field.write(t('newReport.age_about'), '9')
    await field.write(t('newReport.given_name'), 'Ardit')
    await field.write(t('newReport.family_name'), 'Çela')
    await field.press(t('newReport.next'))
    await field.at(t('newReport.f_more'))
    await field.write(t('reportPage.narrative'), 'Lypte te semafori, vetëm.')
    await field.press(t('newReport.send'))
    await field.at(t('newReport.sent_title'))
    noComplaints(field)
    await field.close()
  })
})
