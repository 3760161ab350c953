/**
 * Values of T4 and T5 as they lie in the database: AES-256-GCM under the record's data key, bound to the one place they
 * belong to. Moved to another row, record or tier, or altered by a bit, they do not open.
 */
import type { DomainEvent, Facts, Json, Uuid } from '#domain/core.ts'
import { Problem } from '../problem.ts'
import { seal, unseal } from '../session/keys.ts'
import type { Tx } from '../tx.ts'
import { findKey, keyFor, newKey, openedKey, type RecordName } from './keys.ts'

/** Where a value belongs: the event or row that holds it, and its name there. */
export interface Place {
  readonly record: RecordName
  readonly tier: 'T4' | 'T5'
  readonly at: Uuid
  readonly name: string
}

/** The form in a json column. */
export type Sealed = { readonly sealed: string }

const bound = ({ record, tier, at, name }: Place): string =>
  ['mburoja sealed 1', record.kind, record.id, tier, at, name].join('\n')

export const sealBytes = (key: Buffer, place: Place, value: Json): Buffer =>
  seal(key, bound(place), JSON.stringify(value))

/** @throws Problem `unopened` */
export const openBytes = (key: Buffer | null, place: Place, sealed: Buffer): Json => {
  try {
    if (key !== null) return JSON.parse(unseal(key, bound(place), sealed)) as Json
  } catch {
    // Said below: what failed inside tells only whoever altered it.
  }
  throw new Problem('unopened')
}

/** Under the key that this transaction has opened or made for the record: call after `append` or `keyFor`. */
export const sealed = (tx: Pick<Tx, 'keys'>, place: Place, value: Json): Sealed => ({
  sealed: sealBytes(openedKey(tx, place.record), place, value).toString('base64'),
})

/** A plain value in a sealed place was put there by somebody else: it is refused like an altered one. */
export const open = async (tx: Tx, place: Place, stored: Json): Promise<Json> => {
  const text = sealedText(stored)
  if (text === null) throw new Problem('unopened')
  return openBytes(await findKey(tx, place.record), place, Buffer.from(text, 'base64'))
}

const sealedText = (stored: Json): string | null =>
  stored !== null && typeof stored === 'object' && 'sealed' in stored && typeof stored.sealed === 'string'
    ? stored.sealed
    : null

interface StoredPart {
  readonly event_id: Uuid
  readonly tier: string
  readonly name: string
  readonly body: Json
}

/** One stored part of an event, as its reader gets it. Parts sealed after they were written carry their salt along. */
export const openPart = async (tx: Tx, part: StoredPart, record: RecordName): Promise<Json> => {
  const { event_id: at, tier, name, body } = part
  if (!isSensitive(tier)) return body
  if (sealedLater(body)) return JSON.parse((await openLater(tx, part, record)).body) as Json
  return open(tx, { record, tier, at, name }, body)
}

/** What is sealed of a part that lay plain before: its digest in the chain is of the plain text with this salt. */
export type Later = {
  /** Hexadecimal. */
  readonly salt: string
  /** The database's own text of the json, which the digest covers. */
  readonly body: string
}
const sealedLater = (body: Json): boolean =>
  body !== null && typeof body === 'object' && 'digest' in body && body.digest === 'plain'

/** @throws Problem `unopened` */
export const openLater = async (tx: Tx, part: StoredPart, record: RecordName): Promise<Later> => {
  const { event_id: at, tier, name, body } = part
  if (!isSensitive(tier)) throw new Problem('unopened')
  return (await open(tx, { record, tier, at, name }, body)) as unknown as Later
}

type Events = readonly DomainEvent<string, Facts>[]
const isSensitive = (tier: string): tier is 'T4' | 'T5' => tier === 'T4' || tier === 'T5'

/**
 * What `append` needs to seal the sensitive parts of these events, or null where there are none: such events cost nothing.
 * `keep` is called once the chain has taken them.
 */
export const partsSealer = async (
  tx: Tx,
  record: RecordName & { readonly version: number },
  events: Events,
): Promise<{
  body(at: Uuid, part: { tier: string; name: string; body: Json }): Json
  keep(): void
} | null> => {
  if (!events.some((event) => event.parts?.some((part) => isSensitive(part.tier)))) return null
  const { key, keep } =
    record.version === 0 ? newKey(tx, record) : { key: await keyFor(tx, record), keep: () => {} }
  const { kind, id } = record
  return {
    body: (at, { tier, name, body }) =>
      isSensitive(tier)
        ? { sealed: sealBytes(key, { record: { kind, id }, tier, at, name }, body).toString('base64') }
        : body,
    keep,
  }
}
