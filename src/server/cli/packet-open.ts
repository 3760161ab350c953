/**
 * Proves and opens a packet of another country. What the file alone gives away (too large, cut, no packet) is said before any
 * database is asked. Each fault has its own exit code, listed in docs/packets.md.
 */
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import type { PacketFault } from '#domain/packet/manifest.ts'
import { recordAccess } from '../access.ts'
import { codeOf, Fault } from '../fault.ts'
import { largestPacket, readPacket } from '../packet/container.ts'
import { type ListState, type Opening, openPacket } from '../packet/open.ts'
import { systemActor, withTx } from '../tx.ts'
import { say as sayIn } from '../words.ts'
import { print, say } from './output.ts'
import { type Verb, withDatabase } from './verb.ts'

export const exitCodes: Readonly<Record<PacketFault, number>> = {
  packet_forged: 2,
  packet_altered: 2,
  packet_expired: 3,
  packet_not_yet: 3,
  packet_not_for_us: 4,
  packet_revoked: 5,
  packet_truncated: 6,
  packet_unreadable: 6,
  packet_version: 6,
  packet_content: 6,
  packet_too_large: 7,
  packet_issuer_unknown: 8,
  packet_issuer_unconfirmed: 8,
  packet_issuer_ended: 8,
}

const fileFault = (file: string, error: unknown): Fault =>
  new Fault(`${file} cannot be read or written (${codeOf(error)}).`)

const told = (list: ListState | null | undefined): string =>
  list === null || list === undefined
    ? 'No list of recalled packets of this country is known here: whether it was recalled is not known.'
    : `The newest list of recalled packets known here is ${list.hours} hours old${list.old ? ': ask for a newer one' : ''}.`

const refusal = (json: boolean, code: PacketFault, list?: ListState | null): number => {
  const detail = sayIn('en', `refusal.${code}`)
  if (json) print(JSON.stringify({ ok: false, code, detail, list: list ?? null }))
  say(`mburoja: ${detail}`)
  return exitCodes[code]
}

const success = (
  json: boolean,
  opened: Extract<Opening, { ok: true }>['value'],
  paper: string | undefined,
): number => {
  const { manifest, issuer, list, content } = opened
  const { paper: inside, ...said } = content
  if (paper !== undefined)
    try {
      writeFileSync(paper, Buffer.from(inside.base64, 'base64'), { mode: 0o600 })
    } catch (error) {
      throw fileFault(paper, error)
    }
  if (json)
    print(
      JSON.stringify({
        ok: true,
        manifest,
        issuer,
        list,
        content: { ...said, paper: { name: inside.name, media: inside.media } },
      }),
    )
  else {
    print(
      `From ${issuer.institution} (${issuer.country}), ${said.purpose}, to be opened until ${manifest.expiresAt}`,
    )
    for (const item of said.items) print(`${item.field}: ${item.value}`)
  }
  say(told(list))
  return 0
}

export const verb: Verb = {
  options: { file: { type: 'string' }, paper: { type: 'string' } },
  bare: 'file',
  run: async ({ values, json }) => {
    const { file, paper } = values
    if (typeof file !== 'string') throw new Fault('Say which file: packet open FILE.')
    let bytes: Buffer
    try {
      if (statSync(file).size > largestPacket) return refusal(json, 'packet_too_large')
      bytes = readFileSync(file)
    } catch (error) {
      throw fileFault(file, error)
    }
    const outside = readPacket(bytes)
    if (!outside.ok) return refusal(json, outside.fault)
    return withDatabase(
      async ({ ctx }) => {
        const opened = await withTx(ctx, systemActor, async (tx) => {
          const found = await openPacket(tx, bytes)
          recordAccess(tx, {
            act: found.ok ? 'read' : 'refused',
            kind: 'packet',
            ...(found.ok ? { tier: 'T4' } : { code: found.fault }),
          })
          return found
        })
        return opened.ok
          ? success(json, opened.value, typeof paper === 'string' ? paper : undefined)
          : refusal(json, opened.fault, opened.list)
      },
      { looks: true },
    )
  },
}
