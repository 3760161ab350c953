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

/** The monitoring of alternative care: the page, and the same document as PDF and workbook. */
export default function PlacementMonitoringPage() {
  const t = useWords()
  const now = useNow()
  const { language } = useLanguage()
  const thisYear = Number(dayOf(now).slice(0, 4))
  const [year, setYear] = useState(String(thisYear))
  const read = useGet<ReportDocument>('/api/placements/monitoring', { year, lang: language })
  const file = (ending: 'pdf' | 'xlsx') =>
    `/api/placements/monitoring.${ending}?year=${year}&lang=${language}`
  return (
    <div className="view stack">
      <h1>{t('placementPage', 'monitoring')}</h1>
      <div className="row no-print">
        <SelectField
          label={t('placementPage', 'year')}
          value={year}
          onValue={(value) => setYear(value || String(thisYear))}
          options={Array.from({ length: 8 }, (_, i) => String(thisYear - i)).map((value) => ({
            value,
            label: value,
          }))}
        />
        <a href={file('pdf')} download>
          {t('reporting', 'download_pdf')}
        </a>
        <a href={file('xlsx')} download>
          {t('reporting', 'download_excel')}
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
