import { useEffect } from 'react'
import { request } from '#web/client/request.ts'
import { lock, useSession } from '#web/client/session.ts'

/** Covers the page after the agreed time without a touch; the server locks its side too. What was written stays. */
export const useIdleLock = (): void => {
  const { idleSeconds, locked, stage } = useSession()
  useEffect(() => {
    if (idleSeconds === null || locked || stage !== 'full') return
    let last = Date.now()
    const touched = () => {
      last = Date.now()
    }
    const events = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const
    for (const name of events) addEventListener(name, touched, { passive: true })
    const timer = setInterval(() => {
      if (Date.now() - last < idleSeconds * 1_000) return
      lock()
      void request('/api/session/lock', { method: 'POST', body: {}, open: true }).catch(() => undefined)
    }, 5_000)
    return () => {
      clearInterval(timer)
      for (const name of events) removeEventListener(name, touched)
    }
  }, [idleSeconds, locked, stage])
}
