/** Passages of the main job that several tests walk, each as its person does it at the screen. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FormDefinition } from '#domain/form/definition.ts'
import type { Language } from '#wire/words/index.ts'
import type { Hands } from './hands.ts'

const shipped = <T>(name: string): T =>
  JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'reference', 'al', name), 'utf8')) as T
const { concerns } = shipped<{ concerns: readonly { code: string; sq: string; en: string }[] }>(
  'concerns.json',
)

/** How a concern is called on the forms. */
export const concern = (code: string, language: Language): string =>
  concerns.find((one) => one.code === code)?.[language] ?? code

/** Tirana's wall clock as a date-and-time field takes it. */
export const wallClock = (at = new Date()): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Tirane', dateStyle: 'short', timeStyle: 'short' })
    .format(at)
    .replace(' ', 'T')
export const day = (inDays = 0): string => wallClock(new Date(Date.now() + inDays * 86_400_000)).slice(0, 10)

export interface Child {
  readonly given: string
  readonly family: string
  readonly sex: 'girl' | 'boy'
  readonly age: number
}

/** The street form, question by question, as a field team fills it in on a telephone. */
export const reportFromStreet = async (field: Hands, language: Language, children: readonly Child[]) => {
  const { t, page } = field
  await field.goTo('/reports/new')
  await field.press(new RegExp(t('newReport.f_ordinary')))
  await field.at(t('newReport.f_where'))
  await field.write(t('reportPage.place'), 'Te Zogu i Zi')
  await field.press(t('newReport.next'))
  await field.at(t('newReport.f_what'))
  await field.tick(concern('begging', language))
  await field.press(t('newReport.next'))
  await field.at(t('newReport.f_who'))
  for (const [i, child] of children.entries()) {
    if (i > 0) await field.press(t('newReport.another_child'))
    const about = field.within(
      page.getByRole('group', { name: t('reportPage.child_n', { n: i + 1 }), exact: true }),
    )
    await about.pick(t('newReport.sex'), t(`newReport.${child.sex}`))
    await about.pick(t('web.age'), t('web.partial_age'))
    await about.write(t('newReport.age_about'), String(child.age))
    await about.write(t('newReport.given_name'), child.given)
    await about.write(t('newReport.family_name'), child.family)
  }
  await field.press(t('newReport.next'))
  await field.at(t('newReport.f_more'))
  await field.write(t('reportPage.narrative'), 'Lypnin te semafori, vetëm, deri natën vonë.')
  await field.press(t('newReport.send'))
  await field.at(t('newReport.sent_title'))
}

/** On an open report: looks at who the children may be, accepts; answers the addresses of the cases. */
const accept = async (worker: Hands): Promise<readonly string[]> => {
  const { t, page } = worker
  await worker.at(t('reportPage.you_decide'))
  const known = page.getByRole('group', { name: t('reportPage.duplicates') })
  await known.first().waitFor()
  // Earlier walks left children who resemble these.
  for (const one of await known.getByRole('radio', { name: t('reportPage.not_same') }).all())
    await one.check()
  await worker.pick(t('reportPage.immediacy'), t('reportPage.immediacy_high'))
  await worker.pick(t('reportPage.decision'), t('reportPage.decision_accept'))
  await worker.tick(t('reportPage.checked'))
  await worker.press(t('reportPage.send_accept'))
  const links = page.getByRole('link', { name: t('reportPage.case'), exact: true })
  await links.first().waitFor()
  const hrefs = await links.evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''))
  return hrefs.map((href) => href.replace('/app', ''))
}

/** Opens the newest report that waits with that concern, and accepts it. */
export const acceptReport = async (worker: Hands, language: Language): Promise<readonly string[]> => {
  await worker.goTo('/reports')
  await worker.follow(concern('begging', language))
  return accept(worker)
}

/** Opens the newest report that waits from that source, and accepts it. */
export const acceptNewest = async (worker: Hands, source: string): Promise<readonly string[]> => {
  await worker.goTo('/reports')
  await worker.page
    .getByRole('row', { name: new RegExp(source) })
    .first()
    .getByRole('link')
    .click()
  return accept(worker)
}

/** Answers every question that must be answered, with something that fits. */
export const assess = async (
  worker: Hands,
  language: Language,
  casePath: string,
  name: FormDefinition['form'],
  risk?: 'low' | 'medium' | 'high',
): Promise<void> => {
  const { t, page } = worker
  const form = shipped<FormDefinition>(`forms/${name}.json`)
  await worker.goTo(`${casePath}/assessment/${name}`)
  await worker.at(new RegExp(form.title[language]))
  if (name === 'initial') await worker.write(t('casePage.child_seen_at'), wallClock())
  for (const question of form.sections.flatMap((section) => section.questions)) {
    if (question.required !== true) continue
    const label = question.label[language]
    const options = question.options ?? []
    const first = options[0]?.label[language] ?? ''
    if (question.kind === 'text') await worker.write(label, 'Siç u pa dhe u dëgjua.')
    else if (question.kind === 'day') await worker.write(label, day())
    else if (question.kind === 'scale') await worker.pick(label, '2')
    else if (question.kind === 'yes_no') await worker.pick(label, t('web.yes'))
    else if (question.kind === 'choices' || options.length <= 6) await worker.pick(label, first)
    else await worker.choose(label, first)
  }
  if (risk !== undefined) {
    await worker.pick(t('casePage.risk'), t(`web.risk_long_${risk}`))
    await worker.write(t('casePage.risk_reason'), 'Natën në rrugë, pa të rritur pranë.')
  }
  await worker.press(t(name === 'best_interests' ? 'casePage.form_record' : 'casePage.finish'))
  await page.waitForURL((url) => url.pathname === `/app${casePath}`)
}

/** An act from the case's menu, opened as a dialog. */
export const act = async (worker: Hands, word: string): Promise<Hands> => {
  const { t } = worker
  await worker.press(t('casePage.more_acts'))
  await worker.press(t(`casePage.${word}`))
  await worker.page.getByRole('dialog').waitFor()
  return worker.dialog()
}

/** Goal and action with institution, due date, cost and source. */
export const makePlan = async (worker: Hands, casePath: string): Promise<void> => {
  const { t, page } = worker
  await worker.goTo(`${casePath}?tab=plan`)
  await worker.press(t('casePage.plan_begin'))
  await worker.confirm(t('casePage.plan_begin'))
  await worker.press(t('casePage.goal_add'))
  const goal = worker.dialog()
  await goal.choose(t('casePage.goal_area'), t('casePage.area_education'))
  await goal.write(t('casePage.goal_text'), 'Kthehet në shkollë')
  await worker.confirm(t('web.add'))
  await worker.sees('1. Kthehet në shkollë')
  await worker.press(t('casePage.action_add'))
  const action = worker.dialog()
  await action.choose(t('casePage.service'), t('casePage.service_education'))
  await action.write(t('casePage.action_text'), 'Regjistrimi në klasën e tretë')
  await action.choose(t('casePage.plan_responsible'), 'school-tirana')
  await action.write(t('casePage.plan_due_by'), day(20))
  await action.write(t('casePage.cost_lek'), '12000')
  await action.choose(t('casePage.funding'), t('casePage.funding_municipality'))
  await worker.confirm(t('web.add'))
  await page.getByRole('row', { name: /Regjistrimi në klasën e tretë/ }).waitFor()
}

interface ShippedSet {
  readonly sq: string
  readonly en: string
  readonly items: readonly { readonly code: string; readonly sq: string; readonly en: string }[]
  readonly forms: readonly { readonly code: string; readonly sq: string; readonly en: string }[]
}

/** Marks these elements as present, each with what shows it, and chooses what they advise. */
export const markElements = async (
  worker: Hands,
  language: Language,
  code: 'trafficking' | 'economic_exploitation',
  elements: readonly string[],
  form = 'begging',
  advised: 'vmt' | 'at_risk' = 'vmt',
): Promise<void> => {
  const { t, page } = worker
  const set = shipped<ShippedSet>(`screening/${code}.json`)
  const named = (list: ShippedSet['items'], one: string) =>
    list.find((x) => x.code === one)?.[language] ?? one
  await worker.at(new RegExp(set[language]))
  await worker.pick(t('screeningPage.forms'), named(set.forms, form))
  await worker.pick(t('screeningPage.territory'), t('screeningPage.territory_internal'))
  for (const element of elements) {
    const asked = page.getByRole('radiogroup', {
      name: named(set.items, element),
      exact: true,
      includeHidden: true,
    })
    const folded = page.locator('details.dimension:not([open])').filter({ has: asked })
    if ((await folded.count()) > 0) await folded.locator('summary').click()
    const row = page.getByRole('listitem').filter({ has: asked })
    await row.getByRole('radio', { name: t('web.yes'), exact: true }).check()
    await worker.within(row).write(t('screeningPage.what_shows'), 'E pa ekipi në terren, dy net radhazi.')
  }
  const result = t(`screeningPage.${code === 'trafficking' ? 'result' : 'economic'}_${advised}`)
  await worker.sees(t('screeningPage.you_decide_more', { advised: result }))
  await worker.pick(t('screeningPage.you_decide'), result)
}

/** Marks these elements inside the case and decides as they advise. */
export const screen = async (
  worker: Hands,
  language: Language,
  casePath: string,
  code: 'trafficking' | 'economic_exploitation',
  elements: readonly string[],
): Promise<void> => {
  const { t, page } = worker
  await worker.goTo(`${casePath}?tab=screening`)
  await worker.follow(t(`screeningPage.begin_${code}`))
  await markElements(worker, language, code, elements)
  await worker.press(t(`screeningPage.${code === 'trafficking' ? 'mark_vmt' : 'mark_economic_vmt'}`))
  await page.waitForURL((url) => url.searchParams.get('tab') === 'screening')
  await worker.sees(t('screeningPage.elements', { count: elements.length }))
}

/** Minutes of a conference whose members approved the plan. */
export const holdConference = async (worker: Hands, casePath: string): Promise<void> => {
  const { t, page } = worker
  await worker.goTo(`${casePath}?tab=measures`)
  const minutes = await act(worker, 'act_conference')
  await minutes.press(t('casePage.member_add'))
  const members = page.getByRole('dialog').getByRole('combobox', { name: t('casePage.institution') })
  await members.nth(0).selectOption({ label: 'school-tirana' })
  await members.nth(1).selectOption({ label: 'police-tirana' })
  await minutes.pick(t('casePage.decided'), t('casePage.decision_approve_plan'))
  await minutes.pick(t('casePage.child_part'), t('casePage.part_was_heard'))
  await minutes.pick(t('casePage.family_part'), t('casePage.part_refused'))
  await minutes.write(t('casePage.minutes'), 'Plani u diskutua dhe u miratua.')
  await worker.confirm(t('web.save'))
}

/** Why, what the child and the caregiver say, and whom to call. */
export const fillClosure = async (closure: Hands, reason: 'goals_met' | 'moved'): Promise<void> => {
  const { t } = closure
  await closure.pick(t('casePage.closure_why'), t(`casePage.closure_${reason}`))
  await closure.write(t('casePage.explanation'), 'Qëllimet u arritën.')
  await closure.pick(t('casePage.child_view_asked'), t('casePage.view_recorded'))
  await closure.write(t('casePage.child_view_words'), 'Më pëlqen shkolla.')
  await closure.pick(t('casePage.caregiver_view_asked'), t('casePage.view_recorded'))
  await closure.write(t('casePage.caregiver_view_words'), 'Jemi mirë.')
  await closure.write(t('casePage.whom_to_call'), '116 111')
}

/** A child with a stranger at the crossing: recorded, told to the unit, asked in Arabic; what was answered makes a potential victim. */
export const foundAtBorder = async (hands: Hands, given: string, family: string): Promise<void> => {
  const { page, t } = hands
  const press = (question: string, answer: string) =>
    page.getByRole('radiogroup', { name: question }).getByText(answer, { exact: true }).click()
  const b = (key: string, params = {}) => t(`borderPage.${key}`, params)
  await hands.goTo('/border')
  await press(b('direction'), b('dir_out'))
  await press(b('category'), b('cat_others'))
  await hands.choose(b('relation'), b('rel_stranger'))
  await hands.write(b('number'), 'XX 404')
  await page.locator('#f-givenName').fill(given)
  await hands.write(b('family'), family)
  await hands.write(b('born'), '2016')
  await press(b('sex'), b('girl'))
  await hands.press(b('record'))
  await hands.at(b('pass'))
  await hands.follow(b('aside'))
  await hands.at(b('at_protect'))
  await page.getByRole('radio', { name: b('danger_immediate') }).check()
  await hands.press(b('tell_unit'))
  await hands.at(b('at_women'))
  const woman = page.getByRole('group', { name: b('woman_officer') })
  await woman.getByRole('radio', { name: b('is_there') }).check()
  await hands.write(b('name'), 'Mira Deti')
  const worker = page.getByRole('group', { name: b('social_worker') })
  await worker.getByRole('radio', { name: b('is_not_there') }).check()
  await hands.choose(b('why'), b('absence_on_the_way'))
  await hands.press(b('go_on'))
  await hands.at(b('at_language'))
  await hands.press('العربية')
  for (let n = 1; n <= 11; n += 1) {
    await page.getByText(b('question_n', { n, of: 11 })).waitFor()
    await hands.press(n <= 3 ? 'لا' : 'لا أعرف')
  }
  await hands.sees(b('result_vmt'))
}
