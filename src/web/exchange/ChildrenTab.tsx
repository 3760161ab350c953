import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { usePaged } from '#web/client/paged.ts'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { useNow } from '#web/design/now.ts'
import { Table } from '#web/design/Table.tsx'
import { FilterTabs } from '#web/design/Tabs.tsx'
import { nearDate } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ChildVictim } from '#wire/exchange.ts'
import { formWord, statusWord } from './status.ts'

const moves = ['pending', 'accepted', 'declined', 'withdrawn'] as const

/** Every child who is or was a potential or official victim, by code; the case is one step away. */
export default function ChildrenTab() {
  const t = useWords()
  const now = useNow()
  const [filter, setFilter] = useState('all')
  const list = usePaged<ChildVictim>('/api/exchange/children', {
    limit: 50,
    transferred: filter === 'transferred' ? 'yes' : undefined,
  })
  return (
    <section className="stack">
      <FilterTabs
        label={t('exchangePage', 'tab_children')}
        current={filter}
        onPick={setFilter}
        tabs={(['all', 'transferred'] as const).map((key) => ({ key, label: t('exchangePage', key) }))}
      />
      <ListFrame
        list={list}
        empty={t('exchangePage', 'children_none')}
        fault={<FailedPart error={list.error} onRetry={list.refetch} />}
      >
        <Table
          caption={t('exchangePage', 'tab_children')}
          rows={list.items}
          rowKey={(one) => one.id}
          columns={[
            {
              key: 'code',
              head: t('exchangePage', 'file'),
              name: true,
              cell: (one) => (
                <Link to="/nrm/$id" params={{ id: one.id }}>
                  {one.code}
                </Link>
              ),
            },
            {
              key: 'case',
              head: t('exchangePage', 'case'),
              cell: (one) => (
                <Link to="/cases/$id" params={{ id: one.caseId }}>
                  {one.caseCode}
                </Link>
              ),
            },
            { key: 'status', head: t('exchangePage', 'status'), cell: (one) => statusWord(t, one.status) },
            {
              key: 'forms',
              head: t('exchangePage', 'forms'),
              cell: (one) => one.forms.map((form) => formWord(t, form)).join(', '),
            },
            { key: 'unit', head: t('exchangePage', 'unit'), cell: (one) => one.unit },
            { key: 'opened', head: t('exchangePage', 'opened'), cell: (one) => nearDate(one.openedAt, now) },
            {
              key: 'transfer',
              head: t('exchangePage', 'transfer'),
              cell: (one) =>
                one.transfer === null
                  ? '–'
                  : t(
                      'exchangePage',
                      `transfer_${moves.find((known) => known === one.transfer?.status) ?? 'pending'}`,
                      {
                        to: one.transfer.to,
                      },
                    ),
            },
          ]}
        />
      </ListFrame>
    </section>
  )
}
