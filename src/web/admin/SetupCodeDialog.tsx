import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { sentenceOf } from '#web/client/problem.ts'
import { request } from '#web/client/request.ts'
import { Dialog } from '#web/design/Dialog.tsx'
import { exactTime } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'

/** A code shown once, handed over in person; with it the account sets its first password. */
export function SetupCodeDialog({ id, name, onClose }: { id: string; name: string; onClose: () => void }) {
  const t = useWords()
  const queries = useQueryClient()
  const [made, setMade] = useState<{ login: string; code: string; expiresAt: string }>()
  const [fault, setFault] = useState<string>()
  const [busy, setBusy] = useState(false)
  const make = async () => {
    setBusy(true)
    try {
      setMade(await request(`/api/admin/users/${id}/setup-code`, { method: 'POST', body: {} }))
      void queries.invalidateQueries()
    } catch (error) {
      setFault(sentenceOf(error))
    } finally {
      setBusy(false)
    }
  }
  if (made)
    return (
      <Dialog title={t('adminPage', 'setup_code')} onClose={onClose}>
        <p>{t('adminPage', 'code_once')}</p>
        <p>
          {made.login}
          <br />
          <code className="secret" translate="no">
            {made.code}
          </code>
        </p>
        <p className="note quiet">{t('adminPage', 'code_until', { when: exactTime(made.expiresAt) })}</p>
      </Dialog>
    )
  return (
    <Dialog
      title={t('adminPage', 'code_question', { name })}
      action={t('adminPage', 'setup_code')}
      busy={busy}
      onSubmit={() => void make()}
      onClose={onClose}
    >
      <p>{t('adminPage', 'code_more')}</p>
      {fault && (
        <p className="field-error" role="alert">
          {fault}
        </p>
      )}
    </Dialog>
  )
}
