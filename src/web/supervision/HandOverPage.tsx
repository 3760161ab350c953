import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useGet } from '#web/client/api.ts'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { faultsOf } from '#web/client/problem.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip, RiskBars } from '#web/design/Chip.tsx'
import { ErrorSummary, type FaultLine, SelectField, TextArea } from '#web/design/Field.tsx'
import { Empty, Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { toast } from '#web/design/Toast.tsx'
import { number } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { HandOver } from '#wire/supervision.ts'
import { loadWords, Meter } from './LoadTab.tsx'
import './supervision.css'

/** Every case of a worker who leaves goes to somebody else in one act; what each then carries is shown before. */
export default function HandOverPage() {
  const { id } = useParams({ from: '/inside/supervision/hand-over/$id' })
  const read = useGet<HandOver>(`/api/supervision/hand-over/${id}`)
  if (read.isLoadingError) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  if (read.data === undefined) return <Loading />
  return <Preview view={read.data} />
}

function Preview({ view }: { view: HandOver }) {
  const t = useWords()
  const navigate = useNavigate()
  const [act] = useState(uuidv7)
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({})
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState<readonly FaultLine[]>([])
  const send = useCommand({
    onDone: async () => {
      toast(t('supervisionPage', 'over_done'))
      await navigate({ to: '/supervision' })
    },
  })
  const { worker, cases, receivers, ceiling } = view
  const toOf = (one: HandOver['cases'][number]): string => chosen[one.id] ?? one.to ?? ''
  const after = receivers.map((who) => ({
    ...who,
    load: cases.filter((one) => toOf(one) === who.id).reduce((sum, one) => sum + one.weight, who.load),
  }))
  const submit = () => {
    const wanted =
      reason.trim() === ''
        ? [
            {
              field: 'f-reason',
              message: t('web', 'answer_this', { label: t('supervisionPage', 'over_reason') }),
            },
          ]
        : []
    setMissing(wanted)
    if (wanted.length > 0) return
    send.mutate({
      type: 'case.reassign_many',
      recordId: act,
      body: {
        moves: cases.map((one) => ({ caseId: one.id, fromId: worker.id, managerId: toOf(one) })),
        reason,
        leaverId: worker.id,
      },
    })
  }
  const faults = [...missing, ...faultsOf(send.error)]
  const nothing = cases.length === 0 && view.standsIn === 0
  return (
    <div className="view stack">
      <div>
        <p className="crumbs">
          <Link to="/supervision" activeOptions={{ exact: true }}>
            {t('supervisionPage', 'title')}
          </Link>{' '}
          / {worker.name}
        </p>
        <h1>{t('supervisionPage', 'over_title', { name: worker.name })}</h1>
        <p className="lede">{t('supervisionPage', 'over_lede')}</p>
      </div>
      {missing.length > 0 ? (
        <ErrorSummary faults={missing} />
      ) : (
        <CommandFault error={send.error} onInsist={submit} />
      )}
      {nothing && <Empty icon="check" title={t('supervisionPage', 'over_none')} />}
      {!nothing && receivers.length === 0 && (
        <Empty icon="users-three" title={t('supervisionPage', 'over_nobody')} />
      )}
      {cases.length > 0 && receivers.length > 0 && (
        <section className="sheet" aria-labelledby="cases">
          <div className="sheet-head">
            <h2 id="cases">{t('supervisionPage', 'over_case')}</h2>
          </div>
          <Table
            caption={t('supervisionPage', 'over_case')}
            rows={cases}
            rowKey={(one) => one.id}
            columns={[
              {
                key: 'code',
                head: t('supervisionPage', 'over_case'),
                name: true,
                cell: (one) => (
                  <Link to="/cases/$id" params={{ id: one.id }}>
                    {one.code}
                  </Link>
                ),
              },
              { key: 'risk', head: t('casePage', 'risk'), cell: (one) => <RiskBars level={one.risk} /> },
              {
                key: 'late',
                head: t('supervisionPage', 'late'),
                number: true,
                cell: (one) => number(one.late),
              },
              {
                key: 'to',
                head: t('supervisionPage', 'over_to'),
                cell: (one) => (
                  <span className="hand-over-line">
                    <SelectField
                      label={`${t('supervisionPage', 'over_to')} (${one.code})`}
                      value={toOf(one)}
                      onValue={(to) => setChosen({ ...chosen, [one.id]: to })}
                      options={receivers.map((who) => ({ value: who.id, label: who.name }))}
                    />
                  </span>
                ),
              },
            ]}
          />
        </section>
      )}
      {!nothing && receivers.length > 0 && (
        <section className="sheet" aria-labelledby="after">
          <div className="sheet-head">
            <h2 id="after">{t('supervisionPage', 'over_after')}</h2>
          </div>
          <div className="sheet-body stack">
            <dl className="pairs">
              {after.map((who) => (
                <div key={who.id}>
                  <dt>{who.name}</dt>
                  <dd>
                    {loadWords(t, who.load, ceiling)}{' '}
                    {who.load > ceiling && <Chip kind="late">{t('supervisionPage', 'over')}</Chip>}
                    <Meter load={who.load} max={ceiling} label={loadWords(t, who.load, ceiling)} />
                  </dd>
                </div>
              ))}
            </dl>
            {view.standsIn > 0 && <p>{t('supervisionPage', 'over_stands_in', { count: view.standsIn })}</p>}
            <TextArea
              id="f-reason"
              label={t('supervisionPage', 'over_reason')}
              value={reason}
              onValue={setReason}
              error={faults.find((one) => one.field === 'f-reason')?.message}
            />
            <p className="note">{t('supervisionPage', 'over_question')}</p>
            <p>
              <Button kind="primary" busy={send.isPending} onClick={submit}>
                {t('supervisionPage', 'over_act')}
              </Button>
            </p>
          </div>
        </section>
      )}
    </div>
  )
}
