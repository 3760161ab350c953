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

/** No fault in either theme at 1280 and 360 pixels, and at 320 nothing leaves the side. Leaves the page at 1280. */
export const looksRight = async (page: Page, told: string, eyes: Eyes = {}): Promise<void> => {
  const { within } = eyes
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 860 })
    const faults = await axeFaultsOfAll(page, within === undefined ? {} : { within })
    expect(faults, `${told} ${width}`).toEqual([])
    expect(await sidewaysScroll(page), `${told} ${width}`).toBe(0)
    if (eyes.picture !== undefined) await picture(page, `${eyes.picture}-${width}`)
  }
  expect(await faultsInTheDark(page, within), `${told} in the dark`).toEqual([])
  await page.setViewportSize({ width: 320, height: 640 })
  expect(await sidewaysScroll(page), `${told} 320`).toBe(0)
  await page.setViewportSize({ width: 1280, height: 860 })
}

/** Opens in the middle of the page, and is all there is while it is open. */
export const inDialog = '[role=dialog], dialog[open]'
