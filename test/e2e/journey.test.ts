/**
 * The main job from end to end, in a real browser over the real register: from a sighting in the street to a protected
 * child, once in Albanian at a desk and once in English on a telephone. Two children are seen together: one turns out
 * a potential victim of trafficking, whose case must stay open; the other's case goes the whole way to its follow-ups.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { paths } from '#server/public/routes.ts'
import type { CastName } from '#test/cast.ts'
import { launchBrowser, picture } from './browser.ts'
import { type Country, openCountry } from './country.ts'
import { type Arrival, arrive, enter, type Hands, noComplaints, signIn } from './hands.ts'
import {
  acceptReport,
  act,
  assess,
  fillClosure,
  holdConference,
  makePlan,
  reportFromStreet,
  screen,
} from './steps.ts'

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
  { language: 'sq', width: 1280 },
  { language: 'en', width: 360 },
])('in $language at $width', (arrival) => {
  const { language } = arrival
  const people = new Map<CastName, Hands>()
  /** Comes at the first call, the worker by the page that asks for a password, and stays at their desk. */
  const person = async (login: CastName): Promise<Hands> => {
    const come = login === 'cpw-tirana' ? signIn : enter
    const known = people.get(login) ?? (await come(browser, country, login, arrival))
    people.set(login, known)
    return known
  }
  /** One passage; when it fails, pictures of every desk are kept. */
  const passage = (name: string, walk: () => Promise<void>): void => {
    it(name, async ({ onTestFailed }) => {
      onTestFailed(async () => {
        for (const [login, hands] of people) await picture(hands.page, `failed-journey-${language}-${login}`)
      })
      await walk()
      for (const hands of people.values()) noComplaints(hands)
    }, 300_000)
  }
  afterAll(async () => {
    for (const hands of people.values()) await hands.close()
  })
  let victim = ''
  let sister = ''

  passage('a field team reports two children from the street', async () => {
    await reportFromStreet(await person('field-tirana'), language, [
      { given: 'Ardit', family: 'Çela', sex: 'boy', age: 9 },
      { given: 'Mira', family: 'Çela', sex: 'girl', age: 7 },
    ])
  })

  passage('Tirana’s unit looks for known children and accepts', async () => {
    const worker = await person('cpw-tirana')
    const cases = await acceptReport(worker, language)
    expect(cases).toHaveLength(2)
    ;[victim = '', sister = ''] = cases
  })

  passage('the worker sees the child and sets the risk', async () => {
    const worker = await person('cpw-tirana')
    await assess(worker, language, victim, 'initial', 'medium')
    await assess(worker, language, victim, 'comprehensive')
    await assess(worker, language, victim, 'best_interests')
  })

  passage('three elements make a potential victim, and a person says so', async () => {
    const worker = await person('cpw-tirana')
    await screen(worker, language, victim, 'economic_exploitation', ['EE1', 'EE3', 'BG1'])
    await worker.at(worker.t('casePage.vmt_none'))
    await screen(worker, language, victim, 'trafficking', ['AV1', 'CR4', 'CR5'])
    await worker.at(worker.t('casePage.vmt_vmt'))
  })

  passage('the plan is agreed and approved in a conference', async () => {
    const worker = await person('cpw-tirana')
    const { t } = worker
    await makePlan(worker, victim)
    await holdConference(worker, victim)
    await worker.goTo(`${victim}?tab=plan`)
    await worker.press(t('casePage.plan_approve'))
    const approval = worker.dialog()
    await approval.sees(t('casePage.conference_required'))
    await approval.pick(t('casePage.child_view'), t('casePage.child_view_agrees'))
    await worker.confirm(t('casePage.plan_approve'))
  })

  passage('a shelter is asked, with the least data it needs', async () => {
    const worker = await person('cpw-tirana')
    const { t, page } = worker
    await worker.goTo(`${victim}/refer`)
    await worker.choose(t('referral.to'), t('referral.kind_shelter'))
    await worker.choose(t('casePage.institution'), 'shelter-tirana')
    await worker.pick(t('referral.service'), t('referral.service_emergency_shelter'))
    await worker.write(t('referral.field_needs'), 'Një shtrat sonte, rroba, ushqim.')
    await worker.sees(t('referral.they_do_not_see'))
    await worker.pick(t('referral.ground_question'), t('referral.ground_law'))
    await worker.write(t('referral.ground_ref_law'), 'ligji 18/2017, neni 51')
    await worker.pick(t('referral.objection'), t('referral.objection_none'))
    await worker.press(t('web.send'))
    await page.waitForURL((url) => url.searchParams.get('tab') === 'referrals')
    await worker.sees(t('referral.service_emergency_shelter'))
  })

  passage('the shelter confirms, accepts, and reads nothing but the packet', async () => {
    const shelter = await person('shelter')
    const { t, page } = shelter
    await shelter.goTo('/referrals')
    await shelter.follow(t('referral.service_emergency_shelter'))
    await shelter.at(t('referral.service_emergency_shelter'))
    await shelter.sees(/Ardit Çela/)
    await shelter.sees('Një shtrat sonte, rroba, ushqim.')
    await shelter.sees(t('referral.you_do_not_see'))
    await shelter.press(t('referral.act_acknowledge'))
    // Whoever answers a version that is gone is told so: the confirmation comes first.
    await shelter.sees(t('referral.state_ACKNOWLEDGED'))
    await shelter.press(t('referral.act_accept'))
    await shelter.write(t('referral.reply'), 'E presim pas orës 20.')
    await shelter.press(t('referral.send_accept'))
    await shelter.sees(t('referral.state_ACCEPTED'))
    await expect.poll(() => page.getByText('Lypnin te semafori').count()).toBe(0)
    // The file itself is not there for them, by whatever address.
    await shelter.goTo(victim)
    await shelter.at(t('web.not_found'))
  })

  passage('work goes on: service, note, review; closing is refused in plain words', async () => {
    const worker = await person('cpw-tirana')
    const { t, page } = worker
    await worker.goTo(victim)
    const service = await act(worker, 'act_service')
    await service.choose(t('casePage.service'), t('casePage.service_psychological'))
    await service.choose(t('casePage.provider'), 'health-tirana')
    await service.pick(t('casePage.setting'), t('casePage.setting_shelter'))
    await service.pick(t('casePage.beneficiary'), t('casePage.beneficiary_child'))
    await worker.confirm(t('web.save'))
    await worker.press(t('casePage.act_note'))
    const note = worker.dialog()
    await note.choose(t('casePage.note_kind'), t('casePage.note_home_visit'))
    await note.write(t('casePage.note_text'), 'Nëna ishte në shtëpi; babai jo.')
    await note.pick(t('casePage.note_sensitive'), t('web.no'))
    await worker.confirm(t('web.save'))
    await worker.sees('Nëna ishte në shtëpi; babai jo.')
    const risk = await act(worker, 'act_risk')
    await risk.pick(t('casePage.risk'), t('web.risk_long_low'))
    await risk.write(t('casePage.reason'), 'Fëmija është i mbrojtur në strehëz.')
    await worker.confirm(t('web.save'))
    const review = await act(worker, 'act_review')
    await review.pick(t('casePage.outcome'), t('casePage.outcome_close'))
    await review.write(t('casePage.findings'), 'Plani po zbatohet.')
    await worker.confirm(t('web.save'))
    const closure = await act(worker, 'act_closure')
    await fillClosure(closure, 'moved')
    await closure.press(t('casePage.propose'))
    await page.getByRole('dialog').getByRole('alert').getByText(t('refusal.case_vmt_plan_open')).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  passage('the sister’s case goes from plan to closure, which another person approves', async () => {
    const worker = await person('cpw-tirana')
    const { t } = worker
    await assess(worker, language, sister, 'initial', 'low')
    await assess(worker, language, sister, 'comprehensive')
    await assess(worker, language, sister, 'best_interests')
    await makePlan(worker, sister)

    const head = await person('head-tirana')
    await head.goTo(`${sister}?tab=plan`)
    await head.press(t('casePage.plan_approve'))
    await head.dialog().pick(t('casePage.child_view'), t('casePage.child_view_agrees'))
    await head.confirm(t('casePage.plan_approve'))

    await worker.goTo(`${sister}?tab=plan`)
    await worker.press(t('casePage.goal_state'))
    await worker.dialog().pick(t('casePage.goal_state'), t('casePage.goal_met'))
    await worker.confirm(t('web.save'))
    const review = await act(worker, 'act_review')
    await review.pick(t('casePage.outcome'), t('casePage.outcome_close'))
    await review.write(t('casePage.findings'), 'Shkon në shkollë çdo ditë.')
    await worker.confirm(t('web.save'))
    const closure = await act(worker, 'act_closure')
    await fillClosure(closure, 'goals_met')
    await worker.confirm(t('casePage.propose'))
    await worker.sees(t('casePage.closure_waits'))

    await head.goTo(sister)
    await head.press(t('casePage.closure_approve'))
    await head.confirm(t('casePage.closure_approve'))
    const visits = head.page.getByRole('list', { name: t('casePage.follow_ups') })
    await visits.waitFor()
    await expect.poll(() => visits.getByRole('listitem').count()).toBe(4)
    for (const count of [1, 3, 6, 12])
      await head.within(visits).sees(t('casePage.follow_up_month', { count }))
  })

  passage('after the closure the worker looks in on the child', async () => {
    const worker = await person('cpw-tirana')
    const { t, page } = worker
    await worker.goTo(sister)
    const visit = await act(worker, 'act_follow_up')
    await visit.pick(t('casePage.seen_whom'), t('casePage.seen_child'))
    await visit.pick(t('casePage.reexploited'), t('casePage.again_no'))
    await visit.write(t('casePage.findings'), 'Shkon në shkollë, nuk del më në rrugë.')
    await worker.confirm(t('web.save'))
    const visits = page.getByRole('list', { name: t('casePage.follow_ups') })
    await worker.within(visits).sees(new RegExp(t('casePage.stage_done', { when: '' }).trim()))
  })

  passage('a citizen tells without a name, and the unit finds it in its list', async () => {
    const citizen = await arrive(browser, country, arrival)
    const { t, page } = citizen
    await page.goto(paths[language].report)
    await citizen.press(new RegExp(`^${t('publicPages.danger_no')}`))
    await page.getByRole('checkbox', { name: t('publicPages.worry_begging') }).check()
    await citizen.press(t('publicPages.next'))
    await page.getByRole('combobox').first().selectOption({ label: 'Tiranë' })
    for (let i = 0; i < 3; i++) await citizen.press(t('publicPages.next'))
    await citizen.at(t('publicPages.check_title'))
    await citizen.press(t('publicPages.send'))
    await citizen.at(t('publicPages.done_title'))
    noComplaints(citizen)
    await citizen.close()

    const worker = await person('cpw-tirana')
    await worker.goTo('/reports')
    const row = worker.page.getByRole('row', { name: new RegExp(t('reportPage.source_public')) })
    await row.first().waitFor()
  })

  passage('the State Agency reads the country’s figures', async () => {
    const agency = await person('state-agency')
    const { t } = agency
    await agency.goTo('/national')
    await agency.choose(t('web.year'), String(new Date().getFullYear()))
    // What this walk has left: two children met in the street, one case that stays open. Each language walks once.
    const walks = language === 'sq' ? 1 : 2
    for (const [figure, count] of [
      ['fieldTeams', 1],
      ['identified', 2 * walks],
      ['managed', walks],
    ] as const) {
      const shown = agency.page.locator('dl > div', { hasText: t(`nationalPage.figure_${figure}`) })
      await expect.poll(() => shown.getByRole('definition').textContent()).toBe(String(count))
    }
    await agency.press(t('nationalPage.as_table'))
    await agency.page.getByRole('row', { name: /Tiran/ }).first().waitFor()
    // A country that is no demo begins with today, not with the year of the demo's history.
    const year = agency.page.getByRole('combobox', { name: t('web.year') })
    await agency.goTo('/national')
    expect(await year.inputValue()).toBe('2018')
    await agency.page.route('**/api/session', async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, json: { ...(await response.json()), demo: false } })
    })
    await agency.goTo('/national')
    expect(await year.inputValue()).toBe(String(new Date().getFullYear()))
  })
})
