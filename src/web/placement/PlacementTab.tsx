import { useState } from 'react'
import { type CaseView, may } from '#web/case/types.ts'
import { useGet } from '#web/client/api.ts'
import { Button, ButtonLink } from '#web/design/Button.tsx'
import { Callout, Chip, Restricted } from '#web/design/Chip.tsx'
import { Said, Timeline, type TimelineEntry } from '#web/design/Lists.tsx'
import { useNow } from '#web/design/now.ts'
import { Empty, Loading } from '#web/design/States.tsx'
import { dayOf, longDate } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { CasePlacements, PlacementView } from '#wire/placement.ts'
import { actForm, exitForm, type PlacementAct, planForm } from './forms.ts'
import { LeavingPart, TracksPart } from './Leaving.tsx'
import { careStepForm, leavingEndForm, leavingForm, stepAddForm, stepSetForm } from './leaving-forms.ts'

/** Where the child lives and lived, what follows it there and after, and the way out of an institution. */
export default function PlacementTab({ view }: { view: CaseView }) {
  const t = useWords()
  const now = useNow()
  const { language } = useLanguage()
  const read = useGet<CasePlacements>(`/api/cases/${view.id}/placements`)
  const [form, setForm] = useState<CommandForm>()
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const { data } = read
  const making = { view, t, about: undefined, language, units: [], workers: [], today: dayOf(now) }
  const act = (name: PlacementAct, placement: PlacementView) =>
    setForm(actForm(making, name, placement, new Date(now)))
  const current = data.placements.find((one) => one.status === 'in_place')
  const planned = data.placements.find((one) => one.status === 'planned')
  const before = data.placements.filter((one) => one !== current && one !== planned)
  const institution = current?.kind === 'residential' || current?.kind === 'shelter'
  return (
    <div className="stack">
      <section className="sheet" aria-labelledby="placement-now">
        <div className="sheet-head">
          <h2 id="placement-now">{t('placementPage', 'title_now')}</h2>
          {may(view, 'plan_placement') && planned === undefined && (
            <Button kind="quiet" icon="plus.bold" onClick={() => setForm(planForm(making, data))}>
              {t('placementPage', 'plan')}
            </Button>
          )}
        </div>
        {current === undefined ? (
          <Empty icon="house" title={t('placementPage', 'none_now')}>
            {t('placementPage', 'none_now_more')}
          </Empty>
        ) : (
          <Current placement={current} view={view} onAct={(name) => act(name, current)} />
        )}
      </section>
      {planned && (
        <section className="sheet" aria-labelledby="placement-next">
          <div className="sheet-head">
            <h2 id="placement-next">{t('placementPage', 'next')}</h2>
          </div>
          <div className="sheet-body stack">
            <Facts placement={planned} />
            <div className="row no-print">
              {may(view, 'begin_placement') && (
                <Button kind="primary" onClick={() => act('begin', planned)}>
                  {t('placementPage', 'begin')}
                </Button>
              )}
              {may(view, 'move_placement') && (
                <Button kind="primary" onClick={() => act('move', planned)}>
                  {t('placementPage', 'move')}
                </Button>
              )}
              {may(view, 'cancel_placement') && (
                <Button onClick={() => act('cancel', planned)}>{t('placementPage', 'cancel')}</Button>
              )}
            </div>
          </div>
        </section>
      )}
      {data.exits.length > 0 && (
        <Exits data={data} view={view} onVisit={(month) => setForm(exitForm(making, month))} />
      )}
      {(institution || data.leaving.length > 0) && (
        <LeavingPart
          data={data}
          view={view}
          onMake={() => setForm(leavingForm(making))}
          onAdd={() => setForm(stepAddForm(making))}
          onSet={(id) => setForm(stepSetForm(making, id))}
          onEnd={() => setForm(leavingEndForm(making))}
        />
      )}
      <section className="sheet" aria-labelledby="placement-before">
        <div className="sheet-head">
          <h2 id="placement-before">{t('placementPage', 'history')}</h2>
        </div>
        <div className="sheet-body">
          {before.length === 0 ? (
            <p className="quiet">{t('placementPage', 'history_none')}</p>
          ) : (
            <History placements={before} />
          )}
        </div>
      </section>
      <TracksPart data={data} view={view} onTake={() => setForm(careStepForm(making, data))} />
      <p className="row no-print">
        <ButtonLink to="/care">{t('placementPage', 'register')}</ButtonLink>
        <ButtonLink to="/placements/monitoring">{t('placementPage', 'monitoring')}</ButtonLink>
      </p>
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

const days = (from: string, until: string) =>
  Math.max(0, Math.floor((Date.parse(until) - Date.parse(from)) / 86_400_000))

/** Kind, days, ground, the child's own view, and the place as far as it may be read. */
function Facts({ placement: p }: { placement: PlacementView }) {
  const t = useWords()
  const now = useNow()
  const when = (day: string) => longDate(day, now)
  const from = p.startedAt ?? p.from
  return (
    <>
      <p>
        <b>{t('placementPage', `kind_${p.kind}`)}</b>
        {p.place?.name && ` · ${p.place.name}`}
        {p.place?.address && ` · ${p.place.address}`}
      </p>
      <p className="note quiet">
        {[
          p.startedAt === null
            ? `${t('placementPage', 'from')} ${when(from)}`
            : t('placementPage', 'since', { when: when(from) }),
          p.status === 'in_place'
            ? t('placementPage', 'days', { count: days(from, new Date(now).toISOString()) })
            : null,
          p.until === null ? null : `→ ${when(p.until)}`,
          t('placementPage', `basis_${p.basis}`),
          p.siblings === 'none'
            ? null
            : `${t('placementPage', 'siblings')}: ${t('placementPage', `siblings_${p.siblings}`)}`,
          t('placementPage', p.familyTold ? 'told_yes' : 'told_no'),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {p.hidden && p.place !== null && <p className="note">{t('placementPage', 'place_sealed')}</p>}
      {p.place === null && p.kind !== 'return_to_family' && (
        <Restricted>{t('placementPage', 'place_restricted')}</Restricted>
      )}
      {p.purpose !== null && <p className="narrative">{p.purpose}</p>}
      {p.siblingsWhy !== null && (
        <p className="narrative">
          {t('placementPage', 'siblings_why')}: {p.siblingsWhy}
        </p>
      )}
      {p.childWords === null ? (
        <p className="note">
          {t('placementPage', 'child_view')}: {t('placementPage', `view_${p.childView}`)}
        </p>
      ) : (
        <Said whose={`${t('placementPage', 'child_words')} (${t('placementPage', `view_${p.childView}`)})`}>
          {p.childWords}
        </Said>
      )}
    </>
  )
}

function Current({
  placement,
  view,
  onAct,
}: {
  placement: PlacementView
  view: CaseView
  onAct: (act: PlacementAct) => void
}) {
  const t = useWords()
  const now = useNow()
  const next = [
    placement.reviewOn === null
      ? null
      : `${t('placementPage', 'next_review')}: ${longDate(placement.reviewOn, now)}`,
    placement.visitOn === null
      ? null
      : `${t('placementPage', 'next_visit')}: ${longDate(placement.visitOn, now)}`,
  ].filter((one) => one !== null)
  return (
    <div className="sheet-body stack">
      {placement.kind === 'emergency' && (
        <Callout tone="soon" icon="clock">
          {t('placementPage', 'hours_left')}
        </Callout>
      )}
      <Facts placement={placement} />
      {next.length > 0 && (
        <p>
          <b>{next.join(' · ')}</b>
        </p>
      )}
      <Watch placement={placement} />
      <div className="row no-print">
        {may(view, 'visit_placement') && (
          <Button onClick={() => onAct('visit')}>{t('placementPage', 'visit')}</Button>
        )}
        {may(view, 'review_placement') && (
          <Button onClick={() => onAct('review')}>{t('placementPage', 'review')}</Button>
        )}
        {may(view, 'end_placement') && (
          <Button onClick={() => onAct('end')}>{t('placementPage', 'end')}</Button>
        )}
      </div>
    </div>
  )
}

/** Reviews and visits of one placement, the newest first. */
function Watch({ placement }: { placement: PlacementView }) {
  const t = useWords()
  const entries = [
    ...placement.reviews.map((one) => ({
      id: one.id,
      on: one.reviewedOn,
      title: `${t('placementPage', 'reviewed')}: ${t('placementPage', `review_${one.outcome}`)}`,
      findings: one.findings,
      words: one.childWords,
      icon: 'list-checks' as const,
    })),
    ...placement.visits.map((one) => ({
      id: one.id,
      on: one.visitedOn,
      title: [
        `${t('placementPage', 'visited')}: ${t('placementPage', `seen_${one.seen}`)}`,
        one.concern ? t('placementPage', 'concern_yes') : null,
      ]
        .filter(Boolean)
        .join(', '),
      findings: one.findings,
      words: one.childWords,
      icon: 'house' as const,
    })),
  ].sort((a, b) => b.on.localeCompare(a.on))
  if (entries.length === 0) return null
  return (
    <details>
      <summary>
        {t('placementPage', 'reviews_and_visits')} ({entries.length})
      </summary>
      <ul className="plain-list">
        {entries.map((one) => (
          <li key={one.id}>
            <b>{one.title}</b> <span className="note quiet">{longDate(one.on)}</span>
            {one.findings !== null && <p className="narrative">{one.findings}</p>}
            {one.words !== null && <Said whose={t('placementPage', 'child_words')}>{one.words}</Said>}
          </li>
        ))}
      </ul>
    </details>
  )
}

function History({ placements }: { placements: readonly PlacementView[] }) {
  const t = useWords()
  const entryOf = (p: PlacementView): TimelineEntry => ({
    id: p.id,
    at: p.endedAt ?? p.from,
    icon: p.status === 'cancelled' ? 'x.bold' : 'house',
    kind: t('placementPage', `status_${p.status}`),
    title: [t('placementPage', `kind_${p.kind}`), p.place?.name].filter(Boolean).join(' · '),
    dayOnly: p.endedAt === null,
    body: (
      <>
        <p className="note quiet">
          {[
            p.startedAt !== null && p.endedAt !== null
              ? t('placementPage', 'from_until', { from: longDate(p.startedAt), until: longDate(p.endedAt) })
              : null,
            p.startedAt !== null && p.endedAt !== null
              ? t('placementPage', 'days', { count: days(p.startedAt, p.endedAt) })
              : null,
            p.endReason === null ? null : t('placementPage', `end_${p.endReason}`),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {p.ending !== null && <p className="narrative">{p.ending}</p>}
        <Watch placement={p} />
      </>
    ),
  })
  return <Timeline label={t('placementPage', 'history')} entries={placements.map(entryOf)} all />
}

function Exits({
  data,
  view,
  onVisit,
}: {
  data: CasePlacements
  view: CaseView
  onVisit: (month: number) => void
}) {
  const t = useWords()
  const now = useNow()
  return (
    <section className="sheet" aria-labelledby="placement-exits">
      <div className="sheet-head">
        <h2 id="placement-exits">{t('placementPage', 'exits')}</h2>
      </div>
      <p className="sheet-body quiet">{t('placementPage', 'exits_lede')}</p>
      {data.exits.map((one) => (
        <div key={`${one.month}${one.due}`} className="item">
          <div>
            <b>{t('placementPage', 'exit_month', { count: one.month })}</b>
            <p className="note quiet">
              {one.seenOn === null
                ? t('placementPage', 'exit_due', { when: longDate(one.due, now) })
                : t('placementPage', 'exit_done', { when: longDate(one.seenOn, now) })}
            </p>
          </div>
          <Chip kind={one.safe === null ? 'waiting' : one.safe === 'no' ? 'late' : 'done'}>
            {one.safe === null
              ? t('placementPage', 'status_planned')
              : t('placementPage', `safe_${one.safe}`)}
          </Chip>
          {one.doneAt === null && may(view, 'visit_exit') && (
            <Button size="table" onClick={() => onVisit(one.month)}>
              {t('placementPage', 'exit_record')}
            </Button>
          )}
        </div>
      ))}
    </section>
  )
}
