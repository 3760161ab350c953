/** The pages of plans: each in both languages, on a telephone and at a desk; a workbook refused, shown, and brought in. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readBodies } from '#server/action-plan/bodies.ts'
import { planWorkbook } from '#server/action-plan/workbook-write.ts'
import { xlsxType } from '#server/workbook/write.ts'
import type { CastName } from '#test/cast.ts'
import { noon } from '#test/http/harness.ts'
import { small } from '#test/http/plan-content.ts'
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
    await picture(hands.page, `failed-plan-${login}-${arrival.language}`)
    throw error
  } finally {
    await hands.close()
  }
}

const holds = async (hands: Hands, name: string): Promise<void> => {
  await hands.settled()
  await looksWell(hands.page, name, { picture: name })
}

describe.each(['sq', 'en'] as const)('in %s', (language) => {
  const desk: Arrival = { language, width: 1280 }

  it('the list, the plan as printed, and its numbers checked', async () => {
    await withHands('coordinator', desk, async (hands) => {
      const { page, t } = hands
      await hands.goTo('/plans')
      await holds(hands, `plans-${language}`)
      await hands.follow(/2018[–-]2020/)
      await page.locator('.plan-code').first().waitFor()
      expect(
        await page
          .locator('tr[data-row]')
          .filter({ has: page.locator('.plan-code') })
          .count(),
      ).toBe(145)
      await hands.sees(t('planPage.heading_missing'))
      await hands.choose(t('planPage.pillar'), language === 'sq' ? 'Mbrojtja' : 'Protection')
      await hands.sees(t('planPage.activities_count', { count: 46 }))
      await hands.choose(
        t('planPage.body'),
        'SHM – '.concat(language === 'sq' ? 'Shkolla e Magjistraturës' : 'School of Magistrates'),
      )
      await holds(hands, `plan-${language}`)
      await hands.follow(t('planPage.reconciliation'))
      await hands.at(t('planPage.suspicions'))
      await hands.sees(/22[.]284/)
      await hands.sees(language === 'sq' ? '-360' : '-360')
      await holds(hands, `reconciliation-${language}`)
    })
  })

  it('a workbook with faults, then a good one, which a second person approves', async () => {
    const slug = `plani-i-bashkise-${language}`
    const name = { slug, kind: 'municipal' as const, parent: null, sourceFile: null }
    const good = small('Plani social i bashkisë')
    const activity = good.nodes[1]!
    const bad = { ...good, nodes: [good.nodes[0]!, { ...activity, titleSq: 'Dalje <b>në</b> terren' }] }
    const file = async (content: typeof good) => ({
      name: 'plani.xlsx',
      mimeType: xlsxType,
      buffer: await planWorkbook(name, content, readBodies()),
    })
    await withHands('head-tirana', desk, async (hands) => {
      const { page, t } = hands
      await hands.goTo('/plans')
      await hands.follow(t('planPage.import'))
      await hands.at(t('planPage.import_title'))
      await page.locator('#plan-file').setInputFiles(await file(bad))
      await hands.at(t('planPage.faults'))
      await hands.sees('Rreshtat - Rows!F3')
      await holds(hands, `import-faults-${language}`)
      await page.locator('#plan-file').setInputFiles(await file(good))
      await hands.at(t('planPage.preview'))
      await holds(hands, `import-preview-${language}`)
      await hands.press(t('planPage.bring_in'))
      await hands.at('Plani social i bashkisë')
    })
    await withHands('director-tirana', desk, async (hands) => {
      const { t } = hands
      await hands.goTo(`/plans/${slug}`)
      await hands.press(t('planPage.approve'))
      await hands.confirm(t('planPage.approve'))
      await hands.sees('Person head-tirana')
      await expect
        .poll(() => hands.page.getByRole('button', { name: t('planPage.approve'), exact: true }).count())
        .toBe(0)
    })
  })
})
