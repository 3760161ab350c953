import { Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { useDraft } from '#web/client/draft.ts'
import { faultsOf } from '#web/client/problem.ts'
import { useUser } from '#web/client/session.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { ButtonLink } from '#web/design/Button.tsx'
import { Callout } from '#web/design/Chip.tsx'
import { ErrorSummary, type FaultLine } from '#web/design/Field.tsx'
import { Icon } from '#web/design/Icon.tsx'
import { Loading } from '#web/design/States.tsx'
import { useWords } from '#web/design/words.tsx'
import { FieldForm } from './FieldForm.tsx'
import { OfficeForm } from './OfficeForm.tsx'
import { bodyOf, emptyDraft } from './state.ts'
import './new-report.css'

/** A new report by the role's own form. Each answer is kept by the server; sending twice sends once. */
export default function NewReportPage() {
  const t = useWords()
  const user = useUser()
  const navigate = useNavigate()
  const [fresh] = useState(() => emptyDraft(uuidv7(), user.role, user.unit.municipality))
  const draft = useDraft('report.new', fresh)
  const [missing, setMissing] = useState<readonly FaultLine[]>([])
  const [sent, setSent] = useState<string>()
  const create = useCommand({
    onDone: async (reply) => {
      await draft.clear()
      setSent(reply.recordId)
    },
  })
  const street = user.role === 'field_team'
  const send = () => {
    const d = draft.value
    const wanted: FaultLine[] = [
      ...(d.immediacy === '' ? [{ field: 'f-immediacy', message: t('newReport', 'need_immediacy') }] : []),
      ...(d.source === '' ? [{ field: 'f-source', message: t('newReport', 'need_source') }] : []),
      ...(d.channel === '' ? [{ field: 'f-channel', message: t('newReport', 'need_channel') }] : []),
      ...(d.municipality === ''
        ? [{ field: 'f-place.municipality', message: t('web', 'choose_municipality') }]
        : []),
    ]
    setMissing(wanted)
    if (wanted.length > 0) return
    create.mutate({ type: 'report.create', recordId: d.recordId, body: bodyOf(d) })
  }
  if (sent)
    return (
      <div className="view stack sent">
        <Icon name="checks" size={40} />
        <h1>{t('newReport', 'sent_title')}</h1>
        <p className="lede">{t('newReport', 'sent_more')}</p>
        <div className="row">
          <ButtonLink kind="primary" icon="plus.bold" to="/reports/new" reloadDocument>
            {t('newReport', 'another')}
          </ButtonLink>
          <ButtonLink to="/reports">{t('reportPage', 'mine_title')}</ButtonLink>
          {(user.role === 'cpw' || user.role === 'cpu_head') && (
            <ButtonLink to="/reports/$id" params={{ id: sent }}>
              {t('reportPage', 'open')}
            </ButtonLink>
          )}
        </div>
      </div>
    )
  if (!draft.ready) return <Loading />
  const faults = [...missing, ...faultsOf(create.error)]
  const parts = { draft: draft.value, set: draft.set, faults, busy: create.isPending }
  const fault = missing.length > 0 ? <ErrorSummary faults={missing} /> : <CommandFault error={create.error} />
  return (
    <div className="view new-report" data-street={street || undefined}>
      <form
        className="stack"
        noValidate
        onSubmit={(e: FormEvent) => {
          e.preventDefault()
          send()
        }}
      >
        {!street && (
          <div>
            <p className="crumbs">
              <Link to="/reports" activeOptions={{ exact: true }}>
                {t('reportPage', 'title')}
              </Link>{' '}
              / {t('web', 'nav_new_report')}
            </p>
            <h1>{t('web', 'nav_new_report')}</h1>
            <p className="lede">{t('newReport', 'lede')}</p>
          </div>
        )}
        {draft.found && (
          <Callout icon="clock-counter-clockwise">
            {t('newReport', 'draft_found')}{' '}
            <button
              type="button"
              className="link"
              onClick={async () => {
                await draft.clear()
                await navigate({ to: '/reports/new', reloadDocument: true })
              }}
            >
              {t('newReport', 'draft_drop')}
            </button>
          </Callout>
        )}
        {fault}
        {street ? <FieldForm {...parts} onSend={send} /> : <OfficeForm {...parts} />}
      </form>
    </div>
  )
}
