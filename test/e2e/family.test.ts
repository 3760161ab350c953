/**
 * A family at the screen: a worker begins it, writes a visit for two children at once, is refused a suspect as representative,
 * registers a letter of the police; the head checks it; the worker answers, and what left stands in the file.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { type CastName, unitId } from '#test/cast.ts'
import { assess, goal, Life, openFor, putChild, seen } from '#test/http/case-life.ts'
import { noon } from '#test/http/harness.ts'
import { launchBrowser, picture } from './browser.ts'
import { type Country, openCountry } from './country.ts'
import { looksWell } from './eyes.ts'
import { type Arrival, enter, type Hands, noComplaints } from './hands.ts'

let browser: Browser
let country: Country
let mira = ''
let beni = ''
let code = ''

beforeAll(async () => {
  country = await openCountry({ now: noon })
  browser = await launchBrowser()
  const { app } = country
  mira = (await openFor(app, 'cpw-tirana', { personId: await putChild(app, 'Mira', 'Kola') })).caseId
  const other = await openFor(app, 'cpw-tirana', { personId: await putChild(app, 'Beni', 'Kola') })
  beni = other.caseId
  code = String((await app.as('cpw-tirana').get(`/api/cases/${beni}`)).body.code)
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
    await picture(hands.page, `failed-family-${login}-${arrival.language}`)
    throw error
  } finally {
    await hands.close()
  }
}
const looks = ({ page }: Hands, told: string): Promise<void> =>
  looksWell(page, told, { picture: `family-${told}` })

describe('a family', () => {
  it('is begun, joined by a brother, and visited once for both', async () => {
    await walk('cpw-tirana', { language: 'sq', width: 1280 }, async (hands) => {
      const { t, page } = hands
      await hands.goTo(`/cases/${mira}?tab=family`)
      await hands.press(t('familyPage.open'))
      await hands.dialog().write(t('familyPage.address'), 'Rruga e Dibrës 5')
      await hands.dialog().pick(t('familyPage.take_near'), t('web.no'))
      await hands.confirm(t('familyPage.open'))
      await hands.at(t('familyPage.household'))
      await hands.press(t('familyPage.add_case'))
      await hands.dialog().choose(t('familyPage.case_code'), `${code} · Beni K.`)
      await hands.confirm(t('web.add'))
      await page.getByRole('link', { name: code }).first().waitFor()
      await hands.press(t('familyPage.add_member'))
      await hands.dialog().write(t('familyPage.name'), 'Gëzim Laska')
      await hands.dialog().pick(t('familyPage.sex'), t('web.sex_male'))
      await hands.dialog().pick(t('familyPage.alleged'), t('web.yes'))
      await hands.dialog().pick(t('familyPage.other_side'), t('web.no'))
      await hands.confirm(t('web.add'))
      await hands.sees('Gëzim Laska')
      await hands.press(t('familyPage.together_note'))
      await hands.dialog().choose(t('casePage.note_kind'), t('casePage.note_home_visit'))
      await hands.dialog().write(t('casePage.note_text'), 'Vizitë te të dy fëmijët.')
      await hands.dialog().pick(t('casePage.note_sensitive'), t('web.no'))
      await hands.confirm(t('web.save'))
      // The order stands: the family is told nothing.
      await hands.sees(t('familyPage.may_not'))
      await looks(hands, 'family-sq')
      await hands.press(t('familyPage.assign'))
      const asked = hands.dialog()
      await asked.pick(t('familyPage.representative_kind'), t('familyPage.kind_of_legal_guardian'))
      await asked.write(t('familyPage.name'), 'Gezim Laska')
      await asked.choose(t('familyPage.basis'), t('familyPage.basis_court'))
      await asked.pick(t('familyPage.alleged_question'), t('web.no'))
      await asked.pick(t('familyPage.employed_question'), t('web.no'))
      await asked.press(t('web.save'))
      await asked.sees(t('refusal.representative_in_conflict'))
      await hands.goTo(`/cases/${beni}?tab=timeline`)
      await hands.sees('Vizitë te të dy fëmijët.')
    })
  })

  it('one action is written into the plans of two children at once', async () => {
    const { app } = country
    const planned = async (name: string) => {
      const life = new Life(
        app,
        await openFor(app, 'cpw-tirana', { personId: await putChild(app, name, 'Leka') }),
      )
      await assess(life, 'initial', { ...seen, risk: 'medium' })
      await assess(life, 'comprehensive')
      await life.must('cpw-tirana', 'draft_plan', { goals: [goal(unitId('school-tirana'))] })
      return life
    }
    const [one, other] = [await planned('Ana'), await planned('Eni')]
    const family = uuidv7()
    for (const [type, body] of [
      ['family.open', { caseId: one.id, address: 'Rruga e Dibrës 7' }],
      ['family.add_case', { caseId: other.id }],
    ] as const)
      expect((await app.as('cpw-tirana').command(type, family, body)).status).toBe(200)
    await walk('cpw-tirana', { language: 'sq', width: 1280 }, async (hands) => {
      const { t, page } = hands
      await hands.goTo(`/cases/${one.id}?tab=family`)
      await hands.press(t('familyPage.together_action'))
      const form = hands.dialog()
      for (const name of ['Ana Leka', 'Eni Leka'])
        await page
          .getByRole('dialog')
          .getByLabel(t('familyPage.together_goal', { name }))
          .selectOption({ index: 1 })
      await form.choose(t('casePage.service'), t('casePage.service_education'))
      await form.write(t('casePage.action_text'), 'Libra për të dy')
      await looks(hands, 'action-sq')
      await hands.confirm(t('web.add'))
      await hands.goTo(`/cases/${other.id}?tab=plan`)
      await hands.sees('Libra për të dy')
    })
  })

  it('a letter of the police is checked by the head and answered by the worker, and the file says what left', async () => {
    const arrival: Arrival = { language: 'en', width: 1280 }
    await walk('cpw-tirana', arrival, async (hands) => {
      const { t } = hands
      await hands.goTo(`/cases/${mira}?tab=disclosures`)
      await hands.press(t('rightsPage.receive'))
      const letter = hands.dialog()
      await letter.pick(t('rightsPage.authority'), t('rightsPage.authority_police'))
      await letter.write(t('rightsPage.reference'), '1187/4')
      await letter.write(t('rightsPage.article'), 'Art. 154')
      await letter.write(t('rightsPage.officer'), 'Arben Leka')
      await letter.pick(t('rightsPage.asked'), t('rightsPage.part_identity'))
      await letter.write(t('rightsPage.asked_words'), 'Identity of the child.')
      await hands.confirm(t('web.save'))
      await hands.sees(t('rightsPage.state_received'))
    })
    await walk('head-tirana', arrival, async (hands) => {
      const { t, page } = hands
      await hands.goTo(`/cases/${mira}?tab=disclosures`)
      await page.getByText('1187/4').first().click()
      await hands.press(t('rightsPage.check'))
      const check = hands.dialog()
      await check.pick(t('rightsPage.lawful'), t('web.yes'))
      await check.pick(t('rightsPage.allowed'), t('rightsPage.part_identity'))
      await check.write(t('rightsPage.opinion'), 'As the article says.')
      await hands.confirm(t('web.save'))
      await hands.sees(t('rightsPage.state_lawful'))
    })
    await walk('cpw-tirana', arrival, async (hands) => {
      const { t, page } = hands
      await hands.goTo(`/cases/${mira}?tab=disclosures`)
      await page.getByText('1187/4').first().click()
      await hands.press(t('rightsPage.give'))
      await hands.dialog().write(t('rightsPage.part_identity'), 'Mira Kola')
      await hands.confirm(t('rightsPage.give'))
      await hands.sees(t('rightsPage.state_answered'))
      await hands.sees(t('rightsPage.kind_written_request'))
      await looks(hands, 'disclosures-en')
      await hands.goTo(`/cases/${mira}?tab=rights`)
      await hands.at(t('rightsPage.permissions'))
      await looks(hands, 'rights-en')
    })
  })
})
