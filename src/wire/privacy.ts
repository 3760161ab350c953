/** Access beyond one's scope and the data protection officer's registers, on the wire. */
import { z } from 'zod'
import {
  glassConsequences,
  glassOutcomes,
  glassReasons,
  grantPurposes,
  grantStates,
  reaches,
} from '#domain/privacy/access.ts'
import {
  breachKinds,
  breachRisks,
  breachTiers,
  holdGrounds,
  identityMeans,
  informedKinds,
  notNotifiedReasons,
  refusalGrounds,
  requestChannels,
  requesters,
  requestKinds,
  requestOutcomes,
} from '#domain/privacy/register.ts'
import { instant, PageQuery, uuid } from './envelope.ts'
import { day, keptDay, keptPartialDate, moment, partialDate, trimmedText } from './text.ts'

const CaseCode = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z0-9]{2}-[0-9]{4}-[0-9]{4,6}$/)
/** A case's code, or an adult's file of the trafficking track. */
const FileCode = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^(?:[A-Z0-9]{2}|MKR)-[0-9]{4}-[0-9]{4,6}$/)
const Why = z
  .string()
  .trim()
  .min(20)
  .max(2000)
  .refine((value) => !value.includes('\u0000') && value.isWellFormed(), {
    error: 'bad text',
    params: { code: 'bad_format' },
  })
const Said = trimmedText(4000)
const optional = <S extends z.ZodType>(shape: S) => shape.nullable().default(null)
const twice = { error: 'twice', params: { code: 'bad_format' } }
const distinct = (values: readonly string[]): boolean => new Set(values).size === values.length

export const BreakGlass = z
  .strictObject({
    caseCode: CaseCode.optional(),
    caseId: uuid.optional(),
    reason: z.enum(glassReasons),
    text: Why,
    onDuty: z.boolean(),
  })
  .refine((body) => (body.caseCode === undefined) !== (body.caseId === undefined), {
    path: ['caseCode'],
    error: 'one',
    params: { code: 'required' },
  })
export const CloseGlass = z.strictObject({})
export const ReviewGlass = z.strictObject({
  outcome: z.enum(glassOutcomes),
  consequence: optional(z.enum(glassConsequences)),
  text: Why,
})
export const AskAccess = z.strictObject({
  caseCode: CaseCode,
  reach: z.enum(reaches),
  purpose: z.enum(grantPurposes),
  days: z.int().min(1).max(366),
  text: Why,
})
export const AnswerAccess = z.strictObject({
  grant: z.boolean(),
  days: optional(z.int().min(1).max(366)),
  text: optional(trimmedText(2000)),
})
export const RevokeAccess = z.strictObject({ text: trimmedText(2000) })

export const RegisterRequest = z.strictObject({
  kind: z.enum(requestKinds),
  requester: z.enum(requesters),
  channel: z.enum(requestChannels),
  caseCode: optional(FileCode),
  receivedOn: day,
  who: trimmedText(300),
  text: Said,
})
export const CheckIdentity = z.strictObject({ means: z.enum(identityMeans) })
export const AnswerRequest = z.strictObject({
  outcome: z.enum(requestOutcomes),
  ground: optional(z.enum(refusalGrounds)),
  complaintTold: z.boolean(),
  text: Said,
})
export const WithdrawRequest = z.strictObject({ text: Said })
export const RecordBreach = z.strictObject({
  kinds: z.array(z.enum(breachKinds)).min(1).max(3).refine(distinct, twice),
  tiers: z.array(z.enum(breachTiers)).max(5).refine(distinct, twice),
  persons: optional(z.int().min(0).max(10_000_000)),
  children: z.boolean(),
  knownAt: moment,
  happenedAt: optional(moment),
  risk: z.enum(breachRisks),
  text: Said,
  records: optional(Said),
})
export const AddBreachMeasure = z.strictObject({ text: Said })
export const TellCommissioner = z.discriminatedUnion('told', [
  z.strictObject({ told: z.literal(true), at: moment, reference: optional(trimmedText(80)) }),
  z.strictObject({ told: z.literal(false), why: z.enum(notNotifiedReasons), text: Said }),
])
export const InformPersons = z.strictObject({
  informed: z.enum(informedKinds),
  on: optional(day),
  text: Said,
})
export const CloseBreach = z.strictObject({})
export const PlaceHold = z.strictObject({
  caseCode: FileCode,
  ground: z.enum(holdGrounds),
  until: optional(day),
  text: Why,
})
export const LiftHold = z.strictObject({ text: trimmedText(2000) })
export const OrderErasure = z.strictObject({
  kind: z.enum(['case_file', 'report', 'data_request', 'nrm_file', 'self_report']),
  id: uuid,
})
export const WithdrawErasure = z.strictObject({ text: trimmedText(2000) })

const Named = z.object({ sq: z.string(), en: z.string() })
const Words = z.array(z.object({ name: z.string(), body: z.string(), at: instant }))

export const Opening = z.object({
  id: uuid,
  version: z.int(),
  caseId: uuid,
  caseCode: z.string(),
  user: z.string(),
  role: z.string(),
  unit: Named,
  reach: z.enum(reaches),
  reason: z.enum(glassReasons),
  openedAt: instant,
  until: instant,
  endedAt: instant.nullable(),
  live: z.boolean(),
  reviewDue: instant,
  reviewedAt: instant.nullable(),
  reviewer: z.string().nullable(),
  outcome: z.enum(glassOutcomes).nullable(),
  consequence: z.string().nullable(),
  words: Words,
  mine: z.boolean(),
})
export type Opening = z.infer<typeof Opening>
export const Grant = z.object({
  id: uuid,
  version: z.int(),
  caseId: uuid,
  caseCode: z.string(),
  user: z.string(),
  role: z.string(),
  unit: Named,
  reach: z.enum(reaches),
  purpose: z.enum(grantPurposes),
  days: z.int(),
  state: z.enum([...grantStates, 'EXPIRED']),
  requestedAt: instant,
  until: instant.nullable(),
  decider: z.string().nullable(),
  words: Words,
  mine: z.boolean(),
  mayAnswer: z.boolean(),
  mayRevoke: z.boolean(),
})
export type Grant = z.infer<typeof Grant>

export const OpeningsQuery = z.strictObject({
  box: z.enum(['mine', 'waiting', 'reviewed', 'all']).default('all'),
  ...PageQuery,
})
export const OpeningList = z.object({ items: z.array(Opening), next: z.string().nullable() })
export const GrantsQuery = z.strictObject({
  box: z.enum(['mine', 'asked', 'all']).default('all'),
  ...PageQuery,
})
export const GrantList = z.object({ items: z.array(Grant), next: z.string().nullable() })
export const IdParams = z.strictObject({ id: uuid })
export const OpeningReads = z.object({
  items: z.array(
    z.object({
      at: instant,
      act: z.string(),
      kind: z.string(),
      tier: z.string().nullable(),
      code: z.string().nullable(),
    }),
  ),
})
/** A case out of scope, found by its code or by a person who is alike: that it is there, and which unit to call. */
export const FindFar = z
  .strictObject({
    caseCode: CaseCode.optional(),
    givenName: trimmedText(80).optional(),
    familyName: trimmedText(80).optional(),
    birth: partialDate.optional(),
  })
  .refine(
    (body) => body.caseCode !== undefined || (body.givenName !== undefined && body.familyName !== undefined),
    {
      path: ['caseCode'],
      error: 'one',
      params: { code: 'required' },
    },
  )
export const FoundFar = z.object({
  items: z.array(
    z.object({
      caseId: uuid,
      /** Told only to whoever brought it. */
      caseCode: z.string().nullable(),
      unit: Named,
      phone: z.string().nullable(),
      /** The caller reads this file anyway, or has it open. */
      open: z.boolean(),
    }),
  ),
  mayOpen: z.boolean(),
  mayAsk: z.boolean(),
  hours: z.int(),
  mostDays: z.int(),
})
export type FoundFar = z.infer<typeof FoundFar>
export const Minimum = z.object({
  id: uuid,
  code: z.string(),
  givenName: z.string().nullable(),
  familyName: z.string().nullable(),
  otherNames: z.string().nullable(),
  sex: z.string(),
  birth: keptPartialDate.nullable(),
  unit: Named,
  phone: z.string().nullable(),
  manager: z.string().nullable(),
  safeContact: z.string().nullable(),
  doNotPhoneHome: z.boolean(),
  doNotInformFamily: z.boolean(),
  interpreter: z.string().nullable(),
  hasMeasure: z.boolean(),
  missing: z.boolean(),
  forbidden: z.array(z.object({ name: z.string(), relationship: z.string() })),
})
export type Minimum = z.infer<typeof Minimum>

export const DataRequest = z.object({
  id: uuid,
  version: z.int(),
  code: z.string(),
  kind: z.enum(requestKinds),
  requester: z.enum(requesters),
  channel: z.enum(requestChannels),
  caseCode: z.string().nullable(),
  receivedOn: keptDay,
  dueAt: instant.nullable(),
  late: z.boolean(),
  state: z.enum(['RECEIVED', 'IDENTIFIED', 'ANSWERED', 'WITHDRAWN']),
  identityMeans: z.enum(identityMeans).nullable(),
  identifiedAt: instant.nullable(),
  outcome: z.enum(requestOutcomes).nullable(),
  ground: z.enum(refusalGrounds).nullable(),
  complaintTold: z.boolean().nullable(),
  answeredAt: instant.nullable(),
  words: Words,
})
export type DataRequest = z.infer<typeof DataRequest>
export const DataRequestList = z.object({ items: z.array(DataRequest), next: z.string().nullable() })
export const StateQuery = z.strictObject({ state: z.enum(['open', 'ended']).optional(), ...PageQuery })

export const DataBreach = z.object({
  id: uuid,
  version: z.int(),
  code: z.string(),
  kinds: z.array(z.enum(breachKinds)),
  tiers: z.array(z.enum(breachTiers)),
  persons: z.int().nullable(),
  children: z.boolean(),
  happenedAt: instant.nullable(),
  knownAt: instant,
  dueAt: instant.nullable(),
  late: z.boolean(),
  risk: z.enum(breachRisks),
  state: z.enum(['OPEN', 'CLOSED']),
  notifiedAt: instant.nullable(),
  notifiedRef: z.string().nullable(),
  notNotified: z.enum(notNotifiedReasons).nullable(),
  informed: z.enum(informedKinds).nullable(),
  informedOn: keptDay.nullable(),
  closedAt: instant.nullable(),
  words: Words,
})
export type DataBreach = z.infer<typeof DataBreach>
export const DataBreachList = z.object({ items: z.array(DataBreach), next: z.string().nullable() })

export const Retention = z.object({
  rules: z.array(
    z.object({
      code: z.string(),
      years: z.int(),
      age: z.int().nullable(),
      automatic: z.boolean(),
      verification: z.string(),
      source: z.string(),
    }),
  ),
  due: z.array(
    z.object({
      rule: z.string(),
      kind: z.enum(['case_file', 'report', 'data_request', 'nrm_file', 'self_report']),
      id: uuid,
      label: z.string(),
      endedOn: keptDay,
      dueOn: keptDay,
      hold: z.boolean(),
      order: z.object({ id: uuid, version: z.int(), executeAfter: instant }).nullable(),
    }),
  ),
  /** More than these are due. */
  more: z.boolean(),
  done: z.int(),
  waitingDays: z.int(),
})
export type Retention = z.infer<typeof Retention>
export const Hold = z.object({
  id: uuid,
  version: z.int(),
  recordKind: z.string(),
  label: z.string(),
  ground: z.enum(holdGrounds),
  placedBy: z.string(),
  placedAt: instant,
  until: keptDay.nullable(),
  liftedAt: instant.nullable(),
  live: z.boolean(),
  words: Words,
})
export type Hold = z.infer<typeof Hold>
export const HoldList = z.object({ items: z.array(Hold), next: z.string().nullable() })

/** Who opened a person's file, safe for the person: roles and units, never staff; authorities that act by law without their name. */
export const AccessExtract = z.object({
  requestCode: z.string(),
  madeAt: instant,
  items: z.array(
    z.object({
      on: keptDay,
      act: z.enum(['read', 'export', 'break_glass']),
      role: z.string().nullable(),
      unit: Named.nullable(),
      emergency: z.boolean(),
      times: z.int(),
    }),
  ),
  /** Not everything: the newest only. */
  cut: z.boolean(),
})
export type AccessExtract = z.infer<typeof AccessExtract>
export const ExtractQuery = z.strictObject({ lang: z.enum(['sq', 'en']).default('sq') })
