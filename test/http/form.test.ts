import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { shippedForm } from '#server/form/shipped.ts'
import { uuidv7 } from '#server/ids.ts'
import { type CastName, castNames } from '#test/cast.ts'
import { agencyOf } from './form-agency.ts'
import { type Loose, type TestApp, testApp } from './harness.ts'

/** Forms as data through the door: what is shipped, a new version of it, who may do what, and an older version kept. */
let app: TestApp
let officer: Awaited<ReturnType<typeof agencyOf>>
beforeAll(async () => {
  app = await testApp()
  officer = await agencyOf(app)
})
afterAll(() => app.close())

const {
  form: _,
  version: __,
  use: ___,
  verified: ____,
  effectiveFrom: _____,
  source: ______,
  ...content
} = shippedForm('wellbeing', 1)
type Content = typeof content
const changed = (change: (copy: Loose) => void): Content => {
  const copy = JSON.parse(JSON.stringify(content)) as Loose
  change(copy)
  return copy as unknown as Content
}
const send = (who: CastName, verb: string, id: string, body: object, baseVersion?: number) =>
  app.as(who).command(`form.${verb}`, id, body, {
    language: 'en',
    ...(baseVersion === undefined ? {} : { baseVersion }),
  })
const today = '2026-11-24'

describe('what is shipped', () => {
  test('nine forms are in force, each once, in both languages', async () => {
    const { status, body } = await app.as('cpw-tirana').get('/api/forms?status=in_force')
    expect(status).toBe(200)
    expect(body.items!.map((one) => String(one.form))).toEqual([
      'best_interests',
      'best_interests_court',
      'case_review',
      'closure',
      'comprehensive',
      'initial',
      'risk',
      'satisfaction',
      'wellbeing',
    ])
    for (const one of body.items!)
      expect(one).toMatchObject({
        version: 1,
        effectiveFrom: '2018-01-01',
        effectiveUntil: null,
        shipped: true,
      })
  })
  test('one is read whole, by key and by version, and its shape is published', async () => {
    const [newest, first, schema] = await Promise.all([
      app.as('cpw-tirana').get('/api/forms/risk'),
      app.as('school').get('/api/forms/risk/1'),
      app.as('school').get('/api/forms/schema'),
    ])
    expect(newest.body.content).toEqual(first.body.content)
    expect(newest.body).toMatchObject({ status: 'in_force', faults: [], allowed: [] })
    expect(schema.body).toMatchObject({ type: 'object', required: ['title', 'sections'] })
    expect((await app.as('school').get('/api/forms/risk/2')).status).toBe(404)
    expect((await app.as('school').get('/api/forms/none')).status).toBe(404)
  })
})

describe('a new version', () => {
  const id = uuidv7()
  const next = changed((copy) => {
    copy.title!.en = 'Well-being of the child, revised' as never
  })

  test('only the State Agency writes one', async () => {
    for (const who of castNames) {
      const drafted = uuidv7()
      const { status } = await send(who, 'draft', drafted, {
        form: `try_${who.replaceAll('-', '_')}`,
        use: 'checklist',
        content,
      })
      expect([who, status]).toEqual([who, who.startsWith('state-agency') ? 200 : 422])
      if (status === 200) expect((await send(who, 'discard', drafted, {}, 1)).status).toBe(200)
    }
  })

  test('a faulty one may be kept as a draft but is not proposed; the fault is named with its place', async () => {
    const broken = changed((copy) => {
      copy.sections![0]!.questions![0]!.label!.sq = '' as never
      copy.sections![1]!.questions![0]!.when = { question: 'nowhere', answered: true } as never
    })
    expect(
      (await send('state-agency', 'draft', id, { form: 'wellbeing', use: 'checklist', content: broken }))
        .status,
    ).toBe(200)
    const read = await app.as('state-agency').get('/api/forms/wellbeing/2')
    expect(read.body.faults!.map((one) => `${String(one.code)} ${String(one.path)}`)).toEqual([
      'missing_translation sections.0.questions.0.label.sq',
      'unknown_reference sections.1.questions.0.when.question',
    ])
    const { status, body } = await send('state-agency', 'propose', id, { effectiveFrom: today, why: 'x' }, 1)
    expect([status, body.code, body.field]).toEqual([
      422,
      'form_missing_translation',
      'content.sections.0.questions.0.label.sq',
    ])
    expect(String(body.detail)).toContain('sections.0.questions.0.label.sq')
  })

  test('shapes are refused at the door: too deep, unknown fields, keys that are no keys', async () => {
    const when = (condition: unknown) =>
      changed((copy) => {
        copy.sections![0]!.questions![0]!.when = condition as never
      })
    const deep = { all: [{ any: [{ all: [{ any: [{ question: 'safe_out', answered: true }] }] }] }] }
    for (const bad of [
      when(deep),
      when({ question: 'safe_out' }),
      { ...content, more: 1 },
      changed((copy) => (copy.sections![0]!.questions![0]!.key = '../x' as never)),
    ])
      expect((await send('state-agency', 'save', id, { content: bad }, 1)).status).toBe(400)
    expect(
      (await send('state-agency', 'draft', uuidv7(), { form: 'schema', use: 'checklist', content })).status,
    ).toBe(400)
  })

  test('drafts are the agency’s own, and one at a time', async () => {
    for (const who of castNames.filter((name) => !name.startsWith('state-agency')))
      expect([who, (await app.as(who).get('/api/forms/wellbeing/2')).status]).toEqual([who, 404])
    expect((await send('cpw-tirana', 'save', id, { content: next }, 1)).status).toBe(404)
    expect(await officer('second', 'draft', uuidv7(), { form: 'wellbeing', use: 'checklist', content })).toBe(
      'form_open_already form',
    )
  })

  test('is saved, proposed, returned, proposed again and approved by another; the day decides', async () => {
    expect((await send('state-agency', 'save', id, { content: next }, 1)).status).toBe(200)
    const stale = await send('state-agency', 'save', id, { content: next }, 1)
    expect([stale.status, stale.body.code]).toEqual([409, 'stale'])
    const past = await send('state-agency', 'propose', id, { effectiveFrom: '2026-11-23', why: 'x' }, 2)
    expect(past.body.code).toBe('form_effective_past')
    expect(
      (await send('state-agency', 'propose', id, { effectiveFrom: '2026-11-26', why: 'Clearer words' }, 2))
        .status,
    ).toBe(200)
    expect(await officer('second', 'return', id, { why: 'Say more' }, 3)).toBe('ok')
    expect(
      (await send('state-agency', 'propose', id, { effectiveFrom: '2026-11-26', why: 'Clearer words' }, 4))
        .status,
    ).toBe(200)
    const own = await send('state-agency', 'approve', id, {}, 5)
    expect([own.status, own.body.code]).toEqual([422, 'needs_second_person'])
    expect((await app.as('state-agency').get('/api/forms/wellbeing/2')).body.allowed).toEqual(['return'])
    expect(await officer('second', 'approve', id, {}, 5)).toBe('ok')
    const coming = await app.as('cpw-tirana').get('/api/forms?form=wellbeing')
    expect(coming.body.items!.map((one) => [one.version, one.status, one.effectiveUntil])).toEqual([
      [2, 'coming', null],
      [1, 'in_force', '2026-11-26'],
    ])
    app.setClock('2026-11-26T08:00:00.000Z')
    const after = await app.as('cpw-tirana').get('/api/forms?form=wellbeing')
    expect(after.body.items!.map((one) => [one.version, one.status])).toEqual([
      [2, 'in_force'],
      [1, 'superseded'],
    ])
    expect((await app.as('cpw-tirana').get('/api/forms/wellbeing')).body.content).toEqual(next)
    app.setClock('2026-11-24T11:00:00.000Z')
  })

  test('what was approved stays: no command and no statement rewrites it', async () => {
    expect((await send('state-agency', 'save', id, { content }, 6)).body.code).toBe('wrong_state')
    await expect(
      app.db.admin(`update form_definition set content = '{}' where id = '${id}'`),
    ).rejects.toThrow('only a draft of a form is written in')
    await expect(
      app.db.admin("update form_definition set content = '{}' where form = 'risk'"),
    ).rejects.toThrow('only a draft of a form is written in')
  })
})
