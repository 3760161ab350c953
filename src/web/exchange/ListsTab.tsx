import { useState } from 'react'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { usePaged } from '#web/client/paged.ts'
import { useUser } from '#web/client/session.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { SelectField, TextField } from '#web/design/Field.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { useNow } from '#web/design/now.ts'
import { Table } from '#web/design/Table.tsx'
import { toast } from '#web/design/Toast.tsx'
import { dayOf, nearDate } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ChildList } from '#wire/exchange.ts'

/** The yearly list by codes: the Responsible Authority sends it, the State Agency says how many it counts itself. */
export default function ListsTab() {
  const t = useWords()
  const { role } = useUser()
  const now = useNow()
  const list = usePaged<ChildList>('/api/exchange/child-lists', { limit: 20 })
  return (
    <section className="stack">
      <p className="lede">{t('exchangePage', 'lists_lede')}</p>
      {role === 'responsible_authority' && <Send />}
      <ListFrame
        list={list}
        empty={t('exchangePage', 'lists_none')}
        fault={<FailedPart error={list.error} onRetry={list.refetch} />}
      >
        <Table
          caption={t('exchangePage', 'tab_lists')}
          rows={list.items}
          rowKey={(one) => one.id}
          columns={[
            { key: 'year', head: t('exchangePage', 'year'), name: true, cell: (one) => String(one.year) },
            {
              key: 'sent',
              head: t('exchangePage', 'sent_by'),
              cell: (one) => `${nearDate(one.sentAt, now)}, ${one.sentBy}`,
            },
            {
              key: 'count',
              head: t('exchangePage', 'count'),
              cell: (one) => (
                <details>
                  <summary>{one.count}</summary>
                  <p className="note">{one.codes.join(', ')}</p>
                </details>
              ),
            },
            {
              key: 'received',
              head: t('exchangePage', 'received'),
              cell: (one) =>
                one.receivedAt !== null ? (
                  `${nearDate(one.receivedAt, now)}, ${one.receivedBy ?? ''}`
                ) : role === 'state_agency' ? (
                  <Receive list={one} />
                ) : (
                  t('exchangePage', 'not_received')
                ),
            },
            {
              key: 'theirs',
              head: t('exchangePage', 'their_count'),
              number: true,
              cell: (one) => one.theirCount ?? '–',
            },
            {
              key: 'difference',
              head: t('exchangePage', 'difference_count'),
              number: true,
              cell: (one) => (one.theirCount === null ? '–' : one.theirCount - one.count),
            },
          ]}
        />
      </ListFrame>
    </section>
  )
}

function Send() {
  const t = useWords()
  const thisYear = Number(dayOf(useNow()).slice(0, 4))
  const [year, setYear] = useState(String(thisYear))
  const [id, setId] = useState(uuidv7)
  const send = useCommand({
    onDone: ({ reply }) => {
      setId(uuidv7())
      toast(t('exchangePage', 'list_sent', { count: Number(reply.count) }))
    },
  })
  const act = () => send.mutate({ type: 'child_list.send', recordId: id, body: { year: Number(year) } })
  return (
    <div className="stack">
      <CommandFault error={send.error} onKeep={() => send.reset()} onInsist={act} />
      <div className="row">
        <SelectField
          label={t('exchangePage', 'year')}
          value={year}
          onValue={(value) => setYear(value || String(thisYear))}
          options={Array.from({ length: 5 }, (_, n) => String(thisYear - n)).map((value) => ({
            value,
            label: value,
          }))}
        />
        <Button kind="primary" busy={send.isPending} onClick={act}>
          {t('exchangePage', 'send_list')}
        </Button>
      </div>
    </div>
  )
}

function Receive({ list }: { list: ChildList }) {
  const t = useWords()
  const [count, setCount] = useState('')
  const send = useCommand()
  const own = Number(count)
  // An empty field is no count: the server would be told of nought.
  const act = () =>
    /^\d{1,5}$/.test(count) &&
    send.mutate({ type: 'child_list.receive', recordId: list.id, body: { count: own } })
  return (
    <div className="stack">
      <CommandFault error={send.error} onKeep={() => send.reset()} onInsist={act} />
      <TextField
        label={t('exchangePage', 'receive_count')}
        inputMode="numeric"
        short
        value={count}
        onValue={setCount}
      />
      <Button size="table" busy={send.isPending} onClick={act}>
        {t('exchangePage', 'receive')}
      </Button>
    </div>
  )
}
