/** Proceedings as rules: stages searched at random, articles by day, money, and who sees what. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Actor, roles, type Stamp } from '#domain/core.ts'
import { articleBar, inForce } from '#domain/justice/articles.ts'
import {
  decideAddVictim,
  decideClaim,
  decideDecideClaim,
  decidePayClaim,
  decideSetCooperation,
  stateOfClaim,
} from '#domain/justice/people.ts'
import { mayDo, proceedingActions, proceedingActionsOf, proceedingSight } from '#domain/justice/policy.ts'
import {
  applyStage,
  decideClose,
  decideMove,
  decideReopen,
  decideSetArticle,
  earlierStages,
} from '#domain/justice/stages.ts'
import {
  type ClaimRow,
  closedReasonNames,
  outcomes,
  type Proceeding,
  reopenGrounds,
  stages,
} from '#domain/justice/state.ts'
import { articles } from '#server/justice/reference.ts'
import { actorOf, unitId } from '#test/cast.ts'

const day = '2026-11-24'
const stampOf = (actor: Actor): Stamp => {
  let n = 0
  return {
    actor,
    now: '2026-11-24T11:00:00.000Z',
    occurredAt: '2026-11-24T11:00:00.000Z',
    newId: () => `00000099-0000-7000-8000-${String(++n).padStart(12, '0')}`,
  }
}
const prosecutor = stampOf(actorOf('prosecutor'))
const base: Proceeding = {
  id: 'p',
  version: 1,
  code: 'PP-2026-0001',
  stage: 'investigation',
  stageOn: '2026-01-10',
  outcome: null,
  closedFrom: null,
  closedReason: null,
  actFrom: '2025-12-01',
  actUntil: null,
  policeUnit: unitId('police-tirana'),
  officeUnit: unitId('prosecution-tirana'),
  track: true,
  articles: [{ id: 'a', code: '128/b', on: '2026-01-10', until: null }],
  victims: [
    { id: 'v', pseudonym: 'V1', nrmId: 'n', caseId: null, cooperation: 'undecided' },
    { id: 'w', pseudonym: 'V2', nrmId: null, caseId: null, cooperation: 'undecided' },
  ],
  suspects: [],
  claims: [],
  assets: [],
  aids: [],
  measures: [],
}
const rank = (stage: string) => stages.indexOf(stage as never)

describe('stages', () => {
  const tries = fc.array(
    fc.record({
      act: fc.constantFrom('move', 'close', 'reopen'),
      to: fc.constantFrom(...stages),
      reason: fc.constantFrom(...closedReasonNames),
      ground: fc.constantFrom(...reopenGrounds),
      outcome: fc.option(fc.constantFrom(...outcomes), { nil: undefined }),
      on: fc.constantFrom('2026-01-01', '2026-06-01', day, '2026-11-25'),
    }),
    { maxLength: 40 },
  )
  test('none is skipped, none taken back without a named reopening, no day is ahead or before the one it follows', () => {
    fc.assert(
      fc.property(tries, (all) => {
        let p = base
        for (const one of all) {
          const decision =
            one.act === 'move'
              ? decideMove(p, one, prosecutor)
              : one.act === 'close'
                ? decideClose(p, { ...one, words: 'x' }, prosecutor)
                : decideReopen(p, { ...one, act: 'Vendim' }, prosecutor)
          if (!decision.ok) continue
          const [event] = decision.events
          const next = applyStage(p, event!)
          expect(one.on <= day && one.on >= p.stageOn).toBe(true)
          if (one.act === 'move') {
            const step = rank(next.stage) - rank(p.stage)
            expect(step === 1 || (p.stage === 'judgment' && next.stage === 'final')).toBe(true)
            expect(next.stage).not.toBe('closed')
          } else if (one.act === 'close') {
            expect(next).toMatchObject({ stage: 'closed', closedFrom: p.stage, closedReason: one.reason })
          } else {
            expect(rank(next.stage)).toBeLessThanOrEqual(
              p.stage === 'closed' ? rank(p.closedFrom!) : rank(p.stage) - 1,
            )
            expect(event!.facts).toMatchObject({ ground: one.ground })
          }
          expect(
            rank(next.stage) >= rank('judgment') && next.stage !== 'closed' ? next.outcome : 'x',
          ).not.toBeNull()
          expect((next.stage === 'closed') === (next.closedReason !== null)).toBe(true)
          p = next
        }
      }),
      { numRuns: 400 },
    )
  })
  test('who was acquitted is not executed, and an execution is not an acquittal', () => {
    const final: Proceeding = { ...base, stage: 'final', outcome: 'acquitted' }
    expect(decideMove(final, { to: 'execution', on: day }, prosecutor).ok).toBe(false)
    expect(decideClose(final, { reason: 'acquitted', on: day, words: 'x' }, prosecutor).ok).toBe(true)
    expect(
      decideClose(
        { ...final, outcome: 'convicted' },
        { reason: 'acquitted', on: day, words: 'x' },
        prosecutor,
      ).ok,
    ).toBe(false)
  })
  test('closed before it began, it goes back to the report; otherwise no further than the investigation', () => {
    expect(earlierStages({ stage: 'closed', closedFrom: 'report' })).toEqual(['report'])
    expect(earlierStages({ stage: 'trial', closedFrom: null })).toEqual(['investigation', 'charged'])
  })
})

describe('articles', () => {
  test('every one says where it is from, and what nobody confirmed is marked', () => {
    expect(articles.map(({ code }) => code).sort()).toEqual(
      ['110/a', '113', '114', '114/a', '114/b', '115', '117', '124/b', '128/b', '297', '298', '52/a'].sort(),
    )
    for (const one of articles) expect([one.source.length > 20, one.verification]).toEqual([true, 'U'])
  })
  test('an act is charged under an article only if it held on a day of the act', () => {
    const days = fc
      .date({ min: new Date('1995-01-01'), max: new Date('2026-11-24'), noInvalidDate: true })
      .map((d) => d.toISOString().slice(0, 10))
    fc.assert(
      fc.property(fc.constantFrom(...articles), days, fc.option(days, { nil: null }), (article, a, b) => {
        const act = b === null || b < a ? { actFrom: a, actUntil: null } : { actFrom: a, actUntil: b }
        const last = act.actUntil ?? act.actFrom
        const held = last >= article.from && (article.until === null || act.actFrom <= article.until)
        expect(inForce(article, act)).toBe(held)
        expect(articleBar(articles, article.code, act) === null).toBe(held && article.chargeable)
      }),
    )
  })
  test('none stands twice, and what is replaced keeps its place in the history', () => {
    const put = (article: string, replaces: string | null, reason?: string) =>
      decideSetArticle(base, { article, replaces, on: day, reason }, articles, prosecutor)
    expect(put('128/b', null)).toMatchObject({ ok: false, refusal: { code: 'proceeding_article_twice' } })
    expect(put('124/b', 'a')).toMatchObject({ ok: false, refusal: { code: 'reason_required' } })
    expect(put('124/b', 'zzz', 'x').ok).toBe(false)
    expect(put('124/b', 'a', 'x')).toMatchObject({ ok: true, events: [{ facts: { replaces: 'a' } }] })
  })
})

describe('compensation', () => {
  test('whatever is tried, what is awarded stays within the claim and what is paid within the award', () => {
    const sums = fc.oneof(fc.integer({ min: -5, max: 60 }), fc.constantFrom(1e15, 1.5, Number.NaN))
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('claim', 'decide', 'pay'), sums), { maxLength: 25 }),
        (all) => {
          let claims: readonly ClaimRow[] = []
          for (const [what, amount] of all) {
            const p = { ...base, stage: 'trial' as const, claims }
            const first = claims.at(-1)
            const claimId = first?.id ?? 'none'
            if (what === 'claim') {
              const d = decideClaim(p, { victimId: 'v', route: 'criminal', amount, on: day }, prosecutor)
              if (!d.ok) continue
              const id = d.events[0]!.facts.claimId
              const row: ClaimRow = {
                id,
                victimId: 'v',
                state: 'claimed',
                claimedOn: day,
                claimed: amount,
                awarded: null,
                awardedOn: null,
                paid: 0,
              }
              claims = [
                ...claims.filter((one) => one.id !== id),
                { ...row, id: claims.some((one) => one.id === id) ? id : `${id}${claims.length}` },
              ]
            } else if (what === 'decide') {
              if (decideDecideClaim(p, { claimId, amount, on: day }, prosecutor).ok)
                claims = claims.map((one) =>
                  one.id === claimId
                    ? { ...one, awarded: amount, awardedOn: day, state: stateOfClaim(amount, 0) }
                    : one,
                )
            } else if (decidePayClaim(p, { claimId, amount, on: day }, prosecutor).ok)
              claims = claims.map((one) =>
                one.id === claimId
                  ? { ...one, paid: one.paid + amount, state: stateOfClaim(one.awarded, one.paid + amount) }
                  : one,
              )
            for (const one of claims) {
              expect(one.claimed).toBeGreaterThan(0)
              expect(one.awarded ?? 0).toBeLessThanOrEqual(one.claimed)
              expect(one.paid).toBeLessThanOrEqual(one.awarded ?? 0)
              expect(one.state === 'executed').toBe(
                one.awarded !== null && one.awarded > 0 && one.paid === one.awarded,
              )
            }
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('who does what', () => {
  const units = [unitId('police-tirana'), unitId('prosecution-tirana'), unitId('cpu-tirana')]
  const scope = fc.record({
    policeUnit: fc.constantFrom(...units, null),
    officeUnit: fc.constantFrom(...units, null),
    track: fc.boolean(),
    stage: fc.constantFrom(...stages),
  })
  const anyone = fc
    .record({ role: fc.constantFrom(...roles), unit: fc.constantFrom(...units) })
    .map(({ role, unit }): Actor => ({ ...actorOf('police'), role, unitId: unit }))
  test('nobody acts on what they do not see; the police touch nothing of the victims’ help and, once referred, no article', () => {
    fc.assert(
      fc.property(anyone, scope, (actor, of) => {
        const sight = proceedingSight(actor, of)
        for (const action of proceedingActions) if (mayDo(actor, of, action)) expect(sight).not.toBeNull()
        if (sight === 'police') {
          for (const action of [
            'move',
            'close',
            'assign_aid',
            'claim',
            'decide_claim',
            'protect_witness',
            'take_measure',
          ] as const)
            expect(mayDo(actor, of, action)).toBe(false)
          expect(mayDo(actor, of, 'set_article')).toBe(of.officeUnit === null)
        }
        if (sight === 'authority') expect(of.track).toBe(true)
      }),
    )
  })
  test('whether a victim cooperates changes nothing of what may be done', () => {
    fc.assert(
      fc.property(anyone, scope, (actor, of) => {
        const with_ = (cooperation: 'yes' | 'no' | 'undecided') =>
          proceedingActionsOf(actor, {
            ...base,
            ...of,
            victims: base.victims.map((one) => ({ ...one, cooperation })),
          })
        expect(with_('no')).toEqual(with_('yes'))
        expect(with_('undecided')).toEqual(with_('yes'))
      }),
    )
    expect(decideSetCooperation(base, { victimId: 'v', cooperation: 'no', on: day }, prosecutor).ok).toBe(
      true,
    )
  })
  test('a person is a victim of a proceeding once, by whichever file', () => {
    const add = (link: { nrmId: string | null; caseId: string | null; code: string } | null, asked = true) =>
      decideAddVictim(base, { subject: 'child', cooperation: 'undecided' }, { link, asked }, prosecutor)
    expect(add({ nrmId: 'n', caseId: 'c', code: 'MKR-2026-0001' })).toMatchObject({
      refusal: { code: 'proceeding_victim_twice' },
    })
    expect(add(null)).toMatchObject({ refusal: { code: 'proceeding_victim_unknown' } })
    expect(add(null, false)).toMatchObject({ ok: true, events: [{ facts: { pseudonym: 'V3' } }] })
  })
})
