import { type CaseView, may } from '#web/case/types.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { Said } from '#web/design/Lists.tsx'
import { useNow } from '#web/design/now.ts'
import { Empty } from '#web/design/States.tsx'
import { dayOf, longDate } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import type { CasePlacements } from '#wire/placement.ts'

/** The plan that leads out of the institution: its goal, its day, its steps; and those before it. */
export function LeavingPart({
  data,
  view,
  onMake,
  onAdd,
  onSet,
  onEnd,
}: {
  data: CasePlacements
  view: CaseView
  onMake: () => void
  onAdd: () => void
  onSet: (id: string) => void
  onEnd: () => void
}) {
  const t = useWords()
  const now = useNow()
  const today = dayOf(now)
  const open = data.leaving.some((plan) => plan.outcome === null)
  return (
    <section className="sheet" aria-labelledby="placement-leaving">
      <div className="sheet-head">
        <h2 id="placement-leaving">{t('placementPage', 'leaving')}</h2>
        {!open && may(view, 'make_leaving_plan') && (
          <Button kind="quiet" icon="plus.bold" onClick={onMake}>
            {t('placementPage', 'leaving_make')}
          </Button>
        )}
      </div>
      {data.leaving.length === 0 && <Empty icon="house" title={t('placementPage', 'leaving_none')} />}
      {data.leaving.map((plan) => (
        <div key={plan.id} className="sheet-body stack">
          <p>
            <b>{t('placementPage', `goal_${plan.goal}`)}</b>{' '}
            <Chip
              kind={
                plan.outcome === null
                  ? plan.targetOn < today
                    ? 'late'
                    : 'going'
                  : plan.outcome === 'reached'
                    ? 'done'
                    : 'blocked'
              }
            >
              {plan.outcome === null
                ? `${t('placementPage', 'leaving_target')} ${longDate(plan.targetOn, now)}`
                : t('placementPage', `outcome_${plan.outcome}`)}
            </Chip>
          </p>
          {plan.why !== null && <p className="narrative">{plan.why}</p>}
          {plan.steps.map((step) => (
            <div key={step.id} className="item">
              <div>
                <b>{step.text ?? t('placementPage', 'leaving_step')}</b>
                <p className="note quiet">
                  {longDate(step.doneOn ?? step.due, now)}
                  {step.remark !== null && ` · ${step.remark}`}
                </p>
              </div>
              <Chip
                kind={
                  step.status === 'done'
                    ? 'done'
                    : step.status === 'dropped'
                      ? 'blocked'
                      : step.due < today
                        ? 'late'
                        : 'waiting'
                }
              >
                {t('placementPage', `step_${step.status}`)}
              </Chip>
              {plan.outcome === null && may(view, 'set_leaving_step') && (
                <Button size="table" onClick={() => onSet(step.id)}>
                  {t('placementPage', 'leaving_step_set')}
                </Button>
              )}
            </div>
          ))}
          {plan.outcome === null && (
            <div className="row no-print">
              {may(view, 'set_leaving_step') && (
                <Button onClick={onAdd}>{t('placementPage', 'leaving_step_add')}</Button>
              )}
              {may(view, 'end_leaving_plan') && (
                <Button kind="quiet" onClick={onEnd}>
                  {t('placementPage', 'leaving_end')}
                </Button>
              )}
            </div>
          )}
        </div>
      ))}
    </section>
  )
}

/** Guardianship and adoption, step after step, each by its body. */
export function TracksPart({
  data,
  view,
  onTake,
}: {
  data: CasePlacements
  view: CaseView
  onTake: () => void
}) {
  const t = useWords()
  const now = useNow()
  return (
    <section className="sheet" aria-labelledby="placement-tracks">
      <div className="sheet-head">
        <h2 id="placement-tracks">{t('placementPage', 'tracks')}</h2>
        {may(view, 'take_care_step') && (
          <Button kind="quiet" icon="plus.bold" onClick={onTake}>
            {t('placementPage', 'track_take')}
          </Button>
        )}
      </div>
      {data.steps.length === 0 && <p className="sheet-body quiet">{t('placementPage', 'tracks_none')}</p>}
      {data.steps.map((one) => (
        <div key={one.id} className="item">
          <div>
            <b>
              {t('placementPage', `track_${one.track}`)}: {t('placementPage', `step_${one.step}`)}
            </b>
            <p className="note quiet">
              {[longDate(one.on, now), t('placementPage', `body_${one.body}`), one.act, one.remark]
                .filter(Boolean)
                .join(' · ')}
            </p>
            {one.childWords !== null && (
              <Said whose={t('placementPage', 'child_words')}>{one.childWords}</Said>
            )}
          </div>
        </div>
      ))}
    </section>
  )
}
