/** Words in the texts of the cases that the reader may read. */
import { z } from 'zod'
import { uuid } from './envelope.ts'

/** Where a text stands: in the case itself, an answer, the family's people, a report that the case answers. */
export const textSources = ['text', 'answer', 'summary', 'near', 'report', 'addition'] as const

export const SearchTexts = {
  summary:
    'Words, or their beginnings, in texts of the cases that the reader may read (T3), newest first; asked in a body, so that no name stands in an address',
  body: z.strictObject({
    /** At most six words count; one letter alone is none. */
    q: z.string().trim().min(2).max(200),
    cursor: z.string().max(200).optional(),
    limit: z.int().min(1).max(50).default(20),
  }),
  reply: z.object({
    items: z.array(
      z.object({
        id: uuid,
        caseId: uuid,
        code: z.string(),
        status: z.string(),
        source: z.enum(textSources),
        /** Which text of the source: the name of a text, the key of a question. */
        part: z.string(),
        /** What that place is called, in the reader's language. */
        where: z.string(),
        at: z.string(),
        /** About a line around the words, as it was written. */
        snippet: z.array(z.object({ text: z.string(), hit: z.boolean() })),
      }),
    ),
    next: z.string().nullable(),
  }),
}
