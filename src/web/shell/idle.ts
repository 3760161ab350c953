import { useEffect } from 'react'
import { untouchedFor } from '#web/client/presence.ts'
import { request } from '#web/client/request.ts'
import { lock, useSession } from '#web/client/session.ts'

/** Covers the page after the agreed time without a touch; the server locks its side too. What was written stays. */
export const useIdleLock = (): void => {
  const { idleSeconds, locked, stage } = useSession()
  useEffect(() => {
    if (idleSeconds === null || locked || stage !== 'full') return
    const timer = setInterval(() => {
      if (untouchedFor() < idleSeconds * 1_000) return
      lock()
      void request('/api/session/lock', { method: 'POST', body: {}, open: true }).catch(() => undefined)
    }, 5_000)
    return () => clearInterval(timer)
  }, [idleSeconds, locked, stage])
}
