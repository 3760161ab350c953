/** The short screening at a crossing: who of the women was there, what was answered, and for a child the screening that its report carries. */
import { decideBorderScreen, elementsOf } from '#domain/border/screen.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import { inForce } from '#domain/screening.ts'
import { ScreenAtBorder } from '#wire/border.ts'
import { append } from '../append.ts'
import { command, done, refused } from '../command.ts'
import { domainSets } from '../report/options.ts'
import { screen } from '../screening/record.ts'
import type { WriteTx } from '../tx.ts'
import { borderQuestions, questions, spokenAtBorder } from './options.ts'
import { deskOf, lockCheck } from './store.ts'

/** What stands as evidence: the question as it is put in Albanian, the answer, and the language it was asked in. */
const evidenceOf = (question: string, answer: string, language: string): string => {
  const text = borderQuestions.questions.find((one) => one.code === question)?.text.sq ?? question
  const said = borderQuestions.languages.find((one) => one.code === 'sq')
  const name = borderQuestions.languages.find((one) => one.code === language)?.name ?? language
  return `«${text}» — ${answer === 'yes' ? said?.yes : said?.no} (${name})`
}

const carry = async (
  tx: WriteTx,
  body: ScreenAtBorder,
  to: { readonly reportId: string; readonly childId: string },
  version: string,
) =>
  screen(tx, tx.stamp.newId(), {
    set: borderQuestions.set,
    version,
    reportId: to.reportId,
    childId: to.childId,
    subject: 'child',
    forms: ['unknown'],
    territory: 'cross_border',
    setting: 'border',
    items: elementsOf(body.answers, questions, 'child').map(({ element, question, answer }) => ({
      code: element,
      evidence: evidenceOf(question, answer, body.language),
    })),
  })

export const screenAtBorder = command('border.screen', ScreenAtBorder, async (tx, cmd) => {
  const { body } = cmd
  const check =
    body.subject === 'child' && body.checkId !== undefined ? await lockCheck(tx, body.checkId) : null
  if (check !== null && check.byId !== tx.actor.userId) return refused({ code: 'not_allowed' })
  const { own } = await deskOf(tx)
  const crossing = check?.crossing ?? body.crossing ?? own[0]
  if (crossing === undefined) return refused({ code: 'border_no_crossing', field: 'crossing' })
  if (!own.includes(crossing)) return refused({ code: 'border_crossing_not_yours', field: 'crossing' })
  const set = inForce(domainSets, borderQuestions.set, tiranaDay(tx.stamp.occurredAt))
  if (set === undefined) return refused({ code: 'screening_set_not_in_force', field: 'answers' })
  const reportId = check?.reportId ?? null
  const decision = decideBorderScreen(
    body,
    { questions, languages: spokenAtBorder, threshold: set.threshold, reportId },
    tx.stamp,
  )
  if (!decision.ok) return refused(decision.refusal)
  const { facts } = decision.events[0]!
  if (reportId !== null && check?.childId) {
    const carried = await carry(tx, body, { reportId, childId: check.childId }, set.version)
    if (!carried.ok) return carried
  }
  const version = await append(
    tx,
    { kind: 'border_screening', id: cmd.recordId, version: 0 },
    decision.events,
  )
  await tx.sql(
    `insert into border_screening (id, version, crossing, unit_id, check_id, report_id, subject, sex, language, asked, unanswered, met,
       elements, result, woman_officer, woman_officer_why, social_worker, social_worker_why, by_id, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`,
    [
      cmd.recordId,
      version,
      crossing,
      tx.actor.unitId,
      check?.id ?? null,
      facts.reportId,
      body.subject,
      body.sex,
      body.language,
      body.answers.length,
      body.answers.filter((one) => one.answer === 'unclear').length,
      facts.elements.length,
      facts.elements,
      facts.result,
      facts.womanOfficer,
      facts.womanOfficerWhy,
      facts.socialWorker,
      facts.socialWorkerWhy,
      tx.actor.userId,
      tx.stamp.occurredAt,
    ],
  )
  const { womanOfficer, socialWorker } = body
  tx.later(
    'insert into border_screening_named (id, woman_officer, social_worker, social_worker_role) values ($1, $2, $3, $4)',
    [
      cmd.recordId,
      womanOfficer.present ? (womanOfficer.name ?? null) : null,
      socialWorker.present ? (socialWorker.name ?? null) : null,
      socialWorker.present ? (socialWorker.role ?? null) : null,
    ],
  )
  return done({
    recordId: cmd.recordId,
    version,
    reply: { met: facts.elements.length, result: facts.result, elements: [...facts.elements] },
  })
})
