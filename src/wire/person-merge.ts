/** Persons found to be one, on the wire. */
import { z } from 'zod'
import { mergeStates } from '#domain/person-merge.ts'
import { sexes } from '#domain/report/body.ts'
import { instant, PageQuery, uuid } from './envelope.ts'
import { keptPartialDate, saidText } from './text.ts'

/** Record id: the person that will lead to the other. */
export const ProposeMerge = z.strictObject({ intoId: uuid, reason: saidText(2000) })
export const DecideMerge = z.strictObject({
  mergeId: uuid,
  decision: z.enum(['confirm', 'refuse', 'withdraw']),
  reason: saidText(2000),
})
export const ProposePart = z.strictObject({ mergeId: uuid, reason: saidText(2000) })
export const DecidePart = DecideMerge

const said = z.string().nullable()
const Face = z.object({
  personId: uuid,
  name: said,
  sex: z.enum(sexes),
  birth: keptPartialDate.nullable(),
  caseCode: said,
  caseId: uuid.nullable(),
  /** An adult's newest file that the reader sees. */
  nrmId: uuid.nullable(),
  nrmCode: said,
})
export const Merge = z.object({
  id: uuid,
  state: z.enum(mergeStates),
  person: Face,
  into: Face,
  personVersion: z.int(),
  proposedBy: said,
  proposedAt: instant,
  decidedBy: said,
  decidedAt: instant.nullable(),
  undoneAt: instant.nullable(),
  reason: said,
  /** Who proposes that they be parted again, and why. */
  partingBy: said,
  partingReason: said,
  may: z.array(
    z.enum(['confirm', 'refuse', 'withdraw', 'part', 'confirm_part', 'refuse_part', 'withdraw_part']),
  ),
})
export type Merge = z.infer<typeof Merge>
export const PersonSame = {
  summary: 'Who may be the same person, as far as the reader sees them, and what was decided about it',
  params: z.strictObject({ id: uuid }),
  reply: z.object({
    version: z.int(),
    merges: z.array(Merge),
    suggestions: z.array(
      z.object({
        face: Face,
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
    /** Elsewhere: whom to call, and nothing of the person. */
    elsewhere: z.array(z.object({ unitId: uuid, nameSq: z.string(), nameEn: z.string(), phone: said })),
    mayPropose: z.boolean(),
  }),
}
export const ListMerges = {
  summary:
    'Proposals to join two persons or to part them again that wait for a second person, as far as the reader sees both',
  query: z.strictObject(PageQuery),
  reply: z.object({ items: z.array(Merge), next: z.string().nullable() }),
}
