import { Button } from '#web/design/Button.tsx'
import { CheckOne, TextField } from '#web/design/Field.tsx'
import { useWords } from '#web/design/words.tsx'
import { changed, emptyOption, type QuestionText, without } from './course-form.ts'

/** One question of a test: its text, its options with the right ones ticked, and why. */
export function QuestionFields({
  question,
  at,
  errorOf,
  onChange,
  onRemove,
}: {
  question: QuestionText
  at: number
  errorOf: (path: string) => string | undefined
  onChange: (change: Partial<QuestionText>) => void
  onRemove: (() => void) | null
}) {
  const t = useWords()
  const path = `questions.${at}`
  const wrong = errorOf(`${path}.right`)
  const line = (key: 'textSq' | 'textEn' | 'whySq' | 'whyEn') => (
    <TextField
      id={`f-${path}.${key}`}
      label={t('learning', `question_${key}`)}
      value={question[key]}
      onValue={(value) => onChange({ [key]: value })}
      error={errorOf(`${path}.${key}`)}
    />
  )
  return (
    <fieldset className="sheet sheet-body stack">
      <legend className="only-heard">{t('learning', 'question_no', { number: at + 1 })}</legend>
      <div className="row">
        <h2>{t('learning', 'question_no', { number: at + 1 })}</h2>
        {onRemove && (
          <span className="push">
            <Button kind="quiet" onClick={onRemove}>
              {t('learning', 'remove')}
            </Button>
          </span>
        )}
      </div>
      {line('textSq')}
      {line('textEn')}
      {wrong !== undefined && (
        <p className="field-error" id={`f-${path}.right`} tabIndex={-1}>
          {wrong}
        </p>
      )}
      {question.options.map((option, i) => (
        <div className="stack" key={`option ${String(i)}`}>
          <div className="field-grid">
            {(['sq', 'en'] as const).map((key) => (
              <TextField
                key={key}
                id={`f-${path}.options.${i}.${key}`}
                label={t('learning', `option_${key}`, { number: i + 1 })}
                value={option[key]}
                onValue={(value) => onChange({ options: changed(question.options, i, { [key]: value }) })}
                error={errorOf(`${path}.options.${i}.${key}`)}
              />
            ))}
          </div>
          <div className="row">
            <CheckOne
              label={t('learning', 'option_right', { number: i + 1 })}
              checked={option.right}
              onChecked={(right) => onChange({ options: changed(question.options, i, { right }) })}
            />
            {question.options.length > 2 && (
              <Button kind="quiet" onClick={() => onChange({ options: without(question.options, i) })}>
                {t('learning', 'remove')}
              </Button>
            )}
          </div>
        </div>
      ))}
      {question.options.length < 8 && (
        <div className="row">
          <Button icon="plus.bold" onClick={() => onChange({ options: [...question.options, emptyOption] })}>
            {t('learning', 'option_add')}
          </Button>
        </div>
      )}
      {line('whySq')}
      {line('whyEn')}
    </fieldset>
  )
}
