import { useState } from 'react'
import type { z } from 'zod'
import { usePaged } from '#web/client/paged.ts'
import { Button } from '#web/design/Button.tsx'
import { SelectField, TextField } from '#web/design/Field.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { Table } from '#web/design/Table.tsx'
import { exactTime } from '#web/design/time.ts'
import { sayCode, sayIfKnown, useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ListAccessRecords } from '#wire/admin.ts'
import { kindOf } from './words.ts'

type Row = z.output<typeof ListAccessRecords.reply>['items'][number]

const acts = ['read', 'list', 'search', 'export', 'refused', 'break_glass'] as const
const whole = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim())
const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text.trim())

/** What they were told when it was refused; its numbers were not kept. */
const toldOf = (code: string): string | undefined =>
  (sayIfKnown('refusal', code) ?? sayIfKnown('refusal', `${code}_other`))?.replaceAll(/\{\{\w+\}\}/g, '…')
/** What came of it, in words; a code that no word is known for stays as it was recorded. */
const codeOf = (code: string | null): string | null =>
  code === null ? null : (sayIfKnown('admin', `code_${code}`) ?? toldOf(code) ?? code)
/** For the data protection officer: who looked at what, newest first. */
export default function AccessPage() {
  const t = useWords()
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [record, setRecord] = useState('')
  const [act, setAct] = useState('')
  const [user, setUser] = useState<{ id: string; name: string } | null>(null)
  const list = usePaged<Row>('/api/access-records', {
    from: whole(from),
    to: whole(to),
    record: isId(record) ? record.trim() : undefined,
    act: whole(act),
    user: user?.id,
  })
  return (
    <div className="view stack">
      <div>
        <h1>{t('admin', 'access_title')}</h1>
        <p className="lede">{t('admin', 'access_more')}</p>
      </div>
      <div className="row">
        <TextField label={t('admin', 'from')} type="date" short value={from} onValue={setFrom} />
        <TextField label={t('admin', 'to')} type="date" short value={to} onValue={setTo} />
        <SelectField
          label={t('admin', 'act')}
          empty={t('admin', 'all_acts')}
          options={acts.map((one) => ({ value: one, label: t('admin', `act_${one}`) }))}
          value={act}
          onValue={setAct}
        />
        <TextField label={t('admin', 'record')} value={record} onValue={setRecord} spellCheck={false} />
      </div>
      {user && (
        <p className="row">
          {t('admin', 'only_user')}: <b>{user.name}</b>
          <Button size="table" onClick={() => setUser(null)}>
            {t('admin', 'show_all')}
          </Button>
        </p>
      )}
      <div className="sheet">
        <ListFrame
          list={list}
          empty={t('admin', 'access_none')}
          fault={<FailedPart error={list.error} onRetry={list.refetch} />}
        >
          <Table
            caption={t('admin', 'access_title')}
            rows={list.items}
            rowKey={(r) => r.id}
            columns={[
              { key: 'when', head: t('admin', 'when'), cell: (r) => exactTime(r.at) },
              {
                key: 'who',
                head: t('admin', 'who'),
                name: true,
                cell: (r) => (
                  <>
                    {r.actorId && r.actorName ? (
                      <button
                        type="button"
                        className="link"
                        onClick={() => setUser({ id: r.actorId!, name: r.actorName! })}
                      >
                        {r.actorName}
                      </button>
                    ) : (
                      t('admin', 'nobody')
                    )}
                    <small>{r.role === null ? '' : sayCode('web', `role_${r.role}`)}</small>
                  </>
                ),
              },
              {
                key: 'what',
                head: t('admin', 'what'),
                cell: (r) => (
                  <>
                    {sayCode('admin', `act_${r.act}`)}
                    <small>{[kindOf(r.kind), r.tier, codeOf(r.code)].filter(Boolean).join(' · ')}</small>
                  </>
                ),
              },
              {
                key: 'of',
                head: t('admin', 'of'),
                cell: (r) =>
                  r.recordIds.length === 1 ? (
                    <button type="button" className="link" onClick={() => setRecord(r.recordIds[0]!)}>
                      <code>
                        {r.recordIds[0]!.slice(0, 8)}…{r.recordIds[0]!.slice(-6)}
                      </code>
                    </button>
                  ) : (
                    t('admin', 'records', { count: r.recordIds.length })
                  ),
              },
              {
                key: 'purpose',
                head: t('admin', 'purpose'),
                cell: (r) => (r.purpose === null ? '–' : t('admin', `purpose_${r.purpose}`)),
              },
            ]}
          />
        </ListFrame>
      </div>
    </div>
  )
}
