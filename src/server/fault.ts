/**
 * A fault that the person who runs Mburoja can mend: one clear sentence, no stack. Everything that keeps the
 * server or a command from beginning (configuration, rights, disk, migrations) is thrown as a `Fault`.
 */
export class Fault extends Error {
  override readonly name = 'Fault'
}

/** The `code` of a Node or PostgreSQL error (`EACCES`, `53100`), or '' where it has none. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : ''

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** A full disk, wherever it is met, as a sentence; anything else as it is. */
export const fullDisk = (error: unknown): unknown =>
  ['53100', 'ENOSPC'].includes(codeOf(error))
    ? new Fault('The disk of the database is full: make room and start again. Nothing was lost.')
    : error

/** What ended a command from outside: the disk, or a database that ended under it, as one does that cannot write its log. */
export const brokenOff = (error: unknown): unknown => {
  const named = fullDisk(error)
  if (named !== error) return named
  return /^(08...|57P0.)$/.test(codeOf(error)) || /^Connection terminated/.test(messageOf(error))
    ? new Fault(
        'The database ended while it was being written to; its disk may be full. See that there is room and start again. Nothing that was acknowledged is lost.',
      )
    : error
}

/** A file opened only for reading (break-glass, a grant) is written by nobody: the restrictive policies of migration 0041. */
export const isReadOnly = (error: unknown): boolean =>
  codeOf(error) === '42501' && messageOf(error).includes('"not_opened"')
