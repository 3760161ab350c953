import { useInfiniteQuery } from '@tanstack/react-query'
import { usePurposeFor } from './purpose.ts'
import { type Ask, request } from './request.ts'

export interface Page<T> {
  readonly items: readonly T[]
  readonly next: string | null
}

/** A list page by page: `items` of all pages so far, and `more` while there is a next one. */
export const usePaged = <T>(path: string, query: Ask['query'] = {}, enabled = true) => {
  const purpose = usePurposeFor(path, query)
  const pages = useInfiniteQuery({
    queryKey: [path, query, 'paged', purpose ?? null],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      request<Page<T>>(path, { query: { ...query, cursor: pageParam }, purpose, signal }),
    getNextPageParam: (last) => last.next,
    enabled,
  })
  return {
    items: pages.data?.pages.flatMap((p) => p.items) ?? [],
    isPending: pages.isPending,
    error: pages.error,
    refetch: () => void pages.refetch(),
    more: pages.hasNextPage ? () => void pages.fetchNextPage() : undefined,
    fetching: pages.isFetchingNextPage,
  }
}
