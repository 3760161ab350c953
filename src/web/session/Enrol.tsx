import { useEffect, useState } from 'react'
import { sentenceOf } from '#web/client/problem.ts'
import { request } from '#web/client/request.ts'
import { type SessionState, setSession } from '#web/client/session.ts'
import { Button } from '#web/design/Button.tsx'
import { TextField } from '#web/design/Field.tsx'
import { Loading } from '#web/design/States.tsx'
import { useWords } from '#web/design/words.tsx'
import { QrCode } from './QrCode.tsx'

interface Enrolment {
  secret: string
  uri: string
}
interface Confirmed {
  codes: readonly string[]
  session: SessionState
}

/** Setting up the second factor: the key for the app, the first code, then recovery codes shown once. */
export default function Enrol({ onDone }: { onDone: (state: SessionState) => void }) {
  const t = useWords()
  const [given, setGiven] = useState<Enrolment>()
  const [made, setMade] = useState<Confirmed>()
  const [code, setCode] = useState('')
  const [fault, setFault] = useState<string>()
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    request<Enrolment>('/api/session/totp/enrol', { method: 'POST', body: {}, open: true })
      .then(setGiven)
      .catch((error) => setFault(sentenceOf(error)))
  }, [])
  if (made)
    return (
      <div className="stack">
        <h1>{t('web', 'recovery_codes')}</h1>
        <p className="lede">{t('web', 'recovery_codes_keep')}</p>
        <ul className="codes" translate="no">
          {made.codes.map((c) => (
            <li key={c}>
              <code>{c}</code>
            </li>
          ))}
        </ul>
        <div className="row">
          <Button icon="copy" onClick={() => void navigator.clipboard.writeText(made.codes.join('\n'))}>
            {t('web', 'copy')}
          </Button>
          <Button
            kind="primary"
            onClick={() => {
              setSession(made.session)
              onDone(made.session)
            }}
          >
            {t('web', 'codes_kept')}
          </Button>
        </div>
      </div>
    )
  return (
    <form
      className="stack"
      onSubmit={async (e) => {
        e.preventDefault()
        setBusy(true)
        setFault(undefined)
        try {
          setMade(
            await request<Confirmed>('/api/session/totp/confirm', {
              method: 'POST',
              body: { code: code.replaceAll(/\s/g, '') },
              open: true,
            }),
          )
        } catch (error) {
          setFault(sentenceOf(error))
        } finally {
          setBusy(false)
        }
      }}
    >
      <div>
        <h1>{t('web', 'enrol_title')}</h1>
        <p className="lede">{t('web', 'enrol_hint')}</p>
      </div>
      {given ? (
        <p>
          <QrCode text={given.uri} />
          <br />
          <code className="secret" translate="no">
            {given.secret.replaceAll(/(.{4})/g, '$1 ').trim()}
          </code>
          <br />
          <a href={given.uri}>{t('web', 'enrol_open')}</a>
        </p>
      ) : (
        !fault && <Loading />
      )}
      <TextField
        id="f-code"
        label={t('web', 'code')}
        error={fault}
        value={code}
        onValue={setCode}
        inputMode="numeric"
        autoComplete="one-time-code"
        required
      />
      <Button type="submit" kind="primary" wide busy={busy}>
        {t('web', 'continue_you')}
      </Button>
    </form>
  )
}
