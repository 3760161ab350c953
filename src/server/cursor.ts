/** Where a list goes on: time and id of its last row, opaque to the client. */
import type { Instant, Uuid } from '#domain/core.ts'
import { instant, uuid } from '#wire/envelope.ts'
import { invalid } from './problem.ts'

export const cursorOf = (at: Instant, id: Uuid): string => Buffer.from(`${at} ${id}`).toString('base64url')

/** Null for the first page; a 400 that names the field for anything that this server did not write. */
export const readCursor = (cursor: string | undefined): { at: Instant; id: Uuid } | null => {
  if (cursor === undefined) return null
  const [at, id] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ')
  const whole = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(at ?? '') && instant.safeParse(at).success
  if (!whole || at!.startsWith('0000') || !uuid.safeParse(id).success)
    throw invalid({ field: 'query.cursor', code: 'bad_format' })
  return { at: at!, id: id! }
}
