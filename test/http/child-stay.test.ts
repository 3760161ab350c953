import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { castNames, userId } from '#test/cast.ts'
import { assisting, today } from './assistance-life.ts'
import { type TestApp, testApp } from './harness.ts'
import { fileOf } from './interview-life.ts'
import { childTrack } from './nrm-life.ts'
import { placing } from './placement-life.ts'
import { screeningSteps } from './screening-steps.ts'

/** A child of the trafficking track: its deputy helps like its manager, and the shelter sees the stay without the file. */
let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())
const { child, measure, plan, place, bed } = placing(() => app)
const { screen } = screeningSteps(() => app)
const { code, service, risk } = assisting(() => app)
const { askShelter } = childTrack(() => app)
const stays = async (who: (typeof castNames)[number]) =>
  (await app.as(who).get('/api/assistance/child-stays?lang=en')).body.items!

const victim = async () => {
  const life = await child()
  await screen('cpw-tirana', { caseId: life.id })
  return { life, nrmId: await fileOf(app, life.id) }
}

test('the deputy of a child’s case writes assistance; a colleague and a deputy of another unit do not', async () => {
  const { life, nrmId } = await victim()
  const needs = { kind: 'legal', beneficiary: 'subject', foundOn: today }
  expect(await code('cpw2-tirana', nrmId, 'give', service())).toBe('assistance_not_yours')
  await app.db.admin('update case_file set deputy_id = $2 where id = $1', [life.id, userId('cpw2-tirana')])
  expect(await code('cpw2-tirana', nrmId, 'give', service())).toBe('ok')
  expect(await code('cpw2-tirana', nrmId, 'assess_risk', risk)).toBe('ok')
  const view = (await app.as('cpw2-tirana').get(`/api/nrm/${nrmId}/assistance`)).body
  expect(view.services).toHaveLength(1)
  expect(view.risks).toMatchObject([{ words: risk.words }])
  expect(await code('cpw-durres', nrmId, 'give', service())).not.toBe('ok')
  expect(await code('shelter', nrmId, 'find_need', needs)).not.toBe('ok')
  await app.db.admin('update case_file set deputy_id = null where id = $1', [life.id])
  expect(await code('cpw2-tirana', nrmId, 'give', service())).toBe('assistance_not_yours')
})

describe('a child’s stay in a shelter', () => {
  test('is seen by that shelter alone: since when, whom to phone, the referral; not the child, the case or why', async () => {
    const { life } = await victim()
    expect(await stays('shelter')).toEqual([])
    await askShelter(life.id, { needs: 'Strehim', risks: 'E kërkojnë' })
    const holdId = await bed(await place('shelter'))
    const basisId = await measure(life, 'alternative_care')
    const placementId = await plan(life, { kind: 'shelter', basis: 'measure', basisId, holdId })
    expect(await stays('shelter')).toEqual([])
    await life.must('cpw-tirana', 'begin_placement', { placementId, startedAt: `${today}T11:00:00.000Z` })
    const [one] = await stays('shelter')
    expect(one).toMatchObject({
      id: holdId,
      startedOn: today,
      sex: 'male',
      ageBand: '6_11',
      referralId: null,
    })
    expect(String(one!.unit).length).toBeGreaterThan(3)
    for (const hidden of [life.id, placementId, basisId, 'Ardi'])
      expect(JSON.stringify(one)).not.toContain(hidden)
    // Once the shelter has taken the referral it is the packet of the stay.
    const [referral] = await app.db.admin<{ id: string }>('select id from referral where case_id = $1', [
      life.id,
    ])
    await app.db.admin(
      "update referral set state = 'ACCEPTED', acknowledged_at = sent_at, decided_at = sent_at where id = $1",
      [referral!.id],
    )
    expect((await stays('shelter'))[0]).toMatchObject({ referralId: referral!.id })
    expect((await app.as('shelter').get(`/api/referrals/${referral!.id}`)).status).toBe(200)
    for (const who of castNames.filter((name) => name !== 'shelter'))
      expect(await stays(who), who).toEqual([])
    expect((await app.anonymous.get('/api/assistance/child-stays')).status).toBe(401)
    const [seen] = await app.db.admin<{ n: number }>(
      "select count(*)::int as n from access_record where kind = 'bed_hold' and act = 'list' and actor_id = $1",
      [userId('shelter')],
    )
    expect(seen!.n).toBe(2)
    await app.db.admin(
      "update referral set state = 'WITHDRAWN', access_ended_at = now(), closed_at = now() where id = $1",
      [referral!.id],
    )
    expect((await stays('shelter'))[0]).toMatchObject({ referralId: null })
  })
})
