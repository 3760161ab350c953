/** Meetings of bodies and what they recommend, on the wire. */
import { z } from 'zod'
import {
  jointMechanisms,
  meetingStates,
  minutesStates,
  outcomes,
  recommendationKinds,
  recommendationStates,
} from '#domain/body/state.ts'
import { asOf, institutionCode, MemberView, placeCode } from './body.ts'
import { PageQuery, uuid } from './envelope.ts'
import { day, moment, saidText, trimmedText } from './text.ts'

const memberIds = z.array(uuid).min(1).max(200).optional()

export const ConveneMeeting = z.strictObject({
  bodyId: uuid,
  startsAt: moment,
  place: trimmedText(200),
  /** What will be spoken of; no case and no name. */
  agenda: saidText(4000),
  jointWith: z.array(z.enum(jointMechanisms)).max(3).default([]),
  memberIds,
})
export const MoveMeeting = z.strictObject({
  startsAt: moment,
  place: trimmedText(200).optional(),
  agenda: saidText(4000).optional(),
})
export const CancelMeeting = z.strictObject({ reason: trimmedText(1000) })
const count = z.int().min(0).max(500)
export const HoldMeeting = z.strictObject({
  heldOn: day,
  attendance: z
    .array(
      z.strictObject({
        memberId: uuid,
        outcome: z.enum(outcomes),
        persons: z.int().min(0).max(50).default(0),
      }),
    )
    .max(200),
  /** Only of a body whose people are counted and never named. */
  people: z.strictObject({ present: count, absent: count, excused: count }).optional(),
})
export const WriteMinutes = z.strictObject({
  text: saidText(40_000),
  decisions: z.array(trimmedText(1000)).max(50).default([]),
  nothingToCorrect: z.boolean().default(false),
})
export const ApproveMinutes = z.strictObject({})
export const DistributeMinutes = z.strictObject({ memberIds })

export const MakeRecommendation = z.strictObject({
  meetingId: uuid,
  kind: z.enum(recommendationKinds),
  text: trimmedText(2000),
  owner: institutionCode,
  ...placeCode,
  dueOn: day,
})
export const StartRecommendation = z.strictObject({ note: trimmedText(2000).optional() })
export const FinishRecommendation = z.strictObject({ doneOn: day, note: trimmedText(2000) })
export const DropRecommendation = z.strictObject({ reason: trimmedText(2000) })

export const MeetingSummary = z.object({
  id: uuid,
  code: z.string(),
  bodyId: uuid,
  state: z.enum(meetingStates),
  startsAt: z.string(),
  place: z.string(),
  jointWith: z.array(z.enum(jointMechanisms)),
  heldOn: z.string().nullable(),
  minutes: z.enum(minutesStates),
  distributedAt: z.string().nullable(),
  invited: z.int(),
  present: z.int(),
  absent: z.int(),
  excused: z.int(),
})
export type MeetingSummary = z.infer<typeof MeetingSummary>
export const ListMeetings = {
  summary: 'Meetings of one body, the latest first',
  params: z.object({ id: uuid }),
  query: z.strictObject({ ...PageQuery }),
  reply: z.object({ items: z.array(MeetingSummary), next: z.string().nullable() }),
}

export const RecommendationView = z.object({
  id: uuid,
  version: z.int(),
  code: z.string(),
  kind: z.enum(recommendationKinds),
  text: z.string(),
  /** Null where the body is not the owner's to see. */
  body: z.object({ id: uuid, code: z.string(), nameSq: z.string(), nameEn: z.string() }).nullable(),
  meetingId: uuid,
  owner: z.object({
    code: z.string(),
    nameSq: z.string(),
    nameEn: z.string(),
    placeName: z.string().nullable(),
  }),
  madeOn: z.string(),
  dueOn: z.string(),
  status: z.enum(recommendationStates),
  note: z.string().nullable(),
  doneOn: z.string().nullable(),
  daysLate: z.int(),
  mine: z.boolean(),
  mayRun: z.boolean(),
})
export type RecommendationView = z.infer<typeof RecommendationView>
export const ListRecommendations = {
  summary: 'Recommendations and corrective measures: yours to do, or made by bodies that you see',
  query: z.strictObject({
    asOf,
    bodyId: uuid.optional(),
    meetingId: uuid.optional(),
    mine: z.enum(['true', 'false']).optional(),
    status: z.enum(['open', 'late', 'all']).default('all'),
    ...PageQuery,
  }),
  reply: z.object({ items: z.array(RecommendationView), next: z.string().nullable() }),
}

export const GetMeeting = {
  summary:
    'One meeting: invitation, attendance, minutes where they may be read, decisions, who got them when',
  params: z.object({ id: uuid }),
  reply: MeetingSummary.extend({
    version: z.int(),
    body: z.object({
      id: uuid,
      code: z.string(),
      nameSq: z.string(),
      nameEn: z.string(),
      anonymous: z.boolean(),
      county: z.string().nullable(),
      municipality: z.string().nullable(),
    }),
    agenda: z.string(),
    reason: z.string().nullable(),
    nothingToCorrect: z.boolean(),
    people: z.object({ present: z.int(), absent: z.int(), excused: z.int() }).nullable(),
    seats: z.array(
      z.object({
        member: MemberView,
        outcome: z.enum(outcomes).nullable(),
        persons: z.int().nullable(),
        sentAt: z.string().nullable(),
      }),
    ),
    /** Null where none are written, or the draft is not the reader's. */
    text: z.string().nullable(),
    decisions: z.array(z.string()),
    minutesByName: z.string().nullable(),
    approvedByName: z.string().nullable(),
    approvedAt: z.string().nullable(),
    mayRun: z.boolean(),
    mayApprove: z.boolean(),
  }),
}
export type MeetingView = z.infer<typeof GetMeeting.reply>
