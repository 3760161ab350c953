/**
 * A real browser for the journeys: Debian's Chromium driven over the wire, axe for accessibility, pictures kept
 * under `.cache/pictures` for people to look at. One browser for all test files of a worker, one context a person.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { isLeftClean } from './desk.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const pictures = join(import.meta.dirname, '..', '..', '.cache', 'pictures')

/** The shell first, where the machine has it: the same Chromium without the window around the page, which nobody sees here. */
export const chromiumPath = (): string =>
  [
    process.env.CHROMIUM_PATH,
    '/usr/bin/chromium-headless-shell',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ].find((path): path is string => path !== undefined && existsSync(path)) ?? '/usr/bin/chromium'

let running: Promise<Browser> | undefined

/** Headless, offline by temperament: no updates, no telemetry, no QUIC. */
const launch = (): Promise<Browser> =>
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

/**
 * The worker's browser, launched by whoever asks first; it ends with the worker. `close` it in `afterAll`: that closes
 * everybody who is still there, and leaves the browser itself to the next file.
 */
export const launchBrowser = async (): Promise<Browser> => {
  if (running !== undefined && !(await running).isConnected()) running = undefined
  running ??= launch()
  const browser = await running
  return new Proxy(browser, {
    get: (_, name) => {
      if (name === 'close')
        return () =>
          Promise.all(
            browser
              .contexts()
              .filter((one) => !isLeftClean(one))
              .map((one) => one.close()),
          )
      const value: unknown = Reflect.get(browser, name, browser)
      return typeof value === 'function' ? value.bind(browser) : value
    },
  })
}

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
      context: Document | Element,
      options: object,
    ): Promise<{ violations: { id: string; help: string; nodes: { target: unknown[]; html: string }[] }[] }>
  }
}

/** What to look at: a part of the page by its selector, or only what another theme changes. */
export interface Look {
  readonly within?: string
  readonly only?: 'colours'
}

/** WCAG 2.0–2.2 A and AA faults of the page as it stands; an empty list is what a test wants. */
export const axeFaults = async (page: Page, look: Look = {}): Promise<readonly AxeFault[]> => {
  // Through the debugger, so the page's own content policy neither blocks nor learns of it; once a document.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(`${axeSource};undefined`)
  return page.evaluate(async ({ within, only }: Look) => {
    const { axe } = window as unknown as AxeWindow
    const part = within === undefined ? document : document.querySelector(within)
    if (part === null) throw new Error(`nothing on the page is ${within}`)
    const { violations } = await axe.run(part, {
      resultTypes: ['violations'],
      runOnly:
        only === undefined
          ? { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }
          : { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
    })
    return violations.map(({ id, help, nodes }) => ({
      id,
      help,
      where: nodes.map(({ target, html }) => `${target.join(' ')}: ${html.slice(0, 120)}`),
    }))
  }, look)
}

/** The same over all of the page at once: what lies half beneath the bottom bar is a matter of scrolling, not of size. */
export const axeFaultsOfAll = async (page: Page, look: Look = {}): Promise<readonly AxeFault[]> => {
  const before = page.viewportSize()
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  if (before === null || height <= before.height) return axeFaults(page, look)
  await page.setViewportSize({ width: before.width, height: height + 120 })
  const faults = await axeFaults(page, look)
  await page.setViewportSize(before)
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
