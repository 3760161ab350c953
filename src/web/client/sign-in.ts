import { tellNeighbours } from './neighbours.ts'
import { request } from './request.ts'
import { nobody, type SessionState, session, setSession } from './session.ts'

/** The few calls that answer without a session; each leaves the new state behind. */
const ask = async (
  path: string,
  method: 'GET' | 'POST' | 'DELETE',
  body?: unknown,
): Promise<SessionState> => {
  const state = await request<SessionState>(path, {
    method,
    open: true,
    ...(body === undefined ? {} : { body }),
  })
  // Half signed in again beneath the cover: the page, whose it is and what was written there stay until it is whole.
  const now = session()
  setSession(now.locked && state.stage === 'totp' ? { ...now, csrf: state.csrf } : state)
  if (method !== 'GET') tellNeighbours()
  return state
}

export const readSession = (): Promise<SessionState> => ask('/api/session', 'GET')
export const signIn = (login: string, password: string): Promise<SessionState> =>
  ask('/api/session', 'POST', { login, password })
export const giveCode = (code: string): Promise<SessionState> => ask('/api/session/totp', 'POST', { code })
export const giveRecoveryCode = (code: string): Promise<SessionState> =>
  ask('/api/session/recovery', 'POST', { code })
/** First sign-in with the code from an administrator; sets the password. */
export const setUp = (login: string, code: string, password: string): Promise<SessionState> =>
  ask('/api/session/setup', 'POST', { login, code, password })
export const unlock = (password: string): Promise<SessionState> =>
  ask('/api/session/unlock', 'POST', { password })

export const signOut = async (): Promise<void> => {
  const { demo } = session()
  await request('/api/session', { method: 'DELETE', open: true }).catch(() => undefined)
  setSession({ ...nobody, demo })
  tellNeighbours()
}
