/**
 * Who does what in a body. Chair and secretariat run it; members read and may approve minutes that another wrote; whoever sits
 * in a body above reads all that lies below. The rows' own policies (migration 0016) say the same.
 */
import type { Actor, Day } from '../core.ts'
import type { Owner, Seat, SeatKind } from './state.ts'

type Place = Pick<Seat, 'role' | 'answered' | 'county' | 'municipality'>

const actsFor = (actor: Actor, place: Place): boolean =>
  place.answered ||
  (place.role !== null &&
    place.role === actor.role &&
    (place.county === null || place.county === actor.county) &&
    (place.municipality === null || place.municipality === actor.municipality))

export const isOpen = (seat: Pick<Seat, 'from' | 'to'>, today: Day): boolean =>
  (seat.from === null || seat.from <= today) && (seat.to === null || seat.to >= today)

const sitsAs = (
  actor: Actor,
  taken: readonly Seat[],
  today: Day,
  kinds: readonly SeatKind[] | null,
): boolean =>
  taken.some((seat) => isOpen(seat, today) && actsFor(actor, seat) && (kinds?.includes(seat.seat) ?? true))

export const sits = (actor: Actor, taken: readonly Seat[], today: Day): boolean =>
  sitsAs(actor, taken, today, null)
/** Convenes, invites, takes attendance, writes minutes, issues recommendations. */
export const runs = (actor: Actor, taken: readonly Seat[], today: Day): boolean =>
  sitsAs(actor, taken, today, ['chair', 'secretary'])
/** Observers read and approve nothing. */
export const votes = (actor: Actor, taken: readonly Seat[], today: Day): boolean =>
  sitsAs(actor, taken, today, ['chair', 'secretary', 'member'])
/** Acts for the institution that a recommendation is addressed to. */
export const owns = (actor: Actor, owner: Owner): boolean => actsFor(actor, owner)
