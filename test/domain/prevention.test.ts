import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Actor, Role, Stamp } from '#domain/core.ts'
import {
  type ActivityBody,
  type ActivityContext,
  decideCorrectActivity,
  decideRecordActivity,
  decideStrikeActivity,
} from '#domain/prevention/activity.ts'
import { type Business, decideAdoptCode, decideSanction, licenceAfter } from '#domain/prevention/business.ts'
import {
  activityKinds,
  kindRules,
  type MeasureName,
  measureNames,
  measures,
} from '#domain/prevention/kinds.ts'
import { decideEnterProfessional, type ProfessionalBody } from '#domain/prevention/professional.ts'
import { distinctReach } from '#domain/prevention/reach.ts'
import { decideSetParticipants, type Training } from '#domain/prevention/training.ts'

const me = '00000000-0000-7000-8000-00000000000a'
const actor = (role: Role, over: Partial<Actor> = {}): Actor => ({
  userId: me,
  unitId: me,
  institutionId: me,
  role,
  municipality: null,
  county: null,
  purpose: null,
  ...over,
})
const stamp = (by: Actor): Stamp => ({
  actor: by,
  now: '2026-11-24T11:00:00.000Z',
  occurredAt: '2026-11-24T11:00:00.000Z',
  newId: () => `person-${Math.random()}`,
})
const national = stamp(actor('coordinator'))
const open: ActivityContext = { county: null, members: new Map(), groupKnown: false, businessKnown: false }
const campaign: ActivityBody = {
  kind: 'campaign',
  title: 'Muaji antitrafik',
  topic: null,
  from: '2026-10-01',
  to: '2026-10-31',
  municipality: null,
  funder: null,
  plan: null,
  details: { campaignDay: 'october', scope: 'national', channel: 'media' },
  counts: [{ measure: 'copies', sex: 'all', band: 'leaflet', value: 20_000 }],
  parties: [],
  members: [],
  groupId: null,
  businessId: null,
}
const refusalOf = (body: Partial<ActivityBody>, context: Partial<ActivityContext> = {}, at = national) => {
  const decision = decideRecordActivity({ ...campaign, ...body }, { ...open, ...context }, at)
  return decision.ok ? null : [decision.refusal.code, decision.refusal.field]
}
const count = (measure: MeasureName, value: number, band = '', sex: 'all' | 'female' | 'male' = 'all') => ({
  measure,
  value,
  band,
  sex,
})

describe('an act of prevention', () => {
  test('is recorded with its figures; those of children and the ids of members stand in parts', () => {
    const decision = decideRecordActivity(
      {
        ...campaign,
        kind: 'centre_activity',
        details: { centre: 'Qendra', type: 'arts' },
        counts: [count('heads', 12, 'child'), count('heads', 3, 'parent')],
        members: ['AAAA-2222'],
      },
      { ...open, members: new Map([['AAAA-2222', 'child']]) },
      national,
    )
    if (!decision.ok) throw new Error(decision.refusal.code)
    const [event] = decision.events
    expect(JSON.stringify(event!.facts)).not.toContain('AAAA-2222')
    expect(event!.facts.counts).toEqual([count('heads', 3, 'parent')])
    expect(event!.facts.present).toBe(1)
    expect(event!.parts).toEqual([
      { tier: 'T3', name: 'title', body: campaign.title },
      { tier: 'T3', name: 'details', body: { centre: 'Qendra', type: 'arts' } },
      { tier: 'T3', name: 'parties', body: [] },
      { tier: 'T3', name: 'childCounts', body: [count('heads', 12, 'child')] },
      { tier: 'T3', name: 'members', body: ['AAAA-2222'] },
    ])
  })

  test.each([
    [{ to: '2026-09-30' }, 'prevention_end_before_start', 'to'],
    [{ from: '2026-11-25', to: '2026-11-26' }, 'in_future', 'from'],
    [{ from: '2020-01-01' }, 'prevention_too_long', 'to'],
    [{ from: '2026-06-01', to: '2026-06-30' }, 'prevention_not_that_day', 'details.campaignDay'],
    [
      { details: { scope: 'national', channel: 'media' } },
      'prevention_detail_missing',
      'details.campaignDay',
    ],
    [{ details: { ...campaign.details, colour: 'red' } }, 'prevention_detail_unknown', 'details.colour'],
    [{ details: { ...campaign.details, scope: 'world' } }, 'prevention_detail_wrong', 'details.scope'],
    [{ counts: [count('pupils', 3, '5')] }, 'prevention_count_not_of_kind', 'counts.0.measure'],
    [{ counts: [count('copies', 3, 'gold')] }, 'prevention_count_not_of_kind', 'counts.0.band'],
    [{ counts: [count('copies', -1, 'poster')] }, 'prevention_count_absurd', 'counts.0.value'],
    [{ counts: [count('copies', 6_000_000, 'poster')] }, 'prevention_count_absurd', 'counts.0.value'],
    [{ counts: [count('copies', 1.5, 'poster')] }, 'prevention_count_absurd', 'counts.0.value'],
    [
      { counts: [count('heads', 5, 'public', 'female'), count('heads', 9, 'public', 'all')] },
      'prevention_count_twice',
      'counts.1.sex',
    ],
    [{ members: ['AAAA-2222'] }, 'prevention_member_unknown', 'members.0'],
    [{ groupId: me }, 'prevention_group_unknown', 'groupId'],
    [{ businessId: me }, 'prevention_business_unknown', 'businessId'],
  ] as [Partial<ActivityBody>, string, string][])('%o is refused: %s', (over, code, field) => {
    expect(refusalOf(over)).toEqual([code, field])
  })

  test('an agreement has another side, and its end comes after its signing', () => {
    const agreement = { kind: 'agreement' as const, counts: [], details: { agreementKind: 'mou' } }
    expect(refusalOf(agreement)).toEqual(['prevention_needs_parties', 'parties'])
    const parties = [{ institutionId: null, said: 'Shoqata e Turizmit' }]
    expect(refusalOf({ ...agreement, parties })).toBeNull()
    expect(
      refusalOf({ ...agreement, parties, details: { agreementKind: 'mou', validTo: '2025-01-01' } }),
    ).toEqual(['prevention_end_before_start', 'details.validTo'])
  })

  test('inspections are the labour inspectorate’s, and refer no more minors than they found', () => {
    const inspection: Partial<ActivityBody> = {
      kind: 'inspection',
      details: { sector: 'mining', employerType: 'business' },
      counts: [count('minors_found', 2), count('minors_referred', 3)],
    }
    expect(refusalOf(inspection)).toEqual(['not_allowed', undefined])
    expect(refusalOf(inspection, {}, stamp(actor('labour_inspector')))).toEqual([
      'prevention_more_referred',
      'counts',
    ])
  })

  test('a municipality writes of itself alone', () => {
    const school = stamp(actor('school', { municipality: '53', county: 'AL-11' }))
    expect(refusalOf({ municipality: '10' }, { county: 'AL-02' }, school)).toEqual([
      'prevention_not_own_place',
      'municipality',
    ])
    expect(refusalOf({ municipality: null }, {}, school)).toEqual([
      'prevention_not_own_place',
      'municipality',
    ])
    expect(refusalOf({ municipality: '53' }, { county: 'AL-11' }, school)).toBeNull()
  })

  test('corrections keep the kind, another body’s record is not theirs, a struck one is over', () => {
    const own = { id: me, version: 1, kind: 'campaign' as const, institutionId: me, struck: false }
    const correct = (activity: typeof own, over: Partial<ActivityBody> = {}) => {
      const decision = decideCorrectActivity(
        activity,
        { ...campaign, ...over, reason: 'gabim' },
        open,
        national,
      )
      return decision.ok ? decision.events[0]!.type : decision.refusal.code
    }
    expect(correct(own)).toBe('ActivityCorrected')
    expect(correct(own, { kind: 'group' })).toBe('prevention_kind_fixed')
    expect(correct({ ...own, struck: true })).toBe('prevention_struck')
    expect(correct({ ...own, institutionId: 'another' })).toBe('not_allowed')
    const again = decideStrikeActivity({ ...own, struck: true }, { reason: 'x' }, national)
    expect(again).toMatchObject({ ok: false, refusal: { code: 'prevention_struck' } })
  })

  test('every kind names measures that exist and codes that are words', () => {
    for (const kind of activityKinds) {
      for (const measure of kindRules[kind].measures) expect(measureNames).toContain(measure)
      for (const one of kindRules[kind].details)
        if (one.kind === 'code') expect(one.codes?.length).toBeGreaterThan(1)
    }
    expect(Object.values(measures).every((one) => one.max > 0 && one.max <= 10_000_000)).toBe(true)
  })
})

describe('reach', () => {
  const presence = fc.record({
    who: fc.option(fc.integer({ min: 0, max: 12 }).map(String)),
    heads: fc.nat({ max: 500 }),
  })
  test('persons are the union of those present, in whatever order and however often they came', () => {
    fc.assert(
      fc.property(fc.array(fc.array(presence, { maxLength: 30 }), { maxLength: 12 }), (trainings) => {
        const all = trainings.flat()
        const union = trainings.reduce((seen, one) => {
          for (const { who } of one) if (who !== null) seen.add(who)
          return seen
        }, new Set<string>())
        const reach = distinctReach(all)
        expect(reach.persons).toBe(union.size)
        expect(distinctReach([...all].reverse())).toEqual(reach)
        expect(distinctReach([...all, ...all]).persons).toBe(reach.persons)
        expect(reach.attendances).toBe(all.filter((one) => one.who !== null).length)
        expect(reach.heads).toBe(all.filter((one) => one.who === null).reduce((n, one) => n + one.heads, 0))
      }),
    )
  })
})

describe('professionals', () => {
  const body: ProfessionalBody = {
    givenName: 'Arta',
    familyName: 'Gjoka',
    birthYear: 1988,
    sex: 'female',
    sector: 'police',
    institutionId: null,
    employer: null,
    known: null,
  }
  const at = stamp(actor('police'))
  const person = (over: Partial<ProfessionalBody>, hits: { person: string; own: boolean }[]) => {
    const decision = decideEnterProfessional({ ...body, ...over }, hits, at)
    return decision.ok ? decision.events[0]!.facts.person : decision.refusal.code
  }
  test('a hit elsewhere is asked about; the same person keeps one id, a namesake gets another', () => {
    expect(person({}, [])).toMatch(/^person-/)
    expect(person({}, [{ person: 'p', own: false }])).toBe('professional_known')
    expect(person({ known: 'same' }, [{ person: 'p', own: false }])).toBe('p')
    expect(person({ known: 'other' }, [{ person: 'p', own: false }])).toMatch(/^person-/)
    expect(person({ known: 'same' }, [{ person: 'p', own: true }])).toBe('professional_known_here')
    expect(person({ birthYear: 2024 }, [])).toBe('professional_not_at_work')
  })
  test('no name stands in the facts', () => {
    const decision = decideEnterProfessional(body, [], at)
    expect(decision.ok && JSON.stringify(decision.events[0]!.facts)).not.toMatch(/Arta|Gjoka|1988/)
  })
})

describe('participants', () => {
  const training: Training = {
    id: me,
    version: 1,
    institutionId: me,
    mode: 'classroom',
    sessions: 3,
    struck: false,
  }
  const one = (professionalId: string, attended = 1) => ({
    professionalId,
    role: 'participant' as const,
    attended,
    before: null,
    after: null,
  })
  const known = new Map([
    ['a', 'anna'],
    ['a2', 'anna'],
    ['b', 'besa'],
  ])
  const code = (
    participants: ReturnType<typeof one>[],
    present = new Map<string, string>(),
    over: Partial<Training> = {},
  ) => {
    const decision = decideSetParticipants(
      { ...training, ...over },
      { participants },
      known,
      present,
      national,
    )
    return decision.ok ? decision.events[0]!.type : decision.refusal.code
  }
  test('one person stands once in a training, under whichever entry', () => {
    expect(code([one('a'), one('b')])).toBe('ParticipantsSet')
    expect(code([one('a'), one('a2')])).toBe('training_person_twice')
    expect(code([one('a2')], new Map([['a', 'anna']]))).toBe('training_person_twice')
    expect(code([one('a', 2)], new Map([['a', 'anna']]))).toBe('ParticipantsSet')
    expect(code([one('stranger')])).toBe('training_professional_unknown')
    expect(code([one('a', 4)])).toBe('training_more_sessions')
    expect(code([one('a')], new Map(), { mode: 'course' })).toBe('training_made_by_course')
    expect(code([one('a')], new Map(), { struck: true })).toBe('prevention_struck')
  })
})

describe('businesses', () => {
  const hotel: Business = {
    id: me,
    version: 1,
    kind: 'tourism_operator',
    municipality: '53',
    licence: 'valid',
    codeAdoptedOn: null,
    contactPostedOn: null,
    sanctions: 0,
  }
  const inspector = stamp(actor('labour_inspector'))
  const sanction = (
    business: Business,
    kind: 'warning' | 'fine' | 'suspension' | 'licence_lost',
    amount: number | null = null,
    by = inspector,
  ) => {
    const decision = decideSanction(
      business,
      { kind, on: '2026-11-01', ground: 'x', amount, inspectionId: null },
      false,
      by,
    )
    return decision.ok ? null : decision.refusal.code
  }
  test('a licence is lost only where there is one, and only after an earlier sanction', () => {
    expect(sanction(hotel, 'licence_lost')).toBe('business_first_breach')
    expect(sanction({ ...hotel, sanctions: 1 }, 'licence_lost')).toBeNull()
    expect(sanction({ ...hotel, kind: 'business', sanctions: 1 }, 'licence_lost')).toBe('business_no_licence')
    expect(sanction({ ...hotel, licence: 'lost', sanctions: 2 }, 'suspension')).toBe('business_licence_lost')
    expect(sanction(hotel, 'fine')).toBe('business_fine_amount')
    expect(sanction(hotel, 'warning', 5)).toBe('business_fine_amount')
    expect(sanction(hotel, 'warning', null, stamp(actor('cpu_head', { municipality: '53' })))).toBe(
      'not_allowed',
    )
    expect(licenceAfter('valid', 'suspension')).toBe('suspended')
    expect(licenceAfter('suspended', 'warning')).toBe('suspended')
  })
  test('a municipality keeps its own businesses and no other’s', () => {
    const adopt = (municipality: string) =>
      decideAdoptCode(
        hotel,
        { on: '2026-11-01', measures: 'x' },
        stamp(actor('municipal_director', { municipality })),
      ).ok
    expect(adopt('53')).toBe(true)
    expect(adopt('10')).toBe(false)
  })
})
