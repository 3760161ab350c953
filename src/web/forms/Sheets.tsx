import type { FormContent } from '#domain/form/definition.ts'
import { bandOf, type Outcome } from '#domain/form/evaluate.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { Asked } from './Asked.tsx'
import type { Kept, Said } from './answers.ts'

/** The sections of a form as they are asked now: what its conditions hide is not there. */
export function Sheets({
  form,
  kept,
  outcome,
  faultOf,
  onAnswer,
  onNone,
}: {
  form: FormContent
  kept: Kept
  outcome: Outcome
  faultOf: (key: string) => string | undefined
  onAnswer: (key: string, value: Said) => void
  onNone: (key: string, why: string) => void
}) {
  const { language } = useLanguage()
  return form.sections.map((section) => {
    const asked = section.questions.filter((q) => outcome.shown.has(q.key))
    if (asked.length === 0) return null
    return (
      <section className="sheet" key={section.questions[0]?.key ?? section.title.en}>
        <div className="sheet-head">
          <h2>{section.title[language]}</h2>
        </div>
        <div className="sheet-body stack">
          {section.help && <p className="note quiet">{section.help[language]}</p>}
          {asked.map((q) => (
            <Asked
              key={q.key}
              q={q}
              value={kept.answers[q.key] ?? ''}
              none={kept.none[q.key] ?? ''}
              error={faultOf(q.key)}
              onAnswer={onAnswer}
              onNone={onNone}
            />
          ))}
        </div>
      </section>
    )
  })
}

/** The sums so far, each with what it means. */
export function Scores({ form, scores }: { form: FormContent; scores: Outcome['scores'] }) {
  const t = useWords()
  const { language } = useLanguage()
  const said = (form.scores ?? []).filter((score) => score.key in scores)
  if (said.length === 0) return null
  return (
    <section className="sheet">
      <div className="sheet-body">
        <dl className="pairs" aria-live="polite">
          {said.map((score) => {
            const sum = scores[score.key] ?? 0
            const band = bandOf(score, sum)
            return (
              <div key={score.key}>
                <dt>{score.label[language]}</dt>
                <dd>
                  <b>{t('casePage', 'form_points', { count: sum })}</b>
                  {band && `: ${band.label[language]}`}
                </dd>
              </div>
            )
          })}
        </dl>
      </div>
    </section>
  )
}
