/**
 * Beds as rows. Whoever changes a place or one of its beds takes the place's lock first, so that two who want the last bed ask
 * one after the other; the table counts once more by itself.
 */

import {
  type BedHeld,
  type BedHold,
  type BedMoved,
  type BedPlace,
  decideConfirmBed,
  decideExpireBed,
  decideHoldBed,
  decideOccupyBed,
  decideRefuseBed,
  decideReleaseBed,
  decideTakeBed,
  type Occupant,
  type ReleaseReason,
} from '#domain/care/beds.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Decision, Uuid } from '#domain/core.ts'
import type { Refusal } from '#domain/refusal.ts'
import { ConfirmBed, ExpireBed, HoldBed, RefuseBed, ReleaseBed, TakeBed } from '#wire/care.ts'
import { append } from '../append.ts'
import { type Command, command, done, mustBeFresh, refused } from '../command.ts'
import { tell } from '../notice/store.ts'
import { invalid, notFound } from '../problem.ts'
import type { Tx, WriteTx } from '../tx.ts'
import { careLaw } from './law.ts'

export const lockPlace = (tx: WriteTx, id: Uuid): Promise<unknown> =>
  tx.sql('select pg_advisory_xact_lock(hashtextextended($1, 40))', [id.toLowerCase()])

/** With the code by which notices name it. */
interface CodedPlace extends BedPlace {
  readonly code: string
}

/** @throws Problem `not_found` where this reader knows of no such place. */
export const readBedPlace = async (tx: Tx, id: Uuid): Promise<CodedPlace> => {
  const [row] = await tx.sql<CodedPlace>(
    `select id, code, kind, status, unit_id as "unitId", beds as groups, licence_to as "licenceTo" from care_place where id = $1`,
    [id],
  )
  if (row === undefined) throw notFound()
  return row
}

interface Taken extends Occupant {
  readonly placeId: Uuid
  readonly state: 'HELD' | 'CONFIRMED' | 'OCCUPIED'
  readonly n: number
}
/** Beds taken at this instant, by place: of whom nothing but sex and band is known. */
export const takenIn = (tx: Tx, places: readonly Uuid[]): Promise<Taken[]> =>
  tx.sql<Taken>(
    `select care_place_id as "placeId", sex, age_band as "ageBand", state, n from care_taken($1::uuid[], $2)`,
    [places, tx.now],
  )
export const peopleOf = (taken: readonly Taken[], place: Uuid): Occupant[] =>
  taken
    .filter((one) => one.placeId === place)
    .flatMap(({ sex, ageBand, n }) => Array.from({ length: n }, () => ({ sex, ageBand })))

export interface FoundHold {
  readonly hold: BedHold
  readonly place: CodedPlace
  /** The bed is this actor's to fill or to give back. */
  readonly mine: boolean
}
interface HoldRow extends BedHold {
  readonly mine: boolean
}
const holdColumns = `id, version, care_place_id as "placeId", sex, age_band as "ageBand", state, held_by_unit as "heldByUnit",
  held_by_id as "heldById", expires_at as "expiresAt"`

/** The hold behind its place's lock. @throws Problem `not_found` */
export const lockHold = (tx: WriteTx, id: Uuid): Promise<FoundHold> =>
  lockAs(tx, id, 'holds_bed(id, held_by_unit)')
/** For the worker, whose no bed is. */
export const lockAnyHold = (tx: WriteTx, id: Uuid): Promise<FoundHold> => lockAs(tx, id, 'false')

const lockAs = async (tx: WriteTx, id: Uuid, mineSql: string): Promise<FoundHold> => {
  const [known] = await tx.sql<{ placeId: Uuid }>(
    'select care_place_id as "placeId" from bed_hold where id = $1',
    [id],
  )
  if (known === undefined) throw notFound()
  await lockPlace(tx, known.placeId)
  const [row] = await tx.sql<HoldRow>(
    `select ${holdColumns}, ${mineSql} as mine from bed_hold where id = $1`,
    [id],
  )
  if (row === undefined) throw notFound()
  const { mine, ...hold } = row
  return { hold, mine, place: await readBedPlace(tx, hold.placeId) }
}

const insertHold = async (tx: WriteTx, id: Uuid, event: BedHeld): Promise<number> => {
  const { placeId, sex, ageBand, state, expiresAt } = event.facts
  const version = await append(tx, { kind: 'bed_hold', id, version: 0 }, [event])
  await tx.sql(
    `insert into bed_hold (id, version, care_place_id, sex, age_band, state, held_by_unit, held_by_id, held_at, expires_at, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $9)`,
    [id, version, placeId, sex, ageBand, state, tx.actor.unitId, tx.actor.userId, tx.now, expiresAt],
  )
  return version
}

export const moveHold = async (tx: WriteTx, hold: BedHold, event: BedMoved): Promise<number> => {
  const version = await append(tx, { kind: 'bed_hold', id: hold.id, version: hold.version }, [event])
  await tx.sql(
    'update bed_hold set version = $2, state = $3, expires_at = $4, changed_at = $5, reason = $6 where id = $1',
    [hold.id, version, event.facts.to, event.facts.expiresAt, tx.now, event.facts.reason],
  )
  for (const part of event.parts ?? [])
    await tx.sql('insert into bed_hold_named (id, said, said_by, said_at) values ($1, $2, $3, $4)', [
      hold.id,
      part.body,
      tx.actor.userId,
      tx.now,
    ])
  return version
}

type BedResult =
  | { readonly ok: true; readonly version: number; readonly placeId: Uuid }
  | { readonly ok: false; readonly refusal: Refusal }
/** The other side of a hold learns what became of it: a code and an act, nothing of the child. */
const tellOf = async (tx: WriteTx, { hold, place }: FoundHold, event: BedMoved): Promise<void> => {
  const on = { recordKind: 'care_place', recordId: place.id, label: place.code } as const
  const { to } = event.facts
  if (to === 'CONFIRMED' || to === 'REFUSED')
    await tell(tx, { userId: hold.heldById, code: to === 'REFUSED' ? 'bed_refused' : 'bed_confirmed', ...on })
  if (to !== 'RELEASED' || hold.heldByUnit === place.unitId) return
  if (tx.actor.unitId === place.unitId) await tell(tx, { userId: hold.heldById, code: 'bed_released', ...on })
  else await tell(tx, { unitId: place.unitId, code: 'bed_released', ...on })
}

const carry = async (tx: WriteTx, found: FoundHold, decision: Decision<BedMoved>): Promise<BedResult> => {
  if (!decision.ok) return decision
  const { hold } = found
  let version = hold.version
  for (const event of decision.events) {
    version = await moveHold(tx, { ...hold, version }, event)
    await tellOf(tx, found, event)
  }
  return { ok: true, version, placeId: hold.placeId }
}

/**
 * The child has come to a bed that the place has confirmed: within the command that begins the placement. Refused with
 * `care_hold_state` unless it is CONFIRMED, `care_hold_lapsed` when it was confirmed too long ago; not found where the hold
 * is not this unit's. Call it after the case is locked.
 */
export const occupyBed = async (tx: WriteTx, holdId: Uuid, placementId: Uuid): Promise<BedResult> => {
  const found = await lockHold(tx, holdId)
  const { hold, mine } = found
  const result = await carry(tx, found, decideOccupyBed(hold, mine, tx.stamp))
  if (result.ok)
    await tx.sql('insert into bed_hold_placement (id, placement_id) values ($1, $2)', [hold.id, placementId])
  return result
}

/** The placement ended or never began. A hold that is over already (released by the facility, expired) is left as it is. */
export const releaseBed = async (tx: WriteTx, holdId: Uuid, why: ReleaseReason): Promise<BedResult> => {
  const found = await lockHold(tx, holdId)
  const { hold, place, mine } = found
  if (!['HELD', 'CONFIRMED', 'OCCUPIED'].includes(hold.state))
    return { ok: true, version: hold.version, placeId: hold.placeId }
  return carry(tx, found, decideReleaseBed(hold, place, mine, why, tx.stamp))
}

const begin = async (
  tx: WriteTx,
  cmd: Command<{ placeId: Uuid }>,
  decide: (place: BedPlace, taken: readonly Occupant[]) => Decision<BedHeld>,
) => {
  await lockPlace(tx, cmd.body.placeId)
  const place = await readBedPlace(tx, cmd.body.placeId)
  const decision = decide(place, peopleOf(await takenIn(tx, [place.id]), place.id))
  if (!decision.ok) return refused(decision.refusal)
  const [event] = decision.events
  if (event === undefined) throw invalid({ field: 'body', code: 'bad_format' })
  const version = await insertHold(tx, cmd.recordId, event)
  if (event.facts.state === 'HELD' && place.unitId !== tx.actor.unitId)
    await tell(tx, {
      unitId: place.unitId,
      code: 'bed_held',
      recordKind: 'care_place',
      recordId: place.id,
      label: place.code,
    })
  return done({ recordId: cmd.recordId, version, reply: { expiresAt: event.facts.expiresAt } })
}

/** Beds this person holds unanswered, behind a lock of their own: before the place's, so that two holds at once are counted. */
const lockOwnHolds = async (tx: WriteTx): Promise<number> => {
  await tx.sql('select pg_advisory_xact_lock(hashtextextended(me_user()::text, 43040))')
  const [row] = await tx.sql<{ n: number }>('select own_holds($1) as n', [tx.now])
  return row?.n ?? 0
}
const holdBed = command('bed.hold', HoldBed, async (tx, cmd) => {
  const own = await lockOwnHolds(tx)
  return begin(tx, cmd, (place, taken) =>
    decideHoldBed(place, taken, cmd.body, careLaw, tiranaDay(tx.now), tx.stamp, own),
  )
})
const takeBed = command('bed.take', TakeBed, (tx, cmd) =>
  begin(tx, cmd, (place, taken) => decideTakeBed(place, taken, cmd.body, tiranaDay(tx.now), tx.stamp)),
)

const change = async (
  tx: WriteTx,
  cmd: Command<unknown>,
  decide: (found: FoundHold) => Decision<BedMoved>,
) => {
  const found = await lockHold(tx, cmd.recordId)
  const decision = decide(found)
  if (!decision.ok) return refused(decision.refusal)
  await mustBeFresh(tx, 'bed_hold', cmd, ['state'])
  const result = await carry(tx, found, decision)
  if (!result.ok) return refused(result.refusal)
  return done({ recordId: cmd.recordId, version: result.version })
}

const confirmBed = command('bed.confirm', ConfirmBed, (tx, cmd) =>
  change(tx, cmd, ({ hold, place }) => decideConfirmBed(hold, place, careLaw, cmd.body.said, tx.stamp)),
)
const refuseBed = command('bed.refuse', RefuseBed, (tx, cmd) =>
  change(tx, cmd, ({ hold, place }) =>
    decideRefuseBed(hold, place, cmd.body.reason, cmd.body.said, tx.stamp),
  ),
)
const releaseHeldBed = command('bed.release', ReleaseBed, (tx, cmd) =>
  change(tx, cmd, ({ hold, place, mine }) => decideReleaseBed(hold, place, mine, cmd.body.reason, tx.stamp)),
)
const expireBed = command('bed.expire', ExpireBed, (tx, cmd) =>
  change(tx, cmd, ({ hold, place, mine }) => decideExpireBed(hold, place, mine, tx.stamp)),
)

export const bedCommands = [holdBed, takeBed, confirmBed, refuseBed, releaseHeldBed, expireBed]
