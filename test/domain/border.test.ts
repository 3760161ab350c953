import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decideAlert, decideAnswerHit, decideWithdrawAlert } from '#domain/border/alert.ts'
import { answerOf, type CheckBody, checkFault, type Met } from '#domain/border/check.ts'
import { alertSteps, categories, directions, escortRelations, parentRelations } from '#domain/border/kinds.ts'
import { documentKey, nameMeets, writtenAlike } from '#domain/border/match.ts'
import { type Answer, decideBorderScreen, elementsOf, type Question } from '#domain/border/screen.ts'
import { type Actor, type Role, roles, type Stamp } from '#domain/core.ts'
import { decideInspection, type InspectionBody } from '#domain/inspection/inspection.ts'
import { partsOf } from '#server/border/name.ts'
import { actorOf, noon } from '#test/cast.ts'

const uuids = (() => {
  let made = 0
  return () => {
    made += 1
    return `00000000-0000-7000-8000-${String(made).padStart(12, '0')}`
  }
})()
const stampOf = (actor: Actor): Stamp => ({
  actor,
  now: noon,
  occurredAt: noon,
  newId: uuids,
})
const officer = stampOf(actorOf('border-police'))
const compared = (given: string, family: string, years: { from: number; to: number } | null = null) => ({
  given: partsOf(given),
  family: partsOf(family),
  years,
})
const known = (name: string, years: { from: number; to: number } | null = null) => ({
  parts: partsOf(name),
  years,
})
const letters = fc.constantFrom(...'abcdefghijklmnopqrstuvxyz')
const word = fc.array(letters, { minLength: 3, maxLength: 9 }).map((all) => all.join(''))

describe('whom an alert is about', () => {
  test.each([
    ['Gjergj', 'Hoxha', 'Xherxh Hoxhaj'],
    ['Shkëlqim', 'Çela', 'Skelcim Cela'],
    ['Ardit', 'Gjoka', 'Gjoka Ardit'],
    ['Ardita', 'Dervishi', 'Ardita Dervishii'],
    ['Klea', 'Prifti', 'Klea Maria Prifti'],
    ['Ali', 'Ali', 'Ali Ali'],
  ])('%s %s is met by %s', (given, family, name) => {
    expect(nameMeets(compared(given, family), known(name))).toBe(true)
  })
  test.each([
    ['Ardit', 'Gjoka', 'Ardit Shehu'],
    ['Klea', 'Prifti', 'Sara Prifti'],
    ['', '', 'Ardit Gjoka'],
    ['Ardit', '', 'Ardit Gjoka'],
    ['Ali', 'Ali', 'Ali Gjoka'],
  ])('%s %s is not met by %s', (given, family, name) => {
    expect(nameMeets(compared(given, family), known(name))).toBe(false)
  })

  test('the same name always meets itself, in any order; birth years more than two apart never', () => {
    fc.assert(
      fc.property(
        word,
        word,
        fc.integer({ min: 2000, max: 2025 }),
        fc.integer({ min: -9, max: 9 }),
        (a, b, y, d) => {
          const asked = compared(a, b, { from: y, to: y })
          const fits = Math.abs(d) <= 2
          expect(nameMeets(asked, known(`${a} ${b}`, { from: y + d, to: y + d }))).toBe(fits)
          expect(nameMeets(asked, known(`${b} ${a}`, { from: y + d, to: y + d }))).toBe(fits)
          expect(nameMeets(asked, known(`${a} ${b}`))).toBe(true)
        },
      ),
    )
  })

  test('likeness is even-handed, between nothing and all', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        const one = writtenAlike(a, b)
        expect(one).toBe(writtenAlike(b, a))
        expect(one).toBeGreaterThanOrEqual(0)
        expect(one).toBeLessThanOrEqual(1)
        expect(writtenAlike(a, a)).toBe(1)
      }),
    )
  })

  test('a document is compared by its letters and digits alone', () => {
    expect(documentKey(' bo 123-456/7 ')).toBe('B01234567')
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (said) => {
        expect(documentKey(documentKey(said))).toBe(documentKey(said))
      }),
    )
  })
})

const passing: CheckBody = {
  direction: 'out',
  category: 'parents',
  escorts: [{ relation: 'mother' }],
  document: { kind: 'passport', number: 'BA123' },
  givenName: 'Ana',
  familyName: 'Leka',
  birth: { from: '2015-05-03', to: '2015-05-03', said: '' },
  sex: 'female',
}
const post = { own: ['L02', 'L03'], lately: 0, mostAnHour: 10 }
const codeOf = (body: CheckBody, known = post, stamp = officer) => {
  const found = checkFault(body, known, stamp)
  return found.ok ? found.crossing : found.refusal.code
}

describe('a child at a crossing', () => {
  test('is written down at the officer’s own crossing, and at no other', () => {
    expect(codeOf(passing)).toBe('L02')
    expect(codeOf({ ...passing, crossing: 'L03' })).toBe('L03')
    expect(codeOf({ ...passing, crossing: 'L08' })).toBe('border_crossing_not_yours')
    expect(codeOf(passing, { ...post, own: [] })).toBe('border_no_crossing')
  })
  test('is not born tomorrow, and is no adult', () => {
    const born = (day: string): CheckBody => ({ ...passing, birth: { from: day, to: day, said: '' } })
    expect(codeOf(born('2026-11-25'))).toBe('in_future')
    expect(codeOf(born('2026-11-24'))).toBe('L02')
    expect(codeOf(born('2008-11-24'))).toBe('border_is_adult')
    expect(codeOf(born('2008-11-25'))).toBe('L02')
  })
  test('is described by a name or a number; no document has no number', () => {
    expect(codeOf({ ...passing, document: { kind: 'passport' } })).toBe('border_document_number')
    expect(codeOf({ ...passing, document: { kind: 'none', number: 'x' } })).toBe('border_document_number')
    expect(codeOf({ ...passing, givenName: '', familyName: undefined, document: { kind: 'none' } })).toBe(
      'border_nobody_described',
    )
  })
  test('the category is what the escorts say, whatever is chosen', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...categories),
        fc.array(fc.constantFrom(...escortRelations), { maxLength: 4 }),
        fc.constantFrom(...directions),
        (category, relations, direction) => {
          const right =
            relations.length === 0
              ? 'alone'
              : relations.some((one) => parentRelations.includes(one))
                ? 'parents'
                : 'others'
          const code = codeOf({
            ...passing,
            direction,
            category,
            escorts: relations.map((relation) => ({ relation })),
          })
          expect(code === 'L02').toBe(category === right)
        },
      ),
    )
  })
  test('nobody but the border police records, and nobody walks through names', () => {
    for (const role of roles)
      expect(codeOf(passing, post, stampOf({ ...officer.actor, role })) === 'L02').toBe(
        role === 'border_police',
      )
    expect(codeOf(passing, { ...post, lately: 10 })).toBe('border_too_many')
  })
  test('the answer is the gravest step asked for, never more than whom to phone', () => {
    const met = fc.array(
      fc.record({
        alertId: fc.uuid(),
        step: fc.constantFrom(...alertSteps),
        phone: fc.constantFrom('112', '129', '116006'),
      }),
      { maxLength: 6 },
    )
    fc.assert(
      fc.property(met, fc.boolean(), (all: readonly Met[], odd) => {
        const answer = answerOf(all, odd)
        expect(Object.keys(answer).toSorted()).toEqual(['phones', 'step'])
        if (all.length === 0) expect(answer).toEqual({ step: odd ? 'look_again' : 'pass', phones: [] })
        else {
          expect(answer.step).toBe(all.some((one) => one.step === 'hold_call') ? 'hold_call' : 'watch_call')
          expect(answer.phones.length).toBeGreaterThan(0)
        }
      }),
    )
  })
})

const questions: readonly Question[] = [
  { code: 'a', element: 'BO1', means: 'no', of: ['child', 'adult'] },
  { code: 'b', element: 'BO1', means: 'yes', of: ['child', 'adult'] },
  { code: 'c', element: 'CH1', means: 'no', of: ['child'] },
  { code: 'd', element: 'CR4', means: 'yes', of: ['child', 'adult'] },
  { code: 'e', element: 'DR1', means: 'no', of: ['adult'] },
]
const there = { present: true, name: 'Mira' } as const
const away = { present: false, absence: 'on_the_way' } as const
describe('the short screening', () => {
  const said = (subject: 'child' | 'adult', given: readonly Answer[]) =>
    questions
      .filter((one) => one.of.includes(subject))
      .map((one, at) => ({ code: one.code, answer: given[at] ?? ('unclear' as const) }))
  const ask = (over: object, reportId: string | null = 'r') =>
    decideBorderScreen(
      {
        subject: 'child',
        language: 'el',
        womanOfficer: there,
        socialWorker: there,
        answers: said('child', []),
        ...over,
      },
      { questions, languages: ['sq', 'el'], threshold: 3, reportId },
      officer,
    )
  const code = (decision: ReturnType<typeof ask>) => (decision.ok ? 'ok' : decision.refusal.code)

  test('an element counts once, however many answers show it; not knowing shows nothing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('yes', 'no', 'unclear' as const), { minLength: 4, maxLength: 4 }),
        (given) => {
          const found = elementsOf(said('child', given as Answer[]), questions, 'child')
          expect(new Set(found.map((one) => one.element)).size).toBe(found.length)
          expect(found.every((one) => one.answer !== 'unclear')).toBe(true)
          const decision = ask({ answers: said('child', given as Answer[]) })
          if (!decision.ok) throw new Error(decision.refusal.code)
          expect(decision.events[0]!.facts.result).toBe(
            found.length >= 3 ? 'vmt' : found.length > 0 ? 'at_risk' : 'negative',
          )
        },
      ),
    )
  })
  test('protection comes first, for a child', () => {
    expect(code(ask({}, null))).toBe('screening_before_protection')
    expect(code(ask({ subject: 'adult', answers: said('adult', []) }, null))).toBe('ok')
  })
  test('both women are named, or their absence has a reason', () => {
    expect(code(ask({ womanOfficer: { present: true, name: ' ' } }))).toBe('border_presence_name')
    expect(code(ask({ socialWorker: { present: false } }))).toBe('border_absence_reason')
    expect(code(ask({ womanOfficer: away, socialWorker: away }))).toBe('ok')
  })
  test('every question is answered, once, in a language that is spoken here', () => {
    expect(code(ask({ answers: said('child', []).slice(1) }))).toBe('border_question_left')
    expect(code(ask({ answers: [...said('child', []), ...said('child', [])] }))).toBe('screening_item_twice')
    expect(code(ask({ answers: said('adult', []) }))).toBe('unknown_code')
    expect(code(ask({ language: 'zz' }))).toBe('unknown_code')
  })
})

describe('an alert', () => {
  const body = {
    kind: 'do_not_leave',
    direction: 'out',
    step: 'hold_call',
    phone: '+355 4 222 3333',
    caseId: 'c',
    givenName: 'Ana',
    familyName: 'Leka',
    sex: 'female',
    documents: [],
    reason: 'x',
    expiresOn: '2026-12-24',
  } as const
  const set = (over: object, role: Role = 'cpw', subjectKnown = true) =>
    decideAlert({ ...body, ...over }, { subjectKnown, mostDays: 365 }, stampOf({ ...officer.actor, role }))
  const code = (decision: ReturnType<typeof set>) => (decision.ok ? 'ok' : decision.refusal.code)
  test('is left by a unit, the Responsible Authority and the police, each about its own', () => {
    for (const role of roles) {
      const may = ['cpw', 'cpu_head', 'responsible_authority'].includes(role)
      expect(code(set({}, role))).toBe(
        may ? 'ok' : role === 'police' ? 'border_alert_subject' : 'not_allowed',
      )
    }
    expect(code(set({ caseId: undefined }, 'police'))).toBe('ok')
    expect(code(set({ caseId: undefined }, 'cpw'))).toBe('border_alert_subject')
    expect(code(set({ caseId: undefined, nrmId: 'n' }, 'responsible_authority'))).toBe('ok')
    expect(code(set({ caseId: undefined, nrmId: 'n' }, 'cpu_head'))).toBe('border_alert_subject')
    expect(code(set({}, 'cpw', false))).toBe('border_alert_subject')
  })
  test('has an end, and somebody it is about', () => {
    expect(code(set({ expiresOn: '2026-11-23' }))).toBe('border_alert_over')
    expect(code(set({ expiresOn: '2027-11-25' }))).toBe('border_alert_too_long')
    expect(code(set({ familyName: '' }))).toBe('border_alert_nobody')
    expect(code(set({ familyName: '', documents: ['BA1'] }))).toBe('ok')
  })
  test('is its owner’s to withdraw and to answer, once', () => {
    const alert = { unitId: officer.actor.unitId, expiresOn: '2026-12-24', withdrawnAt: null }
    const owner = stampOf({ ...officer.actor, role: 'police' })
    const other = stampOf({ ...actorOf('police'), unitId: 'elsewhere' })
    expect(decideWithdrawAlert(alert, { why: 'found' }, owner).ok).toBe(true)
    expect(decideWithdrawAlert(alert, { why: 'found' }, other).ok).toBe(false)
    expect(decideWithdrawAlert({ ...alert, withdrawnAt: noon }, { why: 'found' }, owner).ok).toBe(false)
    expect(decideAnswerHit(alert, { id: 'h', answer: null }, { answer: 'same_person' }, owner).ok).toBe(true)
    expect(
      decideAnswerHit(alert, { id: 'h', answer: 'other_person' }, { answer: 'same_person' }, owner).ok,
    ).toBe(false)
  })
})

test('an inspection finds no more people than it checked, and not tomorrow', () => {
  const inspector = stampOf(actorOf('labour'))
  const body: InspectionBody = {
    jointWith: ['police'],
    sector: 'construction',
    employer: 'Ndërtim sh.p.k.',
    municipality: '53',
    place: 'Astir',
    on: '2026-11-24',
    workersChecked: 5,
    adults: 2,
    measures: ['fine'],
    minors: [{}, {}],
  }
  const code = (over: object, stamp = inspector) => {
    const decision = decideInspection({ ...body, ...over }, { businessKnown: false, reportId: 'r' }, stamp)
    return decision.ok ? 'ok' : decision.refusal.code
  }
  expect(code({})).toBe('ok')
  expect(code({ adults: 4 })).toBe('inspection_more_than_checked')
  expect(code({ on: '2026-11-25' })).toBe('in_future')
  expect(code({ measures: ['none', 'fine'] })).toBe('inspection_no_measure')
  expect(code({ businessId: 'b' })).toBe('unknown_code')
  for (const role of roles)
    expect(code({}, stampOf({ ...inspector.actor, role })) === 'ok').toBe(role === 'labour_inspector')
})
