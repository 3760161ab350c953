import fc from 'fast-check'
import { addDays, addMonths, tiranaDay } from '#domain/clock/tirana.ts'
import type { Actor, Day, Decision, Role, Stamp } from '#domain/core.ts'
import * as decide from '#domain/returns/decide.ts'
import * as journey from '#domain/returns/journey.ts'
import type { Return, ReturnEvent, ReturnState } from '#domain/returns/state.ts'

/** The rules of section 3.7 written down once more, apart from the program: what may be done follows from what was done so far. */

export const order: Readonly<Record<ReturnState, readonly ReturnState[]>> = {
  NOTIFIED: ['ASSESSED', 'REFUSED'],
  ASSESSED: ['ASSESSED', 'PLAN_AGREED', 'REFUSED'],
  PLAN_AGREED: ['ASSESSED', 'PLAN_AGREED', 'TRAVEL', 'REFUSED'],
  TRAVEL: ['RECEIVED'],
  RECEIVED: ['HANDED_TO_CASE'],
  HANDED_TO_CASE: ['MONITORED'],
  MONITORED: [],
  REFUSED: [],
}
const people = {
  worker: ['cpw', 'cpu'],
  head: ['cpu_head', 'cpu'],
  authority: ['responsible_authority', 'ap'],
  police: ['police', 'station'],
} as const satisfies Record<string, readonly [Role, string]>
export type Who = keyof typeof people
const whos = Object.keys(people) as Who[]
export const actor = (who: Who): Actor => ({
  userId: who,
  role: people[who][0],
  unitId: people[who][1],
  institutionId: people[who][1],
  municipality: null,
  county: null,
  purpose: null,
})

type Who3 = 'adult' | 'child' | 'representative'
interface Act {
  readonly verb:
    | 'wait'
    | 'assess'
    | 'determine'
    | 'sign'
    | 'consent'
    | 'withdraw'
    | 'safety'
    | 'plan'
    | 'set_off'
    | 'arrive'
    | 'hand_over'
    | 'visit'
    | 'refuse'
  readonly who: Who
  /** Days from today, of the day that the act names. */
  readonly day: number
  /** Chances of the act, read as each verb needs them. */
  readonly a: number
  readonly b: number
  readonly yes: boolean
}
const act: fc.Arbitrary<Act> = fc.record({
  verb: fc.constantFrom<Act['verb'][]>(
    'wait',
    'assess',
    'determine',
    'sign',
    'consent',
    'withdraw',
    'safety',
    'plan',
    'set_off',
    'arrive',
    'hand_over',
    'visit',
    'refuse',
  ),
  who: fc.constantFrom(...whos),
  day: fc.constantFrom(0, 0, 0, -1, -3, 1, -400),
  a: fc.nat(11),
  b: fc.nat(11),
  yes: fc.boolean(),
})
/** Half of the walk takes the next honest step, so that the end is reached; the other half does anything. */
export const walk = fc.array(fc.oneof(fc.record({ honest: fc.nat(3) }), act), { minLength: 8, maxLength: 45 })

interface World {
  r: Return
  today: Day
  safety: { on: Day; reviewOn: Day } | null
  n: number
  /** What was accepted, in order: all that the rules below look at. */
  done: { event: ReturnEvent; by: Who; on: Day }[]
}
export const begin = (subject: 'child' | 'adult', direction: 'incoming' | 'outgoing'): World => ({
  r: {
    id: 'r',
    code: 'KTH-2026-0001',
    version: 1,
    nrmId: 'file',
    caseId: subject === 'child' ? 'case' : null,
    subject,
    direction,
    country: 'XK',
    state: 'NOTIFIED',
    noticeOn: '2026-01-10',
    expectedOn: '2026-02-10',
    consulateId: null,
    setOffOn: null,
    receivedOn: null,
    determinations: [],
    consents: [],
    escorts: 0,
    followUps: [],
  },
  today: '2026-01-15',
  safety: null,
  n: 0,
  done: [],
})

/** As the rows keep it (src/server/returns/store.ts). */
export const fold = (r: Return, event: ReturnEvent, by: Who): Return => {
  switch (event.type) {
    case 'ReturnAssessed':
      return { ...r, state: 'ASSESSED' }
    case 'ReturnDetermined': {
      const { determinationId: id, outcome, members } = event.facts
      const one = { id, outcome, members, by, byUnit: people[by][1], signedBy: null }
      return { ...r, determinations: [...r.determinations, one] }
    }
    case 'ReturnMinutesSigned': {
      const determinations = r.determinations.map((one) =>
        one.id === event.facts.determinationId ? { ...one, signedBy: by } : one,
      )
      return { ...r, determinations }
    }
    case 'ReturnConsented': {
      const { consentId: id, who, answer, covers } = event.facts
      return { ...r, consents: [...r.consents, { id, who, answer, covers, withdrawnAt: null }] }
    }
    case 'ReturnConsentWithdrawn': {
      const consents = r.consents.map((one) =>
        one.id === event.facts.consentId ? { ...one, withdrawnAt: '2026-01-15T10:00:00.000Z' } : one,
      )
      return { ...r, consents, state: event.facts.to }
    }
    case 'ReturnPlanned':
      return { ...r, state: 'PLAN_AGREED', escorts: event.facts.escorts.length }
    case 'ReturnSetOff':
      return { ...r, state: 'TRAVEL', setOffOn: tiranaDay(event.facts.at) }
    case 'ReturnReceived':
      return {
        ...r,
        state: 'RECEIVED',
        receivedOn: event.facts.on,
        followUps: event.facts.followUps.map((one) => ({ ...one, seenOn: null })),
      }
    case 'ReturnHandedOver':
      return { ...r, state: 'HANDED_TO_CASE' }
    case 'ReturnFollowedUp': {
      const { month, seenOn, last } = event.facts
      const followUps = r.followUps.map((one) => (one.month === month ? { ...one, seenOn } : one))
      return { ...r, followUps, state: last ? 'MONITORED' : r.state }
    }
    case 'ReturnRefused':
      return { ...r, state: 'REFUSED' }
    default:
      return r
  }
}

const panels = [
  ['child_protection', 'psychologist', 'police'],
  ['child_protection', 'psychologist', 'lawyer', 'health'],
  ['police', 'police', 'police'],
  ['child_protection', 'psychologist'],
] as const
const outcomes = ['return', 'stay', 'postpone'] as const
const at = <T>(list: readonly T[], n: number): T => list[n % list.length]!
/** Whose word, which answer, on what: read from the two chances of an act. */
const consentOf = ({ a, b }: Act) => ({
  who: at<Who3>(['adult', 'child', 'representative'], a),
  answer: at(['given', 'given', 'refused', 'too_young'] as const, b),
  covers: a < 9 ? (['return', 'packet'] as const) : (['packet'] as const),
})
const unitKinds = [null, 'social_service', 'shelter', 'school'] as const
const months = [1, 3, 6, 12] as const

export const run = (w: World, one: Act): Decision<ReturnEvent> => {
  const now = `${w.today}T10:00:00.000Z`
  const on = addDays(w.today, one.day)
  const stamp: Stamp = { actor: actor(one.who), now, occurredAt: now, newId: () => `id-${++w.n}` }
  const id = `id-${++w.n}`
  switch (one.verb) {
    case 'assess':
      return decide.decideAssess(
        w.r,
        { risk: 'low', on, hazards: 'x', ...(one.yes ? { interests: 'y' } : {}) },
        stamp,
      )
    case 'determine': {
      const members = at(panels, one.b).map((profession) => ({ profession, name: 'N' }))
      const body = {
        determinationId: id,
        heldOn: on,
        outcome: at(outcomes, one.a),
        members,
        minutes: 'm',
        childWords: 'c',
      }
      return decide.decideDetermine(w.r, body, stamp)
    }
    case 'sign': {
      const known = one.a < 9 ? w.r.determinations.at(-1) : w.r.determinations[0]
      return decide.decideSignMinutes(w.r, { determinationId: known?.id ?? 'none' }, stamp)
    }
    case 'consent': {
      const body = { consentId: id, ...consentOf(one), on, representativeId: 'rep', words: 'w' }
      return decide.decideConsent(w.r, body, { representative: one.yes }, stamp)
    }
    case 'withdraw':
      return decide.decideWithdraw(
        w.r,
        { consentId: w.r.consents.at(-1 - (one.a % 2))?.id ?? 'none', words: 'w' },
        [],
        stamp,
      )
    case 'plan': {
      const escorts = one.a < 8 ? [{ role: 'social_worker' as const, name: 'N' }] : []
      const counterpartId = one.b < 8 ? 'abroad' : null
      return decide.decidePlan(
        w.r,
        { travelOn: on, mode: 'road', borderId: null, counterpartId, plan: 'p', escorts, costs: [] },
        stamp,
      )
    }
    case 'set_off':
      return journey.decideSetOff(w.r, { at: `${on}T09:00:00.000Z` }, w.safety, stamp)
    case 'arrive':
      return journey.decideArrive(w.r, { on, receivedBy: 'N' }, stamp)
    case 'hand_over': {
      const body = { on, unitId: 'u', counterpartId: one.b < 8 ? 'abroad' : null, words: 'w' }
      const world = {
        unitKind: at(unitKinds, one.a),
        caseOpen: one.yes,
        reportId: one.b % 4 === 0 ? 'report' : null,
      }
      return journey.decideHandOver(w.r, body, world, stamp)
    }
    case 'visit': {
      const facts = {
        seen: 'person',
        safe: 'yes',
        home: 'yes',
        school: 'yes',
        job: 'yes',
        network: 'yes',
      } as const
      return journey.decideFollowUp(
        w.r,
        { month: at(months, one.a), seenOn: on, ...facts, findings: 'f' },
        stamp,
      )
    }
    default:
      return journey.decideRefuse(w.r, { why: one.yes ? 'best_interests' : 'unsafe', words: 'w' }, stamp)
  }
}

type Of<T extends ReturnEvent['type']> = Extract<ReturnEvent, { type: T }>
const history = (w: World) => {
  const all = <T extends ReturnEvent['type']>(type: T) =>
    w.done.filter((one): one is World['done'][number] & { event: Of<T> } => one.event.type === type)
  return { all, last: <T extends ReturnEvent['type']>(type: T) => all(type).at(-1) }
}
/** The panel's newest word is "return", three professions sat, and somebody of another unit signed. */
const determined = (w: World): boolean => {
  const { all, last } = history(w)
  const panel = last('ReturnDetermined')
  if (panel === undefined) return false
  const signed = all('ReturnMinutesSigned').find(
    (one) => one.event.facts.determinationId === panel.event.facts.determinationId,
  )
  return (
    panel.event.facts.outcome === 'return' &&
    new Set(panel.event.facts.members).size >= 3 &&
    signed !== undefined &&
    people[signed.by][1] !== people[panel.by][1]
  )
}
/** The newest word of this person about this, unless it was taken back. */
const saidYes = (w: World, who: Who3, about: 'return' | 'packet', enough: readonly string[]): boolean => {
  const { all } = history(w)
  const said = all('ReturnConsented').findLast(
    ({ event }) => event.facts.who === who && event.facts.covers.includes(about),
  )?.event.facts
  const back = all('ReturnConsentWithdrawn').some(({ event }) => event.facts.consentId === said?.consentId)
  return said !== undefined && !back && enough.includes(said.answer)
}
export const willing = (w: World, about: 'return' | 'packet'): boolean =>
  w.r.subject === 'adult'
    ? saidYes(w, 'adult', about, ['given'])
    : saidYes(w, 'child', about, ['given', 'too_young']) && saidYes(w, 'representative', about, ['given'])
const mayGo = (w: World): boolean => willing(w, 'return') && (w.r.subject === 'adult' || determined(w))

/** What the specification says to this act, from the history alone. */
export const allowed = (w: World, one: Act): boolean => {
  const { r, today } = w
  const { all, last } = history(w)
  const on = addDays(today, one.day)
  if (one.who === 'police') return false
  const left = last('ReturnSetOff') !== undefined
  const refused = last('ReturnRefused') !== undefined
  const staying = !left && !refused
  const assessed = last('ReturnAssessed') !== undefined
  const child = r.subject === 'child'
  const past = on <= today
  switch (one.verb) {
    case 'assess':
      return staying && past && (!child || one.yes)
    case 'determine':
      return child && staying && assessed && past && new Set<string>(at(panels, one.b)).size >= 3
    case 'sign': {
      const panel = last('ReturnDetermined')
      const first = one.a < 9 || all('ReturnDetermined').length === 1
      const signed = all('ReturnMinutesSigned').some(
        ({ event }) => event.facts.determinationId === panel?.event.facts.determinationId,
      )
      return staying && panel !== undefined && first && !signed && people[panel.by][1] !== people[one.who][1]
    }
    case 'consent': {
      const { who, answer } = consentOf(one)
      const own = child ? who !== 'adult' : who === 'adult'
      const over = refused || r.state === 'MONITORED'
      return (
        !over &&
        past &&
        own &&
        (answer !== 'too_young' || who === 'child') &&
        (who !== 'representative' || one.yes)
      )
    }
    case 'withdraw': {
      const said = all('ReturnConsented').at(-1 - (one.a % 2))?.event.facts
      const back = all('ReturnConsentWithdrawn').some(
        ({ event }) => event.facts.consentId === said?.consentId,
      )
      return said?.answer === 'given' && !back
    }
    case 'plan':
      return (
        staying &&
        assessed &&
        mayGo(w) &&
        on >= today &&
        (!child || one.a < 8) &&
        (r.direction === 'incoming' || one.b < 8)
      )
    case 'set_off': {
      // Agreed, and since then neither assessed anew nor taken back.
      const planned = w.done.findLastIndex(({ event }) => event.type === 'ReturnPlanned')
      const undone = w.done.findLastIndex(
        ({ event }) =>
          event.type === 'ReturnAssessed' ||
          (event.type === 'ReturnConsentWithdrawn' && event.facts.to === 'ASSESSED'),
      )
      const safe = w.safety !== null && w.safety.on <= on && on <= w.safety.reviewOn
      const escort = (last('ReturnPlanned')?.event.facts.escorts.length ?? 0) > 0
      return staying && planned > undone && mayGo(w) && safe && past && on >= r.noticeOn && (!child || escort)
    }
    case 'arrive':
      return (
        left &&
        last('ReturnReceived') === undefined &&
        past &&
        on >= tiranaDay(last('ReturnSetOff')!.event.facts.at)
      )
    case 'hand_over': {
      const arrived = last('ReturnReceived')?.event.facts.on
      const abroad = one.b < 8
      const office = one.a % 4 === 1 || one.a % 4 === 2
      const taken = r.direction === 'outgoing' ? abroad : child ? one.yes || one.b % 4 === 0 : office
      return arrived !== undefined && last('ReturnHandedOver') === undefined && past && on >= arrived && taken
    }
    case 'visit': {
      const arrived = last('ReturnReceived')?.event.facts.on
      const month = at(months, one.a)
      const seen = all('ReturnFollowedUp').map(({ event }) => event.facts.month)
      if (arrived === undefined || last('ReturnHandedOver') === undefined || seen.includes(12)) return false
      const due = month !== 12 || on >= addMonths(arrived, 11)
      return !seen.includes(month) && past && on >= arrived && due
    }
    default:
      return staying && !(one.yes && !child)
  }
}

/** The next honest step from where the return stands. */
export const honest = (w: World, n: number): Act => {
  const to = (verb: Act['verb'], more: Partial<Act> = {}): Act => ({
    verb,
    who: 'worker',
    day: 0,
    a: 0,
    b: 0,
    yes: true,
    ...more,
  })
  const { r } = w
  const child = r.subject === 'child'
  if (r.state === 'NOTIFIED') return to('assess')
  if (r.state === 'TRAVEL') return to('arrive')
  if (r.state === 'RECEIVED') return to('hand_over', { a: 1 })
  if (r.state === 'HANDED_TO_CASE') return n === 0 ? to('wait', { a: 11 }) : to('visit', { a: n })
  if (child && !determined(w)) {
    const panel = r.determinations.at(-1)
    if (panel === undefined || panel.signedBy !== null || panel.outcome !== 'return') return to('determine')
    return to('sign', { who: panel.byUnit === 'ap' ? 'worker' : 'authority' })
  }
  if (!child && !willing(w, 'return')) return to('consent')
  if (child && !saidYes(w, 'child', 'return', ['given', 'too_young'])) return to('consent', { a: 1 })
  if (child && !willing(w, 'return')) return to('consent', { a: 2 })
  if (r.state === 'ASSESSED') return to('plan')
  return w.safety !== null && w.safety.reviewOn >= w.today ? to('set_off') : to('safety')
}
