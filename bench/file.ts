/**
 * One long file: a case of 500 entries, written through the pipeline by its own worker. Server replies over HTTP, one
 * connection, warm; the page in Chromium at 360 pixels and six times slower than this machine, as a phone of the middle is; the whole file as PDF.
 */
import { type Browser, chromium } from 'playwright-core'
import type { Actor, Uuid } from '#domain/core.ts'
import { addDemoUsers } from '#server/admin/add-user.ts'
import { commands } from '#server/app.ts'
import { openCase } from '#server/case/open.ts'
import { execute } from '#server/command.ts'
import type { Context } from '#server/context.ts'
import { uuidv7 } from '#server/ids.ts'
import { systemTx, withWriteTx } from '#server/tx.ts'
import { chromiumPath } from '#test/e2e/browser.ts'
import { load } from './load.ts'

const entries = 500
const login = 'bench-file'
const password = 'një-dosje-e-gjatë-2026'
const noteKinds = ['home_visit', 'phone_call', 'contact'] as const
const said =
  'Vizitë në shtëpi: nëna tha se fëmija shkon në shkollë tri ditë në javë; u ra dakord për takim me mësuesen të hënën.'

export interface LongFile {
  readonly caseId: Uuid
  readonly worker: Uuid
}

/** A case of `entries` entries, a tenth of them sensitive; its worker signs in with a password, as in a demo country. */
export const writeLongFile = async (
  ctx: Context,
  unit: {
    readonly id: Uuid
    readonly institution: Uuid
    readonly municipality: string
    readonly county: string
  },
): Promise<LongFile> => {
  await systemTx(ctx, 'owner', 'bench: a country of its own', (tx) =>
    tx.sql("insert into country_setting (key, value) values ('demo', 'true') on conflict do nothing"),
  )
  await addDemoUsers(ctx, [{ login, role: 'cpw', unit: unit.id }], password)
  const personId = uuidv7()
  const [worker] = await systemTx(ctx, 'owner', 'bench: a child', async (tx) => {
    await tx.sql("insert into person (id, sex, registered_at, version) values ($1, 'male', now(), 1)", [
      personId,
    ])
    await tx.sql(
      "insert into person_named (id, given_name, family_name, name_key, sounds) values ($1, 'Ardi', 'Çela', 'ardi cela', '{}')",
      [personId],
    )
    return tx.sql<{ id: Uuid }>('select id from app_user where login = $1', [login])
  })
  const actor: Actor = {
    userId: worker!.id,
    unitId: unit.id,
    institutionId: unit.institution,
    role: 'cpw',
    municipality: unit.municipality,
    county: unit.county,
    purpose: null,
  }
  const opened = await withWriteTx(ctx, actor, { commandId: uuidv7() }, (tx) =>
    openCase(tx, {
      personId,
      reportId: null,
      unitId: unit.id,
      municipality: unit.municipality,
      county: unit.county,
      concerns: ['begging'],
      urgent: false,
    }),
  )
  if (!opened.ok) throw new Error(opened.refusal.code)
  let { version } = opened
  for (let n = 0; n < entries; n += 1) {
    const reply = await execute(ctx, commands, actor, {
      commandId: uuidv7(),
      type: 'case.add_note',
      recordId: opened.caseId,
      baseVersion: version,
      body: {
        kind: noteKinds[n % noteKinds.length],
        sensitive: n % 10 === 0,
        happenedOn: ctx.clock().slice(0, 10),
        text: `${n + 1}. ${said}`,
      },
    })
    version = reply.version
  }
  return { caseId: opened.caseId, worker: worker!.id }
}

export interface FileRow {
  readonly work: string
  readonly p50: number
  readonly p95: number
  readonly aim: number
}

const served = async (port: number, token: string, caseId: Uuid, seconds: number): Promise<FileRow[]> => {
  const asks = [
    ['the case', `/api/cases/${caseId}`, 40],
    ['its timeline, the page that is shown', `/api/cases/${caseId}/timeline?limit=12`, 40],
    ['its timeline, a hundred entries', `/api/cases/${caseId}/timeline?limit=100`, 40],
    ['the whole file as PDF', `/api/cases/${caseId}/documents/case_file.pdf?lang=sq`, 2_000],
  ] as const
  const rows: FileRow[] = []
  for (const [work, path, aim] of asks) {
    const found = await load(() => ({ method: 'GET', path, headers: { authorization: `Bearer ${token}` } }), {
      port,
      connections: 1,
      seconds,
      warmupSeconds: 1,
    })
    if (found.failures > 0) throw new Error(`${path}: ${found.failures} failures`)
    rows.push({ work, p50: Math.round(found.p50), p95: Math.round(found.p95), aim })
  }
  return rows
}

/**
 * In the page: when its timeline stands there with the newest entry and the thread is free. A tool that looks again and again while the
 * page begins takes a tenth of what it measures, so this one only listens to changes.
 */
const watchFor = (newest: string): void => {
  const observer = new MutationObserver(() => {
    if (document.getElementById('timeline-title') === null) return
    if (document.body.textContent?.includes(newest) !== true) return
    observer.disconnect()
    setTimeout(() => {
      ;(globalThis as { usableAt?: number }).usableAt = performance.now()
    })
  })
  observer.observe(document, { subtree: true, childList: true, characterData: true })
}

const address = (caseId: Uuid): string => `/app/cases/${caseId}?tab=timeline`

/** Asks for the page again and again, the program being in the cache by then; what each time took, in ms. */
const timesOf = async (
  times: number,
  open: (url: string | null) => Promise<unknown>,
  usableAt: () => Promise<number | undefined>,
  url: string,
): Promise<number[]> => {
  const took: number[] = []
  for (let n = 0; n < times + 2; n += 1) {
    await open(null)
    await open(url)
    let usable: number | undefined
    for (let patience = 0; usable === undefined && patience < 100; patience += 1) {
      await new Promise((rest) => setTimeout(rest, patience === 0 ? 2_000 : 300))
      usable = await usableAt()
    }
    if (usable === undefined) throw new Error('the timeline did not come')
    took.push(usable)
  }
  return took.slice(2).sort((a, b) => a - b)
}

const rowOf = (work: string, sorted: readonly number[]): FileRow => {
  const at = (share: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
  return { work, p50: at(0.5), p95: at(0.95), aim: 1_000 }
}

interface Reader {
  readonly browser: Browser
  readonly base: string
  readonly caseId: Uuid
  readonly times: number
}

/** From asking for the page until its timeline stands there and the thread is free. */
const shown = async ({ browser, base, caseId, times }: Reader): Promise<FileRow> => {
  const context = await browser.newContext({
    baseURL: base,
    viewport: { width: 360, height: 740 },
    locale: 'sq',
  })
  const signed = await context.request.post('/api/session', { data: { login, password } })
  if (!signed.ok()) throw new Error(`signing in: ${signed.status()}`)
  const page = await context.newPage()
  const slow = await context.newCDPSession(page)
  await slow.send('Emulation.setCPUThrottlingRate', { rate: 6 })
  await context.addInitScript(watchFor, `${entries}. `)
  const took = await timesOf(
    times,
    (url) => page.goto(url ?? 'about:blank', { waitUntil: 'commit' }),
    () => page.evaluate(() => (globalThis as { usableAt?: number }).usableAt),
    address(caseId),
  )
  await context.close()
  return rowOf('the page usable on a phone (360 px, 6× slower)', took)
}

/**
 * The same with nobody listening in: the tool that drives the browser otherwise has it keep account of every request and of
 * every error's trace, at the page's cost and six times slower too. No phone does that.
 */
const shownUnwatched = async ({ browser, base, caseId, times }: Reader): Promise<FileRow> => {
  const guest = await browser.newContext({ baseURL: base })
  const signed = await guest.request.post('/api/session', { data: { login, password } })
  if (!signed.ok()) throw new Error(`signing in: ${signed.status()}`)
  const cookies = (await guest.cookies()).map(({ name, value, path, httpOnly, sameSite }) => ({
    name,
    value,
    path,
    httpOnly,
    sameSite,
    url: base,
  }))
  const inAlbanian = { name: 'mburoja-language', value: 'sq', url: `${base}/app/` }
  await guest.close()
  const wire = await browser.newBrowserCDPSession()
  const { browserContextId } = await wire.send('Target.createBrowserContext')
  await wire.send('Storage.setCookies', { browserContextId, cookies: [...cookies, inAlbanian] })
  const { targetId } = await wire.send('Target.createTarget', { url: 'about:blank', browserContextId })
  const { sessionId } = await wire.send('Target.attachToTarget', { targetId })
  let last = 0
  const answers = new Map<number, (result: { result?: { value?: number } }) => void>()
  wire.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result } = JSON.parse(message) as { id?: number; result?: object }
    if (id !== undefined) answers.get(id)?.(result ?? {})
  })
  const send = (method: string, params: object = {}) =>
    new Promise<{ result?: { value?: number } }>((resolve) => {
      last += 1
      answers.set(last, resolve)
      void wire.send('Target.sendMessageToTarget', {
        sessionId,
        message: JSON.stringify({ id: last, method, params }),
      })
    })
  await send('Emulation.setCPUThrottlingRate', { rate: 6 })
  await send('Emulation.setDeviceMetricsOverride', {
    width: 360,
    height: 740,
    deviceScaleFactor: 1,
    mobile: false,
  })
  await send('Page.enable')
  const source = `(${watchFor.toString()})(${JSON.stringify(`${entries}. `)})`
  await send('Page.addScriptToEvaluateOnNewDocument', { source })
  const took = await timesOf(
    times,
    (url) => send('Page.navigate', { url: url === null ? 'about:blank' : `${base}${url}` }),
    async () => (await send('Runtime.evaluate', { expression: 'globalThis.usableAt' })).result?.value,
    address(caseId),
  )
  await wire.send('Target.disposeBrowserContext', { browserContextId })
  return rowOf('the same with nobody listening in', took)
}

export const measureFile = async (
  port: number,
  token: string,
  caseId: Uuid,
  seconds: number,
): Promise<FileRow[]> => {
  const rows = await served(port, token, caseId, seconds)
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: ['--no-sandbox', '--headless'],
  })
  try {
    const reader = { browser, base: `http://localhost:${port}`, caseId, times: 30 }
    return [...rows, await shown(reader), await shownUnwatched(reader)]
  } finally {
    await browser.close()
  }
}

export const fileTable = (rows: readonly FileRow[]): string =>
  [
    `A case of ${entries} entries, one connection, warm:`,
    '',
    '| work | p50 ms | p95 ms | aim ms |',
    '|---|---|---|---|',
    ...rows.map((row) => `| ${row.work} | ${row.p50} | ${row.p95} | ${row.aim} |`),
  ].join('\n')
export const fileLogin = login
