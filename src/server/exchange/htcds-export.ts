/** Export by the case data standard: for the Responsible Authority, by pseudonym, page by page, remembered on disk before it leaves. */
import type { Instant, Uuid } from '#domain/core.ts'
import { writeCsv } from '#domain/exchange/csv.ts'
import { toHtcds } from '#domain/exchange/htcds.ts'
import { keepsExchange } from '#domain/exchange/policy.ts'
import type { HtcdsCase } from '#domain/exchange/read.ts'
import type { TrackRecord } from '#domain/exchange/track.ts'
import * as wire from '#wire/exchange.ts'
import { recordAccess } from '../access.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { type Download, download, type Endpoint, endpoint } from '../endpoint.ts'
import { forbidden, invalid } from '../problem.ts'
import type { Tx } from '../tx.ts'
import { gatherTracks } from './gather.ts'

interface Asked {
  readonly since?: string | undefined
  readonly of: 'register' | 'imported'
  readonly cursor?: string | undefined
  readonly limit: number
}
interface Page {
  readonly items: readonly HtcdsCase[]
  readonly next: string | null
}

/** Of imported cases: source and id of the last one. */
const importedCursor = (cursor: string | undefined): readonly [string, string] | null => {
  if (cursor === undefined) return null
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    const [source, id]: unknown[] = Array.isArray(read) ? read : []
    if (typeof source === 'string' && typeof id === 'string') return [source, id]
  } catch {
    // Falls through: not written by this server.
  }
  throw invalid({ field: 'query.cursor', code: 'bad_format' })
}

const importedPage = async (tx: Tx, { cursor, limit }: Asked): Promise<Page> => {
  const after = importedCursor(cursor)
  const rows = await tx.sql<{ source: string; source_id: string; record: TrackRecord; import_id: Uuid }>(
    `select source, source_id, record, import_id from htcds_record where state <> 'set_aside'
       and ($1::text is null or (source, source_id) > ($1, $2::text)) order by source, source_id limit $3`,
    [after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  )
  const shown = rows.slice(0, limit)
  recordAccess(tx, {
    act: 'export',
    kind: 'htcds_import',
    ids: [...new Set(shown.map((row) => row.import_id))],
    tier: 'T2',
  })
  const last = shown.at(-1)
  return {
    items: shown.map((row) => toHtcds(row.record)),
    next:
      rows.length > limit && last !== undefined
        ? Buffer.from(JSON.stringify([last.source, last.source_id])).toString('base64url')
        : null,
  }
}

const registerPage = async (tx: Tx, { since, cursor, limit }: Asked): Promise<Page> => {
  const after: { at: Instant; id: Uuid } | null = readCursor(cursor)
  const found = await gatherTracks(tx, { since, after, limit: limit + 1 })
  const shown = found.slice(0, limit)
  recordAccess(tx, { act: 'export', kind: 'nrm_file', ids: shown.map((one) => one.id), tier: 'T2' })
  const last = shown.at(-1)
  return {
    items: shown.map((one) => toHtcds(one.record)),
    next: found.length > limit && last !== undefined ? cursorOf(last.statusAt, last.id) : null,
  }
}

const page = async (tx: Tx, asked: Asked): Promise<Page> => {
  if (!keepsExchange(tx.actor)) throw forbidden()
  // An export leaves no trace elsewhere: its record is on disk before the reply, unlike a read's.
  await tx.sql("select set_config('synchronous_commit', 'on', true)")
  return asked.of === 'imported' ? importedPage(tx, asked) : registerPage(tx, asked)
}

const exportHtcds = endpoint({
  method: 'GET',
  url: '/api/htcds/export',
  wire: wire.ExportHtcds,
  handle: async (tx, { query }) => {
    const { items, next } = await page(tx, query)
    return {
      standard: 'HTCDS' as const,
      version: '2.0' as const,
      extension: 'x-mburoja' as const,
      exportedAt: tx.now,
      items: JSON.parse(JSON.stringify(items)),
      next,
    }
  },
})
const exportCsv = download({
  url: '/api/htcds/export.csv',
  media: 'text/csv',
  wire: wire.ExportHtcdsCsv,
  handle: async (tx, { query }) => {
    const { items } = await page(tx, query)
    return {
      name: `htcds-${tx.now.slice(0, 10)}.csv`,
      media: 'text/csv; charset=utf-8',
      bytes: Buffer.from(writeCsv(items), 'utf8'),
    }
  },
})
export const htcdsEndpoints: readonly Endpoint[] = [exportHtcds]
export const htcdsDownloads: readonly Download[] = [exportCsv]
