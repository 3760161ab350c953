import { Link } from '@tanstack/react-router'
import { Chip } from '#web/design/Chip.tsx'
import { Table } from '#web/design/Table.tsx'
import { fullDate } from '#web/design/time.ts'
import { sayIfKnown, useWords } from '#web/design/words.tsx'
import type { ObligationView } from '#wire/body.ts'
import { obligationKind, useName } from './shared.ts'

/** What had to be held, by when, and whether it was; what was missed says so for good. */
export function Obligations({ rows, ofMany }: { rows: readonly ObligationView[]; ofMany?: boolean }) {
  const t = useWords()
  const name = useName()
  const source = (one: ObligationView) =>
    one.verification === 'V' ? one.legalSource : `${one.legalSource} · ${t('bodyPage', 'unconfirmed')}`
  return (
    <Table
      caption={t('bodyPage', 'obligations')}
      rows={rows}
      rowKey={(one) => one.id}
      columns={[
        {
          key: 'what',
          head: t('bodyPage', ofMany ? 'body' : 'obligation'),
          name: true,
          cell: (one) =>
            ofMany ? (
              <>
                <Link to="/bodies/$id" params={{ id: one.body.id }}>
                  {name(one.body)}
                </Link>
                <small>{t('bodyPage', `proof_${one.proof}`)}</small>
              </>
            ) : (
              <>
                {sayIfKnown('clock', `rule_${one.rule}`) ?? one.rule}
                <small>{t('bodyPage', `proof_${one.proof}`)}</small>
              </>
            ),
        },
        {
          key: 'period',
          head: t('bodyPage', 'period'),
          cell: (one) => `${fullDate(one.periodFrom)} – ${fullDate(one.periodTo)}`,
        },
        {
          key: 'due',
          head: t('bodyPage', 'due'),
          cell: (one) => fullDate(one.dueOn),
          sort: (one) => one.dueOn,
        },
        {
          key: 'state',
          head: t('bodyPage', 'state'),
          cell: (one) => (
            <>
              <Chip kind={obligationKind[one.state]}>{t('bodyPage', `state_${one.state}`)}</Chip>
              <small>
                {[
                  one.metOn === null ? null : fullDate(one.metOn),
                  one.needed > 1 ? t('bodyPage', 'of_needed', { done: one.done, needed: one.needed }) : null,
                  one.daysLate > 0 ? t('bodyPage', 'days_late', { count: one.daysLate }) : null,
                  one.missed ? t('bodyPage', 'counted_missed') : null,
                ]
                  .filter((part) => part !== null)
                  .join(' · ')}
              </small>
            </>
          ),
        },
        {
          key: 'source',
          head: t('bodyPage', 'source'),
          cell: (one) => (
            <span className={one.verification === 'V' ? undefined : 'unconfirmed'}>{source(one)}</span>
          ),
        },
      ]}
    />
  )
}
