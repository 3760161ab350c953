/** Reading notices and marking them as read. */
import type { Instant, Uuid } from '#domain/core.ts'
import { ListNotices, type NoticeCode, ReadNotice } from '#wire/notice.ts'
import { type CommandHandler, command, done } from '../command.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'
import { notFound } from '../problem.ts'

interface Row {
  readonly id: Uuid
  readonly at: Instant
  readonly code: NoticeCode
  readonly recordKind: string
  readonly recordId: Uuid
  readonly label: string
  readonly readAt: Instant | null
}

const listNotices = endpoint({
  method: 'GET',
  url: '/api/notices',
  wire: ListNotices,
  handle: async (tx, { query }) => {
    const after = readCursor(query.cursor)
    const rows = await tx.sql<Row>(
      `select id, at, code, record_kind as "recordKind", record_id as "recordId", label, read_at as "readAt" from notice
       where (unit_id = (select me_unit()) or unit_id is null and role = (select me_role()))
         and ($1::text is null or (read_at is null) = ($1 = 'true'))
         and ($2::timestamptz is null or (at, id) < ($2, $3::uuid))
       order by at desc, id desc limit $4`,
      [query.unread ?? null, after?.at ?? null, after?.id ?? null, query.limit + 1],
    )
    const items = rows.slice(0, query.limit)
    const last = items.at(-1)
    return {
      items,
      next: rows.length > query.limit && last !== undefined ? cursorOf(last.at, last.id) : null,
    }
  },
})

/** No event: a notice is a tap on the shoulder, the record itself is the history. */
const readNotice = command('notice.read', ReadNotice, async (tx, cmd) => {
  const [row] = await tx.sql<{ id: Uuid }>(
    'update notice set read_at = coalesce(read_at, $2) where id = $1 returning id',
    [cmd.recordId, tx.now],
  )
  if (row === undefined) throw notFound()
  return done({ recordId: row.id, version: 1 })
})

export const noticeCommands: readonly CommandHandler[] = [readNotice]
export const noticeEndpoints: readonly Endpoint[] = [listNotices]
