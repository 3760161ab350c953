/**
 * Needs and outcomes at the screen: a worker writes down that a child is not registered, ties the service, writes the outcome
 * and takes two snapshots, whose difference stands out; the State Agency reads the cohorts.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CastName, unitId } from '#test/cast.ts'
import { assess, Life, openFor, putChild, seen, today } from '#test/http/case-life.ts'
import { noon } from '#test/http/harness.ts'
import { launchBrowser, picture } from './browser.ts'
import { type Country, openCountry } from './country.ts'
import { looksWell } from './eyes.ts'
import { type Arrival, enter, type Hands, noComplaints } from './hands.ts'

let browser: Browser
let country: Country
let life: Life

beforeAll(async () => {
  country = await openCountry({ now: noon })
  browser = await launchBrowser()
  const { app } = country
  life = new Life(app, await openFor(app, 'cpw-tirana', { personId: await putChild(app, 'Mira', 'Kola') }))
  await assess(life, 'initial', { ...seen, risk: 'low' })
  await life.must('cpw-tirana', 'record_service', {
    service: 'civil_registration',
    setting: 'office',
    beneficiary: 'child',
    providerId: unitId('civil-status-tirana'),
    from: today,
  })
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
    await picture(hands.page, `failed-outcome-${login}`)
    throw error
  } finally {
    await hands.close()
  }
}
const looks = ({ page }: Hands, told: string): Promise<void> =>
  looksWell(page, told, { picture: `outcome-${told}` })
const snapshot = async (hands: Hands, occasion: string, school: string): Promise<void> => {
  const { t } = hands
  await hands.press(t('outcomePage.take'))
  const form = hands.dialog()
  await form.pick(t('outcomePage.occasion'), t(`outcomePage.occasion_${occasion}`))
  for (const [field, code] of [
    ['living', 'one_parent'],
    ['school', school],
    ['vaccinated', 'yes'],
    ['healthCard', 'no'],
    ['job', 'not_of_age'],
    ['parentWork', 'casual'],
    ['network', 'no'],
    ['income', 'none'],
  ])
    await form.choose(t(`outcomePage.status_${field}`), t(`outcomePage.code_${code}`))
  await hands.confirm(t('web.save'))
}

describe('what a child lacks', () => {
  it('is found, served, met and seen in how the child lives', async () => {
    await walk('cpw-tirana', { language: 'sq', width: 1280 }, async (hands) => {
      const { t } = hands
      await hands.goTo(`/cases/${life.id}?tab=needs`)
      await hands.sees(t('outcomePage.needs_none'))
      await hands.press(t('outcomePage.need_add'))
      let form = hands.dialog()
      await form.choose(t('outcomePage.need_kind'), t('casePage.service_civil_registration'))
      await form.pick(t('casePage.beneficiary'), t('casePage.beneficiary_child'))
      await form.write(t('outcomePage.need_remark'), 'Nëna nuk e ka çertifikatën.')
      await hands.confirm(t('web.save'))
      await hands.sees('Nëna nuk e ka çertifikatën.')
      await hands.press(t('outcomePage.tie'))
      const option = hands.dialog().part.getByRole('combobox').first().locator('option').nth(1)
      await hands
        .dialog()
        .part.getByRole('combobox')
        .first()
        .selectOption((await option.getAttribute('value'))!)
      await hands.confirm(t('outcomePage.tie'))
      await hands.sees(t('outcomePage.state_IN_SERVICE'))
      await hands.press(t('outcomePage.end'))
      form = hands.dialog()
      await form.pick(t('outcomePage.end_state'), t('outcomePage.state_MET'))
      await form.press(t('web.save'))
      await form.sees(t('refusal.need_outcome_missing'))
      await form.pick(t('outcomePage.field_actRecorded'), t('web.yes'))
      await form.write(t('outcomePage.field_registeredOn'), today)
      await hands.confirm(t('web.save'))
      await hands.sees(t('outcomePage.state_MET'))
      await snapshot(hands, 'opening', 'none')
      await snapshot(hands, 'review', 'primary')
      const changed = hands.page.locator('strong').filter({ hasText: t('outcomePage.code_primary') })
      await changed.first().waitFor()
      await expect.poll(() => hands.page.locator('table strong').count()).toBe(1)
      await looks(hands, 'tab')
    })
    await walk('state-agency', { language: 'en', width: 1280 }, async (hands) => {
      await hands.goTo('/outcomes')
      await hands.at('Twelve months after')
      await hands.sees('By quarter')
      await looks(hands, 'cohorts')
    })
  })
})
