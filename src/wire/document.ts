/** Papers of a case, or of an adult’s file of the trafficking track: what may be taken, and what was. */
import { z } from 'zod'
import { uuid } from './envelope.ts'

const byCase = z.strictObject({ id: uuid })
const language = z.enum(['sq', 'en'])

export const TakePaper = {
  summary:
    'A paper of a case as tagged PDF, made now for this reader, with case code and reader on every sheet',
  params: z.strictObject({ id: uuid, kind: z.string().max(60) }),
  query: z.strictObject({
    lang: language.default('sq'),
    /** Unit that it is given to; stands on the paper and in the disclosure log. */
    to: uuid.optional(),
    /** Of several meetings, referrals, measures … the one that is meant, by its id in `choices`; otherwise the newest. */
    about: uuid.optional(),
  }),
}

export const ListPapers = {
  summary: 'Papers that the caller may take of a case, and the copies taken',
  params: byCase,
  reply: z.object({
    items: z.array(
      z.object({
        kind: z.string(),
        /** Number in the country's list of papers; null for the whole file. */
        number: z.int().nullable(),
        template: z.int(),
        leaves: z.boolean(),
        /** What it can be of, newest first; empty where it tells of the whole case. */
        choices: z.array(z.object({ id: uuid, label: z.string() })),
        /** Where none of them is chosen it holds all, not the newest alone. */
        whole: z.boolean(),
        /** The record holds what the paper is about; otherwise it is a form for the hand. */
        ready: z.boolean(),
        /** Nothing is kept for it yet, and it is no form: refused until then. */
        waits: z.boolean(),
      }),
    ),
    copies: z.array(
      z.object({
        id: uuid,
        at: z.string(),
        kind: z.string(),
        language,
        by: z.string().nullable(),
        to: z.string().nullable(),
        leaves: z.boolean(),
        /** The one that it was made of, where a case can hold several. */
        about: z.string().nullable(),
      }),
    ),
  }),
}

export const TakeAdultPaper = {
  ...TakePaper,
  summary:
    'A paper of an adult’s file of the trafficking track as tagged PDF, made now for this reader, with code and reader on every sheet',
}
export const ListAdultPapers = {
  ...ListPapers,
  summary:
    'Papers that the caller may take of an adult’s file of the trafficking track, and the copies taken',
}
