/**
 * The staff application for every role and every eye: its rooms open without a complaint, hold at 320 pixels, satisfy
 * axe in both themes with every dialog open, obey the keyboard, and lose nothing that was being written.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { actorOf, type CastName, castNames, unitId } from '#test/cast.ts'
import { activePlan, assess, closed, goal, Life, openFor, seen } from '#test/http/case-life.ts'
import { noon } from '#test/http/harness.ts'
import { axeFaults, focused, launchBrowser, picture, sidewaysScroll } from './browser.ts'
import { type Country, openCountry, password } from './country.ts'
import { inDialog, looksRight } from './eyes.ts'
import { type Arrival, enter, type Hands, noComplaints } from './hands.ts'
import { act, concern } from './steps.ts'

let browser: Browser
let country: Country
const desk: Arrival = { language: 'sq', width: 1280 }
const at: Record<'report' | 'case' | 'closed' | 'fresh' | 'planning' | 'referral', string> = {
  report: uuidv7(),
  referral: uuidv7(),
  case: '',
  closed: '',
  fresh: '',
  planning: '',
}

/** Something in every room: a waiting report, cases at several stages, a referral that waits for its answer. */
const furnish = async ({ app }: Country): Promise<void> => {
  const must = async (who: CastName, type: string, id: string, body: object) => {
    const { status, body: reply } = await app.as(who).command(type, id, body)
    expect(status, `${type}: ${JSON.stringify(reply)}`).toBe(200)
  }
  at.case = (await activePlan(app)).id
  at.closed = (await closed(app)).id
  at.fresh = (await openFor(app, 'cpw-tirana')).caseId
  // A plan that is being written, and the case that is to go to another unit.
  const planning = new Life(app, await openFor(app, 'cpw-tirana'))
  at.planning = planning.id
  await assess(planning, 'initial', { ...seen, risk: 'low' })
  await assess(planning, 'comprehensive')
  await assess(planning, 'best_interests')
  await planning.must('cpw-tirana', 'draft_plan', { goals: [goal(unitId('school-tirana'))] })
  await planning.must('cpw-tirana', 'request_transfer', {
    toUnitId: unitId('cpu-durres'),
    reason: 'Familja u shpërngul në Durrës.',
  })
  await must('school', 'report.create', at.report, {
    source: 'school',
    channel: 'web',
    place: { municipality: '53', text: 'Shkolla 9-vjeçare' },
    immediacy: 'high',
    concerns: ['begging', 'neglect'],
    narrative: 'Mungon prej dy javësh.',
    children: [{ givenName: 'Ardi', familyName: 'Çela', sex: 'male' }],
  })
  await must('cpw-tirana', 'referral.send', at.referral, {
    caseId: at.case,
    toUnitId: unitId('shelter-tirana'),
    service: 'emergency_shelter',
    said: { needs: 'Një shtrat sonte.' },
    grounds: [{ kind: 'law', ref: 'ligji 18/2017, neni 51' }],
    objection: 'none',
  })
}

beforeAll(async () => {
  country = await openCountry({ now: noon })
  await furnish(country)
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await country?.close()
})

const withHands = async (
  login: CastName,
  arrival: Arrival,
  walk: (hands: Hands) => Promise<void>,
): Promise<void> => {
  const hands = await enter(browser, country, login, arrival)
  try {
    await walk(hands)
    noComplaints(hands)
  } catch (error) {
    await picture(hands.page, `failed-staff-${login}-${arrival.language}`)
    throw error
  } finally {
    await hands.close()
  }
}

const logins = [...new Map(castNames.map((name) => [actorOf(name).role, name])).values()]

describe('every role', () => {
  it.each(logins)('%s finds each of its rooms', async (login) => {
    await withHands(login, desk, async (hands) => {
      const { page, t } = hands
      await hands.goTo('/')
      // Those under a heading too, which is opened for each.
      const links = page.getByRole('banner').getByRole('navigation').locator('a')
      const count = await links.count()
      expect(count).toBeGreaterThan(0)
      for (let i = 0; i < count; i++) {
        await links.nth(i).evaluate((link) => link.closest('details')?.setAttribute('open', ''))
        await links.nth(i).click()
        // Only when the new page stands is its heading not the last one's.
        const told = `${login}: ${page.url()}`
        await expect.poll(() => links.nth(i).getAttribute('aria-current'), { message: told }).toBe('page')
        await page.getByRole('main').getByRole('heading', { level: 1 }).first().waitFor()
        expect(await page.getByRole('heading', { name: t('web.not_found') }).count(), told).toBe(0)
        expect(await sidewaysScroll(page), told).toBe(0)
        noComplaints(hands)
      }
    })
  })
})

const screens: readonly (readonly [CastName, () => string])[] = [
  ['cpw-tirana', () => '/'],
  ['cpw-tirana', () => '/reports'],
  ['cpw-tirana', () => `/reports/${at.report}`],
  ['cpw-tirana', () => '/reports/new'],
  ['cpw-tirana', () => '/cases'],
  ['cpw-tirana', () => '/services'],
  ['cpw-tirana', () => `/cases/${at.case}`],
  ['cpw-tirana', () => `/cases/${at.case}?tab=plan`],
  ['cpw-tirana', () => `/cases/${at.case}?tab=timeline`],
  ['cpw-tirana', () => `/cases/${at.case}?tab=assessments`],
  ['cpw-tirana', () => `/cases/${at.case}?tab=screening`],
  ['cpw-tirana', () => `/cases/${at.case}?tab=referrals`],
  ['cpw-tirana', () => `/cases/${at.case}?tab=measures`],
  ['cpw-tirana', () => `/cases/${at.case}?tab=readers`],
  ['cpw-tirana', () => `/cases/${at.fresh}/assessment/initial`],
  ['cpw-tirana', () => `/cases/${at.case}/refer`],
  ['cpw2-tirana', () => `/cases/${at.case}`],
  ['cpw-tirana', () => `/cases/${at.closed}`],
  ['cpw-tirana', () => '/account'],
  ['field-tirana', () => '/reports/new'],
  ['border-police', () => '/screening'],
  ['head-tirana', () => '/hotspots'],
  ['shelter', () => '/referrals'],
  ['shelter', () => `/referrals/${at.referral}`],
  ['cpw-tirana', () => `/cases/${at.case}/screening/trafficking`],
  ['head-tirana', () => '/unit'],
  ['state-agency', () => '/national'],
  ['state-agency', () => '/law'],
  ['internal-affairs', () => '/tips'],
  ['admin', () => '/admin'],
  ['dpo', () => '/access'],
]

describe('every screen', () => {
  it.each(screens.map(([login, path], i) => ({ login, path, n: i })))(
    '$login, screen $n',
    async ({ login, path, n }) => {
      await withHands(login, { language: n % 2 === 0 ? 'sq' : 'en', width: 1280 }, async (hands) => {
        await hands.goTo(path())
        await hands.settled()
        await looksRight(hands.page, `${login} ${path()}`)
      })
    },
  )

  const dialogs = [
    'act_risk',
    'act_person',
    'act_conference',
    'act_service',
    'act_measure',
    'act_review',
    'act_note',
    'act_transfer',
  ]
  /** Opens its dialog, looks, sends it empty where it asks something, looks again, leaves. */
  const lookAt = async (hands: Hands, told: string, asks = true): Promise<void> => {
    const dialog = hands.page.getByRole('dialog')
    await dialog.waitFor()
    await looksRight(hands.page, told)
    if (asks) {
      // A fault names its field, takes the focus, and is still readable.
      await dialog.locator('button[type=submit]').click()
      await dialog.getByRole('alert').waitFor()
      await looksRight(hands.page, `${told}, faults`, { within: inDialog })
    }
    await hands.page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  }
  it('the dialogs of a plan, a closure, a transfer to be answered and a referral to be withdrawn', async () => {
    await withHands('cpw-tirana', { language: 'sq', width: 1280 }, async (hands) => {
      const { t } = hands
      await hands.goTo(`/cases/${at.fresh}`)
      await act(hands, 'act_closure')
      await lookAt(hands, 'closure')
      await hands.goTo(`/cases/${at.planning}?tab=plan`)
      await hands.press(t('casePage.goal_add'))
      await lookAt(hands, 'goal')
      await hands.press(t('casePage.plan_approve'))
      await lookAt(hands, 'plan')
      await hands.press(t('web.withdraw'))
      await lookAt(hands, 'transfer, withdrawn', false)
      await hands.goTo(`/referrals/${at.referral}`)
      await hands.press(t('referral.act_withdraw'))
      await lookAt(hands, 'referral, withdrawn', false)
    })
  })
  it('the dialogs of a case', async () => {
    await withHands('cpw-tirana', { language: 'en', width: 1280 }, async (hands) => {
      await hands.goTo(`/cases/${at.case}`)
      for (const word of dialogs) {
        await act(hands, word)
        await lookAt(hands, word)
      }
    })
  })
})

describe('from the keyboard', () => {
  it('skips, searches, lists the keys, moves along rows and leaves layers', async () => {
    await withHands('cpw-tirana', desk, async (hands) => {
      const { page, t } = hands
      const { keyboard } = page
      const dialog = page.getByRole('dialog')
      await hands.goTo('/')
      await page.locator('[data-row]').first().waitFor()
      await keyboard.press('Tab')
      expect(await focused(page)).toBe(t('web.skip'))
      await keyboard.press('Enter')
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('content')

      await keyboard.press('/')
      await dialog.waitFor()
      const addresses: string[] = []
      page.on('request', (request) => addresses.push(request.url()))
      await page.keyboard.type('Ardi')
      await page.getByRole('option').first().waitFor()
      // The name that is looked for stands in no address.
      await expect.poll(() => addresses.some((url) => url.endsWith('/api/search'))).toBe(true)
      expect(addresses.filter((url) => /ardi/i.test(url))).toEqual([])
      expect(await axeFaults(page)).toEqual([])
      await keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
      await keyboard.press('?')
      await dialog.getByRole('heading', { name: t('web.keyboard') }).waitFor()
      expect(await axeFaults(page)).toEqual([])
      await keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
      await keyboard.press('Control+k')
      await dialog.waitFor()
      await keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })

      await keyboard.press('j')
      const first = await focused(page)
      await keyboard.press('j')
      expect(await focused(page)).not.toBe(first)
      await keyboard.press('k')
      expect(await focused(page)).toBe(first)
      await keyboard.press('g')
      await keyboard.press('r')
      await hands.at(t('casePage.title'))
    })
  })
})

describe('nothing is lost', () => {
  const words = 'Nëna tha se babai u kthye dje.'

  it('a draft waits through signing out, for the same person only', async () => {
    await withHands('cpw-tirana', desk, async (hands) => {
      const { page, t } = hands
      await hands.goTo(`/cases/${at.case}`)
      await hands.press(t('casePage.act_note'))
      await hands.dialog().write(t('casePage.note_text'), words)
      await page
        .getByRole('status', { name: t('web.state_saved') })
        .or(page.getByTitle(t('web.state_saved')))
        .first()
        .waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: /Person cpw-tirana/ }).click()
      await hands.press(t('web.sign_out'))
      await hands.write(t('web.login'), 'cpw-tirana')
      await hands.write(t('web.password'), password)
      await hands.press(t('web.sign_in'))
      await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'))
      await hands.goTo(`/cases/${at.case}`)
      await hands.press(t('casePage.act_note'))
      await expect
        .poll(() => page.getByRole('dialog').getByLabel(t('casePage.note_text')).inputValue(), {
          timeout: 20_000,
        })
        .toBe(words)
    })
  })

  it('the page locks when nobody touches it, and opens with everything still there', async () => {
    await withHands('cpw2-tirana', desk, async (hands) => {
      const { page, t } = hands
      await page.clock.install()
      await hands.goTo('/reports/new')
      await hands.write(t('reportPage.narrative'), words)
      await page.clock.fastForward('20:00')
      await hands.at(t('web.locked'))
      expect(await axeFaults(page)).toEqual([])
      await hands.dialog().write(t('web.password'), password)
      await hands.dialog().press(t('web.continue'))
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      expect(await page.getByLabel(t('reportPage.narrative')).inputValue()).toBe(words)
    })
  })

  it('the other language comes in place, and what was written stays', async () => {
    await withHands('cpw2-tirana', desk, async (hands) => {
      const { page, t } = hands
      await hands.goTo('/reports/new')
      await hands.write(t('reportPage.place'), 'Te Zogu i Zi')
      await page.getByRole('button', { name: 'EN', exact: true }).click()
      await page.getByRole('heading', { name: 'New report', level: 1 }).waitFor()
      await page.getByRole('checkbox', { name: concern('begging', 'en') }).waitFor()
      expect(await page.getByLabel(/^Place/).inputValue()).toBe('Te Zogu i Zi')
      expect(await page.evaluate(() => document.documentElement.lang)).toBe('en')
    })
  })

  it('language and look are kept by the browser: the page comes in them from its first line on', async () => {
    await withHands('cpw2-tirana', desk, async ({ page, goTo, t }) => {
      await goTo('/')
      await page.locator('button.who').click()
      await page.getByLabel(t('web.theme'), { exact: true }).selectOption('dark')
      await page.getByLabel(t('web.language'), { exact: true }).selectOption('en')
      await page.waitForFunction(() => document.documentElement.lang === 'en')
      const sent = await (await page.reload())?.text()
      expect(sent).toContain('<html lang="en" data-theme="dark" data-density="roomy" data-keys="on">')
      await page.getByRole('heading', { level: 1 }).waitFor()
      const { lang, theme } = await page.evaluate(() => ({
        lang: document.documentElement.lang,
        theme: document.documentElement.dataset.theme,
      }))
      expect([lang, theme]).toEqual(['en', 'dark'])
    })
  })
})
