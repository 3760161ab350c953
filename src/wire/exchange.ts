/** What the trafficking track gives to others and takes from them: official record, case data standard, yearly list. */
import { z } from 'zod'
import { differenceKinds, officialFaults } from '#domain/exchange/official.ts'
import { instant, PageQuery, uuid } from './envelope.ts'
import { day, freeText, saidText } from './text.ts'

const none = z.strictObject({})

// The official record ---------------------------------------------------------------------------------------------
/** Body of `official.resend`; the record is the message. */
export const ResendOfficial = none
/** Body of `official.compare`; the record is the new comparison. */
export const CompareOfficial = none

const Message = z.object({
  id: uuid,
  pseudonym: z.string(),
  nrmId: uuid,
  nrmCode: z.string(),
  status: z.string(),
  on: z.string(),
  state: z.enum(['waiting', 'sent', 'dead']),
  attempts: z.int(),
  madeAt: instant,
  dueAt: instant,
  doneAt: instant.nullable(),
  fault: z.enum(officialFaults).nullable(),
  faultAt: instant.nullable(),
  version: z.int(),
})
export type OfficialRow = z.infer<typeof Message>
export const ListOfficial = {
  summary:
    'Messages to the official victim database, by state, newest first; the Responsible Authority alone',
  query: z.strictObject({ state: z.enum(['waiting', 'sent', 'dead']).default('dead'), ...PageQuery }),
  reply: z.object({ items: z.array(Message), next: z.string().nullable() }),
}
const Difference = z.object({
  kind: z.enum(differenceKinds),
  pseudonym: z.string(),
  nrmId: uuid.nullable(),
  nrmCode: z.string().nullable(),
  ours: z.string().nullable(),
  theirs: z.string().nullable(),
})
export const OfficialState = z.object({
  /** False: nothing leaves; what waits is kept. */
  configured: z.boolean(),
  counts: z.object({ waiting: z.int(), late: z.int(), sent: z.int(), dead: z.int() }),
  asked: z.boolean(),
  comparison: z
    .object({
      state: z.enum(['done', 'failed']),
      doneAt: instant,
      fault: z.enum(officialFaults).nullable(),
      ours: z.int().nullable(),
      theirs: z.int().nullable(),
      same: z.int().nullable(),
      waiting: z.int().nullable(),
      differing: z.int().nullable(),
      differences: z.array(Difference),
    })
    .nullable(),
})
export type OfficialState = z.infer<typeof OfficialState>
export const ReadOfficial = {
  summary: 'The official record: what is on its way, and how both sides compared last',
  reply: OfficialState,
}

// HTCDS -----------------------------------------------------------------------------------------------------------------
const exported = {
  /** Only files whose status changed on or after this day. */
  since: day.optional(),
  /** The register's own files, or the cases that were taken in from others. */
  of: z.enum(['register', 'imported']).default('register'),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
}
const part = z.record(z.string(), z.unknown())
export const HtcdsCase = z.object({
  id: z.string(),
  org: part.optional(),
  prs: part.optional(),
  vic: part.optional(),
  per: z.array(part).optional(),
  cas: part.optional(),
  cco: z.array(part).optional(),
  hte: z.array(part).optional(),
  spl: z.array(part).optional(),
  con: part.optional(),
  'x-mburoja': z.unknown().optional(),
})
export const ExportHtcds = {
  summary:
    'Files of the trafficking track by the Human Trafficking Case Data Standard 2.0: by pseudonym, without names, page by page',
  query: z.strictObject(exported),
  reply: z.object({
    standard: z.literal('HTCDS'),
    version: z.literal('2.0'),
    extension: z.literal('x-mburoja'),
    exportedAt: instant,
    items: z.array(HtcdsCase),
    next: z.string().nullable(),
  }),
}
export const ExportHtcdsCsv = {
  summary: 'The same as CSV; it goes on with the same cursor',
  query: z.strictObject({ ...exported, limit: z.coerce.number().int().min(1).max(1000).default(1000) }),
}

export const importChoices = ['refuse', 'load'] as const
export const mostLines = 100
/** Whose file is read: what it brought before is known again. */
export const HtcdsSource = z.object({ source: freeText(120).default('') })
/** Body of `htcds.import`: cases as their source wrote them, each held against the standard by the server again. */
export const ImportHtcds = z.strictObject({
  /** Who made them: part of what makes a case known when it comes again. */
  source: saidText(120),
  /** What becomes of a case with codes that the standard does not know. */
  choice: z.enum(importChoices),
  cases: z
    .array(z.record(z.string().max(400), z.unknown()))
    .min(1)
    .max(mostLines),
})
export type ImportHtcds = z.infer<typeof ImportHtcds>
/** Body of `htcds.check`; the record is the import. */
export const CheckHtcds = z.strictObject({
  sourceId: z.string().min(1).max(80),
  decision: z.enum(['taken', 'set_aside']),
  /** The file that was opened for an adult, by hand. */
  nrmId: uuid.optional(),
})

/** Body of `htcds.open`: adults of one import whose files are opened here. */
export const OpenHtcds = z.strictObject({
  sourceIds: z.array(z.string().min(1).max(80)).min(1).max(50),
  /** For those whose record says no county. */
  county: z
    .string()
    .regex(/^AL-\d{2}$/)
    .nullable(),
  reason: saidText(2000),
})

const Fault = z.object({ path: z.string(), code: z.string(), said: z.string().optional() })
const Line = z.object({
  n: z.int(),
  id: z.string(),
  /** `known`: it was taken in before and changes nothing. */
  state: z.enum(['new', 'known', 'unknown_codes', 'malformed']),
  subject: z.enum(['child', 'adult']).nullable(),
  status: z.string().nullable(),
  unknown: z.array(Fault),
  faults: z.array(Fault),
})
export const HtcdsPreview = z.object({
  format: z.enum(['json', 'csv']),
  lines: z.array(Line),
  /** The cases as read, for `htcds.import`. */
  cases: z.array(z.record(z.string(), z.unknown())),
})
export type HtcdsPreview = z.infer<typeof HtcdsPreview>

const Imported = z.object({
  importId: uuid,
  source: z.string(),
  sourceId: z.string(),
  at: instant,
  subject: z.enum(['child', 'adult']),
  status: z.string(),
  sex: z.string(),
  forms: z.array(z.string()),
  county: z.string().nullable(),
  state: z.enum(['to_check', 'taken', 'set_aside']),
  reportId: uuid.nullable(),
  nrmId: uuid.nullable(),
  unknown: z.array(Fault),
  version: z.int(),
})
export type ImportedCase = z.infer<typeof Imported>
export const ListImported = {
  summary: 'Cases taken in from others, to be checked by hand; the Responsible Authority alone',
  query: z.strictObject({
    state: z.enum(['to_check', 'taken', 'set_aside']).default('to_check'),
    ...PageQuery,
  }),
  reply: z.object({ items: z.array(Imported), next: z.string().nullable() }),
}

// Child victims ---------------------------------------------------------------------------------------------------------
/** Body of `child_list.send`; the record is the new list. */
export const SendChildList = z.strictObject({ year: z.int().min(2018).max(2100) })
/** Body of `child_list.receive`. */
export const ReceiveChildList = z.strictObject({
  /** How many the receiver counts itself. */
  count: z.int().min(0).max(100_000),
})
const ChildList = z.object({
  id: uuid,
  version: z.int(),
  year: z.int(),
  sentAt: instant,
  sentBy: z.string(),
  count: z.int(),
  receivedAt: instant.nullable(),
  receivedBy: z.string().nullable(),
  theirCount: z.int().nullable(),
  codes: z.array(z.string()),
})
export type ChildList = z.infer<typeof ChildList>
export const ListChildLists = {
  summary: 'Yearly lists of child victims, by code, that the Responsible Authority sent to the State Agency',
  query: z.strictObject(PageQuery),
  reply: z.object({ items: z.array(ChildList), next: z.string().nullable() }),
}
const ChildVictim = z.object({
  id: uuid,
  code: z.string(),
  caseId: uuid,
  caseCode: z.string(),
  status: z.string(),
  phase: z.string().nullable(),
  forms: z.array(z.string()),
  structure: z.string(),
  unit: z.string(),
  municipality: z.string().nullable(),
  openedAt: instant,
  statusAt: instant,
  /** A transfer to another unit that waits or was made last. */
  transfer: z.object({ to: z.string(), status: z.string(), at: instant }).nullable(),
})
export type ChildVictim = z.infer<typeof ChildVictim>
export const ListChildVictims = {
  summary:
    'Every child who is or was a potential or official victim, newest first, with transfers between units',
  query: z.strictObject({ transferred: z.enum(['yes']).optional(), ...PageQuery }),
  reply: z.object({ items: z.array(ChildVictim), next: z.string().nullable() }),
}
