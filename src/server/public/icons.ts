/** Phosphor's signs (MIT), read once from the package, and the mark drawn by us: a shield within a shield. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Html, trusted } from './html.ts'

const { resolve } = createRequire(import.meta.url)

const names = {
  exit: 'bold/sign-out-bold',
  next: 'bold/arrow-right-bold',
  back: 'bold/caret-left-bold',
  plus: 'bold/plus-bold',
  phone: 'fill/phone-fill',
  call: 'fill/phone-call-fill',
  write: 'regular/chat-text',
  person: 'regular/user-focus',
  clock: 'regular/clock',
  warning: 'regular/warning',
  eye: 'regular/eye',
  question: 'regular/question',
  lock: 'regular/lock-simple',
  check: 'bold/check-bold',
  fault: 'fill/warning-circle-fill',
} as const

const draw = (path: string): Html => {
  const drawing =
    /<svg[^>]*>(.*)<\/svg>/s.exec(
      readFileSync(resolve(`@phosphor-icons/core/assets/${path}.svg`), 'utf8'),
    )?.[1] ?? ''
  return trusted(`<svg class="i" viewBox="0 0 256 256" aria-hidden="true" focusable="false">${drawing}</svg>`)
}

export type Icon = keyof typeof names
/** Decorative: always beside a word. */
export const icon = Object.fromEntries(
  Object.entries(names).map(([name, path]) => [name, draw(path)]),
) as Record<Icon, Html>

export const mark = trusted(
  '<svg class="mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path fill="currentColor" d="M12 1 3 4v8c0 5.500 3.800 9.600 9 11 5.200-1.400 9-5.500 9-11V4z"/><path class="inner" d="M12 7 8 8.400v4c0 2.700 1.600 4.600 4 5.600 2.400-1 4-2.900 4-5.600v-4z"/></svg>',
)
