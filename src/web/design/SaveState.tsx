import { useSyncExternalStore } from 'react'
import { Icon } from './Icon.tsx'
import { Ring } from './signs.tsx'
import { useWords } from './words.tsx'

export type Saving = 'saved' | 'saving' | 'offline' | 'failed'
const pending = new Map<string, Saving>()
const listeners = new Set<() => void>()
let overall: Saving = 'saved'

/** Every draft and every command tells here how it stands; the header says the worst of them. */
export const setSaving = (key: string, state: Saving): void => {
  if (state === 'saved') pending.delete(key)
  else pending.set(key, state)
  const states = [...pending.values()]
  overall = (['failed', 'offline', 'saving'] as const).find((s) => states.includes(s)) ?? 'saved'
  for (const l of listeners) l()
}
export const somethingUnsaved = (): boolean => pending.size > 0

export function SaveState({ short }: { short?: boolean }) {
  const t = useWords()
  const state = useSyncExternalStore(
    (heard) => {
      listeners.add(heard)
      return () => listeners.delete(heard)
    },
    () => overall,
  )
  const sign =
    state === 'saving' ? (
      <Ring />
    ) : (
      <Icon
        name={
          state === 'failed' ? 'warning-circle.fill' : state === 'offline' ? 'cloud-slash' : 'cloud-check'
        }
      />
    )
  const text = t('web', `state_${state}`)
  return (
    <span className="save-state" data-state={state} role="status" title={text}>
      {sign}
      <span className={short ? 'only-heard' : 'save-words'}>{text}</span>
    </span>
  )
}
