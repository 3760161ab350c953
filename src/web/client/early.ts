import type { QueryClient } from '@tanstack/react-query'
import { caseAt, firstEntries, type Place } from '#web/early/place.ts'
import { request } from './request.ts'

/** What the page at this address shows first, put where its parts look for it; done when all of it is here or has failed. */
export const readEarly = async (queries: QueryClient, at: Place): Promise<void> => {
  const shown = caseAt(at)
  if (shown === null) return
  const path = `/api/cases/${shown.id}`
  const read = (address: string) =>
    queries.prefetchQuery({
      queryKey: [address, {}, null],
      queryFn: ({ signal }) => request(address, { signal }),
      retry: false,
    })
  await Promise.all([
    read(path),
    read('/api/intake-options'),
    shown.timed &&
      queries.prefetchInfiniteQuery({
        queryKey: [`${path}/timeline`, { limit: firstEntries }, 'paged', null],
        initialPageParam: null,
        queryFn: ({ signal }) => request(`${path}/timeline`, { query: { limit: firstEntries }, signal }),
        retry: false,
      }),
  ])
}
