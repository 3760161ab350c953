import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { FileItem } from '#domain/supervision/completeness.ts'
import { type CaseView, may } from '#web/case/types.ts'
import { useGet } from '#web/client/api.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { useNow } from '#web/design/now.ts'
import { Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { fullDate } from '#web/design/time.ts'
import { sayIfKnown, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { Completeness, ReviewView } from '#wire/supervision.ts'
import { mendedForm } from './forms.ts'
import './supervision.css'

/** The tab of the case on which each thing is mended; what has none is mended by the work itself. */
const tabOf: Partial<Record<FileItem, string>> = {
  alerts: 'summary',
  rights: 'rights',
  permission: 'rights',
  group: 'gtn',
  plan: 'plan',
  child_view: 'plan',
  service: 'plan',
  reviews: 'plan',
  written: 'timeline',
  clocks: 'summary',
  follow_ups: 'summary',
  manager: 'summary',
  risk: 'summary',
}
const formOf: Partial<Record<FileItem, string>> = {
  seen: 'initial',
  initial: 'initial',
  comprehensive: 'comprehensive',
  best_interests: 'best_interests',
}

function MendLink({ view, item }: { view: CaseView; item: FileItem }) {
  const t = useWords()
  const form = formOf[item]
  const said = (
    <>
      {t('supervisionPage', 'mend_here')}
      <span className="only-heard"> {t('supervisionPage', `item_${item}`)}</span>
    </>
  )
  if (form !== undefined)
    return may(view, 'record_assessment', 'finish_initial', 'finish_comprehensive') ? (
      <Link to="/cases/$id/assessment/$form" params={{ id: view.id, form }}>
        {said}
      </Link>
    ) : null
  const tab = tabOf[item]
  return tab === undefined ? null : (
    <Link to="/cases/$id" params={{ id: view.id }} search={tab === 'summary' ? {} : { tab }}>
      {said}
    </Link>
  )
}

/** How whole the file is, beside the plan. */
export function WholePart({ view }: { view: CaseView }) {
  const t = useWords()
  const { data } = useGet<Completeness>(`/api/cases/${view.id}/completeness`)
  if (data === undefined) return null
  const missing = data.asked - data.met
  const label = t('supervisionPage', 'case_whole', { met: data.met, asked: data.asked })
  return (
    <section>
      <h2 className="side-title">{t('supervisionPage', 'case_title')}</h2>
      <p className="note">
        {label} {missing > 0 && t('supervisionPage', 'case_missing', { count: missing })}
      </p>
      <meter className="load-meter" min={0} max={100} value={data.percent} aria-label={label}>
        {label}
      </meter>
      <p className="note">
        <Link to="/cases/$id" params={{ id: view.id }} search={{ tab: 'quality' }}>
          {t('supervisionPage', 'case_all')}
        </Link>
      </p>
    </section>
  )
}

function Reviews({ id }: { id: string }) {
  const t = useWords()
  const today = useNow().slice(0, 10)
  const read = useGet<{ items: readonly ReviewView[] }>('/api/supervision/reviews', { case: id })
  const [form, setForm] = useState<CommandForm>()
  if (read.isLoadingError) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const items = read.data?.items ?? []
  return (
    <section className="sheet" aria-labelledby="case-reviews">
      <div className="sheet-head">
        <h2 id="case-reviews">{t('supervisionPage', 'case_reviews')}</h2>
      </div>
      <div className="sheet-body stack">
        {items.length === 0 && <p className="quiet">{t('supervisionPage', 'case_reviews_none')}</p>}
        <ul className="entry-list">
          {items.map((review) => (
            <li key={review.id} className="stack listed">
              <p>
                {review.doneAt === null || review.met === null || review.asked === null ? (
                  <Chip kind="waiting">{t('supervisionPage', 'waits')}</Chip>
                ) : (
                  <>
                    <b>{fullDate(review.doneAt)}</b>{' '}
                    {t('supervisionPage', 'result_of', { met: review.met, asked: review.asked })}
                  </>
                )}{' '}
                {review.reviewerName}
              </p>
              {review.mends.map((mend) => (
                <div key={mend.id}>
                  <p>
                    <b>{t('supervisionPage', `kind_${mend.kind}`)}</b>
                    {': '}
                    {mend.text ?? t('supervisionPage', 'mends_hidden')}
                  </p>
                  <p className="row">
                    {mend.doneOn === null ? (
                      <>
                        <span className="note quiet">
                          {t('supervisionPage', 'mend_for', {
                            name: mend.ownerName ?? '',
                            day: fullDate(mend.dueOn),
                          })}
                        </span>
                        {mend.dueOn < today && <Chip kind="late">{t('supervisionPage', 'mend_late')}</Chip>}
                        <Button size="table" onClick={() => setForm(mendedForm(t, mend))}>
                          {t('supervisionPage', 'mend_done')}
                        </Button>
                      </>
                    ) : (
                      <Chip kind="done">
                        {t('supervisionPage', 'mended_on', { day: fullDate(mend.doneOn) })}
                      </Chip>
                    )}
                  </p>
                </div>
              ))}
            </li>
          ))}
        </ul>
      </div>
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </section>
  )
}

/** What must be in the file and is, or is not; and what reviews of it found. */
export default function CaseQuality({ view }: { view: CaseView }) {
  const t = useWords()
  const read = useGet<Completeness>(`/api/cases/${view.id}/completeness`)
  if (read.isLoadingError) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  if (read.data === undefined) return <Loading />
  const { items, met, asked } = read.data
  const order = { missing: 0, met: 1, not_asked: 2 } as const
  const later = items.filter((one) => one.state === 'not_asked')
  const kind = { missing: 'late', met: 'done', not_asked: 'waiting' } as const
  return (
    <>
      <section className="sheet" aria-labelledby="whole">
        <div className="sheet-head">
          <h2 id="whole">{t('supervisionPage', 'case_title')}</h2>
          <span>{t('supervisionPage', 'case_whole', { met, asked })}</span>
        </div>
        <Table
          caption={t('supervisionPage', 'case_title')}
          rows={items
            .filter((one) => one.state !== 'not_asked')
            .sort((a, b) => order[a.state] - order[b.state])}
          rowKey={(one) => one.key}
          columns={[
            {
              key: 'item',
              head: t('supervisionPage', 'item'),
              name: true,
              cell: (one) => t('supervisionPage', `item_${one.key}`),
            },
            {
              key: 'state',
              head: t('supervisionPage', 'item_state'),
              cell: (one) => <Chip kind={kind[one.state]}>{t('supervisionPage', `state_${one.state}`)}</Chip>,
            },
            {
              key: 'why',
              head: t('supervisionPage', 'item_source'),
              cell: (one) => (
                <span className="note">
                  {sayIfKnown('supervisionPage', `source_${one.key}`) ?? one.source}
                  {one.verification === 'U' && ` (${t('supervisionPage', 'unconfirmed')})`}
                </span>
              ),
            },
            {
              key: 'mend',
              head: t('supervisionPage', 'acts'),
              cell: (one) => one.state === 'missing' && <MendLink view={view} item={one.key} />,
            },
          ]}
        />
        {later.length > 0 && (
          <div className="sheet-body">
            <details>
              <summary>{t('supervisionPage', 'later', { count: later.length })}</summary>
              <p className="note">
                {later.map((one) => t('supervisionPage', `item_${one.key}`)).join(' · ')}
              </p>
            </details>
          </div>
        )}
      </section>
      <Reviews id={view.id} />
    </>
  )
}
