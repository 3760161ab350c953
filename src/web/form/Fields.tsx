import { faultAt } from '#web/client/problem.ts'
import { Callout } from '#web/design/Chip.tsx'
import {
  CheckField,
  type FaultLine,
  RadioField,
  SelectField,
  TextArea,
  TextField,
} from '#web/design/Field.tsx'
import { useWords } from '#web/design/words.tsx'
import { type FieldSpec, list, text, type Values } from './spec.ts'

/** Draws the questions of a form one under the other; each fault stands beside its question. */
export function Fields({
  fields,
  values,
  faults,
  onChange,
}: {
  fields: readonly FieldSpec[]
  values: Values
  faults: readonly FaultLine[]
  onChange: (name: string, value: string | readonly string[]) => void
}) {
  const t = useWords()
  return fields
    .filter((f) => f.when?.(values) ?? true)
    .map((f) => {
      const common = {
        id: `f-${f.name}`,
        label: f.label,
        hint: f.hint,
        error: faultAt(faults, f.name),
        optional: f.optional ?? false,
      }
      const one = { ...common, value: text(values, f.name), onValue: (v: string) => onChange(f.name, v) }
      switch (f.kind) {
        case 'note':
          return <Callout key={f.name}>{f.label}</Callout>
        case 'area':
          return <TextArea key={f.name} {...one} />
        case 'day':
          return <TextField key={f.name} {...one} type="date" short />
        case 'time':
          return <TextField key={f.name} {...one} type="datetime-local" short />
        case 'lek':
        case 'number':
          return <TextField key={f.name} {...one} inputMode="numeric" short />
        case 'select':
          return <SelectField key={f.name} {...one} options={f.options ?? []} />
        case 'radio':
          return <RadioField key={f.name} {...one} options={f.options ?? []} />
        case 'yes_no':
          return (
            <RadioField
              key={f.name}
              {...one}
              inline
              options={[
                { value: 'yes', label: t('web', 'yes') },
                { value: 'no', label: t('web', 'no') },
              ]}
            />
          )
        case 'checks':
          return (
            <CheckField
              key={f.name}
              {...common}
              options={f.options ?? []}
              values={list(values, f.name)}
              onValues={(v) => onChange(f.name, v)}
            />
          )
        default:
          return <TextField key={f.name} {...one} />
      }
    })
}
