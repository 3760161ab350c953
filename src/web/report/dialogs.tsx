import { useState } from 'react'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { faultAt, faultsOf } from '#web/client/problem.ts'
import { Dialog } from '#web/design/Dialog.tsx'
import { RadioField, TextArea } from '#web/design/Field.tsx'
import { toast } from '#web/design/Toast.tsx'
import { useWords } from '#web/design/words.tsx'
import type { ReportView } from './ReportPage.tsx'

interface Props {
  report: ReportView
  onClose: () => void
}

/** Adds a passage to a report; nothing that stands there is changed. */
export function AddDialog({ report, onClose }: Props) {
  const t = useWords()
  const [text, setText] = useState('')
  const add = useCommand({
    onDone: () => {
      toast(t('reportPage', 'added'))
      onClose()
    },
  })
  return (
    <Dialog
      title={t('reportPage', 'add_title')}
      onClose={onClose}
      action={t('web', 'save')}
      busy={add.isPending}
      onSubmit={() => add.mutate({ type: 'report.add', recordId: report.id, body: { text } })}
    >
      <CommandFault error={add.error} />
      <TextArea
        id="f-text"
        label={t('reportPage', 'add_label')}
        value={text}
        onValue={setText}
        error={faultAt(faultsOf(add.error), 'text')}
      />
    </Dialog>
  )
}

export function ProtectDialog({ report, onClose }: Props) {
  const t = useWords()
  const protect = useCommand({ onDone: onClose })
  return (
    <Dialog
      title={t('reportPage', 'protect_title')}
      onClose={onClose}
      action={t('reportPage', 'protect_action')}
      kind="danger"
      busy={protect.isPending}
      onSubmit={() => protect.mutate({ type: 'report.immediate_protection', recordId: report.id, body: {} })}
    >
      <CommandFault error={protect.error} />
      <p>{t('reportPage', 'protect_more')}</p>
    </Dialog>
  )
}

/** A child is never screened out by one person: the second answers here, with equal choices. */
export function SecondPersonDialog({ report, onClose }: Props) {
  const t = useWords()
  const [agree, setAgree] = useState('')
  const [reason, setReason] = useState('')
  const confirm = useCommand({ onDone: onClose })
  return (
    <Dialog
      title={t('reportPage', 'confirm_title')}
      onClose={onClose}
      action={t('reportPage', 'confirm_send')}
      busy={confirm.isPending}
      unavailable={agree === '' ? t('web', 'choose') : undefined}
      onSubmit={() =>
        confirm.mutate({
          type: 'report.confirm_screen_out',
          recordId: report.id,
          baseVersion: report.version,
          body: { agree: agree === 'yes', ...(reason.trim() ? { reason } : {}) },
        })
      }
    >
      <CommandFault error={confirm.error} />
      <p>{t('reportPage', 'confirm_more')}</p>
      <RadioField
        label={t('reportPage', 'decision')}
        value={agree}
        onValue={setAgree}
        options={[
          { value: 'yes', label: t('reportPage', 'confirm_yes') },
          { value: 'no', label: t('reportPage', 'confirm_no') },
        ]}
      />
      <TextArea
        id="f-reason"
        label={t('reportPage', 'reason')}
        value={reason}
        onValue={setReason}
        error={faultAt(faultsOf(confirm.error), 'reason')}
      />
    </Dialog>
  )
}

export function TakeUpDialog({ report, onClose }: Props) {
  const t = useWords()
  const again = useCommand({ onDone: onClose })
  return (
    <Dialog
      title={t('reportPage', 'take_up_title')}
      onClose={onClose}
      action={t('reportPage', 'take_up')}
      busy={again.isPending}
      onSubmit={() =>
        again.mutate({
          type: 'report.take_up_again',
          recordId: report.id,
          baseVersion: report.version,
          body: {},
        })
      }
    >
      <CommandFault error={again.error} />
      <p>{t('reportPage', 'take_up_more')}</p>
    </Dialog>
  )
}
