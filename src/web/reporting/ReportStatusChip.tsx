import { Chip } from '#web/design/Chip.tsx'
import { useWords } from '#web/design/words.tsx'
import type { ReportRow } from '#wire/reporting.ts'

const signs = {
  DUE: 'waiting',
  DRAFT: 'going',
  SUBMITTED: 'going',
  RETURNED: 'near',
  ACCEPTED: 'done',
  CONSOLIDATED: 'done',
  APPROVED: 'done',
  PUBLISHED: 'done',
} as const

export function ReportStatusChip({ status }: { status: ReportRow['status'] }) {
  const t = useWords()
  return <Chip kind={signs[status]}>{t('reporting', `status_${status}`)}</Chip>
}
