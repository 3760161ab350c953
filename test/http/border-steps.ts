/** What the tests of the border share: an officer whose municipality has a unit in the cast, a child, an alert. */
import type { Actor } from '#domain/core.ts'
import { uuidv7 } from '#server/ids.ts'
import { actorOf, type CastName } from '#test/cast.ts'
import type { TestApp } from './harness.ts'

/** A woman of the border police in the port of Durrës, whose municipality has a unit in the cast. */
export const port: Actor = {
  ...actorOf('border-police'),
  userId: '00000020-0000-7000-8000-000000000901',
  unitId: '00000010-0000-7000-8000-000000000901',
  institutionId: '00000010-0000-7000-8000-000000000901',
  municipality: '10',
  county: 'AL-02',
}
export const putPort = async (app: TestApp): Promise<void> => {
  await app.db.admin(
    `insert into institution (id, kind, name_sq, name_en) values ('${port.unitId}', 'border_police', 'porti', 'port')`,
  )
  await app.db.admin(
    `insert into unit (id, institution_id, kind, name_sq, name_en, municipality, county)
     values ('${port.unitId}', '${port.unitId}', 'border_police', 'porti', 'port', '10', 'AL-02')`,
  )
  await app.db.admin(
    `insert into app_user (id, login, display_name, role, unit_id) values ('${port.userId}', 'port', 'Mira Deti', 'border_police', '${port.unitId}')`,
  )
}

export const child = {
  direction: 'out',
  category: 'parents',
  escorts: [{ relation: 'mother', name: 'Vjollca Leka' }],
  document: { kind: 'passport', number: 'BA 777 001' },
  givenName: 'Ana',
  familyName: 'Leka',
  birth: { from: '2015-05-03', to: '2015-05-03', said: '' },
  sex: 'female',
  citizenship: 'AL',
} as const
export const wanted = {
  kind: 'missing',
  direction: 'both',
  step: 'hold_call',
  phone: '+355 4 222 3333',
  givenName: 'Gjergj',
  familyName: 'Hoxha',
  birth: { from: '2012-01-01', to: '2012-12-31', said: '2012' },
  sex: 'male',
  documents: ['BC123456'],
  reason: 'U largua nga shtëpia me një të njohur të internetit.',
  expiresOn: '2027-05-01',
} as const
/** The application comes with `beforeAll`, so it is asked for at each step. */
export const borderSteps = (of: () => TestApp) => {
  const check = (over: object = {}, who: CastName | Actor = 'border-police', id = uuidv7()) =>
    of()
      .as(who)
      .command('border.check', id, { ...child, ...over }, { language: 'en' })
  const alert = async (over: object = {}, who: CastName = 'police') => {
    const id = uuidv7()
    const reply = await of()
      .as(who)
      .command('border_alert.set', id, { ...wanted, ...over }, { language: 'en' })
    return { id, reply }
  }

  return { check, alert }
}
