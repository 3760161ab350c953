/**
 * The directory at the screen and a referral out of the plan: the head enters a provider with its place and service by the dialogs; the
 * worker refers from an action of the plan, finds recipient, service and purpose filled in, and reads at the action how it stands.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type CastName, unitId } from '#test/cast.ts'
import { activePlan, type Life } from '#test/http/case-life.ts'
import { noon } from '#test/http/harness.ts'
import { launchBrowser, picture } from './browser.ts'
import { type Country, openCountry } from './country.ts'
import { looksWell } from './eyes.ts'
import { enter, type Hands, noComplaints } from './hands.ts'

let browser: Browser
let country: Country
let life: Life
beforeAll(async () => {
  country = await openCountry({ now: noon })
  browser = await launchBrowser()
  life = await activePlan(country.app)
})
afterAll(async () => {
  await browser?.close()
  await country?.close()
})

const walk = async (login: CastName, language: 'sq' | 'en', steps: (hands: Hands) => Promise<void>) => {
  const hands = await enter(browser, country, login, { language, width: 1280 })
  try {
    await steps(hands)
    noComplaints(hands)
  } catch (error) {
    await picture(hands.page, `failed-refer-${login}`)
    throw error
  } finally {
    await hands.close()
  }
}
const looks = ({ page }: Hands, told: string): Promise<void> =>
  looksWell(page, told, { picture: `refer-${told}` })

it('the head enters a provider, its place and a service', async () => {
  await walk('head-tirana', 'sq', async (hands) => {
    const { t } = hands
    await hands.goTo('/services')
    await hands.press(t('servicesPage.providers'))
    await hands.write(t('servicesPage.search'), 'school-tirana')
    const [sq, heard] = [(key: string) => t(`servicesPage.${key}`), 'school-tirana']
    await hands.press(`${sq('open_entry')} ${heard}`)
    await hands.press(`${sq('profile')} ${heard}`)
    let form = hands.dialog()
    await form.write(sq('description_sq'), 'Shkollë nëntëvjeçare.')
    await form.write(sq('description_en'), 'Nine-year school.')
    await form.write(sq('place_name_sq'), 'Shkolla e lagjes')
    await form.write(sq('place_name_en'), 'The school of the quarter')
    await form.choose(t('web.municipality'), 'Tiranë')
    await form.choose(sq('answers'), 'school-tirana')
    await form.pick(sq('is_withheld'), t('web.no'))
    await form.write(sq('address'), 'Rruga e Durrësit 12')
    await hands.confirm(t('web.save'))
    await hands.press(`${sq('add_service')} ${heard}`)
    form = hands.dialog()
    await form.choose(sq('service'), t('casePage.service_education'))
    await form.write(sq('name_sq'), 'Regjistrim në çdo kohë të vitit')
    await form.write(sq('name_en'), 'Enrolment at any time of the year')
    await form.write(sq('description_sq'), 'Fëmija hyn në klasë brenda javës.')
    await form.write(sq('description_en'), 'The child is in class within a week.')
    await form.pick(sq('is_free'), t('web.yes'))
    await form.tick('Shkolla e lagjes')
    await looks(hands, 'service')
    await hands.confirm(t('web.save'))
    await hands.press(sq('services'))
    await hands.sees('Regjistrim në çdo kohë të vitit')
    await hands.press(`${sq('confirm')} Regjistrim në çdo kohë të vitit`)
    await hands.confirm(sq('confirm'))
  })
})

it('the worker refers from the action of the plan and reads there how it stands', async () => {
  await walk('cpw-tirana', 'sq', async (hands) => {
    const { t, page } = hands
    await hands.goTo(`/cases/${life.id}?tab=plan`)
    await hands.follow(t('referPage.refer'))
    await hands.sees(t('referPage.fits', { when: '' }).trim())
    await page.waitForFunction(() => document.querySelector<HTMLSelectElement>('#f-toUnitId')?.value !== '')
    expect(await page.locator('#f-toUnitId').inputValue()).toBe(unitId('school-tirana'))
    expect(await page.getByRole('radio', { name: t('referral.service_enrolment') }).isChecked()).toBe(true)
    expect(await page.getByLabel(t('referral.field_enrolment_need')).inputValue()).toBe(
      'Regjistrimi në klasën e tretë',
    )
    await hands.tick(t('referral.ground_law'))
    await hands.write(t('referral.ground_ref_law'), 'ligji 18/2017, neni 51')
    await hands.pick(t('referral.objection'), t('referral.objection_none'))
    await looks(hands, 'new')
    await hands.press(t('web.send'))
    await hands.sees(t('referPage.referred_to', { unit: 'school-tirana' }))
    await hands.sees(t('referPage.waits_days', { count: 0 }))
    await looks(hands, 'plan')
  })
  await walk('cpw-tirana', 'en', async (hands) => {
    await hands.page.setViewportSize({ width: 360, height: 800 })
    await hands.goTo(`/cases/${life.id}?tab=plan`)
    await hands.sees(hands.t('referPage.referred_to', { unit: 'school-tirana' }))
  })
})

it('a case and its timeline are asked for once, while the session is still being read', async () => {
  await walk('cpw-tirana', 'sq', async ({ page, sees, t }) => {
    const asked: string[] = []
    let known = false
    let early = 0
    page.on('request', (request) => {
      const { pathname } = new URL(request.url())
      if (!pathname.startsWith(`/api/cases/${life.id}`)) return
      asked.push(pathname)
      if (!known) early += 1
    })
    await page.route('**/api/session', async (route) => {
      await expect.poll(() => early, { timeout: 10_000 }).toBe(2)
      known = true
      await route.continue()
    })
    await page.goto(`/app/cases/${life.id}?tab=timeline`)
    await sees(t('casePage.tab_timeline'))
    await sees(t('casePage.event_CaseOpened'))
    expect(asked.sort()).toEqual([`/api/cases/${life.id}`, `/api/cases/${life.id}/timeline`])
    await page.unroute('**/api/session')
  })
})

it('the head of a case’s page names every file of script that the page runs, and they are few', async () => {
  await walk('cpw-tirana', 'sq', async ({ page, sees, t }) => {
    const run = new Set<string>()
    page.on('request', (request) => {
      if (request.resourceType() === 'script') run.add(new URL(request.url()).pathname)
    })
    const answer = await page.goto(`/app/cases/${life.id}?tab=timeline`)
    await sees(t('casePage.event_CaseOpened'))
    const head = (await answer?.text()) ?? ''
    expect(run.size).toBeGreaterThan(4)
    expect([...run].filter((file) => !head.includes(file))).toEqual([])
    expect([...run].length, [...run].join(' ')).toBeLessThan(9)
  })
})

it('a tab of a case opens in place by pointer and keys, and in a window of its own when the browser is asked', async () => {
  await walk('cpw-tirana', 'sq', async ({ page, context, sees, t }) => {
    await page.goto(`/app/cases/${life.id}`)
    const tab = (word: string) => page.getByRole('navigation').getByRole('link', { name: word, exact: true })
    await tab(t('casePage.tab_timeline')).waitFor()
    await page.evaluate(() => Object.assign(globalThis, { same: true }))
    await tab(t('casePage.tab_timeline')).click()
    await page.waitForURL(/tab=timeline$/)
    await tab(t('casePage.tab_plan')).press('Enter')
    await page.waitForURL(/tab=plan$/)
    expect(await tab(t('casePage.tab_plan')).getAttribute('aria-current')).toBe('page')
    expect(await tab(t('casePage.tab_timeline')).getAttribute('aria-current')).toBeNull()
    const [beside] = await Promise.all([
      context.waitForEvent('page'),
      tab(t('casePage.tab_timeline')).click({ modifiers: ['Control'] }),
    ])
    await beside.waitForURL(/tab=timeline$/)
    await beside.close()
    expect(page.url()).toMatch(/tab=plan$/)
    await page.goBack()
    await page.waitForURL(/tab=timeline$/)
    await sees(t('casePage.event_CaseOpened'))
    expect(await page.evaluate(() => 'same' in globalThis)).toBe(true)
  })
})
