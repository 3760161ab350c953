import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Actor, Role, Stamp } from '#domain/core.ts'
import type { IntakeRules, ReceiveBody } from '#domain/report/body.ts'
import {
  decideAdd,
  decideProtection,
  decideReceive,
  decideScreenOut,
  decideTakeUp,
  decideTriage,
  reporterStatus,
} from '#domain/report/decide.ts'
import { allowedActions, mayReport, reportTier } from '#domain/report/policy.ts'
import { applyAll, type Report, type ReportEvent, triageDecisions } from '#domain/report/state.ts'

const rules: IntakeRules = {
  concerns: ['begging', 'neglect'],
  activities: ['begging'],
  reviewDays: 30,
  receiptDays: 180,
  ownReportDays: 30,
}
const now = '2026-11-24T11:00:00.000Z'
const actor = (role: Role | 'public', over: Partial<Actor> = {}): Actor => ({
  userId: `user-${role}`,
  unitId: 'cpu',
  institutionId: 'city',
  role,
  municipality: '53',
  county: 'AL-11',
  purpose: null,
  ...over,
})
let ids = 0
const stamp = (who: Actor, at = now): Stamp => ({
  actor: who,
  now: at,
  occurredAt: at,
  newId: () => `id-${++ids}`,
})
const base: Report = {
  id: 'r',
  version: 1,
  state: 'RECEIVED',
  unitId: 'cpu',
  municipality: '53',
  source: 'school',
  immediacy: 'unknown',
  createdBy: 'user-school',
  receivedAt: now,
  triagedAt: null,
  screenOutProposedBy: null,
  screenedOutAt: null,
  protectedAt: null,
  childIds: ['c'],
}
const body: ReceiveBody = {
  source: 'school',
  channel: 'web',
  place: { municipality: '53', text: 'x' },
  immediacy: 'unknown',
  concerns: ['begging'],
  children: [{}],
}
const worker = actor('cpw', { userId: 'w1' })
const colleague = actor('cpw', { userId: 'w2' })
const world = { candidates: 0, cases: [], toCpu: { unitId: 'elsewhere', municipality: '10' } }

describe('receiving', () => {
  it('keeps names out of the facts', () => {
    const told = decideReceive(
      { ...body, narrative: 'SECRET', children: [{ givenName: 'SECRET', contact: 'SECRET' }] },
      { rules, unitId: 'cpu' },
      stamp(actor('school', { unitId: 's' })),
    )
    expect(told.ok).toBe(true)
    if (!told.ok) return
    expect(JSON.stringify(told.events.map((event) => event.facts))).not.toContain('SECRET')
    expect(JSON.stringify(told.events.map((event) => event.parts))).toContain('SECRET')
  })
  it('never writes who reported into the event', () => {
    const told = decideReceive(
      { ...body, reporter: { name: 'SECRET', mayCallBack: true } },
      { rules, unitId: 'cpu' },
      stamp(actor('public')),
    )
    expect(JSON.stringify(told)).not.toContain('SECRET')
  })
  it('needs somebody to receive it', () =>
    expect(decideReceive(body, { rules, unitId: null }, stamp(actor('school')))).toMatchObject({
      refusal: { code: 'report_unrouted' },
    }))
})

/** Every act anybody may try, in any order; a model that only counts what must never happen. */
type Act = {
  who: Actor
  kind: 'triage' | 'confirm' | 'reject' | 'take_up' | 'protect' | 'add'
  decision: (typeof triageDecisions)[number]
  days: number
}
const people = [
  worker,
  colleague,
  actor('cpu_head', { userId: 'h' }),
  actor('cpw', { userId: 'x', unitId: 'other' }),
  actor('police', { userId: 'user-school', unitId: 'p' }),
  actor('state_agency', { unitId: 'a' }),
  actor('admin', { unitId: 'z' }),
]
const act: fc.Arbitrary<Act> = fc.record({
  who: fc.constantFrom(...people),
  kind: fc.constantFrom('triage', 'confirm', 'reject', 'take_up', 'protect', 'add'),
  decision: fc.constantFrom(...triageDecisions),
  days: fc.integer({ min: 0, max: 20 }),
})
const attempt = (report: Report, { who, kind, decision }: Act, at: string) => {
  const s = stamp(who, at)
  switch (kind) {
    case 'triage':
      return decideTriage(
        report,
        { decision, immediacy: 'high', duplicatesChecked: true, reason: 'r', toUnitId: 'elsewhere' },
        world,
        s,
      )
    case 'confirm':
      return decideScreenOut(report, { agree: true }, s)
    case 'reject':
      return decideScreenOut(report, { agree: false, reason: 'r' }, s)
    case 'take_up':
      return decideTakeUp(report, rules, s)
    case 'protect':
      return decideProtection(report, s)
    case 'add':
      return decideAdd(report, { text: 't' }, s)
  }
}
const nameOf: Record<Act['kind'], ReturnType<typeof allowedActions>[number]> = {
  triage: 'triage',
  confirm: 'confirm_screen_out',
  reject: 'confirm_screen_out',
  take_up: 'take_up_again',
  protect: 'immediate_protection',
  add: 'add',
}

describe('any course of acts', () => {
  it('two people screen a child out, outsiders change nothing, settled reports stay settled, the list of acts tells the truth', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 25 }), (acts) => {
        let report = base
        let time = Date.parse(now)
        for (const one of acts) {
          time += one.days * 86_400_000
          const at = new Date(time).toISOString()
          const result = attempt(report, one, at)
          const listed = allowedActions(one.who, report).includes(nameOf[one.kind])
          if (!result.ok) {
            if (listed && !(one.kind === 'take_up' && result.refusal.code === 'report_review_over'))
              expect(result.refusal).toBe('a listed act that is refused')
            continue
          }
          expect(listed).toBe(true)
          const outsider = one.who.unitId !== 'cpu'
          if (outsider) expect(['protect', 'add']).toContain(one.kind)
          const next = applyAll(report, result.events as ReportEvent[], at)
          if (next.state === 'SCREENED_OUT' && report.state !== 'SCREENED_OUT')
            expect(report.screenOutProposedBy).not.toBe(one.who.userId)
          if (['ACCEPTED', 'REFERRED_ON', 'INFO_ONLY'].includes(report.state))
            expect(next.state).toBe(report.state)
          if (report.protectedAt !== null) expect(next.protectedAt).toBe(report.protectedAt)
          if (report.triagedAt !== null) expect(next.triagedAt).toBe(report.triagedAt)
          report = next
        }
      }),
      { seed: 3, numRuns: 500 },
    )
  })

  it('a reporter cannot tell one outcome from another', () => {
    fc.assert(
      fc.property(fc.constantFrom(...triageDecisions), fc.integer({ min: 0, max: 400 }), (decision, days) => {
        const result = decideTriage(
          base,
          { decision, immediacy: 'high', duplicatesChecked: true, reason: 'r', toUnitId: 'elsewhere' },
          world,
          stamp(worker),
        )
        if (!result.ok) throw new Error(result.refusal.code)
        const after = applyAll(base, result.events, now)
        const later = new Date(Date.parse(now) + days * 86_400_000).toISOString()
        expect(reporterStatus(after, later, rules)).toBe(days > 180 ? 'closed' : 'being_handled')
      }),
      { seed: 3 },
    )
  })
})

describe('who sees a report', () => {
  const scope = { unitId: 'cpu', createdBy: 'user-school', receivedAt: now }
  it.each([
    ['a worker of the unit', worker, 3],
    ['the same, to call back', actor('cpw', { purpose: 'callback' }), 4],
    ['a worker elsewhere', actor('cpw', { unitId: 'other', purpose: 'callback' }), 0],
    ['the State Agency', actor('state_agency', { unitId: 'a' }), 2],
    ['whoever sent it', actor('school', { unitId: 's' }), 2],
    ['somebody else of that school', actor('school', { unitId: 's', userId: 'y' }), 0],
    ['the administrator', actor('admin'), 0],
    ['the public', actor('public', { unitId: 'x' }), 0],
  ] as const)('%s: tier %#', (_, who, tier) => expect(reportTier(who, scope, now, rules)).toBe(tier))
  it('the sender for thirty days', () => {
    const sender = actor('school', { unitId: 's' })
    expect(reportTier(sender, scope, '2026-12-24T11:00:00.000Z', rules)).toBe(2)
    expect(reportTier(sender, scope, '2026-12-25T11:00:00.000Z', rules)).toBe(0)
  })
  it('bodies that oversee do not report', () => {
    expect(
      (['admin', 'dpo', 'coordinator', 'county_committee', 'plan_officer'] as const).some((role) =>
        mayReport(actor(role)),
      ),
    ).toBe(false)
    expect(mayReport(actor('public'))).toBe(true)
  })
})
