/**
 * Out of office: for some days a colleague of the unit stands in for a worker in all of the worker's cases. What the
 * stand-in reads and does ends with the last day by itself (migration 0043 asks the calendar, as the policy does).
 */
import { type Worker, worksFor } from '../case/open.ts'
import { accept, type Day, type Decision, type DomainEvent, refuse, type Stamp, type Uuid } from '../core.ts'

export const absenceKinds = ['leave', 'sick', 'training', 'other'] as const
export type AbsenceKind = (typeof absenceKinds)[number]
/** Nobody is away for longer: whoever is has left, and the cases are handed over. */
export const longestAbsence = 120

export interface Absence {
  readonly id: Uuid
  readonly unitId: Uuid
  readonly workerId: Uuid
  readonly deputyId: Uuid
  readonly from: Day
  readonly until: Day
  /** First day on which it holds no more, where it ended early. */
  readonly endedOn: Day | null
}
export type AbsenceNamed = DomainEvent<
  'AbsenceNamed',
  {
    readonly unitId: Uuid
    readonly workerId: Uuid
    readonly deputyId: Uuid
    readonly from: Day
    readonly until: Day
    readonly kind: AbsenceKind
  }
>
export type AbsenceEnded = DomainEvent<'AbsenceEnded', { readonly on: Day }>

/** The day is one of the absence. */
export const holdsOn = (a: Absence, day: Day): boolean =>
  day >= a.from && day <= a.until && (a.endedOn === null || day < a.endedOn)
const lasts = (a: Absence): boolean => a.endedOn === null || a.endedOn > a.from
const meets = (a: Absence, from: Day, until: Day): boolean =>
  lasts(a) && a.from <= until && from <= a.until && (a.endedOn === null || from < a.endedOn)

/** The worker, or the head of the unit for somebody who cannot (ill). */
const mayName = (stamp: Stamp, worker: Worker): boolean =>
  worksFor(stamp.actor.unitId, worker) &&
  (stamp.actor.userId === worker.id || stamp.actor.role === 'cpu_head') &&
  (stamp.actor.role === 'cpw' || stamp.actor.role === 'cpu_head')

export function decideNameAbsence(
  given: {
    readonly worker: Worker | null
    readonly deputy: Worker | null
    readonly from: Day
    readonly until: Day
    readonly kind: AbsenceKind
    readonly today: Day
    readonly days: number
  },
  /** Absences of both, past ones too. */
  others: readonly Absence[],
  stamp: Stamp,
): Decision<AbsenceNamed> {
  const { worker, deputy, from, until } = given
  if (worker === null || !mayName(stamp, worker)) return refuse('not_allowed')
  if (deputy === null || !worksFor(stamp.actor.unitId, deputy) || deputy.id === worker.id)
    return refuse('case_worker_not_of_unit', 'deputyId')
  if (until < from) return refuse('absence_days', 'until')
  if (until < given.today) return refuse('absence_past', 'until')
  if (given.days > longestAbsence) return refuse('absence_long', 'until', { count: longestAbsence })
  if (others.some((one) => one.workerId === worker.id && meets(one, from, until)))
    return refuse('absence_twice', 'from')
  if (others.some((one) => one.workerId === deputy.id && meets(one, from, until)))
    return refuse('absence_deputy_away', 'deputyId')
  return accept({
    type: 'AbsenceNamed',
    v: 1,
    facts: {
      unitId: stamp.actor.unitId,
      workerId: worker.id,
      deputyId: deputy.id,
      from,
      until,
      kind: given.kind,
    },
    touches: ['days'],
  })
}

/** Back early, or never gone: from that day on it holds no more. */
export function decideEndAbsence(a: Absence, today: Day, stamp: Stamp): Decision<AbsenceEnded> {
  const { actor } = stamp
  if (actor.unitId !== a.unitId || (actor.userId !== a.workerId && actor.role !== 'cpu_head'))
    return refuse('not_allowed')
  if (a.endedOn !== null || a.until < today) return refuse('absence_over')
  return accept({ type: 'AbsenceEnded', v: 1, facts: { on: today }, touches: ['days'] })
}
