/** Reports on the wire: what a reporter may send, what triage says, what each reader gets. */
import { z } from 'zod'
import {
  channels,
  companionRelations,
  consulatePapers,
  consulateWishes,
  immediacies,
  sexes,
  sourceTypes,
  tipInstitutions,
} from '#domain/report/body.ts'
import { reporterStatuses } from '#domain/report/decide.ts'
import { hotspotClosings } from '#domain/report/hotspot.ts'
import { reportActions } from '#domain/report/policy.ts'
import { reportStates, triageDecisions } from '#domain/report/state.ts'
import { PageQuery, uuid } from './envelope.ts'
import { freeText, keptPartialDate, listCode, partialDate, saidText } from './text.ts'

const municipality = z.string().regex(/^\d{2}$/)
const sex = z.enum(sexes)
const age = z.int().min(0).max(120)

export const ReportedChild = z.strictObject({
  givenName: freeText(120).optional(),
  familyName: freeText(120).optional(),
  otherNames: freeText(240).optional(),
  sex: sex.optional(),
  birth: partialDate.optional(),
  /** Estimated age in whole years, where no birth is known. */
  age: age.optional(),
  citizenship: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  description: freeText(2000).optional(),
  address: freeText(400).optional(),
  contact: freeText(200).optional(),
})

const Companion = z.strictObject({
  relation: z.enum(companionRelations),
  sex: sex.optional(),
  age: age.optional(),
  description: freeText(1000).optional(),
})

const Reporter = z.strictObject({
  name: freeText(200).optional(),
  phone: freeText(60).optional(),
  email: freeText(200).optional(),
  relation: freeText(200).optional(),
  safeTime: freeText(200).optional(),
  mayCallBack: z.boolean(),
})

/** Albania with a margin, WGS 84 degrees. */
const Point = z.strictObject({ lon: z.number().min(18.9).max(21.4), lat: z.number().min(39.3).max(43) })

/** Sealed: it goes to the Internal Affairs and Complaints Service alone and leaves no trace in the report. */
const Tip = z.strictObject({ institution: z.enum(tipInstitutions), text: saidText(5000) })

const told = {
  place: z.strictObject({
    municipality: municipality.nullable(),
    text: freeText(400).optional(),
    point: Point.optional(),
    hotspotId: uuid.optional(),
  }),
  immediacy: z.enum(immediacies),
  concerns: z.array(listCode).max(20),
  narrative: freeText(20_000).optional(),
  children: z.array(ReportedChild).min(1).max(20),
  reporter: Reporter.optional(),
  officialInvolved: Tip.optional(),
}

const Consulate = z.strictObject({
  country: z.string().regex(/^[A-Z]{2}$/),
  post: saidText(120),
  papers: z.enum(consulatePapers),
  wishesReturn: z.enum(consulateWishes),
})

/** Body of `report.create`; the record id is the client's. */
export const CreateReport = z.strictObject({
  ...told,
  source: z.enum(sourceTypes),
  channel: z.enum(channels),
  activity: listCode.optional(),
  companions: z.array(Companion).max(20).optional(),
  immediateProtection: z.boolean().optional(),
  /** A consulate's alone. */
  consulate: Consulate.optional(),
})
export type CreateReport = z.infer<typeof CreateReport>

/** Body of `POST /api/public/reports`. Sending the same `commandId` again gives the same answer. */
export const PublicReport = z.strictObject({
  ...told,
  commandId: uuid,
  /** Minted by the page; the report's id, which nobody outside ever reads it by. */
  recordId: uuid,
  /** `self` when the child reports for itself. */
  source: z.enum(['public', 'self', 'private_sector']),
})
export type PublicReport = z.infer<typeof PublicReport>

/** Shown once; only its hash is kept. */
export const PublicReportReply = z.object({ receipt: z.string() })

export const receiptCode = z.string().min(8).max(40)
export const ReceiptQuestion = z.strictObject({ code: receiptCode })
/** Never an outcome, never whether the child is known. */
export const ReceiptReply = z.object({ status: z.enum(reporterStatuses), receivedOn: z.string() })
export const ReceiptAddition = z.strictObject({ commandId: uuid, code: receiptCode, text: saidText(10_000) })

export const AddToReport = z.strictObject({ text: saidText(10_000) })

/** Body of `report.triage`. `attach` names the known person for a listed child; the others become new persons. */
export const TriageReport = z.strictObject({
  decision: z.enum(triageDecisions),
  immediacy: z.enum(immediacies),
  duplicatesChecked: z.boolean(),
  reason: freeText(4000).optional(),
  toUnitId: uuid.optional(),
  attach: z
    .array(z.strictObject({ childId: uuid, personId: uuid }))
    .max(20)
    .optional(),
  /** Case manager of the cases that are opened; the person who accepts, unless named. */
  managerId: uuid.optional(),
})
export type TriageReport = z.infer<typeof TriageReport>

export const ConfirmScreenOut = z.strictObject({ agree: z.boolean(), reason: freeText(4000).optional() })
export const TakeUpReport = z.strictObject({})
export const TakeImmediateProtection = z.strictObject({})

const ReportRow = z.object({
  id: uuid,
  state: z.enum(reportStates),
  immediacy: z.enum(immediacies),
  source: z.enum(sourceTypes),
  channel: z.enum(channels),
  municipality: municipality.nullable(),
  unitId: uuid,
  concerns: z.array(z.string()),
  children: z.int(),
  receivedAt: z.string(),
  triagedAt: z.string().nullable(),
  protectedAt: z.string().nullable(),
  /** Set while a second person must look at a proposal to screen out. */
  screenOutProposedBy: uuid.nullable(),
  /** End of the triage clock, null once triaged. */
  dueAt: z.string().nullable(),
  version: z.int(),
})

export const ListReports = {
  summary:
    'Reports routed to the caller’s unit, newest first; for the State Agency, pseudonymous rows of all',
  query: z.strictObject({ ...PageQuery, state: z.enum(reportStates).optional() }),
  reply: z.object({ items: z.array(ReportRow), next: z.string().nullable() }),
}

const ListedChild = z.object({
  childId: uuid,
  personId: uuid.nullable(),
  caseId: uuid.nullable(),
  givenName: z.string().nullable(),
  familyName: z.string().nullable(),
  otherNames: z.string().nullable(),
  sex,
  birth: keptPartialDate.nullable(),
  citizenship: z.string().nullable(),
  description: z.string().nullable(),
  address: z.string().nullable(),
  contact: z.string().nullable(),
})

export const ReadReport = {
  summary:
    'One report; narrative and children for the unit that holds it, the reporter only for calling back',
  params: z.strictObject({ id: uuid }),
  reply: ReportRow.extend({
    activity: z.string().nullable(),
    hotspotId: uuid.nullable(),
    point: z.object({ lon: z.number(), lat: z.number() }).nullable(),
    actions: z.array(z.enum(reportActions)),
    named: z
      .object({
        narrative: z.string().nullable(),
        place: z.string().nullable(),
        companions: z.array(
          z.object({
            relation: z.string(),
            sex: z.string().optional(),
            age: z.number().optional(),
            description: z.string().optional(),
          }),
        ),
        /** What a consulate said besides. */
        consulate: Consulate.nullable(),
        children: z.array(ListedChild),
        additions: z.array(z.object({ at: z.string(), by: z.enum(['reporter', 'staff']), text: z.string() })),
      })
      .nullable(),
    /** Whether a reporter left a way to be called; the identity itself only with the purpose `callback`. */
    reporter: z
      .object({
        name: z.string().nullable(),
        phone: z.string().nullable(),
        email: z.string().nullable(),
        relation: z.string().nullable(),
        safeTime: z.string().nullable(),
        mayCallBack: z.boolean(),
      })
      .nullable(),
  }),
}

export const MyReports = {
  summary:
    'Reports the caller sent in the last days, with nothing but their status and which of their children the caller screened',
  query: z.strictObject(PageQuery),
  reply: z.object({
    items: z.array(
      z.object({
        id: uuid,
        receivedAt: z.string(),
        municipality: municipality.nullable(),
        children: z.int(),
        status: z.enum(reporterStatuses),
        /** The children in the order they were reported, by opaque id, with the sets the caller screened them by. */
        listed: z.array(z.object({ childId: uuid, screened: z.array(z.string()) })),
      }),
    ),
    next: z.string().nullable(),
  }),
}

export const ReportDuplicates = {
  summary:
    'Persons who may be the children of this report: with their cases in the caller’s own unit, else only that there is one and whom to call',
  params: z.strictObject({ id: uuid }),
  reply: z.object({
    children: z.array(
      z.object({
        childId: uuid,
        candidates: z.array(
          z.object({
            personId: uuid,
            caseId: uuid,
            caseCode: z.string(),
            caseStatus: z.string(),
            /** Null where a colleague carries the case: ask them. */
            name: z.string().nullable(),
            birth: keptPartialDate.nullable(),
            sex,
            score: z.number(),
            band: z.enum(['likely', 'possible']),
            reasons: z.array(
              z.object({
                feature: z.string(),
                level: z.string(),
                weight: z.number(),
                swapped: z.boolean().optional(),
              }),
            ),
          }),
        ),
        /** Other reports of the unit that wait for triage and may speak of the same child. */
        reports: z.array(
          z.object({
            reportId: uuid,
            receivedAt: z.string(),
            name: z.string(),
            score: z.number(),
            band: z.enum(['likely', 'possible']),
          }),
        ),
        /** Units elsewhere that hold a case of such a person: nothing about the person, only whom to call. */
        elsewhere: z.array(
          z.object({
            unitId: uuid,
            nameSq: z.string(),
            nameEn: z.string(),
            municipality: z.string().nullable(),
            phone: z.string().nullable(),
          }),
        ),
      }),
    ),
  }),
}

const Labelled = z.object({ code: z.string(), sq: z.string(), en: z.string() })

export const IntakeOptions = {
  summary:
    'Configured lists of intake: concerns with their groups, activities observed, hotspots of the caller’s municipality',
  query: z.strictObject({ municipality: municipality.optional() }),
  reply: z.object({
    groups: z.array(Labelled),
    concerns: z.array(Labelled.extend({ group: z.string(), source: z.string() })),
    activities: z.array(Labelled),
    hotspots: z.array(
      z.object({ id: uuid, name: z.string(), municipality, lon: z.number(), lat: z.number() }),
    ),
  }),
}

export const MarkHotspot = z.strictObject({
  name: saidText(200),
  municipality,
  point: Point,
  active: z.boolean().optional(),
})

export const CloseHotspot = z.strictObject({ reason: z.enum(hotspotClosings) })
export const ListHotspots = {
  summary: 'Hotspots of a municipality (the caller’s own where none is named), latest marked first',
  query: z.strictObject({
    municipality: municipality.optional(),
    state: z.enum(['open', 'closed']).default('open'),
    limit: PageQuery.limit,
    cursor: uuid.optional(),
  }),
  reply: z.object({
    items: z.array(
      z.object({
        id: uuid,
        name: z.string(),
        municipality,
        lon: z.number(),
        lat: z.number(),
        active: z.boolean(),
        version: z.int(),
        /** Reports of the last 90 days that name it, for whoever holds them; null for the others. */
        reports: z.int().nullable(),
      }),
    ),
    next: z.string().nullable(),
  }),
}

const PersonQuestion = z.strictObject({
  q: freeText(120).refine((value) => value.trim().length >= 2, { params: { code: 'too_small' } }),
  limit: z.coerce.number().int().min(1).max(50).default(20),
})

export const SearchPersons = {
  summary:
    'Persons in the caller’s own cases and adults’ files by part of a name, found without diacritics; the words are not kept',
  query: PersonQuestion,
  reply: z.object({
    items: z.array(
      z.object({
        personId: uuid,
        /** The case of a child, or null for an adult. */
        caseId: uuid.nullable(),
        caseCode: z.string(),
        caseStatus: z.string(),
        /** An adult's file of the trafficking track: then code and status are its own. */
        nrmId: uuid.nullable(),
        name: z.string(),
        birth: keptPartialDate.nullable(),
      }),
    ),
  }),
}

/** The same question in a body: a name belongs in no address. */
export const AskPersons = {
  summary: `${SearchPersons.summary}; asked in a body, so that no name stands in an address`,
  body: PersonQuestion,
  reply: SearchPersons.reply,
}

export const tipStates = ['received', 'in_work', 'closed'] as const
export const ListTips = {
  summary: 'Sealed tips about officials; for the Internal Affairs and Complaints Service alone',
  query: z.strictObject(PageQuery),
  reply: z.object({
    items: z.array(
      z.object({
        id: uuid,
        on: z.string(),
        institution: z.enum(tipInstitutions),
        municipality: z.string().nullable(),
        /** The newest measure. */
        measure: z.string().nullable(),
        state: z.enum(tipStates),
        version: z.int(),
      }),
    ),
    next: z.string().nullable(),
  }),
}
export const ReadTip = {
  summary: 'One sealed tip',
  params: z.strictObject({ id: uuid }),
  reply: ListTips.reply.shape.items.element.extend({
    text: z.string(),
    /** Who said it and how to reach them, where the report's own reader is the one spoken of; empty otherwise. */
    reporter: z.array(z.string()),
    measures: z.array(z.object({ id: uuid, measure: z.string(), on: z.string(), reason: z.string() })),
  }),
}
export const tipMeasures = ['verified', 'disciplinary', 'criminal_report', 'unfounded', 'passed_on'] as const
export const TakeTip = z.strictObject({})
export const CloseTip = z.strictObject({})
export const RecordTipMeasure = z.strictObject({ measure: z.enum(tipMeasures), reason: saidText(4000) })
