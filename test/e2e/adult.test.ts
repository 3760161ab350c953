/**
 * An adult identified by the labour inspection on a telephone, taken by the regional social service, who declines formal
 * identification and is helped all the same, with that on paper to sign; the Responsible Authority finds the file in its queue.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readPdf } from '#test/pdf-text.ts'
import type { Language } from '#wire/words/index.ts'
import { axeFaultsOfAll, launchBrowser, picture, sidewaysScroll } from './browser.ts'
import { type Country, openCountry } from './country.ts'
import { enter, type Hands, noComplaints } from './hands.ts'

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

interface Named {
  readonly code: string
  readonly sq: string
  readonly en: string
}
const set = JSON.parse(
  readFileSync(
    join(import.meta.dirname, '..', '..', 'reference', 'al', 'screening', 'trafficking.json'),
    'utf8',
  ),
) as { readonly items: readonly Named[]; readonly forms: readonly Named[] }
const named = (list: readonly Named[], code: string, language: Language) =>
  list.find((one) => one.code === code)![language]

const looksRight = async ({ page }: Hands, name: string): Promise<void> => {
  await picture(page, name)
  expect(await axeFaultsOfAll(page), name).toEqual([])
  expect(await sidewaysScroll(page), name).toBe(0)
}

it('an adult whom the labour inspection identifies declines, and is helped all the same', async () => {
  const labour = await enter(browser, country, 'labour', { language: 'sq', width: 360 })
  {
    const { t, page } = labour
    await labour.goTo('/nrm')
    await labour.sees(t('nrmPage.none_filings'))
    await labour.follow(t('nrmPage.new'))
    await labour.at(t('nrmPage.new_title'))
    // In doubt a child: the form leads to a report and sends nothing.
    await labour.pick(t('nrmPage.adult'), t('web.no'))
    await labour.sees(t('nrmPage.new_child'))
    await labour.pick(t('nrmPage.adult'), t('web.yes'))
    await labour.pick(t('nrmPage.sex'), t('nrmPage.sex_female'))
    await labour.write(t('nrmPage.age'), '29')
    await labour.write(t('nrmPage.given'), 'Rudina')
    await labour.choose(t('nrmPage.where'), 'Tiranë')
    await labour.pick(t('nrmPage.forms'), named(set.forms, 'labour', 'sq'))
    await labour.pick(t('nrmPage.territory'), t('nrmPage.territory_internal'))
    for (const code of ['DR1', 'EX1', 'CD3']) {
      const asked = page.getByRole('radiogroup', { name: named(set.items, code, 'sq'), exact: true })
      const row = page.getByRole('listitem').filter({ has: asked })
      await row.getByRole('radio', { name: t('web.yes'), exact: true }).check()
      if (code !== 'CD3')
        await labour.within(row).write(t('screeningPage.what_shows'), 'E pamë gjatë inspektimit.')
    }
    // What was ticked without saying what shows it does not count, and the form says where.
    await labour.press(t('nrmPage.send'))
    await labour.sees(t('screeningPage.note_needed'))
    await looksRight(labour, 'adult-form-sq-360')
    const last = page
      .getByRole('listitem')
      .filter({ has: page.getByRole('radiogroup', { name: named(set.items, 'CD3', 'sq'), exact: true }) })
    await labour.within(last).write(t('screeningPage.what_shows'), 'Pasaportën e mban pronari.')
    await labour.press(t('nrmPage.send'))
    await labour.at(t('nrmPage.sent'))
    await labour.goTo('/nrm')
    await labour.sees(t('nrmPage.waits'))
    // The file itself is not for whoever filed it.
    await labour.settled()
    await expect.poll(() => page.getByRole('main').getByRole('link', { name: /MKR-/ }).count()).toBe(0)
    noComplaints(labour)
    await labour.close()
  }

  const office = await enter(browser, country, 'social-service', { language: 'sq', width: 1280 })
  {
    const { t, page } = office
    await office.goTo('/nrm')
    await office.sees('Rudina')
    await looksRight(office, 'nrm-list-sq-1280')
    await office.follow(/^MKR-/)
    await office.at('Rudina')
    await office.press(t('nrmPage.take'))
    await office.confirm(t('nrmPage.take'))
    await office.sees('Person social-service')
    await office.press(t('nrmPage.decline'))
    const dialog = office.dialog()
    await dialog.pick(t('nrmPage.by'), t('nrmPage.by_self'))
    await dialog.pick(t('nrmPage.informed'), t('web.yes'))
    await dialog.write(t('nrmPage.basis'), 'Do strehim dhe punë, intervistë jo tani.')
    await office.confirm(t('nrmPage.decline_action'))
    await office.sees(t('nrmPage.next_declined_formal'))
    await office.sees('Do strehim dhe punë, intervistë jo tani.')
    // Declining has cost nothing: she is helped as everybody is, and the file says so.
    await office.follow(t('assistancePage.tab'))
    await office.press(t('assistancePage.service_add'))
    const service = office.dialog()
    await service.choose(t('assistancePage.action_service'), t('casePage.service_housing'))
    await service.choose(t('assistancePage.action_provider'), 'shelter-tirana')
    await service.write(t('assistancePage.cost'), '9000')
    await service.choose(t('assistancePage.funding'), t('casePage.funding_state'))
    await office.confirm(t('web.save'))
    await office.sees(t('assistancePage.costs_total', { lek: '9 000' }))
    await office.follow(t('nrmPage.tab_status'))
    await office.sees(t('nrmPage.next_declined_formal'))
    await looksRight(office, 'nrm-file-sq-1280')
    await page.setViewportSize({ width: 360, height: 740 })
    await looksRight(office, 'nrm-file-sq-360')
    // On a telephone: what she said no to, on paper, for her to sign; and the copy stands in the list.
    await office.follow(t('documentPage.title'))
    await office.sees(t('adultPaper.waits_more'))
    await looksRight(office, 'nrm-papers-sq-360')
    const wait = page.waitForEvent('download')
    await office.press(`${t('documentPage.take')} ${t('adultPaper.kind_consent')}`)
    const paper = await wait
    expect(paper.suggestedFilename()).toMatch(/^MKR-\d{4}-\d+-consent-sq\.pdf$/)
    const pdf = readPdf(readFileSync(await paper.path()))
    const said = pdf.pages.flatMap((one) => one.pieces.map((piece) => piece.text)).join(' ')
    expect(said).toContain('Do strehim dhe punë, intervistë jo tani.')
    expect(said).toContain(t('document.signer_person'))
    const copies = office.within(page.getByRole('region', { name: t('documentPage.copies') }))
    await copies.sees(t('adultPaper.kind_consent'))
    await page.setViewportSize({ width: 1280, height: 860 })
    await looksRight(office, 'nrm-papers-sq-1280')
    noComplaints(office)
    await office.close()
  }

  const authority = await enter(browser, country, 'responsible-authority', { language: 'en', width: 360 })
  const { t } = authority
  await authority.goTo('/nrm')
  await authority.at(t('nrmPage.title'))
  await authority.choose(t('nrmPage.status'), t('nrmPage.status_declined_formal'))
  await authority.follow(/^MKR-/)
  await authority.sees(t('nrmPage.no_testimony'))
  noComplaints(authority)
  await authority.close()
})
