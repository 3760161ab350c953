import { useState } from 'react'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { useDraft } from '#web/client/draft.ts'
import { faultAt, faultsOf } from '#web/client/problem.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { Dialog } from '#web/design/Dialog.tsx'
import { CheckField, ErrorSummary, type FaultLine, SelectField } from '#web/design/Field.tsx'
import { toast } from '#web/design/Toast.tsx'
import { useWords } from '#web/design/words.tsx'
import { Fields } from '#web/form/Fields.tsx'
import { bodyOf, type FieldSpec, unanswered, type Values } from '#web/form/spec.ts'
import { choices, institutions, type Making } from './context.ts'

interface Member {
  key: string
  institutionId: string
  present: 'yes' | 'no'
  absence: string
}
interface Kept {
  answers: Values
  members: readonly Member[]
}
const emptyMember = (): Member => ({ key: uuidv7(), institutionId: '', present: 'yes', absence: '' })
const taking = ['took_part', 'was_heard', 'not_invited', 'refused', 'too_young'] as const

/** Minutes of a case conference: who came, who did not and why, what was decided. */
export function ConferenceDialog({ making, onClose }: { making: Making; onClose: () => void }) {
  const { view, t } = making
  const say = useWords()
  const draft = useDraft<Kept>(`case.hold_conference:${view.id}`, {
    answers: { heldOn: making.today, decisions: [] },
    members: [emptyMember()],
  })
  const [missing, setMissing] = useState<readonly FaultLine[]>([])
  const send = useCommand({
    onDone: async () => {
      await draft.clear()
      toast(t('casePage', 'saved'))
      onClose()
    },
  })
  const { answers, members } = draft.value
  const setMember = (at: number, change: Partial<Member>) =>
    draft.set({ members: members.map((m, i) => (i === at ? { ...m, ...change } : m)) })
  const fields: FieldSpec[] = [
    { name: 'heldOn', kind: 'day', label: t('web', 'date') },
    { name: 'place', kind: 'text', optional: true, label: t('casePage', 'place') },
  ]
  const after: FieldSpec[] = [
    {
      name: 'childPart',
      kind: 'radio',
      label: t('casePage', 'child_part'),
      options: choices(t, 'part', taking),
    },
    {
      name: 'familyPart',
      kind: 'radio',
      label: t('casePage', 'family_part'),
      options: choices(t, 'part', taking.slice(0, 4)),
    },
    { name: 'minutes', kind: 'area', label: t('casePage', 'minutes') },
    { name: 'childWords', kind: 'area', optional: true, label: t('casePage', 'child_words') },
  ]
  const decisions = choices(t, 'decision', [
    'approve_plan',
    'return_plan',
    'propose_measure',
    'refer',
    'assess_further',
    'other',
  ])
  const chosen = Array.isArray(answers.decisions) ? answers.decisions : []
  const faults = [...missing, ...faultsOf(send.error)]
  const set = (name: string, value: string | readonly string[]) =>
    draft.set({ answers: { ...answers, [name]: value } })
  const act = () => {
    const wanted = unanswered([...fields, ...after], answers).map((f) => ({
      field: `f-${f.name}`,
      message: t('web', 'answer_this', { label: f.label }),
    }))
    if (chosen.length === 0)
      wanted.push({
        field: 'f-decisions',
        message: t('web', 'answer_this', { label: t('casePage', 'decided') }),
      })
    if (members.every((m) => m.institutionId === ''))
      wanted.push({
        field: 'f-attendance',
        message: t('web', 'answer_this', { label: t('casePage', 'members') }),
      })
    setMissing(wanted)
    if (wanted.length > 0) return
    send.mutate({
      type: 'case.hold_conference',
      recordId: view.id,
      baseVersion: view.version,
      body: {
        ...bodyOf([...fields, ...after], answers),
        decisions: chosen,
        attendance: members
          .filter((m) => m.institutionId !== '')
          .map((m) => ({
            institutionId: m.institutionId,
            present: m.present === 'yes',
            absence: m.present === 'yes' ? null : m.absence || 'no_reply',
          })),
      },
    })
  }
  return (
    <Dialog
      wide
      title={t('casePage', 'act_conference')}
      action={say('web', 'save')}
      busy={send.isPending}
      onSubmit={act}
      onClose={onClose}
    >
      {missing.length > 0 ? (
        <ErrorSummary faults={missing} />
      ) : (
        <CommandFault error={send.error} onInsist={act} />
      )}
      <Fields fields={fields} values={answers} faults={faults} onChange={set} />
      <fieldset id="f-attendance" className="stack" tabIndex={-1} data-quiet-focus="">
        <legend className="field-label">{t('casePage', 'members')}</legend>
        {members.map((m, i) => (
          <div className="member-row" key={m.key}>
            <SelectField
              label={t('casePage', 'institution')}
              value={m.institutionId}
              onValue={(v) => setMember(i, { institutionId: v })}
              options={institutions(making)}
            />
            <SelectField
              label={t('casePage', 'came')}
              value={m.present}
              onValue={(v) => setMember(i, { present: v === 'no' ? 'no' : 'yes' })}
              options={[
                { value: 'yes', label: say('web', 'yes') },
                { value: 'no', label: say('web', 'no') },
              ]}
            />
            {m.present === 'no' && (
              <SelectField
                label={t('casePage', 'absence')}
                value={m.absence}
                onValue={(v) => setMember(i, { absence: v })}
                options={choices(t, 'absence', ['no_reply', 'excused', 'not_staffed', 'other'])}
              />
            )}
          </div>
        ))}
        <Button
          icon="plus.bold"
          size="table"
          onClick={() => draft.set({ members: [...members, emptyMember()] })}
        >
          {t('casePage', 'member_add')}
        </Button>
      </fieldset>
      <CheckField
        id="f-decisions"
        label={t('casePage', 'decided')}
        options={decisions}
        values={chosen}
        onValues={(v) => set('decisions', v)}
        error={faultAt(faults, 'decisions')}
      />
      <Fields fields={after} values={answers} faults={faults} onChange={set} />
    </Dialog>
  )
}
