import { Link } from '@tanstack/react-router'
import type { z } from 'zod'
import { placeOf } from '#domain/notice/kinds.ts'
import { useGet } from '#web/client/api.ts'
import { useCommand } from '#web/client/command.ts'
import { Button } from '#web/design/Button.tsx'
import { useNow } from '#web/design/now.ts'
import { nearDate } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import type { ListNotices } from '#wire/notice.ts'

type Page = z.output<typeof ListNotices.reply>

/** What happened to records of the reader's unit, by code and never by name, until somebody says it was seen. */
export function Notices() {
  const t = useWords()
  const now = useNow()
  const read = useGet<Page>('/api/notices', { unread: 'true', limit: 8 }, { refetchInterval: 60_000 })
  const seen = useCommand()
  // Missed deadlines stand beside these already, with how late they are.
  const items = (read.data?.items ?? []).filter((one) => one.code !== 'clock_breached')
  if (items.length === 0) return null
  return (
    <section>
      <h2 className="side-title">{t('notice', 'title')}</h2>
      <ul className="told">
        {items.map((one) => (
          <li key={one.id}>
            <a href={placeOf(one)}>{t('notice', one.code, { label: one.label })}</a>
            <small>{nearDate(one.at, now)}</small>
            <Button
              kind="quiet"
              size="table"
              busy={seen.isPending && seen.variables?.recordId === one.id}
              onClick={() => seen.mutate({ type: 'notice.read', recordId: one.id, body: {} })}
            >
              {t('notice', 'read')}
            </Button>
          </li>
        ))}
      </ul>
      <p className="note">
        <Link to="/notices">{t('notice', 'all')}</Link>
      </p>
    </section>
  )
}
