import { useWords } from '#web/design/words.tsx'
import { YearlyDocument } from '#web/reporting/YearlyDocument.tsx'

/** The monitoring of alternative care. */
export default function PlacementMonitoringPage() {
  const t = useWords()
  return (
    <YearlyDocument
      title={t('placementPage', 'monitoring')}
      yearLabel={t('placementPage', 'year')}
      path="/api/placements/monitoring"
      files={[
        { ending: 'pdf', label: t('reporting', 'download_pdf') },
        { ending: 'xlsx', label: t('reporting', 'download_excel') },
      ]}
    />
  )
}
