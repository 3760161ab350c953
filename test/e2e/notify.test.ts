/**
 * A school asks to be told by mail: gives an address, confirms it by the code that came, chooses when. An invitation then
 * arrives as a mail without a name, whose link leads through signing in to the page it is about. An administrator sees
 * what failed.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { deliverNotices } from '#server/notice/deliver.ts'
import { mailSender } from '#server/notice/mail.ts'
import { announceWays, type Outbound } from '#server/notice/outbound.ts'
import { unitId } from '#test/cast.ts'
import { assess, goal, Life, openFor, putChild, seen } from '#test/http/case-life.ts'
import { noon } from '#test/http/harness.ts'
import { openPostOffice, type PostOffice } from '#test/smtp.ts'
import { launchBrowser } from './browser.ts'
import { type Country, openCountry, password } from './country.ts'
import { looksWell } from './eyes.ts'
import { arrive, enter, type Hands, noComplaints } from './hands.ts'

let browser: Browser
let country: Country
let post: PostOffice
let out: Outbound

beforeAll(async () => {
  post = await openPostOffice()
  country = await openCountry({ now: noon })
  browser = await launchBrowser()
  out = {
    base: country.baseURL,
    mail: mailSender(post.url, 'mburoja@example.al', country.baseURL),
    push: null,
  }
  await announceWays(country.app.ctx, out)
})
afterAll(async () => {
  out?.mail?.close()
  await browser?.close()
  await country?.close()
  await post?.close()
})

const looks = ({ page }: Hands, told: string): Promise<void> =>
  looksWell(page, told, { picture: `notices-${told}` })
const sq = { language: 'sq', width: 1280 } as const

it('is told by mail, without a name, and the link leads to the page', async () => {
  const { app } = country
  const hands = await enter(browser, country, 'school', sq)
  const { t } = hands
  await hands.goTo('/notices/settings')
  await hands.at(t('noticePage.settings_title'))
  await hands.sees(t('noticePage.push_off'))
  await hands.write(t('noticePage.address'), 'shkolla@arsimi.test.al')
  await hands.press(t('noticePage.send_code'))
  await hands.sees(/shkolla@arsimi\.test\.al/)
  await deliverNotices(app.ctx, out)
  const code = /\b\d{8}\b/.exec(post.letters[0]?.text ?? '')?.[0] ?? ''
  await hands.write(t('noticePage.code'), code === '00000000' ? '11111111' : '00000000')
  await hands.press(t('noticePage.confirm'))
  await hands.sees(t('noticePage.code_wrong'))
  await hands.write(t('noticePage.code'), code)
  await hands.press(t('noticePage.confirm'))
  await hands.sees(t('noticePage.mail_is', { address: 'shkolla@arsimi.test.al' }))
  await hands.page
    .getByLabel(`${t('noticePage.group_meetings')}: ${t('noticePage.by_mail')}`)
    .selectOption('now')
  await hands.press(t('noticePage.save'))
  await hands.sees(t('noticePage.saved'))
  await looks(hands, 'settings')
  noComplaints(hands)
  await hands.close()

  const life = new Life(
    app,
    await openFor(app, 'cpw-tirana', { personId: await putChild(app, 'Mira', 'Kola') }),
  )
  await assess(life, 'initial', { ...seen, risk: 'high' })
  await assess(life, 'comprehensive')
  await life.must('cpw-tirana', 'draft_plan', { goals: [goal(unitId('school-tirana'))] })
  await life.must('cpw-tirana', 'call_conference', {
    plannedAt: '2026-11-25T10:00:00+01:00',
    place: 'Bashki, salla 2',
    unitIds: [unitId('school-tirana'), unitId('police-tirana')],
  })
  post.refuse('451 later')
  await deliverNotices(app.ctx, out)
  expect(post.letters).toHaveLength(1)
  app.setClock('2026-11-24T11:02:00.000Z')
  await deliverNotices(app.ctx, out)
  const letter = post.letters[1]
  const caseCode = String((await life.read()).body.code)
  expect(letter?.text).toContain(`Rasti ${caseCode}: përgjigjuni ftesës`)
  expect(letter?.raw).not.toMatch(/Mira|Kola/)
  const link = /http:\S+\/app\/invitations\/\S+/.exec(letter?.text ?? '')?.[0] ?? ''

  const visitor = await arrive(browser, country, sq)
  await visitor.page.goto(link)
  await visitor.at(t('web.sign_in_title'))
  await visitor.write(t('web.login'), 'school')
  await visitor.write(t('web.password'), password)
  await visitor.press(t('web.sign_in'))
  await visitor.page.waitForURL(link)
  await visitor.at(caseCode)
  await visitor.page.getByRole('link', { name: new RegExp(`^${t('notice.title')}`) }).click()
  await visitor.at(t('noticePage.title'))
  await looks(visitor, 'list')
  await visitor.press(
    `${t('noticePage.mark_seen')} ${t('notice.conference_invitation', { label: caseCode })}`,
  )
  await visitor.sees(t('noticePage.none_unread'))
  noComplaints(visitor)
  await visitor.close()

  const admin = await enter(browser, country, 'admin', { ...sq, language: 'en' })
  await admin.goTo('/notices/deliveries')
  await admin.at('Messages that left and that failed')
  await admin.sees('The mail server asks to try later')
  await looks(admin, 'deliveries')
  noComplaints(admin)
  await admin.close()
})
