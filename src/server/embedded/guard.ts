/**
 * Watches over the server while somebody works with it: where it ended unasked (killed for want of memory, or by hand) it is
 * begun again. Nothing that was acknowledged is lost by that; whoever asked in between was told to try again.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { messageOf } from '../fault.ts'

interface Guarded {
  readonly runs: () => boolean
  readonly revive: () => Promise<void>
  readonly say: (line: string) => void
}

const LOOK_EVERY = 1_000
/** A server that does not begin is tried more and more seldom. */
const LONGEST_REST = 60_000

/** Begins to watch. Returns how to end it: resolves when nothing is being begun any more. */
export const guard = ({ runs, revive, say }: Guarded): (() => Promise<void>) => {
  const over = new AbortController()
  const watch = async (): Promise<void> => {
    for (let rest = LOOK_EVERY; ; ) {
      await pause(rest, undefined, { ref: false, signal: over.signal })
      try {
        if (runs()) {
          rest = LOOK_EVERY
          continue
        }
        say('the database ended unasked: beginning it again')
        await revive()
        say('the database is back')
        rest = LOOK_EVERY
      } catch (error) {
        say(messageOf(error))
        rest = Math.min(2 * rest, LONGEST_REST)
      }
    }
  }
  const watching = watch().catch(() => undefined)
  return () => {
    over.abort()
    return watching
  }
}
