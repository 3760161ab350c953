/** The public's door to complaints: leave one without signing in, and read the answer with the receipt's code and secret. */

import { tiranaDay } from '#domain/clock/tirana.ts'
import {
  type AdvocateState,
  type ComplainantStatus,
  type ComplaintOutcome,
  type ComplaintState,
  complainantStatus,
} from '#domain/complaint/model.ts'
import type { Day, Instant, Uuid } from '#domain/core.ts'
import { EnterComplaint } from '#wire/complaint.ts'
import { execute, registry } from '../command.ts'
import type { Context } from '../context.ts'
import { parse } from '../shape.ts'
import { publicActor, withTx } from '../tx.ts'
import { enterComplaint } from './commands.ts'
import {
  type ComplaintReceipt,
  type DirectoryUnit,
  directoryUnits,
  receiptFor,
  receiptHash,
} from './store.ts'

const publicCommands = registry([enterComplaint])

/** What a receipt opens together with its secret. */
export interface ComplaintAnswer {
  readonly status: ComplainantStatus
  readonly receivedOn: Day
  readonly decideBy: Day | null
  readonly outcome: ComplaintOutcome | null
  readonly answer: string | null
  readonly passedTo: string | null
  readonly advocate: AdvocateState
}

/** What the public pages ask about complaints. */
export interface ComplaintStore {
  /** Sent twice it is one complaint with one receipt. */
  readonly leave: (complaint: { commandId: Uuid; recordId: Uuid; body: unknown }) => Promise<ComplaintReceipt>
  /** Null for an unknown code or a wrong secret: the same answer whatever the reason. */
  readonly read: (receipt: ComplaintReceipt) => Promise<ComplaintAnswer | null>
  /** Units that a complaint can name: those of the place, of its county and of the whole country. */
  readonly units: (municipality: string | null) => Promise<readonly DirectoryUnit[]>
}

interface AnswerRow {
  readonly state: ComplaintState
  readonly received_at: Instant
  readonly decide_by: Instant | null
  readonly outcome: ComplaintOutcome | null
  readonly answer: string | null
  readonly passed_to: string | null
  readonly advocate: AdvocateState
}

export const complaintStore = (ctx: Context): ComplaintStore => ({
  leave: async ({ commandId, recordId, body }) => {
    const receipt = receiptFor(ctx, commandId)
    const checked = parse(EnterComplaint, { ...(body as object), receipt }, 'body')
    await execute(ctx, publicCommands, publicActor, {
      commandId,
      recordId,
      type: 'complaint.enter',
      body: checked,
    })
    return receipt
  },
  read: (receipt) =>
    withTx(ctx, publicActor, async (tx) => {
      const [row] = await tx.sql<AnswerRow>('select * from read_complaint($1)', [receiptHash(receipt)])
      if (row === undefined) return null
      return {
        status: complainantStatus(row.state),
        receivedOn: tiranaDay(row.received_at),
        decideBy: row.decide_by === null ? null : tiranaDay(row.decide_by),
        outcome: row.outcome,
        answer: row.answer,
        passedTo: row.passed_to,
        advocate: row.advocate,
      }
    }),
  units: (municipality) => withTx(ctx, publicActor, (tx) => directoryUnits(tx, municipality)),
})
