/** Notices on the wire: a code, a record's printed code, a time; how one is told of them; and what became of messages. */
import { z } from 'zod'
import { isMailAddress } from '#domain/notice/address.ts'
import { deliveryFaults } from '#domain/notice/delivery.ts'
import { noticeCodes, noticeGroups } from '#domain/notice/kinds.ts'
import { channels, mailTimings, pushTimings } from '#domain/notice/settings.ts'
import { instant, PageQuery, uuid } from './envelope.ts'
import { moment, trimmedText } from './text.ts'

export { type NoticeCode, noticeCodes } from '#domain/notice/kinds.ts'

const yes = z.enum(['true', 'false']).optional()

export const ListNotices = {
  summary: 'What happened to records that concern you, newest first; codes only, never names',
  query: z.strictObject({
    unread: yes,
    group: z.enum(noticeGroups).optional(),
    /** Also what the reader has muted. */
    muted: yes,
    ...PageQuery,
  }),
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
export const CountNotices = {
  summary: 'How many notices nobody has seen yet, a hundred at most',
  reply: z.object({ unread: z.int(), urgent: z.int() }),
}
export const ReadNotice = z.strictObject({})
/** Only what had come by then: what arrives in between was seen by nobody. */
export const ReadAllNotices = z.strictObject({ until: moment, group: z.enum(noticeGroups).optional() })

const each = <T extends z.ZodType>(value: T) =>
  z.strictObject(
    Object.fromEntries(noticeGroups.map((group) => [group, value])) as Record<
      (typeof noticeGroups)[number],
      T
    >,
  )

const preferences = {
  language: z.enum(['sq', 'en']),
  muted: z.array(z.enum(noticeGroups)).max(noticeGroups.length),
  mail: each(z.enum(mailTimings)),
  push: each(z.enum(pushTimings)),
  quietFrom: z.int().min(0).max(1439),
  quietTo: z.int().min(0).max(1439),
  dailyAt: z.int().min(0).max(23),
  pushWords: z.enum(['safe', 'code']),
}
export const SetNotices = z.strictObject(preferences)
export const StopNotices = z.strictObject({})
export const ResumeNotices = z.strictObject({})
export const SetNoticeAddress = z.strictObject({
  address: trimmedText(254).refine(isMailAddress, { params: { code: 'bad_format' } }),
})
export const ConfirmNoticeAddress = z.strictObject({
  code: z
    .string()
    .trim()
    .regex(/^\d{8}$/),
})
export const ForgetNoticeAddress = z.strictObject({})
export const EndDevice = z.strictObject({})
export const TryNotices = z.strictObject({ channel: z.enum(channels) })
export const ResendDelivery = z.strictObject({})

const delivery = {
  id: uuid,
  channel: z.enum(channels),
  purpose: z.enum(['notices', 'confirm', 'trial']),
  state: z.enum(['waiting', 'sent', 'dead', 'dropped']),
  madeAt: instant,
  dueAt: instant,
  doneAt: instant.nullable(),
  attempts: z.int(),
  fault: z.enum(deliveryFaults).nullable(),
  faultAt: instant.nullable(),
}
export const NoticeSettings = {
  summary: 'How you are told of notices, and what became of the last messages to you',
  reply: z.object({
    preferences: z.object({ ...preferences, stoppedAt: instant.nullable() }),
    /** What this installation can send at all; the key is what a browser subscribes with. */
    ways: z.object({ mail: z.boolean(), push: z.boolean(), pushKey: z.string().nullable() }),
    address: z
      .object({
        address: z.string(),
        confirmedAt: instant.nullable(),
        /** Waiting for its code. */
        asked: z.string().nullable(),
        codeUntil: instant.nullable(),
      })
      .nullable(),
    devices: z.array(z.object({ id: uuid, agent: z.string(), madeAt: instant })),
    deliveries: z.array(z.object(delivery)),
  }),
}
export type NoticeSettings = z.output<(typeof NoticeSettings)['reply']>

export const ListDeliveries = {
  summary: 'Messages that failed, for administrators: to whom and of what is not told',
  query: z.strictObject({ state: z.enum(['waiting', 'dead']).default('dead'), ...PageQuery }),
  reply: z.object({ items: z.array(z.object(delivery)), next: z.string().nullable() }),
}
export const CountDeliveries = {
  summary: 'What became of messages of the last thirty days, and what went wrong, in counts',
  reply: z.object({
    ways: z.object({ mail: z.boolean(), push: z.boolean() }),
    counts: z.array(
      z.object({
        channel: z.enum(channels),
        waiting: z.int(),
        late: z.int(),
        sent: z.int(),
        dead: z.int(),
        dropped: z.int(),
      }),
    ),
    faults: z.array(
      z.object({ channel: z.enum(channels), fault: z.enum(deliveryFaults), count: z.int(), lastAt: instant }),
    ),
  }),
}
export type DeliveryCounts = z.output<(typeof CountDeliveries)['reply']>

/** As a browser's push manager gives it. */
export const NewDevice = z.strictObject({
  endpoint: z.url().max(1000),
  p256dh: z.string().regex(/^[\w-]{87}=?$/),
  auth: z.string().regex(/^[\w-]{22}(==)?$/),
})
export const DeviceMade = z.object({ id: uuid })
