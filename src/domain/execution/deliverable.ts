/** What an activity brings forth: an act, a document, an agreement; when it was drafted, approved and came into force. */
import { accept, type Day, type Decision, type DomainEvent, refuse, type Stamp, type Uuid } from '../core.ts'

export const deliverableKinds = ['act', 'document', 'agreement', 'other'] as const
export type DeliverableKind = (typeof deliverableKinds)[number]

export interface Deliverable {
  readonly id: Uuid
  readonly kind: DeliverableKind
  readonly approvedOn: Day | null
  readonly inForceOn: Day | null
}

export type DeliverableAdded = DomainEvent<
  'DeliverableAdded',
  {
    readonly id: Uuid
    readonly kind: DeliverableKind
    readonly approvedOn: Day | null
    readonly inForceOn: Day | null
  }
>
export type DeliverableDated = DomainEvent<
  'DeliverableDated',
  { readonly id: Uuid; readonly approvedOn: Day | null; readonly inForceOn: Day | null }
>
export type DeliverableFiled = DomainEvent<
  'DeliverableFiled',
  {
    readonly id: Uuid
    readonly file: Uuid
    readonly media: FileKind
    readonly size: number
    readonly sha256: string
  }
>

export interface Dates {
  readonly approvedOn?: Day | undefined
  readonly inForceOn?: Day | undefined
}
export interface AddDeliverable extends Dates {
  readonly kind: DeliverableKind
  readonly title: string
  /** Number and date as the act itself bears them. */
  readonly number?: string | undefined
}

const datesFault = (dates: Dates, today: Day) => {
  if (dates.approvedOn !== undefined && dates.approvedOn > today) return refuse('in_future', 'approvedOn')
  if (dates.inForceOn === undefined) return null
  return dates.approvedOn === undefined || dates.inForceOn < dates.approvedOn
    ? refuse('execution_not_before_approval', 'inForceOn')
    : null
}

export const decideAddDeliverable = (
  body: AddDeliverable,
  today: Day,
  stamp: Stamp,
): Decision<DeliverableAdded> =>
  datesFault(body, today) ??
  accept({
    type: 'DeliverableAdded',
    v: 1,
    facts: {
      id: stamp.newId(),
      kind: body.kind,
      approvedOn: body.approvedOn ?? null,
      inForceOn: body.inForceOn ?? null,
    },
    parts: [
      { tier: 'T3', name: 'title', body: body.title },
      ...(body.number === undefined ? [] : [{ tier: 'T3' as const, name: 'number', body: body.number }]),
    ],
  })

export const decideDateDeliverable = (
  now: Deliverable,
  dates: Dates,
  today: Day,
): Decision<DeliverableDated> => {
  const approvedOn = dates.approvedOn ?? now.approvedOn ?? undefined
  const inForceOn = dates.inForceOn ?? now.inForceOn ?? undefined
  return (
    datesFault({ approvedOn, inForceOn }, today) ??
    accept({
      type: 'DeliverableDated',
      v: 1,
      facts: { id: now.id, approvedOn: approvedOn ?? null, inForceOn: inForceOn ?? null },
      touches: ['deliverable'],
    })
  )
}

/** Only what opens without running anything; told by its first bytes, never by its name. */
export const fileKinds = ['application/pdf', 'image/png', 'image/jpeg'] as const
export type FileKind = (typeof fileKinds)[number]
const beginnings: Readonly<Record<FileKind, readonly number[]>> = {
  'application/pdf': [0x25, 0x50, 0x44, 0x46, 0x2d],
  'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  'image/jpeg': [0xff, 0xd8, 0xff],
}
export const fileKindOf = (bytes: ArrayLike<number>): FileKind | null =>
  fileKinds.find((kind) => beginnings[kind].every((byte, at) => bytes[at] === byte)) ?? null

/** Largest file in bytes; bigger ones come with attachments of cases, which are sent in pieces. */
export const fileLimit = 700_000

export const decideFileDeliverable = (
  now: Deliverable,
  file: {
    readonly kind: FileKind | null
    readonly name: string
    readonly size: number
    readonly sha256: string
  },
  stamp: Stamp,
): Decision<DeliverableFiled> => {
  if (file.kind === null) return refuse('execution_file_kind', 'content')
  return accept({
    type: 'DeliverableFiled',
    v: 1,
    facts: { id: now.id, file: stamp.newId(), media: file.kind, size: file.size, sha256: file.sha256 },
    parts: [{ tier: 'T3', name: 'name', body: file.name }],
  })
}
