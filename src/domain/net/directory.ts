/**
 * The public list of actors, and of projects and measures: who does what, where, funded by whom (S004, Bashkërendimi
 * 1.(a).1–2). Everything in it is published, so nothing in it may lead to a shelter's door.
 */
import {
  type Actor,
  accept,
  type Day,
  type Decision,
  type DomainEvent,
  refuse,
  type Stamp,
  type Uuid,
} from '../core.ts'
import { textParts } from '../parts.ts'

export const actorKinds = [
  'state',
  'municipal',
  'justice',
  'ngo',
  'coalition',
  'international',
  'donor',
  'private',
] as const
export type ActorKind = (typeof actorKinds)[number]
export const projectKinds = ['project', 'measure'] as const
export const projectParts = ['lead', 'partner', 'funder'] as const
export type ProjectPart = (typeof projectParts)[number]

type Texts = {
  readonly nameSq: string
  readonly nameEn: string
  readonly doesSq: string
  readonly doesEn: string
}
export type ListedActor = Texts & {
  readonly kind: ActorKind
  readonly areas: readonly string[]
  readonly website: string | null
  readonly source: string | null
}
export type ListedProject = Texts & {
  readonly kind: (typeof projectKinds)[number]
  readonly areas: readonly string[]
  readonly from: Day | null
  readonly to: Day | null
  /** Whole lek; null where unknown. */
  readonly lek: number | null
  readonly planSlug: string | null
  readonly activityUid: string | null
  readonly source: string | null
  readonly actors: readonly { readonly actorId: Uuid; readonly part: ProjectPart }[]
}
type Said = keyof Texts | 'website' | 'source'
/** Since version 2 the texts are parts: whoever works alone is listed under their own name. */
export type ActorSet = DomainEvent<'ActorSet', Omit<ListedActor, Said>>
export type ProjectSet = DomainEvent<'ProjectSet', Omit<ListedProject, Said>>
export type ListingWithdrawn = DomainEvent<'ListingWithdrawn', Record<string, never>>

/** The National Coordinator's office and the State Agency keep the lists. */
export const mayKeepDirectory = (actor: Actor): boolean =>
  actor.role === 'coordinator' || actor.role === 'state_agency'

/** A street with a name or number, a block, a flat, a point on the map. */
const addresses = [
  /(?:^|[\s,(])(?:[Rr]ruga|[Rr]r\.|[Bb]ulevardi|[Bb]lv\.?|[Ss]heshi)\s+[“"«„']?\p{Lu}/u,
  /(?:^|[\s,(])(?:pallati|apartamenti|ap\.|shkalla|kati|godina)\s*(?:nr\.?\s*)?\d/iu,
  /\d+[a-z]?,?\s+(?:\p{Lu}\p{L}+\s+)+(?:street|avenue|road|square|st\.|rd\.)/u,
  /\p{Lu}\p{L}+\s+(?:Street|Avenue|Road|Square)(?:[\s,.;)]|$)/u,
  /\d{1,3}[.,]\d{3,}\s*°?\s*[NV]?[\s,;/]+\d{1,3}[.,]\d{3,}/,
]
export const looksLikeAddress = (text: string): boolean => addresses.some((one) => one.test(text))

const texts = ['nameSq', 'nameEn', 'doesSq', 'doesEn'] as const
const addressIn = (body: Texts): (typeof texts)[number] | undefined =>
  texts.find((field) => looksLikeAddress(body[field]))

export const decideSetActor = (body: ListedActor, stamp: Stamp): Decision<ActorSet> => {
  if (!mayKeepDirectory(stamp.actor)) return refuse('not_allowed')
  const told = addressIn(body)
  if (told !== undefined) return refuse('net_address', told)
  const { kind, areas, ...said } = body
  return accept({
    type: 'ActorSet',
    v: 2,
    facts: { kind, areas: [...areas] },
    parts: textParts(said),
    touches: ['entry'],
  })
}

export const decideSetProject = (body: ListedProject, stamp: Stamp): Decision<ProjectSet> => {
  if (!mayKeepDirectory(stamp.actor)) return refuse('not_allowed')
  const told = addressIn(body)
  if (told !== undefined) return refuse('net_address', told)
  if (body.from !== null && body.to !== null && body.to < body.from)
    return refuse('net_ends_before_begins', 'to')
  const { nameSq, nameEn, doesSq, doesEn, source, ...facts } = body
  return accept({
    type: 'ProjectSet',
    v: 2,
    facts: { ...facts, areas: [...body.areas], actors: body.actors.map((one) => ({ ...one })) },
    parts: textParts({ nameSq, nameEn, doesSq, doesEn, source }),
    touches: ['entry'],
  })
}

/** Off the public page; the entry and its history stay. */
export const decideWithdraw = (
  entry: { readonly listed: boolean },
  body: { readonly reason: string },
  stamp: Stamp,
): Decision<ListingWithdrawn> => {
  if (!mayKeepDirectory(stamp.actor)) return refuse('not_allowed')
  if (!entry.listed) return refuse('net_already_ended')
  return accept({
    type: 'ListingWithdrawn',
    v: 2,
    facts: {},
    parts: textParts({ reason: body.reason }),
    touches: ['entry'],
  })
}
