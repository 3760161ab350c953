/** What becomes of a message that could not be sent: tried again, later each time, and given up in the end. */
import { toInstant, toMs } from '../clock/tirana.ts'
import type { Instant } from '../core.ts'

/** Codes of what went wrong; never the other server's words, which may quote an address. */
export const deliveryFaults = [
  'mail_unreachable',
  'mail_login',
  'mail_secure',
  'mail_later',
  'mail_refused',
  'push_unreachable',
  'push_later',
  'push_refused',
  'push_gone',
  'push_host',
] as const
export type DeliveryFault = (typeof deliveryFaults)[number]

/** Trying again cannot help: the address refuses, the browser is gone, the host is not one that is pushed to. */
const final: readonly DeliveryFault[] = ['mail_refused', 'push_refused', 'push_gone', 'push_host']

/** Nobody else's message would get through now either. */
export const concernsAll = (fault: DeliveryFault): boolean =>
  fault === 'mail_unreachable' || fault === 'mail_login' || fault === 'mail_secure'

const minutes = [1, 5, 15, 60, 180, 360, 720] as const
/** The first try and those that follow: about a day in all. */
export const attemptsAtMost = minutes.length + 1

/** `attempts` were made, the last at `now`. Null: dead. */
export const triedAgainAt = (fault: DeliveryFault, attempts: number, now: Instant): Instant | null => {
  const wait = minutes[attempts - 1]
  return wait === undefined || final.includes(fault) ? null : toInstant(toMs(now) + wait * 60_000)
}
