import { useState } from 'react'
import type { z } from 'zod'
import { usePaged } from '#web/client/paged.ts'
import { SelectField, TextField } from '#web/design/Field.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { Table } from '#web/design/Table.tsx'
import { clockTime, longDate } from '#web/design/time.ts'
import { sayCode, useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ListAccessRecords } from '#wire/admin.ts'
import '../case/case.css'

type Row = z.output<typeof ListAccessRecords.reply>['items'][number]
const acts = ['read', 'list', 'search', 'export', 'refused', 'break_glass'] as const

/** Who looked at what: ids and purposes, never the content. For the data protection officer. */
export default function AccessPage() {
  const t = useWords()
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [act, setAct] = useState('')
  const [record, setRecord] = useState('')
  const whole = /^[0-9a-f-]{36}$/i.test(record.trim())
  const list = usePaged<Row>('/api/access-records', {
    from,
    to,
    act,
    record: whole ? record.trim() : undefined,
  })
  return (
    <div className="view stack">
      <div>
        <h1>{t('web', 'nav_access')}</h1>
        <p className="lede">{t('accessPage', 'lede')}</p>
      </div>
      <div className="filters">
        <TextField label={t('casePage', 'from')} type="date" value={from} onValue={setFrom} />
        <TextField label={t('casePage', 'until')} type="date" value={to} onValue={setTo} />
        <SelectField
          label={t('casePage', 'what')}
          value={act}
          onValue={setAct}
          empty={t('web', 'all')}
          options={acts.map((value) => ({ value, label: t('casePage', `act_is_${value}`) }))}
        />
        <TextField label={t('accessPage', 'record')} value={record} onValue={setRecord} />
      </div>
      <div className="sheet">
        <ListFrame
          list={list}
          empty={t('accessPage', 'none')}
          fault={<FailedPart error={list.error} onRetry={list.refetch} />}
        >
          <Table
            caption={t('web', 'nav_access')}
            rows={list.items}
            rowKey={(r) => r.id}
            columns={[
              {
                key: 'at',
                head: t('casePage', 'when'),
                cell: (r) => (
                  <>
                    {longDate(r.at)} <small>{clockTime(r.at)}</small>
                  </>
                ),
                sort: (r) => r.at,
              },
              {
                key: 'who',
                head: t('casePage', 'who'),
                name: true,
                cell: (r) => (
                  <>
                    {r.actorName ?? r.actorLogin ?? '–'}
                    <small>{r.role && sayCode('web', `role_${r.role}`)}</small>
                  </>
                ),
                sort: (r) => r.actorName ?? '',
              },
              {
                key: 'act',
                head: t('casePage', 'what'),
                cell: (r) => sayCode('casePage', `act_is_${r.act}`),
              },
              {
                key: 'kind',
                head: t('accessPage', 'kind'),
                cell: (r) => (
                  <>
                    {r.kind}
                    <small>{t('accessPage', 'records', { count: r.recordIds.length })}</small>
                  </>
                ),
              },
              { key: 'tier', head: t('casePage', 'tier'), cell: (r) => r.tier ?? '' },
              {
                key: 'purpose',
                head: t('casePage', 'purpose'),
                cell: (r) => (r.purpose ? sayCode('casePage', `purpose_${r.purpose}`) : (r.code ?? '')),
              },
            ]}
          />
        </ListFrame>
      </div>
    </div>
  )
}
