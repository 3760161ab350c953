import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { useNow } from '#web/design/now.ts'
import { Empty } from '#web/design/States.tsx'
import { longDate, nearDate } from '#web/design/time.ts'
import { sayCode, useWords } from '#web/design/words.tsx'
import type { DialogName } from './dialogs/index.tsx'
import { type CaseView, may } from './types.ts'

const open = ['proposed', 'emergency_issued', 'court_filed', 'in_force']

/** Protection measures and case conferences: what was decided, by whom, until when. */
export function MeasuresTab({
  view,
  onAct,
}: {
  view: CaseView
  onAct: (name: DialogName, about?: string) => void
}) {
  const t = useWords()
  const now = useNow()
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
            {open.includes(m.status) && (
              <span className="row">
                {may(view, 'decide_measure') && (
                  <Button size="table" onClick={() => onAct('decide_measure', m.id)}>
                    {t('casePage', 'measure_decide')}
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
      <section className="sheet" aria-labelledby="conferences">
        <div className="sheet-head">
          <h2 id="conferences">{t('casePage', 'conferences')}</h2>
          {may(view, 'hold_conference') && (
            <Button kind="quiet" icon="plus.bold" onClick={() => onAct('conference')}>
              {t('casePage', 'act_conference')}
            </Button>
          )}
        </div>
        {view.conferences.length === 0 && (
          <Empty icon="users-three" title={t('casePage', 'conferences_none')}>
            {view.conferenceRequired && <p>{t('casePage', 'conference_required')}</p>}
          </Empty>
        )}
        {view.conferences.map((c) => (
          <div key={c.id} className="item">
            <div>
              <b>{longDate(c.heldOn, now)}</b>
              <p className="note quiet">
                {t('casePage', 'attendance', { present: c.present, absent: c.absent })} ·{' '}
                {c.decisions.map((d) => t('casePage', `decision_${d}`)).join(', ')}
              </p>
            </div>
          </div>
        ))}
      </section>
    </div>
  )
}
