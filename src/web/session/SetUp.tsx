import { useState } from 'react'
import { faultAt, faultsOf } from '#web/client/problem.ts'
import type { SessionState } from '#web/client/session.ts'
import { setUp } from '#web/client/sign-in.ts'
import { Button } from '#web/design/Button.tsx'
import { ErrorSummary, TextField } from '#web/design/Field.tsx'
import { useWords } from '#web/design/words.tsx'
import { PasswordField } from './PasswordField.tsx'

/** The first sign-in: a code from the administrator, and a password of one's own. */
export default function SetUp({
  onDone,
  onBack,
}: {
  onDone: (state: SessionState) => Promise<void>
  onBack: () => void
}) {
  const t = useWords()
  const [login, setLogin] = useState('')
  const [code, setCode] = useState('')
  const [password, setPassword] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const faults = faultsOf(error)
  return (
    <form
      className="stack"
      noValidate
      onSubmit={async (e) => {
        e.preventDefault()
        setBusy(true)
        setError(null)
        try {
          await onDone(await setUp(login, code, password))
        } catch (fault) {
          setError(fault)
        } finally {
          setBusy(false)
        }
      }}
    >
      <div>
        <h1>{t('account', 'setup_title')}</h1>
        <p className="lede">{t('account', 'setup_more')}</p>
      </div>
      <ErrorSummary faults={faults} />
      <TextField
        id="f-login"
        label={t('web', 'login')}
        value={login}
        onValue={setLogin}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        error={faultAt(faults, 'login')}
      />
      <TextField
        id="f-code"
        label={t('account', 'setup_code')}
        value={code}
        onValue={setCode}
        autoComplete="one-time-code"
        autoCapitalize="characters"
        spellCheck={false}
        error={faultAt(faults, 'code')}
      />
      <PasswordField
        id="f-password"
        label={t('account', 'password_new')}
        hint={t('account', 'password_hint')}
        autoComplete="new-password"
        value={password}
        onValue={setPassword}
        error={faultAt(faults, 'password')}
      />
      <Button type="submit" kind="primary" wide busy={busy}>
        {t('web', 'continue_you')}
      </Button>
      <p>
        <button type="button" className="link" onClick={onBack}>
          {t('account', 'setup_back')}
        </button>
      </p>
    </form>
  )
}
