import { openStatuses } from '#domain/case/state.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Day } from '#domain/core.ts'
import { addYears } from '#domain/day.ts'
import { OpenCase } from '#wire/case.ts'
import { command, done, refused } from '../command.ts'
import { notFound } from '../problem.ts'
import { intakeRules } from '../report/options.ts'
import { getOwnPlace } from './lookup.ts'
import { oneAtATime, openCase } from './open.ts'

/**
 * A case that the unit opens by itself, without a report, for a person it already knows. The reply carries the code.
 * Refused for an adult, and where the person has an open case in this unit.
 */
export const openByHand = command('case.open', OpenCase, async (tx, cmd) => {
  oneAtATime(tx, cmd.body.personId)
  // Known to the unit: through a case or a report of its own. Being asked to take a case over is not yet knowing the child.
  const [person] = await tx.sql<{ born_to: Day | null }>(
    `select coalesce(n.birth_to, make_date(p.born_to, 12, 31)) as born_to from person p left join person_named n on n.id = p.id
      where p.id = $1 and (exists (select from case_file c where c.person_id = p.id and c.unit_id = $2)
        or exists (select from report_child r where r.person_id = p.id))`,
    [cmd.body.personId, tx.actor.unitId],
  )
  if (person === undefined) throw notFound('body.body.personId')
  const strange = cmd.body.concerns.findIndex((code) => !intakeRules.concerns.includes(code))
  if (strange >= 0) return refused({ code: 'unknown_code', field: `concerns.${strange}` })
  const today = tiranaDay(tx.now)
  if (person.born_to !== null && addYears(person.born_to, 18) <= today)
    return refused({ code: 'case_person_not_child', field: 'personId' })
  const open = await tx.sql(
    'select 1 from case_file where person_id = $1 and unit_id = $2 and status = any ($3)',
    [cmd.body.personId, tx.actor.unitId, openStatuses],
  )
  if (open.length > 0) return refused({ code: 'case_open_already', field: 'personId' })
  const place = await getOwnPlace(tx)
  if (place === null) return refused({ code: 'not_allowed' })
  const opened = await openCase(tx, {
    caseId: cmd.recordId,
    personId: cmd.body.personId,
    reportId: null,
    unitId: tx.actor.unitId,
    ...place,
    concerns: cmd.body.concerns,
    urgent: false,
    summary: cmd.body.summary,
    ...(cmd.body.take
      ? { manager: { id: tx.actor.userId, isHead: tx.actor.role === 'cpu_head' } }
      : { manager: null }),
  })
  if (!opened.ok) return refused(opened.refusal)
  return done({ recordId: opened.caseId, version: opened.version, reply: { code: opened.code } })
})
