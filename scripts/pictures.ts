/**
 * The README's pictures, taken from the demo country in a real browser: `node scripts/run.mjs pictures`, or those named
 * behind it.
 * A home of its own is made for them and removed; the files land in docs/pictures.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { demoPassword } from '#server/demo/index.ts'
import { launchBrowser, type Visit, visit } from '#test/e2e/browser.ts'
import { missingChromium } from './chromium.ts'
import { say } from './say.ts'
import { ensureWeb } from './web.ts'

interface Shot extends Omit<Visit, 'baseURL'> {
  readonly file: string
  /** Who signs in; nobody for the public pages. */
  readonly login?: string
  readonly path: string
  /** What is pressed before the picture is taken. */
  readonly before?: (page: Page) => Promise<void>
}

const openFirst = (links: string) => async (page: Page) => {
  const before = page.url()
  await page.locator(links).first().click()
  await page.waitForURL((url) => url.href !== before)
}

const asOf = (day: string) => (page: Page) => page.locator('main input[type=date]').fill(day)

const shots: readonly Shot[] = [
  { file: 'public-phone', path: '/', width: 360 },
  { file: 'work-list', login: 'cpw-tirana', path: '/app/' },
  {
    file: 'case',
    login: 'cpw-tirana',
    // From one's own work: the first of the list may be a colleague's, seen without names.
    path: '/app/',
    language: 'en',
    before: openFirst('main a.work-link[href*="/app/cases/"]'),
  },
  { file: 'unit-dark', login: 'head-tirana', path: '/app/unit', theme: 'dark' },
  {
    file: 'referral',
    login: 'shelter',
    path: '/app/referrals',
    before: openFirst('main a[href*="/app/referrals/"]'),
  },
  { file: 'national', login: 'state-agency', path: '/app/national', language: 'en' },
  {
    file: 'plan-glance',
    login: 'coordinator',
    path: '/app/plans/nap-2018-2020/dashboard',
    before: asOf('2020-12-31'),
  },
  {
    file: 'plan-reconciliation',
    login: 'coordinator',
    path: '/app/plans/nap-2018-2020/reconciliation',
    language: 'en',
  },
  {
    file: 'plan-report',
    login: 'coordinator',
    path: '/app/plan-reports',
    before: async (page) => {
      await page.locator('main select').first().selectOption('plan_monitoring')
      await openFirst('main table a[href*="/app/plan-reports/"]')(page)
    },
  },
  {
    file: 'plan-phone',
    login: 'coordinator',
    path: '/app/plans/nap-2018-2020/dashboard',
    width: 360,
    before: asOf('2020-12-31'),
  },
  { file: 'street-phone', login: 'field-tirana', path: '/app/reports/new', width: 360 },
  { file: 'funnel', login: 'coordinator', path: '/app/funnel', language: 'en' },
  {
    file: 'nrm-file',
    login: 'responsible-authority',
    path: '/app/nrm',
    // Not the button that begins a new one.
    before: openFirst('main table a[href*="/app/nrm/"]'),
  },
  { file: 'border-phone', login: 'border-police', path: '/app/border', width: 360 },
]

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, 'docs', 'pictures')

const signIn = async (page: Page, login: string): Promise<void> => {
  await page.goto('/app/sign-in')
  await page.locator('#f-login').fill(login)
  await page.locator('#f-password').fill(demoPassword)
  await page.locator('main button[type=submit]').click()
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'))
}

const take = async (browser: Browser, baseURL: string, shot: Shot): Promise<void> => {
  const context = await visit(browser, { ...shot, baseURL })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  try {
    if (shot.login !== undefined) await signIn(page, shot.login)
    await page.goto(shot.path)
    if (shot.login !== undefined && shot.language === 'en')
      await page.locator('header').getByText('EN', { exact: true }).click()
    await shot.before?.(page)
    await page.locator('main h1').first().waitFor()
    await page.waitForLoadState('networkidle')
    await page.waitForTimeout(500)
    await page.screenshot({ path: join(folder, `${shot.file}.png`) })
    say(`docs/pictures/${shot.file}.png`)
  } finally {
    await context.close()
  }
}

/** The demo country, served by a process of its own. */
const serve = async (home: string): Promise<{ baseURL: string; end: () => Promise<void> }> => {
  const child = spawn(process.execPath, [join(root, 'src/server/cli/main.ts'), 'serve'], {
    env: { ...process.env, MBUROJA_HOME: home, PORT: '0', LOG_LEVEL: 'error', DATABASE_URL: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  for await (const chunk of child.stdout) {
    said += chunk
    if (said.includes('ready ')) break
  }
  return {
    baseURL: /ready (\S+)/.exec(said)?.[1] ?? '',
    end: async () => {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

const why = missingChromium()
if (why !== undefined) {
  say(why)
  process.exit(1)
}
await ensureWeb(say)
mkdirSync(folder, { recursive: true })
const home = mkdtempSync(join(tmpdir(), 'mb-pictures-'))
const server = await serve(join(home, 'home'))
const browser = await launchBrowser()
try {
  const only = process.argv.slice(2)
  for (const shot of shots)
    if (only.length === 0 || only.includes(shot.file)) await take(browser, server.baseURL, shot)
} finally {
  await browser.close()
  await server.end()
  rmSync(home, { recursive: true, force: true })
}
// Said outright: the launcher's open channel would otherwise keep this process alive.
process.exit(0)
