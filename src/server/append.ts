import type { DomainEvent, Facts, Json, Part, Uuid } from '#domain/core.ts'
import { uuidv7 } from './ids.ts'
import { stale } from './problem.ts'
import { partsSealer } from './sealing/index.ts'
import type { WriteTx } from './tx.ts'

export interface RecordRef {
  /** The noun's table name, e.g. `case_file`. */
  readonly kind: string
  readonly id: Uuid
  /** The version the decision was made on; 0 for a record that does not exist yet. */
  readonly version: number
}

/** As `append_events` takes them; `seal` gives each part's body as it will lie in the database. */
export const eventsJson = (
  events: readonly DomainEvent<string, Facts>[],
  seal?: (eventId: Uuid, part: Part) => Json,
): string =>
  JSON.stringify(
    events.map((event) => {
      const id = uuidv7()
      const parts = event.parts ?? []
      return {
        id,
        type: event.type,
        v: event.v,
        facts: event.facts,
        touches: event.touches ?? [],
        parts: seal === undefined ? parts : parts.map((part) => ({ ...part, body: seal(id, part) })),
      }
    }),
  )

const appendSql = 'select append_events($1, $2, $3, $4, $5, $6, $7) as version'

/**
 * Append what happened to the record's hash chain, in this transaction. Returns the record's new version.
 * Throws `stale` when another transaction has appended since `version`. Never call it with no events.
 */
export const append = async (
  tx: WriteTx,
  record: RecordRef,
  events: readonly DomainEvent<string, Facts>[],
): Promise<number> => {
  const sealer = await partsSealer(tx, record, events)
  const values = [
    record.kind,
    record.id,
    record.version,
    eventsJson(events, sealer?.body),
    tx.commandId,
    tx.now,
    tx.stamp.occurredAt,
  ]
  if (record.version === 0) {
    // Nobody can have been faster with a record that begins here, so its answer is known; a taken id fails the transaction.
    tx.later(appendSql, values)
    sealer?.keep()
    return events.length
  }
  const [row] = await tx.sql<{ version: number | null }>(appendSql, values)
  const version = row?.version
  if (version === null || version === undefined) throw stale([])
  sealer?.keep()
  return version
}
