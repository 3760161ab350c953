import { beforeEach, expect, test } from 'vitest'

// The browser's room is closed to tests' types; this file needs nothing of a browser.
interface State {
  readonly stage: string
  readonly locked: boolean
  readonly user: { readonly id: string } | null
}
const { lock, nobody, setSession, unlocked, whenSomebodyLeaves } = (await import(
  new URL('../../src/web/client/session.ts', import.meta.url).href
)) as {
  lock: () => void
  nobody: State
  setSession: (next: State) => void
  unlocked: () => Promise<void>
  whenSomebodyLeaves: (forget: () => void) => () => void
}
const signedIn = (id: string): State => ({ ...nobody, stage: 'full', user: { id } })

beforeEach(() => setSession(nobody))

test('what was asked before the lock goes on for the same person', async () => {
  setSession(signedIn('arta'))
  lock()
  const waiting = unlocked()
  setSession(signedIn('arta'))
  await expect(waiting).resolves.toBeUndefined()
})

test.each([
  ['signs out', nobody],
  ['finds another person signed in', signedIn('ilir')],
])('what was asked before the lock is never sent when its person %s', async (_how, next) => {
  setSession(signedIn('arta'))
  lock()
  const waiting = expect(unlocked()).rejects.toThrow()
  setSession(next)
  setSession(signedIn('ilir'))
  await waiting
})

test('what one person was shown is forgotten when they leave by any door, and not when the page is only covered', () => {
  let forgotten = 0
  setSession(signedIn('arta'))
  const stop = whenSomebodyLeaves(() => {
    forgotten += 1
  })
  lock()
  setSession(signedIn('arta'))
  expect(forgotten).toBe(0)
  setSession(nobody)
  expect(forgotten).toBe(1)
  setSession(signedIn('ilir'))
  setSession(signedIn('arta'))
  expect(forgotten).toBe(2)
  stop()
})
