import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { type Purpose, purposes } from '#domain/core.ts'
import type { Ask } from './request.ts'
import { whenSomebodyLeaves } from './session.ts'

/**
 * Why one record is looked at beyond what the assignment gives: said once by its reader, sent as a header with every
 * read of that record and of no other, kept in memory alone and forgotten when the page is left. Never in an address.
 */
export interface Stated {
  readonly purpose: Purpose
  /** The record and what hangs on it: a case and its person. */
  readonly records: readonly string[]
}

let current: Stated | null = null
const listeners = new Set<() => void>()
const put = (next: Stated | null): void => {
  if (next === current) return
  current = next
  for (const heard of listeners) heard()
}
const listen = (heard: () => void): (() => void) => {
  listeners.add(heard)
  return () => listeners.delete(heard)
}

export const statePurpose = (next: Stated): void => put(next)
export const dropPurpose = (record: string): void => {
  if (current?.records.includes(record)) put(null)
}
whenSomebodyLeaves(() => put(null))

const usePurpose = (record: string): Purpose | undefined => {
  const stated = useSyncExternalStore(listen, () => current)
  return stated?.records.includes(record) ? stated.purpose : undefined
}

/** The purpose that a read goes out with: the one stated for a record that its address or question names. */
export const usePurposeFor = (path: string, query: Ask['query']): Purpose | undefined => {
  const stated = useSyncExternalStore(listen, () => current)
  const named = [...path.split('/'), ...Object.values(query ?? {}).map(String)]
  return stated?.records.some((id) => named.includes(id)) ? stated.purpose : undefined
}

/** For the page of a record: the purpose stated on it ends with the page, and so does what was read by it. */
export const useOwnPurpose = (record: string): Purpose | undefined => {
  const queries = useQueryClient()
  useEffect(
    () => () => {
      dropPurpose(record)
      queries.removeQueries({
        predicate: ({ queryKey }) => purposes.some((purpose) => purpose === queryKey.at(-1)),
        type: 'inactive',
      })
    },
    [record, queries],
  )
  return usePurpose(record)
}
