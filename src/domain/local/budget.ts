/**
 * A municipality's budget and income lines beneath the national plan (S000:671–690 mining rent, 739–745 field teams, 840–878
 * emergency services), and which activity above a local one serves. Money is whole lek.
 */
import { accept, type Decision, type DomainEvent, refuse, type Stamp, type Uuid } from '../core.ts'
import { textParts } from '../parts.ts'
import { mayKeepLocal } from './policy.ts'

export const sides = ['expense', 'income'] as const
export const expenseTopics = [
  'field_teams',
  'emergency_services',
  'child_protection_unit',
  'social_services',
  'school_support',
  'prevention',
  'other',
] as const
export const incomeTopics = ['mining_rent', 'own_revenue', 'state_transfer', 'donors', 'other'] as const
export const topics = [...new Set([...expenseTopics, ...incomeTopics])] as readonly Topic[]
export type Topic = (typeof expenseTopics)[number] | (typeof incomeTopics)[number]
export const moneySources = ['own', 'state', 'donors', 'mining_rent'] as const
/** The account groups of the plan's Table 1: 600–601, 602–608, the rest. */
export const accountGroups = ['wages', 'operating', 'investment'] as const

export type LineKey = {
  readonly municipality: string
  readonly year: number
  readonly side: (typeof sides)[number]
  readonly topic: Topic
  readonly source: (typeof moneySources)[number]
  readonly accountGroup: (typeof accountGroups)[number] | null
  readonly planId: Uuid | null
  readonly activityUid: string | null
}
export type LineMoney = {
  readonly planned: number
  readonly executed: number | null
}
export type Line = LineKey & LineMoney & { readonly struck: boolean }
export type LocalLineSet = DomainEvent<'LocalLineSet', LineKey & LineMoney>
export type LocalLineStruck = DomainEvent<'LocalLineStruck', Record<string, never>>
export type LocalServeSet = DomainEvent<
  'LocalServeSet',
  {
    readonly municipality: string
    readonly planId: Uuid
    readonly activityUid: string
    readonly servesPlan: Uuid
    readonly servesUid: string
  }
>
export type LocalServeStruck = DomainEvent<'LocalServeStruck', Record<string, never>>

const keyFields = ['year', 'side', 'topic', 'source', 'accountGroup', 'planId', 'activityUid'] as const

/** `known`: the line as it stands, when it exists. `twin`: another line with the same key. */
export const decideSetLine = (
  known: Line | null,
  twin: boolean,
  body: LineKey & LineMoney,
  stamp: Stamp,
): Decision<LocalLineSet> => {
  if (!mayKeepLocal(stamp.actor, body)) return refuse('not_allowed')
  const fits: readonly string[] = body.side === 'expense' ? expenseTopics : incomeTopics
  if (!fits.includes(body.topic)) return refuse('local_topic_not_here', 'topic')
  if ((body.side === 'expense') !== (body.accountGroup !== null))
    return refuse('local_account_group', 'accountGroup')
  if (body.side === 'income' && body.planId !== null) return refuse('local_income_no_activity', 'planId')
  if (known?.struck === true) return refuse('local_line_struck')
  // Money that was entered for one thing is not turned into money for another: strike it and enter a new line.
  if (known !== null) {
    const moved = keyFields.find((field) => known[field] !== body[field])
    if (moved !== undefined || known.municipality !== body.municipality)
      return refuse('local_line_moved', moved ?? 'municipality')
    if (known.planned === body.planned && known.executed === body.executed)
      return refuse('net_nothing_changes')
  }
  if (twin) return refuse('local_line_known', 'topic')
  return accept({ type: 'LocalLineSet', v: 1, facts: { ...body }, touches: ['money'] })
}

export const decideStrikeLine = (
  known: Line,
  body: { readonly reason: string },
  stamp: Stamp,
): Decision<LocalLineStruck> => {
  if (!mayKeepLocal(stamp.actor, known)) return refuse('not_allowed')
  if (known.struck) return refuse('local_line_struck')
  return accept({
    type: 'LocalLineStruck',
    v: 2,
    facts: {},
    parts: textParts({ reason: body.reason }),
    touches: ['money'],
  })
}

export const decideServe = (
  at: {
    readonly municipality: string
    readonly own: boolean
    readonly above: boolean
    readonly twin: boolean
  },
  body: {
    readonly planId: Uuid
    readonly activityUid: string
    readonly servesPlan: Uuid
    readonly servesUid: string
  },
  stamp: Stamp,
): Decision<LocalServeSet> => {
  if (!at.own || !mayKeepLocal(stamp.actor, at)) return refuse('not_allowed')
  // A municipal plan serves one above it; so no circle of plans can arise.
  if (!at.above) return refuse('local_not_above', 'servesPlan')
  if (at.twin) return refuse('local_serve_known', 'servesUid')
  const { planId, activityUid, servesPlan, servesUid } = body
  return accept({
    type: 'LocalServeSet',
    v: 1,
    facts: { municipality: at.municipality, planId, activityUid, servesPlan, servesUid },
    touches: ['serve'],
  })
}

export const decideStrikeServe = (
  known: { readonly municipality: string; readonly struck: boolean },
  stamp: Stamp,
): Decision<LocalServeStruck> => {
  if (!mayKeepLocal(stamp.actor, known)) return refuse('not_allowed')
  if (known.struck) return refuse('local_line_struck')
  return accept({ type: 'LocalServeStruck', v: 1, facts: {}, touches: ['serve'] })
}

export interface YearTotals {
  readonly year: number
  readonly planned: number
  readonly executed: number
  readonly income: number
  readonly received: number
  /** Planned from mining rent beyond the mining rent that is planned to come in; 0 when covered. */
  readonly miningShort: number
}

/** Sums by year. A line without an executed amount adds nothing to what was executed. */
export const totalsByYear = (lines: readonly Line[]): YearTotals[] => {
  const standing = lines.filter((line) => !line.struck)
  const years = [...new Set(standing.map((line) => line.year))].sort((a, b) => b - a)
  return years.map((year) => {
    const of = standing.filter((line) => line.year === year)
    const sum = (which: (line: Line) => boolean, money: (line: Line) => number): number =>
      of.filter(which).reduce((total, line) => total + money(line), 0)
    const expense = (line: Line) => line.side === 'expense'
    const income = (line: Line) => line.side === 'income'
    const rent =
      sum(
        (line) => expense(line) && line.source === 'mining_rent',
        (line) => line.planned,
      ) -
      sum(
        (line) => income(line) && line.topic === 'mining_rent',
        (line) => line.planned,
      )
    return {
      year,
      planned: sum(expense, (line) => line.planned),
      executed: sum(expense, (line) => line.executed ?? 0),
      income: sum(income, (line) => line.planned),
      received: sum(income, (line) => line.executed ?? 0),
      miningShort: Math.max(0, rent),
    }
  })
}
