/**
 * The public's door: a report without signing in, and its receipt. The receipt is derived from the command's id under
 * the server's secret, so it is the same when a page is sent twice, and only its keyed hash is stored.
 */
import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { addDays, fromTirana, tiranaDay } from '#domain/clock/tirana.ts'
import type { Actor, Instant, Uuid } from '#domain/core.ts'
import { type ReporterStatus, reporterStatus } from '#domain/report/decide.ts'
import { PublicReport } from '#wire/report.ts'
import { saidText } from '#wire/text.ts'
import { append } from '../append.ts'
import { command, commandAsking, done, execute, registry } from '../command.ts'
import type { Context } from '../context.ts'
import { notFound } from '../problem.ts'
import { parse } from '../shape.ts'
import { withTx } from '../tx.ts'
import { intakeRules } from './options.ts'
import { receive, routeOf } from './receive.ts'

/** Somebody who has not signed in: writes a report or an addition and reads no record. */
export const publicActor: Actor = {
  userId: '00000000-0000-7000-8000-000000000002',
  unitId: '00000000-0000-7000-8000-000000000002',
  institutionId: '00000000-0000-7000-8000-000000000002',
  role: 'public',
  municipality: null,
  county: null,
  purpose: null,
}

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

const { commandId: _command, recordId: _record, ...body } = PublicReport.shape
const PublicBody = z.strictObject({ ...body, receiptHash: z.string() })

const createPublic = commandAsking('report.create_public', PublicBody, routeOf, async (tx, cmd, route) => {
  const { receiptHash, ...told } = cmd.body
  const outcome = await receive(tx, cmd.recordId, { ...told, channel: 'web' }, route)
  if (!outcome.ok) return outcome
  await tx.sql('insert into report_receipt (code_hash, report_id) values ($1, $2)', [
    Buffer.from(receiptHash, 'hex'),
    cmd.recordId,
  ])
  // The stored reply says nothing: the receipt is derived again, the children's ids are nobody's business.
  return done({ recordId: outcome.recordId, version: outcome.version })
})

const Addition = z.strictObject({ receiptHash: z.string(), text: saidText(10_000) })

const addPublic = command('report.add_public', Addition, async (tx, cmd) => {
  const [found] = await tx.sql<{ report_id: Uuid; version: number }>(
    'select report_id, version from add_by_receipt($1, $2, $3, $4, $5)',
    [
      Buffer.from(cmd.body.receiptHash, 'hex'),
      tx.stamp.newId(),
      cmd.body.text,
      tx.stamp.now,
      openSince(tx.now),
    ],
  )
  if (found === undefined) throw notFound()
  await append(tx, { kind: 'report', id: found.report_id, version: found.version }, [
    {
      type: 'ReportAdded',
      v: 1,
      facts: { by: 'reporter' },
      parts: [{ tier: 'T3', name: 'text', body: cmd.body.text }],
    },
  ])
  return done({ recordId: cmd.recordId, version: 1 })
})

/** Receipts older than this read closed and take no more words. */
export const openSince = (now: Instant): Instant =>
  fromTirana(addDays(tiranaDay(now), -intakeRules.receiptDays))

const publicCommands = registry([createPublic, addPublic])

/** Receive a report from anybody. `input` is raw: its shape is checked here. Throws a `Problem` that names the field. */
export const receivePublicReport = async (ctx: Context, input: unknown): Promise<{ receipt: string }> => {
  const { commandId, recordId, ...told } = parse(PublicReport, input, 'body')
  const receipt = receiptOf(ctx, commandId)
  await execute(ctx, publicCommands, publicActor, {
    commandId,
    recordId,
    type: 'report.create_public',
    body: { ...told, receiptHash: hashOf(ctx, receipt).toString('hex') },
  })
  return { receipt }
}

export interface Receipt {
  readonly status: ReporterStatus
  /** Tirana's day on which it came. */
  readonly receivedOn: string
}

/** What a receipt says, or null for an unknown code. Never an outcome, never whether the child is known. */
export const readReceipt = (ctx: Context, code: string): Promise<Receipt | null> =>
  withTx(ctx, publicActor, async (tx) => {
    const [row] = await tx.sql<{ received_at: Instant; triaged_at: Instant | null }>(
      'select received_at, triaged_at from read_receipt($1)',
      [hashOf(ctx, code)],
    )
    if (row === undefined) return null
    return {
      status: reporterStatus({ receivedAt: row.received_at, triagedAt: row.triaged_at }, tx.now, intakeRules),
      receivedOn: tiranaDay(row.received_at),
    }
  })

/** Add words to the report a receipt stands for; null for an unknown or closed one. Sending twice adds once. */
export const addToReceipt = async (
  ctx: Context,
  addition: { readonly commandId: Uuid; readonly code: string; readonly text: string },
): Promise<Receipt | null> => {
  const before = await readReceipt(ctx, addition.code)
  if (before === null || before.status === 'closed') return null
  await execute(ctx, publicCommands, publicActor, {
    commandId: addition.commandId,
    recordId: addition.commandId,
    type: 'report.add_public',
    body: { receiptHash: hashOf(ctx, addition.code).toString('hex'), text: addition.text },
  })
  return readReceipt(ctx, addition.code)
}
