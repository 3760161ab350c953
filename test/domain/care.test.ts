import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  ageBandOf,
  ageBands,
  applyBed,
  type BedGroup,
  type BedHold,
  type BedMoved,
  type BedPlace,
  bedGroupSexes,
  bedSexes,
  capacityOf,
  decideConfirmBed,
  decideExpireBed,
  decideHoldBed,
  decideOccupyBed,
  decideRefuseBed,
  decideReleaseBed,
  fits,
  freeFor,
  hasLapsed,
  isLive,
  type Occupant,
} from '#domain/care/beds.ts'
import { type CarePlace, decideFamily, decidePlaceStatus, placeStatuses } from '#domain/care/places.ts'
import { gapsIn } from '#domain/care/team.ts'
import type { Actor, Decision, Stamp } from '#domain/core.ts'
import { actorOf, castNames, unitId } from '#test/cast.ts'

const group: fc.Arbitrary<BedGroup> = fc.record({
  sex: fc.constantFrom(...bedGroupSexes),
  bands: fc.uniqueArray(fc.constantFrom(...ageBands), { minLength: 1, maxLength: 3 }),
  places: fc.integer({ min: 1, max: 3 }),
})
const groups = fc.array(group, { minLength: 1, maxLength: 3 })
const person: fc.Arbitrary<Occupant> = fc.record({
  sex: fc.constantFrom(...bedSexes),
  ageBand: fc.constantFrom(...ageBands),
})

/** The same said plainly: try every bed for everybody. */
const seated = (beds: readonly BedGroup[], people: readonly Occupant[]): boolean => {
  const [who, ...rest] = people
  if (who === undefined) return true
  return beds.some(
    (bed, n) =>
      bed.places > 0 &&
      (bed.sex === 'any' || bed.sex === who.sex) &&
      bed.bands.includes(who.ageBand) &&
      seated(
        beds.map((other, k) => (k === n ? { ...other, places: other.places - 1 } : other)),
        rest,
      ),
  )
}

describe('beds by sex and age', () => {
  test('seat exactly those for whom trying every bed finds one', () => {
    fc.assert(
      fc.property(groups, fc.array(person, { maxLength: 6 }), (beds, people) => {
        expect(fits(beds, people)).toBe(seated(beds, people))
      }),
    )
  })

  test('what is free is never below nought nor above what is left, and one more never fits', () => {
    fc.assert(
      fc.property(groups, fc.array(person, { maxLength: 6 }), person, (beds, people, who) => {
        const free = freeFor(beds, people, who)
        expect(free).toBeGreaterThanOrEqual(0)
        expect(free).toBeLessThanOrEqual(Math.max(0, capacityOf(beds) - people.length))
        if (!fits(beds, people)) return
        const more = (n: number) => [...people, ...Array.from({ length: n }, () => who)]
        expect(fits(beds, more(free))).toBe(true)
        expect(fits(beds, more(free + 1))).toBe(false)
      }),
    )
  })

  test('every age has a band', () => {
    expect([0, 2, 3, 5, 6, 11, 12, 14, 15, 17, 18, 40].map(ageBandOf)).toEqual([
      'under_3',
      'under_3',
      '3_5',
      '3_5',
      '6_11',
      '6_11',
      '12_14',
      '12_14',
      '15_17',
      '15_17',
      'adult',
      'adult',
    ])
  })
})

const start = Date.UTC(2026, 2, 2, 11)
const at = (hour: number): string => new Date(start + hour * 3_600_000).toISOString()
const stamp = (actor: Actor, hour: number): Stamp => ({
  actor,
  now: at(hour),
  occurredAt: at(hour),
  newId: () => '00000000-0000-7000-8000-000000000001',
})
const law = { holdHours: 24, confirmedHours: 72, holdsAtOnce: 2 }
const shelter: BedPlace = {
  id: 'p',
  kind: 'facility',
  status: 'approved',
  unitId: unitId('shelter-tirana'),
  groups: [
    { sex: 'female', bands: ['12_14', '15_17'], places: 2 },
    { sex: 'any', bands: ['3_5', '6_11', '12_14'], places: 1 },
  ],
  licenceTo: null,
}
const acts = ['hold', 'confirm', 'refuse', 'occupy', 'release', 'expire'] as const
const step = fc.record({
  act: fc.constantFrom(...acts),
  who: fc.constantFrom(...castNames),
  on: fc.nat({ max: 5 }),
  person,
  wait: fc.constantFrom(0, 1, 23, 24, 72),
})

describe('a bed is held, promised, taken and given back', () => {
  test('whatever anybody tries, nobody is without a bed, and only whose it is moves it', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let hour = 0
        const holds: BedHold[] = []
        const taken = () => holds.filter((one) => isLive(one, at(hour)))
        for (const { act, who, on, person: whom, wait } of steps) {
          hour += wait
          const actor = actorOf(who)
          const now = stamp(actor, hour)
          if (act === 'hold') {
            const own = holds.filter(
              (one) => one.heldById === actor.userId && one.state === 'HELD' && isLive(one, at(hour)),
            ).length
            const decision = decideHoldBed(shelter, taken(), whom, law, '2026-03-02', now, own)
            expect(decision.ok && own >= 2).toBe(false)
            expect(decision.ok && !['cpw', 'cpu_head'].includes(actor.role)).toBe(false)
            if (decision.ok)
              for (const { facts } of decision.events)
                holds.push({
                  ...whom,
                  id: String(holds.length),
                  version: 1,
                  placeId: 'p',
                  state: facts.state,
                  heldByUnit: actor.unitId,
                  heldById: actor.userId,
                  expiresAt: facts.expiresAt,
                })
          } else {
            const hold = holds[on]
            if (hold === undefined) continue
            const mine =
              hold.heldByUnit === actor.unitId && (actor.role === 'cpw' || actor.role === 'cpu_head')
            const keeper = actor.unitId === shelter.unitId
            const lapsed = hasLapsed(hold, at(hour))
            const decision: Decision<BedMoved> =
              act === 'confirm'
                ? decideConfirmBed(hold, shelter, law, null, now)
                : act === 'refuse'
                  ? decideRefuseBed(hold, shelter, 'repairs', 'Punime.', now)
                  : act === 'occupy'
                    ? decideOccupyBed(hold, mine, now)
                    : act === 'release'
                      ? decideReleaseBed(hold, shelter, mine, 'not_needed', now)
                      : decideExpireBed(hold, shelter, mine, now)
            if (!decision.ok) continue
            expect(mine || keeper).toBe(true)
            for (const event of decision.events) {
              const after = applyBed(hold, event)
              // What lapsed never comes back to life.
              if (lapsed) expect(isLive(after, at(hour))).toBe(false)
              if (after.state === 'CONFIRMED' || after.state === 'REFUSED') expect(keeper).toBe(true)
              if (after.state === 'OCCUPIED') expect(mine).toBe(true)
              expect(after.expiresAt !== null).toBe(after.state === 'CONFIRMED')
              holds[on] = after
            }
          }
          expect(fits(shelter.groups, taken())).toBe(true)
          expect(taken().length).toBeLessThanOrEqual(capacityOf(shelter.groups))
        }
      }),
    )
  })

  test('nobody is taken in where the place is closed or its licence over', () => {
    const decide = (over: Partial<BedPlace>) =>
      decideHoldBed(
        { ...shelter, ...over },
        [],
        { sex: 'female', ageBand: '12_14' },
        law,
        '2026-03-02',
        stamp(actorOf('cpw-tirana'), 0),
        0,
      )
    expect(decide({ licenceTo: '2026-03-01' })).toMatchObject({ refusal: { code: 'care_licence_over' } })
    expect(decide({ licenceTo: '2026-03-02' }).ok).toBe(true)
    for (const status of placeStatuses.filter((one) => one !== 'approved'))
      expect(decide({ status })).toMatchObject({ refusal: { code: 'care_not_open' } })
  })
})

const family = (over: Partial<CarePlace> = {}): CarePlace => ({
  id: 'f',
  version: 3,
  kind: 'foster_family',
  unitId: unitId('cpu-tirana'),
  municipality: '53',
  status: 'assessed',
  assessorId: actorOf('cpw-tirana').userId,
  recommended: true,
  trainingHours: 30,
  ...over,
})
describe('a foster family', () => {
  test('is approved only by the head or the director of its municipality, never by its assessor', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...castNames),
        fc.constantFrom(...castNames),
        fc.integer({ min: 0, max: 60 }),
        fc.constantFrom(...placeStatuses),
        (who, assessor, trainingHours, status) => {
          const place = family({ assessorId: actorOf(assessor).userId, trainingHours, status })
          const months = { trainingHours: 30, reviewMonths: 12, inspectionMonths: 12 }
          const decision = decideFamily(
            place,
            { approved: true, reason: null },
            months,
            '2026-03-02',
            stamp(actorOf(who), 0),
          )
          expect(decision.ok).toBe(
            ['head-tirana', 'director-tirana'].includes(who) &&
              who !== assessor &&
              trainingHours >= 30 &&
              status === 'assessed',
          )
        },
      ),
    )
  })

  test('closes only when nobody lives there', () => {
    const decide = (taken: Occupant[]) =>
      decidePlaceStatus(
        family({ status: 'approved' }),
        'closed',
        'own_wish',
        taken,
        stamp(actorOf('head-tirana'), 0),
      )
    expect(decide([{ sex: 'male', ageBand: '3_5' }])).toMatchObject({
      refusal: { code: 'care_capacity_taken' },
    })
    expect(decide([]).ok).toBe(true)
  })
})

describe('a duty roster', () => {
  const duty = fc
    .tuple(fc.integer({ min: -10, max: 170 }), fc.integer({ min: 1, max: 30 }))
    .map(([from, hours]) => ({ from: at(from), to: at(from + hours) }))
  const hours = fc.constantFrom(
    { from: '00:00', to: '00:00' },
    { from: '08:00', to: '16:00' },
    { from: '20:00', to: '06:00' },
  )

  test('every hour that is to be staffed is covered by a duty or lies in exactly one gap', () => {
    fc.assert(
      fc.property(fc.array(duty, { maxLength: 12 }), hours, (duties, needed) => {
        const gaps = gapsIn(at(0), at(168), needed, duties)
        for (let hour = 0; hour < 168; hour += 1) {
          const instant = at(hour + 0.5)
          // Winter time in Tirana until the twenty-ninth of March.
          const local = new Date(Date.parse(instant) + 3_600_000).toISOString().slice(11, 16)
          const { from, to } = needed
          const wanted =
            from === to || (from < to ? local >= from && local < to : local >= from || local < to)
          const covered = duties.some((one) => one.from <= instant && one.to > instant)
          const inGaps = gaps.filter((gap) => gap.from <= instant && gap.to > instant).length
          expect(inGaps, instant).toBe(wanted && !covered ? 1 : 0)
        }
        for (const [n, gap] of gaps.entries()) {
          expect(gap.from < gap.to).toBe(true)
          if (n > 0) expect(gaps[n - 1]!.to < gap.from).toBe(true)
        }
      }),
    )
  })
})
