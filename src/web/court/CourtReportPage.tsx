import { useWords } from '#web/design/words.tsx'
import { YearlyDocument } from '#web/reporting/YearlyDocument.tsx'

/** The yearly monitoring of court decisions. */
export default function CourtReportPage() {
  const t = useWords()
  return (
    <YearlyDocument
      title={t('courtPage', 'yearly')}
      yearLabel={t('courtPage', 'year')}
      path="/api/court/report"
      files={[
        { ending: 'pdf', label: t('reporting', 'download_pdf') },
        { ending: 'xlsx', label: t('reporting', 'download_excel') },
      ]}
    />
  )
}
