/**
 * The proof that nothing was altered: each record's events are a hash chain, and a signed checkpoint seals all chain
 * heads and the access records on a schedule (decision 1). Verifying recomputes everything here, outside the database.
 */
import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import type { Instant, Uuid } from '#domain/core.ts'
import type { Context } from './context.ts'
import { systemTx, type Tx } from './tx.ts'

/** Where the first broken link is, and what is wrong with it. */
export interface Broken {
  readonly place: 'event' | 'part' | 'head' | 'checkpoint' | 'access'
  readonly kind?: string
  readonly recordId?: Uuid
  readonly seq?: number
  readonly eventId?: Uuid
  readonly checkpoint?: number
  readonly reason: string
}

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

const sha256 = (...chunks: (Buffer | string)[]): Buffer => {
  const hash = createHash('sha256')
  for (const chunk of chunks) hash.update(chunk)
  return hash.digest()
}

interface EventRow {
  id: Uuid
  record_id: Uuid
  kind: string
  seq: number
  text: string
  type: string
  facts: { events?: Uuid[] }
  digests: string
  prev: Buffer
  hash: Buffer
  sealed: boolean
  head_version: number | null
  head_hash: Buffer | null
}

// The text is put together from the columns, not by the function that wrote it.
const eventPage = `
  select e.id, e.record_id, e.kind, e.seq, e.type, e.digests, e.prev, e.hash,
    case when e.type = 'Erased' then e.facts else '{}' end as facts,
    concat(e.id, chr(10), e.record_id, chr(10), e.kind, chr(10), e.seq, chr(10), e.type, chr(10), e.v, chr(10), e.facts, chr(10),
      array_to_string(e.touches, ','), chr(10), e.digests, chr(10), (extract(epoch from e.occurred_at) * 1000)::bigint, chr(10),
      (extract(epoch from e.recorded_at) * 1000)::bigint, chr(10), e.actor_id, chr(10), e.unit_id, chr(10), e.role, chr(10), e.command_id) as text,
    coalesce(pg_visible_in_snapshot(e.xid, $3::pg_snapshot), false) as sealed,
    h.version as head_version, h.hash as head_hash
  from event e left join record_head h on h.record_id = e.record_id and h.kind = e.kind
  where (e.record_id, e.seq) > ($1, $2) order by e.record_id, e.seq limit 5000`

interface PartRow {
  event_id: Uuid
  tier: string
  name: string
  body: string
  salt: Buffer
}

interface CheckpointRow {
  id: number
  at: Instant
  snapshot: string
  events: number
  records: number
  heads_hash: Buffer
  access_until: Instant
  access_records: number
  access_hash: Buffer
  prev: Buffer
  key_id: string
  signature: Buffer
}

const checkpointText = (row: Omit<CheckpointRow, 'id' | 'signature'>): string =>
  [
    'mburoja checkpoint 1',
    row.at,
    row.snapshot,
    row.events,
    row.records,
    row.heads_hash.toString('hex'),
    row.access_until,
    row.access_records,
    row.access_hash.toString('hex'),
    row.prev.toString('hex'),
    row.key_id,
  ].join('\n')

const genesis = sha256('mburoja checkpoint genesis')
const nobody = '00000000-0000-0000-0000-000000000000'
const beginning = '1970-01-01T00:00:00.000Z'

/** A key's name: the first half of its fingerprint. */
export const keyId = (key: KeyObject): string =>
  sha256(createPublicKey(key).export({ type: 'spki', format: 'der' }))
    .toString('hex')
    .slice(0, 32)

const allCheckpoints = (tx: Tx): Promise<CheckpointRow[]> =>
  tx.sql('select *, snapshot::text as snapshot from checkpoint order by id')

/** Fold every chain once. `onChain` is told the last sealed event of each record, in order of record id. */
const foldChains = async (
  tx: Tx,
  snapshot: string | null,
): Promise<{
  events: number
  records: number
  parts: number
  erased: number
  sealedEvents: number
  sealedRecords: number
  heads: Buffer
  broken: Broken | null
}> => {
  const heads = createHash('sha256')
  const count = { events: 0, records: 0, parts: 0, erased: 0, sealedEvents: 0, sealedRecords: 0 }
  let at = { record: nobody, seq: 0 }
  let chain: { record: Uuid; hash: Buffer; seq: number; sealed: EventRow | null } | null = null
  let broken: Broken | null = null
  const closeChain = (): void => {
    if (chain?.sealed == null) return
    heads.update(`${chain.sealed.record_id} ${chain.sealed.seq} ${chain.sealed.hash.toString('hex')}\n`)
    count.sealedRecords += 1
  }
  for (;;) {
    const page = await tx.sql<EventRow>(eventPage, [at.record, at.seq, snapshot])
    if (page.length === 0) break
    for (const row of page) {
      if (chain === null || chain.record !== row.record_id) {
        closeChain()
        chain = { record: row.record_id, hash: sha256(`${row.kind}\n${row.record_id}`), seq: 0, sealed: null }
        count.records += 1
      }
      const fault = linkFault(row, chain)
      if (fault !== null && broken === null) {
        broken = {
          place: fault.place,
          kind: row.kind,
          recordId: row.record_id,
          seq: row.seq,
          eventId: row.id,
          reason: fault.reason,
        }
      }
      chain.hash = row.hash
      chain.seq = row.seq
      if (row.sealed) {
        chain.sealed = row
        count.sealedEvents += 1
      }
      count.events += 1
    }
    const parts = await checkParts(tx, page)
    count.parts += parts.parts
    count.erased += parts.erased
    broken ??= parts.broken
    const last = page.at(-1)!
    at = { record: last.record_id, seq: last.seq }
  }
  closeChain()
  return { ...count, heads: heads.digest(), broken }
}

const linkFault = (
  row: EventRow,
  chain: { hash: Buffer; seq: number },
): { place: 'event' | 'head'; reason: string } | null => {
  if (row.seq !== chain.seq + 1) return { place: 'event', reason: `event ${chain.seq + 1} is missing` }
  if (!row.prev.equals(chain.hash)) return { place: 'event', reason: 'does not follow the event before it' }
  if (!sha256(row.prev, row.text).equals(row.hash))
    return { place: 'event', reason: 'its content does not match its hash' }
  if (row.head_version === null) return { place: 'head', reason: 'the record has events but no head' }
  if (row.seq > row.head_version) return { place: 'head', reason: 'stands after the head' }
  if (row.seq === row.head_version && !row.hash.equals(row.head_hash!))
    return { place: 'head', reason: 'the head has another hash' }
  return null
}

const checkParts = async (
  tx: Tx,
  page: readonly EventRow[],
): Promise<{ parts: number; erased: number; broken: Broken | null }> => {
  const withParts = page.filter((row) => row.digests !== '')
  const rows = await tx.sql<PartRow>(
    'select event_id, tier, name, body::text as body, salt from event_part where event_id = any ($1)',
    [page.map((row) => row.id)],
  )
  const byEvent = Map.groupBy(rows, (row) => row.event_id)
  let erased = 0
  let broken: Broken | null = null
  const fail = (row: EventRow, reason: string): void => {
    broken ??= {
      place: 'part',
      kind: row.kind,
      recordId: row.record_id,
      seq: row.seq,
      eventId: row.id,
      reason,
    }
  }
  for (const row of withParts) {
    const parts = byEvent.get(row.id) ?? []
    byEvent.delete(row.id)
    for (const digest of row.digests.split(' ')) {
      const [tier, name] = digest.split(':')
      const part = parts.find((candidate) => candidate.tier === tier && candidate.name === name)
      if (part === undefined) {
        if (await wasErased(tx, row)) erased += 1
        else fail(row, `its part ${tier} ${name} is gone and no erasure names it`)
      } else if (
        `${tier}:${name}:${sha256(part.salt, `${tier}\n${name}\n${part.body}`).toString('hex')}` !== digest
      ) {
        fail(row, `its part ${tier} ${name} does not match its digest`)
      }
    }
    if (parts.length > row.digests.split(' ').length) fail(row, 'has a part that it never had')
  }
  const stray = page.find((row) => byEvent.has(row.id))
  if (stray !== undefined) fail(stray, 'has a part that it never had')
  return { parts: rows.length, erased, broken }
}

const wasErased = async (tx: Tx, row: EventRow): Promise<boolean> => {
  const found = await tx.sql(
    `select 1 from event where record_id = $1 and type = 'Erased' and facts -> 'events' ? $2 limit 1`,
    [row.record_id, row.id],
  )
  return found.length > 0
}

interface AccessSeal {
  readonly count: number
  readonly hash: Buffer
}

const sealAccess = async (tx: Tx, from: Instant, until: Instant): Promise<AccessSeal> => {
  const hash = createHash('sha256')
  let count = 0
  let at: { time: Instant; id: Uuid } = { time: from, id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' }
  for (;;) {
    const rows = await tx.sql<{ id: Uuid; at: Instant; text: string }>(
      `select id, at, concat_ws(chr(9), id, (extract(epoch from at) * 1000)::bigint, coalesce(actor_id::text, '-'), coalesce(unit_id::text, '-'), coalesce(role, '-'), act, kind,
         coalesce(record_id::text, '-'), array_to_string(ids, ','), coalesce(tier, '-'), coalesce(purpose, '-'),
         coalesce(encode(term_hash, 'hex'), '-'), coalesce(code, '-')) as text
       from access_record where (at, id) > ($1, $2) and at <= $3 order by at, id limit 5000`,
      [at.time, at.id, until],
    )
    if (rows.length === 0) return { count, hash: hash.digest() }
    for (const row of rows) hash.update(`${row.text}\n`)
    count += rows.length
    const last = rows.at(-1)!
    at = { time: last.at, id: last.id }
  }
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

const checkpointFault = (rows: readonly CheckpointRow[], key: KeyObject): Broken | null => {
  let prev = genesis
  const publicKey = createPublicKey(key)
  for (const row of rows) {
    const text = checkpointText(row)
    const broken = (reason: string): Broken => ({ place: 'checkpoint', checkpoint: row.id, reason })
    if (!row.prev.equals(prev)) return broken('does not follow the seal before it')
    if (row.key_id !== keyId(key)) return broken(`was signed with another key, ${row.key_id}`)
    if (!verify(null, Buffer.from(text), publicKey, row.signature))
      return broken('its signature does not match')
    prev = sha256(text, row.signature)
  }
  return null
}

/** Prove the whole ledger: every link, part, head, seal and sealed access record. Names the first broken link. */
export const verifyLedger = (ctx: Context, key: KeyObject): Promise<Verification> =>
  systemTx(ctx, 'audit', 'ledger: verify every chain', async (tx) => {
    const seals = await allCheckpoints(tx)
    const last = seals.at(-1)
    const folded = await foldChains(tx, last?.snapshot ?? null)
    let broken = folded.broken ?? (await orphanHead(tx)) ?? checkpointFault(seals, key)
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

const orphanHead = async (tx: Tx): Promise<Broken | null> => {
  const rows = await tx.sql<{ record_id: Uuid; kind: string; version: number; seq: number | null }>(
    `select h.record_id, h.kind, h.version, last.seq from record_head h
       left join lateral (select max(seq) as seq from event e where e.record_id = h.record_id and e.kind = h.kind) last on true
     where last.seq is distinct from h.version order by h.record_id limit 1`,
  )
  const row = rows[0]
  if (row === undefined) return null
  return {
    place: 'head',
    kind: row.kind,
    recordId: row.record_id,
    seq: row.version,
    reason: `the head says ${row.version} events; ${row.seq ?? 0} are found`,
  }
}
