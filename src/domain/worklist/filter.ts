/**
 * Filters of the work list: which rows one chooses, kept under a name, shared with the unit by its head. A filter says codes and
 * never who a child is.
 */
import { accept, type Decision, type DomainEvent, type Role, refuse, type Stamp, type Uuid } from '../core.ts'

/** What a filter chooses. Each list is an "or", the lists together an "and"; an empty list chooses everything. */
export interface WorkCriteria {
  /** `unit`: everybody's work of the unit, for its head alone. */
  readonly scope: 'mine' | 'unit'
  readonly due: readonly string[]
  readonly kinds: readonly string[]
  /** Risk levels, `none` where it was not assessed. */
  readonly risks: readonly string[]
  readonly concerns: readonly string[]
  readonly municipalities: readonly string[]
  /** Whose work: their ids, `nobody` for what has no worker. */
  readonly workers: readonly string[]
  /** Part of the code or of the task; empty for any. */
  readonly text: string
}

/** What a row of the work list says of itself to a filter. */
export interface WorkFacts {
  readonly group: string
  readonly kind: string
  readonly risk: string | null
  /** Null where the row hangs on no case that the reader sees. */
  readonly concerns: readonly string[] | null
  readonly municipality: string | null
  readonly workerId: Uuid | null
  readonly code: string
  readonly title: string | null
}

/** As search compares: marks off, lower case. */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
const among = (chosen: readonly string[], value: string | null): boolean =>
  chosen.length === 0 || (value !== null && chosen.includes(value))

export const chooses = (criteria: WorkCriteria, row: WorkFacts): boolean =>
  among(criteria.due, row.group) &&
  among(criteria.kinds, row.kind) &&
  among(criteria.risks, row.risk ?? (row.concerns === null ? null : 'none')) &&
  (criteria.concerns.length === 0 || (row.concerns ?? []).some((one) => criteria.concerns.includes(one))) &&
  among(criteria.municipalities, row.municipality) &&
  among(criteria.workers, row.workerId ?? 'nobody') &&
  (criteria.text.trim() === '' ||
    [row.code, row.title ?? ''].some((said) => plain(said).includes(plain(criteria.text.trim()))))

/** A person keeps this many at most: more is a list nobody reads. */
export const filterLimit = 30

export interface WorkFilter {
  readonly id: Uuid
  readonly version: number
  readonly userId: Uuid
}
export type WorkFilterSaved = DomainEvent<'WorkFilterSaved', { readonly shared: boolean }>
export type WorkFilterRemoved = DomainEvent<'WorkFilterRemoved', Record<string, never>>

/** Whose list can be the whole unit's, and who may share a filter in it. */
export const leadsUnit = (role: Role | 'public' | 'system'): boolean => role === 'cpu_head'

/** `before`: what the person sees under that id; `kept`: how many are theirs already. */
export const decideSaveFilter = (
  before: WorkFilter | null,
  kept: number,
  body: { readonly shared: boolean; readonly criteria: WorkCriteria },
  { actor }: Stamp,
): Decision<WorkFilterSaved> => {
  if (before !== null && before.userId !== actor.userId) return refuse('not_allowed')
  if (before === null && kept >= filterLimit)
    return refuse('work_filter_too_many', undefined, { limit: filterLimit })
  if (!leadsUnit(actor.role) && body.shared) return refuse('work_filter_head_shares', 'shared')
  if (!leadsUnit(actor.role) && body.criteria.scope === 'unit')
    return refuse('work_filter_head_shares', 'criteria.scope')
  return accept({ type: 'WorkFilterSaved', v: 1, facts: { shared: body.shared }, touches: ['filter'] })
}

export const decideRemoveFilter = (before: WorkFilter, { actor }: Stamp): Decision<WorkFilterRemoved> =>
  before.userId === actor.userId
    ? accept({ type: 'WorkFilterRemoved', v: 1, facts: {}, touches: ['filter'] })
    : refuse('not_allowed')
