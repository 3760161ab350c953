/**
 * A head chooses the unit's work by a filter, keeps it, hands cases on with keyboard and mouse; words in texts are found and lead to
 * the case; the palette goes to a page, to a case by its code, and presses what the page offers; many places stand under headings.
 */
import { randomUUID } from 'node:crypto'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CastName, userId } from '#test/cast.ts'
import { openFor, putChild } from '#test/http/case-life.ts'
import { noon } from '#test/http/harness.ts'
import { axeFaultsOfAll, launchBrowser, picture } from './browser.ts'
import { type Country, openCountry } from './country.ts'
import { looksWell } from './eyes.ts'
import { type Arrival, enter, type Hands, noComplaints } from './hands.ts'

let browser: Browser
let country: Country
const codes: string[] = []
const ids: string[] = []

beforeAll(async () => {
  country = await openCountry({ now: noon })
  browser = await launchBrowser()
  const { app } = country
  for (const given of ['Mira', 'Noel', 'Sara']) {
    const { caseId } = await openFor(app, 'cpw-tirana', {
      personId: await putChild(app, given, 'Kola'),
      urgent: given === 'Mira',
    })
    ids.push(caseId)
    codes.push(String((await app.as('cpw-tirana').get(`/api/cases/${caseId}`)).body.code))
  }
  await app.as('cpw-tirana').command('case.add_note', ids[1]!, {
    kind: 'home_visit',
    sensitive: false,
    happenedOn: '2026-11-24',
    text: 'Gjyshja tha se Noeli flinte te çerdhja e vjetër pranë përroit.',
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
    await picture(hands.page, `failed-worklist-${login}-${arrival.language}`)
    throw error
  } finally {
    await hands.close()
  }
}
const looks = ({ page }: Hands, told: string): Promise<void> =>
  looksWell(page, told, { picture: `worklist-${told}` })
const sq: Arrival = { language: 'sq', width: 1280 }

describe('the work list of a head', () => {
  it('is filtered, kept under a name, and handed on', async () => {
    await walk('head-tirana', sq, async (hands) => {
      const { page, t } = hands
      await hands.goTo('/')
      await hands.press(t('work.filter'))
      await page.getByRole('radio', { name: t('workPage.scope_unit') }).check()
      await page.getByRole('combobox', { name: t('workPage.worker') }).selectOption(userId('cpw-tirana'))
      const boxes = page.getByRole('checkbox', { name: t('workPage.select', { code: codes[0]! }) })
      await boxes.first().waitFor()
      await hands.press(t('workPage.save'))
      await hands.dialog().write(t('workPage.save_as'), 'Punët e Artës')
      await hands.dialog().tick(t('workPage.share'))
      await hands.confirm(t('workPage.save'))
      await page.getByRole('button', { name: 'Punët e Artës' }).waitFor()
      // One by the mouse, one by the keys that go along the rows.
      await boxes.first().check()
      const row = page.locator('[data-row]', { hasText: codes[1]! }).first()
      await row.getByRole('link').focus()
      await page.keyboard.press('x')
      await hands.sees(t('workPage.selected', { count: 2 }))
      await looks(hands, 'chosen')
      await hands.press(t('workPage.give'))
      const dialog = hands.dialog()
      await dialog.press(t('workPage.give'))
      await dialog.part.getByRole('alert').waitFor()
      await dialog.part
        .getByRole('combobox', { name: t('workPage.give_to') })
        .selectOption(userId('cpw2-tirana'))
      await dialog.write(t('workPage.give_why'), 'Leje e gjatë')
      expect(await axeFaultsOfAll(page)).toEqual([])
      await picture(page, 'worklist-give')
      await hands.confirm(t('workPage.give'))
      await hands.sees(t('workPage.given', { count: 2 }))
      await boxes.first().waitFor({ state: 'detached' })
      const rows = await country.app.db.admin<{ n: number }>(
        'select count(*)::int as n from case_file where manager_id = $1',
        [userId('cpw2-tirana')],
      )
      expect(rows[0]?.n).toBe(2)
      expect(page.url()).not.toMatch(/[?&]/)
    })
  })

  it('says who has a case that went to somebody else meanwhile, and hands on what stands then', async () => {
    await walk('head-tirana', sq, async (hands) => {
      const { page, t } = hands
      await hands.goTo('/')
      await hands.press(t('work.filter'))
      await page.getByRole('radio', { name: t('workPage.scope_unit') }).check()
      await page
        .getByRole('checkbox', { name: t('workPage.select', { code: codes[2]! }) })
        .first()
        .check()
      await hands.press(t('workPage.give'))
      const dialog = hands.dialog()
      const row = dialog.part.getByRole('row', { name: codes[2]! })
      await row.getByText('Person cpw-tirana').waitFor()
      const { body } = await country.app.as('head-tirana').command('case.reassign_many', randomUUID(), {
        moves: [{ caseId: ids[2], fromId: userId('cpw-tirana'), managerId: userId('cpw2-tirana') }],
        reason: 'Leje',
        leaverId: null,
      })
      expect(body).toMatchObject({ reply: {} })
      await dialog.part
        .getByRole('combobox', { name: t('workPage.give_to') })
        .selectOption(userId('head-tirana'))
      await dialog.write(t('workPage.give_why'), 'Leje e gjatë')
      await dialog.press(t('workPage.give'))
      const fault = dialog.part.getByRole('alert')
      await fault.getByText(codes[2]!).waitFor()
      // No field of this page mends it: nothing pretends to lead to one, and what is shown is how it stands now.
      await fault.getByRole('heading', { name: t('web.not_done') }).waitFor()
      expect(await fault.getByRole('link').count()).toBe(0)
      await row.getByText('Person cpw2-tirana').waitFor()
      await hands.confirm(t('workPage.give'))
      await hands.sees(t('workPage.given', { count: 1 }))
    })
  })

  it('has its places under headings, at a desk and on a telephone', async () => {
    await walk('head-tirana', sq, async (hands) => {
      const { page, t } = hands
      await hands.goTo('/')
      const bar = page.getByRole('banner').getByRole('navigation')
      await bar.getByText(t('web.nav_group_plan')).click()
      // Beneath it lies what it covers, which nobody can press meanwhile.
      expect(await axeFaultsOfAll(page, { within: 'header' })).toEqual([])
      await picture(page, 'worklist-places')
      await page.keyboard.press('Escape')
      await bar.getByText(t('web.nav_group_plan')).click()
      await bar.getByRole('link', { name: t('web.nav_plans'), exact: true }).click()
      await hands.at(t('planPage.title'))
      await expect
        .poll(() => bar.getByRole('link', { name: t('web.nav_plans'), exact: true }).count())
        .toBe(0)
      await page.setViewportSize({ width: 360, height: 860 })
      await hands.press(t('web.more'))
      await page.locator('.more-group summary', { hasText: t('web.nav_group_plan') }).waitFor()
      expect(await axeFaultsOfAll(page)).toEqual([])
      await picture(page, 'worklist-more-360')
    })
  })
})

describe('words in texts', () => {
  it('are found without their marks and lead to the case; nothing of them stands in the address', async () => {
    await walk('head-tirana', sq, async (hands) => {
      const { page, t } = hands
      await hands.goTo('/search')
      await hands.write(t('searchPage.field'), 'cerdhja perroi')
      await page
        .getByRole('main')
        .getByRole('button', { name: t('searchPage.go') })
        .click()
      const hit = page.getByRole('link', { name: new RegExp(codes[1]!) })
      await hit.waitFor()
      expect(await page.locator('mark').allInnerTexts()).toEqual(['çerdhja', 'përroit'])
      expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/app/search')
      await looks(hands, 'search')
      await hit.click()
      await hands.at(/Noel/)
    })
  })
})

describe('the palette', () => {
  it('goes to a case by its code, brings words to the search, and presses what the page offers', async () => {
    await walk('head-tirana', { language: 'en', width: 1280 }, async (hands) => {
      const { page, t } = hands
      await hands.goTo('/')
      await page.keyboard.press('Control+k')
      const field = page.getByRole('combobox', { name: t('web.search_label') })
      await field.fill(codes[2]!)
      await page.getByRole('option', { name: /Sara/ }).waitFor()
      await page.keyboard.press('Enter')
      await page.waitForURL(new RegExp(ids[2]!))
      await hands.at(/Sara/)
      await page.keyboard.press('Control+k')
      await field.fill('plans')
      expect(await axeFaultsOfAll(page)).toEqual([])
      await picture(page, 'worklist-palette')
      await field.fill('përroit')
      await page.getByRole('option', { name: t('workPage.search_texts') }).click()
      await hands.at(t('searchPage.title'))
      await page.locator('mark').first().waitFor()
      await hands.goTo('/')
      // Left without an answer, it gives the focus back to what had it.
      const opener = page.getByRole('button', { name: t('work.filter'), exact: true })
      await opener.focus()
      await page.keyboard.press('Control+k')
      await field.waitFor()
      await page.keyboard.press('Escape')
      await field.waitFor({ state: 'detached' })
      await expect.poll(() => opener.evaluate((one) => one === document.activeElement)).toBe(true)
      await page.keyboard.press('Control+k')
      await field.fill(t('work.filter'))
      await page.getByRole('option', { name: t('work.filter'), exact: true }).waitFor()
      await page.keyboard.press('Enter')
      await hands.sees(t('workPage.clear'))
    })
  })
})
