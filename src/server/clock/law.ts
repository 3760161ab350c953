/**
 * The rules and holidays in force, as the database holds them. They change a few times a year, so each process keeps
 * them for a minute.
 */

import type { Holidays } from '#domain/clock/calendar.ts'
import { type Rule, ruleSetOn } from '#domain/clock/rule.ts'
import type { Day } from '#domain/core.ts'
import type { Tx } from '../tx.ts'

interface Law {
  readonly sets: readonly {
    readonly id: string
    readonly effectiveFrom: Day
    readonly rules: readonly LawRule[]
  }[]
  readonly holidays: Holidays
}
export interface LawRule extends Rule {
  readonly enabled: boolean
}

const KEEP_MS = 60_000
let kept: { law: Law; until: number } | undefined

/** Forget what was kept; called after `reference load` and after a change of the calendar. */
export const forgetLaw = (): void => {
  kept = undefined
}

const read = async (tx: Pick<Tx, 'sql'>): Promise<Law> => {
  const [sets, holidays] = await Promise.all([
    tx.sql<{ id: string; effectiveFrom: Day; rules: LawRule[] }>(
      `select s.id, s.effective_from::text as "effectiveFrom", jsonb_agg(jsonb_build_object('code', r.code, 'name', r.name,
         'amount', r.amount, 'unit', r.unit, 'ownerRole', r.owner_role, 'warnAt', r.warn_at, 'escalation', r.escalation,
         'enabled', r.enabled, 'verification', r.verification, 'legalSource', r.legal_source) order by r.code) as rules
       from rule_set s join rule r on r.rule_set = s.id group by s.id`,
    ),
    tx.sql<{ day: Day }>('select distinct day from holiday where day >= effective_from and not struck'),
  ])
  return { sets, holidays: new Set(holidays.map((row) => row.day)) }
}

export const getLaw = async (tx: Pick<Tx, 'sql'>): Promise<Law> => {
  // Measured by the machine's own time: how long a copy is kept is no fact of the domain.
  const now = performance.now()
  if (kept === undefined || kept.until < now) {
    const law = await read(tx)
    if (law.sets.length === 0) return law
    kept = { law, until: now + KEEP_MS }
  }
  return kept.law
}

/** The rule in force on a day, with the set it comes from. Throws where reference data was never loaded. */
export const getRule = async (
  tx: Pick<Tx, 'sql'>,
  code: string,
  day: Day,
): Promise<{ rule: LawRule; ruleSet: string; holidays: Holidays }> => {
  const { sets, holidays } = await getLaw(tx)
  const set = ruleSetOn(sets, day)
  const rule = set?.rules.find((candidate) => candidate.code === code)
  if (set === undefined || rule === undefined)
    throw new Error(`no rule ${code} on ${day}: run "mburoja reference load"`)
  return { rule, ruleSet: set.id, holidays }
}
