/** One's own unsent writing (decision 15): every answer is kept as it is given, under a key the form chooses. */
import { z } from 'zod'

const params = z.strictObject({ key: z.string().regex(/^[A-Za-z0-9._:~-]{1,200}$/) })
const kept = z.record(z.string().max(200), z.unknown())
const maxLength = 200_000
/** NUL and halves of surrogate pairs, as JSON writes them: the database keeps neither. */
const unkeepable = /\\u(0000|d[89a-f][0-9a-f]{2})/i

export const ReadDraft = {
  summary: 'One’s own unsent writing, kept 30 days; null where there is none',
  params,
  reply: z.object({ key: z.string(), body: kept.nullable(), updatedAt: z.string().nullable() }),
}
export const WriteDraft = {
  summary: 'Keep unsent writing; replaces what was kept under the key',
  params,
  body: z.strictObject({
    body: kept
      .refine((value) => JSON.stringify(value).length <= maxLength, {
        error: 'too long',
        params: { code: 'too_big' },
      })
      .refine((value) => !unkeepable.test(JSON.stringify(value)), {
        error: 'bad text',
        params: { code: 'bad_format' },
      }),
  }),
  reply: z.object({ key: z.string(), updatedAt: z.string() }),
}
export const DropDraft = {
  summary: 'Forget unsent writing; forgetting what is not there is no fault',
  params,
  reply: z.object({ key: z.string() }),
}
