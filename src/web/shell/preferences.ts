import { useSyncExternalStore } from 'react'
import { keepInBrowser } from '#web/early/language.ts'

/** How this browser shows things; nothing about anybody's work. */
export interface Preferences {
  theme: 'system' | 'light' | 'dark'
  density: 'roomy' | 'compact'
  /** Single-key shortcuts can be switched off (WCAG 2.1.4). */
  keys: 'on' | 'off'
}
const place = 'mburoja-look'
/** As the server wrote it into the page from what this browser keeps. */
const read = (): Preferences => {
  const { theme, density, keys } = document.documentElement.dataset
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    density: density === 'compact' ? density : 'roomy',
    keys: keys === 'off' ? keys : 'on',
  }
}
let now = read()
const listeners = new Set<() => void>()

const show = () => {
  const { dataset } = document.documentElement
  if (now.theme === 'system') delete dataset.theme
  else dataset.theme = now.theme
  dataset.density = now.density
  dataset.keys = now.keys
}
export const startPreferences = show
export const preferences = (): Preferences => now
export const prefer = (change: Partial<Preferences>): void => {
  now = { ...now, ...change }
  keepInBrowser(place, `${now.theme}.${now.density}.${now.keys}`)
  show()
  for (const l of listeners) l()
}
export const usePreferences = (): Preferences =>
  useSyncExternalStore(
    (heard) => {
      listeners.add(heard)
      return () => listeners.delete(heard)
    },
    () => now,
  )
