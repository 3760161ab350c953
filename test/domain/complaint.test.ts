import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  decideClose,
  decideDecide,
  decideName,
  decideOpenAdvocate,
  decideOpenInquiry,
  decideReceiveComplaint,
  decideReportAdvocate,
  decideTake,
} from '#domain/complaint/decide.ts'
import {
  applyComplaint,
  type Complaint,
  type ComplaintEvent,
  complaintActionsOf,
  complaintBodies,
  complaintOutcomes,
  complaintStates,
  complaintTier,
  dueState,
  mayAnswerQuestion,
  outcomesIn,
  type Question,
  routeOf,
} from '#domain/complaint/model.ts'
import type { Actor, Decision, Stamp } from '#domain/core.ts'
import { actorOf, type CastName, castNames, noon, unitId, userId } from '#test/cast.ts'

const stampOf = (actor: Actor): Stamp => ({
  actor,
  now: noon,
  occurredAt: noon,
  newId: () => userId('admin'),
})
const agency = actorOf('state-agency')
const colleague: Actor = { ...agency, userId: userId('admin') }
const advocate = actorOf('peoples-advocate')
const received: Complaint = {
  id: userId('school'),
  version: 1,
  state: 'RECEIVED',
  route: 'state_agency',
  body: 'school',
  institutionId: unitId('school-tirana'),
  unitId: unitId('school-tirana'),
  officerId: null,
  enteredBy: null,
  named: [],
  advocate: 'none',
  decideBy: null,
}

describe('how a complaint may be decided as it stands', () => {
  test('what is offered is what is accepted, in every state', () => {
    for (const state of complaintStates)
      for (const outcome of complaintOutcomes) {
        const passed = outcome === 'out_of_remit' ? { passedTo: 'Gjykata' } : {}
        const decision = decideDecide(
          { ...received, state, officerId: agency.userId },
          { outcome, answer: 'Kishe të drejtë.', ...passed },
          [],
          stampOf(agency),
        )
        expect(decision.ok, `${state} ${outcome}`).toBe(outcomesIn(state).includes(outcome))
      }
    expect(outcomesIn('ACKNOWLEDGED')).toEqual(['out_of_remit'])
    expect(outcomesIn('DECIDED')).toEqual([])
  })
})

describe('whom a complaint reaches', () => {
  test('what is about the State Agency goes to the People’s Advocate, everything else to the Agency', () => {
    for (const body of complaintBodies)
      expect(routeOf(null, body)).toBe(body === 'state_agency' ? 'peoples_advocate' : 'state_agency')
    expect(routeOf('state_agency', 'other')).toBe('peoples_advocate')
  })

  test('never the institution meant, nobody named, not who wrote it down, no role but the two', () => {
    const anyone = fc.constantFrom(...castNames).map((name) => actorOf(name))
    const people = fc.constantFrom(...castNames.map((name) => userId(name)))
    const complaint = fc.record({
      state: fc.constantFrom(...complaintStates),
      route: fc.constantFrom('state_agency' as const, 'peoples_advocate' as const),
      institutionId: fc.constantFrom(...castNames.map((name) => actorOf(name).institutionId), null),
      enteredBy: fc.option(people),
      officerId: fc.option(people),
      named: fc.array(people, { maxLength: 3 }),
      advocate: fc.constantFrom('none' as const, 'open' as const, 'reported' as const),
    })
    fc.assert(
      fc.property(anyone, complaint, (actor, over) => {
        const c = { ...received, ...over }
        const tier = complaintTier(actor, c)
        const barred =
          actor.institutionId === c.institutionId ||
          c.named.includes(actor.userId) ||
          c.enteredBy === actor.userId
        if (barred || !['state_agency', 'peoples_advocate'].includes(actor.role)) expect(tier).toBe(0)
        if (tier === 4) expect(c.officerId).toBe(actor.userId)
        if (tier === 0) expect(complaintActionsOf(actor, c, [])).toEqual([])
      }),
    )
  })
})

describe('the steps of a complaint', () => {
  const question: Question = {
    id: userId('health'),
    unitId: unitId('school-tirana'),
    notFor: [],
    answered: false,
    answerBy: '2026-12-01',
  }
  const walk = (c: Complaint, decision: Decision<ComplaintEvent>): Complaint => {
    if (!decision.ok) throw new Error(decision.refusal.code)
    return decision.events.reduce(applyComplaint, c)
  }
  const code = (decision: { ok: boolean; refusal?: { code: string } }) =>
    decision.ok ? 'ok' : decision.refusal?.code
  const stamp = stampOf(agency)
  const taken = walk(received, decideTake(received, stamp))
  const inquiry = walk(taken, decideOpenInquiry(taken, stamp))
  const upheld = { outcome: 'upheld' as const, answer: 'Kishe të drejtë.' }

  test('received, taken up, inquired into, decided, closed; no step is left out', () => {
    expect([taken.state, inquiry.state]).toEqual(['ACKNOWLEDGED', 'UNDER_INQUIRY'])
    expect(code(decideOpenInquiry(received, stamp))).toBe('not_allowed')
    expect(code(decideDecide(taken, upheld, [], stamp))).toBe('wrong_state')
    const decided = walk(inquiry, decideDecide(inquiry, upheld, [{ ...question, answered: true }], stamp))
    expect(decided.state).toBe('DECIDED')
    expect(code(decideDecide(decided, upheld, [], stamp))).toBe('wrong_state')
    expect(walk(decided, decideClose(decided, stamp)).state).toBe('CLOSED')
  })

  test('the institution’s days are waited for, and no longer', () => {
    expect(code(decideDecide(inquiry, upheld, [question], stamp))).toBe('complaint_answer_open')
    expect(code(decideDecide(inquiry, upheld, [{ ...question, answerBy: '2026-11-23' }], stamp))).toBe('ok')
  })

  test('only what is not this office’s is passed on, and then it says to whom', () => {
    const away = { outcome: 'out_of_remit' as const, answer: 'E kalojmë te gjykata.' }
    expect(code(decideDecide(taken, away, [], stamp))).toBe('complaint_passed_needed')
    expect(code(decideDecide(taken, { ...away, passedTo: 'Gjykata' }, [], stamp))).toBe('ok')
    expect(code(decideDecide(inquiry, { ...upheld, passedTo: 'Gjykata' }, [], stamp))).toBe(
      'complaint_passed_needed',
    )
  })

  test('whoever is named in it loses it, be it the officer; a colleague takes it over', () => {
    const named = walk(inquiry, decideName(inquiry, [agency.userId], stamp))
    expect([named.officerId, complaintTier(agency, named)]).toEqual([null, 0])
    expect(code(decideDecide(named, upheld, [], stamp))).toBe('not_allowed')
    const over = walk(named, decideTake(named, stampOf(colleague)))
    expect([over.officerId, over.state]).toEqual([colleague.userId, 'UNDER_INQUIRY'])
  })

  test('the People’s Advocate sees it from the day an inquiry stands, and it is not closed before the findings', () => {
    expect(complaintTier(advocate, inquiry)).toBe(0)
    const open = walk(inquiry, decideOpenAdvocate(inquiry, { on: '2026-11-20', reference: 'K-12' }, stamp))
    expect(complaintTier(advocate, open)).toBe(3)
    expect(code(decideOpenAdvocate(inquiry, { on: '2026-11-25', reference: 'K' }, stamp))).toBe('in_future')
    expect(code(decideOpenAdvocate(open, { on: '2026-11-20', reference: 'K' }, stamp))).toBe(
      'complaint_advocate_twice',
    )
    const decided = walk(open, decideDecide(open, upheld, [], stamp))
    expect(code(decideClose(decided, stamp))).toBe('complaint_advocate_open')
    expect(code(decideDecide(open, upheld, [], stampOf(advocate)))).toBe('not_allowed')
    const told = walk(
      decided,
      decideReportAdvocate(
        decided,
        { findings: 'Po.', recommendations: ['Të ndryshohet.'] },
        stampOf(advocate),
      ),
    )
    expect(walk(told, decideClose(told, stamp)).state).toBe('CLOSED')
  })

  test('a question is for those who answer for the institution, not for its workers nor for whom it names', () => {
    const may = (name: CastName, over: Partial<Question> = {}) =>
      mayAnswerQuestion(actorOf(name), { ...question, unitId: actorOf(name).unitId, ...over })
    expect([may('school'), may('head-tirana'), may('cpw-tirana'), may('field-tirana'), may('admin')]).toEqual(
      [true, true, false, false, false],
    )
    expect(may('school', { notFor: [userId('school')] })).toBe(false)
    expect(may('school', { unitId: unitId('school-tirana'), notFor: [] })).toBe(true)
  })

  test('whoever only counts or keeps accounts writes none down', () => {
    const told = {
      by: 'child',
      body: 'school',
      municipality: null,
      narrative: 'x',
      discrimination: 'no',
      language: 'sq',
    } as const
    for (const name of ['coordinator', 'county-committee', 'ministry-health', 'dpo', 'admin'] as const)
      expect(
        code(decideReceiveComplaint(told, { target: null, identity: false }, stampOf(actorOf(name)))),
      ).toBe('not_allowed')
    expect(
      code(
        decideReceiveComplaint(
          { ...told, ground: 'sex' },
          { target: null, identity: false },
          stampOf(actorOf('school')),
        ),
      ),
    ).toBe('complaint_ground_needed')
  })
})

test('a deadline is near, late, met or missed, and a missed one stays missed', () => {
  const [warn, due] = ['2026-11-24T00:00:00.000Z', '2026-11-26T00:00:00.000Z']
  expect([
    dueState(due, warn, null, '2026-11-23T00:00:00.000Z'),
    dueState(due, warn, null, '2026-11-24T00:00:00.000Z'),
    dueState(due, warn, null, '2026-11-27T00:00:00.000Z'),
    dueState(due, warn, '2026-11-25T00:00:00.000Z', '2026-12-27T00:00:00.000Z'),
    dueState(due, warn, '2026-11-27T00:00:00.000Z', '2026-12-27T00:00:00.000Z'),
  ]).toEqual(['running', 'near', 'late', 'done', 'late'])
})
