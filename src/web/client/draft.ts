import { useCallback, useEffect, useRef, useState } from 'react'
import { type Saving, setSaving } from '#web/design/SaveState.tsx'
import { ServerProblem, Unreachable } from './problem.ts'
import { request } from './request.ts'
import { session } from './session.ts'

interface Kept<T> {
  /** Null where nothing was kept. */
  body: T | null
}

/**
 * What somebody is writing, kept by the server under their own name (decision 15); in the browser it lives in memory
 * only. Loads what was left, saves a moment after each change, and is cleared when the form is sent.
 */
export const useDraft = <T>(
  key: string,
  initial: T,
  /** Off for forms too short to lose anything. */
  enabled = true,
): {
  value: T
  set: (change: Partial<T> | ((now: T) => T)) => void
  ready: boolean
  found: boolean
  clear: () => Promise<void>
} => {
  const [value, setValue] = useState<T>(initial)
  const [ready, setReady] = useState(false)
  const [found, setFound] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const latest = useRef<{ value: T; dirty: boolean; closed: boolean }>({
    value: initial,
    dirty: false,
    closed: false,
  })
  // Whose writing it is: after them at the same desk it is nobody's to save.
  const [writer] = useState(() => session().user?.id)
  const path = `/api/drafts/${encodeURIComponent(key)}`

  useEffect(() => {
    let gone = false
    latest.current.closed = !enabled
    if (!enabled) {
      setReady(true)
      return
    }
    request<Kept<T>>(path)
      .then((kept) => {
        if (gone || latest.current.dirty || kept.body === null) return
        setFound(true)
        setValue((now) => {
          const next = { ...now, ...kept.body }
          latest.current.value = next
          return next
        })
      })
      .catch(() => undefined)
      .finally(() => {
        if (!gone) setReady(true)
      })
    return () => {
      gone = true
    }
  }, [path, enabled])

  const save = useCallback(async () => {
    if (latest.current.closed || !latest.current.dirty || session().user?.id !== writer) return
    latest.current.dirty = false
    let state: Saving = 'saved'
    try {
      await request(path, { method: 'PUT', body: { body: latest.current.value } })
    } catch (error) {
      latest.current.dirty = true
      state = error instanceof Unreachable ? 'offline' : error instanceof ServerProblem ? 'failed' : 'failed'
      if (state === 'offline') timer.current = setTimeout(() => void save(), 5_000)
    }
    setSaving(path, state)
  }, [path, writer])

  const set = useCallback(
    (change: Partial<T> | ((now: T) => T)) => {
      const next =
        typeof change === 'function' ? change(latest.current.value) : { ...latest.current.value, ...change }
      latest.current.value = next
      latest.current.dirty = true
      setValue(next)
      if (latest.current.closed) return
      setSaving(path, 'saving')
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void save(), 800)
    },
    [path, save],
  )

  useEffect(
    () => () => {
      clearTimeout(timer.current)
      void save()
    },
    [save],
  )

  const clear = useCallback(async () => {
    clearTimeout(timer.current)
    if (latest.current.closed) return
    latest.current.closed = true
    setSaving(path, 'saved')
    await request(path, { method: 'DELETE' }).catch(() => undefined)
  }, [path])

  return { value, set, ready, found, clear }
}
