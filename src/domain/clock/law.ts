/** The calendar and the deadlines are confirmed by whoever has read them in a law: the State Agency's legal officer. */
import { accept, type Day, type Decision, type DomainEvent, refuse, type Stamp } from '../core.ts'

export type HolidaySet = DomainEvent<
  'HolidaySet',
  { readonly day: Day; readonly name: string; readonly source: string; readonly confirmed: boolean }
>
export type HolidayStruck = DomainEvent<'HolidayStruck', { readonly day: Day; readonly source: string }>
export type RuleConfirmed = DomainEvent<
  'RuleConfirmed',
  { readonly ruleSet: string; readonly code: string; readonly source: string }
>

const officer = (stamp: Stamp): boolean => stamp.actor.role === 'state_agency'

export const decideSetHoliday = (
  known: { readonly day: Day } | null,
  body: { readonly day: Day; readonly nameSq: string; readonly source: string; readonly confirmed: boolean },
  stamp: Stamp,
): Decision<HolidaySet> => {
  if (!officer(stamp)) return refuse('not_allowed')
  // A holiday that moves is struck on its old day and set on the new one, so that both can be read later.
  if (known !== null && known.day !== body.day) return refuse('clock_holiday_moved', 'day')
  const { day, nameSq: name, source, confirmed } = body
  return accept({ type: 'HolidaySet', v: 1, facts: { day, name, source, confirmed } })
}

export const decideStrikeHoliday = (
  known: { readonly day: Day },
  body: { readonly source: string },
  stamp: Stamp,
): Decision<HolidayStruck> =>
  officer(stamp)
    ? accept({ type: 'HolidayStruck', v: 1, facts: { day: known.day, source: body.source } })
    : refuse('not_allowed')

export const decideConfirmRule = (
  known: { readonly ruleSet: string; readonly code: string },
  body: { readonly source: string },
  stamp: Stamp,
): Decision<RuleConfirmed> =>
  officer(stamp)
    ? accept({ type: 'RuleConfirmed', v: 1, facts: { ...known, source: body.source } })
    : refuse('not_allowed')
