import type { Role } from '#domain/core.ts'
import { useGet } from '#web/client/api.ts'
import { placesOf } from './navigation.ts'

/** How many things wait, beside «Puna ime»; shares the work list's own cache. */
export const useWorkCount = (role: Role): number | undefined => {
  const works = placesOf(role).some((p) => p.key === 'work')
  const { data } = useGet<{ items: readonly unknown[]; total?: number }>(
    '/api/work',
    { limit: 100 },
    { enabled: works, refetchInterval: 60_000, retry: false },
  )
  return data?.total ?? data?.items.length
}

/** How many notices nobody has seen yet; a hundred at most. */
export const useNoticeCount = (): { unread: number; urgent: number } => {
  const { data } = useGet<{ unread: number; urgent: number }>(
    '/api/notices/count',
    {},
    { refetchInterval: 60_000, retry: false },
  )
  return data ?? { unread: 0, urgent: 0 }
}
