import { useEffect, useState } from 'react'
import type { z } from 'zod'
import { useGet } from '#web/client/api.ts'
import { useUser } from '#web/client/session.ts'
import { Segments, SelectField, TextField } from '#web/design/Field.tsx'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { useMunicipalities } from '#web/place/Municipality.tsx'
import type { IntakeOptions } from '#wire/report.ts'
import type { WorkCriteria } from '#wire/work.ts'
import type { Filters } from './FilteredWork.tsx'
import { groups } from './shape.ts'

const risks = ['immediate', 'high', 'medium', 'low', 'none'] as const
type Lists = 'due' | 'kinds' | 'risks' | 'concerns' | 'municipalities' | 'workers'

/** Conditions of the list, each in force as soon as it is chosen. */
export function FilterForm({
  filters,
  criteria,
  onCriteria,
}: {
  filters: Filters
  criteria: WorkCriteria
  onCriteria: (criteria: WorkCriteria) => void
}) {
  const t = useWords()
  const { role, unit } = useUser()
  const { language } = useLanguage()
  const municipalities = useMunicipalities()
  const options = useGet<z.output<typeof IntakeOptions.reply>>(
    '/api/intake-options',
    {},
    { staleTime: 600_000 },
  )
  const [text, setText] = useState(criteria.text)
  useEffect(() => setText(criteria.text), [criteria.text])
  useEffect(() => {
    if (text === criteria.text) return
    const timer = setTimeout(() => onCriteria({ ...criteria, text }), 300)
    return () => clearTimeout(timer)
  }, [text, criteria, onCriteria])
  const one = (name: Lists) => ({
    value: criteria[name][0] ?? '',
    empty: t('workPage', 'any'),
    onValue: (value: string) => onCriteria({ ...criteria, [name]: value === '' ? [] : [value] }),
  })
  const head = role === 'cpu_head'
  return (
    <div className="sheet work-filter no-print">
      {head && (
        <Segments
          label={t('workPage', 'scope')}
          value={criteria.scope}
          onValue={(value) =>
            onCriteria({ ...criteria, scope: value === 'unit' ? 'unit' : 'mine', workers: [] })
          }
          options={[
            { value: 'mine', label: t('workPage', 'scope_mine') },
            { value: 'unit', label: t('workPage', 'scope_unit') },
          ]}
        />
      )}
      <div className="work-conditions">
        <SelectField
          label={t('workPage', 'due')}
          {...one('due')}
          options={groups.map((value) => ({ value, label: t('work', `group_${value}`) }))}
        />
        <SelectField
          label={t('workPage', 'kind')}
          {...one('kinds')}
          options={filters.kinds.map(({ kind, label }) => ({ value: kind, label }))}
        />
        <SelectField
          label={t('workPage', 'risk')}
          {...one('risks')}
          options={risks.map((value) => ({
            value,
            label: value === 'none' ? t('workPage', 'risk_none') : t('web', `risk_long_${value}`),
          }))}
        />
        <SelectField
          label={t('workPage', 'concern')}
          {...one('concerns')}
          options={(options.data?.concerns ?? []).map((concern) => ({
            value: concern.code,
            label: language === 'sq' ? concern.sq : concern.en,
          }))}
        />
        {unit.municipality === null && (
          <SelectField
            label={t('workPage', 'municipality')}
            {...one('municipalities')}
            options={municipalities.map(({ code, name }) => ({ value: code, label: name }))}
          />
        )}
        {head && criteria.scope === 'unit' && (
          <SelectField
            label={t('workPage', 'worker')}
            {...one('workers')}
            options={[
              ...filters.workers.map(({ id, name }) => ({ value: id, label: name })),
              { value: 'nobody', label: t('workPage', 'nobody') },
            ]}
          />
        )}
        <TextField
          label={t('workPage', 'text')}
          aria-describedby="text-hint"
          maxLength={40}
          value={text}
          onValue={setText}
        />
      </div>
      <p className="note quiet" id="text-hint">
        {t('workPage', 'text_hint')}
      </p>
    </div>
  )
}
