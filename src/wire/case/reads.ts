/** What is read of cases. Names and text are null where the reader's tier does not reach; nothing is guessed. */
import { z } from 'zod'
import { caseActions } from '#domain/case/policy.ts'
import { stageKeys } from '#domain/case/stages.ts'
import {
  actionStatuses,
  caseStatuses,
  closureReasons,
  conferenceDecisions,
  fundingSources,
  goalAreas,
  goalStatuses,
  measureKinds,
  measureStatuses,
  riskLevels,
} from '#domain/case/state.ts'
import { identificationStatuses } from '#domain/identification.ts'
import { referralStates } from '#domain/referral/state.ts'
import { ClockView } from '../clock.ts'
import { instant, PageQuery, uuid } from '../envelope.ts'
import { keptDay } from '../text.ts'

const at = z.string()
const said = z.string().nullable()
const who = z.object({ id: uuid, name: z.string() }).nullable()

export const Alerts = z.object({
  doNotPhoneHome: z.boolean(),
  doNotInformFamily: z.boolean(),
  addressProtected: z.boolean(),
  interpreter: said,
  assessed: z.boolean(),
})
export const CaseRow = z.object({
  id: uuid,
  code: z.string(),
  version: z.int(),
  status: z.enum(caseStatuses),
  risk: z.enum(riskLevels).nullable(),
  vmtStatus: z.enum(identificationStatuses),
  hasMeasure: z.boolean(),
  concerns: z.array(z.string()),
  municipality: z.string(),
  unitId: uuid,
  managerId: uuid.nullable(),
  managerName: said,
  /** First name and initial of the child; null where only the pseudonymous row may be seen. */
  child: said,
  openedAt: at,
  closedAt: at.nullable(),
  suspended: z.boolean(),
  transferPending: z.boolean(),
  nextDueAt: at.nullable(),
  nextRule: said,
})
export type CaseRow = z.infer<typeof CaseRow>

export const ListCases = {
  summary: 'Cases the caller may see, newest first',
  query: z.strictObject({
    ...PageQuery,
    status: z.enum([...caseStatuses, 'open', 'closed']).optional(),
    risk: z.enum([...riskLevels, 'none']).optional(),
    /** `late`: a clock has run out; `week`: one runs out within seven days. */
    due: z.enum(['late', 'week']).optional(),
    /** Only cases that the caller works. */
    mine: z.enum(['true', 'false']).optional(),
  }),
  reply: z.object({ items: z.array(CaseRow), next: z.string().nullable() }),
}

const Refused = z.object({
  code: z.string(),
  field: z.string().optional(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  /** The sentence in the reader's language. */
  detail: z.string(),
})
const Stage = z.object({
  key: z.enum(stageKeys),
  status: z.enum(['done', 'current', 'cannot', 'not_needed']),
  at: at.nullable(),
  reason: Refused.nullable(),
})
const PlanView = z.object({
  id: uuid,
  number: z.int(),
  status: z.enum(['draft', 'approved']),
  draftedAt: at,
  approvedAt: at.nullable(),
  summary: said,
  goals: z.array(
    z.object({
      id: uuid,
      area: z.enum(goalAreas),
      status: z.enum(goalStatuses),
      text: said,
      actions: z.array(
        z.object({
          id: uuid,
          service: z.string(),
          text: said,
          institutionId: uuid.nullable(),
          institution: z.object({ sq: z.string(), en: z.string() }).nullable(),
          due: keptDay.nullable(),
          costLek: z.number().nullable(),
          funding: z.enum(fundingSources).nullable(),
          status: z.enum(actionStatuses),
          doneOn: keptDay.nullable(),
          /** What was asked of others to carry it out, newest first. */
          referrals: z.array(
            z.object({
              id: uuid,
              code: z.string(),
              state: z.enum(referralStates),
              toSq: z.string(),
              toEn: z.string(),
              sentAt: z.string(),
              /** The service began: from sending until then one waited. */
              startedAt: z.string().nullable(),
              closedAt: z.string().nullable(),
            }),
          ),
        }),
      ),
    }),
  ),
})
export const CaseView = CaseRow.extend({
  personId: uuid,
  county: z.string(),
  tier: z.enum(['T2', 'T3', 'T4']),
  deputy: who,
  /** Who stands in for the worker today. */
  standIn: who,
  summary: said,
  safeContact: said,
  returned: z.boolean(),
  episode: z.int(),
  childSeenAt: at.nullable(),
  alerts: Alerts,
  stages: z.array(Stage),
  assessments: z.array(
    z.object({ id: uuid, form: z.string(), version: z.int().nullable(), at, by: z.string().nullable() }),
  ),
  plan: PlanView.nullable(),
  conferenceRequired: z.boolean(),
  conferences: z.array(
    z.object({
      id: uuid,
      heldOn: keptDay,
      present: z.int(),
      absent: z.int(),
      decisions: z.array(z.enum(conferenceDecisions)),
      planId: uuid.nullable(),
    }),
  ),
  measures: z.array(
    z.object({
      id: uuid,
      kind: z.enum(measureKinds),
      status: z.enum(measureStatuses),
      ground: z.string(),
      proposedAt: at,
      decidedBy: said,
      decidedOn: keptDay.nullable(),
      from: keptDay.nullable(),
      until: keptDay.nullable(),
      endedOn: keptDay.nullable(),
    }),
  ),
  closure: z.object({ reason: z.enum(closureReasons), proposedBy: uuid, proposedAt: at }).nullable(),
  followUps: z.array(z.object({ month: z.int(), due: keptDay, doneAt: at.nullable() })),
  transfer: z.object({ toUnitId: uuid, requestedAt: at }).nullable(),
  reports: z.array(uuid),
  /** Null where the reader stays at T2. */
  people: z
    .array(
      z.object({
        id: uuid,
        name: z.string(),
        relationship: z.string(),
        contact: z.string(),
        livesWithChild: z.boolean().nullable(),
        phone: said,
        remark: said,
      }),
    )
    .nullable(),
  clocks: z.array(ClockView),
  allowed: z.array(z.enum(caseActions as [string, ...string[]])),
  /** Kinds of papers that the caller may take. */
  papers: z.array(z.string()),
  /** When its personal content was erased by law: codes, days and states are left. Null while it is there. */
  erasedAt: at.nullable(),
  /** What reaches this file beyond one's own scope, and until when; null for whoever reads it by assignment or role. */
  opened: z.object({ kind: z.enum(['break_glass', 'access_grant']), id: uuid, until: instant }).nullable(),
})
export type CaseView = z.infer<typeof CaseView>

const byId = z.strictObject({ id: uuid })
export const ReadCase = {
  summary:
    'One case: head, alerts, stages with the reason each cannot start, plan, people, clocks, what may be done next',
  params: byId,
  reply: CaseView,
}

export const timelineKinds = [
  'status',
  'assessment',
  'plan',
  'conference',
  'service',
  'note',
  'measure',
  'people',
  'alerts',
  'identification',
  'referral',
  'clock',
] as const
export type TimelineKind = (typeof timelineKinds)[number]
export const TimelineEntry = z.object({
  id: uuid,
  at,
  recordedAt: at,
  kind: z.enum(timelineKinds),
  /** The event's type, e.g. `PlanApproved`; its words are `casePage.event_…`. */
  type: z.string(),
  by: uuid,
  byName: said,
  facts: z.record(z.string(), z.unknown()),
  texts: z.record(z.string(), z.unknown()),
  /** A text exists that this reader does not see, and which tier it lies in. */
  restricted: z.enum(['T3', 'T4', 'erased']).nullable(),
})
export type TimelineEntry = z.infer<typeof TimelineEntry>
export const ReadTimeline = {
  summary: 'What happened in a case, newest first, 25 a page',
  params: byId,
  query: z.strictObject({
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(25),
    kind: z.enum(timelineKinds).optional(),
  }),
  reply: z.object({ items: z.array(TimelineEntry), next: z.string().nullable() }),
}

export const ReadReaders = {
  summary: 'Who opened this case, newest first; for whoever reads its identified core',
  params: byId,
  query: z.strictObject(PageQuery),
  reply: z.object({
    items: z.array(
      z.object({
        at,
        act: z.string(),
        userId: uuid.nullable(),
        name: said,
        role: said,
        unit: z.object({ sq: z.string(), en: z.string() }).nullable(),
        tier: said,
        purpose: said,
      }),
    ),
    next: z.string().nullable(),
  }),
}

export const ReadAssessment = {
  summary: 'The answers of one assessment, each only where its tier is open to the reader',
  params: z.strictObject({ id: uuid, assessmentId: uuid }),
  reply: z.object({
    id: uuid,
    form: z.string(),
    formVersion: z.int(),
    /** The version that is in force today, where it is another one. */
    newer: z.int().nullable(),
    at,
    by: uuid,
    childSeenAt: at.nullable(),
    answers: z.array(z.object({ key: z.string(), value: z.unknown() })),
    /** Tiers of questions whose answers exist beyond this reader's reach. */
    hidden: z.array(z.enum(['T3', 'T4'])),
  }),
}

export const ReadBoard = {
  summary: 'The board of one’s own unit: load of each worker, what is late, what waits for the head',
  reply: z.object({
    unitId: uuid,
    workers: z.array(
      z.object({
        id: uuid,
        name: z.string(),
        role: z.string(),
        open: z.int(),
        high: z.int(),
        late: z.int(),
        followUp: z.int(),
      }),
    ),
    unassigned: z.int(),
    open: z.int(),
    late: z.int(),
    waiting: z.array(
      z.object({
        caseId: uuid,
        code: z.string(),
        what: z.enum(['closure', 'plan', 'assignment', 'transfer_in', 'transfer_out']),
        since: at,
      }),
    ),
  }),
}
