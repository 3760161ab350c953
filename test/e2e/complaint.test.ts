/**
 * A child complains about a school without signing in; an officer asks the school, decides, and the child reads the answer
 * with the code and the secret.
 */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CastName } from '#test/cast.ts'
import { noon } from '#test/http/harness.ts'
import { words } from '#wire/words/index.ts'
import { axeFaultsOfAll, launchBrowser, picture, sidewaysScroll, visit } from './browser.ts'
import { type Country, openCountry } from './country.ts'
import { enter, type Hands, noComplaints } from './hands.ts'

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

const sq = words.sq.publicPages
/** Light, at a desk or on a telephone; the other width is looked at by the staff's pages or the child's. */
const looks = async (page: Page, told: string, width?: number): Promise<void> => {
  if (width !== undefined) await page.setViewportSize({ width, height: 860 })
  expect(await axeFaultsOfAll(page), told).toEqual([])
  expect(await sidewaysScroll(page), told).toBe(0)
  await picture(page, `complaint-${told}`)
}
const asChild = async (script: boolean, act: (page: Page) => Promise<void>): Promise<void> => {
  const context = await visit(browser, { baseURL: country.baseURL, width: 360, script })
  context.setDefaultTimeout(20_000)
  try {
    await act(await context.newPage())
  } finally {
    await context.close()
  }
}
const asStaff = async (login: CastName, act: (hands: Hands) => Promise<void>): Promise<void> => {
  const hands = await enter(browser, country, login, { language: 'sq', width: 1280 })
  try {
    await act(hands)
    noComplaints(hands)
  } catch (error) {
    await picture(hands.page, `failed-complaint-${login}`)
    throw error
  } finally {
    await hands.close()
  }
}

it('a child complains, an officer decides, the child reads the answer', async () => {
  const receipt = { code: '', secret: '' }
  await asChild(true, async (page) => {
    await page.goto('/ankesa')
    await looks(page, 'about')
    await page.click('.acts button[value=next]')
    expect(await page.locator('.faults').innerText()).toContain(sq.complain_body_needed)
    await page.check('#body-school')
    await page.selectOption('#municipality', '53')
    await page.click('.acts button[value=next]')
    await page.click('.acts button[value=send]')
    expect(await page.locator('.faults').innerText()).toContain(sq.complain_by_needed)
    await page.selectOption('#unit', { label: 'school-tirana' })
    await page.fill('#story', 'Nuk më lanë të hyj në klasë.')
    await page.check('#unfair-yes')
    await page.selectOption('#ground', 'ethnicity')
    await page.check('#by-child')
    await page.fill('#name', 'Gjelosha')
    await looks(page, 'tell')
    await page.click('.acts button[value=send]')
    const [code = '', secret = ''] = await page.locator('output').allInnerTexts()
    Object.assign(receipt, { code, secret })
    expect([code.length, secret.length]).toEqual([14, 9])
    await looks(page, 'receipt')
    // Wide, and in English: the same page under its other address.
    await page.goto('/en/complaint')
    expect(await page.locator('h1').innerText()).toBe(words.en.publicPages.complain_title)
    await looks(page, 'about-en', 1280)
    await page.goto('/ankesa/pergjigjja')
    await looks(page, 'look')
  })
  await asStaff('state-agency', async (hands) => {
    const { t, page } = hands
    await hands.goTo('/complaints')
    await page.getByRole('link', { name: /^AN-/ }).first().waitFor()
    await looks(page, 'inbox')
    await page.getByRole('link', { name: /^AN-/ }).first().click()
    await hands.sees('Nuk më lanë të hyj në klasë.')
    await hands.sees(t('complaintPage.who_closed'))
    const act = async (name: string, fill: (form: Hands) => Promise<void> = async () => undefined) => {
      await hands.press(t(`complaintPage.${name}`))
      await fill(hands.dialog())
      await hands.confirm(t(`complaintPage.${name}`))
    }
    await act('act_take')
    await hands.sees('Gjelosha')
    // Before the inquiry nothing is offered that would be refused after it was written.
    await hands.press(t('complaintPage.act_decide'))
    await hands.dialog().sees(t('complaintPage.decide_before'))
    expect(await page.getByRole('dialog').getByRole('radio').count()).toBe(1)
    await page.keyboard.press('Escape')
    await act('act_open_inquiry')
    await hands.sees(t('complaintPage.state_UNDER_INQUIRY'))
    await act('act_ask', (form) => form.write(t('complaintPage.question'), 'Si pranohen nxënësit?'))
    await hands.sees(t('complaintPage.no_answer'))
  })
  await asStaff('school', async (hands) => {
    const { t, page } = hands
    await hands.goTo('/complaints')
    await hands.sees('Si pranohen nxënësit?')
    await hands.settled()
    await expect.poll(() => page.getByText('Nuk më lanë').count()).toBe(0)
    await looks(page, 'question', 360)
    await hands.press(t('complaintPage.answer_question'))
    await hands.dialog().write(t('complaintPage.answer'), 'E pranojmë nesër.')
    await hands.confirm(t('complaintPage.answer_question'))
    await hands.sees(t('complaintPage.answered'))
    await page.setViewportSize({ width: 1280, height: 860 })
    await hands.goTo('/complaints/new')
    await looks(page, 'enter')
  })
  await asStaff('state-agency', async (hands) => {
    const { t, page } = hands
    await hands.goTo('/complaints')
    await page.getByRole('link', { name: /^AN-/ }).first().click()
    await hands.sees('E pranojmë nesër.')
    await hands.press(t('complaintPage.act_decide'))
    const form = hands.dialog()
    await form.pick(t('complaintPage.outcome'), t('complaintPage.outcome_upheld'))
    await form.write(t('complaintPage.decide_answer'), 'Nesër je në klasë.')
    await hands.confirm(t('complaintPage.act_decide'))
    await hands.sees('Nesër je në klasë.')
    await looks(page, 'decided')
    await looks(page, 'decided-narrow', 360)
  })
  // An old or careful browser without any script reads it as well.
  await asChild(false, async (page) => {
    await page.goto('/ankesa/pergjigjja')
    await page.fill('#code', receipt.code.toLowerCase())
    await page.fill('#secret', 'ABCD EFGH')
    await page.click('.acts button')
    expect(await page.locator('.faults').innerText()).toContain(sq.complain_receipt_wrong)
    await page.fill('#secret', receipt.secret)
    await page.click('.acts button')
    expect(await page.locator('main').innerText()).toContain(sq.complain_outcome_upheld)
    expect(await page.locator('main').innerText()).toContain('Nesër je në klasë.')
    await picture(page, 'complaint-answer')
  })
})
