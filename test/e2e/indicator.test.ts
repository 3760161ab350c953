/**
 * Indicators in the browser: the catalogue found and filtered, a figure over time with its table, split without small
 * numbers, a figure brought with evidence, and a survey; on a phone and a desk, in both languages.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { userId } from '#test/cast.ts'
import { openFor } from '#test/http/case-life.ts'
import { noon } from '#test/http/harness.ts'
import { axeFaultsOfAll, launchBrowser, picture, sidewaysScroll } from './browser.ts'
import { type Country, openCountry } from './country.ts'
import { enter, noComplaints } from './hands.ts'

let browser: Browser
let country: Country
const survey = uuidv7()

const question = {
  key: 'knows',
  textSq: 'A e njihni linjën falas 116 006?',
  textEn: 'Do you know the free line 116 006?',
  answers: [
    { code: 'yes', textSq: 'Po', textEn: 'Yes', counts: true },
    { code: 'no', textSq: 'Jo', textEn: 'No', counts: false },
  ],
}

const furnish = async ({ app }: Country): Promise<void> => {
  for (let n = 0; n < 14; n += 1) {
    const { caseId } = await openFor(app, n % 3 === 0 ? 'cpw-durres' : 'cpw-tirana')
    await app.db.admin(
      `update person set sex = $2, born_from = 2010, born_to = 2010 where id = (select person_id from case_file where id = $1)`,
      [caseId, n < 11 ? 'female' : 'male'],
    )
    await app.db.admin(
      `insert into identification_record (id, case_id, person_id, status, on_day, structure, forms, territory, prior_trafficking, signatories, by_id, at)
       select gen_random_uuid(), id, person_id, 'vmt', date '2026-11-20' - $2::int, 'police', '{labour}', 'internal', false, '{}', $3, now() from case_file where id = $1`,
      [caseId, n * 55, userId('police')],
    )
  }
  const ask = async (type: string, body: object, baseVersion?: number) => {
    const reply = await app
      .as('coordinator')
      .command(type, survey, body, baseVersion === undefined ? {} : { baseVersion })
    expect(reply.status, JSON.stringify(reply.body)).toBe(200)
  }
  await ask('survey.create', {
    kind: 'population',
    titleSq: 'Njohja e linjës falas',
    titleEn: 'Knowing the free line',
    instrument: 'Pyetësor i shkurtër',
    instrumentVersion: '1',
    population: '18–65 vjeç, gjithë vendi',
    indicatorIds: ['S004-PREV-1.a.3-i3'],
    questions: [question],
  })
  for (const [at, [year, yes]] of (
    [
      [2024, 180],
      [2025, 260],
      [2026, 310],
    ] as const
  ).entries())
    await ask(
      'survey.add_wave',
      {
        from: `${year}-03-01`,
        to: `${year}-03-31`,
        method: 'Me telefon',
        sample: 1000,
        answered: 600,
        counts: [
          { question: 'knows', answer: 'yes', n: yes },
          { question: 'knows', answer: 'no', n: 600 - yes },
        ],
      },
      at + 1,
    )
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

const pages = [
  ['list', '/indicators?plan=nap-2018-2020&pillar=PROT'],
  ['counted', '/indicators/S004-PROT-G1-i1'],
  ['entered', '/indicators/S004-PREV-1.a.3-i3'],
  ['surveys', '/surveys'],
  ['survey', `/surveys/${survey}`],
] as const

it.each([
  ['sq', 360],
  ['en', 1280],
] as const)('every page in %s at %i pixels: no fault, no sideways scroll', async (language, width) => {
  const hands = await enter(browser, country, 'coordinator', { language, width })
  try {
    for (const [name, path] of pages) {
      await hands.goTo(path)
      await hands.page.locator('main h1').first().waitFor()
      await hands.settled()
      await picture(hands.page, `indicator-${name}-${language}-${width}`)
      expect(await axeFaultsOfAll(hands.page), `${name} ${language}`).toEqual([])
      expect(await sidewaysScroll(hands.page), `${name} ${language}`).toBe(0)
    }
    noComplaints(hands)
  } finally {
    await hands.close()
  }
})

it('from the catalogue to a figure split by sex, small numbers hidden; a figure is brought and corrected', async () => {
  const hands = await enter(browser, country, 'coordinator', { language: 'en', width: 1280 })
  const { page } = hands
  try {
    await hands.goTo('/indicators')
    await page.getByLabel('Search in wording or code').fill('identifications')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'Total number of identifications' }).click()
    await page.getByRole('img', { name: /^Over time/ }).waitFor()
    await page.getByText('Operational, not official').waitFor()
    await page.getByLabel('Period').first().selectOption('year')
    await page.getByRole('img', { name: /^Over time/ }).waitFor()
    await page.getByLabel('Split by').selectOption('sex')
    await page
      .getByRole('row', { name: /boys and men/ })
      .getByText('1–4')
      .waitFor()
    await picture(page, 'indicator-split-en')
    await hands.goTo('/indicators/S004-PROS-1.a.1-i1')
    await page.getByRole('button', { name: 'Bring a figure' }).click()
    await page.getByLabel('First day').fill('2026-01-01')
    await page.getByLabel('Last day').fill('2026-12-31')
    await page.getByRole('textbox', { name: /^Figure/ }).fill('1')
    await page.getByLabel('What shows it').fill('Fletorja zyrtare 12/2026')
    await page.getByRole('dialog').getByRole('button', { name: 'Bring a figure' }).click()
    await page.getByRole('row', { name: /Fletorja zyrtare/ }).waitFor()
    await page.getByRole('button', { name: 'Correct' }).click()
    await page.getByRole('textbox', { name: /^Figure/ }).fill('7')
    await page.getByLabel('Why it is corrected').fill('gabim')
    await page.getByRole('dialog').getByRole('button', { name: 'Correct' }).click()
    await page.getByText('This figure cannot be').first().waitFor()
    expect(await axeFaultsOfAll(page)).toEqual([])
    await page.getByRole('textbox', { name: /^Figure/ }).fill('0')
    await page.getByRole('dialog').getByRole('button', { name: 'Correct' }).click()
    await page.getByText('version 2').waitFor()
  } finally {
    await hands.close()
  }
})
