/**
 * Every reason for which the domain says no. A code here does not compile until `server/problem.ts` gives it a
 * status and both word files give it a sentence. One file a noun lists its codes; this file joins them.
 */
import { actionPlanRefusals } from './refusals/action-plan.ts'
import { adminRefusals } from './refusals/admin.ts'
import { assistanceRefusals } from './refusals/assistance.ts'
import { attachmentRefusals } from './refusals/attachment.ts'
import { bodyRefusals } from './refusals/body.ts'
import { borderRefusals } from './refusals/border.ts'
import { careRefusals } from './refusals/care.ts'
import { caseRefusals } from './refusals/case.ts'
import { clockRefusals } from './refusals/clock.ts'
import { complaintRefusals } from './refusals/complaint.ts'
import { courtRefusals } from './refusals/court.ts'
import { exchangeRefusals } from './refusals/exchange.ts'
import { executionRefusals } from './refusals/execution.ts'
import { familyRefusals } from './refusals/family.ts'
import { formRefusals } from './refusals/form.ts'
import { gtnRefusals } from './refusals/gtn.ts'
import { hotlineRefusals } from './refusals/hotline.ts'
import { indicatorRefusals } from './refusals/indicator.ts'
import { interviewRefusals } from './refusals/interview.ts'
import { justiceRefusals } from './refusals/justice.ts'
import { learningRefusals } from './refusals/learning.ts'
import { localRefusals } from './refusals/local.ts'
import { netRefusals } from './refusals/net.ts'
import { noticeRefusals } from './refusals/notice.ts'
import { nrmRefusals } from './refusals/nrm.ts'
import { outcomeRefusals } from './refusals/outcome.ts'
import { packetRefusals } from './refusals/packet.ts'
import { personRefusals } from './refusals/person.ts'
import { placementRefusals } from './refusals/placement.ts'
import { preventionRefusals } from './refusals/prevention.ts'
import { privacyRefusals } from './refusals/privacy.ts'
import { consentRefusals, referralRefusals } from './refusals/referral.ts'
import { reportRefusals } from './refusals/report.ts'
import { reportingRefusals } from './refusals/reporting.ts'
import { returnRefusals } from './refusals/returns.ts'
import { screeningRefusals } from './refusals/screening.ts'
import { servicesRefusals } from './refusals/services.ts'
import { sessionRefusals } from './refusals/session.ts'
import { supervisionRefusals } from './refusals/supervision.ts'
import { worklistRefusals } from './refusals/worklist.ts'

export const commonRefusals = [
  'not_allowed',
  'wrong_state',
  'in_future',
  'needs_second_person',
  'reason_required',
] as const

export const refusalCodes = [
  ...commonRefusals,
  ...adminRefusals,
  ...assistanceRefusals,
  ...attachmentRefusals,
  ...bodyRefusals,
  ...borderRefusals,
  ...actionPlanRefusals,
  ...careRefusals,
  ...hotlineRefusals,
  ...caseRefusals,
  ...clockRefusals,
  ...complaintRefusals,
  ...consentRefusals,
  ...courtRefusals,
  ...exchangeRefusals,
  ...executionRefusals,
  ...gtnRefusals,
  ...familyRefusals,
  ...formRefusals,
  ...justiceRefusals,
  ...localRefusals,
  ...netRefusals,
  ...noticeRefusals,
  ...nrmRefusals,
  ...referralRefusals,
  ...learningRefusals,
  ...indicatorRefusals,
  ...interviewRefusals,
  ...outcomeRefusals,
  ...packetRefusals,
  ...personRefusals,
  ...placementRefusals,
  ...preventionRefusals,
  ...privacyRefusals,
  ...reportRefusals,
  ...reportingRefusals,
  ...returnRefusals,
  ...screeningRefusals,
  ...servicesRefusals,
  ...sessionRefusals,
  ...supervisionRefusals,
  ...worklistRefusals,
] as const
export type RefusalCode = (typeof refusalCodes)[number]

export interface Refusal {
  readonly code: RefusalCode
  /** JSON pointer-like path into the command's body, e.g. `children.0.birth`. */
  readonly field?: string
  /** Values for the sentence: codes and numbers only, never a personal value. */
  readonly params?: Readonly<Record<string, string | number>>
}
