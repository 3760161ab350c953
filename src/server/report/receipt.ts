/**
 * Receipts: what somebody who wrote without signing in gets, and the one door they open. A receipt is derived from the
 * command's id under the server's secret, so it is the same when a page is sent twice, and only its keyed hash is stored.
 */
import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { addDays, fromTirana, tiranaDay } from '#domain/clock/tirana.ts'
import type { Instant, Uuid } from '#domain/core.ts'
import { type ReporterStatus, reporterStatus } from '#domain/report/decide.ts'
import { saidText } from '#wire/text.ts'
import { append } from '../append.ts'
import { command, done, execute, registry } from '../command.ts'
import type { Context } from '../context.ts'
import { notFound } from '../problem.ts'
import { publicActor, withTx } from '../tx.ts'
import { intakeRules } from './options.ts'

/** Twelve signs that are hard to misread: about 58 bits. */
const alphabet = 'ABCDEFGHJKMNPQRTUVWXYZ2346789'
const signs = 12

export const receiptOf = (ctx: Pick<Context, 'secret'>, commandId: Uuid): string => {
  const bytes = createHmac('sha256', ctx.secret).update(`receipt\n${commandId.toLowerCase()}`).digest()
  let value = BigInt(`0x${bytes.subarray(0, 16).toString('hex')}`)
  let code = ''
  for (let i = 0; i < signs; i++) {
    code += alphabet[Number(value % BigInt(alphabet.length))]
    value /= BigInt(alphabet.length)
  }
  return `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`
}

/** As people type it: any case, with or without the dashes. */
export const hashOf = (ctx: Pick<Context, 'secret'>, code: string): Buffer =>
  createHmac('sha256', ctx.secret)
    .update(`receipt hash\n${code.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')}`)
    .digest()

/** Receipts older than this read closed and take no more words. */
const openSince = (now: Instant): Instant => fromTirana(addDays(tiranaDay(now), -intakeRules.receiptDays))

export interface Receipt {
  readonly status: ReporterStatus
  /** Tirana's day on which it came. */
  readonly receivedOn: string
}

export interface Addition {
  readonly commandId: Uuid
  readonly code: string
  readonly text: string
}

export interface ReceiptDoor {
  /** What a receipt says, or null for an unknown code. Never an outcome, never whether anybody is known. */
  readonly read: (ctx: Context, code: string) => Promise<Receipt | null>
  /** Adds words to what a receipt stands for; null for an unknown or closed one. Sending twice adds once. */
  readonly add: (ctx: Context, addition: Addition) => Promise<Receipt | null>
}

/** What lies behind a door: a kind of record, the two functions of the database that know its receipts, how an addition is called. */
interface Behind {
  readonly kind: 'report' | 'self_report'
  /** By the receipt's hash: when it came, when somebody took it. */
  readonly reads: 'read_receipt' | 'read_self_receipt'
  /** Stores the words; gives the record and its version, or nothing. */
  readonly adds: 'add_by_receipt' | 'add_by_self_receipt'
  readonly command: `${string}.${string}`
  readonly event: string
}

const AdditionBody = z.strictObject({ receiptHash: z.string(), text: saidText(10_000) })

export const receiptDoor = ({ kind, reads, adds, command: type, event }: Behind): ReceiptDoor => {
  const addition = command(type, AdditionBody, async (tx, cmd) => {
    const [found] = await tx.sql<{ id: Uuid; version: number }>(
      `select id, version from ${adds}($1, $2, $3, $4, $5) as found(id, version)`,
      [
        Buffer.from(cmd.body.receiptHash, 'hex'),
        tx.stamp.newId(),
        cmd.body.text,
        tx.stamp.now,
        openSince(tx.now),
      ],
    )
    if (found === undefined) throw notFound()
    await append(tx, { kind, id: found.id, version: found.version }, [
      {
        type: event,
        v: 1,
        facts: { by: 'reporter' },
        parts: [{ tier: 'T3', name: 'text', body: cmd.body.text }],
      },
    ])
    return done({ recordId: cmd.recordId, version: 1 })
  })
  const commands = registry([addition])
  const read: ReceiptDoor['read'] = (ctx, code) =>
    withTx(ctx, publicActor, async (tx) => {
      const [row] = await tx.sql<{ received_at: Instant; taken_at: Instant | null }>(
        `select received_at, taken_at from ${reads}($1) as seen(received_at, taken_at)`,
        [hashOf(ctx, code)],
      )
      if (row === undefined) return null
      return {
        status: reporterStatus({ receivedAt: row.received_at, triagedAt: row.taken_at }, tx.now, intakeRules),
        receivedOn: tiranaDay(row.received_at),
      }
    })
  return {
    read,
    add: async (ctx, { commandId, code, text }) => {
      const before = await read(ctx, code)
      if (before === null || before.status === 'closed') return null
      await execute(ctx, commands, publicActor, {
        commandId,
        recordId: commandId,
        type,
        body: { receiptHash: hashOf(ctx, code).toString('hex'), text },
      })
      return read(ctx, code)
    },
  }
}
