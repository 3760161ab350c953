import { Link } from '@tanstack/react-router'
import { useGet } from '#web/client/api.ts'
import { usePaged } from '#web/client/paged.ts'
import { Chip } from '#web/design/Chip.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { useNow } from '#web/design/now.ts'
import { Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { nearDate } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { DeliveryCounts, NoticeSettings } from '#wire/notice.ts'
import { DeliveryTable } from './DeliveryTable.tsx'

type Delivery = NoticeSettings['deliveries'][number]

function Counts({ data }: { data: DeliveryCounts }) {
  const t = useWords()
  const now = useNow()
  return (
    <>
      <Table
        caption={t('noticePage', 'deliveries_title')}
        rows={data.counts}
        rowKey={(one) => one.channel}
        columns={[
          {
            key: 'channel',
            head: t('noticePage', 'channel'),
            name: true,
            cell: (one) => (
              <span className="row">
                {t('noticePage', `channel_${one.channel}`)}
                <Chip kind={data.ways[one.channel] ? 'done' : 'blocked'}>
                  {t('noticePage', data.ways[one.channel] ? 'way_on' : 'way_off')}
                </Chip>
              </span>
            ),
          },
          ...(['sent', 'waiting', 'late', 'dead', 'dropped'] as const).map((key) => ({
            key,
            head: t('noticePage', key),
            number: true,
            cell: (one: DeliveryCounts['counts'][number]) => one[key],
          })),
        ]}
      />
      <section className="stack" aria-labelledby="faults">
        <h2 id="faults">{t('noticePage', 'faults')}</h2>
        {data.faults.length === 0 ? (
          <p className="quiet">{t('noticePage', 'faults_none')}</p>
        ) : (
          <Table
            caption={t('noticePage', 'faults')}
            rows={data.faults}
            rowKey={(one) => one.fault}
            columns={[
              {
                key: 'fault',
                head: t('noticePage', 'fault'),
                name: true,
                cell: (one) => t('noticePage', `fault_${one.fault}`),
              },
              {
                key: 'count',
                head: t('noticePage', 'how_often'),
                cell: (one) => t('noticePage', 'times', { count: one.count }),
              },
              { key: 'last', head: t('noticePage', 'last_at'), cell: (one) => nearDate(one.lastAt, now) },
            ]}
          />
        )}
      </section>
    </>
  )
}

function Part({ state }: { state: 'dead' | 'waiting' }) {
  const t = useWords()
  const list = usePaged<Delivery>('/api/notices/deliveries', { state })
  const title = t('noticePage', state === 'dead' ? 'given_up' : 'retrying')
  return (
    <section className="stack" aria-labelledby={state}>
      <h2 id={state}>{title}</h2>
      <ListFrame
        list={list}
        empty={t('noticePage', state === 'dead' ? 'given_up_none' : 'retrying_none')}
        fault={<FailedPart error={list.error} onRetry={list.refetch} />}
      >
        <DeliveryTable caption={title} rows={list.items} />
      </ListFrame>
    </section>
  )
}

/** For administrators: what left, what failed and was given up; to whom and about what stays with the person. */
export default function DeliveriesPage() {
  const t = useWords()
  const counts = useGet<DeliveryCounts>('/api/notices/deliveries/count')
  return (
    <div className="view stack">
      <div>
        <p className="crumbs">
          <Link to="/notices">{t('noticePage', 'back')}</Link>
        </p>
        <h1>{t('noticePage', 'deliveries_title')}</h1>
        <p className="lede">{t('noticePage', 'deliveries_lede')}</p>
      </div>
      {counts.isError ? (
        <FailedPart error={counts.error} onRetry={() => void counts.refetch()} />
      ) : counts.data === undefined ? (
        <Loading />
      ) : (
        <Counts data={counts.data} />
      )}
      <Part state="dead" />
      <Part state="waiting" />
    </div>
  )
}
