import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decideHoldConference, type HoldConference } from '#domain/case/conference.ts'
import {
  decideCallConference,
  decideCancelConference,
  decideMissQuorum,
  decidePostponeConference,
  decideTurnResolution,
  holdsName,
  invitationBar,
} from '#domain/case/gtn.ts'
import { decideApprovePlan, decideDraftPlan } from '#domain/case/plan.ts'
import { cast, durres, law, tirana, type Who, World } from './case-life.ts'

const institution = (n: number) => `10000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const units = [tirana, durres].map((unitId, n) => ({ unitId, institutionId: institution(n) }))
const later = '2026-11-03T09:00:00.000Z'
const call = { plannedAt: later, place: 'Bashki, salla 2', units }
const came = (n: number, present = true) => ({
  institutionId: institution(n),
  present,
  absence: present ? null : ('no_reply' as const),
})
const minutes: HoldConference = {
  heldOn: '2026-11-02',
  attendance: [came(0), came(1)],
  childPart: 'was_heard',
  familyPart: 'not_invited',
  familyWhyNot: 'unsafe',
  decisions: ['other'],
  minutes: 'U fol.',
}
const started = () => {
  const w = new World()
  w.state = { ...w.state, status: 'PLANNING', risk: 'high' }
  return w
}
const callOf = (w: World, who: Who = 'worker') =>
  w.take(decideCallConference(w.state, call, w.stamp(who), law, ['Ardi', 'Çela']))
const called = () => {
  const w = started()
  expect(callOf(w)).toBeNull()
  return w
}

describe('calling the group', () => {
  test('says where and when, and to whom; one meeting at a time', () => {
    const w = called()
    expect(w.state.gtn.call).toMatchObject({ plannedAt: later, postponed: 0 })
    expect(w.state.gtn.call?.called.map((one) => one.institutionId)).toEqual([institution(0), institution(1)])
    expect(callOf(w)).toBe('case_conference_called')
    const { facts, parts } = w.events.at(-1)!
    expect(JSON.stringify(facts)).not.toContain('salla')
    expect(parts).toMatchObject([{ tier: 'T3', name: 'place' }])
  })

  test('the director of social services may call it too; a colleague or another unit may not', () => {
    expect(callOf(started(), 'director')).toBeNull()
    expect(callOf(started(), 'colleague')).toBe('case_not_yours')
    expect(callOf(started(), 'otherHead')).toBe('not_allowed')
  })

  test('too few institutions, a time gone by, a name in the place', () => {
    const w = started()
    const by = (change: object, names: readonly string[] = []) =>
      w.take(decideCallConference(w.state, { ...call, ...change }, w.stamp('worker'), law, names))
    expect(by({ units: units.slice(0, 1) })).toBe('case_conference_few_called')
    expect(by({ plannedAt: '2026-11-01T09:00:00.000Z' })).toBe('case_conference_past')
    expect(by({ place: 'Te shtëpia e Ardit, familja Cela' }, ['Ardi', 'Çela'])).toBe('case_invitation_names')
  })

  test('a name is found in any case, bent as Albanian bends it, with and without its marks', () => {
    const word = fc.stringMatching(/^[a-zëç]{3,10}$/)
    fc.assert(
      fc.property(word, word, word, (name, before, after) => {
        expect(holdsName(`${before} ${name.toUpperCase()}, ${after}`, [name])).toBe(true)
      }),
    )
    for (const said of ['për Ardin', 'e Ardit', 'te Çelat', 'familja Cela'])
      expect(holdsName(said, ['Ardi', 'Çela']), said).toBe(true)
    for (const said of ['Bashki, salla 2', 'Ardhmëria, kati 3', 'Qendra e celularëve'])
      expect(holdsName(said, ['Ardi', 'Çela']), said).toBe(false)
  })

  test('postponed it is told anew; cancelled it is gone', () => {
    const w = called()
    const conferenceId = w.state.gtn.call!.id
    const move = {
      conferenceId,
      plannedAt: '2026-11-04T09:00:00.000Z',
      place: 'Salla 3',
      reason: 'safety',
    } as const
    expect(w.take(decidePostponeConference(w.state, move, w.stamp('head'), []))).toBeNull()
    expect(w.state.gtn.call).toMatchObject({ plannedAt: move.plannedAt, postponed: 1 })
    expect(
      w.take(decideCancelConference(w.state, { conferenceId, reason: 'other' }, w.stamp('head'))),
    ).toBeNull()
    expect(w.state.gtn.call).toBeNull()
    expect(w.take(decideCancelConference(w.state, { conferenceId, reason: 'other' }, w.stamp('head')))).toBe(
      'case_conference_not_called',
    )
  })
})

describe('the meeting', () => {
  const hold = (w: World, change: Partial<HoldConference> = {}) =>
    w.take(
      decideHoldConference(
        w.state,
        { ...minutes, conferenceId: w.state.gtn.call?.id ?? null, ...change },
        w.stamp('worker'),
        law,
      ),
    )

  test('everybody who was called came or is written down as absent', () => {
    const w = called()
    expect(hold(w, { attendance: [came(0)] })).toBe('case_conference_unaccounted')
    expect(hold(w, { attendance: [came(0), came(1, false)] })).toBe('case_conference_quorum')
    expect(hold(w)).toBeNull()
    expect(w.state.gtn.call).toBeNull()
    expect(w.state.conferences).toMatchObject([{ present: 2, absent: 0 }])
  })

  test('too few: absences stand, nothing is decided, the group is called again', () => {
    const w = called()
    const body = { conferenceId: w.state.gtn.call!.id, heldOn: '2026-11-02', attendance: [came(0), came(1)] }
    expect(w.take(decideMissQuorum(w.state, body, w.stamp('worker'), law))).toBe('case_conference_has_quorum')
    const few = { ...body, attendance: [came(0), came(1, false)] }
    expect(w.take(decideMissQuorum(w.state, few, w.stamp('worker'), law))).toBeNull()
    expect(w.events.slice(-2).map((e) => e.type)).toEqual(['ConferenceWithoutQuorum', 'MemberAbsent'])
    expect(w.state.conferences).toMatchObject([{ quorate: false, decisions: [] }])
    expect(callOf(w)).toBeNull()
  })

  test('who was not called is not called for a reason', () => {
    const w = called()
    expect(hold(w, { childPart: 'not_invited' })).toBe('reason_required')
    expect(hold(w, { familyPart: 'not_invited', familyWhyNot: null })).toBe('reason_required')
    expect(hold(w, { familyPart: 'not_invited', familyWhyNot: 'unsafe' })).toBeNull()
  })

  test('sealed minutes put nothing that was said into the identified tier', () => {
    const w = called()
    expect(hold(w, { sensitive: true, childWords: 'Kam frikë' })).toBeNull()
    const { parts } = w.events.find((e) => e.type === 'ConferenceHeld')!
    expect(parts?.filter((p) => p.tier === 'T4').map((p) => p.name)).toEqual(['minutes', 'childWords'])
    expect(parts?.filter((p) => p.tier === 'T3')).toEqual([])
  })
})

describe('what was resolved', () => {
  const resolution = {
    text: 'Shkolla e regjistron',
    service: 'education',
    institutionId: institution(1),
    due: '2026-12-01',
    goalId: null,
    costLek: null,
    funding: null,
  }
  const planned = () => {
    const w = started()
    w.state = {
      ...w.state,
      assessments: [
        { id: 'a', form: 'best_interests', at: later, by: cast.worker.userId, episode: w.state.episode },
      ],
    }
    expect(
      w.take(
        decideDraftPlan(
          w.state,
          { goals: [{ area: 'education', text: 'g', actions: [] }] },
          w.stamp('worker'),
        ),
      ),
    ).toBeNull()
    return w
  }
  const meet = (
    w: World,
    resolutions: HoldConference['resolutions'],
    decisions: HoldConference['decisions'],
  ) =>
    w.take(
      decideHoldConference(
        w.state,
        { ...minutes, decisions, ...(resolutions === undefined ? {} : { resolutions }) },
        w.stamp('worker'),
        law,
      ),
    )

  test('with a goal it is an action at once, and the same minutes approve the plan with it', () => {
    const w = planned()
    const goalId = w.state.plan!.goals[0]!.id
    expect(meet(w, [{ ...resolution, goalId: 'none' }], ['approve_plan'])).toBe('case_goal_unknown')
    expect(meet(w, [{ ...resolution, goalId, costLek: 0, funding: 'no_cost' }], ['approve_plan'])).toBeNull()
    expect(w.state.plan?.actions).toMatchObject([{ institutionId: institution(1), due: '2026-12-01' }])
    const conferenceId = w.state.conferences[0]!.id
    expect(
      w.take(decideApprovePlan(w.state, { conferenceId, childView: 'agrees' }, w.stamp('head'), law)),
    ).toBeNull()
    expect(w.state.status).toBe('PLAN_ACTIVE')
  })

  test('without a goal it waits, and becomes one action, once, with the institution and day of the minutes', () => {
    const w = planned()
    expect(meet(w, [resolution], ['other'])).toBeNull()
    const [waiting] = w.state.gtn.resolutions
    const turn = {
      resolutionId: waiting!.id,
      goalId: w.state.plan!.goals[0]!.id,
      text: 'x',
      costLek: null,
      funding: null,
    }
    expect(w.take(decideTurnResolution(w.state, turn, w.stamp('head')))).toBe('case_not_yours')
    expect(w.take(decideTurnResolution(w.state, turn, w.stamp('worker')))).toBeNull()
    expect(w.state.plan?.actions).toMatchObject([{ institutionId: institution(1), due: '2026-12-01' }])
    expect(w.take(decideTurnResolution(w.state, turn, w.stamp('worker')))).toBe('case_resolution_unknown')
  })

  test('into a plan in force only with its cost and source', () => {
    const w = planned()
    const goalId = w.state.plan!.goals[0]!.id
    w.state = { ...w.state, status: 'PLAN_ACTIVE', plan: { ...w.state.plan!, status: 'approved' } }
    expect(meet(w, [{ ...resolution, goalId }], ['other'])).toBe('case_action_incomplete')
    expect(meet(w, [{ ...resolution, goalId, costLek: 100, funding: 'state' }], ['other'])).toBeNull()
    expect(w.state.plan?.actions).toHaveLength(1)
  })

  test('minutes approve the plan as it lay on the table: any order of acts keeps that', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('resolve', 'approve', 'other'), { maxLength: 6 }), (acts) => {
        const w = planned()
        const goalId = w.state.plan!.goals[0]!.id
        for (const act of acts)
          meet(
            w,
            act === 'resolve' ? [{ ...resolution, goalId, costLek: 0, funding: 'no_cost' }] : [],
            act === 'approve' ? ['approve_plan'] : ['other'],
          )
        const approving = w.state.conferences.filter((c) => c.decisions.includes('approve_plan')).at(-1)
        if (approving === undefined || w.state.plan!.actions.length === 0) return
        const refusal = w.take(
          decideApprovePlan(
            w.state,
            { conferenceId: approving.id, childView: 'agrees' },
            w.stamp('worker'),
            law,
          ),
        )
        const changedAfter = acts.lastIndexOf('resolve') > acts.lastIndexOf('approve')
        expect(refusal).toBe(changedAfter ? 'case_conference_not_approving' : null)
      }),
      { numRuns: 60 },
    )
  })
})

test('an invitation is answered until its meeting begins', () => {
  expect(invitationBar({ state: 'open', plannedAt: later }, '2026-11-02T09:00:00.000Z')).toBeNull()
  expect(invitationBar({ state: 'open', plannedAt: later }, '2026-11-04T09:00:00.000Z')?.refusal.code).toBe(
    'invitation_over',
  )
  expect(invitationBar({ state: 'cancelled', plannedAt: later }, '2026-11-02T09:00:00.000Z')).not.toBeNull()
})
