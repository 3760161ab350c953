import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { Icon } from './Icon.tsx'
import { useWords } from './words.tsx'

export interface FieldProps {
  label: ReactNode
  hint?: ReactNode
  /** One sentence that says what to do. */
  error?: string | undefined
  /** Where a prefilled value comes from, and when: «Marrë nga njoftimi, 20 nëntor». */
  prefilled?: ReactNode
  optional?: boolean
  /** Fixed id, so that an error summary can point here. */
  id?: string
}
export interface ControlProps {
  id: string
  className: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
  'data-prefilled': true | undefined
}

function ErrorLine({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p className="field-error" id={id}>
      <Icon name="warning-circle.fill" />
      <span>{children}</span>
    </p>
  )
}

/** Label, hint, error and control, tied together; the control is drawn by the caller with the given attributes. */
export function Field({
  label,
  hint,
  error,
  prefilled,
  optional,
  id,
  children,
}: FieldProps & { children: (control: ControlProps) => ReactNode }) {
  const t = useWords()
  const own = useId()
  const at = id ?? own
  const told = [hint && `${at}-hint`, error && `${at}-error`, prefilled && `${at}-from`].filter(Boolean)
  return (
    <div className="field" data-error={error ? '' : undefined}>
      <label htmlFor={at}>
        {label}
        {optional && <span className="quiet"> ({t('web', 'optional')})</span>}
      </label>
      {hint && (
        <p className="field-hint" id={`${at}-hint`}>
          {hint}
        </p>
      )}
      {error && <ErrorLine id={`${at}-error`}>{error}</ErrorLine>}
      {children({
        id: at,
        className: 'input',
        'aria-describedby': told.length ? told.join(' ') : undefined,
        'aria-invalid': error ? true : undefined,
        'data-prefilled': prefilled ? true : undefined,
      })}
      {prefilled && (
        <p className="field-hint" id={`${at}-from`}>
          {prefilled}
        </p>
      )}
    </div>
  )
}

type Bound<T> = FieldProps & { value: string; onValue: (value: string) => void } & Omit<
    T,
    keyof FieldProps | 'value' | 'onChange'
  >

const fieldProps = <P extends FieldProps>({ label, hint, error, prefilled, optional, id, ...rest }: P) =>
  [{ label, hint, error, prefilled, optional, id } as FieldProps, rest] as const

export function TextField(props: Bound<InputHTMLAttributes<HTMLInputElement>> & { short?: boolean }) {
  const [field, { value, onValue, short, ...rest }] = fieldProps(props)
  return (
    <Field {...field}>
      {(c) => (
        <input
          {...c}
          autoComplete="off"
          {...rest}
          data-short={short || undefined}
          value={value}
          onChange={(e) => onValue(e.target.value)}
        />
      )}
    </Field>
  )
}

export function TextArea(props: Bound<TextareaHTMLAttributes<HTMLTextAreaElement>>) {
  const [field, { value, onValue, ...rest }] = fieldProps(props)
  return (
    <Field {...field}>
      {(c) => <textarea {...c} rows={3} {...rest} value={value} onChange={(e) => onValue(e.target.value)} />}
    </Field>
  )
}

export interface Option {
  value: string
  label: string
  note?: ReactNode
}

export function SelectField(
  props: Bound<SelectHTMLAttributes<HTMLSelectElement>> & { options: readonly Option[]; empty?: string },
) {
  const [field, { value, onValue, options, empty, ...rest }] = fieldProps(props)
  const t = useWords()
  return (
    <Field {...field}>
      {(c) => (
        <select {...c} {...rest} value={value} onChange={(e) => onValue(e.target.value)}>
          <option value="">{empty ?? t('web', 'choose')}</option>
          {options.map((o) => (
            <option key={o.value} value={o.value}>
              {o.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

/** A question with its choices, as the group it is. */
export function Group({ label, hint, error, optional, id, children }: FieldProps & { children: ReactNode }) {
  const t = useWords()
  const own = useId()
  const at = id ?? own
  const told = [hint && `${at}-hint`, error && `${at}-error`].filter(Boolean)
  return (
    <fieldset
      className="field"
      id={at}
      tabIndex={-1}
      data-quiet-focus=""
      data-error={error ? '' : undefined}
      aria-describedby={told.length ? told.join(' ') : undefined}
    >
      <legend>
        {label}
        {optional && <span className="quiet"> ({t('web', 'optional')})</span>}
      </legend>
      {hint && (
        <p className="field-hint" id={`${at}-hint`}>
          {hint}
        </p>
      )}
      {error && <ErrorLine id={`${at}-error`}>{error}</ErrorLine>}
      {children}
    </fieldset>
  )
}

function Choice({
  type,
  name,
  option,
  checked,
  onPick,
}: {
  type: 'radio' | 'checkbox'
  name: string
  option: Option
  checked: boolean
  onPick: (on: boolean) => void
}) {
  return (
    <label className="choice">
      <input
        type={type}
        name={name}
        value={option.value}
        checked={checked}
        onChange={(e) => onPick(e.target.checked)}
      />
      <span>
        {option.label}
        {option.note && <span className="choice-note">{option.note}</span>}
      </span>
    </label>
  )
}

/** Nothing is chosen beforehand. */
export function RadioField({
  options,
  value,
  onValue,
  inline,
  ...field
}: FieldProps & {
  options: readonly Option[]
  value: string
  onValue: (value: string) => void
  inline?: boolean
}) {
  const name = useId()
  return (
    <Group {...field}>
      <div className="choices" data-inline={inline || undefined}>
        {options.map((o) => (
          <Choice
            key={o.value}
            type="radio"
            name={name}
            option={o}
            checked={o.value === value}
            onPick={() => onValue(o.value)}
          />
        ))}
      </div>
    </Group>
  )
}

export function CheckField({
  options,
  values,
  onValues,
  inline,
  ...field
}: FieldProps & {
  options: readonly Option[]
  values: readonly string[]
  onValues: (values: string[]) => void
  inline?: boolean
}) {
  const name = useId()
  return (
    <Group {...field}>
      <div className="choices" data-inline={inline || undefined}>
        {options.map((o) => (
          <Choice
            key={o.value}
            type="checkbox"
            name={name}
            option={o}
            checked={values.includes(o.value)}
            onPick={(on) => onValues(on ? [...values, o.value] : values.filter((v) => v !== o.value))}
          />
        ))}
      </div>
    </Group>
  )
}

export function CheckOne({
  label,
  note,
  checked,
  onChecked,
}: {
  label: string
  note?: ReactNode
  checked: boolean
  onChecked: (on: boolean) => void
}) {
  const name = useId()
  return (
    <Choice
      type="checkbox"
      name={name}
      option={{ value: 'yes', label, note }}
      checked={checked}
      onPick={onChecked}
    />
  )
}

/** Side-by-side parts for a short question: yes, no, not known. */
export function Segments({
  label,
  options,
  value,
  onValue,
  wide,
}: {
  label: string
  options: readonly Option[]
  value: string
  onValue: (value: string) => void
  wide?: boolean
}) {
  const name = useId()
  return (
    <div className="segments" role="radiogroup" aria-label={label} data-wide={wide || undefined}>
      {options.map((o) => (
        <label key={o.value}>
          <input
            type="radio"
            name={name}
            value={o.value}
            checked={o.value === value}
            onChange={() => onValue(o.value)}
          />
          {o.label}
        </label>
      ))}
    </div>
  )
}

export interface FaultLine {
  /** Id of the control at fault; nothing where the fault belongs to no field. */
  field?: string | undefined
  message: string
}

/** The control that a fault names, or the one around it; nothing where the page has neither. */
const controlOf = (field: string | undefined): string | undefined => {
  for (let id = field; id !== undefined && id !== ''; id = /^(.+)\.[^.]+$/.exec(id)?.[1])
    if (document.getElementById(id) !== null) return id
  return undefined
}

/**
 * «2 gjëra për t’u ndrequr», each a link to its field; takes the focus when it appears. What no field can mend says
 * that it was not done, and leads nowhere.
 */
export function ErrorSummary({ faults }: { faults: readonly FaultLine[] }) {
  const t = useWords()
  const box = useRef<HTMLDivElement>(null)
  const said = faults.map((f) => f.message).join('|')
  const named = faults.map((f) => f.field ?? '').join('|')
  const [controls, setControls] = useState<readonly (string | undefined)[]>([])
  useLayoutEffect(() => setControls(named.split('|').map(controlOf)), [named])
  useEffect(() => {
    if (said) box.current?.focus()
  }, [said])
  if (faults.length === 0) return null
  return (
    <div className="errors" role="alert" tabIndex={-1} ref={box} data-quiet-focus="">
      <h2>
        {controls.some((control) => control !== undefined)
          ? t('web', 'to_correct', { count: faults.length })
          : t('web', 'not_done')}
      </h2>
      <ul>
        {faults.map((f, i) => (
          <li key={`${f.field} ${f.message}`}>
            {controls[i] ? (
              <a
                href={`#${controls[i]}`}
                onClick={(e) => {
                  e.preventDefault()
                  document.getElementById(controls[i] ?? '')?.focus()
                }}
              >
                {f.message}
              </a>
            ) : (
              f.message
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
