import { startTransition, useEffect, useState } from 'react'

/** Whoever comes back to a page is brought to where they were in it: all of it must be there. */
const comesBack = (): boolean => {
  const [entry] = performance.getEntriesByType('navigation')
  return entry instanceof PerformanceNavigationTiming && entry.type !== 'navigate'
}
let stood = comesBack()

/** Whether everything is drawn: the first time that anybody asks, what lies below the first screen waits until that one is seen. */
export const useWhole = (): boolean => {
  const [whole, setWhole] = useState(stood)
  useEffect(() => {
    if (whole) return
    const frame = requestAnimationFrame(() =>
      setTimeout(() => {
        stood = true
        startTransition(() => setWhole(true))
      }),
    )
    return () => cancelAnimationFrame(frame)
  }, [whole])
  return whole
}
