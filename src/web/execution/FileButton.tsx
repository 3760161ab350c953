import { useRef, useState } from 'react'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { Button } from '#web/design/Button.tsx'
import { toast } from '#web/design/Toast.tsx'
import { useWords } from '#web/design/words.tsx'

/** Largest file, as the server takes it (bytes). */
const most = 700_000

const base64 = async (file: File): Promise<string> => {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let text = ''
  for (let at = 0; at < bytes.length; at += 32_768)
    text += String.fromCharCode(...bytes.subarray(at, at + 32_768))
  return btoa(text)
}

/** Chooses one file and sends it to the deliverable; what it is, the server tells from its bytes. */
export function FileButton({
  activity,
  deliverable,
  of,
}: {
  activity: string
  deliverable: string
  of: string
}) {
  const t = useWords()
  const input = useRef<HTMLInputElement>(null)
  const [fault, setFault] = useState<string>()
  const send = useCommand({ onDone: () => toast(t('execution', 'file_added')) })
  const chosen = async (file: File | undefined) => {
    setFault(undefined)
    if (file === undefined) return
    if (file.size > most) return setFault(t('execution', 'file_too_big'))
    send.mutate({
      type: 'activity.file_deliverable',
      recordId: activity,
      body: { deliverable, name: file.name.slice(0, 200), content: await base64(file) },
    })
  }
  return (
    <>
      <input
        ref={input}
        type="file"
        accept="application/pdf,image/png,image/jpeg"
        hidden
        aria-label={`${t('execution', 'add_file')} ${of}`}
        onChange={(event) => {
          void chosen(event.target.files?.[0])
          event.target.value = ''
        }}
      />
      <Button size="table" icon="plus" busy={send.isPending} onClick={() => input.current?.click()}>
        {t('execution', 'add_file')}
        <span className="only-heard"> {of}</span>
      </Button>
      <small className="quiet">{t('execution', 'file_hint')}</small>
      {fault && <p role="alert">{fault}</p>}
      <CommandFault error={send.error} />
    </>
  )
}
