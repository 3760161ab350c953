import { useState } from 'react'
import { useGet } from '#web/client/api.ts'
import { Button } from '#web/design/Button.tsx'
import { Empty, Loading } from '#web/design/States.tsx'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import type { NrmTabProps } from '#web/nrm/types.ts'
import { FailedPart } from '#web/shell/Failed.tsx'
import { callForm } from './forms.ts'
import { InterviewPart } from './InterviewPart.tsx'
import type { NrmInterviews } from './types.ts'

/** Formal identification of one file: called, held, concluded; the newest interview first. */
export default function InterviewTab({ nrm }: NrmTabProps) {
  const t = useWords()
  const sq = useLanguage().language === 'sq'
  const [form, setForm] = useState<CommandForm>()
  const read = useGet<NrmInterviews>(`/api/nrm/${nrm.id}/interviews`)
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const { items, call } = read.data
  return (
    <div className="stack">
      {call !== null && (
        <p className="row no-print">
          <Button kind="primary" icon="users-three" onClick={() => setForm(callForm(t, sq, nrm.id, call))}>
            {t('interviewPage', 'act_call')}
          </Button>
        </p>
      )}
      {items.length === 0 && <Empty icon="chats" title={t('interviewPage', 'none_of_file')} />}
      {items.map((one) => (
        <InterviewPart
          key={one.id}
          id={one.id}
          heading={(view) => <h2>{t('interviewPage', 'number', { n: view.number })}</h2>}
        />
      ))}
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </div>
  )
}
