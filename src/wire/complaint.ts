/** Complaints on the wire: for the office that hears them, for the institution that is asked, and for staff who write one down. */
import { z } from 'zod'
import {
  advocateStates,
  complainants,
  complaintActions,
  complaintBodies,
  complaintOutcomes,
  complaintRoutes,
  complaintStates,
  discriminationGrounds,
} from '#domain/complaint/model.ts'
import { instant, PageQuery, uuid } from './envelope.ts'
import { day, freeText, saidText, trimmedText } from './text.ts'

const optional = <S extends z.ZodType>(shape: S) => shape.optional()

/** Who complains and how to answer them safely; sealed. All may be left out. */
export const ComplaintWho = z.strictObject({
  name: optional(freeText(200)),
  contact: optional(freeText(200)),
  safeWay: optional(freeText(400)),
})

/** As the domain takes it, with the unit of the directory that is meant, where it is known. */
export const ComplaintTold = z.strictObject({
  by: z.enum(complainants),
  body: z.enum(complaintBodies),
  unitId: uuid.nullable().default(null),
  municipality: z
    .string()
    .regex(/^[0-9]{2}$/)
    .nullable()
    .default(null),
  bodySaid: optional(trimmedText(200)),
  narrative: saidText(10_000),
  discrimination: z.enum(['yes', 'no', 'unknown']),
  ground: optional(z.enum(discriminationGrounds)),
  language: z.enum(['sq', 'en']).default('sq'),
  who: optional(ComplaintWho),
})

/** Signs that are hard to misread, as the public page makes them. */
const Signs = (length: number) => z.string().regex(new RegExp(`^[ABCDEFGHJKMNPQRTUVWXYZ2346789]{${length}}$`))
/** The staff's browser makes the receipt, so that the register never holds it: only a hash is kept. */
export const EnterComplaint = z.strictObject({
  ...ComplaintTold.shape,
  receipt: z.strictObject({ code: Signs(12), secret: Signs(8) }),
})

export const TakeComplaint = z.strictObject({})
export const OpenComplaintInquiry = z.strictObject({})
export const AskInstitution = z.strictObject({ questionId: uuid, unitId: uuid, question: saidText(8000) })
/** `recordId` of the envelope is the question. */
export const AnswerComplaintQuestion = z.strictObject({ answer: saidText(8000) })
export const DecideComplaint = z.strictObject({
  outcome: z.enum(complaintOutcomes),
  answer: saidText(8000),
  measures: optional(saidText(8000)),
  passedTo: optional(trimmedText(400)),
})
export const CloseComplaint = z.strictObject({})
export const NameInComplaint = z.strictObject({ userIds: z.array(uuid).min(1).max(20) })
export const OpenAdvocateInquiry = z.strictObject({ on: day, reference: trimmedText(200) })
export const ReportAdvocateInquiry = z.strictObject({
  findings: saidText(8000),
  recommendations: z.array(saidText(2000)).max(20),
})

/** A deadline of a complaint; null where the rule is switched off. */
const Due = z
  .object({
    rule: z.string(),
    startedAt: instant,
    warnAt: instant,
    dueAt: instant,
    stoppedAt: instant.nullable(),
    state: z.enum(['running', 'near', 'late', 'done']),
    unconfirmed: z.boolean(),
    legalSource: z.string(),
  })
  .nullable()

const Unit = z.object({ id: uuid, nameSq: z.string(), nameEn: z.string() }).nullable()
const row = {
  id: uuid,
  version: z.int(),
  label: z.string(),
  state: z.enum(complaintStates),
  route: z.enum(complaintRoutes),
  body: z.enum(complaintBodies),
  unit: Unit,
  municipality: z.string().nullable(),
  by: z.enum(complainants),
  channel: z.enum(['web', 'staff']),
  discrimination: z.enum(['yes', 'no', 'unknown']),
  ground: z.enum(discriminationGrounds).nullable(),
  receivedAt: instant,
  outcome: z.enum(complaintOutcomes).nullable(),
  advocate: z.enum(advocateStates),
  asked: z.boolean(),
  /** The next deadline of the office. */
  due: Due,
  officer: z.string().nullable(),
}

export const ListComplaints = {
  summary: 'Complaints that the reader’s office hears, the most urgent first; no words and no names',
  query: z.strictObject({ which: z.enum(['open', 'closed']).default('open'), ...PageQuery }),
  reply: z.object({ items: z.array(z.object(row)), next: z.string().nullable() }),
}
export const ReadComplaint = {
  summary:
    'One complaint: what happened, the questions put, the decision; who complains for the officer alone',
  params: z.strictObject({ id: uuid }),
  reply: z.object({
    ...row,
    language: z.enum(['sq', 'en']),
    identity: z.boolean(),
    narrative: z.string(),
    bodySaid: z.string().nullable(),
    /** Null for everybody but the officer who has it in hand. */
    who: z.object({ name: z.string(), contact: z.string(), safeWay: z.string() }).nullable(),
    questions: z.array(
      z.object({
        id: uuid,
        unit: Unit,
        question: z.string(),
        answer: z.string().nullable(),
        askedAt: instant,
        answeredAt: instant.nullable(),
        due: Due,
      }),
    ),
    decidedAt: instant.nullable(),
    answer: z.string().nullable(),
    measures: z.string().nullable(),
    passedTo: z.string().nullable(),
    advocateOn: z.string().nullable(),
    advocateReference: z.string().nullable(),
    findings: z.string().nullable(),
    recommendations: z.array(z.string()),
    /** Units of the institution meant, of which one may be asked. */
    units: z.array(z.object({ id: uuid, nameSq: z.string(), nameEn: z.string() })),
    /** Colleagues of the office, of whom one may be named in it. */
    colleagues: z.array(z.object({ id: uuid, name: z.string() })),
    actions: z.array(z.enum(complaintActions)),
  }),
}
export type ComplaintView = z.output<typeof ReadComplaint.reply>

export const ListComplaintQuestions = {
  summary: 'Questions put to the reader’s unit about complaints; nothing of the complaints themselves',
  query: z.strictObject({ ...PageQuery }),
  reply: z.object({
    items: z.array(
      z.object({
        id: uuid,
        version: z.int(),
        label: z.string(),
        question: z.string(),
        answer: z.string().nullable(),
        askedAt: instant,
        answeredAt: instant.nullable(),
        due: Due,
      }),
    ),
    next: z.string().nullable(),
  }),
}

export const ListComplaintUnits = {
  summary:
    'Units of the directory that a complaint can name: of one kind, in one place, its county and the whole country',
  query: z.strictObject({
    body: z.enum(complaintBodies),
    municipality: z
      .string()
      .regex(/^[0-9]{2}$/)
      .optional(),
  }),
  reply: z.object({ items: z.array(z.object({ id: uuid, nameSq: z.string(), nameEn: z.string() })) }),
}

const Table = z.object({
  rows: z.array(z.string()),
  columns: z.array(z.string()),
  /** `null` is a hidden figure. */
  cells: z.array(z.array(z.int().nullable())),
  rowTotals: z.array(z.int().nullable()),
  columnTotals: z.array(z.int()),
})
export const ComplaintFigures = {
  summary:
    'Complaints of a calendar year by whom they are about, ground of unequal treatment and outcome; small counts hidden',
  query: z.strictObject({ year: z.coerce.number().int().min(2000).max(2100) }),
  reply: z.object({ total: z.int().nullable(), late: z.int().nullable(), byOutcome: Table, byGround: Table }),
}
