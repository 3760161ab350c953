import { faultAt } from '#web/client/problem.ts'
import { Button } from '#web/design/Button.tsx'
import { type FaultLine, RadioField, TextArea, TextField } from '#web/design/Field.tsx'
import { useWords } from '#web/design/words.tsx'
import type { DraftChild } from './state.ts'

/** One child: whatever is known, and how surely. No field is demanded. */
export function ChildFields({
  child,
  n,
  at,
  faults,
  onChange,
  onRemove,
  short,
}: {
  child: DraftChild
  n: number
  /** Index in the command's body, for faults. */
  at: number
  faults: readonly FaultLine[]
  onChange: (change: Partial<DraftChild>) => void
  onRemove: (() => void) | undefined
  short?: boolean
}) {
  const t = useWords()
  const f = (name: string) => faultAt(faults, `children.${at}.${name}`)
  const id = (name: string) => `f-children.${at}.${name}`
  return (
    <fieldset className="child-fields">
      <legend>
        <b>{t('reportPage', 'child_n', { n })}</b>
      </legend>
      <div className="stack">
        <RadioField
          inline
          id={id('sex')}
          label={t('newReport', 'sex')}
          value={child.sex}
          onValue={(v) => onChange({ sex: v as DraftChild['sex'] })}
          error={f('sex')}
          options={[
            { value: 'female', label: t('newReport', 'girl') },
            { value: 'male', label: t('newReport', 'boy') },
            { value: 'unknown', label: t('web', 'unknown_not_known') },
          ]}
        />
        <RadioField
          inline
          id={id('age')}
          label={t('web', 'age')}
          value={child.bornHow}
          onValue={(v) => onChange({ bornHow: v as DraftChild['bornHow'] })}
          error={f('age') ?? f('birth')}
          options={[
            { value: 'age', label: t('web', 'partial_age') },
            ...(short
              ? []
              : [
                  { value: 'year', label: t('web', 'partial_year') },
                  { value: 'exact', label: t('web', 'partial_exact') },
                ]),
            { value: 'unknown', label: t('web', 'unknown_not_known') },
          ]}
        />
        {child.bornHow === 'age' && (
          <TextField
            short
            label={t('newReport', 'age_about')}
            inputMode="numeric"
            value={child.age}
            onValue={(v) => onChange({ age: v.replaceAll(/\D/g, '').slice(0, 3) })}
          />
        )}
        {child.bornHow === 'year' && (
          <TextField
            short
            label={t('web', 'year')}
            inputMode="numeric"
            value={child.bornYear}
            onValue={(v) => onChange({ bornYear: v.replaceAll(/\D/g, '').slice(0, 4) })}
          />
        )}
        {child.bornHow === 'exact' && (
          <TextField
            short
            type="date"
            label={t('newReport', 'born_day')}
            value={child.bornDay}
            onValue={(v) => onChange({ bornDay: v })}
          />
        )}
        <div className="two">
          <TextField
            id={id('givenName')}
            label={t('newReport', 'given_name')}
            optional
            value={child.givenName}
            onValue={(v) => onChange({ givenName: v })}
            error={f('givenName')}
          />
          <TextField
            id={id('familyName')}
            label={t('newReport', 'family_name')}
            optional
            value={child.familyName}
            onValue={(v) => onChange({ familyName: v })}
            error={f('familyName')}
          />
        </div>
        {!short && (
          <TextField
            id={id('otherNames')}
            label={t('newReport', 'other_names')}
            optional
            value={child.otherNames}
            onValue={(v) => onChange({ otherNames: v })}
            error={f('otherNames')}
          />
        )}
        <TextArea
          id={id('description')}
          label={t('newReport', 'description')}
          hint={t('newReport', 'description_hint')}
          optional
          value={child.description}
          onValue={(v) => onChange({ description: v })}
          error={f('description')}
        />
        {!short && (
          <div className="two">
            <TextField
              id={id('address')}
              label={t('reportPage', 'address')}
              optional
              value={child.address}
              onValue={(v) => onChange({ address: v })}
              error={f('address')}
            />
            <TextField
              id={id('contact')}
              label={t('reportPage', 'contact')}
              optional
              value={child.contact}
              onValue={(v) => onChange({ contact: v })}
              error={f('contact')}
            />
          </div>
        )}
        {onRemove && (
          <Button kind="quiet" icon="x" onClick={onRemove}>
            {t('newReport', 'remove_child')}
          </Button>
        )}
      </div>
    </fieldset>
  )
}
