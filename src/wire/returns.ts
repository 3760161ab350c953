/** Returns across a border: what may be asked, what is answered. Record id is the return's, of all of these. */
import { z } from 'zod'
import {
  consentAnswers,
  consentCovers,
  consenters,
  costKinds,
  costSources,
  determinationOutcomes,
  directions,
  documentKinds,
  escortRoles,
  known,
  modes,
  noticeSources,
  panelMembers,
  refusals,
  returnStates,
  risks,
  seenKinds,
} from '#domain/returns/state.ts'
import { instant, PageQuery, uuid } from './envelope.ts'
import { countryCode } from './packet.ts'
import { day, keptDay, moment, saidText, trimmedText } from './text.ts'

const nullable = <S extends z.ZodType>(shape: S) => shape.nullable().default(null)
const said = saidText(8000)
const month = z.union([z.literal(1), z.literal(3), z.literal(6), z.literal(12)])

/** The record id is minted by the client. */
export const NotifyReturn = z.strictObject({
  nrmId: uuid,
  direction: z.enum(directions),
  country: countryCode,
  source: z.enum(noticeSources),
  noticeOn: day,
  expectedOn: day,
  consulateId: nullable(uuid),
  counterpartId: nullable(uuid),
  identity: trimmedText(400),
  need: saidText(4000),
})
export const AssessReturn = z.strictObject({
  risk: z.enum(risks),
  on: day,
  hazards: said,
  interests: said.optional(),
})
export const DetermineReturn = z.strictObject({
  determinationId: uuid,
  heldOn: day,
  outcome: z.enum(determinationOutcomes),
  members: z
    .array(z.strictObject({ profession: z.enum(panelMembers), name: trimmedText(200) }))
    .min(3)
    .max(15),
  minutes: said,
  childWords: said,
})
export const SignReturnMinutes = z.strictObject({ determinationId: uuid })
export const ConsentToReturn = z.strictObject({
  consentId: uuid,
  who: z.enum(consenters),
  answer: z.enum(consentAnswers),
  covers: z
    .array(z.enum(consentCovers))
    .min(1)
    .max(2)
    .refine((items) => new Set(items).size === items.length),
  on: day,
  representativeId: nullable(uuid),
  words: said,
})
export const WithdrawReturnConsent = z.strictObject({ consentId: uuid, words: said })
export const PlanReturn = z.strictObject({
  travelOn: day,
  mode: z.enum(modes),
  borderId: nullable(uuid),
  counterpartId: nullable(uuid),
  plan: said,
  escorts: z.array(z.strictObject({ role: z.enum(escortRoles), name: trimmedText(200) })).max(10),
  costs: z
    .array(
      z.strictObject({
        what: z.enum(costKinds),
        source: z.enum(costSources),
        amountLek: z.int().min(0).max(1_000_000_000),
      }),
    )
    .max(30),
})
export const SetOffReturn = z.strictObject({ at: moment })
export const ArriveReturn = z.strictObject({ on: day, receivedBy: trimmedText(400) })
export const HandOverReturn = z.strictObject({
  on: day,
  unitId: nullable(uuid),
  counterpartId: nullable(uuid),
  /** A child that comes from elsewhere than its case: reported to the unit of this municipality in the same step. */
  report: nullable(z.strictObject({ reportId: uuid, municipality: z.string().regex(/^\d{2}$/) })),
  words: said,
})
export const FollowUpReturn = z.strictObject({
  month,
  seenOn: day,
  seen: z.enum(seenKinds),
  safe: z.enum(known),
  home: z.enum(known),
  school: z.enum(known),
  job: z.enum(known),
  network: z.enum(known),
  findings: said,
})
export const RefuseReturn = z.strictObject({ why: z.enum(refusals), words: said })
export const DocumentReturn = z.strictObject({ documentId: uuid, kind: z.enum(documentKinds), on: day })

const text = z.string().nullable()
const bilingual = z.object({ sq: z.string(), en: z.string() }).nullable()
export const returnActs = [
  'assess',
  'determine',
  'sign',
  'consent',
  'withdraw',
  'plan',
  'document',
  'set_off',
  'arrive',
  'hand_over',
  'follow_up',
  'refuse',
] as const

const ReturnRow = z.object({
  id: uuid,
  version: z.int(),
  code: z.string(),
  nrmId: uuid.nullable(),
  nrmCode: text,
  subject: z.enum(['child', 'adult']),
  direction: z.enum(directions),
  country: countryCode,
  state: z.enum(returnStates),
  noticeOn: keptDay,
  expectedOn: keptDay,
  planDue: keptDay.nullable(),
  /** The notice came later than the rule asks. */
  late: z.boolean(),
  /** The plan should have been agreed by now. */
  overdue: z.boolean(),
  travelOn: keptDay.nullable(),
  receivedOn: keptDay.nullable(),
  /** The next visit that is due after the return. */
  nextVisit: keptDay.nullable(),
})
export type ReturnRow = z.infer<typeof ReturnRow>

export const listBoxes = ['under_way', 'travelling', 'visits', 'over'] as const
export const ListReturns = {
  summary: 'Returns that the reader sees: under way by day, travelling, with visits due, over',
  query: z.strictObject({ ...PageQuery, box: z.enum(listBoxes).default('under_way'), nrm: uuid.optional() }),
  reply: z.object({ items: z.array(ReturnRow), next: z.string().nullable() }),
}
export const ReadReturn = {
  summary:
    'One return with its assessment, determination, consents, plan, escorts, costs, visits; texts where the tier reaches',
  params: z.strictObject({ id: uuid }),
  reply: ReturnRow.extend({
    source: z.enum(noticeSources),
    identity: text,
    need: text,
    consulate: bilingual,
    border: bilingual,
    counterpartId: uuid.nullable(),
    counterpart: text,
    risk: z.enum(risks).nullable(),
    assessedOn: keptDay.nullable(),
    hazards: text,
    interests: text,
    determinations: z.array(
      z.object({
        id: uuid,
        heldOn: keptDay,
        outcome: z.enum(determinationOutcomes),
        members: z.array(z.object({ profession: z.enum(panelMembers), name: text })),
        minutes: text,
        childWords: text,
        by: text,
        signedBy: text,
        signedAt: instant.nullable(),
      }),
    ),
    consents: z.array(
      z.object({
        id: uuid,
        who: z.enum(consenters),
        answer: z.enum(consentAnswers),
        covers: z.array(z.enum(consentCovers)),
        on: keptDay,
        words: text,
        withdrawnAt: instant.nullable(),
        /** Packets that may still be opened and rest on it: withdrawing recalls them. */
        packets: z.int(),
      }),
    ),
    plan: text,
    mode: z.enum(modes).nullable(),
    escorts: z.array(z.object({ role: z.enum(escortRoles), name: text })),
    costs: z.array(z.object({ what: z.enum(costKinds), source: z.enum(costSources), amountLek: z.int() })),
    documents: z.array(z.object({ kind: z.enum(documentKinds), on: keptDay })),
    setOffAt: instant.nullable(),
    receivedBy: text,
    handedOn: keptDay.nullable(),
    handedTo: bilingual,
    handover: text,
    reportId: uuid.nullable(),
    followUps: z.array(
      z.object({
        month: z.int(),
        due: keptDay,
        seenOn: keptDay.nullable(),
        seen: z.enum(seenKinds).nullable(),
        safe: z.enum(known).nullable(),
        home: z.enum(known).nullable(),
        school: z.enum(known).nullable(),
        job: z.enum(known).nullable(),
        network: z.enum(known).nullable(),
        findings: text,
      }),
    ),
    refusal: z.enum(refusals).nullable(),
    refusalWords: text,
    /** What stands in the way of travel: codes of refusal, and what each says. */
    missing: z.array(z.object({ code: z.string(), sentence: z.string() })),
    may: z.array(z.enum(returnActs)),
  }),
}
export type ReturnView = z.infer<typeof ReadReturn.reply>
export const ReturnChoices = {
  summary:
    'What a return of a file may name: consulates, crossings, offices, contacts abroad, representatives in force',
  params: z.strictObject({ id: uuid }),
  reply: z.object({
    subject: z.enum(['child', 'adult']),
    identity: z.string(),
    consulates: z.array(z.object({ id: uuid, sq: z.string(), en: z.string() })),
    borders: z.array(z.object({ id: uuid, sq: z.string(), en: z.string() })),
    offices: z.array(z.object({ id: uuid, sq: z.string(), en: z.string() })),
    counterparts: z.array(z.object({ id: uuid, country: countryCode, institution: z.string() })),
    representatives: z.array(z.object({ id: uuid, name: z.string() })),
    mayNotify: z.boolean(),
  }),
}
export const AnnouncedHere = {
  summary:
    'Arrivals and departures announced at the reader’s own crossing: a code, a day, child or adult; no name',
  reply: z.object({
    items: z.array(
      z.object({
        code: z.string(),
        on: keptDay,
        direction: z.enum(directions),
        country: countryCode,
        subject: z.enum(['child', 'adult']),
        mode: z.enum(modes).nullable(),
        escorted: z.boolean(),
        state: z.enum(returnStates),
      }),
    ),
  }),
}
