/**
 * An officer of the State Agency changes a form, another approves it, the next assessment asks what is new, and the one made
 * before reads as it did.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDemoUsers } from '#server/admin/add-user.ts'
import { shippedForm } from '#server/form/shipped.ts'
import { type CastName, unitId } from '#test/cast.ts'
import { Life, openFor, today } from '#test/http/case-life.ts'
import { noon } from '#test/http/harness.ts'
import { launchBrowser } from './browser.ts'
import { type Country, openCountry, password } from './country.ts'
import { looksWell } from './eyes.ts'
import { enter, type Hands, noComplaints } from './hands.ts'

let browser: Browser
let country: Country
let life: Life
const second: string = 'state-agency-b'
const form = shippedForm('satisfaction', 1)
const [asked] = form.sections[0]!.questions
const answers = {
  listened: '4',
  explained: '3',
  respected: '4',
  helped: '3',
  safer: '4',
  with_whom: 'manager',
}

beforeAll(async () => {
  country = await openCountry({ now: noon })
  await addDemoUsers(
    country.app.ctx,
    [{ login: second, role: 'state_agency', unit: unitId('state-agency') }],
    password,
  )
  life = new Life(country.app, await openFor(country.app, 'cpw-tirana'))
  await life.must('cpw-tirana', 'record_assessment', {
    form: 'satisfaction',
    formVersion: 1,
    answers: Object.entries(answers).map(([key, value]) => ({ key, value })),
    finish: false,
  })
  browser = await launchBrowser()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await country?.close()
})

const holds = ({ page }: Hands, name: string): Promise<void> =>
  looksWell(page, name, { picture: `form-${name}` })

test('a form is changed by one officer, approved by another, used by the next assessment; the old one reads as before', async () => {
  const first = await enter(browser, country, 'state-agency', { language: 'en', width: 1280 })
  const { t } = first
  await first.goTo('/forms')
  await holds(first, 'list')
  await first.follow(form.title.en)
  await first.at(form.title.en)
  await first.press(t('formPage.new_version'))
  await first.sees(t('formPage.status_draft'))
  await first.press(new RegExp(asked!.label.en.replace('?', '\\?')))
  const label = t('formPage.label')
  await first.write(t('formPage.in_sq', { what: label }), '')
  await first.sees(t('formPage.fault_missing_translation'))
  await first.write(t('formPage.in_sq', { what: label }), 'A të dëgjuam mirë?')
  await first.write(t('formPage.in_en', { what: label }), 'Did we listen to you well?')
  await holds(first, 'editor')
  await first.press(t('formPage.save'))
  await first.sees(t('formPage.saved'))
  await first.press(t('formPage.propose'))
  await first.dialog().write(t('formPage.effective_from'), today)
  await first.dialog().write(t('formPage.why'), 'Children did not understand the question.')
  await first.dialog().confirm(t('formPage.propose'))
  await first.sees(t('formPage.status_proposed'))
  await expect
    .poll(() => first.page.getByRole('button', { name: t('formPage.approve'), exact: true }).count())
    .toBe(0)

  const other = await enter(browser, country, second as CastName, { language: 'sq', width: 1280 })
  await other.goTo('/forms/satisfaction/2')
  await other.press(other.t('formPage.approve'))
  await other.dialog().confirm(other.t('formPage.approve'))
  await other.sees(other.t('formPage.status_in_force'))

  const worker = await enter(browser, country, 'cpw-tirana', { language: 'en', width: 1280 })
  await worker.goTo(`/cases/${life.id}/assessment/satisfaction`)
  await worker.pick('Did we listen to you well?', 'not at all')
  // What the first answer opens stands there at once.
  await worker.write('When did you not feel heard?', 'At the start.')
  await worker.pick('Did we listen to you well?', 'very much')
  await expect.poll(() => worker.page.getByLabel('When did you not feel heard?').count()).toBe(0)
  for (const key of ['explained', 'respected', 'helped', 'safer']) {
    const question = form.sections[0]!.questions.find((q) => q.key === key)!
    await worker.pick(question.label.en, 'quite')
  }
  await worker.pick('Who filled it in with the child?', 'the case manager')
  await worker.sees('16 points')
  await holds(worker, 'fill')
  await worker.press(worker.t('casePage.form_record'))
  await worker.page.waitForURL((url) => url.search.includes('assessments'))
  const made = worker.page.locator('details.fold')
  // The new one comes before the old one, when the page has it.
  await expect.poll(() => made.count()).toBe(2)
  await made.nth(0).locator('summary').click()
  await worker.sees('Did we listen to you well?')
  await made.nth(1).locator('summary').click()
  await worker.sees(worker.t('casePage.form_of_older', { version: 1, newest: 2 }))
  await worker.within(made.nth(1)).sees(asked!.label.en)
  for (const hands of [first, other, worker]) {
    noComplaints(hands)
    await hands.close()
  }
}, 120_000)
