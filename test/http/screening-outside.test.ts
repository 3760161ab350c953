import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'
import { items, screeningSteps } from './screening-steps.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const { report, accept, screen, identification } = screeningSteps(() => app)

describe('at the border and in a raid', () => {
  const border = {
    setting: 'border',
    territory: 'cross_border',
    forms: ['unknown'],
    items: items('BO1', 'BO2', 'CH1'),
  }

  test('help is asked for first; the result comes into the case when the report is accepted', async () => {
    const made = await report('border-police', { source: 'border_police' })
    expect(await screen('border-police', border)).toMatchObject({
      status: 422,
      body: { code: 'screening_before_protection', field: 'reportId' },
    })
    expect(
      (await screen('border-police', { ...border, reportId: made.reportId, childId: uuidv7() })).status,
    ).toBe(404)
    expect((await screen('labour', { ...border, setting: 'raid', ...made })).status).toBe(404)
    expect((await screen('border-police', { ...border, ...made })).body.reply).toMatchObject({
      result: 'vmt',
    })
    const caseId = await accept(made.reportId)
    expect((await identification('cpw-tirana', caseId)).body).toMatchObject({
      status: 'vmt',
      items: [{ territory: 'cross_border' }],
    })
    expect((await app.as('cpw-tirana').get(`/api/cases/${caseId}/screenings`)).body.items).toHaveLength(1)
  })

  test('a screening that comes after the acceptance still reaches the case, and its sender is told nothing of it', async () => {
    const before = await report('border-police', { source: 'border_police' })
    const early = await screen('border-police', { ...border, ...before })
    const made = await report('border-police', { source: 'border_police' })
    const caseId = await accept(made.reportId)
    const late = await screen('border-police', { ...border, ...made })
    expect(late.status).toBe(200)
    expect(Object.keys(late.body.reply!)).toEqual(Object.keys(early.body.reply!))
    expect(late.body).toMatchObject({ version: 1, reply: { result: 'vmt', vmtStatus: null } })
    expect((await identification('cpw-tirana', caseId)).body).toMatchObject({
      status: 'vmt',
      items: [{ status: 'vmt', structure: 'border_police' }],
    })
    expect((await app.as('cpw-tirana').get(`/api/cases/${caseId}/screenings`)).body.items).toHaveLength(1)
    expect((await app.as('border-police').get(`/api/cases/${caseId}`)).status).toBe(404)
    expect((await app.as('border-police').get(`/api/cases/${caseId}/screenings`)).status).toBe(404)
  })

  test('a field team screens in a raid it goes along to, and nowhere else; a teacher nowhere', async () => {
    const raid = { setting: 'raid', set: 'economic_exploitation', items: items('BG1') }
    const made = await report('field-tirana', { source: 'field_team' })
    expect((await screen('field-tirana', { ...raid, ...made })).body.reply).toMatchObject({
      result: 'at_risk',
    })
    expect(await screen('field-tirana', { ...raid, ...made, setting: 'border' })).toMatchObject({
      status: 422,
      body: { code: 'not_allowed' },
    })
    const told = await report('school', { source: 'school', channel: 'web' })
    expect(await screen('school', { ...raid, ...told })).toMatchObject({
      status: 422,
      body: { code: 'not_allowed' },
    })
  })

  test('who reported sees which of the children they screened, and by which questions', async () => {
    const made = await report('border-police', { source: 'border_police' })
    const mine = async () => {
      const { items: sent } = (await app.as('border-police').get('/api/reports/mine')).body
      return (sent ?? []).find((one) => String(one.id) === made.reportId)
    }
    expect(await mine()).toMatchObject({ listed: [{ childId: made.childId, screened: [] }] })
    await screen('border-police', { ...border, ...made })
    expect(await mine()).toMatchObject({
      status: 'received',
      listed: [{ childId: made.childId, screened: ['trafficking'] }],
    })
  })

  test('work found in a raid comes into the case without branding the child as trafficked', async () => {
    const made = await report('labour', { source: 'labour_inspectorate' })
    const raid = await screen('labour', {
      setting: 'raid',
      set: 'economic_exploitation',
      items: items('BG1', 'EE3', 'EE4'),
      ...made,
    })
    expect(raid.body.reply).toMatchObject({ result: 'vmt' })
    const caseId = await accept(made.reportId)
    expect((await identification('cpw-tirana', caseId)).body).toMatchObject({ status: 'none', items: [] })
    expect((await app.as('responsible-authority').get(`/api/cases/${caseId}`)).status).toBe(404)
    expect((await app.as('cpw-tirana').get(`/api/cases/${caseId}/screenings`)).body.items).toHaveLength(1)
  })
})
