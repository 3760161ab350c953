/** A return planned, travelled and handed over by the social service, with a packet made and recalled; contacts and agreements beside it. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { cardText } from '#server/packet/container.ts'
import { cardOf, countryKeysOf, fingerprintOf } from '#server/packet/keys.ts'
import type { CastName } from '#test/cast.ts'
import { noon } from '#test/http/harness.ts'
import { takenAdult } from '#test/http/nrm-life.ts'
import { axeFaultsOfAll, launchBrowser, picture, sidewaysScroll } from './browser.ts'
import { type Country, openCountry } from './country.ts'
import { type Arrival, enter, type Hands, noComplaints } from './hands.ts'

let browser: Browser
let country: Country
let file = ''
let code = ''
let back = ''
const there = 'Zyra e Prishtinës'
const send = async (who: CastName, type: string, id: string, body: object, baseVersion?: number) => {
  const reply = await country.app
    .as(who)
    .command(type, id, body, baseVersion === undefined ? {} : { baseVersion })
  expect(reply.status, `${type} ${JSON.stringify(reply.body)}`).toBe(200)
  return reply.body
}
beforeAll(async () => {
  country = await openCountry({ now: noon })
  browser = await launchBrowser()
  const authority = 'responsible-authority'
  const abroad = uuidv7()
  const card = cardOf('XK', countryKeysOf(Buffer.alloc(32, 9)))
  await send(authority, 'counterpart.set', abroad, {
    country: 'XK',
    kind: 'anti_trafficking',
    institution: there,
    email: 'zyra@example.org',
    validFrom: '2026-01-01',
  })
  await send(authority, 'counterpart.set_keys', abroad, { card: cardText(card) }, 1)
  const heard = { fingerprint: fingerprintOf(card), way: 'telephone' }
  await send('coordinator', 'counterpart.check_keys', abroad, heard, 2)
  await send(authority, 'agreement.set', uuidv7(), {
    country: 'XK',
    title: 'Protokoll për kthimin',
    parties: 'Dy vendet',
    signedOn: '2024-01-01',
    validFrom: '2024-01-01',
    validTo: '2026-12-31',
    counterpartId: abroad,
  })
  file = (await takenAdult(country.app, 'labour')).id
  const version = async () => Number((await country.app.as(authority).get(`/api/nrm/${file}`)).body.version)
  const risk = { on: '2026-11-20', level: 'low', dangers: ['debt'], living: 'relatives', words: 'Borxh.' }
  const { reply } = await send('social-service', 'assistance.assess_risk', file, risk, await version())
  const safe = {
    riskId: reply!.id,
    reviewOn: '2027-01-10',
    police: false,
    measures: 'Numër i ri.',
    contact: 'E premte.',
  }
  await send('social-service', 'assistance.make_safety_plan', file, safe, await version())
  const id = uuidv7()
  back = id
  await send(authority, 'return.notify', id, {
    nrmId: file,
    direction: 'outgoing',
    country: 'XK',
    source: 'person',
    noticeOn: '2026-11-05',
    expectedOn: '2026-11-24',
    counterpartId: abroad,
    identity: 'Mira, 1999',
    need: 'Dikush në kufi',
  })
  await send('social-service', 'return.assess', id, { risk: 'low', on: '2026-11-20', hazards: 'Borxhi.' }, 1)
  await send('social-service', 'return.consent', id, {
    consentId: uuidv7(),
    who: 'adult',
    answer: 'given',
    covers: ['return', 'packet'],
    on: '2026-11-21',
    words: 'Dua të shkoj.',
  })
  code = String((await country.app.as(authority).get(`/api/returns/${id}`)).body.code)
}, 120_000)
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
    await picture(hands.page, `failed-returns-${login}-${arrival.language}`)
    throw error
  } finally {
    await hands.close()
  }
}
const looks = async ({ page }: Hands, told: string, widths: readonly number[]) => {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 860 })
    expect(await axeFaultsOfAll(page), `${told} ${width}`).toEqual([])
    expect(await sidewaysScroll(page), `${told} ${width}`).toBe(0)
    await picture(page, `returns-${told}-${width}`)
  }
  await page.setViewportSize({ width: widths[0] ?? 1280, height: 860 })
}

it('is planned, told to the other country, taken back, travelled and handed over', async () => {
  await walk('social-service', { language: 'sq', width: 1280 }, async (hands) => {
    const r = (key: string) => hands.t(`returnsPage.${key}`)
    const p = (key: string) => hands.t(`packetPage.${key}`)
    await hands.goTo(`/nrm/${file}?tab=return`)
    await hands.at(`${r('tab')} ${code}`)
    await hands.press(r('plan'))
    const plan = hands.dialog()
    await plan.pick(r('mode'), r('mode_road'))
    await plan.write(r('the_plan'), 'Me makinë; e presin në pikë.')
    await plan.choose(r('escort'), r('role_social_worker'))
    await plan.write(r('escort_name'), 'Blerta Hoxha')
    await hands.confirm(r('plan'))
    await hands.sees(r('state_PLAN_AGREED'))

    await hands.press(p('make'))
    const packet = hands.dialog()
    await packet.choose(p('to'), `XK: ${there}`)
    await packet.pick(p('purpose'), p('purpose_return_notice'))
    await packet.tick(p('field_travel'))
    await hands.page
      .getByRole('dialog')
      .getByRole('textbox', { name: p('field_travel') })
      .fill('Morinë')
    await packet.write(p('ground_ref'), 'Pëlqimi për kthimin')
    await hands.confirm(p('make'))
    await hands.sees(p('packet_valid'))
    await looks(hands, 'tab', [1280])
    await hands.press(`${p('revoke')}`)
    await hands.dialog().choose(p('why'), p('why_wrong_content'))
    await hands.confirm(p('revoke'))
    await hands.sees(p('packet_revoked'))

    const version = async () =>
      Number((await country.app.as('social-service').get(`/api/returns/${back}`)).body.version)
    const gone = { at: '2026-11-24T08:00:00.000Z' }
    await send('social-service', 'return.set_off', back, gone, await version())
    const met = { on: '2026-11-24', receivedBy: 'Zyra në kufi' }
    await send('social-service', 'return.arrive', back, met, await version())
    await hands.goTo(`/nrm/${file}?tab=return`)
    await hands.press(r('hand_over'))
    await hands.dialog().write(r('handover'), 'Dokumentet dhe plani.')
    await hands.confirm(r('hand_over'))
    await hands.sees(r('state_HANDED_TO_CASE'))
    await hands.sees('Kosovë')
  })
})

it('the lists of returns, packets, contacts and agreements, in English on a telephone', async () => {
  await walk('responsible-authority', { language: 'en', width: 360 }, async (hands) => {
    const p = (key: string) => hands.t(`packetPage.${key}`)
    await hands.goTo('/returns')
    await hands.at('Returns')
    await hands.press(hands.t('returnsPage.box_visits'))
    await hands.sees(code)
    await looks(hands, 'list', [360])
    await hands.goTo('/packets')
    await hands.at('Other countries')
    for (const [tab, shown] of [
      ['sent', p('packet_revoked')],
      ['contacts', there],
      ['agreements', p('state_expiring')],
    ] as const) {
      await hands.press(p(`tab_${tab}`))
      await hands.sees(shown)
      await looks(hands, tab, [360])
    }
  })
})
