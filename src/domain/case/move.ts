/** Handing a case to another unit, and waiting while a child cannot be traced. */
import { accept, type Decision, refuse, type Stamp, type Uuid } from '../core.ts'
import { event } from './event.ts'
import type { CaseEvent } from './events.ts'
import { gate } from './policy.ts'
import type { CaseState } from './state.ts'

export interface ReceivingUnit {
  readonly id: Uuid
  readonly municipality: string
  readonly county: string
}

/** The old worker stays responsible until the receiver accepts. */
export function decideRequestTransfer(
  s: CaseState,
  body: { readonly to: ReceivingUnit | null; readonly reason: string },
  stamp: Stamp,
): Decision<CaseEvent> {
  const no = gate('request_transfer', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  if (body.to === null) return refuse('case_transfer_unit_unknown', 'toUnitId')
  if (body.to.id === s.unitId) return refuse('case_transfer_same_unit', 'toUnitId')
  return accept(
    event(
      'TransferRequested',
      stamp,
      {
        transferId: stamp.newId(),
        toUnitId: body.to.id,
        toMunicipality: body.to.municipality,
        toCounty: body.to.county,
      },
      { T3: { reason: body.reason }, touches: ['transfer'] },
    ),
  )
}

/** Whoever accepts becomes the worker, until the receiving head says otherwise. */
export function decideAcceptTransfer(s: CaseState, stamp: Stamp): Decision<CaseEvent> {
  const no = gate('accept_transfer', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  const t = s.transfer!
  return accept(
    event(
      'TransferAccepted',
      stamp,
      {
        transferId: t.id,
        fromUnitId: s.unitId,
        unitId: t.toUnitId,
        municipality: t.toMunicipality,
        county: t.toCounty,
        managerId: stamp.actor.userId,
        managerIsHead: stamp.actor.role === 'cpu_head',
      },
      { touches: ['transfer', 'manager', 'unit'] },
    ),
  )
}

export function decideDeclineTransfer(
  s: CaseState,
  body: { readonly reason: string },
  stamp: Stamp,
): Decision<CaseEvent> {
  const no = gate('decline_transfer', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  if (body.reason.trim() === '') return refuse('reason_required', 'reason')
  return accept(
    event(
      'TransferDeclined',
      stamp,
      { transferId: s.transfer!.id },
      { T3: { answer: body.reason }, touches: ['transfer'] },
    ),
  )
}

export function decideWithdrawTransfer(s: CaseState, stamp: Stamp): Decision<CaseEvent> {
  const no = gate('withdraw_transfer', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  return accept(event('TransferWithdrawn', stamp, { transferId: s.transfer!.id }, { touches: ['transfer'] }))
}

/** The child cannot be traced: clocks of the work wait, protection does not. */
export function decideSuspend(
  s: CaseState,
  body: { readonly reason: string },
  stamp: Stamp,
): Decision<CaseEvent> {
  const no = gate('suspend', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  if (body.reason.trim() === '') return refuse('reason_required', 'reason')
  return accept(
    event(
      'CaseSuspended',
      stamp,
      { textId: stamp.newId() },
      { T3: { reason: body.reason }, touches: ['suspension'] },
    ),
  )
}

export function decideResume(
  s: CaseState,
  body: { readonly reason: string },
  stamp: Stamp,
): Decision<CaseEvent> {
  const no = gate('resume', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  return accept(
    event(
      'CaseResumed',
      stamp,
      { textId: stamp.newId() },
      { T3: { reason: body.reason }, touches: ['suspension'] },
    ),
  )
}
