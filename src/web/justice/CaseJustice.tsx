import { useGet } from '#web/client/api.ts'
import { useWords } from '#web/design/words.tsx'
import type { FileProceedings } from '#wire/justice.ts'
import { JusticeOf } from './JusticeTab.tsx'

/** Criminal proceedings in which the child of this case is a victim; nothing at all where there is none. */
export default function CaseJustice({ caseId }: { caseId: string }) {
  const t = useWords()
  const { data } = useGet<FileProceedings>('/api/proceedings-of', { caseId })
  if (data === undefined || data.items.length + data.orders.length === 0) return null
  return (
    <section className="stack" aria-labelledby="proceedings">
      <h2 id="proceedings">{t('justicePage', 'title')}</h2>
      <JusticeOf caseId={caseId} />
    </section>
  )
}
