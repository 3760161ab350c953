import { type UseQueryOptions, useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import { usePurposeFor } from './purpose.ts'
import { type Ask, request } from './request.ts'

/** The shapes of one read, as `wire` declares them; only their types reach the browser. */
export interface WireOp {
  readonly params?: z.ZodType | undefined
  readonly query?: z.ZodType | undefined
  readonly reply: z.ZodType
}
export type ReplyOf<W extends WireOp> = z.output<W['reply']>

/** `get<typeof ListCases>('/api/cases', { query: { status: 'open' } })` */
export const get = <W extends WireOp>(
  path: string,
  ask: Omit<Ask, 'method' | 'body'> = {},
): Promise<ReplyOf<W>> => request<ReplyOf<W>>(path, ask)

/** A read with its place in the cache: address and query are the key. */
export const useGet = <T>(
  path: string,
  query: Ask['query'] = {},
  options: Omit<UseQueryOptions<T, Error, T>, 'queryKey' | 'queryFn'> & { purpose?: string | undefined } = {},
) => {
  const { purpose: own, ...rest } = options
  const stated = usePurposeFor(path, query)
  const purpose = own ?? stated
  return useQuery<T, Error, T>({
    queryKey: [path, query, purpose ?? null],
    queryFn: ({ signal }) => request<T>(path, { query, purpose, signal }),
    ...rest,
  })
}
