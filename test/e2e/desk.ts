/**
 * Desks: browser contexts that one person leaves and another sits down at. Everything the first one did is wiped (cookies,
 * drafts, preferences, the page itself); only the program's files stay in the cache, which loads a page in a fifth of
 * the time.
 */
import type { BrowserContext, Page } from 'playwright-core'
import type { Visit } from './browser.ts'

export interface Desk {
  readonly context: BrowserContext
  readonly page: Page
  /** Whoever sits there now hears of them. */
  complaints: string[]
}

const free = new Map<string, Desk[]>()
const clean = new WeakSet<BrowserContext>()

export const isLeftClean = (context: BrowserContext): boolean => clean.has(context)

const kindOf = ({ baseURL, language, width, theme }: Visit): string =>
  [baseURL, language, width, theme].join(' ')

/** A desk of this kind that was left clean, or a new one. */
export const sitDown = async (place: Visit, make: () => Promise<Desk>): Promise<Desk> => {
  const left = free.get(kindOf(place)) ?? []
  for (let desk = left.pop(); desk !== undefined; desk = left.pop()) {
    clean.delete(desk.context)
    if (!desk.page.isClosed()) return desk
  }
  return make()
}

const wiped = [
  'cookies',
  'local_storage',
  'indexeddb',
  'cache_storage',
  'service_workers',
  'file_systems',
].join(',')

const tidy = async ({ context, page }: Desk, { width = 1280, theme = 'light', baseURL }: Visit) => {
  // A clock that a test put in stays in for good.
  if (await page.evaluate(() => '__pwClock' in window)) return false
  for (const other of context.pages()) if (other !== page) await other.close()
  // A page of the same house that does nothing: one of another, even an empty one, would cost a process.
  await page.goto('/health/live')
  await page.evaluate(() => sessionStorage.clear())
  await Promise.all([page.unrouteAll(), context.unrouteAll()])
  const wire = await context.newCDPSession(page)
  await wire.send('Storage.clearDataForOrigin', { origin: baseURL, storageTypes: wiped })
  await wire.detach()
  await context.clearCookies()
  await page.emulateMedia({ media: null, colorScheme: theme, reducedMotion: 'reduce' })
  await page.setViewportSize({ width, height: width < 600 ? 740 : 860 })
  return true
}

/** Wipes the desk for the next, or takes it away where that cannot be done. */
export const leave = async (desk: Desk, place: Visit): Promise<void> => {
  const done = !desk.page.isClosed() && (await tidy(desk, place).catch(() => false))
  if (!done) return desk.context.close()
  clean.add(desk.context)
  const kind = kindOf(place)
  free.set(kind, [...(free.get(kind) ?? []), desk])
}
