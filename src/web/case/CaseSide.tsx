import { Link } from '@tanstack/react-router'
import { Button } from '#web/design/Button.tsx'
import { ClockLines } from '#web/design/Clock.tsx'
import { Icon } from '#web/design/Icon.tsx'
import { TaskList } from '#web/design/Lists.tsx'
import { useNow } from '#web/design/now.ts'
import type { StageKind } from '#web/design/signs.tsx'
import { longDate } from '#web/design/time.ts'
import { type Say, sayCode, sayIfKnown, useWords } from '#web/design/words.tsx'
import { PersonPart } from '#web/person/PersonPart.tsx'
import { WholePart } from '#web/supervision/CaseQuality.tsx'
import type { DialogName } from './dialogs/index.tsx'
import { type CaseView, may } from './types.ts'

type Stage = CaseView['stages'][number]
const kindOf: Record<Stage['status'], StageKind> = {
  done: 'done',
  current: 'going',
  cannot: 'blocked',
  not_needed: 'waiting',
}
const formOf: Partial<Record<Stage['key'], { form: string; act: readonly string[] }>> = {
  initial_assessment: { form: 'initial', act: ['finish_initial', 'record_assessment'] },
  comprehensive_assessment: { form: 'comprehensive', act: ['finish_comprehensive', 'record_assessment'] },
  best_interests: { form: 'best_interests', act: ['record_assessment'] },
}

const statusOf = (stage: Stage, t: Say, now: string): string => {
  if (stage.status === 'done')
    return stage.at
      ? t('casePage', 'stage_done', { when: longDate(stage.at, now) })
      : t('casePage', 'stage_done_bare')
  if (stage.status === 'cannot')
    return stage.reason ? t('casePage', 'stage_cannot', { why: stage.reason.detail }) : ''
  return t('casePage', stage.status === 'current' ? 'stage_current' : 'stage_not_needed')
}

/** Beside the plan: stages with why each cannot start, the running clocks, and the people around the child. */
export function CaseSide({
  view,
  onAct,
}: {
  view: CaseView
  onAct: (name: DialogName, about?: string) => void
}) {
  const t = useWords()
  const now = useNow()
  const running = view.clocks.filter((c) => c.stoppedAt === null)
  return (
    <aside className="stack case-side">
      {view.tier !== 'T2' && <PersonPart id={view.personId} mayCorrect={may(view, 'add_note')} />}
      <section>
        <h2 className="side-title">{t('casePage', 'stages')}</h2>
        <TaskList
          label={t('casePage', 'stages')}
          tasks={view.stages.map((s) => {
            const form = formOf[s.key]
            const opens = form && s.status === 'current' && may(view, ...form.act)
            return {
              id: s.key,
              kind: kindOf[s.status],
              name: t('casePage', `stage_${s.key}`),
              status: (
                <>
                  {statusOf(s, t, now)}
                  {opens && (
                    <>
                      {' '}
                      <Link to="/cases/$id/assessment/$form" params={{ id: view.id, form: form.form }}>
                        {t('web', 'continue')}
                      </Link>
                    </>
                  )}
                </>
              ),
            }
          })}
        />
      </section>
      <WholePart view={view} />
      {running.length > 0 && (
        <section>
          <h2 className="side-title">{t('casePage', 'clocks')}</h2>
          <ul className="side-list">
            {running.map((c) => (
              <li key={c.id}>
                <p className="note quiet">{sayIfKnown('clock', `rule_${c.rule}`) ?? c.rule}</p>
                <ClockLines clock={c} />
                {c.breaches > 0 && <p className="note">{t('clock', 'breaches', { count: c.breaches })}</p>}
                {c.mayExtend && (
                  <Button kind="quiet" size="table" onClick={() => onAct('extend_clock', c.id)}>
                    {t('clock', 'extend')}
                    <span className="only-heard"> {sayIfKnown('clock', `rule_${c.rule}`) ?? c.rule}</span>
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      {view.people && (
        <section>
          <h2 className="side-title">{t('casePage', 'people')}</h2>
          <ul className="side-list">
            {view.people.map((p) => (
              <li key={p.id}>
                {p.name}, {sayCode('casePage', `relation_${p.relationship}`)}
                <p className="note contact" data-rule={p.contact}>
                  <Icon name={p.contact === 'forbidden' ? 'prohibit' : 'phone'} size={16} />
                  {p.contact === 'forbidden' ? (
                    <b>{t('casePage', 'contact_forbidden')}</b>
                  ) : (
                    <>
                      {sayCode('casePage', `contact_${p.contact}`)}
                      {p.phone && `, ${p.phone}`}
                    </>
                  )}
                </p>
                {p.remark && <p className="note quiet">{p.remark}</p>}
              </li>
            ))}
          </ul>
          {view.people.length === 0 && <p className="quiet note">{t('casePage', 'people_none')}</p>}
          {may(view, 'add_person_near') && (
            <Button kind="quiet" icon="plus.bold" size="table" onClick={() => onAct('person')}>
              {t('casePage', 'act_person')}
            </Button>
          )}
        </section>
      )}
      {view.followUps.length > 0 && (
        <section>
          <h2 className="side-title">{t('casePage', 'follow_ups')}</h2>
          <TaskList
            label={t('casePage', 'follow_ups')}
            tasks={view.followUps.map((f) => ({
              id: String(f.month),
              name: t('casePage', 'follow_up_month', { count: f.month }),
              kind: f.doneAt ? 'done' : f.due < now.slice(0, 10) ? 'late' : 'waiting',
              status: f.doneAt
                ? t('casePage', 'stage_done', { when: longDate(f.doneAt, now) })
                : t('web', 'by_when', { when: longDate(f.due, now) }),
            }))}
          />
        </section>
      )}
    </aside>
  )
}
