/** A report comes in: `report.create` by staff and the same walk for the public. */
import { randomUUID } from 'node:crypto'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Uuid } from '#domain/core.ts'
import {
  type ReceiveBody,
  type ReporterIdentity,
  readingInstitutions,
  type TipBody,
} from '#domain/report/body.ts'
import { decideAdd, decideProtection, decideReceive } from '#domain/report/decide.ts'
import { applyAll } from '#domain/report/state.ts'
import { AddToReport, CreateReport, TakeImmediateProtection } from '#wire/report.ts'
import { append } from '../append.ts'
import { startClock, stopClock } from '../clock/store.ts'
import { command, commandBeginning, done, type Outcome, refused } from '../command.ts'
import { tell } from '../notice/store.ts'
import type { Tx, WriteTx } from '../tx.ts'
import { intakeRules } from './options.ts'
import { findRoute, type Route } from './route.ts'
import { hotspotExists, insertAddition, insertReport, labelOf, lockReport, saveReport } from './store.ts'

/**
 * The sealed word about an official: its own chain under a random id, with no command, report or child beside it. Whoever
 * gave it goes along where the report itself may not name them.
 */
const seal = async (
  tx: WriteTx,
  tip: TipBody,
  municipality: string | null,
  reporter: ReporterIdentity | undefined,
): Promise<void> => {
  const id = randomUUID()
  const version = await append({ ...tx, commandId: id }, { kind: 'integrity_tip', id, version: 0 }, [
    {
      type: 'IntegrityTipReceived',
      v: 1,
      facts: { institution: tip.institution, municipality },
      parts: [
        { tier: 'T5', name: 'text', body: tip.text },
        ...(reporter === undefined
          ? []
          : [{ tier: 'T5' as const, name: 'reporter', body: JSON.parse(JSON.stringify(reporter)) }]),
      ],
    },
  ])
  tx.later(
    'insert into integrity_tip (id, on_day, institution, municipality, version) values ($1, $2, $3, $4, $5)',
    [id, tiranaDay(tx.stamp.now), tip.institution, municipality, version],
  )
}

/**
 * The police tell the unit of that territory at once (D02): writing it down here is the telling. It counts as missed
 * when the child was taken into protection before that.
 */
const notifiedAtOnce = async (
  tx: WriteTx,
  recordId: Uuid,
  to: { readonly unitId: Uuid; readonly municipality: string | null },
): Promise<void> => {
  const { unitId, municipality } = to
  await startClock(tx, { rule: 'D02', recordKind: 'report', recordId, unitId, municipality })
  stopClock(tx, { rule: 'D02', recordKind: 'report', recordId, at: tx.stamp.now })
}

const tellDanger = (tx: WriteTx, recordId: Uuid, unitId: Uuid): Promise<void> =>
  tell(tx, { unitId, code: 'report_danger', recordKind: 'report', recordId, label: labelOf(recordId) })

/** Where a report with this body goes, asked before anything is written. */
export const routeOf = (tx: Tx, body: Pick<ReceiveBody, 'place'>): Promise<Route> =>
  findRoute(tx, body.place.municipality)

/** Lock nothing, decide, append, write, start the clocks. Shared by both doors. */
export const receive = async (
  tx: WriteTx,
  recordId: Uuid,
  body: ReceiveBody & { readonly officialInvolved?: TipBody | undefined },
  route: Route,
): Promise<Outcome> => {
  const { officialInvolved, ...said } = body
  // The unit that reads the report would learn who accused it: the name is sealed with the word.
  const sealedReporter =
    officialInvolved !== undefined && readingInstitutions.includes(officialInvolved.institution)
      ? said.reporter
      : undefined
  const told = sealedReporter === undefined ? said : { ...said, reporter: undefined }
  const { municipality, hotspotId } = told.place
  if (!route.known) return refused({ code: 'unknown_code', field: 'place.municipality' })
  if (hotspotId !== undefined && !(await hotspotExists(tx, hotspotId)))
    return refused({ code: 'unknown_code', field: 'place.hotspotId' })
  const decision = decideReceive(told, { rules: intakeRules, unitId: route.unitId }, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const unitId = route.unitId!
  const children = decision.children ?? []
  const protectedAt = told.immediateProtection === true ? tx.stamp.occurredAt : null
  const version = await append(tx, { kind: 'report', id: recordId, version: 0 }, decision.events)
  insertReport(tx, recordId, version, told, { unitId, children, protectedAt })
  await startClock(tx, { rule: 'D01', recordKind: 'report', recordId, unitId, municipality })
  if (protectedAt !== null) await notifiedAtOnce(tx, recordId, { unitId, municipality })
  if (protectedAt !== null || told.immediacy === 'immediate') await tellDanger(tx, recordId, unitId)
  if (officialInvolved !== undefined) await seal(tx, officialInvolved, municipality, sealedReporter)
  return done({ recordId, version, reply: { childIds: children.map((child) => child.childId) } })
}

export const createReport = commandBeginning(
  'report.create',
  CreateReport,
  routeOf,
  async (tx, cmd, route) => {
    const { consulate, ...said } = cmd.body
    if (consulate !== undefined && tx.actor.role !== 'consulate')
      return refused({ code: 'not_allowed', field: 'consulate' })
    const outcome = await receive(tx, cmd.recordId, said, route)
    if (outcome.ok && consulate !== undefined)
      tx.later(
        'insert into report_consulate (id, country, post, papers, wishes_return) values ($1, $2, $3, $4, $5)',
        [cmd.recordId, consulate.country, consulate.post, consulate.papers, consulate.wishesReturn],
      )
    return outcome
  },
)

export const addToReport = command('report.add', AddToReport, async (tx, cmd) => {
  const { report } = await lockReport(tx, cmd.recordId)
  const decision = decideAdd(report, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const [event] = decision.events
  const version = await append(
    tx,
    { kind: 'report', id: report.id, version: report.version },
    decision.events,
  )
  if (event?.type === 'ReportAdded') insertAddition(tx, report.id, event.facts.by, cmd.body.text)
  saveReport(tx, report, version)
  return done({ recordId: report.id, version })
})

export const takeImmediateProtection = command(
  'report.immediate_protection',
  TakeImmediateProtection,
  async (tx, cmd) => {
    const { report } = await lockReport(tx, cmd.recordId)
    const decision = decideProtection(report, tx.stamp)
    if (!decision.ok) return refused(decision.refusal)
    const version = await append(
      tx,
      { kind: 'report', id: report.id, version: report.version },
      decision.events,
    )
    saveReport(tx, applyAll(report, decision.events, tx.now), version)
    await notifiedAtOnce(tx, report.id, report)
    await tellDanger(tx, report.id, report.unitId)
    return done({ recordId: report.id, version })
  },
)
