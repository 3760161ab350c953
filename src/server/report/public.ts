/** The public's door: a report without signing in, for which a receipt is given. */
import { z } from 'zod'
import { PublicReport } from '#wire/report.ts'
import { commandBeginning, done, execute, registry } from '../command.ts'
import type { Context } from '../context.ts'
import { parse } from '../shape.ts'
import { publicActor } from '../tx.ts'
import { hashOf, receiptDoor, receiptOf } from './receipt.ts'
import { receive, routeOf } from './receive.ts'

const { commandId: _command, recordId: _record, ...body } = PublicReport.shape
const PublicBody = z.strictObject({ ...body, receiptHash: z.string() })

const createPublic = commandBeginning('report.create_public', PublicBody, routeOf, async (tx, cmd, route) => {
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

const publicCommands = registry([createPublic])

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

/** What was reported by somebody else about a child. */
export const reportReceipts = receiptDoor({
  kind: 'report',
  reads: 'read_receipt',
  adds: 'add_by_receipt',
  command: 'report.add_public',
  event: 'ReportAdded',
})
