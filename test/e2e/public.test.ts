/** The public pages in a real browser: eyes, keyboard, no script, little weight, and gone at once. */
import fastify, { type FastifyInstance } from 'fastify'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { paths } from '#server/public/routes.ts'
import {
  axeFaults,
  focused,
  launchBrowser,
  picture,
  sidewaysScroll,
  type Visit,
  visit,
} from '#test/e2e/browser.ts'
import { faultsInTheDark } from '#test/e2e/eyes.ts'
import { type PaperHouse, paperHouse } from '#test/public-house.ts'
import { words } from '#wire/words/index.ts'

const sq = words.sq.publicPages
let browser: Browser
let house: PaperHouse
let weather: FastifyInstance
let baseURL: string
let away: string

beforeAll(async () => {
  weather = fastify()
  weather.get('/', (_request, reply) =>
    reply.type('text/html').send('<!doctype html><title>Moti</title><p>Diell'),
  )
  away = (await weather.listen({ port: 0 })).replace('127.0.0.1', 'localhost')
  house = await paperHouse({ exitUrl: `${away}/` })
  baseURL = await house.app.listen({ port: 0 })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await Promise.all([house.app.close(), weather.close()])
})

const withPage = async (
  options: Omit<Visit, 'baseURL'>,
  act: (page: Page, context: BrowserContext) => Promise<void>,
): Promise<void> => {
  const context = await visit(browser, { ...options, baseURL })
  try {
    await act(await context.newPage(), context)
  } finally {
    await context.close()
  }
}

const next = (page: Page): Promise<void> => page.click('.acts button[value=next]')

/** Through all screens of the report, faults included, telling of each as it is shown. */
const walk = async (
  page: Page,
  language: 'sq' | 'en',
  seen: (screen: string) => Promise<void>,
): Promise<void> => {
  await page.goto(paths[language].report)
  await seen('danger')
  await page.click('#danger-yes')
  await seen('stop')
  await next(page)
  await next(page)
  await seen('worry-fault')
  await page.check('#worry-begging')
  await page.check('#worry-work')
  await page.fill('#story', 'Pashë një vajzë te kryqëzimi, vetëm, natën.')
  await next(page)
  await seen('place')
  await page.selectOption('#municipality', '53')
  await page.fill('#where', 'Te Pallati me Shigjeta')
  await next(page)
  await page.click('button[value=more]')
  await page.selectOption('#age1', '8')
  await page.check('#sex1-female')
  await seen('child')
  await next(page)
  await page.check('#official-yes')
  await next(page)
  await seen('you-fault')
  await page.selectOption('#office', 'police')
  await page.fill('#tip', 'Polici merr para.')
  await next(page)
  await seen('check')
  await page.click('button[value=send]')
  await seen('done')
}

describe('for every eye', () => {
  const combinations = (['sq', 'en'] as const).flatMap((language) =>
    [360, 1280].map((width) => ({ language, width })),
  )

  it.each(combinations)(
    '$language $width: no fault found by axe in either theme, no sideways scroll',
    async (combination) => {
      const { language, width } = combination
      await withPage(combination, async (page) => {
        const look = async (name: string): Promise<void> => {
          expect(await axeFaults(page), name).toEqual([])
          expect(await sidewaysScroll(page), name).toBe(0)
          await picture(page, `public-${name}-${language}-${width}`)
          if (width === 1280) expect(await faultsInTheDark(page), `${name}, dark`).toEqual([])
        }
        for (const place of ['home', 'kids', 'kidsWrite', 'clear', 'data', 'code'] as const) {
          await page.goto(paths[language][place])
          await look(place)
        }
        await walk(page, language, look)
        await page.goto(paths[language].code)
        await page.fill('#code', 'aaaa bbbb')
        await page.click('#content .button')
        await look('code-fault')
        await page.fill('#code', 'k7qm 2wxd 4rtp')
        await page.click('#content .button')
        await look('status')
        await page.fill('#text', 'Sot ishte prapë aty.')
        await page.click('.acts .button')
        await look('added')
      })
    },
  )

  it('holds at 320 pixels and with text twice as large', async () => {
    await withPage({ width: 320 }, async (page) => {
      for (const place of ['home', 'report', 'kidsWrite', 'data'] as const) {
        await page.goto(paths.sq[place])
        expect(await sidewaysScroll(page), place).toBe(0)
      }
    })
    await withPage({ width: 640 }, async (page) => {
      await page.goto('/')
      await page.evaluate(() => document.documentElement.style.setProperty('zoom', '2'))
      expect(await sidewaysScroll(page)).toBe(0)
    })
  })
})

describe('without script', () => {
  it('walks the whole way to a receipt, and adds to it', async () => {
    const before = house.told.length
    await withPage({ width: 360, script: false }, async (page) => {
      await page.goto('/')
      expect(await page.locator('.hint').isVisible()).toBe(false)
      await page.click(`text=${sq.write_start}`)
      await page.click('#danger-no')
      await page.click(`label:has-text("${sq.worry_begging}")`)
      await next(page)
      await page.selectOption('#municipality', { label: 'Durrës' })
      await page.click('header button:has-text("English")')
      expect(await page.locator('h1').textContent()).toBe(words.en.publicPages.place_title)
      expect(await page.locator('#municipality').inputValue()).toBe('10')
      await page.click('header button:has-text("Shqip")')
      await next(page)
      await next(page)
      await next(page)
      await page.click('button[value=change-worry]')
      expect(await page.locator('#worry-begging').isChecked()).toBe(true)
      await page.fill('#story', 'Te porti.')
      await next(page)
      expect(await page.locator('h1').textContent()).toBe(sq.check_title)
      await page.click('button[value=send]')
      expect(await page.locator('output').textContent()).toBe('K7QM 2WXD 4RTP')
      // Sent once more, as a nervous hand or a reload does.
      await page.reload()
      expect(await page.locator('output').textContent()).toBe('K7QM 2WXD 4RTP')
      await page.goto('/')
      await page.fill('#code', 'K7QM 2WXD 4RTP')
      await page.click(`button:has-text("${sq.code_see}")`)
      await page.fill('#text', 'Edhe sot.')
      await page.click(`button:has-text("${sq.add_send}")`)
      expect(await page.locator('[role=status]').textContent()).toBe(sq.add_done)
    })
    expect(house.told.length - before).toBe(1)
    expect(house.told.at(-1)).toMatchObject({
      municipality: '10',
      concerns: ['begging'],
      narrative: 'Te porti.',
    })
  })

  it('leaves by the plain link', async () => {
    await withPage({ script: false }, async (page) => {
      await page.goto('/raporto')
      await page.click('.leave')
      expect(await page.title()).toBe('Moti')
    })
  })
})

describe('leaving', () => {
  it('takes the place of the page in the history, by the button and by Shift three times', async () => {
    for (const leave of [
      (page: Page) => page.click('.leave'),
      async (page: Page) => {
        for (let i = 0; i < 3; i++) await page.keyboard.press('Shift')
      },
    ])
      await withPage({}, async (page) => {
        await page.goto(`${away}/`)
        await page.goto(`${baseURL}/femije`)
        await leave(page)
        await page.waitForURL(`${away}/`)
        await page.goBack()
        expect(page.url()).toBe(`${away}/`)
      })
  })

  it('is not set off by typing capitals', async () => {
    await withPage({}, async (page) => {
      await page.goto('/femije/shkruaj')
      await page.focus('#story')
      for (const letter of 'EDURRËS')
        await page.keyboard.press(letter === 'Ë' ? 'Shift+KeyE' : `Shift+Key${letter}`)
      await page.waitForTimeout(200)
      expect(new URL(page.url()).pathname).toBe('/femije/shkruaj')
    })
  })
})

describe('from the keyboard', () => {
  it('meets the way out first, then the skip link, and sees where it is under the bar', async () => {
    await withPage({ width: 360 }, async (page) => {
      await page.goto('/')
      await page.keyboard.press('Tab')
      expect(await focused(page)).toBe(sq.exit)
      await page.keyboard.press('Tab')
      expect(await focused(page)).toBe(sq.skip)
      const stops = await page.locator('main a, main button, main input').count()
      for (let i = 0; i < stops + 3; i++) await page.keyboard.press('Tab')
      for (let i = 0; i < stops; i++) {
        await page.keyboard.press('Shift+Tab')
        const hidden = await page.evaluate(() => {
          const at = document.activeElement?.getBoundingClientRect()
          const bar = document.querySelector('.exit')?.getBoundingClientRect()
          return at !== undefined && bar !== undefined && at.top < bar.bottom - 1 && at.bottom > 0
        })
        expect(hidden, await focused(page)).toBe(false)
      }
    })
  })

  it('finds the faults under its hands and walks on with Enter', async () => {
    await withPage({}, async (page) => {
      await page.goto('/en/report')
      await page.click('#danger-unknown')
      await page.check('#worry-other')
      await next(page)
      await page.focus('#where')
      await page.keyboard.press('Enter')
      await page.waitForSelector('.faults')
      expect(await page.evaluate(() => document.activeElement?.className)).toBe('faults')
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('municipality')
      await page.keyboard.press('T')
      await page.selectOption('#municipality', 'unknown')
      await page.focus('#where')
      await page.keyboard.press('Enter')
      await page.waitForSelector('#age1')
      expect(await page.locator('h1').textContent()).toBe(words.en.publicPages.child_step_title)
    })
  })
})

describe('over the wire', () => {
  it('brings at most 40 KB in all, asks only this house, keeps nothing on the device', async () => {
    await withPage({ width: 360 }, async (page, context) => {
      const wire = await context.newCDPSession(page)
      await wire.send('Network.enable')
      let bytes = 0
      const hosts = new Set<string>()
      wire.on('Network.loadingFinished', ({ encodedDataLength }) => {
        bytes += encodedDataLength
      })
      page.on('request', (request) => {
        if (!request.url().startsWith('data:')) hosts.add(new URL(request.url()).origin)
      })
      await page.goto('/', { waitUntil: 'networkidle' })
      expect(bytes).toBeGreaterThan(12_000)
      expect(bytes).toBeLessThan(40_000)
      const first = bytes
      await walk(page, 'sq', async () => {})
      // The rest of the way costs only its pages: letters, style and script came with the first.
      expect(bytes - first).toBeLessThan(80_000)
      expect([...hosts]).toEqual([baseURL])
      expect(await context.cookies()).toEqual([])
      expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0)
    })
  })
})
