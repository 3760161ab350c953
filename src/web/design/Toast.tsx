import { useSyncExternalStore } from 'react'
import { Icon } from './Icon.tsx'
import { useWords } from './words.tsx'

interface Note {
  id: number
  text: string
  undo?: () => void
}
let notes: readonly Note[] = []
let last = 0
const listeners = new Set<() => void>()
const set = (next: readonly Note[]) => {
  notes = next
  for (const l of listeners) l()
}

/** Says that something was done, for eight seconds; never used for errors. */
export const toast = (text: string, undo?: () => void): void => {
  last += 1
  const id = last
  set([...notes, undo ? { id, text, undo } : { id, text }])
  setTimeout(() => set(notes.filter((n) => n.id !== id)), 8_000)
}

export function Toasts() {
  const t = useWords()
  const shown = useSyncExternalStore(
    (heard) => {
      listeners.add(heard)
      return () => listeners.delete(heard)
    },
    () => notes,
  )
  return (
    <div className="toasts" role="status">
      {shown.map((n) => (
        <div className="toast" key={n.id}>
          <Icon name="check-circle.fill" />
          {n.text}
          {n.undo && (
            <button
              type="button"
              className="link"
              onClick={() => {
                n.undo?.()
                set(notes.filter((x) => x.id !== n.id))
              }}
            >
              {t('web', 'undo')}
            </button>
          )}
        </div>
      ))}
    </div>
  )
}
