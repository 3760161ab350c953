import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { faultAt, faultsOf, sentenceOf } from '#web/client/problem.ts'
import { useUser } from '#web/client/session.ts'
import { Button } from '#web/design/Button.tsx'
import { Callout } from '#web/design/Chip.tsx'
import { TextField } from '#web/design/Field.tsx'
import { useNow } from '#web/design/now.ts'
import { toast } from '#web/design/Toast.tsx'
import { clockTime, nearDate } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import type { NoticeSettings } from '#wire/notice.ts'
import { canPush, subscribe } from './browser-push.ts'

/** Where mail goes: given, confirmed by the code that came, removed. */
export function AddressPart({ address, on }: { address: NoticeSettings['address']; on: boolean }) {
  const t = useWords()
  const now = useNow()
  const { id } = useUser()
  const [written, setWritten] = useState('')
  const [code, setCode] = useState('')
  const ask = useCommand({
    onDone: () => {
      setWritten('')
      toast(t('noticePage', 'code_sent'))
    },
  })
  const [wrong, setWrong] = useState(false)
  const confirm = useCommand({
    onDone: ({ reply }) => {
      setCode('')
      setWrong(reply.confirmed !== true)
      if (reply.confirmed === true) toast(t('noticePage', 'confirmed'))
    },
  })
  const forget = useCommand({ onDone: () => toast(t('noticePage', 'forgotten')) })
  const trial = useCommand({ onDone: () => toast(t('noticePage', 'tried')) })
  const waits = address?.asked != null && address.codeUntil !== null && address.codeUntil > now
  const confirmed = address?.confirmedAt != null
  return (
    <section className="sheet" aria-labelledby="mail">
      <div className="sheet-head">
        <h2 id="mail">{t('noticePage', 'mail')}</h2>
      </div>
      <div className="sheet-body stack">
        {!on && <Callout tone="plain">{t('noticePage', 'mail_off')}</Callout>}
        {confirmed && address !== null && (
          <>
            <p>{t('noticePage', 'mail_is', { address: address.address })}</p>
            <p className="row">
              {on && (
                <Button
                  size="table"
                  busy={trial.isPending}
                  onClick={() =>
                    trial.mutate({ type: 'notice.try', recordId: id, body: { channel: 'mail' } })
                  }
                >
                  {t('noticePage', 'try')}
                </Button>
              )}
              <Button
                size="table"
                busy={forget.isPending}
                onClick={() => forget.mutate({ type: 'notice.address_forget', recordId: id, body: {} })}
              >
                {t('noticePage', 'forget')}
              </Button>
            </p>
          </>
        )}
        {!confirmed && !waits && on && <p className="quiet">{t('noticePage', 'mail_none')}</p>}
        {waits && address?.asked != null && address.codeUntil !== null && (
          <form
            className="notice-line"
            onSubmit={(e) => {
              e.preventDefault()
              confirm.mutate({ type: 'notice.address_confirm', recordId: id, body: { code } })
            }}
          >
            <TextField
              label={t('noticePage', 'code')}
              hint={t('noticePage', 'mail_asked', {
                address: address.asked,
                until: clockTime(address.codeUntil),
              })}
              inputMode="numeric"
              autoComplete="one-time-code"
              short
              value={code}
              onValue={setCode}
              error={wrong ? t('noticePage', 'code_wrong') : faultAt(faultsOf(confirm.error), 'code')}
            />
            <Button type="submit" kind="primary" busy={confirm.isPending}>
              {t('noticePage', 'confirm')}
            </Button>
          </form>
        )}
        {on && (
          <form
            className="notice-line"
            onSubmit={(e) => {
              e.preventDefault()
              ask.mutate({ type: 'notice.address_set', recordId: id, body: { address: written } })
            }}
          >
            <TextField
              label={t('noticePage', confirmed || waits ? 'change_address' : 'address')}
              hint={t('noticePage', 'address_hint')}
              type="email"
              autoComplete="email"
              value={written}
              onValue={setWritten}
              error={faultAt(faultsOf(ask.error), 'address')}
            />
            <Button type="submit" busy={ask.isPending}>
              {t('noticePage', 'send_code')}
            </Button>
          </form>
        )}
        <CommandFault error={trial.error ?? forget.error} />
      </div>
    </section>
  )
}

/** Browsers that are pushed to; this one can be added where it is able to. */
export function DevicesPart({
  devices,
  on,
  pushKey,
}: {
  devices: NoticeSettings['devices']
  on: boolean
  pushKey: string | null
}) {
  const t = useWords()
  const now = useNow()
  const { id } = useUser()
  const queries = useQueryClient()
  const end = useCommand({ onDone: () => toast(t('noticePage', 'device_ended')) })
  const trial = useCommand({ onDone: () => toast(t('noticePage', 'tried')) })
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string>()
  const begin = async () => {
    if (pushKey === null) return
    setBusy(true)
    setFault(undefined)
    try {
      const said = await subscribe(pushKey)
      if (said === 'on') toast(t('noticePage', 'push_on'))
      else setFault(t('noticePage', said === 'denied' ? 'push_denied' : 'push_fault'))
      await queries.invalidateQueries({ queryKey: ['/api/notices/settings'] })
    } catch (error) {
      setFault(sentenceOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <section className="sheet" aria-labelledby="push">
      <div className="sheet-head">
        <h2 id="push">{t('noticePage', 'push')}</h2>
      </div>
      <div className="sheet-body stack">
        {!on && <Callout tone="plain">{t('noticePage', 'push_off')}</Callout>}
        {on && !canPush() && <Callout tone="plain">{t('noticePage', 'push_not_here')}</Callout>}
        {devices.length === 0 ? (
          on && <p className="quiet">{t('noticePage', 'push_none')}</p>
        ) : (
          <ul className="notice-devices">
            {devices.map((one) => (
              <li key={one.id}>
                <span>
                  <b>{one.agent}</b>{' '}
                  <span className="quiet">
                    {t('noticePage', 'device_since', { date: nearDate(one.madeAt, now) })}
                  </span>
                </span>
                <Button
                  size="table"
                  busy={end.isPending && end.variables?.recordId === one.id}
                  onClick={() => end.mutate({ type: 'notice.device_end', recordId: one.id, body: {} })}
                >
                  {t('noticePage', 'device_end')}
                  <span className="only-heard"> {one.agent}</span>
                </Button>
              </li>
            ))}
          </ul>
        )}
        {on && canPush() && (
          <p className="row">
            <Button icon="device-mobile" busy={busy} onClick={() => void begin()}>
              {t('noticePage', 'push_here')}
            </Button>
            {devices.length > 0 && (
              <Button
                busy={trial.isPending}
                onClick={() => trial.mutate({ type: 'notice.try', recordId: id, body: { channel: 'push' } })}
              >
                {t('noticePage', 'try')}
              </Button>
            )}
            <span className="note quiet">{t('noticePage', 'push_more')}</span>
          </p>
        )}
        {fault !== undefined && <p role="alert">{fault}</p>}
        <CommandFault error={end.error ?? trial.error} />
      </div>
    </section>
  )
}
