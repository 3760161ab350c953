import { Link } from '@tanstack/react-router'
import type { z } from 'zod'
import { useGet } from '#web/client/api.ts'
import { useNow } from '#web/design/now.ts'
import { Empty, Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { nearDate, number } from '#web/design/time.ts'
import { sayCode, useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ReadBoard } from '#wire/case.ts'
import '../national/national.css'

type Board = z.output<typeof ReadBoard.reply>

/** The unit at a glance for its head: what waits for a decision, and how the load lies. No praise for speed. */
export default function UnitPage() {
  const t = useWords()
  const now = useNow()
  const read = useGet<Board>('/api/units/mine/board')
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const board = read.data
  return (
    <div className="view stack">
      <div>
        <h1>{t('unitPage', 'title')}</h1>
        <p className="lede">{t('unitPage', 'lede')}</p>
        <p className="row">
          <Link to="/supervision" activeOptions={{ exact: true }}>
            {t('web', 'nav_supervision')}
          </Link>
          <Link to="/local" activeOptions={{ exact: true }}>
            {t('web', 'nav_local')}
          </Link>
          <Link to="/net" activeOptions={{ exact: true }}>
            {t('web', 'nav_net')}
          </Link>
        </p>
      </div>
      <dl className="five unit-figures">
        {(
          [
            ['open', board.open],
            ['late', board.late],
            ['unassigned', board.unassigned],
          ] as const
        ).map(([key, value]) => (
          <div key={key}>
            <dd className="figure">{number(value)}</dd>
            <dt>{t('unitPage', key)}</dt>
          </div>
        ))}
      </dl>
      <section className="sheet" aria-labelledby="waiting">
        <div className="sheet-head">
          <h2 id="waiting">{t('unitPage', 'waiting')}</h2>
        </div>
        {board.waiting.length === 0 ? (
          <Empty icon="check" title={t('unitPage', 'nothing_waits')} />
        ) : (
          <Table
            caption={t('unitPage', 'waiting')}
            rows={board.waiting}
            rowKey={(w) => `${w.caseId}${w.what}`}
            columns={[
              {
                key: 'since',
                head: t('unitPage', 'since'),
                cell: (w) => nearDate(w.since, now),
                sort: (w) => w.since,
              },
              {
                key: 'what',
                head: t('unitPage', 'what'),
                name: true,
                cell: (w) => (
                  <Link to="/cases/$id" params={{ id: w.caseId }}>
                    {t('unitPage', `what_${w.what}`)}
                  </Link>
                ),
              },
              { key: 'code', head: t('casePage', 'case'), cell: (w) => w.code, sort: (w) => w.code },
            ]}
          />
        )}
      </section>
      <section className="sheet" aria-labelledby="workers">
        <div className="sheet-head">
          <h2 id="workers">{t('unitPage', 'workers')}</h2>
        </div>
        <Table
          caption={t('unitPage', 'workers')}
          rows={board.workers}
          rowKey={(w) => w.id}
          columns={[
            {
              key: 'name',
              head: t('casePage', 'name'),
              name: true,
              cell: (w) => (
                <>
                  {w.name}
                  <small>{sayCode('web', `role_${w.role}`)}</small>
                </>
              ),
              sort: (w) => w.name,
            },
            {
              key: 'open',
              head: t('unitPage', 'open'),
              number: true,
              cell: (w) => w.open,
              sort: (w) => w.open,
            },
            {
              key: 'high',
              head: t('unitPage', 'high'),
              number: true,
              cell: (w) => w.high,
              sort: (w) => w.high,
            },
            {
              key: 'late',
              head: t('unitPage', 'late'),
              number: true,
              cell: (w) => w.late,
              sort: (w) => w.late,
            },
            {
              key: 'followUp',
              head: t('unitPage', 'follow_up'),
              number: true,
              cell: (w) => w.followUp,
              sort: (w) => w.followUp,
            },
          ]}
        />
      </section>
    </div>
  )
}
