/** Families, their members, and who speaks for a child, on the wire. */
import { z } from 'zod'
import { beneficiaries, noteKinds, serviceTypes, settings } from '#domain/case/record.ts'
import { fundingSources } from '#domain/case/state.ts'
import { familyMeans } from '#domain/family/inform.ts'
import {
  representativeBases,
  representativeEnds,
  representativeKinds,
} from '#domain/family/representative.ts'
import { contactWords, housings, relationKinds } from '#domain/family/state.ts'
import { sexes } from '#domain/report/body.ts'
import { instant, uuid } from './envelope.ts'
import { day, freeText, keptDay, saidText, trimmedText } from './text.ts'

const household = {
  address: freeText(400).optional(),
  housing: z.enum(housings).optional(),
  remark: freeText(4000).optional(),
}
/** `family.open`: a family begins with one case; its record id is the family's. */
export const OpenFamily = z.strictObject({
  caseId: uuid,
  ...household,
  /** Take over the people near the child that the case already names. */
  takeNear: z.boolean().default(false),
})
export const SetHousehold = z.strictObject(household)
export const AddCase = z.strictObject({ caseId: uuid })
export const RemoveCase = z.strictObject({ caseId: uuid, reason: saidText(2000) })
export const AddMember = z.strictObject({
  name: trimmedText(200),
  sex: z.enum(sexes),
  bornYear: z.int().min(1900).max(2200).optional(),
  phone: freeText(40).optional(),
  remark: freeText(2000).optional(),
  alleged: z.boolean().default(false),
  otherSide: z.boolean().default(false),
})
export const MarkMember = z.strictObject({
  memberId: uuid,
  alleged: z.boolean(),
  otherSide: z.boolean(),
  reason: saidText(2000),
})
export const Relate = z.strictObject({
  fromId: uuid,
  toId: uuid,
  kind: z.enum(relationKinds),
  guardian: z.boolean().default(false),
  livesWith: z.boolean().nullable().default(null),
  contact: z.enum(contactWords),
  from: day.optional(),
  until: day.optional(),
})
export const EndRelation = z.strictObject({ relationId: uuid, on: day })

/** One act for several children: each case decides by its own policy, and all of them or none takes it. */
const children = z.array(uuid).min(1).max(12)
export const NoteTogether = z.strictObject({
  caseIds: children,
  kind: z.enum(noteKinds),
  sensitive: z.boolean().default(false),
  happenedOn: day,
  text: saidText(8000),
  /** What one child said goes into that child's file alone. */
  childWords: z
    .array(z.strictObject({ caseId: uuid, words: saidText(4000) }))
    .max(12)
    .default([]),
})
export const ServiceTogether = z
  .strictObject({
    caseIds: children,
    service: z.enum(serviceTypes),
    setting: z.enum(settings),
    beneficiary: z.enum(beneficiaries),
    providerId: uuid,
    from: day,
    until: day.nullable().default(null),
    remark: freeText(4000).optional(),
  })
  .refine((s) => s.until === null || s.until >= s.from, {
    path: ['until'],
    params: { code: 'impossible_date' },
  })
export const ActionTogether = z.strictObject({
  goals: z
    .array(z.strictObject({ caseId: uuid, goalId: uuid }))
    .min(1)
    .max(12),
  service: z.enum(serviceTypes),
  text: saidText(2000),
  institutionId: uuid.nullable().default(null),
  due: day.nullable().default(null),
  costLek: z.int().min(0).max(1_000_000_000).nullable().default(null),
  funding: z.enum(fundingSources).nullable().default(null),
})

const suspicion = z.enum(['yes', 'no', 'not_known'])
/** Record id: the case's. */
export const AssignRepresentative = z.strictObject({
  kind: z.enum(representativeKinds),
  basis: z.enum(representativeBases),
  memberId: uuid.optional(),
  name: trimmedText(200),
  phone: freeText(40).optional(),
  act: freeText(200).optional(),
  from: day,
  until: day.optional(),
  allegedPerpetrator: suspicion,
  employedByOtherSide: suspicion,
})
export const EndRepresentative = z.strictObject({
  representativeId: uuid,
  reason: z.enum(representativeEnds),
  note: freeText(2000).optional(),
})
export const InformFamily = z.strictObject({
  means: z.enum(familyMeans),
  on: day,
  memberId: uuid.optional(),
  text: saidText(4000),
})

const said = z.string().nullable()
export const CaseFamily = {
  summary:
    'Family of a case: household, members and relations, cases of brothers and sisters, who speaks for the child',
  params: z.strictObject({ id: uuid }),
  reply: z.object({
    mayInform: z.boolean(),
    family: z
      .object({
        id: uuid,
        version: z.int(),
        address: said,
        housing: z.enum(housings).nullable(),
        remark: said,
        /** Those that the reader may see, this one included. */
        cases: z.array(
          z.object({
            caseId: uuid,
            code: z.string(),
            status: z.string(),
            child: said,
            memberId: uuid.nullable(),
            /** The reader may write in it. */
            works: z.boolean(),
          }),
        ),
        members: z.array(
          z.object({
            id: uuid,
            personId: uuid.nullable(),
            name: said,
            sex: z.enum(sexes),
            bornYear: z.int().nullable(),
            phone: said,
            remark: said,
            alleged: z.boolean(),
            otherSide: z.boolean(),
          }),
        ),
        relations: z.array(
          z.object({
            id: uuid,
            fromId: uuid,
            toId: uuid,
            kind: z.enum(relationKinds),
            guardian: z.boolean(),
            livesWith: z.boolean().nullable(),
            contact: z.enum(contactWords),
            from: keptDay.nullable(),
            until: keptDay.nullable(),
            ended: z.boolean(),
          }),
        ),
      })
      .nullable(),
    representatives: z.array(
      z.object({
        id: uuid,
        kind: z.enum(representativeKinds),
        basis: z.enum(representativeBases),
        memberId: uuid.nullable(),
        name: said,
        phone: said,
        act: said,
        from: keptDay,
        until: keptDay.nullable(),
        endedOn: keptDay.nullable(),
        endReason: z.enum(representativeEnds).nullable(),
      }),
    ),
    notices: z.array(
      z.object({
        id: uuid,
        means: z.enum(familyMeans),
        on: keptDay,
        memberId: uuid.nullable(),
        text: said,
        at: instant,
      }),
    ),
  }),
}
