/** Surveys and their waves. Counts of answers leave through the one suppression, a question of a wave as one table. */
import { z } from 'zod'
import { suppress } from '#disclosure/suppress.ts'
import type { Day, Instant, Uuid } from '#domain/core.ts'
import {
  decideAddWave,
  decideCreateSurvey,
  mayAsk,
  type SurveyKind,
  type SurveyQuestion,
} from '#domain/survey.ts'
import { uuid } from '#wire/envelope.ts'
import { AddWave, CreateSurvey, ListSurveys, SurveyList, SurveyPage } from '#wire/survey.ts'
import { append } from '../append.ts'
import { type CommandHandler, command, done, mustBeFresh, refused } from '../command.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'
import { hiddenUpTo } from '../indicator/shown.ts'
import { invalid, notFound } from '../problem.ts'
import { fillIndicators } from './fill.ts'

const createSurvey = command('survey.create', CreateSurvey, async (tx, cmd) => {
  const { body } = cmd
  const decision = decideCreateSurvey(body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const known = await tx.sql<{ id: string }>('select id from indicator where id = any ($1)', [
    body.indicatorIds,
  ])
  const stranger = body.indicatorIds.findIndex((id) => known.every((one) => one.id !== id))
  if (stranger >= 0) throw invalid({ field: `body.body.indicatorIds.${stranger}`, code: 'unknown_code' })
  const version = await append(tx, { kind: 'survey', id: cmd.recordId, version: 0 }, decision.events)
  await tx.sql(
    `insert into survey (id, kind, title_sq, title_en, instrument, instrument_version, population, indicator_ids, questions, institution_id,
       created_at, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      cmd.recordId,
      body.kind,
      body.titleSq,
      body.titleEn,
      body.instrument,
      body.instrumentVersion,
      body.population,
      body.indicatorIds,
      JSON.stringify(body.questions),
      tx.actor.institutionId,
      tx.now,
      version,
    ],
  )
  return done({ recordId: cmd.recordId, version })
})

const addWave = command('survey.add_wave', AddWave, async (tx, cmd) => {
  const read = `select id, title_sq as title, instrument, indicator_ids as "indicatorIds", questions, version from survey where id = $1`
  type Stored = {
    id: Uuid
    title: string
    instrument: string
    indicatorIds: string[]
    questions: SurveyQuestion[]
    version: number
  }
  const [known] = await tx.sql<Stored>(read, [cmd.recordId])
  if (known === undefined) throw notFound()
  // Everybody reads a survey; the policy on changing lets through the institution that asks it.
  const [survey] = await tx.sql<Stored>(`${read} for update`, [cmd.recordId])
  if (survey === undefined) return refused({ code: 'not_allowed' })
  const [last] = await tx.sql<{ waves: number; lastDay: Day | null }>(
    'select count(*)::int as waves, max(period_to) as "lastDay" from survey_wave where survey_id = $1',
    [cmd.recordId],
  )
  await mustBeFresh(tx, 'survey', cmd, ['waves'])
  const decision = decideAddWave({ questions: survey.questions, ...last! }, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(
    tx,
    { kind: 'survey', id: cmd.recordId, version: survey.version },
    decision.events,
  )
  for (const { facts } of decision.events) {
    await tx.sql(
      `insert into survey_wave (id, survey_id, ordinal, period_from, period_to, method, sample, answered, recorded_by, recorded_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        facts.waveId,
        cmd.recordId,
        facts.ordinal,
        facts.from,
        facts.to,
        cmd.body.method,
        facts.sample,
        facts.answered,
        tx.actor.userId,
        tx.now,
      ],
    )
    await tx.sql(
      `insert into survey_answer_count (wave_id, question, answer, n)
       select $1, c.question, c.answer, c.n from jsonb_to_recordset($2::jsonb) as c (question text, answer text, n int)`,
      [facts.waveId, JSON.stringify(facts.counts)],
    )
  }
  await tx.sql('update survey set version = $2 where id = $1', [cmd.recordId, version])
  const { brought, kept } = await fillIndicators(tx, survey, decision.events[0]!.facts)
  return done({ recordId: cmd.recordId, version, reply: { brought, kept: kept.map((one) => ({ ...one })) } })
})

interface Row {
  readonly id: Uuid
  readonly version: number
  readonly kind: SurveyKind
  readonly title: string
  readonly instrument: string
  readonly instrumentVersion: string
  readonly population: string
  readonly institution: string
  readonly waves: number
  readonly lastDay: Day | null
  readonly createdAt: Instant
}
const columns = (language: string) => `s.id, s.version, s.kind, s.title_${language} as title, s.instrument,
  s.instrument_version as "instrumentVersion", s.population, i.name_${language} as institution, s.created_at as "createdAt",
  (select count(*)::int from survey_wave w where w.survey_id = s.id) as waves,
  (select max(w.period_to) from survey_wave w where w.survey_id = s.id) as "lastDay"`

const listSurveys = endpoint({
  method: 'GET',
  url: '/api/surveys',
  wire: { summary: 'Surveys, newest first', query: ListSurveys, reply: SurveyList },
  handle: async (tx, { query, identity }) => {
    const after = readCursor(query.cursor)
    const rows = await tx.sql<Row>(
      `select ${columns(identity.language)} from survey s join institution i on i.id = s.institution_id
       where $1::timestamptz is null or (s.created_at, s.id) < ($1, $2::uuid) order by s.created_at desc, s.id desc limit $3`,
      [after?.at ?? null, after?.id ?? null, query.limit + 1],
    )
    const items = rows.slice(0, query.limit)
    const last = items.at(-1)
    return {
      items,
      next: rows.length > query.limit && last !== undefined ? cursorOf(last.createdAt, last.id) : null,
      mayAsk: mayAsk(identity.actor.role),
    }
  },
})

const percent = (n: number | null, of: number): number | null =>
  n === null || of === 0 ? null : Math.round((1000 * n) / of) / 10
const difference = (now: number | null, before: number | null): number | null =>
  now === null || before === null ? null : Math.round((now - before) * 10) / 10

interface Wave {
  readonly id: Uuid
  readonly ordinal: number
  readonly from: Day
  readonly to: Day
  readonly method: string
  readonly sample: number
  readonly answered: number
  readonly recordedBy: string
  readonly recordedAt: Instant
}
interface Count {
  readonly waveId: Uuid
  readonly question: string
  readonly answer: string
  readonly n: number
}

/** One question over all waves: a wave's answers, and those who gave none, are one table. */
const shownQuestion = (
  question: SurveyQuestion,
  waves: readonly Wave[],
  counts: readonly Count[],
  language: 'sq' | 'en',
) => {
  const given = (wave: Wave, answer: string): number =>
    counts.find((one) => one.waveId === wave.id && one.question === question.key && one.answer === answer)
      ?.n ?? 0
  const columns = waves.map((wave) => {
    const answers = question.answers.map((answer) => given(wave, answer.code))
    const none = Math.max(0, wave.answered - answers.reduce((sum, n) => sum + n, 0))
    return suppress({ cells: [...answers, none].map((n) => [n]) }, { upTo: hiddenUpTo.signedIn }).cells.map(
      (row) => row[0] ?? null,
    )
  })
  const answers = question.answers.map((answer, at) => {
    const shares = waves.map((wave, w) => percent(columns[w]![at]!, wave.answered))
    return {
      code: answer.code,
      text: language === 'sq' ? answer.textSq : answer.textEn,
      counts: answer.counts,
      waves: waves.map((_, w) => ({
        n: columns[w]![at]!,
        share: shares[w]!,
        change: w === 0 ? null : difference(shares[w]!, shares[w - 1]!),
      })),
    }
  })
  const counting = question.answers.flatMap((answer, at) => (answer.counts ? [at] : []))
  const counted = waves.map((wave, w) => {
    const parts = counting.map((at) => columns[w]![at]!)
    return counting.length === 0 || parts.some((one) => one === null)
      ? null
      : percent(
          parts.reduce<number>((sum, one) => sum + (one ?? 0), 0),
          wave.answered,
        )
  })
  return { key: question.key, text: language === 'sq' ? question.textSq : question.textEn, counted, answers }
}

const readSurvey = endpoint({
  method: 'GET',
  url: '/api/surveys/{id}',
  wire: {
    summary: 'One survey: what was asked, its waves, how many gave which answer and how that changed',
    params: z.strictObject({ id: uuid }),
    reply: SurveyPage,
  },
  handle: async (tx, { params, identity }) => {
    const language = identity.language
    const [rows, waves, counts, indicators] = await Promise.all([
      tx.sql<Row & { questions: SurveyQuestion[] }>(
        `select ${columns(language)}, s.questions from survey s join institution i on i.id = s.institution_id where s.id = $1`,
        [params.id],
      ),
      tx.sql<Wave>(
        `select w.id, w.ordinal, w.period_from as "from", w.period_to as "to", w.method, w.sample, w.answered,
           u.display_name as "recordedBy", w.recorded_at as "recordedAt"
         from survey_wave w join app_user u on u.id = w.recorded_by where w.survey_id = $1 order by w.ordinal limit 40`,
        [params.id],
      ),
      tx.sql<Count>(
        `select c.wave_id as "waveId", c.question, c.answer, c.n from survey_answer_count c join survey_wave w on w.id = c.wave_id
         where w.survey_id = $1 limit 20000`,
        [params.id],
      ),
      tx.sql<{ id: string; wording: string; figures: { wave: number; value: number; unit: string }[] }>(
        `select n.id, case $2 when 'sq' then coalesce(n.wording_sq, n.wording_en) else n.wording_en end as wording,
           coalesce((select jsonb_agg(jsonb_build_object('wave', w.ordinal, 'value', v.value, 'unit', v.unit) order by w.ordinal)
             from indicator_value v join survey_wave w on w.id = v.wave_id
             where v.indicator_id = n.id and v.stands and w.survey_id = s.id), '[]') as figures
         from survey s join indicator n on n.id = any (s.indicator_ids) where s.id = $1 order by n.ordinal`,
        [params.id, language],
      ),
    ])
    const survey = rows[0]
    if (survey === undefined) throw notFound()
    return {
      ...survey,
      indicators,
      waveList: waves,
      questions: survey.questions.map((question) => shownQuestion(question, waves, counts, language)),
      hiddenUpTo: hiddenUpTo.signedIn,
      mayAsk: mayAsk(identity.actor.role),
    }
  },
})

export const surveyCommands: readonly CommandHandler[] = [createSurvey, addWave]
export const surveyEndpoints: readonly Endpoint[] = [listSurveys, readSurvey]
