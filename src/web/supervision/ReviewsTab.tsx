import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useGet } from '#web/client/api.ts'
import { useUser } from '#web/client/session.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { Empty, Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { fullDate } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { useMunicipalities } from '#web/place/Municipality.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { DrawView, ReviewView } from '#wire/supervision.ts'
import { drawForm } from './forms.ts'

function Drawn({ draw }: { draw: DrawView }) {
  const t = useWords()
  const user = useUser()
  const read = useGet<{ items: readonly ReviewView[] }>('/api/supervision/reviews', { draw: draw.id })
  if (read.isLoadingError) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  if (read.data === undefined) return <Loading />
  return (
    <Table
      caption={t('supervisionPage', 'draw_on', { day: fullDate(draw.drawnAt) })}
      rows={read.data.items}
      rowKey={(row) => row.id}
      columns={[
        {
          key: 'code',
          head: t('supervisionPage', 'file'),
          name: true,
          cell: (row) => (
            <>
              <Link to="/cases/$id" params={{ id: row.caseId }} search={{ tab: 'quality' }}>
                {row.code}
              </Link>
              <small>{row.managerName ?? t('casePage', 'no_manager')}</small>
            </>
          ),
        },
        {
          key: 'result',
          head: t('supervisionPage', 'result'),
          cell: (row) =>
            row.met === null || row.asked === null ? (
              <Chip kind="waiting">{t('supervisionPage', 'waits')}</Chip>
            ) : (
              t('supervisionPage', 'result_of', { met: row.met, asked: row.asked })
            ),
        },
        {
          key: 'mends',
          head: t('supervisionPage', 'mends'),
          number: true,
          cell: (row) => row.mends.length,
        },
        {
          key: 'act',
          head: t('supervisionPage', 'acts'),
          cell: (row) =>
            row.doneAt === null &&
            row.reviewerId === user.id && (
              <Link to="/supervision/reviews/$id" params={{ id: row.id }}>
                {t('supervisionPage', 'review')}
                <span className="only-heard"> {row.code}</span>
              </Link>
            ),
        },
      ]}
    />
  )
}

/** Samples of files, and what their reviews found. */
export default function ReviewsTab() {
  const t = useWords()
  const agency = useUser().role === 'state_agency'
  const towns = useMunicipalities().map((one) => ({ value: one.code, label: one.name }))
  const read = useGet<{ items: readonly DrawView[] }>('/api/supervision/draws')
  const [form, setForm] = useState<CommandForm>()
  if (read.isLoadingError) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  if (read.data === undefined) return <Loading />
  return (
    <>
      <div className="spread">
        <p>{t('supervisionPage', 'reviews_lede')}</p>
        <Button onClick={() => setForm(drawForm(t, agency ? towns : null))}>
          {t('supervisionPage', 'draw')}
        </Button>
      </div>
      {read.data.items.length === 0 && (
        <Empty icon="list-checks" title={t('supervisionPage', 'draws_none')} />
      )}
      {read.data.items.map((draw) => (
        <section className="sheet" key={draw.id} aria-labelledby={`draw-${draw.id}`}>
          <div className="sheet-head">
            <h2 id={`draw-${draw.id}`}>{t('supervisionPage', 'draw_on', { day: fullDate(draw.drawnAt) })}</h2>
            <span className="row">
              <Chip kind={draw.done === draw.size ? 'done' : 'going'}>
                {t('supervisionPage', 'draw_done', { done: draw.done, size: draw.size })}
              </Chip>
            </span>
          </div>
          <div className="sheet-body">
            <p>
              {t('supervisionPage', 'draw_said', {
                size: draw.size,
                population: draw.population,
                strata: draw.strata,
                name: draw.drawnBy ?? '',
              })}
              {' · '}
              {t('supervisionPage', 'by_day', { day: fullDate(draw.dueOn) })}
              {draw.percent !== null && ` · ${t('supervisionPage', 'draw_met', { n: draw.percent })}`}
            </p>
            <p className="note quiet code-words">
              {t('supervisionPage', 'draw_number', { seed: draw.seed })}
            </p>
          </div>
          <Drawn draw={draw} />
        </section>
      ))}
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </>
  )
}
