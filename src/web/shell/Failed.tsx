import { Link } from '@tanstack/react-router'
import { codeOf, sentenceOf } from '#web/client/problem.ts'
import { useSession } from '#web/client/session.ts'
import { Button } from '#web/design/Button.tsx'
import { Empty } from '#web/design/States.tsx'
import { useWords } from '#web/design/words.tsx'
import { placesOf } from './navigation.ts'

/** Absent and not allowed look the same, on purpose. */
export function NotFoundPage() {
  const t = useWords()
  const { user } = useSession()
  const reaches = user !== null && placesOf(user.role).some((place) => place.key === 'beyond')
  return (
    <div className="view">
      <Empty page icon="binoculars" title={t('web', 'not_found')}>
        <p>{t('web', 'not_found_more')}</p>
        <Link to="/">{t('web', 'to_start')}</Link>
        {reaches && <Link to="/beyond">{t('web', 'nav_beyond')}</Link>}
      </Empty>
    </div>
  )
}

/** An address outside every room: nothing frames it, so it brings the page's one region itself. */
export function NotFoundOutside() {
  return (
    <main id="content" tabIndex={-1}>
      <NotFoundPage />
    </main>
  )
}

export function FailedPage({ error, reset }: { error: Error; reset?: () => void }) {
  const t = useWords()
  if (codeOf(error) === 'not_found') return <NotFoundPage />
  return (
    <div className="view">
      <Empty page icon="warning-circle.fill" title={t('web', 'failed')}>
        <p>{sentenceOf(error)}</p>
        <Button onClick={() => (reset ? reset() : location.reload())}>{t('web', 'try_again')}</Button>
      </Empty>
    </div>
  )
}

/** Inside a page: one read failed. */
export function FailedPart({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useWords()
  if (codeOf(error) === 'not_found') return <NotFoundPage />
  return (
    <Empty icon="warning-circle.fill" title={sentenceOf(error)}>
      <Button onClick={onRetry}>{t('web', 'try_again')}</Button>
    </Empty>
  )
}
