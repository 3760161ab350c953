/** A file in sealed pieces: each under the file's own key, bound to the file and to its place in it. */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { pieceSize } from '#domain/attachment/media.ts'
import type { Uuid } from '#domain/core.ts'
import { Problem } from '../problem.ts'
import { findKey, keyFor } from '../sealing/keys.ts'
import type { Tx } from '../tx.ts'

const recordOf = (id: Uuid) => ({ kind: 'attachment', id })
const bound = (id: Uuid, n: number): Buffer => Buffer.from(`mburoja piece 1\n${id}\n${n}`)

const sealPiece = (key: Buffer, id: Uuid, n: number, plain: Uint8Array): Buffer => {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(bound(id, n))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body])
}
const openPiece = (key: Buffer, id: Uuid, n: number, sealed: Buffer): Buffer => {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12)).setAAD(bound(id, n))
    decipher.setAuthTag(sealed.subarray(12, 28))
    return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()])
  } catch {
    throw new Problem('unopened')
  }
}

/** Puts bytes behind the `from` pieces that are there. Returns how many pieces there are then. */
export const putPieces = async (tx: Tx, id: Uuid, from: number, bytes: Uint8Array): Promise<number> => {
  const key = await keyFor(tx, recordOf(id))
  let n = from
  for (let at = 0; at < bytes.length; at += pieceSize) {
    tx.later('insert into attachment_piece (attachment_id, n, body) values ($1, $2, $3)', [
      id,
      n,
      sealPiece(key, id, n, bytes.subarray(at, at + pieceSize)),
    ])
    n += 1
  }
  return n
}

const group = 16

/** The file, some pieces at a time. A file that lost a piece, or whose key is gone, does not open. */
export async function* openPieces(tx: Tx, id: Uuid, pieces: number, first = 0): AsyncGenerator<Buffer> {
  const key = await findKey(tx, recordOf(id))
  if (key === null) throw new Problem('unopened')
  for (let from = first; from < pieces; from += group) {
    const rows = await tx.sql<{ n: number; body: Buffer }>(
      'select n, body from attachment_piece where attachment_id = $1 and n >= $2 and n < $3 order by n',
      [id, from, Math.min(pieces, from + group)],
    )
    if (rows.length !== Math.min(group, pieces - from)) throw new Problem('unopened')
    yield Buffer.concat(rows.map((row) => openPiece(key, id, row.n, row.body)))
  }
}

export const wholeFile = async (tx: Tx, id: Uuid, pieces: number): Promise<Buffer> => {
  const parts: Buffer[] = []
  for await (const part of openPieces(tx, id, pieces)) parts.push(part)
  return Buffer.concat(parts)
}

/** SHA-256 over the sealed pieces in their order: the chain names what is stored, and proving it takes no key. */
export const digestOf = async (tx: Tx, id: Uuid, pieces: number): Promise<Buffer> => {
  const hash = createHash('sha256')
  for (let from = 0; from < pieces; from += group) {
    const rows = await tx.sql<{ body: Buffer }>(
      'select body from attachment_piece where attachment_id = $1 and n >= $2 and n < $3 order by n',
      [id, from, from + group],
    )
    for (const row of rows) hash.update(row.body)
  }
  return hash.digest()
}
