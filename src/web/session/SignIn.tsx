import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { ServerProblem, sentenceOf } from '#web/client/problem.ts'
import { type SessionState, useSession } from '#web/client/session.ts'
import { giveCode, giveRecoveryCode, signIn, signOut } from '#web/client/sign-in.ts'
import { Button } from '#web/design/Button.tsx'
import { Field, TextField } from '#web/design/Field.tsx'
import { Icon, Mark } from '#web/design/Icon.tsx'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { languageIsKept } from '#web/early/language.ts'
import { homeOf } from '#web/shell/navigation.ts'
import './sign-in.css'

const Outline = lazy(() => import('#web/national/Outline.tsx'))
const Enrol = lazy(() => import('./Enrol.tsx'))
const SetUp = lazy(() => import('./SetUp.tsx'))

function Password({
  value,
  onValue,
  error,
}: {
  value: string
  onValue: (v: string) => void
  error: string | undefined
}) {
  const t = useWords()
  const [shown, setShown] = useState(false)
  return (
    <Field label={t('web', 'password')} error={error} id="f-password">
      {(c) => (
        <span className="with-button">
          <input
            {...c}
            type={shown ? 'text' : 'password'}
            name="password"
            autoComplete="current-password"
            required
            value={value}
            onChange={(e) => onValue(e.target.value)}
          />
          <button type="button" className="link" aria-pressed={shown} onClick={() => setShown(!shown)}>
            {t('web', shown ? 'hide' : 'show')}
          </button>
        </span>
      )}
    </Field>
  )
}

/** Sign-in in two steps: name and password, then the code where the role needs it. Paste is allowed everywhere. */
export default function SignIn() {
  const t = useWords()
  const { language, choose } = useLanguage()
  const { stage, demo } = useSession()
  const { back } = useSearch({ strict: false })
  const navigate = useNavigate()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [recovery, setRecovery] = useState(false)
  const [first, setFirst] = useState(false)
  const [fault, setFault] = useState<string>()
  const [busy, setBusy] = useState(false)

  const enter = async (state: SessionState) => {
    if (state.stage === 'full' && state.user) {
      choose(languageIsKept() ? language : state.user.language)
      await navigate({ to: back?.startsWith('/') ? back : homeOf(state.user.role), replace: true })
    }
  }
  const act = async (what: () => Promise<SessionState>) => {
    setBusy(true)
    setFault(undefined)
    try {
      await enter(await what())
    } catch (error) {
      const wait = error instanceof ServerProblem ? error.retryAfter : null
      setFault(wait ? t('web', 'too_many', { count: Math.ceil(wait / 60) }) : sentenceOf(error))
      setCode('')
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="sign-in">
      <div className="sign-in-side">
        <header className="spread">
          <span className="brand">
            <Mark />
            <span>Mburoja</span>
          </span>
          <span className="row">
            {(['sq', 'en'] as const).map((l) => {
              const name = l === 'sq' ? 'Shqip' : 'English'
              return l === language ? (
                <b key={l} aria-current="true">
                  {name}
                </b>
              ) : (
                <button key={l} type="button" className="link" lang={l} onClick={() => choose(l)}>
                  {name}
                </button>
              )
            })}
          </span>
        </header>
        <main id="content" className="stack" tabIndex={-1}>
          {stage === 'enrol' ? (
            <Suspense>
              <Enrol onDone={enter} />
            </Suspense>
          ) : stage === 'none' && first ? (
            <Suspense>
              <SetUp onDone={enter} onBack={() => setFirst(false)} />
            </Suspense>
          ) : stage === 'totp' ? (
            <form
              className="stack"
              onSubmit={(e) => {
                e.preventDefault()
                void act(() => (recovery ? giveRecoveryCode : giveCode)(code.replaceAll(/\s/g, '')))
              }}
            >
              <div>
                <h1>{t('web', recovery ? 'recovery_title' : 'code_title')}</h1>
                <p className="lede">{t('web', recovery ? 'recovery_hint' : 'code_hint')}</p>
              </div>
              <TextField
                key={String(recovery)}
                id="f-code"
                label={t('web', recovery ? 'recovery_code' : 'code')}
                error={fault}
                value={code}
                onValue={setCode}
                inputMode={recovery ? 'text' : 'numeric'}
                autoComplete="one-time-code"
                autoCapitalize="characters"
                spellCheck={false}
                required
              />
              <Button type="submit" kind="primary" wide busy={busy}>
                {t('web', 'continue_you')}
              </Button>
              <p>
                <button type="button" className="link" onClick={() => setRecovery(!recovery)}>
                  {t('web', recovery ? 'use_code' : 'use_recovery')}
                </button>
              </p>
              <p>
                <button type="button" className="link" onClick={() => void signOut()}>
                  {t('web', 'other_account')}
                </button>
              </p>
            </form>
          ) : (
            <form
              className="stack"
              onSubmit={(e) => {
                e.preventDefault()
                void act(() => signIn(login, password))
              }}
            >
              <div>
                <h1>{t('web', 'sign_in_title')}</h1>
                <p className="lede">{t('web', 'sign_in_lede')}</p>
              </div>
              <TextField
                id="f-login"
                label={t('web', 'login')}
                value={login}
                onValue={setLogin}
                name="username"
                autoComplete="username"
                autoCapitalize="none"
                spellCheck={false}
                required
              />
              <Password value={password} onValue={setPassword} error={fault} />
              <Button type="submit" kind="primary" wide busy={busy}>
                {t('web', 'sign_in')}
              </Button>
              <p>
                <button type="button" className="link" onClick={() => setFirst(true)}>
                  {t('account', 'first_time')}
                </button>
              </p>
              <details>
                <summary className="link">{t('web', 'cannot_sign_in')}</summary>
                <p className="note">{t('web', 'cannot_sign_in_more')}</p>
              </details>
            </form>
          )}
          {demo && (
            <p className="callout" data-tone="soon">
              <Icon name="flask" />
              <span>{t('web', 'demo_sign_in')}</span>
            </p>
          )}
        </main>
        <footer className="note quiet">
          {t('web', 'child_in_danger')} <b>112</b>, <b>116 111</b> {t('web', 'or')}{' '}
          <a href={language === 'sq' ? '/' : '/en'}>{t('web', 'report_without_account')}</a>.
        </footer>
      </div>
      <div className="sign-in-map" aria-hidden="true">
        <Suspense>
          <Outline />
        </Suspense>
      </div>
    </div>
  )
}
