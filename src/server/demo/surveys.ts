/**
 * A survey of the population for the demo country: invented answers of two waves, a year apart, which bring the plan’s indicators their
 * figures.
 */
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Instant } from '#domain/core.ts'
import type { SurveyQuestion } from '#domain/survey.ts'
import { idOf } from './random.ts'
import type { Act } from './stage.ts'

const DAY = 86_400_000
const yesNo = (key: string, textSq: string, textEn: string, measures: string): SurveyQuestion => ({
  key,
  textSq,
  textEn,
  answers: [
    { code: 'yes', textSq: 'Po', textEn: 'Yes', counts: true },
    { code: 'no', textSq: 'Jo', textEn: 'No', counts: false },
  ],
  measures,
})

const questions = [
  yesNo(
    'steps',
    'A e dini se çfarë të bëni kur dyshoni për trafikim?',
    'Do you know what to do when you suspect trafficking?',
    'S004-PREV-1.a-i2',
  ),
  yesNo('line', 'A e njihni linjën 116 006?', 'Do you know the line 116 006?', 'S004-PREV-1.a.3-i3'),
]

const waves = [
  { daysAgo: 420, sample: 1200, answered: 1042, yes: { steps: 312, line: 447 } },
  { daysAgo: 55, sample: 1200, answered: 1087, yes: { steps: 401, line: 596 } },
] as const

export const surveys = (now: Instant): readonly Act[] => {
  const id = idOf('demo survey of the population', Date.parse(now))
  const asked = Date.parse(now) - (waves[0].daysAgo + 20) * DAY
  return [
    {
      at: asked,
      lane: 'surveys',
      play: (stage, at) =>
        stage.do('coordinator', at, 'survey.create', id, {
          kind: 'population',
          titleSq: 'Njohja e trafikimit në popullsi',
          titleEn: 'What the population knows of trafficking',
          instrument: 'Pyetësor me telefon',
          instrumentVersion: '1',
          population: 'Banorë 18 vjeç e lart',
          indicatorIds: questions.map((one) => one.measures),
          questions,
        }),
    },
    ...waves.map(({ daysAgo, sample, answered, yes }, at): Act => {
      const end = Date.parse(now) - daysAgo * DAY
      return {
        at: end,
        lane: 'surveys',
        play: (stage, when) =>
          stage.do(
            'coordinator',
            when,
            'survey.add_wave',
            id,
            {
              from: tiranaDay(new Date(end - 14 * DAY).toISOString()),
              to: tiranaDay(new Date(end - DAY).toISOString()),
              method: 'Me telefon, numra të zgjedhur rastësisht',
              sample,
              answered,
              counts: (['steps', 'line'] as const).flatMap((question) => [
                { question, answer: 'yes', n: yes[question] },
                { question, answer: 'no', n: answered - yes[question] },
              ]),
            },
            at + 1,
          ),
      }
    }),
  ]
}
