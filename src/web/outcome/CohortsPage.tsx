import { useState } from 'react'
import type { ReportDocument } from '#domain/reporting/document.ts'
import { useGet } from '#web/client/api.ts'
import { SelectField } from '#web/design/Field.tsx'
import { useNow } from '#web/design/now.ts'
import { Loading } from '#web/design/States.tsx'
import { dayOf } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { DocumentView } from '#web/reporting/DocumentView.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'

const bases = ['exit', 'entry'] as const

/** Twelve months after: the cohorts of a year, on the page and as the same document in two files. */
export default function CohortsPage() {
  const t = useWords()
  const now = useNow()
  const { language } = useLanguage()
  const thisYear = Number(dayOf(now).slice(0, 4))
  // The last year of which cohorts have come through.
  const [year, setYear] = useState(String(thisYear - 1))
  const [basis, setBasis] = useState<string>('exit')
  const query = { basis, year, lang: language }
  const read = useGet<ReportDocument>('/api/outcomes/cohorts', query)
  const file = (ending: 'xlsx' | 'csv') => `/api/outcomes/cohorts.${ending}?${new URLSearchParams(query)}`
  return (
    <div className="view stack">
      <h1>{t('outcomePage', 'cohorts')}</h1>
      <div className="row no-print">
        <SelectField
          label={t('outcomePage', 'cohort_basis')}
          value={basis}
          onValue={(value) => setBasis(value || 'exit')}
          options={bases.map((value) => ({ value, label: t('outcomePage', `cohort_${value}`) }))}
        />
        <SelectField
          label={t('outcomePage', 'year')}
          value={year}
          onValue={(value) => setYear(value || String(thisYear - 1))}
          options={Array.from({ length: 8 }, (_, i) => String(thisYear - i)).map((value) => ({
            value,
            label: value,
          }))}
        />
        <a href={file('xlsx')} download>
          {t('reporting', 'download_excel')}
        </a>
        <a href={file('csv')} download>
          {t('outcomePage', 'csv')}
        </a>
      </div>
      {read.isPending ? (
        <Loading />
      ) : read.data ? (
        <DocumentView document={read.data} level={2} />
      ) : (
        <FailedPart error={read.error} onRetry={() => void read.refetch()} />
      )}
    </div>
  )
}
