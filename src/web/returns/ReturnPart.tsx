/** One return: where it stands, what is missing, what was said, and the acts that are open to the reader. */
import { type ReactNode, useState } from 'react'
import { useGet } from '#web/client/api.ts'
import { Button } from '#web/design/Button.tsx'
import { Callout, Chip, RiskBars } from '#web/design/Chip.tsx'
import { useNow } from '#web/design/now.ts'
import { Loading } from '#web/design/States.tsx'
import { dayOf, fullDate, number } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { countryName } from '#web/packet/country.ts'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ReturnView } from '#wire/returns.ts'
import { actForm, type Choices } from './forms.ts'

function Line({ term, children }: { term: string; children: ReactNode }) {
  return children === '' || children === null || children === undefined ? null : (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}

export const stageOf = (state: ReturnView['state'], overdue: boolean) => {
  if (state === 'REFUSED') return 'blocked' as const
  if (state === 'MONITORED') return 'done' as const
  return overdue ? ('late' as const) : ('going' as const)
}

/** What the return waits for, where it is the reader's to do. */
const nextOf = ({ state, may, missing }: ReturnView): ReturnView['may'][number] | undefined => {
  const lacks = (codes: readonly string[]) => missing.some((one) => codes.includes(one.code))
  const due = may.includes('sign')
    ? 'sign'
    : state === 'NOTIFIED'
      ? 'assess'
      : lacks(['return_needs_determination'])
        ? 'determine'
        : lacks(['return_no_consent', 'return_needs_representative'])
          ? 'consent'
          : steps[state]
  return may.find((act) => act === due)
}
const steps: Readonly<Partial<Record<ReturnView['state'], ReturnView['may'][number]>>> = {
  ASSESSED: 'plan',
  PLAN_AGREED: 'set_off',
  TRAVEL: 'arrive',
  RECEIVED: 'hand_over',
  HANDED_TO_CASE: 'follow_up',
}

function Facts({ r }: { r: ReturnView }) {
  const t = useWords()
  const { language } = useLanguage()
  return (
    <dl className="facts">
      <Line term={t('returnsPage', 'country')}>
        {countryName(r.country, language)}
        <span className="note quiet">, {t('returnsPage', `direction_${r.direction}`)}</span>
      </Line>
      <Line term={t('returnsPage', 'expected_on')}>{fullDate(r.travelOn ?? r.expectedOn)}</Line>
      <Line term={t('returnsPage', 'plan_due')}>
        {r.planDue && (
          <>
            {fullDate(r.planDue)} <span className="note quiet">({t('returnsPage', 'unconfirmed')})</span>
          </>
        )}
      </Line>
      <Line term={t('returnsPage', 'source')}>
        {t('returnsPage', `source_${r.source}`)}
        <span className="note quiet">, {fullDate(r.noticeOn)}</span>
      </Line>
      <Line term={t('returnsPage', 'consulate')}>{r.consulate?.[language]}</Line>
      <Line term={t('returnsPage', 'counterpart')}>{r.counterpart}</Line>
      <Line term={t('returnsPage', 'border')}>{r.border?.[language]}</Line>
      <Line term={t('returnsPage', 'risk')}>{r.risk && <RiskBars level={r.risk} />}</Line>
      <Line term={t('returnsPage', 'mode')}>{r.mode && t('returnsPage', `mode_${r.mode}`)}</Line>
      <Line term={t('returnsPage', 'escort')}>
        {r.escorts
          .map((one) => [t('returnsPage', `role_${one.role}`), one.name].filter(Boolean).join(': '))
          .join(', ')}
      </Line>
      <Line term={t('returnsPage', 'cost')}>
        {r.costs
          .map(
            (one) =>
              `${t('returnsPage', `what_${one.what}`)} ${number(one.amountLek)} L, ${t('returnsPage', `paid_${one.source}`)}`,
          )
          .join('; ')}
      </Line>
      <Line term={t('returnsPage', 'document')}>
        {r.documents
          .map((one) => `${t('returnsPage', `document_${one.kind}`)}, ${fullDate(one.on)}`)
          .join('; ')}
      </Line>
      <Line term={t('returnsPage', 'received_by')}>{r.receivedBy}</Line>
      <Line term={t('returnsPage', 'handed_to')}>{r.handedTo?.[language]}</Line>
    </dl>
  )
}

function Said({ term, children }: { term: string; children: string | null }) {
  return children === null ? null : (
    <div className="stack">
      <h3>{term}</h3>
      <p>{children}</p>
    </div>
  )
}

function Lists({ r }: { r: ReturnView }) {
  const t = useWords()
  return (
    <>
      {r.determinations.map((one) => (
        <div className="stack" key={one.id}>
          <h3>{t('returnsPage', 'determination')}</h3>
          <p>
            {fullDate(one.heldOn)}: <b>{t('returnsPage', `outcome_${one.outcome}`)}</b>.{' '}
            {one.members
              .map((member) =>
                [t('returnsPage', `member_${member.profession}`), member.name].filter(Boolean).join(' '),
              )
              .join(', ')}
            .
          </p>
          <p className="note">
            {one.signedBy === null
              ? t('returnsPage', 'signed_half', { first: one.by ?? '–' })
              : t('returnsPage', 'signed_by', { first: one.by ?? '–', second: one.signedBy })}
          </p>
          {one.minutes && <p>{one.minutes}</p>}
          {one.childWords && (
            <p>
              {t('returnsPage', 'child_words')}: {one.childWords}
            </p>
          )}
        </div>
      ))}
      {r.consents.length > 0 && (
        <div className="stack">
          <h3>{t('returnsPage', 'consents')}</h3>
          <ul className="plain-list">
            {r.consents.map((one) => (
              <li key={one.id}>
                {t('returnsPage', `who_${one.who}`)}: {t('returnsPage', `answer_${one.answer}`)},{' '}
                {fullDate(one.on)} ({one.covers.map((what) => t('returnsPage', `covers_${what}`)).join(', ')})
                {one.withdrawnAt && `, ${t('returnsPage', 'withdrawn')} ${fullDate(one.withdrawnAt)}`}
                {one.words && `. ${one.words}`}
              </li>
            ))}
          </ul>
        </div>
      )}
      {r.followUps.length > 0 && (
        <div className="stack">
          <h3>{t('returnsPage', 'follow_ups')}</h3>
          <ul className="plain-list">
            {r.followUps.map((one) => (
              <li key={one.month}>
                {t('returnsPage', 'month_n', { n: one.month })}:{' '}
                {one.seenOn === null
                  ? t('returnsPage', 'due', { day: fullDate(one.due) })
                  : `${fullDate(one.seenOn)}, ${t('returnsPage', 'safe')}: ${t('returnsPage', one.safe ?? 'not_known')}`}
                {one.findings && `. ${one.findings}`}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}

export function ReturnPart({ id, level = 'h2' }: { id: string; level?: 'h1' | 'h2' }) {
  const t = useWords()
  const now = useNow()
  const { language } = useLanguage()
  const read = useGet<ReturnView>(`/api/returns/${id}`)
  const r = read.data
  const works = (r?.may.length ?? 0) > 0 && r?.nrmId !== null && r?.nrmId !== undefined
  const choices = useGet<Choices>(`/api/nrm/${r?.nrmId ?? ''}/return-choices`, {}, { enabled: works })
  const [form, setForm] = useState<CommandForm>()
  if (read.isPending) return <Loading />
  if (r === undefined) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const Head = level
  const next = nextOf(r)
  return (
    <section className="sheet" aria-labelledby={`return-${id}`}>
      <div className="sheet-head">
        <Head id={`return-${id}`}>
          {t('returnsPage', 'tab')} {r.code}
        </Head>
        <Chip kind={stageOf(r.state, r.overdue)}>{t('returnsPage', `state_${r.state}`)}</Chip>
      </div>
      <div className="sheet-body stack">
        {(r.late || r.overdue) && (
          <p className="row">
            {r.late && <Chip kind="near">{t('returnsPage', 'late_notice')}</Chip>}
            {r.overdue && <Chip kind="late">{t('returnsPage', 'overdue')}</Chip>}
          </p>
        )}
        {r.identity && (
          <p>
            <b>{r.identity}</b>
            {r.need && <> · {r.need}</>}
          </p>
        )}
        <Facts r={r} />
        {r.missing.length > 0 && (
          <Callout icon="warning-circle.fill">
            <b>{t('returnsPage', 'missing')}</b>
            <ul>
              {r.missing.map((one) => (
                <li key={one.code}>{one.sentence}</li>
              ))}
            </ul>
          </Callout>
        )}
        <Said term={t('returnsPage', 'hazards')}>{r.hazards}</Said>
        <Said term={t('returnsPage', 'interests')}>{r.interests}</Said>
        <Said term={t('returnsPage', 'the_plan')}>{r.plan}</Said>
        <Lists r={r} />
        <Said term={t('returnsPage', 'handover')}>{r.handover}</Said>
        {r.refusal && (
          <p>
            {t('returnsPage', 'state_REFUSED')}: {t('returnsPage', `why_${r.refusal}`)}
            {r.refusalWords && `. ${r.refusalWords}`}
          </p>
        )}
        {r.may.length > 0 && (
          <p className="row no-print">
            {r.may.map((act) => (
              <Button
                key={act}
                kind={
                  act === next ? 'primary' : act === 'withdraw' || act === 'refuse' ? 'quiet' : 'secondary'
                }
                onClick={() =>
                  setForm(actForm(r, act, { t, today: dayOf(now), language, choices: choices.data }))
                }
              >
                {t('returnsPage', act)}
              </Button>
            ))}
          </p>
        )}
      </div>
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </section>
  )
}
