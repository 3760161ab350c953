/**
 * Supervision at the screen: the head sees the load, writes down a talk that the worker confirms, draws files and reviews one;
 * the worker names days of absence and the colleague is told; the head hands everything over.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays, tiranaDay } from '#domain/clock/tirana.ts'
import { type CastName, userId } from '#test/cast.ts'
import { Life, openFor, putChild } from '#test/http/case-life.ts'
import { launchBrowser, picture } from './browser.ts'
import { type Country, openCountry } from './country.ts'
import { looksWell } from './eyes.ts'
import { type Arrival, enter, type Hands, noComplaints } from './hands.ts'

const today = tiranaDay(new Date().toISOString())
let browser: Browser
let country: Country
let life: Life
let code = ''

beforeAll(async () => {
  country = await openCountry()
  browser = await launchBrowser()
  const { app } = country
  life = new Life(app, await openFor(app, 'cpw-tirana', { personId: await putChild(app, 'Mira', 'Kola') }))
  code = String((await life.read()).body.code)
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
    await picture(hands.page, `failed-supervision-${login}-${arrival.language}`)
    throw error
  } finally {
    await hands.close()
  }
}
const looks = ({ page }: Hands, told: string): Promise<void> =>
  looksWell(page, told, { picture: `supervision-${told}` })
const sq: Arrival = { language: 'sq', width: 1280 }

describe('supervision', () => {
  it('begins with the load, and a talk that stays between the two', async () => {
    await walk('head-tirana', sq, async (hands) => {
      const { t } = hands
      await hands.goTo('/unit')
      await hands.within(hands.page.getByRole('main')).follow(t('web.nav_supervision'))
      await hands.sees(t('supervisionPage.load_of', { n: 1, max: 25 }))
      await looks(hands, 'load')
      await hands.page
        .getByRole('row', { name: /cpw-tirana/ })
        .getByRole('button')
        .click()
      const form = hands.dialog()
      await form.write(t('supervisionPage.talk_on'), today)
      await form.tick(t('supervisionPage.topic_caseload'))
      await form.tick(code)
      await form.write(t('supervisionPage.talk_agreements'), 'Një ditë në javë për dosjet.')
      await form.write(t('supervisionPage.talk_next'), addDays(today, 30))
      await hands.confirm(t('web.save'))
      await hands.goTo('/supervision?tab=files')
      await hands.sees(code)
    })
    await walk('cpw-tirana', sq, async (hands) => {
      const { t } = hands
      await hands.goTo('/supervision?tab=talks')
      await hands.sees('Një ditë në javë për dosjet.')
      await hands.press(t('supervisionPage.talk_confirm'))
      await hands.confirm(t('supervisionPage.talk_confirm'))
      await hands.sees(t('supervisionPage.talk_confirmed'))
      await looks(hands, 'talks')
    })
  })

  it('goes on with a file that chance drew, and what is to be mended in it', async () => {
    await walk('head-tirana', sq, async (hands) => {
      const { t } = hands
      await hands.goTo('/supervision?tab=reviews')
      await hands.press(t('supervisionPage.draw'))
      await hands.dialog().write(t('supervisionPage.draw_due'), addDays(today, 20))
      await hands.confirm(t('supervisionPage.draw'))
      await looks(hands, 'reviews')
      await hands.page
        .getByRole('link', { name: new RegExp(t('supervisionPage.review')) })
        .last()
        .click()
      await hands.at(t('supervisionPage.review_of', { code }))
      for (const group of await hands.page.getByRole('main').getByRole('group').all())
        if ((await group.getByRole('radio').count()) === 2) await group.getByRole('radio').first().check()
      await hands.write('Çfarë është bërë mirë?', 'Shënime të qarta.')
      await hands.press(t('supervisionPage.mend_add'))
      await hands.choose(t('supervisionPage.mend_kind'), t('supervisionPage.kind_plan'))
      await hands.write(t('supervisionPage.mend_text'), 'Të hartohet plani.')
      await hands.page.getByLabel(t('supervisionPage.mend_due')).last().fill(addDays(today, 10))
      await looks(hands, 'review')
      await hands.press(t('supervisionPage.review_save'))
      await hands.sees(t('supervisionPage.draw_done', { done: 1, size: 1 }))
    })
    await walk('cpw-tirana', { language: 'en', width: 1280 }, async (hands) => {
      const { t } = hands
      await hands.goTo(`/cases/${life.id}?tab=quality`)
      await hands.at(t('supervisionPage.case_title'))
      await hands.sees('Të hartohet plani.')
      await looks(hands, 'quality')
      await hands.press(t('supervisionPage.mend_done'))
      await hands.confirm(t('supervisionPage.mend_done'))
      await hands.sees(t('supervisionPage.mended_on', { day: '' }).trim())
    })
  })

  it('ends with days of absence, of which the colleague is told, and with handing over', async () => {
    await walk('cpw-tirana', sq, async (hands) => {
      const { t } = hands
      await hands.goTo('/supervision?tab=absence')
      await hands.press(t('supervisionPage.absence_name'))
      const form = hands.dialog()
      await form.part.getByRole('combobox').first().selectOption(userId('cpw2-tirana'))
      await form.write(t('supervisionPage.absence_from'), today)
      await form.write(t('supervisionPage.absence_until'), addDays(today, 2))
      await form.pick(t('supervisionPage.absence_kind'), t('supervisionPage.kind_leave'))
      await hands.confirm(t('web.save'))
      await hands.sees(t('supervisionPage.now'))
    })
    await walk('cpw2-tirana', sq, async (hands) => {
      await hands.goTo('/')
      await hands.sees(/^Zëvendësoni/)
      await hands.sees(/Mira/)
    })
    await walk('head-tirana', sq, async (hands) => {
      const { t } = hands
      await hands.goTo('/supervision')
      await hands.page
        .getByRole('row', { name: /cpw-tirana/ })
        .getByRole('link')
        .click()
      await hands.at(/^Dorëzimi i rasteve/)
      await hands.write(t('supervisionPage.over_reason'), 'Largohet nga puna.')
      await looks(hands, 'hand-over')
      await hands.press(t('supervisionPage.over_act'))
      await hands.at(t('supervisionPage.title'))
      expect(String((await life.read('head-tirana')).body.managerName)).not.toBe('cpw-tirana')
    })
  })
})
