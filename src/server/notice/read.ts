/** Reading notices and marking them as seen. A notice to a unit is seen once one of them has seen it. */
import type { Instant, Uuid } from '#domain/core.ts'
import { codesOf, type NoticeGroup, noticeGroups, urgentCodes } from '#domain/notice/kinds.ts'
import {
  CountNotices,
  ListNotices,
  type NoticeCode,
  noticeCodes,
  ReadAllNotices,
  ReadNotice,
} from '#wire/notice.ts'
import { command, done } from '../command.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { endpoint } from '../endpoint.ts'
import { notFound } from '../problem.ts'
import type { Tx } from '../tx.ts'

interface Row {
  readonly id: Uuid
  readonly at: Instant
  readonly code: NoticeCode
  readonly recordKind: string
  readonly recordId: Uuid
  readonly label: string
  readonly readAt: Instant | null
}

/** The policy lets through what is for the reader; this says it once more, so that the indexes are used. */
const mine = `(unit_id = (select me_unit()) or unit_id is null and role = (select me_role()) or user_id = (select me_user()))`

/** Codes of the groups asked for, without those of muted groups, but always the urgent ones. */
const codesShown = async (
  tx: Tx,
  ask: { readonly group?: NoticeGroup | undefined; readonly muted?: boolean },
): Promise<readonly NoticeCode[]> => {
  const asked = ask.group === undefined ? noticeCodes : codesOf(ask.group)
  if (ask.muted === true) return asked
  const [setting] = await tx.sql<{ muted: NoticeGroup[] }>(
    'select muted from notice_setting where user_id = (select me_user())',
  )
  const hidden = noticeGroups.filter((group) => setting?.muted.includes(group)).flatMap(codesOf)
  return asked.filter((code) => !hidden.includes(code) || urgentCodes.includes(code))
}

export const listNotices = endpoint({
  method: 'GET',
  url: '/api/notices',
  wire: ListNotices,
  handle: async (tx, { query }) => {
    const after = readCursor(query.cursor)
    const codes = await codesShown(tx, { group: query.group, muted: query.muted === 'true' })
    const rows = await tx.sql<Row>(
      `select id, at, code, record_kind as "recordKind", record_id as "recordId", label, read_at as "readAt" from notice
       where ${mine} and code = any ($5)
         and ($1::text is null or (read_at is null) = ($1 = 'true'))
         and ($2::timestamptz is null or (at, id) < ($2, $3::uuid))
       order by at desc, id desc limit $4`,
      [query.unread ?? null, after?.at ?? null, after?.id ?? null, query.limit + 1, codes],
    )
    const items = rows.slice(0, query.limit)
    const last = items.at(-1)
    return {
      items,
      next: rows.length > query.limit && last !== undefined ? cursorOf(last.at, last.id) : null,
    }
  },
})

export const countNotices = endpoint({
  method: 'GET',
  url: '/api/notices/count',
  wire: CountNotices,
  handle: async (tx) => {
    const codes = await codesShown(tx, {})
    const [row] = await tx.sql<{ unread: number; urgent: number }>(
      `select count(*) as unread, count(*) filter (where code = any ($2)) as urgent
       from (select code from notice where ${mine} and read_at is null and code = any ($1) limit 100) n`,
      [codes, urgentCodes],
    )
    return row ?? { unread: 0, urgent: 0 }
  },
})

/** No event: a notice is a tap on the shoulder, the record itself is the history. */
export const readNotice = command('notice.read', ReadNotice, async (tx, cmd) => {
  const [row] = await tx.sql<{ id: Uuid }>(
    'update notice set read_at = coalesce(read_at, $2) where id = $1 returning id',
    [cmd.recordId, tx.now],
  )
  if (row === undefined) throw notFound()
  return done({ recordId: row.id, version: 1 })
})

export const readAllNotices = command('notice.read_all', ReadAllNotices, async (tx, cmd) => {
  const codes = await codesShown(tx, { group: cmd.body.group })
  const rows = await tx.sql(
    `update notice set read_at = $1 where ${mine} and read_at is null and code = any ($2) and at <= $3 returning 1`,
    [tx.now, codes, cmd.body.until],
  )
  return done({ recordId: cmd.recordId, version: 1, reply: { read: rows.length } })
})
