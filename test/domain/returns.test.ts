import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, addMonths } from '#domain/clock/tirana.ts'
import type { Stamp } from '#domain/core.ts'
import { packetConsents } from '#domain/packet/packet.ts'
import * as decide from '#domain/returns/decide.ts'
import { returnStates } from '#domain/returns/state.ts'
import { actor, allowed, begin, fold, honest, order, run, type Who, walk, willing } from './returns-life.ts'

/** Returns walked at random by four accounts: each act is decided as the rules of section 3.7 decide it, and no state is left out. */

test('no step of a return is skipped, whoever does what in whatever order; what the rules allow is never refused', () => {
  const reached = new Set<string>()
  const property = fc.property(
    fc.constantFrom('child', 'adult'),
    fc.constantFrom('incoming', 'outgoing'),
    walk,
    (subject, direction, steps) => {
      const w = begin(subject, direction)
      for (const step of steps) {
        const one = 'honest' in step ? honest(w, step.honest) : step
        if (one.verb === 'wait') {
          w.today = one.a === 11 ? addMonths(w.today, 11) : addDays(w.today, one.a)
          continue
        }
        if (one.verb === 'safety') {
          w.safety = { on: w.today, reviewOn: addDays(w.today, one.a) }
          continue
        }
        const before = structuredClone(w.r)
        const decision = run(w, one)
        const why = `${one.verb} by ${one.who} in ${before.state}: ${JSON.stringify(one)}`
        expect(decision.ok, why + (decision.ok ? '' : ` ${decision.refusal.code}`)).toBe(allowed(w, one))
        if (!decision.ok) {
          expect(w.r).toEqual(before)
          continue
        }
        for (const event of decision.events) {
          const next = fold(w.r, event, one.who)
          if (next.state !== w.r.state) expect(order[w.r.state], why).toContain(next.state)
          w.r = next
          w.done.push({ event, by: one.who, on: w.today })
        }
        reached.add(`${subject} ${direction} ${w.r.state}`)
        // A packet on consent rests on the same newest words, asked for what leaves.
        expect(packetConsents(subject, w.r.consents).ok).toBe(willing(w, 'packet'))
        // Days stand in their order, and words never ride among the facts.
        if (w.r.setOffOn !== null) expect(w.r.setOffOn >= w.r.noticeOn).toBe(true)
        if (w.r.receivedOn !== null) expect(w.r.receivedOn >= w.r.setOffOn!).toBe(true)
        for (const due of w.r.followUps) expect(due.due).toBe(addMonths(w.r.receivedOn!, due.month))
      }
    },
  )
  fc.assert(property, { numRuns: 500, seed: 20261122 })
  for (const subject of ['child', 'adult'])
    for (const direction of ['incoming', 'outgoing'])
      for (const state of returnStates.slice(1)) expect(reached).toContain(`${subject} ${direction} ${state}`)
})

test('a notice: by whoever works on returns, of an open file, from abroad, on days that can be', () => {
  const body: decide.NotifyReturn = {
    direction: 'incoming',
    country: 'IT',
    source: 'consulate',
    noticeOn: '2026-01-10',
    expectedOn: '2026-02-10',
    consulateId: null,
    counterpartId: null,
    identity: 'N',
    need: 'n',
  }
  const world: decide.NotifyContext = {
    nrmId: 'file',
    subject: 'child',
    exited: false,
    open: false,
    own: 'AL',
    noticeDays: 10,
  }
  const stampOf = (who: Who): Stamp => ({
    actor: actor(who),
    now: '2026-01-15T10:00:00.000Z',
    occurredAt: '2026-01-15T10:00:00.000Z',
    newId: () => 'id',
  })
  const code = (more: object, other: object = {}, who: Who = 'authority') => {
    const d = decide.decideNotify({ ...body, ...more }, { ...world, ...other }, stampOf(who))
    return d.ok ? d.events[0]!.facts : d.refusal.code
  }
  expect(code({}, {}, 'police')).toBe('not_allowed')
  expect(code({}, { exited: true })).toBe('return_file_ended')
  expect(code({}, { open: true })).toBe('return_open')
  expect(code({ country: 'AL' })).toBe('return_own_country')
  expect(code({ noticeOn: '2026-01-16' })).toBe('in_future')
  expect(code({ expectedOn: '2026-01-09' })).toBe('return_before_notice')
  expect(code({})).toMatchObject({ planDue: '2026-01-31', late: false })
  expect(code({ expectedOn: '2026-01-12' })).toMatchObject({ planDue: '2026-01-10', late: true })
  expect(code({}, { noticeDays: null })).toMatchObject({ planDue: null, late: false })
})
