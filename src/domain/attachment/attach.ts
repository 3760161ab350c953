/** A file becomes part of a case: whoever may write a note in it may attach one. Its title is a text of the file's own tier. */
import { event } from '../case/event.ts'
import type { AttachmentAdded } from '../case/events.ts'
import { gate } from '../case/policy.ts'
import type { CaseState } from '../case/state.ts'
import { type Actor, accept, type Decision, refuse, type Stamp, type Uuid } from '../core.ts'
import type { Refusal } from '../refusal.ts'
import { type AttachmentKind, largest, limits } from './media.ts'

/** An upload that nobody finished is forgotten after this many days. */
export const uploadDays = 7
/** Files of one case, and unfinished uploads of one person. */
export const most = { kept: 300, unfinished: 20 } as const

const megabytes = (bytes: number): number => Math.floor(bytes / 1_000_000)

export const mayAttach = (actor: Actor, s: CaseState): Refusal | null => gate('add_note', actor, s)

/** Before the first byte: nothing of this size is ever taken. */
export const sizeRefusal = (size: number): Refusal | null =>
  size > largest
    ? { code: 'attachment_too_large', field: 'file', params: { limit: megabytes(largest), kind: 'any' } }
    : null
/** As soon as the bytes tell what it is. */
export const kindRefusal = (kind: AttachmentKind, size: number): Refusal | null =>
  size > limits[kind]
    ? { code: 'attachment_too_large', field: 'file', params: { limit: megabytes(limits[kind]), kind } }
    : null

export interface Attach {
  readonly title: string
  /** Health, abuse, interviews: read by the worker, the deputy, and the head who says "supervision". */
  readonly sensitive: boolean
}
export interface Received {
  readonly id: Uuid
  readonly kind: AttachmentKind
  /** Bytes as kept. */
  readonly size: number
  /** SHA-256 over the sealed pieces, hexadecimal. */
  readonly digest: string
  readonly scan: 'clean' | 'not_scanned'
  /** Files that the case has already. */
  readonly already: number
}

export function decideAttach(
  s: CaseState,
  body: Attach,
  file: Received,
  stamp: Stamp,
): Decision<AttachmentAdded> {
  const no = mayAttach(stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  if (file.already >= most.kept) return refuse('attachment_too_many', 'file', { limit: most.kept })
  const title = { title: body.title }
  return accept(
    event(
      'AttachmentAdded',
      stamp,
      {
        attachmentId: file.id,
        kind: file.kind,
        size: file.size,
        digest: file.digest,
        scan: file.scan,
        tier: body.sensitive ? 'T4' : 'T3',
      },
      body.sensitive ? { T4: title } : { T3: title },
    ),
  )
}
