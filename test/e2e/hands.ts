/**
 * What a person at the screen does, said in roles and labels as a screen reader would hear them: press, write, choose,
 * read. Words come from the product's own word files, so one journey serves both languages.
 */
import type { Browser, BrowserContext, Locator, Page, Request } from 'playwright-core'
import { expect } from 'vitest'
import { say } from '#server/words.ts'
import type { CastName } from '#test/cast.ts'
import { type Country, password } from '#test/e2e/country.ts'
import type { Language } from '#wire/words/index.ts'
import { type Visit, visit } from './browser.ts'
import { type Desk, leave, sitDown } from './desk.ts'

/** Two cores are shared with the database and the browser itself. */
export const patience = 45_000

export type Params = Readonly<Record<string, string | number>>
const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
/** A label begins with these words; «(sipas dëshirës)», counts and notes may follow. */
const begins = (text: string): RegExp => new RegExp(`^\\s*${escaped(text)}`)

export interface Hands {
  readonly page: Page
  readonly context: BrowserContext
  /** What the console or the network complained of; a test wants it empty. */
  readonly complaints: string[]
  t(key: string, params?: Params): string
  /** The same hands, reaching only into one part of the page. */
  within(part: Locator): Hands
  dialog(): Hands
  part: Locator | Page
  press(name: string | RegExp): Promise<void>
  follow(name: string | RegExp): Promise<void>
  write(label: string, value: string): Promise<void>
  /** An option of a list, by its words. */
  choose(label: string, option: string): Promise<void>
  /** A radio or checkbox of a question. */
  pick(question: string, answer: string): Promise<void>
  tick(label: string): Promise<void>
  sees(text: string | RegExp): Promise<void>
  /** Waits for a heading. */
  at(heading: string | RegExp): Promise<void>
  /** Sends a dialog by its verb and waits until it is gone. */
  confirm(verb: string): Promise<void>
  goTo(path: string): Promise<void>
  /** Waits until the page has every answer it asked for, and has drawn them. */
  settled(): Promise<void>
  close(): Promise<void>
}

type Base = Pick<Hands, 'page' | 'context' | 'complaints' | 'close'>

const handsOn = (base: Base, part: Locator | Page, language: Language): Hands => {
  const hands: Hands = {
    ...base,
    part,
    t: (key, params) => say(language, key, params),
    within: (inner) => handsOn(base, inner, language),
    dialog: () => handsOn(base, base.page.getByRole('dialog'), language),
    press: (name) => part.getByRole('button', { name, exact: true }).first().click(),
    follow: (name) => part.getByRole('link', { name, exact: true }).first().click(),
    write: (label, value) => part.getByLabel(begins(label)).first().fill(value),
    choose: async (label, option) => {
      await part
        .getByRole('combobox', { name: begins(label) })
        .first()
        .selectOption({ label: option })
    },
    pick: async (question, answer) => {
      const group = part.getByRole('group', { name: begins(question) }).first()
      const name = begins(answer)
      await group.getByRole('radio', { name }).or(group.getByRole('checkbox', { name })).first().check()
    },
    tick: (label) =>
      part
        .getByRole('checkbox', { name: begins(label) })
        .first()
        .check(),
    sees: (text) => part.getByText(text).filter({ visible: true }).first().waitFor(),
    at: (heading) => part.getByRole('heading', { name: heading }).first().waitFor(),
    confirm: async (verb) => {
      const dialog = base.page.getByRole('dialog')
      await dialog.getByRole('button', { name: verb, exact: true }).click()
      await dialog.waitFor({ state: 'detached' }).catch(async (error: unknown) => {
        const faults = await dialog.getByRole('alert').allInnerTexts()
        throw new Error(`the dialog stayed: ${faults.join(' · ') || 'and says nothing'}`, { cause: error })
      })
    },
    goTo: async (path) => {
      await base.page.goto(`/app${path}`)
      await base.page.getByRole('main').getByRole('heading').first().waitFor()
    },
    settled: async () => {
      const asked = underway.get(base.page)!
      // What is drawn may ask for more.
      do {
        await expect.poll(() => asked.size, { interval: 20 }).toBe(0)
        await base.page.evaluate(
          () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
        )
      } while (asked.size > 0)
    },
  }
  return hands
}

export interface Arrival {
  readonly language: Language
  readonly width: number
  readonly theme?: 'light' | 'dark'
  /** With nothing in the browser's cache: for those who weigh what comes over the wire. */
  readonly cold?: boolean
}

/** What each page has asked for and not yet received. */
const underway = new WeakMap<Page, Set<Request>>()

const listen = (page: Page, told: (complaint: string) => void): void => {
  const asked = new Set<Request>()
  underway.set(page, asked)
  page.on('request', (request) => asked.add(request))
  page.on('requestfinished', (request) => asked.delete(request))
  page.on('requestfailed', (request) => asked.delete(request))
  page.on('console', (message) => {
    // Refusals are answers, not faults of the page: Chromium writes a line for each 4xx all the same.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) told(message.text())
  })
  page.on('pageerror', (error) => told(String(error)))
  page.on('response', (response) => {
    if (response.status() >= 500) told(`${response.status()} ${response.url()}`)
  })
}

/** A person at a browser of their own, not signed in. */
export const arrive = async (browser: Browser, country: Country, arrival: Arrival): Promise<Hands> => {
  const context = await visit(browser, { ...arrival, baseURL: country.baseURL })
  context.setDefaultTimeout(patience)
  const page = await context.newPage()
  const complaints: string[] = []
  listen(page, (complaint) => complaints.push(complaint))
  return handsOn({ page, context, complaints, close: () => context.close() }, page, arrival.language)
}

/** Signs in by the page, as people do. */
export const signIn = async (
  browser: Browser,
  country: Country,
  login: CastName,
  arrival: Arrival,
): Promise<Hands> => {
  const hands = await arrive(browser, country, arrival)
  const { page, t } = hands
  await page.goto('/app/')
  await hands.at(t('web.sign_in_title'))
  // One's own language comes with the account; who chooses another keeps it.
  const other = page.getByRole('button', { name: arrival.language === 'sq' ? 'Shqip' : 'English' })
  if (arrival.language !== 'sq') {
    await page.getByRole('button', { name: 'Shqip' }).click()
    await other.click()
  }
  await hands.write(t('web.login'), login)
  await hands.write(t('web.password'), password)
  await hands.press(t('web.sign_in'))
  await page.getByRole('main').getByRole('heading', { level: 1 }).first().waitFor()
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'))
  return hands
}

/**
 * Already signed in: for tests whose matter is something else. At a desk that somebody before may have left: wiped, but
 * with the program's files still in its cache.
 */
export const enter = async (
  browser: Browser,
  country: Country,
  login: CastName,
  arrival: Arrival,
): Promise<Hands> => {
  const place: Visit = { ...arrival, baseURL: country.baseURL }
  const make = async (): Promise<Desk> => {
    const context = await visit(browser, place)
    context.setDefaultTimeout(patience)
    const page = await context.newPage()
    const made: Desk = { context, page, complaints: [] }
    listen(page, (complaint) => made.complaints.push(complaint))
    return made
  }
  const desk = arrival.cold === true ? await make() : await sitDown(place, make)
  const { page, context } = desk
  const complaints: string[] = []
  desk.complaints = complaints
  await context.addCookies([await country.cookieOf(login)])
  let there = true
  const close = async (): Promise<void> => {
    if (there) await (arrival.cold === true ? context.close() : leave(desk, place))
    there = false
  }
  return handsOn({ page, context, complaints, close }, page, arrival.language)
}

export const noComplaints = (hands: Hands): void => {
  expect(hands.complaints).toEqual([])
}
