import { useState } from 'react'
import type { z } from 'zod'
import { useGet } from '#web/client/api.ts'
import { usePaged } from '#web/client/paged.ts'
import { Button } from '#web/design/Button.tsx'
import { Callout, Chip } from '#web/design/Chip.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { Loading } from '#web/design/States.tsx'
import { fullDate } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import { CommandDialog } from '#web/form/CommandDialog.tsx'
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
  const [acting, setActing] = useState(false)
  const read = useGet<z.output<typeof ReadTip.reply>>(`/api/integrity-tips/${row.id}`, {}, { enabled: open })
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
        <Chip kind={row.measure ? 'done' : 'waiting'}>
          {row.measure ? t('tipsPage', `measure_${row.measure as 'verified'}`) : t('tipsPage', 'no_measure')}
        </Chip>
      </summary>
      <div className="stack">
        {read.isPending && open && <Loading />}
        {read.data && <p className="narrative">{read.data.text}</p>}
        {read.data && read.data.reporter.length > 0 && <p>{read.data.reporter.join(' · ')}</p>}
        {read.data && <Button onClick={() => setActing(true)}>{t('tipsPage', 'record')}</Button>}
      </div>
      {acting && (
        <CommandDialog
          onClose={() => setActing(false)}
          form={{
            title: t('tipsPage', 'record'),
            action: t('web', 'save'),
            type: 'integrity.record_measure',
            recordId: row.id,
            baseVersion: row.version,
            done: t('casePage', 'saved'),
            fields: [
              {
                name: 'measure',
                kind: 'radio',
                label: t('tipsPage', 'measure'),
                options: measures.map((value) => ({ value, label: t('tipsPage', `measure_${value}`) })),
              },
              { name: 'reason', kind: 'area', label: t('casePage', 'reason') },
            ],
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
      <Callout icon="lock-simple">{t('tipsPage', 'lede')}</Callout>
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
