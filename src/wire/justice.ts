/** Criminal proceedings on the wire: as police and prosecution share them, and what others learn of them. */
import { z } from 'zod'
import { extractPartNames, requestStates } from '#domain/information-request.ts'
import { articleGroups } from '#domain/justice/articles.ts'
import { flagFindings, orderActions, witnessStates } from '#domain/justice/order.ts'
import { proceedingActions } from '#domain/justice/policy.ts'
import {
  aidBases,
  aidKinds,
  assetKinds,
  assetStates,
  claimRoutes,
  claimStates,
  closedReasonNames,
  cooperations,
  MOST_LEK,
  origins,
  outcomes,
  protectiveMeasures,
  reopenGrounds,
  stages,
  suspectStatuses,
} from '#domain/justice/state.ts'
import { instant, PageQuery, uuid } from './envelope.ts'
import { day, saidText, trimmedText } from './text.ts'

const optional = <S extends z.ZodType>(shape: S) => shape.optional()
const article = z.string().regex(/^[0-9]{1,3}(\/[a-zç]{1,2})?$/)
/** Whole lek. */
const lek = z.int().min(0).max(MOST_LEK)
const fileCode = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]{2,3}-[0-9]{4}-[0-9]{4,6}$/)
const nextKinds = ['hearing', 'interview', 'preliminary', 'judgment', 'appeal', 'bailiff', 'other'] as const
export const nextWhat = nextKinds

export const OpenProceeding = z.strictObject({
  origin: z.enum(origins),
  on: day,
  actFrom: day,
  actUntil: day.nullable().default(null),
  article,
  officeUnit: uuid.nullable().default(null),
  number: optional(trimmedText(60)),
  facts: saidText(8000),
})
export const SetArticle = z.strictObject({
  article,
  replaces: uuid.nullable().default(null),
  on: day,
  reason: optional(saidText(4000)),
})
export const MoveProceeding = z.strictObject({
  to: z.enum(stages),
  on: day,
  outcome: optional(z.enum(outcomes)),
  /** The number under which the prosecution or the court has it. */
  number: optional(trimmedText(60)),
})
export const CloseProceeding = z.strictObject({
  reason: z.enum(closedReasonNames as [(typeof closedReasonNames)[number], ...typeof closedReasonNames]),
  on: day,
  words: saidText(8000),
})
export const ReopenProceeding = z.strictObject({
  to: z.enum(stages),
  ground: z.enum(reopenGrounds),
  act: saidText(400),
  on: day,
})
export const ReferProceeding = z.strictObject({ toUnit: uuid, article, on: day, reason: saidText(4000) })
export const SetNext = z.strictObject({ on: day, what: z.enum(nextKinds) })
export const InformAuthority = z.strictObject({ words: saidText(8000) })
export const AddVictim = z.strictObject({
  subject: z.enum(['child', 'adult']),
  cooperation: z.enum(cooperations).default('undecided'),
  /** Of a referral's case, or of an adult's file; left out where it is not known. */
  code: optional(fileCode),
  /** Who is meant, so that the Responsible Authority can link it (T4). */
  identity: optional(saidText(400)),
})
export const LinkVictim = z.strictObject({ victimId: uuid, code: fileCode })
export const SetCooperation = z.strictObject({ victimId: uuid, cooperation: z.enum(cooperations), on: day })
export const AddSuspect = z.strictObject({
  status: z.enum(['suspected', 'charged']),
  on: day,
  official: z.boolean().default(false),
  victimId: uuid.nullable().default(null),
  givenName: optional(trimmedText(100)),
  familyName: optional(trimmedText(100)),
  birth: optional(day),
  personalNumber: optional(trimmedText(20)),
  address: optional(trimmedText(200)),
})
export const MoveSuspect = z.strictObject({ suspectId: uuid, status: z.enum(suspectStatuses), on: day })
export const AssignAid = z.strictObject({
  victimId: uuid,
  kind: z.enum(aidKinds),
  basis: z.enum(aidBases),
  on: day,
  provider: saidText(200),
})
export const EndAid = z.strictObject({ aidId: uuid, on: day })
export const TakeProtective = z.strictObject({
  victimId: uuid,
  measure: z.enum(protectiveMeasures),
  on: day,
  words: optional(saidText(2000)),
})
export const EndProtective = z.strictObject({ measureId: uuid, on: day })
export const SeizeAsset = z.strictObject({
  kind: z.enum(assetKinds),
  value: lek.nullable().default(null),
  on: day,
  words: saidText(2000),
})
export const SettleAsset = z.strictObject({ assetId: uuid, state: z.enum(assetStates), on: day })
export const ClaimCompensation = z.strictObject({
  victimId: uuid,
  route: z.enum(claimRoutes),
  amount: lek.min(1),
  on: day,
})
export const DecideClaim = z.strictObject({ claimId: uuid, amount: lek, on: day })
export const PayClaim = z.strictObject({
  claimId: uuid,
  amount: lek.min(1),
  on: day,
  bailiff: optional(trimmedText(200)),
})
/** `recordId` of the envelope is the protection's own, minted for the first step. */
export const ProtectWitness = z.strictObject({
  proceedingId: uuid,
  victimId: uuid,
  state: z.enum(witnessStates),
  on: day,
  words: saidText(4000),
})
const extract = z.enum(extractPartNames as [(typeof extractPartNames)[number], ...typeof extractPartNames])
/** `recordId` of the envelope is the order's. */
export const AskOrder = z.strictObject({
  proceedingId: uuid,
  victimId: uuid,
  article: trimmedText(60),
  asked: z.array(extract).min(1).max(16),
  courtOrder: optional(trimmedText(120)),
  words: saidText(8000),
})
export const CheckOrder = z.strictObject({
  lawful: z.boolean(),
  allowed: z.array(extract).max(16).default([]),
  opinion: saidText(8000),
})
export const AnswerOrder = z.strictObject({
  parts: z
    .array(z.strictObject({ part: extract, text: saidText(8000) }))
    .min(1)
    .max(16)
    .refine((items) => new Set(items.map((one) => one.part)).size === items.length),
})
export const RefuseOrder = z.strictObject({ reason: saidText(8000) })
export const ReviewFlag = z.strictObject({ state: z.enum(flagFindings), words: saidText(4000) })

const Unit = z.object({ id: uuid, nameSq: z.string(), nameEn: z.string() }).nullable()
/** D38; null while it does not run. */
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

export const ReadArticles = {
  summary:
    'Articles of the Criminal Code with the days on which they hold; what nobody has confirmed is marked',
  reply: z.object({
    law: z.object({ sq: z.string(), en: z.string() }),
    items: z.array(
      z.object({
        code: z.string(),
        group: z.enum(articleGroups),
        chargeable: z.boolean(),
        sq: z.string(),
        en: z.string(),
        from: z.string(),
        until: z.string().nullable(),
        unconfirmed: z.boolean(),
        source: z.string(),
      }),
    ),
    offices: z.array(z.object({ id: uuid, nameSq: z.string(), nameEn: z.string() })),
  }),
}

const row = {
  id: uuid,
  version: z.int(),
  code: z.string(),
  stage: z.enum(stages),
  stageOn: z.string(),
  outcome: z.enum(outcomes).nullable(),
  closedReason: z.string().nullable(),
  articles: z.array(z.string()),
  victims: z.int(),
  suspects: z.int(),
  office: Unit,
  police: Unit,
  nextOn: z.string().nullable(),
  nextWhat: z.string().nullable(),
  due: Due,
}
export const ListProceedings = {
  summary: 'Proceedings of the reader’s unit, or of the trafficking track, newest first',
  query: z.strictObject({
    which: z.enum(['open', 'closed', 'all']).default('open'),
    stage: z.enum(stages).optional(),
    article: article.optional(),
    /** Those whose authority has not been told for longer than D38. */
    stuck: z.enum(['true', 'false']).optional(),
    ...PageQuery,
  }),
  reply: z.object({ items: z.array(z.object(row)), next: z.string().nullable() }),
}

const claim = {
  route: z.enum(claimRoutes),
  state: z.enum(claimStates),
  claimed: z.number(),
  claimedOn: z.string(),
  awarded: z.number().nullable(),
  awardedOn: z.string().nullable(),
  paid: z.number(),
  paidOn: z.string().nullable(),
}
const OrderView = z.object({
  id: uuid,
  version: z.int(),
  code: z.string(),
  proceeding: z.string().nullable(),
  pseudonym: z.string(),
  authority: z.enum(['police', 'prosecution']),
  article: z.string(),
  asked: z.array(z.string()),
  allowed: z.array(z.string()),
  courtOrder: z.string().nullable(),
  state: z.enum(requestStates),
  askedAt: instant,
  words: z.string(),
  opinion: z.string().nullable(),
  refusal: z.string().nullable(),
  /** For the unit that asked alone. */
  given: z.array(z.object({ part: z.string(), text: z.string() })).nullable(),
  actions: z.array(z.enum(orderActions)),
})
export type OrderView = z.output<typeof OrderView>

export const ReadProceeding = {
  summary:
    'One proceeding: whole for the prosecution that holds it, without the victims’ help for the police, without suspects’ names for the Responsible Authority',
  params: z.strictObject({ id: uuid }),
  reply: z.object({
    ...row,
    sight: z.enum(['full', 'police', 'authority']),
    origin: z.enum(origins),
    actFrom: z.string(),
    actUntil: z.string().nullable(),
    openedOn: z.string(),
    number: z.string().nullable(),
    facts: z.string(),
    track: z.boolean(),
    nonPunishment: z.boolean(),
    toldAt: instant.nullable(),
    updatesLate: z.int(),
    charges: z.array(
      z.object({
        id: uuid,
        article: z.string(),
        on: z.string(),
        until: z.string().nullable(),
        replaces: uuid.nullable(),
        reason: z.string().nullable(),
      }),
    ),
    steps: z.array(
      z.object({
        id: uuid,
        kind: z.enum(['opened', 'moved', 'closed', 'reopened', 'referred']),
        from: z.string().nullable(),
        to: z.string().nullable(),
        code: z.string().nullable(),
        fromUnit: Unit,
        toUnit: Unit,
        article: z.string().nullable(),
        on: z.string(),
        words: z.string().nullable(),
      }),
    ),
    persons: z.array(
      z.object({
        id: uuid,
        pseudonym: z.string(),
        subject: z.enum(['child', 'adult']),
        code: z.string().nullable(),
        linked: z.boolean(),
        cooperation: z.enum(cooperations),
        identity: z.string().nullable(),
        /** For prosecutors of the office alone; null for everybody else. */
        witness: z
          .object({
            id: uuid,
            version: z.int(),
            state: z.enum(witnessStates),
            on: z.string(),
            words: z.string(),
          })
          .nullable(),
      }),
    ),
    accused: z.array(
      z.object({
        id: uuid,
        pseudonym: z.string(),
        status: z.enum(suspectStatuses),
        on: z.string(),
        official: z.boolean(),
        alsoVictim: z.string().nullable(),
        name: z.string().nullable(),
        birth: z.string().nullable(),
      }),
    ),
    aids: z.array(
      z.object({
        id: uuid,
        pseudonym: z.string(),
        kind: z.enum(aidKinds),
        basis: z.enum(aidBases),
        on: z.string(),
        until: z.string().nullable(),
        provider: z.string().nullable(),
      }),
    ),
    measures: z.array(
      z.object({
        id: uuid,
        pseudonym: z.string(),
        measure: z.enum(protectiveMeasures),
        on: z.string(),
        until: z.string().nullable(),
        words: z.string().nullable(),
      }),
    ),
    assets: z.array(
      z.object({
        id: uuid,
        kind: z.enum(assetKinds),
        value: z.number().nullable(),
        state: z.enum(assetStates),
        seizedOn: z.string(),
        stateOn: z.string(),
        words: z.string().nullable(),
      }),
    ),
    claims: z.array(z.object({ id: uuid, pseudonym: z.string(), ...claim, bailiff: z.string().nullable() })),
    told: z.array(z.object({ at: instant, words: z.string() })),
    orders: z.array(OrderView),
    /** Charges of persons of the track; for the Responsible Authority alone. */
    flags: z.array(
      z.object({
        id: uuid,
        version: z.int(),
        suspect: z.string(),
        code: z.string(),
        by: z.enum(['said', 'name']),
        state: z.enum(['open', ...flagFindings]),
        words: z.string().nullable(),
      }),
    ),
    nextStages: z.array(z.enum(stages)),
    earlierStages: z.array(z.enum(stages)),
    reasons: z.array(z.string()),
    actions: z.array(z.enum(proceedingActions)),
  }),
}
export type ProceedingView = z.output<typeof ReadProceeding.reply>

export const ProceedingsOf = {
  summary:
    'What those who keep a victim’s file learn of its proceedings: stage, next date, help, compensation',
  query: z
    .strictObject({ nrmId: uuid.optional(), caseId: uuid.optional() })
    .refine((q) => (q.nrmId === undefined) !== (q.caseId === undefined), {
      error: 'one of two',
      params: { code: 'required' },
    }),
  reply: z.object({
    items: z.array(
      z.object({
        id: uuid,
        code: z.string(),
        pseudonym: z.string(),
        stage: z.enum(stages),
        stageOn: z.string(),
        outcome: z.enum(outcomes).nullable(),
        closedReason: z.string().nullable(),
        nextOn: z.string().nullable(),
        nextWhat: z.string().nullable(),
        articles: z.array(z.string()),
        aids: z.array(
          z.object({
            kind: z.enum(aidKinds),
            basis: z.enum(aidBases),
            on: z.string(),
            until: z.string().nullable(),
          }),
        ),
        measures: z.array(z.string()),
        claims: z.array(z.object(claim)),
      }),
    ),
    orders: z.array(OrderView),
    /** Whether the reader may open the proceeding itself. */
    opens: z.boolean(),
  }),
}
export type FileProceedings = z.output<typeof ProceedingsOf.reply>

const Table = z.object({
  rows: z.array(z.string()),
  columns: z.array(z.string()),
  /** `null` is a hidden figure. */
  cells: z.array(z.array(z.int().nullable())),
  rowTotals: z.array(z.int().nullable()),
  columnTotals: z.array(z.int().nullable()),
})
export const ClosedProceedings = {
  summary:
    'Integrated analysis of closed proceedings of a calendar year: why, at which stage, under which article',
  query: z.strictObject({ year: z.coerce.number().int().min(2000).max(2100) }),
  reply: z.object({ total: z.int().nullable(), byStage: Table, byArticle: Table }),
}
