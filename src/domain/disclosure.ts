/**
 * What left a case: which fields, to whom, on what basis, when (domain specification 6, 12). One list a case, appended
 * only; referrals, answers to written requests, documents handed over and what was told write into the same one.
 */
import { gate } from './case/policy.ts'
import type { CaseState } from './case/state.ts'
import { accept, type Decision, type DomainEvent, refuse, type Stamp, type Uuid } from './core.ts'
import { familyBar } from './family/inform.ts'
import type { Ground, Objection } from './referral/state.ts'
import type { ChildAsked } from './rights/permission.ts'

export const disclosureKinds = ['referral', 'written_request', 'document', 'spoken', 'packet'] as const
export type DisclosureKind = (typeof disclosureKinds)[number]
export type DisclosureGround = { readonly kind: Ground['kind'] | 'request'; readonly ref: string }

export type DisclosureMade = DomainEvent<
  'DisclosureMade',
  {
    readonly disclosureId: Uuid
    readonly kind: DisclosureKind
    readonly toUnitId: Uuid | null
    /** Kind of recipient: of a referral, of an authority, or `family`, `child`, `court`. */
    readonly toKind: string
    readonly grounds: readonly DisclosureGround[]
    readonly fields: readonly string[]
    readonly tier: 'T2' | 'T3' | 'T4'
    readonly overrides: Objection
    readonly childAsked: ChildAsked
    readonly referralId: Uuid | null
    readonly requestId: Uuid | null
    readonly document: string | null
    readonly at: string
    readonly by: Uuid
  }
>

export type Disclosed = Omit<DisclosureMade['facts'], 'disclosureId' | 'at' | 'by'> & {
  /** Why an objection was set aside, or to which person it was handed (T3). */
  readonly reason?: string | undefined
}
export const disclosure = ({ reason, ...facts }: Disclosed, stamp: Stamp): DisclosureMade => ({
  type: 'DisclosureMade',
  v: 1,
  facts: { disclosureId: stamp.newId(), ...facts, at: stamp.now, by: stamp.actor.userId },
  ...(reason ? { parts: [{ tier: 'T3' as const, name: 'reason', body: reason }] } : {}),
})

export const handedTo = ['child', 'family', 'representative', 'court', 'lawyer', 'other_authority'] as const
export interface RecordDisclosure {
  readonly kind: 'document' | 'spoken'
  readonly toKind: (typeof handedTo)[number]
  readonly ground: Ground['kind']
  readonly ref: string
  readonly what: readonly string[]
  readonly sensitive: boolean
  readonly document?: string | undefined
  /** To whom by name, and why (T3). */
  readonly reason: string
}

/** What was handed over or told outside the system. To the family nothing, while the order stands. */
export function decideRecordDisclosure(
  s: CaseState,
  body: RecordDisclosure,
  stamp: Stamp,
): Decision<DisclosureMade> {
  const no = gate('add_note', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  const bar = body.toKind === 'family' ? familyBar(s, 'toKind') : null
  if (bar) return { ok: false, refusal: bar }
  if (body.what.length === 0) return refuse('referral_nothing_to_send', 'what')
  return accept(
    disclosure(
      {
        kind: body.kind,
        toUnitId: null,
        toKind: body.toKind,
        grounds: [{ kind: body.ground, ref: body.ref }],
        fields: body.what,
        tier: body.sensitive ? 'T4' : 'T3',
        overrides: 'none',
        childAsked: 'not_needed',
        referralId: null,
        requestId: null,
        document: body.document ?? null,
        reason: body.reason,
      },
      stamp,
    ),
  )
}
