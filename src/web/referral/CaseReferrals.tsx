import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type CaseView, may } from '#web/case/types.ts'
import { useGet } from '#web/client/api.ts'
import { Button, ButtonLink } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { ClockChip } from '#web/design/Clock.tsx'
import { useNow } from '#web/design/now.ts'
import { Empty, Loading } from '#web/design/States.tsx'
import { nearDate } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import { Packet, Replies } from './ReferralDetail.tsx'
import { WithdrawDialog } from './WithdrawDialog.tsx'
import { clockOf, type ReferralView, stateWord, unitName } from './words.ts'
import './referral.css'

function Referrals({ view }: { view: CaseView }) {
  const t = useWords()
  const now = useNow()
  const { language } = useLanguage()
  const read = useGet<{ items: readonly ReferralView[] }>(`/api/cases/${view.id}/referrals`)
  const [withdrawing, setWithdrawing] = useState<ReferralView>()
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  return (
    <>
      {read.data.items.length === 0 && <Empty icon="arrows-left-right" title={t('referral', 'none_sent')} />}
      {read.data.items.map((r) => {
        const clock = clockOf(r)
        return (
          <details key={r.id} className="fold">
            <summary>
              <span>
                <b>{t('referral', `service_${r.service}`)}</b> · {unitName(r.to, language)}
                <small className="quiet">
                  {r.code} · {nearDate(r.sentAt, now)}
                </small>
              </span>
              {clock ? (
                <ClockChip clock={{ dueAt: clock.dueAt, startedAt: r.sentAt, statutory: true }} />
              ) : (
                <Chip kind={r.state === 'COMPLETED' || r.state === 'ACCEPTED' ? 'done' : 'waiting'}>
                  {t('referral', stateWord(r.state))}
                </Chip>
              )}
            </summary>
            <div className="stack">
              {r.declineReason && <p>{t('referral', `decline_${r.declineReason}`)}</p>}
              {r.outcome && <p>{t('referral', `outcome_${r.outcome}`)}</p>}
              <Packet view={{ ...r, side: 'out' }} />
              <Replies view={r} />
              {r.allowedActions.includes('withdraw') && (
                <Button kind="danger" onClick={() => setWithdrawing(r)}>
                  {t('referral', 'act_withdraw')}
                </Button>
              )}
            </div>
          </details>
        )
      })}
      {withdrawing && <WithdrawDialog view={withdrawing} onClose={() => setWithdrawing(undefined)} />}
    </>
  )
}

/** What the case has asked of others; consents and the log of what left stand in tabs of their own. */
export default function CaseReferrals({ view }: { view: CaseView }) {
  const t = useWords()
  return (
    <div className="stack">
      <section className="sheet" aria-labelledby="sent">
        <div className="sheet-head">
          <h2 id="sent">{t('referral', 'box_out')}</h2>
          {may(view, 'add_note') && view.tier !== 'T2' && (
            <span className="push">
              <ButtonLink kind="quiet" icon="plus.bold" to="/cases/$id/refer" params={{ id: view.id }}>
                {t('referral', 'new')}
              </ButtonLink>
            </span>
          )}
        </div>
        <Referrals view={view} />
      </section>
      {view.tier !== 'T2' && (
        <p className="note">
          <Link to="/cases/$id" params={{ id: view.id }} search={{ tab: 'rights' }}>
            {t('rightsPage', 'title')}
          </Link>
        </p>
      )}
    </div>
  )
}
