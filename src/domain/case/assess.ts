/** Assessments and the level of risk. */
import { accept, type Decision, type Instant, refuse, type Stamp } from '../core.ts'
import { type Answer, type FormDefinition, keptOf, questionsOf } from '../form/definition.ts'
import { byKey, evaluate, fits, missingOf } from '../form/evaluate.ts'
import type { Refusal } from '../refusal.ts'
import { event } from './event.ts'
import type { CaseEvent, RiskLevelSet } from './events.ts'
import { type CaseAction, gate } from './policy.ts'
import { type CaseState, type RiskLevel, riskLevels } from './state.ts'

export interface RecordAssessment {
  readonly answers: readonly Answer[]
  /** When the child was last seen with one's own eyes; needed to finish the initial assessment. */
  readonly childSeenAt: Instant | null
  readonly risk: RiskLevel | null
  readonly riskReason?: string
  /** The assessment is done and the case goes on; otherwise it is kept and may be recorded again. */
  readonly finish: boolean
}

/** The two assessments that move a case on may be kept half done; every other form is whole when it is recorded. */
const keptUnfinished = (form: FormDefinition): boolean =>
  form.form === 'initial' || form.form === 'comprehensive'

const actOf = (form: FormDefinition, finish: boolean): CaseAction => {
  if (form.use === 'checklist') return 'record_checklist'
  if (finish && form.form === 'initial') return 'finish_initial'
  return finish && form.form === 'comprehensive' ? 'finish_comprehensive' : 'record_assessment'
}

/** What is wrong with these answers to this form, or null. */
export function answersFault(
  form: FormDefinition,
  answers: readonly Answer[],
  whole: boolean,
): Refusal | null {
  const questions = new Map(questionsOf(form).map((q) => [q.key, q]))
  const outcome = evaluate(form, byKey(answers))
  const seen = new Set<string>()
  const no = (code: Refusal['code'], field: string, question: string): Refusal => ({
    code,
    field: `answers.${field}`,
    params: { question },
  })
  for (const [i, a] of answers.entries()) {
    const question = questions.get(a.key)
    if (question === undefined || seen.has(a.key) || !fits(question, a))
      return no('case_answer_unfit', String(i), a.key)
    if (!outcome.shown.has(a.key)) return no('case_answer_hidden', String(i), a.key)
    seen.add(a.key)
  }
  const [missing] = missingOf(form, byKey(answers), outcome)
  return missing !== undefined && whole ? no('case_assessment_not_filled', missing.key, missing.key) : null
}

/** The answers as they are kept: each at the tier of its question, scores beside them. */
export const assessmentRecorded = (
  form: FormDefinition,
  body: Pick<RecordAssessment, 'answers' | 'childSeenAt'>,
  stamp: Stamp,
) => {
  const { scores } = evaluate(form, byKey(body.answers))
  return event(
    'AssessmentRecorded',
    stamp,
    {
      assessmentId: stamp.newId(),
      form: form.form,
      formVersion: form.version,
      childSeenAt: body.childSeenAt,
      answers: keptOf(form, body.answers, scores, 'T2'),
    },
    {
      T3: filled('answers', keptOf(form, body.answers, scores, 'T3')),
      T4: filled('answers', keptOf(form, body.answers, scores, 'T4')),
      touches: [`assessment_${form.form}`],
    },
  )
}

export function decideRecordAssessment(
  s: CaseState,
  body: RecordAssessment,
  stamp: Stamp,
  form: FormDefinition,
): Decision<CaseEvent> {
  const finishes = actOf(form, body.finish)
  const no = gate(finishes, stamp.actor, s)
  if (no) return { ok: false, refusal: no }

  const fault = answersFault(form, body.answers, body.finish || !keptUnfinished(form))
  if (fault !== null) return { ok: false, refusal: fault }
  if (body.childSeenAt !== null && body.childSeenAt > stamp.now) return refuse('in_future', 'childSeenAt')

  const seen = body.childSeenAt ?? s.childSeenAt
  const risk = body.risk ?? s.risk
  if (finishes === 'finish_initial') {
    if (seen === null) return refuse('case_child_not_seen', 'childSeenAt')
    if (risk === null) return refuse('case_risk_not_set', 'risk')
  }
  if (body.risk !== null && lowers(s, body.risk) && !body.riskReason?.trim())
    return refuse('reason_required', 'riskReason')
  const events: CaseEvent[] = [assessmentRecorded(form, body, stamp)]
  if (body.risk !== null && body.risk !== s.risk) events.push(riskSet(s, body.risk, body.riskReason, stamp))
  if (finishes === 'finish_initial')
    events.push(event('InitialAssessmentDone', stamp, {}, { touches: ['status'] }))
  if (finishes === 'finish_comprehensive')
    events.push(event('ComprehensiveAssessmentDone', stamp, {}, { touches: ['status'] }))
  return { ok: true, events }
}

/** Down never silently (domain specification, section 7): with a reason, and the head of the unit hears of it. */
export const lowers = (s: Pick<CaseState, 'risk'>, to: RiskLevel): boolean =>
  s.risk !== null && riskLevels.indexOf(to) < riskLevels.indexOf(s.risk)

const filled = (name: string, answers: ReturnType<typeof keptOf>) =>
  Object.keys(answers).length > 0 ? { [name]: answers } : {}

const riskSet = (s: CaseState, risk: RiskLevel, reason: string | undefined, stamp: Stamp) =>
  event(
    'RiskLevelSet',
    stamp,
    { textId: stamp.newId(), risk, was: s.risk },
    { T3: { reason }, touches: ['risk'] },
  )

/** A level may be set at any time; the sentence why is part of it. */
export function decideSetRisk(
  s: CaseState,
  body: { readonly risk: RiskLevel; readonly reason: string },
  stamp: Stamp,
): Decision<RiskLevelSet> {
  const no = gate('set_risk', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  if (body.reason.trim() === '') return refuse('reason_required', 'reason')
  return accept(riskSet(s, body.risk, body.reason, stamp))
}
