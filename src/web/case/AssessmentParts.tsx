import { Field, RadioField, TextArea } from '#web/design/Field.tsx'
import { useWords } from '#web/design/words.tsx'
import type { Writing } from './AssessmentPage.tsx'

type Change = (change: Partial<Writing>) => void

/** When the child was last seen with one's own eyes: a fact of the case, whatever the form. */
export function Seen({
  kept,
  error,
  onChange,
}: {
  kept: Writing
  error: string | undefined
  onChange: Change
}) {
  const t = useWords()
  return (
    <section className="sheet">
      <div className="sheet-body stack">
        <Field
          label={t('casePage', 'child_seen_at')}
          hint={t('casePage', 'child_seen_hint')}
          id="f-childSeenAt"
          error={error}
        >
          {(c) => (
            <input
              {...c}
              type="datetime-local"
              data-short=""
              value={kept.seenAt}
              onChange={(e) => onChange({ seenAt: e.target.value })}
            />
          )}
        </Field>
      </div>
    </section>
  )
}

/** The level of risk is the worker's to decide: no score sets it. */
export function Decision({
  kept,
  faultOf,
  onChange,
}: {
  kept: Writing
  faultOf: (key: string) => string | undefined
  onChange: Change
}) {
  const t = useWords()
  return (
    <>
      <div>
        <h2>{t('casePage', 'you_decide')}</h2>
        <p className="note quiet">{t('casePage', 'risk_more')}</p>
      </div>
      <RadioField
        id="f-risk"
        label={t('casePage', 'risk')}
        error={faultOf('risk')}
        value={kept.risk}
        onValue={(risk) => onChange({ risk })}
        options={(['immediate', 'high', 'medium', 'low'] as const).map((value) => ({
          value,
          label: t('web', `risk_long_${value}`),
        }))}
      />
      <TextArea
        id="f-riskReason"
        label={t('casePage', 'risk_reason')}
        hint={t('casePage', 'risk_reason_hint')}
        error={faultOf('riskReason')}
        value={kept.riskReason}
        onValue={(riskReason) => onChange({ riskReason })}
      />
    </>
  )
}
