/** Triage: a report becomes cases, moves on, or is set aside by two people. */
import type { Uuid } from '#domain/core.ts'
import type { Refusal } from '#domain/refusal.ts'
import { decideScreenOut, decideTakeUp, decideTriage, triageFault } from '#domain/report/decide.ts'
import { applyAll, type CaseLink, type Report } from '#domain/report/state.ts'
import type { NoticeCode } from '#wire/notice.ts'
import { ConfirmScreenOut, TakeUpReport, TriageReport } from '#wire/report.ts'
import { append } from '../append.ts'
import { openCase } from '../case/open.ts'
import { startClock, stopClock } from '../clock/store.ts'
import { command, done, mustBeFresh, refused } from '../command.ts'
import { tell } from '../notice/store.ts'
import { insertPerson } from '../person/store.ts'
import { carryScreenings } from '../screening/carry.ts'
import type { WriteTx } from '../tx.ts'
import { findDuplicates } from './duplicates.ts'
import { intakeRules } from './options.ts'
import {
  birthOfRow,
  type ChildRow,
  childrenOf,
  labelOf,
  lockReport,
  type ReportRow,
  saveReport,
} from './store.ts'

type Body = TriageReport
type Opened =
  | { readonly ok: true; readonly cases: CaseLink[] }
  | { readonly ok: false; readonly refusal: Refusal }

const register = (tx: WriteTx, reportId: Uuid, child: ChildRow): Promise<Uuid> =>
  insertPerson(
    tx,
    {
      sex: child.sex,
      citizenship: child.citizenship,
      identity: {
        givenName: child.given_name,
        familyName: child.family_name,
        otherNames: child.other_names,
        fatherName: null,
        motherName: null,
        birth: birthOfRow(child),
        birthPlace: null,
        address: child.address,
        contact: child.contact,
      },
    },
    { reportId, childId: child.id },
  )

/** Every attached person must be one of the unit's own cases, and every child one of this report's. */
const attachFault = async (
  tx: WriteTx,
  children: readonly ChildRow[],
  attach: NonNullable<Body['attach']>,
): Promise<Refusal | null> => {
  const strange = attach.findIndex(({ childId }) => !children.some((child) => child.id === childId))
  if (strange >= 0) return { code: 'unknown_code', field: `attach.${strange}.childId` }
  const own = await tx.sql<{ person_id: Uuid }>(
    'select person_id from case_file where unit_id = $1 and person_id = any ($2::uuid[])',
    [tx.actor.unitId, attach.map(({ personId }) => personId)],
  )
  const unknown = attach.findIndex(({ personId }) => !own.some((row) => row.person_id === personId))
  return unknown >= 0 ? { code: 'unknown_code', field: `attach.${unknown}.personId` } : null
}

/** One case for each listed child: opened, or attached to the one this unit has for the same person. */
const openCases = async (
  tx: WriteTx,
  row: ReportRow,
  children: readonly ChildRow[],
  body: Body,
): Promise<Opened> => {
  const [place] = await tx.sql<{ municipality: string | null; county: string | null }>(
    'select municipality, county from unit where id = $1',
    [tx.actor.unitId],
  )
  if (!place?.municipality || !place.county) return { ok: false, refusal: { code: 'not_allowed' } }
  const manager = body.managerId === undefined ? undefined : await findManager(tx, body.managerId)
  if (manager === null) return { ok: false, refusal: { code: 'unknown_code', field: 'managerId' } }
  const cases: CaseLink[] = []
  for (const child of children) {
    const known = body.attach?.find((one) => one.childId === child.id)?.personId ?? child.person_id
    const personId = known ?? (await register(tx, row.id, child))
    const opened = await openCase(tx, {
      personId,
      reportId: row.id,
      unitId: tx.actor.unitId,
      municipality: place.municipality,
      county: place.county,
      concerns: row.concerns,
      urgent: body.immediacy === 'immediate' || body.immediacy === 'high' || row.protected_at !== null,
      ...(manager === undefined ? {} : { manager }),
    })
    if (!opened.ok) return opened
    tx.later('update report_child set person_id = $2, case_id = $3 where id = $1', [
      child.id,
      personId,
      opened.caseId,
    ])
    await carryScreenings(tx, { caseId: opened.caseId, childId: child.id, personId })
    cases.push({ childId: child.id, personId, caseId: opened.caseId, attached: opened.how !== 'opened' })
  }
  return { ok: true, cases }
}

const findManager = async (tx: WriteTx, id: Uuid): Promise<{ id: Uuid; isHead: boolean } | null> => {
  const [user] = await tx.sql<{ role: string }>(
    "select role from app_user where id = $1 and unit_id = $2 and active and role in ('cpw', 'cpu_head')",
    [id, tx.actor.unitId],
  )
  return user === undefined ? null : { id, isHead: user.role === 'cpu_head' }
}

const findTarget = async (
  tx: WriteTx,
  id: Uuid,
): Promise<{ kind: string; municipality: string | null } | undefined> =>
  (
    await tx.sql<{ kind: string; municipality: string | null }>(
      'select kind, municipality from unit where id = $1 and active',
      [id],
    )
  )[0]

const tellUnit = (tx: WriteTx, report: Report, code: NoticeCode): Promise<void> =>
  tell(tx, {
    unitId: report.unitId,
    code,
    recordKind: 'report',
    recordId: report.id,
    label: labelOf(report.id),
  })

const startTriageClock = (tx: WriteTx, report: Report): Promise<unknown> =>
  startClock(tx, {
    rule: 'D01',
    recordKind: 'report',
    recordId: report.id,
    unitId: report.unitId,
    municipality: report.municipality,
  })

export const triageReport = command('report.triage', TriageReport, async (tx, cmd) => {
  const { report, row } = await lockReport(tx, cmd.recordId)
  await mustBeFresh(tx, 'report', cmd, ['state'])
  const { body } = cmd
  const fault = triageFault(report, body, tx.stamp)
  if (fault) return refused(fault)
  const target = body.toUnitId === undefined ? undefined : await findTarget(tx, body.toUnitId)
  if (body.toUnitId !== undefined && target === undefined)
    return refused({ code: 'unknown_code', field: 'toUnitId' })
  const children = await childrenOf(tx, report.id)
  const attach = body.attach ?? []
  const strange = attach.length === 0 ? null : await attachFault(tx, children, attach)
  if (strange) return refused(strange)
  const found = await Promise.all(
    children.map((child) => findDuplicates(tx, child, report.id, report.municipality)),
  )
  const candidates = found.reduce(
    (sum, one) => sum + one.candidates.length + one.waiting.length + one.elsewhere.length,
    0,
  )

  let cases: CaseLink[] = []
  if (body.decision === 'accept') {
    const opened = await openCases(tx, row, children, body)
    if (!opened.ok) return refused(opened.refusal)
    cases = opened.cases
  }
  const toCpu =
    target?.kind === 'cpu' && target.municipality !== null
      ? { unitId: body.toUnitId!, municipality: target.municipality }
      : null
  const decision = decideTriage(report, body, { candidates, cases, toCpu }, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(
    tx,
    { kind: 'report', id: report.id, version: report.version },
    decision.events,
  )
  const after = applyAll(report, decision.events, tx.now)
  if (body.decision !== 'screen_out')
    stopClock(tx, { recordKind: 'report', recordId: report.id, rule: 'D01' })
  saveReport(tx, after, version)
  // A report that moved whole waits for triage there, on a clock of its own.
  if (after.state === 'RECEIVED') {
    await startTriageClock(tx, after)
    await tellUnit(tx, after, 'report_moved')
  }
  if (after.screenOutProposedBy !== null) await tellUnit(tx, after, 'report_second_person')
  return done({
    recordId: report.id,
    version,
    reply: { state: after.state, cases: cases.map((one) => ({ ...one })) },
  })
})

export const confirmScreenOut = command('report.confirm_screen_out', ConfirmScreenOut, async (tx, cmd) => {
  const { report } = await lockReport(tx, cmd.recordId)
  await mustBeFresh(tx, 'report', cmd, ['state'])
  const decision = decideScreenOut(report, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(
    tx,
    { kind: 'report', id: report.id, version: report.version },
    decision.events,
  )
  const after = applyAll(report, decision.events, tx.now)
  if (cmd.body.agree) stopClock(tx, { recordKind: 'report', recordId: report.id, rule: 'D01' })
  saveReport(tx, after, version)
  return done({ recordId: report.id, version, reply: { state: after.state } })
})

export const takeUpAgain = command('report.take_up_again', TakeUpReport, async (tx, cmd) => {
  const { report } = await lockReport(tx, cmd.recordId)
  await mustBeFresh(tx, 'report', cmd, ['state'])
  const decision = decideTakeUp(report, intakeRules, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(
    tx,
    { kind: 'report', id: report.id, version: report.version },
    decision.events,
  )
  const after = applyAll(report, decision.events, tx.now)
  saveReport(tx, after, version)
  await startTriageClock(tx, after)
  return done({ recordId: report.id, version, reply: { state: after.state } })
})
