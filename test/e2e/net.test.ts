/** The net and the local level on the screen: coverage, structures, projects, a municipality; by eye, axe and keyboard. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import type { CastName } from '#test/cast.ts'
import { openFor } from '#test/http/case-life.ts'
import { noon } from '#test/http/harness.ts'
import { axeFaultsOfAll, launchBrowser, picture, sidewaysScroll, visit } from './browser.ts'
import { type Country, openCountry } from './country.ts'
import { looksRight } from './eyes.ts'
import { enter, type Hands, noComplaints } from './hands.ts'

let browser: Browser
let country: Country
const cpu = uuidv7()
const plan = uuidv7()

const furnish = async ({ app }: Country): Promise<void> => {
  const must = async (who: CastName, type: string, id: string, body: object) => {
    const { status, body: reply } = await app.as(who).command(type, id, body)
    expect(status, `${type}: ${JSON.stringify(reply)}`).toBe(200)
    return reply
  }
  const names = { nameSq: 'NJMF Tiranë', nameEn: 'Child Protection Unit, Tirana' }
  await must('head-tirana', 'net.add_structure', cpu, {
    kind: 'cpu',
    municipality: '53',
    from: '2018-01-01',
    ...names,
    act: { number: 'Vendim 14', date: '2017-12-20' },
  })
  for (const [sex, qualification, name] of [
    ['female', 'social_work', 'Arta Kodra'],
    ['male', 'psychology', 'Ilir Marku'],
    [null, null, null],
  ] as const) {
    const made = await must('head-tirana', 'net.add_position', cpu, {
      duty: 'child_protection_worker',
      fullTime: true,
      inJobDescription: sex !== 'male',
      from: '2018-01-01',
    })
    if (sex !== null)
      await must('head-tirana', 'net.appoint', cpu, {
        positionId: String(made.reply!.positionId),
        from: '2019-02-01',
        sex,
        qualification,
        name,
      })
  }
  await must('head-tirana', 'net.add_structure', uuidv7(), {
    kind: 'nrm_mechanism',
    municipality: '53',
    from: '2019-01-01',
    nameSq: 'Mekanizmi i Tiranës',
    nameEn: 'Mechanism of Tirana',
  })
  await must('border-police', 'net.add_structure', uuidv7(), {
    kind: 'border_post',
    crossing: 'L02',
    from: '2018-01-01',
    nameSq: 'Hani i Hotit',
    nameEn: 'Hani i Hotit',
  })
  const node = uuidv7()
  await app.db.admin(`
    insert into action_plan (id, slug, kind, title_sq, title_en, municipality, period_from, period_to, status, current_version, approved_at)
      values ('${plan}', 'tirana-2026', 'municipal', 'Plani social i Tiranës 2026', 'Social plan of Tirana 2026', '53', '2026-01-01', '2026-12-31', 'approved', 1, now());
    insert into action_plan_version (plan_id, plan_version, status, head, created_at, approved_at)
      values ('${plan}', 1, 'approved', '{}', now(), now());
    insert into action_plan_node (id, plan_id, plan_version, kind, ordinal, uid, code, title_sq, title_en)
      values ('${node}', '${plan}', 1, 'activity', 0, '1.1', '1.1', 'Ekipe terreni në çdo njësi', 'Field teams in each unit');
    insert into action_plan_activity (id, plan_id, plan_version) values ('${node}', '${plan}', 1);`)
  const line = { municipality: '53', year: 2026 }
  await must('director-tirana', 'local.set_line', uuidv7(), {
    ...line,
    side: 'expense',
    topic: 'field_teams',
    source: 'mining_rent',
    accountGroup: 'wages',
    planId: plan,
    activityUid: '1.1',
    planned: 4_500_000,
    executed: 1_200_000,
  })
  await must('director-tirana', 'local.set_line', uuidv7(), {
    ...line,
    side: 'income',
    topic: 'mining_rent',
    source: 'own',
    planned: 3_000_000,
  })
  const [above] = await app.db.admin<{ id: string; uid: string }>(
    `select p.id, n.uid from action_plan_activity a join action_plan_node n on n.id = a.id
     join action_plan p on p.id = a.plan_id where p.slug = 'nap-2018-2020' order by n.ordinal limit 1`,
  )
  await must('director-tirana', 'local.serve', uuidv7(), {
    planId: plan,
    activityUid: '1.1',
    servesPlan: above!.id,
    servesUid: above!.uid,
  })
  for (let n = 0; n < 6; n += 1) await openFor(app, 'cpw-tirana')
}

beforeAll(async () => {
  country = await openCountry({ now: noon })
  await furnish(country)
  browser = await launchBrowser()
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await country?.close()
})

const withHands = async (
  login: CastName,
  language: 'sq' | 'en',
  walk: (hands: Hands) => Promise<void>,
): Promise<void> => {
  const hands = await enter(browser, country, login, { language, width: 1280 })
  try {
    await walk(hands)
    noComplaints(hands)
  } catch (error) {
    await picture(hands.page, `failed-net-${login}-${language}`)
    throw error
  } finally {
    await hands.close()
  }
}

const screens: readonly (readonly [string, CastName, () => string, 'sq' | 'en'])[] = [
  ['coverage', 'coordinator', () => '/net', 'sq'],
  ['structures', 'head-tirana', () => '/net/structures', 'en'],
  ['structure', 'head-tirana', () => `/net/structures/${cpu}`, 'sq'],
  ['projects', 'coordinator', () => '/projects', 'en'],
  ['projects-sq', 'school', () => '/projects', 'sq'],
  ['local-list', 'coordinator', () => '/local', 'en'],
  ['local', 'director-tirana', () => '/local/53', 'sq'],
  ['local-cpu', 'head-tirana', () => '/local', 'en'],
]

describe('every screen', () => {
  it.each(screens)('%s', async (name, login, path, language) => {
    await withHands(login, language, async (hands) => {
      await hands.goTo(path())
      await hands.settled()
      await looksRight(hands.page, name, { picture: `net-${name}` })
    })
  })
})

describe('the map and its table', () => {
  it('say the same by keyboard; another day is another net', async () => {
    await withHands('coordinator', 'en', async (hands) => {
      const { page, t } = hands
      await hands.goTo('/net')
      await page.locator('#m-53').focus()
      await hands.sees(t('netPage.have_of', { have: 3, all: 6 }))
      await page.keyboard.press('ArrowDown')
      expect(await page.evaluate(() => document.activeElement?.id)).not.toBe('m-53')
      await hands.press(t('nationalPage.as_table'))
      const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Tiranë' }) })
      await row.first().waitFor()
      expect(await row.first().innerText()).toContain('3/6')
      await looksRight(hands.page, 'coverage-table', { picture: 'net-coverage-table' })
      await hands.write(t('netPage.as_of'), '2017-06-30')
      await hands.sees(/30 June 2017/)
      await expect.poll(() => row.first().innerText()).toContain('0/6')
    })
  })
})

describe('whoever keeps a structure', () => {
  it('staffs a vacant post; who keeps nothing finds no button', async () => {
    await withHands('head-tirana', 'sq', async (hands) => {
      const { page, t } = hands
      await hands.goTo(`/net/structures/${cpu}`)
      await hands.sees(t('netPage.vacant'))
      await page
        .getByRole('button', { name: new RegExp(t('netPage.appoint')) })
        .first()
        .click()
      const dialog = hands.dialog()
      await dialog.write(t('netPage.from'), '2017-05-01')
      await dialog.pick(t('netPage.sex'), t('netPage.sex_female'))
      await dialog.choose(t('netPage.qualification'), t('netPage.qualification_law'))
      await dialog.write(t('netPage.person'), 'Besa Gjoni')
      await dialog.press(t('web.save'))
      await dialog.sees(t('refusal.net_outside_position'))
      await looksRight(hands.page, 'appoint', { picture: 'net-appoint' })
      await dialog.write(t('netPage.from'), '2026-11-01')
      await dialog.confirm(t('web.save'))
      await hands.sees('Besa Gjoni')
      await expect.poll(() => page.getByText(t('netPage.vacant'), { exact: true }).count()).toBe(0)
    })
    await withHands('school', 'sq', async (hands) => {
      await hands.goTo(`/net/structures/${cpu}`)
      await hands.sees(hands.t('netPage.posts'))
      await hands.settled()
      await expect.poll(() => hands.page.getByText('Besa Gjoni').count()).toBe(0)
      expect(
        await hands.page
          .getByRole('main')
          .getByRole('button', { name: hands.t('netPage.appoint') })
          .count(),
      ).toBe(0)
    })
  })

  it('a director enters a line of the budget', async () => {
    await withHands('director-tirana', 'en', async (hands) => {
      const { t } = hands
      await hands.goTo('/local/53')
      await hands.press(t('localPage.add_expense'))
      const dialog = hands.dialog()
      await dialog.choose(t('localPage.topic'), t('localPage.topic_emergency_services'))
      await dialog.choose(t('localPage.source'), t('localPage.source_state'))
      await dialog.choose(t('localPage.account_group'), t('localPage.group_operating'))
      await dialog.write(t('localPage.planned_lek'), '2 000 000')
      await looksRight(hands.page, 'line', { picture: 'net-line' })
      await dialog.confirm(t('web.save'))
      await hands.sees(t('localPage.topic_emergency_services'))
      await hands.sees(/6[\s,.]?500[\s,.]?000/)
    })
  })
})

describe('who does what, for everybody', () => {
  it.each([
    ['/aktoret', 'sq', 'light'],
    ['/en/projects', 'en', 'dark'],
  ] as const)('%s needs no script and fits a phone', async (path, language, theme) => {
    for (const width of [360, 1280]) {
      const context = await visit(browser, {
        width,
        theme,
        language,
        script: false,
        baseURL: country.baseURL,
      })
      try {
        const page = await context.newPage()
        await page.goto(path)
        await expect.poll(() => page.getByRole('heading', { level: 1 }).count()).toBe(1)
        expect(await page.getByRole('listitem').count()).toBeGreaterThan(4)
        expect(await sidewaysScroll(page), `${path} ${width}`).toBe(0)
        await picture(page, `net-public-${language}-${width}`)
        await page.setViewportSize({ width: 320, height: 640 })
        expect(await sidewaysScroll(page), `${path} 320`).toBe(0)
      } finally {
        await context.close()
      }
    }
    const context = await visit(browser, { width: 360, theme, language, baseURL: country.baseURL })
    try {
      const page = await context.newPage()
      await page.goto(path)
      expect(await axeFaultsOfAll(page), path).toEqual([])
    } finally {
      await context.close()
    }
  })
})
