import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { useGet } from '#web/client/api.ts'
import { useUser } from '#web/client/session.ts'
import { SuppressedCell } from '#web/design/Chip.tsx'
import { SelectField } from '#web/design/Field.tsx'
import { useNow } from '#web/design/now.ts'
import { Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { dayOf } from '#web/design/time.ts'
import { sayCode, useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ClosedProceedings } from '#wire/justice.ts'

type Closed = z.output<typeof ClosedProceedings.reply>

function Counts({
  id,
  title,
  of,
  prefix,
}: {
  id: string
  title: string
  of: Closed['byStage']
  prefix: string
}) {
  const t = useWords()
  const cell = (n: number | null | undefined) => (n === null || n === undefined ? <SuppressedCell /> : n)
  const rows = of.rows
    .map((key, n) => ({ key, cells: of.cells[n] ?? [], total: of.rowTotals[n] ?? null }))
    .filter((row) => row.total !== 0)
  const columns = of.columns.map((key, n) => ({ key, n })).filter(({ n }) => of.columnTotals[n] !== 0)
  return (
    <section className="sheet" aria-labelledby={id}>
      <div className="sheet-head">
        <h2 id={id}>{title}</h2>
      </div>
      {rows.length === 0 ? (
        <p className="sheet-body quiet">{t('justicePage', 'none')}</p>
      ) : (
        <Table
          caption={title}
          rows={rows}
          rowKey={(row) => row.key}
          columns={[
            {
              key: 'reason',
              head: t('justicePage', 'reason'),
              name: true,
              cell: (row) => sayCode('justicePage', `reason_${row.key}`),
            },
            ...columns.map(({ key, n }) => ({
              key,
              head:
                prefix === '' && key !== 'none'
                  ? key
                  : sayCode('justicePage', `${prefix === '' ? 'article' : prefix}_${key}`),
              number: true,
              cell: (row: (typeof rows)[number]) => cell(row.cells[n]),
            })),
            { key: 'sum', head: t('justicePage', 'sum'), number: true, cell: (row) => cell(row.total) },
          ]}
        />
      )}
    </section>
  )
}

/** Why proceedings ended: for the yearly integrated analysis of closed cases. */
export default function ClosedPage() {
  const t = useWords()
  const { role } = useUser()
  const thisYear = Number(dayOf(useNow()).slice(0, 4))
  const [year, setYear] = useState(String(thisYear))
  const read = useGet<Closed>('/api/proceedings-closed', { year })
  return (
    <div className="view stack">
      <div className="view-head">
        <div>
          {role !== 'coordinator' && (
            <p className="note">
              <Link to="/proceedings">{t('justicePage', 'title')}</Link>
            </p>
          )}
          <h1>{t('justicePage', 'closed_title')}</h1>
          <p className="lede">{t('justicePage', 'closed_lede')}</p>
        </div>
        <SelectField
          label={t('justicePage', 'year')}
          value={year}
          onValue={setYear}
          options={Array.from({ length: 8 }, (_, n) => String(thisYear - n)).map((value) => ({
            value,
            label: value,
          }))}
        />
      </div>
      {read.isPending && <Loading />}
      {read.isError && <FailedPart error={read.error} onRetry={() => void read.refetch()} />}
      {read.data && (
        <>
          <p>
            {t('justicePage', 'total')}: <b>{read.data.total ?? t('justicePage', 'total_hidden')}</b>
          </p>
          <Counts id="by-stage" title={t('justicePage', 'by_stage')} of={read.data.byStage} prefix="stage" />
          <Counts id="by-article" title={t('justicePage', 'by_article')} of={read.data.byArticle} prefix="" />
        </>
      )}
    </div>
  )
}
