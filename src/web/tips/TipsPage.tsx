import { useState } from 'react'
import type { z } from 'zod'
import { useGet } from '#web/client/api.ts'
import { usePaged } from '#web/client/paged.ts'
import { Button } from '#web/design/Button.tsx'
import { Callout, Chip } from '#web/design/Chip.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { Said } from '#web/design/Lists.tsx'
import { Loading } from '#web/design/States.tsx'
import { fullDate } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { useMunicipalityName } from '#web/place/Municipality.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ListTips, ReadTip } from '#wire/report.ts'
import '../case/case.css'

type Row = z.output<typeof ListTips.reply>['items'][number]
const measures = ['verified', 'disciplinary', 'criminal_report', 'unfounded', 'passed_on'] as const

function Tip({ row }: { row: Row }) {
  const t = useWords()
  const place = useMunicipalityName()
  const [open, setOpen] = useState(false)
  const [form, setForm] = useState<CommandForm>()
  const read = useGet<z.output<typeof ReadTip.reply>>(`/api/integrity-tips/${row.id}`, {}, { enabled: open })
  const plain = (verb: 'take' | 'close', word: 'take' | 'close'): CommandForm => ({
    title: t('tipsPage', word),
    action: t('tipsPage', word),
    type: `integrity.${verb}`,
    recordId: row.id,
    baseVersion: row.version,
    done: t('tipsPage', 'done'),
    ...(verb === 'close' ? { consequence: t('tipsPage', 'close_what') } : {}),
    fields: [],
  })
  const measured: CommandForm = {
    title: t('tipsPage', 'record'),
    action: t('web', 'save'),
    type: 'integrity.record_measure',
    recordId: row.id,
    baseVersion: row.version,
    done: t('tipsPage', 'done'),
    fields: [
      {
        name: 'measure',
        kind: 'radio',
        label: t('tipsPage', 'measure'),
        options: measures.map((value) => ({ value, label: t('tipsPage', `measure_${value}`) })),
      },
      { name: 'reason', kind: 'area', label: t('casePage', 'reason') },
    ],
  }
  return (
    <details className="fold" onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>
        <span>
          <b>{t('newReport', `institution_${row.institution}`)}</b>
          <small className="quiet">
            {fullDate(row.on)}
            {row.municipality && `, ${place(row.municipality)}`}
          </small>
        </span>
        <Chip kind={row.state === 'closed' ? 'done' : row.state === 'in_work' ? 'going' : 'waiting'}>
          {t('tipsPage', `state_${row.state}`)}
        </Chip>
      </summary>
      <div className="stack">
        {read.isPending && open && <Loading />}
        {read.data && <p className="narrative">{read.data.text}</p>}
        {read.data && read.data.reporter.length > 0 && <p>{read.data.reporter.join(' · ')}</p>}
        {read.data && (
          <h3>
            {t('tipsPage', 'measures')}
            {read.data.measures.length === 0 && `: ${t('tipsPage', 'no_measure')}`}
          </h3>
        )}
        {read.data?.measures.map((one) => (
          <Said
            key={one.id}
            whose={`${t('tipsPage', `measure_${one.measure as 'verified'}`)}, ${fullDate(one.on)}`}
          >
            {one.reason}
          </Said>
        ))}
        {read.data && row.state !== 'closed' && (
          <p className="row no-print">
            {row.state === 'received' && (
              <Button kind="primary" onClick={() => setForm(plain('take', 'take'))}>
                {t('tipsPage', 'take')}
              </Button>
            )}
            <Button onClick={() => setForm(measured)}>{t('tipsPage', 'record')}</Button>
            {row.measure !== null && (
              <Button kind="quiet" onClick={() => setForm(plain('close', 'close'))}>
                {t('tipsPage', 'close')}
              </Button>
            )}
          </p>
        )}
      </div>
      {form && (
        <CommandDialog
          form={form}
          onClose={() => {
            setForm(undefined)
            void read.refetch()
          }}
        />
      )}
    </details>
  )
}

/** Sealed words about officials, for the Internal Affairs and Complaints Service alone. */
export default function TipsPage() {
  const t = useWords()
  const list = usePaged<Row>('/api/integrity-tips')
  return (
    <div className="view stack">
      <h1>{t('web', 'nav_tips')}</h1>
      <Callout icon="lock-simple">
        {t('tipsPage', 'lede')} {t('tipsPage', 'phone')}
      </Callout>
      <div className="sheet">
        <ListFrame
          list={list}
          empty={t('tipsPage', 'none')}
          fault={<FailedPart error={list.error} onRetry={list.refetch} />}
        >
          {list.items.map((row) => (
            <Tip key={row.id} row={row} />
          ))}
        </ListFrame>
      </div>
    </div>
  )
}
