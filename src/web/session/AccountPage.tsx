import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useGet } from '#web/client/api.ts'
import { faultAt, faultsOf, sentenceOf } from '#web/client/problem.ts'
import { request } from '#web/client/request.ts'
import { type SessionState, setSession, useSession, useUser } from '#web/client/session.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { Dialog } from '#web/design/Dialog.tsx'
import { CheckField, ErrorSummary, TextField } from '#web/design/Field.tsx'
import { useNow } from '#web/design/now.ts'
import { Empty, Loading } from '#web/design/States.tsx'
import { toast } from '#web/design/Toast.tsx'
import { longDate, nearDate } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import type { SessionList, TokenList } from '#wire/session.ts'
import '../case/case.css'

const Enrol = lazy(() => import('./Enrol.tsx'))
const scopes = ['read', 'write', 'statistics', 'export'] as const

/** One small form behind a password: state, fault and sending, the same for each. */
function useSend<T>(onDone: (reply: T) => void) {
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const send = async (path: string, method: 'POST' | 'DELETE', body?: unknown) => {
    setBusy(true)
    setError(undefined)
    try {
      const reply = await request<T>(path, { method, ...(body === undefined ? {} : { body }) })
      await queries.invalidateQueries()
      onDone(reply)
    } catch (failed) {
      setError(failed)
    } finally {
      setBusy(false)
    }
  }
  return { send, busy, error, faults: faultsOf(error) }
}

function Sessions() {
  const t = useWords()
  const now = useNow()
  const read = useGet<SessionList>('/api/sessions')
  const end = useSend(() => toast(t('accountPage', 'ended')))
  return (
    <section className="sheet" aria-labelledby="sessions">
      <div className="sheet-head">
        <h2 id="sessions">{t('accountPage', 'sessions')}</h2>
        <span className="push">
          <Button kind="quiet" busy={end.busy} onClick={() => void end.send('/api/sessions', 'DELETE')}>
            {t('accountPage', 'end_others')}
          </Button>
        </span>
      </div>
      {read.isPending && <Loading />}
      {read.data?.items.map((s) => (
        <div key={s.id} className="item">
          <div>
            <b>{s.agent}</b>
            <p className="note quiet">
              {t('accountPage', 'last_seen', { when: nearDate(s.lastSeenAt, now) })} ·{' '}
              {t('accountPage', 'since', { when: nearDate(s.createdAt, now) })}
            </p>
          </div>
          {s.current ? (
            <Chip kind="going">{t('accountPage', 'this_one')}</Chip>
          ) : (
            <Button
              size="table"
              kind="danger"
              onClick={() => void end.send(`/api/sessions/${s.id}`, 'DELETE')}
            >
              {t('accountPage', 'end')}
            </Button>
          )}
        </div>
      ))}
    </section>
  )
}

function PasswordPart() {
  const t = useWords()
  const [password, setPassword] = useState('')
  const [newPassword, setNew] = useState('')
  const change = useSend<SessionState>((state) => {
    setSession(state)
    setPassword('')
    setNew('')
    toast(t('accountPage', 'password_changed'))
  })
  return (
    <section className="sheet" aria-labelledby="password">
      <div className="sheet-head">
        <h2 id="password">{t('accountPage', 'password')}</h2>
      </div>
      <form
        className="sheet-body stack"
        onSubmit={(e) => {
          e.preventDefault()
          void change.send('/api/session/password', 'POST', { password, newPassword })
        }}
      >
        <ErrorSummary faults={change.faults} />
        <TextField
          id="f-password"
          label={t('accountPage', 'password_now')}
          type="password"
          autoComplete="current-password"
          value={password}
          onValue={setPassword}
          error={faultAt(change.faults, 'password')}
          required
        />
        <TextField
          id="f-newPassword"
          label={t('accountPage', 'password_new')}
          hint={t('accountPage', 'password_hint')}
          type="password"
          autoComplete="new-password"
          value={newPassword}
          onValue={setNew}
          error={faultAt(change.faults, 'newPassword')}
          required
        />
        <Button type="submit" busy={change.busy}>
          {t('accountPage', 'password_change')}
        </Button>
      </form>
    </section>
  )
}

function SecondFactor() {
  const t = useWords()
  const user = useUser()
  const { demo } = useSession()
  const [setting, setSetting] = useState(false)
  const [asking, setAsking] = useState(false)
  const [password, setPassword] = useState('')
  const [codes, setCodes] = useState<readonly string[]>()
  const renew = useSend<{ codes: readonly string[] }>((reply) => {
    setCodes(reply.codes)
    setAsking(false)
    setPassword('')
  })
  return (
    <section className="sheet" aria-labelledby="second">
      <div className="sheet-head">
        <h2 id="second">{t('accountPage', 'second')}</h2>
      </div>
      <div className="sheet-body stack">
        <p>
          {user.secondFactor
            ? t('accountPage', 'second_on', { count: user.recoveryCodesLeft })
            : t('accountPage', demo ? 'second_demo' : 'second_off')}
        </p>
        {codes && (
          <div>
            <p>
              <b>{t('web', 'recovery_codes_keep')}</b>
            </p>
            <ul className="codes" translate="no">
              {codes.map((c) => (
                <li key={c}>
                  <code>{c}</code>
                </li>
              ))}
            </ul>
          </div>
        )}
        <div className="row">
          <Button onClick={() => setSetting(true)}>
            {t('accountPage', user.secondFactor ? 'second_again' : 'second_set')}
          </Button>
          {user.secondFactor && (
            <Button onClick={() => setAsking(true)}>{t('accountPage', 'codes_new')}</Button>
          )}
        </div>
        {setting && (
          <Suspense fallback={<Loading />}>
            <Enrol onDone={() => setSetting(false)} asksPassword />
          </Suspense>
        )}
      </div>
      {asking && (
        <Dialog
          title={t('accountPage', 'codes_new')}
          onClose={() => setAsking(false)}
          action={t('accountPage', 'codes_new')}
          busy={renew.busy}
          onSubmit={() => void renew.send('/api/session/recovery-codes', 'POST', { password })}
        >
          <p>{t('accountPage', 'codes_new_more')}</p>
          <TextField
            label={t('web', 'password')}
            type="password"
            autoComplete="current-password"
            value={password}
            onValue={setPassword}
            error={renew.error ? sentenceOf(renew.error) : undefined}
          />
        </Dialog>
      )}
    </section>
  )
}

function Tokens() {
  const t = useWords()
  const now = useNow()
  const read = useGet<TokenList>('/api/tokens')
  const [making, setMaking] = useState(false)
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [wanted, setWanted] = useState<readonly string[]>(['read'])
  const [made, setMade] = useState<string>()
  const make = useSend<{ token: string }>((reply) => {
    setMade(reply.token)
    setMaking(false)
    setPassword('')
    setName('')
  })
  const end = useSend(() => toast(t('accountPage', 'token_ended')))
  return (
    <section className="sheet" aria-labelledby="tokens">
      <div className="sheet-head">
        <h2 id="tokens">{t('accountPage', 'tokens')}</h2>
        <span className="push">
          <Button kind="quiet" icon="plus.bold" onClick={() => setMaking(true)}>
            {t('accountPage', 'token_new')}
          </Button>
        </span>
      </div>
      {made && (
        <div className="sheet-body">
          <p>
            <b>{t('accountPage', 'token_once')}</b>
          </p>
          <code className="secret" translate="no">
            {made}
          </code>
        </div>
      )}
      {read.data?.items.length === 0 && !made && <Empty icon="key" title={t('accountPage', 'tokens_none')} />}
      {read.data?.items.map((k) => (
        <div key={k.id} className="item">
          <div>
            <b>{k.name}</b>
            <p className="note quiet">
              {k.scopes.join(', ')} · {t('web', 'by_when', { when: longDate(k.expiresAt, now) })}
              {k.lastUsedAt && ` · ${t('accountPage', 'last_seen', { when: nearDate(k.lastUsedAt, now) })}`}
            </p>
          </div>
          <Button size="table" kind="danger" onClick={() => void end.send(`/api/tokens/${k.id}`, 'DELETE')}>
            {t('accountPage', 'end')}
          </Button>
        </div>
      ))}
      {making && (
        <Dialog
          title={t('accountPage', 'token_new')}
          onClose={() => setMaking(false)}
          action={t('web', 'add')}
          busy={make.busy}
          onSubmit={() => void make.send('/api/tokens', 'POST', { name, scopes: wanted, password })}
        >
          <ErrorSummary faults={make.faults} />
          <TextField
            id="f-name"
            label={t('accountPage', 'token_name')}
            value={name}
            onValue={setName}
            error={faultAt(make.faults, 'name')}
          />
          <CheckField
            id="f-scopes"
            label={t('accountPage', 'token_scopes')}
            values={wanted}
            onValues={setWanted}
            options={scopes.map((value) => ({ value, label: t('accountPage', `scope_${value}`) }))}
            error={faultAt(make.faults, 'scopes')}
          />
          <TextField
            id="f-password"
            label={t('web', 'password')}
            type="password"
            autoComplete="current-password"
            value={password}
            onValue={setPassword}
            error={faultAt(make.faults, 'password')}
          />
        </Dialog>
      )}
    </section>
  )
}

/** One's own account: where one is signed in, password, second factor, tokens for programs. */
export default function AccountPage() {
  const t = useWords()
  const user = useUser()
  return (
    <div className="view stack account">
      <div>
        <h1>{t('web', 'nav_account')}</h1>
        <p className="lede">
          {user.name} · {user.login}
        </p>
      </div>
      <Sessions />
      <PasswordPart />
      <SecondFactor />
      <Tokens />
    </div>
  )
}
