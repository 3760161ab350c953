import { useState } from 'react'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { useDraft } from '#web/client/draft.ts'
import { faultAt, faultsOf } from '#web/client/problem.ts'
import { Button } from '#web/design/Button.tsx'
import { RadioField, TextArea } from '#web/design/Field.tsx'
import { toast } from '#web/design/Toast.tsx'
import { useWords } from '#web/design/words.tsx'
import type { ReferralView } from './words.ts'

/** One press: receipt confirmed, or the service begun. */
export function QuickAct({ view, act }: { view: ReferralView; act: 'acknowledge' | 'start_service' }) {
  const t = useWords()
  const send = useCommand({ onDone: () => toast(t('casePage', 'saved')) })
  const go = () =>
    send.mutate({ type: `referral.${act}`, recordId: view.id, baseVersion: view.version, body: {} })
  return (
    <>
      <CommandFault error={send.error} onInsist={go} />
      <Button busy={send.isPending} onClick={go}>
        {t('referral', `act_${act}`)}
      </Button>
    </>
  )
}

const declines = [
  'no_place',
  'cannot_meet_need',
  'not_safe',
  'not_our_area',
  'needs_more_information',
  'other',
] as const
const outcomes = ['met', 'partly_met', 'not_met', 'did_not_come', 'stopped'] as const
type Way = 'accept' | 'decline' | 'complete'

/** The recipient's answer: two equal buttons; declining asks a reason, completing an outcome. */
export function Answer({ view }: { view: ReferralView }) {
  const t = useWords()
  const may = (act: ReferralView['allowedActions'][number]) => view.allowedActions.includes(act)
  const draft = useDraft(`referral.reply:${view.id}`, { reply: '' })
  const [way, setWay] = useState<Way | ''>('')
  const [why, setWhy] = useState('')
  const send = useCommand({
    onDone: async () => {
      await draft.clear()
      setWay('')
      toast(t('casePage', 'saved'))
    },
  })
  const ways = (['accept', 'decline', 'complete'] as const).filter(may)
  if (ways.length === 0 && !may('start_service')) return null
  const { reply } = draft.value
  const act = (chosen: Way) =>
    send.mutate({
      type: `referral.${chosen}`,
      recordId: view.id,
      baseVersion: view.version,
      body: {
        ...(reply.trim() ? { reply } : {}),
        ...(chosen === 'decline' ? { reason: why } : {}),
        ...(chosen === 'complete' ? { outcome: why } : {}),
      },
    })
  const faults = faultsOf(send.error)
  return (
    <section className="answer stack no-print">
      <h3>{t('referral', 'your_answer')}</h3>
      {may('start_service') && <QuickAct view={view} act="start_service" />}
      {ways.length > 0 && (
        <div className="answer-ways">
          {ways.map((w) => (
            <Button
              key={w}
              icon={w === 'accept' ? 'check.bold' : w === 'decline' ? 'x.bold' : 'checks'}
              aria-pressed={way === w}
              onClick={() => {
                setWay(w)
                setWhy('')
              }}
            >
              {t('referral', `act_${w}`)}
            </Button>
          ))}
        </div>
      )}
      {way !== '' && (
        <form
          className="answer-box stack"
          onSubmit={(e) => {
            e.preventDefault()
            if (way === 'accept' || why !== '') act(way)
          }}
        >
          <CommandFault error={send.error} onInsist={() => act(way)} />
          {way === 'decline' && (
            <RadioField
              id="f-reason"
              label={t('referral', 'why_decline')}
              error={faultAt(faults, 'reason')}
              value={why}
              onValue={setWhy}
              options={declines.map((value) => ({ value, label: t('referral', `decline_${value}`) }))}
            />
          )}
          {way === 'complete' && (
            <RadioField
              id="f-outcome"
              label={t('casePage', 'outcome')}
              error={faultAt(faults, 'outcome')}
              value={why}
              onValue={setWhy}
              options={outcomes.map((value) => ({ value, label: t('referral', `outcome_${value}`) }))}
            />
          )}
          <TextArea
            id="f-reply"
            optional={way !== 'decline'}
            label={t('referral', way === 'decline' ? 'what_needed' : 'reply')}
            hint={t('referral', way === 'decline' ? 'what_needed_hint' : 'reply_hint')}
            error={faultAt(faults, 'reply')}
            value={reply}
            onValue={(v) => draft.set({ reply: v })}
          />
          <Button
            type="submit"
            kind="primary"
            busy={send.isPending}
            unavailable={way !== 'accept' && why === '' ? t('web', 'choose') : undefined}
          >
            {t(
              'referral',
              way === 'accept' ? 'send_accept' : way === 'decline' ? 'send_decline' : 'send_complete',
            )}
          </Button>
          {way === 'decline' && <p className="note quiet">{t('referral', 'decline_goes')}</p>}
        </form>
      )}
    </section>
  )
}
