import { useState } from 'react'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { usePaged } from '#web/client/paged.ts'
import { Button } from '#web/design/Button.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { useNow } from '#web/design/now.ts'
import { Table } from '#web/design/Table.tsx'
import { toast } from '#web/design/Toast.tsx'
import { nearDate } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { text } from '#web/form/spec.ts'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ImportedCase } from '#wire/exchange.ts'
import { formWord, statusWord } from './status.ts'

/** Adults of other registers, to be checked by hand. */
export default function ImportedTab() {
  const t = useWords()
  const now = useNow()
  const list = usePaged<ImportedCase>('/api/htcds/imported', { limit: 20 })
  const send = useCommand({ onDone: () => toast(t('exchangePage', 'set_aside_done')) })
  const [form, setForm] = useState<CommandForm>()
  const setAside = (one: ImportedCase) =>
    send.mutate({
      type: 'htcds.check',
      recordId: one.importId,
      body: { sourceId: one.sourceId, decision: 'set_aside' },
    })
  /** What will be opened is shown before it is: which records, where each goes, which still need a county. */
  const openForm = (rows: readonly ImportedCase[]): CommandForm => ({
    title: t('exchangePage', 'open_title', { count: rows.length }),
    consequence: `${t('exchangePage', 'open_more')} ${rows
      .map(({ sourceId, county }) => `${sourceId} (${county ?? t('exchangePage', 'open_no_county')})`)
      .join(', ')}`,
    action: t('exchangePage', 'open_file'),
    type: 'htcds.open',
    recordId: rows[0]!.importId,
    done: t('exchangePage', 'open_done'),
    fields: [
      ...(rows.some(({ county }) => county === null)
        ? [
            {
              name: 'county',
              kind: 'text' as const,
              label: t('exchangePage', 'open_county'),
              hint: t('exchangePage', 'open_county_hint'),
            },
          ]
        : []),
      { name: 'reason', kind: 'area', label: t('exchangePage', 'open_reason') },
    ],
    toBody: (_, values) => ({
      sourceIds: rows.map(({ sourceId }) => sourceId),
      county: text(values, 'county').trim().toUpperCase() || null,
      reason: text(values, 'reason'),
    }),
  })
  const adults = list.items.filter(({ subject }) => subject === 'adult')
  const together = adults.filter(({ importId }) => importId === adults[0]?.importId).slice(0, 50)
  return (
    <section className="stack">
      <p className="lede">{t('exchangePage', 'imported_lede')}</p>
      <CommandFault error={send.error} onKeep={() => send.reset()} onInsist={() => send.reset()} />
      <ListFrame
        list={list}
        empty={t('exchangePage', 'imported_none')}
        fault={<FailedPart error={list.error} onRetry={list.refetch} />}
      >
        <Table
          caption={t('exchangePage', 'tab_imported')}
          rows={list.items}
          rowKey={(one) => `${one.source} ${one.sourceId}`}
          columns={[
            {
              key: 'id',
              head: t('exchangePage', 'id'),
              name: true,
              cell: (one) => `${one.source}: ${one.sourceId}`,
            },
            {
              key: 'subject',
              head: t('exchangePage', 'subject'),
              cell: (one) => t('exchangePage', `subject_${one.subject}`),
            },
            { key: 'status', head: t('exchangePage', 'status'), cell: (one) => statusWord(t, one.status) },
            {
              key: 'forms',
              head: t('exchangePage', 'forms'),
              cell: (one) => one.forms.map((form) => formWord(t, form)).join(', '),
            },
            {
              key: 'unknown',
              head: t('exchangePage', 'unknown_codes'),
              cell: (one) =>
                one.unknown.map((fault) => `${fault.path} ${fault.said ?? ''}`.trim()).join('; ') || '–',
            },
            { key: 'at', head: t('exchangePage', 'taken_in'), cell: (one) => nearDate(one.at, now) },
            {
              key: 'act',
              head: t('exchangePage', 'judged'),
              cell: (one) => (
                <span className="row">
                  {one.subject === 'adult' && (
                    <Button size="table" onClick={() => setForm(openForm([one]))}>
                      {t('exchangePage', 'open_file')}
                    </Button>
                  )}
                  <Button size="table" kind="quiet" onClick={() => setAside(one)}>
                    {t('exchangePage', 'set_aside')}
                  </Button>
                </span>
              ),
            },
          ]}
        />
      </ListFrame>
      {together.length > 1 && (
        <p className="row">
          <Button onClick={() => setForm(openForm(together))}>
            {t('exchangePage', 'open_several', { count: together.length, source: together[0]!.source })}
          </Button>
        </p>
      )}
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </section>
  )
}
