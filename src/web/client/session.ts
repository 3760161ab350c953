import { useSyncExternalStore } from 'react'
import type { Role } from '#domain/core.ts'

/** Who is signed in, as `GET /api/session` says. */
export interface SessionState {
  readonly stage: 'none' | 'totp' | 'enrol' | 'full'
  readonly locked: boolean
  readonly demo: boolean
  readonly csrf: string | null
  readonly user: {
    readonly id: string
    readonly login: string
    readonly name: string
    readonly role: Role
    readonly language: 'sq' | 'en'
    readonly secondFactor: boolean
    readonly recoveryCodesLeft: number
    readonly unit: {
      readonly id: string
      readonly kind: string
      readonly nameSq: string
      readonly nameEn: string
      readonly municipality: string | null
      readonly county: string | null
      readonly institutionId: string
    }
  } | null
  readonly idleSeconds: number | null
  readonly endsAt: string | null
}
export type SignedIn = NonNullable<SessionState['user']>

export const nobody: SessionState = {
  stage: 'none',
  locked: false,
  demo: false,
  csrf: null,
  user: null,
  idleSeconds: null,
  endsAt: null,
}

let current: SessionState = nobody
const listeners = new Set<() => void>()
export const session = (): SessionState => current
export const setSession = (next: SessionState): void => {
  current = next
  for (const l of listeners) l()
}
export const onSession = (heard: () => void): (() => void) => {
  listeners.add(heard)
  return () => listeners.delete(heard)
}
export const useSession = (): SessionState => useSyncExternalStore(onSession, () => current)
/** Within the shell somebody is always signed in. */
export const useUser = (): SignedIn => {
  const { user } = useSession()
  if (user === null) throw new Error('nobody is signed in')
  return user
}

/** Whoever asked has left, and somebody else may sit here now: what they had asked for is nobody's to send. */
export class AnotherPerson extends Error {}

/**
 * The page is covered, not left: whatever was asked for waits here until the same person is back. It is given up when they
 * sign out or another signs in.
 */
export const lock = (): void => {
  if (current.stage === 'full' && !current.locked) setSession({ ...current, locked: true })
}
export const unlocked = (): Promise<void> => {
  const whose = current.user?.id
  return new Promise((resolve, reject) => {
    const check = () => {
      const gone = current.user?.id !== whose
      if (!gone && (current.stage !== 'full' || current.locked)) return
      listeners.delete(check)
      if (gone) reject(new AnotherPerson())
      else resolve()
    }
    listeners.add(check)
    check()
  })
}

/** Calls `forget` as soon as the person who was signed in no longer is, however that came about. */
export const whenSomebodyLeaves = (forget: () => void): (() => void) => {
  let whose = current.user?.id
  return onSession(() => {
    const now = current.user?.id
    if (whose !== undefined && now !== whose) forget()
    whose = now
  })
}
