import { useState } from 'react'
import { roles } from '#domain/core.ts'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { faultAt, faultsOf } from '#web/client/problem.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Dialog } from '#web/design/Dialog.tsx'
import { ErrorSummary, RadioField, SelectField, TextField } from '#web/design/Field.tsx'
import { useWords } from '#web/design/words.tsx'
import { SetupCodeShown, useSetupCode } from './SetupCode.tsx'
import { UnitPicker } from './UnitPicker.tsx'

/** A new account; afterwards the code to hand over. */
export function AddUserDialog({ onClose }: { onClose: () => void }) {
  const t = useWords()
  const [id] = useState(uuidv7)
  const [login, setLogin] = useState('')
  const [displayName, setDisplayName] = useState('')
  const [role, setRole] = useState('')
  const [unitId, setUnitId] = useState('')
  const [language, setLanguage] = useState('sq')
  const code = useSetupCode()
  const add = useCommand({ onDone: () => code.mutate(id) })
  const faults = faultsOf(add.error)
  const at = (field: string) => faultAt(faults, field) ?? faultAt(faults, `body.${field}`)
  if (add.data)
    return (
      <Dialog title={t('admin', 'setup_code')} onClose={onClose}>
        <ErrorSummary faults={faultsOf(code.error)} />
        {code.data && <SetupCodeShown made={code.data} />}
      </Dialog>
    )
  return (
    <Dialog
      title={t('admin', 'add_user')}
      onClose={onClose}
      action={t('admin', 'add_user')}
      busy={add.isPending}
      onSubmit={() =>
        add.mutate({
          type: 'admin.add_user',
          recordId: id,
          body: { login, displayName, role, unitId, language },
        })
      }
    >
      <CommandFault error={add.error} />
      <TextField
        id="f-displayName"
        label={t('admin', 'display_name')}
        value={displayName}
        onValue={setDisplayName}
        error={at('displayName')}
      />
      <TextField
        id="f-login"
        label={t('admin', 'login')}
        hint={t('admin', 'login_hint')}
        value={login}
        onValue={setLogin}
        autoCapitalize="none"
        spellCheck={false}
        error={at('login')}
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
      <RadioField
        label={t('admin', 'language')}
        inline
        options={[
          { value: 'sq', label: 'Shqip' },
          { value: 'en', label: 'English' },
        ]}
        value={language}
        onValue={setLanguage}
      />
    </Dialog>
  )
}
