/** What may be done to a family. Who may is asked of each case by its own policy; nothing here reads a case. */
import { tiranaDay } from '../clock/tirana.ts'
import {
  accept,
  type Day,
  type Decision,
  type Json,
  type Part,
  refuse,
  type Stamp,
  type Uuid,
} from '../core.ts'
import {
  type Contact,
  type Family,
  type FamilyEvent,
  type Housing,
  inConflict,
  type MemberAdded,
  type RelationKind,
} from './state.ts'

const when = (stamp: Stamp) => ({ at: stamp.occurredAt, by: stamp.actor.userId })
const named = (texts: Readonly<Record<string, Json | undefined>>): { parts?: readonly Part[] } => {
  const parts = Object.entries(texts).flatMap(([name, body]): Part[] =>
    body === undefined || body === null || body === '' ? [] : [{ tier: 'T3', name, body }],
  )
  return parts.length === 0 ? {} : { parts }
}

export interface Household {
  readonly address?: string | undefined
  readonly housing?: Housing | undefined
  readonly remark?: string | undefined
}
export interface NewMember {
  readonly name: string
  readonly sex: 'female' | 'male' | 'unknown'
  readonly bornYear?: number | undefined
  readonly phone?: string | undefined
  readonly remark?: string | undefined
  readonly alleged: boolean
  readonly otherSide: boolean
}
export interface Relate {
  readonly fromId: Uuid
  readonly toId: Uuid
  readonly kind: RelationKind
  readonly guardian: boolean
  readonly livesWith: boolean | null
  readonly contact: Contact
  readonly from?: Day | undefined
  readonly until?: Day | undefined
}

export const decideOpenFamily = (memberId: Uuid, body: Household, stamp: Stamp): Decision<FamilyEvent> =>
  accept<FamilyEvent>(
    { type: 'FamilyOpened', v: 1, facts: { unitId: stamp.actor.unitId, ...when(stamp) } },
    { type: 'FamilyCaseAdded', v: 1, facts: { memberId, ...when(stamp) } },
    ...setHousehold(body, stamp),
  )

const setHousehold = (body: Household, stamp: Stamp): FamilyEvent[] =>
  body.address === undefined && body.housing === undefined && body.remark === undefined
    ? []
    : [
        {
          type: 'HouseholdSet',
          v: 1,
          facts: { housing: body.housing ?? null, ...when(stamp) },
          ...named({ address: body.address, remark: body.remark }),
          touches: ['household'],
        },
      ]
export const decideHousehold = (body: Household, stamp: Stamp): Decision<FamilyEvent> =>
  accept(...setHousehold(body, stamp))

/** A case joins with its child as a member; one that comes back finds its place. */
export const decideAddCase = (
  family: Family,
  child: { readonly caseId: Uuid; readonly personId: Uuid; readonly familyId: Uuid | null },
  stamp: Stamp,
): Decision<FamilyEvent> => {
  if (child.familyId !== null) return refuse('family_has_one', 'caseId')
  const known = family.members.find((one) => one.personId === child.personId)
  return accept<FamilyEvent>({
    type: 'FamilyCaseAdded',
    v: 1,
    facts: { memberId: known?.id ?? stamp.newId(), ...when(stamp) },
  })
}

/** The last case takes the family with it, so it stays. */
export const decideRemoveCase = (
  family: Family,
  caseId: Uuid,
  others: number,
  stamp: Stamp,
): Decision<FamilyEvent> => {
  if (!family.cases.includes(caseId)) return refuse('family_not_of_family', 'caseId')
  if (others === 0) return refuse('family_last_case', 'caseId')
  return accept<FamilyEvent>({ type: 'FamilyCaseRemoved', v: 1, facts: when(stamp) })
}

export const decideAddMember = (body: NewMember, stamp: Stamp): Decision<MemberAdded> => {
  if (body.bornYear !== undefined && body.bornYear > Number(tiranaDay(stamp.now).slice(0, 4)))
    return refuse('in_future', 'bornYear')
  return accept<MemberAdded>({
    type: 'MemberAdded',
    v: 1,
    facts: { memberId: stamp.newId(), alleged: body.alleged, otherSide: body.otherSide, ...when(stamp) },
    ...named({
      member: {
        name: body.name,
        sex: body.sex,
        bornYear: body.bornYear ?? null,
        phone: body.phone ?? null,
        remark: body.remark ?? null,
      },
    }),
  })
}

/** Who is alleged to harm is guardian of nobody from then on: each such relation is said anew without it, contact forbidden. */
export const decideMarkMember = (
  family: Family,
  body: {
    readonly memberId: Uuid
    readonly alleged: boolean
    readonly otherSide: boolean
    readonly reason: string
  },
  stamp: Stamp,
): Decision<FamilyEvent> => {
  const member = family.members.find((one) => one.id === body.memberId)
  if (member === undefined) return refuse('family_member_unknown', 'memberId')
  if (member.personId !== null && (body.alleged || body.otherSide))
    return refuse('representative_not_child', 'memberId')
  const { memberId, alleged, otherSide, reason } = body
  const ends =
    alleged || otherSide ? family.relations.filter((one) => one.from === memberId && one.guardian) : []
  return accept<FamilyEvent>(
    {
      type: 'MemberMarked',
      v: 1,
      facts: { memberId, alleged, otherSide, ...when(stamp) },
      ...named({ reason }),
      touches: [`member_${memberId}`],
    },
    ...ends.map((one): FamilyEvent => {
      const relationId = stamp.newId()
      return {
        type: 'RelationSet',
        v: 1,
        facts: {
          relationId,
          fromId: one.from,
          toId: one.to,
          kind: one.kind === 'guardian' ? 'other' : one.kind,
          guardian: false,
          livesWith: null,
          contact: alleged ? 'forbidden' : one.contact,
          from: tiranaDay(stamp.now),
          until: null,
          replaces: one.id,
          ...when(stamp),
        },
        touches: [`relation_${one.from}_${one.to}`],
      }
    }),
  )
}

/** Sets what one member is to another; what stood between the same two is ended by it. */
export const decideRelate = (family: Family, body: Relate, stamp: Stamp): Decision<FamilyEvent> => {
  if (body.fromId === body.toId) return refuse('family_same_member', 'toId')
  for (const field of ['fromId', 'toId'] as const)
    if (!family.members.some((one) => one.id === body[field])) return refuse('family_member_unknown', field)
  const today = tiranaDay(stamp.now)
  if (body.from !== undefined && body.from > today) return refuse('in_future', 'from')
  if (body.from !== undefined && body.until !== undefined && body.until < body.from)
    return refuse('impossible_date', 'until')
  if (body.kind === 'exploiter' && body.contact === 'allowed')
    return refuse('family_contact_exploiter', 'contact')
  if (body.guardian && (body.kind === 'exploiter' || inConflict(family, body.fromId)))
    return refuse('family_guardian_in_conflict', 'guardian')
  const before = family.relations.find((one) => one.from === body.fromId && one.to === body.toId)
  return accept<FamilyEvent>({
    type: 'RelationSet',
    v: 1,
    facts: {
      relationId: stamp.newId(),
      fromId: body.fromId,
      toId: body.toId,
      kind: body.kind,
      guardian: body.guardian,
      livesWith: body.livesWith,
      contact: body.contact,
      from: body.from ?? null,
      until: body.until ?? null,
      replaces: before?.id ?? null,
      ...when(stamp),
    },
    touches: [`relation_${body.fromId}_${body.toId}`],
  })
}

export const decideEndRelation = (
  family: Family,
  body: { readonly relationId: Uuid; readonly on: Day },
  stamp: Stamp,
): Decision<FamilyEvent> => {
  const one = family.relations.find((known) => known.id === body.relationId)
  if (one === undefined) return refuse('family_relation_unknown', 'relationId')
  if (body.on > tiranaDay(stamp.now)) return refuse('in_future', 'on')
  return accept<FamilyEvent>({
    type: 'RelationEnded',
    v: 1,
    facts: { relationId: one.id, on: body.on, ...when(stamp) },
    touches: [`relation_${one.from}_${one.to}`],
  })
}

/** One event: what it makes of the family. Members of cases that join are added by whoever knows the child. */
export const applyFamily = (family: Family, event: FamilyEvent): Family => {
  const next = { ...family, version: family.version + 1 }
  switch (event.type) {
    case 'MemberAdded': {
      const { memberId, alleged, otherSide } = event.facts
      return { ...next, members: [...family.members, { id: memberId, personId: null, alleged, otherSide }] }
    }
    case 'MemberMarked':
      return {
        ...next,
        members: family.members.map((one) =>
          one.id === event.facts.memberId
            ? { ...one, alleged: event.facts.alleged, otherSide: event.facts.otherSide }
            : one,
        ),
      }
    case 'RelationSet': {
      const { relationId, fromId, toId, kind, guardian, contact, replaces } = event.facts
      return {
        ...next,
        relations: [
          ...family.relations.filter((one) => one.id !== replaces),
          { id: relationId, from: fromId, to: toId, kind, guardian, contact },
        ],
      }
    }
    case 'RelationEnded':
      return { ...next, relations: family.relations.filter((one) => one.id !== event.facts.relationId) }
    default:
      return next
  }
}
