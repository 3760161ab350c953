import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Actor, Stamp } from '#domain/core.ts'
import type { Representative, RepresentativeBasis } from '#domain/family/representative.ts'
import {
  applicable,
  type CheckFacts,
  type Checklist,
  check,
  checklistOn,
  derived,
  participantRoles,
  recordings,
} from '#domain/interview/checklist.ts'
import { decidePropose, decideRecord, decideReview, decideSign } from '#domain/interview/conclude.ts'
import {
  decideSchedule,
  type InterviewLaw,
  isUnder,
  type ScheduleBody,
  type ScheduleWorld,
} from '#domain/interview/decide.ts'
import { interviewActionsOf, interviewSight } from '#domain/interview/policy.ts'
import { decideSetRoom } from '#domain/interview/room.ts'
import {
  applyInterview,
  effectOf,
  type Interview,
  type InterviewEvent,
  type InterviewState,
  interviewStates,
} from '#domain/interview/state.ts'
import { checklists, interviewLaw } from '#server/interview/law.ts'

const now = '2026-11-24T11:00:00.000Z'
let n = 0
const stampOf = (actor: Actor): Stamp => ({
  actor,
  now,
  occurredAt: now,
  newId: () => `00000000-0000-7000-8000-${String(++n).padStart(12, '0')}`,
})
const actor = (role: string, userId: string, unitId: string): Actor =>
  ({ userId, unitId, institutionId: unitId, role, municipality: null, county: null, purpose: null }) as Actor
const who = {
  police: actor('police', 'p1', 'police'),
  police2: actor('police', 'p2', 'police'),
  otherPolice: actor('police', 'p3', 'elsewhere'),
  social: actor('social_service', 's1', 'social'),
  social2: actor('social_service', 's2', 'social'),
  cpw: actor('cpw', 'c1', 'cpu'),
  authority: actor('responsible_authority', 'a1', 'ap'),
  // One person who has an account at both bodies is still one person.
  both: actor('social_service', 'p1', 'social'),
}
type Who = keyof typeof who
const law: InterviewLaw = interviewLaw
const list = checklistOn(checklists, '2026-11-24')

const file = (over: Partial<ScheduleWorld['file']> = {}): ScheduleWorld['file'] => ({
  id: 'nrm',
  status: 'vmt',
  subject: 'child',
  forms: ['begging'],
  birth: { from: '2014-01-01', to: '2014-12-31', said: '2014' },
  tier: 4,
  ...over,
})
const speaker = (
  over: Partial<Representative & { basis: RepresentativeBasis; conflict: boolean }> = {},
): ScheduleWorld['representatives'][number] => ({
  id: 'r1',
  kind: 'legal_guardian',
  basis: 'parent',
  memberId: null,
  from: '2020-01-01',
  until: null,
  endedOn: null,
  conflict: false,
  ...over,
})
const world = (over: Partial<ScheduleWorld> = {}): ScheduleWorld => ({
  file: file(),
  room: null,
  policeKind: 'police',
  socialKind: 'social_service',
  representatives: [speaker()],
  before: [],
  identity: { name: 'Luan', birth: '2014', sex: 'male' },
  contact: 'NJMF',
  ...over,
})
const body = (over: Partial<ScheduleBody> = {}): ScheduleBody => ({
  plannedAt: '2026-11-27T09:00:00.000Z',
  noRoom: 'none_near',
  place: 'Zyra',
  policeUnitId: 'police',
  socialUnitId: 'social',
  representativeId: 'r1',
  packet: { indicators: 'EX3' },
  ...over,
})
const begun = (over: Partial<Interview> = {}): Interview => ({
  id: 'i1',
  version: 1,
  nrmId: 'nrm',
  number: 1,
  state: 'SCHEDULED',
  subject: 'child',
  under14: true,
  sexual: false,
  language: null,
  plannedAt: '2026-11-24T09:00:00.000Z',
  roomId: null,
  policeUnitId: 'police',
  socialUnitId: 'social',
  representativeId: 'r1',
  scheduledUnitId: 'cpu',
  proposed: null,
  ...over,
})

describe('calling', () => {
  test('a child never without somebody free of conflict who stands on that day', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            conflict: fc.boolean(),
            from: fc.constantFrom('2020-01-01', '2026-12-01'),
            until: fc.constantFrom(null, '2026-11-25'),
            endedOn: fc.constantFrom(null, '2026-11-20'),
            basis: fc.constantFrom<RepresentativeBasis>('parent', 'court', 'state_social_worker'),
            kind: fc.constantFrom<Representative['kind']>('legal_guardian', 'procedural_representative'),
          }),
          { maxLength: 4 },
        ),
        fc.nat(4),
        (drawn, pick) => {
          const representatives = drawn.map((one, at) => speaker({ ...one, id: `r${at}` }))
          const asked = body({ representativeId: `r${pick}` })
          const decision = decideSchedule(asked, world({ representatives }), law, stampOf(who.cpw))
          const one = representatives.find(({ id }) => id === asked.representativeId)
          const stands = (other: (typeof representatives)[number]) =>
            other.endedOn === null && other.from <= '2026-11-27' && (other.until ?? '9') >= '2026-11-27'
          const good =
            one !== undefined &&
            stands(one) &&
            !one.conflict &&
            (one.basis !== 'state_social_worker' ||
              !representatives.some((o) => stands(o) && o.kind === 'legal_guardian' && !o.conflict))
          expect(decision.ok).toBe(good)
        },
      ),
      { seed: 63 },
    )
  })
  test.each([
    ['an adult who did not ask', { file: file({ subject: 'adult' }) }, {}, 'interview_adult_must_ask'],
    ['a file whose status is over', { file: file({ status: 'vt' }) }, {}, 'interview_wrong_status'],
    ['a status skipped', { file: file({ status: 'at_risk' }) }, {}, 'interview_wrong_status'],
    ['somebody who reads no names', { file: file({ tier: 2 }) }, {}, 'not_allowed'],
    ['a unit that is no police', { policeKind: 'border_police' }, {}, 'interview_wrong_unit'],
    ['a second open one', { before: [begun({ state: 'PROPOSED' })] }, {}, 'interview_one_open'],
    [
      'a repetition without a reason',
      { before: [begun({ state: 'HELD' })] },
      {},
      'interview_repeat_reason_needed',
    ],
    ['no place', {}, { noRoom: undefined, place: undefined }, 'interview_place_needed'],
    ['no place said', {}, { place: ' ' }, 'interview_place_needed'],
    ['a time gone by', {}, { plannedAt: '2026-11-24T10:00:00.000Z' }, 'interview_past'],
  ] as const)('%s is refused', (_, around, asked, code) => {
    const decision = decideSchedule(body(asked), world(around), law, stampOf(who.cpw))
    expect(decision).toMatchObject({ ok: false, refusal: { code } })
  })
  test('under fourteen unless surely older', () => {
    expect(isUnder(14, null, '2026-11-24')).toBe(true)
    expect(isUnder(14, { from: '2012-01-01', to: '2012-12-31', said: '' }, '2026-11-24')).toBe(true)
    expect(isUnder(14, { from: '2012-01-01', to: '2012-11-24', said: '' }, '2026-11-24')).toBe(false)
  })
  test('only the authority and the agency keep rooms', () => {
    const room = {
      nameSq: 'a',
      nameEn: 'a',
      municipality: '53',
      holder: 'b',
      audio: true,
      video: true,
      from: '2020-01-01',
      until: null,
    }
    expect(decideSetRoom(room, stampOf(who.authority)).ok).toBe(true)
    expect(decideSetRoom(room, stampOf(who.police)).ok).toBe(false)
    expect(decideSetRoom({ ...room, until: '2019-01-01' }, stampOf(who.authority)).ok).toBe(false)
  })
})

const facts = fc.record<CheckFacts>({
  subject: fc.constantFrom('child', 'adult'),
  sexual: fc.boolean(),
  under14: fc.boolean(),
  interpreter: fc.boolean(),
  repeated: fc.boolean(),
  roles: fc.subarray([...participantRoles]),
  room: fc.boolean(),
  recording: fc.constantFrom(...recordings),
})

describe('conditions', () => {
  test('the shipped list says where each comes from, and never names one twice', () => {
    for (const one of checklists as readonly Checklist[]) {
      expect(new Set(one.items.map(({ code }) => code)).size).toBe(one.items.length)
      for (const item of one.items) expect(item.source.length).toBeGreaterThan(3)
    }
    expect(checklistOn(checklists, '1999-01-01')).toBe(checklists[0])
  })
  test('every one that applies is counted once, an unmet one only with its reason', () => {
    fc.assert(
      fc.property(facts, fc.boolean(), fc.boolean(), (known, says, reasons) => {
        const items = applicable(list, known)
        const answers = items.map(({ code }) => ({ code, met: says, ...(reasons ? { reason: 'pse' } : {}) }))
        const result = check(list, answers, known)
        const met = items.map((item) => derived(item, known) ?? says)
        expect(result.ok).toBe(reasons || met.every(Boolean))
        if (!result.ok) return
        expect(result.items.map(({ met: one }) => one)).toEqual(met)
        expect(result.reasons.length).toBe(met.filter((one) => !one).length)
      }),
      { seed: 64 },
    )
  })
  test('sexual exploitation demands sound and picture, a young child counsel', () => {
    const known: CheckFacts = {
      subject: 'child',
      sexual: true,
      under14: true,
      interpreter: false,
      repeated: false,
      roles: [],
      room: false,
      recording: 'audio',
    }
    const mandatory = applicable(list, known)
      .filter((item) => item.mandatory)
      .map(({ code }) => code)
    expect(mandatory).toEqual(
      expect.arrayContaining(['audio_video', 'counsel_present', 'consent', 'cpw_present']),
    )
    expect(derived(list.items.find(({ code }) => code === 'audio_video')!, known)).toBe(false)
    const adult = applicable(list, { ...known, subject: 'adult' }).map(({ code }) => code)
    expect(adult).not.toContain('representative_present')
    expect(adult).not.toContain('audio_video')
  })
})

describe('concluding', () => {
  const proposal = {
    conclusion: 'vt',
    articles: ['128/b'],
    elements: ['act', 'purpose'],
    basis: 'b',
  } as const
  const participants = (['police', 'social_service', 'representative'] as const).map((role) => ({
    role,
    name: role,
  }))
  const record = {
    heldAt: '2026-11-24T09:30:00.000Z',
    minutes: 30,
    breaks: 0,
    noRoom: 'none_near' as const,
    place: 'Zyra',
    participants,
    recording: 'audio' as const,
    recordingReference: 'R1',
    repeated: false,
    items: applicable(list, {
      subject: 'child',
      sexual: false,
      under14: true,
      interpreter: false,
      repeated: false,
    }).map(({ code }) => ({ code, met: true, reason: 'pse' })),
    notes: 'n',
  }
  const asWorld = { checklist: list, room: null, representativeStands: true }

  test('a child is not heard without its representative, whatever else is in order', () => {
    const run = (over: object, around: object = {}) =>
      decideRecord(begun(), { ...record, ...over }, { ...asWorld, ...around }, stampOf(who.police))
    expect(run({}).ok).toBe(true)
    expect(run({}, { representativeStands: false })).toMatchObject({
      refusal: { code: 'interview_representative_needed' },
    })
    expect(run({ participants: participants.slice(0, 2) })).toMatchObject({
      refusal: { code: 'interview_representative_needed' },
    })
  })

  test('a child’s consent and the means are no question; an adult’s confirmation needs all three', () => {
    const held = (subject: 'child' | 'adult') => begun({ state: 'HELD', subject })
    expect(decidePropose(held('child'), proposal, law, stampOf(who.police)).ok).toBe(true)
    expect(decidePropose(held('adult'), proposal, law, stampOf(who.police))).toMatchObject({
      refusal: { code: 'interview_elements_missing' },
    })
    expect(
      decidePropose(held('child'), { ...proposal, articles: ['999'] }, law, stampOf(who.police)),
    ).toMatchObject({
      refusal: { code: 'unknown_code', field: 'articles.0' },
    })
  })

  /** Acts at random by anybody: whatever takes effect was signed by two persons of two bodies, and a child's refusal by three. */
  test('nothing takes effect by one person, one body, or without the second review of a child’s refusal', () => {
    const acts = fc.array(
      fc.record({
        by: fc.constantFrom(...(Object.keys(who) as Who[])),
        act: fc.constantFrom('record', 'propose', 'sign', 'review'),
        vt: fc.boolean(),
        agrees: fc.boolean(),
        confirm: fc.boolean(),
      }),
      { maxLength: 14 },
    )
    let effects = 0
    fc.assert(
      fc.property(fc.constantFrom('child' as const, 'adult' as const), acts, (subject, drawn) => {
        let s = begun({ subject })
        let proposer: Actor | null = null
        for (const one of drawn) {
          const stamp = stampOf(who[one.by])
          const before: InterviewState = s.state
          const decision =
            one.act === 'record'
              ? decideRecord(
                  s,
                  { ...record, items: subject === 'child' ? record.items : adultAnswers },
                  asWorld,
                  stamp,
                )
              : one.act === 'propose'
                ? decidePropose(
                    s,
                    one.vt
                      ? { ...proposal, elements: ['act', 'means', 'purpose'] }
                      : { ...proposal, conclusion: 'not_confirmed' },
                    law,
                    stamp,
                  )
                : one.act === 'sign'
                  ? decideSign(s, { agrees: one.agrees, dissent: 'd' }, stamp)
                  : decideReview(
                      s,
                      { decision: one.confirm ? 'confirm' : 'send_back', reasons: 'r' },
                      3,
                      stamp,
                    )
          // What is offered is what is allowed, and the other way round.
          expect(
            interviewActionsOf(who[one.by], s, one.by === 'authority' ? 3 : 0).includes(one.act as 'sign'),
          ).toBe(decision.ok || (!decision.ok && decision.refusal.code === 'needs_second_person'))
          if (!decision.ok) continue
          const event = decision.events[0] as InterviewEvent
          s = applyInterview(s, s.id, event)
          if (event.type === 'ConclusionProposed') proposer = who[one.by]
          const effect = effectOf(event)
          if (effect === null) continue
          effects += 1
          expect(s.state).toBe('CONCLUDED')
          expect(before === 'PROPOSED' || before === 'REVIEW').toBe(true)
          if (subject === 'child' && effect === 'not_confirmed') {
            expect([before, who[one.by].role]).toEqual(['REVIEW', 'responsible_authority'])
            continue
          }
          expect(who[one.by].userId).not.toBe(proposer?.userId)
          expect(who[one.by].role).not.toBe(proposer?.role)
        }
        expect(interviewStates).toContain(s.state)
      }),
      { seed: 65, numRuns: 3000 },
    )
    expect(effects).toBeGreaterThan(0)
  })
  const adultAnswers = applicable(list, {
    subject: 'adult',
    sexual: false,
    under14: false,
    interpreter: false,
    repeated: false,
  }).map(({ code }) => ({ code, met: true, reason: 'pse' }))
})

test('what the called see ends with the interview; what was signed stays theirs; nobody else sees it through the unit', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...(Object.keys(who) as Who[])),
      fc.constantFrom(...interviewStates),
      fc.subarray(Object.values(who).map(({ userId }) => userId)),
      fc.constantFrom(0 as const, 2 as const, 3 as const, 4 as const),
      (name, state, signers, tier) => {
        const me = who[name]
        const sight = interviewSight(
          me,
          { state, policeUnitId: 'police', socialUnitId: 'social', signers },
          tier,
        )
        const open = ['SCHEDULED', 'HELD', 'PROPOSED', 'DISSENT', 'REVIEW'].includes(state)
        const called = open && (me.unitId === 'police' || me.unitId === 'social')
        const body = me.role === 'police' || me.role === 'social_service'
        expect(sight.packet).toBe(tier === 4 || called)
        expect(sight.content).toBe(tier === 4 || called || (body && signers.includes(me.userId)))
        expect(sight.row).toBe(tier >= 2 || sight.content)
      },
    ),
    { seed: 66 },
  )
})
