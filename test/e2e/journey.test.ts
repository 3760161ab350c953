/**
 * The main job from end to end, in a real browser over the real register: from a sighting in the street to a protected
 * child, once in Albanian at a desk and once in English on a telephone. Two children are seen together: one turns out
 * a potential victim of trafficking, whose case must stay open; the other's case goes the whole way to its follow-ups.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CastName } from '#test/cast.ts'
import { launchBrowser, picture } from './browser.ts'
import { type Country, openCountry } from './country.ts'
import { type Arrival, type Hands, noComplaints, signIn } from './hands.ts'
import { acceptReport, act, assess, makePlan, reportFromStreet } from './steps.ts'

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
  /** Signs in at the first call and stays at their desk. */
  const person = async (login: CastName): Promise<Hands> => {
    const known = people.get(login) ?? (await signIn(browser, country, login, arrival))
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
    await closure.pick(t('casePage.closure_why'), t('casePage.closure_goals_met'))
    await closure.write(t('casePage.explanation'), 'Qëllimet u arritën.')
    await closure.pick(t('casePage.child_view_asked'), t('casePage.view_recorded'))
    await closure.write(t('casePage.child_view_words'), 'Më pëlqen shkolla.')
    await closure.pick(t('casePage.caregiver_view_asked'), t('casePage.view_recorded'))
    await closure.write(t('casePage.caregiver_view_words'), 'Jemi mirë.')
    await closure.write(t('casePage.whom_to_call'), '116 111')
    await worker.confirm(t('casePage.propose'))
    await worker.sees(t('casePage.closure_waits'))

    await head.goTo(sister)
    await head.press(t('casePage.closure_approve'))
    await head.confirm(t('casePage.closure_approve'))
    const visits = head.page.getByRole('list', { name: t('casePage.follow_ups') })
    await visits.waitFor()
    expect(await visits.getByRole('listitem').count()).toBe(4)
    for (const count of [1, 3, 6, 12])
      await head.within(visits).sees(t('casePage.follow_up_month', { count }))
  })
})
