import { useState } from 'react'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { useDraft } from '#web/client/draft.ts'
import { faultAt, faultsOf } from '#web/client/problem.ts'
import { Dialog } from '#web/design/Dialog.tsx'
import { CheckField, ErrorSummary, type FaultLine } from '#web/design/Field.tsx'
import { toast } from '#web/design/Toast.tsx'
import { useWords } from '#web/design/words.tsx'
import { Fields } from '#web/form/Fields.tsx'
import { bodyOf, type FieldSpec, unanswered, type Values } from '#web/form/spec.ts'
import { gtnChoices } from '#web/gtn/forms.ts'
import { attendanceOf, type Member, Members, membersOf } from '#web/gtn/Members.tsx'
import { Resolutions, type Resolved } from '#web/gtn/Resolutions.tsx'
import type { Conferences } from '#wire/case.ts'
import { choices, type Making } from './context.ts'

interface Kept {
  answers: Values
  members: readonly Member[]
  resolutions: readonly Resolved[]
}
const whys = [
  'unsafe',
  'untraceable',
  'no_interpreter',
  'short_notice',
  'conflict_of_interest',
  'other',
] as const
const taking = ['took_part', 'was_heard', 'not_invited', 'refused', 'too_young'] as const

/** Minutes of a case conference: who came, who did not and why, what was decided. */
export function ConferenceDialog({
  making,
  call = null,
  onClose,
}: {
  making: Making
  /** The meeting that was called; its members stand in the list. */
  call?: Conferences['call']
  onClose: () => void
}) {
  const { view, t } = making
  const say = useWords()
  const draft = useDraft<Kept>(`case.hold_conference:${view.id}`, {
    answers: { heldOn: making.today, decisions: [], sensitive: 'no' },
    members: membersOf(call),
    resolutions: [],
  })
  const [missing, setMissing] = useState<readonly FaultLine[]>([])
  const send = useCommand({
    onDone: async () => {
      await draft.clear()
      toast(t('casePage', 'saved'))
      onClose()
    },
  })
  const { answers, members, resolutions = [] } = draft.value
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
      name: 'childWhyNot',
      kind: 'select',
      label: t('gtnPage', 'child_why_not'),
      options: gtnChoices(t, 'not', whys),
      when: (v) => v.childPart === 'not_invited',
    },
    {
      name: 'familyPart',
      kind: 'radio',
      label: t('casePage', 'family_part'),
      options: choices(t, 'part', taking.slice(0, 4)),
    },
    {
      name: 'familyWhyNot',
      kind: 'select',
      label: t('gtnPage', 'family_why_not'),
      options: gtnChoices(t, 'not', whys),
      when: (v) => v.familyPart === 'not_invited',
    },
    { name: 'minutes', kind: 'area', label: t('casePage', 'minutes') },
    { name: 'childWords', kind: 'area', optional: true, label: t('casePage', 'child_words') },
    {
      name: 'sensitive',
      kind: 'radio',
      label: t('gtnPage', 'sealed'),
      hint: t('gtnPage', 'sealed_hint'),
      options: gtnChoices(t, 'sealed', ['no', 'yes']),
    },
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
        conferenceId: call?.id ?? null,
        sensitive: answers.sensitive === 'yes',
        attendance: attendanceOf(members),
        resolutions: resolutions
          .filter((r) => r.text.trim() !== '')
          .map(({ key: _, goalId, costLek, funding, ...r }) => ({
            ...r,
            goalId: goalId || null,
            costLek: costLek.trim() === '' ? null : Number(costLek.replaceAll(/\D/g, '')),
            funding: funding || null,
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
      <Members making={making} members={members} onChange={(next) => draft.set({ members: next })} />
      <CheckField
        id="f-decisions"
        label={t('casePage', 'decided')}
        options={decisions}
        values={chosen}
        onValues={(v) => set('decisions', v)}
        error={faultAt(faults, 'decisions')}
      />
      <Resolutions
        making={making}
        resolutions={resolutions}
        faults={faults}
        onChange={(next) => draft.set({ resolutions: next })}
      />
      <Fields fields={after} values={answers} faults={faults} onChange={set} />
    </Dialog>
  )
}
