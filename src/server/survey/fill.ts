/**
 * What a wave brings to the indicators that its survey measures. A figure that somebody entered by hand for those days stays, and a share
 * that small counts would give away is not made; the reply says what was not brought, and why.
 */
import { suppress } from '#disclosure/suppress.ts'
import type { Uuid } from '#domain/core.ts'
import { type CollectBody, decideCollect } from '#domain/indicator/collect.ts'
import { questionOf, type SurveyQuestion, type WaveRecorded } from '#domain/survey.ts'
import { append } from '../append.ts'
import { uuidv7 } from '../ids.ts'
import { insertValue } from '../indicator/collect.ts'
import { queryOf } from '../indicator/queries/index.ts'
import { isTheirs, type Stored } from '../indicator/read.ts'
import { hiddenUpTo } from '../indicator/shown.ts'
import type { WriteTx } from '../tx.ts'

interface Measured {
  readonly id: Uuid
  readonly title: string
  readonly instrument: string
  readonly indicatorIds: readonly string[]
  readonly questions: readonly SurveyQuestion[]
}
type Wave = WaveRecorded['facts']

/** How many gave an answer that counts; null where that or its rest is small: what is entered is published as it stands. */
const counted = (question: SurveyQuestion, wave: Wave): number | null => {
  const given = (code: string): number =>
    wave.counts.find((one) => one.question === question.key && one.answer === code)?.n ?? 0
  const yes = question.answers.reduce((sum, answer) => (answer.counts ? sum + given(answer.code) : sum), 0)
  const shown = suppress({ cells: [[yes], [wave.answered - yes]] }, { upTo: hiddenUpTo.public })
  return shown.cells[0]![0] ?? null
}

const valueFor = (unit: string, n: number, answered: number): number | null => {
  if (unit.startsWith('%')) return answered === 0 ? null : Math.round((1000 * n) / answered) / 10
  return /^n(?: |$)/.test(unit) ? n : null
}

export interface Filled {
  readonly brought: string[]
  readonly kept: { readonly indicatorId: string; readonly why: string }[]
}

export const fillIndicators = async (tx: WriteTx, survey: Measured, wave: Wave): Promise<Filled> => {
  const result: Filled = { brought: [], kept: [] }
  const indicators = await tx.sql<Stored>(
    `select id, kind, unit, reporters from indicator where id = any ($1) and kind = 'collected' order by ordinal`,
    [survey.indicatorIds],
  )
  for (const indicator of indicators) {
    const keep = (why: string) => result.kept.push({ indicatorId: indicator.id, why })
    const question = questionOf(indicator.id, survey)
    if (question === null) {
      keep('survey_question_unknown')
      continue
    }
    if (!wave.counts.some((one) => one.question === question.key)) {
      keep('survey_not_asked')
      continue
    }
    const n = counted(question, wave)
    const value = n === null ? null : valueFor(indicator.unit, n, wave.answered)
    if (value === null) {
      keep(n === null ? 'survey_small' : 'survey_other_unit')
      continue
    }
    const [standing] = await tx.sql(
      `select 1 from indicator_value where indicator_id = $1 and institution_id = $2 and stands and period_from <= $4 and period_to >= $3`,
      [indicator.id, tx.actor.institutionId, wave.from, wave.to],
    )
    if (standing !== undefined) {
      keep('indicator_period_known')
      continue
    }
    const body: CollectBody = {
      from: wave.from,
      to: wave.to,
      value,
      breakdown: [],
      evidence: `${survey.title} · ${survey.instrument} · ${wave.ordinal} · n = ${wave.answered}`.slice(
        0,
        1000,
      ),
    }
    const live = queryOf(indicator.id) !== undefined
    const decision = decideCollect(
      {
        id: indicator.id,
        kind: indicator.kind,
        unit: indicator.unit,
        live,
        theirs: await isTheirs(tx, indicator),
      },
      null,
      body,
      tx.stamp,
    )
    if (!decision.ok) {
      keep(decision.refusal.code)
      continue
    }
    const id = uuidv7()
    const from = { surveyId: survey.id, waveId: wave.waveId, answered: wave.answered }
    const events = decision.events.map((event) => ({ ...event, facts: { ...event.facts, ...from } }))
    const version = await append(tx, { kind: 'indicator_value', id, version: 0 }, events)
    await insertValue(tx, { id, version, indicator, body, waveId: wave.waveId })
    result.brought.push(indicator.id)
  }
  return result
}
