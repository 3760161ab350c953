import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useGet } from '#web/client/api.ts'
import { request } from '#web/client/request.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { useNow } from '#web/design/now.ts'
import { Table } from '#web/design/Table.tsx'
import { toast } from '#web/design/Toast.tsx'
import { nearDate } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { SessionList } from '#wire/session.ts'

export function SessionsPart() {
  const t = useWords()
  const now = useNow()
  const queries = useQueryClient()
  const list = useGet<SessionList>('/api/sessions')
  const end = useMutation({
    mutationFn: (id: string | null) =>
      request(id === null ? '/api/sessions' : `/api/sessions/${id}`, { method: 'DELETE' }),
    onSuccess: () => {
      toast(t('account', 'ended'))
      void queries.invalidateQueries({ queryKey: ['/api/sessions'] })
    },
  })
  const items = list.data?.items ?? []
  return (
    <section className="sheet" aria-labelledby="sessions">
      <div className="sheet-head">
        <h2 id="sessions">{t('account', 'sessions')}</h2>
        {items.length > 1 && (
          <span className="push">
            <Button size="table" busy={end.isPending} onClick={() => end.mutate(null)}>
              {t('account', 'end_others')}
            </Button>
          </span>
        )}
      </div>
      <div className="sheet-body stack">
        <p className="quiet">{t('account', 'sessions_more')}</p>
        <ListFrame
          list={{ items, isPending: list.isPending, error: list.error }}
          empty={t('account', 'sessions')}
          fault={<FailedPart error={list.error} onRetry={() => void list.refetch()} />}
        >
          <Table
            caption={t('account', 'sessions')}
            rows={items}
            rowKey={(s) => s.id}
            columns={[
              { key: 'agent', head: t('account', 'browser'), name: true, cell: (s) => s.agent },
              { key: 'since', head: t('account', 'since'), cell: (s) => nearDate(s.createdAt, now) },
              { key: 'seen', head: t('account', 'last_seen'), cell: (s) => nearDate(s.lastSeenAt, now) },
              {
                key: 'end',
                head: t('account', 'end'),
                cell: (s) =>
                  s.current ? (
                    <Chip kind="going">{t('account', 'here')}</Chip>
                  ) : (
                    <Button size="table" busy={end.isPending} onClick={() => end.mutate(s.id)}>
                      {t('account', 'end')}
                    </Button>
                  ),
              },
            ]}
          />
        </ListFrame>
      </div>
    </section>
  )
}
