import { useSyncExternalStore } from 'react'

/** One clock for the whole page, moved each half minute; screen readers are not told. */
const listeners = new Set<() => void>()
let now = new Date().toISOString()
let skew = 0
const tick = () => {
  now = new Date(Date.now() + skew).toISOString()
  for (const l of listeners) l()
}
setInterval(tick, 30_000)

/** The server's clock wins over the device's (also in a demo whose time is moved). */
export const setServerTime = (at: string): void => {
  const off = Date.parse(at) - Date.now()
  if (Number.isNaN(off) || Math.abs(off - skew) < 5_000) return
  skew = off
  queueMicrotask(tick)
}
export const nowInstant = (): string => new Date(Date.now() + skew).toISOString()
export const useNow = (): string =>
  useSyncExternalStore(
    (heard) => {
      listeners.add(heard)
      return () => listeners.delete(heard)
    },
    () => now,
  )
