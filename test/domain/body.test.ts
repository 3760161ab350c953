/** Bodies, meetings and recommendations: every course through them, and what is refused. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  applyMeeting,
  decideApproveMinutes,
  decideCancel,
  decideConvene,
  decideDistribute,
  decideHold,
  decideMove,
  decideWriteMinutes,
} from '#domain/body/meeting.ts'
import {
  decideAddMember,
  decideCountPeople,
  decideEndMember,
  type Institution,
} from '#domain/body/members.ts'
import {
  applyRecommendation,
  decideMake,
  decideRecommendation,
  lateness,
} from '#domain/body/recommendation.ts'
import type { Body, Meeting, Recommendation, Seat } from '#domain/body/state.ts'
import { addDays } from '#domain/clock/tirana.ts'
import type { Actor, Decision, DomainEvent, Stamp } from '#domain/core.ts'
import { actorOf } from '#test/cast.ts'

const now = '2026-11-24T11:00:00.000Z'
let minted = 0
const stampOf = (actor: Actor): Stamp => ({
  actor,
  now,
  occurredAt: now,
  newId: () => {
    minted += 1
    return `00000099-0000-7000-8000-${String(minted).padStart(12, '0')}`
  },
})
const seat = (id: string, institution: string, over: Partial<Seat>): Seat => ({
  id,
  institution,
  seat: 'member',
  role: null,
  answered: false,
  county: null,
  municipality: null,
  from: null,
  to: null,
  ...over,
})
const committee: Body = {
  id: 'b1',
  version: 0,
  kind: 'county_committee',
  county: 'AL-11',
  municipality: null,
  anonymous: false,
  seats: [
    seat('s1', 'KRAT', { seat: 'secretary', role: 'county_committee', county: 'AL-11' }),
    seat('s2', 'DVP', { role: 'police', county: 'AL-11' }),
    seat('s3', 'OJF', { seat: 'observer', role: 'shelter' }),
    seat('s4', 'PREFEKT', { seat: 'chair' }),
  ],
}
const board: Body = {
  ...committee,
  id: 'b2',
  kind: 'advisory_board',
  county: null,
  anonymous: true,
  seats: [seat('s9', 'ZKKA', { seat: 'secretary', role: 'coordinator' })],
}
const secretary = stampOf(actorOf('county-committee'))
const police = stampOf(actorOf('police'))
const observer = stampOf(actorOf('shelter'))
const coordinator = stampOf(actorOf('coordinator'))

const codeOf = (decision: Decision<DomainEvent>): string | null =>
  decision.ok ? null : `${decision.refusal.code}${decision.refusal.field ? ` ${decision.refusal.field}` : ''}`

const convened = (body = committee): Meeting => {
  const decision = decideConvene(
    body,
    'KRAT-11-2026-1',
    { startsAt: now, place: 'Prefektura', agenda: 'Plani vjetor', jointWith: [] },
    body.anonymous ? coordinator : secretary,
  )
  if (!decision.ok) throw new Error(decision.refusal.code)
  return applyMeeting(null, 'm1', decision.events[0]!)
}
const attendance = (meeting: Meeting) =>
  meeting.invited.map((memberId) => ({ memberId, outcome: 'present' as const, persons: 1 }))
const held: Meeting = { ...convened(), state: 'HELD', heldOn: '2026-11-24' }

describe('seats', () => {
  const police11: Institution = { code: 'DVP', role: 'police', level: 'county' }
  const agency: Institution = { code: 'ASHMDF', role: 'state_agency', level: 'national' }
  const town: Institution = { code: 'BASHKI', role: 'municipal_director', level: 'municipality' }
  const asked = { institution: 'ASHMDF', seat: 'member' as const, from: '2026-11-24' }

  test('are given by chair and secretariat, each institution once, in the place that its level asks for', () => {
    const given = decideAddMember(committee, agency, { ...asked, officialName: 'Arta Kodra' }, secretary)
    expect(given.ok && given.events[0]).toMatchObject({
      facts: { institution: 'ASHMDF', county: null, municipality: null },
      parts: [{ tier: 'T3', name: 'officialName' }],
    })
    expect(codeOf(decideAddMember(committee, agency, asked, police))).toBe('not_allowed')
    expect(codeOf(decideAddMember(committee, agency, asked, observer))).toBe('not_allowed')
    expect(codeOf(decideAddMember(committee, police11, { ...asked, institution: 'DVP' }, secretary))).toBe(
      'body_member_known institution',
    )
    expect(codeOf(decideAddMember(committee, null, asked, secretary))).toBe(
      'body_institution_unknown institution',
    )
    expect(codeOf(decideAddMember(committee, town, asked, secretary))).toBe('body_place_missing municipality')
    const there = decideAddMember(
      committee,
      town,
      { ...asked, municipality: '53', county: 'AL-01' },
      secretary,
    )
    // A county's body has no seats in another county, whatever was asked.
    expect(there.ok && there.events[0]!.facts).toMatchObject({ county: 'AL-11', municipality: '53' })
  })

  test('of survivors are counted: no name and no post is taken, whoever asks', () => {
    for (const field of ['officialName', 'officeSq', 'officeEn'] as const)
      expect(codeOf(decideAddMember(board, agency, { ...asked, [field]: 'x' }, coordinator))).toBe(
        `body_never_named ${field}`,
      )
    expect(decideAddMember(board, agency, asked, coordinator).ok).toBe(true)
    expect(decideCountPeople(board, { people: 3, day: '2026-11-01' }, coordinator).ok).toBe(true)
    expect(codeOf(decideCountPeople(board, { people: 3, day: '2026-11-25' }, coordinator))).toBe(
      'in_future day',
    )
    expect(codeOf(decideCountPeople(committee, { people: 3, day: '2026-11-01' }, secretary))).toBe(
      'body_names_its_members',
    )
  })

  test('end, but not the last one that can act for the body, and not before they began', () => {
    expect(codeOf(decideEndMember(committee, { memberId: 's1', to: '2026-11-24' }, secretary))).toBe(
      'body_needs_secretariat memberId',
    )
    expect(decideEndMember(committee, { memberId: 's2', to: '2026-11-24' }, secretary).ok).toBe(true)
    expect(codeOf(decideEndMember(committee, { memberId: 'zz', to: '2026-11-24' }, secretary))).toBe(
      'body_member_unknown memberId',
    )
    const began = { ...committee, seats: committee.seats.map((one) => ({ ...one, from: '2026-11-20' })) }
    expect(codeOf(decideEndMember(began, { memberId: 's2', to: '2026-11-19' }, secretary))).toBe(
      'body_ends_before_it_begins to',
    )
    const ended = { ...committee, seats: committee.seats.map((one) => ({ ...one, to: '2026-11-30' })) }
    expect(codeOf(decideEndMember(ended, { memberId: 's2', to: '2026-11-24' }, secretary))).toBe(
      'body_member_ended memberId',
    )
  })
})

describe('a meeting', () => {
  test('is convened by chair or secretariat, for open seats only', () => {
    expect(convened().invited).toEqual(['s1', 's2', 's3', 's4'])
    const ask = { startsAt: now, place: 'x', agenda: 'y', jointWith: [] }
    expect(codeOf(decideConvene(committee, 'C', ask, police))).toBe('not_allowed')
    expect(codeOf(decideConvene(committee, 'C', { ...ask, memberIds: ['s9'] }, secretary))).toBe(
      'body_member_unknown memberIds',
    )
    const gone = { ...committee, seats: committee.seats.map((one) => ({ ...one, to: '2026-12-01' })) }
    expect(
      codeOf(decideConvene(gone, 'C', { ...ask, startsAt: '2027-01-01T10:00:00.000Z' }, secretary)),
    ).toBe('meeting_nobody_invited memberIds')
  })

  test('counts everybody who was invited, once', () => {
    const meeting = convened()
    const whole = attendance(meeting)
    const ask = (change: object) =>
      codeOf(
        decideHold(committee, meeting, { heldOn: '2026-11-24', attendance: whole, ...change }, secretary),
      )
    expect(ask({})).toBeNull()
    expect(ask({ heldOn: '2026-11-25' })).toBe('in_future heldOn')
    expect(ask({ attendance: whole.slice(1) })).toBe('meeting_attendance_missing attendance')
    expect(ask({ attendance: [...whole.slice(1), whole[1]!] })).toBe(
      'meeting_not_invited attendance.3.memberId',
    )
    expect(ask({ attendance: [{ ...whole[0]!, persons: 0 }, ...whole.slice(1)] })).toBe(
      'meeting_persons_unfit attendance.0.persons',
    )
    expect(ask({ attendance: whole.map((one) => ({ ...one, outcome: 'absent', persons: 0 })) })).toBe(
      'meeting_nobody_came attendance',
    )
    expect(ask({ people: { present: 1, absent: 0, excused: 0 } })).toBe('body_names_its_members people')
    const ours = convened(board)
    const none = { heldOn: '2026-11-24', attendance: attendance(ours) }
    expect(codeOf(decideHold(board, ours, none, coordinator))).toBe('meeting_people_missing people')
    expect(
      decideHold(board, ours, { ...none, people: { present: 3, absent: 0, excused: 1 } }, coordinator).ok,
    ).toBe(true)
  })

  test('has minutes that somebody else approves, that then stay, and that go out once to each', () => {
    const write = { text: 'U diskutua plani.', decisions: ['Miratohet plani'], nothingToCorrect: true }
    expect(codeOf(decideWriteMinutes(committee, convened(), write, secretary))).toBe('wrong_state')
    const written = decideWriteMinutes(committee, held, write, secretary)
    if (!written.ok) throw new Error('refused')
    const draft = applyMeeting(held, 'm1', written.events[0]!)
    expect(codeOf(decideApproveMinutes(committee, held, police))).toBe('meeting_minutes_missing')
    expect(codeOf(decideApproveMinutes(committee, draft, secretary))).toBe('needs_second_person')
    expect(codeOf(decideApproveMinutes(committee, draft, observer))).toBe('not_allowed')
    expect(codeOf(decideDistribute(committee, draft, {}, secretary))).toBe('meeting_minutes_not_approved')
    const approved = decideApproveMinutes(committee, draft, police)
    if (!approved.ok) throw new Error('refused')
    const fixed = applyMeeting(draft, 'm1', approved.events[0]!)
    expect(codeOf(decideWriteMinutes(committee, fixed, write, secretary))).toBe('meeting_minutes_approved')
    const sent = decideDistribute(committee, fixed, { memberIds: ['s2', 's2'] }, secretary)
    if (!sent.ok) throw new Error('refused')
    expect(sent.events[0]!.facts.to).toEqual(['s2'])
    const out = applyMeeting(fixed, 'm1', sent.events[0]!)
    expect(codeOf(decideDistribute(committee, out, { memberIds: ['s2'] }, secretary))).toBe(
      'meeting_already_distributed memberIds',
    )
    const rest = decideDistribute(committee, out, {}, secretary)
    expect(rest.ok && rest.events[0]!.facts.to).toEqual(['s1', 's3', 's4'])
  })

  test('goes no other way, whatever is asked in whatever order', () => {
    const acts = {
      move: (m: Meeting, s: Stamp) => decideMove(committee, m, { startsAt: now }, s),
      cancel: (m: Meeting, s: Stamp) => decideCancel(committee, m, { reason: 'Zgjedhjet' }, s),
      hold: (m: Meeting, s: Stamp) =>
        decideHold(committee, m, { heldOn: '2026-11-24', attendance: attendance(m) }, s),
      write: (m: Meeting, s: Stamp) =>
        decideWriteMinutes(committee, m, { text: 'x', decisions: [], nothingToCorrect: false }, s),
      approve: (m: Meeting, s: Stamp) => decideApproveMinutes(committee, m, s),
      send: (m: Meeting, s: Stamp) => decideDistribute(committee, m, {}, s),
    }
    const one = fc.tuple(
      fc.constantFrom(...(Object.keys(acts) as (keyof typeof acts)[])),
      fc.constantFrom(secretary, police, observer, coordinator),
    )
    fc.assert(
      fc.property(fc.array(one, { maxLength: 30 }), (course) => {
        let meeting = convened()
        const done: string[] = []
        for (const [name, who] of course) {
          const decision = acts[name](meeting, who)
          if (!decision.ok) continue
          done.push(name)
          if (name !== 'approve') expect(who).toBe(secretary)
          if (name === 'approve') expect(who).toBe(police)
          for (const event of decision.events) meeting = applyMeeting(meeting, 'm1', event)
        }
        expect(meeting.version).toBe(1 + done.length)
        if (meeting.state === 'CANCELLED') expect(done.at(-1)).toBe('cancel')
        if (meeting.minutes === 'approved') {
          expect(done.filter((name) => name === 'approve')).toHaveLength(1)
          expect(done.slice(done.indexOf('approve') + 1)).not.toContain('write')
        }
        if (done.includes('send')) {
          expect(done.indexOf('approve')).toBeLessThan(done.indexOf('send'))
          expect(new Set(meeting.distributedTo).size).toBe(meeting.distributedTo.length)
        }
        if (meeting.state !== 'HELD') expect(meeting.minutes).toBe('none')
      }),
    )
  })
})

describe('a recommendation', () => {
  const dvp: Institution = { code: 'DVP', role: 'police', level: 'county' }
  const made = (): Recommendation => {
    const decision = decideMake(
      committee,
      held,
      dvp,
      'KRAT-11-2026-1-R1',
      { kind: 'recommendation', text: 'Patrullim te stacioni', owner: 'DVP', dueOn: '2026-12-10' },
      secretary,
    )
    if (!decision.ok) throw new Error(decision.refusal.code)
    const one = applyRecommendation(null, 'r1', decision.events[0]!)
    return { ...one, owner: { ...one.owner, role: 'police' } }
  }

  test('is made at a meeting that was held, for an institution of the list, with a day to come', () => {
    const ask = { kind: 'recommendation' as const, text: 'x', owner: 'DVP', dueOn: '2026-12-10' }
    const make = (meeting: Meeting, inst: Institution | null, change: object, who: Stamp) =>
      codeOf(decideMake(committee, meeting, inst, 'C', { ...ask, ...change }, who))
    expect(make(held, dvp, {}, secretary)).toBeNull()
    expect(make(held, dvp, {}, police)).toBe('not_allowed')
    expect(make(convened(), dvp, {}, secretary)).toBe('wrong_state')
    expect(make(held, null, {}, secretary)).toBe('body_institution_unknown owner')
    expect(make(held, dvp, { dueOn: '2026-11-23' }, secretary)).toBe('recommendation_due_passed dueOn')
    expect(make(held, { ...dvp, level: 'municipality' }, {}, secretary)).toBe(
      'body_place_missing municipality',
    )
  })

  test('is worked on by its owner and dropped only by the body, with a reason', () => {
    const one = made()
    expect(decideRecommendation(null, one, { act: 'start' }, police).ok).toBe(true)
    expect(codeOf(decideRecommendation(null, one, { act: 'start' }, observer))).toBe('not_allowed')
    expect(codeOf(decideRecommendation(committee, one, { act: 'drop', reason: 'x' }, police))).toBe(
      'not_allowed',
    )
    expect(codeOf(decideRecommendation(committee, one, { act: 'drop', reason: ' ' }, secretary))).toBe(
      'reason_required reason',
    )
    const finish = (doneOn: string) =>
      codeOf(decideRecommendation(null, one, { act: 'finish', doneOn, note: 'U bë' }, police))
    expect(finish('2026-11-25')).toBe('in_future doneOn')
    expect(finish('2026-11-23')).toBe('recommendation_done_before_made doneOn')
    expect(finish('2026-11-24')).toBeNull()
    for (const status of ['DONE', 'DROPPED'] as const)
      expect(codeOf(decideRecommendation(committee, { ...one, status }, { act: 'start' }, secretary))).toBe(
        'wrong_state',
      )
    expect(
      codeOf(decideRecommendation(committee, { ...one, status: 'IN_PROGRESS' }, { act: 'start' }, police)),
    ).toBe('wrong_state')
  })

  test('is late by the days from its day to the day asked about, or to the day it was done', () => {
    const open = { status: 'OPEN', dueOn: '2026-11-10', doneOn: null } as const
    expect(lateness(open, '2026-11-10')).toBe(0)
    expect(lateness(open, '2026-11-24')).toBe(14)
    const done = { status: 'DONE', dueOn: '2026-11-10', doneOn: '2026-11-15' } as const
    expect(lateness(done, '2026-11-24')).toBe(5)
    expect(lateness(done, '2026-11-12')).toBe(2)
    expect(lateness({ ...open, status: 'DROPPED' }, '2026-11-24')).toBe(0)
    fc.assert(
      fc.property(fc.integer({ min: -400, max: 400 }), fc.integer({ min: 0, max: 400 }), (off, later) => {
        const asOf = addDays(open.dueOn, off)
        const before = lateness(open, asOf)
        expect(lateness(open, addDays(asOf, later))).toBeGreaterThanOrEqual(before)
        expect(before).toBe(Math.max(0, off))
      }),
    )
  })
})
