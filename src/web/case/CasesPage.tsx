import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { usePaged } from '#web/client/paged.ts'
import { useUser } from '#web/client/session.ts'
import { Chip, RiskBars } from '#web/design/Chip.tsx'
import { ClockChip } from '#web/design/Clock.tsx'
import { CheckOne, SelectField } from '#web/design/Field.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { Table } from '#web/design/Table.tsx'
import { FilterTabs } from '#web/design/Tabs.tsx'
import { longDate } from '#web/design/time.ts'
import { sayIfKnown, useWords } from '#web/design/words.tsx'
import { useMunicipalityName } from '#web/place/Municipality.tsx'
import { labelOf, useIntakeOptions } from '#web/report/words.ts'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { CaseRow } from './types.ts'
import './case.css'

const statusKind = (row: CaseRow) =>
  row.closedAt ? 'done' : row.status === 'OPEN' ? 'waiting' : row.suspended ? 'blocked' : 'going'

/** Cases the reader may see; what filters are on always stands above the list. */
export default function CasesPage() {
  const t = useWords()
  const { role } = useUser()
  const works = role === 'cpw' || role === 'cpu_head'
  const [status, setStatus] = useState('open')
  const [risk, setRisk] = useState('')
  const [due, setDue] = useState('')
  const [mine, setMine] = useState(false)
  const options = useIntakeOptions()
  const place = useMunicipalityName()
  const list = usePaged<CaseRow>('/api/cases', {
    status: status === 'all' ? undefined : status,
    risk,
    due,
    mine: mine ? 'true' : undefined,
  })
  return (
    <div className="view stack">
      <div>
        <h1>{t('casePage', 'title')}</h1>
        <p className="lede">{t('casePage', works ? 'lede_unit' : 'lede_other')}</p>
      </div>
      <FilterTabs
        label={t('casePage', 'status')}
        current={status}
        onPick={setStatus}
        tabs={[
          { key: 'open', label: t('casePage', 'filter_open') },
          { key: 'closed', label: t('casePage', 'filter_closed') },
          { key: 'all', label: t('web', 'all') },
        ]}
      />
      <div className="filters">
        <SelectField
          label={t('casePage', 'risk')}
          value={risk}
          onValue={setRisk}
          empty={t('web', 'all')}
          options={[
            ...(['immediate', 'high', 'medium', 'low'] as const).map((value) => ({
              value,
              label: t('web', `risk_${value}`),
            })),
            { value: 'none', label: t('web', 'risk_none') },
          ]}
        />
        <SelectField
          label={t('casePage', 'due')}
          value={due}
          onValue={setDue}
          empty={t('web', 'all')}
          options={[
            { value: 'late', label: t('casePage', 'due_late') },
            { value: 'week', label: t('casePage', 'due_week') },
          ]}
        />
        {works && <CheckOne label={t('casePage', 'mine')} checked={mine} onChecked={setMine} />}
      </div>
      <div className="sheet">
        <ListFrame
          list={list}
          empty={t('casePage', 'none')}
          emptyMore={t('casePage', 'none_more')}
          fault={<FailedPart error={list.error} onRetry={list.refetch} />}
        >
          <Table
            caption={t('casePage', 'title')}
            rows={list.items}
            rowKey={(r) => r.id}
            columns={[
              {
                key: 'due',
                head: t('casePage', 'next_due'),
                cell: (r) =>
                  r.nextDueAt && (
                    <>
                      <ClockChip short clock={{ dueAt: r.nextDueAt, statutory: r.nextRule !== 'AGREED' }} />
                      <small>{r.nextRule && sayIfKnown('clock', `rule_${r.nextRule}`)}</small>
                    </>
                  ),
                sort: (r) => r.nextDueAt ?? '9',
              },
              {
                key: 'code',
                head: t('casePage', 'case'),
                name: true,
                cell: (r) => (
                  <>
                    <Link to="/cases/$id" params={{ id: r.id }}>
                      {r.code}
                    </Link>
                    {r.child && ` · ${r.child}`}
                    <small>{r.concerns.map((c) => labelOf(options?.concerns, c)).join(', ')}</small>
                  </>
                ),
                sort: (r) => r.code,
              },
              {
                key: 'risk',
                head: t('casePage', 'risk'),
                cell: (r) => <RiskBars level={r.risk} />,
                sort: (r) => ['low', 'medium', 'high', 'immediate'].indexOf(r.risk ?? ''),
              },
              {
                key: 'status',
                head: t('casePage', 'status'),
                cell: (r) => (
                  <>
                    <Chip kind={statusKind(r)}>{t('casePage', `status_${r.status}`)}</Chip>
                    {r.vmtStatus !== 'none' && <small>{t('casePage', `vmt_${r.vmtStatus}`)}</small>}
                    {r.transferPending && <small>{t('casePage', 'transfer_pending')}</small>}
                  </>
                ),
              },
              works
                ? {
                    key: 'manager',
                    head: t('casePage', 'manager'),
                    cell: (r: CaseRow) => r.managerName ?? t('casePage', 'no_manager'),
                  }
                : {
                    key: 'place',
                    head: t('web', 'municipality'),
                    cell: (r: CaseRow) => place(r.municipality),
                  },
              {
                key: 'opened',
                head: t('casePage', 'opened'),
                cell: (r) => longDate(r.openedAt),
                sort: (r) => r.openedAt,
              },
            ]}
          />
        </ListFrame>
      </div>
    </div>
  )
}
