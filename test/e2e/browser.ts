/**
 * A real browser for the journeys: Debian's Chromium driven over the wire, axe for accessibility, pictures kept
 * under `.cache/pictures` for people to look at. One browser a test file, one context a person.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const pictures = join(import.meta.dirname, '..', '..', '.cache', 'pictures')

export const chromiumPath = (): string =>
  [
    process.env.CHROMIUM_PATH,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ].find((path): path is string => path !== undefined && existsSync(path)) ?? '/usr/bin/chromium'

/** Headless, offline by temperament: no updates, no telemetry, no QUIC. Close it in `afterAll`. */
export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath(),
    args: [
      '--no-sandbox',
      '--headless',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
    ],
  })

export interface Visit {
  /** CSS pixels; 360 is the phone, 1280 the office. */
  readonly width?: number
  readonly theme?: 'light' | 'dark'
  readonly language?: 'sq' | 'en'
  /** False leaves every script out, as a careful or an old browser does. */
  readonly script?: boolean
  readonly baseURL: string
}

/** A fresh person: own cookies, Tirana's clock, no motion. */
export const visit = (
  browser: Browser,
  { width = 1280, theme = 'light', language = 'sq', script = true, baseURL }: Visit,
): Promise<BrowserContext> =>
  browser.newContext({
    baseURL,
    viewport: { width, height: width < 600 ? 740 : 860 },
    colorScheme: theme,
    locale: language === 'sq' ? 'sq-AL' : 'en-GB',
    timezoneId: 'Europe/Tirane',
    reducedMotion: 'reduce',
    javaScriptEnabled: script,
  })

export interface AxeFault {
  readonly id: string
  readonly help: string
  readonly where: readonly string[]
}

interface AxeWindow {
  axe: {
    run(
      context: Document,
      options: object,
    ): Promise<{ violations: { id: string; help: string; nodes: { target: unknown[]; html: string }[] }[] }>
  }
}

/** WCAG 2.0–2.2 A and AA faults of the page as it stands; an empty list is what a test wants. */
export const axeFaults = async (page: Page): Promise<readonly AxeFault[]> => {
  // Through the debugger, so the page's own content policy neither blocks nor learns of it.
  await page.evaluate(`${axeSource};undefined`)
  return page.evaluate(async () => {
    const { axe } = window as unknown as AxeWindow
    const { violations } = await axe.run(document, {
      resultTypes: ['violations'],
      runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
    })
    return violations.map(({ id, help, nodes }) => ({
      id,
      help,
      where: nodes.map(({ target, html }) => `${target.join(' ')}: ${html.slice(0, 120)}`),
    }))
  })
}

/** The same over all of the page at once: what lies half beneath the bottom bar is a matter of scrolling, not of size. */
export const axeFaultsOfAll = async (page: Page): Promise<readonly AxeFault[]> => {
  const before = page.viewportSize()
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  if (before) await page.setViewportSize({ width: before.width, height: height + 120 })
  const faults = await axeFaults(page)
  if (before) await page.setViewportSize(before)
  return faults
}

/** How many CSS pixels the page is wider than its window; 0 means no sideways scroll. */
export const sidewaysScroll = (page: Page): Promise<number> =>
  page.evaluate(() =>
    Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth),
  )

/** Words of the element that has the keyboard, or its tag: for saying where Tab went. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const at = document.activeElement
    return at === null ? '' : (at.textContent?.trim() || at.getAttribute('name') || at.tagName).slice(0, 80)
  })

/**
 * A whole-page picture under `.cache/pictures/NAME.png`, for people to look at: taken where `PICTURES` is set, and always of what
 * failed.
 */
export const picture = async (page: Page, name: string): Promise<void> => {
  if (process.env.PICTURES === undefined && !name.startsWith('failed-')) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })
}
