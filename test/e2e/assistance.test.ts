/** Assistance of an adult at the screen: a need, the risk, the plan, the next phase; her packet in the shelter; late instalments. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { type CastName, unitId } from '#test/cast.ts'
import { assisting } from '#test/http/assistance-life.ts'
import { noon } from '#test/http/harness.ts'
import { launchBrowser, picture } from './browser.ts'
import { type Country, openCountry } from './country.ts'
import { looksWell } from './eyes.ts'
import { type Arrival, enter, type Hands, noComplaints } from './hands.ts'

let browser: Browser
let country: Country
let file = ''
let stay = ''
beforeAll(async () => {
  country = await openCountry({ now: noon })
  browser = await launchBrowser()
  const life = assisting(() => country.app)
  const housed = await life.resident()
  file = housed.id
  stay = housed.stayId
  await country.app.as('responsible-authority').command('shelter_tranche.plan', uuidv7(), {
    unitId: unitId('shelter-tirana'),
    source: 'state',
    payer: 'Ministria e Shëndetësisë',
    dueOn: '2026-10-01',
    amount: 1_500_000,
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
    await picture(hands.page, `failed-assistance-${login}-${arrival.language}`)
    throw error
  } finally {
    await hands.close()
  }
}
const looks = ({ page }: Hands, told: string): Promise<void> =>
  looksWell(page, told, { picture: `assistance-${told}` })

describe('assistance', () => {
  it('begins with a need, is made safe, goes on, and is followed from the shelter', async () => {
    await walk('social-service', { language: 'sq', width: 1280 }, async (hands) => {
      const { t } = hands
      await hands.goTo(`/nrm/${file}?tab=assistance`)
      await hands.press(t('assistancePage.need_add'))
      const need = hands.dialog()
      await need.choose(t('assistancePage.need_kind'), t('casePage.service_psychological'))
      await hands.confirm(t('web.save'))
      const next = t('assistancePage.go_on', { phase: t('nrmPage.phase_NEEDS_ASSESSED') })
      await hands.press(next)
      await hands.confirm(t('web.save'))
      await hands.press(t('assistancePage.risk_assess'))
      const risk = hands.dialog()
      await risk.pick(t('assistancePage.risk_level'), t('web.risk_high'))
      await risk.tick(t('assistancePage.danger_debt'))
      await risk.choose(t('assistancePage.living'), t('assistancePage.living_rented'))
      await risk.write(t('assistancePage.risk_words'), 'Ish-punëdhënësi e kërkon.')
      await hands.confirm(t('web.save'))
      await hands.press(t('assistancePage.plan_make'))
      const plan = hands.dialog()
      await plan.write(t('assistancePage.plan_measures'), 'Ndërrohet numri i telefonit.')
      await plan.write(t('assistancePage.plan_contact'), 'Telefonatë çdo të hënë.')
      await plan.pick(t('assistancePage.plan_police'), t('web.yes'))
      await hands.confirm(t('web.save'))
      await hands.press(t('assistancePage.service_add'))
      const service = hands.dialog()
      await service.choose(t('assistancePage.action_service'), t('casePage.service_psychological'))
      await service.choose(t('assistancePage.action_provider'), 'shelter-tirana')
      await service.write(t('assistancePage.cost'), '12000')
      await service.choose(t('assistancePage.funding'), t('casePage.funding_state'))
      await hands.confirm(t('web.save'))
      await hands.sees(t('assistancePage.costs_total', { lek: '12 000' }))
      await looks(hands, 'tab')
    })
    await walk('shelter', { language: 'sq', width: 1280 }, async (hands) => {
      const { t } = hands
      await hands.goTo('/shelters')
      await hands.sees(t('assistancePage.state_ready'))
      await looks(hands, 'residents')
      await hands.goTo(`/shelters/${stay}`)
      await hands.press(t('assistancePage.report_add'))
      const report = hands.dialog()
      await report.pick(t('assistancePage.report_progress'), t('assistancePage.progress_better'))
      await report.pick(t('assistancePage.report_concern'), t('web.no'))
      await report.write(t('assistancePage.report_text'), 'Fle më mirë.')
      await hands.confirm(t('web.save'))
      await hands.sees('Fle më mirë.')
      await looks(hands, 'resident')
    })
    await walk('responsible-authority', { language: 'en', width: 360 }, async (hands) => {
      await hands.goTo('/shelters')
      await hands.at('Shelters')
      await hands.sees('54 days late')
      await looks(hands, 'tranches')
    })
  })
})
