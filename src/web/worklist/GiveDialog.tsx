import { useState } from 'react'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Callout } from '#web/design/Chip.tsx'
import { Dialog } from '#web/design/Dialog.tsx'
import { ErrorSummary, SelectField, TextArea } from '#web/design/Field.tsx'
import { Table } from '#web/design/Table.tsx'
import { toast } from '#web/design/Toast.tsx'
import { useWords } from '#web/design/words.tsx'
import type { Filters } from './FilteredWork.tsx'
import type { WorkItem } from './shape.ts'

/** Cases to another worker in one act: who takes them, what changes, why; all of them or none. */
export function GiveDialog({
  items,
  filters,
  onClose,
}: {
  items: readonly WorkItem[]
  filters: Filters
  onClose: (given: boolean) => void
}) {
  const t = useWords()
  const [recordId] = useState(uuidv7)
  const [to, setTo] = useState('')
  const [reason, setReason] = useState('')
  const [asked, setAsked] = useState(false)
  const cases = [...new Map(items.map((item) => [item.caseId, item])).values()]
  const taker = filters.workers.find((one) => one.id === to)
  const moves = cases.filter((one) => one.worker?.id !== to)
  const send = useCommand({
    onDone: () => {
      toast(t('workPage', 'given', { count: moves.length }))
      onClose(true)
    },
  })
  const missing = [
    ...(taker === undefined
      ? [{ field: 'f-give-to', message: t('web', 'answer_this', { label: t('workPage', 'give_to') }) }]
      : []),
    ...(reason.trim() === ''
      ? [{ field: 'f-give-why', message: t('web', 'answer_this', { label: t('workPage', 'give_why') }) }]
      : []),
  ]
  const act = () => {
    setAsked(true)
    if (missing.length > 0 || moves.length === 0) return
    send.mutate({
      type: 'case.reassign_many',
      recordId,
      body: {
        moves: moves.map((one) => ({ caseId: one.caseId, fromId: one.worker?.id ?? null, managerId: to })),
        reason,
        leaverId: null,
      },
    })
  }
  return (
    <Dialog
      wide
      title={t('workPage', 'give')}
      action={t('workPage', 'give')}
      busy={send.isPending}
      onClose={() => onClose(false)}
      onSubmit={act}
    >
      {asked && missing.length > 0 ? <ErrorSummary faults={missing} /> : <CommandFault error={send.error} />}
      <SelectField
        id="f-give-to"
        label={t('workPage', 'give_to')}
        value={to}
        onValue={setTo}
        options={filters.workers.map(({ id, name, open }) => ({
          value: id,
          label: t('workPage', 'give_load', { name, open }),
        }))}
      />
      {taker !== undefined && taker.open + moves.length > filters.ceiling && (
        <Callout icon="warning-circle.fill">
          <p>
            {t('workPage', 'give_over', {
              name: taker.name,
              open: taker.open,
              count: moves.length,
              ceiling: filters.ceiling,
            })}
          </p>
        </Callout>
      )}
      <Table
        caption={t('workPage', 'give_preview')}
        rows={cases}
        rowKey={(one) => one.caseId ?? one.id}
        columns={[
          { key: 'code', head: t('workPage', 'give_case'), name: true, cell: (one) => one.code },
          { key: 'now', head: t('workPage', 'give_now'), cell: (one) => one.worker?.name ?? '' },
          {
            key: 'then',
            head: t('workPage', 'give_then'),
            cell: (one) => (one.worker?.id === to ? t('workPage', 'give_same') : (taker?.name ?? '–')),
          },
        ]}
      />
      <TextArea
        id="f-give-why"
        label={t('workPage', 'give_why')}
        hint={t('workPage', 'give_why_hint')}
        maxLength={2000}
        value={reason}
        onValue={setReason}
      />
    </Dialog>
  )
}
