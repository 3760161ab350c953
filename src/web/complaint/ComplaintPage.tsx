import { Link, useParams } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useGet } from '#web/client/api.ts'
import { Button } from '#web/design/Button.tsx'
import { Callout, Chip } from '#web/design/Chip.tsx'
import { ClockLines } from '#web/design/Clock.tsx'
import { Said } from '#web/design/Lists.tsx'
import { useNow } from '#web/design/now.ts'
import { Loading } from '#web/design/States.tsx'
import { fullDate, longDate } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { useMunicipalityName } from '#web/place/Municipality.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ComplaintView } from '#wire/complaint.ts'
import { actForm } from './forms.ts'
import '#web/net/net.css'

function Line({ term, children }: { term: string; children: ReactNode }) {
  return children === '' || children === null ? null : (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section className="sheet" aria-labelledby={id}>
      <div className="sheet-head">
        <h2 id={id}>{title}</h2>
      </div>
      <div className="sheet-body stack">{children}</div>
    </section>
  )
}

/** Who complains: locked to everybody but the officer who has it in hand. */
function Who({ view }: { view: ComplaintView }) {
  const t = useWords()
  return (
    <Part id="who" title={t('complaintPage', 'who')}>
      {view.who === null ? (
        <Callout icon="lock-simple">{t('complaintPage', view.identity ? 'who_closed' : 'who_none')}</Callout>
      ) : (
        <dl className="pairs">
          <Line term={t('complaintPage', 'name')}>{view.who.name}</Line>
          <Line term={t('complaintPage', 'contact')}>{view.who.contact}</Line>
          <Line term={t('complaintPage', 'safe_way')}>{view.who.safeWay}</Line>
        </dl>
      )}
    </Part>
  )
}

function Questions({ view }: { view: ComplaintView }) {
  const t = useWords()
  const sq = useLanguage().language === 'sq'
  return (
    <Part id="questions" title={t('complaintPage', 'questions')}>
      {view.questions.map((one) => (
        <div className="stack" key={one.id}>
          <div className="spread">
            <b>{sq ? one.unit?.nameSq : one.unit?.nameEn}</b>
            {one.due && one.answer === null && <ClockLines clock={{ ...one.due, statutory: true }} />}
          </div>
          <p className="narrative">{one.question}</p>
          {one.answer === null ? (
            <p className="quiet">{t('complaintPage', 'no_answer')}</p>
          ) : (
            <Said whose={t('complaintPage', 'answer')}>{one.answer}</Said>
          )}
        </div>
      ))}
    </Part>
  )
}

function Decision({ view }: { view: ComplaintView }) {
  const t = useWords()
  return (
    <Part id="decision" title={t('complaintPage', 'decision')}>
      <p>
        <b>{view.outcome && t('complaintPage', `outcome_${view.outcome}`)}</b>
        {view.decidedAt && `, ${fullDate(view.decidedAt)}`}
      </p>
      <dl className="pairs">
        <Line term={t('complaintPage', 'answer')}>{view.answer}</Line>
        <Line term={t('complaintPage', 'measures')}>{view.measures}</Line>
        <Line term={t('complaintPage', 'passed_to')}>{view.passedTo}</Line>
      </dl>
    </Part>
  )
}

function Advocate({ view }: { view: ComplaintView }) {
  const t = useWords()
  return (
    <Part id="advocate" title={t('complaintPage', 'advocate')}>
      <dl className="pairs">
        <Line term={t('complaintPage', 'since')}>{view.advocateOn && fullDate(view.advocateOn)}</Line>
        <Line term={t('complaintPage', 'reference')}>{view.advocateReference}</Line>
        <Line term={t('complaintPage', 'findings')}>{view.findings}</Line>
        <Line term={t('complaintPage', 'recommendations')}>
          {view.recommendations.length === 0 ? null : (
            <ol>
              {view.recommendations.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ol>
          )}
        </Line>
      </dl>
    </Part>
  )
}

/** One complaint in the office that hears it. */
export default function ComplaintPage() {
  const { id } = useParams({ strict: false })
  const t = useWords()
  const sq = useLanguage().language === 'sq'
  const now = useNow()
  const place = useMunicipalityName()
  const [form, setForm] = useState<CommandForm>()
  const read = useGet<ComplaintView>(`/api/complaints/${id}`)
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const view = read.data
  const unit = sq ? view.unit?.nameSq : view.unit?.nameEn
  const grounds = view.ground === null ? '' : ` (${t('complaintPage', `ground_${view.ground}`)})`
  return (
    <div className="view stack">
      <div className="view-head">
        <div>
          <p className="note">
            <Link to="/complaints">{t('complaintPage', 'title')}</Link>
          </p>
          <h1>
            {t('complaintPage', 'complaint')} {view.label}
          </h1>
          <p className="row">
            <Chip kind={view.state === 'CLOSED' || view.state === 'DECIDED' ? 'done' : 'going'}>
              {t('complaintPage', `state_${view.state}`)}
            </Chip>
            {view.asked && <Chip kind="waiting">{t('complaintPage', 'asked')}</Chip>}
            {view.advocate !== 'none' && (
              <Chip kind="going">{t('complaintPage', `advocate_${view.advocate}`)}</Chip>
            )}
          </p>
        </div>
        {view.due && view.decidedAt === null && <ClockLines clock={{ ...view.due, statutory: true }} />}
      </div>
      {view.actions.length > 0 && (
        <div className="row no-print">
          {view.actions.map((action, n) => (
            <Button
              key={action}
              kind={n === 0 && action !== 'name' ? 'primary' : 'secondary'}
              onClick={() => setForm(actForm(t, sq, view, action))}
            >
              {t('complaintPage', `act_${action}`)}
            </Button>
          ))}
        </div>
      )}
      <Part id="what" title={t('complaintPage', 'what_happened')}>
        <Said whose={t('complaintPage', `by_${view.by}`)}>{view.narrative}</Said>
        <dl className="pairs">
          <Line term={t('complaintPage', 'about')}>
            {[unit ?? t('complaintPage', `body_${view.body}`), view.municipality && place(view.municipality)]
              .filter(Boolean)
              .join(', ')}
          </Line>
          <Line term={t('complaintPage', 'body_said')}>{view.bodySaid}</Line>
          <Line term={t('complaintPage', 'discrimination')}>
            {`${t('complaintPage', `discrimination_${view.discrimination}`)}${grounds}`}
          </Line>
          <Line term={t('complaintPage', 'received')}>
            {`${longDate(view.receivedAt, now)}, ${t('complaintPage', `channel_${view.channel}`)}`}
          </Line>
          <Line term={t('complaintPage', 'language')}>{t('complaintPage', `language_${view.language}`)}</Line>
          <Line term={t('complaintPage', 'officer')}>{view.officer ?? t('complaintPage', 'nobody')}</Line>
        </dl>
      </Part>
      <Who view={view} />
      {view.questions.length > 0 && <Questions view={view} />}
      {view.outcome !== null && <Decision view={view} />}
      {view.advocate !== 'none' && <Advocate view={view} />}
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </div>
  )
}
