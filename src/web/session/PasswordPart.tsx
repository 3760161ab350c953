import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { faultAt, faultsOf } from '#web/client/problem.ts'
import { request } from '#web/client/request.ts'
import { type SessionState, setSession } from '#web/client/session.ts'
import { Button } from '#web/design/Button.tsx'
import { ErrorSummary } from '#web/design/Field.tsx'
import { toast } from '#web/design/Toast.tsx'
import { useWords } from '#web/design/words.tsx'
import { PasswordField } from './PasswordField.tsx'

export function PasswordPart() {
  const t = useWords()
  const queries = useQueryClient()
  const [password, setPassword] = useState('')
  const [newPassword, setNewPassword] = useState('')
  const change = useMutation({
    mutationFn: () =>
      request<SessionState>('/api/session/password', { method: 'POST', body: { password, newPassword } }),
    onSuccess: (state) => {
      setSession(state)
      setPassword('')
      setNewPassword('')
      toast(t('account', 'password_changed'))
      void queries.invalidateQueries({ queryKey: ['/api/sessions'] })
    },
  })
  const faults = faultsOf(change.error)
  return (
    <section className="sheet" aria-labelledby="password">
      <div className="sheet-head">
        <h2 id="password">{t('account', 'password')}</h2>
      </div>
      <form
        className="sheet-body stack"
        noValidate
        onSubmit={(e) => {
          e.preventDefault()
          change.mutate()
        }}
      >
        <ErrorSummary faults={faults} />
        <p className="quiet">{t('account', 'password_more')}</p>
        <PasswordField
          id="f-password"
          label={t('account', 'password_now')}
          autoComplete="current-password"
          value={password}
          onValue={setPassword}
          error={faultAt(faults, 'password')}
        />
        <PasswordField
          id="f-newPassword"
          label={t('account', 'password_new')}
          hint={t('account', 'password_hint')}
          autoComplete="new-password"
          value={newPassword}
          onValue={setNewPassword}
          error={faultAt(faults, 'newPassword')}
        />
        <Button type="submit" busy={change.isPending}>
          {t('account', 'change_password')}
        </Button>
      </form>
    </section>
  )
}
