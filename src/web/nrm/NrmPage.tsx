import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { mayListNrm, mayOpenAdult } from '#domain/nrm/policy.ts'
import { nrmStatuses } from '#domain/nrm/state.ts'
import { useGet } from '#web/client/api.ts'
import { usePaged } from '#web/client/paged.ts'
import { useUser } from '#web/client/session.ts'
import { ButtonLink } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { ClockChip } from '#web/design/Clock.tsx'
import { CheckOne, SelectField } from '#web/design/Field.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { useNow } from '#web/design/now.ts'
import { Empty } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { longDate } from '#web/design/time.ts'
import { sayIfKnown, useLanguage, useWords } from '#web/design/words.tsx'
import { useMunicipalities } from '#web/place/Municipality.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ListNrmFilings } from '#wire/nrm.ts'
import type { NrmListRow } from './types.ts'
import '#web/case/case.css'
import SelfReports from './SelfReports.tsx'

const stage = (row: NrmListRow) =>
  row.status === 'exited' ? 'done' : row.manager === null ? 'waiting' : 'going'

/** What whoever identified adults sees of them: filed, and taken or not. */
function Filings() {
  const t = useWords()
  const now = useNow()
  const sq = useLanguage().language === 'sq'
  const read = useGet<z.output<typeof ListNrmFilings.reply>>('/api/nrm-filings')
  if (read.isLoadingError) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const items = read.data?.items ?? []
  return (
    <section className="sheet">
      {items.length === 0 ? (
        <Empty icon="identification-card" title={t('nrmPage', 'none_filings')} />
      ) : (
        <Table
          caption={t('nrmPage', 'lede_identifier')}
          rows={items}
          rowKey={(row) => row.id}
          columns={[
            { key: 'file', head: t('nrmPage', 'file'), name: true, cell: (row) => row.code },
            {
              key: 'unit',
              head: t('nrmPage', 'unit'),
              cell: (row) => (sq ? row.unit.nameSq : row.unit.nameEn),
            },
            { key: 'opened', head: t('nrmPage', 'opened'), cell: (row) => longDate(row.openedAt, now) },
            {
              key: 'taken',
              head: t('nrmPage', 'status'),
              cell: (row) => (
                <Chip kind={row.taken ? 'going' : 'waiting'}>
                  {t('nrmPage', row.taken ? 'taken' : 'waits')}
                </Chip>
              ),
            },
          ]}
        />
      )}
    </section>
  )
}

const idle = ['30', '60', '90', '180'] as const

/** The queue: what is overdue and where nothing has happened stands beside each file. */
function Files() {
  const t = useWords()
  const now = useNow()
  const sq = useLanguage().language === 'sq'
  const { role } = useUser()
  const authority = role === 'responsible_authority'
  const towns = useMunicipalities() as readonly { county: string; countyName?: string }[]
  const [filter, setFilter] = useState({ status: '', subject: '', county: '', idleDays: '' })
  const [overdue, setOverdue] = useState(false)
  const set = (change: Partial<typeof filter>) => setFilter((was) => ({ ...was, ...change }))
  const list = usePaged<NrmListRow>('/api/nrm', {
    status: filter.status || undefined,
    subject: filter.subject || undefined,
    county: filter.county || undefined,
    idleDays: filter.idleDays || undefined,
    overdue: overdue ? 'yes' : undefined,
  })
  const counties = [...new Map(towns.map((town) => [town.county, town.countyName ?? town.county]))]
  return (
    <>
      <div className="filters">
        <SelectField
          label={t('nrmPage', 'status')}
          value={filter.status}
          onValue={(status) => set({ status })}
          empty={t('web', 'all')}
          options={nrmStatuses.map((value) => ({ value, label: t('nrmPage', `status_${value}`) }))}
        />
        {authority && (
          <>
            <SelectField
              label={t('nrmPage', 'subject')}
              value={filter.subject}
              onValue={(subject) => set({ subject })}
              empty={t('web', 'all')}
              options={(['child', 'adult'] as const).map((value) => ({
                value,
                label: t('nrmPage', `subject_${value}`),
              }))}
            />
            <SelectField
              label={t('nrmPage', 'county')}
              value={filter.county}
              onValue={(county) => set({ county })}
              empty={t('web', 'all')}
              options={counties
                .map(([value, label]) => ({ value, label }))
                .toSorted((a, b) => a.label.localeCompare(b.label, 'sq'))}
            />
          </>
        )}
        <SelectField
          label={t('nrmPage', 'idle')}
          value={filter.idleDays}
          onValue={(idleDays) => set({ idleDays })}
          empty={t('web', 'all')}
          options={idle.map((n) => ({ value: n, label: t('nrmPage', 'idle_days', { n }) }))}
        />
        <CheckOne label={t('nrmPage', 'filter_overdue')} checked={overdue} onChecked={setOverdue} />
      </div>
      <div className="sheet">
        <ListFrame
          list={list}
          empty={t('nrmPage', 'none')}
          emptyMore={t('nrmPage', 'none_more')}
          fault={<FailedPart error={list.error} onRetry={list.refetch} />}
        >
          <Table
            caption={t('nrmPage', 'title')}
            rows={list.items}
            rowKey={(row) => row.id}
            columns={[
              {
                key: 'due',
                head: t('nrmPage', 'due'),
                cell: (row) =>
                  row.due && (
                    <>
                      <ClockChip short clock={{ dueAt: row.due.dueAt, statutory: row.due.rule !== 'D17' }} />
                      <small>{sayIfKnown('clock', `rule_${row.due.rule}`)}</small>
                    </>
                  ),
              },
              {
                key: 'file',
                head: t('nrmPage', 'file'),
                name: true,
                cell: (row) => (
                  <>
                    <Link to="/nrm/$id" params={{ id: row.id }}>
                      {row.code}
                    </Link>
                    {row.name !== null && ` · ${row.name}`}
                    <small>
                      {t('nrmPage', `subject_${row.subject}`)}
                      {row.priorId !== null && ` · ${t('nrmPage', 'again')}`}
                    </small>
                  </>
                ),
              },
              {
                key: 'status',
                head: t('nrmPage', 'status'),
                cell: (row) => (
                  <Chip kind={stage(row)}>
                    {t('nrmPage', row.lowered ? 'status_lowered' : `status_${row.status}`)}
                  </Chip>
                ),
              },
              {
                key: 'unit',
                head: t('nrmPage', 'unit'),
                cell: (row) => (
                  <>
                    {sq ? row.unit.nameSq : row.unit.nameEn}
                    <small>{row.manager ?? t('nrmPage', 'nobody')}</small>
                  </>
                ),
              },
              { key: 'opened', head: t('nrmPage', 'opened'), cell: (row) => longDate(row.openedAt, now) },
              { key: 'last', head: t('nrmPage', 'last_act'), cell: (row) => longDate(row.lastActAt, now) },
            ]}
          />
        </ListFrame>
      </div>
      <p className="note quiet">{t('nrmPage', 'operational')}</p>
    </>
  )
}

const ledeOf = (role: string) => {
  if (role === 'responsible_authority') return 'lede_authority'
  if (role === 'social_service' || role === 'shelter') return 'lede_manager'
  return role === 'cpw' || role === 'cpu_head' ? 'lede_unit' : 'lede_oversight'
}

/** One address for those who manage files, those who oversee them, and those who only identify. */
export default function NrmPage() {
  const t = useWords()
  const { role } = useUser()
  const lists = mayListNrm(role)
  const opens = mayOpenAdult({ role })
  return (
    <div className="view stack">
      <div className="view-head">
        <div>
          <h1>{t('nrmPage', 'title')}</h1>
          <p className="lede">{t('nrmPage', lists ? ledeOf(role) : 'lede_identifier')}</p>
        </div>
        {opens && <ButtonLink to="/nrm/new">{t('nrmPage', 'new')}</ButtonLink>}
      </div>
      {['social_service', 'responsible_authority'].includes(role) && <SelfReports />}
      {lists ? <Files /> : <Filings />}
    </div>
  )
}
