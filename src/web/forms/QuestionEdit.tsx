import {
  type Bilingual,
  type FormContent,
  type Option,
  type Question,
  questionKinds,
  questionTiers,
} from '#domain/form/definition.ts'
import { Button } from '#web/design/Button.tsx'
import { CheckOne, SelectField, TextArea, TextField } from '#web/design/Field.tsx'
import { useWords } from '#web/design/words.tsx'
import { ConditionEdit } from './ConditionEdit.tsx'
import { at, set, without } from './change.ts'

/** The same words twice: Albanian first. */
export function Both({
  id,
  label,
  words,
  long,
  optional,
  onChange,
}: {
  id: string
  label: string
  words: Bilingual | undefined
  long?: boolean
  optional?: boolean
  onChange: (next: Bilingual | undefined) => void
}) {
  const t = useWords()
  const Box = long ? TextArea : TextField
  return (
    <div className="form-both">
      {(['sq', 'en'] as const).map((language) => (
        <Box
          key={language}
          id={`${id}.${language}`}
          label={t('formPage', language === 'sq' ? 'in_sq' : 'in_en', { what: label })}
          lang={language}
          optional={optional ?? false}
          value={words?.[language] ?? ''}
          onValue={(value: string) => {
            const next = { sq: '', en: '', ...words, [language]: value }
            onChange(optional && next.sq === '' && next.en === '' ? undefined : next)
          }}
        />
      ))}
    </div>
  )
}

const whole = (text: string): number | undefined =>
  /^-?\d{1,9}$/.test(text.trim()) ? Number(text) : undefined

function Options({
  id,
  q,
  onChange,
}: {
  id: string
  q: Question
  onChange: (next: readonly Option[]) => void
}) {
  const t = useWords()
  const options = q.options ?? []
  const put = (i: number, change: (o: Option) => Option) => onChange(at(options, i, change))
  return (
    <fieldset className="field form-group" id={`${id}.options`}>
      <legend>{t('formPage', 'options')}</legend>
      {options.map((o, i) => {
        const own = `${id}.options.${i}`
        return (
          <div className="form-option" key={own}>
            <TextField
              id={`${own}.value`}
              label={t('formPage', 'option_value')}
              short
              value={o.value}
              onValue={(value) => put(i, (one) => ({ ...one, value }))}
            />
            <Both
              id={`${own}.label`}
              label={t('formPage', 'option_label')}
              words={o.label}
              onChange={(label) => label && put(i, (one) => ({ ...one, label }))}
            />
            <TextField
              id={`${own}.score`}
              label={t('formPage', 'points')}
              inputMode="numeric"
              short
              optional
              value={o.score === undefined ? '' : String(o.score)}
              onValue={(value) => put(i, (one) => set(one, 'score', whole(value)))}
            />
            <Button size="table" onClick={() => onChange(without(options, i))}>
              {t('formPage', 'option_remove', { value: o.value })}
            </Button>
          </div>
        )
      })}
      <div className="row">
        <Button
          size="table"
          onClick={() =>
            onChange([...options, { value: `option_${options.length + 1}`, label: { sq: '', en: '' } }])
          }
        >
          {t('formPage', 'option_add')}
        </Button>
      </div>
    </fieldset>
  )
}

/** Everything about one question. Fields carry the path that faults name. */
export function QuestionEdit({
  id,
  form,
  q,
  onChange,
}: {
  id: string
  form: FormContent
  q: Question
  onChange: (change: (one: Question) => Question) => void
}) {
  const t = useWords()
  const choice = q.kind === 'choice' || q.kind === 'choices'
  const bound = (name: 'min' | 'max') => (
    <TextField
      id={`${id}.${name}`}
      label={t('formPage', name)}
      inputMode="numeric"
      short
      optional
      value={q[name] === undefined ? '' : String(q[name])}
      onValue={(value) => onChange((one) => set(one, name, whole(value)))}
    />
  )
  const point = (name: 'yes' | 'no') => (
    <TextField
      id={`${id}.points.${name}`}
      label={t('formPage', name === 'yes' ? 'points_yes' : 'points_no')}
      inputMode="numeric"
      short
      optional
      value={q.points === undefined ? '' : String(q.points[name])}
      onValue={(value) => {
        const n = whole(value)
        onChange((one) =>
          set(one, 'points', n === undefined ? undefined : { yes: 0, no: 0, ...one.points, [name]: n }),
        )
      }}
    />
  )
  return (
    <div className="stack">
      <Both
        id={`${id}.label`}
        label={t('formPage', 'label')}
        words={q.label}
        onChange={(label) => label && onChange((one) => ({ ...one, label }))}
      />
      <div className="form-row">
        <TextField
          id={`${id}.key`}
          label={t('formPage', 'key')}
          hint={t('formPage', 'key_hint')}
          value={q.key}
          onValue={(key) => onChange((one) => ({ ...one, key }))}
        />
        <SelectField
          id={`${id}.kind`}
          label={t('formPage', 'kind')}
          value={q.kind}
          onValue={(kind) =>
            onChange((one) => ({ ...one, kind: questionKinds.find((k) => k === kind) ?? one.kind }))
          }
          options={questionKinds.map((kind) => ({ value: kind, label: t('formPage', `kind_${kind}`) }))}
        />
        <SelectField
          id={`${id}.tier`}
          label={t('formPage', 'tier')}
          value={q.tier}
          onValue={(tier) =>
            onChange((one) => ({ ...one, tier: questionTiers.find((k) => k === tier) ?? one.tier }))
          }
          options={questionTiers.map((tier) => ({ value: tier, label: t('formPage', `tier_${tier}`) }))}
        />
      </div>
      {q.kind !== 'note' && (
        <CheckOne
          label={t('formPage', 'required')}
          note={t('formPage', 'required_more')}
          checked={q.required === true}
          onChecked={(on) => onChange((one) => set(one, 'required', on || undefined))}
        />
      )}
      {choice && <Options id={id} q={q} onChange={(options) => onChange((one) => ({ ...one, options }))} />}
      {q.kind === 'number' && (
        <div className="form-row">
          {bound('min')}
          {bound('max')}
        </div>
      )}
      {q.kind === 'yes_no' && (
        <div className="form-row">
          {point('yes')}
          {point('no')}
        </div>
      )}
      <ConditionEdit
        id={`${id}.when`}
        form={form}
        condition={q.when}
        onChange={(when) => onChange((one) => set(one, 'when', when))}
      />
      <Both
        id={`${id}.hint`}
        label={t('formPage', 'hint')}
        optional
        words={q.hint}
        onChange={(hint) => onChange((one) => set(one, 'hint', hint))}
      />
      <Both
        id={`${id}.help`}
        label={t('formPage', 'help')}
        optional
        long
        words={q.help}
        onChange={(help) => onChange((one) => set(one, 'help', help))}
      />
    </div>
  )
}
