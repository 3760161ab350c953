import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '#domain/clock/tirana.ts'
import type { Actor, Day, Role, Stamp } from '#domain/core.ts'
import { roles } from '#domain/core.ts'
import { coverageOf, type NetGroup, type NetPlaces } from '#domain/net/coverage.ts'
import { dutiesOf, standingOf, structureKinds } from '#domain/net/kinds.ts'
import { mayKeep, mayReadNames } from '#domain/net/policy.ts'
import {
  decideAdd,
  decideAddPosition,
  decideAppoint,
  decideEnd,
  decideEndAppointment,
  decideRename,
  holds,
  overlap,
  type Position,
  type Structure,
  within,
} from '#domain/net/structure.ts'

const actor = (role: Role, over: Partial<Actor> = {}): Actor => ({
  userId: 'u',
  unitId: 'n',
  institutionId: 'i',
  role,
  municipality: '53',
  county: 'AL-11',
  purpose: null,
  ...over,
})
let ids = 0
const stamp = (who: Actor): Stamp => ({
  actor: who,
  now: '2026-11-24T11:00:00.000Z',
  occurredAt: '2026-11-24T11:00:00.000Z',
  newId: () => `id-${++ids}`,
})
const head = stamp(actor('cpu_head'))
const post = (over: Partial<Position> = {}): Position => ({
  id: 'p',
  duty: 'child_protection_worker',
  fullTime: true,
  inJobDescription: true,
  from: '2020-01-01',
  to: null,
  tenures: [],
  ...over,
})
const unit = (over: Partial<Structure> = {}): Structure => ({
  id: 's',
  version: 1,
  kind: 'cpu',
  municipality: '53',
  county: 'AL-11',
  crossing: null,
  from: '2018-01-01',
  to: null,
  names: [{ from: '2018-01-01' }],
  positions: [],
  ...over,
})
const names = { nameSq: 'NJMF', nameEn: 'CPU' }
const code = (decision: { ok: boolean } & { refusal?: { code: string; field?: string } }) =>
  decision.ok ? 'ok' : `${decision.refusal?.code} ${decision.refusal?.field ?? ''}`.trim()
const here = { municipality: '53', county: 'AL-11' }
const fresh = { twins: [], unitFits: true }

describe('a structure', () => {
  it('needs its place, the right keeper, days in order and a whole act', () => {
    const add = (over: object, known: Parameters<typeof decideAdd>[1] = fresh, by = head) =>
      code(
        decideAdd(
          here,
          known,
          { kind: 'cpu', municipality: '53', from: '2026-01-01', ...names, ...over },
          by,
        ),
      )
    expect(add({})).toBe('ok')
    expect(add({ municipality: undefined })).toBe('net_place_wanted municipality')
    expect(add({ kind: 'krat' })).toBe('net_place_wanted county')
    expect(add({ kind: 'border_post' })).toBe('net_place_wanted crossing')
    expect(add({}, fresh, stamp(actor('admin')))).toBe('not_allowed')
    expect(add({ to: '2025-12-31' })).toBe('net_ends_before_begins to')
    expect(add({ act: { number: '7' } })).toBe('net_act_incomplete act.date')
    expect(add({ act: { date: '2026-01-01' } })).toBe('net_act_incomplete act.number')
    expect(add({ act: { number: '7', date: '2026-12-01' } })).toBe('in_future act.date')
    expect(add({}, { ...fresh, unitFits: false })).toBe('net_unit_elsewhere unitId')
    const twin = { from: '2018-01-01', to: '2025-12-31' }
    expect(add({}, { ...fresh, twins: [twin] })).toBe('ok')
    expect(add({ from: '2025-12-31' }, { ...fresh, twins: [twin] })).toBe('net_structure_known from')
  })

  it('is renamed from a day on, and ends with nothing later', () => {
    expect(code(decideRename(unit(), { from: '2026-01-01', ...names }, head))).toBe('ok')
    expect(code(decideRename(unit(), { from: '2018-01-01', ...names }, head))).toBe('net_name_on_day from')
    expect(code(decideRename(unit(), { from: '2017-12-31', ...names }, head))).toBe(
      'net_outside_structure from',
    )
    expect(code(decideEnd(unit(), { to: '2017-12-31' }, head))).toBe('net_ends_before_begins to')
    expect(code(decideEnd(unit({ to: '2020-01-01' }), { to: '2020-01-01' }, head))).toBe('net_already_ended')
    const staffed = unit({ positions: [post()] })
    expect(code(decideEnd(staffed, { to: '2019-06-01' }, head))).toBe('net_later_begins to')
    expect(code(decideEnd(staffed, { to: '2021-06-01' }, head))).toBe('ok')
  })

  it('has only posts of its kind, in its own days', () => {
    const add = (over: object, of = unit()) =>
      code(
        decideAddPosition(
          of,
          { duty: 'cpu_head', fullTime: true, inJobDescription: true, from: '2020-01-01', ...over },
          head,
        ),
      )
    expect(add({})).toBe('ok')
    expect(add({ duty: 'police_officer' })).toBe('net_duty_not_here duty')
    expect(add({ from: '2017-01-01' })).toBe('net_outside_structure from')
    expect(add({ to: '2022-01-01' }, unit({ to: '2021-01-01' }))).toBe('net_outside_structure to')
  })

  it('has one person in a post at a time', () => {
    const held = post({ tenures: [{ id: 't', from: '2021-01-01', to: '2021-12-31' }] })
    const put = (from: Day, to?: Day) =>
      code(
        decideAppoint(
          unit({ positions: [held] }),
          held,
          {
            from,
            ...(to === undefined ? {} : { to }),
            sex: 'female',
            qualification: 'social_work',
            name: 'A B',
          },
          head,
        ),
      )
    expect(put('2022-01-01')).toBe('ok')
    expect(put('2020-01-01', '2020-12-31')).toBe('ok')
    expect(put('2020-06-01')).toBe('net_dates_overlap from')
    expect(put('2021-12-31')).toBe('net_dates_overlap from')
    expect(put('2019-12-31', '2020-02-01')).toBe('net_outside_position from')
    const open = { id: 't', from: '2021-01-01', to: null }
    expect(code(decideEndAppointment(unit(), held, open, { to: '2020-12-31' }, head))).toBe(
      'net_ends_before_begins to',
    )
    const named = decideAppoint(
      unit(),
      post(),
      { from: '2020-01-01', sex: 'male', qualification: 'none', name: 'A B' },
      head,
    )
    expect(JSON.stringify(named.ok && named.events[0]?.facts)).not.toContain('A B')
  })
})

describe('days', () => {
  const day = fc.integer({ min: 0, max: 400 }).map((n) => addDays('2020-01-01', n))
  const span = fc
    .tuple(day, fc.option(fc.nat(200)))
    .map(([from, n]) => ({ from, to: n === null ? null : addDays(from, n) }))
  it('two spans overlap exactly when some day lies in both, and one is within another when all its days are', () => {
    const days = Array.from({ length: 800 }, (_, n) => addDays('2020-01-01', n))
    fc.assert(
      fc.property(span, span, (a, b) => {
        expect(overlap(a, b)).toBe(days.some((d) => holds(a, d) && holds(b, d)))
        expect(within(a, b)).toBe(
          (a.to !== null || b.to === null) && days.every((d) => !holds(a, d) || holds(b, d)),
        )
      }),
      { numRuns: 60 },
    )
  })
})

describe('who keeps what', () => {
  /** Written apart from the policy: kind, role, whether only of the own place. */
  const keepers: Record<string, readonly (readonly [Role, 'municipality' | 'county' | 'any'])[]> = {
    cpu: [
      ['cpu_head', 'municipality'],
      ['municipal_director', 'municipality'],
    ],
    border_post: [['border_police', 'municipality']],
    krat: [
      ['coordinator', 'any'],
      ['county_committee', 'county'],
    ],
    police_section: [
      ['coordinator', 'any'],
      ['police', 'county'],
    ],
    mobile_unit: [['coordinator', 'any']],
    national_office: [
      ['coordinator', 'any'],
      ['state_agency', 'any'],
    ],
  }
  keepers.school = [...keepers.cpu!, ['education_directorate', 'county']]
  keepers.technical_table = keepers.krat!
  for (const kind of ['field_team', 'nrm_mechanism', 'dv_mechanism', 'contact_point'])
    keepers[kind] = keepers.cpu!

  it('nobody else, and nobody elsewhere', () => {
    for (const kind of structureKinds)
      for (const role of roles)
        for (const municipality of ['53', '10'])
          for (const county of ['AL-11', 'AL-02']) {
            const rule = keepers[kind]!.find(([one]) => one === role)?.[1]
            const expected =
              rule === 'any' ||
              (rule === 'municipality' && municipality === '53') ||
              (rule === 'county' && county === 'AL-11')
            const at = { kind, municipality, county }
            expect(mayKeep(actor(role), at), `${role} ${kind} ${municipality} ${county}`).toBe(expected)
            expect(mayReadNames(actor(role), at)).toBe(
              expected || role === 'coordinator' || role === 'state_agency',
            )
          }
  })
  it('every kind stands somewhere and has duties', () => {
    for (const kind of structureKinds) {
      expect(standingOf(kind)).toBeTruthy()
      expect(dutiesOf(kind).length).toBeGreaterThan(0)
    }
  })
})

describe('coverage', () => {
  const places: NetPlaces = {
    municipalities: [
      { code: '53', name: 'Tiranë', county: 'AL-11' },
      { code: '10', name: 'Durrës', county: 'AL-02' },
    ],
    crossings: [{ id: 'S01', name: 'Durrës', municipality: '10', county: 'AL-02' }],
    bodies: [{ county: 'AL-02', kind: 'county_committee' }],
    counties: [
      { code: 'AL-11', name: 'Tiranë' },
      { code: 'AL-02', name: 'Durrës' },
    ],
  }
  const group = (over: Partial<NetGroup>): NetGroup => ({
    kind: 'cpu',
    municipality: '53',
    county: 'AL-11',
    crossing: null,
    structures: 1,
    fullTime: 0,
    filled: 0,
    posts: 0,
    twoFullTime: 0,
    withProtector: 0,
    withFullTimeProtector: 0,
    withWomanOfficer: 0,
    withFemaleSocialWorker: 0,
    withCarer: 0,
    withFullTimeCoordinator: 0,
    inJobDescription: 0,
    womenOfficersFullTime: 0,
    psychologists: 0,
    dataOfficersFullTime: 0,
    secretariesFullTime: 0,
    ...over,
  })
  const share = (net: ReturnType<typeof coverageOf>, measure: string) => {
    const found = net.shares.find((one) => one.measure === measure)!
    return [found.have, found.total]
  }
  it('an empty register covers nothing of everything', () => {
    const net = coverageOf('2026-01-01', places, [])
    expect(share(net, 'cpu')).toEqual([0, 2])
    expect(share(net, 'county_committee')).toEqual([1, 2])
    expect(share(net, 'technical_table')).toEqual([0, 2])
    expect(share(net, 'school_protector')).toEqual([0, 0])
    expect(net.municipalities.every((row) => row.standing === 0)).toBe(true)
  })
  it('two full-time workers are counted, one is not enough, and a half-covered crossing is not covered', () => {
    const net = coverageOf('2026-01-01', places, [
      group({ fullTime: 2, filled: 3 }),
      group({ municipality: '10', county: 'AL-02', fullTime: 1, filled: 2 }),
      group({ kind: 'school', structures: 3, withProtector: 2, filled: 2, inJobDescription: 1 }),
      group({
        kind: 'border_post',
        municipality: '10',
        county: 'AL-02',
        crossing: 'S01',
        withWomanOfficer: 1,
        filled: 1,
      }),
    ])
    expect(share(net, 'cpu')).toEqual([2, 2])
    expect(share(net, 'cpu_two_full_time')).toEqual([1, 2])
    expect(share(net, 'school_protector')).toEqual([2, 3])
    expect(share(net, 'crossing_woman_officer')).toEqual([1, 1])
    expect(share(net, 'crossing_female_social_worker')).toEqual([0, 1])
    expect(share(net, 'job_description')).toEqual([1, 8])
    expect(net.municipalities[1]).toMatchObject({ crossings: 1, crossingsCovered: 0, parts: 7 })
    expect(net.municipalities[0]).toMatchObject({ crossings: 0, parts: 6, standing: 2 })
  })
})
