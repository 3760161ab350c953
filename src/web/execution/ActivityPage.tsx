import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useGet } from '#web/client/api.ts'
import { Button } from '#web/design/Button.tsx'
import { useNow } from '#web/design/now.ts'
import { Empty, Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { fullDate, longDate, number } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ActivityExecution } from '#wire/execution.ts'
import { Deliverables } from './Deliverables.tsx'
import { budgetForm, receiptForm, reversalForm, spendingForm, statusForm, trancheForm } from './forms.ts'
import { Deadline, StatusChip } from './Standing.tsx'
import { titleOf } from './words.ts'

interface Part {
  readonly of: ActivityExecution
  readonly onAct: (form: CommandForm) => void
}

/** One activity of a plan: what the law prints of it, where it stands, what it brought forth, and its money. */
export default function ActivityPage() {
  const t = useWords()
  const { language } = useLanguage()
  const { id } = useParams({ from: '/inside/plan-activities/$id' })
  const [form, setForm] = useState<CommandForm>()
  const read = useGet<ActivityExecution>(`/api/plan-activities/${id}`)
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const of = read.data
  return (
    <div className="view stack">
      <div>
        <p>
          <Link to="/plans/$slug/execution" params={{ slug: of.planSlug }}>
            {titleOf({ titleSq: of.planTitleSq, titleEn: of.planTitleEn }, language)}
          </Link>
        </p>
        <h1>{titleOf(of, language)}</h1>
        <div className="row">
          <StatusChip of={of} />
          {of.since && <span className="quiet">{t('execution', 'since', { day: fullDate(of.since) })}</span>}
          {of.next.length > 0 && (
            <Button kind="primary" onClick={() => setForm(statusForm(of, t))}>
              {t('execution', 'set_status')}
            </Button>
          )}
        </div>
      </div>
      <Facts of={of} />
      <Deliverables of={of} onAct={setForm} />
      <Money of={of} onAct={setForm} />
      <Tranches of={of} onAct={setForm} />
      <History of={of} />
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </div>
  )
}

function Facts({ of }: { of: ActivityExecution }) {
  const t = useWords()
  const { language } = useLanguage()
  return (
    <section className="sheet" aria-label={t('execution', 'activity')}>
      <div className="sheet-body">
        <dl className="facts">
          <dt>{t('execution', 'deadline')}</dt>
          <dd>
            <Deadline of={of} />
          </dd>
          <dt>{t('execution', 'responsible')}</dt>
          <dd>
            <ol className="plain">
              {of.responsible.map((body) => (
                <li key={body.code}>{language === 'sq' ? body.nameSq : body.nameEn}</li>
              ))}
            </ol>
          </dd>
        </dl>
      </div>
    </section>
  )
}

function Money({ of, onAct }: Part) {
  const t = useWords()
  const now = useNow()
  const mine = of.standing !== null
  const lek = (sum: number | null) => (sum === null ? t('execution', 'not_printed') : number(sum))
  return (
    <section className="sheet" aria-labelledby="money">
      <div className="sheet-head">
        <h2 id="money">{t('execution', 'money')}</h2>
        {mine && (
          <span className="row">
            <Button kind="quiet" onClick={() => onAct(budgetForm(of, t))}>
              {t('execution', 'set_budget')}
            </Button>
            <Button kind="quiet" icon="plus.bold" onClick={() => onAct(spendingForm(of, t))}>
              {t('execution', 'enter_spending')}
            </Button>
          </span>
        )}
      </div>
      <Table
        caption={t('execution', 'money')}
        rows={of.money}
        rowKey={(row) => row.source}
        columns={[
          {
            key: 'source',
            head: t('execution', 'source'),
            name: true,
            cell: (row) => t('execution', `source_${row.source}`),
          },
          { key: 'planned', head: t('execution', 'planned'), number: true, cell: (row) => lek(row.planned) },
          ...(['split', 'committed', 'paid'] as const).map((key) => ({
            key,
            head: t('execution', key),
            number: true,
            cell: (row: ActivityExecution['money'][number]) =>
              row.source === 'gap' ? '–' : number(row[key]),
          })),
          {
            key: 'left',
            head: t('execution', 'left'),
            number: true,
            cell: (row) => (row.left === null ? '–' : number(row.left)),
          },
        ]}
      />
      <p className="note quiet sheet-body">{t('execution', 'money_more')}</p>
      {of.budget.length > 0 && (
        <Table
          caption={t('execution', 'budget')}
          rows={of.budget}
          rowKey={(line) => line.id}
          columns={[
            { key: 'year', head: t('execution', 'year'), name: true, cell: (line) => String(line.year) },
            {
              key: 'source',
              head: t('execution', 'source'),
              cell: (line) => t('execution', `source_${line.source}`),
            },
            {
              key: 'account',
              head: t('execution', 'account'),
              cell: (line) => t('execution', `group_${line.group}`),
            },
            {
              key: 'amount',
              head: t('execution', 'split'),
              number: true,
              cell: (line) => number(line.amount),
            },
          ]}
        />
      )}
      <div className="sheet-head">
        <h3>{t('execution', 'spending')}</h3>
      </div>
      {of.spending.length === 0 && <Empty icon="note-pencil" title={t('execution', 'no_spending')} />}
      {of.spending.map((entry) => (
        <div key={entry.id} className="item">
          <div>
            <b>
              {t('execution', `kind_${entry.kind}`)}:{' '}
              {t('execution', 'lek', { amount: number(entry.amount) })}
            </b>
            <p className="note quiet">
              {longDate(entry.on, now)} · {t('execution', `source_${entry.source}`)} ·{' '}
              {t('execution', `group_${entry.group}`)} · {entry.document}
              {entry.payer && ` · ${entry.payer}`}
              {entry.reversedWhy !== null && ` · ${t('execution', 'reversed', { why: entry.reversedWhy })}`}
            </p>
          </div>
          {mine && entry.reversedWhy === null && (
            <Button size="table" onClick={() => onAct(reversalForm(of, t, entry.id))}>
              {t('execution', 'reverse')}
              <span className="only-heard"> {entry.document}</span>
            </Button>
          )}
        </div>
      ))}
    </section>
  )
}

function Tranches({ of, onAct }: Part) {
  const t = useWords()
  const now = useNow()
  return (
    <section className="sheet" aria-labelledby="tranches">
      <div className="sheet-head">
        <h2 id="tranches">{t('execution', 'tranches')}</h2>
        {of.standing !== null && (
          <Button kind="quiet" icon="plus.bold" onClick={() => onAct(trancheForm(of, t))}>
            {t('execution', 'plan_tranche')}
          </Button>
        )}
      </div>
      {of.tranches.length === 0 && <Empty icon="calendar-blank" title={t('execution', 'no_tranches')} />}
      {of.tranches.map((tranche) => (
        <div key={tranche.id} className="item">
          <div>
            <b>
              {tranche.payer}: {t('execution', 'lek', { amount: number(tranche.amount) })}
            </b>
            <p className="note quiet">
              {t('execution', `source_${tranche.source}`)} · {t('execution', 'due_on')}{' '}
              {longDate(tranche.dueOn, now)}
              {tranche.receivedOn !== null &&
                tranche.received !== null &&
                ` · ${t('execution', 'received')} ${longDate(tranche.receivedOn, now)}: ${t('execution', 'lek', { amount: number(tranche.received) })}`}
              {tranche.late && (
                <span className="tone" data-tone="late">
                  {' · '}
                  {t('execution', 'tranche_late')}
                </span>
              )}
            </p>
          </div>
          {of.standing !== null && tranche.receivedOn === null && (
            <Button size="table" onClick={() => onAct(receiptForm(of, t, tranche.id))}>
              {t('execution', 'receive')}
              <span className="only-heard"> {tranche.payer}</span>
            </Button>
          )}
        </div>
      ))}
    </section>
  )
}

function History({ of }: { of: ActivityExecution }) {
  const t = useWords()
  const now = useNow()
  return (
    <section className="sheet" aria-labelledby="history">
      <div className="sheet-head">
        <h2 id="history">{t('execution', 'history')}</h2>
      </div>
      {of.history.length === 0 && (
        <Empty icon="clock-counter-clockwise" title={t('execution', 'no_history')} />
      )}
      {of.history.map((step) => (
        <div key={step.seq} className="item">
          <div>
            <b>{t('execution', `status_${step.to}`)}</b>
            <p className="note quiet">
              {longDate(step.on, now)} · {step.by}
              {step.reason !== null && ` · ${step.reason}`}
            </p>
          </div>
        </div>
      ))}
    </section>
  )
}
