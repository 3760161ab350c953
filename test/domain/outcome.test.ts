import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CaseState } from '#domain/case/state.ts'
import type { Consent } from '#domain/consent.ts'
import type { Json, Stamp } from '#domain/core.ts'
import {
  certificateKinds,
  fieldsOf,
  isThere,
  misfit,
  type NeedKind,
  needKinds,
  type Outcome,
  thingItself,
} from '#domain/outcome/kinds.ts'
import {
  applyNeed,
  decideFindNeed,
  decideGiveCertificate,
  decideLinkNeed,
  decideMoveNeed,
  isEnded,
  type Need,
  needStates,
  notMetReasons,
  refusedBy,
} from '#domain/outcome/need.ts'
import {
  changedFields,
  contradiction,
  decideJudgeReopening,
  decideTakeOutcome,
  goodAfterAYear,
  incomes,
  jobs,
  livings,
  type OutcomeStatus,
  occasions,
  parentWorks,
  schools,
  statusFields,
  yesNo,
} from '#domain/outcome/snapshot.ts'
import {
  labelledField,
  minimumDataSet,
  packetFor,
  plainRecipients,
  recipientKinds,
  tellsTrafficking,
} from '#domain/referral/packet.ts'
import { actorOf } from '#test/cast.ts'
import { words } from '#wire/words/index.ts'

const worker = actorOf('cpw-tirana')
const now = '2026-11-24T10:00:00.000Z'
let made = 0
const stamp: Stamp = { actor: worker, now, occurredAt: now, newId: () => `n${++made}` }
const open = {
  id: 'k1',
  unitId: worker.unitId,
  managerId: worker.userId,
  deputyId: null,
  status: 'PLAN_ACTIVE',
  suspendedAt: null,
  plan: null,
  episode: 1,
  episodeAt: '2026-03-01T10:00:00.000Z',
  closedAt: null,
  followUps: [],
  transfer: null,
} as unknown as CaseState
const day = '2026-11-20'

const sample = (kind: NeedKind): Outcome => {
  const [name, field] = fieldsOf(kind)[0]!
  const value = {
    flag: true,
    day,
    percent: 80,
    count: 2,
    lek: 5000,
    code: field.of === 'code' ? field.codes[0]! : '',
  }
  return { [name]: value[field.of] }
}

describe('a need', () => {
  const kinds = fc.constantFrom(...needKinds)
  const act = fc.oneof(
    fc.record({
      do: fc.constant('link' as const),
      what: fc.constantFrom('service', 'action', 'referral'),
      id: fc.nat(3),
    }),
    fc.record({
      do: fc.constant('move' as const),
      to: fc.constantFrom('MET', 'PARTLY_MET', 'NOT_MET', 'REFUSED', 'OPEN'),
      reason: fc.constantFrom(null, ...notMetReasons, ...refusedBy),
      without: fc.constantFrom(null, 'relatives'),
      outcome: fc.boolean(),
      remark: fc.boolean(),
    }),
  )
  test('whatever is tried, an ended need says what became of it, and nothing ends without its ground', () => {
    fc.assert(
      fc.property(kinds, fc.array(act, { maxLength: 14 }), (kind, acts) => {
        const found = decideFindNeed(
          open,
          [],
          { kind, beneficiary: 'child', foundOn: day, actionId: null },
          stamp,
        )
        if (!found.ok) throw new Error(found.refusal.code)
        let need = applyNeed(undefined, found.events[0]!)
        for (const one of acts) {
          const before: Need = need
          const decision =
            one.do === 'link'
              ? decideLinkNeed(open, need, { what: one.what as 'service', id: `x${one.id}` }, true, stamp)
              : decideMoveNeed(
                  open,
                  need,
                  {
                    to: one.to as 'MET',
                    on: day,
                    reason: one.reason,
                    without: one.without as 'relatives' | null,
                    outcome: one.outcome ? sample(kind) : {},
                    remark: one.remark ? 'pse' : undefined,
                  },
                  stamp,
                )
          if (!decision.ok) continue
          const event = decision.events[0]!
          need = applyNeed(need, event)
          expect(needStates).toContain(need.state)
          expect(need.links.length).toBeGreaterThanOrEqual(before.links.length)
          if (event.type === 'NeedLinked') {
            expect(isEnded(before.state)).toBe(false)
            if (event.facts.what === 'service') expect(need.state).toBe('IN_SERVICE')
          }
          if (event.type === 'NeedMoved') {
            expect(isEnded(before.state)).toBe(event.facts.to === 'OPEN')
            if (before.state === 'MET') throw new Error('what is met stays met')
            if (event.facts.to === 'MET') expect(isThere(kind, event.facts.outcome)).toBe(true)
            if (event.facts.to === 'MET' || event.facts.to === 'PARTLY_MET')
              expect(event.facts.without !== null || need.links.some((l) => l.what === 'service')).toBe(true)
            expect(event.facts.reason !== null).toBe(['NOT_MET', 'REFUSED'].includes(event.facts.to))
          }
        }
      }),
    )
  })

  test('facts hold codes, days, counts: a number of an act or any words are refused for every kind', () => {
    fc.assert(
      fc.property(kinds, fc.string({ minLength: 1, maxLength: 20 }), fc.string(), (kind, name, value) => {
        const known = fieldsOf(kind).some(([field]) => field === name)
        if (!known) expect(misfit(kind, { [name]: value })).toBe(name)
        for (const [field, { of }] of fieldsOf(kind)) {
          if (of === 'flag' || of === 'percent' || of === 'count' || of === 'lek')
            expect(misfit(kind, { [field]: 'Akti 123/2014' })).toBe(field)
          else expect(misfit(kind, { [field]: 'Akti 123/2014' })).toBe(field)
        }
        expect(misfit(kind, sample(kind))).toBeUndefined()
        expect(isThere(kind, {})).toBe(false)
        expect(fieldsOf(kind).map(([field]) => field)).toContain(thingItself(kind))
      }),
    )
  })

  test('one need of a kind stands open for whom it is; another person of the family may have the same', () => {
    const needs: Need[] = [
      { id: 'a', kind: 'books', beneficiary: 'child', state: 'IN_SERVICE', foundOn: day, links: [] },
    ]
    const body = { kind: 'books', foundOn: day, actionId: null } as const
    const code = (d: ReturnType<typeof decideFindNeed>) => (d.ok ? 'ok' : d.refusal.code)
    expect(code(decideFindNeed(open, needs, { ...body, beneficiary: 'child' }, stamp))).toBe('need_known')
    expect(code(decideFindNeed(open, needs, { ...body, beneficiary: 'family' }, stamp))).toBe('ok')
    expect(
      code(decideFindNeed(open, needs, { ...body, beneficiary: 'parent', foundOn: '2026-12-24' }, stamp)),
    ).toBe('in_future')
    const stranger = { ...stamp, actor: actorOf('cpw-durres') }
    expect(code(decideFindNeed(open, [], { ...body, beneficiary: 'child' }, stranger))).toBe('not_allowed')
  })
})

describe('a status certificate', () => {
  const consent: Consent = {
    id: 'c',
    version: 1,
    caseId: 'k1',
    unitId: worker.unitId,
    purpose: 'sharing',
    scope: { recipients: ['health_fund'], fields: minimumDataSet.health_fund },
    capacity: 'guardian',
    number: 1,
    givenAt: '2026-11-01T10:00:00.000Z',
    validUntil: null,
    withdrawnAt: null,
  }
  const need = (kind: NeedKind): Need => ({
    id: 'a',
    kind,
    beneficiary: 'child',
    state: 'OPEN',
    foundOn: day,
    links: [],
  })
  test('leaves only with a live consent of this case that names the body, whatever the kind', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...needKinds),
        fc.constantFrom(...recipientKinds),
        fc.record({
          caseId: fc.constantFrom('k1', 'k2'),
          purpose: fc.constantFrom('sharing' as const, 'shelter' as const, 'interview' as const),
          withdrawnAt: fc.constantFrom(null, '2026-11-10T10:00:00.000Z'),
          validUntil: fc.constantFrom(null, '2026-11-10T10:00:00.000Z', '2027-11-10T10:00:00.000Z'),
        }),
        (kind, recipient, more) => {
          const decision = decideGiveCertificate(
            open,
            need(kind),
            { consentId: 'c', recipient, on: day },
            [{ ...consent, ...more }],
            stamp,
          )
          const may =
            (certificateKinds as readonly string[]).includes(kind) &&
            recipient === 'health_fund' &&
            more.caseId === 'k1' &&
            more.purpose === 'sharing' &&
            more.withdrawnAt === null &&
            more.validUntil !== '2026-11-10T10:00:00.000Z'
          expect(decision.ok).toBe(may)
        },
      ),
    )
    expect(
      decideGiveCertificate(
        open,
        need('health_card'),
        { consentId: 'c', recipient: 'health_fund', on: day },
        [],
        stamp,
      ).ok,
    ).toBe(false)
  })
})

describe('packets of bodies that serve anybody', () => {
  const label =
    /trafik|traffick|viktim|victim|shfryt|exploit|abuz|abuse|dhun|violen|mbrojt|protect|rrezik|risk|lyp|beg|denonc|krim|VMT|NJMF|CPU/i
  test('carry no label in any field, service, word of theirs or in what is said to be withheld', () => {
    expect([...plainRecipients].sort()).toEqual(['creche', 'health_fund', 'housing_office'])
    for (const kind of plainRecipients)
      for (const language of ['sq', 'en'] as const) {
        const said = words[language].referral as Readonly<Record<string, string>>
        const packet = packetFor(kind, Object.fromEntries(minimumDataSet[kind].map((field) => [field, 'x'])))
        const texts = [
          said[`kind_${kind}`],
          ...minimumDataSet[kind].map((field) => said[`field_${field}`]),
          ...packet.withheld.flatMap((one) => [said[`withheld_${one.what}`]]),
        ]
        for (const text of texts) {
          expect(text, kind).toBeDefined()
          expect(text, kind).not.toMatch(label)
        }
        expect(packet.withheld.map((one) => one.what)).not.toContain('trafficking_label')
        expect(packet.parts.every((part) => part.tier === 'T3')).toBe(true)
      }
  })
  test('whatever else the sender holds, nothing but the minimum leaves, and words that label are refused where they stand', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...plainRecipients),
        fc.dictionary(fc.string({ maxLength: 12 }), fc.string() as fc.Arbitrary<Json>),
        fc.constantFrom(
          'Viktimë e mundshme',
          'rast shfrytëzimi',
          'SHFRYTËZIM',
          'fëmijë në rrezik',
          'victim of abuse',
          'dhunë në familje',
          'NJMF Tiranë',
          'mbrojtjen e fëmijës',
          'trafikim',
          'lypës',
        ),
        fc.nat(),
        (kind, held, words_, at) => {
          const wanted = minimumDataSet[kind]
          const field = wanted[at % wanted.length]!
          const source = {
            ...held,
            indicators: ['D1'],
            risks: 'x',
            case_file: 'y',
            trafficking_label: 'vmt',
            ...Object.fromEntries(wanted.map((f) => [f, 'Ana'])),
          }
          expect(packetFor(kind, source).parts.map((part) => part.field)).toEqual(wanted)
          expect(labelledField(kind, { ...source, [field]: words_ })).toBe(field)
          expect(labelledField(kind, source)).toBeUndefined()
          expect(tellsTrafficking(kind, words_)).toBe(true)
        },
      ),
    )
  })
})

const status = fc.record({
  living: fc.constantFrom(...livings),
  school: fc.constantFrom(...schools),
  attendance: fc.option(fc.integer({ min: 0, max: 100 })),
  vaccinated: fc.constantFrom(...yesNo),
  healthCard: fc.constantFrom(...yesNo),
  job: fc.constantFrom(...jobs),
  jobSecure: fc.option(fc.boolean()),
  parentWork: fc.constantFrom(...parentWorks),
  network: fc.constantFrom(...yesNo),
  income: fc.constantFrom(...incomes),
})
const lived: OutcomeStatus = {
  living: 'one_parent',
  school: 'primary',
  attendance: 90,
  vaccinated: 'yes',
  healthCard: 'yes',
  job: 'not_of_age',
  jobSecure: null,
  parentWork: 'one',
  network: 'yes',
  income: 'below_minimum',
}

describe('snapshots', () => {
  const followed = {
    ...open,
    status: 'FOLLOW_UP',
    closedAt: '2026-06-01T10:00:00.000Z',
    followUps: [{ month: 1, due: '2026-07-01', doneAt: null }],
  } as unknown as CaseState
  test('are of their moment: months only after closure, each once, set right only by naming the wrong one', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...occasions),
        fc.constantFrom('2026-02-01', '2026-05-01', '2026-11-01', '2027-01-01'),
        fc.boolean(),
        fc.boolean(),
        fc.constantFrom(null, 'o1', 'o9'),
        (occasion, takenOn, closed, taken, corrects) => {
          const s = closed ? followed : open
          const had = taken ? [{ id: 'o1', occasion, episode: 1, takenOn: '2026-05-01' }] : []
          const decision = decideTakeOutcome(s, had, { ...lived, occasion, takenOn, corrects }, stamp)
          if (!decision.ok) return
          expect(takenOn <= '2026-11-24' && takenOn >= '2026-03-01').toBe(true)
          if (occasion.startsWith('month_')) {
            expect(closed && occasion === 'month_1').toBe(true)
            expect(takenOn >= '2026-06-01').toBe(true)
          }
          if (occasion === 'opening' || occasion === 'review') expect(closed).toBe(false)
          expect(corrects === 'o9').toBe(false)
          if (taken && corrects === null) expect(occasion === 'review' && takenOn !== '2026-05-01').toBe(true)
        },
      ),
    )
  })
  test('do not contradict themselves, and what changed is exactly what differs', () => {
    fc.assert(
      fc.property(status, status, (a, b) => {
        const wrong = contradiction(a)
        const decision = decideTakeOutcome(
          open,
          [],
          { ...a, occasion: 'review', takenOn: day, corrects: null },
          stamp,
        )
        expect(decision.ok).toBe(wrong === null)
        const changed = changedFields(a, b)
        for (const field of statusFields) expect(changed.includes(field)).toBe(a[field] !== b[field])
        expect(changedFields(a, a)).toEqual([])
      }),
    )
  })
  test('a good year: family, protection or school for a child; work or network for an adult', () => {
    expect(goodAfterAYear({ ...lived, living: 'street', school: 'none' }, true)).toBe(false)
    expect(goodAfterAYear({ ...lived, living: 'street' }, true)).toBe(true)
    expect(goodAfterAYear({ ...lived, living: 'foster', school: 'none' }, true)).toBe(true)
    expect(goodAfterAYear({ ...lived, network: 'no' }, false)).toBe(false)
    expect(goodAfterAYear({ ...lived, job: 'trade', network: 'no' }, false)).toBe(true)
    expect(goodAfterAYear({ ...lived, network: 'yes', job: 'none' }, false)).toBe(true)
  })
  test('a reopening is renewed exploitation only where somebody says so on evidence', () => {
    const again = { ...open, episode: 2 } as CaseState
    const code = (s: CaseState, body: Parameters<typeof decideJudgeReopening>[1], by = stamp) => {
      const d = decideJudgeReopening(s, body, by)
      return d.ok ? d.events[0]!.facts.reexploited : d.refusal.code
    }
    expect(code(open, { reexploited: 'yes', evidence: ['police'], words: 'x' })).toBe('outcome_not_reopened')
    expect(code(again, { reexploited: 'yes', evidence: [], words: 'x' })).toBe('outcome_evidence')
    expect(code(again, { reexploited: 'yes', evidence: ['police'] })).toBe('reason_required')
    expect(code(again, { reexploited: 'no', evidence: [], words: 'u kthye për dokumente' })).toBe('no')
    expect(code(again, { reexploited: 'yes', evidence: ['police', 'police'], words: 'x' })).toBe('yes')
    expect(
      code(
        again,
        { reexploited: 'yes', evidence: ['police'], words: 'x' },
        { ...stamp, actor: actorOf('state-agency') },
      ),
    ).toBe('not_allowed')
  })
})
