import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fold } from '#domain/case/apply.ts'
import { decideProposeClosure } from '#domain/case/closure.ts'
import {
  decideAppeal,
  decideAppealDecision,
  decideCheckExecution,
  decideCloseCourtCase,
  decideCourtDecision,
  decideFileCourtCase,
  decideHoldHearing,
  decideOpenCourtCase,
  decideReviewCourtCase,
  decideSetHearing,
  decideWriteCourtReport,
} from '#domain/case/court.ts'
import { type CourtMatter, type CourtStage, courtMatters } from '#domain/case/court-events.ts'
import {
  decideDecideMeasure,
  decideLiftMeasure,
  decideProposeMeasure,
  decideReviewMeasure,
  lastChildDay,
  type MeasureStep,
} from '#domain/case/measure.ts'
import type { MeasureKind } from '#domain/case/state.ts'
import { law, World } from './case-life.ts'

const day = '2026-11-02'
const started = () => {
  const w = new World()
  w.state = { ...w.state, status: 'PLANNING', risk: 'high' }
  return w
}
const propose = (w: World, kind: MeasureKind, last: string | null = null, parents: 'both' | 'no' = 'both') =>
  w.take(
    decideProposeMeasure(
      w.state,
      { kind, ground: 'begging', parentsCooperate: parents, reason: 'r' },
      w.stamp('worker'),
      last,
    ),
  )
const step = (
  w: World,
  name: MeasureStep,
  change: { from?: string; until?: string; parents?: 'both' | 'no' } = {},
  last: string | null = null,
) =>
  w.take(
    decideDecideMeasure(
      w.state,
      {
        measureId: w.state.measures.at(-1)?.id ?? 'none',
        step: name,
        decidedBy: 'court',
        decidedOn: day,
        from: change.from ?? day,
        until: change.until ?? null,
        courtRef: null,
        parentsCooperate: change.parents ?? 'both',
        reason: 'r',
      },
      w.stamp(name === 'issue_emergency' ? 'director' : 'worker'),
      { childUntil: last, emergencyHours: law.emergencyHours },
    ),
  )
const withBestInterests = (w: World) => {
  w.state = {
    ...w.state,
    assessments: [
      { id: 'a', form: 'best_interests', at: `${day}T08:00:00.000Z`, by: 'x', episode: w.state.episode },
    ],
  }
}

describe('no measure after the eighteenth birthday', () => {
  test('the last day of childhood: the day before the birthday, the latest where the birth is uncertain', () => {
    expect(lastChildDay({ to: '2010-03-05', year: 2010 })).toBe('2028-03-04')
    expect(lastChildDay({ to: '2008-02-29', year: null })).toBe('2026-02-27')
    expect(lastChildDay({ to: null, year: 2010 })).toBe('2028-12-30')
    expect(lastChildDay({ to: null, year: null })).toBeNull()
  })

  test('on every door: proposing, deciding, beginning, ending, extending', () => {
    expect(propose(started(), 'emergency', '2026-11-01')).toBe('case_measure_after_18')
    const w = started()
    withBestInterests(w)
    const last = '2026-12-31'
    expect(propose(w, 'alternative_care', last)).toBeNull()
    expect(step(w, 'put_in_force', { until: '2027-01-01' }, last)).toBe('case_measure_after_18')
    expect(step(w, 'put_in_force', { from: '2027-01-01' }, last)).toBe('case_measure_after_18')
    expect(step(w, 'put_in_force', { until: last }, '2026-11-01')).toBe('case_measure_after_18')
    expect(step(w, 'put_in_force', { until: last }, last)).toBeNull()
    const review = {
      measureId: w.state.measures[0]!.id,
      outcome: 'extend',
      reviewedOn: day,
      parentsCooperate: null,
      findings: 'f',
    } as const
    const extend = (until: string) =>
      w.take(decideReviewMeasure(w.state, { ...review, until }, w.stamp('worker'), last))
    expect(extend('2027-01-01')).toBe('case_measure_after_18')
    expect(extend(last)).toBeNull()
  })

  test('whatever is asked, no accepted measure reaches beyond the last day', () => {
    const days = fc
      .integer({ min: 0, max: 800 })
      .map((n) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10))
    fc.assert(
      fc.property(days, days, days, (last, from, until) => {
        const w = started()
        withBestInterests(w)
        if (propose(w, 'alternative_care', last) !== null) {
          expect(day > last).toBe(true)
          return
        }
        const said = step(w, 'put_in_force', { from, until }, last)
        if (said === null) expect([day <= last, from <= until, until <= last]).toEqual([true, true, true])
        else expect(day > last || until < from || from > last || until > last).toBe(true)
      }),
    )
  })
})

describe('a measure over its life', () => {
  test('an emergency stands 72 hours, goes to court, is confirmed, comes into force, is reviewed, ends', () => {
    const w = started()
    expect(propose(w, 'emergency', null, 'no')).toBeNull()
    expect(step(w, 'put_in_force')).toBe('case_measure_step')
    expect(step(w, 'issue_emergency', { until: '2026-11-06' })).toBe('case_emergency_too_long')
    expect(step(w, 'issue_emergency', { until: '2026-11-05' })).toBeNull()
    expect(step(w, 'confirm')).toBe('case_measure_step')
    expect(step(w, 'file_court')).toBeNull()
    expect(step(w, 'confirm')).toBeNull()
    expect(step(w, 'put_in_force')).toBeNull()
    const review = (outcome: 'begin' | 'continue' | 'extend', until: string | null = null) =>
      w.take(
        decideReviewMeasure(
          w.state,
          {
            measureId: w.state.measures[0]!.id,
            outcome,
            reviewedOn: day,
            until,
            parentsCooperate: null,
            findings: 'f',
          },
          w.stamp('worker'),
        ),
      )
    expect(review('begin')).toBeNull()
    expect(review('begin')).toBe('case_measure_step')
    expect(review('extend')).toBe('reason_required')
    expect(review('extend', '2027-01-01')).toBeNull()
    expect(w.state.measures[0]?.status).toBe('in_force')
  })

  test('supervision ends where no parent cooperates any more, and another measure takes its place', () => {
    const w = started()
    withBestInterests(w)
    expect(propose(w, 'specialised_supervision', null, 'no')).toBe('case_measure_no_cooperation')
    expect(propose(w, 'specialised_supervision')).toBeNull()
    expect(step(w, 'put_in_force', { parents: 'no' })).toBe('case_measure_no_cooperation')
    expect(step(w, 'put_in_force')).toBeNull()
    const measureId = w.state.measures[0]!.id
    const go = { measureId, reviewedOn: day, until: null, findings: 'f' }
    expect(
      w.take(
        decideReviewMeasure(
          w.state,
          { ...go, outcome: 'continue', parentsCooperate: 'no' },
          w.stamp('worker'),
        ),
      ),
    ).toBe('case_measure_no_cooperation')
    const end = (replacedBy: string) =>
      w.take(
        decideLiftMeasure(
          w.state,
          { measureId, status: 'replaced', endedOn: day, replacedBy, reason: 'r' },
          w.stamp('worker'),
        ),
      )
    expect(end(measureId)).toBe('case_measure_not_replaced')
    expect(propose(w, 'alternative_care')).toBeNull()
    expect(end(w.state.measures[1]!.id)).toBeNull()
  })
})

const open = (w: World, matter: CourtMatter = 'custody', measureId: string | null = null) =>
  w.take(decideOpenCourtCase(w.state, { matter, measureId, court: 'Gjykata', claim: 'c' }, w.stamp('worker')))
const courtId = (w: World) => w.state.courts.at(-1)?.id ?? 'none'
const report = (w: World) =>
  w.take(decideWriteCourtReport(w.state, { courtId: courtId(w), report: 'sensitive' }, w.stamp('worker')))
const file = (w: World) =>
  w.take(
    decideFileCourtCase(
      w.state,
      { courtId: courtId(w), filedOn: day, courtRef: '7/2026' },
      w.stamp('worker'),
    ),
  )
const decide = (
  w: World,
  outcome: 'granted' | 'refused' = 'granted',
  until: string | null = null,
  last: string | null = null,
) =>
  w.take(
    decideCourtDecision(
      w.state,
      {
        courtId: courtId(w),
        outcome,
        decidedOn: day,
        from: day,
        until,
        reviewOn: '2026-12-01',
        reasons: 'r',
      },
      w.stamp('worker'),
      law,
      last,
    ),
  )

describe('before the court', () => {
  test('the file goes with its psycho-social report, which lies sealed', () => {
    const w = started()
    expect(open(w)).toBeNull()
    expect(file(w)).toBe('court_report_missing')
    expect(report(w)).toBeNull()
    expect(w.events.at(-1)?.parts).toMatchObject([{ tier: 'T4', name: 'report' }])
    expect(file(w)).toBeNull()
    expect(file(w)).toBe('court_step')
  })

  test('the check of an emergency measure goes ahead of its report and carries the measure with it', () => {
    const w = started()
    expect(open(w, 'emergency_measure')).toBe('court_needs_measure')
    expect(propose(w, 'emergency', null, 'no')).toBeNull()
    expect(step(w, 'issue_emergency')).toBeNull()
    const measureId = w.state.measures[0]!.id
    expect(open(w, 'emergency_measure', measureId)).toBeNull()
    expect(open(w, 'placement', measureId)).toBe('court_measure_taken')
    expect(file(w)).toBeNull()
    expect(w.state.measures[0]?.status).toBe('court_filed')
    expect(decide(w)).toBeNull()
    expect(w.state.measures[0]?.status).toBe('court_confirmed')
  })

  test('a refusal ends the measure that was asked for', () => {
    const w = started()
    expect(propose(w, 'alternative_care')).toBeNull()
    expect(open(w, 'placement', w.state.measures[0]!.id)).toBeNull()
    expect([report(w), file(w), decide(w, 'refused')]).toEqual([null, null, null])
    expect(w.state.measures[0]?.status).toBe('refused')
    expect(w.state.courts[0]).toMatchObject({ checkOn: null, reviewOn: null })
  })

  test('hearings, a decision within childhood, appeal in time, execution until it is carried out', () => {
    const w = started()
    expect([open(w), report(w), file(w)]).toEqual([null, null, null])
    const hearing = (hearingAt: string) =>
      w.take(decideSetHearing(w.state, { courtId: courtId(w), hearingAt }, w.stamp('worker')))
    const hold = () =>
      w.take(
        decideHoldHearing(
          w.state,
          { courtId: courtId(w), held: true, workerAttended: true, childHeard: 'heard' },
          w.stamp('worker'),
        ),
      )
    expect(hold()).toBe('court_no_hearing')
    expect(hearing('2026-11-01T09:00:00.000Z')).toBe('court_hearing_past')
    expect(hearing('2026-11-05T09:00:00.000Z')).toBeNull()
    expect(hold()).toBe('court_hearing_to_come')
    expect(hearing('2026-11-02T12:00:00.000Z')).toBeNull()
    expect(hold()).toBeNull()
    expect(decide(w, 'granted', '2027-06-01', '2027-05-31')).toBe('case_measure_after_18')
    const closing = {
      reason: 'goals_met',
      explanation: 'e',
      childView: { kind: 'declined' },
      caregiverView: { kind: 'declined' },
      servicesContinuing: [],
      whomToCall: 'c',
    } as const
    const low = { ...w.state, status: 'REVIEW', risk: 'low' } as const
    expect(decideProposeClosure(low, closing, w.stamp('worker'))).toMatchObject({
      refusal: { code: 'case_court_open' },
    })
    expect(decide(w)).toBeNull()
    expect(w.state.courts[0]).toMatchObject({ appealUntil: '2026-11-17', checkOn: '2026-12-02' })
    const close = (how: 'final' | 'withdrawn') =>
      w.take(decideCloseCourtCase(w.state, { courtId: courtId(w), how }, w.stamp('worker')))
    expect(close('final')).toBe('court_appeal_open')
    expect(close('withdrawn')).toBe('court_step')
    const appeal = (appealedOn: string) =>
      w.take(decideAppeal(w.state, { courtId: courtId(w), appellant: 'unit', appealedOn }, w.stamp('worker')))
    expect(appeal('2026-11-01')).toBe('court_before_filing')
    expect(appeal(day)).toBeNull()
    const appealed = (outcome: 'upheld' | 'returned') =>
      w.take(
        decideAppealDecision(
          w.state,
          { courtId: courtId(w), outcome, decidedOn: day, reasons: 'r' },
          w.stamp('worker'),
        ),
      )
    expect(appealed('returned')).toBeNull()
    expect(w.state.courts[0]).toMatchObject({ stage: 'filed', outcome: null })
    expect(decide(w)).toBeNull()
    expect(appeal(day)).toBeNull()
    expect(appealed('upheld')).toBeNull()
    const check = (execution: 'hindered' | 'carried_out', hindrance: 'no_place' | null) =>
      w.take(
        decideCheckExecution(
          w.state,
          { courtId: courtId(w), checkedOn: day, execution, hindrance, findings: 'f' },
          w.stamp('worker'),
          law,
        ),
      )
    expect(check('hindered', null)).toBe('reason_required')
    expect(check('hindered', 'no_place')).toBeNull()
    expect(w.state.courts[0]?.checkOn).toBe('2026-12-02')
    expect(check('carried_out', null)).toBeNull()
    expect(w.state.courts[0]?.checkOn).toBeNull()
    expect(
      w.take(
        decideReviewCourtCase(
          w.state,
          { courtId: courtId(w), reviewedOn: day, outcome: 'stands', nextOn: '2027-02-01', findings: 'f' },
          w.stamp('worker'),
        ),
      ),
    ).toBeNull()
  })

  /** Every way between stages, written apart from the code. */
  const drawn: Record<CourtStage, readonly CourtStage[]> = {
    prepared: ['filed', 'withdrawn'],
    filed: ['decided', 'withdrawn'],
    decided: ['appealed', 'final'],
    appealed: ['filed', 'final'],
    final: [],
    withdrawn: [],
  }
  test('random courses keep to the drawn ways, fold back to the same, and never file without a report', () => {
    const acts = [
      'report',
      'file',
      'hearing',
      'decide',
      'refuse',
      'appeal',
      'uphold',
      'return',
      'withdraw',
      'final',
      'check',
    ] as const
    fc.assert(
      fc.property(
        fc.constantFrom(...courtMatters),
        fc.array(fc.constantFrom(...acts), { maxLength: 14 }),
        (matter, course) => {
          const w = new World()
          const id = () => ({ courtId: courtId(w) })
          if (open(w, matter) !== null) return
          for (const act of course) {
            const before = w.state.courts[0]!
            const stamp = () => w.stamp('worker')
            const moves = {
              report: () => report(w),
              file: () => file(w),
              hearing: () =>
                w.take(
                  decideSetHearing(w.state, { ...id(), hearingAt: '2026-12-01T09:00:00.000Z' }, stamp()),
                ),
              decide: () => decide(w),
              refuse: () => decide(w, 'refused'),
              appeal: () =>
                w.take(decideAppeal(w.state, { ...id(), appellant: 'parent', appealedOn: day }, stamp())),
              uphold: () =>
                w.take(
                  decideAppealDecision(
                    w.state,
                    { ...id(), outcome: 'upheld', decidedOn: day, reasons: 'r' },
                    stamp(),
                  ),
                ),
              return: () =>
                w.take(
                  decideAppealDecision(
                    w.state,
                    { ...id(), outcome: 'returned', decidedOn: day, reasons: 'r' },
                    stamp(),
                  ),
                ),
              withdraw: () =>
                w.take(decideCloseCourtCase(w.state, { ...id(), how: 'withdrawn', reason: 'r' }, stamp())),
              final: () => w.take(decideCloseCourtCase(w.state, { ...id(), how: 'final' }, stamp())),
              check: () =>
                w.take(
                  decideCheckExecution(
                    w.state,
                    { ...id(), checkedOn: day, execution: 'under_way', hindrance: null, findings: 'f' },
                    stamp(),
                    law,
                  ),
                ),
            }
            moves[act]()
            const after = w.state.courts[0]!
            if (after.stage !== before.stage) expect(drawn[before.stage]).toContain(after.stage)
            if (after.filedOn !== null) expect(after.reportOn).not.toBeNull()
            if (after.checkOn !== null)
              expect(after.outcome === null || after.outcome !== 'refused').toBe(true)
          }
          expect(fold(w.events)).toEqual(w.state)
        },
      ),
      { numRuns: 120 },
    )
  })
})
