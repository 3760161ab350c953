import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { withdrawReasons } from '#domain/border/kinds.ts'
import { useGet } from '#web/client/api.ts'
import { Button } from '#web/design/Button.tsx'
import { Callout, Chip } from '#web/design/Chip.tsx'
import { Loading } from '#web/design/States.tsx'
import { exactTime, fullDate } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ReadBorderAlert } from '#wire/border.ts'
import { AlertState } from './AlertsPart.tsx'
import './border.css'

type Alert = z.output<typeof ReadBorderAlert.reply>

function Hit({
  hit,
  mine,
  onAnswer,
}: {
  hit: Alert['hits'][number]
  mine: boolean
  onAnswer: (answer: 'same_person' | 'other_person') => void
}) {
  const t = useWords()
  const how = [
    hit.byDocument ? t('borderPage', 'by_document') : '',
    hit.byName ? t('borderPage', 'by_name') : '',
  ].filter((one) => one !== '')
  return (
    <li className="stack listed">
      <div className="spread">
        <h3>
          {hit.crossing}, {exactTime(hit.at)}
        </h3>
        {hit.answer && (
          <Chip kind={hit.answer === 'same_person' ? 'late' : 'done'}>
            {t('borderPage', hit.answer === 'same_person' ? 'answer_same' : 'answer_other')}
          </Chip>
        )}
      </div>
      <p>
        {t('borderPage', `dir_${hit.direction}`)} · {t('borderPage', `cat_${hit.category}`)} ·{' '}
        {how.join(', ')}
      </p>
      {hit.shown && (
        <p>
          {t('borderPage', 'shown_as')}{' '}
          <b>{[hit.shown.name, hit.shown.document].filter(Boolean).join(', ')}</b>
          {hit.shown.escorts.length > 0 &&
            ` · ${hit.shown.escorts
              .map((one) => [t('borderPage', `rel_${one.relation}`), one.name].filter(Boolean).join(' '))
              .join(', ')}`}
        </p>
      )}
      {hit.answer === 'same_person' && <Callout icon="phone">{t('borderPage', 'next_same')}</Callout>}
      {mine && hit.answer === null && (
        <p className="row">
          <Button kind="primary" onClick={() => onAnswer('same_person')}>
            {t('borderPage', 'same')}
          </Button>
          <Button onClick={() => onAnswer('other_person')}>{t('borderPage', 'other_person')}</Button>
        </p>
      )}
    </li>
  )
}

/** One alert: whom it is about, why for whoever holds the case, and each match with its answer. */
export default function AlertPage() {
  const t = useWords()
  const { id } = useParams({ strict: false }) as { id: string }
  const read = useGet<Alert>(`/api/border/alerts/${id}`)
  const [form, setForm] = useState<CommandForm>()
  if (read.isLoadingError) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  if (!read.data) return <Loading />
  const alert = read.data
  const live = alert.mine && alert.withdrawnAt === null
  const answer = (hitId: string) => (said: 'same_person' | 'other_person') =>
    setForm({
      title: t('borderPage', said === 'same_person' ? 'same' : 'other_person'),
      action: t('web', 'save'),
      type: 'border_alert.answer_hit',
      recordId: alert.id,
      done: t('borderPage', 'was_answered'),
      fields: [],
      toBody: () => ({ hitId, answer: said }),
    })
  return (
    <div className="view stack">
      <p>
        <Link to="/border">{t('borderPage', 'title')}</Link>
      </p>
      <div className="spread">
        <h1>{alert.name ?? alert.label}</h1>
        <AlertState alert={alert} />
      </div>
      <dl className="pairs">
        <div>
          <dt>{t('borderPage', 'kind')}</dt>
          <dd>
            {t('borderPage', `kind_${alert.kind}`)} · {t('borderPage', `dir_${alert.direction}`)}
          </dd>
        </div>
        <div>
          <dt>{t('borderPage', 'step')}</dt>
          <dd>
            {t('borderPage', `step_${alert.step}`)} · {alert.phone}
          </dd>
        </div>
        <div>
          <dt>{t('borderPage', 'expires')}</dt>
          <dd>{fullDate(alert.expiresOn)}</dd>
        </div>
        {alert.birth && (
          <div>
            <dt>{t('borderPage', 'born')}</dt>
            <dd>{alert.birth.said === '' ? fullDate(alert.birth.from) : alert.birth.said}</dd>
          </div>
        )}
        {alert.documents.length > 0 && (
          <div>
            <dt>{t('borderPage', 'document')}</dt>
            <dd>{alert.documents.join(', ')}</dd>
          </div>
        )}
        <div>
          <dt>{t('borderPage', 'reason')}</dt>
          <dd>{alert.reason ?? t('borderPage', 'hidden_reason')}</dd>
        </div>
      </dl>
      {live && (
        <p className="row">
          <Button
            onClick={() =>
              setForm({
                title: t('borderPage', 'prolong'),
                action: t('borderPage', 'prolong'),
                type: 'border_alert.prolong',
                recordId: alert.id,
                baseVersion: alert.version,
                done: t('borderPage', 'was_prolonged'),
                fields: [
                  {
                    name: 'expiresOn',
                    kind: 'day',
                    label: t('borderPage', 'expires'),
                    initial: alert.expiresOn,
                  },
                ],
              })
            }
          >
            {t('borderPage', 'prolong')}
          </Button>
          <Button
            onClick={() =>
              setForm({
                title: t('borderPage', 'withdraw'),
                consequence: t('borderPage', 'withdraw_more'),
                action: t('borderPage', 'withdraw'),
                type: 'border_alert.withdraw',
                recordId: alert.id,
                baseVersion: alert.version,
                done: t('borderPage', 'was_withdrawn'),
                fields: [
                  {
                    name: 'why',
                    kind: 'radio',
                    label: t('borderPage', 'withdraw_why'),
                    options: withdrawReasons.map((value) => ({
                      value,
                      label: t('borderPage', `withdrawn_${value}`),
                    })),
                  },
                ],
              })
            }
          >
            {t('borderPage', 'withdraw')}
          </Button>
        </p>
      )}
      <section className="stack" aria-labelledby="border-hits">
        <h2 id="border-hits">{t('borderPage', 'hits')}</h2>
        {alert.hits.length === 0 && <p className="quiet">{t('borderPage', 'hits_none')}</p>}
        <ul className="plain-list">
          {alert.hits.map((hit) => (
            <Hit key={hit.id} hit={hit} mine={alert.mine} onAnswer={answer(hit.id)} />
          ))}
        </ul>
      </section>
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </div>
  )
}
