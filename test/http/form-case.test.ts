import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { shippedForm } from '#server/form/shipped.ts'
import { uuidv7 } from '#server/ids.ts'
import { Life, openFor } from './case-life.ts'
import { agencyOf } from './form-agency.ts'
import { type TestApp, testApp } from './harness.ts'

/** Forms answered in a case: what is asked decides what is kept, and each answer keeps the version that asked. */
let app: TestApp
let life: Life
beforeAll(async () => {
  app = await testApp()
  life = new Life(app, await openFor(app, 'cpw-tirana', { urgent: true }))
})
afterAll(() => app.close())

const reviewed = {
  has_risk: true,
  has_safety: true,
  has_plan: false,
  has_manager: true,
  in_time: true,
  child_heard: true,
  family_part: true,
  best_weighed: true,
  referred: true,
  notes_clear: true,
  gap_what: 'Plani, deri të premten',
  good: 'Fëmija dëgjohet',
}
const answers = (values: object) => Object.entries(values).map(([key, value]) => ({ key, value }))
const record = (form: string, values: object, formVersion = 1) => ({
  form,
  formVersion,
  answers: answers(values),
  finish: false,
})
const last = async () => {
  const { body } = await life.read()
  const id = String(body.assessments!.at(-1)!.id)
  return (await app.as('cpw-tirana').get(`/api/cases/${life.id}/assessments/${id}`)).body
}

describe('a checklist in a case', () => {
  test('is filled in by the worker or the head, by nobody else', async () => {
    expect(await life.try('head-tirana', 'record_assessment', record('case_review', reviewed))).toBe('ok')
    expect(await life.try('cpw2-tirana', 'record_assessment', record('case_review', reviewed))).toBe(
      'case_not_yours',
    )
    expect(await life.try('state-agency', 'record_assessment', record('case_review', reviewed))).toBe(
      'not_allowed',
    )
    expect(await life.try('cpw-durres', 'record_assessment', record('case_review', reviewed))).toBe(
      'not_found',
    )
  })

  test('its score is kept beside the answers, in their tier', async () => {
    const { answers: kept } = await last()
    expect(
      Object.fromEntries((kept as never as { key: string; value: unknown }[]).map((a) => [a.key, a.value])),
    ).toMatchObject({
      has_plan: false,
      gap_what: 'Plani, deri të premten',
      file_points: 9,
    })
    const rows = await app.db.admin(
      "select question_key as key, tier from form_answer where form = 'case_review' and version = 1 and question_key in ('file_points', 'good') order by 1",
    )
    expect(rows).toEqual([
      { key: 'file_points', tier: 'T2' },
      { key: 'good', tier: 'T3' },
    ])
  })

  test('an answer to a question that is not asked is refused, and one that is asked is missed', async () => {
    const whole = { ...reviewed, has_plan: true }
    expect(await life.try('cpw-tirana', 'record_assessment', record('case_review', whole))).toBe(
      'case_answer_hidden',
    )
    const { gap_what: _, ...short } = reviewed
    expect(await life.try('cpw-tirana', 'record_assessment', record('case_review', short))).toBe(
      'case_assessment_not_filled',
    )
    const { gap_what: __, ...right } = whole
    expect(await life.try('cpw-tirana', 'record_assessment', record('case_review', right))).toBe('ok')
  })

  test('bad input: an answer twice, out of bounds, of another kind, to no question, to no form', async () => {
    const twice = {
      ...record('case_review', reviewed),
      answers: [...answers(reviewed), { key: 'good', value: 'x' }],
    }
    expect(await life.try('cpw-tirana', 'record_assessment', twice)).toBe('case_answer_unfit')
    const facts = { school_days: 32 }
    expect(await life.try('cpw-tirana', 'record_assessment', record('wellbeing', facts))).toBe(
      'case_answer_unfit',
    )
    expect(await life.try('cpw-tirana', 'record_assessment', record('wellbeing', { school_days: '3' }))).toBe(
      'case_answer_unfit',
    )
    expect(await life.try('cpw-tirana', 'record_assessment', record('wellbeing', { nothing: 1 }))).toBe(
      'case_answer_unfit',
    )
    expect(await life.try('cpw-tirana', 'record_assessment', record('no_such_form', {}))).toBe('unknown_code')
  })
})

test('a new version is used by the next assessment; the old one keeps its own and says so', async () => {
  const {
    form: _,
    version: __,
    use: ___,
    verified: ____,
    effectiveFrom: _____,
    source: ______,
    ...content
  } = shippedForm('closure', 1)
  const id = uuidv7()
  const next = {
    ...content,
    sections: [
      {
        title: { sq: 'E re', en: 'New' },
        questions: [
          {
            key: 'only',
            tier: 'T2',
            kind: 'yes_no',
            required: true,
            label: { sq: 'Vetëm kjo?', en: 'Only this?' },
          },
        ],
      },
    ],
    scores: [],
  }
  const all = {
    goals_reviewed: true,
    seen_month: true,
    risk_low: true,
    child_ready: 'po',
    knows_whom: true,
    follow_told: true,
  }
  expect(await life.try('cpw-tirana', 'record_assessment', record('closure', all))).toBe('ok')
  const before = await last()
  expect(before).toMatchObject({ formVersion: 1, newer: null })
  const officer = await agencyOf(app)
  expect(await officer('first', 'draft', id, { form: 'closure', use: 'checklist', content: next })).toBe('ok')
  // Nobody answers what is not approved, or not yet in force.
  expect(await life.try('cpw-tirana', 'record_assessment', record('closure', { only: true }, 2))).toBe(
    'unknown_code',
  )
  expect(await officer('first', 'propose', id, { effectiveFrom: '2026-11-25', why: 'Shorter' }, 1)).toBe('ok')
  expect(await officer('second', 'approve', id, {}, 2)).toBe('ok')
  expect(await life.try('cpw-tirana', 'record_assessment', record('closure', { only: true }, 2))).toBe(
    'form_not_in_force',
  )
  app.setClock('2026-11-25T09:00:00.000Z')
  expect(await life.try('cpw-tirana', 'record_assessment', record('closure', { only: true }, 2))).toBe('ok')
  expect(await last()).toMatchObject({ formVersion: 2, newer: null, answers: [{ key: 'only', value: true }] })
  // What somebody had begun under the first is kept under the first.
  expect(await life.try('cpw-tirana', 'record_assessment', record('closure', all))).toBe('ok')
  const old = await last()
  expect(old).toMatchObject({ formVersion: 1, newer: 2 })
  expect(old.answers).toEqual(before.answers)
})
