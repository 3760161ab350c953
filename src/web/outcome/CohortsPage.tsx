import { useState } from 'react'
import { SelectField } from '#web/design/Field.tsx'
import { useWords } from '#web/design/words.tsx'
import { YearlyDocument } from '#web/reporting/YearlyDocument.tsx'

const bases = ['exit', 'entry'] as const

/** Twelve months after: the cohorts of a year, at first of the last year of which some have come through. */
export default function CohortsPage() {
  const t = useWords()
  const [basis, setBasis] = useState<string>('exit')
  return (
    <YearlyDocument
      title={t('outcomePage', 'cohorts')}
      yearLabel={t('outcomePage', 'year')}
      path="/api/outcomes/cohorts"
      yearsAgo={1}
      query={{ basis }}
      files={[
        { ending: 'xlsx', label: t('reporting', 'download_excel') },
        { ending: 'csv', label: t('outcomePage', 'csv') },
      ]}
    >
      <SelectField
        label={t('outcomePage', 'cohort_basis')}
        value={basis}
        onValue={(value) => setBasis(value || 'exit')}
        options={bases.map((value) => ({ value, label: t('outcomePage', `cohort_${value}`) }))}
      />
    </YearlyDocument>
  )
}
