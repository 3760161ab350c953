/** Complaints as rows: written whole when they come, locked for a decision, changed together with their event. */
import { createHash, createHmac } from 'node:crypto'
import { dueAt, warnAt } from '#domain/clock/due.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type {
  AdvocateState,
  Complainant,
  Complaint,
  ComplaintBody,
  ComplaintOutcome,
  ComplaintRoute,
  ComplaintState,
  ComplaintTold,
  DiscriminationGround,
  Question,
} from '#domain/complaint/model.ts'
import type { Instant, Uuid } from '#domain/core.ts'
import { getRule } from '../clock/law.ts'
import type { Context } from '../context.ts'
import { notFound } from '../problem.ts'
import type { Place } from '../sealing/index.ts'
import type { Tx, WriteTx } from '../tx.ts'

export interface ComplaintRow {
  readonly id: Uuid
  readonly version: number
  readonly state: ComplaintState
  readonly route: ComplaintRoute
  readonly body: ComplaintBody
  readonly institution_id: Uuid | null
  readonly unit_id: Uuid | null
  readonly municipality: string | null
  readonly by_whom: Complainant
  readonly channel: 'web' | 'staff'
  readonly discrimination: ComplaintTold['discrimination']
  readonly ground: DiscriminationGround | null
  readonly language: 'sq' | 'en'
  readonly identity: boolean
  readonly entered_by: Uuid | null
  readonly officer_id: Uuid | null
  readonly named: Uuid[]
  readonly received_at: Instant
  readonly take_warn: Instant | null
  readonly take_by: Instant | null
  readonly decide_warn: Instant | null
  readonly decide_by: Instant | null
  readonly taken_at: Instant | null
  readonly decided_at: Instant | null
  readonly outcome: ComplaintOutcome | null
  readonly advocate: AdvocateState
  readonly advocate_on: string | null
}
export const complaintColumns = `c.id, c.version, c.state, c.route, c.body, c.institution_id, c.unit_id, c.municipality, c.by_whom, c.channel,
  c.discrimination, c.ground, c.language, c.identity, c.entered_by, c.officer_id, c.named, c.received_at, c.take_warn, c.take_by,
  c.decide_warn, c.decide_by, c.taken_at, c.decided_at, c.outcome, c.advocate, c.advocate_on`

export const toComplaint = (row: ComplaintRow): Complaint => ({
  id: row.id,
  version: row.version,
  state: row.state,
  route: row.route,
  body: row.body,
  institutionId: row.institution_id,
  unitId: row.unit_id,
  officerId: row.officer_id,
  enteredBy: row.entered_by,
  named: row.named,
  advocate: row.advocate,
  decideBy: row.decide_by === null ? null : tiranaDay(row.decide_by),
})

export interface QuestionRow {
  readonly id: Uuid
  readonly version: number
  readonly complaint_id: Uuid
  readonly unit_id: Uuid
  readonly not_for: Uuid[]
  readonly asked_at: Instant
  readonly answer_warn: Instant | null
  readonly answer_by: Instant | null
  readonly answered_at: Instant | null
}
export const questionColumns =
  'x.id, x.version, x.complaint_id, x.unit_id, x.not_for, x.asked_at, x.answer_warn, x.answer_by, x.answered_at'
export const toQuestion = (row: QuestionRow): Question => ({
  id: row.id,
  unitId: row.unit_id,
  notFor: row.not_for,
  answered: row.answered_at !== null,
  answerBy: row.answer_by === null ? null : tiranaDay(row.answer_by),
})

/** Locks the row for this actor, or is not found: absent and out of scope read the same. */
export const lockComplaint = async (
  tx: WriteTx,
  id: Uuid,
): Promise<{ complaint: Complaint; questions: readonly Question[] }> => {
  const [row] = await tx.sql<ComplaintRow>(
    `select ${complaintColumns} from complaint c where c.id = $1 for update`,
    [id],
  )
  if (row === undefined) throw notFound()
  return { complaint: toComplaint(row), questions: (await questionsOf(tx, row.id)).map(toQuestion) }
}
export const questionsOf = (tx: Tx, complaintId: Uuid): Promise<QuestionRow[]> =>
  tx.sql<QuestionRow>(
    `select ${questionColumns} from complaint_question x where x.complaint_id = $1 order by x.asked_at, x.id`,
    [complaintId],
  )

export interface Deadline {
  readonly warn: Instant | null
  readonly by: Instant | null
}
/** Until when, by the rule in force now; nothing while it is switched off. Kept with the record and never moved. */
const deadline = async (tx: Tx, code: 'D52' | 'D53' | 'D54'): Promise<Deadline> => {
  const { rule, holidays } = await getRule(tx, code, tiranaDay(tx.now))
  const by = rule.enabled ? dueAt(rule, tx.now, holidays) : null
  return { by, warn: by === null ? null : warnAt(tx.now, by, rule.warnAt) }
}
export const answerDeadline = (tx: Tx): Promise<Deadline> => deadline(tx, 'D54')
export const complaintDeadlines = async (tx: Tx): Promise<{ take: Deadline; decide: Deadline }> => ({
  take: await deadline(tx, 'D52'),
  decide: await deadline(tx, 'D53'),
})

/** Who complains, as sealed in one value. */
export type SealedWho = { readonly name: string; readonly contact: string; readonly safeWay: string }
export const whoPlace = (id: Uuid): Place => ({
  record: { kind: 'complaint', id },
  tier: 'T4',
  at: id,
  name: 'complaint_sensitive',
})

/** Signs that are hard to misread; twelve are about 58 bits, eight about 38. */
const alphabet = 'ABCDEFGHJKMNPQRTUVWXYZ2346789'
const signsOf = (bytes: Buffer, count: number): string => {
  let value = BigInt(`0x${bytes.subarray(0, 16).toString('hex')}`)
  let text = ''
  for (let i = 0; i < count; i++) {
    text += alphabet[Number(value % BigInt(alphabet.length))]
    value /= BigInt(alphabet.length)
  }
  return text
}

export interface ComplaintReceipt {
  readonly code: string
  readonly secret: string
}
type Keyed = Pick<Context, 'secret'>
const keyed = (ctx: Keyed, what: string): Buffer => createHmac('sha256', ctx.secret).update(what).digest()

/** The same for the same command, so that a page sent twice shows one receipt; nothing of it is kept but hashes. */
export const receiptFor = (ctx: Keyed, commandId: Uuid): ComplaintReceipt => ({
  code: signsOf(keyed(ctx, `complaint code\n${commandId.toLowerCase()}`), 12),
  secret: signsOf(keyed(ctx, `complaint secret\n${commandId.toLowerCase()}`), 8),
})
const plain = (text: string): string => text.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
/** As people type it: any case, with or without dashes. Of both together, 96 bits by chance: no key is needed. */
export const receiptHash = ({ code, secret }: ComplaintReceipt): Buffer =>
  createHash('sha256')
    .update(`complaint receipt\n${plain(code)}\n${plain(secret)}`)
    .digest()

export interface DirectoryUnit {
  readonly id: Uuid
  readonly kind: string
  readonly nameSq: string
  readonly nameEn: string
}
/** Units that a complaint can name: those of the place, of its county and of the whole country. */
export const directoryUnits = (tx: Tx, municipality: string | null): Promise<DirectoryUnit[]> =>
  tx.sql<DirectoryUnit>(
    `select u.id, u.kind, u.name_sq as "nameSq", u.name_en as "nameEn" from unit u join institution i on i.id = u.institution_id
     where u.active and i.active and (u.municipality = $1 or u.municipality is null
       and (u.county is null or u.county = (select m.county from municipality m where m.code = $1)))
     order by u.name_sq, u.id limit 400`,
    [municipality],
  )
