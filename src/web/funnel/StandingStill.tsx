import { Link } from '@tanstack/react-router'
import type { z } from 'zod'
import { usePaged } from '#web/client/paged.ts'
import { Chip } from '#web/design/Chip.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { Table } from '#web/design/Table.tsx'
import { useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ListSilent, ListStuck } from '#wire/funnel.ts'

type Stuck = z.output<typeof ListStuck.reply>['items'][number]
type Silent = z.output<typeof ListSilent.reply>['items'][number]

/** Files without a decision and referrals that nobody acted on, by code, the longest waiting first. */
export function StandingStill() {
  const t = useWords()
  const stuck = usePaged<Stuck>('/api/trafficking/stuck', { limit: 20 })
  const silent = usePaged<Silent>('/api/trafficking/no-action', { limit: 20 })
  return (
    <div className="view stack no-print">
      <section className="stack" aria-labelledby="stuck">
        <div>
          <h2 id="stuck">{t('funnelPage', 'stuck')}</h2>
          <p className="quiet">{t('funnelPage', 'stuck_more')}</p>
        </div>
        <ListFrame
          list={stuck}
          empty={t('funnelPage', 'stuck_none')}
          fault={<FailedPart error={stuck.error} onRetry={stuck.refetch} />}
        >
          <Table
            caption={t('funnelPage', 'stuck')}
            rows={stuck.items}
            rowKey={(one) => one.id}
            columns={[
              {
                key: 'code',
                head: t('funnelPage', 'code'),
                name: true,
                cell: (one) => (
                  <Link to="/nrm/$id" params={{ id: one.id }}>
                    {one.code}
                  </Link>
                ),
              },
              {
                key: 'status',
                head: t('funnelPage', 'status'),
                cell: (one) =>
                  one.status === 'formal_pending'
                    ? t('funnelPage', 'status_formal_pending')
                    : t('funnelPage', 'status_vmt'),
              },
              {
                key: 'days',
                head: t('funnelPage', 'since'),
                cell: (one) => (
                  <span className="row">
                    {t('funnelPage', 'days', { count: one.days })}
                    {one.overdue && <Chip kind="late">{t('funnelPage', 'overdue')}</Chip>}
                  </span>
                ),
              },
              {
                key: 'subject',
                head: t('funnelPage', 'subject'),
                cell: (one) => t('exchangePage', `subject_${one.subject}`),
              },
              { key: 'unit', head: t('funnelPage', 'unit'), cell: (one) => one.unit },
            ]}
          />
        </ListFrame>
      </section>
      <section className="stack" aria-labelledby="silent">
        <h2 id="silent">{t('funnelPage', 'silent')}</h2>
        <ListFrame
          list={silent}
          empty={t('funnelPage', 'silent_none')}
          fault={<FailedPart error={silent.error} onRetry={silent.refetch} />}
        >
          <Table
            caption={t('funnelPage', 'silent')}
            rows={silent.items}
            rowKey={(one) => one.id}
            columns={[
              {
                key: 'code',
                head: t('funnelPage', 'code'),
                name: true,
                cell: (one) => (
                  <Link to="/nrm/$id" params={{ id: one.nrmId }}>
                    {one.nrmCode}
                  </Link>
                ),
              },
              { key: 'to', head: t('funnelPage', 'recipient'), cell: (one) => one.to },
              {
                key: 'days',
                head: t('funnelPage', 'since'),
                cell: (one) => t('funnelPage', 'days', { count: one.days }),
              },
            ]}
          />
        </ListFrame>
      </section>
    </div>
  )
}
