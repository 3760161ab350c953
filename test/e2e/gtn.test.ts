/**
 * A case at high risk at the screen: the group is called, the school answers, the minutes resolve an action; the director
 * issues an emergency measure, the court confirms it, and what is due in court and who came are seen by the head.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CastName, unitId } from '#test/cast.ts'
import { assess, goal, Life, openFor, putChild, seen, today } from '#test/http/case-life.ts'
import { noon } from '#test/http/harness.ts'
import { launchBrowser, picture } from './browser.ts'
import { type Country, openCountry } from './country.ts'
import { looksWell } from './eyes.ts'
import { type Arrival, enter, type Hands, noComplaints } from './hands.ts'

let browser: Browser
let country: Country
let life: Life
let code = ''

beforeAll(async () => {
  country = await openCountry({ now: noon })
  browser = await launchBrowser()
  const { app } = country
  life = new Life(app, await openFor(app, 'cpw-tirana', { personId: await putChild(app, 'Mira', 'Kola') }))
  await assess(life, 'initial', { ...seen, risk: 'high' })
  await assess(life, 'comprehensive')
  await life.must('cpw-tirana', 'draft_plan', { goals: [goal(unitId('school-tirana'))] })
  code = String((await life.read()).body.code)
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
    await picture(hands.page, `failed-gtn-${login}-${arrival.language}`)
    throw error
  } finally {
    await hands.close()
  }
}
const looks = ({ page }: Hands, told: string): Promise<void> =>
  looksWell(page, told, { picture: `gtn-${told}` })
const sq: Arrival = { language: 'sq', width: 1280 }

describe('a case at high risk', () => {
  it('is brought before the group, which is called without a name', async () => {
    await walk('cpw-tirana', sq, async (hands) => {
      const { t } = hands
      await hands.goTo(`/cases/${life.id}?tab=gtn`)
      await hands.press(t('gtnPage.call'))
      // Whoever works by keyboard is led back to where they were.
      await hands.page.keyboard.press('Escape')
      expect(await hands.page.evaluate('document.activeElement.textContent')).toBe(t('gtnPage.call'))
      await hands.press(t('gtnPage.call'))
      const form = hands.dialog()
      await form.write(t('gtnPage.planned_at'), '2026-11-25T10:00')
      await form.write(t('gtnPage.place'), 'Te familja e Mirës')
      for (const unit of ['cpu-tirana', 'school-tirana', 'police-tirana']) await form.tick(unit)
      await form.press(t('gtnPage.call'))
      await form.sees(t('refusal.case_invitation_names'))
      await form.write(t('gtnPage.place'), 'Bashki, salla 2')
      await hands.confirm(t('gtnPage.call'))
      await hands.at(t('gtnPage.called'))
    })
    await walk('school', sq, async (hands) => {
      const { t } = hands
      await hands.goTo('/invitations')
      await hands.at(code)
      await hands.press(t('gtnPage.i_deputy'))
      await hands.sees(new RegExp(t('gtnPage.answer_deputy')))
      await looks(hands, 'invitations')
    })
    await walk('cpw-tirana', sq, async (hands) => {
      const { t } = hands
      await hands.goTo(`/cases/${life.id}?tab=gtn`)
      await hands.sees(t('gtnPage.answer_deputy'))
      await hands.press(t('gtnPage.hold'))
      const form = hands.dialog()
      await form.tick(t('casePage.decision_other'))
      await form.pick(t('casePage.child_part'), t('casePage.part_was_heard'))
      await form.pick(t('casePage.family_part'), t('casePage.part_not_invited'))
      await form.choose(t('gtnPage.family_why_not'), t('gtnPage.not_unsafe'))
      await form.write(t('casePage.minutes'), 'Institucionet morën përsipër veprimet.')
      await form.press(t('gtnPage.resolution_add'))
      await hands.page
        .getByRole('dialog')
        .getByRole('textbox', { name: t('gtnPage.resolution'), exact: true })
        .fill('Vizitë te mjeku')
      await form.choose(t('casePage.service'), t('casePage.service_medical'))
      await form.write(t('casePage.plan_due_by'), '2026-12-01')
      await hands.page
        .getByRole('dialog')
        .getByLabel(t('casePage.institution'))
        .last()
        .selectOption(unitId('school-tirana'))
      await form.choose(t('gtnPage.resolution_for'), 'Kthehet në shkollë')
      await hands.confirm(t('web.save'))
      await hands.sees('Institucionet morën përsipër veprimet.')
      await hands.sees(t('gtnPage.in_plan'))
      await looks(hands, 'tab')
    })
  })

  it('gets an emergency measure, which the court confirms; what is due next stands in the list', async () => {
    const { app } = country
    life.version = Number((await life.read()).body.version)
    const made = await life.must('cpw-tirana', 'propose_measure', {
      kind: 'emergency',
      ground: 'begging',
      parentsCooperate: 'no',
      reason: 'Rrezik natën.',
    })
    const measureId = (made.made as unknown as { id: string }[])[0]!.id
    await life.must('director-tirana', 'decide_measure', {
      measureId,
      step: 'issue_emergency',
      decidedBy: 'municipal_director',
      decidedOn: today,
      from: today,
    })
    await walk('cpw-tirana', { language: 'en', width: 1280 }, async (hands) => {
      const { t } = hands
      await hands.goTo(`/cases/${life.id}?tab=measures`)
      await hands.press(t('courtPage.open'))
      await hands.dialog().pick(t('courtPage.matter'), t('courtPage.matter_emergency_measure'))
      await hands.page.getByRole('dialog').getByRole('combobox').first().selectOption(measureId)
      await hands.dialog().write(t('courtPage.court'), 'Gjykata Tiranë')
      await hands.dialog().write(t('courtPage.claim'), 'Verify the measure')
      await hands.confirm(t('web.save'))
      await hands.press(t('courtPage.file'))
      await hands.dialog().write(t('courtPage.court_ref'), '12/2026')
      await hands.confirm(t('web.save'))
      await hands.press(t('courtPage.decide'))
      await hands.dialog().pick(t('courtPage.outcome'), t('courtPage.outcome_granted'))
      await hands.dialog().write(t('courtPage.reasons'), 'The court agrees.')
      await hands.confirm(t('web.save'))
      await hands.sees(t('casePage.measure_status_court_confirmed'))
      await looks(hands, 'measures')
    })
    await walk('head-tirana', { language: 'en', width: 1280 }, async (hands) => {
      const { t } = hands
      await hands.goTo('/court')
      await hands.sees(t('courtPage.task_check'))
      await looks(hands, 'due')
      await hands.goTo('/gtn/attendance')
      await hands.at(t('gtnPage.attendance'))
      await looks(hands, 'attendance')
      await hands.goTo('/court/report')
      await hands.at(new RegExp(t('courtPage.report_execution')))
      await looks(hands, 'report')
    })
    expect((await app.as('head-tirana').get('/api/court/due')).body.items!.length).toBeGreaterThan(1)
  })
})
