import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { codeOf, sentenceOf } from '#web/client/problem.ts'
import { session, useSession } from '#web/client/session.ts'
import { giveCode, signIn, signOut, unlock } from '#web/client/sign-in.ts'
import { Button } from '#web/design/Button.tsx'
import { TextField } from '#web/design/Field.tsx'
import { useWords } from '#web/design/words.tsx'

/** Covers the page, keeps everything beneath it, and asks for the password of the same person. */
export function LockOverlay() {
  const t = useWords()
  const { user } = useSession()
  const navigate = useNavigate()
  const dialog = useRef<HTMLDialogElement>(null)
  const [login] = useState(user?.login ?? '')
  const [secret, setSecret] = useState('')
  const [step, setStep] = useState<'password' | 'code'>('password')
  const [fault, setFault] = useState<string>()
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    if (dialog.current && !dialog.current.open) dialog.current.showModal()
  }, [])
  const go = async () => {
    setBusy(true)
    setFault(undefined)
    try {
      if (step === 'code') await giveCode(secret)
      else {
        try {
          await unlock(secret)
        } catch (error) {
          // The session itself has ended: sign in afresh under the same name; the page is still here.
          if (codeOf(error) !== 'unauthenticated') throw error
          const state = await signIn(login, secret)
          if (state.stage === 'totp') setStep('code')
        }
      }
      setSecret('')
    } catch (error) {
      setFault(sentenceOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <dialog
      ref={dialog}
      className="dialog lock"
      aria-labelledby="locked"
      onCancel={(e) => e.preventDefault()}
    >
      <form
        className="dialog-in stack"
        onSubmit={(e) => {
          e.preventDefault()
          void go()
        }}
      >
        <h2 id="locked">{t('web', 'locked')}</h2>
        <p>{t('web', 'locked_more', { name: user?.name ?? '' })}</p>
        <input type="text" autoComplete="username" value={login} readOnly hidden />
        <TextField
          key={step}
          label={t('web', step === 'code' ? 'code' : 'password')}
          type={step === 'code' ? 'text' : 'password'}
          inputMode={step === 'code' ? 'numeric' : 'text'}
          autoComplete={step === 'code' ? 'one-time-code' : 'current-password'}
          value={secret}
          onValue={setSecret}
          error={fault}
          id="unlock"
        />
        <div className="dialog-foot">
          <Button type="submit" kind="primary" busy={busy}>
            {t('web', 'continue')}
          </Button>
          <Button
            onClick={async () => {
              await signOut()
              await navigate({
                to: '/sign-in',
                search: { back: session().user ? undefined : location.pathname },
              })
            }}
          >
            {t('web', 'sign_out')}
          </Button>
        </div>
      </form>
    </dialog>
  )
}
