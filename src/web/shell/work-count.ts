import { useEffect, useState } from 'react'
import type { Role } from '#domain/core.ts'
import { useGet } from '#web/client/api.ts'
import { placesOf } from './navigation.ts'

/** Counts are asked for when the page that was opened has had its turn; from then on at once. */
const turn = 600
let had = false
const useTurn = (): boolean => {
  const [now, setNow] = useState(had)
  useEffect(() => {
    if (now) return
    const timer = setTimeout(() => {
      had = true
      setNow(true)
    }, turn)
    return () => clearTimeout(timer)
  }, [now])
  return now
}

/** How many things wait, beside «Puna ime»; shares the work list's own cache. */
export const useWorkCount = (role: Role): number | undefined => {
  const enabled = useTurn()
  const works = enabled && placesOf(role).some((p) => p.key === 'work')
  const { data } = useGet<{ items: readonly unknown[]; total?: number }>(
    '/api/work',
    { limit: 100 },
    { enabled: works, refetchInterval: 60_000, retry: false },
  )
  return data?.total ?? data?.items.length
}

/** How many notices nobody has seen yet; a hundred at most. */
export const useNoticeCount = (): { unread: number; urgent: number } => {
  const enabled = useTurn()
  const { data } = useGet<{ unread: number; urgent: number }>(
    '/api/notices/count',
    {},
    { enabled, refetchInterval: 60_000, retry: false },
  )
  return data ?? { unread: 0, urgent: 0 }
}
