import { useState } from 'react'
import type { z } from 'zod'
import { effectsOfWithdrawal } from '#domain/consent.ts'
import { type CaseView, may } from '#web/case/types.ts'
import { useGet } from '#web/client/api.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { useNow } from '#web/design/now.ts'
import { Empty, Loading } from '#web/design/States.tsx'
import { longDate, nearDate } from '#web/design/time.ts'
import { sayCode, useWords, type Word } from '#web/design/words.tsx'
import { CommandDialog } from '#web/form/CommandDialog.tsx'
import { packetOf, recipientKinds } from '#web/referral/packets.ts'
import type { ReferralView } from '#web/referral/words.ts'
import type { ConsentView } from '#wire/consent.ts'

type Consent = z.output<typeof ConsentView>
const purposes = ['sharing', 'shelter', 'interview', 'recording'] as const
const capacities = ['own', 'parent', 'guardian', 'procedural_representative'] as const

/** Said before it is done: what ends with this consent, and what goes on by law or for safety. */
function Effects({ caseId, consentId }: { caseId: string; consentId: string }) {
  const t = useWords()
  const read = useGet<{ items: readonly ReferralView[] }>(`/api/cases/${caseId}/referrals`)
  const effects = (read.data?.items ?? []).flatMap((one) => {
    const effect = effectsOfWithdrawal(
      one.grounds,
      one.packet.map((part) => part.field),
      consentId,
    )
    return effect === null ? [] : [{ code: one.code, ...effect }]
  })
  return (
    <>
      <p>{t('consent', 'withdraw_means')}</p>
      <h3>{t('rightsPage', 'effects')}</h3>
      {effects.map((one) => (
        <p key={one.code}>
          {one.lost.length > 0
            ? t('rightsPage', 'effect_ends', {
                code: one.code,
                fields: one.lost.map((field) => t('referral', `field_${field}`)).join(', '),
              })
            : t('rightsPage', 'effect_stays', { code: one.code })}
        </p>
      ))}
      {effects.length === 0 && <p>{t('rightsPage', 'effects_none')}</p>}
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
              label: sayCode('spoken', code),
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

export function Consents({ view }: { view: CaseView }) {
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
            consequence: <Effects caseId={view.id} consentId={dialog.id} />,
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
