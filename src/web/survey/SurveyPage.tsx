import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { Columns } from '#web/chart/Columns.tsx'
import { Button } from '#web/design/Button.tsx'
import { Callout, SuppressedCell } from '#web/design/Chip.tsx'
import { Sheet } from '#web/design/Sheet.tsx'
import { Table } from '#web/design/Table.tsx'
import { fullDate, number } from '#web/design/time.ts'
import { type Say, useWords } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import { text } from '#web/form/spec.ts'
import { figureText } from '#web/indicator/shared.tsx'
import { useOne } from '#web/indicator/use-one.tsx'
import type { SurveyPage as Page } from '#wire/survey.ts'
import '../indicator/indicator.css'

type Question = Page['questions'][number]
type Answer = Question['answers'][number]

const fieldOf = (question: Question, answer: Answer): string => `count-${question.key}-${answer.code}`
const whole = (said: string): number | string => (/^\d+$/.test(said) ? Number(said) : said)

/** What the wave brought to the indicators, as its reply says. */
interface Filled {
  readonly brought: readonly string[]
  readonly kept: readonly { readonly indicatorId: string; readonly why: string }[]
}
const reasons = [
  'survey_small',
  'survey_other_unit',
  'survey_not_asked',
  'survey_question_unknown',
  'indicator_period_known',
] as const
const keptText = (t: Say, { indicatorId, why }: Filled['kept'][number]): string =>
  t('indicatorPage', `wave_kept_${reasons.find((one) => one === why) ?? 'other'}`, { id: indicatorId })

const recording = (page: Page, t: Say, onFilled: (filled: Filled) => void): CommandForm => ({
  type: 'survey.add_wave',
  recordId: page.id,
  baseVersion: page.version,
  title: t('indicatorPage', 'wave_new'),
  consequence: page.title,
  action: t('indicatorPage', 'wave_new'),
  wide: true,
  fields: [
    { name: 'from', kind: 'day', label: t('indicatorPage', 'collect_from') },
    { name: 'to', kind: 'day', label: t('indicatorPage', 'collect_to') },
    { name: 'method', kind: 'text', label: t('indicatorPage', 'method') },
    { name: 'sample', kind: 'text', label: t('indicatorPage', 'sample') },
    { name: 'answered', kind: 'text', label: t('indicatorPage', 'answered') },
    ...page.questions.flatMap((question) =>
      question.answers.map(
        (answer) =>
          ({
            name: fieldOf(question, answer),
            kind: 'text',
            label: `${question.text} – ${answer.text}`,
          }) as const,
      ),
    ),
  ],
  toBody: (plain, values) => ({
    from: plain.from,
    to: plain.to,
    method: plain.method,
    sample: whole(text(values, 'sample').trim()),
    answered: whole(text(values, 'answered').trim()),
    counts: page.questions.flatMap((question) =>
      question.answers.map((answer) => ({
        question: question.key,
        answer: answer.code,
        n: whole(text(values, fieldOf(question, answer)).trim()),
      })),
    ),
  }),
  done: (reply) => {
    const filled = reply as unknown as Filled
    onFilled(filled)
    const count = filled.brought.length
    return count === 0
      ? t('indicatorPage', 'wave_brought_none')
      : t('indicatorPage', 'wave_brought', { count })
  },
})

const share = (value: number | null, upTo: number) =>
  value === null ? (
    <SuppressedCell range={`1–${upTo}`} />
  ) : (
    `${number(value, Number.isInteger(value) ? 0 : 1)} %`
  )

function OneQuestion({ page, question }: { page: Page; question: Question }) {
  const t = useWords()
  const last = page.waveList.length - 1
  return (
    <Sheet id={`q-${question.key}`} title={question.text}>
      {question.counted.some((one) => one !== null) && (
        <div className="sheet-body">
          <Columns
            name={t('indicatorPage', 'counted_share')}
            items={page.waveList.map((wave, at) => ({
              key: String(wave.ordinal),
              label: wave.from.slice(0, 4),
              value: question.counted[at] ?? null,
            }))}
            format={(value) => `${number(value, Number.isInteger(value) ? 0 : 1)} %`}
          />
        </div>
      )}
      <Table
        caption={question.text}
        rows={question.answers}
        rowKey={(answer) => answer.code}
        columns={[
          {
            key: 'answer',
            head: t('indicatorPage', 'answer'),
            name: true,
            cell: (answer) => (
              <>
                {answer.text}
                {answer.counts && (
                  <small className="indicator-meta">{t('indicatorPage', 'counted_share')}</small>
                )}
              </>
            ),
          },
          ...page.waveList.map((wave, at) => ({
            key: String(wave.ordinal),
            head: t('indicatorPage', 'wave', { n: wave.ordinal }),
            number: true,
            cell: (answer: Answer) => share(answer.waves[at]?.share ?? null, page.hiddenUpTo),
          })),
          ...(last < 1
            ? []
            : [
                {
                  key: 'change',
                  head: t('indicatorPage', 'change'),
                  number: true,
                  cell: (answer: Answer) => {
                    const change = answer.waves[last]?.change ?? null
                    return change === null
                      ? '–'
                      : t('indicatorPage', 'points', {
                          n: `${change > 0 ? '+' : ''}${number(change, Number.isInteger(change) ? 0 : 1)}`,
                        })
                  },
                },
              ]),
        ]}
      />
    </Sheet>
  )
}

/** One survey: what was asked, of whom, and how the answers changed between waves. */
export default function SurveyPage() {
  const t = useWords()
  const { id } = useParams({ strict: false })
  const [filled, setFilled] = useState<Filled>()
  const one = useOne<Page>(`/api/surveys/${id}`)
  if (one.page === undefined) return one.instead
  const { page, open, dialog } = one
  return (
    <div className="view stack">
      <div className="view-head">
        <div>
          <p>
            <Link to="/surveys">{t('indicatorPage', 'surveys')}</Link>
          </p>
          <h1>{page.title}</h1>
        </div>
        {page.mayAsk && (
          <Button icon="plus" onClick={() => open(recording(page, t, setFilled))}>
            {t('indicatorPage', 'wave_new')}
          </Button>
        )}
      </div>
      <dl className="facts">
        <div>
          <dt>{t('indicatorPage', 'survey_kind')}</dt>
          <dd>{t('indicatorPage', `survey_${page.kind}`)}</dd>
        </div>
        <div>
          <dt>{t('indicatorPage', 'population')}</dt>
          <dd>{page.population}</dd>
        </div>
        <div>
          <dt>{t('indicatorPage', 'instrument')}</dt>
          <dd>{`${page.instrument} (${page.instrumentVersion})`}</dd>
        </div>
        <div>
          <dt>{t('indicatorPage', 'institution')}</dt>
          <dd>{page.institution}</dd>
        </div>
        {page.waveList.map((wave) => (
          <div key={wave.ordinal}>
            <dt>{t('indicatorPage', 'wave', { n: wave.ordinal })}</dt>
            <dd>
              {`${fullDate(wave.from)} – ${fullDate(wave.to)} · ${wave.method} · `}
              {t('indicatorPage', 'answered_of', { answered: wave.answered, sample: wave.sample })}
            </dd>
          </div>
        ))}
      </dl>
      {filled !== undefined && filled.kept.length > 0 && (
        <Callout>
          <ul>
            {filled.kept.map((one) => (
              <li key={one.indicatorId}>{keptText(t, one)}</li>
            ))}
          </ul>
        </Callout>
      )}
      {page.indicators.length > 0 && (
        <ul className="indicator-list">
          {page.indicators.map((one) => (
            <li key={one.id}>
              <Link to="/indicators/$id" params={{ id: one.id }}>
                {one.wording}
              </Link>
              <small className="indicator-meta">
                {one.figures.length === 0
                  ? t('indicatorPage', 'wave_none')
                  : one.figures
                      .map((figure) =>
                        t('indicatorPage', 'wave_figure', {
                          n: figure.wave,
                          value: figureText(t, figure.unit.startsWith('%') ? '%' : 'n', figure.value),
                        }),
                      )
                      .join(' · ')}
              </small>
            </li>
          ))}
        </ul>
      )}
      {page.questions.map((question) => (
        <OneQuestion key={question.key} page={page} question={question} />
      ))}
      {dialog}
    </div>
  )
}
