import { Button } from '#web/design/Button.tsx'
import { Callout, Chip, Restricted, RiskBars } from '#web/design/Chip.tsx'
import { useNow } from '#web/design/now.ts'
import { longDate } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import type { AssistanceView } from '#wire/assistance.ts'
import type { Dialog } from './forms.ts'
import { word } from './words.ts'

/** Whether the person is safe to live outside or to leave: the newest assessment, the plan that rests on it, until when it holds. */
export function SafetyPart({ view, onAct }: { view: AssistanceView; onAct: (dialog: Dialog) => void }) {
  const t = useWords()
  const now = useNow()
  const { plan, unsafe } = view
  const [risk] = view.risks
  return (
    <section className="sheet" aria-labelledby="assistance-safety">
      <div className="sheet-head">
        <h2 id="assistance-safety">{word(t, 'safety')}</h2>
        <Chip kind={view.inShelter ? 'going' : 'near'}>
          {word(t, view.inShelter ? 'in_shelter' : 'in_community')}
        </Chip>
      </div>
      <div className="sheet-body stack">
        {unsafe !== null ? (
          <Callout tone="soon" icon="warning.fill">
            {unsafe}
          </Callout>
        ) : (
          plan !== null && (
            <p>
              <Chip kind="done">
                {t('assistancePage', 'safety_ready', { day: longDate(plan.reviewOn, now) })}
              </Chip>
            </p>
          )
        )}
        {risk === undefined ? (
          <p className="quiet">{word(t, 'risk_none')}</p>
        ) : (
          <div className="stack">
            <div className="spread">
              <h3>{t('assistancePage', 'risk_of', { day: longDate(risk.on, now) })}</h3>
              <RiskBars level={risk.level} />
            </div>
            <p className="note quiet">{risk.by}</p>
            {risk.dangers === null ? (
              <Restricted>{word(t, 'hidden')}</Restricted>
            ) : (
              <>
                <p>
                  {risk.dangers.map((one) => word(t, `danger_${one}`)).join(' · ')}
                  {risk.living !== null && ` · ${word(t, 'living')}: ${word(t, `living_${risk.living}`)}`}
                </p>
                <p className="narrative">{risk.words}</p>
              </>
            )}
          </div>
        )}
        {plan !== null && (
          <div className="stack">
            <h3>{t('assistancePage', 'plan_of', { day: longDate(plan.on, now) })}</h3>
            {plan.measures === null ? (
              <Restricted>{word(t, 'hidden')}</Restricted>
            ) : (
              <dl className="pairs">
                <div>
                  <dt>{word(t, 'plan_measures')}</dt>
                  <dd className="narrative">{plan.measures}</dd>
                </div>
                <div>
                  <dt>{word(t, 'plan_contact')}</dt>
                  <dd className="narrative">{plan.contact}</dd>
                </div>
                <div>
                  <dt>{word(t, 'plan_police')}</dt>
                  <dd>{t('web', plan.police === true ? 'yes' : 'no')}</dd>
                </div>
                <div>
                  <dt>{word(t, 'plan_review')}</dt>
                  <dd>{longDate(plan.reviewOn, now)}</dd>
                </div>
              </dl>
            )}
          </div>
        )}
        {view.mayWrite && (
          <p className="row no-print">
            <Button onClick={() => onAct({ act: 'risk' })}>{word(t, 'risk_assess')}</Button>
            {risk !== undefined && (
              <Button kind={unsafe === null ? 'secondary' : 'primary'} onClick={() => onAct({ act: 'plan' })}>
                {word(t, plan === null ? 'plan_make' : 'plan_again')}
              </Button>
            )}
          </p>
        )}
      </div>
    </section>
  )
}
