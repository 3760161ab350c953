/** What waits for somebody who is away waits for their stand-in, on the days of the absence and on no other. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ageBands } from '#domain/care/beds.ts'
import { uuidv7 } from '#server/ids.ts'
import { type CastName, unitId, userId } from '#test/cast.ts'
import { openFor } from './case-life.ts'
import { type TestApp, testApp } from './harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const tasks = async (who: CastName) =>
  (await Promise.all(['bed', 'file_review'].map((kind) => app.as(who).get(`/api/work?kind=${kind}`))))
    .flatMap(({ body }) => body.items!)
    .map((one) => String(one.title))

test('a promised bed, and what a review asked to be mended', async () => {
  const [worker, colleague] = [userId('cpw-tirana'), userId('cpw2-tirana')]
  const { caseId } = await openFor(app, 'cpw-tirana')
  const [place, bed, mend, away] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()]
  await app.db.admin(
    `insert into care_place (id, version, kind, code, name_sq, name_en, facility_kind, institution_id, unit_id, municipality, county,
       status, beds, capacity, licence_number, licence_from)
     values ($1, 1, 'facility', 'IN-53-900', 'Strehëza e provës', 'Trial shelter', 'shelter', $2, $2, '53', 'AL-11', 'approved', $3, $4,
       'L-1', '2025-01-01')`,
    [place, unitId('shelter-tirana'), JSON.stringify([{ sex: 'any', bands: [...ageBands], places: 2 }]), 2],
  )
  const held = await app
    .as('cpw-tirana')
    .command('bed.hold', bed, { placeId: place, sex: 'female', ageBand: '12_14' })
  expect(held.status, JSON.stringify(held.body)).toBe(200)
  expect((await app.as('shelter').command('bed.confirm', bed, {}, { baseVersion: 1 })).status).toBe(200)
  await app.db.admin(`set session_replication_role = replica;
    insert into case_review_action (id, review_id, case_id, n, kind, owner_id, due_on)
      values ('${mend}', '${mend}', '${caseId}', 0, 'plan', '${worker}', current_date);
    set session_replication_role = origin`)
  const both = ['Ndreqni çfarë gjeti shqyrtimi', 'Vendi i premtuar pret: sillni fëmijën ose lironi vendin']
  expect((await tasks('cpw-tirana')).toSorted()).toEqual(both)
  expect(await tasks('cpw2-tirana')).toEqual([])
  await app.db.admin(
    `insert into worker_absence (id, version, unit_id, worker_id, deputy_id, from_day, until_day, kind, named_by)
     select $1, 1, $2, $3, $4, d, d, 'sick', $3 from (select (now() at time zone 'Europe/Tirane')::date as d) x`,
    [away, unitId('cpu-tirana'), worker, colleague],
  )
  expect((await tasks('cpw2-tirana')).toSorted()).toEqual(both)
  await app.db.admin('delete from worker_absence where id = $1', [away])
  expect(await tasks('cpw2-tirana')).toEqual([])
})
