import { useSyncExternalStore } from 'react'

/** Whether the window is wide enough for the places along the top (view.css and shell.css change at the same width). */
const wide = matchMedia('(min-width: 768px)')
export const useWide = (): boolean =>
  useSyncExternalStore(
    (heard) => {
      wide.addEventListener('change', heard)
      return () => wide.removeEventListener('change', heard)
    },
    () => wide.matches,
  )
