/**
 * Random bodies with random seats: who reads and who writes their rows. The oracle below is written from the rule alone (a seat
 * of one's institution, today, in one's place; all that lies below) and imports no policy.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runs, sits, votes } from '#domain/body/policy.ts'
import type { Seat } from '#domain/body/state.ts'
import type { Role, Uuid } from '#domain/core.ts'
import { uuidv7 } from '#server/ids.ts'
import { withTx } from '#server/tx.ts'
import { actorOf, type CastName, castNames } from '#test/cast.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'

const institutions = [
  ['ZKKA', 'coordinator'],
  ['AP', 'responsible_authority'],
  ['DVP', 'police'],
  ['BASHKI', 'municipal_director'],
  ['NJMF', 'cpu_head'],
  ['KRAT', 'county_committee'],
  ['MB', null],
] as const satisfies readonly (readonly [string, Role | null])[]
const kinds = ['chair', 'secretary', 'member', 'observer'] as const

interface SeatRecord {
  readonly id: Uuid
  readonly institution: (typeof institutions)[number]
  readonly seat: (typeof kinds)[number]
  readonly county: string | null
  readonly municipality: string | null
  /** Days from today; null open. */
  readonly from: number | null
  readonly to: number | null
}
interface BodyRecord {
  readonly id: Uuid
  readonly code: string
  readonly parent: Uuid | null
  readonly seats: readonly SeatRecord[]
  readonly meeting: Uuid
  readonly approved: boolean
  readonly recommendation: Uuid
  readonly owner: (typeof institutions)[number]
  readonly ownerCounty: string | null
}

const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Tirane' }).format(new Date())
const shifted = (days: number): string =>
  new Date(Date.parse(`${today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

const county = fc.constantFrom(null, 'AL-11', 'AL-02')
const seatArbitrary = fc.record({
  institution: fc.constantFrom(...institutions),
  seat: fc.constantFrom(...kinds),
  county,
  municipality: fc.constantFrom(null, null, '53', '10'),
  from: fc.constantFrom(null, -30, 0, 3),
  to: fc.constantFrom(null, null, -1, 0, 30),
})
const bodyArbitrary = fc.record({
  above: fc.nat(),
  seats: fc.uniqueArray(seatArbitrary, {
    maxLength: 4,
    selector: (one) => `${one.institution[0]} ${one.county} ${one.municipality}`,
  }),
  approved: fc.boolean(),
  owner: fc.constantFrom(...institutions),
  ownerCounty: county,
})

let app: TestApp
const all: BodyRecord[] = []
beforeAll(async () => {
  app = await testApp({ now: new Date().toISOString() })
  await app.db.admin('delete from body_duty; delete from body_member; delete from body')
  const drawn = fc.sample(bodyArbitrary, { numRuns: 60, seed: 770 })
  drawn.forEach((one, at) => {
    // Some stand alone at the top; the others below one drawn before.
    const parent = at === 0 || one.above % 4 === 0 ? null : all[one.above % at]!.id
    const seats = one.seats
      .filter((seat) => seat.from === null || seat.to === null || seat.to >= seat.from)
      .map((seat) => ({ ...seat, id: uuidv7() }))
    all.push({
      ...one,
      id: uuidv7(),
      code: `X-${at}`,
      parent,
      seats,
      meeting: uuidv7(),
      recommendation: uuidv7(),
    })
  })
  const text = (value: string | null) => (value === null ? 'null' : `'${value}'`)
  const on = (days: number | null) => (days === null ? 'null' : `'${shifted(days)}'`)
  await app.db.admin(
    all
      .map(
        (one) => `
    insert into body (id, code, kind, name_sq, name_en, parent_id, anonymous, source)
      values ('${one.id}', '${one.code}', 'technical_group', 'x', 'x', ${text(one.parent)}, false, 'test');
    ${one.seats
      .map(
        (
          seat,
        ) => `insert into body_member (id, body_id, anonymous, institution_code, county, municipality, seat, valid_from, valid_to)
      values ('${seat.id}', '${one.id}', false, '${seat.institution[0]}', ${text(seat.county)}, ${text(seat.municipality)},
        '${seat.seat}', ${on(seat.from)}, ${on(seat.to)});
      insert into body_member_named values ('${seat.id}', '${one.id}', false, 'Zyrtari');`,
      )
      .join('\n')}
    insert into body_obligation (id, body_id, rule, rule_set, period_from, period_to, due_on, needed, proof, verification, legal_source,
        opened_at)
      values (gen_random_uuid(), '${one.id}', 'D33', 'x', '2026-01-01', '2026-12-31', '2026-12-31', 1, 'meeting', 'V', 'x', now());
    insert into body_meeting (id, code, body_id, version, state, starts_at, place, agenda, held_on, minutes, minutes_by, approved_by,
        approved_at)
      values ('${one.meeting}', '${one.code}-M', '${one.id}', 1, 'HELD', now(), 'x', 'x', current_date,
        ${one.approved ? "'approved', gen_random_uuid(), gen_random_uuid(), now()" : "'draft', gen_random_uuid(), null, null"});
    insert into body_meeting_seat (meeting_id, member_id, body_id) select '${one.meeting}', id, body_id from body_member
      where body_id = '${one.id}';
    insert into body_distribution (meeting_id, member_id, body_id, at) select '${one.meeting}', id, body_id, now() from body_member
      where body_id = '${one.id}';
    insert into body_minutes (meeting_id, body_id, text, decisions, written_at) values ('${one.meeting}', '${one.id}', 'x', '{}', now());
    insert into body_recommendation (id, code, body_id, meeting_id, version, kind, text, owner_code, owner_county, made_on, due_on, status,
        status_at)
      values ('${one.recommendation}', '${one.code}-R', '${one.id}', '${one.meeting}', 1, 'recommendation', 'x', '${one.owner[0]}',
        ${text(one.ownerCounty)}, current_date, current_date, 'OPEN', now());`,
      )
      .join('\n'),
  )
})
afterAll(() => app.close())

/** What the rule says, without looking at how it is built. */
const open = (seat: SeatRecord): boolean =>
  (seat.from === null || seat.from <= 0) && (seat.to === null || seat.to >= 0)
const mine = (name: CastName, seat: SeatRecord): boolean => {
  const actor = actorOf(name)
  if (!open(seat)) return false
  // The Ministry of Interior has a reporting officer in place of a role.
  if (seat.institution[0] === 'MB') return name === 'ministry-interior'
  return (
    seat.institution[1] === actor.role &&
    (seat.county === null || seat.county === actor.county) &&
    (seat.municipality === null || seat.municipality === actor.municipality)
  )
}
const satBy = (name: CastName, allowed: readonly string[] = kinds): Set<Uuid> =>
  new Set(
    all
      .filter((one) => one.seats.some((seat) => allowed.includes(seat.seat) && mine(name, seat)))
      .map((one) => one.id),
  )
const seenBy = (name: CastName): Set<Uuid> => {
  const seen = satBy(name)
  for (let grown = -1; grown !== seen.size; ) {
    grown = seen.size
    for (const one of all) if (one.parent !== null && seen.has(one.parent)) seen.add(one.id)
  }
  return seen
}
const owned = (name: CastName, one: BodyRecord): boolean => {
  const actor = actorOf(name)
  if (one.owner[0] === 'MB') return name === 'ministry-interior'
  return one.owner[1] === actor.role && (one.ownerCounty === null || one.ownerCounty === actor.county)
}
const idsIn = (name: CastName, sql: string): Promise<Set<Uuid>> =>
  withTx(
    app.ctx,
    actorOf(name),
    async (tx) => new Set((await tx.sql<{ id: Uuid }>(sql)).map((row) => row.id)),
  )

test('the sample holds bodies of every kind', () => {
  expect(castNames.filter((name) => satBy(name).size > 0).length).toBeGreaterThan(5)
  expect(castNames.some((name) => seenBy(name).size > satBy(name).size)).toBe(true)
})

test.each(castNames)('%s reads the rows of its bodies and of those below, and no others', async (name) => {
  const [sat, seen] = [satBy(name), seenBy(name)]
  expect(await idsIn(name, 'select id from body')).toEqual(seen)
  const withSeats = new Set([...seen].filter((id) => all.find((one) => one.id === id)!.seats.length > 0))
  for (const table of ['body_member', 'body_member_named', 'body_meeting_seat', 'body_distribution'])
    expect([table, await idsIn(name, `select body_id as id from ${table}`)]).toEqual([table, withSeats])
  for (const table of ['body_obligation', 'body_meeting'])
    expect([table, await idsIn(name, `select body_id as id from ${table}`)]).toEqual([table, seen])
  expect(await idsIn(name, 'select body_id as id from body_minutes')).toEqual(
    new Set(all.filter((one) => sat.has(one.id) || (seen.has(one.id) && one.approved)).map((one) => one.id)),
  )
  expect(await idsIn(name, 'select body_id as id from body_recommendation')).toEqual(
    new Set(all.filter((one) => seen.has(one.id) || owned(name, one)).map((one) => one.id)),
  )
})

/** Tried and taken back: what a statement would have written. */
const tried = async (name: CastName, sql: string): Promise<Set<Uuid>> => {
  const written = new Set<Uuid>()
  class Undo extends Error {}
  await withTx(app.ctx, actorOf(name), async (tx) => {
    for (const row of await tx.sql<{ id: Uuid }>(sql)) written.add(row.id)
    throw new Undo()
  }).catch((error: unknown) => {
    if (!(error instanceof Undo)) throw error
  })
  return written
}

test.each(castNames)('%s writes only where its seat lets it', async (name) => {
  const [leads, may] = [satBy(name, ['chair', 'secretary']), satBy(name, ['chair', 'secretary', 'member'])]
  expect(await tried(name, 'update body set version = version returning id')).toEqual(leads)
  expect(await tried(name, 'update body_meeting set version = version returning body_id as id')).toEqual(may)
  expect(await tried(name, 'update body_minutes set text = text returning body_id as id')).toEqual(leads)
  const seated = new Set([...leads].filter((id) => all.find((one) => one.id === id)!.seats.length > 0))
  expect(await tried(name, 'update body_member set valid_to = valid_to returning body_id as id')).toEqual(
    seated,
  )
  expect(await tried(name, 'update body_recommendation set note = note returning body_id as id')).toEqual(
    new Set(all.filter((one) => leads.has(one.id) || owned(name, one)).map((one) => one.id)),
  )
  const hidden = all.find((one) => !leads.has(one.id))!
  await expect(
    tried(
      name,
      `insert into body_member (id, body_id, anonymous, institution_code, seat) values (gen_random_uuid(), '${hidden.id}', false, 'ON', 'chair') returning body_id as id`,
    ),
  ).rejects.toMatchObject({ code: '42501' })
  for (const sql of [
    'delete from body_obligation',
    'update body_obligation set missed_at = now()',
    'delete from body_recommendation',
    'update body set anonymous = true',
    "update body_recommendation set due_on = '2030-01-01'",
  ])
    await expect(tried(name, sql), sql).rejects.toMatchObject({ code: '42501' })
})

test('the domain’s policy says the same as the oracle', () => {
  for (const name of castNames) {
    const actor = actorOf(name)
    for (const one of all) {
      const seats = one.seats.map(
        (seat): Seat => ({
          id: seat.id,
          institution: seat.institution[0],
          seat: seat.seat,
          role: seat.institution[1],
          answered: seat.institution[0] === 'MB' && name === 'ministry-interior',
          county: seat.county,
          municipality: seat.municipality,
          from: seat.from === null ? null : shifted(seat.from),
          to: seat.to === null ? null : shifted(seat.to),
        }),
      )
      expect([name, one.code, sits(actor, seats, today)]).toEqual([name, one.code, satBy(name).has(one.id)])
      expect(runs(actor, seats, today)).toBe(satBy(name, ['chair', 'secretary']).has(one.id))
      expect(votes(actor, seats, today)).toBe(satBy(name, ['chair', 'secretary', 'member']).has(one.id))
    }
  }
})
