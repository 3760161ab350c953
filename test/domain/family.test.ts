/** Families, representatives, merges, requests, the child's word: guards, and what holds after any sequence of acts. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CaseState } from '#domain/case/state.ts'
import type { Decision, Stamp } from '#domain/core.ts'
import { applyFamily, decideAddMember, decideMarkMember, decideRelate } from '#domain/family/decide.ts'
import { familyBar } from '#domain/family/inform.ts'
import {
  applyRepresentative,
  decideAssignRepresentative,
  ended,
  type Representative,
} from '#domain/family/representative.ts'
import { type Family, inConflict, relationKinds } from '#domain/family/state.ts'
import {
  applyRequest,
  decideAnswerRequest,
  decideCheckRequest,
  decideReceiveRequest,
  decideRefuseRequest,
  type ExtractPart,
  extractPartNames,
  type InformationRequest,
  onlyByOrder,
} from '#domain/information-request.ts'
import {
  decideMerge,
  decidePart,
  decideProposeMerge,
  decideProposePart,
  type MergePair,
  type PersonMerge,
  stateAfter,
} from '#domain/person-merge.ts'
import { minimumDataSet, type PacketField, recipientKinds } from '#domain/referral/packet.ts'
import type { Ground } from '#domain/referral/state.ts'
import { childAsked, childBar, isSensitive, type Permission } from '#domain/rights/permission.ts'
import { cast, World } from './case-life.ts'

let count = 0
const now = '2026-11-24T11:00:00.000Z'
const at = (user: 'worker' | 'head' | 'colleague' = 'worker'): Stamp => ({
  actor: cast[user],
  now,
  occurredAt: now,
  newId: () => {
    count += 1
    return `n${count}`
  },
})
const openedCase = (): CaseState => new World().state
const code = <E>(decision: Decision<E>): string => (decision.ok ? 'ok' : decision.refusal.code)
const empty = (): Family => ({
  id: 'f',
  version: 1,
  cases: ['k'],
  members: [{ id: 'child', personId: 'p', alleged: false, otherSide: false }],
  relations: [],
})

describe('a family', () => {
  test('no guardian is ever in conflict, and a pair has one relation, after any acts', () => {
    const act = fc.oneof(
      fc.record({ do: fc.constant('add' as const), alleged: fc.boolean() }),
      fc.record({
        do: fc.constant('mark' as const),
        who: fc.nat(5),
        alleged: fc.boolean(),
        other: fc.boolean(),
      }),
      fc.record({
        do: fc.constant('relate' as const),
        from: fc.nat(5),
        to: fc.nat(5),
        kind: fc.constantFrom(...relationKinds),
        guardian: fc.boolean(),
        contact: fc.constantFrom('allowed' as const, 'forbidden' as const),
      }),
    )
    fc.assert(
      fc.property(fc.array(act, { maxLength: 25 }), (acts) => {
        let family = empty()
        const member = (n: number) => family.members[n % family.members.length]!.id
        for (const one of acts) {
          const decision =
            one.do === 'add'
              ? decideAddMember({ name: 'x', sex: 'male', alleged: one.alleged, otherSide: false }, at())
              : one.do === 'mark'
                ? decideMarkMember(
                    family,
                    { memberId: member(one.who), alleged: one.alleged, otherSide: one.other, reason: 'y' },
                    at(),
                  )
                : decideRelate(
                    family,
                    {
                      fromId: member(one.from),
                      toId: member(one.to),
                      kind: one.kind,
                      guardian: one.guardian,
                      livesWith: null,
                      contact: one.contact,
                    },
                    at(),
                  )
          if (decision.ok) for (const event of decision.events) family = applyFamily(family, event)
        }
        for (const one of family.relations) {
          if (one.guardian) {
            const { alleged, otherSide } = family.members.find((m) => m.id === one.from)!
            expect([alleged, otherSide, one.kind === 'exploiter']).toEqual([false, false, false])
          }
          if (one.kind === 'exploiter') expect(one.contact).not.toBe('allowed')
          expect(family.relations.filter((r) => r.from === one.from && r.to === one.to)).toHaveLength(1)
        }
      }),
    )
  })

  test('is told nothing while the order stands', () => {
    expect(familyBar({ alerts: { doNotInformFamily: true } })?.code).toBe('family_do_not_inform')
    expect(familyBar({ alerts: { doNotInformFamily: false } })).toBeNull()
  })
})

describe('a representative', () => {
  const body = {
    kind: 'legal_guardian' as const,
    basis: 'court' as const,
    name: 'x',
    from: '2026-01-01',
    allegedPerpetrator: 'no' as const,
    employedByOtherSide: 'no' as const,
  }
  test('is never somebody in conflict, whatever is answered and known', () => {
    const answer = fc.constantFrom('yes' as const, 'no' as const, 'not_known' as const)
    fc.assert(
      fc.property(
        answer,
        answer,
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        (alleged, employed, name, marked, side, exploits) => {
          const family: Family = {
            ...empty(),
            members: [...empty().members, { id: 'm', personId: null, alleged: marked, otherSide: side }],
            relations: exploits
              ? [
                  {
                    id: 'r',
                    from: 'm',
                    to: 'child',
                    kind: 'exploiter',
                    guardian: false,
                    contact: 'forbidden',
                  },
                ]
              : [],
          }
          const decision = decideAssignRepresentative(
            openedCase(),
            { ...body, memberId: 'm', allegedPerpetrator: alleged, employedByOtherSide: employed },
            { representatives: [], family, nameOfSuspect: name },
            at(),
          )
          const clean = alleged === 'no' && employed === 'no' && !name && !marked && !side && !exploits
          expect(decision.ok).toBe(clean)
          expect(inConflict(family, 'm')).toBe(marked || side || exploits)
        },
      ),
    )
  })
  test('one of a kind at a time; after its end another', () => {
    let all: readonly Representative[] = []
    const assign = () =>
      decideAssignRepresentative(
        openedCase(),
        body,
        { representatives: all, family: null, nameOfSuspect: false },
        at(),
      )
    const first = assign()
    if (first.ok) all = applyRepresentative(all, first.events[0]!)
    expect(code(assign())).toBe('representative_has_one')
    all = applyRepresentative(all, ended(all[0]!, 'conflict', at()))
    expect(code(assign())).toBe('ok')
  })
})

describe('a written request', () => {
  const base = (): CaseState => openedCase()
  const received = (asked: readonly ExtractPart[], courtOrder?: string): InformationRequest => {
    const decision = decideReceiveRequest(
      base(),
      {
        authority: 'police',
        reference: '12/3',
        article: 'neni 154',
        asked,
        receivedOn: '2026-01-01',
        officer: 'x',
        words: 'y',
        ...(courtOrder === undefined ? {} : { courtOrder }),
      },
      at(),
    )
    if (!decision.ok) throw new Error(decision.refusal.code)
    return applyRequest(null, decision.events[0]!)
  }
  test('is answered only after another has checked it, only with what was allowed of what was asked', () => {
    const parts = fc.subarray([...extractPartNames])
    const step = fc.oneof(
      fc.record({
        do: fc.constant('check' as const),
        by: fc.constantFrom('worker' as const, 'head' as const),
        lawful: fc.boolean(),
        parts,
      }),
      fc.record({
        do: fc.constant('answer' as const),
        by: fc.constantFrom('worker' as const, 'head' as const),
        parts,
      }),
      fc.record({
        do: fc.constant('refuse' as const),
        by: fc.constantFrom('worker' as const, 'head' as const),
      }),
    )
    fc.assert(
      fc.property(
        fc.subarray([...extractPartNames], { minLength: 1 }),
        fc.boolean(),
        fc.array(step, { maxLength: 8 }),
        (asked, ordered, steps) => {
          let request = received(asked, ordered ? 'GJ 5/2026' : undefined)
          let closed = false
          for (const one of steps) {
            const stamp = at(one.by)
            const decision =
              one.do === 'check'
                ? decideCheckRequest(
                    base(),
                    request,
                    { lawful: one.lawful, allowed: one.parts, opinion: 'z' },
                    stamp,
                  )
                : one.do === 'answer'
                  ? decideAnswerRequest(
                      base(),
                      request,
                      { parts: one.parts.map((part) => ({ part, text: 't' })) },
                      stamp,
                    )
                  : decideRefuseRequest(base(), request, { reason: 'r' }, stamp)
            if (!decision.ok) continue
            expect(closed).toBe(false)
            for (const event of decision.events)
              if (event.type === 'RequestAnswered') {
                expect(event.facts.checkedBy).not.toBe(event.facts.by)
                expect(
                  event.facts.given.every((part) => request.allowed.includes(part) && asked.includes(part)),
                ).toBe(true)
                if (!ordered) expect(event.facts.given.some((part) => onlyByOrder.has(part))).toBe(false)
                expect(decision.events.map((e) => e.type)).toContain('DisclosureMade')
              }
            for (const event of decision.events)
              if (event.type !== 'DisclosureMade') request = applyRequest(request, event)
            closed = request.state === 'answered' || request.state === 'refused'
          }
        },
      ),
    )
  })
})

describe('two persons', () => {
  const free: MergePair = { bothNamed: true, leads: false, isLedTo: false, intoLeads: false, open: false }
  const merge: PersonMerge = {
    id: 'm',
    personId: 'a',
    intoId: 'b',
    state: 'proposed',
    proposedBy: at().actor.userId,
    partingBy: null,
  }
  test('are joined by two, and by nobody who does not read both', () => {
    const confirm = (who: 'worker' | 'head', pair = free, state = merge) =>
      code(decideMerge(state, { decision: 'confirm', reason: 'x' }, pair, at(who)))
    expect(confirm('worker')).toBe('needs_second_person')
    expect(confirm('head')).toBe('ok')
    expect(confirm('head', { ...free, bothNamed: false })).toBe('merge_not_seen')
    expect(confirm('head', { ...free, intoLeads: true })).toBe('merge_chain')
    expect(confirm('head', free, { ...merge, state: 'refused' })).toBe('merge_not_proposed')
    expect(code(decideMerge(merge, { decision: 'withdraw', reason: 'x' }, free, at('head')))).toBe(
      'not_allowed',
    )
    expect(code(decideProposeMerge({ personId: 'a', intoId: 'a', reason: 'x' }, free, at()))).toBe(
      'merge_same_person',
    )
  })
  type Act = 'confirm' | 'refuse' | 'withdraw' | 'propose_part' | 'part' | 'keep'
  test('states follow the events: confirmed only out of proposed, undone only out of confirmed', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc
            .constantFrom('confirm', 'refuse', 'withdraw', 'propose_part', 'part', 'keep')
            .map((act) => act as Act),
          { maxLength: 8 },
        ),
        fc.array(fc.constantFrom('worker' as const, 'head' as const), { minLength: 8, maxLength: 8 }),
        (acts, who) => {
          let now: PersonMerge = merge
          const seen = ['proposed']
          for (const [n, act] of acts.entries()) {
            const stamp = at(who[n]!)
            const decision =
              act === 'propose_part'
                ? decideProposePart(now, { reason: 'x' }, free, stamp)
                : act === 'part' || act === 'keep'
                  ? decidePart(
                      now,
                      { decision: act === 'part' ? 'confirm' : 'refuse', reason: 'x' },
                      free,
                      stamp,
                    )
                  : decideMerge(now, { decision: act, reason: 'x' }, free, stamp)
            if (!decision.ok) continue
            const [event] = decision.events
            if (event!.type === 'PersonsParted') expect(now.partingBy).not.toBe(stamp.actor.userId)
            if (stateAfter(event!) !== now.state) seen.push(stateAfter(event!))
            now = {
              ...now,
              state: stateAfter(event!),
              partingBy: event!.type === 'PartingProposed' ? stamp.actor.userId : null,
            }
          }
          expect([
            'proposed',
            'proposed confirmed',
            'proposed confirmed undone',
            'proposed refused',
            'proposed withdrawn',
          ]).toContain(seen.join(' '))
        },
      ),
    )
  })
})

describe('the child’s word', () => {
  const kinds = recipientKinds.filter((kind) => minimumDataSet[kind].some(isSensitive))
  const ground = (kind: Ground['kind'], scope: readonly PacketField[]): Ground => ({
    kind,
    ref: 'x',
    scope,
    version: 1,
    endedAt: null,
  })
  test('lets sensitive fields leave only when it agrees, is too young to be asked, or law or safety stands above', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        fc.option(fc.nat(17)),
        fc.option(fc.constantFrom('agrees' as const, 'disagrees' as const, 'not_asked' as const)),
        fc.boolean(),
        fc.constantFrom('law' as const, 'safety' as const, 'consent' as const),
        fc.constantFrom('none' as const, 'child' as const, 'guardian' as const, 'both' as const),
        (kind, age, answer, withdrawn, basis, objection) => {
          const fields = minimumDataSet[kind]
          const permissions: Permission[] =
            answer === null
              ? []
              : [
                  {
                    id: 'p',
                    recipients: [kind],
                    fields: fields.filter(isSensitive),
                    answer,
                    withdrawnAt: withdrawn ? 'then' : null,
                  },
                ]
          const voice = { age, from: 7, permissions }
          const bar = childBar(voice, kind, fields, [ground(basis, fields)], objection)
          const spoken = withdrawn ? null : answer
          const above = basis !== 'consent'
          const free =
            (age !== null && age < 7) ||
            spoken === 'agrees' ||
            (spoken === 'not_asked' && above) ||
            (spoken === 'disagrees' && above && (objection === 'child' || objection === 'both'))
          expect(bar === null).toBe(free)
          // What is not sensitive never waits.
          expect(
            childBar(
              voice,
              kind,
              fields.filter((field) => !isSensitive(field)),
              [],
              objection,
            ),
          ).toBeNull()
        },
      ),
    )
  })
  test('the newest word on a field counts', () => {
    const fields = minimumDataSet.health
    const one = (id: string, answer: Permission['answer']): Permission => ({
      id,
      recipients: ['health'],
      fields: fields.filter(isSensitive),
      answer,
      withdrawnAt: null,
    })
    const asked = (...permissions: Permission[]) =>
      childAsked({ age: 12, from: 7, permissions }, 'health', fields)
    expect(asked(one('b', 'disagrees'), one('a', 'agrees'))).toBe('disagrees')
    expect(asked(one('b', 'agrees'), one('a', 'disagrees'))).toBe('agrees')
    expect(asked()).toBe('never')
  })
})
