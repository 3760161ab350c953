import { useState } from 'react'
import type { z } from 'zod'
import { type CaseView, may } from '#web/case/types.ts'
import { useGet } from '#web/client/api.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button, ButtonLink } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { ClockChip } from '#web/design/Clock.tsx'
import { useNow } from '#web/design/now.ts'
import { Empty, Loading } from '#web/design/States.tsx'
import { longDate, nearDate } from '#web/design/time.ts'
import { useLanguage, useWords, type Word } from '#web/design/words.tsx'
import { CommandDialog } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ConsentView } from '#wire/consent.ts'
import { packetOf, recipientKinds } from './packets.ts'
import { Packet, Replies } from './ReferralDetail.tsx'
import { WithdrawDialog } from './WithdrawDialog.tsx'
import { clockOf, type ReferralView, stateWord, unitName } from './words.ts'
import './referral.css'

type Consent = z.output<typeof ConsentView>
const purposes = ['sharing', 'shelter', 'interview', 'recording'] as const
const capacities = ['own', 'parent', 'guardian', 'procedural_representative'] as const

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

function ConsentDialog({ view, onClose }: { view: CaseView; onClose: () => void }) {
  const t = useWords()
  const [id] = useState(uuidv7)
  return (
    <CommandDialog
      onClose={onClose}
      form={{
        title: t('consent', 'record'),
        consequence: t('consent', 'means'),
        action: t('web', 'save'),
        type: 'consent.record',
        recordId: id,
        done: t('casePage', 'saved'),
        wide: true,
        fields: [
          {
            name: 'purpose',
            kind: 'radio',
            label: t('casePage', 'purpose'),
            options: purposes.map((value) => ({ value, label: t('consent', `purpose_${value}`) })),
          },
          {
            name: 'recipients',
            kind: 'checks',
            label: t('consent', 'recipients'),
            options: recipientKinds.map((value) => ({ value, label: t('referral', `kind_${value}`) })),
          },
          {
            name: 'capacity',
            kind: 'radio',
            label: t('consent', 'capacity'),
            options: capacities.map((value) => ({ value, label: t('consent', `capacity_${value}`) })),
          },
          { name: 'givenBy', kind: 'text', label: t('consent', 'given_by') },
          {
            name: 'language',
            kind: 'select',
            label: t('consent', 'language'),
            initial: 'sq',
            options: ['sq', 'rom', 'el', 'mk', 'sr', 'en', 'it', 'ar', 'fa'].map((code) => ({
              value: code,
              label: t('casePage', 'language', { code }),
            })),
          },
          { name: 'explainedBy', kind: 'text', label: t('consent', 'explained_by') },
          { name: 'conflictOfInterest', kind: 'yes_no', label: t('consent', 'conflict') },
        ],
        toBody: (plain) => ({
          caseId: view.id,
          ...plain,
          fields: packetOf(Array.isArray(plain.recipients) ? plain.recipients : []),
        }),
      }}
    />
  )
}

function Consents({ view }: { view: CaseView }) {
  const t = useWords()
  const now = useNow()
  const read = useGet<{ items: readonly Consent[] }>(`/api/cases/${view.id}/consents`)
  const [dialog, setDialog] = useState<'new' | Consent>()
  const writes = may(view, 'add_note')
  return (
    <section className="sheet" aria-labelledby="consents">
      <div className="sheet-head">
        <h2 id="consents">{t('consent', 'title')}</h2>
        {writes && (
          <span className="push">
            <Button kind="quiet" icon="plus.bold" onClick={() => setDialog('new')}>
              {t('consent', 'record')}
            </Button>
          </span>
        )}
      </div>
      {read.isPending && <Loading />}
      {read.data?.items.length === 0 && <Empty icon="hand-heart" title={t('consent', 'none')} />}
      {read.data?.items.map((c) => (
        <div key={c.id} className="item">
          <div>
            <b>
              {t('consent', 'number', { number: c.number })}: {t('consent', `purpose_${c.purpose}`)}
            </b>
            <p className="note quiet">
              {c.givenBy && `${c.givenBy}, `}
              {t('consent', `capacity_${c.capacity}`)} · {longDate(c.givenAt, now)} ·{' '}
              {c.recipients.map((r) => t('referral', `kind_${r}`)).join(', ')}
            </p>
          </div>
          <Chip kind={c.withdrawnAt ? 'blocked' : 'done'}>
            {c.withdrawnAt
              ? t('consent', 'withdrawn', { time: nearDate(c.withdrawnAt, now) })
              : t('consent', 'in_force')}
          </Chip>
          {writes && !c.withdrawnAt && (
            <Button kind="danger" size="table" onClick={() => setDialog(c)}>
              {t('consent', 'withdraw')}
            </Button>
          )}
        </div>
      ))}
      {dialog === 'new' && <ConsentDialog view={view} onClose={() => setDialog(undefined)} />}
      {dialog && dialog !== 'new' && (
        <CommandDialog
          onClose={() => setDialog(undefined)}
          form={{
            title: t('consent', 'withdraw_question'),
            consequence: t('consent', 'withdraw_means'),
            action: t('consent', 'withdraw'),
            kind: 'danger',
            type: 'consent.withdraw',
            recordId: dialog.id,
            baseVersion: dialog.version,
            done: t('casePage', 'saved'),
            fields: [
              {
                name: 'capacity',
                kind: 'radio',
                label: t('consent', 'capacity'),
                options: capacities.map((value) => ({
                  value,
                  label: t('consent', `capacity_${value}` as Word<'consent'>),
                })),
              },
              { name: 'note', kind: 'area', optional: true, label: t('casePage', 'remark') },
            ],
          }}
        />
      )}
    </section>
  )
}

/** What has left the case, to whom and on which ground; and the consents on which some of it rests. */
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
      {view.tier !== 'T2' && <Consents view={view} />}
    </div>
  )
}
