import { useGet } from '#web/client/api.ts'
import { usePaged } from '#web/client/paged.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { exactTime, fullDate } from '#web/design/time.ts'
import { type Say, sayCode, useWords } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { Hold, Retention } from '#wire/privacy.ts'
import { holdForm, liftForm, orderForm, unorderForm } from './forms.ts'
import { Line, Words } from './parts.tsx'

type OnForm = (form: CommandForm) => void
type Due = Retention['due'][number]

const longOf = (t: Say, rule: Retention['rules'][number]): string => {
  if (rule.automatic) return t('privacyPage', 'rule_drafts')
  const years = t('privacyPage', 'rule_years', { count: rule.years })
  return rule.age === null ? years : `${years} ${t('privacyPage', 'rule_age', { age: rule.age })}`
}

function Standing({ one, days, onForm }: { one: Due; days: number; onForm: OnForm }) {
  const t = useWords()
  const heard = <span className="only-heard"> {one.label}</span>
  if (one.hold) return <Chip kind="blocked">{t('privacyPage', 'held')}</Chip>
  const { order } = one
  if (order === null)
    return (
      <Button size="table" onClick={() => onForm(orderForm(t, one, days))}>
        {t('privacyPage', 'order')}
        {heard}
      </Button>
    )
  return (
    <>
      <Chip kind="going">{t('privacyPage', 'ordered', { when: exactTime(order.executeAfter) })}</Chip>{' '}
      <Button size="table" onClick={() => onForm(unorderForm(t, order.id))}>
        {t('privacyPage', 'unorder')}
        {heard}
      </Button>
    </>
  )
}

/** What is due by the rules of keeping, and the rules with their sources. */
export function Keeping({ onForm }: { onForm: OnForm }) {
  const t = useWords()
  const read = useGet<Retention>('/api/privacy/retention')
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const { due, rules, more, done, waitingDays } = read.data
  return (
    <>
      <section className="stack">
        <h3>{t('privacyPage', 'due_title')}</h3>
        {due.length === 0 ? (
          <p className="quiet">{t('privacyPage', 'due_none')}</p>
        ) : (
          <div className="sheet">
            <Table
              caption={t('privacyPage', 'due_title')}
              rows={due}
              rowKey={(one) => one.id}
              columns={[
                { key: 'record', head: t('privacyPage', 'record'), name: true, cell: (one) => one.label },
                {
                  key: 'rule',
                  head: t('privacyPage', 'rule'),
                  cell: (one) => sayCode('privacyPage', `rule_${one.rule}`),
                },
                {
                  key: 'ended',
                  head: t('privacyPage', 'ended_on'),
                  cell: (one) => fullDate(one.endedOn),
                  sort: (one) => one.endedOn,
                },
                {
                  key: 'due',
                  head: t('privacyPage', 'due_on'),
                  cell: (one) => fullDate(one.dueOn),
                  sort: (one) => one.dueOn,
                },
                {
                  key: 'standing',
                  head: t('privacyPage', 'act'),
                  cell: (one) => <Standing one={one} days={waitingDays} onForm={onForm} />,
                },
              ]}
            />
          </div>
        )}
        {more && <p className="quiet">{t('privacyPage', 'due_more')}</p>}
        {done > 0 && <p className="quiet">{t('privacyPage', 'erased_so_far', { count: done })}</p>}
      </section>
      <section className="stack">
        <h3>{t('privacyPage', 'rules')}</h3>
        <div className="sheet">
          <Table
            caption={t('privacyPage', 'rules')}
            rows={rules}
            rowKey={(rule) => rule.code}
            columns={[
              {
                key: 'rule',
                head: t('privacyPage', 'rule'),
                name: true,
                cell: (rule) => sayCode('privacyPage', `rule_${rule.code}`),
              },
              { key: 'long', head: t('privacyPage', 'rules'), cell: (rule) => longOf(t, rule) },
              {
                key: 'source',
                head: t('privacyPage', 'source'),
                cell: (rule) => (
                  <span lang="en">
                    {rule.source} [{rule.verification}]
                  </span>
                ),
              },
            ]}
          />
        </div>
      </section>
    </>
  )
}

/** What may not be erased, why and until when. */
export function Holds({ onForm }: { onForm: OnForm }) {
  const t = useWords()
  const list = usePaged<Hold>('/api/privacy/holds')
  return (
    <>
      <p>
        <Button kind="primary" icon="plus-circle" onClick={() => onForm(holdForm(t))}>
          {t('privacyPage', 'hold_new')}
        </Button>
      </p>
      <ListFrame
        list={list}
        empty={t('privacyPage', 'holds_none')}
        fault={<FailedPart error={list.error} onRetry={list.refetch} />}
      >
        <ul className="sheet sheet-body entry-list">
          {list.items.map((one) => (
            <li key={one.id} className="stack listed">
              <div className="spread">
                <h3>
                  {one.label}: {t('privacyPage', `hold_${one.ground}`)}
                </h3>
                <Chip kind={one.live ? 'going' : 'done'}>
                  {t('privacyPage', one.live ? 'hold_stands' : 'hold_over')}
                </Chip>
              </div>
              <p>
                {t('privacyPage', 'hold_by', { name: one.placedBy, when: exactTime(one.placedAt) })} ·{' '}
                {one.until === null
                  ? t('privacyPage', 'hold_until_lifted')
                  : t('privacyPage', 'until', { when: fullDate(one.until) })}
              </p>
              <dl className="pairs">
                <Words words={one.words} />
                <Line term={t('privacyPage', 'lift')}>
                  {one.liftedAt === null ? '' : exactTime(one.liftedAt)}
                </Line>
              </dl>
              {one.live && (
                <p className="row">
                  <Button size="table" onClick={() => onForm(liftForm(t, one))}>
                    {t('privacyPage', 'lift')}
                    <span className="only-heard"> {one.label}</span>
                  </Button>
                </p>
              )}
            </li>
          ))}
        </ul>
      </ListFrame>
    </>
  )
}
