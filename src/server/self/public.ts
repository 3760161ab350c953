/** The public's door for an adult who writes for themselves; its receipt is like that of a report. */
import type { Uuid } from '#domain/core.ts'
import { SelfReport } from '#wire/self.ts'
import { execute, registry } from '../command.ts'
import type { Context } from '../context.ts'
import { hashOf, receiptDoor, receiptOf } from '../report/receipt.ts'
import { parse } from '../shape.ts'
import { publicActor } from '../tx.ts'
import { receiveSelf } from './index.ts'

const commands = registry([receiveSelf])

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

export const selfReceipts = receiptDoor({
  kind: 'self_report',
  reads: 'read_self_receipt',
  adds: 'add_by_self_receipt',
  command: 'self_report.add',
  event: 'SelfReportAdded',
})
