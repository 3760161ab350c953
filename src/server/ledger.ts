/**
 * The proof that nothing was altered: each record's events are a hash chain, and a signed checkpoint seals all chain
 * heads and the access records on a schedule (decision 1). Verifying recomputes everything here, outside the database.
 */
import { createPublicKey, type KeyObject, sign } from 'node:crypto'
import type { Instant } from '#domain/core.ts'
import type { Context } from './context.ts'
import { type Broken, foldChains, orphanHead, orphanPart, sha256 } from './ledger/chain.ts'
import {
  allCheckpoints,
  beginning,
  checkpointFault,
  checkpointText,
  genesis,
  keyId,
  sealAccess,
} from './ledger/seal.ts'
import { systemTx } from './tx.ts'

export interface Verification {
  readonly ok: boolean
  readonly events: number
  readonly records: number
  readonly parts: number
  /** Personal values erased lawfully: their digest stands, an `Erased` event names them. */
  readonly erased: number
  readonly checkpoints: number
  readonly accessRecords: number
  readonly broken: Broken | null
}

/**
 * Seal all chain heads, and the access records of the time since the last seal, under the country's key.
 * Access records younger than a minute wait for the next seal: their transactions may not have ended.
 */
export const takeCheckpoint = (
  ctx: Context,
  key: KeyObject,
): Promise<{ id: number; events: number; records: number }> =>
  systemTx(ctx, 'audit', 'checkpoint: seal all chain heads', async (tx) => {
    await tx.sql('lock table checkpoint in share row exclusive mode')
    const before = (await allCheckpoints(tx)).at(-1)
    const snapshot = (await tx.sql<{ now: string }>('select pg_current_snapshot()::text as now'))[0]!.now
    const folded = await foldChains(tx, snapshot)
    if (folded.broken !== null)
      throw new Error(`the ledger is broken: ${folded.broken.reason}; no checkpoint is taken over it`)
    const accessUntil = new Date(Date.parse(tx.now) - 60_000).toISOString()
    const access = await sealAccess(tx, before?.access_until ?? beginning, accessUntil)
    const row = {
      at: tx.now,
      snapshot,
      events: folded.sealedEvents,
      records: folded.sealedRecords,
      heads_hash: folded.heads,
      access_until: accessUntil,
      access_records: access.count,
      access_hash: access.hash,
      prev: before === undefined ? genesis : sha256(checkpointText(before), before.signature),
      key_id: keyId(key),
    }
    const signature = sign(null, Buffer.from(checkpointText(row)), key)
    const inserted = await tx.sql<{ id: number }>(
      `insert into checkpoint (at, snapshot, events, records, heads_hash, access_until, access_records, access_hash, prev, key_id, signature)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id`,
      [...Object.values(row), signature],
    )
    return { id: inserted[0]!.id, events: row.events, records: row.records }
  })

/** The seals with the public key, for a third party to keep: whoever holds them can tell a rewritten ledger. */
export const exportCheckpoints = (
  ctx: Context,
  key: KeyObject,
): Promise<{ publicKey: string; checkpoints: unknown[] }> =>
  systemTx(ctx, 'audit', 'checkpoint: export the seals', async (tx) => ({
    publicKey: createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString(),
    checkpoints: (await allCheckpoints(tx)).map((row) => ({
      id: row.id,
      text: checkpointText(row),
      signature: row.signature.toString('base64'),
    })),
  }))

/** Prove the whole ledger: every link, part, head, seal and sealed access record. Names the first broken link. */
export const verifyLedger = (ctx: Context, key: KeyObject): Promise<Verification> =>
  systemTx(ctx, 'audit', 'ledger: verify every chain', async (tx) => {
    const seals = await allCheckpoints(tx)
    const last = seals.at(-1)
    const folded = await foldChains(tx, last?.snapshot ?? null)
    let broken =
      folded.broken ?? (await orphanHead(tx)) ?? (await orphanPart(tx)) ?? checkpointFault(seals, key)
    if (broken === null && last !== undefined) {
      if (folded.sealedEvents !== last.events || !folded.heads.equals(last.heads_hash)) {
        broken = {
          place: 'checkpoint',
          checkpoint: last.id,
          reason: `sealed ${last.events} events of ${last.records} records; ${folded.sealedEvents} of ${folded.sealedRecords} are found as sealed`,
        }
      }
    }
    let from: Instant = beginning
    let accessRecords = 0
    for (const seal of seals) {
      if (broken !== null) break
      const access = await sealAccess(tx, from, seal.access_until)
      accessRecords += access.count
      if (access.count !== seal.access_records || !access.hash.equals(seal.access_hash)) {
        broken = {
          place: 'access',
          checkpoint: seal.id,
          reason: `sealed ${seal.access_records} access records until ${seal.access_until}; ${access.count} are found, or others`,
        }
      }
      from = seal.access_until
    }
    const { events, records, parts, erased } = folded
    return {
      ok: broken === null,
      events,
      records,
      parts,
      erased,
      checkpoints: seals.length,
      accessRecords,
      broken,
    }
  })
