import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useGet } from '#web/client/api.ts'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { usePaged } from '#web/client/paged.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { Callout } from '#web/design/Chip.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { useNow } from '#web/design/now.ts'
import { Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { toast } from '#web/design/Toast.tsx'
import { nearDate } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { OfficialRow, OfficialState } from '#wire/exchange.ts'
import { statusWord } from './status.ts'

/** What leaves for the official victim database, what was given up, and both sides laid beside each other. */
export default function OfficialTab() {
  const t = useWords()
  const read = useGet<OfficialState>('/api/exchange/official')
  if (read.isLoadingError) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  if (read.data === undefined) return <Loading />
  const { configured, counts } = read.data
  return (
    <div className="stack">
      <Callout tone={configured ? 'plain' : 'soon'}>
        <p>{t('exchangePage', configured ? 'official_on' : 'official_off')}</p>
      </Callout>
      <Table
        caption={t('exchangePage', 'tab_official')}
        rows={[counts]}
        rowKey={() => 'counts'}
        columns={(['waiting', 'late', 'sent', 'dead'] as const).map((key) => ({
          key,
          head: t('exchangePage', key),
          number: true,
          cell: (one: typeof counts) => one[key],
        }))}
      />
      <Comparison state={read.data} />
      <Messages state="dead" />
      <Messages state="waiting" />
    </div>
  )
}

function Comparison({ state: { configured, asked, comparison } }: { state: OfficialState }) {
  const t = useWords()
  const now = useNow()
  const [id, setId] = useState(uuidv7)
  const ask = useCommand({ onDone: () => setId(uuidv7()) })
  return (
    <section className="stack" aria-labelledby="comparison">
      <h2 id="comparison">{t('exchangePage', 'comparison')}</h2>
      <CommandFault error={ask.error} onKeep={() => ask.reset()} onInsist={() => ask.reset()} />
      {comparison === null ? (
        <p className="quiet">{t('exchangePage', 'comparison_none')}</p>
      ) : comparison.state === 'failed' ? (
        <p>
          {t('exchangePage', 'compare_failed', {
            when: nearDate(comparison.doneAt, now),
            why: comparison.fault === null ? '' : t('exchangePage', `fault_${comparison.fault}`),
          })}
        </p>
      ) : (
        <>
          <p>
            {t('exchangePage', 'compared_at', { when: nearDate(comparison.doneAt, now) })}.{' '}
            {t('exchangePage', comparison.differing === 0 ? 'equal' : 'not_equal')}
          </p>
          <Table
            caption={t('exchangePage', 'comparison')}
            rows={[comparison]}
            rowKey={() => 'comparison'}
            columns={(['ours', 'theirs', 'same', 'waiting', 'differing'] as const).map((key) => ({
              key,
              head: t('exchangePage', key),
              number: true,
              cell: (one: typeof comparison) => one[key],
            }))}
          />
          {comparison.differences.length > 0 && (
            <Table
              caption={t('exchangePage', 'differing')}
              rows={comparison.differences}
              rowKey={(one) => `${one.kind} ${one.pseudonym}`}
              columns={[
                { key: 'id', head: t('exchangePage', 'pseudonym'), name: true, cell: (one) => one.pseudonym },
                {
                  key: 'file',
                  head: t('exchangePage', 'file'),
                  cell: (one) =>
                    one.nrmId === null ? (
                      '–'
                    ) : (
                      <Link to="/nrm/$id" params={{ id: one.nrmId }}>
                        {one.nrmCode}
                      </Link>
                    ),
                },
                {
                  key: 'kind',
                  head: t('exchangePage', 'difference'),
                  cell: (one) => t('exchangePage', `difference_${one.kind}`),
                },
                { key: 'ours', head: t('exchangePage', 'ours'), cell: (one) => one.ours ?? '–' },
                { key: 'theirs', head: t('exchangePage', 'theirs'), cell: (one) => one.theirs ?? '–' },
              ]}
            />
          )}
        </>
      )}
      {asked ? (
        <p className="quiet">{t('exchangePage', 'compare_asked')}</p>
      ) : (
        configured && (
          <div className="row">
            <Button
              busy={ask.isPending}
              onClick={() => ask.mutate({ type: 'official.compare', recordId: id, body: {} })}
            >
              {t('exchangePage', 'compare')}
            </Button>
          </div>
        )
      )}
    </section>
  )
}

function Messages({ state }: { state: 'dead' | 'waiting' }) {
  const t = useWords()
  const now = useNow()
  const list = usePaged<OfficialRow>('/api/exchange/official/messages', { state, limit: 20 })
  const again = useCommand({ onDone: () => toast(t('exchangePage', 'resent')) })
  const title = t('exchangePage', `messages_${state}`)
  return (
    <section className="stack" aria-labelledby={`messages-${state}`}>
      <h2 id={`messages-${state}`}>{title}</h2>
      <CommandFault error={again.error} onKeep={() => again.reset()} onInsist={() => again.reset()} />
      <ListFrame
        list={list}
        empty={t('exchangePage', `${state}_none`)}
        fault={<FailedPart error={list.error} onRetry={list.refetch} />}
      >
        <Table
          caption={title}
          rows={list.items}
          rowKey={(one) => one.id}
          columns={[
            {
              key: 'file',
              head: t('exchangePage', 'file'),
              name: true,
              cell: (one) => (
                <Link to="/nrm/$id" params={{ id: one.nrmId }}>
                  {one.nrmCode}
                </Link>
              ),
            },
            { key: 'pseudonym', head: t('exchangePage', 'pseudonym'), cell: (one) => one.pseudonym },
            { key: 'status', head: t('exchangePage', 'status'), cell: (one) => statusWord(t, one.status) },
            { key: 'on', head: t('exchangePage', 'of_day'), cell: (one) => nearDate(one.madeAt, now) },
            { key: 'tries', head: t('exchangePage', 'tries'), number: true, cell: (one) => one.attempts },
            {
              key: 'fault',
              head: t('exchangePage', 'fault'),
              cell: (one) => (one.fault === null ? '–' : t('exchangePage', `fault_${one.fault}`)),
            },
            ...(state === 'dead'
              ? [
                  {
                    key: 'act',
                    head: t('exchangePage', 'resend'),
                    cell: (one: OfficialRow) => (
                      <Button
                        size="table"
                        busy={again.isPending && again.variables?.recordId === one.id}
                        onClick={() => again.mutate({ type: 'official.resend', recordId: one.id, body: {} })}
                      >
                        {t('exchangePage', 'resend')}
                      </Button>
                    ),
                  },
                ]
              : []),
          ]}
        />
      </ListFrame>
    </section>
  )
}
