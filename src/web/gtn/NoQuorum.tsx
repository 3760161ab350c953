import { useState } from 'react'
import type { Making } from '#web/case/dialogs/context.ts'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { faultsOf } from '#web/client/problem.ts'
import { Dialog } from '#web/design/Dialog.tsx'
import { toast } from '#web/design/Toast.tsx'
import { Fields } from '#web/form/Fields.tsx'
import { bodyOf, type FieldSpec, type Values } from '#web/form/spec.ts'
import type { Conferences } from '#wire/case.ts'
import { attendanceOf, Members, membersOf } from './Members.tsx'

/** Too few came: absences stand and the group is called again. */
export function NoQuorumDialog({
  making,
  call,
  onClose,
}: {
  making: Making
  call: NonNullable<Conferences['call']>
  onClose: () => void
}) {
  const { t, view } = making
  const [values, setValues] = useState<Values>({ heldOn: making.today })
  const [members, setMembers] = useState(() => membersOf(call))
  const send = useCommand({
    onDone: () => {
      toast(t('casePage', 'saved'))
      onClose()
    },
  })
  const fields: FieldSpec[] = [
    { name: 'heldOn', kind: 'day', label: t('web', 'date') },
    { name: 'remark', kind: 'area', optional: true, label: t('casePage', 'remark') },
  ]
  const act = () =>
    send.mutate({
      type: 'case.miss_quorum',
      recordId: view.id,
      baseVersion: view.version,
      body: { ...bodyOf(fields, values), conferenceId: call.id, attendance: attendanceOf(members) },
    })
  return (
    <Dialog
      wide
      title={t('gtnPage', 'no_quorum_title')}
      action={t('web', 'save')}
      busy={send.isPending}
      onSubmit={act}
      onClose={onClose}
    >
      <p>{t('gtnPage', 'no_quorum_more')}</p>
      <CommandFault error={send.error} onInsist={act} />
      <Members making={making} members={members} onChange={setMembers} />
      <Fields
        fields={fields}
        values={values}
        faults={faultsOf(send.error)}
        onChange={(name, value) => setValues({ ...values, [name]: value })}
      />
    </Dialog>
  )
}
