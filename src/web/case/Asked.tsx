import { CheckField, RadioField, SelectField, TextArea, TextField } from '#web/design/Field.tsx'
import { useLanguage, useWords } from '#web/design/words.tsx'
import type { Form } from './types.ts'

type Question = Form['sections'][number]['questions'][number]
export type Answer = string | readonly string[]
const nones = ['not_known', 'not_asked', 'prefers_not'] as const

/** One question with its control, and beneath it the three honest ways of having no answer. */
export function Asked({
  q,
  value,
  none,
  error,
  onAnswer,
  onNone,
}: {
  q: Question
  value: Answer
  none: string
  error: string | undefined
  onAnswer: (value: Answer) => void
  onNone: (why: string) => void
}) {
  const t = useWords()
  const { language } = useLanguage()
  const common = {
    id: `f-answers.${q.key}`,
    label: q.label[language],
    hint: q.hint?.[language],
    error,
    optional: !q.required,
  }
  const text = typeof value === 'string' ? value : ''
  const options =
    q.kind === 'scale'
      ? ['1', '2', '3', '4', '5'].map((value) => ({ value, label: value }))
      : (q.options ?? []).map((o) => ({ value: o.value, label: o.label[language] }))
  const control = () => {
    switch (q.kind) {
      case 'text':
        return <TextArea {...common} value={text} onValue={onAnswer} />
      case 'day':
        return <TextField {...common} type="date" short value={text} onValue={onAnswer} />
      case 'choices':
        return (
          <CheckField
            {...common}
            options={options}
            values={typeof value === 'string' ? [] : value}
            onValues={onAnswer}
          />
        )
      case 'yes_no':
        return (
          <RadioField
            {...common}
            inline
            value={text}
            onValue={onAnswer}
            options={[
              { value: 'yes', label: t('web', 'yes') },
              { value: 'no', label: t('web', 'no') },
            ]}
          />
        )
      default:
        return options.length > 6 ? (
          <SelectField {...common} options={options} value={text} onValue={onAnswer} />
        ) : (
          <RadioField
            {...common}
            options={options}
            value={text}
            onValue={onAnswer}
            inline={q.kind === 'scale'}
          />
        )
    }
  }
  return (
    <div className="asked">
      {control()}
      <div className="nones">
        {nones.map((why) => (
          <label key={why}>
            <input
              type="checkbox"
              checked={none === why}
              onChange={(e) => onNone(e.target.checked ? why : '')}
            />
            {t('casePage', `none_${why}`)}
          </label>
        ))}
      </div>
    </div>
  )
}
