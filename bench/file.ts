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

/** From asking for the page until its timeline stands there and the thread is free, in ms: the program is in the cache. */
const shown = async (browser: Browser, base: string, caseId: Uuid, times: number): Promise<FileRow> => {
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
  const took: number[] = []
  for (let n = 0; n < times + 2; n += 1) {
    await page.goto('about:blank')
    await page.goto(`/app/cases/${caseId}?tab=timeline`, { waitUntil: 'commit' })
    let usable: number | undefined
    for (let patience = 0; usable === undefined && patience < 100; patience += 1) {
      await new Promise((rest) => setTimeout(rest, patience === 0 ? 2_000 : 300))
      usable = await page.evaluate(() => (globalThis as { usableAt?: number }).usableAt)
    }
    if (usable === undefined) throw new Error('the timeline did not come')
    took.push(usable)
  }
  await context.close()
  const warm = took.slice(2).sort((a, b) => a - b)
  const at = (share: number) =>
    Math.round(warm[Math.min(warm.length - 1, Math.floor(warm.length * share))] ?? 0)
  return { work: 'the page usable on a phone (360 px, 6× slower)', p50: at(0.5), p95: at(0.95), aim: 1_000 }
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
    return [...rows, await shown(browser, `http://localhost:${port}`, caseId, 10)]
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
