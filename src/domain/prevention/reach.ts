/**
 * How many were reached. A person who came five times is one; somebody counted only as a head is an attendance and
 * never a person. The database's `distinct_reach` says the same over the rows; a test holds the two together. Pure.
 */

/** One presence: `who` is a pseudonymous id, or null for `heads` people who were only counted. */
export interface Presence {
  readonly who: string | null
  readonly heads: number
}
export interface Reach {
  /** Different people. */
  readonly persons: number
  /** Their attendances, several for one person. */
  readonly attendances: number
  /** People counted without an id: attendances, not persons. */
  readonly heads: number
}

export const distinctReach = (presences: Iterable<Presence>): Reach => {
  const people = new Set<string>()
  let attendances = 0
  let heads = 0
  for (const { who, heads: counted } of presences) {
    if (who === null) heads += counted
    else {
      people.add(who)
      attendances += 1
    }
  }
  return { persons: people.size, attendances, heads }
}
