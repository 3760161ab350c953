/** Notices on the wire: a code, a record's printed code, a time. */
import { z } from 'zod'
import { noticeCodes } from '#domain/notice/kinds.ts'
import { instant, PageQuery, uuid } from './envelope.ts'

export { type NoticeCode, noticeCodes } from '#domain/notice/kinds.ts'

export const ListNotices = {
  summary: 'What happened to records that concern you, newest first; codes only, never names',
  query: z.strictObject({ unread: z.enum(['true', 'false']).optional(), ...PageQuery }),
  reply: z.object({
    items: z.array(
      z.object({
        id: uuid,
        at: instant,
        code: z.enum(noticeCodes),
        recordKind: z.string(),
        recordId: uuid,
        label: z.string(),
        readAt: instant.nullable(),
      }),
    ),
    next: z.string().nullable(),
  }),
}
export const ReadNotice = z.strictObject({})
