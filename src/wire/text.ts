/** Written text as it may enter: any letters, bounded, well-formed Unicode that the database can keep. */
import { z } from 'zod'
import { isDay, isRecordDay } from '#domain/day.ts'
import { instant } from './envelope.ts'

/** NUL and halves of surrogate pairs are no letters; PostgreSQL keeps neither. */
const keepable = (value: string): boolean => !value.includes('\u0000') && value.isWellFormed()

/** Optional text of at most `max` signs; kept exactly as given. */
export const freeText = (max: number) =>
  z
    .string()
    .max(max)
    .refine(keepable, { error: 'bad text', params: { code: 'bad_format' } })

/** Text that must say something. */
export const saidText = (max: number) =>
  freeText(max).refine((value) => value.trim() !== '', { error: 'empty', params: { code: 'required' } })

/** Text whose surrounding blanks mean nothing; it must say something. */
export const trimmedText = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine(keepable, { error: 'bad text', params: { code: 'bad_format' } })

/** A code of a configured list; whether it is in the list is the domain's question. */
export const listCode = z.string().regex(/^[a-z0-9_]{1,40}$/)

const impossible = { error: 'out of reach', params: { code: 'impossible_date' } }

/** Calendar day that exists, in an age that a record can speak of; what is no day is said once. */
export const day = z.iso.date().refine((text) => !isDay(text) || isRecordDay(text), impossible)

/** A day as it is read: one that was kept before `day` had its bounds must not shut the record that it stands in. */
export const keptDay = z.iso.date()

/** An instant in any offset, kept as UTC. */
export const moment = instant
  .refine((text) => {
    const ms = Date.parse(text)
    return ms >= Date.UTC(1900, 0) && ms < Date.UTC(2200, 0)
  }, impossible)
  .transform((text) => new Date(text).toISOString())

/** Earliest day, latest day, and the words as said. */
export const partialDate = z.strictObject({ from: day, to: day, said: freeText(80) })
/** The same as it is read. */
export const keptPartialDate = z.object({ from: keptDay, to: keptDay, said: z.string() })
