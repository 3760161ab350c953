/** A photo sent from the street over a connection that breaks, taken up again, examined, taken away; and a paper taken as PDF. */
import { readFileSync } from 'node:fs'
import type { Browser, Download } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { photo, place } from '#test/files.ts'
import { activePlan } from '#test/http/case-life.ts'
import { noon } from '#test/http/harness.ts'
import { readPdf } from '#test/pdf-text.ts'
import { launchBrowser, picture } from './browser.ts'
import { type Country, openCountry } from './country.ts'
import { looksRight } from './eyes.ts'
import { type Arrival, enter, type Hands, noComplaints } from './hands.ts'

let browser: Browser
let country: Country
let file = ''
let code = ''
beforeAll(async () => {
  country = await openCountry({ now: noon })
  browser = await launchBrowser()
  const life = await activePlan(country.app)
  file = life.id
  code = String((await life.read()).body.code)
})
afterAll(async () => {
  await browser?.close()
  await country?.close()
})

const walk = async (arrival: Arrival, steps: (hands: Hands) => Promise<void>) => {
  const hands = await enter(browser, country, 'cpw-tirana', arrival)
  try {
    await steps(hands)
    noComplaints(hands)
  } catch (error) {
    await picture(hands.page, `failed-files-${arrival.language}`)
    throw error
  } finally {
    await hands.close()
  }
}
const bytesOf = async (download: Download): Promise<Buffer> => readFileSync(await download.path())

it('on a phone: a photo, the connection lost in the middle, resumed, examined, taken away', async () => {
  await walk({ language: 'sq', width: 360 }, async (hands) => {
    const { page, context, t } = hands
    await hands.goTo(`/cases/${file}?tab=files`)
    await hands.sees(t('attachmentPage.none'))
    await hands.press(t('attachmentPage.add'))
    const given = photo(1_500_000)
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'IMG_0417.jpg', mimeType: 'image/jpeg', buffer: given })
    await hands.write(t('attachmentPage.name'), 'Shkresë nga shkolla')
    await looksRight(page, 'files-add', { picture: 'files-add' })
    let pieces = 0
    page.on('request', (request) => {
      if (request.method() !== 'PATCH') return
      pieces += 1
      if (pieces === 3) void context.setOffline(true)
    })
    await hands.press(t('attachmentPage.send'))
    await hands.sees(t('attachmentPage.lost'))
    await context.setOffline(false)
    await hands.sees('Shkresë nga shkolla')
    await hands.sees(new RegExp(t('attachmentPage.not_scanned')))
    // The connection that broke was complained of by the browser, as it must be.
    hands.complaints.length = 0
    expect(pieces).toBeGreaterThan(6)
    await looksRight(page, 'files', { picture: 'files' })
    const wholeWay = page.waitForEvent('download')
    await hands.press(new RegExp(`^${t('attachmentPage.take')} `))
    const sheet = await wholeWay
    expect(sheet.suggestedFilename()).toMatch(new RegExp(`^${code}-[0-9a-f]{6}\\.pdf$`))
    const read = readPdf(await bytesOf(sheet))
    expect(read.pages[0]!.pieces.some((one) => one.text.includes(`${code} cpw-tirana`))).toBe(true)
    const itself = page.waitForEvent('download')
    await hands.press(new RegExp(`^${t('attachmentPage.take_original')}`))
    const own = await bytesOf(await itself)
    expect([own.includes(place), own.length > 1_400_000]).toEqual([false, true])
  })
})

it('a program that calls itself a photo is refused, and what was said of it is not said of the next file', async () => {
  await walk({ language: 'en', width: 360 }, async (hands) => {
    const { page, t } = hands
    await hands.goTo(`/cases/${file}?tab=files`)
    await hands.press(t('attachmentPage.add'))
    const chosen = page.locator('input[type=file]')
    await chosen.setInputFiles({
      name: 'photo.jpg',
      mimeType: 'image/jpeg',
      buffer: Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46]), Buffer.alloc(400_000)]),
    })
    await hands.write(t('attachmentPage.name'), 'The yard')
    await hands.press(t('attachmentPage.send'))
    const fault = page.getByRole('main').getByRole('alert')
    await fault.getByText('The name does not count').waitFor()
    await page.getByRole('button', { name: t('attachmentPage.send'), exact: true }).waitFor()
    await chosen.setInputFiles({ name: 'yard.jpg', mimeType: 'image/jpeg', buffer: photo(60_000) })
    await fault.waitFor({ state: 'detached' })
    expect(await page.getByRole('progressbar').count()).toBe(0)
    await hands.press(t('attachmentPage.send'))
    await hands.sees(new RegExp(t('attachmentPage.not_scanned')))
    await hands.sees('The yard')
  })
})

it('at the desk: a paper as PDF in the other language, and it stands among the copies', async () => {
  await walk({ language: 'en', width: 1280 }, async (hands) => {
    const { page, t } = hands
    await hands.goTo(`/cases/${file}?tab=papers`)
    await hands.at(t('documentPage.ready'))
    await looksRight(page, 'papers', { picture: 'papers' })
    await hands.pick(t('documentPage.language'), 'Shqip')
    const wait = page.waitForEvent('download')
    await hands.press(`${t('documentPage.take')} ${t('documentPage.kind_plan')}`)
    const paper = await wait
    expect(paper.suggestedFilename()).toBe(`${code}-plan-sq.pdf`)
    const pdf = readPdf(await bytesOf(paper))
    expect(pdf.language).toBe('sq')
    expect(pdf.pages.flatMap((one) => one.pieces.map((piece) => piece.text)).join(' ')).toContain(
      'Kthehet në shkollë',
    )
    await hands
      .within(page.getByRole('region', { name: t('documentPage.copies') }))
      .sees(t('documentPage.kind_plan'))
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  })
})
