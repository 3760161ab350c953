import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useGet } from '#web/client/api.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { ClockLines } from '#web/design/Clock.tsx'
import { Icon } from '#web/design/Icon.tsx'
import { useNow } from '#web/design/now.ts'
import { Loading } from '#web/design/States.tsx'
import { nearDate } from '#web/design/time.ts'
import { sayCode, useLanguage, useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import { Answer, QuickAct } from './Answer.tsx'
import { WithdrawDialog } from './WithdrawDialog.tsx'
import { packetWords, type ReferralView, stateWord, unitName } from './words.ts'

/** The two clocks of a referral: receipt, then the answer. */
function Steps({ view }: { view: ReferralView }) {
  const t = useWords()
  const may = (act: ReferralView['allowedActions'][number]) => view.allowedActions.includes(act)
  const step = (title: string, due: string | null, stopped: string | null, act: ReactNode) => (
    <div>
      <p className="note quiet">{title}</p>
      {due && (
        <ClockLines clock={{ dueAt: due, startedAt: view.sentAt, stoppedAt: stopped, statutory: true }} />
      )}
      {act}
    </div>
  )
  if (['WITHDRAWN', 'EXPIRED'].includes(view.state)) return null
  return (
    <div className="two-clocks">
      {step(
        `1. ${t('referral', 'step_acknowledge')}`,
        view.ackDueAt,
        view.acknowledgedAt,
        may('acknowledge') && <QuickAct view={view} act="acknowledge" />,
      )}
      {step(`2. ${t('referral', 'step_answer')}`, view.answerDueAt, view.decidedAt, null)}
    </div>
  )
}

/** What the recipient is given, what it is not given and why, and on which ground. */
export function Packet({
  view,
}: {
  view: Pick<ReferralView, 'packet' | 'withheld' | 'grounds' | 'accessEndedAt' | 'side'>
}) {
  const t = useWords()
  const now = useNow()
  return (
    <>
      {view.packet.length > 0 && (
        <section>
          <h3>
            {t('referral', view.side === 'in' ? 'packet' : 'what_is_sent')}{' '}
            <span className="note quiet">{t('referral', 'packet_hint')}</span>
          </h3>
          <dl className="pairs">
            {view.packet
              .filter((p) => packetWords(p.value, t) !== '')
              .map((p) => (
                <div key={p.field}>
                  <dt>{t('referral', `field_${p.field}`)}</dt>
                  <dd className="narrative">
                    {['identity', 'name'].includes(p.field) ? (
                      <b>{packetWords(p.value, t)}</b>
                    ) : (
                      packetWords(p.value, t)
                    )}
                  </dd>
                </div>
              ))}
            <div>
              <dt>{t('referral', 'ground')}</dt>
              <dd>
                {view.grounds.map((g) => (
                  <p key={`${g.kind}${g.ref}`}>
                    {t('referral', `ground_${g.kind}`, { version: g.version })}
                    {g.kind !== 'consent' && `: ${g.ref}`}
                    {g.endedAt && <span className="quiet"> ({nearDate(g.endedAt, now)})</span>}
                  </p>
                ))}
              </dd>
            </div>
          </dl>
        </section>
      )}
      {view.accessEndedAt && view.packet.length === 0 && (
        <div className="callout">
          <Icon name="lock-simple" />
          <p>
            <b>{t('referral', 'access_ended')}</b> {t('referral', 'access_ended_hint')}
          </p>
        </div>
      )}
      {view.withheld.length > 0 && (
        <div className="callout">
          <Icon name="eye-slash" />
          <div>
            <p>
              <b>{t('referral', view.side === 'in' ? 'you_do_not_see' : 'they_do_not_see')}</b>
            </p>
            <ul className="withheld">
              {view.withheld.map((w) => (
                <li key={w.what}>
                  {w.why === 'no_ground'
                    ? sayCode('referral', `field_${w.what}`)
                    : sayCode('referral', `withheld_${w.what}`)}
                  <span className="quiet">: {t('referral', `why_${w.why}`)}</span>
                </li>
              ))}
            </ul>
            {view.side === 'in' && <p className="note">{t('referral', 'access_ends')}</p>}
          </div>
        </div>
      )}
    </>
  )
}

export function Replies({ view }: { view: ReferralView }) {
  const t = useWords()
  const now = useNow()
  const { language } = useLanguage()
  if (view.replies.length === 0) return null
  return (
    <section>
      <h3>{t('referral', 'replies')}</h3>
      <ul className="side-list">
        {view.replies.map((r) => (
          <li key={r.at}>
            <p className="note quiet">
              {nearDate(r.at, now)} · {unitName(r.unitId === view.to.id ? view.to : view.from, language)} ·{' '}
              {t('referral', `act_${r.act}`)}
            </p>
            <p className="narrative">{r.body}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}

export function ReferralDetail({ id }: { id: string }) {
  const t = useWords()
  const now = useNow()
  const { language } = useLanguage()
  const read = useGet<ReferralView>(`/api/referrals/${id}`)
  const [withdrawing, setWithdrawing] = useState(false)
  const view = read.data
  if (read.isPending) return <Loading />
  if (!view) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const may = (act: ReferralView['allowedActions'][number]) => view.allowedActions.includes(act)
  const other = view.side === 'in' ? view.from : view.to
  return (
    <article className="sheet referral-detail" aria-labelledby="referral-title">
      <div className="sheet-body stack">
        <p className="referral-back">
          <Link to="/referrals" activeOptions={{ exact: true }}>
            {t('referral', 'inbox')}
          </Link>
        </p>
        <div className="view-head">
          <div>
            <h2 id="referral-title" className="referral-title">
              {t('referral', `service_${view.service}`)}
            </h2>
            <p className="quiet">
              {view.code} ·{' '}
              {t('referral', view.side === 'in' ? 'sent_by' : 'sent_to', { unit: unitName(other, language) })}
              , {nearDate(view.sentAt, now)}
              {other.phone && (
                <>
                  {' · '}
                  <a href={`tel:${other.phone}`}>{other.phone}</a>
                </>
              )}
            </p>
          </div>
          <span className="row no-print">
            {view.caseId && (
              <Link to="/cases/$id" params={{ id: view.caseId }} className="button" data-size="table">
                {t('casePage', 'case')}
              </Link>
            )}
            {view.caseId && view.side === 'out' && view.packet.length > 0 && (
              <a
                className="button"
                data-size="table"
                href={`/api/cases/${view.caseId}/documents/referral.pdf?lang=${language}&about=${view.id}`}
                download
              >
                {t('referral', 'print_paper')}
              </a>
            )}
            {may('withdraw') && (
              <Button kind="danger" size="table" onClick={() => setWithdrawing(true)}>
                {t('referral', 'act_withdraw')}
              </Button>
            )}
          </span>
        </div>
        <p className="row">
          <Chip kind={view.state === 'COMPLETED' || view.state === 'ACCEPTED' ? 'done' : 'waiting'}>
            {t('referral', stateWord(view.state))}
          </Chip>
          {view.declineReason && <span>{t('referral', `decline_${view.declineReason}`)}</span>}
          {view.outcome && <span>{t('referral', `outcome_${view.outcome}`)}</span>}
        </p>
        <Steps view={view} />
        <Packet view={view} />
        <Replies view={view} />
        <Answer view={view} />
      </div>
      {withdrawing && <WithdrawDialog view={view} onClose={() => setWithdrawing(false)} />}
    </article>
  )
}
