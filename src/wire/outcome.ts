/** Needs, what became of them, and snapshots of how a child lives: what may be asked, what is answered. */
import { z } from 'zod'
import { beneficiaries } from '#domain/case/record.ts'
import { needKinds, outcomeFieldNames } from '#domain/outcome/kinds.ts'
import { endStates, linkKinds, metWithout, needStates } from '#domain/outcome/need.ts'
import {
  evidences,
  incomes,
  jobs,
  livings,
  occasions,
  parentWorks,
  schools,
  yesNo,
} from '#domain/outcome/snapshot.ts'
import { recipientKinds } from '#domain/referral/packet.ts'
import { instant, uuid } from './envelope.ts'
import { day, freeText, keptDay, listCode } from './text.ts'

const remark = freeText(4000).optional()
const needId = uuid

export const FindNeed = z.strictObject({
  kind: z.enum(needKinds),
  beneficiary: z.enum(beneficiaries),
  foundOn: day,
  actionId: uuid.nullable().default(null),
  remark,
})
export const LinkNeed = z.strictObject({ needId, what: z.enum(linkKinds), id: uuid })
/** Fields of the kind's outcome: codes, days, whole numbers, yes or no. No text and no number of a paper fits. */
const OutcomeBody = z
  .record(z.string().max(40), z.union([z.boolean(), z.int().min(0).max(1_000_000_000), day, listCode]))
  .refine((all) => Object.keys(all).every((name) => outcomeFieldNames.includes(name)), {
    error: 'unknown',
    params: { code: 'unknown_code' },
  })
export const MoveNeed = z.strictObject({
  needId,
  to: z.enum([...endStates, 'OPEN']),
  on: day,
  reason: listCode.nullable().default(null),
  without: z.enum(metWithout).nullable().default(null),
  outcome: OutcomeBody.default({}),
  remark,
})
export const GiveCertificate = z.strictObject({
  needId,
  consentId: uuid,
  recipient: z.enum(recipientKinds),
  on: day,
})

const Status = {
  living: z.enum(livings),
  school: z.enum(schools),
  attendance: z.int().min(0).max(100).nullable().default(null),
  vaccinated: z.enum(yesNo),
  healthCard: z.enum(yesNo),
  job: z.enum(jobs),
  jobSecure: z.boolean().nullable().default(null),
  parentWork: z.enum(parentWorks),
  network: z.enum(yesNo),
  income: z.enum(incomes),
}
export const TakeOutcome = z.strictObject({
  occasion: z.enum(occasions),
  takenOn: day,
  ...Status,
  corrects: uuid.nullable().default(null),
  remark,
})
export const JudgeReopening = z.strictObject({
  reexploited: z.enum(yesNo),
  evidence: z.array(z.enum(evidences)).max(evidences.length),
  words: freeText(4000).optional(),
})

const said = z.string().nullable()
const Need = z.object({
  id: uuid,
  episode: z.int(),
  kind: z.enum(needKinds),
  beneficiary: z.enum(beneficiaries),
  foundOn: keptDay,
  state: z.enum(needStates),
  stateOn: keptDay,
  reason: z.string().nullable(),
  without: z.enum(metWithout).nullable(),
  outcome: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  links: z.array(z.object({ what: z.enum(linkKinds), id: uuid })),
  certificates: z.array(
    z.object({ id: uuid, stands: z.boolean(), recipient: z.enum(recipientKinds), givenOn: keptDay }),
  ),
  /** Null where the reader's tier does not reach. */
  remark: said,
  ending: said,
})
const Snapshot = z.object({
  id: uuid,
  episode: z.int(),
  occasion: z.enum(occasions),
  takenOn: keptDay,
  ...Status,
  attendance: z.number().nullable(),
  jobSecure: z.boolean().nullable(),
  corrected: z.boolean(),
  remark: said,
})
export const ReadNeeds = {
  summary:
    'Needs of a case with what serves them and what became of them, and snapshots of how the child lives',
  params: z.strictObject({ id: uuid }),
  reply: z.object({
    version: z.int(),
    mayRecord: z.boolean(),
    /** Occasions of which a snapshot is owed or possible now. */
    occasions: z.array(z.enum(occasions)),
    needs: z.array(Need),
    snapshots: z.array(Snapshot),
    reopenings: z.array(
      z.object({
        episode: z.int(),
        reopenedOn: keptDay,
        reexploited: z.enum(yesNo).nullable(),
        evidence: z.array(z.string()),
        at: instant.nullable(),
        words: said,
      }),
    ),
    mayJudge: z.boolean(),
    /** What may be tied to a need, newest first. */
    services: z.array(z.object({ id: uuid, service: z.string(), from: keptDay })),
    referrals: z.array(z.object({ id: uuid, code: z.string(), service: z.string(), state: z.string() })),
    consents: z.array(z.object({ id: uuid, number: z.int(), recipients: z.array(z.enum(recipientKinds)) })),
  }),
}
export type NeedsView = z.infer<typeof ReadNeeds.reply>

export const cohortBases = ['entry', 'exit'] as const
export const CohortsOf = {
  summary:
    'Twelve months after: cases by quarter of entry or exit and what their snapshots say; figures of 1 to 4 hidden',
  query: z.strictObject({
    basis: z.enum(cohortBases).default('exit'),
    year: z.coerce.number().int().min(2000).max(2199),
    lang: z.enum(['sq', 'en']).default('sq'),
  }),
}
