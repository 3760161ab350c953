import type { z } from 'zod'
import { usePaged } from '#web/client/paged.ts'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { useNow } from '#web/design/now.ts'
import { Table } from '#web/design/Table.tsx'
import { clockTime, nearDate } from '#web/design/time.ts'
import { sayCode, useLanguage, useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ReadReaders } from '#wire/case.ts'

type Row = z.output<typeof ReadReaders.reply>['items'][number]

/** Who opened this file, and why where the assignment alone did not give it. */
export function ReadersTab({ id }: { id: string }) {
  const t = useWords()
  const now = useNow()
  const { language } = useLanguage()
  const list = usePaged<Row>(`/api/cases/${id}/readers`)
  return (
    <div className="sheet">
      <ListFrame
        list={list}
        empty={t('casePage', 'readers_none')}
        fault={<FailedPart error={list.error} onRetry={list.refetch} />}
      >
        <Table
          caption={t('casePage', 'tab_readers')}
          rows={list.items.map((r, i) => ({ ...r, key: `${r.at}${i}` }))}
          rowKey={(r) => r.key}
          columns={[
            {
              key: 'at',
              head: t('casePage', 'when'),
              cell: (r) => (
                <>
                  {nearDate(r.at, now).replace(`, ${clockTime(r.at)}`, '')} <small>{clockTime(r.at)}</small>
                </>
              ),
              sort: (r) => r.at,
            },
            {
              key: 'who',
              head: t('casePage', 'who'),
              name: true,
              cell: (r) => (
                <>
                  {r.name ?? '–'}
                  <small>
                    {[r.role && sayCode('web', `role_${r.role}`), r.unit?.[language]]
                      .filter(Boolean)
                      .join(', ')}
                  </small>
                </>
              ),
            },
            { key: 'act', head: t('casePage', 'what'), cell: (r) => sayCode('casePage', `act_is_${r.act}`) },
            { key: 'tier', head: t('casePage', 'tier'), cell: (r) => r.tier ?? '' },
            {
              key: 'purpose',
              head: t('casePage', 'purpose'),
              cell: (r) => r.purpose && sayCode('casePage', `purpose_${r.purpose}`),
            },
          ]}
        />
      </ListFrame>
    </div>
  )
}
