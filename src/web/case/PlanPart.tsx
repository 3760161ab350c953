import { Fragment } from 'react'
import { actionStands, planRuns } from '#domain/case/plan-stands.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { useNow } from '#web/design/now.ts'
import { Empty } from '#web/design/States.tsx'
import { daysFromToday, longDate, number, shortDate } from '#web/design/time.ts'
import { sayCode, useLanguage, useWords } from '#web/design/words.tsx'
import { ActionReferrals } from '#web/referral/ActionReferrals.tsx'
import type { DialogName } from './dialogs/index.tsx'
import { type CaseView, may, type PlanAction } from './types.ts'

/** State of an action by its date: done, late, near, under way, not begun. */
function ActionState({ action, running }: { action: PlanAction; running: boolean }) {
  const t = useWords()
  const now = useNow()
  const days = action.due ? daysFromToday(action.due, now) : null
  const kind = actionStands(action, running, days)
  const words = () => {
    if (kind === 'done')
      return t('casePage', 'action_done_on', { when: action.doneOn ? shortDate(action.doneOn, now) : '' })
    if (kind === 'late') return t('clock', 'late_days', { count: -(days ?? 0) })
    if (kind === 'near') return days === 0 ? t('clock', 'due_today') : t('clock', 'left_days', { count: 1 })
    return t('casePage', `action_${action.status}`)
  }
  return <Chip kind={kind}>{words()}</Chip>
}

/** The individual plan: goal by goal, each action with who, by when, at what cost and from which source. */
export function PlanPart({
  view,
  onAct,
  whole,
}: {
  view: CaseView
  onAct: (name: DialogName, about?: string) => void
  whole?: boolean
}) {
  const t = useWords()
  const now = useNow()
  const { language } = useLanguage()
  const { plan } = view
  const actions = plan?.goals.flatMap((g) => g.actions) ?? []
  const cost = actions.reduce((sum, a) => sum + (a.costLek ?? 0), 0)
  const draft = plan?.status === 'draft'
  const refers = may(view, 'add_note') && view.tier !== 'T2'
  const heads = (['action', 'responsible', 'due_by', 'cost', 'state'] as const).map((k) =>
    t('casePage', `plan_${k}`),
  )
  return (
    <section className="sheet" aria-labelledby="plan-title">
      <div className="sheet-head">
        <h2 id="plan-title">{t('casePage', 'plan_title')}</h2>
        {plan && (
          <span className="quiet note">
            {t('casePage', 'plan_actions', { count: actions.length })}
            {cost > 0 && `, ${t('casePage', 'lek', { sum: number(cost) })}`}
            {draft && ` · ${t('casePage', 'plan_draft')}`}
            {plan.approvedAt &&
              ` · ${t('casePage', 'plan_approved', { when: longDate(plan.approvedAt, now) })}`}
          </span>
        )}
        <span className="push row no-print">
          {may(view, 'draft_plan') && (
            <Button kind="quiet" icon="plus.bold" onClick={() => onAct('draft_plan')}>
              {t('casePage', 'plan_begin')}
            </Button>
          )}
          {may(view, 'add_goal') && (
            <Button kind="quiet" icon="plus.bold" onClick={() => onAct('goal')}>
              {t('casePage', 'goal_add')}
            </Button>
          )}
          {may(view, 'approve_plan') && (
            <Button onClick={() => onAct('approve_plan')}>{t('casePage', 'plan_approve')}</Button>
          )}
        </span>
      </div>
      {!plan && (
        <Empty icon="file-text" title={t('casePage', 'plan_none')}>
          <p className="quiet">{t('casePage', 'plan_none_more')}</p>
        </Empty>
      )}
      {plan && (whole || plan.goals.length > 0) && (
        <div className="table-wrap">
          {plan.summary && <p className="plan-summary narrative">{plan.summary}</p>}
          <table className="table" data-rows="">
            <caption className="only-heard">{t('casePage', 'plan_title')}</caption>
            <thead>
              <tr>
                {heads.map((h) => (
                  <th key={h} scope="col">
                    {h}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {plan.goals.map((goal, i) => (
                <Fragment key={goal.id}>
                  <tr className="group">
                    <th colSpan={5} scope="rowgroup">
                      <span className="spread">
                        <span>
                          {i + 1}. {goal.text ?? t('casePage', `area_${goal.area}`)}
                          {goal.status !== 'open' && (
                            <span className="note quiet"> · {t('casePage', `goal_${goal.status}`)}</span>
                          )}
                        </span>
                        <span className="row no-print">
                          {may(view, 'add_action') && (
                            <button type="button" className="link" onClick={() => onAct('action', goal.id)}>
                              {t('casePage', 'action_add')}
                            </button>
                          )}
                          {may(view, 'set_goal_status') && (
                            <button
                              type="button"
                              className="link"
                              onClick={() => onAct('goal_status', goal.id)}
                            >
                              {t('casePage', 'goal_state')}
                            </button>
                          )}
                        </span>
                      </span>
                    </th>
                  </tr>
                  {goal.actions.map((a) => (
                    <tr key={a.id} data-row="">
                      <th scope="row">
                        {a.text ?? sayCode('casePage', `service_${a.service}`)}
                        <small>{sayCode('casePage', `service_${a.service}`)}</small>
                      </th>
                      <td data-label={heads[1]}>{a.institution ? a.institution[language] : '–'}</td>
                      <td data-label={heads[2]} className="nowrap">
                        {a.due ? longDate(a.due, now) : '–'}
                      </td>
                      <td data-label={heads[3]}>
                        {a.costLek === null ? '–' : t('casePage', 'lek', { sum: number(a.costLek) })}
                        {a.funding && <small>{t('casePage', `funding_${a.funding}`)}</small>}
                      </td>
                      <td data-label={heads[4]}>
                        <ActionState action={a} running={planRuns(view)} />
                        {may(view, 'set_action_status') && a.status !== 'dropped' && (
                          <button
                            type="button"
                            className="link action-edit"
                            onClick={() => onAct('action_status', a.id)}
                          >
                            {t('web', 'edit')}
                          </button>
                        )}
                        {may(view, 'change_action') && (
                          <button
                            type="button"
                            className="link action-edit"
                            onClick={() => onAct('change_action', a.id)}
                          >
                            {t('web', 'edit')}
                          </button>
                        )}
                        <ActionReferrals
                          caseId={view.id}
                          action={a}
                          offer={refers && a.status !== 'done' && a.status !== 'dropped'}
                        />
                      </td>
                    </tr>
                  ))}
                </Fragment>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
