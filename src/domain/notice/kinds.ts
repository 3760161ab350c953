/**
 * Every kind of notice, in one table: the group under which people set how they are told, whether it may be muted, and
 * where it leads. All channels (the page, mail, push) read this table and nothing else.
 */
import type { Uuid } from '../core.ts'

/** What a person sets the channels for. */
export const noticeGroups = ['reports', 'cases', 'referrals', 'meetings', 'deadlines', 'access'] as const
export type NoticeGroup = (typeof noticeGroups)[number]

export interface NoticeKind {
  readonly group: NoticeGroup
  /** Somebody may come to harm while it waits: never muted inside the application, never kept for a digest. */
  readonly urgent?: true
  /** The part of the file where what it speaks of stands and is answered. */
  readonly tab?: 'family' | 'gtn' | 'measures' | 'placement'
}

export const noticeKinds = {
  // A child may have nowhere to sleep while this waits.
  bed_held: { group: 'referrals', urgent: true },
  bed_confirmed: { group: 'referrals' },
  bed_refused: { group: 'referrals', urgent: true },
  bed_released: { group: 'referrals' },
  bed_lapsed: { group: 'referrals', urgent: true },
  // Whom a unit seeks stands at a crossing now.
  border_hit: { group: 'cases', urgent: true },
  case_transfer_asked: { group: 'cases' },
  case_transfer_accepted: { group: 'cases' },
  case_transfer_declined: { group: 'cases' },
  case_closure_returned: { group: 'cases' },
  case_member_absent: { group: 'meetings', tab: 'gtn' },
  case_risk_lowered: { group: 'cases' },
  // Nothing protects the child from this day on.
  case_measure_expired: { group: 'cases', urgent: true, tab: 'measures' },
  case_child_absconded: { group: 'cases', urgent: true, tab: 'placement' },
  case_exit_unsafe: { group: 'cases', urgent: true, tab: 'placement' },
  clock_breached: { group: 'deadlines', urgent: true },
  conference_answered: { group: 'meetings' },
  conference_cancelled: { group: 'meetings' },
  conference_invitation: { group: 'meetings' },
  conference_moved: { group: 'meetings' },
  // Somebody opened a file of the unit out of their scope.
  access_glass_broken: { group: 'access', urgent: true },
  access_asked: { group: 'access' },
  access_granted: { group: 'access' },
  access_refused: { group: 'access' },
  case_request_received: { group: 'access' },
  case_merge_proposed: { group: 'access', tab: 'family' },
  case_parting_proposed: { group: 'access', tab: 'family' },
  complaint_received: { group: 'access' },
  complaint_question: { group: 'access' },
  // A court hears the child's matter in a few days.
  hearing_near: { group: 'meetings', tab: 'measures' },
  interview_called: { group: 'meetings' },
  interview_moved: { group: 'meetings' },
  interview_cancelled: { group: 'meetings' },
  interview_to_sign: { group: 'cases' },
  interview_sent_back: { group: 'cases' },
  interview_to_review: { group: 'cases' },
  interview_concluded: { group: 'cases' },
  meeting_cancelled: { group: 'meetings' },
  meeting_invitation: { group: 'meetings' },
  meeting_missed: { group: 'deadlines' },
  meeting_moved: { group: 'meetings' },
  minutes_distributed: { group: 'meetings' },
  proceeding_moved: { group: 'cases' },
  proceeding_late: { group: 'deadlines' },
  proceeding_linked: { group: 'access' },
  proceeding_referred: { group: 'cases' },
  // Somebody who may be a victim is charged.
  proceeding_flag: { group: 'cases', urgent: true },
  proceeding_non_punishment: { group: 'cases' },
  proceeding_order_asked: { group: 'access' },
  proceeding_order_checked: { group: 'access' },
  proceeding_order_answered: { group: 'access' },
  recommendation_made: { group: 'meetings' },
  report_danger: { group: 'reports', urgent: true },
  self_report_came: { group: 'cases', urgent: true },
  report_moved: { group: 'reports' },
  report_second_person: { group: 'reports' },
  screening_waits: { group: 'cases' },
  child_list_sent: { group: 'cases' },
  victim_identified: { group: 'cases', urgent: true },
  adult_identified: { group: 'cases', urgent: true },
  nrm_handed_over: { group: 'cases' },
  referral_sent: { group: 'referrals' },
  referral_answered: { group: 'referrals' },
  referral_declined: { group: 'referrals' },
  referral_unacknowledged: { group: 'deadlines', urgent: true },
  referral_expired: { group: 'deadlines' },
  referral_withdrawn: { group: 'referrals' },
  referral_consent_ended: { group: 'access' },
  referral_completed: { group: 'referrals' },
} as const satisfies Record<string, NoticeKind>

export type NoticeCode = keyof typeof noticeKinds
export const noticeCodes = Object.keys(noticeKinds) as [NoticeCode, ...NoticeCode[]]

/** A code of a newer program than this one is told as an ordinary matter of a case. */
export const kindOf = (code: string): NoticeKind =>
  (noticeKinds as Readonly<Record<string, NoticeKind>>)[code] ?? { group: 'cases' }

export const urgentCodes: readonly NoticeCode[] = noticeCodes.filter((code) => kindOf(code).urgent === true)

export const codesOf = (group: NoticeGroup): readonly NoticeCode[] =>
  noticeCodes.filter((code) => kindOf(code).group === group)

const rooms: Readonly<Record<string, string>> = {
  border_alert: 'border/alerts',
  care_place: 'care',
  report: 'reports',
  case_file: 'cases',
  conference_invitation: 'invitations',
  interview: 'interviews',
  referral: 'referrals',
  nrm_file: 'nrm',
  complaint: 'complaints',
  complaint_question: 'complaint-questions',
  body: 'bodies',
  proceeding: 'proceedings',
  non_punishment_flag: 'proceedings',
  break_glass: 'privacy',
  access_grant: 'beyond',
  body_meeting: 'meetings',
  body_recommendation: 'recommendations',
}

/** The page of a record inside the application; the list of notices where its kind has none of its own. */
export const pathOf = (recordKind: string, recordId: Uuid): string =>
  rooms[recordKind] === undefined ? '/app/notices' : `/app/${rooms[recordKind]}/${recordId}`

/** Where a notice leads inside the application: the page of its record, and there the part that it speaks of. */
export const placeOf = (notice: {
  readonly code: string
  readonly recordKind: string
  readonly recordId: Uuid
}): string => {
  const { tab } = kindOf(notice.code)
  const path = pathOf(notice.recordKind, notice.recordId)
  return tab === undefined || notice.recordKind !== 'case_file' ? path : `${path}?tab=${tab}`
}
