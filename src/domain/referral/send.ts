/** Sending: what allows each field, and the packet cut out of whatever the sender holds. */
import { type Consent, covers } from '../consent.ts'
import { accept, type Decision, type Instant, type Part, refuse, type Stamp, type Uuid } from '../core.ts'
import { type ChildVoice, childBar } from '../rights/permission.ts'
import { type Named, namedBar } from '../services/refer.ts'
import {
  labelledField,
  minimumDataSet,
  type PacketField,
  type PacketSource,
  packetFor,
  type RecipientKind,
  type ReferralService,
  servicesOf,
  tellsTrafficking,
} from './packet.ts'
import { coveredFields, type Ground, type Objection, type ReferralSent } from './state.ts'

export interface SendReferral {
  readonly toUnitId: Uuid
  readonly service: ReferralService
  readonly grounds: readonly {
    readonly kind: Ground['kind']
    readonly ref: string
    /** Absent: the whole packet of this kind of recipient. */
    readonly scope?: readonly PacketField[] | undefined
  }[]
  readonly objection: Objection
  readonly overrideReason?: string | undefined
}

/** What the world knows besides the body. `source` is whatever the sender holds; the packet is cut out of it here. */
export interface SendContext {
  readonly code: string
  readonly caseId: Uuid | null
  readonly recipientKind: RecipientKind
  readonly source: PacketSource
  readonly consents: readonly Consent[]
  /** What the child of the case was asked; null where no case stands behind the referral. */
  readonly voice: ChildVoice | null
  /** The action of the plan and the entry of the directory that the sender names. */
  readonly named: Named
  readonly ackDueAt: Instant | null
  readonly answerDueAt: Instant | null
}

/** @returns `ReferralSent`, its packet as one part per field (T3 or T4). */
export function decideSend(body: SendReferral, context: SendContext, stamp: Stamp): Decision<ReferralSent> {
  const kind = context.recipientKind
  const whole = minimumDataSet[kind]
  if (body.toUnitId === stamp.actor.unitId) return refuse('referral_to_itself', 'toUnitId')
  if (!servicesOf[kind].includes(body.service)) return refuse('referral_wrong_service', 'service')
  const barred = namedBar(context.named, body.toUnitId)
  if (barred) return { ok: false, refusal: barred }
  if (body.grounds.length === 0) return refuse('referral_without_ground', 'grounds')
  const grounds: Ground[] = []
  for (const [index, asked] of body.grounds.entries()) {
    const scope = asked.scope ?? whole
    const outside = scope.find((field) => !whole.includes(field))
    if (outside !== undefined)
      return refuse('referral_outside_packet', `grounds.${index}.scope`, { field: outside })
    let version = 1
    if (asked.kind === 'consent') {
      const consent = context.consents.find((one) => one.id === asked.ref)
      if (consent === undefined || !covers(consent, kind, scope, stamp.now))
        return refuse('consent_does_not_cover', `grounds.${index}.ref`)
      version = consent.number
    }
    // The recipient reads on what it rests, so the label must not travel there either.
    if (tellsTrafficking(kind, asked.ref)) return refuse('referral_label_in_text', `grounds.${index}.ref`)
    grounds.push({ kind: asked.kind, ref: asked.ref, scope, version, endedAt: null })
  }
  const aboveConsent = grounds.some((ground) => ground.kind !== 'consent')
  if (body.objection !== 'none' && !aboveConsent) return refuse('consent_does_not_cover', 'objection')
  if (body.objection !== 'none' && !body.overrideReason)
    return refuse('referral_override_reason', 'overrideReason')
  const labelled = labelledField(kind, context.source)
  if (labelled !== undefined) return refuse('referral_label_in_text', `source.${labelled}`)
  const packet = packetFor(kind, context.source, coveredFields(grounds))
  if (packet.parts.length === 0) return refuse('referral_nothing_to_send', 'source')
  const given = packet.parts.map((part) => part.field)
  const bar = context.voice && childBar(context.voice, kind, given, grounds, body.objection)
  if (bar) return { ok: false, refusal: bar }
  const parts: Part[] = packet.parts.map(({ field, tier, value }) => ({ tier, name: field, body: value }))
  if (body.objection !== 'none' && body.overrideReason)
    parts.push({ tier: 'T3', name: 'overrideReason', body: body.overrideReason })
  return accept<ReferralSent>({
    type: 'ReferralSent',
    v: 1,
    facts: {
      code: context.code,
      caseId: context.caseId,
      fromUnitId: stamp.actor.unitId,
      toUnitId: body.toUnitId,
      recipientKind: kind,
      service: body.service,
      grounds,
      fields: given,
      overrides: body.objection,
      ackDueAt: context.ackDueAt,
      answerDueAt: context.answerDueAt,
      ...(context.named.action === null ? {} : { actionId: context.named.action.id }),
      ...(context.named.entry === null ? {} : { entryId: context.named.entry.id }),
      at: stamp.now,
    },
    parts,
    touches: ['state'],
  })
}

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** The printed code, e.g. `RF-2026-7K3M9QXA`: the last 40 bits of the id in Crockford's letters. Tells nothing. */
export const referralCode = (id: Uuid, sentAt: Instant): string => {
  const bits = BigInt(`0x${id.replaceAll('-', '').slice(-10)}`)
  const text = Array.from({ length: 8 }, (_, at) => letters[Number((bits >> BigInt(35 - 5 * at)) & 31n)])
  return `RF-${sentAt.slice(0, 4)}-${text.join('')}`
}
