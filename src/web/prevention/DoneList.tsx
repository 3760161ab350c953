import { Link } from '@tanstack/react-router'
import { usePaged } from '#web/client/paged.ts'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { type Column, Table } from '#web/design/Table.tsx'
import { useWords } from '#web/design/words.tsx'
import { useMunicipalityName } from '#web/place/Municipality.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ActivityRow, TrainingRow } from '#wire/prevention.ts'
import { spanOf, useBodyName } from './shared.tsx'

/** What was done against exploitation, newest first: what, when, where, by whom, and what it came to. */
export function DoneList<Row extends ActivityRow | TrainingRow>({
  url,
  query,
  caption,
  head,
  to,
  kind,
  figures,
}: {
  url: string
  query: Readonly<Record<string, string | undefined>>
  caption: string
  head: string
  to: '/prevention/$id' | '/trainings/$id'
  /** Stands small under the title. */
  kind: (row: Row) => string
  figures: Column<Row>
}) {
  const t = useWords()
  const list = usePaged<Row>(url, query)
  const place = useMunicipalityName()
  const body = useBodyName()
  return (
    <div className="sheet">
      <ListFrame
        list={list}
        empty={t('prevention', 'none')}
        emptyMore={t('prevention', 'none_more')}
        fault={<FailedPart error={list.error} onRetry={list.refetch} />}
      >
        <Table
          caption={caption}
          rows={list.items}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'done',
              head,
              name: true,
              cell: (row) => (
                <>
                  <Link to={to} params={{ id: row.id }}>
                    {row.struck ? <s>{row.title}</s> : row.title}
                  </Link>
                  <small>
                    {kind(row)}
                    {row.struck && ` · ${t('prevention', 'struck')}`}
                  </small>
                </>
              ),
            },
            {
              key: 'when',
              head: t('prevention', 'when'),
              cell: (row) => spanOf(row.from, row.to),
              sort: (row) => row.from,
            },
            { key: 'where', head: t('prevention', 'where'), cell: (row) => place(row.municipality) || '–' },
            { key: 'who', head: t('prevention', 'who'), cell: (row) => body(row.institution) },
            figures,
          ]}
        />
      </ListFrame>
    </div>
  )
}
