import type { QueryClient } from '@tanstack/react-query'
import { request } from './request.ts'

const ofCase = /\/cases\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/?$/
/** A screenful or two, on a phone fewer; the rest comes as one reads on. */
export const firstEntries = matchMedia('(max-width: 767px)').matches ? 12 : 25
/** Tabs that show the timeline. */
const timed = [null, 'summary', 'timeline']

/**
 * What the page at this address will ask first, asked while the session and the page's program are still on their way: the page then
 * finds it under way or here. Whoever is not signed in is answered 401, and the page asks again once it stands.
 */
export const askEarly = (
  queries: QueryClient,
  at: { readonly pathname: string; readonly search: string },
): void => {
  const id = ofCase.exec(at.pathname)?.[1]
  if (id === undefined) return
  const path = `/api/cases/${id}`
  void queries.prefetchQuery({
    queryKey: [path, {}, null],
    queryFn: ({ signal }) => request(path, { signal }),
    retry: false,
  })
  if (!timed.includes(new URLSearchParams(at.search).get('tab'))) return
  void queries.prefetchInfiniteQuery({
    queryKey: [`${path}/timeline`, { limit: firstEntries }, 'paged', null],
    initialPageParam: null,
    queryFn: ({ signal }) => request(`${path}/timeline`, { query: { limit: firstEntries }, signal }),
    retry: false,
  })
}
