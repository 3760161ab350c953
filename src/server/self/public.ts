/** The public's door for an adult who writes for themselves; its receipt is derived like that of a report. */
import { z } from 'zod'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Instant, Uuid } from '#domain/core.ts'
import { reporterStatus } from '#domain/report/decide.ts'
import { SelfReport } from '#wire/self.ts'
import { saidText } from '#wire/text.ts'
import { append } from '../append.ts'
import { command, done, execute, registry } from '../command.ts'
import type { Context } from '../context.ts'
import { notFound } from '../problem.ts'
import { intakeRules } from '../report/options.ts'
import { hashOf, openSince, publicActor, type Receipt, receiptOf } from '../report/public.ts'
import { parse } from '../shape.ts'
import { withTx } from '../tx.ts'
import { receiveSelf } from './index.ts'

const Addition = z.strictObject({ receiptHash: z.string(), text: saidText(10_000) })
const addSelf = command('self_report.add', Addition, async (tx, cmd) => {
  const [found] = await tx.sql<{ self_report_id: Uuid; version: number }>(
    'select self_report_id, version from add_by_self_receipt($1, $2, $3, $4, $5)',
    [
      Buffer.from(cmd.body.receiptHash, 'hex'),
      tx.stamp.newId(),
      cmd.body.text,
      tx.stamp.now,
      openSince(tx.now),
    ],
  )
  if (found === undefined) throw notFound()
  await append(tx, { kind: 'self_report', id: found.self_report_id, version: found.version }, [
    {
      type: 'SelfReportAdded',
      v: 1,
      facts: { by: 'reporter' },
      parts: [{ tier: 'T3', name: 'text', body: cmd.body.text }],
    },
  ])
  return done({ recordId: cmd.recordId, version: 1 })
})
const commands = registry([receiveSelf, addSelf])

export const receivePublicSelf = async (
  ctx: Context,
  { commandId, recordId, ...told }: SelfReport & { readonly commandId: Uuid; readonly recordId: Uuid },
): Promise<string> => {
  const code = receiptOf(ctx, commandId)
  await execute(ctx, commands, publicActor, {
    commandId,
    recordId,
    type: 'self_report.receive',
    body: { ...parse(SelfReport, told, 'body'), receiptHash: hashOf(ctx, code).toString('hex') },
  })
  return code
}

export const readSelfReceipt = (ctx: Context, code: string): Promise<Receipt | null> =>
  withTx(ctx, publicActor, async (tx) => {
    const [row] = await tx.sql<{ received_at: Instant; taken_at: Instant | null }>(
      'select received_at, taken_at from read_self_receipt($1)',
      [hashOf(ctx, code)],
    )
    if (row === undefined) return null
    return {
      status: reporterStatus({ receivedAt: row.received_at, triagedAt: row.taken_at }, tx.now, intakeRules),
      receivedOn: tiranaDay(row.received_at),
    }
  })

export const addToSelfReceipt = async (
  ctx: Context,
  addition: { readonly commandId: Uuid; readonly code: string; readonly text: string },
): Promise<Receipt | null> => {
  const before = await readSelfReceipt(ctx, addition.code)
  if (before === null || before.status === 'closed') return null
  await execute(ctx, commands, publicActor, {
    commandId: addition.commandId,
    recordId: addition.commandId,
    type: 'self_report.add',
    body: { receiptHash: hashOf(ctx, addition.code).toString('hex'), text: addition.text },
  })
  return readSelfReceipt(ctx, addition.code)
}
