import { memo, useState } from 'react'
import { type FormContent, questionsOf, type Score } from '#domain/form/definition.ts'
import { Button } from '#web/design/Button.tsx'
import { CheckField, TextField } from '#web/design/Field.tsx'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { ConditionEdit } from './ConditionEdit.tsx'
import {
  at,
  moved,
  onQuestion,
  onSection,
  set,
  without,
  withQuestion,
  withScore,
  withSection,
} from './change.ts'
import { Both, QuestionEdit } from './QuestionEdit.tsx'

type Change = (change: (form: FormContent) => FormContent) => void

function Order({
  what,
  index,
  count,
  onMove,
  onRemove,
}: {
  what: string
  index: number
  count: number
  onMove: (by: -1 | 1) => void
  onRemove: () => void
}) {
  const t = useWords()
  return (
    <div className="row">
      {index > 0 && (
        <Button size="table" onClick={() => onMove(-1)}>
          {t('formPage', 'move_up')}
        </Button>
      )}
      {index < count - 1 && (
        <Button size="table" onClick={() => onMove(1)}>
          {t('formPage', 'move_down')}
        </Button>
      )}
      <Button size="table" onClick={onRemove}>
        {t('formPage', 'remove', { what })}
      </Button>
    </div>
  )
}

function ScoreEdit({
  id,
  form,
  score,
  onChange,
}: {
  id: string
  form: FormContent
  score: Score
  onChange: (change: (one: Score) => Score) => void
}) {
  const t = useWords()
  const { language } = useLanguage()
  return (
    <div className="stack">
      <Both
        id={`${id}.label`}
        label={t('formPage', 'label')}
        words={score.label}
        onChange={(label) => label && onChange((one) => ({ ...one, label }))}
      />
      <TextField
        id={`${id}.key`}
        label={t('formPage', 'key')}
        short
        value={score.key}
        onValue={(key) => onChange((one) => ({ ...one, key }))}
      />
      <CheckField
        id={`${id}.of`}
        label={t('formPage', 'score_of')}
        options={questionsOf(form)
          .filter((q) => q.kind !== 'note' && q.kind !== 'text' && q.kind !== 'day')
          .map((q) => ({ value: q.key, label: q.label[language] || q.key }))}
        values={score.of}
        onValues={(of) => onChange((one) => ({ ...one, of }))}
      />
      {score.bands.map((band, i) => {
        const own = `${id}.bands.${i}`
        return (
          <div className="form-option" key={own}>
            <TextField
              id={`${own}.from`}
              label={t('formPage', 'band_from')}
              inputMode="numeric"
              short
              value={String(band.from)}
              onValue={(from) =>
                onChange((one) => ({
                  ...one,
                  bands: at(one.bands, i, (b) => ({ ...b, from: Number.parseInt(from, 10) || 0 })),
                }))
              }
            />
            <Both
              id={`${own}.label`}
              label={t('formPage', 'band')}
              words={band.label}
              onChange={(label) =>
                label && onChange((one) => ({ ...one, bands: at(one.bands, i, (b) => ({ ...b, label })) }))
              }
            />
            <Button
              size="table"
              onClick={() => onChange((one) => ({ ...one, bands: without(one.bands, i) }))}
            >
              {t('formPage', 'band_remove', { from: band.from })}
            </Button>
          </div>
        )
      })}
      <div className="row">
        <Button
          size="table"
          onClick={() =>
            onChange((one) => ({
              ...one,
              bands: [...one.bands, { from: (one.bands.at(-1)?.from ?? -1) + 1, label: { sq: '', en: '' } }],
            }))
          }
        >
          {t('formPage', 'band_add')}
        </Button>
      </div>
    </div>
  )
}

/** A definition in the making: sections, questions, conditions, scores; one part open at a time. */
export const Editor = memo(function Editor({
  form,
  open,
  onOpen,
  onChange,
}: {
  form: FormContent
  /** Path of the part that is open, e.g. `sections.0.questions.2`. */
  open: string | undefined
  onOpen: (path: string | undefined) => void
  onChange: Change
}) {
  const t = useWords()
  const { language } = useLanguage()
  const [around, setAround] = useState<number>()
  const fold = (path: string, title: string, note: string) => (
    <button
      type="button"
      className="link form-fold"
      aria-expanded={open === path}
      onClick={() => onOpen(open === path ? undefined : path)}
    >
      {title} <span className="quiet">{note}</span>
    </button>
  )
  return (
    <div className="stack">
      <section className="sheet sheet-body stack" aria-label={t('formPage', 'head')}>
        <Both
          id="title"
          label={t('formPage', 'title_of')}
          words={form.title}
          onChange={(title) => title && onChange((one) => ({ ...one, title }))}
        />
        <Both
          id="help"
          label={t('formPage', 'help')}
          optional
          long
          words={form.help}
          onChange={(help) => onChange((one) => set(one, 'help', help))}
        />
      </section>
      {form.sections.map((section, s) => {
        const path = `sections.${s}`
        return (
          <section className="sheet sheet-body stack" key={path} aria-label={section.title[language] || path}>
            <Both
              id={`${path}.title`}
              label={t('formPage', 'section', { number: s + 1 })}
              words={section.title}
              onChange={(title) => title && onChange((one) => onSection(one, s, (x) => ({ ...x, title })))}
            />
            {around === s ? (
              <ConditionEdit
                id={`${path}.when`}
                form={form}
                condition={section.when}
                onChange={(when) => onChange((one) => onSection(one, s, (x) => set(x, 'when', when)))}
              />
            ) : (
              <button type="button" className="link" onClick={() => setAround(s)}>
                {t('formPage', section.when ? 'section_when_is' : 'section_when')}
              </button>
            )}
            <ol className="form-questions">
              {section.questions.map((q, i) => {
                const own = `${path}.questions.${i}`
                return (
                  <li key={own} className="stack">
                    {fold(own, q.label[language] || q.key, t('formPage', `kind_${q.kind}`))}
                    {open === own && (
                      <>
                        <QuestionEdit
                          id={own}
                          form={form}
                          q={q}
                          onChange={(change) => onChange((one) => onQuestion(one, s, i, change))}
                        />
                        <Order
                          what={t('formPage', 'question')}
                          index={i}
                          count={section.questions.length}
                          onMove={(by) => {
                            onChange((one) =>
                              onSection(one, s, (x) => ({ ...x, questions: moved(x.questions, i, by) })),
                            )
                            onOpen(`${path}.questions.${i + by}`)
                          }}
                          onRemove={() => {
                            onChange((one) =>
                              onSection(one, s, (x) => ({ ...x, questions: without(x.questions, i) })),
                            )
                            onOpen(undefined)
                          }}
                        />
                      </>
                    )}
                  </li>
                )
              })}
            </ol>
            <div className="row">
              <Button
                size="table"
                onClick={() => {
                  onChange((one) => withQuestion(one, s))
                  onOpen(`${path}.questions.${section.questions.length}`)
                }}
              >
                {t('formPage', 'question_add')}
              </Button>
            </div>
            <Order
              what={t('formPage', 'section', { number: s + 1 })}
              index={s}
              count={form.sections.length}
              onMove={(by) => onChange((one) => ({ ...one, sections: moved(one.sections, s, by) }))}
              onRemove={() => onChange((one) => ({ ...one, sections: without(one.sections, s) }))}
            />
          </section>
        )
      })}
      <div className="row">
        <Button onClick={() => onChange(withSection)}>{t('formPage', 'section_add')}</Button>
      </div>
      <section className="sheet sheet-body stack" aria-labelledby="form-scores">
        <h2 id="form-scores">{t('formPage', 'scores')}</h2>
        {(form.scores ?? []).map((score, i) => {
          const own = `scores.${i}`
          const put = (change: (one: Score) => Score) =>
            onChange((one) => ({ ...one, scores: at(one.scores ?? [], i, change) }))
          return (
            <div className="stack" key={own}>
              {fold(
                own,
                score.label[language] || score.key,
                t('formPage', 'score_counts', { count: score.of.length }),
              )}
              {open === own && (
                <>
                  <ScoreEdit id={own} form={form} score={score} onChange={put} />
                  <div className="row">
                    <Button
                      size="table"
                      onClick={() => onChange((one) => ({ ...one, scores: without(one.scores ?? [], i) }))}
                    >
                      {t('formPage', 'remove', { what: t('formPage', 'score') })}
                    </Button>
                  </div>
                </>
              )}
            </div>
          )
        })}
        <div className="row">
          <Button size="table" onClick={() => onChange(withScore)}>
            {t('formPage', 'score_add')}
          </Button>
        </div>
      </section>
    </div>
  )
})
