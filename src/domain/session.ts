/**
 * Signing in, as rules: who needs a second factor, how long a session lives, and when one more attempt may be made.
 * Pure: attempts and times come in, a verdict goes out. Source: house policy (issue 2 part 5), NIST SP 800-63B §5.2.2
 * (throttling) and §7.2 (session lifetimes).
 */
import type { Instant, Role } from './core.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/**
 * Roles whose reach ends at figures without persons (T1). Everybody else may be handed an identified record, be it
 * only the packet of one referral, or rules over accounts and access records, and therefore proves a second factor.
 */
const figuresOnly: ReadonlySet<Role> = new Set(['coordinator', 'county_committee', 'plan_officer'])

export const needsSecondFactor = (role: Role): boolean => !figuresOnly.has(role)

/** Milliseconds: after `idle` without activity a session locks (password opens it); after `absolute` it ends. */
export interface Lifetime {
  readonly idle: number
  readonly absolute: number
}

const office: Lifetime = { idle: 15 * MINUTE, absolute: 12 * HOUR }
/** On the street or at the telephone one is often interrupted, and a shift lasts twelve hours. */
const street: Lifetime = { idle: 30 * MINUTE, absolute: 13 * HOUR }
/** Accounts whose loss would open more than one unit. */
const guarded: Lifetime = { idle: 10 * MINUTE, absolute: 8 * HOUR }

const lifetimes: Partial<Record<Role, Lifetime>> = {
  field_team: street,
  hotline: street,
  police: street,
  border_police: street,
  admin: guarded,
  dpo: guarded,
  internal_affairs: guarded,
  peoples_advocate: guarded,
  responsible_authority: guarded,
  social_service: office,
  consulate: guarded,
  state_agency: guarded,
}

export const lifetimeFor = (role: Role): Lifetime => lifetimes[role] ?? office

/** How long a half-finished sign-in (password given, second factor not yet) stays open. */
export const halfwayLifetime = 5 * MINUTE
/** How long a set-up code of a new or reset account can be used. */
export const setupLifetime = 72 * HOUR

/**
 * Where a session stands. `totp`: the password was right, the code is awaited. `enrol`: a second factor must first be
 * set up. Only `full` reaches records.
 */
export type Stage = 'totp' | 'enrol' | 'full'

export function stageAfterPassword(account: {
  readonly role: Role
  readonly totpEnrolled: boolean
  /** The demo country asks nobody for a second factor; its banner says so. */
  readonly demo: boolean
}): Stage {
  if (account.totpEnrolled) return 'totp'
  return needsSecondFactor(account.role) && !account.demo ? 'enrol' : 'full'
}

export interface SessionTimes {
  readonly role: Role
  readonly stage: Stage
  readonly createdAt: number
  readonly lastSeenAt: number
  readonly locked: boolean
}

/** `ended`: sign in again. `locked`: the password opens it, nothing is lost. Times in milliseconds since 1970. */
export function sessionState(session: SessionTimes, now: number): 'open' | 'locked' | 'ended' {
  const life = lifetimeFor(session.role)
  const longest =
    session.stage === 'totp' ? halfwayLifetime : session.stage === 'enrol' ? HOUR : life.absolute
  if (now - session.createdAt >= longest) return 'ended'
  if (session.locked) return 'locked'
  return now - session.lastSeenAt >= life.idle ? 'locked' : 'open'
}

/** Attempts kept in mind: failures of one account since its last success, and of one address, both newest last. */
export interface RecentFailures {
  readonly account: readonly Instant[]
  readonly address: readonly Instant[]
}

export const throttle = {
  /** Failures are remembered this long. */
  memory: 24 * HOUR,
  /** The first failures cost nothing: people mistype. */
  free: 3,
  /** Then each further failure doubles the wait, from this. */
  firstWait: 1_000,
  /** Every so many failures of one account lock it, each time four times longer, up to a day. */
  lockEvery: 10,
  firstLock: 15 * MINUTE,
  longestLock: 24 * HOUR,
  /** An office shares one address: more is allowed there, over a quarter of an hour. */
  addressFailures: 50,
  addressWindow: 15 * MINUTE,
} as const

export type Verdict =
  | { readonly allow: true }
  | {
      readonly allow: false
      readonly why: 'wait' | 'locked'
      readonly scope: 'account' | 'address'
      readonly until: number
    }

/** How long an account is held after this many failures in a row, in milliseconds; 0 for none. */
export function holdAfter(failures: number): number {
  if (failures < throttle.free) return 0
  if (failures % throttle.lockEvery === 0) {
    const round = failures / throttle.lockEvery - 1
    return Math.min(throttle.firstLock * 4 ** Math.min(round, 10), throttle.longestLock)
  }
  const sinceLock = failures % throttle.lockEvery
  if (sinceLock < throttle.free) return 0
  return throttle.firstWait * 2 ** (sinceLock - throttle.free)
}

/** Whether one more attempt may be made now. Unknown accounts are counted like known ones, so they lock alike. */
export function decideAttempt(recent: RecentFailures, now: Instant): Verdict {
  const at = Date.parse(now)
  const remembered = (list: readonly Instant[], window: number) =>
    list.map((t) => Date.parse(t)).filter((t) => at - t < window)

  const account = remembered(recent.account, throttle.memory)
  const hold = holdAfter(account.length)
  const until = (account.at(-1) ?? 0) + hold
  if (hold > 0 && until > at) {
    const locked = account.length % throttle.lockEvery === 0
    return { allow: false, why: locked ? 'locked' : 'wait', scope: 'account', until }
  }
  const address = remembered(recent.address, throttle.addressWindow)
  if (address.length >= throttle.addressFailures) {
    const frees = address[address.length - throttle.addressFailures]! + throttle.addressWindow
    return { allow: false, why: 'wait', scope: 'address', until: frees }
  }
  return { allow: true }
}

/** What a personal access token of a program may be allowed. Sessions of people have them all. */
export const scopes = ['read', 'write', 'statistics', 'export', 'admin'] as const
export type Scope = (typeof scopes)[number]

/** Scopes that a person in this role may hand to a program; asking for more is refused. */
export function scopesFor(role: Role): readonly Scope[] {
  if (role === 'admin') return ['read', 'write', 'admin']
  return ['read', 'write', 'statistics', 'export']
}

/** A token for a program lives at most this many days. */
export const tokenDays = { usual: 90, most: 366 } as const
