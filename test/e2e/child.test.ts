/**
 * One child from a crossing to the end of the track: recorded and asked at the border, carried by two units, found a victim by two
 * bodies, sheltered, compensated, brought home, followed for a year. Each act through the account to which it belongs; each station
 * seen on a screen by whoever it concerns. The case itself stays open through all of it.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type CastName, unitId } from '#test/cast.ts'
import { assess, type Life, seen } from '#test/http/case-life.ts'
import { noon } from '#test/http/harness.ts'
import { fileOf, interviewLife, speaksFor } from '#test/http/interview-life.ts'
import { justiceSteps, office } from '#test/http/justice-life.ts'
import { childTrack } from '#test/http/nrm-life.ts'
import { placing } from '#test/http/placement-life.ts'
import { launchBrowser, picture } from './browser.ts'
import { type Country, openCountry } from './country.ts'
import { enter, type Hands, noComplaints } from './hands.ts'
import { foundAtBorder } from './steps.ts'

let browser: Browser
let country: Country
const app = () => country.app
const interviews = interviewLife(app)
const justice = justiceSteps(app)
const placements = placing(app)
const track = childTrack(app)

beforeAll(async () => {
  country = await openCountry({ now: noon })
  browser = await launchBrowser()
  // The cast's crossing lies where the cast has no unit: here it is the port of Durrës.
  await app().db.admin("update unit set municipality = '10', county = 'AL-02' where id = $1", [
    unitId('border-hani-i-hotit'),
  ])
})
afterAll(async () => {
  await browser?.close()
  await country?.close()
})

const walk = async (login: CastName, steps: (hands: Hands) => Promise<void>, width = 1280) => {
  const hands = await enter(browser, country, login, { language: 'sq', width })
  try {
    await steps(hands)
    noComplaints(hands)
  } catch (error) {
    await picture(hands.page, `failed-child-${login}`)
    throw error
  } finally {
    await hands.close()
  }
}

/** What the acts leave to those after them. */
let life: Life
let caseCode = ''
let file = ''
let code = ''
let representativeId = ''
let placementId = ''
let returnId = ''
const of = (tab = '') => `/nrm/${file}${tab === '' ? '' : `?tab=${tab}`}`
const fresh = async () => {
  life.version = Number((await life.read()).body.version)
}

it('at the crossing a child is recorded, told to the unit and asked in its own language', async () => {
  await walk('border-police', (hands) => foundAtBorder(hands, 'Sara', 'Vata'), 360)
})

it('Durrës takes the child in and hands the file to Tirana, where it is found again whole', async () => {
  const [report] = await app().db.admin('select report_id as id from border_check')
  const reportId = String(report!.id)
  await walk('head-durres', async (hands) => {
    await hands.goTo(`/reports/${reportId}`)
    await hands.sees(/Sara Vata/)
  })
  life = await track.accepted(reportId, 'durres')
  caseCode = String((await life.read('cpw-durres')).body.code)
  file = await fileOf(app(), life.id)
  code = String((await track.see('responsible-authority', `/api/nrm/${file}`)).code)
  await walk('cpw-durres', async (hands) => {
    await hands.goTo(of())
    await hands.at('Sara Vata')
    await hands.sees(hands.t('nrmPage.next_vmt'))
  })
  const to = { toUnitId: unitId('cpu-tirana'), reason: 'Fëmija banon në Tiranë.' }
  await life.must('cpw-durres', 'request_transfer', to)
  await life.must('cpw-tirana', 'accept_transfer', {})
  await walk('cpw-tirana', async (hands) => {
    await hands.goTo('/nrm')
    await hands.follow(code)
    await hands.at('Sara Vata')
    await hands.follow(caseCode)
    await hands.page.waitForURL(/\/cases\//)
    await hands.at('Sara V.')
  })
  expect((await app().as('cpw-durres').get(`/api/nrm/${file}`)).status).toBe(404)
})

it('the police propose and the social service signs: a victim of trafficking', async () => {
  representativeId = await speaksFor(app(), life.id)
  const { id, reply } = await interviews.call('cpw-tirana', file, { representativeId })
  expect(reply.status, JSON.stringify(reply.body)).toBe(200)
  expect((await interviews.record(id)).status).toBe(200)
  await walk('police', async (hands) => {
    const { t } = hands
    await hands.goTo('/interviews')
    await hands.follow(code)
    await hands.press(t('interviewPage.act_propose'))
    const proposal = hands.dialog()
    await proposal.pick(t('interviewPage.conclusion'), t('interviewPage.conclusion_vt'))
    await proposal.tick(t('interviewPage.element_act'))
    await proposal.tick(t('interviewPage.element_purpose'))
    await proposal.tick('128/b')
    await proposal.write(t('interviewPage.basis'), 'Akti dhe qëllimi u vërtetuan.')
    await hands.confirm(t('interviewPage.act_propose'))
    await hands.sees(t('interviewPage.state_PROPOSED'))
  })
  await walk('social-service', async (hands) => {
    const { t } = hands
    await hands.goTo('/interviews')
    await hands.follow(code)
    await hands.press(t('interviewPage.act_sign'))
    await hands.dialog().pick(t('interviewPage.sign_answer'), t('interviewPage.sign_yes'))
    await hands.confirm(t('web.send'))
    await hands.sees(t('interviewPage.state_CONCLUDED'))
  })
  await walk('cpw-tirana', async (hands) => {
    await hands.goTo(of())
    await hands.sees(hands.t('nrmPage.next_vt'))
  })
})

it('a shelter takes the child in on its packet; the risk is weighed and a safety plan made', async () => {
  await fresh()
  await assess(life, 'initial', { ...seen, risk: 'high' })
  const said = { needs: 'Shtrat sonte dhe qetësi', risks: 'Një i rritur e kërkon' }
  const consentId = await track.askShelter(life.id, said)
  const holdId = await placements.bed(await placements.place('shelter'), 'shelter', true, 'female')
  await walk('shelter', async (hands) => {
    const { t, page } = hands
    await hands.goTo('/referrals')
    await hands.follow(t('referral.service_shelter_reintegration'))
    await hands.sees(/Sara Vata/)
    await hands.sees(said.needs)
    await hands.sees(t('referral.you_do_not_see'))
    await hands.press(t('referral.act_acknowledge'))
    await hands.sees(t('referral.state_ACKNOWLEDGED'))
    await hands.press(t('referral.act_accept'))
    await hands.write(t('referral.reply'), 'E presim sonte.')
    await hands.press(t('referral.send_accept'))
    await hands.sees(t('referral.state_ACCEPTED'))
    expect(await page.getByRole('main').innerText()).not.toMatch(/MKR-|128\/b|traf/i)
    for (const path of [of(), `/cases/${life.id}`]) {
      await hands.goTo(path)
      await hands.at(t('web.not_found'))
    }
  })
  await fresh()
  const wanted = { kind: 'shelter', basis: 'consent', basisId: consentId, holdId, from: '2026-11-27' }
  placementId = await placements.plan(life, wanted)
  await life.must('cpw-tirana', 'begin_placement', { placementId, startedAt: '2026-11-27T11:30:00.000Z' })
  await walk('cpw-tirana', async (hands) => {
    const { t } = hands
    await hands.goTo(of('assistance'))
    await hands.sees(t('assistancePage.in_shelter'))
    await hands.press(t('assistancePage.risk_assess'))
    const risk = hands.dialog()
    await risk.pick(t('assistancePage.risk_level'), t('web.risk_high'))
    await risk.tick(t('assistancePage.danger_exploiter_near'))
    await risk.choose(t('assistancePage.living'), t('assistancePage.living_shelter'))
    await risk.write(t('assistancePage.risk_words'), 'Shoqëruesi e kërkon.')
    await hands.confirm(t('web.save'))
    await hands.press(t('assistancePage.plan_make'))
    const plan = hands.dialog()
    await plan.write(t('assistancePage.plan_measures'), 'Nuk del vetëm.')
    await plan.write(t('assistancePage.plan_contact'), 'Telefonatë çdo të hënë.')
    await plan.pick(t('assistancePage.plan_police'), t('web.yes'))
    await hands.confirm(t('web.save'))
    await hands.sees('Nuk del vetëm.')
  })
})

it('the prosecution comes to a judgment, and what was awarded is paid', async () => {
  await justice.refer(life.id)
  const id = await justice.openBy('police', { officeUnit: office })
  await justice.act('police', id, 'add_victim', { subject: 'child', code: caseCode })
  app().setClock('2027-02-08T11:00:00.000Z')
  for (const to of ['investigation', 'charged', 'trial'])
    await justice.act('prosecutor', id, 'move', { to, on: '2027-02-08' })
  await walk('prosecutor', async (hands) => {
    const word = (key: string) => hands.t(`justicePage.${key}`)
    const act = async (name: string, fill: (form: Hands) => Promise<void>) => {
      await hands.press(word(`act_${name}`))
      await fill(hands.dialog())
      await hands.confirm(word(`act_${name}`))
    }
    await hands.goTo(`/proceedings/${id}`)
    await act('move', async (form) => {
      await form.pick(word('to_stage'), word('stage_judgment'))
      await form.pick(word('outcome'), word('outcome_convicted'))
    })
    await act('claim', (form) => form.write(word('amount'), '900000'))
    await act('decide_claim', (form) => form.write(word('amount'), '600000'))
    await hands.sees(word('claim_awarded'))
    await act('pay_claim', (form) => form.write(word('amount'), '600000'))
    await hands.sees(word('claim_executed'))
  })
  await walk('cpw-tirana', async (hands) => {
    await hands.goTo(of('justice'))
    await hands.sees('600 000 lekë')
    await hands.sees(hands.t('justicePage.claim_executed'))
    await hands.sees(hands.t('justicePage.stage_judgment'))
  })
})

it('the return is weighed by a panel, agreed to, announced at the crossing and made', async () => {
  app().setClock('2027-02-10T11:00:00.000Z')
  returnId = await track.determined(file, '2027-02-09', '2027-02-12')
  await walk('responsible-authority', async (hands) => {
    const { t } = hands
    await hands.goTo(of('return'))
    await hands.sees('Dua te gjyshja.')
    await hands.press(t('returnsPage.sign'))
    await hands.confirm(t('returnsPage.sign'))
    await hands.sees(/Person cpw-tirana.*Person responsible-authority/)
  })
  const counterpartId = await track.abroad()
  await track.planned(returnId, '2027-02-09', '2027-02-10', { representativeId, counterpartId })
  await walk('border-police', async (hands) => {
    await hands.goTo('/returns')
    await hands.sees(/KTH-2027-/)
    expect(await hands.page.getByRole('main').innerText()).not.toMatch(/Sara|Vata|MKR-/)
  })
  // Out of the shelter only with a safety plan that still holds: the one of November does not.
  await fresh()
  const why = { reason: 'other', explanation: 'Kthehet te gjyshja.' }
  const leave = { placementId, endedAt: '2027-02-10T07:00:00.000Z', ...why }
  expect(await life.try('cpw-tirana', 'end_placement', leave)).toBe('assistance_safety_plan_over')
  await track.madeSafe(file, '2027-02-10', '2027-03-10')
  await life.must('cpw-tirana', 'end_placement', leave)
  await walk('cpw-tirana', async (hands) => {
    const r = (key: string) => hands.t(`returnsPage.${key}`)
    const act = async (name: string, fill: (form: Hands) => Promise<void>, then: string) => {
      await hands.press(r(name))
      await fill(hands.dialog())
      await hands.confirm(r(name))
      await hands.sees(r(`state_${then}`))
    }
    await hands.goTo(of('return'))
    await act('set_off', (form) => form.write(r('at'), '2027-02-10T09:00'), 'TRAVEL')
    await act('arrive', (form) => form.write(r('received_by'), 'QPS Prizren'), 'RECEIVED')
    await act('hand_over', (form) => form.write(r('handover'), 'Dokumentet dhe plani.'), 'HANDED_TO_CASE')
  })
})

it('after a year the outcome is written down and the authority closes the track, not the case', async () => {
  app().setClock('2028-02-15T11:00:00.000Z')
  for (const [month, on] of Object.entries({ 1: '2027-03-12', 3: '2027-05-12', 6: '2027-08-12' }))
    await track.visited(returnId, Number(month), on)
  await walk('cpw-tirana', async (hands) => {
    const r = (key: string, params = {}) => hands.t(`returnsPage.${key}`, params)
    await hands.goTo(of('return'))
    await hands.press(r('follow_up'))
    const form = hands.dialog()
    await form.pick(r('month'), r('month_n', { n: 12 }))
    await form.pick(r('seen'), r('seen_person'))
    for (const asked of ['safe', 'home', 'school', 'network']) await form.pick(r(asked), r('yes'))
    await form.pick(r('job'), r('not_known'))
    await form.write(r('findings'), 'Jeton te gjyshja, klasa e gjashtë.')
    await hands.confirm(r('follow_up'))
    await hands.sees(r('state_MONITORED'))
  })
  await walk('responsible-authority', async (hands) => {
    const { t } = hands
    await hands.goTo('/funnel')
    await hands.choose(t('funnelPage.year'), '2026')
    await hands.at(t('funnelPage.title'))
    await hands.goTo(of('return'))
    await hands.sees(/klasa e gjashtë/)
    await hands.press(t('nrmPage.exit'))
    const form = hands.dialog()
    await form.pick(t('nrmPage.exit_reason'), t('nrmPage.exit_completed'))
    await form.write(t('nrmPage.basis'), 'Një vit i sigurt në shtëpi.')
    await hands.confirm(t('nrmPage.exit_action'))
    await hands.follow(t('nrmPage.tab_status'))
    await hands.sees(t('nrmPage.next_exited'))
  })
  const ended = await track.see('responsible-authority', `/api/nrm/${file}`)
  expect(ended.history!.map((one) => String(one.status))).toEqual(['exited', 'vt', 'formal_pending', 'vmt'])
  const funnel = await track.see('responsible-authority', '/api/trafficking/funnel?year=2026&subject=child')
  expect(funnel.total).toMatchObject({ potential: 1, interviewed: 1, confirmed: 1 })
  const kase = (await life.read()).body
  expect(kase).toMatchObject({ closedAt: null, vmtStatus: 'exited' })
  expect(String(kase.status)).not.toMatch(/CLOS|FOLLOW/)
  for (const who of ['police', 'border-police', 'prosecutor', 'shelter'] as const)
    expect((await app().as(who).get(`/api/nrm/${file}`)).status, who).toBe(404)
})
