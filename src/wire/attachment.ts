/** Files of a case: attaching one that has arrived, and what is attached. */
import { z } from 'zod'
import { attachmentKinds } from '#domain/attachment/media.ts'
import { uuid } from './envelope.ts'
import { saidText } from './text.ts'

/** Body of `case.attach`: a file that was sent before, piece by piece. */
export const AttachFile = z.strictObject({
  attachmentId: uuid,
  title: saidText(200),
  sensitive: z.boolean(),
  /** Of the file as it lies with its sender, hexadecimal: another file under the same upload is refused. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
})

export const ListAttachments = {
  summary: 'Files of a case, newest first; titles where the reader’s tier reaches; own unfinished uploads',
  params: z.strictObject({ id: uuid }),
  reply: z.object({
    items: z.array(
      z.object({
        id: uuid,
        kind: z.enum(attachmentKinds),
        size: z.int(),
        tier: z.enum(['T3', 'T4']),
        scan: z.enum(['clean', 'not_scanned']),
        at: z.string(),
        by: z.string().nullable(),
        /** Null where only the file's existence is for this reader. */
        title: z.string().nullable(),
        erased: z.boolean(),
      }),
    ),
    unfinished: z.array(
      z.object({ id: uuid, size: z.int(), received: z.int(), begunAt: z.string(), expiresAt: z.string() }),
    ),
    mayAttach: z.boolean(),
  }),
}

export const TakeAttachment = {
  summary:
    'A file of a case: pictures as a sheet with case code and reader over them; `as=original` the file itself, never shown inside a page',
  params: z.strictObject({ id: uuid, attachmentId: uuid }),
  query: z.strictObject({ as: z.enum(['sheet', 'original']).default('sheet') }),
}
