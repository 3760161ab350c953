import { Link } from '@tanstack/react-router'
import { useGet } from '#web/client/api.ts'
import { ButtonLink } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ListPlans } from '#wire/action-plan.ts'
import { amount, titled } from './shared.ts'

const signs = { draft: 'waiting', approved: 'done', superseded: 'blocked' } as const

/** Every plan that the register holds: national, county, municipal, and the programmes beside them. */
export default function PlansPage() {
  const t = useWords()
  const { language } = useLanguage()
  const read = useGet<ListPlans>('/api/plans', { limit: 100 })
  return (
    <div className="view stack">
      <div className="view-head">
        <div>
          <h1>{t('planPage', 'title')}</h1>
          <p className="lede">{t('planPage', 'lede')}</p>
        </div>
        {read.data && read.data.mayImport.length > 0 && (
          <p className="row no-print">
            <ButtonLink to="/plans/import" kind="primary" icon="plus">
              {t('planPage', 'import')}
            </ButtonLink>
          </p>
        )}
      </div>
      {read.isPending && <Loading />}
      {read.error && <FailedPart error={read.error} onRetry={() => void read.refetch()} />}
      {read.data && (
        <section className="sheet" aria-labelledby="plans">
          <div className="sheet-head">
            <h2 id="plans">{t('planPage', 'title')}</h2>
            <p className="note quiet">{t('planPage', 'thousand_lek')}</p>
          </div>
          <Table
            caption={t('planPage', 'title')}
            rows={read.data.items}
            rowKey={(plan) => plan.slug}
            columns={[
              {
                key: 'plan',
                head: t('planPage', 'plan'),
                name: true,
                sort: (plan) => titled(plan, language).text,
                cell: (plan) => (
                  <>
                    <Link to="/plans/$slug" params={{ slug: plan.slug }} lang={titled(plan, language).lang}>
                      {titled(plan, language).text}
                    </Link>
                    {plan.institution !== null && (
                      <small>{language === 'sq' ? plan.institution.nameSq : plan.institution.nameEn}</small>
                    )}
                  </>
                ),
              },
              {
                key: 'kind',
                head: t('planPage', 'kind'),
                cell: (plan) => t('planPage', `kind_${plan.kind}`),
              },
              {
                key: 'period',
                head: t('planPage', 'period'),
                cell: (plan) =>
                  plan.periodSaid ?? <span className="quiet">{t('planPage', 'no_period')}</span>,
              },
              {
                key: 'status',
                head: t('planPage', 'status'),
                cell: (plan) => (
                  <>
                    <Chip kind={signs[plan.status]}>{t('planPage', `status_${plan.status}`)}</Chip>
                    {plan.draftVersion !== null && plan.status !== 'draft' && (
                      <small>{t('planPage', 'draft_waits')}</small>
                    )}
                  </>
                ),
              },
              {
                key: 'activities',
                head: t('planPage', 'activities'),
                number: true,
                sort: (plan) => plan.activities,
                cell: (plan) => plan.activities,
              },
              ...(['cost', 'gap'] as const).map((key) => ({
                key,
                head: t('planPage', key),
                number: true,
                sort: (plan: ListPlans['items'][number]) => Number(plan[key] ?? -1),
                cell: (plan: ListPlans['items'][number]) =>
                  plan[key] === null ? t('planPage', 'not_printed') : amount(plan[key]),
              })),
            ]}
          />
        </section>
      )}
    </div>
  )
}
