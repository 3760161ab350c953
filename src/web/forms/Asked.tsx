import { memo } from 'react'
import type { Question } from '#domain/form/definition.ts'
import { Callout } from '#web/design/Chip.tsx'
import { CheckField, RadioField, SelectField, TextArea, TextField } from '#web/design/Field.tsx'
import { useLanguage, useWords } from '#web/design/words.tsx'
import type { Said } from './answers.ts'
import './asked.css'

const nones = ['not_known', 'not_asked', 'prefers_not'] as const

interface Asking {
  readonly q: Question
  readonly value: Said
  readonly none: string
  readonly error: string | undefined
  readonly onAnswer: (key: string, value: Said) => void
  readonly onNone: (key: string, why: string) => void
}

function Control({ q, value, error, onAnswer }: Asking) {
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
  const one = { ...common, value: text, onValue: (v: string) => onAnswer(q.key, v) }
  const options =
    q.kind === 'scale'
      ? ['1', '2', '3', '4', '5'].map((step) => ({ value: step, label: step }))
      : (q.options ?? []).map((o) => ({ value: o.value, label: o.label[language] }))
  switch (q.kind) {
    case 'text':
      return <TextArea {...one} />
    case 'day':
      return <TextField {...one} type="date" short />
    case 'number':
      return <TextField {...one} inputMode="numeric" short />
    case 'choices':
      return (
        <CheckField
          {...common}
          options={options}
          values={typeof value === 'string' ? [] : value}
          onValues={(v) => onAnswer(q.key, v)}
        />
      )
    case 'yes_no':
      return (
        <RadioField
          {...one}
          inline
          options={[
            { value: 'yes', label: t('web', 'yes') },
            { value: 'no', label: t('web', 'no') },
          ]}
        />
      )
    default:
      return options.length > 6 ? (
        <SelectField {...one} options={options} />
      ) : (
        <RadioField {...one} options={options} inline={q.kind === 'scale'} />
      )
  }
}

/**
 * One question with its control, and beneath it the three honest ways of having no answer. Drawn again only when something of
 * its own has changed: in a form of 120 questions a letter typed redraws one.
 */
export const Asked = memo(function Asked(props: Asking) {
  const t = useWords()
  const { language } = useLanguage()
  const { q, none, onNone } = props
  if (q.kind === 'note') return <Callout>{q.label[language]}</Callout>
  return (
    <div className="asked">
      <Control {...props} />
      {q.help && (
        <details className="note">
          <summary>{t('casePage', 'form_help')}</summary>
          <p>{q.help[language]}</p>
        </details>
      )}
      <div className="nones">
        {nones.map((why) => (
          <label key={why}>
            <input
              type="checkbox"
              checked={none === why}
              onChange={(e) => onNone(q.key, e.target.checked ? why : '')}
            />
            {t('casePage', `none_${why}`)}
          </label>
        ))}
      </div>
    </div>
  )
})
