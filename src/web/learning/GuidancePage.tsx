import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useGet } from '#web/client/api.ts'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { Callout, Chip } from '#web/design/Chip.tsx'
import { Loading } from '#web/design/States.tsx'
import { toast } from '#web/design/Toast.tsx'
import { fullDate } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { GuidanceView } from '#wire/learning.ts'
import { proposing, withdrawing } from './propose.ts'
import { PlainText } from './Text.tsx'

/** One version of a procedure: who stands behind it, its text, and the reader's acknowledgement. */
export default function GuidancePage() {
  const t = useWords()
  const { language } = useLanguage()
  const { id } = useParams({ strict: false })
  const [form, setForm] = useState<CommandForm>()
  const read = useGet<GuidanceView>(`/api/learning/guidance/${id}`)
  const send = useCommand({ onDone: () => toast(t('learning', 'acknowledge_done')) })
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const guidance = read.data
  const adopt = () =>
    setForm({
      type: 'guidance.adopt',
      recordId: guidance.id,
      title: t('learning', 'adopt_question'),
      consequence: t('learning', 'adopt_more'),
      action: t('learning', 'adopt'),
      fields: [],
      done: t('learning', 'adopted_done'),
    })
  const acknowledge = () =>
    send.mutate({ type: 'guidance.acknowledge', recordId: uuidv7(), body: { guidanceId: guidance.id } })
  return (
    <div className="view stack">
      <div>
        <p className="quiet">
          <Link to="/learning">{t('learning', 'library')}</Link>
        </p>
        <h1>{language === 'sq' ? guidance.titleSq : guidance.titleEn}</h1>
        <p className="quiet">
          {t('learning', 'version_number', { number: guidance.number })} ·{' '}
          {t('learning', 'in_force_from', { day: fullDate(guidance.effectiveFrom) })} ·{' '}
          {t('learning', `state_${guidance.state}`)}
        </p>
      </div>
      {guidance.state === 'shipped' && <Callout>{t('learning', 'shipped_note')}</Callout>}
      {guidance.state === 'superseded' && <Callout>{t('learning', 'superseded_note')}</Callout>}
      {guidance.state === 'adopted' && (
        <p className="note">
          {t('learning', 'adopted_by', {
            proposer: guidance.proposedBy ?? '–',
            adopter: guidance.adoptedBy ?? '–',
            day: guidance.adoptedAt === null ? '–' : fullDate(guidance.adoptedAt),
          })}
        </p>
      )}
      {guidance.state === 'proposed' && (
        <Callout>{t('learning', 'proposed_by', { proposer: guidance.proposedBy ?? '–' })}</Callout>
      )}
      <article className="sheet sheet-body stack">
        <PlainText text={language === 'sq' ? guidance.bodySq : guidance.bodyEn} />
      </article>
      <CommandFault error={send.error} onInsist={acknowledge} onKeep={() => send.reset()} />
      <div className="row">
        {guidance.readAt !== null ? (
          <Chip kind="done">{t('learning', 'acknowledged', { day: fullDate(guidance.readAt) })}</Chip>
        ) : (
          (guidance.state === 'shipped' || guidance.state === 'adopted') && (
            <Button kind="primary" icon="check.bold" busy={send.isPending} onClick={acknowledge}>
              {t('learning', 'acknowledge')}
            </Button>
          )
        )}
        {guidance.mayAdopt && (
          <Button kind="primary" onClick={adopt}>
            {t('learning', 'adopt')}
          </Button>
        )}
        {guidance.mayWithdraw && (
          <Button onClick={() => setForm(withdrawing(t, 'guidance', guidance.id))}>
            {t('learning', 'withdraw')}
          </Button>
        )}
        {guidance.mayPropose && (
          <Button icon="pencil-simple" onClick={() => setForm(proposing(t, guidance))}>
            {t('learning', 'propose')}
          </Button>
        )}
      </div>
      {guidance.versions.length > 1 && (
        <section className="stack" aria-labelledby="versions">
          <h2 id="versions">{t('learning', 'versions')}</h2>
          <ul>
            {guidance.versions.map((one) => (
              <li key={one.id}>
                <Link to="/learning/guidance/$id" params={{ id: one.id }}>
                  {t('learning', 'version_number', { number: one.number })}
                </Link>
                , {t('learning', `state_${one.state}`)}
              </li>
            ))}
          </ul>
        </section>
      )}
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </div>
  )
}
