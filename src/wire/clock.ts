/** Clocks as they are shown, and the command that gives more time. */
import { z } from 'zod'
import { clockRecordKinds, clockStates } from '#domain/clock/state.ts'
import { instant, uuid } from './envelope.ts'
import { day, freeText } from './text.ts'

export const ClockWordsShape = z.object({ code: z.string(), params: z.record(z.string(), z.number()) })

export const ClockView = z.object({
  id: uuid,
  /** Code of the rule, `AGREED` for a date of a plan; its words are `clock.rule_<code>`. */
  rule: z.string(),
  recordKind: z.enum(clockRecordKinds),
  recordId: uuid,
  state: z.enum(clockStates),
  /** `clock.<code>` with these params, at the server's time; the browser goes on counting from `dueAt`. */
  words: ClockWordsShape,
  /** Share of the period gone, 0 to 1. */
  elapsed: z.number(),
  /** `hours`, `days`, `working_days`, `months`…: what the words count. */
  unit: z.string(),
  startedAt: instant,
  warnAt: instant,
  dueAt: instant,
  firstDueAt: instant,
  stoppedAt: instant.nullable(),
  pausedAt: instant.nullable(),
  statutory: z.boolean(),
  /** The value was not read in a law: say so beside it. */
  unconfirmed: z.boolean(),
  legalSource: z.string(),
  breaches: z.int(),
  extensions: z.int(),
  mayExtend: z.boolean(),
})
export type ClockView = z.infer<typeof ClockView>

export const ListClocksQuery = z.strictObject({
  recordKind: z.enum(clockRecordKinds),
  recordId: uuid,
})
export const ClockList = z.object({ items: z.array(ClockView) })

/** `recordId` of the envelope is the record on which the clock runs. */
export const ExtendClock = z.strictObject({
  clockId: uuid,
  /** New last day, on Tirana's calendar. */
  until: day,
  reason: freeText(2000),
})
