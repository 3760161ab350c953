/** The one write envelope (decision 2): browser, API, import and the later offline outbox all send this. */
import { z } from 'zod'

export const uuid = z.guid()
export const instant = z.iso.datetime({ offset: true })

export const Envelope = z.strictObject({
  /** Made by the client; sending it again gets the first answer again. */
  commandId: uuid,
  type: z.string().max(80),
  /** Minted by the client for a creation (UUIDv7). */
  recordId: uuid,
  /** The version the person was looking at; left out for creations and for acts that cannot conflict. */
  baseVersion: z.int().min(0).max(2_147_483_647).optional(),
  body: z.unknown(),
  /** When the person did it, by the device's clock: evidence, never order. */
  clientTime: instant.optional(),
  device: z.string().max(80).optional(),
  seq: z.int().min(0).optional(),
})
export type Envelope = z.infer<typeof Envelope>

export const CommandReply = z.object({
  recordId: uuid,
  version: z.int(),
  /** Ids, codes and versions only; each command documents its own. */
  reply: z.record(z.string(), z.unknown()),
})
export type CommandReply = z.infer<typeof CommandReply>

export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    field: z.string().optional(),
    params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    errors: z.array(z.object({ field: z.string(), code: z.string(), message: z.string() })).optional(),
    changed: z
      .array(
        z.object({
          field: z.string(),
          at: z.string(),
          /** User id, and the name under which colleagues know that person. */
          by: z.string(),
          byName: z.string().nullable().optional(),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof Problem>

/** Lists are paged by an opaque cursor; `next` is null on the last page. */
export const PageQuery = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
}

/** Of lists in the order of a name: the name itself is in it, of 200 signs at most. */
export const NamePageCursor = z.string().max(1300).optional()
