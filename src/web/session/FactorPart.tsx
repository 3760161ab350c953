import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { faultAt, faultsOf } from '#web/client/problem.ts'
import { request } from '#web/client/request.ts'
import { type SessionState, setSession, useUser } from '#web/client/session.ts'
import { readSession } from '#web/client/sign-in.ts'
import { Button } from '#web/design/Button.tsx'
import { Dialog } from '#web/design/Dialog.tsx'
import { ErrorSummary, TextField } from '#web/design/Field.tsx'
import { useWords } from '#web/design/words.tsx'
import { PasswordField } from './PasswordField.tsx'
import { QrCode } from './QrCode.tsx'

function Codes({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const t = useWords()
  return (
    <Dialog title={t('account', 'codes_title')} onClose={onClose} leave={t('web', 'codes_kept')}>
      <p>{t('account', 'codes_more')}</p>
      <ul className="codes" translate="no">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <Button icon="copy" onClick={() => void navigator.clipboard.writeText(codes.join('\n'))}>
        {t('web', 'copy')}
      </Button>
    </Dialog>
  )
}

/** Password, then the key for the new phone, then its first code; the recovery codes come last. */
function EnrolDialog({
  onDone,
  onClose,
}: {
  onDone: (codes: readonly string[]) => void
  onClose: () => void
}) {
  const t = useWords()
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const begin = useMutation({
    mutationFn: () =>
      request<{ secret: string; uri: string }>('/api/session/totp/enrol', {
        method: 'POST',
        body: { password },
      }),
  })
  const confirm = useMutation({
    mutationFn: () =>
      request<{ codes: readonly string[]; session: SessionState }>('/api/session/totp/confirm', {
        method: 'POST',
        body: { code: code.replaceAll(/\s/g, '') },
        open: true,
      }),
    onSuccess: ({ codes, session }) => {
      setSession(session)
      onDone(codes)
    },
  })
  const faults = faultsOf(begin.data ? confirm.error : begin.error)
  return (
    <Dialog
      title={t('account', 'replace')}
      onClose={onClose}
      action={t('web', 'continue_you')}
      busy={begin.isPending || confirm.isPending}
      onSubmit={() => (begin.data ? confirm.mutate() : begin.mutate())}
    >
      <ErrorSummary faults={faults} />
      {begin.data ? (
        <>
          <p>
            {t('account', 'key')}
            <br />
            <QrCode text={begin.data.uri} />
            <br />
            <code className="secret" translate="no">
              {begin.data.secret.replaceAll(/(.{4})/g, '$1 ').trim()}
            </code>
            <br />
            <a href={begin.data.uri}>{t('web', 'enrol_open')}</a>
          </p>
          <TextField
            id="f-code"
            label={t('account', 'code')}
            value={code}
            onValue={setCode}
            inputMode="numeric"
            autoComplete="one-time-code"
            error={faultAt(faults, 'code')}
          />
        </>
      ) : (
        <PasswordField
          id="f-password"
          label={t('account', 'confirm_password')}
          autoComplete="current-password"
          value={password}
          onValue={setPassword}
          error={faultAt(faults, 'password')}
        />
      )}
    </Dialog>
  )
}

function RenewDialog({
  onDone,
  onClose,
}: {
  onDone: (codes: readonly string[]) => void
  onClose: () => void
}) {
  const t = useWords()
  const [password, setPassword] = useState('')
  const renew = useMutation({
    mutationFn: () =>
      request<{ codes: readonly string[] }>('/api/session/recovery-codes', {
        method: 'POST',
        body: { password },
      }),
    onSuccess: ({ codes }) => {
      void readSession()
      onDone(codes)
    },
  })
  const faults = faultsOf(renew.error)
  return (
    <Dialog
      title={t('account', 'new_codes')}
      onClose={onClose}
      action={t('web', 'continue_you')}
      busy={renew.isPending}
      onSubmit={() => renew.mutate()}
    >
      <ErrorSummary faults={faults} />
      <p>{t('account', 'new_codes_more')}</p>
      <PasswordField
        id="f-password"
        label={t('account', 'confirm_password')}
        autoComplete="current-password"
        value={password}
        onValue={setPassword}
        error={faultAt(faults, 'password')}
      />
    </Dialog>
  )
}

export function FactorPart() {
  const t = useWords()
  const { secondFactor, recoveryCodesLeft } = useUser()
  const [open, setOpen] = useState<'enrol' | 'renew' | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const done = (made: readonly string[]) => {
    setOpen(null)
    setCodes(made)
  }
  return (
    <section className="sheet" aria-labelledby="factor">
      <div className="sheet-head">
        <h2 id="factor">{t('account', 'second_factor')}</h2>
      </div>
      <div className="sheet-body stack">
        <p>{t('account', secondFactor ? 'factor_on' : 'factor_off')}</p>
        {secondFactor && <p className="quiet">{t('account', 'codes_left', { count: recoveryCodesLeft })}</p>}
        <div className="row">
          <Button onClick={() => setOpen('enrol')}>
            {t('account', secondFactor ? 'replace' : 'set_up')}
          </Button>
          {secondFactor && <Button onClick={() => setOpen('renew')}>{t('account', 'new_codes')}</Button>}
        </div>
      </div>
      {open === 'enrol' && <EnrolDialog onDone={done} onClose={() => setOpen(null)} />}
      {open === 'renew' && <RenewDialog onDone={done} onClose={() => setOpen(null)} />}
      {codes && <Codes codes={codes} onClose={() => setCodes(null)} />}
    </section>
  )
}
