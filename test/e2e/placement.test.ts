/**
 * A case at high risk to its end in care: the group meets, the director takes the child into protection, the court places it with a
 * foster family, the worker visits, and it goes home with visits to follow. The State Agency reads what is counted of it.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CastName, unitId } from '#test/cast.ts'
import { assess, goal, Life, openFor, putChild, seen, today } from '#test/http/case-life.ts'
import { noon } from '#test/http/harness.ts'
import { placing } from '#test/http/placement-life.ts'
import { launchBrowser, picture } from './browser.ts'
import { type Country, openCountry } from './country.ts'
import { looksWell } from './eyes.ts'
import { type Arrival, enter, type Hands, noComplaints } from './hands.ts'

let browser: Browser
let country: Country
let life: Life
const { place, bed, idOf, child, measure, plan } = placing(() => country.app)

const bySql = (word: string) => country.app.db.admin<{ n: number }>(word)

beforeAll(async () => {
  country = await openCountry({ now: noon })
  browser = await launchBrowser()
  const { app } = country
  life = new Life(app, await openFor(app, 'cpw-tirana', { personId: await putChild(app, 'Mira', 'Kola') }))
  await assess(life, 'initial', { ...seen, risk: 'high' })
  await assess(life, 'comprehensive')
  await assess(life, 'best_interests')
  await life.must('cpw-tirana', 'draft_plan', { goals: [goal(unitId('school-tirana'))] })
  await life.must('head-tirana', 'hold_conference', {
    heldOn: today,
    attendance: ['cpu-tirana', 'school-tirana'].map((unit) => ({
      institutionId: unitId(unit as 'cpu-tirana'),
      present: true,
    })),
    childPart: 'was_heard',
    familyPart: 'not_invited',
    familyWhyNot: 'unsafe',
    decisions: ['approve_plan', 'propose_measure'],
    minutes: 'Grupi propozon masë.',
  })
  const measureId = idOf(
    await life.must('cpw-tirana', 'propose_measure', {
      kind: 'emergency',
      ground: 'neglect',
      parentsCooperate: 'no',
      reason: 'Rrezik natën.',
    }),
    'MeasureProposed',
  )
  await life.must('director-tirana', 'decide_measure', {
    measureId,
    step: 'issue_emergency',
    decidedBy: 'municipal_director',
    decidedOn: today,
    from: today,
  })
  await bed(await place('shelter'))
  await bed(await place('foster_family'), 'cpw-tirana')
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
    await picture(hands.page, `failed-placement-${login}-${arrival.language}`)
    throw error
  } finally {
    await hands.close()
  }
}
const looks = ({ page }: Hands, told: string): Promise<void> =>
  looksWell(page, told, { picture: `placement-${told}` })
const sq: Arrival = { language: 'sq', width: 1280 }

describe('a child at high risk', () => {
  it('is sheltered at once, placed by the court with a foster family, visited, and goes home', async () => {
    await walk('cpw-tirana', sq, async (hands) => {
      const { t } = hands
      const p = (word: string) => t(`placementPage.${word}`)
      const wishes = async (form: Hands) => {
        await form.pick(p('child_view'), p('view_agrees'))
        await form.write(p('child_words'), 'Dua të jem e qetë.')
        await form.pick(p('siblings'), p('siblings_none'))
        await form.pick(p('family_told'), t('web.no'))
        await form.write(p('purpose'), 'Të jetë e sigurt.')
        await hands.confirm(t('web.save'))
      }
      await hands.goTo(`/cases/${life.id}?tab=placement`)
      await hands.at(p('title_now'))
      await hands.press(p('plan'))
      const form = hands.dialog()
      await form.pick(p('kind'), p('kind_foster'))
      await form.sees(p('basis_none'))
      await form.pick(p('kind'), p('kind_emergency'))
      await form.pick(p('basis'), `${p('basis_measure')}: ${t('casePage.measure_emergency')}`)
      await form.choose(p('bed'), 'Shtëpia e Dritës')
      await looks(hands, 'plan')
      await wishes(form)
      await hands.press(p('begin'))
      await hands.confirm(t('web.save'))
      await hands.sees(p('hours_left'))
      await hands.sees(p('place_sealed'))

      // The court speaks; what it decided is at once what a placement may rest on.
      await hands.goTo(`/cases/${life.id}?tab=measures`)
      await hands.press(t('courtPage.open'))
      await hands.dialog().pick(t('courtPage.matter'), t('courtPage.matter_placement'))
      await hands.dialog().write(t('courtPage.court'), 'Gjykata Tiranë')
      await hands.dialog().write(t('courtPage.claim'), 'Vendosje në familje kujdestare')
      await hands.confirm(t('web.save'))
      await hands.press(t('courtPage.report_write'))
      await hands.dialog().write(t('courtPage.report'), 'Vajza është më mirë pa dhunë.')
      await hands.confirm(t('web.save'))
      await hands.press(t('courtPage.file'))
      await hands.dialog().write(t('courtPage.court_ref'), '12/2026')
      await hands.confirm(t('web.save'))
      await hands.press(t('courtPage.decide'))
      await hands.dialog().pick(t('courtPage.outcome'), t('courtPage.outcome_granted'))
      await hands.dialog().write(t('courtPage.reasons'), 'Gjykata pranoi.')
      await hands.confirm(t('web.save'))

      await hands.goTo(`/cases/${life.id}?tab=placement`)
      await hands.press(p('plan'))
      await form.pick(p('kind'), p('kind_foster'))
      await form.pick(p('basis'), `${p('basis_court')}: ${t('courtPage.matter_placement')}`)
      await form.choose(p('bed'), 'FK-53-802')
      await wishes(form)
      await hands.press(p('move'))
      await hands.dialog().write(p('reason'), 'Gjykata vendosi.')
      await hands.confirm(t('web.save'))
      await hands.sees('FK-53-802')
      await hands.press(p('visit'))
      await form.pick(p('seen'), p('seen_alone'))
      await form.pick(p('concern'), t('web.no'))
      await form.write(p('findings'), 'Fle mirë, shkon në shkollë.')
      await hands.confirm(t('web.save'))
      await looks(hands, 'tab')
      await hands.press(p('end'))
      await form.pick(p('end_reason'), p('end_absconded'))
      await form.sees(p('absconded_more'))
      await form.pick(p('end_reason'), p('end_returned_to_family'))
      await form.write(p('reason'), 'Nëna ka punë dhe shtëpi.')
      await hands.confirm(t('web.save'))
      await hands.at(p('exits'))
      await hands.sees(t('placementPage.exit_month', { count: 12 }))
      await hands.sees(p('none_now'))
      await looks(hands, 'after')
    })
    const [beds] = await bySql("select count(*)::int as n from bed_hold where state = 'RELEASED'")
    expect(beds).toEqual({ n: 2 })
    const rules = await country.app.db.admin<{ rule: string }>(
      "select rule from clock where record_id = $1 and stopped_at is null and rule between 'D13' and 'D23' order by 1",
      [life.id],
    )
    expect(rules.map((one) => one.rule)).toEqual(expect.arrayContaining(['D20', 'D21', 'D22', 'D23']))
  })

  it('has a way out of the institution, and steps towards a guardian', async () => {
    const other = await child()
    const basisId = await measure(other, 'alternative_care')
    const holdId = await bed(await place('residential'))
    const placementId = await plan(other, { kind: 'residential', basis: 'measure', basisId, holdId })
    await other.must('cpw-tirana', 'begin_placement', { placementId, startedAt: noon })
    await walk('cpw-tirana', { language: 'en', width: 1280 }, async (hands) => {
      const p = (word: string) => hands.t(`placementPage.${word}`)
      await hands.goTo(`/cases/${other.id}?tab=placement`)
      await hands.press(p('leaving_make'))
      const form = hands.dialog()
      await form.pick(p('leaving_goal'), p('goal_kinship'))
      await form.write(p('leaving_target'), '2027-03-01')
      await form.write(p('leaving_why'), 'Her grandmother wants her.')
      await form.write(`${p('leaving_step')} 1`, 'Visit the grandmother')
      await form.write(p('leaving_step_due'), '2026-12-20')
      await hands.confirm(hands.t('web.save'))
      await hands.press(p('leaving_step_set'))
      await form.pick(p('leaving_step_status'), p('step_done'))
      await hands.confirm(hands.t('web.save'))
      await hands.press(p('track_take'))
      await form.pick(p('track'), p('track_guardianship'))
      await form.pick(p('track_step'), p('step_proposed'))
      await hands.confirm(hands.t('web.save'))
      await hands.sees(new RegExp(p('step_proposed')))
      await looks(hands, 'leaving')
    })
  })

  it('is counted, and no more than counted, for the State Agency', async () => {
    await walk('state-agency', { language: 'en', width: 1280 }, async (hands) => {
      const { t } = hands
      await hands.goTo('/placements/monitoring')
      await hands.at('Monitoring of alternative care')
      await hands.at(t('placementPage.report_residential'))
      await looks(hands, 'monitoring')
      await hands.goTo(`/cases/${life.id}?tab=placement`)
      await hands.sees('Where the child lives now')
      await hands.settled()
      await expect.poll(() => hands.page.getByText('FK-53-802').count()).toBe(0)
    })
  })
})
