import { Link, useParams } from '@tanstack/react-router'
import { useGet } from '#web/client/api.ts'
import { Button } from '#web/design/Button.tsx'
import { Empty, Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { sayCode, useLanguage, useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { PlanReconciliation } from '#wire/action-plan.ts'
import { amount } from './shared.ts'
import './plan.css'

/** The plan's numbers held against each other: differences and doubts, never a correction. */
export default function ReconciliationPage() {
  const t = useWords()
  const { slug } = useParams({ from: '/inside/plans/$slug/reconciliation' })
  const read = useGet<PlanReconciliation>(`/api/plans/${slug}/reconciliation`)
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const of = read.data
  return (
    <div className="view stack">
      <div>
        <p>
          <Link to="/plans/$slug" params={{ slug }}>
            {t('planPage', 'plan')}
          </Link>
        </p>
        <h1>{t('planPage', 'rec_title')}</h1>
        <p className="lede">{t('planPage', 'rec_lede')}</p>
      </div>
      <div className="row no-print">
        {(['xlsx', 'pdf'] as const).map((ending) => (
          <a
            key={ending}
            className="button"
            data-kind="secondary"
            href={`/api/plans/${slug}/reconciliation/export.${ending}`}
            download
          >
            {ending === 'pdf' ? 'PDF' : t('planPage', 'export')}
          </a>
        ))}
        <Button icon="printer" onClick={() => window.print()}>
          {t('planPage', 'print')}
        </Button>
      </div>
      {of.rows.length === 0 ? (
        <Empty title={t('planPage', 'no_table')} icon="scales" />
      ) : (
        <>
          <Rows of={of} />
          <Suspicions of={of} />
          <Shares of={of} />
          <Sums of={of} />
        </>
      )}
      <Numbers of={of} />
      <Euro of={of} />
    </div>
  )
}

interface Part {
  readonly of: PlanReconciliation
}
type Row = PlanReconciliation['rows'][number]

function Rows({ of }: Part) {
  const t = useWords()
  const small = (row: Row) => Math.abs(Number(row.difference)) < 1
  return (
    <section className="sheet" aria-labelledby="rec-rows">
      <div className="sheet-head">
        <h2 id="rec-rows">{t('planPage', 'rec_rows')}</h2>
      </div>
      <Table
        caption={t('planPage', 'rec_rows')}
        rows={[...of.rows, ...of.totals]}
        rowKey={(row) => `${row.pillar} ${row.source}`}
        columns={[
          { key: 'pillar', head: t('planPage', 'rec_pillar'), name: true, cell: (row) => row.pillar },
          {
            key: 'source',
            head: t('planPage', 'rec_source'),
            cell: (row) => t('planPage', `source_${row.source}`),
          },
          {
            key: 'printed',
            head: t('planPage', 'rec_printed'),
            number: true,
            cell: (row) => amount(row.printed),
          },
          {
            key: 'activities',
            head: t('planPage', 'rec_activities'),
            number: true,
            cell: (row) => amount(row.activities),
          },
          {
            key: 'difference',
            head: t('planPage', 'rec_difference'),
            number: true,
            cell: (row) =>
              row.difference === '0' ? (
                '0'
              ) : (
                <>
                  <strong>{amount(row.difference)}</strong>
                  {small(row) && <small>{t('planPage', 'rec_small')}</small>}
                </>
              ),
          },
        ]}
      />
    </section>
  )
}

function Suspicions({ of }: Part) {
  const t = useWords()
  return (
    <section className="sheet" aria-labelledby="rec-suspicions">
      <div className="sheet-head">
        <h2 id="rec-suspicions">{t('planPage', 'suspicions')}</h2>
        <p className="note quiet">
          {t('planPage', of.suspicions.length === 0 ? 'no_suspicions' : 'suspicions_more')}
        </p>
      </div>
      {of.suspicions.length > 0 && (
        <Table
          caption={t('planPage', 'suspicions')}
          rows={of.suspicions}
          rowKey={(one) => one.uid}
          columns={[
            {
              key: 'activity',
              head: t('planPage', 'activity'),
              name: true,
              cell: (one) => (
                <>
                  {one.uid}
                  {one.sourceLine !== null && (
                    <small>{t('planPage', 'line', { line: one.sourceLine })}</small>
                  )}
                </>
              ),
            },
            {
              key: 'suspicion',
              head: t('planPage', 'suspicion'),
              cell: (one) =>
                t('planPage', `suspicion_${one.how}`, { printed: one.printed, perhaps: one.perhaps }),
            },
            {
              key: 'arithmetic',
              head: t('planPage', 'arithmetic'),
              cell: (one) => {
                const said = {
                  change: amount(one.change),
                  pillar: one.pillar,
                  explains: amount(one.explains),
                  others: one.together.join(', '),
                }
                return (
                  <>
                    {t(
                      'planPage',
                      one.together.length === 0 ? 'suspicion_alone' : 'suspicion_together',
                      said,
                    )}
                    {one.elsewhere > 0 && (
                      <small>{t('planPage', 'suspicion_elsewhere', { count: one.elsewhere })}</small>
                    )}
                  </>
                )
              },
            },
          ]}
        />
      )}
    </section>
  )
}

function Shares({ of }: Part) {
  const t = useWords()
  return (
    <section className="sheet" aria-labelledby="rec-shares">
      <div className="sheet-head">
        <h2 id="rec-shares">{t('planPage', 'shares')}</h2>
      </div>
      <Table
        caption={t('planPage', 'shares')}
        rows={of.shares}
        rowKey={(one) => `${one.of} ${one.sourceLine}`}
        columns={[
          {
            key: 'of',
            head: t('planPage', 'share_of'),
            name: true,
            cell: (one) => (
              <>
                {sayCode('planPage', `col_${one.of}`).replace(/^col_/, '')}
                {one.sourceLine !== null && <small>{t('planPage', 'line', { line: one.sourceLine })}</small>}
              </>
            ),
          },
          {
            key: 'printed',
            head: t('planPage', 'rec_printed'),
            number: true,
            cell: (one) => `${amount(one.printed)} %`,
          },
          {
            key: 'computed',
            head: t('planPage', 'share_computed'),
            number: true,
            cell: (one) => `${amount(one.computed)} %`,
          },
          {
            key: 'wrong',
            head: t('planPage', 'status'),
            cell: (one) =>
              one.wrong ? <strong>{t('planPage', 'share_wrong')}</strong> : t('planPage', 'share_right'),
          },
        ]}
      />
    </section>
  )
}

function Sums({ of }: Part) {
  const t = useWords()
  const broken = of.tableSums.filter((sum) => sum.difference !== '0')
  const column = (code: string) => sayCode('planPage', `col_${code}`)
  return (
    <section className="sheet" aria-labelledby="rec-sums">
      <div className="sheet-head">
        <h2 id="rec-sums">{t('planPage', 'sums')}</h2>
        <p className="note quiet">{t('planPage', 'sums_more')}</p>
      </div>
      {broken.length === 0 ? (
        <p className="sheet-body">{t('planPage', 'sums_hold', { count: of.tableSums.length })}</p>
      ) : (
        <Table
          caption={t('planPage', 'sums')}
          rows={broken}
          rowKey={(sum) => `${sum.row} ${sum.column} ${sum.parts.join()}`}
          columns={[
            {
              key: 'sum',
              head: t('planPage', 'sum_of'),
              name: true,
              cell: (sum) => `${sum.row}: ${column(sum.column)} = ${sum.parts.map(column).join(' + ')}`,
            },
            {
              key: 'printed',
              head: t('planPage', 'rec_printed'),
              number: true,
              cell: (sum) => amount(sum.printed),
            },
            {
              key: 'computed',
              head: t('planPage', 'share_computed'),
              number: true,
              cell: (sum) => amount(sum.computed),
            },
            {
              key: 'difference',
              head: t('planPage', 'rec_difference'),
              number: true,
              cell: (sum) => amount(sum.difference),
            },
          ]}
        />
      )}
    </section>
  )
}

/** Parts that should make another printed number: people reached, places in trainings. */
function Numbers({ of }: Part) {
  const t = useWords()
  const { language } = useLanguage()
  if (of.numbers.length === 0) return null
  return (
    <section className="sheet" aria-labelledby="rec-numbers">
      <div className="sheet-head">
        <h2 id="rec-numbers">{t('planPage', 'numbers')}</h2>
      </div>
      <Table
        caption={t('planPage', 'numbers')}
        rows={of.numbers}
        rowKey={(one) => one.printedAs}
        columns={[
          {
            key: 'printed',
            head: t('planPage', 'number_said'),
            name: true,
            cell: (one) => (
              <>
                «{one.printedAs}»
                {one.sourceLine !== null && <small>{t('planPage', 'line', { line: one.sourceLine })}</small>}
              </>
            ),
          },
          {
            key: 'arithmetic',
            head: t('planPage', 'number_arithmetic'),
            cell: (one) => (
              <>
                {one.parts
                  .map((part) => `${amount(part.value)} ${language === 'sq' ? part.sq : part.en}`)
                  .join(one.kind === 'sum' ? ' + ' : ' × ')}
                {` = ${amount(one.computed)} `}
                <small>{t('planPage', one.agrees ? 'number_agrees' : 'number_differs')}</small>
              </>
            ),
          },
          {
            key: 'note',
            head: t('planPage', 'suspicion'),
            cell: (one) => (language === 'sq' ? one.noteSq : one.noteEn),
          },
        ]}
      />
    </section>
  )
}

function Euro({ of }: Part) {
  const t = useWords()
  const { euro } = of
  if (euro === null) return null
  return (
    <section className="sheet" aria-labelledby="rec-euro">
      <div className="sheet-head">
        <h2 id="rec-euro">{t('planPage', 'euro')}</h2>
      </div>
      <div className="sheet-body">
        <p>
          {t('planPage', 'euro_more', {
            rate: amount(euro.rate),
            total: amount(euro.total),
            activities: amount(euro.activities),
          })}
        </p>
        {euro.printedMillion !== null && euro.printedMillion !== euro.computedMillion && (
          <p>
            {t('planPage', 'euro_printed', {
              printed: amount(euro.printedMillion),
              computed: amount(euro.computedMillion),
            })}
          </p>
        )}
      </div>
    </section>
  )
}
