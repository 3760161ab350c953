/** Acts of handing on and taking in, as decisions without a database. */
import { accept, type Decision, type DomainEvent, refuse, type Stamp, type Uuid } from '../core.ts'
import { keepsExchange, receivesChildLists } from './policy.ts'

export type OfficialResent = DomainEvent<'OfficialMessageSentAgain', { readonly attempts: number }>
export const decideResend = (
  message: { readonly state: string; readonly attempts: number },
  stamp: Stamp,
): Decision<OfficialResent> => {
  if (!keepsExchange(stamp.actor)) return refuse('not_allowed')
  if (message.state !== 'dead') return refuse('exchange_not_dead')
  return accept<OfficialResent>({
    type: 'OfficialMessageSentAgain',
    v: 1,
    facts: { attempts: message.attempts },
  })
}

export type OfficialCompared = DomainEvent<'OfficialComparisonAsked'>
export const decideCompare = (configured: boolean, stamp: Stamp): Decision<OfficialCompared> => {
  if (!keepsExchange(stamp.actor)) return refuse('not_allowed')
  if (!configured) return refuse('exchange_off')
  return accept<OfficialCompared>({ type: 'OfficialComparisonAsked', v: 1, facts: {} })
}

export type CasesImported = DomainEvent<
  'CasesImported',
  {
    readonly choice: string
    readonly lines: number
    readonly loaded: number
    readonly known: number
    readonly refused: number
    readonly reports: readonly Uuid[]
  }
>
export type ImportChecked = DomainEvent<
  'ImportedCaseChecked',
  { readonly sourceId: string; readonly decision: string; readonly nrmId: Uuid | null }
>
export const decideCheck = (
  record: { readonly state: string },
  body: {
    readonly sourceId: string
    readonly decision: 'taken' | 'set_aside'
    readonly nrmId?: Uuid | undefined
  },
  stamp: Stamp,
): Decision<ImportChecked> => {
  if (!keepsExchange(stamp.actor)) return refuse('not_allowed')
  if (record.state !== 'to_check') return refuse('exchange_record_checked')
  return accept<ImportChecked>({
    type: 'ImportedCaseChecked',
    v: 1,
    facts: { sourceId: body.sourceId, decision: body.decision, nrmId: body.nrmId ?? null },
  })
}

export type ChildListSent = DomainEvent<
  'ChildVictimListSent',
  { readonly year: number; readonly codes: readonly string[] }
>
/** A dated list by codes, whoever sent it and how many: nothing else goes over. */
export const decideSendList = (
  year: number,
  codes: readonly string[],
  stamp: Stamp,
): Decision<ChildListSent> => {
  if (!keepsExchange(stamp.actor)) return refuse('not_allowed')
  if (year > Number(stamp.now.slice(0, 4))) return refuse('in_future', 'year')
  if (codes.length === 0) return refuse('exchange_list_empty', 'year')
  if (codes.length > 5000) return refuse('exchange_too_big', 'year')
  return accept<ChildListSent>({ type: 'ChildVictimListSent', v: 1, facts: { year, codes } })
}

export type ChildListReceived = DomainEvent<
  'ChildVictimListReceived',
  { readonly count: number; readonly theirCount: number }
>
export const decideReceiveList = (
  list: { readonly received: boolean; readonly count: number },
  theirCount: number,
  stamp: Stamp,
): Decision<ChildListReceived> => {
  if (!receivesChildLists(stamp.actor)) return refuse('not_allowed')
  if (list.received) return refuse('exchange_list_received')
  return accept<ChildListReceived>({
    type: 'ChildVictimListReceived',
    v: 1,
    facts: { count: list.count, theirCount },
  })
}
