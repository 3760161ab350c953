/** Bodies of `case.…` commands. The reply names each row that was made; the case's new version is in the envelope. */
import { z } from 'zod'
import { seenBy, viewKinds } from '#domain/case/closure.ts'
import { absenceReasons, parts, whyNots } from '#domain/case/conference.ts'
import { invitationAnswers, postponeReasons } from '#domain/case/gtn.ts'
import { cooperation, deciders, grounds, measureSteps } from '#domain/case/measure.ts'
import {
  beneficiaries,
  contactRules,
  noteKinds,
  relationships,
  serviceTypes,
  settings,
} from '#domain/case/record.ts'
import {
  actionStatuses,
  childViews,
  closureReasons,
  conferenceDecisions,
  fundingSources,
  goalAreas,
  goalStatuses,
  measureKinds,
  riskLevels,
} from '#domain/case/state.ts'
import { bounds, noAnswers } from '#domain/form/definition.ts'
import { uuid } from '../envelope.ts'
import { amount, formVersion } from '../form.ts'
import { day, freeText, listCode, moment, saidText, trimmedText } from '../text.ts'

const said = saidText(8000)
const reason = saidText(2000)
const note = freeText(4000).optional()
const lek = z.int().min(0).max(1_000_000_000)
const empty = z.strictObject({})

/** Opens a case without a report, for a child the unit found itself. The record id is the case's. */
export const OpenCase = z.strictObject({
  personId: uuid,
  concerns: z.array(listCode).min(1).max(20),
  summary: saidText(8000),
  /** The worker takes it at once; otherwise it waits for the head. */
  take: z.boolean().default(true),
})
export const AssignCase = z.strictObject({
  managerId: uuid,
  deputyId: uuid.nullable().default(null),
  /** Asked for where the worker would carry more than the ceiling. */
  reason: freeText(2000).optional(),
})
export const TakeCase = empty

const AnswerValue = z.union([z.boolean(), amount, freeText(8000), z.array(listCode).max(40)])
export const RecordAssessment = z.strictObject({
  form: listCode,
  formVersion,
  answers: z
    .array(
      z.union([
        z.strictObject({ key: listCode, value: AnswerValue }),
        z.strictObject({ key: listCode, none: z.enum(noAnswers) }),
      ]),
    )
    .max(bounds.questions),
  childSeenAt: moment.nullable().default(null),
  risk: z.enum(riskLevels).nullable().default(null),
  riskReason: note,
  /** The assessment is done and the case goes on. */
  finish: z.boolean(),
})
export const SetRisk = z.strictObject({ risk: z.enum(riskLevels), reason })

const ActionTerms = {
  institutionId: uuid.nullable().default(null),
  due: day.nullable().default(null),
  costLek: lek.nullable().default(null),
  funding: z.enum(fundingSources).nullable().default(null),
}
const NewAction = { service: z.enum(serviceTypes), text: saidText(2000), ...ActionTerms }
const NewGoal = { area: z.enum(goalAreas), text: saidText(2000) }
export const DraftPlan = z.strictObject({
  summary: note,
  goals: z
    .array(z.strictObject({ ...NewGoal, actions: z.array(z.strictObject(NewAction)).max(30).default([]) }))
    .max(20)
    .default([]),
})
export const AddGoal = z.strictObject(NewGoal)
export const AddAction = z.strictObject({ goalId: uuid, ...NewAction })
export const ChangeAction = z.strictObject({ actionId: uuid, ...ActionTerms })
export const SetActionStatus = z.strictObject({
  actionId: uuid,
  status: z.enum(actionStatuses),
  doneOn: day.nullable().default(null),
})
export const SetGoalStatus = z.strictObject({ goalId: uuid, status: z.enum(goalStatuses) })
const Attendance = z
  .array(
    z.strictObject({
      institutionId: uuid,
      present: z.boolean(),
      deputy: z.boolean().default(false),
      name: freeText(200).optional(),
      absence: z.enum(absenceReasons).nullable().default(null),
    }),
  )
  .min(1)
  .max(40)
  .refine((list) => new Set(list.map((a) => a.institutionId)).size === list.length, {
    error: 'twice',
    params: { code: 'twice' },
  })
const invitedPlace = trimmedText(120)
export const CallConference = z.strictObject({
  plannedAt: moment,
  place: invitedPlace,
  unitIds: z
    .array(uuid)
    .min(1)
    .max(30)
    .refine((list) => new Set(list).size === list.length, { error: 'twice', params: { code: 'twice' } }),
})
export const PostponeConference = z.strictObject({
  conferenceId: uuid,
  plannedAt: moment,
  place: invitedPlace,
  reason: z.enum(postponeReasons),
})
export const CancelConference = z.strictObject({ conferenceId: uuid, reason: z.enum(postponeReasons) })
export const MissQuorum = z.strictObject({
  conferenceId: uuid,
  heldOn: day,
  attendance: Attendance,
  remark: freeText(2000).optional(),
})
export const TurnResolution = z.strictObject({
  resolutionId: uuid,
  goalId: uuid,
  text: saidText(2000),
  costLek: lek.nullable().default(null),
  funding: z.enum(fundingSources).nullable().default(null),
})
/** Another answer replaces the one before, until the meeting begins. */
export const AnswerInvitation = z.strictObject({ answer: z.enum(invitationAnswers) })
export const HoldConference = z.strictObject({
  /** The meeting that was called, or null where the group met without a call. */
  conferenceId: uuid.nullable().default(null),
  heldOn: day,
  place: freeText(200).optional(),
  attendance: Attendance,
  childPart: z.enum(parts),
  childWhyNot: z.enum(whyNots).nullable().default(null),
  familyPart: z.enum(parts),
  familyWhyNot: z.enum(whyNots).nullable().default(null),
  decisions: z.array(z.enum(conferenceDecisions)).min(1).max(6),
  resolutions: z
    .array(
      z.strictObject({
        text: saidText(2000),
        service: z.enum(serviceTypes),
        institutionId: uuid,
        due: day,
        goalId: uuid.nullable().default(null),
        costLek: lek.nullable().default(null),
        funding: z.enum(fundingSources).nullable().default(null),
      }),
    )
    .max(30)
    .default([]),
  minutes: said,
  childWords: freeText(4000).optional(),
  /** The minutes are sealed: only the worker, the deputy and the supervising head read them. */
  sensitive: z.boolean().default(false),
})
/** Without `conferenceId` the head of the unit approves; allowed at low and medium risk only. */
export const ApprovePlan = z.strictObject({
  conferenceId: uuid.nullable().default(null),
  childView: z.enum(childViews),
  remark: note,
})
export const ReviewPlan = z.strictObject({ outcome: z.enum(['continue', 'revise', 'close']), findings: said })
export const RecordService = z
  .strictObject({
    service: z.enum(serviceTypes),
    setting: z.enum(settings),
    beneficiary: z.enum(beneficiaries),
    providerId: uuid,
    actionId: uuid.nullable().default(null),
    from: day,
    until: day.nullable().default(null),
    costLek: lek.nullable().default(null),
    remark: note,
  })
  .refine((s) => s.until === null || s.until >= s.from, {
    path: ['until'],
    error: 'before',
    params: { code: 'impossible_date' },
  })
export const AddNote = z.strictObject({
  kind: z.enum(noteKinds),
  sensitive: z.boolean(),
  happenedOn: day,
  text: said,
  childWords: freeText(4000).optional(),
})
export const SetAlerts = z.strictObject({
  doNotPhoneHome: z.boolean(),
  doNotInformFamily: z.boolean(),
  addressProtected: z.boolean(),
  interpreter: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Z]{2})?$/)
    .nullable(),
  safeContact: freeText(2000).optional(),
  reason: freeText(2000).optional(),
})
export const AddPersonNear = z.strictObject({
  name: saidText(200),
  relationship: z.enum(relationships),
  contact: z.enum(contactRules),
  livesWithChild: z.boolean().nullable().default(null),
  phone: freeText(40).optional(),
  remark: freeText(2000).optional(),
})
export const ProposeMeasure = z.strictObject({
  kind: z.enum(measureKinds),
  ground: z.enum(grounds),
  parentsCooperate: z.enum(cooperation),
  reason: said,
})
export const DecideMeasure = z.strictObject({
  measureId: uuid,
  step: z.enum(measureSteps),
  decidedBy: z.enum(deciders),
  decidedOn: day,
  from: day.nullable().default(null),
  until: day.nullable().default(null),
  courtRef: freeText(80).nullable().default(null),
  parentsCooperate: z.enum(cooperation).nullable().default(null),
  reason: note,
})
export const LiftMeasure = z.strictObject({
  measureId: uuid,
  status: z.enum(['lifted', 'replaced', 'expired']),
  endedOn: day,
  /** The measure that stands in its stead, where one does. */
  replacedBy: uuid.nullable().default(null),
  reason,
})
const View = z.strictObject({ kind: z.enum(viewKinds), words: freeText(4000).optional() })
export const ProposeClosure = z.strictObject({
  reason: z.enum(closureReasons),
  explanation: said,
  childView: View,
  caregiverView: View,
  servicesContinuing: z.array(saidText(200)).max(20),
  whomToCall: saidText(500),
})
export const ApproveClosure = empty
export const ReturnClosure = z.strictObject({ reason })
export const RecordFollowUp = z.strictObject({
  month: z.union([z.literal(1), z.literal(3), z.literal(6), z.literal(12)]),
  seenOn: day,
  seen: z.enum(seenBy),
  reexploited: z.enum(['yes', 'no', 'not_known']),
  findings: said,
})
export const ReopenCase = z.strictObject({
  reportId: uuid.nullable().default(null),
  concerns: z.array(listCode).max(20).default([]),
  reason,
})
export const RequestTransfer = z.strictObject({ toUnitId: uuid, reason })
export const AcceptTransfer = empty
export const DeclineTransfer = z.strictObject({ reason })
export const WithdrawTransfer = empty
export const SuspendCase = z.strictObject({ reason })
export const ResumeCase = z.strictObject({ reason: freeText(2000).default('') })
