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
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ImportedCase } from '#wire/exchange.ts'
import { formWord, statusWord } from './status.ts'

/** Adults of other registers, to be checked by hand. */
export default function ImportedTab() {
  const t = useWords()
  const now = useNow()
  const list = usePaged<ImportedCase>('/api/htcds/imported', { limit: 20 })
  const send = useCommand({ onDone: () => toast(t('exchangePage', 'set_aside_done')) })
  const act = (one: ImportedCase, decision: 'taken' | 'set_aside') =>
    send.mutate({ type: 'htcds.check', recordId: one.importId, body: { sourceId: one.sourceId, decision } })
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
                  <Button size="table" onClick={() => act(one, 'taken')}>
                    {t('exchangePage', 'open_file')}
                  </Button>
                  <Button size="table" kind="quiet" onClick={() => act(one, 'set_aside')}>
                    {t('exchangePage', 'set_aside')}
                  </Button>
                </span>
              ),
            },
          ]}
        />
      </ListFrame>
    </section>
  )
}
