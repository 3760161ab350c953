/**
 * The reporter's own way, to its end: what was filled in wrongly is said beside the field, the report is received, the
 * unit takes it up, and its sender sees no more than «being handled». A teacher, and an operator of a national line.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { type CastName, userId } from '#test/cast.ts'
import { axeFaultsOfAll, launchBrowser, picture } from './browser.ts'
import { type Country, openCountry } from './country.ts'
import { type Arrival, enter, type Hands, noComplaints } from './hands.ts'
import { acceptNewest, concern, day } from './steps.ts'

let browser: Browser
let country: Country
beforeAll(async () => {
  country = await openCountry()
  browser = await launchBrowser()
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
    await picture(hands.page, `failed-reporter-${login}-${arrival.language}`)
    throw error
  } finally {
    await hands.close()
  }
}

/** The sentence at a field, tied to it, and the same line in the summary above. */
const faultBeside = async ({ page }: Hands, field: string, sentence?: string): Promise<void> => {
  const error = page.locator(`[id="${field}-error"]`)
  await error.waitFor()
  if (sentence) expect(await error.innerText()).toContain(sentence)
  const summary = page.getByRole('alert').getByRole('link')
  expect(await summary.evaluateAll((all) => all.map((one) => one.getAttribute('href')))).toContain(
    `#${field}`,
  )
}
const myStatus = async (hands: Hands, status: 'received' | 'being_handled'): Promise<void> => {
  const { t, page } = hands
  await hands.goTo('/reports')
  const row = page.getByRole('row').nth(1)
  await row.getByText(t(`reportPage.status_${status}`)).waitFor()
  // Nothing leads further: neither the case nor the report itself.
  await expect.poll(() => row.getByRole('link').count()).toBe(0)
}

describe.each<Arrival>([
  { language: 'sq', width: 1280 },
  { language: 'en', width: 360 },
])('in $language at $width', (arrival) => {
  const { language } = arrival

  it('a teacher: mistakes beside their fields, received, being handled', async () => {
    await walk('school', arrival, async (teacher) => {
      const { t, page } = teacher
      await teacher.goTo('/reports/new')
      await teacher.choose(t('web.municipality'), 'Tiranë')
      await teacher.press(t('newReport.send'))
      await faultBeside(teacher, 'f-immediacy', t('newReport.need_immediacy'))
      await teacher.pick(t('reportPage.immediacy'), t('reportPage.immediacy_ordinary'))
      await teacher.tick(concern('begging', language))
      await teacher.write(t('reportPage.narrative'), 'Mungon prej dy javësh; e kanë parë te tregu.')
      await teacher.pick(t('newReport.sex'), t('newReport.girl'))
      // Nothing but a municipality says where; then a birth that is still to come.
      await teacher.press(t('newReport.send'))
      await faultBeside(teacher, 'f-place.text')
      await teacher.write(t('reportPage.place'), 'Shkolla 9-vjeçare')
      await teacher.pick(t('web.age'), t('web.partial_exact'))
      await teacher.write(t('newReport.born_day'), day(30))
      await teacher.press(t('newReport.send'))
      await page.getByRole('alert').waitFor()
      await expect.poll(() => page.locator('[id^="f-children.0"][id$="-error"]').count()).toBe(1)
      await picture(page, `teacher-fault-${language}-${arrival.width}`)
      expect(await axeFaultsOfAll(page)).toEqual([])
      await teacher.pick(t('web.age'), t('web.partial_age'))
      await teacher.write(t('newReport.age_about'), '9')
      await teacher.press(t('newReport.send'))
      await teacher.at(t('newReport.sent_title'))
      await myStatus(teacher, 'received')
    })
    await walk('cpw-tirana', arrival, async (worker) => {
      expect(await acceptNewest(worker, worker.t('reportPage.source_school'))).toHaveLength(1)
    })
    await walk('school', arrival, (teacher) => myStatus(teacher, 'being_handled'))
  })

  it('an operator of a line: who, by which number and where are asked; 18 is no child', async () => {
    const line = language === 'sq' ? '116006' : '112'
    await walk('hotline', arrival, async (operator) => {
      const { t, page } = operator
      await operator.goTo('/reports/new')
      await operator.press(t('newReport.send'))
      for (const field of ['f-immediacy', 'f-source', 'f-channel', 'f-place.municipality'])
        await faultBeside(operator, field)
      const channel = page.getByRole('combobox', { name: t('reportPage.channel') })
      for (const number of ['116006', '116111', '112'] as const)
        expect(await channel.innerText()).toContain(t(`reportPage.channel_${number}`))
      await channel.selectOption({ label: t(`reportPage.channel_${line}`) })
      await operator.pick(t('reportPage.immediacy'), t('reportPage.immediacy_high'))
      await operator.choose(t('reportPage.source'), t('reportPage.source_public'))
      await operator.choose(t('web.municipality'), 'Tiranë')
      await operator.write(t('reportPage.place'), 'Pranë stacionit të trenit')
      await operator.tick(concern('begging', language))
      await operator.pick(t('web.age'), t('web.partial_age'))
      await operator.write(t('newReport.age_about'), '18')
      await operator.press(t('newReport.send'))
      await faultBeside(operator, 'f-children.0.age')
      await picture(page, `operator-fault-${language}-${arrival.width}`)
      expect(await axeFaultsOfAll(page)).toEqual([])
      await operator.write(t('newReport.age_about'), '11')
      await operator.write(t('reportPage.phone'), '069 000 0000')
      await operator.press(t('newReport.send'))
      await operator.at(t('newReport.sent_title'))
      await myStatus(operator, 'received')
    })
    await walk('cpw-tirana', arrival, async (worker) => {
      const { t } = worker
      await acceptNewest(worker, t(`reportPage.channel_${line}`))
      // To call back is a purpose of its own; only then the caller's number is shown.
      await worker.press(t('reportPage.reporter_open'))
      await worker.sees('069 000 0000')
    })
    await walk('hotline', arrival, (operator) => myStatus(operator, 'being_handled'))
  })

  it('nobody knew the place: it waits at the line, whose operator passes it on', async () => {
    await walk('hotline', arrival, async (operator) => {
      const { t } = operator
      await operator.goTo('/reports/new')
      await operator.choose(t('reportPage.channel'), t('reportPage.channel_116111'))
      await operator.pick(t('reportPage.immediacy'), t('reportPage.immediacy_high'))
      await operator.choose(t('reportPage.source'), t('reportPage.source_self'))
      await operator.choose(t('web.municipality'), t('web.unknown_not_known'))
      await operator.write(t('reportPage.place'), 'E mbyllur në një shtëpi, nuk di ku')
      await operator.press(t('newReport.send'))
      await operator.at(t('newReport.sent_title'))
      await operator.goTo('/reports')
      await operator.press(t('reportPage.title_line'))
      await operator.page
        .getByRole('row', { name: new RegExp(t('reportPage.source_self')) })
        .first()
        .getByRole('link')
        .click()
      await operator.at(t('reportPage.you_decide'))
      await operator.pick(t('reportPage.immediacy'), t('reportPage.immediacy_high'))
      expect(await operator.page.getByRole('radio', { name: t('reportPage.decision_accept') }).count()).toBe(
        0,
      )
      await operator.pick(t('reportPage.decision'), t('reportPage.decision_refer_on'))
      await operator.choose(t('reportPage.to_unit'), 'cpu-tirana')
      await operator.write(t('reportPage.reason'), 'Telefonoi sërish: është në Tiranë')
      await operator.tick(t('reportPage.checked'))
      await operator.press(t('reportPage.send_refer_on'))
      await operator.page.getByText(t('reportPage.triaged')).first().waitFor()
    })
    await walk('cpw-tirana', arrival, async (worker) => {
      await worker.goTo('/reports')
      await worker.page
        .getByRole('row', { name: new RegExp(worker.t('reportPage.source_self')) })
        .first()
        .waitFor()
    })
  })

  it('a child like one of the unit’s own: no case begins before somebody has said whether it is the same', async () => {
    const familyName = language === 'sq' ? 'Lleshaj' : 'Zeneli'
    const told = async () => {
      const id = uuidv7()
      const { status } = await country.app.as('field-tirana').command('report.create', id, {
        source: 'field_team',
        channel: 'field',
        immediacy: 'high',
        concerns: ['begging'],
        place: { municipality: '53', text: 'Te tregu' },
        narrative: 'Lyp te tregu.',
        children: [
          {
            givenName: 'Besmir',
            familyName,
            sex: 'male',
            birth: { from: '2015-05-04', to: '2015-05-04', said: '' },
          },
        ],
      })
      expect(status).toBe(200)
      return id
    }
    const accepted = async () => {
      const [row] = await country.app.db.admin<{ n: number }>(
        'select count(*)::int as n from report_child where family_name = $1 and person_id is not null',
        [familyName],
      )
      return row!.n
    }
    const [first, second] = [await told(), await told()]
    const { status } = await country.app.as('cpw-tirana').command(
      'report.triage',
      first,
      {
        decision: 'accept',
        immediacy: 'high',
        duplicatesChecked: true,
        managerId: userId('cpw-tirana'),
        attach: [],
      },
      { baseVersion: 1 },
    )
    expect(status).toBe(200)
    await walk('cpw-tirana', arrival, async (worker) => {
      const { t, page } = worker
      // A search that failed says so; it must not look like one that found nobody.
      const search = `**/api/reports/${second}/duplicates*`
      await page.route(search, (route) => route.abort())
      await worker.goTo(`/reports/${second}`)
      await page.getByRole('button', { name: t('web.try_again') }).waitFor()
      await page.unroute(search)
      worker.complaints.length = 0
      await worker.press(t('web.try_again'))
      const same = page.getByRole('radio', { name: new RegExp(familyName) })
      await same.waitFor()
      await worker.pick(t('reportPage.immediacy'), t('reportPage.immediacy_high'))
      await worker.pick(t('reportPage.decision'), t('reportPage.decision_accept'))
      await worker.tick(t('reportPage.checked'))
      await worker.sees(t('reportPage.duplicates_answer'))
      await page.getByRole('button', { name: t('reportPage.send_accept') }).click({ force: true })
      expect(await accepted()).toBe(1)
      await same.check()
      await worker.press(t('reportPage.send_accept'))
      await expect.poll(accepted).toBe(2)
    })
    const persons = await country.app.db.admin(
      'select distinct person_id from report_child where family_name = $1',
      [familyName],
    )
    expect(persons).toHaveLength(1)
  })

  it('an address that is none says so in a page of its own', async () => {
    await walk('school', arrival, async ({ page, t }) => {
      for (const path of ['/app/nowhere', '/app/sign-in/nowhere']) {
        await page.goto(path)
        await page
          .getByRole('main')
          .getByRole('heading', { level: 1, name: t('web.not_found') })
          .waitFor()
        await expect.poll(() => page.getByRole('main').count()).toBe(1)
        expect(await axeFaultsOfAll(page)).toEqual([])
      }
    })
  })
})
