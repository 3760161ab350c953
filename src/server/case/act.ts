/** How one act on one case becomes a command. */
import type { z } from 'zod'
import { type CaseEvent, subjectOf } from '#domain/case/events.ts'
import type { CaseState } from '#domain/case/state.ts'
import type { Decision } from '#domain/core.ts'
import { type CommandHandler, command, done, mustBeFresh, refused } from '../command.ts'
import type { WriteTx } from '../tx.ts'
import { lockCase, record } from './store.ts'

/**
 * One act on one case. `writes` names the fields it overwrites: another's change to them since the caller's base version
 * answers `stale`. Acts that only add have none and need no base version. The reply names each row that was made.
 */
export const act = <S extends z.ZodType>(
  verb: string,
  schema: S,
  writes: (body: z.output<S>) => readonly string[],
  decide: (
    s: CaseState,
    body: z.output<S>,
    tx: WriteTx,
  ) => Decision<CaseEvent> | Promise<Decision<CaseEvent>>,
): CommandHandler =>
  command(`case.${verb}`, schema, async (tx, cmd) => {
    const before = await lockCase(tx, cmd.recordId)
    const fields = writes(cmd.body)
    if (fields.length > 0) await mustBeFresh(tx, 'case_file', cmd, fields)
    const decision = await decide(before, cmd.body, tx)
    if (!decision.ok) return refused(decision.refusal)
    const after = await record(tx, before, decision.events)
    return done({
      recordId: after.id,
      version: after.version,
      reply: {
        status: after.status,
        made: decision.events.map((e) => ({ type: e.type, id: subjectOf(e) })),
      },
    })
  })
/** Writes nothing that another could have changed. */
export const adds = () => []
/** Overwrites these fields. */
export const to =
  (...fields: string[]) =>
  () =>
    fields
