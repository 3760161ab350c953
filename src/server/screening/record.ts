/** Screening: recorded inside a case or on one's own report, decided downward only by a supervisor. */
import type { z } from 'zod'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Day, Uuid } from '#domain/core.ts'
import type { PartialDate } from '#domain/partial-date.ts'
import { apply, decideDownward, decideScreening, inForce, type Screening } from '#domain/screening.ts'
import { DecideScreening, RecordScreening } from '#wire/screening.ts'
import { append } from '../append.ts'
import { command, done, mustBeFresh, type Outcome, refused } from '../command.ts'
import { tell } from '../notice/store.ts'
import { caseColumns, type IdentifiedCase } from '../nrm/status.ts'
import { notFound } from '../problem.ts'
import { domainSets } from '../report/options.ts'
import type { WriteTx } from '../tx.ts'
import { carryOutcome } from './carry.ts'

interface Known extends IdentifiedCase {
  readonly child_on: Day | null
  readonly birth_from: Day | null
  readonly birth_to: Day | null
}

/** The case and its person's birth; a colleague who sees only the pseudonymous row may not screen. */
const lockCase = async (tx: WriteTx, id: Uuid): Promise<{ file: Known; identified: boolean }> => {
  const [file] = await tx.sql<IdentifiedCase>(
    `select ${caseColumns} from case_file where id = $1 for update`,
    [id],
  )
  if (file === undefined) throw notFound()
  const [named] = await tx.sql<Pick<Known, 'child_on' | 'birth_from' | 'birth_to'>>(
    `select p.child_on, n.birth_from, n.birth_to from case_file_named m, person p join person_named n on n.id = p.id
      where m.id = $1 and p.id = $2`,
    [id, file.person_id],
  )
  return {
    file: { ...file, child_on: null, birth_from: null, birth_to: null, ...named },
    identified: named !== undefined,
  }
}

const birthOf = (row: Known): PartialDate | null =>
  row.birth_from === null || row.birth_to === null
    ? null
    : { from: row.birth_from, to: row.birth_to, said: '' }

/** The report must be in the screener's reach and hold that child. */
const reportHolds = async (tx: WriteTx, reportId: Uuid, childId: Uuid): Promise<boolean> => {
  const rows = await tx.sql(
    `select 1 from report r join event e on e.record_id = r.id and e.seq = 1
      where r.id = $1 and e.facts -> 'childIds' ? $2`,
    [reportId, childId],
  )
  return rows.length > 0
}

/** The case that the report has led to meanwhile, where its sender may still add a screening but not look. */
const findLateCase = async (
  tx: WriteTx,
  reportId: Uuid,
  childId: Uuid,
): Promise<IdentifiedCase | undefined> =>
  (await tx.sql<IdentifiedCase>('select * from case_of_reported_child($1, $2)', [reportId, childId]))[0]

/** Decide and write one screening under this id. Shared by those who answer the set and by the short questions of the border. */
export const screen = async (
  tx: WriteTx,
  recordId: Uuid,
  body: z.output<typeof RecordScreening>,
): Promise<Outcome> => {
  const found = body.caseId === undefined ? null : await lockCase(tx, body.caseId)
  if (found !== null && !found.identified) return refused({ code: 'not_allowed', field: 'caseId' })
  // A report named beside a case is asked for alike: what is linked to it, its unit will read.
  if (body.reportId !== undefined) {
    if (body.childId === undefined) return refused({ code: 'unknown_code', field: 'childId' })
    if (!(await reportHolds(tx, body.reportId, body.childId))) throw notFound('body.body.reportId')
  }
  const set = inForce(domainSets, body.set, tiranaDay(tx.stamp.occurredAt))
  const decision = decideScreening(
    body,
    { set, birth: found === null ? null : birthOf(found.file) },
    tx.stamp,
  )
  if (!decision.ok) return refused(decision.refusal)
  const [event] = decision.events
  if (event?.type !== 'ScreeningRecorded') throw new Error('a screening begins with its record')
  const { facts } = event
  const late =
    facts.caseId === null && facts.reportId !== null && facts.childId !== null
      ? await findLateCase(tx, facts.reportId, facts.childId)
      : undefined
  const file = found?.file ?? late
  const version = await append(tx, { kind: 'screening', id: recordId, version: 0 }, decision.events)
  tx.later(
    `insert into screening (id, case_id, report_id, child_id, set_code, set_version, subject, forms, territory, setting, met,
       dimensions, advised, result, proposed_result, screener_id, at, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    [
      recordId,
      file?.id ?? null,
      facts.reportId,
      facts.childId,
      facts.set,
      facts.version,
      facts.subject,
      facts.forms,
      facts.territory,
      facts.setting,
      facts.met,
      facts.dimensions,
      facts.advised,
      facts.result,
      facts.proposedResult,
      tx.actor.userId,
      tx.stamp.occurredAt,
      version,
    ],
  )
  tx.later(
    'insert into screening_item (screening_id, code, evidence) select $1, code, evidence from jsonb_to_recordset($2::jsonb) as x (code text, evidence text)',
    [recordId, JSON.stringify(body.items)],
  )
  if (file !== undefined && facts.proposedResult !== null)
    await tell(tx, {
      unitId: file.unit_id,
      role: 'cpu_head',
      code: 'screening_waits',
      recordKind: 'case_file',
      recordId: file.id,
      label: file.code,
    })
  // Economic exploitation opens no trafficking status; it stands as a screening of its own.
  const carried =
    file === undefined || facts.set !== 'trafficking'
      ? null
      : await carryOutcome(tx, file, {
          result: facts.result,
          screeningId: recordId,
          forms: facts.forms,
          territory: facts.territory,
          bySupervisor: false,
        })
  return done({
    recordId: recordId,
    version,
    reply: {
      met: facts.met,
      advised: facts.advised,
      result: facts.result,
      proposedResult: facts.proposedResult,
      vmtStatus: found === null ? null : (carried?.status ?? null),
    },
  })
}

export const recordScreening = command('screening.record', RecordScreening, (tx, cmd) =>
  screen(tx, cmd.recordId, cmd.body),
)

interface ScreeningRow {
  readonly id: Uuid
  readonly version: number
  readonly case_id: Uuid | null
  readonly set_code: string
  readonly forms: string[]
  readonly territory: 'internal' | 'cross_border' | 'unknown'
  readonly screener_id: Uuid
  readonly advised: Screening['advised']
  readonly result: Screening['result']
  readonly proposed_result: Screening['proposedResult']
}

export const decideScreeningResult = command('screening.decide', DecideScreening, async (tx, cmd) => {
  const [row] = await tx.sql<ScreeningRow>(
    `select id, version, case_id, set_code, forms, territory, screener_id, advised, result, proposed_result
       from screening where id = $1 for update`,
    [cmd.recordId],
  )
  if (row === undefined) throw notFound()
  await mustBeFresh(tx, 'screening', cmd, ['result'])
  // Who is only asked to take the case over sees that it was screened, and decides nothing yet.
  const file = row.case_id === null ? null : (await lockCase(tx, row.case_id)).file
  if (file !== null && file.unit_id !== tx.actor.unitId) return refused({ code: 'not_allowed' })
  const screening: Screening = {
    id: row.id,
    version: row.version,
    screenerId: row.screener_id,
    advised: row.advised,
    result: row.result,
    proposedResult: row.proposed_result,
  }
  const decision = decideDownward(screening, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(tx, { kind: 'screening', id: row.id, version: row.version }, decision.events)
  const after = decision.events.reduce(apply, screening)
  tx.later(
    'update screening set result = $2, proposed_result = null, decided_by = $3, version = $4 where id = $1',
    [row.id, after.result, tx.actor.userId, version],
  )
  if (cmd.body.agree && file !== null && row.set_code === 'trafficking') {
    await carryOutcome(tx, file, {
      result: after.result,
      screeningId: row.id,
      forms: row.forms,
      territory: row.territory,
      bySupervisor: true,
    })
  }
  return done({ recordId: row.id, version, reply: { result: after.result } })
})
