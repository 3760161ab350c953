/**
 * The police register a proceeding and refer it; the prosecution takes it to a judgment with compensation; the police see no
 * help and no sum; the child's keeper reads how far it is.
 */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { type CastName, unitId } from '#test/cast.ts'
import { noon } from '#test/http/harness.ts'
import { justiceSteps } from '#test/http/justice-life.ts'
import { axeFaultsOfAll, launchBrowser, picture, sidewaysScroll } from './browser.ts'
import { type Country, openCountry } from './country.ts'
import { enter, type Hands, noComplaints } from './hands.ts'

let browser: Browser
let country: Country
beforeAll(async () => {
  country = await openCountry({ now: noon })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await country?.close()
})

const looks = async (page: Page, told: string, width = 1280): Promise<void> => {
  await page.setViewportSize({ width, height: 900 })
  expect(await axeFaultsOfAll(page), told).toEqual([])
  expect(await sidewaysScroll(page), told).toBe(0)
  await picture(page, `justice-${told}`)
}
const as = async (login: CastName, act: (hands: Hands) => Promise<void>, language: 'sq' | 'en' = 'sq') => {
  const hands = await enter(browser, country, login, { language, width: 1280 })
  try {
    await act(hands)
    noComplaints(hands)
  } catch (error) {
    await picture(hands.page, `failed-justice-${login}`)
    throw error
  } finally {
    await hands.close()
  }
}

it('a proceeding from the police to a judgment with compensation, each seeing their part', async () => {
  const { child, refer } = justiceSteps(() => country.app)
  const { caseId, code, nrmId } = await child()
  await refer(caseId)
  const word = (hands: Hands, key: string) => hands.t(`justicePage.${key}`)
  const act = async (hands: Hands, name: string, fill: (form: Hands) => Promise<void>) => {
    await hands.press(word(hands, `act_${name}`))
    await fill(hands.dialog())
    await hands.confirm(word(hands, `act_${name}`))
  }
  let path = ''
  await as('police', async (hands) => {
    const { page } = hands
    await hands.goTo('/proceedings')
    await looks(page, 'list-police')
    await hands.follow(word(hands, 'new'))
    await hands.at(word(hands, 'new'))
    await hands.write(word(hands, 'act_from'), '2026-10-01')
    await page.getByLabel(word(hands, 'article')).first().selectOption('128/b')
    await page.getByLabel(word(hands, 'origin')).first().selectOption('denunciation')
    await page.getByLabel(word(hands, 'to_office')).first().selectOption(unitId('prosecution-tirana'))
    await hands.write(word(hands, 'facts'), 'Një i rritur e detyroi të lypte.')
    await looks(page, 'new', 360)
    await page.setViewportSize({ width: 1280, height: 900 })
    await hands.press(word(hands, 'register'))
    await hands.at(/PP-2026-/)
    await hands.sees(word(hands, 'police_limited'))
    await act(hands, 'add_victim', async (form) => {
      await form.pick(word(hands, 'subject'), word(hands, 'subject_child'))
      await form.write(word(hands, 'victim_code'), code)
    })
    await hands.sees(code)
    await hands.settled()
    await expect.poll(() => page.getByRole('heading', { name: word(hands, 'compensation') }).count()).toBe(0)
    path = new URL(page.url()).pathname.replace('/app', '')
    await looks(page, 'police')
  })
  await as('prosecutor', async (hands) => {
    const { page } = hands
    await hands.goTo(path)
    for (const [stage, outcome] of [
      ['investigation', ''],
      ['charged', ''],
      ['trial', ''],
      ['judgment', 'convicted'],
    ] as const) {
      await act(hands, 'move', async (form) => {
        await form.pick(word(hands, 'to_stage'), word(hands, `stage_${stage}`))
        if (outcome !== '') await form.pick(word(hands, 'outcome'), word(hands, `outcome_${outcome}`))
      })
      await hands.sees(word(hands, 'step_moved').replace('{{stage}}', word(hands, `stage_${stage}`)))
    }
    await act(hands, 'claim', (form) => form.write(word(hands, 'amount'), '1 000 000'))
    await act(hands, 'decide_claim', (form) => form.write(word(hands, 'amount'), '600000'))
    await hands.sees(word(hands, 'claim_awarded'))
    await act(hands, 'assign_aid', async (form) => {
      await form.pick(word(hands, 'aid'), word(hands, 'aid_lawyer'))
      await form.write(word(hands, 'provider'), 'Av. Provë')
    })
    await act(hands, 'set_next', (form) => form.write(word(hands, 'next'), '2026-12-10'))
    await hands.sees('Av. Provë')
    await looks(page, 'full')
    await looks(page, 'full-narrow', 360)
  })
  await as('responsible-authority', async (hands) => {
    await hands.goTo(`/nrm/${nrmId}?tab=justice`)
    await hands.sees('600 000 lekë')
    await looks(hands.page, 'tab')
    await hands.goTo('/proceedings/closed')
    await looks(hands.page, 'closed', 360)
  })
  await as(
    'cpw-tirana',
    async (hands) => {
      await hands.goTo(`/nrm/${nrmId}?tab=justice`)
      await hands.at(/Proceeding PP-2026-/)
      await looks(hands.page, 'tab-en', 360)
      await hands.goTo(`/cases/${caseId}?tab=measures`)
      await hands.at(/Proceeding PP-2026-/)
    },
    'en',
  )
  // Somebody else's proceeding is as absent as one that never was.
  await as('police', async (hands) => {
    await hands.page.goto(`/app/proceedings/${uuidv7()}`)
    await hands.at(/./)
    await hands.settled()
    await expect.poll(() => hands.page.getByRole('heading', { name: /PP-/ }).count()).toBe(0)
  })
})
