import { useState } from 'react'
import type { z } from 'zod'
import { useGet } from '#web/client/api.ts'
import { TextField } from '#web/design/Field.tsx'
import { useNow } from '#web/design/now.ts'
import { Empty, Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { dayOf, longDate, number } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ReadAttendance } from '#wire/case.ts'

type Attendance = z.output<typeof ReadAttendance.reply>

/** How often each institution came to the technical group: who stays away is seen over time. */
export default function AttendancePage() {
  const t = useWords()
  const now = useNow()
  const { language } = useLanguage()
  const today = dayOf(now)
  const [from, setFrom] = useState(`${Number(today.slice(0, 4)) - 1}${today.slice(4)}`)
  const [until, setUntil] = useState(today)
  const read = useGet<Attendance>('/api/conferences/attendance', { from, until })
  const items = read.data?.items ?? []
  return (
    <div className="view stack">
      <div>
        <h1>{t('gtnPage', 'attendance')}</h1>
        <p className="lede">{t('gtnPage', 'attendance_lede')}</p>
      </div>
      <div className="row no-print">
        <TextField
          label={t('gtnPage', 'since')}
          type="date"
          short
          value={from}
          onValue={(value) => setFrom(value || from)}
        />
        <TextField
          label={t('gtnPage', 'until')}
          type="date"
          short
          value={until}
          onValue={(value) => setUntil(value || until)}
        />
      </div>
      {read.isPending ? (
        <Loading />
      ) : !read.data ? (
        <FailedPart error={read.error} onRetry={() => void read.refetch()} />
      ) : items.length === 0 ? (
        <Empty icon="users-three" title={t('gtnPage', 'attendance_none')} />
      ) : (
        <section className="sheet">
          <Table
            caption={t('gtnPage', 'attendance')}
            rows={items}
            rowKey={(row) => row.institution.id}
            columns={[
              {
                key: 'institution',
                head: t('gtnPage', 'col_institution'),
                name: true,
                cell: (row) => row.institution.name[language],
                sort: (row) => row.institution.name[language],
              },
              ...(['called', 'present', 'deputies', 'absent', 'noReply'] as const).map((key) => ({
                key,
                head: t('gtnPage', key === 'noReply' ? 'col_no_reply' : `col_${key}`),
                number: true,
                cell: (row: Attendance['items'][number]) => number(row[key]),
                sort: (row: Attendance['items'][number]) => row[key],
              })),
              {
                key: 'last',
                head: t('gtnPage', 'col_last'),
                cell: (row) => (row.lastAbsent === null ? '–' : longDate(row.lastAbsent, now)),
              },
            ]}
          />
        </section>
      )}
    </div>
  )
}
