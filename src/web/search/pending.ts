/** Words on their way from the palette to the page of search: in memory, so that no name stands in an address. */
import { whenSomebodyLeaves } from '#web/client/session.ts'

let waiting = ''
const listeners = new Set<(words: string) => void>()

export const bringWords = (words: string): void => {
  waiting = words
  for (const heard of listeners) heard(takeWords())
}
export const takeWords = (): string => {
  const words = waiting
  waiting = ''
  return words
}
export const whenWordsCome = (heard: (words: string) => void): (() => void) => {
  listeners.add(heard)
  return () => listeners.delete(heard)
}
whenSomebodyLeaves(takeWords)
