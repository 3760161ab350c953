/** Who asks in a search, where the policies cost more than the question: `scopes` and `lists` ask everybody with every purpose. */
import { type Purpose, purposes } from '#domain/core.ts'
import { actorOf, type CastName, castNames } from '#test/cast.ts'

/** Roles to whom stating a purpose opens something. */
const opened: readonly string[] = ['cpu_head', 'state_agency']

/** Everybody without a purpose; those to whom one opens something with each, all others with one, each with the next. */
export const askersInTurn: readonly { readonly name: CastName; readonly purpose: Purpose | null }[] =
  castNames.flatMap((name, n) =>
    [null, ...(opened.includes(actorOf(name).role) ? purposes : [purposes[n % purposes.length]!])].map(
      (purpose) => ({ name, purpose }),
    ),
  )
