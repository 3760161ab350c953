/** Formal identification on the wire: rooms, joint interviews, their conditions, and conclusions that two accounts sign. */
import { z } from 'zod'
import { representativeBases, representativeKinds } from '#domain/family/representative.ts'
import { checkConditions, participantRoles, recordings } from '#domain/interview/checklist.ts'
import { interviewActions } from '#domain/interview/policy.ts'
import {
  cancelReasons,
  conclusions,
  elements,
  interviewStates,
  noRoomReasons,
  repeatReasons,
  signatoryBodies,
} from '#domain/interview/state.ts'
import { instant, PageQuery, uuid } from './envelope.ts'
import { day, freeText, listCode, moment, saidText, trimmedText } from './text.ts'

const optional = <S extends z.ZodType>(shape: S) => shape.optional()
const Town = z.string().regex(/^[0-9]{2}$/)
const Language = z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$/)

/** `recordId` is the room's; one that is not there yet begins. */
export const SetInterviewRoom = z.strictObject({
  nameSq: trimmedText(200),
  nameEn: trimmedText(200),
  municipality: Town,
  holder: trimmedText(200),
  audio: z.boolean(),
  video: z.boolean(),
  from: day,
  until: day.nullable().default(null),
})

const place = {
  roomId: optional(uuid),
  noRoom: optional(z.enum(noRoomReasons)),
  place: optional(trimmedText(400)),
}
/** `recordId` is the new interview's. */
export const ScheduleInterview = z.strictObject({
  nrmId: uuid,
  plannedAt: moment,
  ...place,
  policeUnitId: uuid,
  socialUnitId: uuid,
  language: optional(Language),
  representativeId: optional(uuid),
  askedVoluntarily: optional(z.boolean()),
  askedOn: optional(day),
  repeatReason: optional(z.enum(repeatReasons)),
  repeatNote: optional(trimmedText(2000)),
  packet: z.strictObject({
    indicators: saidText(4000),
    place: optional(trimmedText(400)),
    danger: optional(trimmedText(2000)),
  }),
})
export const MoveInterview = z.strictObject({ plannedAt: moment, ...place })
export const CancelInterview = z.strictObject({
  reason: z.enum(cancelReasons),
  note: optional(trimmedText(2000)),
})
export const RecordInterview = z.strictObject({
  heldAt: moment,
  minutes: z.int().min(1).max(1440),
  breaks: z.int().min(0).max(50),
  ...place,
  participants: z
    .array(
      z.strictObject({
        role: z.enum(participantRoles),
        name: trimmedText(200),
        office: optional(trimmedText(200)),
      }),
    )
    .min(1)
    .max(20),
  recording: z.enum(recordings),
  recordingReference: optional(trimmedText(400)),
  repeated: z.boolean(),
  repeatReason: optional(z.enum(repeatReasons)),
  repeatNote: optional(trimmedText(2000)),
  items: z
    .array(z.strictObject({ code: listCode, met: z.boolean(), reason: optional(freeText(1000)) }))
    .max(60),
  notes: saidText(20_000),
})
export const ProposeConclusion = z.strictObject({
  conclusion: z.enum(conclusions),
  articles: z
    .array(z.string().regex(/^\d{1,3}(\/[a-zç])?$/))
    .max(20)
    .default([]),
  elements: z.array(z.enum(elements)).max(3).default([]),
  basis: saidText(8000),
})
export const SignConclusion = z.strictObject({ agrees: z.boolean(), dissent: optional(saidText(8000)) })
export const ReviewConclusion = z.strictObject({
  decision: z.enum(['confirm', 'send_back']),
  reasons: saidText(8000),
})

const room = {
  id: uuid,
  version: z.int(),
  nameSq: z.string(),
  nameEn: z.string(),
  municipality: z.string(),
  holder: z.string(),
  audio: z.boolean(),
  video: z.boolean(),
  from: z.string(),
  until: z.string().nullable(),
  inService: z.boolean(),
}
export const ListInterviewRooms = {
  summary: 'Child-friendly interview rooms, how many are in service against how many are to exist',
  reply: z.object({
    items: z.array(z.object(room)),
    inService: z.int(),
    wanted: z.int(),
    source: z.string(),
    mayKeep: z.boolean(),
  }),
}
export type InterviewRoom = z.output<typeof ListInterviewRooms.reply>['items'][number]

const Unit = z.object({ id: uuid, nameSq: z.string(), nameEn: z.string(), phone: z.string().nullable() })
const row = {
  id: uuid,
  version: z.int(),
  nrmId: uuid,
  code: z.string(),
  number: z.int(),
  state: z.enum(interviewStates),
  subject: z.enum(['child', 'adult']),
  under14: z.boolean(),
  plannedAt: instant,
  language: z.string().nullable(),
  room: z.object({ id: uuid, nameSq: z.string(), nameEn: z.string() }).nullable(),
  noRoom: z.enum(noRoomReasons).nullable(),
  police: Unit,
  social: Unit,
  heldAt: instant.nullable(),
  conclusion: z.enum(conclusions).nullable(),
  concludedAt: instant.nullable(),
  /** What this reader may do now; the first is what is waited for. */
  actions: z.array(z.enum(interviewActions)),
}
export const ListInterviews = {
  summary: 'Formal interviews to which the reader’s unit was called, or of files that the reader sees',
  query: z.strictObject({ which: z.enum(['open', 'closed']).default('open'), ...PageQuery }),
  reply: z.object({ items: z.array(z.object(row)), next: z.string().nullable() }),
}
export type InterviewRow = z.output<typeof ListInterviews.reply>['items'][number]

const Signature = z.object({
  body: z.enum(signatoryBodies),
  by: z.string(),
  at: instant,
})
export const ReadInterview = {
  summary: 'One formal interview as far as its reader may see it',
  params: z.strictObject({ id: uuid }),
  reply: z.object({
    ...row,
    sexual: z.boolean(),
    representativeBasis: z.enum(representativeBases).nullable(),
    askedOn: z.string().nullable(),
    repeats: z.enum(repeatReasons).nullable(),
    cancelReason: z.enum(cancelReasons).nullable(),
    minutes: z.int().nullable(),
    breaks: z.int().nullable(),
    recording: z.enum(recordings).nullable(),
    roles: z.array(z.enum(participantRoles)),
    items: z.array(z.object({ code: z.string(), met: z.boolean(), mandatory: z.boolean() })),
    articles: z.array(z.string()),
    elements: z.array(z.enum(elements)),
    proposed: Signature.nullable(),
    signed: Signature.extend({ agrees: z.boolean() }).nullable(),
    reviewed: z
      .object({ decision: z.enum(['confirm', 'send_back']), by: z.string(), at: instant })
      .nullable(),
    /** T3; null beyond the reader. */
    named: z
      .object({
        place: z.string().nullable(),
        repeatNote: z.string().nullable(),
        cancelNote: z.string().nullable(),
        participants: z.array(
          z.object({ role: z.enum(participantRoles), name: z.string(), office: z.string().nullable() }),
        ),
        reasons: z.array(z.object({ code: z.string(), reason: z.string() })),
        basis: z.string().nullable(),
        dissent: z.string().nullable(),
        review: z.string().nullable(),
      })
      .nullable(),
    /** T4; null beyond the reader or before it was held. */
    content: z.object({ notes: z.string(), recording: z.string().nullable() }).nullable(),
    /** The least data for identification; null beyond the reader. */
    packet: z
      .object({
        identity: z.object({ name: z.string(), birth: z.string(), sex: z.string() }),
        indicators: z.string(),
        place: z.string().nullable(),
        danger: z.string().nullable(),
        contact: z.string(),
      })
      .nullable(),
    history: z.array(z.object({ type: z.string(), at: instant, by: z.string() })),
    /** For the form of the record: conditions that may apply, each with its source; and what is configured. */
    checklist: z.object({
      version: z.string(),
      items: z.array(
        z.object({
          code: z.string(),
          mandatory: z.boolean(),
          for: z.enum(['child', 'adult', 'all']),
          when: z.enum(checkConditions).optional(),
          /** `answer`: said by the interviewers; else read from what they write down. */
          from: z.string(),
          verification: z.enum(['V', 'U', 'D']),
          source: z.string(),
        }),
      ),
    }),
    articleChoices: z.array(z.string()),
    rooms: z.array(z.object(room)),
  }),
}
export type InterviewView = z.output<typeof ReadInterview.reply>

export const ListNrmInterviews = {
  summary:
    'The formal interviews of one file of the trafficking track, the newest first, and what calling one needs',
  params: z.strictObject({ id: uuid }),
  reply: z.object({
    items: z.array(z.object(row)),
    /** Null where the reader may not call one, or none can be called now. */
    call: z
      .object({
        repeats: z.boolean(),
        subject: z.enum(['child', 'adult']),
        rooms: z.array(z.object(room)),
        police: z.array(Unit),
        social: z.array(Unit),
        representatives: z.array(
          z.object({
            id: uuid,
            kind: z.enum(representativeKinds),
            basis: z.enum(representativeBases),
            name: z.string().nullable(),
            conflict: z.boolean(),
          }),
        ),
        language: z.string().nullable(),
        indicators: z.string(),
      })
      .nullable(),
  }),
}
export type NrmInterviews = z.output<typeof ListNrmInterviews.reply>

export const ReadConformity = {
  summary:
    'Of the conditions of formal interviews held in a year: how often each applied and was met; null hides a figure of 1 to 4 or what gives one away',
  query: z.strictObject({ year: z.coerce.number().int().min(2018).max(2100) }),
  reply: z.object({
    items: z.array(
      z.object({
        subject: z.enum(['child', 'adult']),
        code: z.string(),
        mandatory: z.boolean(),
        asked: z.int().nullable(),
        met: z.int().nullable(),
      }),
    ),
    asked: z.int().nullable(),
    met: z.int().nullable(),
  }),
}
export type Conformity = z.output<typeof ReadConformity.reply>
