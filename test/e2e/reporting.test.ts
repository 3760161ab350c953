/**
 * A quarter's reports at the screen: the Coordinator's office opens the period, a ministry writes and hands in, the office returns
 * it once and accepts it; the national report is approved by a second person, published and taken away as PDF and workbook. Then a
 * case changes: what was published stays, what is counted now moves.
 */
import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CastName } from '#test/cast.ts'
import { Life, openFor } from '#test/http/case-life.ts'
import type { Loose } from '#test/http/harness.ts'
import { axeFaults, launchBrowser, picture, sidewaysScroll } from './browser.ts'
import { type Country, openCountry } from './country.ts'
import { type Arrival, enter, type Hands, noComplaints } from './hands.ts'

let browser: Browser
let country: Country
let life: Life
beforeAll(async () => {
  country = await openCountry({ now: '2026-08-10T09:00:00.000Z' })
  life = new Life(country.app, await openFor(country.app, 'cpw-tirana'))
  country.app.setClock('2026-11-24T11:00:00.000Z')
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await country?.close()
})

const sq: Arrival = { language: 'sq', width: 1280 }
const walk = async (
  login: CastName,
  arrival: Arrival,
  path: string,
  act: (hands: Hands) => Promise<void>,
) => {
  const hands = await enter(browser, country, login, arrival)
  try {
    await hands.goTo(path)
    await act(hands)
    noComplaints(hands)
  } catch (error) {
    await picture(hands.page, `failed-reporting-${login}`)
    throw error
  } finally {
    await hands.close()
  }
}
const find = async (kind: string, who: CastName): Promise<string> => {
  const { body } = await country.app.as(who).get(`/api/plan-reports?kind=${kind}&mine=true`)
  return `/plan-reports/${String((body.items as unknown as Loose[])[0]?.id)}`
}
const step = async (hands: Hands, act: string, reason?: string): Promise<void> => {
  await hands.press(hands.t(`reporting.act_${act}`))
  if (reason !== undefined) await hands.dialog().write(hands.t('reporting.reason'), reason)
  await hands.confirm(hands.t(`reporting.act_${act}`))
}
const write = async (hands: Hands, summary: string): Promise<void> => {
  await hands.write(hands.t('reporting.summary'), summary)
  await hands.press(hands.t('reporting.act_save'))
  await hands.sees(hands.t('reporting.status_DRAFT'))
}
const quarter = async (hands: Hands, kind: string, plan?: string): Promise<void> => {
  const { t } = hands
  await hands.press(t('reporting.open_period'))
  const dialog = hands.dialog()
  await dialog.choose(t('reporting.kind'), t(`reporting.kind_${kind}`))
  if (plan !== undefined) await dialog.choose(t('reporting.plan'), plan)
  await dialog.write(t('reporting.first_day'), '2026-07-01')
  await dialog.write(t('reporting.last_day'), '2026-09-30')
  await dialog.write(t('reporting.due_day'), '2026-10-30')
  await hands.confirm(t('reporting.open_period'))
}

it('the office opens a quarter for every institution that the plan names', async () => {
  const { body } = await country.app.as('coordinator').get('/api/plans')
  const plan = (body.items as unknown as Loose[]).find((one) => String(one.slug) === 'nap-2018-2020')
  await walk('coordinator', sq, '/plan-reports', async (hands) => {
    await quarter(hands, 'institution_progress', String(plan?.titleSq))
    await quarter(hands, 'national_assessment')
    await hands.sees('ministry-interior')
    expect(await axeFaults(hands.page)).toEqual([])
    await picture(hands.page, 'reporting-list')
  })
})

it('a ministry reports, is asked for more once, and is accepted', async () => {
  const path = await find('institution_progress', 'ministry-interior')
  await walk('ministry-interior', sq, path, async (hands) => {
    await write(hands, 'U miratua ligji për mbrojtjen e viktimave.')
    await step(hands, 'submit')
    await hands.sees(hands.t('reporting.status_SUBMITTED'))
  })
  await walk('coordinator', sq, path, async (hands) => {
    await hands.sees('U miratua ligji për mbrojtjen e viktimave.')
    await step(hands, 'return', 'Shënoni edhe pagesat e tremujorit.')
    await hands.sees(hands.t('reporting.status_RETURNED'))
  })
  await walk('ministry-interior', { language: 'en', width: 360 }, path, async (hands) => {
    await hands.sees(/Shënoni edhe pagesat/)
    expect(await sidewaysScroll(hands.page)).toBe(0)
    expect(await axeFaults(hands.page)).toEqual([])
    await picture(hands.page, 'reporting-write-phone')
    await write(hands, 'U miratua ligji; u paguan 1,2 milionë lekë.')
    await step(hands, 'submit')
  })
  await walk('coordinator', { language: 'en', width: 1280 }, path, async (hands) => {
    await step(hands, 'accept')
    await hands.sees(hands.t('reporting.status_ACCEPTED'))
    expect(await axeFaults(hands.page)).toEqual([])
  })
})

it('the national report is published, and stays as published when a case changes', async () => {
  const path = await find('national_assessment', 'coordinator')
  await walk('coordinator', sq, path, async (hands) => {
    await write(hands, 'Situata e vendit në tremujorin e tretë.')
    await step(hands, 'submit')
  })
  await walk('coordinator2', sq, path, (hands) => step(hands, 'accept'))
  await walk('coordinator', sq, path, (hands) => step(hands, 'consolidate'))
  await walk('coordinator2', sq, path, (hands) => step(hands, 'approve'))
  const urgent = (hands: Hands) =>
    hands.page
      .getByRole('row')
      .filter({ hasText: /Rastet e hapura brenda periudhës, rreziku i të cilave/ })
      .first()
      .innerText()
  await walk('coordinator', sq, path, async (hands) => {
    await step(hands, 'publish')
    await hands.page.reload()
    await hands.sees(hands.t('reporting.status_PUBLISHED'))
    for (const [name, beginning] of [
      [hands.t('reporting.download_pdf'), '%PDF-'],
      [hands.t('reporting.download_excel'), 'PK'],
    ] as const) {
      const [file] = await Promise.all([hands.page.waitForEvent('download'), hands.follow(name)])
      expect(
        readFileSync(await file.path())
          .subarray(0, beginning.length)
          .toString(),
      ).toBe(beginning)
    }
    expect(await urgent(hands)).toMatch(/\b0$/)
    expect(await axeFaults(hands.page)).toEqual([])
    await picture(hands.page, 'reporting-published')
  })
  // A case of that quarter turns out to be in danger.
  expect(await life.try('cpw-tirana', 'set_risk', { risk: 'high', reason: 'Fëmija u kërcënua.' })).toBe('ok')
  await walk('coordinator', sq, path, async (hands) => {
    expect(await urgent(hands)).toMatch(/\b0$/)
    await hands.choose(hands.t('reporting.edition_choice'), hands.t('reporting.as_now'))
    await expect.poll(() => urgent(hands)).toMatch(/\b1$/)
  })
})
