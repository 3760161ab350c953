/** The calendar of instalments in which money comes: who promised how much by when, and what really arrived. */
import { accept, type Day, type Decision, type DomainEvent, refuse, type Stamp, type Uuid } from '../core.ts'
import type { MoneySource } from './money.ts'

export interface Tranche {
  readonly id: Uuid
  readonly dueOn: Day
  /** Whole lek. */
  readonly amount: number
  readonly receivedOn: Day | null
  readonly received: number | null
}

export type TranchePlanned = DomainEvent<
  'TranchePlanned',
  { readonly id: Uuid; readonly source: MoneySource; readonly dueOn: Day; readonly amount: number }
>
export type TrancheReceived = DomainEvent<
  'TrancheReceived',
  { readonly id: Uuid; readonly on: Day; readonly amount: number }
>

export interface PlanTranche {
  readonly source: MoneySource
  readonly payer: string
  readonly dueOn: Day
  readonly amount: number
}

export const decidePlanTranche = (body: PlanTranche, stamp: Stamp): Decision<TranchePlanned> =>
  accept({
    type: 'TranchePlanned',
    v: 1,
    facts: { id: stamp.newId(), source: body.source, dueOn: body.dueOn, amount: body.amount },
    parts: [{ tier: 'T3', name: 'payer', body: body.payer }],
  })

/** What arrived may differ from what was promised; both stay. */
export const decideReceiveTranche = (
  now: Tranche,
  body: { readonly on: Day; readonly amount: number },
  today: Day,
): Decision<TrancheReceived> => {
  if (now.receivedOn !== null) return refuse('wrong_state')
  if (body.on > today) return refuse('in_future', 'on')
  return accept({
    type: 'TrancheReceived',
    v: 1,
    facts: { id: now.id, on: body.on, amount: body.amount },
    touches: ['tranche'],
  })
}

export const trancheLate = (now: Tranche, asOf: Day): boolean =>
  (now.receivedOn === null || now.receivedOn > asOf) && now.dueOn < asOf
