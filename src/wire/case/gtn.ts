/** What is read of meetings of the technical group: by whoever sees the case, by whoever is called, and counted by institution. */
import { z } from 'zod'
import { absenceReasons, parts, whyNots } from '#domain/case/conference.ts'
import { invitationAnswers, invitationStates } from '#domain/case/gtn.ts'
import { conferenceDecisions } from '#domain/case/state.ts'
import { instant, PageQuery, uuid } from '../envelope.ts'
import { day, keptDay } from '../text.ts'

const bilingual = z.object({ sq: z.string(), en: z.string() })
const place = z.object({ id: uuid, name: bilingual })
const said = z.string().nullable()

export const ReadConferences = {
  summary:
    'Meetings of the technical group on one case: the one that is called, those held, what they resolved',
  params: z.strictObject({ id: uuid }),
  reply: z.object({
    call: z
      .object({
        id: uuid,
        plannedAt: instant,
        place: z.string(),
        postponed: z.int(),
        invitations: z.array(
          z.object({
            id: uuid,
            unit: place,
            institutionId: uuid,
            answer: z.enum(invitationAnswers).nullable(),
            answeredAt: instant.nullable(),
          }),
        ),
      })
      .nullable(),
    held: z.array(
      z.object({
        id: uuid,
        heldOn: keptDay,
        quorate: z.boolean(),
        sealed: z.boolean(),
        attendance: z.array(
          z.object({
            institution: place,
            present: z.boolean(),
            deputy: z.boolean(),
            absence: z.enum(absenceReasons).nullable(),
          }),
        ),
        childPart: z.enum(parts).nullable(),
        childWhyNot: z.enum(whyNots).nullable(),
        familyPart: z.enum(parts).nullable(),
        familyWhyNot: z.enum(whyNots).nullable(),
        decisions: z.array(z.enum(conferenceDecisions)),
        /** Null where the reader's tier does not reach. */
        minutes: said,
        childWords: said,
        /** The plan approved by these minutes. */
        approvedPlan: z.boolean(),
      }),
    ),
    resolutions: z.array(
      z.object({
        id: uuid,
        conferenceId: uuid,
        service: z.string(),
        institution: place,
        due: keptDay,
        text: said,
        actionId: uuid.nullable(),
      }),
    ),
  }),
}
export type Conferences = z.infer<typeof ReadConferences.reply>

const Invitation = z.object({
  id: uuid,
  version: z.int(),
  code: z.string(),
  plannedAt: instant,
  place: z.string(),
  from: bilingual,
  state: z.enum(invitationStates),
  answer: z.enum(invitationAnswers).nullable(),
})
export type Invitation = z.infer<typeof Invitation>
export const ListInvitations = {
  summary:
    'Meetings of the technical group to which the caller’s unit is called: code, place, time; never a name',
  query: z.strictObject({
    /** `to_come`: not yet over; otherwise all, newest first. */
    when: z.enum(['to_come', 'all']).default('to_come'),
    ...PageQuery,
  }),
  reply: z.object({ items: z.array(Invitation), next: z.string().nullable() }),
}

export const ReadAttendance = {
  summary: 'How often each institution came to the technical group, over the cases the caller may see',
  query: z.strictObject({ from: day, until: day }),
  reply: z.object({
    from: keptDay,
    until: keptDay,
    items: z.array(
      z.object({
        institution: place,
        called: z.int(),
        present: z.int(),
        deputies: z.int(),
        absent: z.int(),
        noReply: z.int(),
        lastAbsent: keptDay.nullable(),
      }),
    ),
  }),
}
