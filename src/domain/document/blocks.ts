/** Every block that a template may name. A slice that records more feeds its block, or adds one and a version of a template. */
import * as child from './blocks/child.ts'
import * as decided from './blocks/decided.ts'
import * as given from './blocks/given.ts'
import * as kept from './blocks/kept.ts'
import * as track from './blocks/track.ts'
import * as work from './blocks/work.ts'
import type { Block } from './parts.ts'

export const blocks = {
  after_receipt: given.afterReceipt,
  best_interests: work.bestInterests,
  certificate: kept.certificate,
  child: child.child,
  child_short: child.childShort,
  child_words: child.childWords,
  closure: work.closure,
  comprehensive: work.comprehensive,
  concerns: child.concerns,
  consent_means: given.consentMeans,
  consents: given.consents,
  copies: given.copies,
  courts: kept.courts,
  disclosure: given.disclosure,
  emergency: decided.emergency,
  follow_ups: work.followUps,
  grounds: given.grounds,
  handover: decided.handover,
  identification: child.identification,
  initial: work.initial,
  interview: decided.interview,
  interview_decided: track.interviewDecided,
  interview_held: track.interviewHeld,
  invitation: work.invitation,
  measures: decided.measures,
  minutes: work.minutes,
  near: child.near,
  not_given: given.notGiven,
  orders: child.orders,
  orders_short: child.ordersShort,
  placement: decided.placement,
  placements: kept.placements,
  plan: work.plan,
  readers: given.readers,
  receipt: given.receipt,
  referral: given.referral,
  referral_list: given.referralList,
  reply_slip: given.replySlip,
  requests: kept.requests,
  return_handed: track.returnHanded,
  return_notice: decided.returnNotice,
  return_told: track.returnTold,
  rights: given.rights,
  risk: child.risk,
  safety: track.safety,
  screenings: child.screenings,
  services: work.services,
  status_decision: decided.statusDecision,
  timeline: given.timeline,
  transfer: work.transfer,
  withheld: given.withheld,
} as const satisfies Record<string, Block>
export type BlockName = keyof typeof blocks
