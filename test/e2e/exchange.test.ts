/**
 * The funnel and the exchange at the screen: the Responsible Authority reads how far people came and opens a file that stands
 * still, sees what waits for the official database, takes in a case; the State Agency receives the yearly list.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import type { CastName } from '#test/cast.ts'
import { noon } from '#test/http/harness.ts'
import { putTrack } from '#test/http/track-rows.ts'
import { launchBrowser, picture } from './browser.ts'
import { type Country, openCountry } from './country.ts'
import { looksWell } from './eyes.ts'
import { type Arrival, enter, type Hands, noComplaints } from './hands.ts'

let browser: Browser
let country: Country
let stuck: string

beforeAll(async () => {
  country = await openCountry({ now: noon })
  browser = await launchBrowser()
  const { app } = country
  stuck = (await putTrack(app, { steps: [['vmt', '2026-03-01']] })).id
  await putTrack(app, {
    subject: 'child',
    steps: [
      ['vmt', '2026-05-01'],
      ['formal_pending', '2026-05-09'],
    ],
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
    await picture(hands.page, `failed-exchange-${login}`)
    throw error
  } finally {
    await hands.close()
  }
}
const looks = ({ page }: Hands, told: string): Promise<void> =>
  looksWell(page, told, { picture: `exchange-${told}` })

describe('the funnel and the exchange', () => {
  it('the Responsible Authority reads, opens what stands still, takes in a case and sends the list', () =>
    walk('responsible-authority', { language: 'sq', width: 1280 }, async (hands) => {
      const { page, t } = hands
      await hands.goTo('/funnel')
      await page.getByRole('heading', { name: t('funnelPage.section_funnel'), exact: true }).waitFor()
      await page.getByText('jo zyrtare').first().waitFor()
      const link = page.locator(`a[href="/app/nrm/${stuck}"]`)
      await link.waitFor()
      await looks(hands, 'funnel')

      await hands.goTo('/exchange')
      await page.getByText(t('exchangePage.official_off')).waitFor()
      await looks(hands, 'official')

      await hands.goTo('/exchange?tab=htcds')
      await page.getByLabel(t('exchangePage.source')).fill('IOM')
      await page.getByLabel(t('exchangePage.file_label'), { exact: true }).setInputFiles({
        name: 'cases.json',
        mimeType: 'application/json',
        buffer: Buffer.from(
          JSON.stringify([
            {
              id: 'A-1',
              prs: { Birthdate: '1990-01-01' },
              vic: { TraffickingStatus: 'PossibleVictimOfTrafficking', TypeOfExploitation: ['Piracy'] },
            },
            {
              id: 'A-2',
              prs: { Birthdate: '1990-01-01' },
              vic: { TraffickingStatus: 'ActualVictimOfTrafficking' },
            },
          ]),
        ),
      })
      await page.getByText('Piracy').first().waitFor()
      await looks(hands, 'htcds')
      await hands.press(t('exchangePage.load', { count: 1 }))
      await page
        .getByText(t('exchangePage.loaded', { loaded: 1, reports: 0, known: 0, refused: 1 }))
        .waitFor()
      await hands.goTo('/exchange?tab=imported')
      await page.getByText('IOM: A-2').waitFor()

      await hands.goTo('/exchange?tab=lists')
      await hands.press(t('exchangePage.send_list'))
      await page.getByText(t('exchangePage.not_received')).waitFor()
    }))

  it('the State Agency reads every child by code and receives the list', () =>
    walk('state-agency', { language: 'en', width: 1280 }, async (hands) => {
      const { page } = hands
      await hands.goTo('/exchange')
      await page.getByRole('heading', { level: 1, name: 'Exchange' }).waitFor()
      await page.getByText('interview set').first().waitFor()
      await looks(hands, 'children')
      await hands.goTo('/exchange?tab=lists')
      await page.getByLabel('How many you count yourselves').fill('3')
      await hands.press('Received')
      await page.getByText('Own count').first().waitFor()
      await page.getByRole('cell', { name: '3', exact: true }).waitFor()
    }))
})
