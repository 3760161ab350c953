/** Every record's chain, recomputed from its columns outside the database, in one pass that never holds more than a page. */
import { createHash } from 'node:crypto'
import type { Uuid } from '#domain/core.ts'
import { Problem } from '../problem.ts'
import { openLater } from '../sealing/index.ts'
import type { Tx } from '../tx.ts'

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

export const sha256 = (...chunks: (Buffer | string)[]): Buffer => {
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
  /** Sealed after it was written: its digest is of the plain text, which takes the record's key to prove. */
  later: boolean
}

const nobody = '00000000-0000-0000-0000-000000000000'

/** Fold every chain once. `onChain` is told the last sealed event of each record, in order of record id. */
export const foldChains = async (
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
    `select event_id, tier, name, body::text as body, salt,
       tier <> 'T3' and is_sealed(body) and coalesce(body ->> 'digest' = 'plain', false) as later
     from event_part where event_id = any ($1)`,
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
      } else {
        const proven = part.later ? await openedLater(tx, row, part) : part
        if (proven === null) fail(row, `its part ${tier} ${name} does not open`)
        else if (`${tier}:${name}:${partDigest(proven, part)}` !== digest)
          fail(row, `its part ${tier} ${name} does not match its digest`)
      }
    }
    if (parts.length > row.digests.split(' ').length) fail(row, 'has a part that it never had')
  }
  const stray = page.find((row) => byEvent.has(row.id))
  if (stray !== undefined) fail(stray, 'has a part that it never had')
  return { parts: rows.length, erased, broken }
}

const partDigest = (
  { salt, body }: Pick<PartRow, 'salt' | 'body'>,
  { tier, name }: Pick<PartRow, 'tier' | 'name'>,
): string => sha256(salt, `${tier}\n${name}\n${body}`).toString('hex')

const openedLater = async (
  tx: Tx,
  row: EventRow,
  part: PartRow,
): Promise<Pick<PartRow, 'salt' | 'body'> | null> => {
  try {
    const { salt, body } = await openLater(
      tx,
      { ...part, body: JSON.parse(part.body) },
      { kind: row.kind, id: row.record_id },
    )
    return { salt: Buffer.from(salt, 'hex'), body }
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}

const wasErased = async (tx: Tx, row: EventRow): Promise<boolean> => {
  const found = await tx.sql(
    `select 1 from event where record_id = $1 and type = 'Erased' and facts -> 'events' ? $2 limit 1`,
    [row.record_id, row.id],
  )
  return found.length > 0
}

/** A head that does not stand on its chain's last event. */
export const orphanHead = async (tx: Tx): Promise<Broken | null> => {
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

/** A part that stands beside no event of its record: it was never told, and no digest proves it. */
export const orphanPart = async (tx: Tx): Promise<Broken | null> => {
  const [row] = await tx.sql<{ kind: string; record_id: Uuid; event_id: Uuid; tier: string; name: string }>(
    `select p.kind, p.record_id, p.event_id, p.tier, p.name from event_part p
       where not exists (select from event e where e.id = p.event_id and e.record_id = p.record_id and e.kind = p.kind)
     order by p.event_id limit 1`,
  )
  if (row === undefined) return null
  return {
    place: 'part',
    kind: row.kind,
    recordId: row.record_id,
    eventId: row.event_id,
    reason: `the part ${row.tier} ${row.name} stands beside no event of its record`,
  }
}
