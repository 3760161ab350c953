/** Figures that institutions bring: what may be brought, by whom, and how it is corrected (issue 3, part 5). */
import { tiranaDay } from '../clock/tirana.ts'
import { accept, type Day, type Decision, type DomainEvent, refuse, type Stamp } from '../core.ts'

export type IndicatorKind = 'counted' | 'collected' | 'external'

export interface Collectable {
  readonly id: string
  readonly kind: IndicatorKind
  readonly unit: string
  /** True when the register counts it from its own records: then nobody enters it. */
  readonly live: boolean
  /** The actor's institution is named as one that reports it. */
  readonly theirs: boolean
}

export interface Part {
  readonly key: string
  readonly value: number
}
export interface CollectBody {
  readonly from: Day
  readonly to: Day
  readonly value: number
  readonly breakdown: readonly Part[]
  /** Where the figure can be read: document, register, count. */
  readonly evidence: string
  /** Why it is corrected; needed from the second version on. */
  readonly reason?: string | undefined
}
export interface StandingValue {
  readonly version: number
  readonly from: Day
  readonly to: Day
  readonly value: number
  readonly breakdown: readonly Part[]
  readonly evidence: string
}

type Facts = {
  readonly indicatorId: string
  readonly from: Day
  readonly to: Day
  readonly value: number
  readonly breakdown: readonly { readonly key: string; readonly value: number }[]
}
export type FigureCollected = DomainEvent<'FigureCollected', Facts>
export type FigureCorrected = DomainEvent<'FigureCorrected', Facts>

/** Largest and smallest figure that a unit can have, and whether it is whole. */
const rangeOf = (unit: string): { low: number; high: number; whole: boolean } => {
  if (unit.startsWith('yes/no')) return { low: 0, high: 1, whole: true }
  const of = /^n of (\d+)/.exec(unit)
  if (of !== null) return { low: 0, high: Number(of[1]), whole: true }
  if (unit.startsWith('%')) return { low: 0, high: 100, whole: false }
  if (unit.startsWith('score')) return { low: -1000, high: 1000, whole: false }
  if (unit.includes('ALL')) return { low: 0, high: 1e12, whole: true }
  if (unit.startsWith('n')) return { low: 0, high: 1e8, whole: true }
  return { low: 0, high: 1e9, whole: false }
}

export const fits = (unit: string, value: number): boolean => {
  const { low, high, whole } = rangeOf(unit)
  return Number.isFinite(value) && value >= low && value <= high && (!whole || Number.isInteger(value))
}

const same = (a: CollectBody, b: StandingValue): boolean =>
  a.value === b.value &&
  a.evidence === b.evidence &&
  JSON.stringify(a.breakdown) === JSON.stringify(b.breakdown)

/** @returns `FigureCollected`, or `FigureCorrected` over a standing one; the evidence travels as a part of its own. */
export const decideCollect = (
  indicator: Collectable,
  standing: StandingValue | null,
  body: CollectBody,
  stamp: Stamp,
): Decision<FigureCollected | FigureCorrected> => {
  const { role } = stamp.actor
  if (role === 'admin' || role === 'dpo' || role === 'public') return refuse('not_allowed')
  if (indicator.live) return refuse('indicator_is_counted')
  if (!indicator.theirs && role !== 'coordinator') return refuse('indicator_not_theirs')
  if (body.to < body.from) return refuse('indicator_out_of_range', 'to')
  if (body.from > tiranaDay(stamp.now)) return refuse('in_future', 'from')
  if (!fits(indicator.unit, body.value)) return refuse('indicator_out_of_range', 'value')
  const wrong = body.breakdown.findIndex((part) => !fits(indicator.unit, part.value))
  if (wrong >= 0) return refuse('indicator_out_of_range', `breakdown.${wrong}.value`)
  const facts: Facts = {
    indicatorId: indicator.id,
    from: body.from,
    to: body.to,
    value: body.value,
    breakdown: body.breakdown.map(({ key, value }) => ({ key, value })),
  }
  const parts = [{ tier: 'T3' as const, name: 'evidence', body: body.evidence }]
  if (standing === null) return accept({ type: 'FigureCollected', v: 1, facts, parts, touches: ['value'] })
  if (standing.from !== body.from || standing.to !== body.to) return refuse('indicator_period_known', 'from')
  if (same(body, standing)) return refuse('indicator_unchanged', 'value')
  if (body.reason === undefined || body.reason.trim() === '') return refuse('reason_required', 'reason')
  return accept({
    type: 'FigureCorrected',
    v: 1,
    facts,
    parts: [...parts, { tier: 'T3', name: 'reason', body: body.reason }],
    touches: ['value'],
  })
}
