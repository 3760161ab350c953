/** What every eye may expect of a screen: light and dark, at a desk and on a telephone, and narrower still. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { type AxeFault, axeFaultsOfAll, picture, sidewaysScroll } from './browser.ts'

/** Only colours differ in the dark, and they do not depend on the width: the rest was looked at in the light. */
export const faultsInTheDark = async (page: Page, within?: string): Promise<readonly AxeFault[]> => {
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  const faults = await axeFaultsOfAll(page, { only: 'colours', ...(within === undefined ? {} : { within }) })
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  return faults
}

export interface Eyes {
  /** Looks for faults only here, where what lies around was looked at before. */
  readonly within?: string
  /** Takes pictures under this name. */
  readonly picture?: string
}

const office = { width: 1280, height: 860 }
/** Higher than almost every page: each change of size lays out and paints anew, and so one is enough. */
const tall = 2400

/** No fault in the light at 360 and at 1280 pixels, and nothing leaves the side. Leaves the page tall, at 1280. */
const inTheLight = async (page: Page, told: string, { within, picture: name }: Eyes): Promise<void> => {
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: tall })
    const faults = await axeFaultsOfAll(page, within === undefined ? {} : { within })
    expect(faults, `${told} ${width}`).toEqual([])
    expect(await sidewaysScroll(page), `${told} ${width}`).toBe(0)
    if (name !== undefined) await picture(page, `${name}-${width}`)
  }
}

/** No fault in the light at 360 and at 1280 pixels, and nothing leaves the side. Leaves the page at 1280. */
export const looksWell = async (page: Page, told: string, eyes: Eyes = {}): Promise<void> => {
  await inTheLight(page, told, eyes)
  await page.setViewportSize(office)
}

/** The same, and no fault in the dark; at 320 pixels nothing leaves the side. */
export const looksRight = async (page: Page, told: string, eyes: Eyes = {}): Promise<void> => {
  await inTheLight(page, told, eyes)
  expect(await faultsInTheDark(page, eyes.within), `${told} in the dark`).toEqual([])
  await page.setViewportSize({ width: 320, height: 640 })
  expect(await sidewaysScroll(page), `${told} 320`).toBe(0)
  await page.setViewportSize(office)
}

/** Opens in the middle of the page, and is all there is while it is open. */
export const inDialog = '[role=dialog], dialog[open]'
