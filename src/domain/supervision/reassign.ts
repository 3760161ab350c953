/** The head hands several cases to others in one act; each case is told so by an event of its own. */

import type { CaseEvent } from '../case/events.ts'
import { assignment, type Worker, worksFor } from '../case/open.ts'
import { gate, isHead } from '../case/policy.ts'
import type { CaseState } from '../case/state.ts'
import { type Decision, type DomainEvent, refuse, type Stamp, type Uuid } from '../core.ts'
import { goesOver, weightOf } from './caseload.ts'
import type { SupervisionLaw } from './law.ts'

export interface Move {
  readonly state: CaseState
  /** Who worked the case when the head looked; null where nobody did. */
  readonly from: Uuid | null
  readonly to: Worker | null
}
export interface Moved {
  readonly state: CaseState
  readonly events: readonly CaseEvent[]
}
export type HandedOver = DomainEvent<
  'CasesHandedOver',
  {
    readonly unitId: Uuid
    readonly leaverId: Uuid | null
    readonly moved: number
    readonly deputiesEnded: number
    readonly over: readonly Uuid[]
  }
>

/**
 * All or nothing. `loads` is what each receiver carries before the act; `rest` the cases of the leaver that no move names,
 * with their number left out nobody leaves. Cases in which the leaver only stands in lose their deputy.
 */
export function decideReassign(
  given: {
    readonly moves: readonly Move[]
    readonly stoodIn: readonly CaseState[]
    readonly leaverId: Uuid | null
    readonly rest: number
    readonly reason: string
    readonly loads: ReadonlyMap<Uuid, number>
  },
  law: SupervisionLaw,
  stamp: Stamp,
):
  | { readonly ok: true; readonly moved: readonly Moved[]; readonly event: HandedOver }
  | { readonly ok: false; readonly refusal: Extract<Decision<never>, { ok: false }>['refusal'] } {
  const { moves, leaverId, reason } = given
  if (stamp.actor.role !== 'cpu_head') return refuse('not_allowed')
  if (reason.trim() === '') return refuse('reason_required', 'reason')
  const loads = new Map(given.loads)
  const over = new Set<Uuid>()
  const moved: Moved[] = []
  for (const [n, { state: s, from, to }] of moves.entries()) {
    const code = { code: s.code }
    const no = gate('reassign', stamp.actor, s)
    if (no) return { ok: false, refusal: { ...no, field: `moves.${n}` } }
    if (to === null || !worksFor(s.unitId, to) || to.id === leaverId)
      return refuse('case_worker_not_of_unit', `moves.${n}.managerId`)
    if (s.managerId !== from) return refuse('case_manager_changed', `moves.${n}`, code)
    if (s.managerId === to.id) return refuse('case_manager_same', `moves.${n}.managerId`, code)
    const before = loads.get(to.id) ?? 0
    if (goesOver(law, before, s)) over.add(to.id)
    loads.set(to.id, before + weightOf(law, s))
    const deputy = s.deputyId === to.id || s.deputyId === leaverId ? null : s.deputyId
    moved.push({ state: s, events: [assignment(to, deputy, stamp, { reason, over: over.has(to.id) })] })
  }
  if (given.rest > 0) return refuse('case_hand_over_rest', 'moves', { count: given.rest })
  const ended: Moved[] = given.stoodIn.flatMap((s) =>
    s.managerId === null || !isHead(stamp.actor, s)
      ? []
      : [
          {
            state: s,
            events: [
              assignment({ id: s.managerId, role: s.managerIsHead ? 'cpu_head' : 'cpw' }, null, stamp, {
                reason,
              }),
            ],
          },
        ],
  )
  return {
    ok: true,
    moved: [...moved, ...ended],
    event: {
      type: 'CasesHandedOver',
      v: 1,
      facts: {
        unitId: stamp.actor.unitId,
        leaverId,
        moved: moved.length,
        deputiesEnded: ended.length,
        over: [...over],
      },
    },
  }
}
