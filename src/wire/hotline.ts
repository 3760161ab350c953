/** The national lines on the wire: shifts, contacts in codes, calls that nobody took, and their figures. */
import { z } from 'zod'
import { callChannels, callers, callOutcomes, callTopics } from '#domain/hotline/state.ts'
import { PageQuery, uuid } from './envelope.ts'
import { day, moment } from './text.ts'

export const BeginShift = z.strictObject({ trained: z.boolean() })
export const EndShift = z.strictObject({ at: moment.nullable().default(null) })
const County = z.string().regex(/^AL-[0-9]{2}$/)
export const RecordCall = z.strictObject({
  at: moment,
  minutes: z.int().min(0).max(600),
  channel: z.enum(callChannels),
  caller: z.enum(callers),
  topic: z.enum(callTopics),
  anonymous: z.boolean(),
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/)
    .default('sq'),
  county: County.nullable().default(null),
  outcomes: z
    .array(z.enum(callOutcomes))
    .min(1)
    .max(callOutcomes.length)
    .refine((codes) => new Set(codes).size === codes.length, {
      error: 'twice',
      params: { code: 'bad_format' },
    }),
  reportId: uuid.nullable().default(null),
})
export const LinkCall = z.strictObject({ reportId: uuid })
export const CountMissed = z.strictObject({
  hour: moment,
  missed: z.int().min(0).max(2000),
  calledBack: z.int().min(0).max(2000),
})

const ShiftRow = z.object({
  id: uuid,
  version: z.int(),
  name: z.string(),
  own: z.boolean(),
  trained: z.boolean(),
  from: z.string(),
  to: z.string().nullable(),
  atMost: z.string(),
  /** Whether this person may end it now. */
  mayEnd: z.boolean(),
})
export type ShiftRow = z.infer<typeof ShiftRow>
const Counties = z.array(z.object({ code: z.string(), name: z.string() }))
const Stretch = z.object({ from: z.string(), to: z.string() })
export const LineBoard = z.object({
  unit: z.object({ id: uuid, nameSq: z.string(), nameEn: z.string(), phone: z.string().nullable() }),
  /** Shifts of the last seven days, newest first. */
  shifts: z.array(ShiftRow),
  /** Hours of the last seven days in which nobody was at the line. */
  gaps: z.array(Stretch),
  /** Own reports of the last three days that no call has been linked with. */
  reports: z.array(z.object({ id: uuid, at: z.string() })),
  counties: Counties,
})
export type LineBoard = z.infer<typeof LineBoard>

export const CallRow = z.object({
  id: uuid,
  version: z.int(),
  at: z.string(),
  minutes: z.int(),
  channel: z.enum(callChannels),
  caller: z.enum(callers),
  topic: z.enum(callTopics),
  anonymous: z.boolean(),
  language: z.string(),
  county: z.string().nullable(),
  outcomes: z.array(z.enum(callOutcomes)),
  reportId: uuid.nullable(),
})
export type CallRow = z.infer<typeof CallRow>
export const CallsQuery = z.object(PageQuery)
export const CallList = z.object({ items: z.array(CallRow), next: z.string().nullable() })

export const LinesQuery = z.object({ from: day, to: day })
const Cells = z.array(z.object({ code: z.string(), n: z.int().nullable() }))
const LineFigures = z.object({
  unitId: uuid,
  nameSq: z.string(),
  nameEn: z.string(),
  /** Whether somebody is at the line now, and since when nobody is. */
  staffedNow: z.boolean(),
  hours: z.number(),
  staffedHours: z.number(),
  trainedHours: z.number(),
  gaps: z.array(Stretch),
  /** How many stretches without anybody there were in all; `gaps` holds the longest twenty. */
  gapCount: z.int(),
  calls: z.int(),
  minutes: z.int(),
  missed: z.int(),
  calledBack: z.int(),
  /** Calls that led to a report, and those of them whose report stands in the register; null where too few to say. */
  reported: z.int().nullable(),
  linked: z.int().nullable(),
  byCaller: Cells,
  byTopic: Cells,
  byOutcome: Cells,
  byCounty: Cells,
  byHour: z.array(z.object({ hour: z.int(), calls: z.int().nullable(), missed: z.int() })),
})
export type LineFigures = z.infer<typeof LineFigures>
export const Lines = z.object({
  from: z.string(),
  to: z.string(),
  counties: Counties,
  items: z.array(LineFigures),
})
export type Lines = z.infer<typeof Lines>
