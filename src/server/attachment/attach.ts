/** `case.attach`: a file that arrived piece by piece is examined, cleaned, and becomes part of its case. */
import { createHash } from 'node:crypto'
import { decideAttach, kindRefusal } from '#domain/attachment/attach.ts'
import { type AttachmentKind, isExamined } from '#domain/attachment/media.ts'
import type { Uuid } from '#domain/core.ts'
import type { Refusal } from '#domain/refusal.ts'
import { AttachFile } from '#wire/attachment.ts'
import { lockCase, record } from '../case/store.ts'
import { type CommandHandler, command, done, refused } from '../command.ts'
import { notFound } from '../problem.ts'
import type { WriteTx } from '../tx.ts'
import { examine, firstLook } from './examine.ts'
import { digestOf, openPieces, putPieces, wholeFile } from './pieces.ts'
import { scanFile } from './scan.ts'

interface Upload {
  readonly size: number
  readonly received: number
  readonly pieces: number
}

type Ready =
  | { readonly ok: true; readonly kind: AttachmentKind; readonly size: number; readonly pieces: number }
  | { readonly ok: false; readonly refusal: Refusal }

const no = (code: Refusal['code']): Ready => ({ ok: false, refusal: { code, field: 'file' } })

/** Bytes of the file in turn, for the scanner and the checksum: nothing holds a film whole. */
const sha256Of = async (tx: WriteTx, id: Uuid, pieces: number): Promise<string> => {
  const hash = createHash('sha256')
  for await (const part of openPieces(tx, id, pieces)) hash.update(part)
  return hash.digest('hex')
}

const makeReady = async (
  tx: WriteTx,
  id: Uuid,
  upload: Upload,
  sha256: string | undefined,
): Promise<Ready> => {
  if (upload.received !== upload.size) return no('attachment_unfinished')
  if (sha256 !== undefined && (await sha256Of(tx, id, upload.pieces)) !== sha256)
    return no('attachment_changed')
  const first = await openPieces(tx, id, 1).next()
  const look = firstLook(first.value ?? Buffer.alloc(0))
  if (!look.ok) return look
  if (look.is !== 'zip' && !isExamined(look.is)) {
    const large = kindRefusal(look.is, upload.size)
    return large === null
      ? { ok: true, kind: look.is, size: upload.size, pieces: upload.pieces }
      : { ok: false, refusal: large }
  }
  // Larger than any document may be: not opened.
  const large = kindRefusal(look.is === 'zip' ? 'docx' : look.is, upload.size)
  if (large !== null) return { ok: false, refusal: large }
  const given = await wholeFile(tx, id, upload.pieces)
  const found = examine(given)
  if (!found.ok) return found
  if (found.bytes.equals(given))
    return { ok: true, kind: found.kind, size: given.length, pieces: upload.pieces }
  await tx.sql('delete from attachment_piece where attachment_id = $1', [id])
  const pieces = await putPieces(tx, id, 0, found.bytes)
  return { ok: true, kind: found.kind, size: found.bytes.length, pieces }
}

/** Here the sender may still send the rest, or choose the file that was begun. */
const waits: ReadonlySet<string> = new Set(['attachment_unfinished', 'attachment_changed'])
/** A file that is never kept does not wait for its week either. */
const gone = (id: Uuid) => (tx: WriteTx) => tx.sql('select forget_upload($1, $2)', [id, tx.now])

export const attachFile: CommandHandler = command('case.attach', AttachFile, async (tx, cmd) => {
  const { attachmentId: id, sha256, ...body } = cmd.body
  const [upload] = await tx.sql<Upload>(
    `select size, received, pieces from attachment where id = $1 and case_id = $2 and state = 'uploading' and expires_at > $3 for update`,
    [id, cmd.recordId, tx.now],
  )
  if (upload === undefined) throw notFound()
  const ready = await makeReady(tx, id, upload, sha256)
  if (!ready.ok)
    return waits.has(ready.refusal.code) ? refused(ready.refusal) : refused(ready.refusal, gone(id))
  const found = await scanFile(openPieces(tx, id, ready.pieces))
  if (found === 'infected') return refused({ code: 'attachment_infected', field: 'file' }, gone(id))
  // The case is held only from here on: examining a film takes a while.
  const before = await lockCase(tx, cmd.recordId)
  const [count] = await tx.sql<{ n: number }>(
    `select count(*)::int as n from attachment where case_id = $1 and state <> 'uploading'`,
    [before.id],
  )
  const digest = await digestOf(tx, id, ready.pieces)
  const decision = decideAttach(
    before,
    body,
    {
      id,
      kind: ready.kind,
      size: ready.size,
      digest: digest.toString('hex'),
      scan: found,
      already: count?.n ?? 0,
    },
    tx.stamp,
  )
  if (!decision.ok) return refused(decision.refusal)
  const after = await record(tx, before, decision.events)
  tx.later(
    `update attachment set state = 'kept', tier = $2, kind = $3, size = $4, received = $4, pieces = $5, digest = $6, scan = $7,
         kept_at = $8 where id = $1`,
    [id, body.sensitive ? 'T4' : 'T3', ready.kind, ready.size, ready.pieces, digest, found, tx.now],
  )
  return done({
    recordId: after.id,
    version: after.version,
    reply: { attachmentId: id, kind: ready.kind, size: ready.size, scan: found },
  })
})
