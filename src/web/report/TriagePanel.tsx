import { useState } from 'react'
import type { z } from 'zod'
import { useGet } from '#web/client/api.ts'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { faultAt, faultsOf } from '#web/client/problem.ts'
import { useUser } from '#web/client/session.ts'
import { Button } from '#web/design/Button.tsx'
import { CheckOne, RadioField, SelectField, TextArea } from '#web/design/Field.tsx'
import { toast } from '#web/design/Toast.tsx'
import { useLanguage, useWords } from '#web/design/words.tsx'
import type { ListInstitutions } from '#wire/referral.ts'
import type { ReportView } from './ReportPage.tsx'

const all = ['accept', 'refer_on', 'info_only', 'screen_out'] as const
type Decision = (typeof all)[number]
const immediacies = ['immediate', 'high', 'ordinary'] as const
type Units = z.output<typeof ListInstitutions.reply>['items']

/** The decision on a report. Nothing is chosen beforehand, and likeness to a known child only advises. */
export function TriagePanel({
  report,
  attach,
  unanswered,
}: {
  report: ReportView
  attach: Readonly<Record<string, string>>
  /** Of a child that resembles one of the unit's own nobody has said whether it is the same: a second case would begin unseen. */
  unanswered: boolean
}) {
  const t = useWords()
  const user = useUser()
  const { language } = useLanguage()
  // A national line passes on; the unit accepts.
  const decisions = all.filter((one) => one !== 'accept' || user.role !== 'hotline')
  const [decision, setDecision] = useState<Decision | ''>('')
  const [immediacy, setImmediacy] = useState<string>('')
  const [checked, setChecked] = useState(false)
  const [reason, setReason] = useState('')
  const [toUnitId, setToUnit] = useState('')
  const units = useGet<{ items: Units }>(
    '/api/institutions',
    { kind: 'cpu_intake' },
    { enabled: decision === 'refer_on' },
  )
  const triage = useCommand({ onDone: () => toast(t('reportPage', 'triaged')) })
  const faults = faultsOf(triage.error)
  const send = () => {
    if (decision === '') return
    triage.mutate({
      type: 'report.triage',
      recordId: report.id,
      baseVersion: report.version,
      body: {
        decision,
        immediacy: immediacy || report.immediacy,
        duplicatesChecked: checked,
        ...(reason.trim() ? { reason } : {}),
        ...(decision === 'refer_on' && toUnitId ? { toUnitId } : {}),
        ...(decision === 'accept'
          ? {
              managerId: user.id,
              attach: Object.entries(attach)
                .filter(([, personId]) => personId && personId !== 'new')
                .map(([childId, personId]) => ({ childId, personId })),
            }
          : {}),
      },
    })
  }
  return (
    <form
      className="sheet triage"
      onSubmit={(e) => {
        e.preventDefault()
        send()
      }}
    >
      <div className="sheet-body stack">
        <div>
          <h2>{t('reportPage', 'you_decide')}</h2>
          <p className="note quiet">{t('reportPage', 'you_decide_more')}</p>
        </div>
        <CommandFault error={triage.error} onInsist={send} />
        <RadioField
          id="f-immediacy"
          label={t('reportPage', 'immediacy')}
          options={immediacies.map((value) => ({ value, label: t('reportPage', `immediacy_${value}`) }))}
          value={immediacy}
          onValue={setImmediacy}
          error={faultAt(faults, 'immediacy')}
        />
        <RadioField
          id="f-decision"
          label={t('reportPage', 'decision')}
          options={decisions.map((value) => ({
            value,
            label: t('reportPage', `decision_${value}`),
            note: decision === value ? t('reportPage', `decision_${value}_more`) : undefined,
          }))}
          value={decision}
          onValue={(v) => setDecision(v as Decision)}
          error={faultAt(faults, 'decision')}
        />
        {decision === 'refer_on' && (
          <SelectField
            id="f-toUnitId"
            label={t('reportPage', 'to_unit')}
            value={toUnitId}
            onValue={setToUnit}
            error={faultAt(faults, 'toUnitId')}
            options={(units.data?.items ?? [])
              .filter((u) => u.id !== report.unitId)
              .map((u) => ({ value: u.id, label: language === 'sq' ? u.nameSq : u.nameEn }))}
          />
        )}
        {decision !== '' && decision !== 'accept' && (
          <TextArea
            id="f-reason"
            label={t('reportPage', 'reason')}
            hint={t('reportPage', 'reason_hint')}
            value={reason}
            onValue={setReason}
            error={faultAt(faults, 'reason')}
          />
        )}
        <CheckOne label={t('reportPage', 'checked')} checked={checked} onChecked={setChecked} />
        <Button
          type="submit"
          kind="primary"
          wide
          busy={triage.isPending}
          unavailable={
            decision === '' || immediacy === ''
              ? t('reportPage', 'choose_decision')
              : decision === 'accept' && unanswered
                ? t('reportPage', 'duplicates_answer')
                : undefined
          }
        >
          {decision === '' ? t('reportPage', 'decide') : t('reportPage', `send_${decision}`)}
        </Button>
      </div>
    </form>
  )
}
