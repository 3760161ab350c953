/**
 * Bodies at the screen: a county convenes, holds and minutes a meeting, the police approve, the owner of a recommendation does
 * it, the Coordinator sees what was not held; every page holds at 320 pixels and satisfies axe in both languages.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keepObligations } from '#server/body/duties.ts'
import { bodyIdOf } from '#server/reference/bodies.ts'
import type { CastName } from '#test/cast.ts'
import { noon } from '#test/http/harness.ts'
import { axeFaults, launchBrowser, picture } from './browser.ts'
import { type Country, openCountry } from './country.ts'
import { looksRight } from './eyes.ts'
import { type Arrival, enter, type Hands, noComplaints } from './hands.ts'

let browser: Browser
let country: Country
beforeAll(async () => {
  country = await openCountry({ now: noon })
  await keepObligations(country.app.ctx)
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await country?.close()
})

const withHands = async (
  login: CastName,
  arrival: Arrival,
  walk: (hands: Hands) => Promise<void>,
): Promise<void> => {
  const hands = await enter(browser, country, login, arrival)
  try {
    await walk(hands)
    noComplaints(hands)
  } catch (error) {
    await picture(hands.page, `failed-body-${login}-${arrival.language}`)
    throw error
  } finally {
    await hands.close()
  }
}

describe('a county’s meeting', () => {
  let meeting = ''
  it('is convened, held and minuted by its secretariat', async () => {
    await withHands('county-committee', { language: 'sq', width: 1280 }, async (hands) => {
      const { page, t } = hands
      await hands.goTo('/bodies')
      await hands.follow('Komiteti Rajonal Antitrafik, qarku Tiranë')
      await hands.at('Komiteti Rajonal Antitrafik, qarku Tiranë')
      await hands.settled()
      await hands.press(t('bodyPage.convene'))
      const convene = hands.dialog()
      await convene.sees(t('bodyPage.no_names'))
      await convene.write(t('bodyPage.starts_at'), '2026-11-24T12:00')
      await convene.write(t('bodyPage.place'), 'Salla e Prefekturës')
      await convene.write(t('bodyPage.agenda'), 'Ecuria e planit të qarkut\nNevojat e tryezës teknike')
      expect(await axeFaults(page)).toEqual([])
      await picture(page, 'body-convene')
      await hands.confirm(t('bodyPage.convene'))
      await page.getByRole('link', { name: /24 nëntor 2026/ }).click()
      await hands.at(/KRAT-11-2026-1/)
      meeting = page.url()
      await hands.press(t('bodyPage.hold'))
      const hold = hands.dialog()
      for (const seat of await page.getByRole('dialog').getByRole('combobox').all())
        await seat.selectOption({ label: t('bodyPage.outcome_present') })
      await hold.choose('Organizata jofitimprurëse', t('bodyPage.outcome_absent'))
      await picture(page, 'body-hold')
      await hands.confirm(t('bodyPage.hold'))
      await hands.press(t('bodyPage.write_minutes'))
      await hands.dialog().write(t('bodyPage.text'), 'U shqyrtua plani. U ranë dakord hapat e radhës.')
      await hands.dialog().write(t('bodyPage.decisions'), 'Miratohet plani vjetor\nTryeza mblidhet çdo muaj')
      await hands.confirm(t('bodyPage.write_minutes'))
      await hands.sees(t('bodyPage.waits_other'))
      await expect.poll(() => page.getByRole('button', { name: t('bodyPage.approve') }).count()).toBe(0)
      await hands.press(t('bodyPage.recommend'))
      const recommend = hands.dialog()
      await recommend.pick(t('bodyPage.kind'), t('bodyPage.kind_recommendation'))
      await recommend.write(t('bodyPage.what'), 'Patrullim i përbashkët te stacioni i trenit')
      await recommend.choose(t('bodyPage.owner'), 'DVP · Drejtoria Vendore e Policisë')
      await recommend.write(t('bodyPage.due_on'), '2026-12-10')
      await hands.confirm(t('bodyPage.recommend'))
      await hands.sees('Patrullim i përbashkët te stacioni i trenit')
    })
  })

  it('is approved by the police, who do what is asked of them', async () => {
    await withHands('police', { language: 'en', width: 360 }, async (hands) => {
      const { page, t } = hands
      await page.goto(meeting)
      await hands.at(/KRAT-11-2026-1/)
      await hands.press(t('bodyPage.approve'))
      await hands.confirm(t('bodyPage.approve'))
      await hands.sees(t('bodyPage.minutes_approved'))
      await hands.settled()
      await looksRight(hands.page, 'meeting-en', { picture: 'body-meeting-en' })
      await hands.goTo('/recommendations')
      await hands.settled()
      await page.getByRole('button', { name: new RegExp(`^${t('bodyPage.finish')}`) }).click()
      await hands.dialog().write(t('bodyPage.note'), 'Patrols since Monday')
      await hands.confirm(t('bodyPage.finish'))
      await hands.press(new RegExp(`^${t('bodyPage.filter_all')}`))
      await hands.sees(t('bodyPage.status_DONE'))
      await looksRight(hands.page, 'recommendations-en', { picture: 'body-recommendations-en' })
    })
  })

  it('goes out to a list; the meeting prints without its buttons', async () => {
    await withHands('county-committee', { language: 'sq', width: 1280 }, async (hands) => {
      const { page, t } = hands
      await page.goto(meeting)
      await hands.at(/KRAT-11-2026-1/)
      await hands.press(t('bodyPage.distribute'))
      await hands.confirm(t('bodyPage.distribute'))
      await page.getByRole('button', { name: t('bodyPage.distribute') }).waitFor({ state: 'detached' })
      await hands.settled()
      await looksRight(hands.page, 'meeting-sq', { picture: 'body-meeting-sq' })
      await page.emulateMedia({ media: 'print' })
      // Heads that sort print as the words they are.
      await expect.poll(() => page.locator(':not(th) > button:visible').count()).toBe(0)
      await picture(page, 'body-print')
    })
  })
})

describe('the Coordinator', () => {
  it('sees every body, what was not held, and the board whose members are never named', async () => {
    await withHands('coordinator', { language: 'sq', width: 1280 }, async (hands) => {
      const { page, t } = hands
      await hands.goTo('/bodies')
      await hands.settled()
      await page.getByRole('button', { name: new RegExp(t('bodyPage.group_national')) }).click()
      await looksRight(hands.page, 'bodies-sq', { picture: 'body-bodies-sq' })
      await hands.goTo(`/bodies/${bodyIdOf('GBK')}`)
      await hands.settled()
      await hands.sees(t('bodyPage.state_overdue'))
      await looksRight(hands.page, 'body-sq', { picture: 'body-body-sq' })
      await hands.goTo(`/bodies/${bodyIdOf('BK-VT')}`)
      await hands.settled()
      await hands.sees(t('bodyPage.never_named'))
      await hands.press(t('bodyPage.add_member'))
      await expect.poll(() => hands.dialog().page.getByLabel(t('bodyPage.official_name')).count()).toBe(0)
      await page.keyboard.press('Escape')
      await hands.press(t('bodyPage.count_people'))
      await hands.dialog().write(t('bodyPage.number'), '3')
      await hands.confirm(t('bodyPage.count_people'))
      await hands.sees(/3 persona/)
    })
  })

  it('reads it in English, on a telephone', async () => {
    await withHands('coordinator', { language: 'en', width: 360 }, async (hands) => {
      await hands.goTo('/bodies')
      await hands.settled()
      await looksRight(hands.page, 'bodies-en', { picture: 'body-bodies-en' })
      await hands.goTo(`/bodies/${bodyIdOf('KRAT-11')}`)
      await hands.settled()
      await looksRight(hands.page, 'body-en', { picture: 'body-body-en' })
    })
  })
})
