import { lazy, Suspense, useState } from 'react'
import { reviewMeasureForm } from '#web/court/forms.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { useNow } from '#web/design/now.ts'
import { Empty, Loading } from '#web/design/States.tsx'
import { dayOf, longDate, nearDate } from '#web/design/time.ts'
import { openWords, sayCode, useLanguage, useWords } from '#web/design/words.tsx'
import { TakePaper } from '#web/document/TakePaper.tsx'
import { CommandDialog } from '#web/form/CommandDialog.tsx'
import type { DialogName } from './dialogs/index.tsx'
import { type CaseView, may } from './types.ts'

const CourtPart = lazy(() => import('#web/court/CourtPart.tsx'))
const CaseJustice = lazy(async () => {
  const [part] = await Promise.all([import('#web/justice/CaseJustice.tsx'), openWords('nrm')])
  return part
})
const open = ['proposed', 'emergency_issued', 'court_filed', 'court_confirmed', 'in_force', 'under_review']

/** Protection measures: what was decided, by whom, until when; and what of them is before a court. */
export function MeasuresTab({
  view,
  onAct,
}: {
  view: CaseView
  onAct: (name: DialogName, about?: string) => void
}) {
  const t = useWords()
  const now = useNow()
  const { language } = useLanguage()
  const [review, setReview] = useState<string>()
  return (
    <div className="stack">
      <section className="sheet" aria-labelledby="measures">
        <div className="sheet-head">
          <h2 id="measures">{t('casePage', 'tab_measures')}</h2>
          {may(view, 'propose_measure') && (
            <Button kind="quiet" icon="plus.bold" onClick={() => onAct('measure')}>
              {t('casePage', 'act_measure')}
            </Button>
          )}
        </div>
        {view.measures.length === 0 && <Empty icon="gavel" title={t('casePage', 'measures_none')} />}
        {view.measures.map((m) => (
          <div key={m.id} className="item">
            <div>
              <b>{t('casePage', `measure_${m.kind}`)}</b>
              <p className="note quiet">
                {sayCode('casePage', `ground_${m.ground}`)} ·{' '}
                {t('casePage', 'proposed_at', { when: nearDate(m.proposedAt, now) })}
                {m.decidedOn && ` · ${t('casePage', 'decided_on', { when: longDate(m.decidedOn, now) })}`}
                {m.from && ` · ${longDate(m.from, now)}${m.until ? ` – ${longDate(m.until, now)}` : ''}`}
              </p>
            </div>
            <Chip kind={m.status === 'in_force' ? 'going' : open.includes(m.status) ? 'waiting' : 'done'}>
              {t('casePage', `measure_status_${m.status}`)}
            </Chip>
            {m.kind === 'emergency' && view.papers.includes('emergency_decision') && (
              <TakePaper
                caseId={view.id}
                kind="emergency_decision"
                id={m.id}
                label={t('documentPage', 'print_decision')}
                about={nearDate(m.proposedAt, now)}
              />
            )}
            {open.includes(m.status) && (
              <span className="row">
                {may(view, 'decide_measure') && (
                  <Button size="table" onClick={() => onAct('decide_measure', m.id)}>
                    {t('casePage', 'measure_decide')}
                  </Button>
                )}
                {may(view, 'review_measure') && ['in_force', 'under_review'].includes(m.status) && (
                  <Button size="table" onClick={() => setReview(m.id)}>
                    {t('courtPage', 'measure_review_act')}
                  </Button>
                )}
                {may(view, 'lift_measure') && (
                  <Button size="table" onClick={() => onAct('lift_measure', m.id)}>
                    {t('casePage', 'measure_end')}
                  </Button>
                )}
              </span>
            )}
          </div>
        ))}
      </section>
      <Suspense fallback={<Loading />}>
        <CourtPart view={view} />
        <CaseJustice caseId={view.id} />
      </Suspense>
      {review !== undefined && (
        <CommandDialog
          form={reviewMeasureForm(
            { view, t, about: review, language, units: [], workers: [], today: dayOf(now) },
            review,
          )}
          onClose={() => setReview(undefined)}
        />
      )}
    </div>
  )
}
