import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AssistanceLaw, type AssistedFile, assistedOf, phases } from '#domain/assistance/file.ts'
import { decideMovePhase, nextPhases, type PhaseWorld, phaseBar } from '#domain/assistance/phase.ts'
import { costsOf, decideGiveAssistance, type GiveAssistance } from '#domain/assistance/plan.ts'
import { decideMakeSafetyPlan, safetyPlanReady } from '#domain/assistance/safety.ts'
import { decideEndStay, type Stay } from '#domain/assistance/stay.ts'
import { decideFollowUp, decideLoseContact } from '#domain/assistance/watch.ts'
import { addDays } from '#domain/clock/tirana.ts'
import type { Actor, Stamp } from '#domain/core.ts'
import { type NrmFile, nrmStatuses } from '#domain/nrm/state.ts'

const today = '2026-11-24'
const now = `${today}T11:00:00.000Z`
const law: AssistanceLaw = { reportDays: 30, safetyReviewDays: 90, contactAttempts: 2 }
const actor: Actor = {
  userId: 'u1',
  unitId: 'unit',
  institutionId: 'inst',
  role: 'social_service',
  municipality: null,
  county: 'AL-11',
  purpose: null,
}
let last = 0
const stamp: Stamp = { actor, now, occurredAt: now, newId: () => `id-${last++}` }
const file = (over: Partial<AssistedFile> = {}): AssistedFile => ({
  id: 'f',
  subject: 'adult',
  phase: null,
  caseId: null,
  unitId: 'unit',
  managerId: 'u1',
  deputyId: null,
  identifiedOn: '2026-09-01',
  over: false,
  ...over,
})
const plan = { id: 'p', riskId: 'r', on: '2026-11-01', reviewOn: '2026-12-31' }
const world = (over: Partial<PhaseWorld> = {}): PhaseWorld => ({
  needs: 1,
  inShelter: false,
  plan,
  actions: 1,
  reportedOn: today,
  twelveDone: false,
  contactLost: false,
  rounds: 0,
  ...over,
})
const anyWorld: fc.Arbitrary<PhaseWorld> = fc.record({
  needs: fc.nat(2),
  inShelter: fc.boolean(),
  plan: fc.option(
    fc.record({
      id: fc.constant('p'),
      riskId: fc.constant('r'),
      on: fc.integer({ min: -60, max: 0 }).map((n) => addDays(today, n)),
      reviewOn: fc.integer({ min: -60, max: 60 }).map((n) => addDays(today, n)),
    }),
  ),
  actions: fc.nat(2),
  reportedOn: fc.option(fc.integer({ min: -60, max: 0 }).map((n) => addDays(today, n))),
  twelveDone: fc.boolean(),
  contactLost: fc.boolean(),
  rounds: fc.nat(3),
})
const anyNrm: fc.Arbitrary<NrmFile> = fc.record({
  id: fc.constant('f'),
  code: fc.constant('MKR-2026-0001'),
  version: fc.integer({ min: 1, max: 50 }),
  personId: fc.constant('p'),
  caseId: fc.constant(null),
  subject: fc.constant('adult' as const),
  status: fc.constantFrom(...nrmStatuses.filter((one) => one !== 'exited')),
  phase: fc.option(fc.constantFrom(...phases)),
  unitId: fc.constant('unit'),
  managerId: fc.constantFrom('u1', null),
  structure: fc.constantFrom('police', 'shelter'),
  door: fc.constantFrom('self' as const, 'inspection' as const),
  forms: fc.constant(['labour']),
  territory: fc.constantFrom('internal' as const, 'cross_border' as const),
  priorId: fc.constant(null),
  municipality: fc.constant(null),
  county: fc.constant('AL-11'),
  openedBy: fc.constant('x'),
  openedUnit: fc.constant('y'),
  openedAt: fc.constant('2026-09-01T10:00:00.000Z'),
  statusAt: fc.constant('2026-09-01T10:00:00.000Z'),
  exitedAt: fc.constant(null),
  lowered: fc.constant(false),
})
const service = (over: Partial<GiveAssistance> = {}): GiveAssistance => ({
  service: 'housing',
  setting: 'community',
  beneficiary: 'subject',
  dependantId: null,
  providerId: 'i',
  from: today,
  until: null,
  costLek: 100,
  funding: 'state',
  ...over,
})
const codeOf = (decision: { ok: boolean; refusal?: { code: string } }) =>
  decision.ok ? 'ok' : decision.refusal?.code

describe('help is one', () => {
  test('potential or confirmed, asked or declined, willing to testify or not: the steps and services are the same', () => {
    fc.assert(
      fc.property(
        anyNrm,
        fc.constantFrom(...nrmStatuses.filter((one) => one !== 'exited')),
        fc.boolean(),
        anyWorld,
        fc.constantFrom('2026-08-01', '2026-10-01', today),
        (one, status, testifies, w, from) => {
          const other = { ...one, status, statusAt: now, testifies }
          for (const to of phases)
            expect(phaseBar(assistedOf(one), to, w, law, today)).toEqual(
              phaseBar(assistedOf(other), to, w, law, today),
            )
          expect(codeOf(decideGiveAssistance(assistedOf(one), [], service({ from }), stamp))).toBe(
            codeOf(decideGiveAssistance(assistedOf(other), [], service({ from }), stamp)),
          )
        },
      ),
    )
  })
})

describe('phases', () => {
  test('whatever happens, none is skipped, nobody outside goes on unsafe, and nobody exits early', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...phases), anyWorld), { maxLength: 30 }), (steps) => {
        let at = file()
        for (const [to, w] of steps) {
          const decision = decideMovePhase(at, { to, reason: 'Rrezik i ri.' }, w, law, stamp)
          if (!decision.ok) continue
          const from = at.phase
          expect(nextPhases(from)).toContain(to)
          if (['STABILISATION', 'REINTEGRATION', 'MONITORING'].includes(to) && !w.inShelter)
            expect(safetyPlanReady(w.plan, today)).toBeNull()
          if (to === 'REINTEGRATION') {
            expect(w.actions).toBeGreaterThan(0)
            expect(w.reportedOn! >= addDays(today, -law.reportDays)).toBe(true)
          }
          if (to === 'EXITED') expect(w.twelveDone || w.contactLost).toBe(true)
          at = { ...at, phase: to }
        }
        expect(at.phase === null || phases.includes(at.phase)).toBe(true)
      }),
    )
  })
  test('each guard says its own name', () => {
    const to = (phase: AssistedFile['phase'], next: (typeof phases)[number], w: Partial<PhaseWorld>) =>
      phaseBar(file({ phase }), next, world(w), law, today)?.code ?? 'ok'
    expect(to(null, 'NEEDS_ASSESSED', { needs: 0 })).toBe('assistance_no_needs')
    expect(to(null, 'EMERGENCY', {})).toBe('assistance_phase_step')
    expect(to('NEEDS_ASSESSED', 'EMERGENCY', { plan: null })).toBe('ok')
    expect(to('EMERGENCY', 'STABILISATION', { plan: null })).toBe('assistance_safety_plan_missing')
    expect(to('EMERGENCY', 'STABILISATION', { plan: null, inShelter: true })).toBe('ok')
    expect(to('EMERGENCY', 'STABILISATION', { plan: { ...plan, reviewOn: '2026-11-23' } })).toBe(
      'assistance_safety_plan_over',
    )
    expect(to('STABILISATION', 'REINTEGRATION', { actions: 0 })).toBe('assistance_plan_missing')
    expect(to('STABILISATION', 'REINTEGRATION', { reportedOn: '2026-10-24' })).toBe(
      'assistance_report_missing',
    )
    expect(to('STABILISATION', 'REINTEGRATION', { reportedOn: '2026-10-25' })).toBe('ok')
    expect(
      phaseBar(file({ phase: 'STABILISATION', managerId: null }), 'REINTEGRATION', world(), law, today)?.code,
    ).toBe('assistance_manager_missing')
    expect(to('MONITORING', 'EXITED', {})).toBe('assistance_twelve_missing')
    expect(to('MONITORING', 'EXITED', { contactLost: true })).toBe('ok')
    expect(
      codeOf(decideMovePhase(file({ phase: 'MONITORING' }), { to: 'EMERGENCY' }, world(), law, stamp)),
    ).toBe('reason_required')
    const monitoring = decideMovePhase(
      file({ phase: 'REINTEGRATION' }),
      { to: 'MONITORING' },
      world({ rounds: 1 }),
      law,
      stamp,
    )
    expect(monitoring.ok && monitoring.events[0]!.facts).toMatchObject({
      round: 2,
      followUps: [
        { month: 1, due: '2026-12-24' },
        { month: 3, due: '2027-02-24' },
        { month: 6, due: '2027-05-24' },
        { month: 12, due: '2027-11-24' },
      ],
    })
  })
  test('after the end, and by others, nothing is written', () => {
    expect(codeOf(decideGiveAssistance(file({ phase: 'EXITED' }), [], service(), stamp))).toBe(
      'assistance_over',
    )
    expect(codeOf(decideGiveAssistance(file({ over: true }), [], service(), stamp))).toBe('assistance_over')
    expect(codeOf(decideGiveAssistance(file({ managerId: 'another' }), [], service(), stamp))).toBe(
      'assistance_not_yours',
    )
  })
})

describe('safety plan', () => {
  test('holds from its day to its review, and neither before nor after', () => {
    fc.assert(
      fc.property(fc.integer({ min: -200, max: 200 }), (n) => {
        const day = addDays(plan.on, n)
        expect(safetyPlanReady(plan, day) === null).toBe(day >= plan.on && day <= plan.reviewOn)
      }),
    )
    expect(safetyPlanReady(null, today)?.code).toBe('assistance_safety_plan_missing')
  })
  test('rests on the newest assessment of this file, and is looked at again in time', () => {
    const risks = [
      { id: 'r1', on: '2026-10-01', level: 'high' as const },
      { id: 'r2', on: '2026-11-20', level: 'medium' as const },
    ]
    const make = (riskId: string, reviewOn: string) =>
      codeOf(
        decideMakeSafetyPlan(
          file(),
          risks,
          { riskId, reviewOn, police: true, measures: 'm', contact: 'c' },
          law,
          stamp,
        ),
      )
    expect(make('other', '2026-12-01')).toBe('assistance_risk_unknown')
    expect(make('r1', '2026-12-01')).toBe('assistance_risk_newer')
    expect(make('r2', '2026-11-23')).toBe('assistance_review_day')
    expect(make('r2', addDays(today, 91))).toBe('assistance_review_day')
    expect(make('r2', addDays(today, 90))).toBe('ok')
  })
  test('nobody leaves a shelter without one, and nobody who vanished is kept in the books', () => {
    const stay: Stay = {
      id: 's',
      nrmId: 'f',
      version: 1,
      status: 'in_place',
      startedOn: '2026-10-01',
      unitId: 'shelter',
    }
    const keeper = { ...stamp, actor: { ...actor, role: 'shelter' as const, unitId: 'shelter' } }
    const end = (to: 'family' | 'unknown', p: typeof plan | null, more = {}, by = keeper) =>
      codeOf(decideEndStay(stay, null, p, { on: today, to, ...more }, by))
    expect(end('family', null)).toBe('assistance_safety_plan_missing')
    expect(end('family', { ...plan, reviewOn: '2026-11-23' })).toBe('assistance_safety_plan_over')
    expect(end('family', plan)).toBe('ok')
    expect(end('unknown', null)).toBe('reason_required')
    expect(end('unknown', null, { remark: 'U largua natën.' })).toBe('ok')
    expect(end('family', plan, {}, { ...keeper, actor: { ...keeper.actor, unitId: 'another' } })).toBe(
      'not_allowed',
    )
  })
})

describe('what is given and followed', () => {
  test('no service before the identification, in the future, or for a child nobody named', () => {
    const give = (over: Partial<GiveAssistance>) =>
      codeOf(decideGiveAssistance(file(), ['d1'], service(over), stamp))
    expect(give({ from: '2026-08-31' })).toBe('assistance_before_identification')
    expect(give({ from: '2026-11-25' })).toBe('in_future')
    expect(give({ from: '2026-11-02', until: '2026-11-01' })).toBe('assistance_until_before_from')
    expect(give({ beneficiary: 'child_of_victim' })).toBe('assistance_child_unknown')
    expect(give({ beneficiary: 'child_of_victim', dependantId: 'd2' })).toBe('assistance_child_unknown')
    expect(give({ beneficiary: 'subject', dependantId: 'd1' })).toBe('assistance_child_unknown')
    expect(give({ beneficiary: 'child_of_victim', dependantId: 'd1' })).toBe('ok')
  })
  test('costs add up by who paid, and what nobody wrote down is counted as not known', () => {
    const funding = fc.option(fc.constantFrom('state', 'donor', 'gap'))
    const lek = fc.option(fc.integer({ min: 0, max: 1_000_000 }))
    fc.assert(
      fc.property(fc.array(fc.record({ funding, costLek: lek })), (services) => {
        const lines = costsOf(services)
        const sum = (of: (l: (typeof lines)[number]) => number) => lines.reduce((n, l) => n + of(l), 0)
        expect(sum((l) => l.services)).toBe(services.length)
        expect(sum((l) => l.lek)).toBe(services.reduce((n, s) => n + (s.costLek ?? 0), 0))
        expect(sum((l) => l.unknown)).toBe(services.filter((s) => s.costLek === null).length)
        expect(new Set(lines.map((l) => l.funding)).size).toBe(lines.length)
      }),
    )
  })
  test('a visit belongs to its month, and lost contact to days and ways', () => {
    const due = [
      { id: 'a', month: 1 as const, due: '2026-10-24', seenOn: '2026-10-24' },
      { id: 'b', month: 3 as const, due: '2026-12-24', seenOn: null },
      { id: 'c', month: 6 as const, due: '2027-03-24', seenOn: null },
    ]
    const visit = (month: 1 | 3 | 6 | 12, seenOn: string, jobSecure: boolean | null = null) =>
      codeOf(
        decideFollowUp(
          file(),
          due,
          {
            month,
            seenOn,
            living: 'independent',
            job: 'none',
            jobSecure,
            network: 'yes',
            income: 'none',
            reexploited: 'no',
          },
          stamp,
        ),
      )
    expect(visit(1, today)).toBe('assistance_follow_up_unknown')
    expect(visit(12, today)).toBe('assistance_follow_up_unknown')
    expect(visit(6, today)).toBe('assistance_follow_up_early')
    expect(visit(3, '2026-11-25')).toBe('in_future')
    expect(visit(3, today, true)).toBe('outcome_contradiction')
    expect(visit(3, today)).toBe('ok')
    const year = (seenOn: string) =>
      codeOf(
        decideFollowUp(
          file(),
          [
            { id: 'c', month: 6, due: '2027-03-24', seenOn: '2027-03-24' },
            { id: 'd', month: 12, due: '2027-09-24', seenOn: null },
          ],
          {
            month: 12,
            seenOn,
            living: 'independent',
            job: 'none',
            jobSecure: null,
            network: 'yes',
            income: 'none',
            reexploited: 'no',
          },
          { ...stamp, now: '2027-12-01T10:00:00.000Z' },
        ),
      )
    expect(year('2027-04-01')).toBe('assistance_follow_up_early')
    expect(year('2027-08-23')).toBe('assistance_follow_up_early')
    expect(year('2027-08-24')).toBe('ok')
    const lose = (attempts: { on: string; way: 'phone' | 'visit' }[], words = 'Nuk u gjet.') =>
      codeOf(decideLoseContact(file(), { lastOn: '2026-10-01', attempts, words }, law, stamp))
    expect(lose([])).toBe('assistance_contact_undocumented')
    expect(
      lose([
        { on: '2026-10-05', way: 'phone' },
        { on: '2026-10-05', way: 'visit' },
      ]),
    ).toBe('assistance_contact_undocumented')
    const twice = [
      { on: '2026-10-05', way: 'phone' as const },
      { on: '2026-10-20', way: 'visit' as const },
    ]
    expect(lose(twice, ' ')).toBe('assistance_contact_undocumented')
    expect(lose([{ on: '2026-09-30', way: 'phone' }, ...twice])).toBe('assistance_contact_undocumented')
    expect(lose(twice)).toBe('ok')
  })
})
