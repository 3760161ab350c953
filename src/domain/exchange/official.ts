/**
 * The official victim database: what one of its answers means, when a message is tried again, and what differs between its
 * records and ours. It is believed in nothing that it does not repeat exactly. docs/exchange.md is the contract.
 */
import { toInstant, toMs } from '../clock/tirana.ts'
import type { Day, Instant } from '../core.ts'

/** All that leaves. */
export interface OfficialMessage {
  /** Pseudonym of the file. */
  readonly id: string
  /** Of this status: the same for every try. */
  readonly statusId: string
  readonly status: string
  readonly on: Day
  readonly forms: readonly string[]
}

export const officialFaults = [
  'unreachable',
  'too_late',
  'not_let_in',
  'their_fault',
  'garbled',
  'refused',
  'conflict',
  'other_record',
] as const
export type OfficialFault = (typeof officialFaults)[number]

/** Sending the same again cannot help: a person must look. */
const final: readonly OfficialFault[] = ['refused', 'conflict', 'other_record']
/** No other message would get through now either. */
export const stopsAll = (fault: OfficialFault): boolean =>
  fault === 'unreachable' || fault === 'too_late' || fault === 'not_let_in'

const minutes = [1, 5, 15, 60, 180, 360, 720, 1440] as const
export const officialAttempts = minutes.length + 1
/** `attempts` were made, the last at `now`. Null: given up. */
export const officialAgainAt = (fault: OfficialFault, attempts: number, now: Instant): Instant | null => {
  const wait = minutes[attempts - 1]
  return wait === undefined || final.includes(fault) ? null : toInstant(toMs(now) + wait * 60_000)
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
const sameForms = (a: unknown, b: readonly string[]): boolean =>
  Array.isArray(a) && JSON.stringify([...a].sort()) === JSON.stringify([...b].sort())

/** Whether an answer says that our message is held there now: 200 and 201 repeat its ids, 409 the record that stands. */
export const judgeAnswer = (
  status: number,
  body: unknown,
  message: OfficialMessage,
): 'sent' | OfficialFault => {
  if (status === 401 || status === 403) return 'not_let_in'
  if (status === 408 || status === 425 || status === 429 || status >= 500) return 'their_fault'
  const ours = isObject(body) && body.id === message.id && body.statusId === message.statusId
  if (status === 409)
    return ours &&
      body.status === message.status &&
      body.on === message.on &&
      sameForms(body.forms, message.forms)
      ? 'sent'
      : 'conflict'
  if (status !== 200 && status !== 201) return 'refused'
  if (!isObject(body)) return 'garbled'
  return ours ? 'sent' : 'other_record'
}

export interface OfficialRecord {
  readonly id: string
  readonly status: string
  readonly on: Day
}
export interface OurRecord extends OfficialRecord {
  /** A message of this file is still on its way. */
  readonly waiting: boolean
}
export const differenceKinds = ['only_ours', 'only_theirs', 'other_status', 'other_day', 'twice'] as const
export interface Difference {
  readonly kind: (typeof differenceKinds)[number]
  readonly id: string
  readonly ours: string | null
  readonly theirs: string | null
}
export interface Comparison {
  readonly ours: number
  readonly theirs: number
  readonly same: number
  /** Differ only because a message is on its way. */
  readonly waiting: number
  readonly differences: readonly Difference[]
}

/** Both sides by pseudonym. Each of our files is in exactly one of same, waiting and differing. */
export const compareSides = (ours: readonly OurRecord[], theirs: readonly OfficialRecord[]): Comparison => {
  const there = new Map<string, OfficialRecord>()
  const twice = new Set<string>()
  for (const one of theirs) {
    if (there.has(one.id)) twice.add(one.id)
    else there.set(one.id, one)
  }
  const differences: Difference[] = []
  let same = 0
  let waiting = 0
  const said = (one: OfficialRecord): string => `${one.status} ${one.on}`
  for (const one of ours) {
    const held = there.get(one.id)
    there.delete(one.id)
    const kind = twice.has(one.id)
      ? 'twice'
      : held === undefined
        ? 'only_ours'
        : held.status !== one.status
          ? 'other_status'
          : held.on !== one.on
            ? 'other_day'
            : null
    if (kind === null) same += 1
    else if (one.waiting && kind !== 'twice') waiting += 1
    else
      differences.push({ kind, id: one.id, ours: said(one), theirs: held === undefined ? null : said(held) })
  }
  for (const one of there.values())
    differences.push({
      kind: twice.has(one.id) ? 'twice' : 'only_theirs',
      id: one.id,
      ours: null,
      theirs: said(one),
    })
  return { ours: ours.length, theirs: theirs.length, same, waiting, differences }
}
