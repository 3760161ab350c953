/** Whatever was thrown, as a problem that says nothing of the inside; and, for the log, what it means for whoever runs it. */
import { codeOf, isReadOnly } from './fault.ts'
import { invalid, Problem } from './problem.ts'

/** The database is away, starting, full or out of connections: nothing was written, and trying again may help. */
const away = /^(08...|53...|57P0.|58...|ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT)$/
/** Two wrote at once and the database chose one. */
const collision = new Set(['40001', '40P01', '55P03'])
/** Text that no database can keep: a NUL, half a surrogate. */
const unstorable = new Set(['22021', '22P05'])

/** A day, an instant or a number that no column holds. Shapes name the field before; this is the net beneath them. */
const unholdable = new Map([
  ['22003', 'too_big'],
  ['22007', 'impossible_date'],
  ['22008', 'impossible_date'],
  ['22009', 'impossible_date'],
])

/** pg says these without a code. */
const lost =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/

export const asProblem = (error: unknown): Problem => {
  if (error instanceof Problem) return error
  const code = codeOf(error)
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new Problem('too_large', { errors: [{ field: 'body', code: 'too_big' }] })
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new Problem('unsupported_media_type')
  if (code.startsWith('FST_ERR_CTP_') || error instanceof SyntaxError || unstorable.has(code))
    return invalid({ field: 'body', code: 'bad_json' })
  const beyond = unholdable.get(code)
  if (beyond !== undefined) return invalid({ field: 'body', code: beyond })
  if (collision.has(code)) return new Problem('unavailable', { retryAfter: 1 })
  if (away.test(code) || (error instanceof Error && lost.test(error.message)))
    return new Problem('unavailable', { retryAfter: 5 })
  if (isReadOnly(error)) return new Problem('forbidden')
  return new Problem('internal')
}

/** One sentence for the log where the operator can mend it, or undefined. */
export const remedyFor = (error: unknown): string | undefined => {
  const code = codeOf(error)
  if (error instanceof Problem && error.code === 'no_key')
    return 'the newest key wrap-NNNN is missing from HOME/keys: bring it back and start again'
  if (error instanceof Problem && error.code === 'unopened')
    return 'a sealed value does not open: ledger verify names an altered one; else a key is missing from HOME/keys'
  if (code === '53100') return 'the disk of the database is full: make room; nothing half-written was kept'
  if (code === '53300') return 'the database has no connection left: raise its max_connections'
  if (away.test(code)) return 'the database is away: requests are refused until it answers'
  return undefined
}
