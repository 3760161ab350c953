import { Chip } from '#web/design/Chip.tsx'
import { fullDate } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import type { Standing } from './words.ts'

const signs = {
  NOT_STARTED: 'waiting',
  IN_PROGRESS: 'going',
  COMPLETED: 'done',
  SUSPENDED: 'blocked',
  CANCELLED: 'blocked',
} as const

export function StatusChip({ of }: { of: Standing }) {
  const t = useWords()
  return <Chip kind={signs[of.status]}>{t('execution', `status_${of.status}`)}</Chip>
}

/** The deadline as printed, and whether it has passed: loose wording says between which days. */
export function Deadline({ of }: { of: Standing }) {
  const t = useWords()
  return (
    <>
      {of.deadlineText ?? t('execution', 'no_deadline')}{' '}
      {of.lateness === 'late' && (
        <small className="tone" data-tone="late">
          {t('execution', 'late_late')}
        </small>
      )}
      {of.lateness === 'perhaps' && (
        <small className="tone" data-tone="soon">
          {t('execution', 'late_perhaps')}
          {of.dueEarliest !== null && of.dueLatest !== null && (
            <>
              {': '}
              {t('execution', 'late_perhaps_more', {
                earliest: fullDate(of.dueEarliest),
                latest: fullDate(of.dueLatest),
              })}
            </>
          )}
        </small>
      )}
    </>
  )
}
