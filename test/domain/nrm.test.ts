import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Actor, Instant, Role, Stamp } from '#domain/core.ts'
import {
  decideDecline,
  decideExit,
  decideHandOver,
  decideStep,
  decideTake,
  type ExitFacts,
  exitReasons,
} from '#domain/nrm/decide.ts'
import {
  adultTier,
  allowedActions,
  closesCase,
  entitledToHelp,
  priorTrafficking,
  twoSign,
} from '#domain/nrm/policy.ts'
import { apply, type NrmEvent, type NrmFile, type NrmStatus, nrmStatuses, opened } from '#domain/nrm/state.ts'

/** The steps of section 3.4, written down here once more, apart from the program. */
const law: Readonly<Record<NrmStatus, readonly NrmStatus[]>> = {
  vmt: ['formal_pending', 'declined_formal', 'exited'],
  formal_pending: ['vt', 'not_confirmed', 'declined_formal'],
  vt: ['exited'],
  not_confirmed: [],
  declined_formal: ['formal_pending', 'exited'],
  exited: [],
}

const now: Instant = '2026-11-24T11:00:00.000Z'
const today = '2026-11-24'
const actor = (userId: string, role: Role, unitId: string, county: string | null): Actor => ({
  userId,
  role,
  unitId,
  institutionId: unitId,
  municipality: null,
  county,
  purpose: null,
})
const people = {
  worker: actor('worker', 'cpw', 'cpu', 'AL-11'),
  elsewhere: actor('elsewhere', 'cpw', 'cpu-2', 'AL-02'),
  officer: actor('officer', 'social_service', 'office', 'AL-11'),
  colleague: actor('colleague', 'social_service', 'office', 'AL-11'),
  far: actor('far', 'social_service', 'office-2', 'AL-02'),
  shelter: actor('shelter', 'shelter', 'shelter', 'AL-11'),
  authority: actor('authority', 'responsible_authority', 'ap', null),
  police: actor('police', 'police', 'station', 'AL-11'),
} as const
type Who = keyof typeof people
const whos = Object.keys(people) as Who[]
const stampOf = (who: Who): Stamp => ({
  actor: people[who],
  now,
  occurredAt: now,
  newId: () => crypto.randomUUID(),
})

const begin = (subject: 'child' | 'adult', prior: NrmFile | null, id: string): NrmFile => ({
  ...opened(
    id,
    {
      type: 'NrmOpened',
      v: 1,
      facts: {
        code: id,
        personId: 'person',
        caseId: subject === 'child' ? 'case' : null,
        subject,
        status: 'vmt',
        unitId: subject === 'child' ? 'cpu' : 'office',
        structure: 'police',
        door: 'field',
        forms: ['labour'],
        territory: 'internal',
        priorId: prior?.id ?? null,
        priorTrafficking: priorTrafficking(prior),
        municipality: '53',
        county: 'AL-11',
        identificationId: `${id}-1`,
        met: 3,
        upward: false,
      },
    },
    { now, by: 'police', unit: 'station' },
    subject === 'child' ? 'worker' : null,
  ),
})

interface Model {
  subject: 'child' | 'adult'
  status: NrmStatus
  unit: string
  manager: string | null
  facts: ExitFacts
  /** Identifications of the person so far. */
  files: number
}
interface World {
  files: NrmFile[]
  history: { file: string; status: NrmStatus }[]
  caseOpen: boolean
}
const current = (world: World): NrmFile => world.files.at(-1)!
const record = (world: World, events: readonly NrmEvent[]): void => {
  const next = events.reduce((file, e) => apply(file, e, now), current(world))
  world.files[world.files.length - 1] = { ...next, version: next.version + events.length }
  for (const e of events)
    if (e.type === 'NrmStatusSet') {
      world.history.push({ file: next.id, status: e.facts.to })
      if (closesCase(e.facts.to)) world.caseOpen = false
    }
}

type Decided =
  | ReturnType<typeof decideTake>
  | ReturnType<typeof decideExit>
  | ReturnType<typeof decideHandOver>
abstract class Act {
  readonly who: Who
  constructor(who: Who) {
    this.who = who
  }
  abstract expected(m: Model): boolean
  abstract decide(world: World, m: Readonly<Model>): Decided
  abstract after(m: Model): void
  check(): boolean {
    return true
  }
  run(m: Model, world: World): void {
    const before = structuredClone(world)
    const decision = this.decide(world, m)
    expect(decision.ok, `${this} on ${JSON.stringify(m)}`).toBe(this.expected(m))
    if (decision.ok) {
      record(world, decision.events)
      this.after(m)
    } else expect(world).toEqual(before)
    invariants(m, world, before)
  }
  toString(): string {
    return `${this.constructor.name}(${this.who}, ${JSON.stringify(this)})`
  }
}

/** What must hold whatever was done, by whomever, in whatever order. */
const invariants = (m: Model, world: World, before: World): void => {
  const file = current(world)
  expect({ status: file.status, unit: file.unitId, manager: file.managerId }).toEqual({
    status: m.status,
    unit: m.unit,
    manager: m.manager,
  })
  // Never overwritten: everything that was written before still stands, earlier files untouched.
  expect(world.history.slice(0, before.history.length)).toEqual(before.history)
  expect(world.files.slice(0, before.files.length - 1)).toEqual(before.files.slice(0, -1))
  // No step skipped: each follows the one before it in the same file.
  for (const one of world.files) {
    const steps = world.history.filter(({ file: id }) => id === one.id).map(({ status }) => status)
    expect(steps[0]).toBe('vmt')
    steps.reduce((from, to) => {
      expect(law[from], `${from} to ${to}`).toContain(to)
      return to
    })
  }
  expect(world.caseOpen).toBe(true)
  expect(entitledToHelp(file.status)).toBe(m.status !== 'exited')
  expect(world.files).toHaveLength(m.files)
}

const isManager = (m: Model, who: Who) => people[who].unitId === m.unit && m.manager === people[who].userId
const has = (m: Model, to: NrmStatus) => law[m.status].includes(to)

class Take extends Act {
  expected(m: Model) {
    return (
      m.subject === 'adult' &&
      ['social_service', 'shelter'].includes(people[this.who].role) &&
      people[this.who].unitId === m.unit &&
      m.manager === null &&
      m.status !== 'exited'
    )
  }
  decide(world: World) {
    return decideTake(current(world), stampOf(this.who))
  }
  after(m: Model) {
    m.manager = people[this.who].userId
  }
}
class Decline extends Act {
  readonly by: 'self' | 'representative'
  readonly conflict: boolean
  readonly informed: boolean
  constructor(who: Who, by: 'self' | 'representative', conflict: boolean, informed: boolean) {
    super(who)
    this.by = by
    this.conflict = conflict
    this.informed = informed
  }
  expected(m: Model) {
    const may =
      this.who === 'authority' || (m.subject === 'child' ? this.who === 'worker' : isManager(m, this.who))
    const decides = m.subject === 'adult' || this.by === 'representative'
    const honest = this.by === 'self' || !this.conflict
    return may && decides && honest && this.informed && has(m, 'declined_formal')
  }
  decide(world: World) {
    return decideDecline(
      current(world),
      {
        on: today,
        by: this.by,
        conflictOfInterest: this.conflict,
        informed: this.informed,
        consentId: null,
        basis: 'x',
      },
      stampOf(this.who),
    )
  }
  after(m: Model) {
    m.status = 'declined_formal'
  }
}
/** A step that two signatories or the interview have prepared; who may is asked where they sign. */
class Formal extends Act {
  readonly to: NrmStatus
  constructor(who: Who, to: NrmStatus) {
    super(who)
    this.to = to
  }
  expected(m: Model) {
    return has(m, this.to)
  }
  decide(world: World) {
    return decideStep(current(world), { to: this.to, on: today }, stampOf(this.who))
  }
  after(m: Model) {
    m.status = this.to
  }
}
class Exit extends Act {
  readonly reason: (typeof exitReasons)[number]
  readonly by: 'self' | 'representative' | null
  constructor(who: Who, reason: (typeof exitReasons)[number], by: 'self' | 'representative' | null) {
    super(who)
    this.reason = reason
    this.by = by
  }
  expected(m: Model) {
    const decider = m.subject === 'adult' ? 'self' : 'representative'
    const guard = {
      completed: m.facts.twelveMonths,
      lost_contact: m.facts.contactLost || m.facts.twelveMonths,
      withdrew: this.by === decider,
    }[this.reason]
    return this.who === 'authority' && has(m, 'exited') && guard
  }
  decide(world: World, m: Model) {
    return decideExit(
      current(world),
      { on: today, reason: this.reason, by: this.by, basis: 'x' },
      m.facts,
      stampOf(this.who),
    )
  }
  after(m: Model) {
    m.status = 'exited'
  }
}
const targets = {
  office: { id: 'office', kind: 'social_service', county: 'AL-11', active: true },
  'office-2': { id: 'office-2', kind: 'social_service', county: 'AL-02', active: true },
  shelter: { id: 'shelter', kind: 'shelter', county: 'AL-11', active: true },
  station: { id: 'station', kind: 'police', county: 'AL-11', active: true },
} as const
class HandOver extends Act {
  readonly to: keyof typeof targets
  constructor(who: Who, to: keyof typeof targets) {
    super(who)
    this.to = to
  }
  expected(m: Model) {
    const here = people[this.who].unitId === m.unit
    const may =
      this.who === 'authority' ||
      isManager(m, this.who) ||
      (here && m.manager === null && people[this.who].role === 'social_service')
    const fits = this.to !== 'station' && !(this.to === m.unit && m.manager === null)
    return m.subject === 'adult' && may && m.status !== 'exited' && fits
  }
  decide(world: World) {
    return decideHandOver(current(world), targets[this.to], 'x', stampOf(this.who))
  }
  after(m: Model) {
    m.unit = this.to
    m.manager = null
  }
}
/** Identified anew after an outcome: a new file that points to the old one. */
class Again {
  check(m: Model): boolean {
    return ['vt', 'not_confirmed', 'exited'].includes(m.status)
  }
  run(m: Model, world: World): void {
    const before = structuredClone(world)
    const prior = current(world)
    const next = begin(m.subject, prior, `file-${world.files.length + 1}`)
    world.files.push(next)
    world.history.push({ file: next.id, status: 'vmt' })
    expect(next.priorId).toBe(prior.id)
    m.files += 1
    m.status = 'vmt'
    m.unit = next.unitId
    m.manager = next.managerId
    expect(world.files.slice(0, -1)).toEqual(before.files)
    invariants(m, world, { ...before, files: [...before.files, next] })
  }
  toString() {
    return 'Again'
  }
}
class Year {
  readonly facts: ExitFacts
  constructor(facts: ExitFacts) {
    this.facts = facts
  }
  check = () => true
  run(m: Model): void {
    m.facts = this.facts
  }
  toString() {
    return `Year(${JSON.stringify(this.facts)})`
  }
}

const someone = fc.constantFrom(...whos)
const decided = fc.constantFrom('self' as const, 'representative' as const)
const commands = fc.commands<Model, World>(
  [
    someone.map((who) => new Take(who)),
    fc
      .tuple(someone, decided, fc.boolean(), fc.boolean())
      .map(([who, by, conflict, informed]) => new Decline(who, by, conflict, informed)),
    fc.tuple(someone, fc.constantFrom(...nrmStatuses)).map(([who, to]) => new Formal(who, to)),
    fc
      .tuple(someone, fc.constantFrom(...exitReasons), fc.option(decided))
      .map(([who, reason, by]) => new Exit(who, reason, by)),
    fc
      .tuple(
        someone,
        fc.constantFrom('office' as const, 'office-2' as const, 'shelter' as const, 'station' as const),
      )
      .map(([who, to]) => new HandOver(who, to)),
    fc.constant(new Again()),
    fc.record({ twelveMonths: fc.boolean(), contactLost: fc.boolean() }).map((facts) => new Year(facts)),
  ],
  { maxCommands: 60 },
)

describe('the status machine', () => {
  test('whoever does whatever in whatever order, it moves along the law and nothing else changes', () => {
    fc.assert(
      fc.property(fc.constantFrom('child' as const, 'adult' as const), commands, (subject, cmds) => {
        fc.modelRun(() => {
          const first = begin(subject, null, 'file-1')
          return {
            model: {
              subject,
              status: 'vmt' as const,
              unit: first.unitId,
              manager: first.managerId,
              facts: { twelveMonths: false, contactLost: false },
              files: 1,
            },
            real: { files: [first], history: [{ file: 'file-1', status: 'vmt' as const }], caseOpen: true },
          }
        }, cmds)
      }),
      { numRuns: 400 },
    )
  })

  test('a step dated before the file or after today is refused', () => {
    const file = begin('adult', null, 'f')
    const step = (on: string) => decideStep(file, { to: 'formal_pending', on }, stampOf('authority'))
    expect(step('2026-11-23')).toMatchObject({ refusal: { code: 'impossible_date' } })
    expect(step('2026-11-25')).toMatchObject({ refusal: { code: 'in_future' } })
    expect(step('2026-02-30')).toMatchObject({ refusal: { code: 'impossible_date' } })
    expect(step(today).ok).toBe(true)
  })
})

describe('what never depends on the status', () => {
  test('a potential and a confirmed victim may have the same done, by everybody', () => {
    const files = fc.record({
      subject: fc.constantFrom('child' as const, 'adult' as const),
      unitId: fc.constantFrom('cpu', 'office', 'shelter'),
      managerId: fc.constantFrom(null, 'worker', 'officer', 'shelter'),
    })
    fc.assert(
      fc.property(files, someone, (part, who) => {
        const file = { ...begin(part.subject, null, 'f'), ...part }
        const as = (status: NrmStatus) => allowedActions(people[who], { ...file, status })
        // Only what is the formal step itself differs.
        expect(as('vmt').filter((one) => one !== 'decline_formal')).toEqual(as('vt'))
        expect(adultTier(people[who], { ...file })).toBe(adultTier(people[who], file))
        expect(entitledToHelp('vmt')).toBe(entitledToHelp('vt'))
      }),
    )
    for (const status of nrmStatuses) expect(entitledToHelp(status)).toBe(status !== 'exited')
  })

  test('nobody below the tier sees an adult’s file; police, prosecutors and inspectors never', () => {
    fc.assert(
      fc.property(
        someone,
        fc.constantFrom('office', 'office-2', 'shelter'),
        fc.constantFrom(null, ...whos),
        (who, unitId, manager) => {
          const file = { ...begin('adult', null, 'f'), unitId, managerId: manager }
          const tier = adultTier(people[who], file)
          if (['police', 'worker', 'elsewhere'].includes(who)) expect(tier).toBe(0)
          if (tier === 4) expect([people[who].userId, people[who].unitId]).toEqual([manager, unitId])
          if (who === 'shelter' && unitId !== 'shelter') expect(tier).toBe(0)
        },
      ),
    )
  })

  test('two signatures are two accounts of two bodies', () => {
    const one = (userId: string, body: string) => ({ userId, body })
    expect(twoSign([one('a', 'police'), one('b', 'social_service')])).toBe(true)
    expect(twoSign([one('a', 'police'), one('a', 'social_service')])).toBe(false)
    expect(twoSign([one('a', 'police'), one('b', 'police')])).toBe(false)
    expect(twoSign([one('a', 'police')])).toBe(false)
  })
})
