import { useSyncExternalStore } from 'react'

/** How this browser shows things; nothing about anybody's work. */
export interface Preferences {
  theme: 'system' | 'light' | 'dark'
  density: 'roomy' | 'compact'
  /** Single-key shortcuts can be switched off (WCAG 2.1.4). */
  keys: 'on' | 'off'
}
const place = 'mburoja.preferences'
const usual: Preferences = { theme: 'system', density: 'roomy', keys: 'on' }
const read = (): Preferences => {
  try {
    return { ...usual, ...(JSON.parse(localStorage.getItem(place) ?? '{}') as Partial<Preferences>) }
  } catch {
    return usual
  }
}
let now = read()
const listeners = new Set<() => void>()

const show = () => {
  const { dataset } = document.documentElement
  if (now.theme === 'system') delete dataset.theme
  else dataset.theme = now.theme
  dataset.density = now.density
}
export const startPreferences = show
export const preferences = (): Preferences => now
export const prefer = (change: Partial<Preferences>): void => {
  now = { ...now, ...change }
  localStorage.setItem(place, JSON.stringify(now))
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
