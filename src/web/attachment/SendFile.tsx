import { useEffect, useRef, useState } from 'react'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { ServerProblem } from '#web/client/problem.ts'
import { Button } from '#web/design/Button.tsx'
import { Callout } from '#web/design/Chip.tsx'
import { CheckOne, TextField } from '#web/design/Field.tsx'
import { toast } from '#web/design/Toast.tsx'
import { number } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import { fingerprint, giveUp, sendFile } from './upload.ts'

export const megabytes = (bytes: number): string => number(Math.max(0.1, bytes / 1_000_000), 1)

const accept =
  'image/jpeg,image/png,image/webp,application/pdf,.docx,.xlsx,.odt,audio/mpeg,audio/mp4,audio/ogg,video/mp4,video/webm'

const sameFile = (one: File | undefined, other: File): boolean =>
  one?.name === other.name && one.size === other.size && one.lastModified === other.lastModified

/** One file on its way into the case: chosen, named, sent, paused, taken up again, examined. */
export function SendFile({
  caseId,
  unfinished,
  onClose,
}: {
  caseId: string
  /** An upload to go on with: the same file is chosen again. */
  unfinished?: { readonly id: string; readonly size: number } | undefined
  onClose: () => void
}) {
  const t = useWords()
  const input = useRef<HTMLInputElement>(null)
  const running = useRef<AbortController>(null)
  const [file, setFile] = useState<File>()
  const [title, setTitle] = useState('')
  const [sensitive, setSensitive] = useState(false)
  const [upload, setUpload] = useState(unfinished?.id)
  const [state, setState] = useState<{
    step: 'ready' | 'sending' | 'paused'
    received: number
    lost: boolean
  }>({
    step: 'ready',
    received: 0,
    lost: false,
  })
  const [fault, setFault] = useState<unknown>(null)
  const [other, setOther] = useState(false)
  const attach = useCommand({
    onDone: () => {
      toast(t('attachmentPage', 'done'))
      onClose()
    },
  })
  // Whoever leaves the page stops sending; what arrived waits for seven days.
  useEffect(() => () => running.current?.abort(), [])

  /** Another file is sent from its beginning, and what was said of the one before is not said of it. */
  const choose = (chosen: File): void => {
    setFile(chosen)
    setFault(null)
    setOther(false)
    attach.reset()
    setState({ step: 'ready', received: 0, lost: false })
    if (unfinished === undefined && upload !== undefined && !sameFile(file, chosen)) {
      setUpload(undefined)
      void giveUp(caseId, upload).catch(() => undefined)
    }
  }
  const send = async (chosen: File): Promise<void> => {
    setFault(null)
    setOther(false)
    attach.reset()
    if (unfinished !== undefined && unfinished.size !== chosen.size) {
      setOther(true)
      return
    }
    const control = new AbortController()
    running.current = control
    setState({ step: 'sending', received: 0, lost: false })
    try {
      const id = await sendFile(caseId, chosen, {
        known: upload,
        signal: control.signal,
        onBegun: setUpload,
        onProgress: ({ received, lost }) => setState({ step: 'sending', received, lost }),
      })
      const sha256 = await fingerprint(chosen)
      attach.mutate({
        type: 'case.attach',
        recordId: caseId,
        body: { attachmentId: id, title, sensitive, ...(sha256 === null ? {} : { sha256 }) },
      })
    } catch (error) {
      if (control.signal.aborted) setState((now) => ({ ...now, step: 'paused', lost: false }))
      else {
        setFault(error)
        // A file that is not taken is not gone on with; a server that could not answer may be asked again.
        const refused = error instanceof ServerProblem && error.problem.status < 500
        setState((now) => ({ ...now, step: refused ? 'ready' : 'paused', lost: false }))
      }
    }
  }
  const stop = async (): Promise<void> => {
    running.current?.abort()
    if (upload !== undefined) await giveUp(caseId, upload).catch(() => undefined)
    onClose()
  }
  const percent = file === undefined ? 0 : Math.floor((100 * state.received) / file.size)
  const busy = state.step === 'sending' && !attach.isError
  return (
    <form
      className="sheet-body stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (file === undefined) input.current?.click()
        else if (!busy) void send(file)
      }}
    >
      <input
        ref={input}
        type="file"
        accept={accept}
        hidden
        aria-label={t('attachmentPage', 'add')}
        onChange={(event) => {
          const chosen = event.target.files?.[0]
          if (chosen !== undefined) choose(chosen)
        }}
      />
      <div className="row">
        <Button
          icon="file-text"
          onClick={() => input.current?.click()}
          {...(busy ? { unavailable: '' } : {})}
        >
          {t('attachmentPage', file === undefined ? 'add' : 'choose_again')}
        </Button>
        {file !== undefined && (
          <span>
            {file.name}{' '}
            <span className="quiet">{t('attachmentPage', 'chosen', { size: megabytes(file.size) })}</span>
          </span>
        )}
      </div>
      <p className="note quiet">{t('attachmentPage', 'add_hint')}</p>
      <TextField
        id="file-title"
        label={t('attachmentPage', 'name')}
        hint={t('attachmentPage', 'name_hint')}
        value={title}
        maxLength={200}
        onValue={setTitle}
      />
      <CheckOne
        label={t('attachmentPage', 'sensitive')}
        note={t('attachmentPage', 'sensitive_hint')}
        checked={sensitive}
        onChecked={setSensitive}
      />
      {file !== undefined && state.step !== 'ready' && (
        <div className="file-progress">
          <progress max={file.size} value={state.received} aria-label={t('attachmentPage', 'title')} />
          <p role="status">
            {attach.isPending
              ? t('attachmentPage', 'examining')
              : t('attachmentPage', 'sending', { percent })}
          </p>
        </div>
      )}
      {state.lost && (
        <Callout tone="soon" icon="cloud-slash">
          {t('attachmentPage', 'lost')}
        </Callout>
      )}
      {other && <p role="alert">{t('attachmentPage', 'other_file')}</p>}
      <CommandFault error={fault ?? attach.error} />
      <div className="row">
        {busy ? (
          <Button icon="pause" onClick={() => running.current?.abort()}>
            {t('attachmentPage', 'stop')}
          </Button>
        ) : (
          <Button
            kind="primary"
            type="submit"
            {...(file === undefined || title.trim() === ''
              ? { unavailable: t('attachmentPage', 'name') }
              : {})}
          >
            {t('attachmentPage', state.step === 'paused' || unfinished !== undefined ? 'go_on' : 'send')}
          </Button>
        )}
        <Button kind="quiet" onClick={() => void stop()}>
          {t('attachmentPage', 'give_up')}
        </Button>
      </div>
    </form>
  )
}
