import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useGet } from '#web/client/api.ts'
import { usePaged } from '#web/client/paged.ts'
import { useUser } from '#web/client/session.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { CheckOne, SelectField } from '#web/design/Field.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { Table } from '#web/design/Table.tsx'
import { fullDate } from '#web/design/time.ts'
import { type Say, useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ReportRow } from '#wire/reporting.ts'
import { ReportStatusChip } from './ReportStatusChip.tsx'
import { kinds, statuses } from './words.ts'

interface PlanItem {
  readonly slug: string
  readonly titleSq: string | null
  readonly titleEn: string | null
}

const opening = (t: Say, plans: readonly PlanItem[], language: string): CommandForm => ({
  type: 'plan_report.open',
  recordId: uuidv7(),
  title: t('reporting', 'open_period'),
  consequence: t('reporting', 'open_period_more'),
  action: t('reporting', 'open_period'),
  fields: [
    {
      name: 'kind',
      kind: 'select',
      label: t('reporting', 'kind'),
      options: kinds.map((value) => ({ value, label: t('reporting', `kind_${value}`) })),
    },
    {
      name: 'plan',
      kind: 'select',
      label: t('reporting', 'plan'),
      hint: t('reporting', 'no_plan'),
      optional: true,
      options: plans.map((plan) => ({
        value: plan.slug,
        label:
          (language === 'sq' ? (plan.titleSq ?? plan.titleEn) : (plan.titleEn ?? plan.titleSq)) ?? plan.slug,
      })),
    },
    { name: 'from', kind: 'day', label: t('reporting', 'first_day') },
    { name: 'to', kind: 'day', label: t('reporting', 'last_day') },
    { name: 'dueOn', kind: 'day', label: t('reporting', 'due_day') },
  ],
  done: t('reporting', 'opened'),
})

/** Reports that one's institution owes, and for the Coordinator's office all of them. */
export default function PlanReportsPage() {
  const t = useWords()
  const { language } = useLanguage()
  const office = useUser().role === 'coordinator'
  const [kind, setKind] = useState('')
  const [status, setStatus] = useState('')
  const search: { late?: 'true'; plan?: string; asOf?: string } = useSearch({ from: '/inside/plan-reports' })
  const [late, setLate] = useState(search.late === 'true')
  const [mine, setMine] = useState(!office && search.late !== 'true')
  const [form, setForm] = useState<CommandForm>()
  const plans = useGet<{ items: readonly PlanItem[] }>('/api/plans', {}, { enabled: office })
  const list = usePaged<ReportRow>('/api/plan-reports', {
    kind,
    status,
    late: late ? 'true' : undefined,
    // Who comes from a dashboard finds what it counted: of that plan, on that day.
    plan: late ? search.plan : undefined,
    asOf: late ? search.asOf : undefined,
    mine: mine ? 'true' : undefined,
  })
  return (
    <div className="view stack">
      <div className="row">
        <div>
          <h1>{t('reporting', 'title')}</h1>
          <p className="lede">{t('reporting', 'lede')}</p>
        </div>
        {office && (
          <Button icon="plus" onClick={() => setForm(opening(t, plans.data?.items ?? [], language))}>
            {t('reporting', 'open_period')}
          </Button>
        )}
      </div>
      <div className="field-grid no-print">
        <SelectField
          label={t('reporting', 'kind')}
          value={kind}
          onValue={setKind}
          empty={t('reporting', 'any_kind')}
          options={kinds.map((value) => ({ value, label: t('reporting', `kind_${value}`) }))}
        />
        <SelectField
          label={t('reporting', 'status')}
          value={status}
          onValue={setStatus}
          empty={t('reporting', 'any_status')}
          options={statuses.map((value) => ({ value, label: t('reporting', `status_${value}`) }))}
        />
        <CheckOne
          label={
            search.asOf === undefined
              ? t('reporting', 'only_late')
              : t('reporting', 'late_as_of', { day: fullDate(search.asOf) })
          }
          checked={late}
          onChecked={setLate}
        />
        <CheckOne label={t('reporting', 'mine')} checked={mine} onChecked={setMine} />
      </div>
      <ListFrame
        list={list}
        empty={t('reporting', 'none')}
        fault={<FailedPart error={list.error} onRetry={list.refetch} />}
      >
        <Table
          caption={t('reporting', 'title')}
          rows={list.items}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'report',
              head: t('reporting', 'kind'),
              name: true,
              cell: (row) => (
                <>
                  <Link to="/plan-reports/$id" params={{ id: row.id }}>
                    {t('reporting', `kind_${row.kind}`)}
                    <span className="only-heard">
                      {' '}
                      {language === 'sq' ? row.authorSq : row.authorEn} {fullDate(row.from)}
                    </span>
                  </Link>
                  <small>{row.rule}</small>
                </>
              ),
            },
            {
              key: 'author',
              head: t('reporting', 'author'),
              cell: (row) => (language === 'sq' ? row.authorSq : row.authorEn),
            },
            {
              key: 'period',
              head: t('reporting', 'period_head'),
              cell: (row) => `${fullDate(row.from)} – ${fullDate(row.to)}`,
            },
            {
              key: 'due',
              head: t('reporting', 'due'),
              cell: (row) => (
                <>
                  {fullDate(row.dueOn)}
                  {row.late && (
                    <small className="tone" data-tone="late">
                      {t('reporting', 'late')}
                    </small>
                  )}
                </>
              ),
            },
            {
              key: 'status',
              head: t('reporting', 'status'),
              cell: (row) => <ReportStatusChip status={row.status} />,
            },
          ]}
        />
      </ListFrame>
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </div>
  )
}
