/**
 * A bed for tonight at the screen: a worker finds a place with a free bed for a girl of thirteen and holds it, the shelter promises it and
 * learns nothing of her, the worker opens the address; a foster family is approved by another person; a team is put on duty.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { type CastName, unitId } from '#test/cast.ts'
import { noon } from '#test/http/harness.ts'
import { launchBrowser, picture } from './browser.ts'
import { type Country, openCountry } from './country.ts'
import { looksWell } from './eyes.ts'
import { type Arrival, enter, type Hands, noComplaints } from './hands.ts'

let browser: Browser
let country: Country
const facility = uuidv7()
const family = uuidv7()
const team = uuidv7()

beforeAll(async () => {
  country = await openCountry({ now: noon })
  browser = await launchBrowser()
  const must = async (who: CastName, type: string, id: string, body: object, baseVersion?: number) => {
    const reply = await country.app
      .as(who)
      .command(type, id, body, baseVersion === undefined ? {} : { baseVersion })
    expect(reply.status, JSON.stringify(reply.body)).toBe(200)
  }
  await must('state-agency', 'care.set_facility', facility, {
    nameSq: 'Strehëza e Drinit',
    nameEn: 'Drin shelter',
    facilityKind: 'shelter',
    unitId: unitId('shelter-tirana'),
    municipality: '53',
    licenceNumber: 'L-1',
    licenceFrom: '2025-01-01',
    beds: [
      { sex: 'female', bands: ['12_14', '15_17', 'adult'], places: 3 },
      { sex: 'any', bands: ['under_3', '3_5', '6_11'], places: 2 },
    ],
    contact: 'Drita Kola',
  })
  await must('shelter', 'care.set_address', facility, { address: 'Rruga e Provës 5' }, 1)
  await must('shelter', 'bed.take', uuidv7(), { placeId: facility, sex: 'female', ageBand: 'adult' })
  await must('cpw-tirana', 'care.apply_family', family, {
    names: 'Familja Gjoka',
    beds: [{ sex: 'any', bands: ['3_5', '6_11'], places: 2 }],
    siblings: true,
    appliedOn: '2026-09-01',
  })
  const visit = { onDay: '2026-10-01' }
  await must('cpw-tirana', 'care.visit', family, { ...visit, kind: 'assessment', outcome: 'recommended' }, 1)
  await must(
    'cpw-tirana',
    'care.visit',
    family,
    { ...visit, kind: 'training', hours: 40, topic: 'basics' },
    2,
  )
  await must('head-tirana', 'team.set', team, {
    nameSq: 'Ekipi i emergjencës',
    nameEn: 'Emergency team',
    phone: '+355 4 111 222',
    coversFrom: '00:00',
    coversTo: '00:00',
    members: [{ id: uuidv7(), name: 'Ana Hoxha', profession: 'social_worker' }],
  })
})
afterAll(async () => {
  await browser?.close()
  await country?.close()
})

const sq: Arrival = { language: 'sq', width: 1280 }
const walk = async (login: CastName, arrival: Arrival, steps: (hands: Hands) => Promise<void>) => {
  const hands = await enter(browser, country, login, arrival)
  try {
    await steps(hands)
    noComplaints(hands)
  } catch (error) {
    await picture(hands.page, `failed-care-${login}-${arrival.language}`)
    throw error
  } finally {
    await hands.close()
  }
}
const looks = ({ page }: Hands, told: string): Promise<void> =>
  looksWell(page, told, { picture: `care-${told}` })

describe('a bed for tonight', () => {
  it('is found and held by the worker, and promised by a shelter that learns nothing of the child', async () => {
    await walk('cpw-tirana', sq, async (hands) => {
      const { t } = hands
      await hands.goTo('/care')
      await hands.choose(t('carePage.sex'), t('carePage.one_female'))
      await hands.choose(t('carePage.age'), t('carePage.band_12_14'))
      await hands.tick(t('carePage.only_free'))
      await hands.sees('Strehëza e Drinit')
      await looks(hands, 'list')
      await hands.follow('Strehëza e Drinit')
      await hands.at('Strehëza e Drinit')
      await hands.sees(t('carePage.address_hidden'))
      await hands.press(t('carePage.hold'))
      const form = hands.dialog()
      await form.pick(t('carePage.sex'), t('carePage.one_female'))
      await form.choose(t('carePage.age'), t('carePage.band_12_14'))
      await hands.confirm(t('carePage.hold'))
      await hands.sees(t('carePage.state_HELD'))
    })
    await walk('shelter', sq, async (hands) => {
      const { t } = hands
      await hands.goTo(`/care/${facility}`)
      await hands.at('Strehëza e Drinit')
      await hands.sees(t('carePage.state_HELD'))
      await looks(hands, 'shelter')
      await hands.press(new RegExp(`^${t('carePage.confirm')}`))
      await hands.confirm(t('carePage.confirm'))
      await hands.sees(t('carePage.state_CONFIRMED'))
    })
    await walk('cpw-tirana', sq, async (hands) => {
      const { t } = hands
      await hands.goTo('/care')
      await hands.press(t('carePage.my_holds'))
      await hands.sees(t('carePage.state_CONFIRMED'))
      await hands.goTo(`/care/${facility}`)
      await hands.press(t('carePage.address_open'))
      await hands.sees('Rruga e Provës 5')
    })
  })

  it('can be in a foster family, which another person than its assessor approves', async () => {
    await walk('head-tirana', sq, async (hands) => {
      const { t } = hands
      await hands.goTo('/care')
      await hands.press(t('carePage.families'))
      await hands.follow('Familja Gjoka')
      await hands.at('Familja Gjoka')
      await hands.press(t('carePage.decide'))
      await hands.dialog().pick(t('carePage.decision'), t('carePage.decision_yes'))
      await hands.confirm(t('web.save'))
      await hands.sees(t('carePage.status_approved'))
      await looks(hands, 'family')
      await hands.goTo(`/care/teams/${team}`)
      await hands.sees(t('carePage.uncovered'))
      await hands.press(t('carePage.add_duty'))
      const form = hands.dialog()
      await form.choose(t('carePage.member'), 'Ana Hoxha')
      await form.write(t('carePage.duty_days'), '5')
      await hands.confirm(t('carePage.add_duty'))
      await hands.sees('08:00–20:00')
      await looks(hands, 'team')
    })
  })

  it('reads in English too', async () => {
    await walk('state-agency', { language: 'en', width: 1280 }, async (hands) => {
      const { t } = hands
      await hands.goTo('/care')
      await hands.at('Places of care')
      await hands.follow('Drin shelter')
      await hands.press(t('carePage.add_inspection'))
      await hands.dialog().sees('Contact with the family')
      await picture(hands.page, 'care-inspection-en')
      await hands.goTo('/care/teams')
      await hands.at('Emergency teams')
      await looks(hands, 'teams-en')
    })
  })
})
