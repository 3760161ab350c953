/** Notices on the wire: a code, a record's printed code, a time. */
import { z } from 'zod'
import { instant, PageQuery, uuid } from './envelope.ts'

export const noticeCodes = [
  'case_transfer_asked',
  'case_transfer_accepted',
  'case_transfer_declined',
  'case_closure_returned',
  'case_member_absent',
  'case_risk_lowered',
  'conference_answered',
  'conference_cancelled',
  'conference_invitation',
  'conference_moved',
  'case_request_received',
  'case_merge_proposed',
  'meeting_cancelled',
  'meeting_invitation',
  'meeting_missed',
  'meeting_moved',
  'minutes_distributed',
  'recommendation_made',
  'report_danger',
  'report_moved',
  'report_second_person',
  'screening_waits',
  'victim_identified',
  'referral_sent',
  'referral_answered',
  'referral_declined',
  'referral_unacknowledged',
  'referral_expired',
  'referral_withdrawn',
  'referral_consent_ended',
  'referral_completed',
] as const
export type NoticeCode = (typeof noticeCodes)[number]

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
