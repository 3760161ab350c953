/** Children who live in one's own shelter. Who a child is and what it needs, the referral says. */
import { Link } from '@tanstack/react-router'
import type { z } from 'zod'
import { useGet } from '#web/client/api.ts'
import { useNow } from '#web/design/now.ts'
import { Empty, Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { longDate } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ListChildStays } from '#wire/assistance.ts'
import { word } from './words.ts'

type Stays = z.output<typeof ListChildStays.reply>

export function ChildStays() {
  const t = useWords()
  const now = useNow()
  const { language } = useLanguage()
  const read = useGet<Stays>('/api/assistance/child-stays', { lang: language })
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  if (read.data.items.length === 0)
    return (
      <Empty icon="house" title={word(t, 'child_stays_none')}>
        {word(t, 'child_stays_none_more')}
      </Empty>
    )
  return (
    <section className="sheet">
      <Table
        caption={word(t, 'child_stays')}
        rows={read.data.items}
        rowKey={(row) => row.id}
        columns={[
          {
            key: 'who',
            head: word(t, 'child_stay'),
            name: true,
            cell: (row) => (
              <>
                {word(t, `child_${row.sex}`)}, {word(t, `band_${row.ageBand}`)}
                <small className="quiet"> {row.place}</small>
              </>
            ),
          },
          { key: 'since', head: word(t, 'since'), cell: (row) => longDate(row.startedOn, now) },
          {
            key: 'packet',
            head: word(t, 'child_packet'),
            cell: (row) =>
              row.referralId === null ? (
                <span className="quiet">{word(t, 'child_packet_none')}</span>
              ) : (
                <Link to="/referrals/$id" params={{ id: row.referralId }}>
                  {row.referralCode}
                </Link>
              ),
          },
          {
            key: 'unit',
            head: word(t, 'child_unit'),
            cell: (row) => [row.unit, row.phone].filter(Boolean).join(', '),
          },
          {
            key: 'visit',
            head: word(t, 'child_visit'),
            cell: (row) => (row.visitOn === null ? '–' : longDate(row.visitOn, now)),
          },
        ]}
      />
    </section>
  )
}
