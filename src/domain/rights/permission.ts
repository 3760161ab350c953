/**
 * The child's own permission before sensitive information leaves (S002; domain specification 6): asked from an age that
 * is configuration [U], of a younger one its guardian speaks. It is no legal ground and replaces none. A refusal is set
 * aside only by law or for safety, with the reason, in the log of disclosures.
 */
import { gate } from '../case/policy.ts'
import type { CaseState } from '../case/state.ts'
import { tiranaDay } from '../clock/tirana.ts'
import { accept, type Day, type Decision, type DomainEvent, refuse, type Stamp, type Uuid } from '../core.ts'
import { type PacketField, packetFields, type RecipientKind } from '../referral/packet.ts'
import type { Ground, Objection } from '../referral/state.ts'
import type { Refusal } from '../refusal.ts'

export const permissionAnswers = ['agrees', 'disagrees', 'not_asked'] as const
export type PermissionAnswer = (typeof permissionAnswers)[number]
export const notAskedWhy = ['danger', 'too_young', 'cannot_express', 'not_reached'] as const
export type NotAskedWhy = (typeof notAskedWhy)[number]

export interface Permission {
  readonly id: Uuid
  readonly recipients: readonly RecipientKind[]
  readonly fields: readonly PacketField[]
  readonly answer: PermissionAnswer
  readonly withdrawnAt: string | null
}

type At = { readonly at: string; readonly by: Uuid }
export type PermissionAsked = DomainEvent<
  'PermissionAsked',
  At & {
    readonly permissionId: Uuid
    readonly on: Day
    readonly recipients: readonly RecipientKind[]
    readonly fields: readonly PacketField[]
    readonly answer: PermissionAnswer
    readonly why: NotAskedWhy | null
  }
>
export type PermissionWithdrawn = DomainEvent<'PermissionWithdrawn', At & { readonly permissionId: Uuid }>

export interface AskPermission {
  readonly on: Day
  readonly recipients: readonly RecipientKind[]
  readonly fields: readonly PacketField[]
  readonly answer: PermissionAnswer
  readonly why?: NotAskedWhy | undefined
  /** The child's words, or why it could not be asked (T3). */
  readonly words?: string | undefined
}

export const isSensitive = (field: PacketField): boolean => packetFields[field] === 'T4'

export function decideAskPermission(
  s: CaseState,
  body: AskPermission,
  stamp: Stamp,
): Decision<PermissionAsked> {
  const no = gate('add_note', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  if (body.on > tiranaDay(stamp.now)) return refuse('in_future', 'on')
  const fields = body.fields.filter(isSensitive)
  if (fields.length === 0) return refuse('permission_nothing_sensitive', 'fields')
  if ((body.answer === 'not_asked') !== (body.why !== undefined))
    return refuse('permission_why_missing', 'why')
  return accept<PermissionAsked>({
    type: 'PermissionAsked',
    v: 1,
    facts: {
      permissionId: stamp.newId(),
      on: body.on,
      recipients: [...body.recipients],
      fields,
      answer: body.answer,
      why: body.why ?? null,
      at: stamp.occurredAt,
      by: stamp.actor.userId,
    },
    ...(body.words ? { parts: [{ tier: 'T3' as const, name: 'childWords', body: body.words }] } : {}),
    touches: ['permission'],
  })
}

/** Nothing more leaves on the strength of it; what has left by law or for safety is not called back by it. */
export function decideWithdrawPermission(
  s: CaseState,
  permission: Permission | undefined,
  stamp: Stamp,
): Decision<PermissionWithdrawn> {
  const no = gate('add_note', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  if (permission === undefined || permission.withdrawnAt !== null || permission.answer !== 'agrees')
    return refuse('permission_withdrawn', 'permissionId')
  return accept<PermissionWithdrawn>({
    type: 'PermissionWithdrawn',
    v: 1,
    facts: { permissionId: permission.id, at: stamp.occurredAt, by: stamp.actor.userId },
    touches: ['permission'],
  })
}

export interface ChildVoice {
  /** Whole years, the oldest it can be; null when unknown: then it is asked. */
  readonly age: number | null
  /** Age from which the child is asked; configuration. */
  readonly from: number
  /** Newest first. */
  readonly permissions: readonly Permission[]
}
export type ChildAsked = PermissionAnswer | 'not_needed'

/** What the child answered about these fields to this kind of recipient: its newest word on each field counts. */
export function childAsked(
  voice: ChildVoice,
  kind: RecipientKind,
  fields: readonly PacketField[],
): ChildAsked | 'never' {
  const sensitive = fields.filter(isSensitive)
  if (sensitive.length === 0 || (voice.age !== null && voice.age < voice.from)) return 'not_needed'
  const answers = sensitive.map(
    (field) =>
      voice.permissions.find(
        (one) => one.withdrawnAt === null && one.recipients.includes(kind) && one.fields.includes(field),
      )?.answer ?? 'never',
  )
  return (['disagrees', 'never', 'not_asked'] as const).find((one) => answers.includes(one)) ?? 'agrees'
}

/** Does law or safety, apart from any consent, cover all of these fields? */
const aboveConsent = (grounds: readonly Ground[], fields: readonly PacketField[]): boolean =>
  fields.every((field) => grounds.some((one) => one.kind !== 'consent' && one.scope.includes(field)))

/** Why sensitive fields may not leave, or null. */
export function childBar(
  voice: ChildVoice,
  kind: RecipientKind,
  fields: readonly PacketField[],
  grounds: readonly Ground[],
  objection: Objection,
): Refusal | null {
  const asked = childAsked(voice, kind, fields)
  if (asked === 'agrees' || asked === 'not_needed') return null
  const sensitive = fields.filter(isSensitive)
  const above = aboveConsent(grounds, sensitive)
  if (asked === 'not_asked' && above) return null
  if (asked === 'disagrees' && above && (objection === 'child' || objection === 'both')) return null
  return {
    code: asked === 'disagrees' ? 'referral_override_reason' : 'permission_child_not_asked',
    field: asked === 'disagrees' ? 'objection' : 'child',
  }
}
