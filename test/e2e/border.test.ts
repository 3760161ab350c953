/**
 * The border at a telephone: a policewoman records a child, is told what to do and nothing else, tells the unit, names who is there,
 * and has the child answer a few large questions in its own language.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { wanted } from '#test/http/border-steps.ts'
import { noon } from '#test/http/harness.ts'
import { axeFaultsOfAll, launchBrowser, picture, sidewaysScroll } from './browser.ts'
import { type Country, openCountry } from './country.ts'
import { enter, type Hands, noComplaints } from './hands.ts'

let browser: Browser
let country: Country
beforeAll(async () => {
  country = await openCountry({ now: noon })
  browser = await launchBrowser()
  await country.app.as('police').command('border_alert.set', uuidv7(), wanted)
})
afterAll(async () => {
  await browser?.close()
  await country?.close()
})

const looks = async ({ page }: Hands, told: string): Promise<void> => {
  expect(await axeFaultsOfAll(page), told).toEqual([])
  expect(await sidewaysScroll(page), told).toBe(0)
  await picture(page, `border-${told}`)
}
/** One press answers a short question. */
const press = ({ page }: Hands, question: string, answer: string) =>
  page.getByRole('radiogroup', { name: question }).getByText(answer, { exact: true }).click()

describe('at the border', () => {
  it('the answer stands, though the connection is lost the moment after', async () => {
    const hands = await enter(browser, country, 'border-police', { language: 'sq', width: 360 })
    const { page, t } = hands
    const b = (key: string, params = {}) => t(`borderPage.${key}`, params)
    try {
      await hands.goTo('/border')
      await press(hands, b('direction'), b('dir_out'))
      await press(hands, b('category'), b('cat_parents'))
      await hands.write(b('number'), 'XX 405')
      await page.locator('#f-givenName').fill('Xherxh')
      await hands.write(b('family'), 'Hoxhaj')
      await hands.write(b('born'), '2012')
      await press(hands, b('sex'), b('boy'))
      let lost = 0
      await page.route('**/api/border/desk', (route) => {
        lost += 1
        return route.abort()
      })
      await hands.press(b('record'))
      await hands.at(b('hold_call'))
      // Asked anew after the act, and twice more before it counts as failed.
      await expect.poll(() => lost, { timeout: 20_000 }).toBe(3)
      await page.waitForTimeout(200)
      await hands.at(b('hold_call'))
    } finally {
      await hands.close()
    }
  })

  it('a child is recorded, met by an alert, told to the unit and asked in its own language', async () => {
    const hands = await enter(browser, country, 'border-police', { language: 'sq', width: 360 })
    const { page, t } = hands
    const b = (key: string, params = {}) => t(`borderPage.${key}`, params)
    try {
      await hands.goTo('/border')
      await hands.at(b('title'))
      await hands.press(b('record'))
      await hands.sees(t('web.answer_this', { label: b('direction') }))
      await press(hands, b('direction'), b('dir_out'))
      await press(hands, b('category'), b('cat_others'))
      await hands.choose(b('relation'), b('rel_stranger'))
      await hands.write(b('number'), 'XX 404')
      await page.locator('#f-givenName').fill('Xherxh')
      await hands.write(b('family'), 'Hoxhaj')
      await hands.write(b('born'), '2012')
      await press(hands, b('sex'), b('boy'))
      await looks(hands, 'record')
      await hands.press(b('record'))
      await hands.at(b('hold_call'))
      expect(await page.getByRole('main').innerText()).not.toContain(wanted.reason)
      await page.getByRole('link', { name: b('call', { phone: wanted.phone }) }).waitFor()
      await looks(hands, 'met')
      await hands.follow(b('aside'))
      await hands.at(b('at_protect'))
      await page.getByRole('radio', { name: b('danger_immediate') }).check()
      await hands.press(b('tell_unit'))
      await hands.at(b('at_women'))
      await page
        .getByRole('group', { name: b('woman_officer') })
        .getByRole('radio', { name: b('is_there') })
        .check()
      await hands.write(b('name'), 'Mira Deti')
      await page
        .getByRole('group', { name: b('social_worker') })
        .getByRole('radio', { name: b('is_not_there') })
        .check()
      await hands.choose(b('why'), b('absence_on_the_way'))
      await looks(hands, 'women')
      await hands.press(b('go_on'))
      await hands.at(b('at_language'))
      await hands.press('العربية')
      await page.getByRole('button', { name: 'لا', exact: true }).waitFor()
      await looks(hands, 'question')
      for (let n = 1; n <= 11; n += 1) {
        await page.getByText(b('question_n', { n, of: 11 })).waitFor()
        await hands.press(n <= 3 ? 'لا' : 'لا أعرف')
      }
      await hands.at(b('at_result'))
      await hands.sees(b('result_vmt'))
      await looks(hands, 'result')
      noComplaints(hands)
    } catch (error) {
      await picture(page, 'failed-border')
      throw error
    } finally {
      await hands.close()
    }
  })

  it('an inspector writes down on the spot what was found, in English', async () => {
    const hands = await enter(browser, country, 'labour', { language: 'en', width: 360 })
    const { page, t } = hands
    const i = (key: string, params = {}) => t(`inspectionPage.${key}`, params)
    try {
      await hands.goTo('/inspections')
      await hands.at(i('title'))
      await hands.follow(i('new'))
      await hands.at(i('new'))
      await hands.choose(i('sector'), i('sector_construction'))
      await hands.write(i('on'), '2026-11-23')
      await hands.write(i('employer'), 'Shembull sh.p.k.')
      await hands.choose(i('municipality'), 'Tiranë')
      await hands.write(i('place'), 'Astir')
      await hands.write(i('checked'), '9')
      await page.getByRole('checkbox', { name: i('measure_fine') }).check()
      await hands.press(i('minor_add'))
      await page.getByRole('radio', { name: t('borderPage.danger_high') }).check()
      await looks(hands, 'inspection')
      await hands.press(i('save'))
      await hands.at(i('saved'))
      await hands.follow(i('back'))
      await hands.sees('Shembull sh.p.k.')
      await looks(hands, 'inspections')
      noComplaints(hands)
    } catch (error) {
      await picture(page, 'failed-inspection')
      throw error
    } finally {
      await hands.close()
    }
  })
})
