import { Link } from '@tanstack/react-router'
import { useGet } from '#web/client/api.ts'
import { Callout } from '#web/design/Chip.tsx'
import { useWords } from '#web/design/words.tsx'
import type { NrmListRow } from './types.ts'

/** From a child's case to its file of the trafficking track, and to the earlier ones. */
export default function CaseNrm({ caseId }: { caseId: string }) {
  const t = useWords()
  const read = useGet<{ items: readonly NrmListRow[] }>('/api/nrm', { caseId })
  return (
    <>
      {(read.data?.items ?? []).map((one) => (
        <Callout key={one.id} tone="plain" icon="identification-card">
          <Link to="/nrm/$id" params={{ id: one.id }}>
            {t('nrmPage', 'to_file', { code: one.code })}
          </Link>{' '}
          · {t('nrmPage', one.lowered ? 'status_lowered' : `status_${one.status}`)}
          <p className="note quiet">{t('nrmPage', 'to_file_more')}</p>
        </Callout>
      ))}
    </>
  )
}
