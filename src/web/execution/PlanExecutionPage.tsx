import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { sumsOf } from '#domain/execution/sums.ts'
import { useGet } from '#web/client/api.ts'
import { CheckOne, SelectField, TextField } from '#web/design/Field.tsx'
import { useNow } from '#web/design/now.ts'
import { Empty, Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { dayOf, number } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { PlanExecution } from '#wire/execution.ts'
import { type PlanChoice, planChoice } from './choice.ts'
import { Deadline, StatusChip } from './Standing.tsx'
import { latenesses, statuses, titleOf } from './words.ts'

/** A whole plan as of a day: which activities stand where, which are late, and what the money did. */
export default function PlanExecutionPage() {
  const t = useWords()
  const { language } = useLanguage()
  const { slug } = useParams({ from: '/inside/plans/$slug/execution' })
  const today = dayOf(useNow())
  const search: PlanChoice = useSearch({ from: '/inside/plans/$slug/execution' })
  const navigate = useNavigate({ from: '/plans/$slug/execution' })
  const asOf = search.asOf ?? today
  const read = useGet<PlanExecution>(`/api/plans/${slug}/execution`, { asOf })
  const choose = (name: keyof PlanChoice) => (value: string) =>
    void navigate({ search: (now) => planChoice({ ...now, [name]: value }), replace: true })
  return (
    <div className="view stack">
      <div>
        <h1>{t('execution', 'title')}</h1>
        <p className="lede">{t('execution', 'lede')}</p>
        <p className="no-print">
          <Link to="/plans/$slug/dashboard" params={{ slug }}>
            {t('dashboard', 'title')}
          </Link>
        </p>
      </div>
      {read.isPending && <Loading />}
      {read.error && <FailedPart error={read.error} onRetry={() => void read.refetch()} />}
      {read.data && (
        <Shown
          data={read.data}
          chosen={search}
          filters={
            <div className="field-grid no-print">
              <TextField
                id="as-of"
                type="date"
                label={t('execution', 'as_of')}
                value={asOf}
                min="1990-01-01"
                max="2199-12-31"
                onValue={choose('asOf')}
                short
              />
              <SelectField
                id="pillar"
                label={t('execution', 'pillar')}
                value={search.pillar ?? ''}
                onValue={choose('pillar')}
                empty={t('execution', 'all_pillars')}
                options={[...read.data.pillars.map((p) => ({ value: p.uid, label: titleOf(p, language) }))]}
              />
              <SelectField
                id="body"
                label={t('execution', 'body')}
                value={search.body ?? ''}
                onValue={choose('body')}
                empty={t('execution', 'all_bodies')}
                options={[
                  ...[...new Set(read.data.items.flatMap((item) => item.responsible))]
                    .sort((a, b) => a.localeCompare(b, 'sq'))
                    .map((code) => ({ value: code, label: code })),
                ]}
              />
              <SelectField
                id="status"
                label={t('execution', 'status')}
                value={search.status ?? ''}
                onValue={choose('status')}
                empty={t('execution', 'all_statuses')}
                options={[...statuses.map((s) => ({ value: s, label: t('execution', `status_${s}`) }))]}
              />
              <CheckOne
                label={t('dashboard', 'unfunded')}
                checked={search.gap !== undefined}
                onChecked={(on) => choose('gap')(on ? 'yes' : '')}
              />
              <SelectField
                id="lateness"
                label={t('execution', 'lateness')}
                value={search.lateness ?? ''}
                onValue={choose('lateness')}
                empty={t('execution', 'all_latenesses')}
                options={[...latenesses.map((l) => ({ value: l, label: t('execution', `late_${l}`) }))]}
              />
            </div>
          }
        />
      )}
    </div>
  )
}

function Shown({ data, chosen, filters }: { data: PlanExecution; chosen: PlanChoice; filters: ReactNode }) {
  const t = useWords()
  const { language } = useLanguage()
  const shown = data.items.filter(
    (item) =>
      (chosen.pillar === undefined || item.pillar === chosen.pillar) &&
      (chosen.body === undefined || item.responsible.includes(chosen.body)) &&
      (chosen.status === undefined || item.status === chosen.status) &&
      // A completed activity that came late is no longer a late item.
      (chosen.lateness === undefined || (item.lateness === chosen.lateness && item.status !== 'COMPLETED')) &&
      (chosen.gap === undefined || item.gap > 0),
  )
  return (
    <>
      {filters}
      <p className="note" role="status">
        {t('execution', 'shown', { count: shown.length })}
        {shown.length < data.items.length && ` ${t('execution', 'sums_part', { all: data.items.length })}`}
      </p>
      {shown.length > 0 && <Pillars data={data} shown={shown} />}
      <section className="sheet" aria-labelledby="activities">
        <div className="sheet-head">
          <h2 id="activities">{t('execution', 'activities')}</h2>
        </div>
        {shown.length === 0 ? (
          <Empty icon="list-checks" title={t('execution', 'none_shown')} />
        ) : (
          <Table
            caption={t('execution', 'activities')}
            rows={shown}
            rowKey={(item) => item.id}
            columns={[
              {
                key: 'activity',
                head: t('execution', 'activity'),
                name: true,
                cell: (item) => (
                  <>
                    <Link to="/plan-activities/$id" params={{ id: item.id }}>
                      {titleOf(item, language)}
                    </Link>
                    <small>{item.code}</small>
                  </>
                ),
              },
              { key: 'lead', head: t('execution', 'lead'), cell: (item) => item.lead ?? '–' },
              { key: 'status', head: t('execution', 'status'), cell: (item) => <StatusChip of={item} /> },
              { key: 'deadline', head: t('execution', 'lateness'), cell: (item) => <Deadline of={item} /> },
              ...(['planned', 'committed', 'paid', 'gap'] as const).map((key) => ({
                key,
                head: t('execution', key),
                number: true,
                sort: (item: PlanExecution['items'][number]) => item[key],
                cell: (item: PlanExecution['items'][number]) => number(item[key]),
              })),
            ]}
          />
        )}
      </section>
    </>
  )
}

/** Sums of what is shown, by pillar: choosing an institution leaves only what it answers for in them. */
function Pillars({ data, shown }: { data: PlanExecution; shown: PlanExecution['items'] }) {
  const t = useWords()
  const { language } = useLanguage()
  const title = t('execution', shown.length === data.items.length ? 'by_pillar' : 'sums_shown')
  const parts = data.pillars.flatMap((pillar) => {
    const own = shown.filter((item) => item.pillar === pillar.uid)
    return own.length === 0 ? [] : [{ uid: pillar.uid, name: titleOf(pillar, language), ...sumsOf(own) }]
  })
  const total = { uid: '', name: t('execution', 'total'), ...sumsOf(shown) }
  type Part = (typeof parts)[number]
  return (
    <section className="sheet" aria-labelledby="by-pillar">
      <div className="sheet-head">
        <h2 id="by-pillar">{title}</h2>
      </div>
      <Table
        caption={title}
        rows={parts.length > 1 ? [...parts, total] : parts}
        rowKey={(part) => part.uid}
        columns={[
          { key: 'pillar', head: t('execution', 'pillar'), name: true, cell: (part) => part.name },
          ...(['activities', 'completed', 'late', 'planned', 'committed', 'paid', 'gap'] as const).map(
            (key) => ({
              key,
              head: t('execution', key),
              number: true,
              cell: (part: Part) => number(part[key]),
            }),
          ),
        ]}
      />
    </section>
  )
}
