/** Steps of a proceeding that its tests share, said over HTTP. */
import { expect } from 'vitest'
import type { Actor } from '#domain/core.ts'
import { uuidv7 } from '#server/ids.ts'
import { actorOf, type CastName, unitId } from '#test/cast.ts'
import type { Loose, TestApp } from './harness.ts'
import { screeningSteps } from './screening-steps.ts'

export type Who = CastName | Actor
export const office = unitId('prosecution-tirana')
export const on = '2026-11-24'
const elsewhere = (name: CastName, n: number): Actor => ({
  ...actorOf(name),
  userId: `00000020-0000-7000-8000-000000000${n}`,
  unitId: `00000010-0000-7000-8000-000000000${n}`,
  institutionId: `00000010-0000-7000-8000-000000000${n}`,
})
/** A prosecutor and a police officer of units where the cast has nobody. */
export const special = elsewhere('prosecutor', 801)
export const otherPolice = elsewhere('police', 802)
export const putOthers = async (app: TestApp) => {
  for (const [actor, kind, name] of [
    [special, 'prosecution', 'spak'],
    [otherPolice, 'police', 'police-durres'],
  ] as const)
    await app.db.admin(`
      insert into institution (id, kind, name_sq, name_en) values ('${actor.unitId}', '${kind}', '${name}', '${name}');
      insert into unit (id, institution_id, kind, name_sq, name_en, county) values ('${actor.unitId}', '${actor.unitId}', '${kind}', '${name}', '${name}', 'AL-02');
      insert into app_user (id, login, display_name, role, unit_id) values ('${actor.userId}', '${name}', '${name}', '${actor.role}', '${actor.unitId}')`)
}

/** The application comes with `beforeAll`, so it is asked for at each step. */
export const justiceSteps = (of: () => TestApp) => {
  const { opened, screen } = screeningSteps(of)
  const told = (over: object = {}) => ({
    origin: 'denunciation',
    on: '2026-11-20',
    actFrom: '2026-10-01',
    article: '128/b',
    facts: 'Një i rritur e detyroi të lypte.',
    ...over,
  })
  const openBy = async (who: Who, over: object = {}, expected: number | string = 200) => {
    const id = uuidv7()
    const reply = await of().as(who).command('proceeding.open', id, told(over))
    expect(typeof expected === 'number' ? reply.status : reply.body.code, JSON.stringify(reply.body)).toBe(
      expected,
    )
    return id
  }
  const read = async (who: Who, id: string) => of().as(who).get(`/api/proceedings/${id}`)
  const act = async (
    who: Who,
    id: string,
    verb: string,
    body: object = {},
    expected: number | string = 200,
  ) => {
    const seen = await read(who, id)
    const baseVersion = seen.status === 200 ? Number(seen.body.version) : 1
    const reply = await of().as(who).command(`proceeding.${verb}`, id, body, { baseVersion })
    expect(
      typeof expected === 'number' ? reply.status : reply.body.code,
      `${verb} ${JSON.stringify(reply.body)}`,
    ).toBe(expected)
    return reply
  }
  const view = async (who: Who, id: string) => (await read(who, id)).body
  const notices = async (who: Who): Promise<Loose[]> => [
    ...(await of().as(who).get('/api/notices')).body.items!,
  ]
  /** A child of the track. */
  const child = async () => {
    const { caseId } = await opened()
    await screen('cpw-tirana', { caseId })
    const file = (await of().as('responsible-authority').get(`/api/nrm?caseId=${caseId}`)).body.items![0]!
    const code = String((await of().as('cpw-tirana').get(`/api/cases/${caseId}`)).body.code)
    return { caseId, code, nrmId: String(file.id), nrm: String(file.code) }
  }
  /** The police of Tirana are sent a referral about this case. */
  const refer = async (caseId: string) => {
    const reply = await of()
      .as('cpw-tirana')
      .command('referral.send', uuidv7(), {
        caseId,
        toUnitId: unitId('police-tirana'),
        service: 'police_protection',
        said: { place: 'Te ura', danger: 'E kërkojnë' },
        grounds: [{ kind: 'law', ref: 'ligji 18/2017' }],
        child: { answer: 'agrees' },
      })
    expect(reply.status, JSON.stringify(reply.body)).toBe(200)
  }
  /** A proceeding of the police and the office with one child of the track in it, known to the police by its case's code. */
  const linked = async () => {
    const found = await child()
    await refer(found.caseId)
    const id = await openBy('police', { officeUnit: office })
    await act('police', id, 'add_victim', { subject: 'child', code: found.code })
    return { ...found, id, victimId: String((await view('police', id)).persons![0]!.id) }
  }
  return { opened, screen, told, openBy, read, act, view, notices, child, refer, linked }
}
