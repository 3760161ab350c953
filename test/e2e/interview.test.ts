/** Formal identification at the screen: called on the file, written down and proposed by the police, signed by the social service. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import type { CastName } from '#test/cast.ts'
import { noon } from '#test/http/harness.ts'
import { childItems, fileOf, speaksFor } from '#test/http/interview-life.ts'
import { screeningSteps } from '#test/http/screening-steps.ts'
import { launchBrowser, picture } from './browser.ts'
import { type Country, openCountry } from './country.ts'
import { looksWell } from './eyes.ts'
import { type Arrival, enter, type Hands, noComplaints } from './hands.ts'

let browser: Browser
let country: Country
let file = ''
let code = ''
beforeAll(async () => {
  country = await openCountry({ now: noon })
  browser = await launchBrowser()
  const steps = screeningSteps(() => country.app)
  const { caseId } = await steps.opened()
  await steps.screen('cpw-tirana', { caseId })
  await speaksFor(country.app, caseId)
  file = await fileOf(country.app, caseId)
  code = String((await country.app.as('cpw-tirana').get(`/api/nrm/${file}`)).body.code)
  await country.app.as('state-agency').command('interview_room.set', uuidv7(), {
    nameSq: 'Dhoma e Tiranës',
    nameEn: 'The room of Tirana',
    municipality: '53',
    holder: 'Drejtoria e Policisë',
    audio: true,
    video: true,
    from: '2020-01-01',
    until: null,
  })
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
    await picture(hands.page, `failed-interview-${login}-${arrival.language}`)
    throw error
  } finally {
    await hands.close()
  }
}
const looks = ({ page }: Hands, told: string): Promise<void> =>
  looksWell(page, told, { picture: `interview-${told}` })

describe('formal identification', () => {
  it('is called, held, proposed and signed by those to whom each step belongs', async () => {
    await walk('cpw-tirana', { language: 'sq', width: 1280 }, async (hands) => {
      const { t } = hands
      await hands.goTo(`/nrm/${file}?tab=interview`)
      await hands.press(t('interviewPage.act_call'))
      const dialog = hands.dialog()
      await dialog.pick(t('interviewPage.representative'), 'Ilda Meta')
      await dialog.write(t('interviewPage.planned_at'), '2026-11-24T14:00')
      await hands.confirm(t('interviewPage.act_call'))
      await hands.sees(t('interviewPage.state_SCHEDULED'))
      await looks(hands, 'tab')
    })
    country.app.setClock('2026-11-24T15:00:00.000Z')
    await walk('police', { language: 'sq', width: 1280 }, async (hands) => {
      const { t } = hands
      await hands.goTo('/interviews')
      await hands.sees(t('interviewPage.due_record'))
      await looks(hands, 'list')
      await hands.follow(code)
      await hands.sees('Luan')
      // What will be asked stands there with where it comes from, and what nobody has confirmed says so.
      await hands.sees('its reach to every interview is unconfirmed')
      await hands.sees(`(${t('interviewPage.unconfirmed')})`)
      await hands.press(t('interviewPage.act_record'))
      const dialog = hands.dialog()
      await dialog.write(t('interviewPage.held_at'), '2026-11-24T14:05')
      await dialog.write(t('interviewPage.minutes'), '60')
      for (const role of ['police', 'social_service', 'cpw', 'psychologist', 'representative'])
        await dialog.write(
          t('interviewPage.participant_name', { role: t(`interviewPage.role_${role}`) }),
          `Emri ${role}`,
        )
      await dialog.pick(t('interviewPage.recording'), t('interviewPage.recording_audio_video'))
      await dialog.write(t('interviewPage.recording_reference'), 'R-1')
      await dialog.pick(t('interviewPage.repeated'), t('web.no'))
      for (const { code: item } of childItems.filter(({ met }) => met))
        await dialog.pick(t(`interviewPage.item_${item}`), t('web.yes'))
      // Counsel was not there: the form asks why.
      await dialog.write(
        t('interviewPage.reason_for', { item: t('interviewPage.item_counsel_present') }),
        'Nuk erdhi.',
      )
      await dialog.write(t('interviewPage.notes'), 'Tregon qetë.')
      await hands.confirm(t('interviewPage.act_record'))
      await hands.sees('Nuk erdhi.')
      await hands.press(t('interviewPage.act_propose'))
      const proposal = hands.dialog()
      await proposal.pick(t('interviewPage.conclusion'), t('interviewPage.conclusion_vt'))
      await proposal.tick(t('interviewPage.element_act'))
      await proposal.tick(t('interviewPage.element_purpose'))
      await proposal.tick('128/b')
      await proposal.write(t('interviewPage.basis'), 'Akti dhe qëllimi u vërtetuan.')
      await hands.confirm(t('interviewPage.act_propose'))
      await hands.sees(t('interviewPage.state_PROPOSED'))
      await looks(hands, 'record')
    })
    await walk('social-service', { language: 'en', width: 360 }, async (hands) => {
      const { t } = hands
      await hands.goTo('/interviews')
      await hands.at('Formal interviews')
      await hands.follow(code)
      await hands.press(t('interviewPage.act_sign'))
      await hands.dialog().pick(t('interviewPage.sign_answer'), t('interviewPage.sign_yes'))
      await hands.confirm(t('web.send'))
      await hands.sees('Concluded')
    })
    await walk('state-agency', { language: 'en', width: 1280 }, async (hands) => {
      await hands.goTo('/interviews/rooms')
      await hands.sees('1 of 12 in service')
      await looks(hands, 'rooms')
      await hands.goTo('/interviews')
      await hands.press(hands.t('interviewPage.conformity'))
      await hands.sees('Counsel was present (under 14)')
    })
  })
})
