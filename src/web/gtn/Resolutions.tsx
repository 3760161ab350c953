import { serviceTypes } from '#domain/case/record.ts'
import { choices, institutions, type Making } from '#web/case/dialogs/context.ts'
import { faultAt } from '#web/client/problem.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { type FaultLine, SelectField, TextField } from '#web/design/Field.tsx'

export interface Resolved {
  key: string
  text: string
  service: string
  institutionId: string
  due: string
  goalId: string
  costLek: string
  funding: string
}
const funding = ['municipality', 'state', 'donor', 'family', 'no_cost', 'gap'] as const

/** What the group resolved: who does what until when; with a goal it becomes an action of the plan at once. */
export function Resolutions({
  making,
  resolutions,
  faults,
  onChange,
}: {
  making: Making
  resolutions: readonly Resolved[]
  faults: readonly FaultLine[]
  onChange: (resolutions: readonly Resolved[]) => void
}) {
  const { t, view } = making
  const set = (at: number, change: Partial<Resolved>) =>
    onChange(resolutions.map((r, i) => (i === at ? { ...r, ...change } : r)))
  const goals = (view.plan?.goals ?? []).map((goal) => ({
    value: goal.id,
    label: goal.text ?? t('casePage', `area_${goal.area}`),
  }))
  return (
    <fieldset className="stack">
      <legend className="field-label">{t('gtnPage', 'resolutions')}</legend>
      <p className="note quiet">{t('gtnPage', 'resolutions_more')}</p>
      {resolutions.map((r, i) => {
        const error = (name: string) => faultAt(faults, `resolutions.${i}.${name}`)
        return (
          <div className="stack" key={r.key}>
            <TextField
              label={t('gtnPage', 'resolution')}
              value={r.text}
              error={error('text')}
              onValue={(text) => set(i, { text })}
            />
            <div className="member-row">
              <SelectField
                label={t('casePage', 'service')}
                value={r.service}
                error={error('service')}
                onValue={(service) => set(i, { service })}
                options={choices(t, 'service', serviceTypes)}
              />
              <SelectField
                label={t('casePage', 'institution')}
                value={r.institutionId}
                error={error('institutionId')}
                onValue={(institutionId) => set(i, { institutionId })}
                options={institutions(making)}
              />
              <TextField
                label={t('casePage', 'plan_due_by')}
                type="date"
                short
                value={r.due}
                error={error('due')}
                onValue={(due) => set(i, { due })}
              />
            </div>
            {goals.length > 0 && (
              <SelectField
                label={t('gtnPage', 'resolution_for')}
                optional
                value={r.goalId}
                error={error('goalId')}
                onValue={(goalId) => set(i, { goalId })}
                options={goals}
              />
            )}
            {r.goalId !== '' && (
              <div className="member-row">
                <TextField
                  label={t('casePage', 'plan_cost')}
                  inputMode="numeric"
                  short
                  optional
                  value={r.costLek}
                  error={error('costLek')}
                  onValue={(costLek) => set(i, { costLek })}
                />
                <SelectField
                  label={t('casePage', 'funding')}
                  optional
                  value={r.funding}
                  error={error('funding')}
                  onValue={(value) => set(i, { funding: value })}
                  options={choices(t, 'funding', funding)}
                />
              </div>
            )}
          </div>
        )
      })}
      <Button
        icon="plus.bold"
        size="table"
        onClick={() =>
          onChange([
            ...resolutions,
            {
              key: uuidv7(),
              text: '',
              service: '',
              institutionId: '',
              due: '',
              goalId: '',
              costLek: '',
              funding: '',
            },
          ])
        }
      >
        {t('gtnPage', 'resolution_add')}
      </Button>
    </fieldset>
  )
}
