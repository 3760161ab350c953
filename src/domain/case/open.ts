/** A case begins, takes in another report, gets its worker, and begins again. */
import { accept, type Decision, refuse, type Stamp, type Uuid } from '../core.ts'
import { event } from './event.ts'
import type { CaseAssigned, CaseEvent, CaseOpened } from './events.ts'
import { gate } from './policy.ts'
import { type CaseState, closedStatuses } from './state.ts'

export interface OpenCase {
  readonly caseId: Uuid
  readonly code: string
  readonly personId: Uuid
  readonly unitId: Uuid
  readonly municipality: string
  readonly county: string
  readonly concerns: readonly string[]
  readonly reportId: Uuid | null
  /** Why a case opened without a report was opened (T3). */
  readonly summary?: string
  /** The worker who takes it at once; without one it waits for the head. */
  readonly manager: { readonly id: Uuid; readonly isHead: boolean } | null
}

/** Only workers of a child protection unit open a case, in their own unit. */
export function decideOpen(body: OpenCase, stamp: Stamp): Decision<CaseOpened | CaseAssigned> {
  const { actor } = stamp
  if ((actor.role !== 'cpw' && actor.role !== 'cpu_head') || actor.unitId !== body.unitId)
    return refuse('not_allowed')
  const { manager, summary, ...facts } = body
  const opening = event('CaseOpened', stamp, facts, { T3: { summary } })
  if (manager === null) return accept(opening)
  return accept<CaseOpened | CaseAssigned>(
    opening,
    event('CaseAssigned', stamp, {
      textId: stamp.newId(),
      managerId: manager.id,
      managerIsHead: manager.isHead,
      deputyId: null,
    }),
  )
}

/** Another accepted report about the same child: an open case takes it in, a closed one begins again. */
export function decideTakeReport(
  s: CaseState,
  body: { readonly reportId: Uuid; readonly concerns: readonly string[] },
  stamp: Stamp,
): Decision<CaseEvent> {
  if (s.reports.includes(body.reportId)) return accept()
  if ((closedStatuses as readonly string[]).includes(s.status))
    return accept(reopening(s, stamp, { reportId: body.reportId, concerns: body.concerns }))
  return accept(event('ReportAttached', stamp, body, { touches: ['concerns'] }))
}

/** Every reopening after a real closure counts as returned to exploitation; one after "no risk" does not. */
export const reopening = (
  s: CaseState,
  stamp: Stamp,
  why: {
    readonly reportId?: Uuid | null
    readonly followUp?: 1 | 3 | 6 | 12 | null
    readonly concerns?: readonly string[]
    readonly reason?: string
  },
) =>
  event(
    'CaseReopened',
    stamp,
    {
      textId: stamp.newId(),
      reportId: why.reportId ?? null,
      followUp: why.followUp ?? null,
      returned: s.status !== 'CLOSED_NO_RISK',
      concerns: why.concerns ?? [],
    },
    { T3: { reason: why.reason }, touches: ['status', 'risk', 'plan', 'closure'] },
  )

/** Reopening by hand rests on an accepted report; the server has checked that this one is. */
export function decideReopen(
  s: CaseState,
  body: { readonly reportId: Uuid | null; readonly reason: string; readonly concerns: readonly string[] },
  stamp: Stamp,
): Decision<CaseEvent> {
  const no = gate('reopen', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  if (body.reportId === null) return refuse('case_reopen_needs_report', 'reportId')
  return accept(reopening(s, stamp, body))
}

export interface Worker {
  readonly id: Uuid
  readonly unitId: Uuid
  readonly role: string
}
export const worksFor = (unitId: Uuid, w: Worker) =>
  w.unitId === unitId && (w.role === 'cpw' || w.role === 'cpu_head')

/** A case comes to life again while its worker is gone: whoever takes the report in takes it over, so that it is never nobody's. */
export const handOver = (to: { readonly id: Uuid; readonly isHead: boolean }, stamp: Stamp): CaseAssigned =>
  assignment({ id: to.id, role: to.isHead ? 'cpu_head' : 'cpw' }, null, stamp)

/** The head says who works the case and who stands in. */
export function decideAssign(
  s: CaseState,
  body: {
    readonly manager: Worker | null
    readonly deputy: Worker | null
    readonly reason?: string | undefined
    /** The case would bring the worker above what one should carry. */
    readonly over?: boolean
  },
  stamp: Stamp,
): Decision<CaseAssigned> {
  const no = gate('assign', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  const { manager, deputy } = body
  if (manager === null || !worksFor(s.unitId, manager)) return refuse('case_worker_not_of_unit', 'managerId')
  if (deputy !== null && (!worksFor(s.unitId, deputy) || deputy.id === manager.id))
    return refuse('case_worker_not_of_unit', 'deputyId')
  const over = body.over === true && manager.id !== s.managerId
  const reason = body.reason?.trim()
  if (over && !reason) return refuse('case_load_over', 'reason')
  return accept(assignment(manager, deputy?.id ?? null, stamp, { reason, over }))
}

/** A worker takes a case that has none. */
export function decideTake(s: CaseState, stamp: Stamp): Decision<CaseAssigned> {
  const no = gate('take', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  return accept(assignment({ id: stamp.actor.userId, role: stamp.actor.role }, null, stamp))
}

export const assignment = (
  manager: Pick<Worker, 'id' | 'role'>,
  deputyId: Uuid | null,
  stamp: Stamp,
  why: { readonly reason?: string | undefined; readonly over?: boolean } = {},
): CaseAssigned =>
  event(
    'CaseAssigned',
    stamp,
    {
      textId: stamp.newId(),
      managerId: manager.id,
      managerIsHead: manager.role === 'cpu_head',
      deputyId,
      ...(why.over === true ? { overCeiling: true } : {}),
    },
    { T3: { reason: why.reason }, touches: ['manager'] },
  )
