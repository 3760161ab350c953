/**
 * What the searches of access share: whoever may ask, what they get to see, what a statement of theirs would write, and how a door
 * answers them. It knows no rule; each search brings an oracle of its own.
 */
import fc from 'fast-check'
import { expect } from 'vitest'
import { type Actor, roles, type Uuid } from '#domain/core.ts'
import { withTx } from '#server/tx.ts'
import { actorOf, castNames, castUnits, unitId } from '#test/cast.ts'
import type { TestApp } from '#test/http/harness.ts'

export const seed = Number(process.env.SCOPES_SEED ?? 20181231)

const cast = castNames.map(actorOf)
const unitNames = Object.keys(castUnits) as (keyof typeof castUnits)[]

/** A role where the cast has nobody of it: the keeper of accounts in a ministry, a case worker in the Coordinator's office. */
const stranger: fc.Arbitrary<Actor> = fc
  .record({
    person: fc.constantFrom(...cast),
    role: fc.constantFrom(...roles),
    unit: fc.constantFrom(...unitNames),
  })
  .map(({ person, role, unit }) => ({
    ...person,
    role,
    unitId: unitId(unit),
    institutionId: unitId(unit),
    municipality: castUnits[unit].municipality,
    county: castUnits[unit].county,
  }))

/** The whole cast, and as many strangers as are asked for; the same ones for the same seed. */
export const everybody = (strangers: number): readonly Actor[] => [
  ...cast,
  ...fc.sample(stranger, { numRuns: strangers, seed }),
]

/** How a failure names whoever asked. */
export const nameOf = (actor: Actor): string =>
  `${actor.role} of ${unitNames.find((unit) => unitId(unit) === actor.unitId)} (${castNames.find((name) => actorOf(name).userId === actor.userId)})`

/** The first column of what a statement gives this actor, in the application's own role. */
export const seenBy = (app: TestApp, actor: Actor, sql: string): Promise<string[]> =>
  withTx(app.ctx, actor, async (tx) =>
    [...new Set((await tx.sql<{ id: unknown }>(sql)).map((row) => String(row.id)))].sort(),
  )

class Undo extends Error {}
/** What a statement of this actor would write (its `returning … as id`), tried and taken back; `denied` where it is refused whole. */
export const writtenBy = async (app: TestApp, actor: Actor, sql: string): Promise<string[] | 'denied'> => {
  let written: string[] = []
  try {
    await withTx(app.ctx, actor, async (tx) => {
      written = [...new Set((await tx.sql<{ id: unknown }>(sql)).map((row) => String(row.id)))].sort()
      throw new Undo()
    })
  } catch (error) {
    if (error instanceof Undo) return written
    if (error instanceof Error && 'code' in error && error.code === '42501') return 'denied'
    throw error
  }
  return written
}

/** None of these statements writes a row: they are refused, or meet no row of this actor. */
export const neverWrites = async (
  app: TestApp,
  actor: Actor,
  statements: readonly string[],
): Promise<void> => {
  for (const sql of statements)
    expect(['denied', ''], `${nameOf(actor)}: ${sql}`).toContain(String(await writtenBy(app, actor, sql)))
}
export const isOne = (actor: Actor, these: readonly string[]): boolean => these.includes(actor.role)
export const idsOf = <T extends { readonly id: Uuid }>(
  all: readonly T[],
  of: (one: T) => boolean,
): string[] =>
  all
    .filter(of)
    .map((one) => one.id)
    .sort()

export type Answer = 'absent' | 'refused' | 'open'
const refusals: ReadonlySet<string> = new Set([
  'not_allowed',
  'reporting_own_only',
  'reporting_office_only',
  'indicator_not_theirs',
  'execution_owner_only',
])

export interface Door {
  readonly type: string
  readonly id: Uuid
  readonly body: object
  readonly baseVersion?: number
}
/** A command of this actor: unknown, refused for who asks, or open to them (whatever else is then wrong with it). */
export const answerTo = async (app: TestApp, actor: Actor, door: Door): Promise<Answer> => {
  const { status, body } = await app
    .as(actor)
    .command(
      door.type,
      door.id,
      door.body,
      door.baseVersion === undefined ? {} : { baseVersion: door.baseVersion },
    )
  const code = String(body.code)
  if (status === 404) return 'absent'
  if (status === 422 && refusals.has(code)) return 'refused'
  if (status === 200 || status === 409 || status === 422) return 'open'
  throw new Error(`${door.type} as ${nameOf(actor)}: ${status} ${JSON.stringify(body)}`)
}

/** `pick` of a list, others for each `turn`, and the same ones for the same seed. */
export const some = <T>(list: readonly T[], pick: number, turn: number): readonly T[] =>
  list.length <= pick
    ? list
    : fc.sample(fc.shuffledSubarray([...list], { minLength: pick, maxLength: pick }), {
        numRuns: 1,
        seed: seed + turn,
      })[0]!

export const quoted = (value: string | null): string =>
  value === null ? 'null' : `'${value.replaceAll("'", "''")}'`
