/**
 * Surveys of the population, schools, staff and those who were helped (domain specification 16.15): an instrument in a
 * version, waves of it, and how many gave which answer. Nobody who answered is in the register.
 */
import { tiranaDay } from './clock/tirana.ts'
import { accept, type Day, type Decision, type DomainEvent, type Role, refuse, type Stamp } from './core.ts'

export const surveyKinds = ['population', 'school', 'staff', 'satisfaction', 'actors', 'at_risk'] as const
export type SurveyKind = (typeof surveyKinds)[number]

export interface SurveyQuestion {
  readonly key: string
  readonly textSq: string
  readonly textEn: string
  readonly answers: readonly {
    readonly code: string
    readonly textSq: string
    readonly textEn: string
    /** The answer that the indicator counts, such as «can name the forms of trafficking». */
    readonly counts: boolean
  }[]
  /** The indicator that the counting answers measure, where the survey measures several. */
  readonly measures?: string | undefined
}
/**
 * The question that measures this indicator: the one that names it, or the only one with answers that count where the survey measures a
 * single indicator. None where it cannot be told.
 */
export const questionOf = (
  indicatorId: string,
  survey: { readonly indicatorIds: readonly string[]; readonly questions: readonly SurveyQuestion[] },
): SurveyQuestion | null => {
  const counting = survey.questions.filter((one) => one.answers.some((answer) => answer.counts))
  const named = counting.filter((one) => one.measures === indicatorId)
  if (named.length > 0) return named.length === 1 ? named[0]! : null
  return counting.length === 1 && survey.indicatorIds.length === 1 && counting[0]!.measures === undefined
    ? counting[0]!
    : null
}

export interface SurveyBody {
  readonly kind: SurveyKind
  readonly titleSq: string
  readonly titleEn: string
  readonly instrument: string
  readonly instrumentVersion: string
  readonly population: string
  readonly indicatorIds: readonly string[]
  readonly questions: readonly SurveyQuestion[]
}
export interface Survey {
  readonly questions: readonly SurveyQuestion[]
  /** Waves so far, and the last day of the last. */
  readonly waves: number
  readonly lastDay: Day | null
}
export interface WaveBody {
  readonly from: Day
  readonly to: Day
  readonly method: string
  /** How many were asked. */
  readonly sample: number
  /** How many answered. */
  readonly answered: number
  readonly counts: readonly { readonly question: string; readonly answer: string; readonly n: number }[]
}

export type SurveyCreated = DomainEvent<
  'SurveyCreated',
  {
    readonly kind: SurveyKind
    readonly instrument: string
    readonly instrumentVersion: string
    readonly questions: number
  }
>
export type WaveRecorded = DomainEvent<
  'WaveRecorded',
  {
    readonly waveId: string
    readonly ordinal: number
    readonly from: Day
    readonly to: Day
    readonly sample: number
    readonly answered: number
    readonly counts: readonly { readonly question: string; readonly answer: string; readonly n: number }[]
  }
>

const askers: readonly Role[] = [
  'coordinator',
  'state_agency',
  'responsible_authority',
  'county_committee',
  'education_directorate',
]
export const mayAsk = (role: string): boolean => askers.some((one) => one === role)

export const decideCreateSurvey = (body: SurveyBody, stamp: Stamp): Decision<SurveyCreated> => {
  if (!mayAsk(stamp.actor.role)) return refuse('not_allowed')
  const keys = body.questions.map((question) => question.key)
  const twice = keys.findIndex((key, at) => keys.indexOf(key) !== at)
  if (twice >= 0) return refuse('survey_question_unknown', `questions.${twice}.key`)
  for (const [at, { answers, measures }] of body.questions.entries()) {
    if (measures !== undefined && !body.indicatorIds.includes(measures))
      return refuse('survey_question_unknown', `questions.${at}.measures`)
    const codes = answers.map((answer) => answer.code)
    if (new Set(codes).size !== codes.length)
      return refuse('survey_question_unknown', `questions.${at}.answers`)
  }
  return accept({
    type: 'SurveyCreated',
    v: 1,
    facts: {
      kind: body.kind,
      instrument: body.instrument,
      instrumentVersion: body.instrumentVersion,
      questions: keys.length,
    },
  })
}

export const decideAddWave = (survey: Survey, body: WaveBody, stamp: Stamp): Decision<WaveRecorded> => {
  if (!mayAsk(stamp.actor.role)) return refuse('not_allowed')
  if (body.to < body.from) return refuse('survey_wave_before_last', 'to')
  if (body.to > tiranaDay(stamp.now)) return refuse('in_future', 'to')
  if (survey.lastDay !== null && body.from <= survey.lastDay) return refuse('survey_wave_before_last', 'from')
  if (body.answered > body.sample) return refuse('survey_too_many_answers', 'answered')
  const given = new Map<string, number>()
  const seen = new Set<string>()
  for (const [at, { question, answer, n }] of body.counts.entries()) {
    const known = survey.questions.find((one) => one.key === question)
    if (
      known === undefined ||
      !known.answers.some((one) => one.code === answer) ||
      seen.has(`${question}/${answer}`)
    )
      return refuse('survey_question_unknown', `counts.${at}.answer`)
    seen.add(`${question}/${answer}`)
    const sum = (given.get(question) ?? 0) + n
    // One person gives one answer to a question.
    if (sum > body.answered)
      return refuse('survey_too_many_answers', `counts.${at}.n`, { answered: body.answered })
    given.set(question, sum)
  }
  return accept({
    type: 'WaveRecorded',
    v: 1,
    facts: {
      waveId: stamp.newId(),
      ordinal: survey.waves + 1,
      from: body.from,
      to: body.to,
      sample: body.sample,
      answered: body.answered,
      counts: body.counts.map(({ question, answer, n }) => ({ question, answer, n })),
    },
    touches: ['waves'],
  })
}
