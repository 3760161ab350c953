/** Short cuts through the life of a body's meeting. */
import { expect } from 'vitest'
import type { Uuid } from '#domain/core.ts'
import { uuidv7 } from '#server/ids.ts'
import { bodyIdOf } from '#server/reference/bodies.ts'
import type { CastName } from '#test/cast.ts'
import { noon, type TestApp } from './harness.ts'

export const idOf = (code: string): Uuid => bodyIdOf(code)

export const must = async (
  app: TestApp,
  who: CastName,
  type: string,
  id: Uuid,
  body: object,
  baseVersion?: number,
): Promise<number> => {
  const reply = await app.as(who).command(type, id, body, baseVersion === undefined ? {} : { baseVersion })
  expect(reply.status, `${type}: ${JSON.stringify(reply.body)}`).toBe(200)
  return Number(reply.body.version)
}

export const seatsOf = async (
  app: TestApp,
  who: CastName,
  code: string,
): Promise<{ id: Uuid; institution: string }[]> =>
  (await app.as(who).get(`/api/bodies/${idOf(code)}`)).body.members!.map((one) => ({
    id: String(one.id),
    institution: String(one.institution!.code),
  }))

export const convened = async (
  app: TestApp,
  code: string,
  who: CastName,
  over: object = {},
): Promise<Uuid> => {
  const id = uuidv7()
  await must(app, who, 'meeting.convene', id, {
    bodyId: idOf(code),
    startsAt: noon,
    place: 'Salla e mbledhjeve',
    agenda: 'Ecuria e planit të punës',
    ...over,
  })
  return id
}

/** A meeting that was held, all invited institutions present. */
export const held = async (
  app: TestApp,
  code: string,
  who: CastName,
  heldOn = '2026-11-24',
  known?: Uuid,
): Promise<{ id: Uuid; version: number }> => {
  const id = known ?? (await convened(app, code, who))
  const { seats } = (await app.as(who).get(`/api/meetings/${id}`)).body
  const attendance = seats!.map((one) => ({
    memberId: String(one.member!.id),
    outcome: 'present',
    persons: 1,
  }))
  const version = await must(app, who, 'meeting.hold', id, { heldOn, attendance }, 1)
  return { id, version }
}
