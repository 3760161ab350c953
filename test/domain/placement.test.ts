import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fold } from '#domain/case/apply.ts'
import { decideProposeClosure } from '#domain/case/closure.ts'
import type { Decision } from '#domain/core.ts'
import { basisBar, mayRestOn } from '#domain/placement/basis.ts'
import { decideBeginPlacement, type PlanPlacement } from '#domain/placement/decide.ts'
import { bases, type PlacementEvent, placementKinds } from '#domain/placement/events.ts'
import {
  decideEndLeavingPlan,
  decideMakeLeavingPlan,
  decideSetLeavingStep,
} from '#domain/placement/leaving.ts'
import { decideTakeCareStep, lastStep, nextSteps } from '#domain/placement/steps.ts'
import { decideVisitExit } from '#domain/placement/watch.ts'
import type { World } from './case-life.ts'

import { at, day, end, free, measureOf, plan, planned, refusal, settle, started } from './placement-life.ts'

describe('what a placement rests on', () => {
  test('foster and residential care need alternative care or a court; the emergency its measure or protection at once', () => {
    for (const kind of ['foster', 'residential'] as const) {
      expect(bases.filter((basis) => mayRestOn(kind, basis))).toEqual(['measure', 'court'])
      const w = started()
      expect(refusal(plan(w, kind, { basisId: 'emergency' }))).toEqual(['placement_basis_missing', 'basis'])
      expect(refusal(plan(w, kind))).toBeNull()
    }
    const w = started()
    expect(refusal(plan(w, 'emergency', { basis: 'consent', basisId: 'c' }))?.[0]).toBe(
      'placement_basis_missing',
    )
    expect(refusal(plan(w, 'emergency', { basis: 'immediate_protection', basisId: null }))?.[0]).toBe(
      'placement_basis_missing',
    )
    expect(
      refusal(plan(w, 'emergency', { basis: 'immediate_protection' }, { immediateProtection: true })),
    ).toBeNull()
  })

  test('a court’s decision counts once it has spoken for it, and only in its own matter', () => {
    const w = started()
    const court = { matter: 'placement', stage: 'decided', outcome: 'granted' } as const
    const of = (change: object) => {
      const s = { ...w.state, courts: [{ id: 'k', ...court, ...change }] as never }
      return (
        basisBar(s, { kind: 'foster', basis: 'court', basisId: 'k' }, day, free('foster'), at)?.code ?? null
      )
    }
    expect(of({})).toBeNull()
    expect(of({ stage: 'filed', outcome: null })).toBe('placement_basis_missing')
    expect(of({ outcome: 'refused' })).toBe('placement_basis_missing')
    expect(of({ matter: 'custody' })).toBe('placement_basis_missing')
  })

  test('a proposed measure is none; one that ends before the day is none', () => {
    fc.assert(
      fc.property(fc.constantFrom(...placementKinds), (kind) => {
        const w = started()
        w.state = {
          ...w.state,
          measures: w.state.measures.map((m) => ({ ...m, status: 'proposed' as const })),
        }
        expect(refusal(plan(w, kind))?.[0]).toBe('placement_basis_missing')
        expect(refusal(plan(started(), kind, {}, { basisUntil: '2026-11-01' }))?.[0]).toBe(
          'placement_basis_ended',
        )
      }),
    )
  })

  test('consent is the guardian’s, in force', () => {
    const w = started()
    const consent = { id: 'c', capacity: 'guardian', validUntil: null, withdrawnAt: null }
    const by = (change: object) =>
      refusal(
        plan(w, 'kinship', { basis: 'consent', basisId: 'c' }, { consent: { ...consent, ...change } }),
      )?.[0] ?? null
    expect(by({})).toBeNull()
    expect(by({ capacity: 'own' })).toBe('placement_basis_missing')
    expect(by({ withdrawnAt: at })).toBe('placement_basis_missing')
  })
})

describe('before a child is placed', () => {
  test('it is heard; only an emergency does not wait for it', () => {
    expect(refusal(plan(started(), 'kinship', { childView: 'not_reached' }))).toEqual([
      'placement_child_not_heard',
      'childView',
    ])
    expect(refusal(plan(started(), 'kinship', { childWords: ' ' }))?.[1]).toBe('childWords')
    expect(refusal(plan(started(), 'emergency', { childView: 'not_reached' }))).toBeNull()
    expect(refusal(plan(started(), 'kinship', { childView: 'too_young', childWords: undefined }))).toBeNull()
  })

  test('brothers and sisters stay together, or it is said why not', () => {
    const siblings = [{ place: 'elsewhere' }]
    const of = (more: Partial<PlanPlacement>) => refusal(plan(started(), 'foster', more, { siblings }))
    expect(of({ siblings: 'none' })).toEqual(['placement_siblings_known', 'siblings'])
    expect(of({ siblings: 'together' })).toEqual(['placement_siblings_apart', 'siblings'])
    expect(of({ siblings: 'apart' })).toEqual(['reason_required', 'siblingsWhy'])
    expect(of({ siblings: 'apart', siblingsWhy: 'Nuk ka vend' })).toBeNull()
    expect(
      refusal(plan(started(), 'foster', { siblings: 'together' }, { siblings: [{ place: 'place' }] })),
    ).toBeNull()
  })

  test('the family is told only where it may be', () => {
    const w = started()
    expect(refusal(plan(w, 'kinship', { familyTold: true }))).toEqual(['family_do_not_inform', 'familyTold'])
    w.state = { ...w.state, alerts: { ...w.state.alerts, doNotInformFamily: false } }
    expect(refusal(plan(w, 'kinship', { familyTold: true }))).toBeNull()
  })

  test('never beyond what the register allows: full, suspended, unlicensed, for others, or none at all', () => {
    const entry = { sort: 'facility', takes: ['foster'], hidden: false, bar: null } as const
    const of = (change: object | null) =>
      refusal(
        plan(started(), 'foster', {}, { entry: change === null ? null : { ...entry, ...change } }),
      )?.[0] ?? null
    expect(of({})).toBeNull()
    for (const code of ['care_hold_lapsed', 'care_not_open', 'care_licence_over'] as const)
      expect(of({ bar: { code } })).toBe(code)
    expect(of({ takes: ['residential'] })).toBe('placement_place_kind')
    expect(of(null)).toBe('placement_place_missing')
    expect(refusal(plan(started(), 'kinship', { place: {} }))).toEqual([
      'placement_place_missing',
      'place.name',
    ])
  })

  test('no day after the eighteenth birthday', () => {
    fc.assert(
      fc.property(fc.constantFrom(...placementKinds), fc.constantFrom('from', 'until'), (kind, field) => {
        const last = '2027-01-31'
        const inside = { from: day, until: last, [field]: field === 'from' ? day : last }
        const outside = { ...inside, [field]: '2027-02-01', ...(field === 'from' ? { until: null } : {}) }
        expect(refusal(plan(started(), kind, inside, { lastChildDay: last }))).toBeNull()
        expect(refusal(plan(started(), kind, outside, { lastChildDay: last }))).toEqual([
          'placement_after_18',
          field,
        ])
      }),
    )
  })

  test('a shelter, an emergency and a protected address are written sealed, the others with the core', () => {
    const tierOf = (decision: Decision<PlacementEvent>) =>
      decision.ok ? decision.events[0]?.parts?.find((part) => part.name === 'place')?.tier : null
    const w = started()
    expect(placementKinds.map((kind) => [kind, tierOf(plan(w, kind))])).toEqual([
      ['emergency', 'T4'],
      ['kinship', 'T3'],
      ['foster', 'T3'],
      ['residential', 'T3'],
      ['shelter', 'T4'],
      ['return_to_family', 'T3'],
    ])
    w.state = { ...w.state, alerts: { ...w.state.alerts, addressProtected: true } }
    expect(tierOf(plan(w, 'kinship'))).toBe('T4')
    const decision = plan(w, 'shelter')
    expect(JSON.stringify(decision.ok && decision.events[0]?.facts)).not.toContain('Gjyshja')
  })
})

describe('one place follows another', () => {
  test('moved at the very moment, home again with four visits to come', () => {
    const w = started()
    settle(w, 'emergency')
    settle(w, 'foster')
    const [first, second] = w.state.care.placements
    expect(first).toMatchObject({ status: 'moved', endedAt: second?.startedAt })
    expect(w.state.care.exits).toEqual([])
    settle(w, 'return_to_family')
    expect(w.state.care.exits.map((one) => one.month)).toEqual([1, 3, 6, 12])
    expect(
      w.take(
        decideVisitExit(
          w.state,
          { month: 1, seenOn: day, seen: 'child', safe: 'yes', findings: 'f' },
          w.stamp('worker'),
        ),
      ),
    ).toBeNull()
    expect(fold(w.events).care.exits).toHaveLength(4)
  })

  test('a second cannot begin beside the first, nor before the end of the one before', () => {
    const w = started()
    settle(w, 'kinship')
    w.take(plan(w, 'foster'))
    const stamp = w.stamp('worker')
    const begin = { placementId: planned(w), startedAt: stamp.now }
    expect(w.take(decideBeginPlacement(w.state, begin, free('foster'), stamp))).toBe('placement_in_place')
    w.take(end(w, 'other'))
    expect(
      w.take(decideBeginPlacement(w.state, { ...begin, startedAt: at }, free('foster'), w.stamp('worker'))),
    ).toBe('placement_overlaps')
  })

  test('what it rested on is asked again on the day', () => {
    const w = started()
    w.take(plan(w, 'foster'))
    w.state = { ...w.state, measures: [measureOf('alternative_care', 'lifted')] }
    const stamp = w.stamp('worker')
    expect(
      w.take(
        decideBeginPlacement(
          w.state,
          { placementId: planned(w), startedAt: stamp.now },
          free('foster'),
          stamp,
        ),
      ),
    ).toBe('placement_basis_missing')
  })
})

describe('the end', () => {
  test('adulthood not before the day, adoption not without its decision', () => {
    const w = started()
    settle(w, 'foster')
    expect(refusal(end(w, 'adulthood', day))?.[0]).toBe('placement_still_child')
    expect(refusal(end(w, 'adulthood', '2026-11-01'))).toBeNull()
    expect(refusal(end(w, 'adoption'))?.[0]).toBe('placement_no_adoption')
    const away = end(w, 'absconded')
    expect(away.ok && away.events.map((e) => e.facts)).toMatchObject([{ reason: 'absconded', followUps: [] }])
  })

  test('a case is not closed over a child in care', () => {
    const w = started()
    w.state = { ...w.state, status: 'REVIEW', risk: 'low', measures: [measureOf('alternative_care')] }
    settle(w, 'residential')
    w.state = { ...w.state, measures: [] }
    const close = () =>
      w.take(
        decideProposeClosure(
          w.state,
          {
            reason: 'moved',
            explanation: 'e',
            childView: { kind: 'too_young' },
            caregiverView: { kind: 'declined' },
            servicesContinuing: [],
            whomToCall: 'c',
          },
          w.stamp('worker'),
        ),
      )
    expect(close()).toBe('case_placement_open')
    expect(w.take(end(w, 'other'))).toBeNull()
    expect(close()).toBeNull()
  })
})

describe('the way out of an institution', () => {
  const make = (w: World, more: object = {}) =>
    w.take(
      decideMakeLeavingPlan(
        w.state,
        {
          goal: 'foster',
          targetOn: '2027-03-01',
          why: 'w',
          steps: [{ text: 's', due: '2027-01-10' }],
          ...more,
        },
        null,
        w.stamp('worker'),
      ),
    )
  test('is planned there, one plan at a time, and reached by the move that it wanted', () => {
    const w = started()
    settle(w, 'kinship')
    expect(make(w)).toBe('placement_leaving_not_institution')
    settle(w, 'residential')
    expect(make(w, { steps: [{ text: 's', due: '2027-03-02' }] })).toBe('placement_before_start')
    expect(make(w)).toBeNull()
    expect(make(w)).toBe('placement_leaving_exists')
    const step = { leavingStepId: w.state.care.leaving!.steps[0]!.id, doneOn: null }
    expect(w.take(decideSetLeavingStep(w.state, { ...step, status: 'dropped' }, w.stamp('worker')))).toBe(
      'reason_required',
    )
    expect(w.take(decideSetLeavingStep(w.state, { ...step, status: 'done' }, w.stamp('worker')))).toBeNull()
    settle(w, 'foster')
    expect(w.events.at(-1)).toMatchObject({ type: 'LeavingPlanEnded', facts: { outcome: 'reached' } })
    expect(
      w.take(decideEndLeavingPlan(w.state, { outcome: 'stopped', reason: 'r' }, w.stamp('worker'))),
    ).toBe('placement_leaving_none')
  })
})

describe('guardianship and adoption', () => {
  const take = (w: World, step: string, more: object = {}) =>
    w.take(
      decideTakeCareStep(
        w.state,
        {
          track: ['proposed', 'filed', 'appointed', 'refused', 'ended'].includes(step)
            ? 'guardianship'
            : 'adoption',
          step,
          on: day,
          matterId: null,
          act: '12/2026',
          representativeId: null,
          childView: 'agrees',
          childWords: 'Po',
          ...more,
        } as never,
        {
          representatives: [
            { id: 'g', kind: 'legal_guardian', memberId: null, from: day, until: null, endedOn: null },
            {
              id: 'p',
              kind: 'procedural_representative',
              memberId: null,
              from: day,
              until: null,
              endedOn: null,
            },
          ],
          lastChildDay: null,
        },
        w.stamp('worker'),
      ),
    )
  test('a guardian is appointed by a court and stands in the register of representatives', () => {
    const w = started()
    expect(take(w, 'appointed')).toBe('placement_track_step')
    expect([take(w, 'proposed'), take(w, 'filed')]).toEqual([null, null])
    expect(take(w, 'appointed', { act: '' })).toBe('placement_track_court')
    expect(take(w, 'appointed', { representativeId: 'p' })).toBe('placement_track_representative')
    expect(take(w, 'appointed', { representativeId: 'g' })).toBeNull()
  })
  test('no way to an adoption leaves out the court, the committee or the child', () => {
    const w = started()
    settle(w, 'residential')
    for (const step of ['adoptability_asked', 'declared_adoptable', 'committee_registered'])
      expect(take(w, step)).toBeNull()
    expect(take(w, 'family_matched', { childView: 'not_reached' })).toBe('placement_child_not_heard')
    for (const step of ['family_matched', 'trial_living', 'adopted']) expect(take(w, step)).toBeNull()
    expect(take(w, 'stopped')).toBe('placement_track_step')
    const exit = end(w, 'adoption')
    expect(exit.ok && exit.events[0]?.facts).toMatchObject({ followUps: [{ month: 1 }, {}, {}, {}] })
  })
  test('whatever order is tried, only steps that follow are taken', () => {
    const names = ['proposed', 'filed', 'appointed', 'refused', 'ended']
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...names), { maxLength: 12 }), (tries) => {
        const w = started()
        for (const step of tries) {
          const may = nextSteps(lastStep(w.state, 'guardianship'), 'guardianship') as readonly string[]
          expect(take(w, step, { representativeId: 'g' }) === null).toBe(may.includes(step))
        }
      }),
      { numRuns: 40 },
    )
  })
})
