import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { withWriteTx } from '#server/tx.ts'
import { actorOf, type CastName, unitId } from '#test/cast.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'
import { items, screeningSteps } from './screening-steps.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const { report, opened, screen, identification } = screeningSteps(() => app)

describe('sets', () => {
  test('both sets are served with their threshold, sources and words in two languages', async () => {
    const sets = await app.as('cpw-tirana').get('/api/screening-sets')
    expect(sets.body.items).toMatchObject([
      { code: 'trafficking', threshold: 3, status: 'unverified' },
      { code: 'economic_exploitation', threshold: 3, status: 'unverified' },
    ])
    expect(sets.body.items![0]!.items).toHaveLength(41)
    expect((await app.as('cpw-tirana').get('/api/screening-sets?on=2017-12-31')).body.items).toEqual([])
    expect((await app.as('cpw-tirana').get('/api/screening-sets?on=2017-02-30')).status).toBe(400)
  })
})

describe('inside the case', () => {
  test('three elements make a potential victim: history, status, clocks, and the Responsible Authority now sees the case', async () => {
    const { caseId } = await opened()
    expect((await app.as('responsible-authority').get(`/api/cases/${caseId}`)).status).toBe(404)
    const reply = await screen('cpw-tirana', { caseId })
    expect(reply).toMatchObject({
      status: 200,
      body: { reply: { met: 3, advised: 'vmt', result: 'vmt', proposedResult: null, vmtStatus: 'vmt' } },
    })
    expect((await identification('cpw-tirana', caseId)).body).toMatchObject({
      status: 'vmt',
      items: [{ status: 'vmt', structure: 'cpw', forms: ['begging'], priorTrafficking: false }],
    })
    expect((await app.as('responsible-authority').get(`/api/cases/${caseId}`)).status).toBe(200)
    const told = await app.as('responsible-authority').get('/api/notices')
    expect(told.body.items![0]).toMatchObject({ code: 'victim_identified', recordId: caseId })
    const clocks = await app.db.admin<{ rule: string }>(
      "select rule from clock where record_id = $1 and rule in ('D15', 'D16', 'D17') and stopped_at is null order by rule",
      [caseId],
    )
    expect(clocks.map(({ rule }) => rule)).toEqual(['D15', 'D16', 'D17'])
    const shown = await app.as('cpw-tirana').get(`/api/cases/${caseId}/screenings`)
    expect(shown.body.items![0]).toMatchObject({
      dimensions: ['child_situation', 'coercion_destination', 'exploitation'],
    })
    expect(shown.body.items![0]!.items![0]).toMatchObject({ code: 'EX3', evidence: 'pashë EX3' })
    // A colleague sees that it was screened, not what was seen.
    const colleague = await app.as('cpw2-tirana').get(`/api/cases/${caseId}/screenings`)
    expect(colleague.body.items![0]!.items![0]).toMatchObject({ code: 'EX3', evidence: null })
  })

  test('fewer than three leave an open child-protection case; none is negative', async () => {
    const { caseId } = await opened()
    expect((await screen('cpw-tirana', { caseId, items: [] })).body.reply).toMatchObject({
      advised: 'negative',
      vmtStatus: 'screened_negative',
    })
    expect((await screen('cpw-tirana', { caseId, items: items('EX3', 'CD3') })).body.reply).toMatchObject({
      advised: 'at_risk',
      vmtStatus: 'at_risk',
    })
    expect((await app.as('cpw-tirana').get(`/api/cases/${caseId}`)).body).toMatchObject({
      closedAt: null,
      vmtStatus: expect.any(String),
    })
    expect((await identification('cpw-tirana', caseId)).body.items).toHaveLength(2)
  })

  test('upward a person decides alone, with a reason', async () => {
    const { caseId } = await opened()
    expect(await screen('cpw-tirana', { caseId, items: items('EX3'), result: 'vmt' })).toMatchObject({
      status: 422,
      body: { code: 'reason_required', field: 'reason' },
    })
    const up = await screen('cpw-tirana', {
      caseId,
      items: items('EX3'),
      result: 'vmt',
      reason: 'Vëllai u identifikua dje',
    })
    expect(up.body.reply).toMatchObject({ advised: 'at_risk', result: 'vmt', vmtStatus: 'vmt' })
  })

  test('downward needs a supervisor; until then the higher result stands, and the first record is never overwritten', async () => {
    const { caseId } = await opened()
    const id = uuidv7()
    const down = await screen(
      'cpw-tirana',
      { caseId, result: 'at_risk', reason: 'Dy elemente janë i njëjti fakt' },
      id,
    )
    expect(down.body.reply).toMatchObject({
      advised: 'vmt',
      result: 'vmt',
      proposedResult: 'at_risk',
      vmtStatus: 'vmt',
    })
    expect((await app.as('head-tirana').get('/api/notices')).body.items).toContainEqual(
      expect.objectContaining({ code: 'screening_waits', recordId: caseId }),
    )
    const decide = (who: CastName, body: object = {}) =>
      app
        .as(who)
        .command('screening.decide', id, { agree: true, reason: 'Pajtohem', ...body }, { baseVersion: 1 })
    expect(await decide('cpw2-tirana')).toMatchObject({ status: 422, body: { code: 'not_allowed' } })
    expect((await decide('head-durres')).status).toBe(404)
    expect((await decide('head-tirana', { reason: ' ' })).status).toBe(400)
    expect((await decide('head-tirana')).body.reply).toMatchObject({ result: 'at_risk' })
    expect((await identification('head-tirana', caseId)).body).toMatchObject({
      status: 'at_risk',
      items: [{ status: 'at_risk' }, { status: 'vmt' }],
    })
    expect((await decide('head-tirana')).status).toBe(409)
  })

  test('a unit that is only asked to take the case over decides nothing on its screenings', async () => {
    const { caseId } = await opened()
    const id = uuidv7()
    await screen('cpw-tirana', { caseId, result: 'negative', reason: 'x' }, id)
    const asked = await app
      .as('cpw-tirana')
      .command(
        'case.request_transfer',
        caseId,
        { toUnitId: unitId('cpu-durres'), reason: 'x' },
        { baseVersion: (await app.as('cpw-tirana').get(`/api/cases/${caseId}`)).body.version as never },
      )
    expect(asked.status).toBe(200)
    const decided = await app
      .as('head-durres')
      .command('screening.decide', id, { agree: true, reason: 'x' }, { baseVersion: 1 })
    expect(decided.status).toBe(404)
    expect((await identification('cpw-tirana', caseId)).body.status).toBe('vmt')
  })

  test('a change that forgot its where reaches no screening of another unit', async () => {
    const { caseId } = await opened()
    await screen('cpw-tirana', { caseId })
    await withWriteTx(app.ctx, actorOf('cpw-durres'), { commandId: uuidv7() }, async (tx) => {
      await tx.sql("update screening set result = 'negative'")
      await tx.sql("update case_file_named set summary = 'x'")
    })
    expect(
      await app.db.admin(
        "select 1 from screening s join case_file_named n on n.id = s.case_id where s.case_id = $1 and s.result = 'vmt' and n.summary is null",
        [caseId],
      ),
    ).toHaveLength(1)
  })

  test('a report of another unit cannot be tied to it, and does not show whether it exists', async () => {
    const { caseId } = await opened()
    const elsewhere = await report('police', { place: { municipality: '10', text: 'x' } })
    const tried = await Promise.all([
      screen('cpw-tirana', { caseId, ...elsewhere }),
      screen('cpw-tirana', { caseId, reportId: uuidv7(), childId: uuidv7() }),
    ])
    expect(tried.map((reply) => reply.status)).toEqual([404, 404])
    expect(tried[0]!.body).toEqual(tried[1]!.body)
  })

  test('a head who screened alone does not decide alone', async () => {
    const { caseId } = await opened()
    const id = uuidv7()
    await screen('head-tirana', { caseId, result: 'negative', reason: 'x' }, id)
    expect(
      await app
        .as('head-tirana')
        .command('screening.decide', id, { agree: true, reason: 'x' }, { baseVersion: 1 }),
    ).toMatchObject({
      status: 422,
      body: { code: 'screening_own_decision' },
    })
  })

  test('economic exploitation is screened by sector and leaves the trafficking status alone', async () => {
    const { caseId } = await opened()
    const body = {
      caseId,
      set: 'economic_exploitation',
      forms: ['begging'],
      items: items('BG1', 'EE3', 'EE4'),
    }
    expect((await screen('cpw-tirana', body)).body.reply).toMatchObject({ advised: 'vmt', vmtStatus: null })
    expect((await identification('cpw-tirana', caseId)).body).toMatchObject({ status: 'none', items: [] })
  })

  test.each([
    ['an element nobody knows', { items: items('ZZ9') }, 422, 'unknown_code', 'items.0.code'],
    ['an element of adults', { items: items('DR1') }, 422, 'screening_item_not_applicable', 'items.0.code'],
    [
      'an element of another form',
      { items: items('EX8') },
      422,
      'screening_item_not_applicable',
      'items.0.code',
    ],
    ['the same element twice', { items: items('EX3', 'EX3') }, 422, 'screening_item_twice', 'items.1.code'],
    [
      'an element without a note',
      { items: [{ code: 'EX3', evidence: '  ' }] },
      422,
      'screening_evidence_needed',
      'items.0.evidence',
    ],
    ['a set that is not in force', { version: '2017-1' }, 422, 'screening_set_not_in_force', 'version'],
    ['a form nobody knows', { forms: ['weather'] }, 422, 'unknown_code', 'forms.0'],
    ['a child called adult', { subject: 'adult', items: [] }, 422, 'screening_subject_is_child', 'subject'],
    ['no case', { caseId: undefined }, 422, 'screening_before_protection', 'caseId'],
  ])('%s is refused and nothing is written', async (_, over, status, code, field) => {
    const { caseId } = await opened()
    const id = uuidv7()
    expect(await screen('cpw-tirana', { caseId, ...over }, id)).toMatchObject({
      status,
      body: { code, field },
    })
    expect(await app.db.admin('select 1 from screening where id = $1', [id])).toEqual([])
    expect(await app.db.admin('select 1 from event where record_id = $1', [id])).toEqual([])
  })

  test('only who carries the case, or its head, screens; other units’ cases are absent', async () => {
    const { caseId } = await opened()
    expect(await screen('cpw2-tirana', { caseId })).toMatchObject({
      status: 422,
      body: { code: 'not_allowed' },
    })
    expect((await screen('cpw-durres', { caseId })).status).toBe(404)
    expect((await screen('school', { caseId })).status).toBe(404)
    expect((await app.as('cpw-durres').get(`/api/cases/${caseId}/screenings`)).status).toBe(404)
  })
})
