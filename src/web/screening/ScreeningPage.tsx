import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useCase } from '#web/case/types.ts'
import { useGet } from '#web/client/api.ts'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { useDraft } from '#web/client/draft.ts'
import { faultsOf } from '#web/client/problem.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Callout } from '#web/design/Chip.tsx'
import { ErrorSummary, type FaultLine } from '#web/design/Field.tsx'
import { Loading } from '#web/design/States.tsx'
import { toast } from '#web/design/Toast.tsx'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import { type Answers, bodyOf, missingIn, noAnswers, ScreeningForm } from './Form.tsx'
import type { Sets } from './types.ts'

/** Initial identification inside a case: the tool counts full elements and advises; the person decides. */
export default function ScreeningPage() {
  const t = useWords()
  const { language } = useLanguage()
  const { id, set: code } = useParams({ from: '/inside/cases/$id/screening/$set' })
  const navigate = useNavigate()
  const read = useCase(id)
  const sets = useGet<{ items: Sets }>('/api/screening-sets')
  const [recordId] = useState(uuidv7)
  const draft = useDraft<Answers & { recordId: string }>(`screening.record.${code}:${id}`, {
    ...noAnswers,
    recordId,
  })
  const [missing, setMissing] = useState<readonly FaultLine[]>([])
  const send = useCommand({
    onDone: async () => {
      await draft.clear()
      toast(t('screeningPage', 'done'))
      await navigate({ to: '/cases/$id', params: { id }, search: { tab: 'screening' } })
    },
  })
  if (read.isLoadingError) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const set = sets.data?.items.find((s) => s.code === code)
  if (!read.data || !draft.ready || !set) return <Loading />
  const view = read.data
  const kept = draft.value
  const act = () => {
    const wanted = missingIn(set, kept, t)
    setMissing(wanted)
    if (wanted.length > 0) return
    send.mutate({
      type: 'screening.record',
      recordId: kept.recordId,
      body: { ...bodyOf(set, kept), caseId: id, setting: 'case' },
    })
  }
  return (
    <div className="view stack">
      <div>
        <p className="crumbs">
          <Link to="/cases" activeOptions={{ exact: true }}>
            {t('casePage', 'title')}
          </Link>{' '}
          /{' '}
          <Link to="/cases/$id" params={{ id }} activeOptions={{ exact: true }}>
            {view.code}
          </Link>{' '}
          / {t('screeningPage', 'title')}
        </p>
        <h1>
          {set[language]}
          {view.child && `: ${view.child}`}
        </h1>
        <p className="lede">{t('screeningPage', 'lede', { version: set.version })}</p>
      </div>
      <Callout tone="plain">{t('screeningPage', 'child_rule')}</Callout>
      {set.status === 'unverified' && (
        <Callout>
          <details>
            <summary>{t('screeningPage', 'unverified')}</summary>
            <p className="note">{set.source}</p>
          </details>
        </Callout>
      )}
      {missing.length > 0 ? <ErrorSummary faults={missing} /> : <CommandFault error={send.error} />}
      <ScreeningForm
        set={set}
        kept={kept}
        onKeep={(change) => draft.set((now) => ({ ...now, ...change(now) }))}
        faults={[...missing, ...faultsOf(send.error)]}
        busy={send.isPending}
        onDecide={act}
      />
    </div>
  )
}
