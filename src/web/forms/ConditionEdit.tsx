import { type Condition, type FormContent, type Question, questionsOf } from '#domain/form/definition.ts'
import { Button } from '#web/design/Button.tsx'
import { SelectField, TextField } from '#web/design/Field.tsx'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { at, conditionOf, groupOf, without } from './change.ts'

/** What a comparison is called in the list of what may be said of a question. */
const nameOf = (leaf: Condition): string => {
  if ('atLeast' in leaf) return 'atLeast'
  if ('atMost' in leaf) return 'atMost'
  if ('answered' in leaf) return leaf.answered ? 'answered' : 'unanswered'
  return 'is' in leaf ? `is:${String(leaf.is)}` : ''
}
const leafOf = (target: string, name: string, n: number): Condition => {
  const [kind, key = ''] = target.split(':')
  if (kind === 'score') return name === 'atMost' ? { score: key, atMost: n } : { score: key, atLeast: n }
  if (name === 'atLeast') return { question: key, atLeast: n }
  if (name === 'atMost') return { question: key, atMost: n }
  if (!name.startsWith('is:')) return { question: key, answered: name !== 'unanswered' }
  const said = name.slice(3)
  return { question: key, is: said === 'true' ? true : said === 'false' ? false : said }
}

function Leaf({
  id,
  form,
  condition,
  onChange,
  onRemove,
}: {
  id: string
  form: FormContent
  condition: Condition
  onChange: (next: Condition) => void
  onRemove: () => void
}) {
  const t = useWords()
  const { language } = useLanguage()
  const not = 'not' in condition
  const leaf = not ? condition.not : condition
  const target =
    'score' in leaf ? `score:${leaf.score}` : 'question' in leaf ? `question:${leaf.question}` : ''
  const name = nameOf(leaf)
  const n = 'atLeast' in leaf ? leaf.atLeast : 'atMost' in leaf ? leaf.atMost : 1
  const put = (next: Condition, turned: boolean) => onChange(turned ? { not: next } : next)
  const of = questionsOf(form).find((q) => target === `question:${q.key}`)
  const says = (q: Question | undefined) => {
    if (q === undefined) return ['atLeast', 'atMost']
    const own =
      q.kind === 'yes_no'
        ? ['is:true', 'is:false']
        : q.kind === 'choice' || q.kind === 'choices'
          ? (q.options ?? []).map((o) => `is:${o.value}`)
          : q.kind === 'number' || q.kind === 'scale'
            ? ['atLeast', 'atMost']
            : []
    return [...own, 'answered', 'unanswered']
  }
  const label = (one: string) => {
    if (one === 'is:true') return t('web', 'yes')
    if (one === 'is:false') return t('web', 'no')
    const option = of?.options?.find((o) => one === `is:${o.value}`)
    if (option) return option.label[language] || option.value
    return one.startsWith('is:') ? one.slice(3) : t('formPage', `says_${one as 'atLeast'}`)
  }
  const names = says(of)
  return (
    <div className="form-condition">
      <SelectField
        id={`${id}-of`}
        label={t('formPage', 'condition_of')}
        value={target}
        onValue={(next) => {
          const q = questionsOf(form).find((one) => next === `question:${one.key}`)
          put(leafOf(next, says(q)[0] ?? 'answered', n), not)
        }}
        options={[
          ...questionsOf(form)
            .filter((q) => q.kind !== 'note')
            .map((q) => ({ value: `question:${q.key}`, label: q.label[language] || q.key })),
          ...(form.scores ?? []).map((s) => ({ value: `score:${s.key}`, label: s.label[language] || s.key })),
        ]}
      />
      <SelectField
        id={`${id}-not`}
        label={t('formPage', 'condition_turn')}
        value={not ? 'not' : 'is'}
        onValue={(next) => put(leaf, next === 'not')}
        options={[
          { value: 'is', label: t('formPage', 'turn_is') },
          { value: 'not', label: t('formPage', 'turn_not') },
        ]}
      />
      <SelectField
        id={`${id}-says`}
        label={t('formPage', 'condition_says')}
        value={names.includes(name) ? name : ''}
        onValue={(next) => put(leafOf(target, next, n), not)}
        options={names.map((value) => ({ value, label: label(value) }))}
      />
      {(name === 'atLeast' || name === 'atMost') && (
        <TextField
          id={`${id}-n`}
          label={t('formPage', 'condition_n')}
          inputMode="numeric"
          short
          value={String(n)}
          onValue={(next) => put(leafOf(target, name, Number.parseInt(next, 10) || 0), not)}
        />
      )}
      <Button size="table" onClick={onRemove}>
        {t('formPage', 'condition_remove')}
      </Button>
    </div>
  )
}

/** When something is asked: comparisons joined by «all» or «any», in groups up to three deep. */
export function ConditionEdit({
  id,
  form,
  condition,
  onChange,
  depth = 1,
}: {
  id: string
  form: FormContent
  condition: Condition | undefined
  onChange: (next: Condition | undefined) => void
  depth?: number
}) {
  const t = useWords()
  const group = groupOf(condition)
  const put = (parts: readonly Condition[]) => onChange(conditionOf({ ...group, parts }))
  const first = questionsOf(form).find((q) => q.kind !== 'note')
  return (
    <fieldset className="field form-group">
      <legend>{t('formPage', depth === 1 ? 'condition' : 'condition_group')}</legend>
      {group.parts.length === 0 && <p className="field-hint">{t('formPage', 'condition_none')}</p>}
      {group.parts.length > 1 && (
        <SelectField
          id={`${id}-join`}
          label={t('formPage', 'condition_join')}
          value={group.join}
          onValue={(join) => onChange(conditionOf({ ...group, join: join === 'any' ? 'any' : 'all' }))}
          options={[
            { value: 'all', label: t('formPage', 'join_all') },
            { value: 'any', label: t('formPage', 'join_any') },
          ]}
        />
      )}
      {group.parts.map((part, i) => {
        const own = `${id}-${i}`
        const change = (next: Condition | undefined) =>
          put(next === undefined ? without(group.parts, i) : at(group.parts, i, () => next))
        return 'all' in part || 'any' in part ? (
          <ConditionEdit
            key={own}
            id={own}
            form={form}
            condition={part}
            onChange={change}
            depth={depth + 1}
          />
        ) : (
          <Leaf
            key={own}
            id={own}
            form={form}
            condition={part}
            onChange={change}
            onRemove={() => put(without(group.parts, i))}
          />
        )
      })}
      {first && (
        <div className="row">
          <Button size="table" onClick={() => put([...group.parts, { question: first.key, answered: true }])}>
            {t('formPage', 'condition_add')}
          </Button>
        </div>
      )}
    </fieldset>
  )
}
