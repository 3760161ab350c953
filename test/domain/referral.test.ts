import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  applyConsent,
  type Consent,
  covers,
  decideRecordConsent,
  decideWithdrawConsent,
} from '#domain/consent.ts'
import type { Actor, Decision, Stamp } from '#domain/core.ts'
import {
  labelledField,
  minimumDataSet,
  neverLabelled,
  type PacketField,
  packetFieldNames,
  packetFor,
  plainRecipients,
  type RecipientKind,
  recipientKinds,
  servicesOf,
} from '#domain/referral/packet.ts'
import { allowedActions, maySend, type ReferralScope, referralTier } from '#domain/referral/policy.ts'
import { decideSend, type SendContext, type SendReferral } from '#domain/referral/send.ts'
import {
  actStates,
  applyReferral,
  decideConsentEnded,
  decideOverdue,
  decideReferral,
  isOpen,
  type Referral,
  type ReferralAct,
  type ReferralEvent,
  waitingMinutes,
} from '#domain/referral.ts'

const worker: Actor = {
  userId: 'u1',
  unitId: 'cpu',
  institutionId: 'i1',
  role: 'cpw',
  municipality: '58',
  county: 'AL-11',
  purpose: null,
}
const shelter: Actor = { ...worker, userId: 'u2', unitId: 'shelter', institutionId: 'i2', role: 'shelter' }
const t0 = Date.parse('2026-11-21T10:00:00.000Z')
const at = (hours: number, actor: Actor = worker): Stamp => {
  const now = new Date(t0 + hours * 3_600_000).toISOString()
  return { actor, now, occurredAt: now, newId: () => 'new' }
}
const clock = (hours: number): string => new Date(t0 + hours * 3_600_000).toISOString()

const source = {
  name: 'Arta Gjoni',
  birth: { from: '2014-01-01', to: '2014-12-31', said: '2014' },
  identity: { name: 'Arta Gjoni', birth: null, sex: 'female' },
  zone: 'Zona 4',
  enrolment_need: 'Klasa e tretë',
  health_need: 'Vizitë',
  allergies: 'penicilinë',
  birth_facts: 'Lindur në Tiranë',
  needs: 'Shtrat sonte',
  risks: 'Një i rritur e kërkon',
  indicators: ['D1', 'D2', 'D3'],
  address: 'Rruga e Kavajës 12',
  reporter: 'fqinji',
  trafficking_label: 'vmt',
}
const consentOf = (fields: readonly PacketField[], kind: RecipientKind = 'shelter'): Consent => ({
  id: 'c1',
  version: 1,
  caseId: 'k1',
  unitId: 'cpu',
  purpose: 'sharing',
  scope: { recipients: [kind], fields },
  capacity: 'guardian',
  number: 2,
  givenAt: clock(-1),
  validUntil: null,
  withdrawnAt: null,
})
const context = (kind: RecipientKind = 'shelter', more: Partial<SendContext> = {}): SendContext => ({
  code: 'RF-2026-0001',
  caseId: 'k1',
  recipientKind: kind,
  source,
  consents: [consentOf(minimumDataSet[kind], kind)],
  voice: null,
  named: { action: null, entry: null },
  ackDueAt: clock(24),
  answerDueAt: clock(72),
  ...more,
})
const body = (more: Partial<SendReferral> = {}): SendReferral => ({
  toUnitId: 'shelter',
  service: 'emergency_shelter',
  grounds: [{ kind: 'safety', ref: 'danger' }],
  objection: 'none',
  ...more,
})
const events = <E>(decision: Decision<E>): readonly E[] => {
  if (!decision.ok) throw new Error(decision.refusal.code)
  return decision.events
}
const code = <E>(decision: Decision<E>): string => (decision.ok ? 'ok' : decision.refusal.code)
const sent = (more: Partial<SendReferral> = {}, ctx: SendContext = context()): Referral =>
  applyReferral(null, 'r1', events(decideSend(body(more), ctx, at(0)))[0]!)
const act = (referral: Referral, what: ReferralAct, hours = 1, actor: Actor = shelter): Referral =>
  events(decideReferral(referral, what, at(hours, actor))).reduce<Referral>(
    (now, event) => applyReferral(now, 'r1', event),
    referral,
  )
const onConsent: SendReferral['grounds'] = [{ kind: 'consent', ref: 'c1' }]

describe('the packet', () => {
  test('holds what the recipient kind needs and nothing else, whatever the sender holds', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...recipientKinds),
        fc.dictionary(fc.oneof(fc.constantFrom(...packetFieldNames), fc.string()), fc.string()),
        (kind, held) => {
          const { parts } = packetFor(kind, held)
          for (const part of parts) {
            expect(minimumDataSet[kind]).toContain(part.field)
            expect(part.value).toBe(held[part.field])
          }
        },
      ),
    )
  })
  test('says what is withheld and why', () => {
    expect(packetFor('school', source).withheld).toContainEqual({ what: 'trafficking_label', why: 'label' })
    expect(packetFor('health', source, new Set(['name', 'birth'])).withheld).toContainEqual({
      what: 'allergies',
      why: 'no_ground',
    })
    expect(packetFor('labour_inspectorate', source).withheld).toContainEqual({
      what: 'address',
      why: 'protects',
    })
  })
  test('never carries indicators or the label to those who must not learn of it', () => {
    for (const kind of neverLabelled) {
      expect(minimumDataSet[kind]).not.toContain('indicators')
      // To bodies that serve anybody not even that a label is kept back is told (test/domain/outcome.test.ts).
      if (!plainRecipients.has(kind))
        expect(packetFor(kind, source).withheld.map((one) => one.what)).toContain('trafficking_label')
      expect(servicesOf[kind]).not.toContain('formal_identification')
    }
    expect(labelledField('school', { enrolment_need: 'Viktimë e mundshme e trafikimit' })).toBe(
      'enrolment_need',
    )
    expect(labelledField('health', { health_need: 'VMT, kontroll' })).toBe('health_need')
    expect(labelledField('police', { danger: 'trafikim' })).toBeUndefined()
    expect(labelledField('school', { enrolment_need: 'Klasa e tretë, pranë Vitit' })).toBeUndefined()
  })
})

describe('sending', () => {
  test('keeps the values out of the facts', () => {
    const [event] = events(decideSend(body(), context(), at(0)))
    expect(JSON.stringify(event!.facts)).not.toContain('Arta')
    expect(event!.parts!.map((part) => [part.tier, part.name])).toEqual([
      ['T3', 'identity'],
      ['T3', 'needs'],
      ['T4', 'risks'],
    ])
  })
  test.each([
    ['referral_without_ground', { grounds: [] }, {}],
    ['referral_to_itself', { toUnitId: 'cpu' }, {}],
    ['referral_wrong_service', { service: 'inspection' }, {}],
    ['referral_outside_packet', { grounds: [{ kind: 'law', ref: 'x', scope: ['skills'] }] }, {}],
    ['referral_override_reason', { objection: 'guardian' }, {}],
    ['consent_does_not_cover', { grounds: onConsent, objection: 'child', overrideReason: 'x' }, {}],
    ['consent_does_not_cover', { grounds: [{ kind: 'consent', ref: 'other' }] }, {}],
    ['consent_does_not_cover', { grounds: onConsent }, { consents: [{ ...consentOf(['needs']) }] }],
    [
      'consent_does_not_cover',
      { grounds: onConsent },
      { consents: [{ ...consentOf(minimumDataSet.shelter), withdrawnAt: clock(-0.5) }] },
    ],
    [
      'consent_does_not_cover',
      { grounds: onConsent },
      { consents: [{ ...consentOf(minimumDataSet.shelter), validUntil: clock(-0.5) }] },
    ],
    ['referral_nothing_to_send', {}, { source: { address: 'x' } }],
  ] as [string, Partial<SendReferral>, Partial<SendContext>][])('is refused: %s', (expected, more, ctx) => {
    expect(code(decideSend(body(more), context('shelter', ctx), at(0)))).toBe(expected)
  })
  test('is refused where the words would brand the child', () => {
    const labelled = context('school', { source: { ...source, enrolment_need: 'Fëmijë i trafikuar' } })
    expect(code(decideSend(body({ service: 'enrolment' }), labelled, at(0)))).toBe('referral_label_in_text')
    const grounds = [{ kind: 'safety' as const, ref: 'viktimë e mundshme e trafikimit' }]
    const onGround = decideSend(body({ service: 'enrolment', grounds }), context('school'), at(0))
    expect(onGround).toMatchObject({ ok: false, refusal: { field: 'grounds.0.ref' } })
    expect(decideSend(body({ grounds }), context('shelter'), at(0)).ok).toBe(true)
  })
  test('keeps the reason for which an objection was set aside', () => {
    const [event] = events(
      decideSend(body({ objection: 'guardian', overrideReason: 'Prindi është i dyshuar' }), context(), at(0)),
    )
    expect(event!.facts.overrides).toBe('guardian')
    expect(event!.parts!.map((part) => part.name)).toContain('overrideReason')
  })
  test('remembers which consent, in which version', () => {
    expect(sent({ grounds: onConsent }).grounds[0]).toMatchObject({ kind: 'consent', ref: 'c1', version: 2 })
  })
})

describe('answering', () => {
  test('goes from sent to completed, and measures the waiting', () => {
    let referral = act(sent(), { act: 'acknowledge' }, 1)
    referral = act(referral, { act: 'accept', reply: 'Ejani sonte' }, 2)
    referral = act(referral, { act: 'start_service' }, 5)
    expect(referral.state).toBe('IN_SERVICE')
    expect(waitingMinutes(referral)).toBe(300)
    referral = act(referral, { act: 'complete', outcome: 'met' }, 90)
    expect(referral).toMatchObject({ state: 'COMPLETED', accessEndedAt: clock(90), fields: [] })
  })
  test('accepting says that it was received', () => {
    expect(act(sent(), { act: 'accept' }, 3).acknowledgedAt).toBe(clock(3))
  })
  test('declining needs words where the reason is "other", ends the packet and is said to those above', () => {
    expect(code(decideReferral(sent(), { act: 'decline', reason: 'other' }, at(1)))).toBe('reason_required')
    expect(act(sent(), { act: 'decline', reason: 'no_place' }, 1)).toMatchObject({
      accessEndedAt: clock(1),
      escalatedAt: clock(1),
      declineReason: 'no_place',
    })
  })
  test('after the answer was due, a new referral is needed, marked or not', () => {
    expect(code(decideReferral(sent(), { act: 'accept' }, at(72.1)))).toBe('referral_expired')
    const [event] = events(decideOverdue(sent(), at(72.1)))
    const expired = applyReferral(sent(), 'r1', event!)
    expect(expired).toMatchObject({ state: 'EXPIRED', accessEndedAt: clock(72.1) })
    expect(code(decideReferral(expired, { act: 'decline', reason: 'no_place' }, at(73)))).toBe(
      'referral_expired',
    )
  })
  test('missing receipt only escalates, once, and the answer still counts', () => {
    const [event] = events(decideOverdue(sent(), at(24.1)))
    expect(event!.type).toBe('ReferralEscalated')
    const told = applyReferral(sent(), 'r1', event!)
    expect(told.state).toBe('SENT')
    expect(events(decideOverdue(told, at(30)))).toEqual([])
    expect(act(told, { act: 'accept' }, 40).state).toBe('ACCEPTED')
  })
  test('is refused from a wrong state', () => {
    const done = act(act(sent(), { act: 'accept' }), { act: 'complete', outcome: 'met' }, 2)
    expect(code(decideReferral(done, { act: 'accept' }, at(3)))).toBe('wrong_state')
  })
})

describe('consent', () => {
  const ctx = {
    id: 'c1',
    caseId: 'k1',
    unitId: 'cpu',
    age: 12,
    ownConsentFrom: 16,
    earlier: 0,
    familyBar: null,
    nameOfSuspect: false,
  }
  const record = {
    purpose: 'sharing',
    recipients: ['shelter'],
    fields: ['identity'],
    capacity: 'guardian',
    givenBy: 'Vjollca Gjoni',
    language: 'sq',
    explainedBy: 'Drita Laçi',
    conflictOfInterest: false,
  } as const
  test('of a child under the age needs somebody who may speak for it', () => {
    expect(code(decideRecordConsent({ ...record, capacity: 'own' }, ctx, at(0)))).toBe(
      'consent_needs_guardian',
    )
    expect(code(decideRecordConsent({ ...record, capacity: 'own' }, { ...ctx, age: 16 }, at(0)))).toBe('ok')
    expect(code(decideRecordConsent({ ...record, conflictOfInterest: true }, ctx, at(0)))).toBe(
      'consent_conflict_of_interest',
    )
  })
  test('covers only the recipients and fields it names, while it lasts', () => {
    const [event] = events(decideRecordConsent(record, ctx, at(0)))
    const consent = applyConsent(null, 'c1', event!)
    expect(covers(consent, 'shelter', ['identity'], clock(1))).toBe(true)
    expect(covers(consent, 'shelter', ['needs'], clock(1))).toBe(false)
    expect(covers(consent, 'police', ['identity'], clock(1))).toBe(false)
    const [gone] = events(decideWithdrawConsent(consent, { capacity: 'guardian' }, at(2)))
    const withdrawn = applyConsent(consent, 'c1', gone!)
    expect(covers(withdrawn, 'shelter', ['identity'], clock(3))).toBe(false)
    expect(code(decideWithdrawConsent(withdrawn, { capacity: 'guardian' }, at(4)))).toBe('consent_withdrawn')
  })
  test('that a child gave is not taken back by a parent', () => {
    const own = { ...consentOf(['identity']), capacity: 'own' as const }
    expect(code(decideWithdrawConsent(own, { capacity: 'parent' }, at(1)))).toBe('consent_not_theirs')
  })
  test('withdrawn by a guardian leaves what law or safety covers', () => {
    const both = sent({
      grounds: [
        { kind: 'safety', ref: 'danger', scope: ['identity', 'needs'] },
        { kind: 'consent', ref: 'c1' },
      ],
    })
    const [event] = events(decideConsentEnded(both, 'c1', at(1)))
    const left = applyReferral(both, 'r1', event!)
    expect(left.fields).toEqual(['identity', 'needs'])
    expect(left.accessEndedAt).toBeNull()
    expect(code(decideReferral(left, { act: 'withdraw', reason: 'asked_by_guardian' }, at(2)))).toBe(
      'referral_guardian_cannot_withdraw',
    )
  })
})

const acts: fc.Arbitrary<ReferralAct> = fc.oneof(
  fc.constantFrom<ReferralAct>({ act: 'acknowledge' }, { act: 'accept' }, { act: 'start_service' }),
  fc.constantFrom<ReferralAct>(
    { act: 'decline', reason: 'no_place' },
    { act: 'complete', outcome: 'partly_met' },
    { act: 'withdraw', reason: 'no_longer_needed' },
    { act: 'withdraw', reason: 'asked_by_guardian' },
  ),
)
const step = fc.oneof(
  acts.map((one) => ({ kind: 'act' as const, one })),
  fc.constant({ kind: 'consent' as const }),
  fc.constant({ kind: 'overdue' as const }),
)
const groundSets = fc.constantFrom<SendReferral['grounds']>(
  onConsent,
  [{ kind: 'safety', ref: 'danger' }],
  [
    { kind: 'law', ref: 'law 18/2017', scope: ['identity'] },
    { kind: 'consent', ref: 'c1' },
  ],
)

describe('over any course of events', () => {
  test('the recipient never holds more than was sent, a closed referral stays closed, any open one can be closed', () => {
    fc.assert(
      fc.property(groundSets, fc.array(fc.tuple(step, fc.nat(40)), { maxLength: 12 }), (grounds, course) => {
        let referral = sent({ grounds })
        const first = referral.fields
        let consentEnded = false
        let hours = 0
        for (const [what, later] of course) {
          hours += later / 4
          const decision: Decision<ReferralEvent> =
            what.kind === 'act'
              ? decideReferral(referral, what.one, at(hours, shelter))
              : what.kind === 'consent'
                ? decideConsentEnded(referral, 'c1', at(hours))
                : decideOverdue(referral, at(hours))
          const before = referral
          if (decision.ok)
            for (const event of decision.events) referral = applyReferral(referral, 'r1', event)
          if (what.kind === 'consent') consentEnded = true
          if (!isOpen(before.state)) expect(referral.state).toBe(before.state)
          for (const field of referral.fields) expect(first).toContain(field)
          if (consentEnded) {
            const covered = grounds.filter((ground) => ground.kind !== 'consent')
            for (const field of referral.fields)
              expect(covered.some((ground) => (ground.scope ?? minimumDataSet.shelter).includes(field))).toBe(
                true,
              )
          }
          expect(referral.accessEndedAt === null).toBe(referral.fields.length > 0)
          if (isOpen(referral.state)) {
            const closing: ReferralAct[] = [
              { act: 'complete', outcome: 'stopped' },
              { act: 'withdraw', reason: 'no_longer_needed' },
            ]
            expect(closing.some((one) => decideReferral(referral, one, at(hours)).ok)).toBe(true)
            if (referral.state === 'ACCEPTED' || referral.state === 'IN_SERVICE')
              expect(decideReferral(referral, closing[0]!, at(hours)).ok).toBe(true)
          }
        }
      }),
    )
  })
})

describe('who', () => {
  const scope = (more: Partial<ReferralScope> = {}): ReferralScope => ({
    state: 'SENT',
    caseId: 'k1',
    fromUnitId: 'cpu',
    toUnitId: 'shelter',
    accessEndedAt: null,
    caseTier: 0,
    ...more,
  })
  test('the recipient reads the packet until its access ends, then only the row', () => {
    expect(referralTier(shelter, scope())).toBe(4)
    expect(referralTier(shelter, scope({ accessEndedAt: clock(1) }))).toBe(2)
    expect(referralTier({ ...shelter, unitId: 'other' }, scope())).toBe(0)
  })
  test('the sender reads as the case allows; colleagues where there is no case', () => {
    expect(referralTier(worker, scope({ caseTier: 2 }))).toBe(2)
    expect(referralTier(worker, scope({ caseTier: 0 }))).toBe(0)
    expect(referralTier({ ...worker, role: 'police' }, scope({ caseId: null }))).toBe(4)
  })
  test('those who count or administer see none, even in a unit that received one', () => {
    for (const role of ['coordinator', 'county_committee', 'plan_officer', 'admin', 'dpo'] as const)
      expect(referralTier({ ...shelter, role }, scope())).toBe(0)
  })
  test('a referral out of a case is sent by who works on it; without a case, only to a CPU', () => {
    expect(maySend(worker, 4, false)).toBe(true)
    expect(maySend(worker, 2, false)).toBe(false)
    expect(maySend({ ...worker, role: 'police' }, null, true)).toBe(true)
    expect(maySend({ ...worker, role: 'police' }, null, false)).toBe(false)
    expect(maySend({ ...worker, role: 'admin' }, null, true)).toBe(false)
  })
  test('the buttons are exactly the possible acts', () => {
    const referral = sent()
    expect(allowedActions(shelter, scope(), referral, clock(1))).toEqual(['acknowledge', 'accept', 'decline'])
    expect(allowedActions(worker, scope({ caseTier: 4 }), referral, clock(1))).toEqual(['withdraw'])
    expect(allowedActions(shelter, scope(), referral, clock(73))).toEqual([])
    for (const [name, states] of Object.entries(actStates)) expect(states.length, name).toBeGreaterThan(0)
  })
})
