import { useState } from 'react'
import { useGet } from '#web/client/api.ts'
import { SelectField } from '#web/design/Field.tsx'
import { Empty, Loading } from '#web/design/States.tsx'
import { type Column, Table } from '#web/design/Table.tsx'
import { number } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ListPlans } from '#wire/action-plan.ts'
import type { LocalRollup } from '#wire/local.ts'
import { titleIn } from './forms.ts'

type Row = LocalRollup['items'][number]
const counts = ['municipalities', 'activities', 'completed'] as const
const money = ['planned', 'executed'] as const

/** What local work adds up to beneath the activities of one plan. */
export function Rollup() {
  const t = useWords()
  const { language } = useLanguage()
  const [slug, setSlug] = useState('nap-2018-2020')
  const plans = useGet<ListPlans>('/api/plans', { limit: 100 })
  const read = useGet<LocalRollup>(`/api/local/serving/${slug}`)
  const above = (plans.data?.items ?? []).filter(
    (plan) => plan.kind !== 'municipal' && plan.kind !== 'institution' && plan.status === 'approved',
  )
  const chosen = above.find((plan) => plan.slug === slug)
  return (
    <section className="sheet" aria-labelledby="rollup">
      <div className="sheet-head">
        <h2 id="rollup">{t('localPage', 'rollup')}</h2>
        {chosen && (
          <p className="note quiet">{t('localPage', 'rollup_more', { plan: titleIn(language, chosen) })}</p>
        )}
      </div>
      <div className="sheet-body">
        <SelectField
          label={t('localPage', 'tie_plan')}
          value={slug}
          onValue={(value) => setSlug(value || 'nap-2018-2020')}
          options={above.map((plan) => ({ value: plan.slug, label: titleIn(language, plan).slice(0, 120) }))}
        />
      </div>
      {read.isPending && <Loading />}
      {read.isError && <FailedPart error={read.error} onRetry={() => void read.refetch()} />}
      {read.data?.items.length === 0 && <Empty icon="tray" title={t('localPage', 'no_rollup')} />}
      {read.data && read.data.items.length > 0 && (
        <Table
          caption={t('localPage', 'rollup')}
          rows={read.data.items}
          rowKey={(one) => one.uid}
          columns={[
            {
              key: 'name',
              head: t('localPage', 'tie_uid'),
              name: true,
              cell: (one) => (
                <>
                  {titleIn(language, one)}
                  <small>{one.code ?? one.uid}</small>
                </>
              ),
            },
            ...counts.map(
              (key): Column<Row> => ({
                key,
                head: t('localPage', key),
                number: true,
                cell: (one) => number(one[key]),
                sort: (one) => one[key],
              }),
            ),
            ...money.map(
              (key): Column<Row> => ({
                key,
                head: t('localPage', key),
                number: true,
                cell: (one) => number(Number(one[key])),
                sort: (one) => Number(one[key]),
              }),
            ),
          ]}
        />
      )}
    </section>
  )
}
