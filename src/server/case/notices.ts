/** Who is told of what happened to a case: codes only, never a name. */
import { lowers } from '#domain/case/assess.ts'
import type { CaseEvent } from '#domain/case/events.ts'
import type { Called } from '#domain/case/gtn-events.ts'
import type { CaseState } from '#domain/case/state.ts'
import type { Role, Uuid } from '#domain/core.ts'
import type { NoticeCode } from '#wire/notice.ts'
import { tell } from '../notice/store.ts'
import type { WriteTx } from '../tx.ts'

/** `before` still names the unit that had the case. */
export const giveNotice = async (tx: WriteTx, before: CaseState, e: CaseEvent): Promise<void> => {
  const say = (unitId: Uuid, code: NoticeCode, role?: Role) =>
    tell(tx, {
      unitId,
      code,
      recordKind: 'case_file',
      recordId: before.id,
      label: before.code,
      ...(role === undefined ? {} : { role }),
    })
  const invite = async (called: readonly Called[], code: NoticeCode): Promise<void> => {
    for (const { unitId, invitationId } of called)
      await tell(tx, {
        unitId,
        code,
        recordKind: 'conference_invitation',
        recordId: invitationId,
        label: before.code,
      })
  }
  switch (e.type) {
    case 'TransferRequested':
      return say(e.facts.toUnitId, 'case_transfer_asked')
    case 'TransferAccepted':
      return say(e.facts.fromUnitId, 'case_transfer_accepted')
    case 'TransferDeclined':
      return say(before.unitId, 'case_transfer_declined')
    case 'ClosureReturned':
      return say(before.unitId, 'case_closure_returned')
    case 'RiskLevelSet':
      return lowers(before, e.facts.risk) ? say(before.unitId, 'case_risk_lowered', 'cpu_head') : undefined
    case 'ConferenceCalled':
      return invite(e.facts.called, 'conference_invitation')
    case 'ConferencePostponed':
      return invite(before.gtn.call?.called ?? [], 'conference_moved')
    case 'ConferenceCancelled':
      return invite(before.gtn.call?.called ?? [], 'conference_cancelled')
    case 'PlacementEnded':
      if (e.facts.reason === 'absconded') await say(before.unitId, 'case_child_absconded')
      return
    case 'ExitVisited':
      return e.facts.safe === 'no' ? say(before.unitId, 'case_exit_unsafe', 'cpu_head') : undefined
    case 'MeasureEnded':
      // Ended by nobody's word: whoever works the case and the head must know that nothing protects the child now.
      if (tx.actor.role !== 'system') return
      if (before.managerId !== null)
        await tell(tx, {
          userId: before.managerId,
          code: 'case_measure_expired',
          recordKind: 'case_file',
          recordId: before.id,
          label: before.code,
        })
      return before.managerIsHead ? undefined : say(before.unitId, 'case_measure_expired', 'cpu_head')
    case 'MemberAbsent':
      return say(before.unitId, 'case_member_absent', 'cpu_head')
    default:
      return
  }
}
