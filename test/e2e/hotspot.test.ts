/** The map of a municipality's hotspots, drawn by the field team from the keyboard and with a finger, seen by the unit. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeFaultsOfAll, launchBrowser, picture, sidewaysScroll } from './browser.ts'
import { type Country, openCountry } from './country.ts'
import { type Arrival, enter, noComplaints } from './hands.ts'

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
  { language: 'sq', width: 360 },
  { language: 'en', width: 1280 },
])('in $language at $width', (arrival) => {
  it('marks from the keyboard and by a press, corrects, closes and opens again', async () => {
    const team = await enter(browser, country, 'field-tirana', arrival)
    const { t, page } = team
    const market = `Pazari i Ri ${arrival.language}`
    await team.goTo('/hotspots')
    await team.press(t('hotspotPage.mark'))
    for (const field of ['f-name', 'f-point.lat']) await page.locator(`[id="${field}-error"]`).waitFor()
    // From the keyboard alone: name, tab, two coordinates, Enter.
    await page.getByLabel(t('hotspotPage.name')).focus()
    await page.keyboard.type(market)
    await page.keyboard.press('Tab')
    await page.keyboard.type('41,3304')
    await page.keyboard.press('Tab')
    await page.keyboard.type('19,8253')
    await page.keyboard.press('Enter')
    const listed = page.getByRole('button', { name: new RegExp(market) })
    await listed.waitFor()
    // By a press on the map: the point is written into the same two fields.
    const map = page.locator('svg.place-map')
    await map.click({ position: { x: 4, y: 4 } })
    await team.sees(t('hotspotPage.outside', { place: 'Tiranë' }))
    const box = await map.boundingBox()
    await map.click({ position: { x: (box?.width ?? 0) * 0.55, y: (box?.height ?? 0) * 0.55 } })
    await expect.poll(() => page.getByText(t('hotspotPage.outside', { place: 'Tiranë' })).count()).toBe(0)
    await expect.poll(() => page.getByLabel(t('hotspotPage.lat')).inputValue()).toMatch(/^41\.\d+$/)
    await team.write(t('hotspotPage.name'), `Kryqëzimi ${arrival.language}`)
    await picture(page, `hotspots-${arrival.language}-${arrival.width}`)
    expect(await axeFaultsOfAll(page)).toEqual([])
    expect(await sidewaysScroll(page)).toBe(0)
    await team.press(t('hotspotPage.mark'))
    await page.getByRole('button', { name: new RegExp(`Kryqëzimi ${arrival.language}`) }).waitFor()

    await listed.focus()
    await page.keyboard.press('Enter')
    await team.at(t('hotspotPage.edit_title'))
    await team.write(t('hotspotPage.name'), `${market}, hyrja`)
    await team.press(t('hotspotPage.correct'))
    await page.getByRole('button', { name: new RegExp(`${market}, hyrja`) }).click()
    await team.press(t('hotspotPage.close'))
    await team.dialog().pick(t('hotspotPage.close_reason'), t('hotspotPage.closing_mistake'))
    expect(await axeFaultsOfAll(page)).toEqual([])
    await team.confirm(t('hotspotPage.close'))
    await listed.waitFor({ state: 'detached' })
    await team.press(t('hotspotPage.closed'))
    await team.press(`${t('hotspotPage.again')}: ${market}, hyrja`)
    await team.press(t('hotspotPage.open'))
    await listed.waitFor()
    noComplaints(team)
    await team.close()

    const unit = await enter(browser, country, 'cpw-tirana', arrival)
    await unit.goTo('/hotspots')
    await unit.page
      .getByRole('button', { name: new RegExp(market) })
      .first()
      .waitFor()
    await unit.sees(unit.t('hotspotPage.reports', { count: 0 }))
    noComplaints(unit)
    await unit.close()
  })
})
