import { useState } from 'react'
import { roles } from '#domain/core.ts'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { faultAt, faultsOf } from '#web/client/problem.ts'
import { Button } from '#web/design/Button.tsx'
import { Dialog } from '#web/design/Dialog.tsx'
import { ErrorSummary, SelectField, TextArea, TextField } from '#web/design/Field.tsx'
import { toast } from '#web/design/Toast.tsx'
import { useWords } from '#web/design/words.tsx'
import { SetupCodeShown, useSetupCode } from './SetupCode.tsx'
import { UnitPicker } from './UnitPicker.tsx'
import type { UserRow } from './UsersPart.tsx'

type Step = 'change' | 'close' | 'reset'

/** Name, role and unit; closing and opening; forgetting how somebody signs in. */
export function ChangeUserDialog({ user, onClose }: { user: UserRow; onClose: () => void }) {
  const t = useWords()
  const [step, setStep] = useState<Step>('change')
  const [displayName, setDisplayName] = useState(user.displayName)
  const [role, setRole] = useState<string>(user.role)
  const [unitId, setUnitId] = useState('')
  const [reason, setReason] = useState('')
  const code = useSetupCode()
  const save = useCommand({
    onDone: () => {
      toast(t('admin', 'saved'))
      onClose()
    },
  })
  const reset = useCommand({ onDone: () => code.mutate(user.id) })
  const change = (body: object) =>
    save.mutate({ type: 'admin.change_user', recordId: user.id, baseVersion: user.version, body })
  const faults = faultsOf(save.error ?? reset.error)
  const at = (field: string) => faultAt(faults, field) ?? faultAt(faults, `body.${field}`)

  if (code.data)
    return (
      <Dialog title={t('admin', 'setup_code')} onClose={onClose}>
        <SetupCodeShown made={code.data} />
      </Dialog>
    )
  if (step !== 'change')
    return (
      <Dialog
        title={t('admin', step === 'close' ? 'close_account' : 'reset')}
        onClose={onClose}
        kind="danger"
        action={t('admin', step === 'close' ? 'close_account' : 'reset')}
        busy={save.isPending || reset.isPending}
        onSubmit={() =>
          step === 'close'
            ? change({ active: false, ...(reason.trim() === '' ? {} : { reason }) })
            : reset.mutate({ type: 'admin.reset_credentials', recordId: user.id, body: { reason } })
        }
      >
        <CommandFault error={save.error ?? reset.error} />
        <p>{t('admin', step === 'close' ? 'close_account_more' : 'reset_more')}</p>
        <TextArea
          id="f-reason"
          label={t('admin', 'reason')}
          hint={t('admin', 'reason_hint')}
          value={reason}
          onValue={setReason}
          error={at('reason')}
        />
      </Dialog>
    )
  return (
    <Dialog
      title={user.displayName}
      onClose={onClose}
      action={t('web', 'save')}
      busy={save.isPending}
      onSubmit={() =>
        change({
          ...(displayName === user.displayName ? {} : { displayName }),
          ...(role === user.role ? {} : { role }),
          ...(unitId === '' ? {} : { unitId }),
        })
      }
    >
      <CommandFault error={save.error} />
      <ErrorSummary faults={faultsOf(code.error)} />
      <TextField
        id="f-displayName"
        label={t('admin', 'display_name')}
        value={displayName}
        onValue={setDisplayName}
        error={at('displayName')}
      />
      <SelectField
        id="f-role"
        label={t('admin', 'role')}
        options={roles.map((one) => ({ value: one, label: t('web', `role_${one}`) }))}
        value={role}
        onValue={setRole}
        error={at('role')}
      />
      <UnitPicker value={unitId} onValue={setUnitId} error={at('unitId')} />
      <div className="row">
        {!user.hasPassword && user.active && (
          <Button busy={code.isPending} onClick={() => code.mutate(user.id)}>
            {t('admin', 'setup_code_make')}
          </Button>
        )}
        {user.hasPassword && <Button onClick={() => setStep('reset')}>{t('admin', 'reset')}</Button>}
        {user.active ? (
          <Button onClick={() => setStep('close')}>{t('admin', 'close_account')}</Button>
        ) : (
          <Button onClick={() => change({ active: true })}>{t('admin', 'open_account')}</Button>
        )}
      </div>
    </Dialog>
  )
}
