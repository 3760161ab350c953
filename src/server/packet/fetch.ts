/**
 * Other countries' lists of recalled packets, asked for at the public address that a contact was given. Whatever comes back is believed
 * only by its signature; no more of it is read than a list may hold, no longer is waited, and nobody is followed elsewhere.
 */
import type { Uuid } from '#domain/core.ts'
import { execute, registry } from '../command.ts'
import type { Context } from '../context.ts'
import { uuidv7 } from '../ids.ts'
import { Problem } from '../problem.ts'
import { systemActor, withTx } from '../tx.ts'
import { packetCommands } from './commands.ts'
import { largestPacket } from './container.ts'

const patience = 20_000
/** Countries that one round asks at most. */
const most = 100

/** The text of a list, or null where none could be had. */
export type ListSource = (url: string) => Promise<string | null>

/** `secure: false` is for a stand-in on the same machine only. */
export const listSource =
  (options: { readonly patience?: number; readonly secure?: boolean } = {}): ListSource =>
  async (url) => {
    if (options.secure !== false && !url.startsWith('https://')) return null
    try {
      const response = await fetch(url, {
        redirect: 'error',
        signal: AbortSignal.timeout(options.patience ?? patience),
        headers: { accept: 'text/plain' },
      })
      if (response.status !== 200 || response.body === null) {
        await response.body?.cancel()
        return null
      }
      const chunks: Uint8Array[] = []
      let size = 0
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
        size += chunk.byteLength
        if (size > largestPacket) return null
        chunks.push(chunk)
      }
      return Buffer.concat(chunks).toString('utf8')
    } catch {
      return null
    }
  }

export interface Fetched {
  /** Lists that were newer, or said again what was known. */
  readonly taken: number
  /** Packets that are known as recalled since now. */
  readonly revoked: number
  /** Nothing came, or not what it ought to be; the list stays as old as it is, and says so where a packet is opened. */
  readonly failed: number
}

/** One round over all who gave an address and whose key two people compared. */
export const fetchRevocations = async (ctx: Context, source: ListSource): Promise<Fetched> => {
  const asked = await withTx(ctx, systemActor, (tx) =>
    tx.sql<{ id: Uuid; url: string }>(
      `select id, lists_url as url from counterpart where lists_url is not null and checked_by is not null
         and valid_from <= $1::date and coalesce(valid_to >= $1::date, true) order by id limit ${most}`,
      [tx.now],
    ),
  )
  let [taken, revoked, failed] = [0, 0, 0]
  const commands = registry(packetCommands)
  for (const { id, url } of asked) {
    const list = await source(url)
    const reply =
      list === null
        ? null
        : await execute(ctx, commands, systemActor, {
            commandId: uuidv7(),
            type: 'packet.take_revocations',
            recordId: id,
            body: { list },
          }).catch((error: unknown) => {
            if (error instanceof Problem) return null
            throw error
          })
    if (reply === null) failed += 1
    else {
      taken += 1
      revoked += Number(reply.reply.added)
    }
  }
  return { taken, revoked, failed }
}
