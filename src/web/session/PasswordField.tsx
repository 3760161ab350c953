import { useState } from 'react'
import { Field, type FieldProps } from '#web/design/Field.tsx'
import { useWords } from '#web/design/words.tsx'
import './sign-in.css'

/** A password that can be looked at while it is written; pasting is allowed. */
export function PasswordField({
  value,
  onValue,
  autoComplete,
  ...field
}: FieldProps & {
  value: string
  onValue: (value: string) => void
  autoComplete: 'current-password' | 'new-password'
}) {
  const t = useWords()
  const [shown, setShown] = useState(false)
  return (
    <Field {...field}>
      {(control) => (
        <span className="with-button">
          <input
            {...control}
            type={shown ? 'text' : 'password'}
            autoComplete={autoComplete}
            required
            value={value}
            onChange={(e) => onValue(e.target.value)}
          />
          <button type="button" className="link" aria-pressed={shown} onClick={() => setShown(!shown)}>
            {t('web', shown ? 'hide' : 'show')}
          </button>
        </span>
      )}
    </Field>
  )
}
