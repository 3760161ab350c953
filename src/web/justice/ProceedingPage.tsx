import { Link, useParams } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { flagFindings } from '#domain/justice/order.ts'
import type { ProceedingAction } from '#domain/justice/policy.ts'
import { useGet } from '#web/client/api.ts'
import { Button } from '#web/design/Button.tsx'
import { Callout, Chip } from '#web/design/Chip.tsx'
import { ClockLines } from '#web/design/Clock.tsx'
import { Said } from '#web/design/Lists.tsx'
import { useNow } from '#web/design/now.ts'
import { Sheet } from '#web/design/Sheet.tsx'
import { Loading } from '#web/design/States.tsx'
import { dayOf, fullDate, longDate } from '#web/design/time.ts'
import { sayCode, useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ProceedingView } from '#wire/justice.ts'
import { type Articles, articleLabel, proceedingForm } from './forms.ts'
import { Orders } from './Orders.tsx'
import { Assets, Claims, Help, Suspects, Victims } from './parts.tsx'
import '#web/net/net.css'

function Line({ term, children }: { term: string; children: ReactNode }) {
  return children === '' || children === null || children === undefined ? null : (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Part({
  id,
  title,
  action,
  children,
}: {
  id: string
  title: string
  action?: ReactNode
  children: ReactNode
}) {
  return (
    <Sheet id={id} title={title} beside={action}>
      <div className="sheet-body stack">{children}</div>
    </Sheet>
  )
}

function Standing({ view, articles }: { view: ProceedingView; articles: Articles }) {
  const t = useWords()
  const now = useNow()
  const sq = useLanguage().language === 'sq'
  const unit = (one: ProceedingView['office']) => (one === null ? null : sq ? one.nameSq : one.nameEn)
  return (
    <Part id="standing" title={t('justicePage', 'standing')}>
      <dl className="pairs">
        <Line term={t('justicePage', 'number')}>{view.number}</Line>
        <Line term={t('justicePage', 'act_when')}>
          {fullDate(view.actFrom)}
          {view.actUntil && ` – ${fullDate(view.actUntil)}`}
        </Line>
        <Line term={t('justicePage', 'origin')}>{t('justicePage', `origin_${view.origin}`)}</Line>
        <Line term={t('justicePage', 'police_unit')}>{unit(view.police)}</Line>
        <Line term={t('justicePage', 'office')}>{unit(view.office) ?? t('justicePage', 'nobody_yet')}</Line>
        <Line term={t('justicePage', 'next')}>
          {view.nextOn &&
            `${longDate(view.nextOn, now)}${view.nextWhat ? `, ${sayCode('justicePage', `next_${view.nextWhat}`)}` : ''}`}
        </Line>
        <Line term={t('justicePage', 'outcome')}>
          {view.outcome && t('justicePage', `outcome_${view.outcome}`)}
        </Line>
        <Line term={t('justicePage', 'told_last')}>
          {[
            view.toldAt && longDate(view.toldAt, now),
            view.updatesLate > 0 && t('justicePage', 'late_count', { count: view.updatesLate }),
          ]
            .filter(Boolean)
            .join(', ')}
        </Line>
      </dl>
      <Said whose={t('justicePage', 'facts')}>{view.facts}</Said>
      <h3>{t('justicePage', 'articles')}</h3>
      <ul className="plain-list stack">
        {view.charges.map((one) => {
          const known = articles.items.find(({ code }) => code === one.article)
          return (
            <li key={one.id}>
              <b>{known ? articleLabel(t, sq, known) : one.article}</b>
              <span className="note quiet">
                {' '}
                {one.until === null
                  ? t('justicePage', 'charge_since', { day: fullDate(one.on) })
                  : t('justicePage', 'charge_requalified', { day: fullDate(one.until) })}
              </span>
              {one.reason && <Said whose={t('justicePage', 'reason_words')}>{one.reason}</Said>}
            </li>
          )
        })}
      </ul>
      {view.told.map((one) => (
        <Said key={one.at} whose={`${t('justicePage', 'told')}, ${longDate(one.at, now)}`}>
          {one.words}
        </Said>
      ))}
    </Part>
  )
}

function History({ view }: { view: ProceedingView }) {
  const t = useWords()
  const sq = useLanguage().language === 'sq'
  const word = (one: ProceedingView['steps'][number]): string => {
    const stage = one.to === null ? '' : sayCode('justicePage', `stage_${one.to}`)
    switch (one.kind) {
      case 'moved':
      case 'reopened':
        return t('justicePage', `step_${one.kind}`, { stage })
      case 'referred':
        return t('justicePage', 'step_referred', {
          article: one.article ?? '',
          unit: (sq ? one.toUnit?.nameSq : one.toUnit?.nameEn) ?? '',
        })
      default:
        return t('justicePage', `step_${one.kind}`)
    }
  }
  const code = (one: ProceedingView['steps'][number]): string =>
    one.code === null
      ? ''
      : sayCode(
          'justicePage',
          `${{ moved: 'outcome', closed: 'reason', reopened: 'ground', opened: 'origin', referred: 'article' }[one.kind]}_${one.code}`,
        )
  return (
    <Part id="history" title={t('justicePage', 'history')}>
      <ol className="plain-list stack">
        {view.steps.map((one) => (
          <li key={one.id}>
            <b>{word(one)}</b>
            {code(one) !== '' && ` · ${code(one)}`}
            <span className="note quiet"> {fullDate(one.on)}</span>
            {one.words && <Said whose={t('justicePage', 'reason_words')}>{one.words}</Said>}
          </li>
        ))}
      </ol>
    </Part>
  )
}

/** For the Responsible Authority alone: persons of the track who are charged. */
function Flags({ view, onReview }: { view: ProceedingView; onReview: (form: CommandForm) => void }) {
  const t = useWords()
  return (
    <Part id="flags" title={t('justicePage', 'flags')}>
      <Callout icon="lock-simple">{t('justicePage', 'flags_note')}</Callout>
      {view.flags.map((one) => (
        <article className="stack" key={one.id}>
          <div className="spread">
            <b>{t('justicePage', 'flag', { suspect: one.suspect, code: one.code })}</b>
            <Chip kind={one.state === 'open' ? 'waiting' : 'done'}>
              {t('justicePage', `flag_${one.state}`)}
            </Chip>
          </div>
          <p className="note quiet">{t('justicePage', `flag_by_${one.by}`)}</p>
          {one.words && <Said whose={t('justicePage', 'finding')}>{one.words}</Said>}
          {one.state === 'open' && (
            <p className="row no-print">
              <Button
                kind="primary"
                onClick={() =>
                  onReview({
                    title: t('justicePage', 'flag', { suspect: one.suspect, code: one.code }),
                    action: t('justicePage', 'flag_review'),
                    type: 'non_punishment.review',
                    recordId: one.id,
                    baseVersion: one.version,
                    done: t('justicePage', 'saved'),
                    fields: [
                      {
                        name: 'state',
                        kind: 'radio',
                        label: t('justicePage', 'finding'),
                        options: flagFindings.map((value) => ({
                          value,
                          label: t('justicePage', `flag_${value}`),
                        })),
                      },
                      { name: 'words', kind: 'area', label: t('justicePage', 'reason_words') },
                    ],
                  })
                }
              >
                {t('justicePage', 'flag_review')}
              </Button>
            </p>
          )}
        </article>
      ))}
    </Part>
  )
}

/** The acts that come first; the others stand below what they are about. */
const first: readonly ProceedingAction[] = [
  'move',
  'set_next',
  'refer',
  'set_article',
  'inform_authority',
  'close',
  'reopen',
]

/** One proceeding, the same page for police, prosecution and the Responsible Authority; each sees its own part of it. */
export default function ProceedingPage() {
  const { id } = useParams({ strict: false })
  const t = useWords()
  const sq = useLanguage().language === 'sq'
  const today = dayOf(useNow())
  const [form, setForm] = useState<CommandForm>()
  const read = useGet<ProceedingView>(`/api/proceedings/${id}`)
  const articles = useGet<Articles>('/api/proceeding-articles')
  if (read.isPending || articles.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  if (!articles.data) return <FailedPart error={articles.error} onRetry={() => void articles.refetch()} />
  const view = read.data
  const making = { t, sq, view, articles: articles.data, today }
  const ask = (action: ProceedingAction) => setForm(proceedingForm(action, making))
  const buttons = (of: readonly ProceedingAction[]): ReactNode => {
    const offered = of.filter((action) => view.actions.includes(action))
    return offered.length === 0 ? null : (
      <span className="row no-print">
        {offered.map((action) => (
          <Button key={action} kind="quiet" onClick={() => ask(action)}>
            {t('justicePage', `act_${action}`)}
          </Button>
        ))}
      </span>
    )
  }
  const full = view.sight !== 'police'
  return (
    <div className="view stack">
      <div className="view-head">
        <div>
          <p className="note">
            <Link to="/proceedings">{t('justicePage', 'title')}</Link>
          </p>
          <h1>
            {t('justicePage', 'proceeding')} {view.code}
          </h1>
          <p className="row">
            <Chip kind={view.stage === 'closed' ? 'done' : 'going'}>
              {t('justicePage', `stage_${view.stage}`)}
            </Chip>
            {view.closedReason && <span>{sayCode('justicePage', `reason_${view.closedReason}`)}</span>}
            <span className="note quiet">{fullDate(view.stageOn)}</span>
          </p>
        </div>
        {view.due && <ClockLines clock={{ ...view.due, statutory: true }} />}
      </div>
      {first.some((action) => view.actions.includes(action)) && (
        <div className="row no-print">
          {first
            .filter((action) => view.actions.includes(action))
            .map((action, n) => (
              <Button key={action} kind={n === 0 ? 'primary' : 'secondary'} onClick={() => ask(action)}>
                {t('justicePage', `act_${action}`)}
              </Button>
            ))}
        </div>
      )}
      {!full && <Callout icon="lock-simple">{t('justicePage', 'police_limited')}</Callout>}
      {view.nonPunishment && <Callout tone="soon">{t('justicePage', 'non_punishment')}</Callout>}
      {view.flags.length > 0 && <Flags view={view} onReview={setForm} />}
      <Standing view={view} articles={articles.data} />
      <Victims
        view={view}
        action={buttons(['add_victim', 'link_victim', 'set_cooperation'])}
        today={today}
        onForm={setForm}
      />
      <Suspects view={view} action={buttons(['add_suspect', 'move_suspect'])} />
      {full && (
        <>
          <Help view={view} action={buttons(['assign_aid', 'end_aid', 'take_measure', 'end_measure'])} />
          <Claims view={view} action={buttons(['claim', 'decide_claim', 'pay_claim'])} />
        </>
      )}
      <Assets view={view} action={buttons(['seize_asset', 'settle_asset'])} />
      {(view.orders.length > 0 || view.actions.includes('ask_order')) && (
        <Orders orders={view.orders} action={buttons(['ask_order'])} onDone={() => void read.refetch()} />
      )}
      <History view={view} />
      {form && (
        <CommandDialog
          form={form}
          onClose={() => {
            setForm(undefined)
            void read.refetch()
          }}
        />
      )}
    </div>
  )
}
