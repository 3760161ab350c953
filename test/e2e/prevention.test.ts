/**
 * Prevention and learning at the screen: a training with its participants, a campaign and a business entered by hand, a course read
 * and passed on a phone. Every room holds at 360 pixels, satisfies axe in both themes and both languages.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { readCourses } from '#server/learning/load.ts'
import { type CastName, unitId } from '#test/cast.ts'
import { noon } from '#test/http/harness.ts'
import { axeFaultsOfAll, launchBrowser, picture, sidewaysScroll } from './browser.ts'
import { type Country, openCountry } from './country.ts'
import { type Arrival, enter, type Hands, noComplaints } from './hands.ts'

let browser: Browser
let country: Country
const at = { training: uuidv7(), inspection: uuidv7(), business: uuidv7(), guidance: '', course: '' }

const must = async (who: CastName, type: string, id: string, body: object) => {
  const { status, body: reply } = await country.app.as(who).command(type, id, body)
  expect(status, `${type}: ${JSON.stringify(reply)}`).toBe(200)
  return reply
}

beforeAll(async () => {
  country = await openCountry({ now: noon })
  const day = { from: '2026-11-02', to: '2026-11-02' }
  await must('labour', 'business.enter', at.business, {
    kind: 'tourism_operator',
    name: 'Hotel Deti',
    sector: 'tourism',
    municipality: '53',
    licence: 'valid',
  })
  await must('labour', 'activity.record', at.inspection, {
    kind: 'inspection',
    title: 'Kontroll në hotel',
    ...day,
    details: { sector: 'tourism', employerType: 'tourism_operator', announced: false },
    counts: [
      { measure: 'workers_checked', value: 30 },
      { measure: 'minors_found', sex: 'female', value: 2 },
    ],
    parties: [{ institutionId: unitId('police-tirana') }, { said: 'DPT' }],
    businessId: at.business,
  })
  await must('labour', 'business.sanction', uuidv7(), {
    businessId: at.business,
    kind: 'fine',
    on: '2026-11-03',
    ground: 'Punë nate nën 18 vjeç',
    amount: 200_000,
    inspectionId: at.inspection,
  })
  await must('cpw-tirana', 'training.record', at.training, {
    title: 'PSV për NJMF',
    topic: 'sops',
    mode: 'classroom',
    ...day,
    sessions: 2,
    municipality: '53',
    organiser: 'ZKKA',
  })
  const issued = await must('cpw-tirana', 'member.issue', uuidv7(), {
    audience: 'child',
    sex: 'female',
    count: 8,
  })
  await must('cpw-tirana', 'activity.record', uuidv7(), {
    kind: 'group',
    title: 'Grupi i fëmijëve, lagjja 5',
    ...day,
    municipality: '53',
    details: { members: 'children' },
    members: (issued.reply as unknown as { codes: string[] }).codes,
    counts: [{ measure: 'heads', band: 'parent', value: 14 }],
  })
  const { body } = await country.app.as('cpw-tirana').get('/api/learning')
  at.guidance = String(body.guidance!.find((one) => String(one.slug) === 'first-24-hours')!.id)
  at.course = String(body.courses!.find((one) => String(one.slug) === 'report-and-first-steps')!.id)
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await country?.close()
})

const withHands = async (login: CastName, arrival: Arrival, walk: (hands: Hands) => Promise<void>) => {
  const hands = await enter(browser, country, login, arrival)
  try {
    await walk(hands)
    noComplaints(hands)
  } catch (error) {
    await picture(hands.page, `failed-prevention-${login}-${arrival.language}`)
    throw error
  } finally {
    await hands.close()
  }
}

const screens: readonly (readonly [CastName, string, () => string])[] = [
  ['cpw-tirana', 'acts', () => '/prevention'],
  ['labour', 'act', () => `/prevention/${at.inspection}`],
  ['coordinator', 'act-lead', () => `/prevention/${at.inspection}`],
  ['cpw-tirana', 'trainings', () => '/trainings'],
  ['cpw-tirana', 'training', () => `/trainings/${at.training}`],
  ['labour', 'businesses', () => '/registers/businesses'],
  ['labour', 'business', () => `/registers/businesses/${at.business}`],
  ['coordinator', 'learning', () => '/learning'],
  ['head-tirana', 'head', () => '/learning'],
  ['cpw-tirana', 'guidance', () => `/learning/guidance/${at.guidance}`],
  ['cpw-tirana', 'course', () => `/learning/courses/${at.course}`],
]

describe('every room', () => {
  it.each([
    { language: 'sq', width: 360, theme: 'dark' },
    { language: 'en', width: 1280, theme: 'light' },
  ] as const)('holds at $width in $language and satisfies axe', async (arrival) => {
    for (const [login, name, path] of screens)
      await withHands(login, arrival, async ({ page, goTo, settled }) => {
        await goTo(path())
        await page.getByRole('main').getByRole('heading', { level: 1 }).first().waitFor()
        await settled()
        await picture(page, `prevention-${name}-${arrival.language}-${arrival.width}`)
        expect(await sidewaysScroll(page), name).toBe(0)
        expect(await axeFaultsOfAll(page), name).toEqual([])
      })
  })
})

describe('by hand', () => {
  it('a training gets a participant, entered once and found again by hit', async () => {
    await must('health', 'professional.enter', uuidv7(), {
      givenName: 'Arta',
      familyName: 'Gjoka',
      birthYear: 1988,
      sex: 'female',
      sector: 'health',
    })
    await withHands('cpw-tirana', { language: 'sq', width: 1280 }, async (hands) => {
      const { page, t } = hands
      await hands.goTo(`/trainings/${at.training}`)
      await hands.press(t('prevention.enter_professional'))
      const dialog = hands.dialog()
      await dialog.write(t('prevention.given_name'), 'Arta')
      await dialog.write(t('prevention.family_name'), 'Gjoka')
      await dialog.write(t('prevention.birth_year'), '1988')
      await dialog.pick(t('prevention.sex'), t('prevention.female'))
      await dialog.choose(t('prevention.sector'), t('prevention.sector_child_protection'))
      await dialog.press(t('prevention.enter_professional'))
      await dialog.sees(t('refusal.professional_known'))
      expect(await axeFaultsOfAll(page)).toEqual([])
      await dialog.pick(t('prevention.known'), t('prevention.known_same'))
      await dialog.confirm(t('prevention.enter_professional'))
      await hands.press(t('prevention.add_participant'))
      await hands.dialog().choose(t('prevention.professional'), 'Arta Gjoka, 1988')
      await hands.dialog().write(t('prevention.after'), '90')
      await hands.dialog().confirm(t('prevention.add_participant'))
      await hands.sees('Arta Gjoka')
      await picture(page, 'prevention-participant')
    })
  })

  it('a campaign is recorded on a phone by the one form, and its faults stand beside their questions', async () => {
    await withHands('school', { language: 'en', width: 360 }, async (hands) => {
      const { page, t } = hands
      await hands.goTo('/prevention')
      await hands.press(t('prevention.record'))
      await hands.dialog().pick(t('prevention.kind'), t('prevention.kind_campaign'))
      await hands.dialog().press(t('prevention.record'))
      await hands.dialog().at(t('prevention.record_what', { kind: t('prevention.kind_campaign') }))
      const dialog = hands.dialog()
      await dialog.write(t('prevention.name_of_act'), 'October at our school')
      await dialog.write(t('prevention.from'), '2026-10-05')
      await dialog.write(t('prevention.to'), '2026-10-09')
      await dialog.choose(t('prevention.detail_campaignDay'), t('prevention.code_campaignDay_jun12'))
      await dialog.choose(t('prevention.detail_scope'), t('prevention.code_scope_municipal'))
      await dialog.choose(t('prevention.detail_channel'), t('prevention.code_channel_school'))
      await dialog.pick(t('prevention.bands_copies'), t('prevention.band_leaflet'))
      await dialog.write(t('prevention.number_of', { what: t('prevention.band_leaflet') }), '-5')
      await dialog.press(t('prevention.record'))
      await dialog.part.getByRole('alert').first().waitFor()
      await dialog.write(t('prevention.number_of', { what: t('prevention.band_leaflet') }), '200')
      await dialog.press(t('prevention.record'))
      await dialog.sees(t('refusal.prevention_not_that_day'))
      expect(await axeFaultsOfAll(page)).toEqual([])
      await picture(page, 'prevention-form-en-360')
      await dialog.choose(t('prevention.detail_campaignDay'), t('prevention.code_campaignDay_october'))
      await dialog.confirm(t('prevention.record'))
      await hands.sees('October at our school')
      await hands.sees(/200 leaflets/)
      expect(await sidewaysScroll(page)).toBe(0)
    })
  })

  it('a course is passed on a phone, and no answer is on the page before', async () => {
    await withHands('cpw2-tirana', { language: 'sq', width: 360 }, async (hands) => {
      const { page, t } = hands
      const course = readCourses().find((one) => one.id === at.course)!
      await hands.goTo(`/learning/courses/${at.course}`)
      await hands.press(t('learning.claim'))
      const dialog = hands.dialog()
      await dialog.write(t('prevention.given_name'), 'Blerta')
      await dialog.write(t('prevention.family_name'), 'Marku')
      await dialog.write(t('prevention.birth_year'), '1990')
      await dialog.pick(t('prevention.sex'), t('prevention.female'))
      await dialog.choose(t('prevention.sector'), t('prevention.sector_child_protection'))
      await dialog.confirm(t('learning.claim'))
      await hands.press(t('learning.start'))
      await hands.part.getByRole('button', { name: t('learning.hand_in') }).waitFor()
      const html = await page.content()
      for (const one of course.questions) expect(html).not.toContain(one.whySq)
      expect(await axeFaultsOfAll(page)).toEqual([])
      await picture(page, 'prevention-test-sq-360')
      await hands.press(t('learning.hand_in'))
      await hands.part.getByRole('alert').first().waitFor()
      for (const one of course.questions) {
        const group = page.getByRole('group', { name: one.textSq })
        if ((await group.count()) === 0) continue
        for (const key of one.right)
          await group
            .getByLabel(one.options.find((option) => option.key === key)!.sq, { exact: true })
            .check()
      }
      await hands.press(t('learning.hand_in'))
      await hands.sees(t('learning.result_passed', { percent: 100 }))
      await picture(page, 'prevention-passed-sq-360')
      expect(await axeFaultsOfAll(page)).toEqual([])
      await hands.goTo('/trainings')
      await hands.sees(course.titleSq)
    })
  })
})
