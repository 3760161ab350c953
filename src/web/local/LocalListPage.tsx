import { Navigate } from '@tanstack/react-router'
import { useGet } from '#web/client/api.ts'
import { useUser } from '#web/client/session.ts'
import { Loading } from '#web/design/States.tsx'
import { useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { DataQuality } from '#wire/local.ts'
import { Quality } from './Quality.tsx'
import { Rollup } from './Rollup.tsx'

const own = new Set(['cpw', 'cpu_head', 'municipal_director'])

/** The municipalities side by side; whoever belongs to one is taken to it. */
export default function LocalListPage() {
  const t = useWords()
  const user = useUser()
  const home = own.has(user.role) ? user.unit.municipality : null
  const read = useGet<DataQuality>('/api/local/quality', {}, { enabled: home === null })
  if (home !== null) return <Navigate to="/local/$municipality" params={{ municipality: home }} replace />
  return (
    <div className="view stack">
      <div>
        <h1>{t('localPage', 'title')}</h1>
        <p className="lede">{t('localPage', 'lede')}</p>
      </div>
      {read.isPending && <Loading />}
      {read.isError && <FailedPart error={read.error} onRetry={() => void read.refetch()} />}
      {read.data && <Quality data={read.data} linked />}
      <Rollup />
    </div>
  )
}
