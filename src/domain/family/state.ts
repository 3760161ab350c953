/**
 * A family (familja): household, members and what they are to each other, shared by the cases of several children and
 * copied into none. What its own chain tells is pseudonymous and names no case: which case belongs to it stands on the
 * chain of each case, so that the reader of one learns nothing of another.
 */
import type { Day, DomainEvent, Uuid } from '../core.ts'

export const relationKinds = [
  'mother',
  'father',
  'stepparent',
  'sibling',
  'grandparent',
  'other_relative',
  'guardian',
  'foster_parent',
  'spouse',
  'partner',
  'exploiter',
  'other',
] as const
export type RelationKind = (typeof relationKinds)[number]

export const contactWords = ['allowed', 'supervised', 'forbidden', 'not_assessed'] as const
export type Contact = (typeof contactWords)[number]

export const housings = [
  'own',
  'rented',
  'with_relatives',
  'improvised',
  'none',
  'institution',
  'not_known',
] as const
export type Housing = (typeof housings)[number]

export interface Member {
  readonly id: Uuid
  /** The child of one of the cases; null for whoever is only written down here. */
  readonly personId: Uuid | null
  /** Alleged to have harmed or exploited a child of the family. */
  readonly alleged: boolean
  /** Employed by, or acting for, whoever stands against the child. */
  readonly otherSide: boolean
}

export interface Relation {
  readonly id: Uuid
  readonly from: Uuid
  readonly to: Uuid
  readonly kind: RelationKind
  readonly guardian: boolean
  readonly contact: Contact
}

/** As far as the actor sees it: members and relations beyond their sight are not here. */
export interface Family {
  readonly id: Uuid
  readonly version: number
  readonly cases: readonly Uuid[]
  readonly members: readonly Member[]
  /** Those in force. */
  readonly relations: readonly Relation[]
}

type At = { readonly at: string; readonly by: Uuid }
export type FamilyOpened = DomainEvent<'FamilyOpened', At & { readonly unitId: Uuid }>
export type FamilyCaseAdded = DomainEvent<'FamilyCaseAdded', At & { readonly memberId: Uuid }>
export type FamilyCaseRemoved = DomainEvent<'FamilyCaseRemoved', At>
export type HouseholdSet = DomainEvent<'HouseholdSet', At & { readonly housing: Housing | null }>
export type MemberAdded = DomainEvent<
  'MemberAdded',
  At & { readonly memberId: Uuid; readonly alleged: boolean; readonly otherSide: boolean }
>
export type MemberMarked = DomainEvent<
  'MemberMarked',
  At & { readonly memberId: Uuid; readonly alleged: boolean; readonly otherSide: boolean }
>
export type RelationSet = DomainEvent<
  'RelationSet',
  At & {
    readonly relationId: Uuid
    readonly fromId: Uuid
    readonly toId: Uuid
    readonly kind: RelationKind
    readonly guardian: boolean
    readonly livesWith: boolean | null
    readonly contact: Contact
    readonly from: Day | null
    readonly until: Day | null
    /** The relation between the same two that this one takes the place of. */
    readonly replaces: Uuid | null
  }
>
export type RelationEnded = DomainEvent<'RelationEnded', At & { readonly relationId: Uuid; readonly on: Day }>
export type WorkedTogether = DomainEvent<
  'WorkedTogether',
  At & { readonly what: 'note' | 'service' | 'action'; readonly children: number }
>
export type FamilyEvent =
  | FamilyOpened
  | FamilyCaseAdded
  | FamilyCaseRemoved
  | HouseholdSet
  | MemberAdded
  | MemberMarked
  | RelationSet
  | RelationEnded
  | WorkedTogether

/** On the chain of a case. */
export type FamilyJoined = DomainEvent<'FamilyJoined', At & { readonly familyId: Uuid }>
export type FamilyLeft = DomainEvent<'FamilyLeft', At & { readonly familyId: Uuid }>
export type FamilyInformed = DomainEvent<
  'FamilyInformed',
  At & {
    readonly noticeId: Uuid
    readonly means: string
    readonly on: Day
    readonly memberId: Uuid | null
  }
>

/** May this member speak for a child, or be its guardian? */
export const inConflict = (family: Family | null, memberId: Uuid): boolean => {
  if (family === null) return false
  const member = family.members.find((one) => one.id === memberId)
  return (
    member === undefined ||
    member.alleged ||
    member.otherSide ||
    family.relations.some((one) => one.from === memberId && one.kind === 'exploiter')
  )
}
